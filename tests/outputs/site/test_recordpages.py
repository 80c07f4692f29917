"""Records on the site, and the links between deadline, record, document and submission."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from generator.outputs.site import recordpages
from tests import papers
from tests.papers import parsed
from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, whole_project

pytestmark = pytest.mark.slow

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
LETTER = "---\ntitle: 障害の報告\nper: record\nrecord: incidents\nform: letter\ndata: [contract, records]\n---\n<p>本文</p>\n"
MONTHLY = "---\ntitle: 月報\nper: period\nrecords: [work, daily]\ndata: [contract, records]\n---\n<p>月報</p>\n"
FILES = {
    "mkdocs.yml": (ROOT / "mkdocs.yml").read_text(encoding="utf-8"),
    "templates/documents/letter.html.j2": LETTER,
    "templates/documents/monthly.html.j2": MONTHLY,
    DELIVERABLES: WHOLE[DELIVERABLES]
    .replace("cell: monthly", "cell: monthly\n    documents: [monthly]\n    clauses: [1-1]")
    .replace("title: 障害報告書", "title: 障害報告書\n    documents: [letter]\n    clauses: [1-1]")
    .replace("    clauses: [1-1]\n    clauses: [1-1]", "    clauses: [1-1]")
    + "  - no: '3'\n    title: 預り証\n    documents: [receipt-of-things]\n    due: [{undated: 速やかに}]\n",
    "templates/documents/receipt-of-things.html.j2": (
        "---\ntitle: 預り証\nper: record\nrecord: custody\ndata: [records]\n---\n<p>預り証</p>\n"
    ),
    f"{CONTRACT}/submissions.yml": WHOLE[f"{CONTRACT}/submissions.yml"]
    + "  - deliverable: '2'\n    event: incidents/2026-001\n    date: 2026-05-01\n    accepted: 2026-05-01\n",
    f"{CONTRACT}/records/daily/2026-04.yml": (
        "items:\n  - {date: 2026-04-02, person: p1, task: inspection, content: <b>見た</b>。, minutes: 90}\n"
    ),
}


LONGER: Files = {
    f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2028-03-31")
}
WORK = "title: 点検\nstart: {0} 13:00\nend: {0} 14:00\npeople: [p1]\ncontent: 見た。\n"


def _work(project: Callable[..., Project], *days: str) -> tuple[recordpages.RecordSet, HtmlElement]:
    """The records of work, some more of them on these days, and their page."""
    more = {f"{CONTRACT}/records/work/{day}.yml": WORK.format(day) for day in days}
    site, shown = papers.shown(project, {**LONGER, **more})
    sets = {own.kind: own for own in recordpages.record_sets(shown.contract, shown.bodies, shown.items)}
    text = site.page("record.md.j2", "記録　作業", contract=shown.contract, shown=shown, set=sets["work"])
    return sets["work"], parsed({"work.md": text}, "work.md")


def test_records_can_be_chosen_by_fiscal_year(project: Callable[..., Project]) -> None:
    """A record belongs to the year of its first day; the choice is there from the second year on."""
    own, page = _work(project)
    assert (own.years, page.xpath("//*[@data-filter]/@data-filter")) == (["令和8年度"], [""])
    own, page = _work(project, "2027-03-31", "2027-04-01")
    assert own.years == ["令和8年度", "令和9年度"]
    assert page.xpath("//*[@data-filter]/@data-filter") == ["year:年度"]
    assert page.xpath("//section[@data-item]/@data-year") == ["令和8年度", "令和8年度", "令和9年度"]


def test_record_without_a_day_has_no_year(project: Callable[..., Project]) -> None:
    """Nothing is guessed; on the page it is said to have none."""
    _, shown = papers.shown(project)
    entry = replace(shown.contract.entries[0], values={"title": "日付なし"})
    assert recordpages.year_of(entry) == ""
    assert recordpages.ShownRecord(entry, (), (), ()).year == ""


def test_records_lead_to_each_other(project: Callable[..., Project]) -> None:
    """The one before and the one after, in order of day, and all of them from the top."""
    _, page = _work(project, "2026-04-20", "2026-04-05")
    assert page.xpath("//ul[@class='jump']//a/@href") == ["#r-2026-04-05", "#r-2026-04-10", "#r-2026-04-20"]
    assert page.xpath("//section[2]//a[@rel]/@href") == ["#r-2026-04-05", "#r-2026-04-20"]


@pytest.fixture
def site(project: Callable[..., Project]) -> Path:
    """The contract's part of the built site."""
    there = project(whole_project(FILES))
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    return there.root / "site/mihon"


def _links(page: Path) -> list[str]:
    return [str(href) for href in html.parse(str(page)).xpath("//article//a/@href")]


def _arrives(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    return target.is_file() and (not anchor or bool(html.parse(str(target)).xpath(f"//*[@id='{anchor}']")))


def test_the_chain_is_linked_both_ways(site: Path) -> None:
    """Deadline, record and document each lead to the other two, and every link arrives."""
    deadlines, record = site / "deadlines.html", site / "records/incidents.html"
    document = site / "documents/letter-2026-001.html"
    assert {"records/incidents.html#r-2026-001", "documents/letter-2026-001.html"} <= set(_links(deadlines))
    assert "../documents/letter-2026-001.html" in _links(record)
    assert any(link.startswith("../deadlines.html#d-") for link in _links(record))
    assert "../records/incidents.html#r-2026-001" in _links(document)
    assert any(link.startswith("../deadlines.html#d-") for link in _links(document))
    assert "../clauses/index.html#c-1-1" in _links(document)
    for page in (deadlines, record, document, site / "documents/index.html", site / "records/index.html"):
        assert [link for link in _links(page) if "://" not in link and not _arrives(page, link)] == []


def test_a_document_says_when_it_was_handed_over(site: Path) -> None:
    """Its submission and the acceptance."""
    text = html.parse(str(site / "documents/letter-2026-001.html")).getroot().text_content()
    assert "令和8年5月1日（金）　令和8年5月1日（金）検収" in text


def test_rows_of_a_register_are_shown_in_words(site: Path) -> None:
    """Dates in 和暦 with the weekday, people and tasks by name, and markup as the text it is."""
    page = html.parse(str(site / "records/daily.html"))
    (row,) = page.xpath("//article//table[contains(@class, 'rows')]/tbody/tr")
    assert [cell.text_content() for cell in row] == [
        "令和8年4月2日（木）",
        "見本 太郎",
        "定期点検",
        "<b>見た</b>。",
        "90",
    ]


def test_a_record_knows_the_reports_that_carry_it(site: Path) -> None:
    """The day's work of April is in the report of April."""
    assert "../documents/monthly-2026-04.html" in _links(site / "records/daily.html")
    assert "../documents/monthly-2026-05.html" not in _links(site / "records/daily.html")


def test_what_waits_for_a_record_is_listed(site: Path) -> None:
    """A document that is asked for and has no record yet says where to record."""
    text = html.parse(str(site / "documents/index.html")).xpath("string(//h2[@id='waiting']/following::table[1])")
    assert "預り証" in text
    assert "records/custody/" in text


def test_what_is_later_than_the_page_says_so(project: Callable[..., Project]) -> None:
    """A record of a later day stands there, for links lead to it, with a word about its day; counts leave it out."""
    own, page = _work(project, "2026-04-15", "2026-07-03")
    told = {section.get("id"): papers.text(section) for section in page.xpath("//section")}
    later = [name for name, words in told.items() if "より後の日付の記録です" in words]
    assert later == ["e-2026-07-03"]
    assert (own.rows(dt.date(2026, 5, 1)), own.last(dt.date(2026, 5, 1))) == (len(told) - 1, dt.date(2026, 4, 15))
    assert f"までの記録は{len(told) - 1}件です" in papers.text(page)
