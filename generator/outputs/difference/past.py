"""A contract's past as its pages need it: its states, what differs between them, and what was said of it before."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from generator.documents.changewords import Sides
from generator.history import states
from generator.history.comparison import Change
from generator.history.states import Snapshots, State
from generator.intake import reach
from generator.outputs.cache import key
from generator.outputs.difference.bodies import Bodies
from generator.outputs.difference.difference import compared
from generator.outputs.shown import Shown, Site
from generator.outputs.versions import program

NOTHING = ""
"""The commit before the first."""


@dataclass
class Looking:
    """What is looked at once for all pages of a contract."""

    site: Site
    shown: Shown
    snapshots: Snapshots | None
    bodies: Bodies
    _states: dict[str, State | None] = field(default_factory=dict)
    _compared: dict[tuple[str | None, str | None], tuple[Sequence[Change], Sides]] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        """Where the contract's own data files lie."""
        return f"data/contracts/{self.shown.contract.id}/"

    @cached_property
    def paths(self) -> list[str]:
        """Every data file the contract has, had or shares, by today's paths."""
        contract, history = self.shown.contract, self.shown.past.history
        shared = [record.source.path for record in (contract.authority, contract.vendor, *contract.terms)]
        own = (path for path in (*history.touched, *history.uncommitted) if path.startswith(self.prefix))
        return sorted({*own, *shared})

    @cached_property
    def names(self) -> list[str]:
        """The ids the contract has borne, today's first."""
        touches = (touch for path in self.paths for touch in self.shown.past.history.touched.get(path, ()))
        places = [blob.path for touch in touches for blob in (touch.after, *touch.before) if blob]
        found = (name for place in places if (name := reach.contract_of(place)) is not None)
        return list(dict.fromkeys((self.shown.contract.id, *sorted(found))))

    def state(self, commit: str | None) -> State | None:
        """The contract at a commit; in the working tree without one."""
        contract = self.shown.contract
        if commit is None:
            return states.states(self.shown.past.files, {contract.id: contract}).get(contract.id)
        if self.snapshots is None:
            return None
        if commit not in self._states:
            found = self.snapshots.state(commit, self.snapshots.name_at(commit, self.names))
            # What a system change did is known from the whole history, which a state of the past does not hold.
            self._states[commit] = found and replace(found, contract=replace(found.contract, effects=contract.effects))
        return self._states[commit]

    def compared(self, before: str | None, after: str | None) -> tuple[Sequence[Change], Sides]:
        """What differs between two commits, or a commit and the working tree without one."""
        if (before, after) not in self._compared:
            was = self.state(before) if before != NOTHING else None
            self._compared[before, after] = compared(was, self.state(after))
        return self._compared[before, after]

    def kept(self, make: Callable[[], Any], *names: str) -> Any:
        """What was made of the same things before, or is made now; JSON."""
        store, redaction = self.shown.past.changes, self.shown.past.history.redaction
        name = key(program(), redaction.fingerprint if redaction else "", self.shown.contract.id, *names)
        self.shown.past.used.add(name)
        raw = store.get(name) if store else None
        if raw is not None:
            return json.loads(raw)
        made = make()
        if store:
            store.put(name, json.dumps(made, ensure_ascii=False).encode())
        return made
