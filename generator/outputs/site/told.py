"""A contract as the home tells of it, whether it was made now or before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Contract
from generator.outputs.glance.glance import Glance
from generator.outputs.site.searchindex import Entry
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class Told:
    """A contract, its deadlines, where it stands, and what the search finds on its pages."""

    contract: Contract
    items: Sequence[DueItem]
    glance: Glance
    found: Sequence[Entry] = ()

    def kept(self) -> dict[str, Any]:
        """What is not known without making the contract's pages; as JSON."""
        return {"glance": self.glance.to_json(), "found": list(self.found)}

    @classmethod
    def again(cls, contract: Contract, items: Sequence[DueItem], kept: dict[str, Any]) -> Told:
        """From what was kept."""
        return cls(contract, items, Glance.from_json(kept["glance"]), kept["found"])
