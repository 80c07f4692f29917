"""Counting of periods by 民法138条-143条. Pure arithmetic: no calendar word, no contract.

`counted` says whether the first day is counted (140条). A period counted by days, weeks, months or years ends with
the end of its last day (141条), so every function gives that last day.
"""

from __future__ import annotations

import datetime as dt

from generator.rules.fiscal import month_end

_DAY = dt.timedelta(days=1)


def first_day(anchor: dt.date, counted: bool) -> dt.date:
    """起算日: the anchor's day itself, or the day after it."""
    return anchor if counted else anchor + _DAY


def add_days(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """The `count`-th day, the first day counted or not."""
    return first_day(anchor, counted) + (count - 1) * _DAY


def add_weeks(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """143条: the day before the corresponding weekday of the last week."""
    return add_days(anchor, 7 * count, counted)


def add_months(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """143条2項: the day before the day that corresponds to 起算日; the month's end where there is no such day."""
    start = first_day(anchor, counted)
    year, month = _month_after(start, count)
    end = month_end(year, month)
    return end if start.day > end.day else dt.date(year, month, start.day) - _DAY


def add_years(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """143条, by years."""
    return add_months(anchor, 12 * count, counted)


def days_before(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """n日前: counted backwards from the anchor's day, which is not counted unless the rule says so."""
    return anchor - (count - counted) * _DAY


def weeks_before(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """n週間前."""
    return days_before(anchor, 7 * count, counted)


def months_before(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """nか月前: the corresponding day of the earlier month, or its end where there is none."""
    year, month = _month_after(anchor, -count)
    return dt.date(year, month, min(anchor.day, month_end(year, month).day)) + counted * _DAY


def years_before(anchor: dt.date, count: int, counted: bool = False) -> dt.date:
    """n年前."""
    return months_before(anchor, 12 * count, counted)


def add_hours(moment: dt.datetime, count: int) -> dt.datetime:
    """139条: hours run from the moment."""
    return moment + dt.timedelta(hours=count)


def _month_after(day: dt.date, count: int) -> tuple[int, int]:
    year, index = divmod(day.year * 12 + day.month - 1 + count, 12)
    return year, index + 1
