"""A chapter of a manual: front matter between two lines of ---, then Markdown. Other data files are YAML."""

from __future__ import annotations

import re

from generator.intake.plaintext import Stop, decoded
from generator.intake.positions import Spot
from generator.intake.yamltext import Parsed, parse
from generator.problems import Problem, Source

PROBLEM_CODES = {"MAN001": "見出し (front matter) の誤りのある章"}

BODY = "body"
"""The field under which the Markdown is accepted."""

_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def read(content: bytes, path: str) -> Parsed:
    """A data file by its ending. Never raises for what the file holds."""
    return _chapter(content, path) if path.endswith(".md") else parse(content, path)


def _chapter(content: bytes, path: str) -> Parsed:
    try:
        text = decoded(content, path)
    except Stop as stop:
        return Parsed(None, Spot(1, 1), [stop.problem])
    match = _FRONT.match(text)
    if match is None:
        hint = "最初の行を --- とし、title と order を書いて --- で閉じてください"
        return Parsed(None, Spot(1, 1), [Problem(Source(path), "MAN001", "章の先頭に見出しがありません", hint)])
    front = parse(b"\n" + match[1].encode(), path)
    if isinstance(front.value, dict):
        front.problems += _twice(front, path)
        front.value[BODY] = text[match.end() :].replace("\r\n", "\n").rstrip()
        front.spot.children[BODY] = Spot(match[0].count("\n") + 1, 1)
    return front


def _twice(front: Parsed, path: str) -> list[Problem]:
    if BODY not in front.value:
        return []
    place = front.spot.at((BODY,)).key_source(path)
    return [Problem(place, "MAN001", "見出しの中に body は書けません", "本文は --- の後に書いてください")]
