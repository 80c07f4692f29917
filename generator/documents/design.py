"""The design of a contract's system as templates see it: its things by kind, their names, their values in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from generator.documents.facts import said, title_at
from generator.documents.ledger import once
from generator.intake.schema import DESIGN, load_schemas
from generator.model import OVERVIEW, Contract, Item


@once
def sheets(contract: Contract) -> dict[str, tuple[Item, ...]]:
    """The things of each kind that has any."""
    return {sheet.kind: sheet.things for sheet in contract.design if sheet.things}


@once
def overview(contract: Contract) -> Mapping[str, Any]:
    """The fields of the overview; empty where there is none."""
    return next((sheet.values for sheet in contract.design if sheet.kind == OVERVIEW), {})


def things(contract: Contract, kind: str, **wanted: Any) -> list[Item]:
    """The things of a kind in their order: `things(contract, "screens", functions="f01")` those whose field is or
    holds a value."""
    found = sheets(contract).get(kind, ())
    return [thing for thing in found if all(_has(thing.get(field), value) for field, value in wanted.items())]


def _has(value: Any, wanted: Any) -> bool:
    return wanted in value if isinstance(value, list) else value == wanted


@once
def _named(contract: Contract) -> dict[tuple[str, str], Item]:
    return {(kind, str(thing["id"])): thing for kind, found in sheets(contract).items() for thing in found}


def thing(contract: Contract, kind: str, name: str | None) -> Item | None:
    """A thing by its id; None where there is none."""
    return _named(contract).get((kind, name or ""))


def thing_title(contract: Contract, kind: str, name: str | None) -> str:
    """What a thing is called; its id where there is none, empty for no name."""
    found = thing(contract, kind, name)
    return str(found["title"]) if found else name or ""


def why_none(contract: Contract, *kinds: str) -> str:
    """Why nothing of these kinds is there; empty where no reason is given."""
    reasons = {one["of"]: one["reason"] for one in overview(contract).get("nothing") or ()}
    return "、".join(dict.fromkeys(reasons[kind] for kind in kinds if kind in reasons))


def in_words(contract: Contract, kind: str, path: str, value: Any) -> str:
    """A value of a thing in words: `in_words(contract, "servers", "addresses.*.network", "lan-lg")`."""
    return said(contract, load_schemas().by_kind[DESIGN + kind], _steps(kind, path), value)


def field_title(kind: str, path: str) -> str:
    """What a field is called: `field_title("servers", "addresses.*.network")`."""
    return title_at(load_schemas().by_kind[DESIGN + kind], _steps(kind, path))


@cache
def _steps(kind: str, path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if kind == OVERVIEW else (kind, "*", *path.split("."))


def design_kinds() -> list[str]:
    """Every kind of thing there can be."""
    return list(load_schemas().design)


def kind_title(kind: str) -> str:
    """What a kind of thing is called: `サーバ`."""
    return load_schemas().by_kind[DESIGN + kind].title
