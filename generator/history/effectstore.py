"""The effects of system changes as they were worked out before; git's log is read only where they were not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.history import effects
from generator.history.effects import Told
from generator.history.head import head
from generator.intake.remembered import Store
from generator.model import Contract, Portfolio

if TYPE_CHECKING:
    from generator.history.log import History
    from generator.intake.repository import Repository


@dataclass(frozen=True)
class Reading:
    """A store that is only read."""

    store: Store | None

    def get(self, name: str) -> bytes | None:
        """What was kept under a name."""
        return self.store.get(name) if self.store is not None else None

    def put(self, name: str, content: bytes) -> None:
        """Keeps nothing."""


@dataclass
class Effects:
    """What system changes did, by contract."""

    project: Path
    store: Store
    """Where effects are kept."""
    log: Store
    """Where the log is kept."""

    def known(self, portfolio: Portfolio) -> tuple[Portfolio, dict[str, Told]]:
        """The contracts with what each system change did, and all that history says of those that have a design."""
        told = {name: self.of(one) for name, one in portfolio.contracts.items() if one.design or one.manuals}
        if not told:
            return portfolio, told
        contracts = {
            name: replace(one, effects=told[name].effects) if name in told else one
            for name, one in portfolio.contracts.items()
        }
        return replace(portfolio, contracts=contracts), told

    def of(self, contract: Contract) -> Told:
        """The effects of a contract's changes, remembered or worked out."""
        if self._head is None:
            return effects.outside(contract)
        name = effects.key(contract, self._head)
        if (known := effects.kept(self.store, contract.id, name)) is not None:
            return known
        from generator.history.attribution import read

        repository, history = self._history
        told = read(contract, history, repository, self.store)
        if not history.shallow:  # a clone that was cut off may get the rest, and its last commit stays the same
            effects.keep(self.store, contract.id, name, told)
        return told

    @cached_property
    def _head(self) -> str | None:
        return head(self.project)

    @cached_property
    def _history(self) -> tuple[Repository | None, History]:
        from generator.history import log
        from generator.intake.repository import Repository

        repository = Repository.at(self.project)
        return repository, log.read(repository, self.log)
