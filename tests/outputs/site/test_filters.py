"""Lists that are narrowed by the address, figures that lead to them, and tables that are wider than the screen."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import markdown
import pytest

from generator.outputs.glance.glance import glance
from generator.outputs.shown import Shown, Site
from generator.outputs.site import incidentpages
from generator.outputs.site.pages import contract_part
from tests import papers
from tests.support import AS_OF, CONTRACT, ROOT, Files, Project

pytestmark = pytest.mark.slow

SCRIPTS = ("filter.js", "regions.js")
MORE: Files = {
    f"{CONTRACT}/records/incidents/2026-002.yml": "title: 受信できない\ncontacted: 2026-04-30 10:00\n",
    f"{CONTRACT}/records/accidents/2026-001.yml": "title: 名簿の紛失\noccurred: 2026-04-20 09:00\n",
}


def _html(text: str, up: str) -> str:
    body = markdown.markdown(text.partition("---\n\n")[2], extensions=["attr_list", "md_in_html"])
    scripts = "".join(f"<script src={up}{name}></script>" for name in SCRIPTS)
    return f"<!doctype html><html lang=ja><meta charset=utf-8><title>頁</title><article>{body}</article>{scripts}"


def _write(folder: Path, pages: dict[str, str]) -> None:
    for path, text in pages.items():
        place = folder / path.replace(".md", ".html")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_html(text, "../" * path.count("/")), encoding="utf-8")
    for name in SCRIPTS:
        shutil.copy(ROOT / "templates/site" / name, folder)


def _pages(site: Site, shown: Shown) -> dict[str, str]:
    own = {f"mihon/{path}": text for path, text in incidentpages.pages(site, shown)}
    told = [glance(shown, dt.date.fromisoformat(AS_OF))]
    home = {"index.md": site.page("home.md.j2", "ホーム", glances=told, problems=())}
    return {**contract_part(site, shown).pages, **own, **home}


@pytest.fixture
def folder(project: Callable[..., Project], tmp_path: Path) -> Path:
    """The pages of a small contract and the home, without the theme, on a disc."""
    site, shown = papers.shown(project, MORE)
    _write(tmp_path / "site", _pages(site, shown))
    return tmp_path / "site"


_ROWS = "[data-filter] > tbody > tr:visible, [data-filter] > [data-item]:visible"


def _shown_by(page: Any, href: str) -> int:
    """How many things are seen where a figure leads: below the heading it names, else in the lists."""
    anchor = href.partition("#")[2]
    if anchor and anchor != "filter":
        return int(page.locator(f"#{anchor} ~ table").first.locator("tbody tr").count())
    return int(page.locator(_ROWS).count())


def test_figures_lead_to_as_many_things(folder: Path, browser: Any) -> None:
    """Of every figure of the overview and of the home's cards that counts things of a list."""
    page, counted = browser.new_page(), []
    for start in ("mihon/index.html", "index.html"):
        page.goto((folder / start).as_uri())
        links = page.locator(".figures a:is([href*='deadlines'], [href*='submissions'], [href*='incidents'])")
        figures = [(str(one.get_attribute("href")), one.locator("strong").inner_text()) for one in links.all()]
        for href, figure in figures:
            page.goto(f"{(folder / start).parent.as_uri()}/{href}")
            assert _shown_by(page, href) == int(re.findall(r"\d+", figure)[0]), href
            counted.append(int(re.findall(r"\d+", figure)[0]))
    page.close()
    assert counted == [1, 1, 1, 2, 1, 1, 2]


def _table(rows: list[tuple[str, str]], **attributes: str) -> str:
    named = "".join(f' data-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    cells = "".join(f'<tr id="{name}" data-state="{state}"><td>{name}</td></tr>' for name, state in rows)
    return f'<div class="nohin"><table{named}><tbody>{cells}</tbody></table></div>'


def _open(browser: Any, tmp_path: Path, body: str, address: str = "", **settings: Any) -> Any:
    _write(tmp_path, {"page.md": f"---\n---\n\n{body}"})
    page = browser.new_page(**settings)
    page.goto(f"{(tmp_path / 'page.html').as_uri()}{address}")
    return page


def test_what_no_row_has_shows_no_row(browser: Any, tmp_path: Path) -> None:
    """A link to a state that nothing is in any more does not show everything."""
    table = _table([("a", "予定"), ("b", "予定")], filter="state:状態")
    page = _open(browser, tmp_path, table, "?state=遅延")
    assert page.locator("tbody tr:visible").count() == 0
    assert "条件に合うものはありません（全2件）" in page.locator("output").inner_text()
    page.get_by_role("button", name="絞り込みをやめる").click()
    assert page.locator("tbody tr:visible").count() == 2
    page.goto((tmp_path / "page.html").as_uri())
    assert page.locator("form.filter").count() == 0  # two rows need none
    page.close()


def test_years_are_chosen_where_there_are_several(browser: Any, tmp_path: Path) -> None:
    """Of two long sections one is shown; where all are of one year there is nothing to choose."""

    def sections(*years: str) -> str:
        own = "".join(f'<section data-item data-year="{year}"><p>記録</p></section>' for year in years)
        return f'<div class="nohin"><div data-filter="year:年度">{own}</div></div>'

    page = _open(browser, tmp_path, sections("令和8年度", "令和9年度"))
    page.get_by_label("年度").select_option("令和9年度")
    assert [one.get_attribute("data-year") for one in page.locator("section:visible").all()] == ["令和9年度"]
    assert page.url.endswith("?year=%E4%BB%A4%E5%92%8C9%E5%B9%B4%E5%BA%A6")
    page.close()
    page = _open(browser, tmp_path, sections("令和8年度", "令和8年度"))
    assert page.locator("form.filter").count() == 0
    page.close()


def test_headings_of_empty_lists_go_too(browser: Any, tmp_path: Path) -> None:
    """Of lists with one form those without a hit are left out with their heading; a link to one brings it back."""
    lists = [
        f'<h2 id="{year}">{year}</h2>\n\n{_table(rows, filter="state:状態", filter_at="filter")}'
        for year, rows in (("y8", [("a", "予定")]), ("y9", [("b", "遅延")]))
    ]
    page = _open(browser, tmp_path, "\n\n".join(['<div id="filter"></div>', *lists]), "?state=遅延")
    assert [page.locator(f"#{name}").is_visible() for name in ("y8", "a", "y9", "b")] == [False, False, True, True]
    page.evaluate("location.hash = 'y8'")
    page.locator("#y8").wait_for(state="visible")
    assert page.locator("#a").is_visible()
    page.close()


def test_each_list_keeps_its_own_place_in_the_address(browser: Any, tmp_path: Path) -> None:
    """The second list is narrowed by the second name, whether the first is long enough for a form or not."""
    few, many = [("a", "予定")], [(f"r{n}", "予定" if n % 2 else "遅延") for n in range(6)]
    body = "\n\n".join(_table(rows, filter="state:状態") for rows in (few, many))
    page = _open(browser, tmp_path, body)
    page.get_by_label("状態").select_option("遅延")
    page.reload()
    assert page.get_by_label("状態").input_value() == "遅延"
    assert page.locator("tbody tr:visible").count() == 1 + 3
    page.close()


def test_what_is_wider_than_the_screen_says_so(browser: Any, tmp_path: Path) -> None:
    """On a phone, where no scroll bar shows; where all of it fits, nothing is said."""
    body = '<div class="nohin"><div role="region" tabindex="0" aria-label="表" style="overflow-x: auto">'
    body += '<div style="width: 600px">広い</div></div></div>'
    page = _open(browser, tmp_path, body, viewport={"width": 390, "height": 800})
    assert page.get_by_text("横に動かしてご覧ください").is_visible()
    page.set_viewport_size({"width": 900, "height": 800})
    page.get_by_text("横に動かしてご覧ください").wait_for(state="hidden")
    page.close()


def test_a_row_is_found_by_each_of_its_words(browser: Any, tmp_path: Path) -> None:
    """What was accepted and came late is found as both; the list offers each word once."""
    rows = [("a", "検収済|遅れて提出"), ("b", "検収済"), ("c", "予定")]
    page = _open(browser, tmp_path, _table(rows, filter="state:状態"), "?state=検収済")
    assert page.locator("select option").all_inner_texts() == ["すべて", "検収済", "遅れて提出", "予定"]
    assert page.locator("tbody tr:visible").count() == 2
    page.get_by_label("状態").select_option("遅れて提出")
    assert [row.get_attribute("id") for row in page.locator("tbody tr:visible").all()] == ["a"]
    page.close()


def test_months_are_offered_by_year(browser: Any, tmp_path: Path) -> None:
    """A list of many months stands in groups; what belongs to no group stands before them."""
    cells = "".join(
        f'<tr data-month="{month}" data-year="{year}"><td>{month}</td></tr>'
        for month, year in (("4月", "八年度"), ("5月", "八年度"), ("次の4月", "九年度"))
    )
    table = f'<div class="nohin"><table data-filter="month:月:year"><tbody>{cells}</tbody></table></div>'
    page = _open(browser, tmp_path, table, "?month=4月")
    offered = page.locator("optgroup").all()
    groups = {one.get_attribute("label"): one.locator("option").all_inner_texts() for one in offered}
    assert groups == {"八年度": ["4月", "5月"], "九年度": ["次の4月"]}
    assert page.get_by_label("月").input_value() == "4月"
    assert page.locator("tbody tr:visible").count() == 1
    page.close()


FOLDED = (
    '<div class="nohin"><details class="attention" data-follows="filter"><summary><span data-counted>3</span>件</summary>'
    '<ul><li data-of="a b">二つ</li><li data-of="c">一つ</li></ul></details><div id="filter"></div></div>'
)


def _years(browser: Any, tmp_path: Path, address: str) -> Any:
    tables = (
        _table([(a, "遅延"), (b, "予定")], filter="state:状態", filter_at="filter") for a, b in ("ac", "bd", "ef")
    )
    years = (
        f'<h2 id="fy{n}">{n}</h2>\n\n<div class="nohin"><details class="fold"{" open" if n == 2 else ""}>'
        f"<summary>{n}</summary>{table}</details></div>"
        for n, table in enumerate(tables, 1)
    )
    return _open(browser, tmp_path, "\n\n".join([FOLDED, *years]), address)


def _unfolded(page: Any) -> list[bool]:
    return [bool(one.evaluate("one => one.open")) for one in page.locator("details.fold").all()]


@pytest.mark.parametrize("anchor", ["fy3", "f"])
def test_a_link_opens_what_is_folded(browser: Any, tmp_path: Path, anchor: str) -> None:
    """A link to a row of a folded year, or to its heading, opens it and no other."""
    page = _years(browser, tmp_path, f"#{anchor}")
    assert _unfolded(page) == [False, True, True]
    page.evaluate("location.hash = 'a'")
    page.locator("#a").wait_for(state="visible")
    page.close()


def test_a_choice_opens_what_is_folded(browser: Any, tmp_path: Path) -> None:
    """What is chosen is seen in whichever year it lies; afterwards the years are as they were."""
    page = _years(browser, tmp_path, "?state=遅延")
    assert _unfolded(page) == [True, True, True]
    assert page.locator("tbody tr:visible").count() == 3
    page.get_by_role("button", name="絞り込みをやめる").click()
    assert _unfolded(page) == [False, True, False]
    page.close()


def test_what_stands_for_several_rows_follows_them(browser: Any, tmp_path: Path) -> None:
    """A line goes when the last of its rows goes, and the figure above the lines counts the rows that are left."""
    page = _years(browser, tmp_path, "?state=予定")
    hidden = page.locator(".attention li").evaluate_all("lines => lines.map((line) => line.hidden)")
    assert hidden == [True, False]
    assert page.locator("[data-counted]").text_content() == "1"
    page.close()
