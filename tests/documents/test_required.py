"""記載事項: what a document has to say and a record leaves out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
INCIDENT = f"{CONTRACT}/records/incidents/2026-001.yml"
FRONT = """\
---
title: 障害の報告
per: record
record: incidents
form: letter
data: [records]
items:
  - {title: 現象, field: symptom}
  - {title: 再発防止策, field: prevention, required: true, when: restored, labels: [再発の防止]}
  - {title: 実施日, field: prevention.*.done}
---
<p>現象　{{ entry["values"].get("symptom") | given("現象") }}</p>
"""
ASKED = WHOLE[DELIVERABLES].replace("title: 障害報告書", "title: 障害報告書\n    documents: [letter]")
FULL = WHOLE[INCIDENT] + "prevention:\n  - {measure: 監視する。}\n"

CASES = [
    pytest.param(
        WHOLE[INCIDENT],
        "",
        [f"{INCIDENT}:1:1: error DOC001 「障害報告書」の記載事項「再発防止策」がありません"],
        id="required by every contract",
    ),
    pytest.param(WHOLE[INCIDENT].replace("restored: 2026-04-29 10:00\n", ""), "", [], id="not before the restoration"),
    pytest.param(FULL, "", [], id="there"),
    pytest.param(WHOLE[INCIDENT] + "prevention: []\n", "", ["4:13"], id="an empty list says nothing"),
    pytest.param(FULL + "symptom: '  '\n", "現象", ["symptom"], id="blanks say nothing"),
    pytest.param(FULL, "現象", ["「現象」がありません（symptom に"], id="asked for by this contract"),
    pytest.param(FULL, "実 施 日", ["5:5", "prevention.1.done に"], id="in every row, whatever the blanks"),
    pytest.param(FULL, "再発の防止", [], id="by another word"),
]


def _project(make: Callable[..., Project], record: str, contents: str = "", template: str = FRONT) -> Project:
    asked = ASKED.replace("documents: [letter]", f"documents: [letter]\n    contents: [{contents}]")
    files = {"templates/documents/letter.html.j2": template, DELIVERABLES: asked, INCIDENT: record}
    return make(whole_project({**files, "mkdocs.yml": (ROOT / "mkdocs.yml").read_text(encoding="utf-8")}))


@pytest.mark.parametrize(("record", "contents", "expected"), CASES)
def test_what_is_left_out_is_said_at_its_place(
    project: Callable[..., Project], record: str, contents: str, expected: list[str]
) -> None:
    """An error at the record, naming the document, the item and the field."""
    ran = _project(project, record, contents).check()
    found = [line for line in ran.lines if "DOC001" in line]
    assert bool(found) == bool(expected) == (ran.code == 1)
    assert all(any(part in line for line in found) for part in expected), found


def test_labelled_rows_answer_the_contents(project: Callable[..., Project]) -> None:
    """Where the record has rows of item and text, each item the contract prints needs its row."""
    template = "---\ntitle: 申請\nper: record\nrecord: subcontracts\nlabelled: items\ndata: [records]\n---\n"
    record = f"{CONTRACT}/records/subcontracts/1.yml"
    there = _project(project, FULL, "再委託の理由, 再委託の期間", template)
    there.write(
        {record: "title: 印刷\nrequested: 2026-05-01\nitems:\n  - {item: 再委託の 理由, text: 専門の設備が要る。}\n"}
    )
    assert [line.split("（")[0] for line in there.check().lines if "DOC001" in line] == [
        f"{record}:4:3: error DOC001 「障害報告書」の記載事項「再委託の期間」がありません"
    ]


@pytest.mark.slow
def test_a_draft_shows_the_gap_and_a_release_does_not_pass(project: Callable[..., Project]) -> None:
    """An error stops a release; a draft is made, and says in the page what is missing."""
    there = _project(project, FULL, "現象")
    assert there.build().code == 1
    assert not (there.root / "site").exists()
    there.build("--draft")
    page = (there.root / "site/mihon/documents/letter-2026-001.html").read_text(encoding="utf-8")
    assert "［未記入　現象］" in page


@pytest.mark.slow
def test_what_need_not_be_said_is_a_dash_in_a_release(project: Callable[..., Project]) -> None:
    """Nothing that looks like a placeholder is handed over."""
    there = _project(project, FULL)
    assert there.build().code == 0
    page = (there.root / "site/mihon/documents/letter-2026-001.html").read_text(encoding="utf-8")
    assert "現象　―" in page
    assert "未記入" not in page
