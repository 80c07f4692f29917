"""Names in a design and in the manuals: each that leads nowhere is told at its place, whatever kind names it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.intake import crosschecks
from generator.intake.portfolio import Loaded, load
from generator.intake.recordrefs import names_in, told_by
from generator.intake.tree import WorkingTree
from generator.model import Chapter, Contract, Sheet
from generator.problems import Problem, to_text
from tests.designed import KINDS, SUBSYSTEMS, changed, designed_project, path_of
from tests.support import Project

NOWHERE = "無い名"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The small system with something of every kind, subsystems too."""
    functions = KINDS["functions"].replace("title: 申請の登録\n", "title: 申請の登録\n    subsystem: sub\n")
    changes = {"subsystems": SUBSYSTEMS, "functions": functions}
    there = load(WorkingTree(_written(tmp_path_factory.mktemp("design"), changes)))
    assert to_text(there.problems) == ""
    return there


def _written(root: Path, changes: dict[str, str]) -> Path:
    return Project(root).write(designed_project(changes)).root


def _told(loaded: Loaded, contract: Contract) -> list[Problem]:
    portfolio = replace(loaded.portfolio, contracts={contract.id: contract})
    return [p for p in crosschecks.run(portfolio, frozenset(), loaded.schemas) if NOWHERE in p.message]


def _renamed(values: Any, path: tuple[str | int, ...]) -> Any:
    """Values with the one under a path other than it was."""
    changed = copy.deepcopy(values)
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = NOWHERE
    return changed


def test_every_name_that_leads_nowhere_is_told_at_its_place(loaded: Loaded) -> None:
    """Each name in each file is replaced in turn: one problem, at that name."""
    contract, count = loaded.portfolio.contracts["mihon"], 0
    files: tuple[Sheet | Chapter, ...] = (*contract.design, *contract.manuals)
    for told in files:
        for _, path, _ in [name for name in names_in(told) if name.kind != "item"]:
            other = replace(told, values=_renamed(told.values, path))
            design = tuple(other if one is told else one for one in contract.design if isinstance(other, Sheet))
            manuals = tuple(other if one is told else one for one in contract.manuals if isinstance(other, Chapter))
            swapped = replace(contract, design=design or contract.design, manuals=manuals or contract.manuals)
            problems = _told(loaded, swapped)
            assert [(p.source, p.code) for p in problems] == [(told.place(*path), "REF001")], (told.source, path)
            count += 1
    assert count > 60


def test_every_field_that_names_something_is_tried(loaded: Loaded) -> None:
    """The sample names something in every field that the schemas let name something."""
    tried = {(t.source.path, p) for t in told_by(loaded.portfolio.contracts["mihon"]) for p in _steps(t)}
    for kind, schema in loaded.schemas.design.items():
        for path, rule in schema.walk():
            inner = rule.get("schema") if isinstance(rule.get("schema"), dict) else None
            reference = (inner or rule).get("reference") if not rule.get("schema") or inner else None
            if reference or (inner or {}).get("type") == "ground":
                where = tuple(map(str, path))
                assert (path_of(kind), where) in tried or (path_of(kind), (*where, "*")) in tried, (kind, path)


def _steps(told: Any) -> Iterator[tuple[str, ...]]:
    for _, path, _ in names_in(told):
        yield tuple("*" if isinstance(step, int) else step for step in path)


SLIPS = [
    (changed("servers", "software: [os01, pg]", "software: [os01, pgs]"), "servers.yml:20:22", "pgs", "pg"),
    (changed("networks", "zone: lg", "zone: lgw"), "networks.yml:10:11", "lgw", "lg"),
    (changed("monitors", "[manager]", "[maneger]"), "monitors.yml:8:14", "maneger", "manager"),
    (changed("backups", "[1-1]", "[1-2]"), "backups.yml:17:15", "1-2", "1-1"),
]


@pytest.mark.parametrize(("changes", "place", "name", "near"), SLIPS, ids=[slip[2] for slip in SLIPS])
def test_nearest_name_is_said(tmp_path: Path, changes: dict[str, str], place: str, name: str, near: str) -> None:
    """The message says what was looked for, the hint what may have been meant."""
    (problem,) = load(WorkingTree(_written(tmp_path, changes))).problems
    assert str(problem.source).endswith(f"design/{place}")
    assert f"「{name}」がありません" in problem.message
    assert problem.hint == f"{near} ではありませんか"


def test_names_in_a_file_with_a_lost_thing_are_not_judged(tmp_path: Path) -> None:
    """A server that could not be read is not said to be missing wherever it is named."""
    broken = changed("servers", "  - id: db01\n", "  - id: [db01]\n")
    (problem,) = load(WorkingTree(_written(tmp_path, broken))).problems
    assert (problem.code, problem.source.line) == ("SCH003", 8)
