"""Clauses as pages show them: each with links to what answers it, and all of them against the kinds of answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.documents.render import Body
from generator.documents.views import answer_text
from generator.model import ANSWER_KINDS, Answer, Contract, Terms
from generator.outputs import plainpages
from generator.rules.coverage import NOT_APPLICABLE, UNANSWERED, ClauseStatus, Coverage, coverage

KIND_TITLES = {
    "deliverable": "納品物件",
    "record": "記録",
    "check": "確認項目",
    "task": "計画の作業",
    "role": "役割",
    "section": "文書の章",
    "statement": "文",
}


@dataclass(frozen=True)
class Evidence:
    """One answer in words, with the page that shows it."""

    kind: str
    text: str
    href: str | None
    """Relative to a page in the contract's `clauses/` folder."""


@dataclass(frozen=True)
class ShownClause:
    """A clause with its evidence."""

    status: ClauseStatus
    evidence: tuple[Evidence, ...]

    def of_kind(self, kind: str) -> list[Evidence]:
        """The evidence of one kind."""
        return [e for e in self.evidence if e.kind == kind]


@dataclass(frozen=True)
class ClauseSet:
    """The specification's own clauses, or one of the attached terms."""

    name: str
    """The page's name in the `clauses/` folder."""
    title: str
    terms: Terms | None
    clauses: tuple[ShownClause, ...]

    @property
    def unanswered(self) -> list[ShownClause]:
        """The vendor's duties that nothing answers."""
        return [c for c in self.clauses if c.status.status == UNANSWERED]

    @property
    def not_applicable(self) -> list[ShownClause]:
        """The vendor's duties that do not apply to the contract."""
        return [c for c in self.clauses if c.status.status == NOT_APPLICABLE]

    @property
    def coverage(self) -> Coverage:
        """How many of the vendor's duties in the set are answered."""
        return coverage(c.status for c in self.clauses)


def clause_sets(contract: Contract, statuses: Sequence[ClauseStatus], bodies: Sequence[Body]) -> list[ClauseSet]:
    """The specification first, then the terms in the order of the contract."""
    named = set_names(contract)
    return [ClauseSet(n, title, terms, _shown(contract, terms, statuses, bodies)) for n, title, terms in named]


def set_names(contract: Contract) -> list[tuple[str, str, Terms | None]]:
    """Page name, title and terms of each clause set; the specification's own comes first."""
    named: list[tuple[str, str, Terms | None]] = [("index", "仕様書の条項", None)] if contract.clauses else []
    return named + [(terms.id, contract.terms_title(terms), terms) for terms in contract.terms]


def _shown(
    contract: Contract, terms: Terms | None, statuses: Iterable[ClauseStatus], bodies: Sequence[Body]
) -> tuple[ShownClause, ...]:
    own = [s for s in statuses if s.terms is terms]
    return tuple(ShownClause(s, tuple(_evidence(contract, a, bodies) for a in s.clause.answers)) for s in own)


def _evidence(contract: Contract, answer: Answer, bodies: Sequence[Body]) -> Evidence:
    return Evidence(answer.kind, answer_text(contract, answer), _href(contract, answer, bodies))


def _href(contract: Contract, answer: Answer, bodies: Sequence[Body]) -> str | None:
    if answer.kind == "deliverable":
        served = (
            b.document.id for b in bodies if b.document.deliverable and b.document.deliverable.no == answer.target
        )
        return next((f"../documents/{name}.html" for name in served), f"../deadlines.html#n-{answer.target}")
    if answer.kind == "record":
        return "../incidents.html" if answer.target == "incidents" else None
    page = plainpages.where(contract, bodies, _SHOWN_ON.get(answer.kind, ""))
    if page is None:
        return None
    return f"../{page}" + (f"#k-{answer.target.replace('/', '-')}" if answer.kind == "check" else "")


_SHOWN_ON = {"check": "security-checklist", "task": "annual-plan", "role": "support-structure"}
"""The kind of document on which an answer can be seen."""


def matrix_kinds(sets: Iterable[ClauseSet]) -> list[tuple[str, str]]:
    """The kinds of answer that occur, with their titles."""
    used = {e.kind for s in sets for c in s.clauses for e in c.evidence}
    return [(kind, KIND_TITLES[kind]) for kind in ANSWER_KINDS if kind in used]
