"""What a cross-check may look up beside the contract it looks at."""

from __future__ import annotations

from dataclasses import dataclass

from generator.intake.schema import Schemas
from generator.model import Contract, Portfolio


@dataclass(frozen=True)
class Context:
    """All data, the schemas, and which files were not read whole."""

    portfolio: Portfolio
    lost: frozenset[str]
    schemas: Schemas

    def whole(self, contract: Contract, kind: str) -> bool:
        """Whether the contract's file of a kind was read without loss."""
        return f"data/contracts/{contract.id}/{kind}.yml" not in self.lost

    def terms_whole(self, contract: Contract) -> bool:
        """Whether what the contract attaches is known, and all of it was found and read without loss."""
        found = all(terms.source.path not in self.lost for terms in contract.terms)
        return found and len(contract.terms) == len(contract.head.terms) and self.whole(contract, "contract")

    def record_kinds(self) -> set[str]:
        """The kinds of record there are."""
        return set(self.schemas.records)
