"""業務の完了: what was handed over up to the day of a letter, and where the work was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.documents.chain import items_of
from generator.documents.plan import Document
from generator.documents.summary import Summary, summary
from generator.model import Contract, Deliverable, Period, Submission
from generator.rules import states
from generator.rules.dueitem import DueItem, number_key

DELIVERY = "納品場所"
WORK = ("施行場所", "履行場所")


@dataclass(frozen=True)
class HandedOver:
    """One handing over of a deliverable."""

    deliverable: Deliverable
    occasion: str
    """What it was for, in words: `令和8年4月`; empty where it has no period or record."""
    date: dt.date
    accepted: dt.date | None
    """When it was accepted, if it was by the day of the letter."""


def handed_over(document: Document, items: Sequence[DueItem], day: dt.date) -> list[HandedOver]:
    """What was handed over in the period of a record, by the day of its letter, but for that letter itself.

    A record without a period tells of all that was handed over by then. Later acceptances are left out as well, so that
    a letter that was handed over can be made again.
    """
    own = items_of(document, items)
    made = _last([s for s in _made(document, day) if not any(states.belongs(s, item) for item in own)])
    return sorted(_told(document.contract, made, items, day), key=lambda h: (h.date, number_key(h.deliverable.no)))


def _made(document: Document, day: dt.date) -> Iterator[Submission]:
    period = document.entry.values.get("period") if document.entry else None
    first, last = (period["start"], min(period["end"], day)) if period else (dt.date.min, day)
    return (made for made in document.contract.submissions if first <= made.date <= last)


def _last(made: Iterable[Submission]) -> list[Submission]:
    """What was returned and handed over again counts once, as it was last handed over."""
    by_item = {
        (s.deliverable, s.due, s.period, s.event, s.scope, s.medium): s for s in sorted(made, key=lambda s: s.date)
    }
    return list(by_item.values())


def _told(
    contract: Contract, submissions: Iterable[Submission], items: Sequence[DueItem], day: dt.date
) -> Iterator[HandedOver]:
    deliverables = {deliverable.no: deliverable for deliverable in contract.deliverables}
    for made in submissions:
        if made.deliverable in deliverables:
            occasion = next((item.occasion for item in items if states.belongs(made, item)), None)
            accepted = made.accepted if made.accepted and made.accepted <= day else None
            yield HandedOver(deliverables[made.deliverable], occasion or "", made.date, accepted)


@dataclass(frozen=True)
class Delivered:
    """A deliverable with everything that was handed over of it."""

    deliverable: Deliverable
    made: tuple[HandedOver, ...]

    @property
    def accepted(self) -> int:
        """How many were accepted."""
        return sum(one.accepted is not None for one in self.made)


def delivered(document: Document, items: Sequence[DueItem], day: dt.date) -> list[Delivered]:
    """The same by deliverable, in the order of their numbers."""
    groups: dict[str, list[HandedOver]] = {}
    for one in handed_over(document, items, day):
        groups.setdefault(one.deliverable.no, []).append(one)
    return [Delivered(groups[no][0].deliverable, tuple(groups[no])) for no in sorted(groups, key=number_key)]


def work_done(document: Document, day: dt.date) -> Summary | None:
    """The figures of a record's period, as they are known on a day; None for a record without a period."""
    period = document.entry.values.get("period") if document.entry else None
    return summary(document.contract, Period(start=period["start"], end=period["end"]), day) if period else None


def place_of_work(contract: Contract) -> tuple[str, str]:
    """What the contract calls the place of work, and where it is; a line for each place, but not for that of delivery."""
    places = [place for place in contract.head.places if place.use != DELIVERY]
    title = next((place.use for place in places if place.use in WORK), WORK[-1])
    named = [f"{place.name}（{place.address}）" if place.name else place.address for place in places]
    return title, "\n".join(dict.fromkeys(named))
