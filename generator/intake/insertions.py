"""差し込み: what a manual takes from data, written `[[servers/db01.address]]` in its Markdown and its steps.

Found by one scanner, so that the check and the page agree on what is one; inside code nothing is inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_CODE = re.compile(
    r"^(?P<fence>```+(?!`)|~~~+(?!~)).*?^(?P=fence)[`~]*[ \t]*$|(?<![\\`])(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=tick)(?!`)",
    re.M | re.S,
)
LINK = r"""\[([^\[\]]*)\]\(\s*(<[^<>\n]*>|[^\s()<>]*)(?:\s+(?:"([^"]*)"|'([^']*)'))?\s*\)"""
"""A link of Markdown: text, address and title; a picture with a `!` before it. Without brackets inside: to find those
takes minutes for a page of them."""

_INSERTION = re.compile(r"\[\[([^\[\]\n]*)\]\]")


class Insertion(NamedTuple):
    """One place in a text where something is inserted."""

    text: str
    """What stands between the brackets."""
    start: int
    end: int
    line: int
    """The line and the column in the text, from 1."""
    column: int

    @property
    def word(self) -> str:
        """`procedure` of `procedure stop`, `table` of `table servers: title, os`; empty for a plain fact."""
        head, _, rest = self.text.strip().partition(" ")
        return head if rest else ""

    @property
    def name(self) -> str:
        """What is named: `servers/db01.address`, `stop`, `servers`."""
        rest = self.text.strip().partition(" ")[2] if self.word else self.text
        return rest.partition(":")[0].strip()

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that a table shows."""
        return tuple(part.strip() for part in self.text.partition(":")[2].split(",") if part.strip())

    @property
    def widths(self) -> list[tuple[str, None]]:
        """The same as a table of the design takes them: with the width left open."""
        return [(column, None) for column in self.columns]


def insertions(text: str) -> Iterator[Insertion]:
    """Everything that a text inserts, in order."""
    hidden = without_code(text)
    for match in _INSERTION.finditer(hidden):
        before = text[: match.start()]
        line = before.count("\n") + 1
        yield Insertion(
            text[match.start() + 2 : match.end() - 2],
            match.start(),
            match.end(),
            line,
            match.start() - before.rfind("\n"),
        )


@lru_cache(maxsize=128)
def without_code(text: str) -> str:
    """A text of the same length and lines with blanks for all code."""
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)
