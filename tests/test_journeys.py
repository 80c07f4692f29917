"""The officer's ways through the site, in a real browser, from a disc: ten minutes between two meetings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.browsing import Visit
from tests.conftest import Shipped

pytestmark = pytest.mark.slow

GROUPWARE, REMOTE = "ichikawa-groupware", "ichikawa-remote-desk"


def _file(address: str) -> Path:
    return Path(unquote(urlsplit(address).path))


def test_what_is_late_or_due(shipped: Shipped, browser: Any) -> None:
    """From the home's figures to the line that is due, and from there to the reason for its date."""
    visit = Visit(browser, shipped.site / "index.html")
    visit.page.locator(".figures a[href='#due']", has_text="30日以内").click()
    line = visit.page.locator("table.lines a").first
    title = line.inner_text()
    line.click()
    visit.page.wait_for_load_state("load")
    row = visit.page.locator("tr:target")
    assert title in row.inner_text()
    row.locator("summary").click()
    assert row.locator("details ol li").count() > 0
    visit.alone()


def test_a_figure_leads_to_what_it_counts(shipped: Shipped, browser: Any) -> None:
    """From a contract's card on the home to its deadlines, narrowed to as many as the figure says."""
    visit = Visit(browser, shipped.site / "index.html")
    card = visit.page.locator(".cards > li", has=visit.page.locator(f"h3 a[href^='{GROUPWARE}/']"))
    for title in ("遅延・差戻し", "30日以内"):
        figure = card.locator(".figures a", has_text=title)
        built = figure.locator("strong").evaluate("one => one.dataset.built || one.firstChild.textContent")
        figure.click()
        visit.page.wait_for_load_state("load")
        assert visit.page.locator("table[data-filter] tbody tr:visible").count() == int(built), title
        visit.page.go_back()
    visit.alone()


def test_the_report_of_april_as_pdf(shipped: Shipped, browser: Any) -> None:
    """From the contract over its documents to the report of April, whose PDF is there."""
    visit = Visit(browser, shipped.site / GROUPWARE / "index.html")
    visit.follow("文書の一覧")
    visit.follow("作業実績報告書")
    row = visit.page.locator("article tr:has(a[href$='.pdf'])", has_text="令和8年4月").first
    address = row.locator("a[href$='.pdf']").first.evaluate("link => link.href")
    assert _file(address).read_bytes().startswith(b"%PDF-")
    row.locator("a:not([href$='.pdf'])").first.click()
    visit.page.wait_for_load_state("load")
    assert "令和8年4月" in visit.title
    assert visit.page.locator("a[rel=next]").count() == 1
    visit.alone()


def test_what_changed_since_the_last_edition(shipped: Shipped, browser: Any) -> None:
    """From a document to what its last change was, in sentences."""
    visit = Visit(browser, shipped.site / GROUPWARE / "index.html")
    visit.follow("年間計画")
    visit.follow("前の版との比較")
    assert "年間計画表" in visit.title
    assert visit.page.locator("#told").count() == 1
    visit.alone()


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("復旧", "incident-report"),
        ("7-1-4", "clauses/index.html#c-7-1-4"),
        ("７（１）④", "clauses/index.html#c-7-1-4"),
        ("令和8年4月10日", "ichikawa-groupware/"),
    ],
)
def test_search(shipped: Shipped, browser: Any, words: str, page: str) -> None:
    """Words inside of words, clause numbers in any width and dates lead to where they stand."""
    visit = Visit(browser, shipped.site / GROUPWARE / "index.html")
    found = visit.search(words)
    places = [address.replace(f"?{urlsplit(address).query}", "") for address in found]
    assert any(page in place for place in places), found
    for address in found[:10]:
        target = address if address.startswith("file:") else str(shipped.site / GROUPWARE / address)
        assert _file(target).resolve().is_file(), address
    visit.alone()


def test_filter_is_kept_in_the_address(shipped: Shipped, browser: Any) -> None:
    """A list narrowed to a state stays so when the page is opened again, and says how many lines are left."""
    visit = Visit(browser, shipped.site / GROUPWARE / "deadlines.html")
    form = visit.page.locator("form.filter").first
    select = form.locator("select").first
    value = str(select.locator("option").nth(1).get_attribute("value"))
    select.select_option(value)
    said = form.locator("output").inner_text()
    assert re.search(r"\d", said)
    visit.page.reload()
    assert visit.page.locator("form.filter select").first.input_value() == value
    assert visit.page.locator("form.filter output").first.inner_text() == said
    visit.alone()


def test_on_a_phone(shipped: Shipped, browser: Any) -> None:
    """The navigation opens, a document is reached, and nothing is wider than the screen."""
    visit = Visit(browser, shipped.site / GROUPWARE / "index.html", viewport={"width": 390, "height": 800})
    visit.page.get_by_role("button", name="メニュー").click()
    visit.page.locator(".md-nav--primary a", has_text="提出と検収").click()
    visit.page.wait_for_load_state("load")
    assert visit.title == "提出と検収"
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.alone()


def test_all_of_a_year_at_once(shipped: Shipped, browser: Any) -> None:
    """The ZIP of a fiscal year is one click from the contract."""
    visit = Visit(browser, shipped.site / GROUPWARE / "index.html")
    visit.follow("ダウンロード")
    address = visit.page.locator("article a[href$='.zip']").first.evaluate("link => link.href")
    assert _file(address).read_bytes().startswith(b"PK")
    visit.alone()


def test_what_came_late_is_found(shipped: Shipped, browser: Any) -> None:
    """Also after it was accepted: by a word of the filter, with the days."""
    visit = Visit(browser, shipped.site / REMOTE / "deadlines.html")
    visit.page.get_by_label("状態").select_option("遅れて提出")
    rows = visit.page.locator("table[data-filter] tbody tr:visible").all_inner_texts()
    assert rows
    assert all(re.search(r"[0-9]+日遅れて提出", row) for row in rows)
    visit.alone()


def test_what_changed_in_the_structure(shipped: Shipped, browser: Any) -> None:
    """From the contract to its support structure, and there the day of the change with the notice of it as PDF."""
    visit = Visit(browser, shipped.site / REMOTE / "index.html")
    visit.follow("体制")
    row = visit.page.locator("#structure-changes + table tbody tr").first
    assert "令和8年2月2日（月）" in row.inner_text()
    address = row.locator("a[href$='.pdf']").evaluate("link => link.href")
    assert _file(address).read_bytes().startswith(b"%PDF-")
    visit.alone()


def test_out_of_the_search_again(shipped: Shipped, browser: Any) -> None:
    """Esc closes the search and leads back to where one was."""
    visit = Visit(browser, shipped.site / GROUPWARE / "deadlines.html")
    link = visit.page.locator(".actions a").first
    link.focus()
    visit.page.keyboard.press("/")
    visit.page.locator(".md-search__input:focus").wait_for()
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_function("document.activeElement.matches('.actions a')")
    visit.alone()
