"""What a document says, apart from how it looks: what an approval is bound to.

Words count, and headings, tables, lists and what is struck out around them; of a picture its alternative text and its
words. Blanks, attributes, style sheets, and where something stands in a drawing do not.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from generator.documents.htmltree import BLOCK, Element, Node, elements, parse, text_of

Said: TypeAlias = "str | list[Said]"
"""A line of text, or a part with its name first: `["row", ["cell", "4月"], ["cell", "3件"]]`."""

PARTS = {
    **dict.fromkeys(("h1", "h2"), "chapter"),
    **dict.fromkeys(("h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("th", "td"), "cell"),
    **dict.fromkeys(("del", "s"), "struck"),
    "table": "table",
    "tr": "row",
    "ul": "list",
    "ol": "numbered",
    "li": "item",
}
"""Elements that mean something; all others are only where text stands."""

SILENT = frozenset(("script", "style", "template"))
DRAWING = "data:image/svg+xml;base64,"
SHORT = 8
"""Letters of a chapter's fingerprint."""


@dataclass(frozen=True)
class Chapter:
    """A heading and what stands below it, up to the next."""

    title: str
    said: tuple[Said, ...]

    @property
    def fingerprint(self) -> str:
        """Tells whether the chapter is still the same."""
        return _digest([self.title, *self.said])[:SHORT]


@dataclass(frozen=True)
class Content:
    """What a document says, chapter by chapter."""

    chapters: tuple[Chapter, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it."""
        return _digest([[chapter.title, *chapter.said] for chapter in self.chapters])

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Those of its chapters."""
        return tuple(chapter.fingerprint for chapter in self.chapters)

    def unlike(self, fingerprints: Iterable[str]) -> tuple[str, ...]:
        """The titles of its chapters that are not among those of another content."""
        known = Counter(fingerprints)
        new = [chapter.title for chapter in self.chapters if not _taken(known, chapter.fingerprint)]
        return tuple(dict.fromkeys(new))


def content(html: str, head: Sequence[str] = (), head_title: str = "", opening: str = "") -> Content:
    """What a body says, below what stands at the head of its sheet; `opening` names what precedes the first heading."""
    chapters = [Chapter(head_title, tuple(filter(None, map(_tidy, head))))] if head else []
    title, said = opening, list[Said]()
    for part in _said(parse(html)):
        if isinstance(part, list) and part[0] == PARTS["h2"]:
            chapters += [Chapter(title, tuple(said))] if said or title != opening else []
            title, said = "".join(line for line in part[1:] if isinstance(line, str)), []
        else:
            said.append(part)
    return Content((*chapters, Chapter(title, tuple(said))))


def _said(nodes: Iterable[Node]) -> Iterator[Said]:
    """The lines and parts of some nodes in order; empty ones are left out, but for cells."""
    running = ""
    for piece in (*_flow(nodes), None):
        if isinstance(piece, str):
            running += piece
            continue
        if line := _tidy(running):
            yield line
        running = ""
        if piece is not None and (len(piece) > 1 or piece[0] == PARTS["td"]):
            yield piece


def _flow(nodes: Iterable[Node]) -> Iterator[Said | None]:
    """Text as it runs, parts, and None where a line ends."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag == "img":
            yield _picture(node)
        elif node.tag in PARTS:
            yield [PARTS[node.tag], *_said(node.children)]
        elif node.tag not in SILENT:
            ends = (None,) if node.tag in BLOCK or node.tag == "br" else ()
            yield from (*ends, *_flow(node.children), *ends)


def _picture(image: Element) -> list[Said]:
    """A drawing by its words in no order: where they stand depends on the fonts and the Graphviz of the machine."""
    source, alternative = image.get("src") or "", _tidy(image.get("alt") or "")
    if not source.startswith(DRAWING):
        return ["picture", alternative, _digest(source)]
    drawing = parse(base64.b64decode(source.removeprefix(DRAWING)).decode(errors="replace"))
    words = (_tidy(text_of(text.children)) for text in elements(drawing, "text"))
    return ["picture", alternative, *sorted(filter(None, words))]


_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BLANKS = re.compile(r"\s+")


def _tidy(text: str) -> str:
    """Text without blanks, except where two words or figures would run together: `10 5`, but 見本太郎."""
    shown = _UNSEEN.sub("", text).strip()
    return _BLANKS.sub(lambda gap: " " if _apart(shown[gap.start() - 1]) and _apart(shown[gap.end()]) else "", shown)


def _apart(char: str) -> bool:
    """Whether a character belongs to a word or figure of a script that parts its words by blanks."""
    return char.isdigit() or (char.isalpha() and unicodedata.east_asian_width(char) not in "WH")


def _taken(known: Counter[str], fingerprint: str) -> bool:
    found = known[fingerprint] > 0
    known[fingerprint] -= found
    return found


def _digest(said: Said | list[Said]) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
