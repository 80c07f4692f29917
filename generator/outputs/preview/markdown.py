"""A preview as Markdown for the comment of a pull request: a summary, all else folded, and nothing in it but words.

What data say can make no link, mention, picture, HTML or formula there: Markdown's and HTML's marks are escaped, and what
hosts look for in the text itself (`@name`, `#12`, addresses) is parted by a blank of no width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.documents.filters import markdown
from generator.outputs.preview import summary as words
from generator.outputs.preview.preview import Preview
from generator.outputs.preview.sections import Section, sections
from generator.problems import Problem, Source

MARK = "<!-- nohin preview -->"
"""The first line: by it a job finds the comment that it wrote before."""

MANY = 50
"""So many lines stand in one list."""

LARGE = 50_000
"""A comment takes 65,536 characters on GitHub: beyond this what is folded is left out."""

_LEFT_OUT = "（長くなるので、ここから先の明細は省きました。nohin preview --format text で見られます）"


def to_markdown(preview: Preview) -> str:
    """The summary of everything and of every contract, and below each what it sums up, folded."""
    lines = [MARK, "## この変更で変わるもの", "", f"**{said(words.summary(preview))}**", ""]
    lines += [f"- {said(note)}" for note in (words.heading(preview), *words.notes(preview))]
    lines += [*_problems("新しい誤りと注意", words.untold(preview), opened=True)]
    size = _size(lines)
    for block in _blocks(preview):
        size += _size(block)
        if size > LARGE:
            return "\n".join([*lines, "", _LEFT_OUT]) + "\n"
        lines += block
    return "\n".join(lines) + "\n"


def _blocks(preview: Preview) -> Iterator[list[str]]:
    if preview.shared:
        yield ["", "### 契約に共通のデータ", *_folded("変わったこと", len(preview.shared), _listed(preview.shared))]
    for contract in preview.contracts:
        summary = words.contract_summary(preview, contract)
        yield ["", f"### {said(words.titled(contract))}", *(["", said(summary)] if summary else [])]
        yield from ([*_section(section)] for section in sections(contract))
    yield [*_problems("なくなる誤りと注意", preview.problems.mended, opened=False)]


def _section(section: Section) -> Iterator[str]:
    lines: list[str] = []
    for part in section.parts:
        lines += ["", said(part.heading), ""] if part.heading else []
        lines += _listed(part.lines)
    yield from _folded(section.title, section.count, lines[1:] if lines[:1] == [""] else lines)


def _folded(title: str, count: int, lines: Iterable[str], opened: bool = False) -> Iterator[str]:
    counted = f"（{count} 件）" if count else ""
    yield from ("", f"<details{' open' if opened else ''}><summary>{title}{counted}</summary>", "")
    yield from (*lines, "", "</details>")


def _listed(lines: Sequence[str]) -> list[str]:
    rest = [f"- ほか {len(lines) - MANY} 件"] if len(lines) > MANY else []
    return [f"- {said(line)}" for line in lines[:MANY]] + rest


def _problems(title: str, problems: Sequence[Problem], opened: bool) -> Iterator[str]:
    """Each once, with all the lines of its file at which it is the same."""
    places: dict[tuple[str, str], list[Source]] = {}
    for one in problems:
        hint = f"（{one.hint}）" if one.hint else ""
        told = f"{_SORTS[one.severity]} {one.code}　{one.message}{hint}"
        places.setdefault((one.source.path, told), []).append(one.source)
    if places:
        lines = [f"{_together(spots)}　{told}" for (_, told), spots in places.items()]
        yield from _folded(title, len(problems), _listed(lines), opened)


def _together(places: Sequence[Source]) -> str:
    """`data/….yml:3:1`, or `data/….yml の 3・9行目`."""
    if len(places) == 1:
        return str(places[0])
    return f"{places[0].path} の {'・'.join(str(place.line) for place in places)}行目"


_SORTS = {"error": "誤り", "warning": "注意"}


def _size(lines: Iterable[str]) -> int:
    return sum(len(line) + 1 for line in lines)


# --- escaping ----------------------------------------------------------------------------------------------


def said(text: str) -> str:
    """Text that nothing is made of: neither by Markdown, nor by those who look through it afterwards."""
    plain = str(markdown(_TURNS.sub("", text)))
    return _PARTED.sub(rf"\g<0>{_GAP}", _SIGNS.sub(r"\\\g<0>", plain))


_GAP = "&#8203;"
"""A blank of no width, written so that it is seen in the source."""

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing: text could be made to read otherwise than it is."""

_SIGNS = re.compile(r"[|~$]")
_PARTED = re.compile(r"@|\\#|\\\$|:(?=/)|\bwww(?=\\\.)|(?<=\bGH)\\-", re.IGNORECASE)
