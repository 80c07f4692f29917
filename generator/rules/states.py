"""The state of a due item at a given day, from what was handed over and what the authority said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.model import Contract, Submission
from generator.rules.dueitem import DueItem

OUT_OF_SCOPE = "対象外"
PLANNED = "予定"
SOON = "期限間近"
LATE = "遅延"
SUBMITTED = "提出済"
SUBMITTED_LATE = "遅延提出"
ACCEPTED = "検収済"
RETURNED = "差戻し"

STATES = {
    OUT_OF_SCOPE: "条件となる事象がない、または根拠の条項が契約に当てはまらないため、いまは求められない。",
    PLANNED: "期日まで間がある、または日付がまだない。",
    SOON: "期日まで14日以内で、まだ提出していない。",
    LATE: "期日を過ぎたが、まだ提出していない。期日の当日は遅延ではない。",
    SUBMITTED: "期日までに提出した。",
    SUBMITTED_LATE: "期日を過ぎて提出した。",
    ACCEPTED: "検収を受けた。",
    RETURNED: "差戻しを受け、まだ再提出していない。",
}
"""Every state with what it means."""

HANDED_OVER = "提出の記録があるため、提出を要したものとして扱います。"

SOON_DAYS = 14
"""A date this many days ahead, or nearer, is 期限間近."""


NO_TIME = "提出の時刻の記録がないため、{}までに提出したかどうかは分かりません。"
"""Said of what was handed over on the day of a deadline that ends at a time of the day."""

PARTLY = "{}人のうち{}人の分を提出しています。"


def with_states(
    items: Iterable[DueItem],
    submissions: Iterable[Submission],
    as_of: dt.date,
    people: Mapping[str, dt.date] | None = None,
) -> list[DueItem]:
    """The items with their state at `as_of`; what was handed over later has not happened yet.

    `people` are those who hand something over each, with the day on which each of them began: what was handed over for
    one of them by name is not handed over for the others who had begun by the date.
    """
    made: dict[tuple[str, object], list[Submission]] = {}
    for submission in submissions:
        if submission.date <= as_of:
            made.setdefault((submission.deliverable, submission.event or submission.due), []).append(submission)
    return [_with_state(item, _named(item, made), as_of, people or {}) for item in items]


def belongs(submission: Submission, item: DueItem) -> bool:
    """Whether a submission was made for an item: same deliverable, and the date or the record it names.

    Scope, medium and period narrow only where the submission gives them. A submission that names neither date nor record
    is for an item that has neither; one that says it is for what has no date is for no other.
    """
    if submission.deliverable != item.deliverable:
        return False
    if any(
        given not in (None, has) for given, has in ((submission.scope, item.scope), (submission.medium, item.medium))
    ):
        return False
    if submission.period is not None and (item.period is None or item.period.start != submission.period):
        return False
    if submission.undated and item.due is not None:
        return False
    if submission.event is None and submission.due is None:
        return item.due is None and item.event is None
    same_event = submission.event is None or submission.event == str(item.event or "")
    return same_event and (submission.due is None or submission.due == item.due)


def people_of(contract: Contract) -> dict[str, dt.date]:
    """Whoever holds a role on the vendor's side, with the day on which the first of them begins."""
    ours = {role.id for role in contract.staff.roles if role.side == "vendor"}
    found: dict[str, dt.date] = {}
    for appointment in sorted(contract.staff.appointments, key=lambda appointment: appointment.start):
        if appointment.role in ours:
            found.setdefault(appointment.person, appointment.start)
    return found


def counts_for(submission: Submission, person: str | None) -> bool:
    """Whether a submission is one of a person's: it names that person, or nobody."""
    return submission.person in (None, person)


def _named(item: DueItem, made: dict[tuple[str, object], list[Submission]]) -> list[Submission]:
    """The submissions that name the item's record or its date, or neither where it has neither."""
    names: dict[object, None] = {str(item.event) if item.event else item.due: None, item.due: None}
    return [submission for name in names for submission in made.get((item.deliverable, name), [])]


def _with_state(item: DueItem, submissions: list[Submission], as_of: dt.date, people: Mapping[str, dt.date]) -> DueItem:
    mine = sorted((s for s in submissions if belongs(s, item)), key=lambda submission: submission.date)
    if not mine:
        return replace(item, state=_open_state(item, as_of))
    asked = _asked(item, mine, as_of, people)
    lasts = [
        own[-1] for name in asked if (own := [s for s in mine if counts_for(s, name)])
    ]  # of a day, the last written
    steps = item.explanation if item.applies else (*item.explanation, HANDED_OVER)
    if len(lasts) < len(asked):
        part = replace(item, applies=True, explanation=(*steps, PARTLY.format(len(asked), len(lasts))))
        return replace(part, state=_open_state(part, as_of))
    if any(in_time(item, last) is None for last in lasts):
        steps = (*steps, NO_TIME.format(item.due_time))
    found = [_handed_over(item, last, as_of) for last in lasts]
    state = next(state for state in _LEAST_FIRST if state in found)
    return replace(item, state=state, submitted=max(s.date for s in lasts), applies=True, explanation=steps)


def _asked(
    item: DueItem, mine: Iterable[Submission], as_of: dt.date, people: Mapping[str, dt.date]
) -> list[str | None]:
    """Whoever has to hand over, where somebody has done so by name; else nobody in particular."""
    named = {submission.person: None for submission in mine if submission.person}
    day = max(item.due or as_of, min(people.values(), default=as_of))
    begun = (name for name, start in people.items() if start <= day)
    return [*dict.fromkeys((*begun, *named))] if named else [None]


def _open_state(item: DueItem, as_of: dt.date) -> str:
    if not item.applies:
        return OUT_OF_SCOPE
    if item.due is None:
        return PLANNED
    if item.due < as_of:
        return LATE
    return SOON if (item.due - as_of).days <= SOON_DAYS else PLANNED


def _handed_over(item: DueItem, last: Submission, as_of: dt.date) -> str:
    accepted = last.accepted if last.accepted and last.accepted <= as_of else None
    returned = last.returned if last.returned and last.returned <= as_of else None
    if accepted and (returned is None or returned <= accepted):
        return ACCEPTED
    if returned:
        return RETURNED
    return SUBMITTED_LATE if in_time(item, last) is False else SUBMITTED


def in_time(item: DueItem, made: Submission) -> bool | None:
    """Whether something was handed over by its date, or time; None where only the day is known and the time decides."""
    if item.due is None or made.date != item.due:
        return item.due is None or made.date < item.due
    if item.due_time is None:
        return True
    return None if made.time is None else _minutes(made.time) <= _minutes(item.due_time)


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


_LEAST_FIRST = (RETURNED, SUBMITTED_LATE, SUBMITTED, ACCEPTED)
"""Of what several have handed over the state that counts for all: the first of these."""
