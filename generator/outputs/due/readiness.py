"""用意の具合: of each open due item the documents that serve it, and what they still lack.

Nothing is rendered for it; whether a document is approved is seen by `duepapers`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.asof import last_day, seen
from generator.documents.chain import items_of, submissions_of
from generator.documents.checklist import checklist
from generator.documents.facts import title_at
from generator.documents.instances import opens
from generator.documents.kinds import Kind
from generator.documents.lacking import reason, too_early
from generator.documents.plan import Document, kinds_of, plan
from generator.documents.required import missing
from generator.intake.schema import RECORDS, load_schemas
from generator.model import Contract, Entry
from generator.rules import events, fiscal
from generator.rules.dueitem import DueItem
from generator.rules.labels import ORAL

READY, UNAPPROVED, LACKING, HELD = "ready", "unapproved", "lacking", "held"
RUNNING, NOT_YET, ELSEWHERE = "running", "not-yet", "elsewhere"

STANDINGS: Mapping[str, str] = {
    READY: "用意できたもの",
    UNAPPROVED: "承認がないもの",
    LACKING: "記録が足りないもの",
    HELD: "データの誤りのため作らなかったもの",
    RUNNING: "対象期間の途中のもの",
    NOT_YET: "まだ作れないもの",
    ELSEWHERE: "nohin では作らないもの",
}
"""How far an item is, in the order of a report."""

WANTING = (UNAPPROVED, LACKING, HELD)
"""Standings that somebody has to do something about; the others are done, or wait for time to pass."""


@dataclass(frozen=True)
class Gap:
    """A record that is missing, or what a record leaves out."""

    record: str
    """`incidents/2026-001`; of a record that is not there its folder, `incidents/`; or `checklist.yml`."""
    fields: tuple[str, ...] = ()
    """Titles of the fields that are empty; of the checklist the items without an answer."""


@dataclass(frozen=True)
class Standing:
    """A due item and how far its documents are."""

    item: DueItem
    state: str
    """One of `STANDINGS`."""
    documents: tuple[Document, ...] = ()
    """Those that are to be handed over for it."""
    reasons: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()


def needed(contract: Contract, kinds: Mapping[str, Kind], wanted: Iterable[DueItem]) -> dict[str, Kind]:
    """The kinds of document that serve some due items, in the order of all."""
    numbers = {item.deliverable for item in wanted}
    own = {kind.id for d in contract.deliverables if d.no in numbers for kind in kinds_of(d, kinds)}
    return {name: kind for name, kind in kinds.items() if name in own}


def documents_of(
    contract: Contract, kinds: Mapping[str, Kind], items: Sequence[DueItem], as_of: dt.date
) -> list[Document]:
    """The documents of a contract as they are shown on a day; `items` are all its due items."""
    day = last_day(contract, as_of)
    return plan(seen(contract, day), kinds, items, day)


def standings(
    contract: Contract,
    kinds: Mapping[str, Kind],
    documents: Sequence[Document],
    wanted: Iterable[DueItem],
    as_of: dt.date,
) -> list[Standing]:
    """How far some of a contract's open due items are on a day, of the documents there are on that day."""
    asked = {deliverable.no: kinds_of(deliverable, kinds) for deliverable in contract.deliverables}
    return [_standing(contract, asked[item.deliverable], documents, item, as_of) for item in wanted]


def _standing(
    contract: Contract, asked: Sequence[Kind], documents: Sequence[Document], item: DueItem, as_of: dt.date
) -> Standing:
    if not asked or item.medium == ORAL:
        return Standing(item, ELSEWHERE, reasons=tuple(_elsewhere(contract, item)))
    own = tuple(document for document in documents if items_of(document, [item]) and _owed(document, item, as_of))
    if not own:
        why = _not_yet(contract, asked, item, as_of)
        return (
            Standing(item, NOT_YET, reasons=(why,)) if why else _without_record(contract, asked, item, as_of, documents)
        )
    if left_out := [one for document in own for one in _left_out(contract, document)]:
        return Standing(item, LACKING, own, tuple(why for why, _ in left_out), tuple(gap for _, gap in left_out))
    ends = sorted({document.period.end for document in own if document.period and _running(document, item)})
    if ends:
        return Standing(item, RUNNING, own, (f"対象期間は {ends[-1].isoformat()} に終わります",))
    return Standing(item, READY, own)


def _elsewhere(contract: Contract, item: DueItem) -> Iterator[str]:
    """Why no document is made for an item: the note of its deliverable says it, or nobody has said."""
    deliverable = next(one for one in contract.deliverables if one.no == item.deliverable)
    if item.medium == ORAL:
        yield "口頭で伝えるもの"
    elif not deliverable.note:
        yield "応える文書の種類がありません。納品物件の documents に書くか、nohin で作らないわけを note に書いてください"


def _owed(document: Document, item: DueItem, as_of: dt.date) -> bool:
    """Whether it has to be handed over still: of what is made for each person, not what was for this one."""
    if document.person is None:
        return True
    made = submissions_of(document, [item], as_of)
    return not made or (made[-1].returned is not None and made[-1].returned <= as_of)


def _running(document: Document, item: DueItem) -> bool:
    """Whether the period it reports on still goes on: a plan is due before its period ends, a report afterwards."""
    if document.ended or document.period is None:
        return False
    if item.due is None:
        return document.kind.per in ("month", "period")
    return item.due >= document.period.end


def _not_yet(contract: Contract, asked: Sequence[Kind], item: DueItem, as_of: dt.date) -> str | None:
    """Why there can be no document yet; None where only a record keeps it from being there."""
    if early := too_early(contract, item, as_of):
        return early
    entry = _entry(contract, item)
    happened = events.happened_on(entry) if entry else None
    if happened and happened > as_of:
        return f"記録 {item.event} の日付 {happened.isoformat()} はまだ来ていません"
    if item.due is not None and opens(item) is None and any(kind.per == "fiscal_year" for kind in asked):
        year = fiscal.fiscal_year_of(item.due)
        if (start := fiscal.fiscal_year(year).start) > as_of:
            return f"{fiscal.fiscal_year_name(year)}の文書です。{start.isoformat()} から作れます"
    return None


def _entry(contract: Contract, item: DueItem) -> Entry | None:
    """The record a due item arises from."""
    event = item.event
    return next((e for e in contract.entries if event and (e.kind, e.id) == (event.kind, event.id)), None)


def _without_record(
    contract: Contract, asked: Sequence[Kind], item: DueItem, as_of: dt.date, documents: Sequence[Document]
) -> Standing:
    """Where there is no document: which record is missing, or what it leaves out."""
    entry, why = _entry(contract, item), (reason(contract, item, asked, as_of, documents),)
    if entry is None:
        folders = dict.fromkeys(f"{kind.record}/" for kind in asked if kind.record)
        return Standing(item, LACKING, reasons=why, gaps=tuple(Gap(folder) for folder in folders))
    schema = load_schemas().by_kind[RECORDS + entry.kind]
    empty = (kind.when for kind in asked if kind.record == entry.kind and kind.when)
    fields = dict.fromkeys(title_at(schema, (name,)) for name in empty if not entry.values.get(name))
    return Standing(item, LACKING, reasons=why, gaps=(Gap(str(item.event), tuple(fields)),))


def _left_out(contract: Contract, document: Document) -> Iterator[tuple[str, Gap]]:
    """What the data of a document leave out of what it has to say, with the words to say so."""
    if "checklist" in document.kind.data and (blank := _unanswered(document.contract)):
        few = "、".join(blank[:FEW]) + (" など" if len(blank) > FEW else "")
        yield f"チェックリストの {len(blank)} 項目に回答がありません（{few}）", Gap("checklist.yml", blank)
    if document.entry is None:
        return
    own = (document.entry.kind, document.entry.id)
    for entry in (e for e in contract.entries if (e.kind, e.id) == own):
        for problem in missing(document, entry, last=document.instance.further):
            named = _NAMED.search(problem.message)
            yield f"{problem.message}（{problem.source}）", Gap("/".join(own), (named[1],) if named else ())


def _unanswered(contract: Contract) -> tuple[str, ...]:
    """The check items of the attached terms that nobody has answered yet."""
    rows = (row for _, rows in checklist(contract).groups for row in rows)
    return tuple(row.answer.item for row in rows if not row.answer.answer)


FEW = 5
"""So many check items are named in a reason."""

_NAMED = re.compile("記載事項「(.+)」")
"""The 記載事項 that a problem is about."""
