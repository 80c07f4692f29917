"""The tables of a manual: columns as wide as what they say, cells that name their column."""

from __future__ import annotations

import pytest

from generator.documents.htmltree import elements, parse, text_of
from generator.documents.manualtables import laid_out, widths
from generator.documents.markup import Markup

TABLE = (
    "<table><thead><tr><th>時期</th><th>行うこと</th></tr></thead>"
    "<tbody><tr><td>毎月</td><td>{}</td></tr></tbody></table>"
)


def test_the_widest_column_takes_what_is_left() -> None:
    """A short column is as wide as its words; the longest has no width of its own."""
    first, second = widths([["時期", "毎月"], ["行うこと", "記録を読み、前の月と比べる。" * 6]])
    assert (first, second) == ("c8", "")


def test_long_columns_share() -> None:
    """Of two long columns neither is squeezed."""
    first, second = widths([["あ" * 90], ["い" * 100]])
    assert (first, second) == ("c48", "")


def test_all_columns_fit_on_the_sheet() -> None:
    """Many columns take no more than the sheet has, however long they are."""
    found = widths([["長い文章である" * 4]] * 9)
    assert found.count("") == 1
    assert sum(int(name.removeprefix("c")) for name in found if name) < 100


def test_a_table_of_markdown_is_named_cell_by_cell() -> None:
    """Where rows stand below one another each cell says what it is, and the first heads the row."""
    nodes = parse(laid_out(Markup(TABLE).format("点検する。")))
    table = next(elements(nodes, "table"))
    row = next(elements(list(elements(nodes, "tbody")), "tr"))
    head, cell = row.children
    assert {"stack", "dense"} <= set((table.get("class") or "").split())
    assert (head.tag, head.get("scope"), text_of([head])) == ("th", "row", "毎月")  # type: ignore[union-attr]
    assert cell.get("data-label") == "行うこと"  # type: ignore[union-attr]


def test_a_width_that_is_given_stays() -> None:
    """A procedure has columns of its own: nothing is changed."""
    html = Markup(
        '<table class="ruled"><colgroup><col class="c6"><col></colgroup><tbody><tr><td>1</td></tr></tbody></table>'
    )
    assert laid_out(html) == html


@pytest.mark.parametrize("hostile", ["<script>x</script>", '" onclick="x', "&lt;b&gt;"])
def test_what_is_said_stays_text(hostile: str) -> None:
    """A table that is written again says what it said, and no more."""
    html = laid_out(Markup(TABLE).format(hostile))
    assert hostile in text_of(parse(html))
    assert not list(elements(parse(html), "script", "b"))
