"""Until when something has to be done, by both readings of `n時間以内`. Pure.

Clock hours: a contact inside reception hours, so many hours later by the clock. Service hours: only reception hours
count. A contact outside reception hours counts from the next opening by either reading. 民法139条: hours run at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model import Hours, ServiceLevel
from generator.rules.measures import span
from generator.rules.occasions import said
from generator.rules.opendays import OpenDays

CLOCK = "clock"
SERVICE = "service"

CLOCKS = {CLOCK: "時計の時間で数える", SERVICE: "受付時間だけを数える"}
"""The two readings of `n時間以内`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The instant by each reading, and which is taken."""

    begun: dt.datetime
    """The contact, or whatever else the time runs from."""
    start: dt.datetime
    """From when it is counted: that moment, or the next opening."""
    clock: dt.datetime
    service: dt.datetime | None
    """None when there is no reception time to count."""
    taken: str = CLOCK
    always: bool = False
    """Whether no reception hours are set, so that every hour counts."""
    word: str = "連絡"
    """What it runs from is called."""

    @property
    def target(self) -> dt.datetime:
        """The instant by the reading taken."""
        return self.service if self.taken == SERVICE and self.service is not None else self.clock

    @property
    def explanation(self) -> tuple[str, ...]:
        """Each step of the count in Japanese."""
        return tuple(_told(self))


def targets(begun: dt.datetime, level: ServiceLevel, days: OpenDays, word: str = "連絡") -> Targets:
    """Until when it has to be done; a level without reception hours of its own counts every hour of every day."""
    length, start = span(level), _opening(begun, level.hours, days)
    if level.hours is None or start is None:
        end = begun + length
        return Targets(begun=begun, start=begun, clock=end, service=end, always=level.hours is None, word=word)
    service = _served(start, length, level.hours, days)
    taken = SERVICE if level.clock == SERVICE else CLOCK
    return Targets(begun=begun, start=start, clock=start + length, service=service, taken=taken, word=word)


def _opening(moment: dt.datetime, hours: Hours | None, days: OpenDays) -> dt.datetime | None:
    """The moment itself inside reception hours, else the next opening."""
    if hours is None:
        return moment
    day = moment.date()
    if _serves(day, hours, days):
        opens, closes = _at(day, hours.start), _at(day, hours.end)
        if moment <= closes:
            return max(moment, opens)
    following = _next_day(day, hours, days)
    return _at(following, hours.start) if following else None


def _served(start: dt.datetime, length: dt.timedelta, hours: Hours, days: OpenDays) -> dt.datetime | None:
    """When so much reception time has passed."""
    if _at(start.date(), hours.end) <= _at(start.date(), hours.start):
        return None
    now: dt.datetime | None = start
    while now is not None and length > _at(now.date(), hours.end) - now:
        length -= _at(now.date(), hours.end) - now
        following = _next_day(now.date(), hours, days)
        now = _at(following, hours.start) if following else None
    return now + length if now is not None else None


def _serves(day: dt.date, hours: Hours, days: OpenDays) -> bool:
    return not hours.open_days_only or days.is_open(day)


def _next_day(day: dt.date, hours: Hours, days: OpenDays) -> dt.date | None:
    return days.next_open(day) if hours.open_days_only else day + dt.timedelta(days=1)


def _at(day: dt.date, clock: str) -> dt.datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=hour, minutes=minute)


def _told(found: Targets) -> list[str]:
    steps = [f"{found.word}は{_said(found.begun)}です。"]
    if found.always:
        return [*steps, f"受付時間の定めがないので、昼夜も休日も数えると{_said(found.clock)}です（民法139条）。"]
    if found.start != found.begun:
        steps.append(f"受付時間の外なので、次の受付の始まり{_said(found.start)}から数えます。")
    steps.append(f"時計の時間で数えると{_said(found.clock)}です（民法139条）。")
    steps.append(
        f"受付時間だけを数えると{_said(found.service)}です。" if found.service else "受付時間だけでは数えられません。"
    )
    return [*steps, f"採った読み方は「{CLOCKS[found.taken]}」です。"]


def _said(moment: dt.datetime) -> str:
    return f"{said(moment.date())}{moment.hour}時{moment.minute:02}分"
