"""What has to be looked at again at the turn of a fiscal year: who leaves, what lapses, what was meant for one year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.intake.eras import NotADate, parse_date, wareki, wareki_weekday
from generator.model import Appointment, Contract, DueRule, Period
from generator.problems import Source
from generator.rules import events
from generator.rules.approvals import name_of
from generator.rules.states import people_of

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True)
class Review:
    """Something that has to be looked at again, at the value it is about."""

    place: Source
    said: str


@dataclass(frozen=True)
class Turn:
    """The turn of the year: the contract, the year that ends and the one that begins, and the day it is seen from."""

    contract: Contract
    old: Period
    new: Period
    as_of: dt.date

    @property
    def last(self) -> dt.date:
        """The last day of the next year that lies in the contract."""
        return min(self.new.end, self.contract.head.period.end)


def short(day: dt.date, more: str = "") -> str:
    """`2027-11-15（月）`."""
    return f"{day.isoformat()}（{wareki_weekday(day)[-2]}{more}）"


def _tasks_that_end(turn: Turn) -> Iterator[Review]:
    """A task that ends this year is not in the next one's plan."""
    for task in turn.contract.tasks:
        if task.end and turn.old.start <= task.end < turn.new.start:
            yield Review(task.place("end"), f"この作業は{wareki(task.end)}に終わり、翌年度の計画には載らない。続けるか")


def _appointments_that_end(turn: Turn) -> Iterator[Review]:
    """Somebody leaves a role, and nobody is appointed from the day after."""
    for held in turn.contract.staff.appointments:
        if held.end and turn.as_of <= held.end < turn.last and not _succeeded(turn.contract, held):
            name = name_of(turn.contract, held.person)
            said = f"{name}の任命は{wareki(held.end)}に終わる。翌日からこの役割に就く者が任命されていない"
            yield Review(held.place("end"), said)


def _succeeded(contract: Contract, held: Appointment) -> bool:
    after = (held.end or dt.date.max - _DAY) + _DAY
    others = (a for a in contract.staff.appointments if (a.role, a.deputy) == (held.role, held.deputy))
    return any(a.start <= after <= (a.end or dt.date.max) for a in others)


def _certificates_that_lapse(turn: Turn) -> Iterator[Review]:
    """A certification ends before the next year does, and was not renewed."""
    last = {
        held.name: held for held in sorted(turn.contract.vendor.certifications, key=lambda c: c.expires or dt.date.max)
    }
    for held in last.values():
        if held.expires and held.expires < turn.last:
            said = f"{held.name}は{wareki(held.expires)}に切れる。更新したら有効期限を書き替える"
            yield Review(held.place("expires"), said)


def _training_that_is_old(turn: Turn) -> Iterator[Review]:
    """Whoever works in the next year was trained last before this one began."""
    staff, ours = turn.contract.staff, people_of(turn.contract)
    there = {a.person for a in staff.appointments if a.start <= turn.new.start <= (a.end or dt.date.max)}
    places = {(training.person, training.date): training.place("date") for training in staff.training}
    last: dict[str, dt.date] = {}
    for person, day in (*places, *_recorded(turn.contract)):
        last[person] = max(day, last.get(person, day))
    for one in staff.people:
        latest = last.get(one.id)
        if latest and latest < turn.old.start and one.id in there and one.id in ours:
            yield Review(places.get((one.id, latest), one.source), f"{one.name}の教育は{wareki(latest)}が最後である")


def _recorded(contract: Contract) -> Iterator[tuple[str, dt.date]]:
    for entry in events.entries_of(contract, "trainings", {"kind": "education"}):
        yield from ((person, entry.values["held"]) for person in entry.values["attendees"])


def _checklist_to_check_again(turn: Turn) -> Iterator[Review]:
    """The period of the checklist ends before the next year does."""
    checklist = turn.contract.checklist
    if checklist.period and turn.as_of <= turn.last and checklist.period.end < turn.last:
        until, count = wareki(checklist.period.end), len(checklist.answers)
        said = f"確認の期間は{until}まで。期間を改め、回答 {count} 件を確かめ直す"
        yield Review(checklist.place("period"), said)


def _dates_of_the_specification(turn: Turn) -> Iterator[Review]:
    """The specification prints dates of this year for a deadline, and none of a later one."""
    cells = [rule for cell in turn.contract.cells for rule in cell.due]
    for rule in (*cells, *(rule for d in turn.contract.deliverables for rule in d.due)):
        days = sorted(_printed(rule))
        if days and turn.old.start <= days[-1] <= turn.old.end:
            said = f"仕様書の挙げる日付は {short(days[-1])}が最後で、翌年度の分はない"
            yield Review(rule.place("periods" if rule.periods else "on"), said)


def _printed(rule: DueRule) -> Iterator[dt.date]:
    yield from (period.end for period in rule.periods)
    for text in (*rule.on, *(period.on for period in rule.periods)):
        try:
            day = parse_date(text or "")
        except NotADate:
            day = None
        if day:
            yield day


LOOKS: tuple[Callable[[Turn], Iterator[Review]], ...] = (
    _tasks_that_end,
    _appointments_that_end,
    _certificates_that_lapse,
    _training_that_is_old,
    _checklist_to_check_again,
    _dates_of_the_specification,
)
"""What has to be looked at again at the turn of a year; add a function and its name here."""
