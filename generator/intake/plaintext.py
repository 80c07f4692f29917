"""The text of a data file: UTF-8 of a reasonable size, without what no editor shows."""

from __future__ import annotations

import re

from generator.problems import Problem, Source

MAX_BYTES = 2 * 1024 * 1024

UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Control characters, and what YAML but no editor takes for a line's end or a file's start."""


class Stop(Exception):
    """Reading cannot go on; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def decoded(content: bytes, path: str) -> str:
    """The text of a file; Stop where it is too large, not UTF-8, or holds what no editor shows."""
    if len(content) > MAX_BYTES:
        message = f"ファイルが大きすぎます（{len(content):,} バイト）"
        raise Stop(Problem(Source(path), "YML005", message, f"{MAX_BYTES:,} バイトまでにしてください"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stop(_not_utf8(content, error.start, path)) from None
    if match := UNPRINTABLE.search(text):
        raise Stop(Problem(Source(path, *line_column(text, match.start())), "YML006", *unprintable(match.group())))
    return text


def _not_utf8(content: bytes, at: int, path: str) -> Problem:
    before = content[:at].decode("utf-8", errors="replace")
    line, column = line_column(before, len(before))
    return Problem(
        Source(path, line, column), "YML001", f"UTF-8 ではありません{_guess(content)}", "UTF-8 で保存し直してください"
    )


def _guess(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "（UTF-16 で保存されているようです）"
    for encoding, name in (("euc_jp", "EUC-JP"), ("cp932", "Shift_JIS")):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f"（{name} で保存されているようです）"
    return ""


def unprintable(character: str) -> tuple[str, str]:
    """What to say of a control character: the message and the hint."""
    return f"使えない制御文字 U+{ord(character):04X} があります", "この文字を消してください"


def line_column(text: str, index: int) -> tuple[int, int]:
    """The line and the column of a place in a text, from 1."""
    lines = re.split("\r\n?|\n", text[:index])
    return len(lines), len(lines[-1]) + 1
