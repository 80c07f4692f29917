"""Blocks of finished HTML in a page's Markdown: taken out before Markdown is read, and put back into what came of it.

Our pages are HTML but for their headings. Markdown and MkDocs parse HTML to find where it ends, which takes longer than
all else they do; here it is known where it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_START = re.compile(r'^<(?P<tag>div|article) class="nohin"', re.MULTILINE)


@dataclass(frozen=True)
class TakenOut:
    """A page without its blocks."""

    frame: str
    """Its Markdown, with a mark in the place of each block."""
    blocks: tuple[str, ...]

    def put_back(self, html: str) -> str:
        """The page's HTML with the blocks in the place of their marks; ValueError where a mark is lost."""
        parts = _MARK.split(html)
        found = [int(number) for number in parts[1::2]]
        if found != [*range(len(self.blocks))]:
            raise ValueError(f"blocks {found} of {len(self.blocks)}")
        between = (piece for pair in zip(self.blocks, parts[2::2], strict=True) for piece in pair)
        return "".join([parts[0], *between])


def taken_out(text: str) -> TakenOut:
    """A page's Markdown and its outermost `<div class="nohin">` and `<article class="nohin">`, each at a line's start."""
    frame: list[str] = []
    blocks: list[str] = []
    at = 0
    while start := _START.search(text, at):
        end = _end(text, start)
        frame += [text[at : start.start()], _mark(len(blocks))]
        blocks.append(text[start.start() : end])
        at = end
    return TakenOut("".join([*frame, text[at:]]), tuple(blocks))


def _end(text: str, start: re.Match[str]) -> int:
    """Where the element ends that begins at a match; the end of the text where it does not."""
    depth = 0
    for tag in re.compile(rf"<(/?){start['tag']}\b").finditer(text, start.start()):
        depth += -1 if tag[1] else 1
        if not depth:
            return text.index(">", tag.end()) + 1
    return len(text)


def _mark(number: int) -> str:
    return f'<div data-block="{number}"></div>'


_MARK = re.compile(r'<div data-block="(\d+)"></div>')
