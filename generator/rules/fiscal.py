"""年度 (1 April to 31 March), 半期, 四半期, 月 and 週 (Monday to Sunday) as periods, cut to a contract.

地方自治法208条: the fiscal year of a local government begins on 1 April and ends on 31 March.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from generator.intake.eras import era_year, wareki, wareki_month
from generator.model import Period

BEGINNING, HORIZON = dt.date(1950, 1, 1), dt.date(2099, 12, 31)
"""No period is made outside these days: holidays are not known there, and an end in 9999 is a slip of the pen."""

_DAY = dt.timedelta(days=1)
_APRIL = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its name: the whole one, and the part of it that lies in the contract."""

    name: str
    whole: Period
    """The period of the calendar, such as all of April."""
    start: dt.date
    """First day within the contract."""
    end: dt.date
    """Last day within the contract."""
    kept: bool = False
    """Whether a rule that tells of a part of the contract only has left out some of the period."""

    def between(self, first: dt.date | None, last: dt.date | None) -> Span | None:
        """The part of the period between two days, both included; None where nothing is left of it."""
        start, end = max(self.start, first or self.start), min(self.end, last or self.end)
        if start > end:
            return None
        return self if (start, end) == (self.start, self.end) else replace(self, start=start, end=end, kept=True)

    @property
    def cut(self) -> bool:
        """Whether the contract begins or ends inside the period."""
        return (self.start, self.end) != (self.whole.start, self.whole.end)


def fiscal_year_of(day: dt.date) -> int:
    """The year in which the fiscal year of a day begins."""
    return day.year if day.month >= _APRIL else day.year - 1


def fiscal_year(year: int) -> Period:
    """1 April of a year to 31 March of the next."""
    return Period(start=dt.date(year, _APRIL, 1), end=dt.date(year + 1, _APRIL, 1) - _DAY)


def fiscal_year_name(year: int) -> str:
    """`令和8年度`. 2019 is 令和元年度, as the ministries counted it: the era of 1 May names the year."""
    return f"{era_year(dt.date(year, 5, 1))}年度"


def ends_fiscal_year(start: dt.date, end: dt.date) -> bool:
    """Whether a period holds a 31 March, and so closes a fiscal year."""
    year = start.year + ((start.month, start.day) > (3, 31))
    return (end.year, end.month, end.day) >= (year, 3, 31)


def crosses_fiscal_year(first: dt.date, second: dt.date) -> bool:
    """Whether two days lie in different fiscal years."""
    return fiscal_year_of(first) != fiscal_year_of(second)


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def spans(unit: str, contract: Period) -> Iterator[Span]:
    """The periods of a unit (`week` … `fiscal_year`, `contract`) that touch the contract, in order."""
    if unit == "contract":
        yield Span("契約期間", contract, contract.start, contract.end)
        return
    day = max(contract.start, BEGINNING)
    while day <= min(contract.end, HORIZON):
        whole, name = UNITS[unit](day)
        yield Span(name, whole, max(whole.start, contract.start), min(whole.end, contract.end))
        day = whole.end + _DAY


def _week(day: dt.date) -> tuple[Period, str]:
    monday = day - day.weekday() * _DAY
    return Period(start=monday, end=monday + 6 * _DAY), f"{wareki(monday)}の週"


def _month(day: dt.date) -> tuple[Period, str]:
    first = day.replace(day=1)
    return Period(start=first, end=month_end(day.year, day.month)), wareki_month(first)


def _quarter(day: dt.date) -> tuple[Period, str]:
    first = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    number = (first.month - _APRIL) // 3 % 4 + 1
    name = f"{fiscal_year_name(fiscal_year_of(day))}第{number}四半期"
    return Period(start=first, end=month_end(first.year, first.month + 2)), name


def _half_year(day: dt.date) -> tuple[Period, str]:
    year = fiscal_year_of(day)
    name, middle = fiscal_year_name(year), dt.date(year, 10, 1)
    if day < middle:
        return Period(start=dt.date(year, _APRIL, 1), end=middle - _DAY), f"{name}上半期"
    return Period(start=middle, end=fiscal_year(year).end), f"{name}下半期"


def _fiscal_year(day: dt.date) -> tuple[Period, str]:
    year = fiscal_year_of(day)
    return fiscal_year(year), fiscal_year_name(year)


UNITS: dict[str, Callable[[dt.date], tuple[Period, str]]] = {
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "half_year": _half_year,
    "fiscal_year": _fiscal_year,
}
"""The whole period of a day and its name, by the word `each` takes."""
