"""What comes of a file that `nohin new` wrote: documents and deadlines, what else may be written, and what to type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from generator.checking import Checked
from generator.commands.newfile import NewFile
from generator.documents.kinds import Kind
from generator.documents.plan import Document, plan
from generator.model import Contract
from generator.outputs.due import duelist
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem
from generator.rules.flags import WAITING

SKELETON = ("clauses", "deliverables", "staff", "plan", "checklist")
"""The files of a contract beside its bones, in the order in which they are written."""

_SOME = 5
"""So many documents are named."""


def next_steps(new: NewFile, checked: Checked, as_of: dt.date) -> Iterator[str]:
    """Lines that tell what comes of it, and what to do next."""
    contracts = checked.loaded.portfolio.contracts
    contract = contracts.get(new.contract.id if new.contract else new.id or "")
    if contract is not None and new.is_record:
        yield from _of_record(new, contract, checked.kinds, as_of)
    if new.sheet:
        more = (
            f"{key}（{rule['meta']['title']}）" for key, rule in new.asked.fields.items() if not rule.get("required")
        )
        yield f"ほかに書ける項目: {'、'.join(more)}"
    yield "次に:"
    yield f"  {new.path} に、分かっていることを書き足す"
    if contract is not None and new.name in ("contract", *SKELETON):
        there = {kind for kind in SKELETON if f"data/contracts/{contract.id}/{kind}.yml" in contract.files}
        yield from (f"  nohin new {kind} --contract {contract.id}" for kind in SKELETON if kind not in there)
    yield "  nohin check"
    if contract is not None:
        yield f"  nohin build --only {contract.id}"
    yield f"  git add {new.path}"


def _of_record(new: NewFile, contract: Contract, kinds: Mapping[str, Kind], as_of: dt.date) -> Iterator[str]:
    items = due_items(contract, as_of)
    made = [d for d in plan(contract, kinds, items, as_of) if _tells(d, new)]
    own = [document for document in made if document.entry is not None]
    for start, documents in (("これから作られる文書", own), ("これが載る文書", [d for d in made if d not in own])):
        if documents:
            more = f" ほか {len(documents) - _SOME} 件" if len(documents) > _SOME else ""
            yield f"{start}: {'、'.join(document.title for document in documents[:_SOME])}{more}"
    mine = [item for item in items if _arises(item, new)]
    if mine:
        yield "これで始まる期限:"
        for item, line in zip(mine, duelist.to_text(mine).splitlines(), strict=True):
            yield f"  {line}"
            if WAITING in item.flags:
                yield f"    {item.explanation[-1]}"


def _tells(document: Document, new: NewFile) -> bool:
    if document.entry is not None:
        return document.entry.source.path == new.path
    return new.path in document.told_by and new.name in document.kind.records


def _arises(item: DueItem, new: NewFile) -> bool:
    return item.event is not None and (item.event.kind, item.event.id) == (new.name, new.id) and item.applies
