"""The fiscal year a document belongs to: the year it is filed under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from generator.documents.chain import submissions_of
from generator.documents.render import Body
from generator.rules import events, fiscal

RULE = (
    "年度は、対象期間のある文書はその期間の末日、ほかの文書は期限の日で決めています。日付のある期限がなければ、"
    "元になった記録の日、それもなければ提出した日によります。いくつもの年度に期限がある文書は、始まった年度のそれぞれに入ります。"
)
"""The rule in words, for the pages that sort by it."""


def years_of(body: Body, as_of: dt.date) -> tuple[int, ...]:
    """The fiscal years of a document, in order; none where nothing it says has a day.

    What is due again and again belongs to every year that has begun by `as_of`, before the first to that.
    """
    document = body.document
    if document.period and document.kind.per in _OF_A_PERIOD:
        return (fiscal.fiscal_year_of(document.period.end),)
    for days in (_due(body), _recorded(body), _handed_over(body, as_of)):
        found = sorted({fiscal.fiscal_year_of(day) for day in days})
        if found:
            begun = [year for year in found if year <= fiscal.fiscal_year_of(as_of)]
            return tuple(begun or found[:1])
    return ()


_OF_A_PERIOD = ("fiscal_year", "month", "period")
"""How often a document is made that tells of a period of its own."""


def _due(body: Body) -> Iterator[dt.date]:
    return (item.due for item in body.items if item.due and item.applies)


def _recorded(body: Body) -> Iterator[dt.date]:
    entry = body.document.entry
    day = events.happened_on(entry) if entry else None
    return iter((day,) if day else ())


def _handed_over(body: Body, as_of: dt.date) -> Iterator[dt.date]:
    return (made.date for made in submissions_of(body.document, body.items, as_of))
