"""The state of a due item at a given day, from what was handed over and what the authority said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from generator.model import Submission
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


def with_states(items: Iterable[DueItem], submissions: Iterable[Submission], as_of: dt.date) -> list[DueItem]:
    """The items with their state at `as_of`; what was handed over later has not happened yet."""
    made: dict[tuple[str, object], list[Submission]] = {}
    for submission in submissions:
        if submission.date <= as_of:
            made.setdefault((submission.deliverable, submission.event or submission.due), []).append(submission)
    return [_with_state(item, _named(item, made), as_of) for item in items]


def belongs(submission: Submission, item: DueItem) -> bool:
    """Whether a submission was made for an item: same deliverable, and the date or the record it names.

    Scope, medium and period narrow only where the submission gives them. A submission that names neither date nor record
    is for an item that has neither.
    """
    if submission.deliverable != item.deliverable:
        return False
    if any(
        given not in (None, has) for given, has in ((submission.scope, item.scope), (submission.medium, item.medium))
    ):
        return False
    if submission.period is not None and (item.period is None or item.period.start != submission.period):
        return False
    if submission.event is None and submission.due is None:
        return item.due is None and item.event is None
    same_event = submission.event is None or submission.event == str(item.event or "")
    return same_event and (submission.due is None or submission.due == item.due)


def _named(item: DueItem, made: dict[tuple[str, object], list[Submission]]) -> list[Submission]:
    """The submissions that name the item's record or its date, or neither where it has neither."""
    names: dict[object, None] = {str(item.event) if item.event else item.due: None, item.due: None}
    return [submission for name in names for submission in made.get((item.deliverable, name), [])]


def _with_state(item: DueItem, submissions: list[Submission], as_of: dt.date) -> DueItem:
    mine = [submission for submission in submissions if belongs(submission, item)]
    if not mine:
        return replace(item, state=_open_state(item, as_of))
    last = sorted(mine, key=lambda submission: submission.date)[-1]  # of one day, the one written last
    done = replace(item, state=_handed_over(item, last, as_of), submitted=last.date)
    return done if item.applies else replace(done, applies=True, explanation=(*item.explanation, HANDED_OVER))


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
    return SUBMITTED_LATE if item.due is not None and last.date > item.due else SUBMITTED
