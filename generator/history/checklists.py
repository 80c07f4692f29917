"""What changed in a contract's checklist since it was last handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.history.log import History
from generator.history.parts import accepted
from generator.intake.records import make
from generator.intake.repository import Repository
from generator.intake.schema import Schema, Schemas
from generator.model import CheckAnswer, Checklist, Contract


@dataclass(frozen=True)
class AnswerChange:
    """One field of one answer, before and after; None where it was blank."""

    item: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class SinceSubmitted:
    """The changes since the last submission, or why they cannot be told."""

    submitted: dt.date | None
    changes: tuple[AnswerChange, ...] = ()
    note: str | None = None


def since_submitted(
    contract: Contract, deliverable: str, history: History, repository: Repository | None, schemas: Schemas
) -> SinceSubmitted:
    """Compare today's answers with those of the last commit up to the day of the last submission."""
    last = max((s.date for s in contract.submissions if s.deliverable == deliverable), default=None)
    if last is None:
        return SinceSubmitted(None, note="提出の記録はまだありません。")
    path = f"data/contracts/{contract.id}/checklist.yml"
    touches = (touch for touch in history.touched.get(path, ()) if history.commits[touch.commit].date <= last)
    touch = next(touches, None)
    if touch is None or touch.after is None or repository is None:
        return SinceSubmitted(last, note="提出した日までの履歴にこのチェックリストがないため、比べられません。")
    schema = schemas.by_kind["checklist"]
    kept, spot = accepted(next(repository.contents([touch.after.id])) or b"", schema, path)
    kept = history.redaction.value(schema, kept) if history.redaction else kept
    before = make(Checklist, kept or {}, spot, path)
    return SinceSubmitted(last, tuple(changes(before, contract.checklist, schema)))


def changes(before: Checklist, after: Checklist, schema: Schema) -> Iterator[AnswerChange]:
    """Every field that differs, by item, in today's order and then those that are gone."""
    old = {answer.item: answer for answer in before.answers}
    new = {answer.item: answer for answer in after.answers}
    titles = {key: schema.rule_at(("answers", 0, key))["meta"]["title"] for key in schema.keys_at(("answers", 0))}
    for item in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(item, CheckAnswer(item=item)), new.get(item, CheckAnswer(item=item))
        for field, title in titles.items():
            if getattr(was, field) != getattr(now, field):
                yield AnswerChange(item, title, getattr(was, field), getattr(now, field))
