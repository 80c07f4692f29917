"""Contracts whose share of the output is there already: what it is made from has not changed, and nor has it.

What a contract's share is made from has one name (`name`). Under it is kept what the home tells of the contract, and a
seal of the files: they are taken over from the last output as long as they are the same.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.history import effects
from generator.history.log import History, of_files
from generator.intake.tree import Tree
from generator.model import Contract
from generator.outputs import fonts, manifest, versions
from generator.outputs.cache import Cache, key

SHARES = ("{id}", "deliverables/{id}", "downloads/{id}", "calendars/{id}.ics")
"""Where a contract's share of the output lies: folders and files."""


def name(contract: Contract, tree: Tree, history: History, *rest: str) -> str:
    """What a contract's share of the output is made from; `rest` is what all contracts share: look, day, audience."""
    shared = [record.source.path for record in (contract.authority, contract.vendor, *contract.terms)]
    paths = sorted({*tree.files(f"data/contracts/{contract.id}"), *shared})
    contents = [part for path in paths for part in (path, tree.read(path))]
    told = [effects.said_of(contract.effects), *_past(contract, history, shared)]
    return key(versions.program(), _tools(), *rest, *told, *contents)


def _past(contract: Contract, history: History, shared: Sequence[str]) -> Iterator[str]:
    """The commits that touched what the contract has, had or shares."""
    own = (
        path for path in (*history.touched, *history.uncommitted) if path.startswith(f"data/contracts/{contract.id}/")
    )
    paths = {*own, *shared}
    yield f"{history.tracked} {history.shallow}"
    yield from (commit.id for commit in of_files(history, paths))
    yield from sorted(history.uncommitted & paths)


def _tools() -> str:
    return " ".join(
        [*(versions.of(tool) for tool in ("weasyprint", "pydyf")), str(versions.pango()), fonts.fingerprint()]
    )


@dataclass(frozen=True)
class Finished:
    """The shares that are known, by name."""

    cache: Cache
    out: Path
    """The last output."""

    def told(self, known: str, contract: str) -> Any | None:
        """What the home tells of a contract; None unless its share is in the last output, as it was made."""
        raw = self.cache.get(known)
        if raw is None:
            return None
        said = json.loads(raw)
        return said["told"] if said["seal"] == _seal(self.out, contract) else None

    def keep(self, known: str, contract: str, told: Any, new: Path) -> None:
        """Remember what was made into a new folder."""
        said = {"told": told, "seal": _seal(new, contract)}
        self.cache.put(known, json.dumps(said, ensure_ascii=False, sort_keys=True).encode())


def carry(contract: str, out: Path, new: Path) -> None:
    """Take a contract's share over from the last output."""
    for place in _places(contract, out):
        target = new / place.relative_to(out)
        if place.is_dir():
            shutil.copytree(place, target, copy_function=_linked)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _linked(place, target)


def _linked(source: str | Path, target: str | Path) -> None:
    """The same file under another name: the old name goes with the old output."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _places(contract: str, out: Path) -> list[Path]:
    places = (out / share.format(id=contract) for share in SHARES)
    return [place for place in places if place.exists()]


def _seal(out: Path, contract: str) -> str:
    """The hash of all files of a contract's share, and of what the list of PDFs says of them."""
    found = sorted(
        path for place in _places(contract, out) for path in (place.rglob("*") if place.is_dir() else [place])
    )
    files = [part for p in found if p.is_file() for part in (p.relative_to(out).as_posix(), p.read_bytes())]
    return key(json.dumps(manifest.rows(out, [contract]), sort_keys=True), *files)
