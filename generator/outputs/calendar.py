"""Due items as an iCalendar feed (RFC 5545) that calendar programs subscribe to.

The library `icalendar` writes it: folding at 75 octets without splitting a character, escaping and line ends are its
trade, it is pure Python, and its output depends on nothing but its input. It is imported on first use.
Nothing comes from the clock: DTSTAMP is the day the feed is made for. A UID is made of what an item is, not of its
date, so that a moved date moves the event.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from generator.outputs import folders
from generator.rules import flags, states
from generator.rules.dueitem import DueItem, order
from generator.rules.labels import MEDIA, OBLIGORS, SCOPES

if TYPE_CHECKING:
    from icalendar import Alarm, Event

    from generator.outputs.site.told import Told

ALARM_DAYS = (7, 1)
"""Days before the due date on which a calendar program reminds."""

DONE = (states.SUBMITTED, states.SUBMITTED_LATE, states.ACCEPTED)
"""States in which nobody has to be reminded any more."""

PRODUCT = "-//Nohin//Due items//JA"


def to_ics(items: Iterable[DueItem], as_of: dt.date, name: str = "納品物件の期限", named: bool | None = None) -> str:
    """The feed. Undated items have no day, and 対象外 ones claim none: both are left out.

    `named` says whether each event names its contract; unless told, it does where there are several.
    """
    from icalendar import Calendar

    items = sorted(items, key=order)
    named = len({item.contract for item in items}) > 1 if named is None else named

    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", name)
    for item in items:
        if item.due is not None and item.state != states.OUT_OF_SCOPE:
            calendar.add_component(_event(item, item.due, as_of, named))
    content: bytes = calendar.to_ical()
    return content.decode("utf-8")


def write_all(told: Iterable[Told], made: Collection[str], target: Path, as_of: dt.date) -> None:
    """One feed for each contract that is made, and one for all there are."""
    everything: list[DueItem] = []
    for one in told:
        everything += one.items
        if one.contract.id in made:
            feed = to_ics(one.items, as_of, one.contract.head.title, named=False)
            folders.write(target / "calendars" / f"{one.contract.id}.ics", feed.encode())
    folders.write(target / "calendars" / "all.ics", to_ics(everything, as_of, named=True).encode())


def uid(item: DueItem) -> str:
    """Stable for as long as the contract has the duty."""
    return f"{hashlib.sha256(item.key.encode('utf-8')).hexdigest()[:32]}@nohin"


def _event(item: DueItem, due: dt.date, as_of: dt.date, named: bool) -> Event:
    from icalendar import Event

    event = Event()
    event.add("UID", uid(item))
    event.add("DTSTAMP", dt.datetime.combine(as_of, dt.time(), tzinfo=dt.UTC))
    event.add("DTSTART", due)
    event.add("DTEND", due + dt.timedelta(days=1))
    summary = (f"【{item.contract_title}】" if named else "") + _summary(item)
    event.add("SUMMARY", summary)
    event.add("DESCRIPTION", _description(item))
    event.add("CATEGORIES", [item.contract, item.state])
    event.add("STATUS", "TENTATIVE" if {flags.UNANNOUNCED, flags.ASSUMED} & set(item.flags) else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT")
    if item.state not in DONE:
        for days in ALARM_DAYS:
            event.add_component(_alarm(summary, days))
    return event


def _alarm(summary: str, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("TRIGGER", dt.timedelta(days=-days))
    alarm.add("DESCRIPTION", f"{days}日前: {summary}")
    return alarm


def _summary(item: DueItem) -> str:
    number = f"{item.deliverable} " if item.listed else ""
    parts = [SCOPES.get(item.scope or ""), MEDIA.get(item.medium or ""), item.occasion]
    detail = "・".join(part for part in parts if part)
    time = f" {item.due_time}まで" if item.due_time else ""
    state = f"［{item.state}］" if item.state in (*DONE, states.RETURNED) else ""
    return f"{state}{number}{item.title}{f'（{detail}）' if detail else ''}{time}"


def _description(item: DueItem) -> str:
    lines = [
        f"契約: {item.contract_title or item.contract}",
        f"義務を負う者: {OBLIGORS.get(item.obligor, item.obligor)}",
        f"状態: {item.state}",
    ]
    lines += [f"期限の文言: {item.phrase}"] if item.phrase else []
    lines += [f"条件: {item.condition}"] if item.condition else []
    lines += [f"注意: {'、'.join(item.flags)}"] if item.flags else []
    return "\n".join([*lines, *item.explanation])
