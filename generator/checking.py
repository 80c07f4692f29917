"""The first stages in order: what `nohin check` does, read aloud. Imports nothing heavy, so that it starts at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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
from generator.intake.remembered import Memory, Store
from generator.intake.tree import WorkingTree
from generator.model import Contract
from generator.outputs.cache import Cache
from generator.problems import Problem, has_errors, in_order
from generator.rules import approvals, coverage, designrules, holidays, recordrules, staffing
from generator.rules.check import check as check_deadlines


@dataclass
class Checked:
    """A project that has been looked at."""

    loaded: Loaded
    kinds: Mapping[str, Kind]
    folders: TemplateFolders
    problems: list[Problem] = field(default_factory=list)


def check(
    project: Path, memory: Memory | None = None, store: Cache | None = None, as_of: dt.date | None = None
) -> Checked:
    """Read everything and report every problem; write nothing but what a `store` is given for.

    `as_of` only chooses words: whether what ends has ended.
    """
    memory = memory or Memory(Cache.existing(project, "data"))
    keeper = store or Reading(Cache.existing(project, "effects"))
    with holidays.kept_in(keeper):
        return _checked(project, memory, keeper, as_of)


def _checked(project: Path, memory: Memory, keeper: Store, as_of: dt.date | None) -> Checked:
    loaded = load(WorkingTree(project), memory)
    loaded, found = _with_effects(loaded, project, keeper)
    folders = TemplateFolders(project)
    kinds, problems = discover(folders, memory)
    fields, dates = record_fields(loaded), date_fields(loaded)
    problems += loaded.problems + found + list(check_kinds(kinds, fields))
    lost = {file.path for file in loaded.files if file.lost}
    for contract in loaded.portfolio.contracts.values():
        whole = lost.isdisjoint(_files(contract))
        problems += _contract_problems(contract, fields, dates, whole, as_of)
        problems += approvals.check(contract, kinds) if whole else ()
        problems += check_manuals(contract, project) if contract.manuals or contract.design else ()
        problems += [*check_documents(contract, kinds), *check_items(contract, kinds), *check_flows(contract)]
    return Checked(loaded, kinds, folders, in_order(problems))


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


def _with_effects(loaded: Loaded, project: Path, keeper: Store) -> tuple[Loaded, list[Problem]]:
    """The contracts with what each system change did to their design, and what no record accounts for."""
    reader = Effects(project, keeper, Reading(Cache.existing(project, "history")))
    portfolio, told = reader.known(loaded.portfolio)
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
        *staffing.check(contract),
        *recordrules.check(contract),
        *designrules.check(contract, as_of),
    ]


def _files(contract: Contract) -> set[str]:
    shared = (contract.authority, contract.vendor, *contract.terms)
    return {*contract.files, *(record.source.path for record in shared)}


def record_fields(loaded: Loaded) -> dict[str, list[str]]:
    """The fields of each kind of record, for the rules that name them."""
    return {kind: list(schema.fields) for kind, schema in loaded.schemas.records.items()}


def date_fields(loaded: Loaded) -> dict[str, list[str]]:
    """Those of them that hold a date or a moment: deadlines can be counted from them."""
    return {
        kind: [field for field, rule in schema.fields.items() if rule.get("type") in ("date", "moment")]
        for kind, schema in loaded.schemas.records.items()
    }
