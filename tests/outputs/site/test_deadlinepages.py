"""The deadlines as pages show them: folded years, things told once, and words that say what came late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from lxml import html

from generator.outputs.site import deadlinepages
from generator.outputs.site.pages import contract_part
from generator.rules.dueitem import DueItem
from tests import papers
from tests.papers import text
from tests.support import CONTRACT, WHOLE, Files, Project

HEAD, SUBMISSIONS = f"{CONTRACT}/contract.yml", f"{CONTRACT}/submissions.yml"
LONG: Files = {HEAD: WHOLE[HEAD].replace("end: 2027-03-31", "end: 2030-03-31")}


def _item(due: str, state: str = "予定", **more: object) -> DueItem:
    values = {"key": f"{due}/{more}", **more}
    return DueItem(
        contract="mihon",
        deliverable="1",
        title="報告",
        due=dt.date.fromisoformat(due),
        state=state,
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("as_of", "opened"),
    [
        ("2026-06-01", {2026, 2027}),
        ("2028-06-01", {2028}),
        ("2024-06-01", {2026}),
        ("2031-06-01", {2028}),
    ],
    ids=["this and the next", "the last", "before the first", "all over"],
)
def test_the_years_that_stand_open(as_of: str, opened: set[int]) -> None:
    """The year of the day and the next one; where there is neither, the nearest."""
    items = [_item(f"{year}-07-01") for year in (2026, 2027, 2028)]
    found = deadlinepages.deadlines(deadlinepages.shown(items))
    assert found.opened(dt.date.fromisoformat(as_of)) == opened


def test_things_that_differ_in_their_manner_share_a_line() -> None:
    """Data and paper of one thing on one day; what stands otherwise has a line of its own."""
    items = [_item("2026-07-01", medium=medium) for medium in ("data", "paper")]
    items.append(_item("2026-07-01", "提出済", scope="full"))
    duties = deadlinepages.together(deadlinepages.shown(items))
    assert [(duty.manners, len(duty.anchors.split())) for duty in duties] == [("データ、紙", 2), ("全量", 1)]


def _page(project: Callable[..., Project], changes: Files, as_of: str) -> html.HtmlElement:
    site, shown = papers.shown(project, changes, as_of)
    page = contract_part(site, shown).pages["mihon/deadlines.md"]
    assert site.problems == []
    return html.fromstring(f"<div>{page}</div>")


def test_late_is_told_after_the_acceptance_too(project: Callable[..., Project]) -> None:
    """In the list and in the calendar, and by a word that a filter finds."""
    late = "submissions:\n  - {deliverable: '1', due: 2026-05-10, date: 2026-05-13, accepted: 2026-05-14}\n"
    page = _page(project, {SUBMISSIONS: late}, "2026-06-01")
    (row,) = page.xpath("//tr[@data-state='検収済|遅れて提出']")
    assert "検収済（3日遅れて提出）" in text(row)
    assert page.xpath(f"//li[@data-of='{row.get('id')}']//*[contains(., '3日遅れて提出')]")


def test_years_far_away_are_folded(project: Callable[..., Project]) -> None:
    """Each year leads from the top of the page; those that are near stand open."""
    page = _page(project, LONG, "2027-06-01")
    folds = [one for one in page.xpath("//details[@class='fold']") if "年度" in text(one.find("summary"))]
    assert [one.get("open") is not None for one in folds] == [False, True, True, False, False]
    assert page.xpath("//ul[@class='jump']/li/a/@href")[:4] == ["#fy2026", "#fy2027", "#fy2028", "#fy2029"]
