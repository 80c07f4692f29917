"""Why a document that is asked for has not been made by a day, and what would be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.documents.currentdays import stated_on
from generator.documents.facts import title_at
from generator.documents.instances import opens
from generator.documents.kinds import Kind
from generator.documents.plan import Document
from generator.intake.schema import RECORDS, load_manifest_schema, load_schemas
from generator.model import Contract, Entry
from generator.rules import events
from generator.rules.dueitem import DueItem


def too_early(contract: Contract, item: DueItem, day: dt.date) -> str | None:
    """Why nothing can be made for an item by a day, whatever is recorded; None where time is not what is missing."""
    deliverable = next((one for one in contract.deliverables if one.no == item.deliverable), None)
    stated = stated_on(deliverable, item) if deliverable else None
    if stated is not None and stated > day:
        return f"現在日の {stated.isoformat()} はまだ来ていません"
    if item.period is None or item.period.start <= day:
        return None
    start = opens(item)
    if start is None:
        return f"対象期間は {item.period.start.isoformat()} に始まります"
    return f"期日の前の {start.isoformat()} から作れます" if start > day else None


def reason(
    contract: Contract, item: DueItem, kinds: Sequence[Kind], day: dt.date, documents: Sequence[Document] = ()
) -> str:
    """What is missing of a due item for which none of the kinds made a document; `documents` are those there are."""
    if early := too_early(contract, item, day):
        return f"{early}。その日から提出できます" if item.period and opens(item) is None else early
    if item.event is not None:
        event = item.event
        entry = next((e for e in contract.entries if (e.kind, e.id) == (event.kind, event.id)), None)
        if entry is None:
            return f"記録 {event} が、その版にありません。コミットした版から提出してください"
        return f"記録 {event} {_of_record(entry, kinds, day)}"
    recorded = tuple(dict.fromkeys(kind.record for kind in kinds if kind.record))
    if recorded:
        return "。".join((_wanted(item, recorded), *_astray(item, documents)))
    return next(
        filter(None, (_unmade(kind) for kind in kinds)), "対象期間と、文書の元になる記録の日付を確かめてください"
    )


def _unmade(kind: Kind) -> str:
    """What a kind of document that is made of no record waits for; empty where it is not known."""
    if kind.per == "person":
        return "人ごとに作る文書です。staff.yml の体制に、この日までに役割に就いた受注者側の人がいません"
    if kind.manual is not None:
        return f"manuals/{kind.manual}/ に章がありません。書いてコミットしてから提出してください"
    if "design" in kind.data:
        return "design/ に設計のデータがありません。書いてコミットしてから提出してください"
    return ""


def _of_record(entry: Entry, kinds: Sequence[Kind], day: dt.date) -> str:
    """What keeps a record from being told."""
    happened = events.happened_on(entry)
    if happened and happened > day:
        return f"の日付 {happened.isoformat()} は提出日より後です。その日以後に提出するか、記録の日付を確かめてください"
    own = [kind for kind in kinds if kind.record == entry.kind]
    schema = load_schemas().by_kind[RECORDS + entry.kind]
    blank = dict.fromkeys(
        title_at(schema, (kind.when,)) for kind in own if kind.when and not entry.values.get(kind.when)
    )
    if blank:
        return f"に{'・'.join(blank)}がありません。書いてコミットしてから提出してください"
    if own:
        return "から作る文書がありません。記録の内容と、納品物件の documents を確かめてください"
    made = "、".join(f"「{kind.title}」は{_made_of(kind)}" for kind in kinds)
    return f"からは作れません。{made}。この記録から作る文書の種類を、納品物件の documents に書いてください"


def _made_of(kind: Kind) -> str:
    """`通知・協議の記録（records/notices/）から作ります`, `月ごとに作ります`."""
    if kind.record:
        return f"{events.kind_title(kind.record)}の記録（records/{kind.record}/）から作ります"
    return f"{load_manifest_schema().fields['per']['meta']['labels'][kind.per]}に作ります"


def _astray(item: DueItem, documents: Sequence[Document]) -> Iterator[str]:
    """The record nearest to an item, where it was taken to be for another date of the deliverable, or for none."""
    own = [d for d in documents if d.entry and item.deliverable in (deliverable.no for deliverable in d.deliverables)]
    near = sorted((days, d.id) for d in own if (days := _days_from(item, d)) <= _reach(item))[:1]
    for document in (d for d in own if (_days_from(item, d), d.id) in near):
        entry = document.entry
        if entry is not None:
            dues = [answer.due.isoformat() for answer in document.instance.answers if answer.due]
            of = f"期日 {'、'.join(dues)} の分" if dues else "この期限の分ではない"
            yield f"記録 {entry.kind}/{entry.id} は{of}と読みました。この期限の分なら、{_names(item)} と書いてください"


def _reach(item: DueItem) -> int:
    """How many days off a record can be meant for an item: as many as its period has."""
    return (item.period.end - item.period.start).days + 1 if item.period else 31


def _days_from(item: DueItem, document: Document) -> int:
    day = events.happened_on(document.entry) if document.entry else None
    wanted = item.due or (item.period.end if item.period else None)
    return abs((day - wanted).days) if day and wanted else 0


def _wanted(item: DueItem, recorded: Sequence[str]) -> str:
    """Which record has to be written, with what in it: `deliverable: '6'`."""
    titles = "・".join(map(events.kind_title, recorded))
    folders = "、".join(f"records/{name}/" for name in recorded)
    schemas = load_schemas().records
    named = any(name in schemas and "deliverable" in schemas[name].fields for name in recorded)
    what = f" deliverable: '{item.deliverable}' の記録を" if named else ""
    return f"この期限の元になる{titles}の記録がありません。{folders} に{what}書いてコミットしてから提出してください"


def _names(item: DueItem) -> str:
    """What in a record says that it is for an item: `due: 2026-11-20`."""
    if item.due is not None or item.period is None:
        return f"due: {item.due.isoformat() if item.due else ''}"
    return f"period: {{start: {item.period.start.isoformat()}, end: {item.period.end.isoformat()}}}"
