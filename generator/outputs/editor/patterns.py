"""Regular expressions for dates and times as `intake.scalars` reads them: every day that exists, and no other.

Made from the eras and the calendar, so that they say what the reader says; in the part of the language that ECMAScript
(with and without its `u` flag) and Python share. Words and numbers are found in full width too.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby

from generator.intake.eras import ERAS

BLANK = "[ \\t　]*"
"""Blanks between the parts of a date; the reader passes over them."""

_WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_MOST = 999
"""The last year of an era that the reader reads."""


def one_of(words: Iterable[str]) -> str:
    """Exactly these words, in either width; short, because endings that are alike are written once."""
    tails: dict[str, set[str]] = defaultdict(set)
    for word in words:
        tails[word[:1]].add(word[1:])
    may_end = tails.pop("", None) is not None
    firsts: dict[str, str] = defaultdict(str)
    for first in sorted(tails):
        firsts[one_of(tails[first])] += first
    ways = "|".join(_character(characters) + tail for tail, characters in firsts.items())
    if may_end and ways:
        return f"(?:{ways})?"
    return f"(?:{ways})" if len(firsts) > 1 else ways


def _character(these: str) -> str:
    """One of these characters, in either width; `-` stands last, where it needs no escape."""
    both = set(these) | {_WIDE[one] for one in these if one in _WIDE}
    if len(both) == 1:
        return both.pop()
    runs = ("".join(one for _, one in run) for _, run in groupby(enumerate(sorted(both - {"-"})), _run))
    shown = (f"{run[0]}-{run[-1]}" if len(run) > 2 else run for run in runs)
    return f"[{''.join(shown)}{'-' if '-' in both else ''}]"


def _run(numbered: tuple[int, str]) -> int:
    return ord(numbered[1]) - numbered[0]


def _numbers(found: Iterable[int], width: int = 2) -> str:
    """Numbers of so many digits at most, with or without leading zeros."""
    return one_of(f"{number:0{digits}}" for number in found for digits in range(1, width + 1))


_YEAR_SIGN = BLANK + _character("-/.年") + BLANK
_MONTH_SIGN = BLANK + _character("-/.月") + BLANK
_MONTHS, _DAYS = _numbers(range(1, 13)), _numbers(range(1, 32))
_IN_FULL = f"{BLANK}年{BLANK}{_MONTHS}{BLANK}月{BLANK}{_DAYS}{BLANK}日"
_IN_SHORT = f"{BLANK}{_character('-/.')}{BLANK}{_MONTHS}{BLANK}{_character('-/.')}{BLANK}{_DAYS}"


@cache
def _years() -> str:
    """A year of the western calendar, or of an era while it lasted."""
    eras = (f"{_era(name, letter)}{_era_years(range(first, last + 1))}" for name, letter, first, last in _spans())
    return f"(?:{one_of(f'{year:04}' for year in range(1, 10_000))}|{'|'.join(eras)})"


@cache
def _leap_years() -> str:
    eras = (
        _era(name, letter) + _era_years(year for year in range(first, last + 1) if calendar.isleap(one + year - 1))
        for (name, letter, first, last), (*_, one) in zip(_spans(), ERAS, strict=True)
    )
    return f"(?:{one_of(f'{year:04}' for year in range(1, 10_000) if calendar.isleap(year))}|{'|'.join(eras)})"


def _era(name: str, letter: str) -> str:
    return f"(?:{name}|{_character(letter + letter.lower())}){BLANK}"


def _era_years(found: Iterable[int]) -> str:
    own = list(found)
    return f"(?:元|{_numbers(own, 3)})" if 1 in own else _numbers(own, 3)


def _spans() -> Iterator[tuple[str, str, int, int]]:
    """The eras with their first and last years; 令和 goes on."""
    last_day = dt.date.max
    for name, letter, first_day, one in ERAS:
        yield name, letter, first_day.year - one + 1, min(last_day.year - one + 1, _MOST)
        last_day = first_day - dt.timedelta(days=1)


def _outside_the_eras() -> Iterator[str]:
    """The days of an era's first year before it began, and of its last year after it ended."""
    last_day = dt.date.max
    for (name, letter, first, last), (*_, first_day, _) in zip(_spans(), ERAS, strict=True):
        for year, day, earlier in ((first, first_day, True), (last, last_day, False)):
            if year < _MOST and (gone := _beyond(day, earlier)):
                yield f"{_era(name, letter)}{_era_years([year])}{_YEAR_SIGN}(?:{gone})"
        last_day = first_day - dt.timedelta(days=1)


def _beyond(day: dt.date, earlier: bool) -> str:
    """The days of a year before a day, or after it."""
    months = range(1, day.month) if earlier else range(day.month + 1, 13)
    days = range(1, day.day) if earlier else range(day.day + 1, 32)
    ways = [f"{_numbers(months)}{_MONTH_SIGN}"] if months else []
    return "|".join([*ways, f"{_numbers([day.month])}{_MONTH_SIGN}{_day(days)}"] if days else ways)


def _day(found: Iterable[int]) -> str:
    return f"{_numbers(found)}(?!{_character('0123456789')})"


@cache
def _no_day() -> str:
    """What has the form of a date and is none."""
    any_year = f"[^{_character('-/.年')[1:]}*{_YEAR_SIGN}"
    ways = (
        f"{any_year}{_numbers([2])}{_MONTH_SIGN}{_day([30, 31])}",
        f"{any_year}{_numbers([4, 6, 9, 11])}{_MONTH_SIGN}{_day([31])}",
        f"(?!{_leap_years()}{_YEAR_SIGN}){any_year}{_numbers([2])}{_MONTH_SIGN}{_day([29])}",
        *_outside_the_eras(),
    )
    return f"(?!{'|'.join(ways)})"


@cache
def date() -> str:
    """A day: `2026-04-01`, `2026/4/1`, `令和8年4月1日`, `R8.4.1`."""
    return _whole(f"{_no_day()}{_years()}(?:{_IN_FULL}|{_IN_SHORT})")


@cache
def moment() -> str:
    """A day and a time of it: `2026-04-01 16:30`, `令和8年4月1日16時30分`."""
    gap = "[ 　TＴ]"
    time = f"{_numbers(range(24))}{_character(':時')}{_MINUTES}"
    return _whole(f"{_no_day()}{_years()}(?:{_IN_FULL}{gap}*|{_IN_SHORT}{gap}+){time}")


_MINUTES = one_of(f"{minute:02}" for minute in range(60)) + "分?"


@cache
def clock() -> str:
    """A time of day: `8:40`, `8時40分`, until `24:59`."""
    return _whole(f"{_numbers(range(25))}{_character(':時')}{_MINUTES}")


@cache
def monthday() -> str:
    """A day of every year, the leap day too: `12-29`, `12/29`, `12月29日`."""
    sign = _character("-/月")
    long, short = (_numbers(months) for months in ((1, 3, 5, 7, 8, 10, 12), (4, 6, 9, 11)))
    days = (f"{long}{sign}{_DAYS}", f"{short}{sign}{_day(range(1, 31))}", f"{_numbers([2])}{sign}{_day(range(1, 30))}")
    return _whole(f"(?:{'|'.join(days)})日?")


def integer(least: int | None = None, most: int | None = None) -> str:
    """A whole number as text, of at most 18 digits."""
    if most is not None:
        return _whole(one_of(str(number) for number in range(least or 0, most + 1)))
    sign, positive = _character("-"), f"{_character('123456789')}{_character('0123456789')}{{0,17}}"
    if least is None:
        return _whole(f"{sign}?(?:{_character('0')}|{positive})")
    if least <= 0:
        return _whole(f"(?:{sign}?{_character('0')}|{positive})")
    small = one_of(str(number) for number in range(1, least))
    return _whole(f"(?!{small}{BLANK}$){positive}" if small else positive)


def _whole(pattern: str) -> str:
    """Nothing but this, with blanks around it."""
    return f"^{BLANK}{pattern}{BLANK}$"
