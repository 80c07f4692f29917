"""Clauses that lose or gain answers by a change, and how many of the vendor's duties are answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.documents.views import answer_in_words, answer_titles
from generator.history.comparison import RENUMBERED, Change
from generator.model import Answer, Contract
from generator.problems import Problem
from generator.rules import coverage
from generator.rules.coverage import UNANSWERED, ClauseStatus, Coverage

_STATEMENT = "statement"
_Key = tuple[str, str]
"""The id of the terms, empty for the specification's own clauses, and the number."""


@dataclass(frozen=True)
class ClauseChange:
    """A clause that is answered otherwise."""

    source: str
    """The id of the terms; empty for the specification's own clauses."""
    terms: str
    """Their title in this contract; empty as well."""
    id: str
    heading: str
    lost: tuple[str, ...]
    """The answers it loses, in words."""
    gained: tuple[str, ...]
    before: str
    """Its status; empty for a clause that is new."""
    after: str
    place: tuple[str, int]
    """Where it is written: file and line."""

    @property
    def opened(self) -> bool:
        """Whether it is a duty that nothing answers any more, or not yet."""
        return self.after == UNANSWERED and self.before != UNANSWERED

    def tells(self, problem: Problem) -> bool:
        """Whether a problem says nothing but that this clause lacks an answer."""
        source = problem.source
        return self.opened and problem.code in coverage.PROBLEM_CODES and (source.path, source.line) == self.place


@dataclass(frozen=True)
class ClauseChanges:
    """What becomes of a contract's clauses."""

    changes: tuple[ClauseChange, ...] = ()
    before: Coverage | None = None
    """None where there was no contract."""
    after: Coverage | None = None


def clause_changes(before: Contract | None, after: Contract | None, changes: Sequence[Change]) -> ClauseChanges:
    """The clauses that are answered otherwise, in printed order. `changes` tell which clauses have another number now."""
    old, new = (coverage.clauses(one) if one else [] for one in (before, after))
    counts = [coverage.coverage(found) if one else None for one, found in ((before, old), (after, new))]
    if before is None or after is None:
        return ClauseChanges((), *counts)
    renamed = _renumbered(changes)
    known = {renamed.get(_key(status), _key(status)): status for status in old}
    found = (_changed(known.get(_key(status)), status, before, after) for status in new)
    return ClauseChanges(tuple(change for change in found if change), *counts)


def _key(status: ClauseStatus) -> _Key:
    return (status.terms.id if status.terms else ""), status.clause.id


def _renumbered(changes: Sequence[Change]) -> dict[_Key, _Key]:
    """The clauses after by the clauses before, where the number is another."""
    found = {}
    for change in changes:
        if change.what == RENUMBERED and change.kind in ("clauses", "terms") and change.steps == ("clauses", "*"):
            terms = change.file.rpartition("/")[2].removesuffix(".yml") if change.kind == "terms" else ""
            found[terms, str(change.before)] = (terms, str(change.after))
    return found


def _changed(was: ClauseStatus | None, now: ClauseStatus, before: Contract, after: Contract) -> ClauseChange | None:
    if was is None and now.status != UNANSWERED:
        return None  # a new clause with its answers: that it is there is told
    old, new = (_answers(one.clause.answers) if one else Counter() for one in (was, now))
    lost, gained = _without_reworded(old - new, new - old)
    if was is not None and was.status == now.status and not lost and not gained:
        return None
    return ClauseChange(
        source=now.terms.id if now.terms else "",
        terms=after.terms_title(now.terms) if now.terms else "",
        id=now.clause.id,
        heading=now.clause.heading,
        lost=_in_words(lost, was.clause.answers, before) if was else (),
        gained=_in_words(gained, now.clause.answers, after) if was else (),
        before=was.status if was else "",
        after=now.status,
        place=(now.clause.source.path, now.clause.source.line),
    )


_Answers = Counter[tuple[str, str]]


def _answers(answers: Sequence[Answer]) -> _Answers:
    return Counter((answer.kind, answer.target) for answer in answers)


def _without_reworded(lost: _Answers, gained: _Answers) -> tuple[_Answers, _Answers]:
    """Without statements that say something else now: the clause is answered as before."""
    sides = [[key for key in side if key[0] == _STATEMENT] for side in (lost, gained)]
    for old, new in zip(*sides, strict=False):
        del lost[old], gained[new]
    return lost, gained


def _in_words(wanted: _Answers, answers: Sequence[Answer], contract: Contract) -> tuple[str, ...]:
    titles: Mapping[str, Mapping[str, str]] = answer_titles(contract) if wanted else {}
    return tuple(answer_in_words(answer, titles) for answer in answers if (answer.kind, answer.target) in wanted)
