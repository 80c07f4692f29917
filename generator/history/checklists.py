"""What changed in a contract's checklist since it was last handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.history.log import History, of_files
from generator.intake.records import make, pruned
from generator.intake.repository import Repository
from generator.intake.schema import Schemas, validate
from generator.intake.yamltext import parse
from generator.model import CheckAnswer, Checklist, Contract

FIELDS = {
    "answer": "実施状況",
    "measure": "実施内容",
    "evidence": "証跡",
    "reason": "理由",
    "date": "確認日",
    "person": "確認者",
}
"""What of an answer is compared, with its title."""


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
    commits = [commit for commit in of_files(history, [path]) if commit.date <= last]
    if not commits or repository is None:
        return SinceSubmitted(last, note="提出した日までの履歴にこのチェックリストがないため、比べられません。")
    before = _at(repository, commits[-1].id, path, schemas)
    return SinceSubmitted(last, tuple(changes(before, contract.checklist)))


def _at(repository: Repository, commit: str, path: str, schemas: Schemas) -> Checklist:
    parsed = parse(repository.read(commit, path), path)
    schema = schemas.by_kind["checklist"]
    value, _, bad = validate(schema, parsed.value, parsed.spot, path)
    kept, spot, _ = pruned(schema, value, parsed.spot, bad)
    return make(Checklist, kept or {}, spot, path)


def changes(before: Checklist, after: Checklist) -> Iterator[AnswerChange]:
    """Every field that differs, by item, in today's order and then those that are gone."""
    old = {answer.item: answer for answer in before.answers}
    new = {answer.item: answer for answer in after.answers}
    for item in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(item, CheckAnswer(item=item)), new.get(item, CheckAnswer(item=item))
        for field, title in FIELDS.items():
            if getattr(was, field) != getattr(now, field):
                yield AnswerChange(item, title, getattr(was, field), getattr(now, field))
