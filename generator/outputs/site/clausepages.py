"""Clauses as pages show them: each with links to what answers it, and all of them against the kinds of answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.render import Body
from generator.documents.views import answer_in_words, answer_titles
from generator.model import ANSWER_KINDS, Answer, Contract, Terms
from generator.outputs.site import plainpages
from generator.rules.coverage import NOT_APPLICABLE, UNANSWERED, ClauseStatus, Coverage, coverage

KIND_TITLES = {
    "deliverable": "納品物件",
    "record": "記録",
    "check": "確認項目",
    "task": "計画の作業",
    "role": "役割",
    "section": "文書の章",
    "level": "サービスレベル",
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
    places = _Places.of(contract, bodies)
    return [ClauseSet(n, title, terms, _shown(terms, statuses, places)) for n, title, terms in set_names(contract)]


def set_names(contract: Contract) -> list[tuple[str, str, Terms | None]]:
    """Page name, title and terms of each clause set; the specification's own comes first."""
    named: list[tuple[str, str, Terms | None]] = [("index", "仕様書の条項", None)] if contract.clauses else []
    return named + [(terms.id, contract.terms_title(terms), terms) for terms in contract.terms]


@dataclass(frozen=True)
class _Places:
    """What answers can be called and where they can be seen, looked up once for all clauses of a contract."""

    titles: Mapping[str, Mapping[str, str]]
    pages: Mapping[str, str | None]
    """By kind of answer."""
    served: Mapping[str, str]
    """By deliverable: where its documents are listed."""
    recorded: frozenset[str]
    """The kinds of record that there are records of."""
    sections: Mapping[str, str]
    """By chapter of a manual: where it begins; under `design`, where the design can be seen."""

    @classmethod
    def of(cls, contract: Contract, bodies: Sequence[Body]) -> _Places:
        pages = {kind: plainpages.where(contract, bodies, shown) for kind, shown in _SHOWN_ON.items()}
        served = {d.no: _documents(d.no, bodies) for b in bodies for d in b.document.deliverables}
        recorded = frozenset(entry.kind for entry in contract.entries)
        return cls(answer_titles(contract), pages, served, recorded, dict(_sections(contract, bodies)))


DESIGN = "design"


def _sections(contract: Contract, bodies: Sequence[Body]) -> Iterator[tuple[str, str]]:
    whole = [body.document for body in bodies if body.document.kind.form == "book" and body.document.entry is None]
    for document in whole:
        for chapter in contract.manuals:
            if chapter.manual == document.kind.manual:
                yield f"{chapter.manual}/{chapter.id}", f"../documents/{document.id}.html#b-{chapter.id}"
    page = plainpages.where(contract, bodies, "system-design")
    if page is not None:
        yield DESIGN, f"../{page}"


def _documents(number: str, bodies: Sequence[Body]) -> str:
    """The only document of a deliverable, or its place in the list of documents."""
    made = [b.document for b in bodies if any(d.no == number for d in b.document.deliverables)]
    return f"{made[0].id}.html" if len(made) == 1 else f"index.html#n-{number}"


def _shown(terms: Terms | None, statuses: Iterable[ClauseStatus], places: _Places) -> tuple[ShownClause, ...]:
    own = [s for s in statuses if s.terms is terms]
    return tuple(ShownClause(s, tuple(_evidence(answer, places) for answer in s.clause.answers)) for s in own)


def _evidence(answer: Answer, places: _Places) -> Evidence:
    return Evidence(answer.kind, answer_in_words(answer, places.titles), _href(answer, places))


def _href(answer: Answer, places: _Places) -> str | None:
    if answer.kind == "deliverable":
        made = places.served.get(answer.target)
        return f"../documents/{made}" if made else f"../deadlines.html#n-{answer.target}"
    if answer.kind == "record":
        return f"../records/{answer.target}.html" if answer.target in places.recorded else None
    if answer.kind == "section":
        return places.sections.get(answer.target) or places.sections.get(DESIGN)
    if answer.kind == "level":
        return "../incidents.html#levels"
    page = places.pages.get(answer.kind)
    if page is None:
        return None
    return f"../{page}" + (f"#k-{answer.target.replace('/', '-')}" if answer.kind == "check" else "")


_SHOWN_ON = {"check": "security-checklist", "task": "annual-plan", "role": "support-structure"}
"""The kind of document on which an answer can be seen."""


def matrix_kinds(sets: Iterable[ClauseSet]) -> list[tuple[str, str]]:
    """The kinds of answer that occur, with their titles."""
    used = {e.kind for s in sets for c in s.clauses for e in c.evidence}
    return [(kind, KIND_TITLES[kind]) for kind in ANSWER_KINDS if kind in used]
