"""What a change of the project changes: documents, due items, approvals, clauses, and what the check says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from generator.documents.approvals import Desk
from generator.history import states
from generator.history.states import State
from generator.intake.redaction import Redaction
from generator.model import Contract
from generator.outputs.difference.difference import compared, differences
from generator.outputs.preview.approvals import ApprovalChange, approval_changes
from generator.outputs.preview.causes import Causes
from generator.outputs.preview.clauses import ClauseChanges, clause_changes
from generator.outputs.preview.deadlines import DeadlineChange, deadline_changes
from generator.outputs.preview.documents import GONE, NEW, DocumentChange, Shelves, alone
from generator.outputs.preview.papers import Table
from generator.outputs.preview.problems import ProblemChanges, problem_changes
from generator.outputs.preview.sides import Stand, Taken, taken
from generator.problems import Problem, has_errors, in_order


@dataclass(frozen=True)
class ContractPreview:
    """What becomes of a contract."""

    id: str
    before: str
    """Its id before; empty for a new one."""
    title: str
    sentences: tuple[str, ...] = ()
    """What changed of its own data."""
    documents: tuple[DocumentChange, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()
    approvals: tuple[ApprovalChange, ...] = ()
    clauses: ClauseChanges = field(default_factory=ClauseChanges)
    gone: bool = False
    """Whether there is none any more."""

    @property
    def is_renamed(self) -> bool:
        """Whether it has another id now."""
        return self.before not in ("", self.id)

    @property
    def is_whole(self) -> bool:
        """Whether all of it comes or goes: then it is enough to count."""
        return self.gone or not self.before

    @property
    def says_something(self) -> bool:
        """Whether anything of it is otherwise."""
        return bool(
            self.is_renamed
            or self.sentences
            or self.documents
            or self.deadlines
            or self.approvals
            or self.clauses.changes
        )


@dataclass(frozen=True)
class Preview:
    """What a change of the project changes."""

    before: Stand
    after: Stand
    as_of: dt.date
    contracts: tuple[ContractPreview, ...] = ()
    shared: tuple[str, ...] = ()
    """What changed of what contracts share, in sentences."""
    problems: ProblemChanges = field(default_factory=ProblemChanges)
    broken: tuple[str, ...] = ()
    """Files of which nothing is said, for they are broken before or after."""
    looks: tuple[str, ...] = ()
    """Templates that differ in how things look: what they change cannot be told."""

    @property
    def says_something(self) -> bool:
        """Whether anything is otherwise."""
        return bool(self.contracts or self.shared or self.problems.new or self.problems.mended)


def preview(
    before: Stand,
    after: Stand,
    changed: frozenset[str],
    as_of: dt.date,
    contract: str | None = None,
    redaction: Redaction | None = None,
) -> Preview:
    """Everything that is otherwise after a change of some files, as of a day; of one contract, or of all.

    With a `redaction` it is told as everybody may read it: what is personal changes nothing.
    """
    whole = taken(before, after, changed)
    sides = whole.published(redaction) if redaction else whole
    found = differences(sides.before.side, sides.after.side, contract)
    sentences = {one.contract: tuple(told.sentence for told in one.told) for one in found}
    looked = _Looked(whole, sides, as_of, redaction)
    contracts = tuple(one for one in looked.contracts(contract, sentences) if one.says_something)
    problems = problem_changes(*looked.with_rendering(before, after))
    problems = problems.of(contract) if contract else problems
    return Preview(
        before=sides.before,
        after=sides.after,
        as_of=as_of,
        contracts=contracts,
        shared=sentences.get("", ()),
        problems=problems.published(redaction) if redaction else problems,
        broken=tuple(redaction.path(path) if redaction else path for path in whole.broken),
        looks=tuple(sorted(name for name in sides.templates if not name.endswith(".j2"))),
    )


@dataclass
class _Looked:
    """Two sides, looked through contract by contract."""

    whole: Taken
    sides: Taken
    """The same as they are told."""
    as_of: dt.date
    redaction: Redaction | None
    _rendering: tuple[list[Problem], list[Problem]] = field(default_factory=lambda: ([], []))
    """What templates got wrong before and after."""

    def contracts(self, wanted: str | None, sentences: Mapping[str, tuple[str, ...]]) -> Iterator[ContractPreview]:
        """Every contract that may be otherwise, in order of its id."""
        old, new = (states.states(one.loaded.files, one.loaded.portfolio.contracts) for one in self._both)
        pairs = states.partners(*(one.loaded.files for one in self._both))
        for was, now in sorted(pairs, key=lambda pair: (pair[1] or pair[0] or "", pair[1] is None)):
            before, after = old.get(was or ""), new.get(now or "")
            if wanted in (None, was, now) and (before or after):
                yield self._contract(before, after, sentences.get(now or was or "", ()))

    @property
    def _both(self) -> tuple[Stand, Stand]:
        return self.sides.before, self.sides.after

    def _contract(self, before: State | None, after: State | None, sentences: tuple[str, ...]) -> ContractPreview:
        was, now = (state.contract if state else None for state in (before, after))
        one = now or was
        assert one is not None
        found = ContractPreview(one.id, was.id if was else "", one.head.title, sentences, gone=now is None)
        tables = (self._table(self.sides.before, was), self._table(self.sides.after, now))
        changes, told = compared(before, after)
        documents = tuple(self._documents(tables, Causes(changes, told, self.sides.templates)))
        if not documents and self._in_whole(self.whole.before, was) == self._in_whole(self.whole.after, now):
            return found
        return replace(
            found,
            documents=documents,
            deadlines=tuple(deadline_changes(was, now, self.as_of, changes)),
            approvals=tuple(self._approvals(tables)),
            clauses=clause_changes(was, now, changes),
        )

    def _documents(self, tables: tuple[Table | None, Table | None], causes: Causes) -> Iterator[DocumentChange]:
        before, after = tables
        if before and after:
            yield from Shelves(self.sides, before, after, causes).changes()
            for found, one in zip(self._rendering, (before, after), strict=True):
                found += one.problems
        elif table := before or after:
            what = GONE if before else NEW
            yield from (alone(what, document, causes) for document in table.documents.values())

    def _in_whole(self, stand: Stand, contract: Contract | None) -> Contract | None:
        """A contract with what is personal in it."""
        return stand.loaded.portfolio.contracts[contract.id] if contract else None

    def _table(self, stand: Stand, contract: Contract | None) -> Table | None:
        return Table(stand, contract, self.as_of) if contract else None

    def _approvals(self, tables: tuple[Table | None, Table | None]) -> Iterator[ApprovalChange]:
        """Judged on what was approved, be it personal; told of what is told."""
        before, after = tables
        if before is None or after is None:
            return
        sides = ((self.whole.before, before.contract), (self.whole.after, after.contract))
        told = ((one, self._in_whole(one, contract)) for one, contract in sides)
        old, new = (Desk(one.env, one.kinds, contract) if contract else None for one, contract in told)
        titles = {name: one.title for table in (before, after) for name, one in table.documents.items()}
        for change in approval_changes(old, new, self.as_of):
            if change.document in titles:
                named = replace(change, document_title=titles[change.document])
                yield named.published(self.redaction) if self.redaction else named

    def with_rendering(self, *stands: Stand) -> Iterator[Stand]:
        """The sides with what templates got wrong; where data are wrong, that is the reason, and told already."""
        for stand, found in zip(stands, self._rendering, strict=True):
            more = () if has_errors(stand.problems) else found
            yield replace(stand, problems=in_order([*stand.problems, *more]))
