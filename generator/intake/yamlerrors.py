"""What libyaml's errors mean in Japanese, and where their cause stands."""

from __future__ import annotations

import re
from typing import Any

from generator.problems import Problem, Source


def syntax(error: Any, text: str, path: str, end: tuple[int, int]) -> Problem:
    """The problem of a `yaml.MarkedYAMLError`, at what caused it rather than at where reading stopped."""
    said = error.problem or ""
    opened = any(words in said for words in _LEFT_OPEN)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line, column = min((mark.line + 1, mark.column + 1), end) if mark else (1, 1)
    if any(words in said for words in _RUN_ON) and (earlier := _line_without_colon(text, line)):
        return Problem(Source(path, *earlier), "YML002", *_NO_COLON)
    if mark and "cannot start any token" in said and text[mark.index : mark.index + 1] == "\t":
        said = "found a tab character"
    return Problem(Source(path, line, column), "YML002", *_in_japanese(said))


def _line_without_colon(text: str, number: int) -> tuple[int, int] | None:
    """The line above, where it is a key that lacks its colon and so swallowed the line below."""
    written = [(n, line) for n, line in enumerate(text.splitlines()[: number - 1], 1) if _written(line)]
    if not written or _HAS_COLON.search(written[-1][1][_start(written[-1][1]) :]):
        return None
    number, line = written[-1]
    if len(written) > 1 and _continues(written[-2][1], line):
        return None
    return number, _start(line) + 1


_HAS_COLON = re.compile(r":(\s|$)|^-$|^['\"\[{|>]")


def _written(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _continues(above: str, line: str) -> bool:
    """Whether a line goes on with the value of the line above rather than being a key of its own."""
    return _start(line) > _start(above) and not above.rstrip().endswith(":")


def _start(line: str) -> int:
    """The column of a line's first word, list dashes passed over."""
    match = re.match(r"[ ]*(?:-[ ]+)*", line)
    return match.end() if match else 0


_LEFT_OPEN = ("expected ',' or", "unexpected end of stream", "could not find expected ':'", "alphabetic or numeric")
"""Errors whose cause stands where the bracket, quote or key began, not where reading stopped."""

_RUN_ON = ("mapping values are not allowed", "expected <document start>")
"""Errors of a line that the line above swallowed, or may have."""

_NO_COLON = ("キーの後の「: 」がありません", "「キー: 値」の形にし、半角のコロンの後に空白を置いてください")
_TAB = "字下げは半角の空白にしてください"
_QUOTE = "値の全体を '…' で囲んでください"

_SYNTAX = (
    ("found a tab character", "タブがあります", _TAB),
    ("found character '\\t'", "行頭にタブがあります", _TAB),
    ("found character that cannot start any token", "ここから値を始められない文字です", _QUOTE),
    (
        "mapping values are not allowed",
        "ここに「キー: 値」は書けません",
        "値の中の「: 」は全体を '…' で囲み、字下げをそろえてください",
    ),
    ("could not find expected ':'", *_NO_COLON),
    (
        "did not find expected key",
        "字下げがそろっていないか、引用符が閉じていません",
        "同じ段のキーは同じ桁から始めてください",
    ),
    (
        "did not find expected '-' indicator",
        "一覧の「-」の桁がそろっていません",
        "同じ一覧の「-」は同じ桁から始めてください",
    ),
    (
        "block sequence entries are not allowed",
        "ここに一覧の「-」は書けません",
        "一覧はキーの次の行から、字下げして始めてください",
    ),
    ("mapping keys are not allowed", "ここに「?」は書けません", _QUOTE),
    ("did not find expected ',' or ']'", "「[」が閉じていません", "「]」で閉じてください"),
    ("did not find expected ',' or '}'", "「{」が閉じていません", "「}」で閉じてください"),
    ("did not find expected node content", "ここに値がありません", "「[」「{」が閉じているか確かめてください"),
    ("found unexpected end of stream", "引用符が閉じていません", "同じ種類の引用符で閉じてください"),
    ("found unexpected document indicator", "引用符が閉じていません", "同じ種類の引用符で閉じてください"),
    ("found unknown escape character", "「\\」の後の文字が正しくありません", "\"…\" の代わりに '…' で囲んでください"),
    (
        "did not find expected hexdecimal number",
        "「\\」の後の文字が正しくありません",
        "\"…\" の代わりに '…' で囲んでください",
    ),
    (
        "invalid Unicode character escape",
        "「\\」の後の文字が正しくありません",
        "\"…\" の代わりに '…' で囲んでください",
    ),
    ("found undefined tag handle", "「!」で始まる値は使えません", _QUOTE),
    ("while scanning a tag", "「!」で始まる値は使えません", _QUOTE),
    ("did not find expected alphabetic or numeric character", "「&」や「*」で始まる値は使えません", _QUOTE),
    ("did not find expected comment or line break", "「|」や「>」の後に文字は書けません", "次の行から書いてください"),
    (
        "did not find expected <document start>",
        "データの終わった後に文字があります",
        "余分な文字を消すか、字下げをそろえてください",
    ),
)


def _in_japanese(said: str) -> tuple[str, str]:
    for english, message, hint in _SYNTAX:
        if english in said:
            return message, hint
    return f"YAML の書き方が正しくありません（{said}）", "字下げ・コロン・引用符を確かめてください"
