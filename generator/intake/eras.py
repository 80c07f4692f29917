"""Japanese eras (和暦), both ways. Knows no clock.

Source: 元号を改める政令 and 元号法; 令和 from 2019-05-01, 平成 from 1989-01-08, 昭和 from 1926-12-25,
大正 from 1912-07-30, 明治 as the calendar law of 1873 counts it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata

JAPAN = dt.timezone(dt.timedelta(hours=9))
"""日本標準時: the days of a contract are Japan's, wherever a machine stands."""

ERAS = (
    ("令和", "R", dt.date(2019, 5, 1), 2019),
    ("平成", "H", dt.date(1989, 1, 8), 1989),
    ("昭和", "S", dt.date(1926, 12, 25), 1926),
    ("大正", "T", dt.date(1912, 7, 30), 1912),
    ("明治", "M", dt.date(1873, 1, 1), 1868),
)
"""Name, letter, first day and western year of 元年, newest first; 明治 begins with the calendar of 明治6年."""

WEEKDAYS = "月火水木金土日"

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_WESTERN = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日$")
_ERA = re.compile(
    r"(令和|平成|昭和|大正|明治|[RHSTMrhstm])(\d{1,3}|元)(?:年(\d{1,2})月(\d{1,2})日|[-/.](\d{1,2})[-/.](\d{1,2}))$"
)


class NotADate(ValueError):
    """The text looks like a date but names a day that does not exist."""


def parse_date(text: str) -> dt.date | None:
    """The day a text names: ISO, 令和8年4月1日, R8.4.1, 2026年4月1日, full width or spaced; None if it is no date.

    Raises NotADate when the form is a date's and the day does not exist (令和8年2月30日, 平成31年5月1日 included).
    """
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    if match := _ISO.match(folded) or _WESTERN.match(folded):
        year, month, day = (int(part) for part in match.groups())
        return _existing(year, month, day)
    if match := _ERA.match(folded):
        name, year_text, *rest = match.groups()
        month, day = (int(part) for part in rest if part is not None)
        return _in_era(name, 1 if year_text == "元" else int(year_text), month, day)
    return None


def _existing(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise NotADate(_why_not(year, month, day)) from None


def _why_not(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return f"{month}月はありません"
    if not 1 <= year <= 9999:
        return f"{year}年は扱えません"
    return f"{year}年{month}月は{calendar.monthrange(year, month)[1]}日までです"


def _in_era(name: str, year: int, month: int, day: int) -> dt.date:
    index, (full, _, first, one) = next((i, era) for i, era in enumerate(ERAS) if name.upper() in era)
    result = _existing(one + year - 1, month, day)
    last = ERAS[index - 1][2] - dt.timedelta(days=1) if index else dt.date.max
    if year < 1 or not first <= result <= last:
        raise NotADate(f"{full}の期間は{first.isoformat()}から{last.isoformat()}までです")
    return result


def era_year(day: dt.date) -> str:
    """`令和8`, `令和元`; the western year before 明治6年."""
    for name, _, first, one in ERAS:
        if day >= first:
            year = day.year - one + 1
            return f"{name}{'元' if year == 1 else year}"
    return str(day.year)


def wareki(day: dt.date) -> str:
    """`令和8年4月1日`."""
    return f"{era_year(day)}年{day.month}月{day.day}日"


def wareki_month(day: dt.date) -> str:
    """`令和8年4月`."""
    return f"{era_year(day)}年{day.month}月"


def wareki_weekday(day: dt.date) -> str:
    """`令和8年4月1日（水）`."""
    return f"{wareki(day)}（{WEEKDAYS[day.weekday()]}）"
