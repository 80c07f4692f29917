"""対応表: from clauses to what answers them in the design and the manuals, from functions to modules and their tests.

What nothing answers is listed as a gap; no link is made that data does not write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.design import overview, thing, things
from generator.documents.ledger import once
from generator.model import Answer, Chapter, Clause, Contract, Item, Terms
from generator.rules import coverage


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause, and what of the design and the manuals says that it answers it."""

    name: str
    """`7-7`; of terms, `terms/9-1`."""
    terms: Terms | None
    clause: Clause
    duty: bool
    """Whether it is a duty of the vendor that applies."""
    functions: tuple[Item, ...] = ()
    backups: tuple[Item, ...] = ()
    monitors: tuple[Item, ...] = ()
    requirements: tuple[Item, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    """Chapters that name it, and those its answers name."""
    others: tuple[tuple[str, Item], ...] = ()
    """Other things that its answers name, each with its kind."""
    answers: tuple[Answer, ...] = ()
    """What answers it outside the design: a deliverable, a record, a statement …"""

    @property
    def answered(self) -> bool:
        """Whether the design or a manual answers it."""
        return any((self.functions, self.backups, self.monitors, self.requirements, self.chapters, self.others))


@dataclass(frozen=True, slots=True)
class Use:
    """What a function does with an entity."""

    entity: Item
    crud: str


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module and its tests."""

    module: Item
    tests: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """A function and what it comes to work in, down to the tests of its modules."""

    function: Item
    screens: tuple[Item, ...] = ()
    reports: tuple[Item, ...] = ()
    jobs: tuple[Item, ...] = ()
    interfaces: tuple[Item, ...] = ()
    uses: tuple[Use, ...] = ()
    modules: tuple[ModuleRow, ...] = ()

    @property
    def tests(self) -> tuple[Item, ...]:
        """The tests of its modules."""
        return tuple(test for row in self.modules for test in row.tests)


@dataclass(frozen=True, slots=True)
class Gaps:
    """What has no counterpart. A kind that the overview gives a reason for not having leaves no gap."""

    functions: tuple[Item, ...] = ()
    """Functions without a module."""
    modules: tuple[Item, ...] = ()
    """Modules without a test."""
    clauses: tuple[ClauseRow, ...] = ()
    """Duties in the chapters of the specification that the design answers, which nothing answers at all."""


@dataclass(frozen=True, slots=True)
class Traceability:
    """From clauses to the design, from functions to tests, and the gaps."""

    clauses: tuple[ClauseRow, ...]
    """In printed order: whatever is answered here, and the duties beside it."""
    functions: tuple[FunctionRow, ...]
    gaps: Gaps


@once
def traceability(contract: Contract) -> Traceability:
    """The tables of a contract; empty ones where it has no design."""
    clauses, functions = tuple(_clause_rows(contract)), tuple(_function_rows(contract))
    return Traceability(clauses, functions, _gaps(contract, clauses, functions))


Named = Mapping[str, Sequence[Item]]
"""Things by each name that a list of theirs holds."""


def _clause_rows(contract: Contract) -> Iterator[ClauseRow]:
    """The clauses that are answered here, and the duties in the same chapters of the specification."""
    rows = list(_all_clauses(contract))
    told = {_top(row) for row in rows if row.answered and row.terms is None}
    return (row for row in rows if row.answered or (row.duty and row.terms is None and _top(row) in told))


def _top(row: ClauseRow) -> str:
    """The chapter of the specification that a clause stands in: `7` of `7-3-6`."""
    return row.name.split("-")[0]


def _all_clauses(contract: Contract) -> Iterator[ClauseRow]:
    functions, backups, monitors, requirements = (
        _by(contract, kind, "clauses") for kind in ("functions", "backups", "monitors", "requirements")
    )
    written: dict[str, list[Chapter]] = defaultdict(list)
    for chapter in contract.manuals:
        for ground in chapter.values.get("clauses") or ():
            written[str(ground)].append(chapter)
    for status in coverage.clauses(contract):
        name = f"{status.terms.id}/{status.clause.id}" if status.terms else status.clause.id
        chapters, others = _sections(contract, status.clause.answers)
        yield ClauseRow(
            name,
            status.terms,
            status.clause,
            status.status in (coverage.ANSWERED, coverage.UNANSWERED),
            tuple(functions.get(name, ())),
            tuple(backups.get(name, ())),
            tuple(monitors.get(name, ())),
            tuple(requirements.get(name, ())),
            _in_order(contract, (*written.get(name, ()), *chapters)),
            others,
            tuple(answer for answer in status.clause.answers if answer.kind != "section"),
        )


def _sections(contract: Contract, answers: Iterable[Answer]) -> tuple[list[Chapter], tuple[tuple[str, Item], ...]]:
    """The chapters and the things of the design that answers name: `operation/backup`, `servers/db01`."""
    chapters, others, known = [], [], _chapters(contract)
    for answer in answers:
        kind, _, name = (answer.section or "").partition("/")
        found = thing(contract, kind, name)
        if answer.section in known:
            chapters.append(known[answer.section])
        elif found is not None:
            others.append((kind, found))
    return chapters, tuple(others)


@once
def _chapters(contract: Contract) -> dict[str, Chapter]:
    return {f"{chapter.manual}/{chapter.id}": chapter for chapter in contract.manuals}


def _in_order(contract: Contract, found: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """Chapters each once, in the order of the manuals."""
    names = {(chapter.manual, chapter.id) for chapter in found}
    return tuple(chapter for chapter in contract.manuals if (chapter.manual, chapter.id) in names) if names else ()


def _by(contract: Contract, kind: str, field: str) -> Named:
    """The things of a kind by what a field of theirs names, one name or a list of them."""
    named: dict[str, list[Item]] = defaultdict(list)
    for one in things(contract, kind):
        names = one.get(field) or ()
        for name in [names] if isinstance(names, str) else names:
            named[str(name)].append(one)
    return named


def _function_rows(contract: Contract) -> Iterator[FunctionRow]:
    screens, reports, jobs, interfaces, modules = (
        _by(contract, kind, "functions") for kind in ("screens", "reports", "jobs", "interfaces", "modules")
    )
    tests = _by(contract, "tests", "module")
    for function in things(contract, "functions"):
        name = str(function["id"])
        yield FunctionRow(
            function,
            tuple(screens.get(name, ())),
            tuple(reports.get(name, ())),
            tuple(jobs.get(name, ())),
            tuple(interfaces.get(name, ())),
            _uses(contract, function),
            tuple(ModuleRow(one, tuple(tests.get(str(one["id"]), ()))) for one in modules.get(name, ())),
        )


def _uses(contract: Contract, function: Item) -> tuple[Use, ...]:
    rows = ((thing(contract, "entities", row["entity"]), row["crud"]) for row in function.get("data") or ())
    return tuple(Use(entity, str(letters)) for entity, letters in rows if entity is not None)


def _gaps(contract: Contract, clauses: Iterable[ClauseRow], functions: Iterable[FunctionRow]) -> Gaps:
    reasons = {one["of"] for one in overview(contract).get("nothing") or ()}
    tests, modules = _by(contract, "tests", "module"), things(contract, "modules")
    return Gaps(
        () if "modules" in reasons else tuple(row.function for row in functions if not row.modules),
        () if "tests" in reasons else tuple(one for one in modules if not tests.get(str(one["id"]))),
        tuple(row for row in clauses if row.duty and not row.answered and not row.answers),
    )
