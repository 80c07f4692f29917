"""What was meant by words of `on` that are nearly right: Japanese forms, and ordinals in letters."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.rules.daywords import WEEKDAYS

_ORDINALS = {"first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th"}
_KANJI = dict(zip("月火水木金土日", WEEKDAYS, strict=True))
_MONTHS = {
    "毎": "this month",
    "当": "this month",
    "同": "this month",
    "翌": "next month",
    "翌々": "month after next",
    "前": "previous month",
}
_DAYS = {"末日": "end", "末": "end", "上旬": "early", "中旬": "middle", "下旬": "late"}

_MONTH = "(毎|当|同|翌々|翌|前)月の?"
_DAY = "(末日|末|上旬|中旬|下旬)"
_UNTIL = "(?:まで)?$"
_KIND = rf"({'|'.join(WEEKDAYS)}|open day)s?"


def right_form(text: str) -> str | None:
    """The form that was probably meant; None where nothing is near."""
    return next((form(match) for pattern, form in NEAR if (match := pattern.match(text))), None)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _counted(match: re.Match[str]) -> str:
    word = match[1].lower()
    number = _ORDINALS.get(word) or _ordinal(int(re.sub(r"\D", "", word)))
    return f"{number} {match[2]} of {match[3] or 'this month'}".lower()


NEAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(
            rf"({'|'.join(_ORDINALS)}|\d{{1,2}}[a-z]{{0,2}}) {_KIND}(?: of ((?:this|next|previous) month))?$", re.I
        ),
        _counted,
    ),
    (re.compile(rf"(.+年 ?\d{{1,2}}月)の?{_DAY}{_UNTIL}"), lambda m: f"{_DAYS[m[2]]} of {m[1]}"),
    (re.compile(rf"(1[0-2]|0?[1-9])月の?{_DAY}{_UNTIL}"), lambda m: f"{_DAYS[m[2]]} of month {int(m[1])}"),
    (re.compile(rf"(\d{{1,2}})月(\d{{1,2}})日{_UNTIL}"), lambda m: f"{int(m[1]):02}-{int(m[2]):02}"),
    (re.compile(rf"{_MONTH}{_DAY}{_UNTIL}"), lambda m: f"{_DAYS[m[2]]} of {_MONTHS[m[1]]}"),
    (re.compile(rf"月末{_UNTIL}"), lambda m: "end of this month"),
    (re.compile(rf"{_MONTH}(\d{{1,2}})日{_UNTIL}"), lambda m: f"{int(m[2])} of {_MONTHS[m[1]]}"),
    (
        re.compile(rf"{_MONTH}第(\d{{1,2}})([月火水木金土日])曜日?{_UNTIL}"),
        lambda m: f"{_ordinal(int(m[2]))} {_KANJI[m[3]]} of {_MONTHS[m[1]]}",
    ),
    (
        re.compile(rf"{_MONTH}第?(\d{{1,2}})(?:開庁|営業)日(?:目)?{_UNTIL}"),
        lambda m: f"{_ordinal(int(m[2]))} open day of {_MONTHS[m[1]]}",
    ),
)
"""Patterns of what people write, with the form that says it."""
