"""A new data file as text: what was answered in the order of the schema, and a hint at everything that may be added.

A hint is a comment that becomes a key without a value when its `# ` is taken away, never a value that would stay by
oversight: `# place:  # 場所。障害が起きた場所や機器。` What is written is read back and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.intake import chapters
from generator.intake.listtext import scalar
from generator.intake.schema import MANUALS, Path, Rules, Schema, validate
from generator.problems import NohinError


def draft(schema: Schema, value: Mapping[str, Any], path: str) -> bytes:
    """A file of a kind that says just this, with a hint at each key that it may have besides."""
    head = f"# {_flat(schema.title)}。{_flat(schema.help)}書き足すときは、その行の初めの「# 」を消して値を書く。"
    lines = [head, *_mapping(schema, (), value)]
    if schema.kind == MANUALS:
        lines = ["---", *lines, "---", "", *str(value.get(chapters.BODY, "")).split("\n")]
    content = ("\n".join(lines).rstrip() + "\n").encode()
    return verified(schema, content, value, path)


def verified(schema: Schema, content: bytes, value: Mapping[str, Any], path: str) -> bytes:
    """The content, if it is read as what it should say; NohinError where it is not."""
    parsed = chapters.read(content, path)
    read, problems, _ = validate(schema, parsed.value, parsed.spot, path)
    if parsed.problems or problems or not _same(read, value):
        raise NohinError(f"{path} をこの答えでは書けません。エディターで書いてください")
    return content


def _same(read: Any, value: Mapping[str, Any]) -> bool:
    """Whether the same was read; a chapter without a text has an empty one."""
    return isinstance(read, dict) and {k: v for k, v in read.items() if (k, v) != (chapters.BODY, "")} == value


def _mapping(schema: Schema, path: Path, value: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a mapping: given keys with their values, others as hints; of a list, only its first item has hints."""
    for key in schema.keys_at(path):
        if schema.kind == MANUALS and (*path, key) == (chapters.BODY,):
            continue
        if value.get(key) is not None:
            yield from _given(schema, (*path, key), value[key])
        elif not any(isinstance(step, int) and step for step in path):
            yield from hints(schema, (*path, key))


def _given(schema: Schema, path: Path, value: Any) -> Iterator[str]:
    key = path[-1]
    if isinstance(value, dict):
        yield f"{key}:"
        inner = _mapping(schema, path, value) if schema.keys_at(path) else _free(value)
        yield from (f"  {line}" for line in inner)
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{key}:"
        for index, item in enumerate(value):
            yield from (f"  {line}" for line in _item(schema, (*path, index), item))
    elif isinstance(value, list):
        yield from _listed(str(key), value)
    else:
        yield from _said(f"{key}: ", value)


def _free(value: Mapping[str, Any]) -> Iterator[str]:
    """A mapping whose keys the schema leaves free."""
    for key, inner in value.items():
        yield from _listed(key, inner) if isinstance(inner, list) else _said(f"{key}: ", inner)


def _item(schema: Schema, path: Path, value: Mapping[str, Any]) -> Iterator[str]:
    """The lines of an item of a list; a key that is there stands behind the dash."""
    lines = list(_mapping(schema, path, value))
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    yield f"- {lines[first]}"
    yield from (f"  {line}" for line in (*lines[:first], *lines[first + 1 :]))


def _listed(key: str, values: Sequence[Any]) -> Iterator[str]:
    """A list of single values: in one line, or a line each where one of them would not stand between brackets."""
    written = [_scalar(value) for value in values]
    if not any(_ENDS_EARLY.search(text) for text in written):
        yield f"{key}: [{', '.join(written)}]"
        return
    yield f"{key}:"
    for value in values:
        yield from (f"  {line}" for line in _said("- ", value))


_ENDS_EARLY = re.compile(r"\A:|[][{},\n]|:\Z")
"""What would end a value between brackets, or make a key of it."""


def _said(start: str, value: Any) -> Iterator[str]:
    """A single value; a text of several lines in lines, as it is read."""
    lines = value.split("\n") if isinstance(value, str) else []
    if len(lines) < 2 or not lines[-1].strip() or not lines[0].strip() or lines[0].startswith((" ", "\t")):
        yield f"{start}{_scalar(value)}"
        return
    yield f"{start}|-"
    yield from (f"  {line}" if line else "" for line in lines)


def _scalar(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else scalar(value)


def hints(schema: Schema, path: Path) -> Iterator[str]:
    """The comment lines for a key that may be added, and for what belongs below it."""
    rule = schema.rule_at(path)
    inner = rule.get("schema")
    rows = rule.get("type") == "list" and isinstance(inner, dict) and inner.get("type") == "dict"
    empty = " []" if rule.get("type") == "list" and not rows else ""
    yield f"# {path[-1]}:{empty}  # {meaning(rule)}"
    if rows or (rule.get("type") == "dict" and inner):
        yield from (f"#   {line}" for line in _below(schema, (*path, 0) if rows else path, rows))


_HINT = re.compile(r"# ([\w-]+):(?: \[\])?  # ([^。]+)。")


def hinted(line: str) -> tuple[str, str] | None:
    """The key and the title of a hint; None for any other line."""
    match = _HINT.match(line)
    return (match[1], match[2]) if match else None


def is_below_hint(line: str) -> bool:
    """Whether a comment line is what a hint says of the keys below it."""
    return line.startswith("#   ")


def _below(schema: Schema, path: Path, rows: bool) -> Iterator[str]:
    start = "- " if rows else ""
    for key in schema.keys_at(path):
        for line in hints(schema, (*path, key)):
            yield start + line.removeprefix("# ").removeprefix("#" if line.startswith("#   ") else "")
            start = "  " if rows else ""


def meaning(rule: Rules) -> str:
    """What a field means, in one line: its title, its help, the values it may have, an example."""
    meta = rule.get("meta", {})
    parts = [_flat(meta.get("title", "")), "（必須）。" if rule.get("required") else "。", _flat(meta.get("help", ""))]
    allowed = allowed_of(rule)
    if not all(f"{value}=" in parts[-1] for value in allowed):
        parts.append(f"書ける値: {'、'.join(_labelled(rule, value) for value in allowed)}。")
    if "example" in meta:
        parts.append(f"例: {_example(meta['example'])}")
    return "".join(parts)


def allowed_of(rule: Rules) -> list[str]:
    """The values that a field, or an item of a list, may have; empty where any will do."""
    inner = rule.get("schema")
    found = rule.get("allowed") or (inner.get("allowed") if isinstance(inner, dict) else None)
    return [str(value) for value in found] if isinstance(found, list) else []


def label_of(rule: Rules, value: str) -> str:
    """What a value is called in Japanese; empty where it is said by itself."""
    return str(rule.get("meta", {}).get("labels", {}).get(value, ""))


def _labelled(rule: Rules, value: str) -> str:
    label = label_of(rule, value)
    return f"{value}（{label}）" if label else value


def _example(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return "、".join(f"{key}: {inner}" for key, inner in value.items()) if isinstance(value, dict) else str(value)


def _flat(text: str) -> str:
    return " ".join(str(text).split())
