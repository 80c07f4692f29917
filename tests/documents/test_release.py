"""`nohin check --release`: what may not be handed over as it is."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.documents.test_approvals import HEAD, INCIDENT, SECOND, STAFF, TEMPLATE, approve, asked
from tests.support import CONTRACT, Files, Project, swapped

APPROVALS = f"{CONTRACT}/approvals.yml"
ROLES = ("prepared", "checked", "approved")


@pytest.fixture
def signed(project: Callable[..., Project]) -> Project:
    """A project in git with a document that all have signed, and boxes for this document alone."""
    there = project(asked())
    there.write({HEAD: there.read(HEAD).replace("[survey, '2']", "[survey]")})
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    for role in ROLES:
        approve(there, role=role)
    there.commit("承認")
    return there


def _found(there: Project, as_of: str = "2026-05-01") -> list[tuple[str, str, str]]:
    """Code, severity and place of every problem."""
    ran = there.check("--release", "--format", "json", "--as-of", as_of)
    rows = json.loads(ran.out)
    assert ran.code == int(any(row["severity"] == "error" for row in rows))
    return [(row["code"], row["severity"], f"{row['path']}:{row['line']}") for row in rows]


def test_release_of_what_all_have_signed(signed: Project) -> None:
    """With all approvals in force there is nothing to be said."""
    assert _found(signed) == []


def test_stale_approval_fails_and_says_what_changed(signed: Project) -> None:
    """An approval that was overtaken is an error at its line, with what changed and what to do."""
    signed.write(swapped(STAFF, "name: 見本 太郎", "name: 見本 次郎"))
    assert _found(signed) == [("APR003", "error", f"{APPROVALS}:{line}") for line in (6, 13, 20)]
    said = signed.check("--release").lines[0]
    assert "「点検の記録」の作成（令和8年5月1日）は失効しています。承認の後に本文が変わりました（担当）" in said
    assert "「見本 太郎」から「見本 次郎」に改めた" in said
    assert "nohin approve survey --contract mihon --role prepared" in said


def test_check_without_release_stays_quick(signed: Project) -> None:
    """The daily check opens no document."""
    signed.write({TEMPLATE: signed.read(TEMPLATE).replace("現在", "の時点")})
    assert signed.check().out == ""


def test_errors_come_first(signed: Project) -> None:
    """Data that are wrong are told before documents are made of them."""
    signed.write(swapped(STAFF, "name: 見本 太郎", "nam: 見本 次郎"))
    assert _found(signed) == _found(signed, "2026-05-01")
    assert {code for code, _, _ in _found(signed)} >= {"SCH001", "SCH002"}
    assert "APR003" not in signed.check("--release").out


@pytest.mark.parametrize(
    ("as_of", "submissions", "expected"),
    [
        ("2026-04-26", None, True),
        ("2026-04-25", None, False),
        ("2026-05-09", "submissions:\n- {deliverable: '1', due: 2026-05-10, date: 2026-05-08}\n", True),
    ],
)
def test_missing_approval(project: Callable[..., Project], as_of: str, submissions: str | None, expected: bool) -> None:
    """What is due within two weeks, or was handed over, must have been approved; what is due later need not be."""
    there = project(asked()).write({f"{CONTRACT}/submissions.yml": submissions, INCIDENT: None})
    line = there.read(HEAD).splitlines().index("approvals:") + 2
    found = [row for row in _found(there, as_of) if row[0] == "APR005"]
    assert found == ([("APR005", "error", f"{HEAD}:{line}")] if expected else [])
    if expected:
        assert "「点検の記録」（survey、" in there.check("--release", "--as-of", as_of).out
        assert "に、作成・確認・承認がありません" in there.check("--release", "--as-of", as_of).out


def test_document_that_is_not_there(signed: Project) -> None:
    """An approval of a document that is not made is an error at its line."""
    signed.write({APPROVALS: signed.read(APPROVALS).replace("document: survey", "document: surveys", 1)})
    assert _found(signed) == [("APR004", "error", f"{APPROVALS}:2"), ("APR005", "error", f"{HEAD}:20")]


def test_approval_of_what_was_not_there_yet(signed: Project) -> None:
    """Nothing is back-dated silently: an approval from before the commit it names is told."""
    there = signed.write({"README": "x"})
    late = there.commit("注", "2026-05-02T09:00:00+09:00")
    first = there.git("rev-parse", "HEAD~2").strip()
    signed.write({APPROVALS: signed.read(APPROVALS).replace(first, late, 1)})
    assert _found(signed) == [("APR006", "warning", f"{APPROVALS}:5")]


def test_what_was_handed_over_is_held_against_its_own_day(signed: Project) -> None:
    """Facts that came after the last handing over end no approval, unless the document is due again."""
    made = "submissions:\n" + "".join(
        f"- {{deliverable: '1', due: 2026-{month:02}-10, date: 2026-{month:02}-02}}\n" for month in (5, 6)
    )
    later: Files = {SECOND: "title: 遅い\ncontacted: 2026-06-05 9:00\n", f"{CONTRACT}/submissions.yml": made}
    signed.write(later)
    assert _found(signed, "2026-06-20") == []
    assert {code for code, _, _ in _found(signed, "2026-06-30")} == {"APR003"}
