"""Records made straight from the model, for tests that need no files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from generator.intake.eras import parse_date
from generator.model import (
    Authority,
    Calendar,
    Cell,
    ClosedDays,
    Contract,
    ContractHead,
    Deliverable,
    DueRule,
    Entry,
    ExplicitPeriod,
    LastPeriod,
    NotApplicable,
    OpenedDay,
    Period,
    Reading,
    ServiceLevel,
    Submission,
    Vendor,
)
from generator.problems import Source
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from generator.rules.opendays import OpenDays

WEEKEND = ClosedDays(weekdays=("土", "日"), ground="条例1条1号")
HOLIDAYS = ClosedDays(holidays="祝日法", ground="条例1条2号")
NEW_YEAR = ClosedDays(start="12-29", end="01-03", name="年末年始", ground="条例1条3号")
CITY = Calendar(closed=(WEEKEND, HOLIDAYS, NEW_YEAR))
"""The calendar of nearly every local government."""

LIBRARY = Calendar(
    id="library",
    name="開館日",
    closed_name="休館日",
    closed=(
        ClosedDays(weekdays=("月",), on_holiday="next_day", ground="規則3条1号"),
        ClosedDays(weekdays=("木",), nth=("第3",), name="館内整理日", ground="規則3条2号"),
        ClosedDays(start="12-28", end="01-04", name="年末年始", ground="規則3条3号"),
        ClosedDays(date=dt.date(2026, 6, 9), until=dt.date(2026, 6, 12), name="特別整理期間", ground="規則3条4号"),
    ),
)
"""Of a town's library, which is open while the town hall is not."""

RECORD_FIELDS = {
    "incidents": ["title", "occurred", "contacted", "started", "restored", "category"],
    "arrangements": ["title", "arranged", "incident"],
    "changes": ["title", "changed"],
    "patches": ["title", "decided", "applied"],
    "accidents": ["title", "occurred"],
    "disposals": ["title", "disposed"],
    "invoices": ["title", "received", "inspected"],
    "meetings": ["title", "held"],
}


def day(text: str) -> dt.date:
    """A date from ISO text."""
    return dt.date.fromisoformat(text)


def iso(days: Sequence[dt.date | None]) -> list[str | None]:
    """ISO texts of dates."""
    return [one.isoformat() if one else None for one in days]


def at(line: int) -> Source:
    """A place in a file."""
    return Source("data/contracts/sample/deliverables.yml", line, 5)


def rule(**keys: Any) -> DueRule:
    """A rule from the keys of YAML, with plain values."""
    plain = dict(keys)
    on = plain.pop("on", ())
    plain["on"] = (on,) if isinstance(on, str) else tuple(on)
    plain["months"] = tuple(int(month) for month in plain.get("months", ()))
    plain["media"] = tuple(plain.get("media", ()))
    plain["periods"] = tuple(_period(one) for one in plain.get("periods", ()))
    plain["others"] = tuple(Reading(**one, source=at(13)) for one in plain.get("others", ()))
    if "last" in plain:
        plain["last"] = LastPeriod(**plain["last"], source=at(12))
    plain |= {key: parse_date(plain[key]) for key in ("start", "end") if key in plain}
    plain["provisional"] = plain.get("provisional") in (True, "true")
    return DueRule(**{"source": at(10), **plain})


def _period(data: Mapping[str, Any]) -> ExplicitPeriod:
    start, end = (one if isinstance(one, dt.date) else parse_date(one) for one in (data["start"], data["end"]))
    assert start is not None
    assert end is not None
    return ExplicitPeriod(start=start, end=end, on=data.get("on"), source=at(11))


def deliverable(no: str = "1", *rules: DueRule, **keys: Any) -> Deliverable:
    """A deliverable with its rules."""
    return Deliverable(**{"no": no, "title": f"文書{no}", "due": rules, "source": at(9), **keys})


def entry(kind: str, id_: str, **values: Any) -> Entry:
    """A record; texts that look like dates become dates, as intake makes them."""
    return Entry(kind=kind, id=id_, values={key: _value(value) for key, value in values.items()}, source=at(50))


def _value(value: Any) -> Any:
    try:
        if isinstance(value, str) and " " in value:
            return dt.datetime.fromisoformat(value)
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return value


def submission(number: str, date: str, **keys: str) -> Submission:
    """A submission, dates in ISO text."""
    dates = {key: day(keys.pop(key)) for key in ("due", "accepted", "returned") if key in keys}
    return Submission(deliverable=number, date=day(date), source=at(70), **dates, **keys)


def contract(
    *deliverables: Deliverable,
    start: str = "2026-04-01",
    end: str = "2029-03-31",
    signed: str | None = "2026-04-01",
    entries: Sequence[Entry] = (),
    submissions: Sequence[Submission] = (),
    cells: Sequence[Cell] = (),
    calendar: Calendar = CITY,
    calendars: Sequence[Calendar] = (LIBRARY,),
    service_levels: Sequence[ServiceLevel] = (),
    not_applicable: Sequence[NotApplicable] = (),
    id_: str = "sample",
) -> Contract:
    """A contract of three fiscal years, unless told otherwise."""
    head = ContractHead(
        title="見本業務委託",
        period=Period(start=day(start), end=day(end)),
        signed=day(signed) if signed else None,
        authority="city",
        vendor="firm",
        service_levels=tuple(service_levels),
        not_applicable=tuple(not_applicable),
        source=at(1),
    )
    return Contract(
        id=id_,
        head=head,
        authority=Authority(
            id="city", name="見本市", addressee="見本市長　様", calendar=calendar, calendars=tuple(calendars)
        ),
        vendor=Vendor(id="firm", name="見本株式会社"),
        cells=tuple(cells),
        deliverables=deliverables,
        entries=tuple(entries),
        submissions=tuple(submissions),
    )


def items(*rules: DueRule, as_of: str = "2026-04-01", **keys: Any) -> list[DueItem]:
    """The due items of one deliverable with these rules."""
    return due_items(contract(deliverable("1", *rules), **keys), day(as_of))


def dues(*rules: DueRule, **keys: Any) -> list[str | None]:
    """The due dates of one deliverable with these rules, in order."""
    return iso([item.due for item in items(*rules, **keys)])


def city_days() -> OpenDays:
    """The open days of the usual calendar."""
    return OpenDays(CITY)


def opened(date: str) -> OpenedDay:
    """A day opened against the calendar."""
    return OpenedDay(date=day(date), ground="告示第1号")
