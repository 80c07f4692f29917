"""教育・訓練: what staff.yml and the records of trainings tell, as one list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.model import Contract, Entry
from generator.rules import events, fiscal


@dataclass(frozen=True)
class Lesson:
    """教育・訓練: who took part, and who did not."""

    day: dt.date
    title: str
    people: tuple[str, ...]
    absent: tuple[str, ...] = ()
    kind: str | None = None
    """`education` or `drill`; None where only staff.yml tells of it."""


def lessons_of(contract: Contract, person: str, until: dt.date) -> list[Lesson]:
    """What a person was taught by a day, in order."""
    return [lesson for lesson in _lessons(contract) if person in lesson.people and lesson.day <= until]


def lessons_so_far(contract: Contract, day: dt.date) -> list[Lesson]:
    """What was taught in the fiscal year of a day, up to that day."""
    start = fiscal.fiscal_year(fiscal.fiscal_year_of(day)).start
    return [lesson for lesson in _lessons(contract) if start <= lesson.day <= day]


def _lessons(contract: Contract) -> list[Lesson]:
    """Every training by day: the records, and what staff.yml tells of besides.

    A person is taught once a day: a row of staff.yml of that day is the training the record tells of.
    """
    records = [_recorded(entry) for entry in events.entries_of(contract, "trainings")]
    told = {(lesson.day, name) for lesson in records for name in lesson.people}
    besides: dict[tuple[dt.date, str], list[str]] = {}
    for row in contract.staff.training:
        if (row.date, row.person) not in told:
            besides.setdefault((row.date, row.title), []).append(row.person)
    own = [Lesson(day, title, tuple(dict.fromkeys(names))) for (day, title), names in besides.items()]
    return sorted((*records, *own), key=lambda lesson: (lesson.day, lesson.title))


def _recorded(entry: Entry) -> Lesson:
    values = entry.values
    people, absent = (tuple(values.get(key) or ()) for key in ("attendees", "absent"))
    return Lesson(values["held"], str(values["title"]), people, absent, values["kind"])
