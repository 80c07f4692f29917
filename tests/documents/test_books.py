"""Books: numbers, references in both directions, hostile names, excerpts; random trees."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.documents.books import Book
from generator.documents.markup import Markup, escape

Inside = Callable[[Book], Markup]


def nothing() -> Markup:
    """What a chapter without anything says."""
    return Markup()


def tree(text: str) -> html.HtmlElement:
    """What a browser makes of it."""
    return html.fragment_fromstring(str(text), create_parent="div")


def made(inside: Inside) -> tuple[Book, html.HtmlElement]:
    """A book, and the HTML it comes to."""
    book = Book()
    return book, tree(book.done(inside(book)))


def drawn(book: Book, name: str) -> Markup:
    """A figure of a book."""
    return book.figure(name, name, Markup('<img alt="">'))


def test_chapters_sections_and_parts_are_numbered() -> None:
    """Each within what it stands in; captions by the chapter."""

    def inside(book: Book) -> Markup:
        def deep() -> Markup:
            return book.part("p", "部", lambda: drawn(book, "f1")) + book.part("q", "部", nothing)

        one = book.chapter(
            "a", "章", lambda: book.section("s", "節", nothing) + book.section("t", "節", deep) + drawn(book, "f2")
        )
        two = book.chapter(
            "b", "章", lambda: drawn(book, "f3") + Markup("<table>") + book.table("t", "表") + Markup("</table>")
        )
        return one + two

    book, found = made(inside)
    headings = [f"{one.tag} {one.text_content()}" for one in found.xpath(".//h2|.//h3|.//h4")]
    assert headings == ["h2 第1章　章", "h3 1.1　節", "h3 1.2　節", "h4 1.2.1　部", "h4 1.2.2　部", "h2 第2章　章"]
    assert found.xpath(".//figcaption/text()") == ["図1-1　f1", "図1-2　f2", "図2-1　f3"]
    assert found.xpath(".//caption/text()") == ["表2-1　表"]
    assert [(part.name, part.number) for part in book.walk()] == [
        ("a", "1"), ("a/s", "1.1"), ("a/t", "1.2"), ("a/t/p", "1.2.1"), ("a/t/q", "1.2.2"), ("b", "2"),
    ]  # fmt: skip


REFERENCES = [
    ("b", "", "#b-b", "第2章　後"),
    ("b/s", "", "#b-b-s", "2.1　節"),
    ("a", "前を見る", "#b-a", "前を見る"),
    ("figure:f", "", "#b-figure-f", "図2-1　f"),
    ("table:t", "表 <b>", "#b-table-t", "表 <b>"),
]


@pytest.mark.parametrize(("name", "text", "href", "said"), REFERENCES, ids=[row[0] for row in REFERENCES])
def test_reference(name: str, text: str, href: str, said: str) -> None:
    """Forward, backward and to captions; it says the number and title of its target, or what it is given."""

    def inside(book: Book) -> Markup:
        first = book.chapter("a", "前", lambda: book.ref(name, text))
        table = Markup("<table>") + book.table("t", "表") + Markup("</table>") if name == "table:t" else Markup()
        return (
            first
            + book.chapter("b", "後", lambda: book.section("s", "節", nothing) + drawn(book, "f"))
            + (book.chapter("c", "別", lambda: table) if table else table)
        )

    _, found = made(inside)
    (link,) = found.xpath(".//a")
    assert (link.get("href"), link.text_content()) == (href, said)
    assert len(found.xpath(".//*[@id=$id]", id=href[1:])) == 1


@pytest.mark.parametrize("name", ["", "none", "a/none", "figure:none", "no figure:f", "part a", "a b"])
def test_reference_to_nothing_is_text(name: str) -> None:
    """What is not there cannot be led to; the words stay, or nothing."""
    for text in ("", "言葉 <b>"):
        _, found = made(lambda book, text=text: book.chapter("a", "章", lambda: book.ref(name, text)))  # type: ignore[misc]
        assert found.xpath(".//a") == []
        assert found.text_content().strip() == f"第1章　章\n{text}".strip()


def test_names_that_are_taken_get_a_number() -> None:
    """Among siblings and among captions; the first keeps its name."""

    def inside(book: Book) -> Markup:
        def same() -> Markup:
            return Markup("").join(book.section(name, name, nothing) for name in ("s", "s", "s-2"))

        return book.chapter("a", "章", same) + book.chapter("a", "章", lambda: drawn(book, "f") + drawn(book, "f"))

    book, found = made(inside)
    assert [part.name for part in book.walk()] == ["a", "a/s", "a/s-2", "a/s-2-2", "a-2"]
    assert [figure.name for figure in book.figures] == ["f", "f-2"]
    assert _single_ids(found)


HOSTILE = [
    "A & B", "<script>alert(1)</script>", "a/b", "../x", "", " ", '"x" onclick=\'y\'', "\ue000", "part a",
    "&lt;", "改\n行", "長" * 3000, "#", "{{ 1 }}", "ＡＢ", "s", "b-a",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title(title: str) -> None:
    """Whatever a part is called, by name or by title: it has its number, its text is text, and it can be referred to."""

    def inside(book: Book) -> Markup:
        def parts() -> Markup:
            return book.section(title, title, lambda: drawn(book, title)) + book.ref(f"a/{title}")

        return book.chapter("a", "章", parts)

    book, found = made(inside)
    (heading,) = found.xpath(".//h3")
    assert heading.text_content() == f"1.1　{title}"
    assert {one.tag for one in found.iter()} <= {
        "div",
        "section",
        "h2",
        "h3",
        "span",
        "figure",
        "figcaption",
        "img",
        "a",
    }
    assert all(
        set(one.attrib) <= {"id", "class", "href", "alt", "role", "tabindex", "aria-label"} for one in found.iter()
    )
    assert book.figures[0].number == "図1-1"
    assert "図1-1　" in found.xpath(".//figcaption")[0].text_content()
    assert _single_ids(found)
    if "/" not in title:
        assert [link.get("href") for link in found.xpath(".//a")] == [f"#{heading.get('id')}"]


# --- excerpts ------------------------------------------------------------------------------------------------------


def _deep(book: Book) -> Markup:
    def part() -> Markup:
        return Markup("<p>部の文") + book.ref("a") + Markup('<a href="https://example.jp/">外</a></p>')

    def section() -> Markup:
        return Markup("<p>節の文</p>") + book.part("p", "部", part)

    return book.chapter("a", "章", lambda: Markup("<p>章の文</p>") + book.section("s", "節", section))


EXCERPTS = [
    ("a", True, ["h3 第1章　章", "h4 1.1　節", "h5 1.1.1　部"], ["章の文", "節の文", "部の文"]),
    ("a", False, ["h3 第1章　章"], ["章の文"]),
    ("a/s", True, ["h3 1.1　節", "h4 1.1.1　部"], ["節の文", "部の文"]),
    ("a/s", False, ["h3 1.1　節"], ["節の文"]),
    ("a/s/p", True, ["h3 1.1.1　部"], ["部の文"]),
    ("a/s/p", False, ["h3 1.1.1　部"], ["部の文"]),
]


@pytest.mark.parametrize(("name", "whole", "headings", "texts"), EXCERPTS)
def test_excerpt(name: str, whole: bool, headings: list[str], texts: list[str]) -> None:
    """It stands below a heading of level 2 without skipping a level; what leads into the book is text, the web is not."""
    book = Book()
    book.done(_deep(book))
    (part,) = (part for part in book.walk() if part.name == name)
    found = tree(book.excerpt(part, whole))
    assert [f"{one.tag} {one.text_content()}" for one in found.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")] == headings
    assert [said for said in ("章の文", "節の文", "部の文") if said in found.text_content()] == texts
    assert found.xpath(".//a/@href") == (["https://example.jp/"] if "部の文" in texts else [])
    if "部の文" in texts:
        assert "部の文第1章　章" in found.text_content()


def test_own_text_is_without_what_stands_inside() -> None:
    """So that a part that changed does not change those around it, whatever prefix and numbers the book has."""

    def written(prefix: str, more: int) -> Book:
        book = Book(prefix)
        for number in range(more):
            book.chapter(f"x{number}", "他", lambda: drawn(book, "other"))
        book.chapter(
            "a",
            "章",
            lambda: Markup("<p>文</p>") + book.section("s", "節", lambda: drawn(book, "f") + book.ref("figure:f")),
        )
        return book

    books = written("", 0), written("was-", 3)
    owns = [{part.name: part.own for part in book.walk() if part.name.startswith("a")} for book in books]
    assert owns[0] == owns[1]
    assert owns[0]["a"] == "<p>文</p>"


# --- random trees --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Node:
    """A part to be written: its name and title, and what stands in it."""

    name: str
    inside: tuple[Node | str, ...]
    """Parts, or the name of a figure."""


NAMES = st.one_of(
    st.sampled_from(
        ["a", "b", "a-b", "a b", "a/b", "A & B", "", "figure-a", "table-a", "-", "あ", "a-2", "<b>", "a.b"]
    ),
    st.text(st.characters(exclude_categories=["C"]), max_size=4),
)


def _nodes(below: st.SearchStrategy[Node] | None) -> st.SearchStrategy[Node]:
    inner = NAMES if below is None else NAMES | below
    return st.builds(lambda name, inside: Node(name, tuple(inside)), NAMES, st.lists(inner, max_size=4))


TREES = st.lists(_nodes(_nodes(_nodes(None))), min_size=1, max_size=4)


def _write(book: Book, nodes: list[Node] | tuple[Node | str, ...], level: int = 0) -> Markup:
    def each() -> Iterator[Markup]:
        for node in nodes:
            if isinstance(node, str):
                yield drawn(book, node) + Markup("<table>") + book.table(node, node) + Markup("</table>")
            else:
                write = (book.chapter, book.section, book.part)[level]
                yield write(node.name, node.name, lambda node=node: _write(book, node.inside, level + 1))  # type: ignore[misc]

    return Markup("").join(each())


def _single_ids(found: html.HtmlElement) -> bool:
    ids = found.xpath(".//@id")
    return len(ids) == len(set(ids))


@settings(max_examples=60)
@given(TREES)
def test_any_tree(nodes: list[Node]) -> None:
    """Every anchor stands once, every heading and caption has its own number, every part leads to its heading."""
    book = Book()
    written = _write(book, nodes)
    names = [part.name for part in book.walk()]
    targets = [*names, *(f"figure:{one.name}" for one in book.figures), *(f"table:{one.name}" for one in book.tables)]
    found = tree(book.done(written + Markup("").join(Markup("<p>{}</p>").format(book.ref(name)) for name in targets)))
    assert len(names) == len(set(names))
    assert _single_ids(found)
    numbers = found.xpath(".//span[@class='no']/text()")
    assert numbers == [part.number if part.level else f"第{part.number}章" for part in book.walk()]
    assert len(numbers) == len(set(numbers))
    captions = [one.text_content().partition("　")[0] for one in found.xpath(".//figcaption|.//caption")]
    assert sorted(captions) == sorted({one.number for one in (*book.figures, *book.tables)})
    links = [link.get("href")[1:] for link in found.xpath("./p/a")]
    assert len(links) == len(targets)
    assert set(links) <= set(found.xpath(".//@id"))
    assert len(set(links)) == len(links)
    assert not re.search("[\x0e-\x13]", found.text_content())


@settings(max_examples=40)
@given(TREES)
def test_the_parts_of_any_tree_put_together_are_the_whole(nodes: list[Node]) -> None:
    """What a part says itself and what its parts say is all it says."""
    book = Book()
    _write(book, nodes)
    for part in book.walk():
        rest = str(part.html)
        for inner in part.parts:
            assert str(inner.html) in rest
            rest = rest.replace(str(inner.html), "", 1)
        assert part.own in rest
        assert str(escape(part.title)) in rest
