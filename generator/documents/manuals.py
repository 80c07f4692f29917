"""A manual as the chapters of a book: its Markdown, with the facts of the design and the procedures inserted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from generator.documents.books import Book
from generator.documents.inserted import said
from generator.documents.manualtables import laid_out
from generator.documents.markup import Markup, escape
from generator.documents.pictures import Pictures, folder_of
from generator.intake.insertions import Insertion, insertions
from generator.model import Chapter, Contract

if TYPE_CHECKING:
    from generator.documents.markdowntext import Piece

_OPEN, _CLOSE = "\x11", "\x12"
"""Around the number of what is inserted; no data file can hold these."""
_WAITING = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_IN_TAG = re.compile(f"<[^<>]*{_OPEN}[^<>]*>")
_ALONE = re.compile(f"<p>{_OPEN}(\\d+){_CLOSE}</p>")

_PICTURE_ALONE = re.compile(r'<p>(<img class="picture"[^>]*>)</p>')

Block = Callable[[Book, Contract, Chapter, Insertion], Markup]
"""What stands for an insertion on a line of its own: a table, a drawing, a procedure."""


def chapters(book: Book, contract: Contract, manual: str, blocks: Mapping[str, Block], pictures: Pictures) -> Markup:
    """All chapters of a manual, written into a book."""
    found = [chapter for chapter in contract.manuals if chapter.manual == manual]
    return Markup("\n").join(_Writer(book, contract, chapter, pictures, blocks).written() for chapter in found)


def in_line(contract: Contract, chapter: Chapter, text: str, book: Book) -> Markup:
    """A plain text with its facts inserted; its lines stay lines."""
    parts, end = [], 0
    for insertion in insertions(text):
        parts += [escape(text[end : insertion.start]), _fact(contract, insertion, book)]
        end = insertion.end
    parts.append(escape(text[end:]))
    return Markup("").join(parts).replace("\n", Markup("<br>"))


class _Titled(NamedTuple):
    """A picture with a title: `![what it shows](images/login.png "ログインの画面")`."""

    name: str
    title: str
    picture: Markup


@dataclass
class _Writer:
    book: Book
    contract: Contract
    chapter: Chapter
    pictures: Pictures
    blocks: Mapping[str, Block]
    found: list[Insertion | _Titled] = field(default_factory=list)

    def written(self) -> Markup:
        """The chapter with its sections."""
        return self.book.chapter(self.chapter.id, self.chapter.title, self._inside)

    def _inside(self) -> Markup:
        from generator.documents.markdowntext import pieces  # loaded only where there is a manual

        found = list(insertions(self.chapter.body))
        self.found = [*found]
        text = _held(self.chapter.body, found)
        first, *rest = pieces(text, self._picture)
        sections = Markup("\n").join(self._section(*group) for group in _sections(rest))
        return self._put(first.html) + sections

    def _picture(self, path: str, alternative: str, title: str = "") -> Markup:
        """A picture in its line; one with a title waits for its number."""
        folder = folder_of(self.contract, "manuals", self.chapter.manual)
        picture = self.pictures.shown(folder, path, self._plain(alternative))
        if not title:
            return picture
        self.found.append(_Titled(PurePosixPath(path).stem, title, picture))
        return Markup(f"{_OPEN}{len(self.found) - 1}{_CLOSE}")

    def _section(self, head: Piece, inner: Sequence[Piece]) -> Markup:
        def told() -> Markup:
            parts = (self._part(piece) for piece in inner)
            return self._put(head.html) + Markup("\n").join(parts)

        return self.book.section(self._name(head), self._title(head), told)

    def _part(self, piece: Piece) -> Markup:
        return self.book.part(self._name(piece), self._title(piece), lambda: self._put(piece.html))

    def _name(self, piece: Piece) -> str:
        """What tells a heading from others: what it inserts by name, so that neither a new value nor an insertion
        elsewhere gives it another."""
        return _WAITING.sub(lambda match: self.found[int(match[1])].name, piece.name)

    def _title(self, piece: Piece) -> str:
        return self._plain(piece.title)

    def _plain(self, text: str, put: Callable[[str], str] = str) -> str:
        """A text that can hold no element, with the facts inserted."""
        return _WAITING.sub(lambda match: put(self._words(self.found[int(match[1])])), text)

    def _words(self, one: Insertion | _Titled) -> str:
        """What is inserted, as words."""
        if isinstance(one, Insertion) and one.word == "chapter":
            of = (chapter for chapter in self.contract.manuals if chapter.manual == self.chapter.manual)
            return next((chapter.title for chapter in of if chapter.id == one.name), "")
        return said(self.contract, one.name) or ""

    def _put(self, html: Markup) -> Markup:
        """The HTML with what is inserted; a block stands where it is alone on its line."""
        plain = _IN_TAG.sub(lambda match: self._plain(match[0], escape), str(html))
        plain = _PICTURE_ALONE.sub(r'<p class="shown">\1</p>', plain)
        blocks = _ALONE.sub(lambda match: str(self._block(self.found[int(match[1])])), plain)
        return laid_out(Markup(_WAITING.sub(lambda match: str(self._inserted(self.found[int(match[1])])), blocks)))

    def _block(self, one: Insertion | _Titled) -> Markup:
        if isinstance(one, _Titled):
            return self.book.figure(f"{self.chapter.id}-{one.name}", self._plain(one.title), one.picture)
        if one.word not in self.blocks:
            return Markup("<p>{}</p>").format(self._inserted(one))
        return self.blocks[one.word](self.book, self.contract, self.chapter, one)

    def _inserted(self, one: Insertion | _Titled) -> Markup:
        return one.picture if isinstance(one, _Titled) else _fact(self.contract, one, self.book)


def _fact(contract: Contract, insertion: Insertion, book: Book) -> Markup:
    if insertion.word == "chapter":
        return book.ref(insertion.name)
    value = said(contract, insertion.name) if not insertion.word else None
    return Markup("<span>{}</span>").format(value) if value is not None else _missing(insertion)


def _missing(insertion: Insertion) -> Markup:
    """A draft shows what cannot be inserted; the check refuses it otherwise."""
    return Markup('<span class="missing">［差し込めない　{}］</span>').format(insertion.text.strip())


def _held(text: str, found: Sequence[Insertion]) -> str:
    """The text with a mark for each insertion, which Markdown leaves alone."""
    parts, end = [], 0
    for number, insertion in enumerate(found):
        parts += [text[end : insertion.start], f"{_OPEN}{number}{_CLOSE}"]
        end = insertion.end
    return "".join((*parts, text[end:]))


def _sections(found: Sequence[Piece]) -> Iterator[tuple[Piece, list[Piece]]]:
    """Each heading of level 2 with those of level 3 below it; one that stands above all others is one of level 2."""
    count = 0

    def number(piece: Piece) -> int:
        nonlocal count
        count += piece.level == 2
        return count

    for _, group in groupby(found, number):
        head, *rest = group
        yield head, rest
