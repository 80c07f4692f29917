"""JSON with comments, as editors keep their settings: one value is put in, and all else stays as it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    r"(?P<blank>[\s\ufeff]+)"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)"
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<sign>[{}\[\],:])"
    r'|(?P<word>[^\s{}\[\],:"/]+)',
    re.DOTALL,
)


class Unreadable(ValueError):
    """A text that is no JSON with comments, or in which a value has no place; says why in Japanese."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass
class _Part:
    """A value in the text: where it stands, and what it holds."""

    value: Any
    start: int
    end: int = 0
    inside: dict[str, _Part] | list[_Part] | None = None
    comma: bool = False
    """Of a list or a mapping: whether a comma follows its last part."""


def read(text: str) -> Any:
    """The value of a text; Unreadable where it is none."""
    return _part(text).value


def with_value(text: str, path: Sequence[str], value: Any) -> str:
    """The text with a value under a path of keys; mappings on the way are made. Unreadable where that cannot be."""
    part, depth = _part(text), 0
    wanted = json.loads(json.dumps(part.value))
    _put(wanted, path, value)
    while isinstance(part.inside, dict) and depth < len(path) and path[depth] in part.inside:
        part, depth = part.inside[path[depth]], depth + 1
    if depth == len(path):
        new = text[: part.start] + json.dumps(value, ensure_ascii=False) + text[part.end :]
    else:
        for key in reversed(path[depth + 1 :]):
            value = {key: value}
        new = _added(text, part, f"{json.dumps(path[depth], ensure_ascii=False)}: ", value)
    return _proved(new, wanted)


def with_item(text: str, key: str, item: str) -> str:
    """The text with an item in the list under a key; Unreadable where that cannot be."""
    part = _part(text)
    own = part.inside.get(key) if isinstance(part.inside, dict) else None
    if own is None:
        return with_value(text, [key], [item])
    if not isinstance(own.inside, list):
        raise Unreadable(f"{key} が一覧ではありません")
    if item in own.value:
        return text
    return _proved(_added(text, own, "", item), {**part.value, key: [*own.value, item]})


def _put(wanted: Any, path: Sequence[str], value: Any) -> None:
    for depth, key in enumerate(path):
        if not isinstance(wanted, dict):
            raise Unreadable(f"{f'{path[depth - 1]} ' if depth else 'ファイルの中身'}が「キー: 値」の組ではありません")
        if depth == len(path) - 1:
            wanted[key] = value
        else:
            wanted = wanted.setdefault(key, {})


def _proved(text: str, wanted: Any) -> str:
    """What was written, once it is read back as what was meant."""
    if read(text) != wanted:
        raise Unreadable("書き足せる形ではありません")
    return text


def _added(text: str, part: _Part, key: str, value: Any) -> str:
    """The text with one more part at the end of a list or a mapping; comments stay where they are."""
    inside = list(part.inside.values()) if isinstance(part.inside, dict) else list(part.inside or ())
    line = "\r\n" if "\r\n" in text else "\n"
    outer = _indent(text, part.start)
    indent = _indent(text, inside[0].start) if inside and line in text[part.start : inside[0].start] else outer + "    "
    shown = json.dumps(value, ensure_ascii=False, indent=4).replace("\n", line + indent)
    closing = part.end - 1
    body = text[:closing].rstrip()
    if inside and not part.comma:
        body = f"{text[: inside[-1].end]},{body[inside[-1].end :]}"
    return f"{body}{line}{indent}{key}{shown}{line}{outer}{text[closing:]}"


def _indent(text: str, at: int) -> str:
    """The blanks at the beginning of a line."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line[: len(line) - len(line.lstrip())]


def _part(text: str) -> _Part:
    tokens = [token for token in _tokens(text) if token.kind not in ("blank", "comment")]
    if not tokens:
        raise Unreadable("ファイルが空です")
    try:
        part, rest = _Reader(text, tokens).value(0)
    except RecursionError:
        raise Unreadable("入れ子が深すぎます") from None
    if rest != len(tokens):
        raise Unreadable(_where(text, tokens[rest].start))
    return part


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unreadable(_where(text, at))
        yield _Token(str(match.lastgroup), match.group(), at, match.end())
        at = match.end()


def _where(text: str, at: int) -> str:
    return f"{text.count(chr(10), 0, at) + 1} 行目が JSON として読めません"


class _Reader:
    """Reads values from tokens; each function returns what it read and the next token's number."""

    def __init__(self, text: str, tokens: list[_Token]) -> None:
        self.text, self.tokens = text, tokens

    def value(self, at: int) -> tuple[_Part, int]:
        token = self._token(at)
        if token.text in ("{", "["):
            return self._many(at, token.text == "{")
        if token.kind not in ("text", "word"):
            raise Unreadable(_where(self.text, token.start))
        try:
            return _Part(json.loads(token.text), token.start, token.end), at + 1
        except ValueError:
            raise Unreadable(_where(self.text, token.start)) from None

    def _token(self, at: int) -> _Token:
        if at >= len(self.tokens):
            raise Unreadable("ファイルが途中で終わっています")
        return self.tokens[at]

    def _many(self, at: int, keyed: bool) -> tuple[_Part, int]:
        """A mapping or a list; a comma may follow its last part."""
        inside: dict[str, _Part] = {}
        items: list[_Part] = []
        part, end, at = _Part(None, self.tokens[at].start), "}" if keyed else "]", at + 1
        part.comma = False
        while self._token(at).text != end:
            if (inside or items) and not part.comma:
                raise Unreadable(_where(self.text, self.tokens[at].start))
            if keyed:
                at = self._member(at, inside)
            else:
                item, at = self.value(at)
                items.append(item)
            part.comma = self._token(at).text == ","
            at += part.comma
        part.inside = inside if keyed else items
        part.value = {key: one.value for key, one in inside.items()} if keyed else [one.value for one in items]
        part.end = self.tokens[at].end
        return part, at + 1

    def _member(self, at: int, inside: dict[str, _Part]) -> int:
        token = self._token(at)
        if token.kind != "text" or self._token(at + 1).text != ":":
            raise Unreadable(_where(self.text, token.start))
        key = json.loads(token.text)
        if key in inside:
            raise Unreadable(f"キー「{key}」が二度あります")
        inside[key], at = self.value(at + 2)
        return at
