"""The page ダウンロード."""

from __future__ import annotations

from collections.abc import Callable

from generator.outputs.site import downloadpages
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, Project


def test_page_offers_every_archive_with_what_is_in_it(project: Callable[..., Project]) -> None:
    """A ZIP and its list for each year, the files of it by name, and the rule of the years."""
    site, shown = papers.shown(project)
    pages = dict(downloadpages.pages(site, shown))
    assert site.problems == []
    page = parsed(pages, downloadpages.PAGE)
    assert page.xpath("//a[@download]/@href") == [
        "../downloads/mihon/fy2026.zip",
        "../downloads/mihon/fy2026.csv",
    ]
    year = page.xpath("//li[@id='fy2026']")[0]
    assert text(year.xpath("h2")[0]) == "令和8年度"
    assert "ZIP を保存（PDF 7件）" in text(year)
    assert "../deliverables/mihon/10-chart.pdf" in year.xpath(".//details//a/@href")
    assert "対象期間のある文書はその期間の末日" in text(page)


def test_contract_without_documents_has_no_such_page(project: Callable[..., Project]) -> None:
    """There is nothing to download."""
    files = {f"{CONTRACT}/deliverables.yml": None, f"{CONTRACT}/clauses.yml": None, f"{CONTRACT}/submissions.yml": None}
    site, shown = papers.shown(project, files)
    assert list(downloadpages.pages(site, shown)) == []
