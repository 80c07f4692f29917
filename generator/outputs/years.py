"""The fiscal year a document belongs to: the year it is filed under."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.documents.chain import submissions_of
from generator.documents.render import Body
from generator.model import Contract
from generator.rules import events, fiscal

RULE = (
    "年度は、対象期間のある文書はその期間の末日、ほかの文書は期限の日で決めています。日付のある期限がなければ、"
    "元になった記録の日、それもなければ提出した日によります。いくつもの年度に期限がある文書は、始まった年度のそれぞれに入ります。"
    "契約の期間の前と後の日は、契約の最初と最後の年度に入れています。"
)
"""The rule in words, for the pages that sort by it."""


def years_of(body: Body, as_of: dt.date) -> tuple[int, ...]:
    """The fiscal years of a document within those of its contract, in order; none where nothing it says has a day and
    the contract has more than one.

    What is due again and again belongs to every year that has begun by `as_of`, before the first to that.
    """
    for days in (_period_ends(body), _due(body), _recorded(body), _handed_over(body, as_of)):
        found = sorted({_year_within(body.document.contract, day) for day in days})
        if found:
            begun = [year for year in found if year <= fiscal.fiscal_year_of(as_of)]
            return tuple(begun or found[:1])
    return _only_year(body.document.contract)


_OF_A_PERIOD = ("fiscal_year", "month", "period")
"""How often a document is made that tells of a period of its own."""


def _period_ends(body: Body) -> Iterator[dt.date]:
    """The end of the period that the document tells of, or that the record says it is made from."""
    document = body.document
    if document.period and document.kind.per in _OF_A_PERIOD:
        yield document.period.end
    told = document.entry.values.get("period") if document.entry else None
    if isinstance(told, Mapping) and "end" in told:
        yield told["end"]


def _year_within(contract: Contract, day: dt.date) -> int:
    period = contract.head.period
    return fiscal.fiscal_year_of(min(max(day, period.start), period.end))


def _only_year(contract: Contract) -> tuple[int, ...]:
    years = {fiscal.fiscal_year_of(day) for day in (contract.head.period.start, contract.head.period.end)}
    return tuple(years) if len(years) == 1 else ()


def _due(body: Body) -> Iterator[dt.date]:
    return (item.due for item in body.items if item.due and item.applies)


def _recorded(body: Body) -> Iterator[dt.date]:
    entry = body.document.entry
    day = events.happened_on(entry) if entry else None
    return iter((day,) if day else ())


def _handed_over(body: Body, as_of: dt.date) -> Iterator[dt.date]:
    return (made.date for made in submissions_of(body.document, body.items, as_of))
