"""Records on the site, and the links between deadline, record, document and submission."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

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
    assert "令和8年5月1日　令和8年5月1日検収" in text


def test_rows_of_a_register_are_shown_in_words(site: Path) -> None:
    """Dates in 和暦, people and tasks by name, and markup as the text it is."""
    page = html.parse(str(site / "records/daily.html"))
    (row,) = page.xpath("//article//table[contains(@class, 'rows')]/tbody/tr")
    assert [cell.text_content() for cell in row] == ["令和8年4月2日", "見本 太郎", "定期点検", "<b>見た</b>。", "90"]


def test_a_record_knows_the_reports_that_carry_it(site: Path) -> None:
    """The day's work of April is in the report of April."""
    assert "../documents/monthly-2026-04.html" in _links(site / "records/daily.html")
    assert "../documents/monthly-2026-05.html" not in _links(site / "records/daily.html")


def test_what_waits_for_a_record_is_listed(site: Path) -> None:
    """A document that is asked for and has no record yet says where to record."""
    text = html.parse(str(site / "documents/index.html")).xpath("string(//h2[@id='waiting']/following::table[1])")
    assert "預り証" in text
    assert "records/custody/" in text
