"""CRUD 図: which function makes, reads, changes and deletes which data, in blocks that fit a sheet of paper."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from generator.documents.design import things
from generator.model import Contract, Item

COLUMNS = 12
"""The most entities that stand side by side on A4."""


@dataclass(frozen=True, slots=True)
class CrudRow:
    """What a function does with the entities of a block, in their order; empty where it does nothing with one."""

    function: Item
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrudBlock:
    """Some of the entities, and the functions that touch any of them."""

    entities: tuple[Item, ...]
    rows: tuple[CrudRow, ...]


@dataclass(frozen=True, slots=True)
class CrudMatrix:
    """All entities in blocks of nearly equal width; no block where no function touches any entity."""

    blocks: tuple[CrudBlock, ...]
    idle: tuple[Item, ...]
    """Functions that touch no entity."""
    untouched: tuple[Item, ...]
    """Entities that no function touches; their columns are empty."""


def crud(contract: Contract, columns: int = COLUMNS) -> CrudMatrix:
    """The matrix of a contract's functions and entities."""
    entities, functions = things(contract, "entities"), things(contract, "functions")
    done = [(function, _operations(function)) for function in functions]
    known = {str(entity["id"]) for entity in entities}
    touched = {name for _, operations in done for name in operations} & known
    return CrudMatrix(
        tuple(_block(some, done) for some in _even(entities if touched else [], columns)),
        tuple(function for function, operations in done if known.isdisjoint(operations)),
        tuple(entity for entity in entities if str(entity["id"]) not in touched),
    )


def _operations(function: Item) -> dict[str, str]:
    return {str(row["entity"]): str(row["crud"]) for row in function.get("data") or ()}


def _block(entities: Sequence[Item], done: Sequence[tuple[Item, dict[str, str]]]) -> CrudBlock:
    names = [str(entity["id"]) for entity in entities]
    rows = (CrudRow(function, tuple(operations.get(name, "") for name in names)) for function, operations in done)
    return CrudBlock(tuple(entities), tuple(row for row in rows if any(row.cells)))


def _even(entities: Sequence[Item], columns: int) -> list[Sequence[Item]]:
    """As few parts as their width allows, none more than one wider than another."""
    count = -(-len(entities) // columns)
    edges = [len(entities) * part // count for part in range(count + 1)] if count else []
    return [entities[start:end] for start, end in itertools.pairwise(edges)]
