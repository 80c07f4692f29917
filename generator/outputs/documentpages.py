"""The list of documents: by deliverable and kind, with those that wait for a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.documents.kinds import Kind
from generator.documents.plan import Document
from generator.documents.render import Body
from generator.model import Deliverable
from generator.outputs.shown import Shown


@dataclass(frozen=True)
class Group:
    """The documents of a kind that bear one title."""

    title: str
    kind: Kind
    deliverables: Sequence[Deliverable]
    bodies: Sequence[Body]


def groups(shown: Shown) -> list[Group]:
    """The documents of a contract in the order of its deliverables, together where kind and title are the same."""
    found: dict[tuple[str, str], list[Body]] = {}
    for body in shown.bodies:
        document = body.document
        found.setdefault((document.kind.id, document.own_title), []).append(body)
    return [_group(title, bodies) for (_, title), bodies in found.items()]


def _group(title: str, bodies: Sequence[Body]) -> Group:
    served = {d.no: d for body in bodies for d in body.document.deliverables}
    return Group(title, bodies[0].document.kind, tuple(served.values()), tuple(bodies))


def made_for(shown: Shown, number: str) -> list[Document]:
    """The documents made for a deliverable."""
    return [b.document for b in shown.bodies if any(d.no == number for d in b.document.deliverables)]
