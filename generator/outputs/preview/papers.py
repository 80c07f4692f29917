"""What the paper of a document says: its body, and the frame around it; editions left out, for every commit adds one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from generator.documents.approvals import HEAD, OPENING, Desk, sheet
from generator.documents.asof import last_day, seen
from generator.documents.canonical import Content, content
from generator.documents.plan import Document, plan
from generator.documents.render import Body, body, context, render
from generator.history.revisions import Revisions
from generator.model import Contract
from generator.outputs.preview.sides import Stand
from generator.problems import Problem
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem

DATE, NUMBER, BOXES = "日付", "文書番号", "承認欄"
"""Parts of the frame that are named by themselves; the rest is `HEAD`."""


@dataclass(frozen=True)
class Said:
    """What a paper says."""

    content: Content
    frame: Content
    """What stands around the body, but for the document's number."""
    number: str
    """The document's number, without the contract's id."""
    date: dt.date | None
    boxes: tuple[tuple[object, ...], ...]
    """The boxes for approvals: what they are for, and whose name stands in them since when."""

    def unlike(self, other: Said) -> tuple[str, ...]:
        """The parts of it that another does not say so, by name."""
        return tuple(dict.fromkeys((*self._frame_unlike(other), *self._chapters_unlike(other))))

    def _frame_unlike(self, other: Said) -> Iterator[str]:
        named = ((DATE, self.date, other.date), (BOXES, self.boxes, other.boxes))
        found = [name for name, own, its in named if own != its and self.frame.digest != other.frame.digest]
        yield from found
        if self.number != other.number:
            yield NUMBER
        if self.frame.digest != other.frame.digest and not found:
            yield HEAD

    def _chapters_unlike(self, other: Said) -> Iterator[str]:
        yield from self.content.unlike(other.content.fingerprints)
        fewer = len(other.content.chapters) - len(self.content.chapters)
        there = {chapter.title for chapter in self.content.chapters}
        gone = (chapter.title for chapter in other.content.chapters if chapter.title not in there)
        yield from (f"{title}（なくなる）" for title in islice(gone, max(fewer, 0)))

    @property
    def is_whole(self) -> bool:
        """Whether the body has no chapters: then it is no use to say in which of them something changed."""
        return [chapter.title for chapter in self.content.chapters] == [OPENING]


@dataclass
class Table:
    """A contract on one side with its documents, laid open on a day."""

    stand: Stand
    contract: Contract
    as_of: dt.date
    problems: list[Problem] = field(default_factory=list)
    """Those met in rendering."""

    @cached_property
    def items(self) -> list[DueItem]:
        """Its due items."""
        return due_items(self.contract, self.as_of)

    @cached_property
    def day(self) -> dt.date:
        """The day of which its documents speak."""
        return last_day(self.contract, self.as_of)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Its documents by id, in order."""
        made = plan(seen(self.contract, self.day), self.stand.kinds, self.items, self.day)
        return {document.id: document for document in made}

    @cached_property
    def desk(self) -> Desk:
        """Where its approvals are judged."""
        return Desk(self.stand.env, self.stand.kinds, self.contract)

    def said(self, document: Document, in_frame: bool = False) -> Said | None:
        """What a document says, or only what it says around its body; None where its template cannot tell it."""
        made = Body(document, Revisions(()), "") if in_frame else self._body(document)
        if made is None:
            return None
        approvals = None if self.stand.public else sheet(self.desk, made, self.as_of)
        boxes = approvals.boxes if approvals else ()
        filled = tuple((box.role, box.holds, box.name, box.standing and box.standing.approval.at) for box in boxes)
        number = document.number.removeprefix(f"{self.contract.id}/")
        frame = self._frame(replace(made, html="", approvals=approvals))
        return Said(content(made.html, opening=OPENING), frame, number, made.date, filled)

    def _body(self, document: Document) -> Body | None:
        made, problems = body(self.stand.env, document, Revisions(()), self.items, self.day)
        self.problems += problems
        return made

    def _frame(self, made: Body) -> Content:
        """The frame around a body, as the PDF has it."""
        values = context(made.document, made.revisions, self.day) | {"public": self.stand.public}
        html, problems = render(self.stand.env, "layouts/pdf.html.j2", body=made, **values)
        self.problems += problems
        return content((html or "").replace(made.document.number, ""))
