"""Markdown of vendors as safe HTML, cut at its headings. The only importer of Python-Markdown.

No HTML of the author's is let through: what looks like HTML is text. What Markdown itself makes is held to a list of
elements and attributes, and links to safe schemes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from generator.documents.markup import Markup
from generator.intake.insertions import LINK
from generator.problems import NohinError

SCHEMES = ("https:", "http:", "mailto:")
"""What a link may begin with; everything else is text."""

_ALLOWED = {
    "p": (), "ul": (), "ol": ("start",), "li": (), "strong": (), "em": (), "code": (), "pre": (), "blockquote": (),
    "br": (), "hr": (), "table": (), "thead": (), "tbody": (), "tr": (), "th": ("style",), "td": ("style",),
    "a": ("href",), "img": ("src", "alt", "title"), "h1": (), "h2": (), "h3": (), "h4": (), "h5": (), "h6": (),
}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ALIGNED = re.compile(r"text-align: (left|right|center);")
_MARK = "nohin-heading"
_CUT = re.compile(f'<{_MARK} level="(\\d)">(.*?)</{_MARK}>', re.DOTALL)
_NAMED = re.compile(r"\s*\{#([\w-]+)\}\s*\Z")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text with the heading it stands under."""

    level: int
    """0 for what stands before the first heading, else 2 or 3."""
    title: str
    name: str
    """The heading's own name `{#name}`, else its title: what tells it from its siblings."""
    html: Markup


Picture = Callable[..., Markup]
"""The picture of a path with its alternative text, and its title where it has one, as an element."""


def pieces(text: str, picture: Picture) -> list[Piece]:
    """A text as HTML, cut at its headings of level 2 and 3."""
    try:
        html = _FENCED.sub("<pre><code>", _converter().reset().convert(text))
    except RecursionError:
        _converter.cache_clear()  # it stopped midway, and would take the next text for the rest of this one
        raise NohinError("マニュアルの本文に、深すぎる入れ子があります。引用や箇条書きの段を減らしてください") from None
    html = _PICTURE.sub(lambda match: str(picture(*_plain(match[1]).split("\n"))), html)
    first, *rest = _CUT.split(html)
    found = [Piece(0, "", "", Markup(first.strip()))]
    for level, title, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        plain = _plain(re.sub(r"<[^>]*>", "", title)).strip()
        named = _NAMED.search(plain)
        shown = plain[: named.start()] if named else plain
        found.append(Piece(int(level), shown, named[1] if named else shown, Markup(body.strip())))
    return found


_FENCED = re.compile("<pre[^>]*><code[^>]*>")
"""Code between fences is put in when all else is clean, with a class and an id of the author's."""
_SHOWN = "nohin-picture"
_PICTURE = re.compile(f"<{_SHOWN}>(.*?)</{_SHOWN}>", re.DOTALL)


def _plain(text: str) -> str:
    return str(Markup(text).unescape())


@cache
def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code"], output_format="xhtml")
    converter.preprocessors.deregister("html_block")
    converter.parser.blockprocessors.deregister("reference")  # it takes lines away: 「[注]: …」 is to be read
    for name in ("html", "reference", "short_reference", "image_reference", "short_image_ref", "link", "image_link"):
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(_Link("!" + LINK, converter), "image_link", 165)
    converter.inlinePatterns.register(_Link(LINK, converter), "link", 160)
    converter.treeprocessors.register(_Safe(converter), "safe", -10)
    return converter


class _Link(InlineProcessor):  # type: ignore[misc]
    """A link, or a picture where a `!` stands before it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # their name
        """The element, and where it stands."""
        path, title = self.unescape(m[2].strip("<>")), m[3] or m[4]
        if m[0].startswith("!"):
            element = Element("img", {"src": path, "alt": self.unescape(m[1])})
        else:
            element = Element("a", {"href": path})
            element.text = m[1]
        if title:
            element.set("title", self.unescape(title))
        return element, m.start(0), m.end(0)


class _Safe(Treeprocessor):  # type: ignore[misc]  # Python-Markdown has no types
    """Lets through what is allowed, and marks the headings."""

    def run(self, root: Element) -> None:
        """Clean the tree; it is the last of the processors."""
        for parent in root.iter():
            for element in list(parent):
                _clean(element)
        for element in root.iter():
            _join(element)
        for place, element in enumerate(list(root)):
            if element.tag in _HEADINGS:
                root[place] = _heading(element)
        for element in root.iter():
            if element.tag in _HEADINGS:  # in a quotation or a list, where no section can begin
                element.tag = "p"
        for element in list(root.iter("img")):
            told = [" ".join(element.get(name, "").split()) for name in ("src", "alt", "title")]
            tail = element.tail
            element.clear()
            element.tag, element.text, element.tail = _SHOWN, "\n".join(told if told[2] else told[:2]), tail


def _clean(element: Element) -> None:
    if element.tag not in _ALLOWED:
        element.tag = "span"
    for name, value in list(element.attrib.items()):
        if (
            name not in _ALLOWED.get(element.tag, ())
            or (name == "href" and not value.startswith(SCHEMES))
            or (name == "style" and not _ALIGNED.fullmatch(value))
        ):
            del element.attrib[name]
    if element.tag == "a" and "href" not in element.attrib:
        element.tag = "span"
    if element.tag == "th":
        element.set("scope", "col")
    if element.tag == "table":
        element.set("class", "ruled")


_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])")
"""A line's end between Japanese characters, which a browser would show as a blank."""


def _join(element: Element) -> None:
    if element.tag not in ("pre", "code") and element.text:
        element.text = _BREAK.sub("", element.text)
    if element.tail:
        element.tail = _BREAK.sub("", element.tail)


def _heading(element: Element) -> Element:
    mark = Element(_MARK, {"level": "2" if element.tag in ("h1", "h2") else "3"})
    mark.text, mark.tail = element.text, element.tail
    for child in element:
        SubElement(mark, "span").text = "".join(child.itertext()) or child.get("alt")
        mark[-1].tail = child.tail
    return mark
