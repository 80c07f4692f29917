"""業務フロー: the steps of a business as a procedure's are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.documents.drawings.drawing import Drawing, name_of, short
from generator.documents.drawings.words import clean
from generator.documents.flowdrawings import drawings
from generator.model import Contract, Entry, Item

ROOM, MOST = 630.0, 720.0
"""The width of a drawing and the most of its height, in points: across a sheet of A4 (170 mm) its letters, of 10 points,
come out at 7.6, and it is no higher than 200 mm. A narrower one would be higher still."""


def business_flow(contract: Contract, business: Item) -> list[Drawing]:
    """業務フロー of one business of the design: a lane for each actor; none where it has no steps."""
    steps = [_step(row) for row in business.get("steps") or ()]
    if not steps:
        return []
    title = name_of(business)
    entry = Entry(kind="procedures", id=str(business["id"]), values={"title": title, "steps": steps})
    made = drawings(entry, ROOM, MOST)
    count = len(made)
    name = f"業務フロー　{short(title)}"
    return [
        Drawing(
            f"business-{business['id']}" + (f"-{number}" if count > 1 else ""),
            f"{name}（{number}/{count}）" if count > 1 else name,
            drawing,
        )
        for number, drawing in enumerate(made, 1)
    ]


def _step(row: Mapping[str, Any]) -> dict[str, Any]:
    """A step in the words of a procedure; where two ways part, it is a decision."""
    ways = row.get("next")
    step = {"id": row["id"], "actor": clean(row["actor"]), "text": clean(row["step"]), "decision": len(ways or ()) > 1}
    if ways is not None:
        step["next"] = [{"to": way["step"], "label": clean(way.get("label") or "")} for way in ways]
    return step
