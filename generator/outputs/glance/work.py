"""What a glance says of the work of both sides: what is due, what was handed over, what waits for an acceptance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from generator.documents.views import label
from generator.model import Contract, Period, Submission
from generator.outputs.cache import key
from generator.outputs.glance.lines import Line, line, together
from generator.outputs.site.deadlinepages import NEAR, OVERDUE, TO_COME
from generator.outputs.site.statewords import awaits_answer, state_word
from generator.rules import states
from generator.rules.approvals import name_of
from generator.rules.dueitem import DueItem

AHEAD, BACK = dt.timedelta(days=120), dt.timedelta(days=60)
"""How far a glance looks: enough for a reader who opens the site weeks after it was made."""


@dataclass(frozen=True)
class Duties:
    """What one side has to do."""

    late: tuple[Line, ...] = ()
    """Past its day, or returned."""
    soon: tuple[Line, ...] = ()
    """Due within `NEAR`, by day."""
    later: tuple[Line, ...] = ()
    """Due after that, within `AHEAD`."""
    undated: tuple[Line, ...] = ()
    """Of periods that are over: without a date, and without a word that it was done."""
    next: Line | None = None
    """What is due next, however far ahead."""


def duties(contract: Contract, items: Sequence[DueItem], obligor: str, as_of: dt.date) -> Duties:
    """The due items of one side; `items` are all of the contract, by day."""
    own = [item for item in items if item.obligor == obligor]
    accepted = {(item.title, item.period) for item in items if item.state == states.ACCEPTED and item.period}
    to_come = [item for item in own if item.state in TO_COME and item.due]
    ahead = _due(contract, (item for item in to_come if item.due and item.due <= as_of + AHEAD))
    return Duties(
        late=_due(contract, (item for item in own if item.state in OVERDUE)),
        soon=tuple(one for one in ahead if one.day <= as_of + NEAR),
        later=tuple(one for one in ahead if one.day > as_of + NEAR),
        undated=_undated(contract, (item for item in own if _left_undone(item, as_of) and not _told(item, accepted))),
        next=next(iter(_due(contract, to_come[:1])), None),
    )


def _left_undone(item: DueItem, as_of: dt.date) -> bool:
    over = item.period is not None and item.period.end < as_of
    return over and item.due is None and item.state == states.PLANNED


def _told(item: DueItem, accepted: Collection[tuple[str, Period | None]]) -> bool:
    """Whether an inspection is told of by the acceptance of what is inspected: 報告書の検査 by 報告書 of that period."""
    title = item.title.removesuffix("の検査").removesuffix("の検収")
    return title != item.title and (title, item.period) in accepted


def _due(contract: Contract, items: Iterable[DueItem]) -> tuple[Line, ...]:
    """Those of one deliverable, day and occasion together: the delta and the whole, the data and the paper."""
    return together((_item(contract, item, item.occasion), _manner(item.scope, item.medium)) for item in items)


def _undated(contract: Contract, items: Iterable[DueItem]) -> tuple[Line, ...]:
    """All those of a deliverable together, told apart by their periods."""
    return together((_item(contract, item, None), item.occasion or "") for item in items)


def _item(contract: Contract, item: DueItem, note: str | None) -> Line:
    own = line(contract, item.title, f"deadlines.html#{item.anchor}")
    return replace(own, date=item.due, state=state_word(item), note=note or "")


def _manner(scope: str | None, medium: str | None, *more: str) -> str:
    """`差分・電子データ`."""
    said = (
        label("deliverables", "deliverables.*.due.*.scope", scope),
        label("submissions", "submissions.*.medium", medium),
    )
    return "・".join(filter(None, (*said, *more)))


def waiting(contract: Contract, items: Iterable[DueItem]) -> tuple[Line, ...]:
    """What the vendor handed over and nobody has accepted or returned, with the day on which it was handed over."""
    handed = (item for item in items if awaits_answer(item))
    lines = ((replace(_item(contract, item, item.occasion), date=item.submitted), item) for item in handed)
    return together((own, _manner(item.scope, item.medium)) for own, item in lines)


def handed_over(contract: Contract, items: Sequence[DueItem], as_of: dt.date) -> tuple[Line, ...]:
    """What the vendor handed over within `BACK`, the newest first; together what went the same day for one occasion."""
    ours = {d.no: d.title for d in contract.deliverables if d.obligor == "vendor"}
    made = [s for s in contract.submissions if as_of - BACK <= s.date <= as_of and s.deliverable in ours]
    newest = sorted(made, key=lambda submission: submission.date, reverse=True)
    return together(_submitted(contract, ours[one.deliverable], items, one, as_of) for one in newest)


def _submitted(
    contract: Contract, title: str, items: Sequence[DueItem], made: Submission, as_of: dt.date
) -> tuple[Line, str]:
    item = next((item for item in items if states.belongs(made, item)), None)
    own = line(contract, title, f"deadlines.html#{item.anchor}" if item else "deadlines.html")
    own = replace(own, date=made.date, state=states.SUBMITTED, keys=(_key(contract, made),))
    if item:
        (judged,) = states.with_states([item], [made], as_of)
        own = replace(own, state=state_word(judged), note=item.occasion or "")
    return own, _manner(made.scope, made.medium, *_person(contract, made))


def _person(contract: Contract, made: Submission) -> Iterator[str]:
    if made.person:
        yield name_of(contract, made.person)


def _key(contract: Contract, made: Submission) -> str:
    said = (made.deliverable, made.due, made.period, made.scope, made.medium, made.event, made.person, made.date)
    return key(contract.id, *(str(part) for part in said))[:12]
