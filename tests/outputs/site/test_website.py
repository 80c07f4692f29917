"""The built site as a reader meets it: from a disc, in a real browser, without any other host."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from generator.outputs.site import searchindex
from tests.browsing import Visit
from tests.conftest import Shipped
from tests.support import contents

pytestmark = pytest.mark.slow

ADDRESSES = ("href", "src", "srcset", "action", "poster", "data", "formaction", "ping", "background")


class _Page(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.anchors: set[str] = set()
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ADDRESSES and value is not None:
                self.links.append((tag, value))
            if (name == "id" or (name == "name" and tag == "a")) and value:
                self.anchors.add(value)
                self.ids += [value] if name == "id" else []


def _pages(site: Path) -> dict[Path, _Page]:
    """Every page; the ones for a web server's missing addresses have addresses of their own and are left out."""
    places = [place for place in site.rglob("*.html") if place.name != "404.html"]
    return {place: _Page(place.read_text(encoding="utf-8")) for place in places}


def test_every_link_and_anchor_leads_somewhere(shipped: Shipped) -> None:
    """Pages, PDFs, feeds, pictures, scripts: whatever is referred to is there, down to the line of a table."""
    pages = _pages(shipped.site)
    lost = []
    for place, page in pages.items():
        for _, address in page.links:
            parts = urlsplit(address)
            if parts.scheme == "data":
                continue
            target = (place.parent / unquote(parts.path)).resolve() if parts.path else place
            whole = target.is_file() and target.is_relative_to(shipped.site.resolve())
            anchored = not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].anchors
            if parts.scheme or parts.netloc or not whole or not anchored:
                lost.append(f"{place.relative_to(shipped.site)}: {address}")
    assert lost == []
    assert len(pages) > 40


def test_ids_are_unique_in_a_page(shipped: Shipped) -> None:
    """An anchor means one place."""
    for place, page in _pages(shipped.site).items():
        twice = {name for name in page.ids if page.ids.count(name) > 1}
        assert twice == set(), place.relative_to(shipped.site)


def test_no_style_or_script_names_another_host(shipped: Shipped) -> None:
    """Style sheets load nothing; the pages carry no preconnects, fonts or analytics from elsewhere."""
    for path, content in contents(shipped.site).items():
        if path.endswith(".css"):
            text = content.decode()
            assert "@import" not in text
            assert not any(f"url({quote}{scheme}" in text for quote in ("", '"', "'") for scheme in ("http", "//"))


def test_every_pdf_is_linked_and_listed(shipped: Shipped) -> None:
    """Each PDF is in the list and on a page, and nothing else is."""
    found = {place.relative_to(shipped.site).as_posix() for place in shipped.site.rglob("*.pdf")}
    linked = {
        (place.parent / unquote(address)).resolve().relative_to(shipped.site.resolve()).as_posix()
        for place, page in _pages(shipped.site).items()
        for _, address in page.links
        if address.endswith(".pdf")
    }
    assert found == linked == {row["path"] for row in shipped.manifest}


def test_pages_are_japanese_and_have_their_own_titles(shipped: Shipped) -> None:
    """A page says its language, and its title tells it from its neighbours."""
    titles: dict[str, list[str]] = {}
    for place in _pages(shipped.site):
        page = html.parse(str(place)).getroot()
        assert page.get("lang") == "ja"
        part = place.relative_to(shipped.site).parts[0]
        titles.setdefault(part, []).append(str(page.findtext(".//title")))
        assert len(page.findall(".//h1")) == 1, place
    for part, own in titles.items():
        assert len(set(own)) == len(own), part


def test_pictures_and_tables_can_be_read_aloud(shipped: Shipped) -> None:
    """Pictures have words beside them, heads of tables say what they are heads of."""
    for place in _pages(shipped.site):
        article = html.parse(str(place)).getroot().find(".//article")
        if article is not None:
            assert all(image.get("alt") for image in article.iter("img")), place
            assert all(cell.get("scope") for cell in article.iter("th")), place


def test_sample_pages_say_so(shipped: Shipped) -> None:
    """Every document of a sample contract is marked on its page."""
    for row in shipped.manifest:
        place = shipped.site / row["contract"] / "documents" / f"{row['document']}.html"
        article = html.parse(str(place)).getroot().find(".//article")
        assert "実在しません" in str(article.text_content())


def test_dictionary_has_every_field(shipped: Shipped) -> None:
    """The data dictionary is made from the schemas."""
    from generator.intake.schema import load_schemas

    page = html.parse(str(shipped.site / "dictionary.html")).getroot()
    words = {"".join(code.itertext()) for code in page.iter("code")}
    for schema in load_schemas().by_kind.values():
        assert schema.files in words
        assert {".".join(str(step) for step in path) for path, _ in schema.walk()} <= words


def test_search_knows_every_page(shipped: Shipped) -> None:
    """The index holds every page of every contract but those it leaves out on purpose, and nothing else."""
    script = (shipped.site / searchindex.INDEX).read_text(encoding="utf-8")
    quoted = script.removeprefix("var searchIndex = JSON.parse('").removesuffix("');\n")
    found = {path for path, _ in json.loads(quoted.replace("\\'", "'").replace("\\\\", "\\"))}
    places = {place.relative_to(shipped.site).as_posix() for place in _pages(shipped.site)}
    assert found == places


# --- in Chromium ----------------------------------------------------------------------------------------


def test_pages_of_every_sort_load_alone(shipped: Shipped, browser: Any) -> None:
    """No sort of page asks another host for anything, says an error, or is wider than its window, wide or narrow."""
    for place in _one_of_each_sort(shipped.site):
        visit = Visit(browser, place)
        for width in (1280, 390):
            visit.page.set_viewport_size({"width": width, "height": 800})
            overflow = visit.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert overflow <= 1, f"{place.relative_to(shipped.site)} at {width}"
        visit.alone()


def _one_of_each_sort(site: Path) -> list[Path]:
    """The longest page of each sort: those of a folder whose names differ in their ends only are of one sort."""
    found: dict[str, Path] = {}
    for place in sorted(site.rglob("*.html"), key=lambda place: place.stat().st_size):
        own = place.relative_to(site).parts
        found["/".join((*own[1:-1], re.split(r"-?\d|--", own[-1])[0])) if len(own) > 1 else own[0]] = place
    return sorted(found.values())


def test_diagram_is_drawn(shipped: Shipped, browser: Any) -> None:
    """The support structure's picture has a size; a broken picture has none."""
    visit = Visit(browser, shipped.site / "ichikawa-groupware/documents/support-structure.html")
    sizes = visit.page.evaluate("[...document.querySelectorAll('article img')].map(i => i.naturalWidth)")
    assert sizes
    assert all(size > 100 for size in sizes)
    visit.alone()


def test_links_between_parts_can_be_walked(shipped: Shipped, browser: Any) -> None:
    """From the home into a contract, to a document, and back by the way home."""
    visit = Visit(browser, shipped.site / "index.html")
    visit.page.locator("article a", has_text="グループウェア").first.click()
    visit.page.wait_for_url("**/ichikawa-groupware/index.html")
    visit.page.locator("article a", has_text="文書の一覧").first.click()
    visit.page.wait_for_url("**/documents/index.html")
    visit.page.locator("article table a", has_text="サポート体制図").first.click()
    visit.page.wait_for_url("**/documents/support-structure.html")
    visit.page.locator("a.md-header__button.md-logo").first.click()
    visit.page.wait_for_load_state("load")
    assert visit.page.url.endswith(("/site/index.html", "/ichikawa-groupware/index.html"))
    visit.alone()
