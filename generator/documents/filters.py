"""Filters of the templates: write a function here and it is a filter."""

from __future__ import annotations

import datetime as dt
import re

from markupsafe import Markup, escape

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


def month_number(day: dt.date) -> str:
    """`4月`."""
    return f"{day.month}月"


def iso(day: dt.date | None) -> str:
    """`2026-04-01`; empty for no date."""
    return day.isoformat() if day else ""


def weekday(day: dt.date) -> str:
    """`水`."""
    return eras.WEEKDAYS[day.weekday()]


def markdown(text: str) -> Markup:
    """Text for a line of Markdown: neither HTML nor Markdown in it means anything."""
    flat = " ".join(str(text).split())
    return escape(_MARKS.sub(r"\\\1", flat))


_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~])")


FILTERS = {
    function.__name__: function
    for function in (wareki, wareki_weekday, wareki_month, month_number, iso, weekday, markdown)
}
"""Filters by the name templates use."""
