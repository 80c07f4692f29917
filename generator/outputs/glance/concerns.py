"""What a glance says somebody should look after: incidents, approvals, and what is about to lapse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.documents.approvals import STALE, Box
from generator.documents.render import Body
from generator.model import Contract, Entry
from generator.outputs.glance.lapses import ROLE, lapses, next_certification
from generator.outputs.glance.lines import Line, line
from generator.outputs.site import plainpages
from generator.outputs.site.incidentpages import ENDS, OPEN
from generator.rules import events


def not_over(known: Contract) -> tuple[Line, ...]:
    """Incidents without a restoration and accidents that are not closed, the oldest first."""
    found = [entry for kind in ENDS for entry in events.entries_of(known, kind) if not entry.values.get(ENDS[kind])]
    return tuple(sorted((_entry(known, entry) for entry in found), key=lambda own: (own.day, own.href)))


def _entry(known: Contract, entry: Entry) -> Line:
    own = line(known, str(entry.values.get("title") or entry.id), f"records/{entry.kind}.html#r-{entry.id}")
    waits = entry.kind == "incidents" and not entry.values.get("started")
    note = f"{events.kind_title(entry.kind)}　{entry.id}"
    return replace(own, date=events.happened_on(entry), state="着手の記録なし" if waits else OPEN, note=note)


def stale(contract: Contract, bodies: Iterable[Body]) -> tuple[Line, ...]:
    """Documents whose approvals hold no longer, with the day of the first of these and why."""
    return tuple(_stale(contract, made, ended) for made in bodies if (ended := list(_ended(made))))


def _ended(made: Body) -> Iterator[Box]:
    for box in made.approvals.lines if made.approvals else ():
        if box.standing and box.standing.state == STALE:
            yield box


def _stale(contract: Contract, made: Body, boxes: Sequence[Box]) -> Line:
    standings = [box.standing for box in boxes if box.standing]
    reasons = dict.fromkeys(standing.reason for standing in standings)
    date = min(standing.approval.at.date() for standing in standings)
    own = _document(contract, made, boxes)
    return replace(own, date=date, state=STALE, note=f"{own.note}　{'、'.join(reasons)}")


def unapproved(contract: Contract, bodies: Iterable[Body]) -> tuple[Line, ...]:
    """Documents with boxes that nobody has filled in yet."""
    return tuple(_document(contract, made, blank) for made in bodies if (blank := list(_blank(made))))


def _blank(made: Body) -> Iterator[Box]:
    for box in made.approvals.boxes if made.approvals else ():
        if box.standing is None:
            yield box


def _document(contract: Contract, made: Body, boxes: Sequence[Box]) -> Line:
    own = line(contract, made.document.title, f"documents/{made.document.id}.html#approvals")
    return replace(own, note="・".join(box.title for box in boxes))


def lapsing(contract: Contract, bodies: Sequence[Body], as_of: dt.date) -> tuple[Line, ...]:
    """What has lapsed or is about to, by its last day."""
    structure = plainpages.where(contract, bodies, "support-structure")
    return tuple(
        replace(
            line(contract, found.title, structure if structure and found.subject == ROLE else "index.html#overview"),
            date=found.last,
            state=found.state,
            note=found.whose,
        )
        for found in lapses(contract, as_of)
    )


def lapsing_next(contract: Contract, as_of: dt.date) -> Line | None:
    """The certification that lapses first, however far ahead."""
    found = next_certification(contract, as_of)
    own = line(contract, found.title, "index.html#overview") if found else None
    return replace(own, date=found.last, note=found.whose) if own and found else None
