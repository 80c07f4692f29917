"""着手の目標: until when work on an incident has to start, by both readings of `n時間以内`. Pure.

Clock hours: contact inside reception hours, so many hours later by the clock. Service hours: only reception hours
count. Contact outside reception hours counts from the next opening by either reading. 民法139条: hours run at once.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model import Contract, Hours, ServiceLevel
from generator.rules import events
from generator.rules.occasions import said
from generator.rules.opendays import OpenDays

CLOCK = "clock"
SERVICE = "service"
MET = "達成"
MISSED = "未達"
OPEN = "着手待ち"
STATES = (MET, MISSED, OPEN)

CLOCKS = {CLOCK: "時計の時間で数える", SERVICE: "受付時間だけを数える"}
"""The two readings of `n時間以内`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The instant by each reading, and which is taken."""

    start: dt.datetime
    """From when the hours run: the contact, or the next opening."""
    clock: dt.datetime
    service: dt.datetime | None
    """None when there is no reception time to count."""
    taken: str = CLOCK
    explanation: tuple[str, ...] = ()

    @property
    def target(self) -> dt.datetime:
        """The instant by the reading taken."""
        return self.service if self.taken == SERVICE and self.service is not None else self.clock


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResult:
    """One incident held against one service level."""

    incident: str
    level: str
    contacted: dt.datetime
    started: dt.datetime | None
    targets: Targets
    state: str
    """達成, 未達 or 着手待ち."""


def targets(contacted: dt.datetime, level: ServiceLevel, hours: Hours | None, days: OpenDays) -> Targets:
    """Until when work has to start; without reception hours every hour counts."""
    span = dt.timedelta(hours=level.within_hours or 0)
    start = _opening(contacted, hours, days)
    if hours is None or start is None:
        return Targets(start=contacted, clock=contacted + span, service=contacted + span)
    clock, service = start + span, _served(start, span, hours, days)
    taken = SERVICE if level.clock == SERVICE else CLOCK
    return Targets(
        start=start,
        clock=clock,
        service=service,
        taken=taken,
        explanation=_told(contacted, start, clock, service, taken),
    )


def judged(target: dt.datetime, started: dt.datetime | None, as_of: dt.date) -> str:
    """Met, missed, or still open at a day."""
    if started is not None:
        return MET if started <= target else MISSED
    return MISSED if target.date() < as_of else OPEN


def service_results(contract: Contract, as_of: dt.date) -> list[ServiceResult]:
    """Every incident against every service level that sets hours, in order of contact."""
    days = OpenDays(contract.authority.calendar)
    reception = next((level.hours for level in contract.head.service_levels if level.hours), None)
    levels = [level for level in contract.head.service_levels if level.within_hours]
    results = []
    for entry in events.entries_of(contract, "incidents"):
        contacted, started = (events.moment_of(entry.values.get(field)) for field in ("contacted", "started"))
        if not isinstance(contacted, dt.datetime):
            continue
        began = started if isinstance(started, dt.datetime) else None
        for level in levels:
            found = targets(contacted, level, level.hours or reception, days)
            results.append(
                ServiceResult(
                    incident=entry.id,
                    level=level.id,
                    contacted=contacted,
                    started=began,
                    targets=found,
                    state=judged(found.target, began, as_of),
                )
            )
    return sorted(results, key=lambda result: (result.contacted, result.incident, result.level))


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


def _served(start: dt.datetime, span: dt.timedelta, hours: Hours, days: OpenDays) -> dt.datetime | None:
    """When `span` of reception time has passed."""
    if _at(start.date(), hours.end) <= _at(start.date(), hours.start):
        return None
    now: dt.datetime | None = start
    while now is not None and span > _at(now.date(), hours.end) - now:
        span -= _at(now.date(), hours.end) - now
        following = _next_day(now.date(), hours, days)
        now = _at(following, hours.start) if following else None
    return now + span if now is not None else None


def _serves(day: dt.date, hours: Hours, days: OpenDays) -> bool:
    return not hours.open_days_only or days.is_open(day)


def _next_day(day: dt.date, hours: Hours, days: OpenDays) -> dt.date | None:
    return days.next_open(day) if hours.open_days_only else day + dt.timedelta(days=1)


def _at(day: dt.date, clock: str) -> dt.datetime:
    hour, minute = (int(part) for part in clock.split(":"))
    return dt.datetime.combine(day, dt.time()) + dt.timedelta(hours=hour, minutes=minute)


def _told(
    contacted: dt.datetime, start: dt.datetime, clock: dt.datetime, service: dt.datetime | None, taken: str
) -> tuple[str, ...]:
    steps = [f"連絡は{_said(contacted)}です。"]
    if start != contacted:
        steps.append(f"受付時間の外なので、次の受付の始まり{_said(start)}から数えます。")
    steps.append(f"時計の時間で数えると{_said(clock)}です（民法139条）。")
    steps.append(f"受付時間だけを数えると{_said(service)}です。" if service else "受付時間だけでは数えられません。")
    steps.append(f"採った読み方は「{CLOCKS[taken]}」です。")
    return tuple(steps)


def _said(moment: dt.datetime) -> str:
    return f"{said(moment.date())}{moment.hour}時{moment.minute:02}分"
