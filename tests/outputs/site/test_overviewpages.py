"""The overview of a contract: where it stands, and the ways to its main pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from generator.outputs.site import overviewpages
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, WHOLE, Files, Project


def _page(project: Callable[..., Project], changes: Files | None = None, as_of: str = "2026-05-01") -> Any:
    site, shown = papers.shown(project, changes, as_of)
    found = dict(overviewpages.pages(site, shown))
    assert site.problems == []
    return parsed(found, overviewpages.PAGE)


def test_figures_say_where_the_contract_stands(project: Callable[..., Project]) -> None:
    """Late and returned, soon, waiting, incidents, duties that something answers; each leads to its page."""
    figures = {text(a): unquote(a.get("href")) for a in _page(project).xpath("//ul[@class='figures']//a")}
    assert figures == {
        "遅延・差戻し 1 件": "deadlines.html?open=遅延・差戻し&who=受注者#filter",
        "期限間近 1 件": "deadlines.html?state=期限間近&who=受注者#filter",
        "検収待ち 1 件": "submissions.html#waiting",
        "障害の記録 1 件": "incidents.html?kind=障害",
        "条項への対応 2 / 2": "clauses/coverage.html",
    }


def test_what_is_late_or_soon_is_named(project: Callable[..., Project]) -> None:
    """What came back first, then what is due soon, each with its date to count down."""
    lines = _page(project).xpath("//ul[@class='todo']/li")
    assert [text(line) for line in lines] == [
        "差戻し 令和8年5月13日（水） No.2 障害報告書 障害 2026-001",
        "期限間近 令和8年5月4日（月） No.3 設計書 システム変更 2026-001 差分",
    ]
    assert lines[1].xpath(".//time/@datetime") == ["2026-05-04"]


def test_scope_and_medium_share_a_line(project: Callable[..., Project]) -> None:
    """Data and paper of one thing on one day are one thing to an officer."""
    split = papers.PAPERS[f"{CONTRACT}/deliverables.yml"].replace(
        "        scope: delta\n", "        scope: delta\n        media: [data, paper]\n"
    )
    page = _page(project, {f"{CONTRACT}/deliverables.yml": split})
    assert "期限間近 2 件" in text(page)
    lines = [text(line) for line in page.xpath("//ul[@class='todo']/li") if "設計書" in text(line)]
    assert lines == ["期限間近 令和8年5月4日（月） No.3 設計書 システム変更 2026-001 差分・データ、差分・紙"]


def test_next_date_is_named_where_nothing_is_near(project: Callable[..., Project]) -> None:
    """A quiet contract says what comes next."""
    quiet: Files = {f"{CONTRACT}/submissions.yml": None, f"{CONTRACT}/records/incidents/2026-001.yml": None}
    page = _page(project, {**quiet, f"{CONTRACT}/records/changes/2026-001.yml": None}, "2026-04-01")
    assert page.xpath("//ul[@class='todo']") == []
    assert "次の期限 令和8年5月10日（日） No.1 作業報告書 令和8年4月" in text(page)


def test_main_pages_are_one_touch_away(project: Callable[..., Project]) -> None:
    """Deadlines, documents, plan, structure, checklist, books, submissions, work, downloads."""
    ways = _page(project).xpath("//ul[@class='ways']//a/@href")
    assert ways == [
        "deadlines.html",
        "documents/index.html",
        "plan-2026.html",
        "structure.html",
        "checklist.html",
        "documents/index.html#s-books",
        "submissions.html",
        "work.html",
        "downloads.html",
    ]


def test_plan_is_that_of_the_running_year(project: Callable[..., Project]) -> None:
    """Of five yearly plans an officer wants this year's; after the end the last."""
    long = {f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2029-03-31")}
    for as_of, year in (("2026-03-01", 2026), ("2027-06-01", 2027), ("2031-01-01", 2028)):
        assert f"plan-{year}.html" in _page(project, long, as_of).xpath("//ul[@class='ways']//a/@href")


def test_deliverables_lead_to_their_documents(project: Callable[..., Project]) -> None:
    """The table of the specification's list goes to the list of a deliverable, or to its only document."""
    page = _page(project)
    links = page.xpath("//table[.//th[text()='納品物件']]//th[@scope='row']/a/@href")
    assert links == [
        "documents/no--1.html",
        "documents/letter-2026-001.html",
        "documents/no--3.html",
        "documents/chart.html",
    ]


def test_certifications_say_how_long_they_hold(project: Callable[..., Project]) -> None:
    """What lapses first stands first, with its last day and the days left; without a last day nothing is counted."""
    vendor = "data/vendors/mihon-sha.yml"
    held = "certifications:\n  - {name: 終身, number: '1'}\n  - {name: ISMS, number: IS 1, expires: 2026-05-31}\n"
    page = _page(project, {vendor: WHOLE[vendor] + held})
    rows = [text(row) for row in page.xpath("//tr[th='受注者の認証']")]
    assert rows == [
        "受注者の認証 ISMS IS 1 有効期限 令和8年5月31日（日） あと30日（令和8年5月1日から）",
        "受注者の認証 終身 1",
    ]
    assert "期限切れ" in text(_page(project, {vendor: WHOLE[vendor] + held}, "2026-06-01"))
