"""Why a document that is asked for has not been made by a day, and what would be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.documents.facts import title_at
from generator.documents.kinds import Kind
from generator.intake.schema import RECORDS, load_schemas
from generator.model import Contract, Entry
from generator.rules import events
from generator.rules.dueitem import DueItem


def reason(contract: Contract, item: DueItem, kinds: Sequence[Kind], day: dt.date) -> str:
    """What is missing of a due item for which none of the kinds made a document."""
    if item.period is not None and item.period.start > day:
        return f"対象期間は {item.period.start.isoformat()} に始まります。その日から提出できます"
    if item.event is not None:
        event = item.event
        entry = next((e for e in contract.entries if (e.kind, e.id) == (event.kind, event.id)), None)
        if entry is None:
            return f"記録 {event} が、その版にありません。コミットした版から提出してください"
        if why := _of_record(entry, kinds, day):
            return f"記録 {event} {why}"
    recorded = dict.fromkeys(kind.record for kind in kinds if kind.record)
    if recorded:
        titles = "・".join(map(events.kind_title, recorded))
        folders = "、".join(f"records/{name}/" for name in recorded)
        return f"この期限の元になる{titles}の記録がありません。{folders} に書いてコミットしてから提出してください"
    return "対象期間と、文書の元になる記録の日付を確かめてください"


def _of_record(entry: Entry, kinds: Sequence[Kind], day: dt.date) -> str:
    """What keeps a record from being told; empty where another one is."""
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
    return "から作る文書がありません。記録の内容と、納品物件の documents を確かめてください" if own else ""
