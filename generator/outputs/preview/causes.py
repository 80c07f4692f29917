"""Why a document changes: what changed of the data it is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.documents.changenames import Sides, file_name
from generator.documents.changevalues import schema_of
from generator.documents.plan import Document
from generator.history.comparison import ADDED, REMOVED, Change
from generator.intake.schema import RECORDS
from generator.outputs.preview.sides import worded_by

TEMPLATES, PICTURES = "ひな形", "絵"
_OF_DUE_ITEMS = ("authority", "contract", "deliverables", "submissions")


@dataclass(frozen=True)
class Causes:
    """What changed of a contract and of what it uses."""

    changes: Sequence[Change]
    sides: Sides
    templates: frozenset[str] = frozenset()
    """The templates that differ."""

    def of(self, *documents: Document) -> str:
        """Why a document, before and after, is otherwise: `体制の変更`; what it is not made from is no cause."""
        sources = {path for document in documents for path in document.sources}
        made_of = [change for change in self.changes if _is_its_record(change, documents)]
        own = made_of or [change for change in self.changes if change.file in sources] or self._dated or self.changes
        names = [*self._names(own)]
        names += [TEMPLATES] if worded_by(self.templates, documents[0].kind) else []
        if len(names) == 1 and len({change.what for change in own if change.is_file}) == 1:
            return f"{names[0]}の{_verb(own)}"
        return f"{'・'.join(names or [PICTURES])}{'のいずれか' if len(names) > 1 else ''}の変更"

    @property
    def _dated(self) -> list[Change]:
        """What due items are computed of: through them a document shows what it is not made from."""
        return [one for one in self.changes if one.kind in _OF_DUE_ITEMS or one.kind.startswith(RECORDS)]

    def _names(self, changes: Sequence[Change]) -> Iterator[str]:
        """The kinds of data that changed; of a kind of which one file did, that file."""
        for kind, change in {change.kind: change for change in changes}.items():
            alone = len({one.file for one in self.changes if one.kind == kind}) == 1
            yield file_name(change, self.sides) if alone else schema_of(kind).title


def _is_its_record(change: Change, documents: Sequence[Document]) -> bool:
    """Whether what came or went is the record that a document is made of: with it the document does."""
    entries = [document.entry for document in documents if document.entry]
    return len(documents) == 1 and change.is_file and any(entry.source.path == change.file for entry in entries)


def _verb(changes: Sequence[Change]) -> str:
    """What was done to the files, all of them alike."""
    if all(change.is_file for change in changes):
        return {ADDED: "追加", REMOVED: "削除"}.get(changes[0].what, "変更")
    return "変更"
