"""What changed in the data of a document since it was approved, from git, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from generator.documents.changewords import Sides, sentences
from generator.documents.kinds import Kind
from generator.documents.plan import Document, plan
from generator.history.states import Snapshots, State, changes
from generator.model import Approval, Contract
from generator.rules.deadlines import due_items


@dataclass(frozen=True)
class Since:
    """The contracts as they are, and as they were at the commits that approvals name."""

    current: Mapping[str, State]
    kinds: Mapping[str, Kind]
    snapshots: Snapshots | None = None
    """None outside git."""

    def __call__(self, document: Document, approval: Approval) -> list[str]:
        """The changes of what the document is made from; none where the commit is not known or nothing changed."""
        now = self.current.get(document.contract.id)
        before = self._before(document.contract.id, approval)
        if before is None or now is None:
            return []
        sources = {*document.sources, *self._sources(before.contract, approval)}
        found, contents = changes(before, now)
        own = [change for change in found if change.file in sources]
        return sentences(own, Sides(before.contract, now.contract, contents))

    def committed(self, commit: str) -> dt.date | None:
        """The day on which a commit was made; None for one that is not in the history."""
        repository = self.snapshots.repository if self.snapshots else None
        return repository.day(commit) if repository and repository.find(commit) else None

    def _before(self, contract: str, approval: Approval) -> State | None:
        """The contract that was approved; None after a rebase, under another id, or where a clone was cut off."""
        if self.snapshots is None or approval.commit is None or self.committed(approval.commit) is None:
            return None
        return self.snapshots.state(approval.commit, contract)

    def _sources(self, old: Contract, approval: Approval) -> tuple[str, ...]:
        day = approval.at.date()
        documents = plan(old, self.kinds, due_items(old, day), day)
        return next((d.sources for d in documents if d.id == approval.document), ())
