"""What there is of each deliverable: its documents as one group, where each of them stands, and what is to come.

A group is named after what it is, never after a title: its address stays when titles change and when documents are
added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.documents.chain import submissions_of
from generator.documents.kinds import Kind, shelves
from generator.documents.plan import Document
from generator.documents.render import Body
from generator.history.submissions import is_open
from generator.model import Deliverable, Submission
from generator.outputs.shown import Shown
from generator.outputs.years import years_of
from generator.rules import events
from generator.rules.dueitem import DueItem
from generator.rules.labels import SCOPES

LONGEST = 30
"""So many characters of a label stand in a list."""


@dataclass(frozen=True)
class Listed:
    """One document of a group as lists show it: what it is called, and where it stands."""

    body: Body
    years: tuple[int, ...]
    """The fiscal years it is filed under."""
    submission: Submission | None
    """The last that was handed over of it."""

    @property
    def document(self) -> Document:
        """The document."""
        return self.body.document

    @property
    def item(self) -> DueItem | None:
        """The due item that counts: the next one, else the last that was handed over, else one without a date."""
        return counting(self.body.items)

    @property
    def label(self) -> str:
        """What tells it from its siblings in a list: `令和8年4月`, `差分　保存領域の拡張`; shortened."""
        scope = SCOPES.get(self.document.kind.scope or "", "")
        return shortened("　".join(filter(None, (scope, self.document.label)))) or self.document.own_title

    @property
    def told_of(self) -> str:
        """The record it is made from: `障害 2026-001`; empty for others."""
        entry = self.document.entry
        return f"{events.kind_title(entry.kind)} {entry.id}" if entry else ""


@dataclass(frozen=True)
class Group:
    """The documents made for one deliverable, or of one kind where the kind has a title of its own."""

    name: str
    """The name of its page: no document can have it, for no id has two hyphens in a row."""
    title: str
    kind: Kind
    deliverables: tuple[Deliverable, ...]
    documents: tuple[Listed, ...]
    ahead: tuple[DueItem, ...] = ()
    """What will be due and has no document yet."""

    @property
    def several(self) -> bool:
        """Whether it has a page of its own, because there is or will be more than one document."""
        return len(self.documents) + len(self.ahead) > 1

    @property
    def path(self) -> str:
        """Its page below the contract's part, without ending: its own, else that of its only document."""
        return f"documents/{self.name if self.several else self.documents[0].document.id}"

    @property
    def items(self) -> tuple[DueItem, ...]:
        """The due items of all its documents, each once, and those to come."""
        own = {item.key: item for listed in self.documents for item in listed.body.items}
        return (*own.values(), *self.ahead)

    @property
    def next(self) -> DueItem | None:
        """What has to be handed over next."""
        found = counting(self.items)
        return found if found and is_open(found) else None

    @property
    def last(self) -> Listed | None:
        """The document that was handed over last."""
        made = [listed for listed in self.documents if listed.submission]
        return max(made, key=lambda one: one.submission.date if one.submission else dt.date.min, default=None)

    @property
    def foremost(self) -> Listed:
        """The document one opens first: what was handed over last, else what is due next, else the first."""
        following = [one for one in self.documents if self.next in one.body.items]
        return self.last or next(iter(following), self.documents[0])


def counting(items: Iterable[DueItem]) -> DueItem | None:
    """Of several due items the one that counts: the next one, else the last handed over, else one without a date."""
    own = [item for item in items if item.applies]
    dated = [item for item in own if item.due and is_open(item)]
    if dated:
        return min(dated, key=lambda item: item.due or dt.date.max)
    made = [item for item in own if item.submitted and not is_open(item)]
    if made:
        return max(made, key=lambda item: item.submitted or dt.date.min)
    return own[0] if own else None


def groups(shown: Shown, as_of: dt.date = dt.date.max) -> list[Group]:
    """The groups of a contract in the order of its deliverables."""
    found: dict[str, list[Body]] = {}
    for body in shown.bodies:
        found.setdefault(_name(body.document), []).append(body)
    served = {item.key for body in shown.bodies for item in body.items}
    open_items = [item for item in shown.items if item.applies and item.key not in served]
    return [_group(name, bodies, open_items, as_of) for name, bodies in found.items()]


def _name(document: Document) -> str:
    """After the deliverable where the document bears its title or is one of whole and delta, else after its kind."""
    kind, own = document.kind, document.deliverable
    if own is not None and (kind.form == "letter" or kind.per == "period" or kind.scope):
        return f"no--{own.no}"
    return f"kind--{kind.id}"


def _group(name: str, bodies: Sequence[Body], open_items: Sequence[DueItem], as_of: dt.date) -> Group:
    first = bodies[0].document
    served = {d.no: d for body in bodies for d in body.document.deliverables}
    repeated = first.kind.per in ("fiscal_year", "month", "period")
    ahead = tuple(item for item in open_items if repeated and item.due and item.deliverable in served)
    documents = tuple(_listed(body, as_of) for body in bodies)
    return Group(name, first.own_title, first.kind, tuple(served.values()), documents, ahead)


def _listed(body: Body, as_of: dt.date) -> Listed:
    made = submissions_of(body.document, body.items, as_of)
    return Listed(body, years_of(body, as_of), made[-1] if made else None)


def by_shelf(found: Iterable[Group]) -> list[tuple[str, str, list[Group]]]:
    """Groups by the shelf they stand on, as (shelf, title, groups); empty shelves are left out."""
    standing: dict[str, list[Group]] = {}
    for group in found:
        standing.setdefault(group.kind.shelf, []).append(group)
    return [(name, title, standing[name]) for name, title in shelves().items() if name in standing]


def shortened(text: str) -> str:
    """A text for a list; the document itself says all of it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def place_of(found: Iterable[Group], number: str) -> tuple[str, int] | None:
    """Where the documents of a deliverable are listed, below the contract's part, and how many there are.

    Its only document, the list of its documents, or its place among all deliverables.
    """
    mine = [group for group in found if any(d.no == number for d in group.deliverables)]
    own = [d for group in mine for d in group.documents if number in (served.no for served in d.document.deliverables)]
    if not own:
        return None
    if len(own) == 1:
        return f"documents/{own[0].document.id}.html", 1
    return (f"{mine[0].path}.html" if len(mine) == 1 else f"documents/index.html#n-{number}"), len(own)
