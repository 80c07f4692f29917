"""`on`: the little language that names a day.

A date; `03-31`; an anchor (`period.end`, `event.restored`); `15 of next month`, `middle of month 10`, `end of 2026-10`;
`friday of next week`; `2nd monday of this month`, `5th open day of next month`. A new form is one class in `pointkinds`, and here one reader and one row of `FORMS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.rules import anchors, nearmisses
from generator.rules.anchors import ANCHORS, Anchor
from generator.rules.daywords import DAY, NTH, WEEKDAYS, day_word, nth
from generator.rules.fiscal import HORIZON
from generator.rules.pointkinds import MONTHS, WEEKS, AtAnchor, FixedDay, InMonth, InWeek, InYear, NthInMonth, Point
from generator.rules.words import UNREADABLE_POINT, BadWords, did_you_mean, fold

_YEARLY = r"(?: of (this|next|previous) fiscal_year)?"


@lru_cache(maxsize=1024)
def parse(text: str) -> Point:
    """A point from its words; raises BadWords."""
    folded = fold(text)
    if (day := anchors.date_in(folded)) is not None:
        return FixedDay(day)
    for pattern, read in FORMS:
        if match := pattern.match(folded):
            return read(match)
    if meant := nearmisses.right_form(folded):
        raise BadWords(UNREADABLE_POINT, f"「{text}」を期日として読めません", f"もしかして: {meant}")
    if "of" not in folded.split():
        return AtAnchor(_anchor(text))
    hint = "15 of next month、middle of month 10、end of 2026-10 のように書きます"
    raise BadWords(UNREADABLE_POINT, f"「{text}」を期日として読めません", did_you_mean(folded, EXAMPLES, hint))


def _anchor(text: str) -> Anchor:
    try:
        return anchors.parse(text)
    except BadWords as bad:
        hint = did_you_mean(fold(text), (*ANCHORS, *EXAMPLES), f"{'、'.join(EXAMPLES)} のように書きます")
        raise BadWords(bad.code or UNREADABLE_POINT, f"「{text}」を期日として読めません", hint) from None


def _in_month(match: re.Match[str]) -> Point:
    return InMonth(day_word(match[1]), match[2], _anchor(match[3]) if match[3] else None)


def _in_year(match: re.Match[str]) -> Point:
    return InYear(day_word(match[1], int(match[2])), int(match[2]), match[3])


def _monthday(match: re.Match[str]) -> Point:
    return InYear(day_word(match[2], int(match[1])), int(match[1]), match[3])


def _in_written_month(match: re.Match[str]) -> Point:
    day = anchors.date_in(f"{match[2]}-1" if "-" in match[2] else f"{match[2]}1日")
    word = day_word(match[1], day.month if day else None)
    if day is None or day > HORIZON:
        raise BadWords(
            UNREADABLE_POINT,
            f"「{match[0]}」の月がわかりません",
            "end of 2026-10、middle of 令和8年10月 のように書きます",
        )
    due, note = word.day_in(day.year, day.month)
    return FixedDay(due, note or word.note)


def _in_week(match: re.Match[str]) -> Point:
    return InWeek(WEEKDAYS.index(match[1]), match[2], _anchor(match[3]) if match[3] else None)


def _nth_in_month(match: re.Match[str]) -> Point:
    return NthInMonth(nth(match[1], match[2]), match[3], _anchor(match[4]) if match[4] else None)


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Point]], ...] = (
    (re.compile(rf"(\d{{1,2}})-(\d{{1,2}}){_YEARLY}$"), _monthday),
    (re.compile(rf"{DAY} of ({'|'.join(MONTHS)})(?: of (.+))?$"), _in_month),
    (re.compile(rf"{DAY} of month (\d{{1,2}}){_YEARLY}$"), _in_year),
    (re.compile(rf"{DAY} of (\d{{4}}-\d{{1,2}}|.+年 ?\d{{1,2}}月)$"), _in_written_month),
    (re.compile(rf"({'|'.join(WEEKDAYS)}) of ({'|'.join(WEEKS)})(?: of (.+))?$"), _in_week),
    (re.compile(rf"{NTH} of ({'|'.join(MONTHS)})(?: of (.+))?$"), _nth_in_month),
)
"""The forms of `on` beside dates and anchors: pattern and reader, tried in order."""

EXAMPLES = (
    "2026-04-07",
    "03-31",
    "03-31 of next fiscal_year",
    "15 of next month",
    "end of next month",
    "early of next month",
    "middle of next month",
    "late of next month",
    "end of this month",
    "10 of month after next",
    "25 of previous month",
    "middle of month 10",
    "end of month 4 of next fiscal_year",
    "end of 2026-10",
    "friday of next week",
    "2nd monday of this month",
    "last friday of this month",
    "1st open day of this month",
    "5th open day of next month",
    "15 of next month of event.inspected",
)
"""A right example of every form, for hints and for the documentation."""
