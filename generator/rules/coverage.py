"""条項への対応: which duties of the vendor are answered. Only the vendor's obligations and prohibitions are counted."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import Answer, Clause, Contract, Terms
from generator.problems import Problem
from generator.rules.replacements import as_read

PROBLEM_CODES = {"CHK006": "対応のない義務"}

ANSWERED, UNANSWERED, NOT_APPLICABLE, NOT_COUNTED = "対応あり", "未対応", "対象外", "数えない"


@dataclass(frozen=True, slots=True)
class ClauseStatus:
    """A clause of a contract, as the contract reads it, with what answers it."""

    contract: str
    terms: Terms | None
    """None for the specification's own clauses."""
    clause: Clause
    status: str
    reason: str | None = None
    """Why the clause does not apply to the contract."""

    @property
    def answered_by(self) -> tuple[str, ...]:
        """`deliverable:4`, `check:ichikawa-security/9-1-1`, `statement:…`."""
        return tuple(f"{answer.kind}:{answer.target}" for answer in self.clause.answers)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the vendor's duties are answered."""

    answered: int
    total: int


def clauses(contract: Contract) -> list[ClauseStatus]:
    """Every clause of the specification, then of the attached terms, in printed order."""
    return list(_clauses(contract))


def _clauses(contract: Contract) -> Iterator[ClauseStatus]:
    grounded = _grounded(contract)
    for clause in contract.clauses:
        yield _judged(contract, None, clause, grounded.get(clause.id, []))
    for terms in contract.terms:
        for clause in terms.clauses:
            answers = grounded.get(f"{terms.id}/{clause.id}", [])
            yield _judged(contract, terms, as_read(contract, terms, clause), answers)


def _grounded(contract: Contract) -> dict[str, list[Answer]]:
    """By clause: the deliverables and tasks that name it as their ground. Terms are shared and cannot name them."""
    found: dict[str, list[Answer]] = defaultdict(list)
    for deliverable in contract.deliverables:
        for ground in deliverable.clauses if deliverable.obligor == "vendor" else ():
            found[ground].append(Answer(source=deliverable.source, deliverable=deliverable.no))
    for task in contract.tasks:
        for ground in task.clauses:
            found[ground].append(Answer(source=task.source, task=task.id))
    return found


def _judged(contract: Contract, terms: Terms | None, clause: Clause, more: list[Answer]) -> ClauseStatus:
    answers = tuple(dict.fromkeys((*clause.answers, *more)))
    clause = dataclasses.replace(clause, answers=answers)
    reason = why_not_applicable(contract, f"{terms.id}/{clause.id}" if terms else clause.id)
    status = NOT_APPLICABLE if reason and counted(clause) else _status(clause)
    return ClauseStatus(contract.id, terms, clause, status, reason)


def why_not_applicable(contract: Contract, clause: str) -> str | None:
    """The reason for which a clause (`7-1-4`, `terms/9-1`) does not apply; a reason covers what stands below it."""
    for exception in contract.head.not_applicable:
        if any(clause == name or clause.startswith(f"{name}-") for name in exception.clauses):
            return exception.reason
    return None


def counted(clause: Clause) -> bool:
    """Whether a clause is a duty of the vendor."""
    return clause.obligor in ("vendor", "both") and clause.kind in ("obligation", "prohibition")


def _status(clause: Clause) -> str:
    if not counted(clause):
        return NOT_COUNTED
    return ANSWERED if clause.answers else UNANSWERED


def coverage(statuses: Iterable[ClauseStatus]) -> Coverage:
    """The count over some clauses."""
    found = [s.status for s in statuses if s.status in (ANSWERED, UNANSWERED)]
    return Coverage(found.count(ANSWERED), len(found))


def check(contract: Contract) -> Iterator[Problem]:
    """A duty of the vendor that nothing answers is a warning at its line."""
    for status in clauses(contract):
        if status.status == UNANSWERED:
            clause = status.clause
            message = f"条項 {clause.id}（{clause.heading}）に何で応えるかが書かれていません"
            yield Problem(clause.source, "CHK006", message, "answers を書いてください", "warning")
