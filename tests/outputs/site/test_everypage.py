"""What holds on every page of a contract: the way back, days with their weekday, addresses that stay."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping

import pytest
from lxml.html import HtmlElement

from generator.outputs.site import incidentpages
from generator.outputs.site.pages import contract_part
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, WHOLE, Files, Project

TITLED = {path: text for path, text in {**WHOLE, **papers.PAPERS}.items() if path.startswith(CONTRACT)}
"""The files of the small contract, in which titles stand."""


def _pages(project: Callable[..., Project], changes: Files | None = None) -> dict[str, str]:
    site, shown = papers.shown(project, changes)
    own = {f"mihon/{path}": text for path, text in incidentpages.pages(site, shown)}
    found = {**contract_part(site, shown).pages, **own}
    assert site.problems == []
    return found


@pytest.fixture
def pages(project: Callable[..., Project]) -> dict[str, str]:
    """All pages of a small contract as Markdown."""
    return _pages(project)


def test_every_page_says_where_one_is(pages: Mapping[str, str]) -> None:
    """The home by its name, then the contract, then lists that there are; the contract's first page stands below home."""
    for path in pages:
        crumbs = parsed(pages, path).xpath("//nav[@class='trail']//a")
        names = [text(crumb) for crumb in crumbs]
        assert names[: 1 if path == "mihon/index.md" else 2] == ["ホーム", "見本業務委託"][: len(names)], path
        for crumb in crumbs:
            place = posixpath.normpath(posixpath.join(posixpath.dirname(path), crumb.get("href")))
            assert place.replace(".html", ".md") in {"index.md", *pages}, path


DAY = re.compile(r"(?:令和|平成)(?:\d+|元)年\d+月\d+日(?!（[月火水木金土日]）|から|まで)")
"""A single day without its weekday; the ends of a period may do without."""


def _read(page: HtmlElement) -> str:
    """What is to be read but for the computation of a date, which tells of many."""
    for reason in page.xpath("//details[summary[starts-with(., 'この日') or starts-with(., 'この時刻')]]"):
        reason.drop_tree()
    return text(page)


def test_every_day_has_its_weekday(pages: Mapping[str, str]) -> None:
    """Submitted, accepted, returned, worked, due: nobody has to look into a calendar."""
    ours = [path for path in pages if path not in ("mihon/checklist.md", "mihon/documents/letter-2026-001.md")]
    told = {path: DAY.findall(_read(parsed(pages, path))) for path in ours}  # those two are bodies of papers
    assert {path: days for path, days in told.items() if days} == {}


def test_addresses_outlive_titles(project: Callable[..., Project], pages: Mapping[str, str]) -> None:
    """Other titles of contract, deliverables, tasks and records: the same pages with the same places in them."""
    renamed = {path: re.sub(r"title: (\S)", r"title: 新しい\1", text) for path, text in TITLED.items()}
    again = _pages(project, renamed)
    assert set(again) == set(pages)
    for path in pages:
        assert _places(again, path) == _places(pages, path), path
    assert "新しい見本業務委託" in again["mihon/index.md"]


def _places(pages: Mapping[str, str], path: str) -> set[str]:
    return set(map(str, parsed(pages, path).xpath("//@id"))) | set(re.findall(r"\{ #([\w-]+) \}", pages[path]))
