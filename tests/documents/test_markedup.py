"""見え消し: two bodies in one, and both of them found in it again."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from generator.documents.htmltree import Element, Node, parse, text_of, write
from generator.documents.markedup import marked_up

SAID = re.compile(r'<span class="said(?: seen)?">［(?:削除|追加)］</span>')


def _shown(marked: str) -> str:
    """The result without the words that are only heard."""
    return SAID.sub("", marked)


def _without(nodes: list[Node], tag: str) -> list[Node]:
    """The nodes without what a mark holds, and without the words that are only heard."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(node)
        elif node.tag != tag and not (node.get("class") or "").startswith("said"):
            found.append(Element(node.tag, node.attributes, _without(node.children, tag)))
    return found


def _read(nodes: list[Node]) -> str:
    return "".join(text_of(nodes).split())


def _holds(before: str, after: str) -> str:
    """Mark up; what stood there before, and what stands there now, can be read in the result."""
    marked = marked_up(before, after)
    assert _read(_without(parse(marked), "ins")) == _read(parse(before))
    assert _read(_without(parse(marked), "del")) == _read(parse(after))
    return marked


# --- what is marked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("<p>同じ。</p>", "<p>同じ。</p>", "<p>同じ。</p>"),
        ("<p>４月末まで</p>", "<p>５月末まで</p>", "<p><del>４月末</del><ins>５月末</ins>まで</p>"),
        (
            "<p>田中<br>電話 <strong>1</strong></p>",
            "<p>鈴木<br>電話 <strong>1</strong></p>",
            "<p><del>田中</del><ins>鈴木</ins><br>電話 <strong>1</strong></p>",
        ),
        ("<p>一</p>", "<p>一</p><p>二</p>", "<p>一</p><p><ins>二</ins></p>"),
        ("<ul><li>甲</li><li>乙</li></ul>", "<ul><li>乙</li></ul>", "<ul><li><del>甲</del></li><li>乙</li></ul>"),
        ("<h2>甲</h2>", "<h3>甲</h3>", "<h2><del>甲</del></h2><h3><ins>甲</ins></h3>"),
    ],
    ids=["nothing", "word", "inline elements", "paragraph", "item", "another element"],
)
def test_marks(before: str, after: str, marked: str) -> None:
    """Deletions come before additions, whole words are marked, and elements stay where they were."""
    assert _shown(_holds(before, after)) == marked


ROW = '<tr><th scope="row">{}</th><td>{}</td></tr>'


def _table(*rows: tuple[str, str]) -> str:
    return f'<table class="ruled"><tbody>{"".join(ROW.format(*row) for row in rows)}</tbody></table>'


def test_rows_are_known_by_their_heading() -> None:
    """A row that came and one that went leave the others alone, however alike their cells are."""
    marked = _holds(_table(("甲", "あり"), ("乙", "あり")), _table(("乙", "なし"), ("丙", "あり")))
    gone = ROW.format("<del>甲</del>", "<del>あり</del>").replace("<tr>", '<tr class="gone">')
    new = ROW.format("<ins>丙</ins>", "<ins>あり</ins>").replace("<tr>", '<tr class="new">')
    stayed = ROW.format("乙", "<del>あり</del><ins>なし</ins>")
    assert _shown(marked) == f'<table class="ruled"><tbody>{gone}{stayed}{new}</tbody></table>'


def test_numbers_do_not_name_rows() -> None:
    """Where rows are numbered, a row put in at the top does not make all of them look changed."""
    before = _table(("1", "サーバの点検"), ("2", "回線の点検"))
    after = _table(("1", "電源の交換"), ("2", "サーバの点検"), ("3", "回線の点検"))
    marked = _shown(_holds(before, after))
    assert ROW.format("<ins>1</ins>", "<ins>電源の交換</ins>").replace("<tr>", '<tr class="new">') in marked
    assert ROW.format("<del>1</del><ins>2</ins>", "サーバの点検") in marked


def test_tables_of_other_columns_are_replaced() -> None:
    """Cells of different columns are not held against one another."""
    marked = _shown(_holds("<table><tr><td>甲</td><td>乙</td></tr></table>", "<table><tr><td>甲</td></tr></table>"))
    assert marked == (
        '<table><tr class="gone"><td><del>甲</del></td><td><del>乙</del></td></tr></table>'
        '<table><tr class="new"><td><ins>甲</ins></td></tr></table>'
    )


def test_blocks_are_known_by_their_id() -> None:
    """An id names a block even where all it says has changed."""
    marked = _holds('<p id="a">春の点検</p><p>秋</p>', '<p>冬</p><p id="a">夏</p>')
    assert _shown(marked) == ('<p><ins>冬</ins></p><p id="a"><del>春の点検</del><ins>夏</ins></p><p><del>秋</del></p>')


def test_what_is_gone_has_no_name_and_leads_nowhere() -> None:
    """An id stands once, and a link of what is gone is plain text: it could lead to what is gone as well."""
    before = '<p><a id="x" href="#gone">甲</a>の条</p>'
    assert _shown(_holds(before, "<p>乙の条</p>")) == "<p><del><span>甲</span></del><ins>乙</ins>の条</p>"
    split = _holds('<p><span id="x">甲の条</span></p>', '<p><span id="x">甲の新しい条</span></p>')
    assert split.count('id="x"') == 1


def test_a_picture_is_one_word_and_says_visibly_what_became_of_it() -> None:
    """A drawing that changed is shown before and after; no line could be drawn through it."""
    marked = _holds('<figure><img alt="図" src="data:,a"></figure>', '<figure><img alt="図" src="data:,b"></figure>')
    assert marked == (
        '<figure><span class="drawn"><span class="said seen">［削除］</span><del><img alt="図" src="data:,a"></del></span>'
        '<span class="drawn"><span class="said seen">［追加］</span><ins><img alt="図" src="data:,b"></ins></span></figure>'
    )


def test_marks_are_said_aloud() -> None:
    """Whoever does not see the lines hears 削除 and 追加; of a row once."""
    marked = marked_up("<p>甲</p>", "<p>乙</p>")
    assert '<del><span class="said">［削除］</span>甲</del>' in marked
    assert '<ins><span class="said">［追加］</span>乙</ins>' in marked
    assert len(SAID.findall(marked_up(_table(("甲", "一")), _table(("甲", "一"), ("乙", "二"))))) == 1


# --- whatever it is given --------------------------------------------------------------------------------------

_WORDS = st.text('甲乙丙丁がをの。 １2a<&"\U000f0000', max_size=8)
_CELL = st.one_of(
    _WORDS.map(escape),
    st.tuples(_WORDS, _WORDS).map(lambda two: f"{escape(two[0])}<br><strong>{escape(two[1])}</strong>"),
)
_ROWS = st.lists(st.tuples(_WORDS.map(escape), _CELL, _CELL), max_size=5)


def _grid(rows: list[tuple[str, str, str]]) -> str:
    body = "".join(f'<tr><th scope="row">{a}</th><td>{b}</td><td>{c}</td></tr>' for a, b, c in rows)
    return f"<table><thead><tr><th>名</th><th>前</th><th>後</th></tr></thead><tbody>{body}</tbody></table>"


_BLOCK = st.one_of(
    _ROWS.map(_grid),
    _CELL.map(lambda text: f"<p>{text}</p>"),
    _CELL.map(lambda text: f"<h2>{text}</h2>"),
    st.lists(_CELL, max_size=3).map(lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"),
)


@settings(max_examples=150)
@given(_ROWS, _ROWS)
def test_both_tables_are_in_the_result(before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]) -> None:
    """Without additions a marked table is the old one, without deletions the new one, and it is still a table."""
    marked = _holds(_grid(before), _grid(after))
    for row in html.fromstring(f"<div>{marked}</div>").iter("tr"):
        assert len(row) == 3
        assert {cell.tag for cell in row} <= {"th", "td"}


@settings(max_examples=100)
@given(st.lists(_BLOCK, max_size=4), st.lists(_BLOCK, max_size=4))
def test_both_bodies_are_in_the_result(before: list[str], after: list[str]) -> None:
    """The same of whole bodies; marks stand inside of blocks, never around them."""
    marked = _holds("".join(before), "".join(after))
    tree = etree.fromstring(f"<div>{marked.replace('<br>', '<br/>')}</div>")
    blocks = {"p", "h2", "ul", "li", "table", "tr", "td", "th"}
    assert not [mark for mark in tree.iter("ins", "del") if any(inner.tag in blocks for inner in mark.iter())]


@settings(max_examples=60)
@given(_ROWS)
def test_nothing_is_marked_where_nothing_changed(rows: list[tuple[str, str, str]]) -> None:
    """A body held against itself is itself."""
    assert marked_up(_grid(rows), _grid(rows)) == write(parse(_grid(rows)))


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</ins></td></table>"]
)
def test_hostile_text_stays_text(hostile: str) -> None:
    """Text that was escaped is still escaped, wherever it is marked."""
    marked = marked_up("<p>甲</p>", f"<p>{escape(hostile)}</p>")
    assert hostile not in marked
    assert escape(hostile, quote=False) in _shown(marked).replace("<ins>", "").replace("</ins>", "")
