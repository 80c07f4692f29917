"""期日ごとの書面: which PDF goes into the folder of which due date, under which name, and what it serves there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.documents.plan import Document, entries_of
from generator.documents.release import unapproved
from generator.documents.render import Body
from generator.outputs import archives
from generator.outputs.due.readiness import LACKING, READY, RUNNING, UNAPPROVED, Standing
from generator.outputs.due.words import NO_DATE
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class Paper:
    """A PDF in the folder of a due date, once, with all that it serves of that date."""

    due: dt.date | None
    name: str
    """Its file's name."""
    body: Body
    standings: tuple[Standing, ...]

    @property
    def document(self) -> Document:
        """The document."""
        return self.body.document

    @property
    def folder(self) -> str:
        """The folder of the due date."""
        return folder_of(self.due)

    @property
    def inner(self) -> str:
        """Where it lies in that folder."""
        return f"{self.document.contract.id}/{self.name}"

    @property
    def path(self) -> str:
        """Where it lies below the output."""
        return f"{self.folder}/{self.inner}"

    @property
    def items(self) -> tuple[DueItem, ...]:
        """The due items it serves."""
        return tuple(standing.item for standing in self.standings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be known before it is handed over."""
        return tuple(_notes(self))


def folder_of(due: dt.date | None) -> str:
    """`2026-05-10`; a folder of its own for what has no date."""
    return due.isoformat() if due else NO_DATE


def approved(standings: Iterable[Standing], bodies: Mapping[str, Body]) -> Iterator[Standing]:
    """The same, where an approval that the contract asks for is missing or has ended. `bodies` by document id."""
    for one in standings:
        own = (bodies[document.id] for document in one.documents) if one.state == READY else ()
        reasons = tuple(f"{problem.message}。{problem.hint}" for body in own for problem in unapproved(body))
        yield replace(one, state=UNAPPROVED, reasons=reasons) if reasons else one


def papers(standings: Iterable[Standing], bodies: Mapping[str, Body]) -> list[Paper]:
    """The papers of one contract, by due date and in the order of its documents; `bodies` by document id."""
    served: dict[tuple[dt.date | None, str], list[Standing]] = {}
    for one in standings:
        for document in one.documents:
            served.setdefault((one.item.due, document.id), []).append(one)
    found: list[Paper] = []
    for due in sorted({due for due, _ in served}, key=lambda due: due or dt.date.max):
        own = [name for name in bodies if (due, name) in served]
        names = _names([bodies[name].document for name in own])
        found += [Paper(due, names[name], bodies[name], tuple(served[due, name])) for name in own]
    return found


def _names(documents: Sequence[Document]) -> dict[str, str]:
    """A file's name for each document; where two would be one, also in capitals, the document's id tells them apart."""
    stems = [archives.file_name(document) for document in documents]
    folded = [stem.casefold() for stem in stems]
    return {
        document.id: f"{stem}_{document.id}.pdf" if folded.count(stem.casefold()) > 1 else f"{stem}.pdf"
        for document, stem in zip(documents, stems, strict=True)
    }


def _notes(paper: Paper) -> Iterator[str]:
    states = {standing.state for standing in paper.standings}
    if RUNNING in states:
        yield "対象期間の途中の姿"
    if LACKING in states:
        yield "未記入のところがある"
    if UNAPPROVED in states:
        yield "承認がそろっていない"
    latest = paper.body.revisions.latest
    if latest is not None and latest.commit is None:
        yield "コミットしていない変更を含む"
    if paper.document.kind.form == "letter" and paper.body.date is None:
        yield "日付は空欄（提出のときに入る）"
    if RUNNING not in states:
        yield from _without_entries(paper.document)


def _without_entries(document: Document) -> Iterator[str]:
    """A report of a period in which nothing is recorded says so; whether that is right, only people know."""
    if document.kind.records and document.kind.per in ("month", "period", "fiscal_year") and not entries_of(document):
        yield "対象期間の記録が 1 件もない"
