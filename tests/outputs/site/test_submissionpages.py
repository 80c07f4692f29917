"""提出と検収: what was handed over, what waits, what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from generator.outputs.site import submissionpages
from generator.outputs.site.submissionpages import Handed
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, Files, Project

FILE = f"{CONTRACT}/submissions.yml"
Handing = Callable[..., dict[str, Handed]]


@pytest.fixture
def handed(project: Callable[..., Project]) -> Handing:
    """What was handed over in a small contract, by deliverable; of several of one the newest."""

    def made(more: str = "", as_of: str = "2026-05-01") -> dict[str, Handed]:
        _, shown = papers.shown(project, {FILE: papers.PAPERS[FILE] + more}, as_of)
        found = submissionpages.handed_over(shown, dt.date.fromisoformat(as_of))
        return {one.submission.deliverable: one for one in reversed(found)}

    return made


def _page(project: Callable[..., Project], changes: Files | None = None, as_of: str = "2026-05-01") -> tuple[str, Any]:
    site, shown = papers.shown(project, changes, as_of)
    pages = dict(submissionpages.pages(site, shown))
    assert site.problems == []
    return pages[submissionpages.PAGE], parsed(pages, submissionpages.PAGE)


def test_submission_knows_what_it_was_for(handed: Handing) -> None:
    """The due item and the documents."""
    one = handed()["1"]
    assert one.item is not None
    assert one.item.occasion == "令和8年4月"
    assert [document.id for document in one.documents] == ["monthly-2026-04"]


def test_states_are_those_of_the_rules(handed: Handing) -> None:
    """Accepted, returned, handed over."""
    assert {name: one.state for name, one in handed().items()} == {
        "1": "提出済",
        "2": "差戻し",
        "10": "検収済",
        "inspection": "提出済",
    }


def test_what_has_no_answer_waits(handed: Handing) -> None:
    """Neither accepted nor returned; what the authority did itself waits for nobody."""
    assert [name for name, one in handed().items() if one.waiting] == ["1"]


def test_nobody_answers_what_is_in_no_list_and_has_no_date(handed: Handing) -> None:
    """A receipt is handed over, and that is all."""
    assert not handed("  - {deliverable: parts, date: 2026-04-20}\n")["parts"].waiting


def test_returned_until_it_is_handed_over_again(handed: Handing) -> None:
    """The second submission ends the return of the first, and waits itself."""
    assert handed()["2"].sent_back
    again = "  - {deliverable: '2', event: incidents/2026-001, date: 2026-05-04}\n"
    newest = handed(again, "2026-05-10")["2"]
    assert newest.waiting
    assert not newest.sent_back


def test_first_of_two_is_marked_as_replaced(project: Callable[..., Project]) -> None:
    """The returned one stays in the list and says that it was handed over again."""
    again = "  - {deliverable: '2', event: incidents/2026-001, date: 2026-05-04}\n"
    _, page = _page(project, {FILE: papers.PAPERS[FILE] + again}, "2026-05-10")
    assert "ありません。" in text(page.xpath("//h2[@id='returned']/following-sibling::*[1]")[0])
    assert "出し直し済み" in text(page)


def test_later_days_are_not_known_yet(handed: Handing) -> None:
    """Seen from before, an acceptance has not happened and a submission is not there."""
    before = handed(as_of="2026-04-02")
    assert list(before) == ["10"]
    assert before["10"].state == "提出済"


def test_page_lists_what_is_open_first(project: Callable[..., Project]) -> None:
    """What came back with its reason, what waits since when, then everything, the newest first."""
    _, page = _page(project)
    assert "原因が書かれていない。" in text(page.xpath("//h2[@id='returned']/following-sibling::ul[1]")[0])
    assert "No.1 作業報告書 令和8年4月" in text(page.xpath("//h2[@id='waiting']/following-sibling::table[1]")[0])
    days = [text(day) for day in page.xpath("//table[contains(@class, 'submissions')]/tbody/tr/td[1]/strong")]
    assert days == ["令和8年4月30日（木）", "令和8年4月30日（木）", "令和8年4月2日（木）"]


def test_row_leads_to_page_and_pdf(project: Callable[..., Project]) -> None:
    """Both one click away, and what proves the submission folded beside them."""
    _, page = _page(project)
    (row,) = page.xpath("//tr[@data-state='検収待ち']")
    assert {"documents/monthly-2026-04.html", "../deliverables/mihon/1-monthly-2026-04.pdf"} <= set(
        row.xpath(".//a/@href")
    )
    proof = text(row.xpath(".//details")[0])
    assert "見本 太郎" in proof
    assert "0123456789abcdef" * 4 in proof
    assert "1-monthly-2026-04.pdf（2ページ）" in proof


def test_authority_is_listed_apart(project: Callable[..., Project]) -> None:
    """What the authority has to do is no submission; its terms are said as they are printed."""
    markdown, page = _page(project)
    assert "提出から10日以内" in markdown
    assert "検査" in text(page.xpath("//h2[@id='authority']/following-sibling::table[1]")[0])


def test_contract_without_submissions_says_so(project: Callable[..., Project]) -> None:
    """An empty list is no empty page."""
    _, page = _page(project, {FILE: "submissions: []\n"})
    assert "提出の記録はまだありません。" in text(page)
