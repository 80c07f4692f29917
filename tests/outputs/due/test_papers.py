"""Which PDF goes into which folder, under which name, and what has to be known before it is handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.history.revisions import Revision, Revisions
from generator.outputs.due.papers import Paper, folder_of
from tests.owed import FILES, INCIDENT, INCIDENTS, Owed, owed
from tests.support import CONTRACT, Project


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Owed:
    """The project as it is; no test changes it."""
    return owed(Project(tmp_path_factory.mktemp("owed")).write)


def _paper(one: Owed, name: str) -> Paper:
    return next(paper for paper in one.papers if paper.document.id == name)


def test_one_paper_a_due_date_with_all_it_serves(usual: Owed) -> None:
    """One document serves two deliverables on one date and one of them on another: it stands in both folders once."""
    own = [paper for paper in usual.papers if paper.document.id == "register"]
    served = {paper.path: [item.deliverable for item in paper.items] for paper in own}
    assert served == {
        "2026-06-30/mihon/No6_台帳.pdf": ["6", "register"],
        "2026-07-06/mihon/No6_台帳.pdf": ["6"],
    }


def test_papers_stand_in_order_of_date_and_document(usual: Owed) -> None:
    """Folders sort as dates do."""
    assert [paper.path for paper in usual.papers] == [
        "2026-06-10/mihon/No1_月報_令和8年5月.pdf",
        "2026-06-20/mihon/No3_体制.pdf",
        "2026-06-22/mihon/No2_障害報告書_2026-001_送信できない.pdf",
        "2026-06-30/mihon/No6_台帳.pdf",
        "2026-06-30/mihon/No7_誓約_例示 花子.pdf",
        "2026-07-06/mihon/No6_台帳.pdf",
        "2026-07-10/mihon/No1_月報_令和8年6月.pdf",
    ]


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("monthly-2026-05", ("対象期間の記録が 1 件もない",)),
        ("monthly-2026-06", ("対象期間の途中の姿",)),
        ("chart", ("承認がそろっていない",)),
        ("letter-2026-001", ("日付は空欄（提出のときに入る）",)),
        ("register", ()),
    ],
)
def test_notes(usual: Owed, name: str, notes: tuple[str, ...]) -> None:
    """What somebody may not expect of a PDF that is there."""
    assert _paper(usual, name).notes == notes


def test_uncommitted_changes_are_noted(usual: Owed) -> None:
    """A PDF of what is in nobody's history cannot be handed over."""
    paper = _paper(usual, "register")
    dirty = Revisions((Revision(1, None, "", "", None),))
    assert replace(paper, body=replace(paper.body, revisions=dirty)).notes == ("コミットしていない変更を含む",)


def test_blanks_are_noted(usual: Owed) -> None:
    """What is there, and lacks something, is not to be taken for finished."""
    paper = _paper(usual, "register")
    lacking = tuple(replace(one, state="lacking") for one in paper.standings)
    assert replace(paper, standings=lacking).notes == ("未記入のところがある",)


def test_what_lacks_an_approval_says_how_to_give_it(usual: Owed) -> None:
    """In the words of the check, with the command."""
    (reason,) = usual.of("3").reasons
    assert reason.startswith("「体制」（chart）に、承認がありません。nohin approve chart --contract mihon")


def test_without_boxes_no_approval_is_missed(project: Callable[..., Project]) -> None:
    """Where the contract asks for none, what is there is ready."""
    head = FILES[f"{CONTRACT}/contract.yml"].partition("approvals:")[0]
    assert owed(project, {f"{CONTRACT}/contract.yml": head}).of("3").state == "ready"


def test_names_that_would_be_one_are_told_apart(project: Callable[..., Project]) -> None:
    """Titles cut to the same beginning: the document's id makes the difference, whatever else is due."""
    long = INCIDENT.replace("送信できない", "長" * 80)
    changes = {f"{INCIDENTS}/{'あ' * 60}-{number}.yml": long for number in (1, 2)}
    names = [paper.name for paper in owed(project, changes).papers if paper.document.kind.id == "letter"]
    assert len({name.casefold() for name in names}) == len(names) == 3
    assert sum(name.endswith(("-1.pdf", "-2.pdf")) for name in names) == 2


def test_what_has_no_date_has_a_folder() -> None:
    """It is asked for by its number."""
    assert folder_of(None) == "期日なし"
