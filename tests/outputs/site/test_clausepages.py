"""Clauses with what answers them, on the built pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from tests.support import CONTRACT, ROOT, WHOLE, Project, contents, whole_project

Make = Callable[..., Project]

pytestmark = pytest.mark.slow

CLAUSES = f"{CONTRACT}/clauses.yml"
SITE = {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}


def _built(there: Project) -> dict[str, bytes]:
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    return contents(there.root / "site")


def test_a_changed_answer_changes_the_pages_that_show_it(project: Make) -> None:
    """The register, the overview of answers and the search know; no document and no other page does."""
    there = project(whole_project(SITE))
    before = _built(there)
    there.write({CLAUSES: WHOLE[CLAUSES].replace("電話でも知らせる。", "電子メールでも知らせる。")})
    after = _built(there)
    changed = {path for path in after if after[path] != before.get(path)}
    assert before.keys() == after.keys()
    assert {path for path in changed if path.endswith(".html")} == {
        "mihon/clauses/coverage.html",
        "mihon/clauses/index.html",
    }
    assert {path for path in changed if not path.endswith(".html")} == {"search/index.js"}


def test_every_answer_that_has_a_page_links_to_it(project: Make) -> None:
    """Deliverables lead to their deadline or document, check items to their line, and each link arrives."""
    there = project(whole_project(SITE))
    _built(there)
    page = there.root / "site/mihon/clauses/coverage.html"
    tree = html.parse(str(page))
    links = tree.xpath("//table[contains(@class, 'answers')]//td//a/@href")
    assert any("deadlines.html#" in link for link in links)
    assert any("checklist" in link and "#k-mihon-terms-1" in link for link in links)
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve()
        assert target.is_file(), link
        assert not anchor or html.parse(str(target)).xpath(f"//*[@id='{anchor}']"), link
