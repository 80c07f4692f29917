"""Values as they are written into a data file: plain where that reads back as the same, several lines as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.intake.listtext import braced, scalar
from generator.intake.yamltext import parse


def inline(value: Any, inside: bool) -> str:
    """A value on one line; `inside` braces or brackets."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(braced(scalar(item)) for item in value)}]"
    return braced(scalar(value)) if inside else scalar(value)


def block(value: Any, margin: int) -> tuple[str, str]:
    """A value on the line of its key, and lines below it: a text of several lines reads best as it is."""
    if isinstance(value, str) and "\n" in value:
        head = "|" if value.endswith("\n") else "|-"
        lines = [f"{' ' * (margin + 2)}{line}" if line else "" for line in value.removesuffix("\n").split("\n")]
        below = "".join(f"{line}\n" for line in lines)
        read = parse(f"{' ' * margin}x: {head}\n{below}".encode(), "")
        if read.value == {"x": value} and not read.problems:
            return head, below
    return inline(value, False), ""


def _entries(item: Mapping[str, Any], margin: int) -> Iterator[str]:
    for key, value in item.items():
        inline, below = block(value, margin)
        yield f"{' ' * margin}{key}: {inline}\n{below}"


def item_text(item: Mapping[str, Any], margin: int) -> str:
    """A mapping as an item of a list whose dashes stand behind so many columns."""
    text = "".join(_entries(item, margin + 2))
    return f"{' ' * margin}- {text[margin + 2 :]}"


def file_text(item: Mapping[str, Any]) -> bytes:
    """A whole file of one mapping; what is None is left out."""
    return "".join(_entries({key: value for key, value in item.items() if value is not None}, 0)).encode()


def as_read(value: Any) -> Any:
    """A value as the file gives it back: a moment is text."""
    if isinstance(value, dt.datetime):
        return scalar(value)
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value


def item_as_read(item: Mapping[str, Any]) -> dict[str, Any]:
    """The same of a mapping."""
    return {key: as_read(value) for key, value in item.items()}
