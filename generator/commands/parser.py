"""The arguments of a command line, with what is wrong with them said in Japanese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

_NAMED = re.compile(r"^argument (?P<name>.+?): (?P<rest>.*)$", re.DOTALL)


class Parser(argparse.ArgumentParser):
    """argparse's own, but for its language; the exit code of a misuse is 2, as there."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where to look; ends the program."""
        sys.stderr.write(f"{self.prog}: {said(message)}\n{self.prog} --help で使い方を見られます\n")
        raise SystemExit(2)


def said(message: str) -> str:
    """An error of argparse in Japanese; one that is Japanese already, or unknown, as it is."""
    named = _NAMED.match(message)
    name, rest = (named["name"], named["rest"]) if named else ("", message)
    for pattern, say in _SAID:
        if found := pattern.fullmatch(rest):
            return say(name, *found.groups())
    return f"{name}: {rest}" if name else rest


def _choice(name: str, value: str, choices: str) -> str:
    known = re.findall(r"'([^']*)'", choices) or choices.split(", ")
    near = _nearest(value, known)
    meant = f"{near} ではありませんか。" if near else ""
    return f"{name} に「{value}」は書けません。{meant}書けるもの: {'、'.join(known)}"


def _nearest(value: str, known: Sequence[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(value, known, n=1)), None)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)


_SAID: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (_pattern(r"invalid choice: '?(.*?)'? \(choose from (.*)\)"), _choice),
    (_pattern(r"expected (?:one|at least one|\d+) arguments?"), lambda name: f"{name} には値が要ります"),
    (_pattern(r"not allowed with argument (.*)"), lambda name, other: f"{name} は {other} と一緒には使えません"),
    (_pattern(r"ignored explicit argument '?(.*?)'?"), lambda name, value: f"{name} に値は書けません（{value}）"),
    (_pattern(r"invalid (?:\w+) value: '?(.*?)'?"), lambda name, value: f"{name} に「{value}」は書けません"),
    (_pattern(r"unrecognized arguments: (.*)"), lambda _, names: f"知らない引数です: {names}"),
    (_pattern(r"the following arguments are required: (.*)"), lambda _, names: f"足りない引数があります: {names}"),
    (_pattern(r"one of the arguments (.*) is required"), lambda _, names: f"どれか一つが要ります: {names}"),
    (
        _pattern(r"ambiguous option: (.*?) could match (.*)"),
        lambda _, given, names: f"{given} だけでは決まりません。{names} のどれですか",
    ),
)
"""What argparse says, and the same in Japanese."""
