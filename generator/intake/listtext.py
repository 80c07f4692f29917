"""A list in a data file as text: an item written at its end, values written into an item. All else stays as it was.

What was written is read again and compared. Where a file is formatted in a way these functions do not know, they say
what to write by hand instead of guessing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.intake.positions import Spot
from generator.intake.yamltext import parse
from generator.problems import NohinError, Source


def item_text(item: Mapping[str, Any], indent: int = 0) -> str:
    """A mapping as an item of a list; lists of mappings inside it are written the same way. What is empty is left out."""
    return "".join(f"{line}\n" for line in _item(item, indent))


def _item(item: Mapping[str, Any], indent: int) -> Iterator[str]:
    start = " " * indent + "- "
    for key, value in item.items():
        if value in (None, (), []):
            continue
        listed = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []
        if listed and all(isinstance(inner, Mapping) for inner in listed):
            yield f"{start}{key}:"
            for inner in listed:
                yield from _item(inner, indent + 4)
        elif listed:
            yield f"{start}{key}: [{', '.join(braced(scalar(inner)) for inner in listed)}]"
        else:
            yield f"{start}{key}: {scalar(value)}"
        start = " " * (indent + 2)


def scalar(value: object) -> str:
    """A value as it is written: plain where that reads back as the same text, else in quotes."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    quoted = (json.dumps(value, ensure_ascii=False), json.dumps(value))
    forms = (value, *([f"'{value}'"] if "'" not in value else ()), *quoted)
    return next(f for f in forms if f is quoted[1] or ("\n" not in f and _reads(f) == value))


def _reads(form: str) -> Any:
    value = parse(f"x: {form}".encode(), "").value
    return value.get("x") if isinstance(value, dict) and len(value) == 1 else None


def appended(content: bytes, path: str, key: str, item: Mapping[str, Any]) -> bytes:
    """A data file with one more item at the end of the list under a key; the file may be empty."""
    old = content.decode()
    before = _value(content, path) if SAYS_SOMETHING.search(old) else {}
    end = "\r\n" if "\r\n" in old else "\n"
    start = old if not old or old.endswith("\n") else old + end
    indent = 2
    if before.get(key):
        indent = _indent(old, parse(content, path).spot.at((key, 0)))
    else:
        start = _with_key(start, key, end)
    new = start + item_text(item, indent).replace("\n", end)
    added = _value(f"{key}:\n{item_text(item, 2)}".encode(), path)[key]
    return _checked(new, {**before, key: [*(before.get(key) or []), *added]}, path, item_text(item, 2))


SAYS_SOMETHING = re.compile(r"^\ufeff?[^#\s\ufeff]", re.MULTILINE)
"""A line that is more than a comment."""


def _indent(text: str, first: Spot) -> int:
    """Where the list's dashes stand."""
    return len(text.splitlines()[first.line - 1][: first.column - 1].rstrip().removesuffix("-"))


def _with_key(text: str, key: str, end: str) -> str:
    """The file with the key and no item."""
    if re.search(rf"^\ufeff?{key}[ \t]*:", text, re.MULTILINE):
        return re.sub(rf"^(\ufeff?{key}[ \t]*:)[ \t]*\[\s*\]", r"\1", text, count=1, flags=re.MULTILINE)
    return f"{text}{key}:{end}"


def filled_in(content: bytes, place: Source, key: str, after: str, values: Mapping[str, Any]) -> bytes:
    """A data file with more values in the item of a list that begins at a place, behind a field that it has."""
    value, spot = _value(content, place.path), parse(content, place.path).spot
    items = spot.at((key,)).children
    number = next((i for i, at in items.items() if (at.line, at.column) == (place.line, place.column)), None)
    if not isinstance(number, int):
        raise NohinError(f"{place} に項目がありません")
    new = _after(content.decode(), items[number], after, {name: scalar(one) for name, one in values.items()})
    expected = [{**item, **values} if i == number else item for i, item in enumerate(value[key])]
    by_hand = "".join(f"    {name}: {scalar(one)}\n" for name, one in values.items())
    return _checked(new, {**value, key: expected}, path=place.path, by_hand=by_hand)


def _after(text: str, item: Spot, after: str, values: Mapping[str, str]) -> str:
    lines = text.splitlines(keepends=True)
    spot = item.at((after,))
    line = lines[spot.line - 1]
    if lines[item.line - 1][item.column - 1 :].startswith("{"):
        more = "".join(f", {name}: {braced(value)}" for name, value in values.items())
        stop = spot.column - 1 + _length(line[spot.column - 1 :])
        lines[spot.line - 1] = line[:stop] + more + line[stop:]
        return "".join(lines)
    end = "\r\n" if "\r\n" in text else "\n"
    lines[spot.line - 1] = line if line.endswith("\n") else line + end
    margin = " " * (spot.key_column - 1)
    lines.insert(spot.line, "".join(f"{margin}{name}: {value}{end}" for name, value in values.items()))
    return "".join(lines)


def _length(rest: str) -> int:
    """The length of the value between braces that a text begins with."""
    match = re.match(r"'[^']*'|\"[^\"]*\"|[^,}\]#\r\n]*", rest)
    return len(match[0].rstrip()) if match else 0


def braced(value: str) -> str:
    """A value as it is written between braces: commas and brackets would end it."""
    return json.dumps(value, ensure_ascii=False) if _ENDS.search(value) and value[0] not in "'\"" else value


_ENDS = re.compile(r"\A:|[][{},]|:\Z")
"""What would end a value there, or make a key of it."""


def _value(content: bytes, path: str) -> dict[str, Any]:
    parsed = parse(content, path)
    if parsed.problems or not isinstance(parsed.value, dict):
        raise NohinError(f"{path} が読めません。nohin check の言う誤りを直してください")
    return parsed.value


def _checked(new: str, expected: Mapping[str, Any], path: str, by_hand: str) -> bytes:
    """The new content, if it says what it should."""
    content = new.encode()
    parsed = parse(content, path)
    if parsed.problems or parsed.value != expected:
        raise NohinError(f"{path} の書き方には書き足せません。次を手で書いてください\n{by_hand}")
    return content
