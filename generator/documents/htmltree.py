"""A document's body as a tree: read from our own HTML, written again with every text and attribute escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TypeAlias

VOID = frozenset(("br", "col", "hr", "img", "input", "wbr"))
"""Elements that have no end tag and hold nothing."""

_TABLE = ("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td")
_LIST = ("ul", "ol", "li", "dl", "dt", "dd")
_TEXT = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "blockquote", "address", "hr")
_PART = ("div", "section", "article", "aside", "header", "footer", "main", "nav", "form", "fieldset")
_APART = ("figure", "figcaption", "details", "summary")
BLOCK = frozenset((*_TABLE, *_LIST, *_TEXT, *_PART, *_APART))
"""Elements that stand on lines of their own; all others run in the text."""


@dataclass(eq=False)
class Element:
    """An element; two are the same only when they are one object."""

    tag: str
    attributes: tuple[tuple[str, str | None], ...] = ()
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        """An attribute's value."""
        return next((value for key, value in self.attributes if key == name), None)

    def without(self, *names: str) -> Element:
        """The same element, with the same children, without some attributes."""
        return Element(self.tag, tuple(pair for pair in self.attributes if pair[0] not in names), self.children)

    def holding(self, children: list[Node]) -> Element:
        """The same element with other children."""
        return Element(self.tag, self.attributes, children)

    def classed(self, name: str) -> Element:
        """The same element with a class more."""
        names = " ".join(filter(None, (self.get("class"), name)))
        return Element(self.tag, (*self.without("class").attributes, ("class", names)), self.children)


Node: TypeAlias = "Element | str"


def parse(html: str) -> list[Node]:
    """The nodes of a piece of HTML; comments are left out, an end tag that fits nothing is passed over."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.top.children


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Element("")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, tuple(attrs))
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def write(nodes: Iterable[Node]) -> str:
    """HTML of the nodes."""
    return "".join(_written(node) for node in nodes)


def _written(node: Node) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    pairs = (f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in node.attributes)
    start = f"<{node.tag}{''.join(pairs)}>"
    return start if node.tag in VOID else f"{start}{write(node.children)}</{node.tag}>"


def text_of(nodes: Iterable[Node]) -> str:
    """What can be read of the nodes, in one line; a picture by its alternative text."""
    return " ".join("".join(_texts(nodes)).split())


def _texts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
            continue
        around = " " if node.tag in BLOCK or node.tag == "br" else ""
        yield around
        yield node.get("alt") or ""
        yield from _texts(node.children)
        yield around


def is_block(node: Node) -> bool:
    """Whether a node stands on lines of its own, or holds something that does."""
    return isinstance(node, Element) and (node.tag in BLOCK or any(map(is_block, node.children)))


def is_cell(node: Node) -> bool:
    """Whether a node is a cell of a table."""
    return isinstance(node, Element) and node.tag in ("td", "th")


def elements(nodes: Sequence[Node], *tags: str) -> Iterator[Element]:
    """Every element of these tags, at any depth, in order."""
    for node in nodes:
        if isinstance(node, Element):
            if node.tag in tags:
                yield node
            yield from elements(node.children, *tags)
