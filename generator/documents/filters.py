"""Filters of the templates: name a function at the end and it is a filter."""

from __future__ import annotations

import datetime as dt
import re

from generator.documents.markup import Markup, escape
from generator.documents.pieces import unbroken
from generator.intake import eras


def wareki(day: dt.date | None) -> str:
    """`令和8年4月1日`; empty for no date."""
    return eras.wareki(day) if day else ""


def wareki_weekday(day: dt.date | None) -> str:
    """`令和8年4月1日（水）`; empty for no date."""
    return eras.wareki_weekday(day) if day else ""


def wareki_month(day: dt.date | None) -> str:
    """`令和8年4月`; empty for no date."""
    return eras.wareki_month(day) if day else ""


def wareki_year(day: dt.date) -> str:
    """`令和8年`."""
    return eras.wareki_month(day).partition("年")[0] + "年"


def month_number(day: dt.date) -> str:
    """`4月`."""
    return f"{day.month}月"


def iso(day: dt.date | None) -> str:
    """`2026-04-01`; empty for no date."""
    return day.isoformat() if day else ""


def moment(instant: dt.datetime | None) -> str:
    """`令和8年4月28日（火）16時30分`; empty for no instant."""
    return f"{eras.wareki_weekday(instant.date())}{instant.hour}時{instant.minute:02}分" if instant else ""


def weekday(day: dt.date) -> str:
    """`水`."""
    return eras.WEEKDAYS[day.weekday()]


def circled(number: int | None) -> str:
    """`①` to `⑳`, `(21)` beyond; empty for no number."""
    if number is None:
        return ""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else f"({number})"


def lines(text: str | None) -> Markup:
    """Text with its own line breaks kept."""
    return Markup("<br>").join(str(text or "").strip().splitlines())


def blank_date(day: dt.date | None) -> str:
    """`令和8年4月1日`; without a date the line that is filled in by hand."""
    return eras.wareki(day) if day else "令和　　年　　月　　日"


def yen(amount: int | None) -> str:
    """`1,234,000円`; empty for no amount."""
    return f"{amount:,}円" if amount is not None else ""


def hours(minutes: int | None) -> str:
    """`2時間30分`, `45分`; empty for none."""
    if minutes is None:
        return ""
    whole, rest = divmod(minutes, 60)
    return "".join((f"{whole}時間" if whole else "", f"{rest}分" if rest or not whole else ""))


def markdown(text: str) -> Markup:
    """Text for a line of Markdown: neither HTML nor Markdown in it means anything."""
    flat = " ".join(str(text).split())
    return escape(_MARKS.sub(r"\\\1", flat))


_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!])")


FILTERS = {
    function.__name__: function
    for function in (
        wareki,
        wareki_weekday,
        wareki_month,
        wareki_year,
        month_number,
        iso,
        moment,
        weekday,
        circled,
        lines,
        blank_date,
        yen,
        hours,
        markdown,
        unbroken,
    )
}
"""Filters by the name templates use."""
