"""The plan of the year after: which dates are put there, and what somebody has to look at again.

Recurrences go on by themselves. A date of this year is put on the same place of the month of the next, never moved to
an open day: that is for a person to decide. Pure; the fiscal year is an argument.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Contract, Period, Task
from generator.rules import fiscal
from generator.rules.opendays import Almanac, OpenDays
from generator.rules.yearreviews import LOOKS, Review, Turn, short

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Rolled:
    """A task with its dates in the next year."""

    task: Task
    dates: tuple[dt.date, ...]


@dataclass(frozen=True)
class NextYear:
    """What rolling a contract into a fiscal year comes to."""

    year: Period
    rolled: tuple[Rolled, ...] = ()
    reviews: tuple[Review, ...] = ()
    beyond: tuple[Rolled, ...] = ()
    """Dates that would lie behind the end of the contract, and are not made."""

    @property
    def name(self) -> str:
        """`令和9年度`."""
        return fiscal.fiscal_year_name(self.year.start.year)


def next_year(contract: Contract, as_of: dt.date) -> NextYear:
    """The year after the fiscal year of a day; empty where the contract has ended by then."""
    year = fiscal.fiscal_year_of(as_of)
    turn = Turn(contract, fiscal.fiscal_year(year), fiscal.fiscal_year(year + 1), as_of)
    if contract.head.period.end < turn.new.start:
        return NextYear(turn.new)
    found = [rolled for task in contract.tasks if (rolled := _rolled(task, turn))]
    inside, beyond = _parted(found, turn.last)
    reviews = [review for rolled in inside for review in _dated(rolled, turn)]
    for look in LOOKS:
        reviews += look(turn)
    return NextYear(turn.new, tuple(inside), tuple(sorted(reviews)), tuple(beyond))


def _rolled(task: Task, turn: Turn) -> Rolled | None:
    """The dates of a task a year later; None where it has none, or has some in the next year already."""
    own = [day for day in task.dates if turn.old.start <= day <= turn.old.end]
    done = any(turn.new.start <= day <= turn.new.end for day in task.dates)
    return Rolled(task, tuple(year_later(day) for day in own)) if own and not done else None


def _parted(found: Sequence[Rolled], last: dt.date) -> tuple[list[Rolled], list[Rolled]]:
    """The dates within the contract and within the time of their task, and those behind."""
    parts: tuple[list[Rolled], list[Rolled]] = ([], [])
    for rolled in found:
        end = min(last, rolled.task.end or last)
        for part, days in zip(
            parts, ([d for d in rolled.dates if d <= end], [d for d in rolled.dates if d > end]), strict=True
        ):
            part += [Rolled(rolled.task, tuple(days))] if days else []
    return parts


def year_later(day: dt.date) -> dt.date:
    """The same place in the month a year later; the last day of February stays the last."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    ends = day.month == 2 and (day + _DAY).month == 3
    return day.replace(year=day.year + 1, day=last if ends else day.day)


def _dated(rolled: Rolled, turn: Turn) -> Iterator[Review]:
    """A date that was put by rule: with what it was before, and the open days around it where it is closed."""
    days, place = Almanac(turn.contract).work, rolled.task.place("dates")
    before = {year_later(day): day for day in rolled.task.dates if turn.old.start <= day <= turn.old.end}
    for day in rolled.dates:
        yield Review(place, _put(day, before[day], days))
    if rolled.task.count:
        yield Review(place, f"仕様書の定めは「{rolled.task.count}」")


def _put(day: dt.date, before: dt.date, days: OpenDays) -> str:
    was = f"・{days.closed_name}" if not days.is_open(before) else ""
    said = f"{short(day)}は前年度の {short(before, was)}に倣って置いた"
    if why := days.why_closed(day):
        around = "、".join(
            f"{word}の{days.open_name}は {short(near)}"
            for word, near in (("前", days.previous_open(day)), ("後", days.next_open(day)))
            if near
        )
        said += f"。{why}のため{days.closed_name}。{around}"
    return said
