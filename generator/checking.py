"""The first stages in order: what `nohin check` does, read aloud. Imports nothing heavy, so that it starts at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.documents.flows import check as check_flows
from generator.documents.kinds import Kind, discover
from generator.documents.kinds import check as check_kinds
from generator.documents.manualchecks import check as check_manuals
from generator.documents.plan import check as check_documents
from generator.documents.required import check as check_items
from generator.documents.templates import TemplateFolders
from generator.history import recordedchanges
from generator.history.effectstore import Effects, Reading
from generator.intake.portfolio import Loaded, load
from generator.intake.reach import Reach, Within, contract_of, is_inside, looked_into
from generator.intake.remembered import Memory, Store
from generator.intake.staged import Staged
from generator.intake.stilltree import StillTree
from generator.intake.tree import Tree
from generator.model import Contract
from generator.outputs.cache import Cache
from generator.problems import Problem, has_errors, in_order
from generator.rules import approvals, coverage, designrules, holidays, levelchecks, recordrules, staffing
from generator.rules.check import check as check_deadlines


@dataclass
class Checked:
    """A project that has been looked at."""

    loaded: Loaded
    kinds: Mapping[str, Kind]
    folders: TemplateFolders
    tree: Tree
    """The files as they were looked at."""
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Known:
    """What earlier runs have found out, and where what this one finds out is kept."""

    memory: Memory
    effects: Store
    log: Store

    @classmethod
    def of(cls, project: Path, memory: Memory | None = None) -> Known:
        """What a build has kept of a project; nothing is added to it. `memory` is what is known of its files."""
        data, effects, log = (Cache.existing(project, name) for name in ("data", "effects", "history"))
        return cls(memory or Memory(data), Reading(effects), Reading(log))


def check(
    project: Path,
    memory: Memory | None = None,
    store: Cache | None = None,
    as_of: dt.date | None = None,
    tree: Tree | None = None,
) -> Checked:
    """Read everything and report every problem; write nothing but what a `store` is given for.

    `as_of` says what has come: what is not there yet is called for before its day, and wanting from then on.
    `tree` is where the files are read.
    """
    known = Known.of(project, memory)
    known = replace(known, effects=store or known.effects)
    return _checked(_Asked(project, project, as_of), known, tree)


def check_staged(project: Path, as_of: dt.date | None = None) -> list[Problem]:
    """Every problem that the staged files can cause, of the files as they will be committed; write nothing.

    With nothing staged at all, all of what is committed is looked at.
    """
    staged = Staged.at(project)
    if staged.anything and not staged.changed:
        return []
    contracts = looked_into(staged.changed) if staged.changed else None
    with staged.laid_out(lambda path: is_inside(path, contracts)) as place:
        return _checked(_Asked(project, place, as_of, staged.changed or None), Known.of(project)).problems


def check_changed(project: Path, changed: Collection[str], known: Known, as_of: dt.date) -> Checked:
    """What some files can break, read and looked at, with all that its documents are made from."""
    return _checked(_Asked(project, project, as_of, changed, whole=True), known)


@dataclass(frozen=True)
class _Asked:
    """What is to be looked at."""

    project: Path
    """Where the history is."""
    place: Path
    """Where the files are."""
    as_of: dt.date | None
    changed: Collection[str] | None = None
    """Only what these files can break; None for everything."""
    whole: bool = False
    """Whether the history of a design is asked for though they cannot be at odds with it."""


def _checked(asked: _Asked, known: Known, tree: Tree | None = None) -> Checked:
    with holidays.kept_in(known.effects):
        tree = tree or StillTree(asked.place)
        loaded = load(tree if asked.changed is None else Within(tree, looked_into(asked.changed)), known.memory)
        reach = None if asked.changed is None else Reach.of(asked.changed, loaded.files)
        loaded, problems = _with_effects(loaded, asked, known, reach)
        folders = TemplateFolders(asked.place)
        kinds, found = discover(folders, known.memory)
        problems += loaded.problems + found + list(check_kinds(kinds, record_fields(loaded)))
        for contract in loaded.portfolio.contracts.values():
            if reach is None or contract.id in reach.contracts:
                problems += _of_contract(contract, loaded, kinds, asked)
        told = [one for one in problems if reach is None or reach.holds(one.source.path)]
        return Checked(loaded, kinds, folders, tree, in_order(told))


def _of_contract(contract: Contract, loaded: Loaded, kinds: Mapping[str, Kind], asked: _Asked) -> list[Problem]:
    """Everything that is looked for in a contract."""
    lost = {file.path for file in loaded.files if file.lost}
    whole = lost.isdisjoint(_shared(contract)) and contract.id not in map(contract_of, lost)
    problems = _contract_problems(contract, record_fields(loaded), date_fields(loaded), whole, asked.as_of)
    problems += approvals.check(contract, kinds) if whole else ()
    problems += check_manuals(contract, asked.place) if contract.manuals or contract.design else ()
    return [*problems, *check_documents(contract, kinds), *check_items(contract, kinds), *check_flows(contract)]


def release(checked: Checked, project: Path, as_of: dt.date) -> list[Problem]:
    """What may not be handed over as it is on a day. Renders documents and asks git: more than a check does."""
    from generator.documents.approvals import Desk
    from generator.documents.release import check as check_release
    from generator.documents.render import environment
    from generator.documents.since import Since
    from generator.history.states import Snapshots, states
    from generator.intake.repository import Repository

    repository = Repository.at(project)
    loaded, snapshots = checked.loaded, Snapshots(repository) if repository else None
    since = Since(states(loaded.files, loaded.portfolio.contracts), checked.kinds, snapshots)
    found: list[Problem] = []
    for contract in loaded.portfolio.contracts.values():
        desk = Desk(environment(checked.folders), checked.kinds, contract, since)
        found += check_release(desk, as_of, since.committed)
        found += desk.problems
    return in_order([*checked.problems, *found])


def _with_effects(loaded: Loaded, asked: _Asked, known: Known, reach: Reach | None) -> tuple[Loaded, list[Problem]]:
    """The contracts with what each system change did to their design, and what no record accounts for."""
    reader = Effects(asked.project, known.effects, known.log)
    contracts = loaded.portfolio.contracts
    wanted = {name: one for name, one in contracts.items() if reach is None or reach.needs_history(name, asked.whole)}
    portfolio, told = reader.known(replace(loaded.portfolio, contracts=wanted))
    portfolio = replace(portfolio, contracts={**contracts, **portfolio.contracts})
    lost = {file.path for file in loaded.files if file.lost}
    whole = [name for name in told if not any(path.startswith(f"data/contracts/{name}/") for path in lost)]
    problems = [problem for name in whole for problem in recordedchanges.check(portfolio.contracts[name], told[name])]
    return replace(loaded, portfolio=portfolio), problems


def _contract_problems(
    contract: Contract,
    fields: Mapping[str, Sequence[str]],
    dates: Mapping[str, Sequence[str]],
    whole: bool,
    as_of: dt.date | None,
) -> list[Problem]:
    """What the rules say; where a part could not be read, nothing that may rest on what is missing."""
    if contract.head.period.end < contract.head.period.start:
        return []
    found = check_deadlines(contract, fields, dates)
    if not whole or has_errors(found):
        found = [problem for problem in found if problem.severity == "error"]
    if not whole:
        return found
    return [
        *found,
        *coverage.check(contract),
        *staffing.check(contract, as_of),
        *recordrules.check(contract),
        *levelchecks.check(contract),
        *designrules.check(contract, as_of),
    ]


def _shared(contract: Contract) -> set[str]:
    return {record.source.path for record in (contract.authority, contract.vendor, *contract.terms)}


def record_fields(loaded: Loaded) -> dict[str, list[str]]:
    """The fields of each kind of record, for the rules that name them."""
    return {kind: list(schema.fields) for kind, schema in loaded.schemas.records.items()}


def date_fields(loaded: Loaded) -> dict[str, list[str]]:
    """Those of them that hold a date or a moment: deadlines can be counted from them."""
    return {
        kind: [field for field, rule in schema.fields.items() if rule.get("type") in ("date", "moment")]
        for kind, schema in loaded.schemas.records.items()
    }
