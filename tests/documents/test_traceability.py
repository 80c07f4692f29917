"""対応表 and CRUD 図: every link is one that data writes, every gap one that data leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.documents.crudmatrix import COLUMNS, crud
from generator.documents.traceability import ClauseRow, traceability
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Item, Sheet
from generator.problems import to_text
from tests.designed import CHAPTER, KINDS, MANUAL, changed, designed_project
from tests.rules import builders
from tests.support import CONTRACT, WHOLE, Project

CLAUSES = f"{CONTRACT}/clauses.yml"
MORE = """\
  - id: 1-2
    heading: 復元
    text: 受注者は、復元の手順を定める。
    obligor: vendor
    kind: obligation
    answers:
      - section: operation/backup
      - section: servers/db01
  - id: 1-3
    heading: 立会い
    text: 受注者は、立ち会う。
    obligor: vendor
    kind: obligation
  - id: 1-4
    heading: 場所
    text: 発注者は、場所を用意する。
    obligor: authority
    kind: obligation
  - id: 2
    heading: 支払
    text: 受注者は、請求する。
    obligor: vendor
    kind: obligation
"""


@pytest.fixture
def contract(project: Callable[..., Project]) -> Callable[..., Contract]:
    """Reads the small system with some files other than there."""

    def make(changes: dict[str, str | None] | None = None) -> Contract:
        files = {CLAUSES: WHOLE[CLAUSES] + MORE, **(changes or {})}
        loaded = load(WorkingTree(project(designed_project(files)).root))
        assert to_text(loaded.problems) == ""
        return loaded.portfolio.contracts["mihon"]

    return make


def ids(found: Any) -> list[str]:
    """The names of things, clauses' rows or chapters."""
    return [one.name if isinstance(one, ClauseRow) else str(one["id"]) for one in found]


def test_clause_leads_to_whatever_names_it(contract: Callable[..., Contract]) -> None:
    """Functions, backups, monitors and requirements by their grounds, chapters by theirs; other answers beside them."""
    (row,) = [row for row in traceability(contract()).clauses if row.name == "1-1"]
    assert [ids(found) for found in (row.functions, row.backups, row.monitors, row.requirements)] == [
        ["f01"],
        ["full"],
        ["m01"],
        ["n01"],
    ]
    assert [chapter.id for chapter in row.chapters] == ["backup"]
    assert [answer.kind for answer in row.answers][:4] == ["deliverable", "record", "task", "role"]
    assert row.answered
    assert row.duty


def test_answers_name_chapters_and_things(contract: Callable[..., Contract]) -> None:
    """A section that an answer names is a chapter of a manual or a thing of the design, and told once."""
    named = MANUAL.replace("[1-1]", "[1-1, 1-2]")
    (row,) = [row for row in traceability(contract({CHAPTER: named})).clauses if row.name == "1-2"]
    assert [chapter.id for chapter in row.chapters] == ["backup"]
    assert [(kind, thing["id"]) for kind, thing in row.others] == [("servers", "db01")]
    assert row.answers == ()


def test_clauses_listed(contract: Callable[..., Contract]) -> None:
    """What is answered here, and the vendor's duties beside it: not the authority's, not those of other chapters."""
    found = traceability(contract())
    assert ids(found.clauses) == ["1-1", "1-2", "1-3"]
    assert ids(found.gaps.clauses) == ["1-3"]


def test_duty_that_something_else_answers_is_no_gap(contract: Callable[..., Contract]) -> None:
    """It is listed with what answers it; what does not apply is not listed."""
    stated = MORE.replace("立ち会う。\n    obligor: vendor\n    kind: obligation\n", "{}")
    stated = stated.format(
        "立ち会う。\n    obligor: vendor\n    kind: obligation\n    answers:\n      - record: work\n"
    )
    found = traceability(contract({CLAUSES: WHOLE[CLAUSES] + stated}))
    assert ids(found.clauses) == ["1-1", "1-2", "1-3"]
    assert found.gaps.clauses == ()
    head = designed_project()[f"{CONTRACT}/contract.yml"]
    without = f"{head!s}not_applicable:\n  - clauses: [1-3]\n    reason: 立ち会わないため\n"
    assert ids(traceability(contract({f"{CONTRACT}/contract.yml": without})).clauses) == ["1-1", "1-2"]


def test_clause_of_terms(contract: Callable[..., Contract]) -> None:
    """A clause of the attached terms is listed under its full name where the design answers it."""
    found = traceability(contract(changed("requirements", "[1-1]", "[1-1, mihon-terms/1]")))
    assert ids(found.clauses)[-1] == "mihon-terms/1"
    assert found.clauses[-1].terms is not None


def test_function_leads_to_its_tests(contract: Callable[..., Contract]) -> None:
    """Screens, reports, jobs, interfaces, data and modules, and through the modules the tests."""
    first, second = traceability(contract()).functions
    assert [ids(found) for found in (first.screens, first.reports, first.jobs, first.interfaces)] == [
        ["s01"],
        ["r01"],
        [],
        ["i01"],
    ]
    assert [(use.entity["id"], use.crud) for use in first.uses] == [("e01", "CRU"), ("e02", "CR")]
    assert [(row.module["id"], ids(row.tests)) for row in first.modules] == [("p01", ["u001"])]
    assert (ids(second.jobs), ids(second.tests)) == (["j01"], ["u002"])


def test_gaps(contract: Callable[..., Contract]) -> None:
    """A function without a module and a module without a test are listed; a module has no other function's tests."""
    gaps = traceability(contract(changed("modules", "functions: [f02]", "functions: [f01]"))).gaps
    assert (ids(gaps.functions), ids(gaps.modules)) == (["f02"], [])
    gaps = traceability(contract({"tests": KINDS["tests"].replace("module: p02", "module: p01")})).gaps
    assert (ids(gaps.functions), ids(gaps.modules)) == ([], ["p02"])


def test_kind_that_is_absent_for_a_reason_leaves_no_gap(contract: Callable[..., Contract]) -> None:
    """A package without modules of its own has no functions without modules."""
    without: dict[str, str | None] = {"modules": None, "tests": None}
    assert ids(traceability(contract(without)).gaps.functions) == ["f01", "f02"]
    reason = changed(
        "overview", "  - of: subsystems\n", "  - of: modules\n    reason: 製品のため\n  - of: subsystems\n"
    )
    assert traceability(contract({**without, **reason})).gaps.functions == ()


def test_contract_without_a_design() -> None:
    """Empty tables, no gaps."""
    found = traceability(builders.contract())
    assert (found.clauses, found.functions, found.gaps.clauses) == ((), (), ())
    assert crud(builders.contract()).blocks == ()


def test_crud_of_the_small_system(contract: Callable[..., Contract]) -> None:
    """A row for each function that touches data, a column for each entity."""
    matrix = crud(contract({"functions": KINDS["functions"] + "  - {id: f03, title: 印刷}\n"}))
    (block,) = matrix.blocks
    assert ids(block.entities) == ["e01", "e02"]
    assert [(row.function["id"], row.cells) for row in block.rows] == [("f01", ("CRU", "CR")), ("f02", ("RD", ""))]
    assert ids(matrix.idle) == ["f03"]
    assert matrix.untouched == ()


def _designed(entities: int, uses: list[list[int]]) -> Contract:
    functions: list[Item] = [
        {"id": f"f{at}", "title": "機能", "data": [{"entity": f"e{one}", "crud": "R"} for one in dict.fromkeys(own)]}
        for at, own in enumerate(uses)
    ]
    data: list[Item] = [{"id": f"e{at}", "title": "データ"} for at in range(entities)]
    sheets = {"functions": functions, "entities": data}
    design = tuple(Sheet(kind=kind, values={kind: things}) for kind, things in sheets.items())
    return replace(builders.contract(), design=design)


@given(st.integers(0, 40), st.lists(st.lists(st.integers(0, 45), max_size=5), max_size=8))
def test_blocks_fit_and_lose_nothing(entities: int, uses: list[list[int]]) -> None:
    """Every entity stands in one column, every operation in one cell; blocks are as few and as even as can be."""
    matrix = crud(_designed(entities, uses))
    columns = [name for block in matrix.blocks for name in ids(block.entities)]
    touched = {f"e{one}" for own in uses for one in own if one < entities}
    assert columns == ([f"e{at}" for at in range(entities)] if touched else [])
    sizes = [len(block.entities) for block in matrix.blocks]
    assert len(sizes) == -(-len(columns) // COLUMNS)
    assert not sizes or (max(sizes) <= COLUMNS and max(sizes) - min(sizes) <= 1)
    told = {
        (row.function["id"], entity["id"])
        for block in matrix.blocks
        for row in block.rows
        for entity, cell in zip(block.entities, row.cells, strict=True)
        if cell
    }
    assert told == {(f"f{at}", f"e{one}") for at, own in enumerate(uses) for one in own if one < entities}
    assert ids(matrix.idle) == [f"f{at}" for at, own in enumerate(uses) if all(one >= entities for one in own)]
    assert set(ids(matrix.untouched)) == {f"e{at}" for at in range(entities)} - touched
