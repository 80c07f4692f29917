"""The list of deliverables, the lists of each deliverable's documents, and the head of a document's page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.outputs.site import documentpages
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, Project

Pages = dict[str, str]


@pytest.fixture
def pages(project: Callable[..., Project]) -> Pages:
    """The pages of a small contract as Markdown."""
    site, shown = papers.shown(project)
    found = dict(documentpages.pages(site, shown, {"changes/monthly-2026-04.md"}))
    assert site.problems == []
    return found


def test_every_document_and_every_group_has_a_page(pages: Pages) -> None:
    """One list of all, one of each deliverable with several documents, one page a document."""
    assert sorted(pages) == [
        "documents/chart.md",
        "documents/handed-list.md",
        "documents/index.md",
        "documents/letter-2026-001.md",
        "documents/monthly-2026-04.md",
        "documents/monthly-2026-05.md",
        "documents/no--1.md",
        "documents/no--3.md",
        "documents/part-book-2026-001.md",
        "documents/whole-book.md",
    ]


def test_deliverables_stand_on_their_shelves(pages: Pages) -> None:
    """Headings in the order of the shelves, with links to them from the top."""
    page = parsed(pages, documentpages.INDEX)
    assert page.xpath("//h2/@id") == ["s-plan", "s-reports", "s-incidents", "s-books", "s-other", "waiting", "others"]
    assert [text(link) for link in page.xpath("//ul[@class='jump']//a")][:2] == ["計画・体制・点検", "報告・届出"]


def test_row_of_a_deliverable_says_where_it_stands(pages: Pages) -> None:
    """Number, title with the way to its documents, how many, the next date, the last submission, and the PDF."""
    (row,) = parsed(pages, documentpages.INDEX).xpath("//tr[@id='n-1']")
    cells = {cell.get("data-label"): text(cell) for cell in row.xpath("td")}
    assert row.xpath("th/a/@href") == ["../documents/no--1.html"]
    assert cells["No"] == "1"
    assert cells["件数"] == "2件"
    assert cells["次の期限"] == "令和8年6月10日（水） 予定 令和8年5月"
    assert cells["最後の提出"] == "令和8年4月30日（木） 令和8年4月"
    assert row.xpath(".//a[@class='pdf']/@href") == ["../../deliverables/mihon/1-monthly-2026-04.pdf"]


def test_next_date_can_be_counted_down(pages: Pages) -> None:
    """The date carries what the script needs: the day and the state."""
    (time,) = parsed(pages, documentpages.INDEX).xpath("//tr[@id='n-1']//time")
    assert (time.get("datetime"), time.get("data-state")) == ("2026-06-10", "予定")
    assert time.get("data-countdown") is not None


def test_permanent_places_stay(pages: Pages) -> None:
    """Every deliverable of the vendor has its place in the list, also without a document."""
    places = parsed(pages, documentpages.INDEX).xpath("//*[starts-with(@id, 'n-')]/@id")
    assert sorted(places) == ["n-1", "n-10", "n-2", "n-3", "n-list", "n-parts", "n-receipt"]


def test_what_is_not_made_yet_is_listed(pages: Pages) -> None:
    """What waits for a record says for which; what has no document is named apart."""
    page = parsed(pages, documentpages.INDEX)
    waiting = text(page.xpath("//h2[@id='waiting']/following::table[1]")[0])
    assert "資料の控え" in waiting
    assert "資料を預かった場合" in waiting
    assert "records/custody/" in waiting
    assert "部品の引渡し" in text(page.xpath("//h2[@id='others']/following::table[1]")[0])
    assert "検査" not in text(page)  # the authority hands nothing over


def test_contract_without_numbers_has_no_column_for_them(project: Callable[..., Project]) -> None:
    """Where nothing is listed, the column would be empty."""
    unlisted = papers.PAPERS[f"{CONTRACT}/deliverables.yml"].replace(
        "title: 作業報告書", "title: 作業報告書\n    listed: false"
    )
    for number in ("'2'", "'3'", "'10'"):
        unlisted = unlisted.replace(f"no: {number}\n", f"no: {number}\n    listed: false\n")
    site, shown = papers.shown(project, {f"{CONTRACT}/deliverables.yml": unlisted})
    page = parsed(dict(documentpages.pages(site, shown)), documentpages.INDEX)
    assert "No" not in {text(cell) for cell in page.xpath("//thead//th")}


def test_list_of_a_deliverable_has_every_document(pages: Pages) -> None:
    """What it is for, its date and state, submission, edition, and the PDF one click away."""
    page = parsed(pages, "documents/no--1.md")
    first, second = page.xpath("//table[@data-filter='state:状態 year:年度']/tbody/tr")
    assert (first.get("data-state"), first.get("data-year")) == ("検収待ち", "令和8年度")
    assert text(first) == "令和8年4月 令和8年5月10日（日） 検収待ち 令和8年4月30日（木） 版なし PDF"
    assert first.xpath(".//a[@class='pdf']/@href") == ["../../deliverables/mihon/1-monthly-2026-04.pdf"]
    assert text(second) == "令和8年5月 対象期間の途中 令和8年6月10日（水） 予定 版なし PDF"


def test_list_of_a_deliverable_knows_what_is_to_come(pages: Pages) -> None:
    """The periods that have not begun are folded, each with its date."""
    (folded,) = parsed(pages, "documents/no--1.md").xpath("//details")
    assert text(folded.find("summary")) == "これから作られる文書 10件"
    assert text(folded.xpath(".//tbody/tr")[0]) == "令和8年6月 令和8年7月10日（金） 予定"


def test_whole_and_delta_are_told_apart(pages: Pages) -> None:
    """One list for both, the delta with its record."""
    names = [text(cell) for cell in parsed(pages, "documents/no--3.md").xpath("//tbody/tr/th/a")]
    assert names[0] == "全量"
    assert names[1].startswith("差分　") or names[1].startswith("差分 ")
    assert "システム変更 2026-001" in text(parsed(pages, "documents/no--3.md"))


def test_document_says_where_one_is(pages: Pages) -> None:
    """From the home to the list of the deliverable; a document alone in its group has no such list."""
    trail = parsed(pages, "documents/monthly-2026-04.md").xpath("//nav[@class='trail']//a/@href")
    assert trail == ["../../index.html", "../../mihon/index.html", "index.html", "no--1.html"]
    assert parsed(pages, "documents/chart.md").xpath("//nav[@class='trail']//a/@href")[-1] == "index.html"


def test_document_says_where_it_stands(pages: Pages) -> None:
    """One line: the state, the date, the submission and what the authority said."""
    standing = {
        name: parsed(pages, f"documents/{name}.md").xpath("//p[@class='standing']")
        for name in ("chart", "letter-2026-001")
    }
    assert text(standing["chart"][0]) == "検収済 期限 速やかに 提出 令和8年4月2日（木） 令和8年4月3日（金）検収"
    assert (
        text(standing["letter-2026-001"][0])
        == "差戻し 期限 令和8年5月13日（水） 提出 令和8年4月30日（木） 令和8年5月1日（金）差戻し"
    )
    assert parsed(pages, "documents/handed-list.md").xpath("//p[@class='standing']") == []


def test_periods_lead_to_each_other(pages: Pages) -> None:
    """The one before and the one after, within the deliverable."""
    first = parsed(pages, "documents/monthly-2026-04.md")
    assert first.xpath("//a[@rel='next']/@href") == ["monthly-2026-05.html"]
    assert first.xpath("//a[@rel='prev']") == []
    assert parsed(pages, "documents/monthly-2026-05.md").xpath("//a[@rel='prev']/@href") == ["monthly-2026-04.html"]


def test_comparison_is_offered_where_there_is_one(pages: Pages) -> None:
    """Only a document whose comparison was made leads to it."""
    assert "../changes/monthly-2026-04.html" in pages["documents/monthly-2026-04.md"]
    assert "../changes/" not in pages["documents/monthly-2026-05.md"]


def test_titles_are_text(project: Callable[..., Project]) -> None:
    """Markup in a title is what it says, in lists and in headings."""
    named = papers.PAPERS[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: <b>報告</b>書")
    site, shown = papers.shown(project, {f"{CONTRACT}/deliverables.yml": named})
    pages = dict(documentpages.pages(site, shown))
    for path in (documentpages.INDEX, "documents/no--1.md", "documents/monthly-2026-04.md"):
        assert "<b>報告</b>" not in pages[path]
        assert parsed(pages, path).xpath("//*[contains(text(), '<b>報告</b>書')]")
