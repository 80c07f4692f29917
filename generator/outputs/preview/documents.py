"""Documents that a change makes say something else, brings or takes away, each with its PDF and the cause.

What cannot have changed is not rendered: nothing where a contract is the same with all that it uses, and no body of a
book where nothing is otherwise that it is made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.documents.plan import Document
from generator.history.filepairs import paired
from generator.outputs.preview.causes import Causes
from generator.outputs.preview.papers import Table
from generator.outputs.preview.sides import Taken, worded_by
from generator.outputs.shown import pdf_path

CHANGED, NEW, GONE, RENAMED, BROKEN = "changed", "new", "gone", "renamed", "broken"


@dataclass(frozen=True)
class DocumentChange:
    """A document that is otherwise."""

    what: str
    id: str
    before: str
    """Its id before; empty for a new one."""
    deliverable: str
    """The number in the list of deliverables; empty where it stands in none."""
    title: str
    parts: tuple[str, ...]
    """What of it reads otherwise: chapters, and parts of its frame; empty where it has none."""
    cause: str
    """`体制の変更`."""
    pdf: str
    """Its PDF below the site; where it was, of a document that is gone."""


@dataclass(frozen=True)
class Shelves:
    """The documents of a contract before and after."""

    sides: Taken
    before: Table
    after: Table
    causes: Causes

    def changes(self) -> Iterator[DocumentChange]:
        """Those that differ: in their order, those that are gone at the end."""
        left = dict(self.before.documents)
        for name, document in self.after.documents.items():
            was = left.pop(self._names.get(name, name), None)
            if was is None:
                yield self._come(document)
            elif self._may_differ(was, document):
                yield from self._compared(was, document)
        yield from (alone(GONE, document, self.causes) for document in left.values())

    def _come(self, document: Document) -> DocumentChange:
        return alone(NEW if self.after.said(document) else BROKEN, document, self.causes)

    def _compared(self, was: Document, now: Document) -> Iterator[DocumentChange]:
        in_frame = self._is_told_alike(was, now)
        old, new = self.before.said(was, in_frame), self.after.said(now, in_frame)
        parts = new.unlike(old) if new and old else ()
        renamed = was.id != now.id
        if new is None and old is None:
            return
        if parts or renamed or new is None or old is None:
            what = BROKEN if new is None else RENAMED if renamed else CHANGED
            shown = () if new is None or (new.is_whole and len(parts) == 1) else parts
            yield _change(what, now, was.id, shown, self.causes.of(was, now))

    @cached_property
    def _names(self) -> dict[str, str]:
        """The documents before by those after, where the record they are made from has another name now."""
        files = ([f for f in t.stand.loaded.files if f.path in t.contract.files] for t in (self.before, self.after))
        pairs = ((pair.before, pair.after) for pair in paired(*files))
        moved = {now.path: was.path for was, now in pairs if was and now and was.names.get("id") != now.names.get("id")}
        old = {(one.kind.id, one.entry.source.path): one.id for one in self.before.documents.values() if one.entry}
        told = ((one, one.entry.source.path) for one in self.after.documents.values() if one.entry)
        found = ((one.id, old.get((one.kind.id, moved.get(path, "")))) for one, path in told)
        return {name: was for name, was in found if was is not None}

    # --- what need not be rendered ---------------------------------------------------------------------------

    def _may_differ(self, was: Document, now: Document) -> bool:
        if worded_by(self.sides.templates, now.kind) or self._pictures_differ or was.id != now.id:
            return True
        return not self._same

    def _is_told_alike(self, was: Document, now: Document) -> bool:
        """Whether the body of a book must be the same: nothing that it is made from is otherwise."""
        if not now.is_book or worded_by(self.sides.templates, now.kind) or self._pictures_differ:
            return False
        own = {*was.sources, *now.sources}
        same = all(change.file not in own for change in self.causes.changes)
        return same and was.contract.effects == now.contract.effects and was.title == now.title

    @cached_property
    def _same(self) -> bool:
        return self.before.contract == self.after.contract

    @cached_property
    def _pictures_differ(self) -> bool:
        return any(self.sides.pictures_of(table.contract.id) for table in (self.before, self.after))


def alone(what: str, document: Document, causes: Causes) -> DocumentChange:
    """A document that is there on one side only."""
    return _change(what, document, "" if what in (NEW, BROKEN) else document.id, (), causes.of(document))


def _change(what: str, document: Document, before: str, parts: tuple[str, ...], cause: str) -> DocumentChange:
    listed = document.deliverable.no if document.deliverable and document.deliverable.listed else ""
    return DocumentChange(what, document.id, before, listed, document.title, parts, cause, pdf_path(document))
