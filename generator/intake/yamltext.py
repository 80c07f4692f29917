"""YAML, stricter than YAML 1.1: only null, true/false, integers and ISO dates are typed; all else is text.

Built from libyaml's events rather than its composer, so that depth, size and aliases are counted before
anything is nested, and every value keeps its position.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

import yaml

from generator.intake import yamlerrors
from generator.intake.plaintext import UNPRINTABLE, Stop, decoded, line_column, unprintable
from generator.intake.positions import Spot
from generator.problems import Problem, Source

MAX_DEPTH = 40
MAX_VALUES = 200_000

PROBLEM_CODES = {
    "YML001": "UTF-8 でないファイル",
    "YML002": "YAML の文法の誤り",
    "YML003": "同じキーの繰返し",
    "YML004": "使えない YAML の機能",
    "YML005": "大きすぎる・深すぎるデータ",
    "YML006": "使えない文字",
    "YML007": "空のファイル",
}

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}


@dataclass
class Parsed:
    """One file's value, its positions, and what was wrong. `value` is None when nothing could be read."""

    value: Any
    spot: Spot
    problems: list[Problem] = field(default_factory=list)


def parse(content: bytes, path: str) -> Parsed:
    """Read one YAML file. Never raises for what the file holds."""
    reader = _Reader(path)
    try:
        value, spot = reader.read(decoded(content, path))
        return Parsed(value, spot, reader.problems)
    except Stop as stop:
        return Parsed(None, Spot(1, 1), [*reader.problems, stop.problem])


def trusted(content: bytes) -> Any:
    """A file of the package itself, typed the same: read in one go, without places and limits."""
    return yaml.load(content, Loader=_Plain)


class _Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """libyaml's loader with this module's typing instead of YAML 1.1's."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


_Plain.add_implicit_resolver("!typed", re.compile(""), None)
_Plain.add_constructor("!typed", lambda loader, node: scalar(node.value))


def scalar(text: str) -> Any:
    """The typed value of a plain scalar: null, true/false, integer, ISO date, or else the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text) and text != "-0":
        return int(text)
    if _DATE.match(text):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return text


@dataclass
class _Open:
    """A mapping or sequence that is being filled."""

    value: Any
    spot: Spot
    anchor: str | None
    start: int
    key: str | None = None
    key_mark: Any = None


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[Any, Spot, int]] = {}
        self.pending: set[str] = set()
        self.count = 0
        self.root: tuple[Any, Spot] | None = None
        self.documents = 0
        self.end = (1, 1)

    def read(self, text: str) -> tuple[Any, Spot]:
        """The file's value with its places; Stop where reading cannot go on."""
        self.end = line_column(text, len(text))
        for event in self._events(text):
            self._take(event)
        if self.root is None or self.root[0] is None:
            raise Stop(
                Problem(Source(self.path), "YML007", "ファイルが空です", "中身を書くか、ファイルを消してください")
            )
        return self.root

    def _events(self, text: str) -> Iterator[Any]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            raise Stop(yamlerrors.syntax(error, text, self.path, self.end)) from None
        except yaml.YAMLError as error:
            raise Stop(Problem(Source(self.path), "YML002", f"YAML として読めません: {error}")) from None

    def _take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._stop(
                event, "YML004", "一つのファイルに二つ目の文書（---）があります", "ファイルを分けてください"
            )

    def _scalar(self, event: Any) -> None:
        self._refuse_tag(event)
        if event.style == '"' and (match := UNPRINTABLE.search(event.value)):
            self.problems.append(self._problem(event, "YML006", *unprintable(match.group())))
        plain = event.style is None or event.style == ""
        value = scalar(event.value) if plain and event.tag is None else event.value
        self._put(value, event, text=event.value)

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!":
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.problems.append(self._problem(event, "YML004", f"タグ {shown} は使えません", "タグを消してください"))

    def _open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self._stop(event, "YML005", f"入れ子が深すぎます（{MAX_DEPTH} 段まで）", "入れ子を浅くしてください")
        self._refuse_tag(event)
        spot = Spot(*self._at(event))
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._expects_key():
            raise self._stop(event, "YML004", "キーに一覧や組は使えません", "キーは短い英字の名にしてください")
        if event.anchor:
            self.pending.add(event.anchor)
        self._attach(value, spot, event)
        self.stack.append(_Open(value, spot, event.anchor, self.count))

    def _close(self) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.pending.discard(done.anchor)
            self.anchors[done.anchor] = (done.value, done.spot, self.count - done.start + 1)

    def _alias(self, event: Any) -> None:
        if event.anchor in self.pending:
            raise self._stop(
                event, "YML004", f"*{event.anchor} が自分自身を参照しています", "参照をやめて書き下してください"
            )
        if event.anchor not in self.anchors:
            raise self._stop(
                event,
                "YML002",
                f"*{event.anchor} に当たる &{event.anchor} がありません",
                "& で名付けた場所より後に書いてください",
            )
        value, target, size = self.anchors[event.anchor]
        self.count += size
        self._limit(event)
        spot = Spot(*self._at(event), children=target.children)
        if self._expects_key():
            raise self._stop(event, "YML004", "キーに参照は使えません", "キーは短い英字の名にしてください")
        self._attach(value, spot, event)

    def _put(self, value: Any, event: Any, text: str) -> None:
        if self._expects_key():
            self._key(text, event)
            return
        spot = Spot(*self._at(event))
        self._attach(value, spot, event)
        if event.anchor:
            self.anchors[event.anchor] = (value, spot, 1)

    def _key(self, text: str, event: Any) -> None:
        top = self.stack[-1]
        top.key, top.key_mark = text, event.start_mark
        if text in top.value:
            first = top.spot.children[text]
            message = f"キー「{text}」が {first.key_line} 行目と重なっています"
            self.problems.append(self._problem(event, "YML003", message, "どちらか一つにしてください"))

    def _attach(self, value: Any, spot: Spot, event: Any) -> None:
        self.count += 1
        self._limit(event)
        if not self.stack:
            self.root = (value, spot)
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.spot.children[len(top.value)] = spot
            top.value.append(value)
            return
        key, top.key = top.key, None
        assert key is not None
        if key not in top.value:
            spot.key_line, spot.key_column = top.key_mark.line + 1, top.key_mark.column + 1
            top.value[key] = value
            top.spot.children[key] = spot

    def _expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _limit(self, event: Any) -> None:
        if self.count > MAX_VALUES:
            raise self._stop(
                event,
                "YML005",
                f"値が多すぎます（{MAX_VALUES:,} 個まで）",
                "ファイルを分けるか、参照（*）を減らしてください",
            )

    def _stop(self, event: Any, code: str, message: str, hint: str) -> Stop:
        return Stop(self._problem(event, code, message, hint))

    def _problem(self, event: Any, code: str, message: str, hint: str = "") -> Problem:
        return Problem(Source(self.path, *self._at(event)), code, message, hint)

    def _at(self, event: Any) -> tuple[int, int]:
        """Line and column; libyaml puts what is missing at the end on a line the file does not have."""
        return min((event.start_mark.line + 1, event.start_mark.column + 1), self.end)
