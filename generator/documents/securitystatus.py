"""情報セキュリティの管理状況: the figures of a period, computed from the records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.asof import seen
from generator.documents.checklist import checklist
from generator.documents.facts import fact
from generator.documents.ledger import recorded
from generator.documents.summary import Summary, summary
from generator.model import Contract, Entry, Period
from generator.rules import events


@dataclass(frozen=True)
class Figure:
    """How many records of a sort, and how they divide."""

    title: str
    count: int
    unit: str
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class SecurityStatus:
    """A review of the care taken of information, with what the records of its period say."""

    period: Period | None
    """Of which time it tells."""
    day: dt.date
    """Of the review: nothing that came later is counted."""
    judgements: tuple[tuple[str, int], ...]
    """How many findings were judged how."""
    figures: tuple[Figure, ...]
    unreturned: int
    """How many things that were to be given back or erased by then are neither."""
    checklist: Mapping[str, int]
    """How many check items had which answer on the day of the review; empty without check items."""
    work: Summary | None
    """What was done in the period."""


def security_status(contract: Contract, review: Entry, as_of: dt.date) -> SecurityStatus:
    """A record of a review, and the figures of its period as they were on its day; none where it has no period."""
    day, span = min(review.values["reviewed"], as_of), review.values.get("period")
    known = seen(contract, day)
    period = Period(start=span["start"], end=span["end"]) if span else None
    answers = checklist(known).counts
    return SecurityStatus(
        period=period,
        day=day,
        judgements=_judged(review.values.get("findings") or ()),
        figures=tuple(figure(known, period) for figure in _FIGURES) if period else (),
        unreturned=_unreturned(known, min(period.end, day)) if period else 0,
        checklist=answers if any(answers.values()) else {},
        work=summary(known, period, day) if period else None,
    )


def _judged(items: Iterable[Mapping[str, object]]) -> tuple[tuple[str, int], ...]:
    words = {"good": "良", "watch": "要注意", "bad": "否", "none": "判定なし"}
    return _parts((item.get("judgement") or "none" for item in items), words)


def _unreturned(contract: Contract, until: dt.date) -> int:
    over = {str(e.values.get("of")) for e in contract.entries if e.kind == "custody" and _ends(e, until)}
    for entry in contract.entries:
        if entry.kind == "disposals" and _by(entry.values.get("disposed"), until):
            over |= {str(name) for name in entry.values.get("custody") or ()}
    held = [e for e in contract.entries if e.kind == "custody" and _by(e.values.get("until"), until)]
    return sum(entry.id not in over for entry in held)


def _ends(entry: Entry, until: dt.date) -> bool:
    """Whether a movement is the return of something, by a day."""
    return entry.values.get("movement") in ("returned", "delivered") and _by(events.happened_on(entry), until)


def _by(day: dt.date | None, until: dt.date) -> bool:
    return day is not None and day <= until


def _inspections(contract: Contract, period: Period) -> Figure:
    found = recorded(contract, "inspections", period)
    return Figure("点検", len(found), "件", _by_value(contract, "inspections", "kind", found))


def _judgements(contract: Contract, period: Period) -> Figure:
    items = [item for e in recorded(contract, "inspections", period) for item in e.values.get("items") or ()]
    return Figure("点検した項目", len(items), "件", _judged(items))


def _trainings(contract: Contract, period: Period) -> Figure:
    found = recorded(contract, "trainings", period)
    took = sum(len(entry.values.get("attendees") or ()) for entry in found)
    missed = sum(len(entry.values.get("absent") or ()) for entry in found)
    kinds = _by_value(contract, "trainings", "kind", found)
    return Figure(
        "教育・訓練", len(found), "回", (*kinds, ("受けた者（延べ）", took), ("受けていない者（延べ）", missed))
    )


def _custody(contract: Contract, period: Period) -> Figure:
    found = recorded(contract, "custody", period)
    return Figure("情報の受渡し", len(found), "件", _by_value(contract, "custody", "movement", found))


def _disposals(contract: Contract, period: Period) -> Figure:
    found = [e for e in recorded(contract, "disposals", period) if e.values.get("disposed")]
    return Figure("消去・廃棄", len(found), "件", _by_value(contract, "disposals", "kind", found))


def _accidents(contract: Contract, period: Period) -> Figure:
    found = recorded(contract, "accidents", period)
    suspected = sum(bool(entry.values.get("suspected")) for entry in found)
    return Figure("事故", len(found), "件", (("うち、おそれ", suspected),) if suspected else ())


def _patches(contract: Contract, period: Period) -> Figure:
    found = recorded(contract, "patches", period)
    applied = sum(bool(entry.values.get("applied")) for entry in found)
    policies = _by_value(contract, "patches", "policy", found)
    return Figure("パッチの適用方針の決定", len(found), "件", (*policies, *((("適用済", applied),) if found else ())))


_FIGURES: tuple[Callable[[Contract, Period], Figure], ...] = (
    _inspections,
    _judgements,
    _trainings,
    _custody,
    _disposals,
    _accidents,
    _patches,
)


def _by_value(contract: Contract, kind: str, field: str, found: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    values = [entry.values.get(field) for entry in found]
    return _parts(values, {str(value): fact(contract, kind, field, value) for value in values if value})


def _parts(values: Iterable[object], words: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    found = [str(value) for value in values if value]
    return tuple((words[name], found.count(name)) for name in words if name in found)
