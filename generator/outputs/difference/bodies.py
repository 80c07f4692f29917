"""A document's body as it was: the data of a commit, seen on a day, in today's templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.documents.asof import last_day, seen
from generator.documents.kinds import Kind
from generator.documents.plan import Document, plan
from generator.documents.render import Body, Sandbox, body
from generator.history.revisions import Revisions
from generator.model import Contract
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem


@dataclass
class Bodies:
    """Renders documents of contracts as they were; what is planned for a contract and a day is planned once."""

    env: Sandbox
    kinds: Mapping[str, Kind]
    _planned: dict[tuple[int, dt.date], tuple[Contract, dict[str, Document], Sequence[DueItem], dt.date]] = field(
        default_factory=dict
    )

    def of(self, contract: Contract | None, document: str, as_of: dt.date) -> Body | None:
        """The body of a document; None where there was none, or today's template cannot tell it."""
        if contract is None:
            return None
        _, documents, items, day = self._plan(contract, as_of)
        if document not in documents:
            return None
        return body(self.env, documents[document], Revisions(()), items, day)[0]

    def names(self, contract: Contract | None, as_of: dt.date) -> list[str]:
        """The documents there were, in order."""
        return [] if contract is None else [*self._plan(contract, as_of)[1]]

    def _plan(
        self, contract: Contract, as_of: dt.date
    ) -> tuple[Contract, dict[str, Document], Sequence[DueItem], dt.date]:
        key = (id(contract), as_of)
        if key not in self._planned:
            items, day = due_items(contract, as_of), last_day(contract, as_of)
            documents = {one.id: one for one in plan(seen(contract, day), self.kinds, items, day)}
            self._planned[key] = (contract, documents, items, day)
        return self._planned[key]
