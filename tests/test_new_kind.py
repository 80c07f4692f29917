"""A new kind of record is one schema and one template: what docs/record-kinds.md tells a newcomer is carried out."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

GUIDE = (ROOT / "docs/record-kinds.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^`((?:schemas|templates)/[\w./-]+)`\n+```\w+\n(.*?)^```$", GUIDE, re.M | re.S))
ASKED = WHOLE[f"{CONTRACT}/deliverables.yml"] + (
    "  - no: '3'\n    title: 来庁報告書\n    due:\n      - event: visits\n        within: 7 days of event.visited\n"
)
VISIT = "title: 打合せ\nvisited: 2026-04-20\npeople: [p1]\npurpose: 見本 太郎が、点検の日程を決めた。\n"


@pytest.fixture
def there(project: Callable[..., Project]) -> Project:
    """A project with the guide's two files that asks for the document."""
    files = {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), f"{CONTRACT}/deliverables.yml": ASKED}
    return project(whole_project({**SHOWN, **files, f"{CONTRACT}/records/visits/v1.yml": VISIT}))


def test_the_guide_shows_both_files() -> None:
    """One schema, one template."""
    assert set(SHOWN) == {"schemas/records/visits.yml", "templates/documents/visit-report.html.j2"}


@pytest.mark.slow
def test_the_new_kind_is_made_into_documents(there: Project) -> None:
    """A page, a PDF, a deadline, and a place among the records; and another title where the schema says another."""
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    page = there.read("site/mihon/documents/visit-report-v1.html")
    assert all(
        words in page for words in ("令和8年4月20日（月）", "見本 太郎", "点検の日程を決めた。", "下記のとおり来庁した")
    )
    assert (there.root / "site/deliverables/mihon/3-visit-report-v1.pdf").read_bytes().startswith(b"%PDF")
    assert "打合せ" in there.read("site/mihon/records/visits.html")
    assert "来庁日" in there.read("site/dictionary.html")
    assert '"due": "2026-04-27"' in there.run("due", "--format", "json").out
    there.write(
        {"schemas/records/visits.yml": SHOWN["schemas/records/visits.yml"].replace("title: 来庁\n", "title: 訪問\n")}
    )
    assert there.build().code == 0
    assert "訪問" in there.read("site/mihon/records/visits.html")


@pytest.mark.slow
def test_what_is_marked_personal_is_not_public(there: Project) -> None:
    """The mark of an own schema counts as those of the schemas that come with Nohin."""
    schema = SHOWN["schemas/records/visits.yml"].replace("help: 何のために訪れたか。", "help: 用件。, personal: true")
    assert "personal" in schema
    there.write({"schemas/records/visits.yml": schema})
    ran = there.build("--audience", "public")
    assert ran.code == 0, ran.out + ran.err
    told = [
        path for path in (there.root / "site-public/mihon").rglob("*.html") if "日程を決めた" in path.read_text("utf-8")
    ]
    assert told == []
    assert "非公開" in there.read("site-public/mihon/documents/visit-report-v1.html")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(VISIT.partition("purpose")[0], "DOC001", id="no purpose"),
        pytest.param(VISIT.replace("[p1]", "[p7]"), "REF001 人「p7」がありません", id="unknown person"),
        pytest.param(VISIT.replace("visited: 2026-04-20", "visited: 2026-13-01"), "SCH009", id="impossible date"),
        pytest.param(VISIT.replace("purpose", "purpos"), "purpose ではありませんか", id="unknown key"),
    ],
)
def test_slips_in_the_new_kind_are_said(there: Project, record: str, expected: str) -> None:
    """With file and line, as for every other kind."""
    there.write({f"{CONTRACT}/records/visits/v1.yml": record})
    ran = there.check()
    assert ran.code == 1
    assert any(line.startswith(f"{CONTRACT}/records/visits/v1.yml:") and expected in line for line in ran.lines), (
        ran.out
    )
