"""What is wrong with a command line, said to the person who typed it."""

from __future__ import annotations

import pytest

from tests.support import run

WRONG = {
    "another state": (("due", "--state", "遅れ"), "--state に「遅れ」は書けません。"),
    "a value misspelt": (("check", "--format", "jsno"), "json ではありませんか。書けるもの: text、json"),
    "a command misspelt": (("chek",), "命令 に「chek」は書けません。check ではありませんか。"),
    "no command": ((), "足りない引数があります: 命令"),
    "an unknown option": (("build", "--foo"), "知らない引数です: --foo"),
    "what is missing": (("submit",), "足りない引数があります: --contract, --deliverable"),
    "an option without its value": (("due", "--contract"), "--contract には値が要ります"),
    "a value where none belongs": (("due", "--explain=x"), "--explain に値は書けません（x）"),
    "what may be either": (("due", "--f", "x"), "--f だけでは決まりません。--from, --format のどれですか"),
    "no number": (("serve", "--port", "x"), "--port に「x」は書けません"),
    "no date": (("due", "--from", "2026-02-30"), "--from: 2026-02-30 は存在しない日付です"),
}


@pytest.mark.parametrize(("typed", "told"), WRONG.values(), ids=list(WRONG))
def test_misuse_is_told_in_japanese(typed: tuple[str, ...], told: str) -> None:
    """Exit code 2, nothing on stdout, and not a word of English that is not one's own."""
    ran = run(*typed)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert "--help で使い方を見られます" in ran.err
    assert not {"invalid", "error", "argument", "expected", "required", "unrecognized"} & set(ran.err.split())
