"""Files remembered by content: the same as read anew, and never trusted when damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake.portfolio import Loaded, load
from generator.intake.remembered import Memory
from generator.intake.tree import WorkingTree
from generator.outputs.cache import Cache
from tests.support import CONTRACT, Project, swapped, whole_project


def _load(root: Path) -> Loaded:
    memory = Memory(Cache.of(root, "data"))
    loaded = load(WorkingTree(root), memory)
    memory.save()
    return loaded


def _said(loaded: Loaded) -> object:
    files = [(file.path, file.value, file.spot, file.lost) for file in loaded.files]
    return loaded.portfolio, loaded.problems, files


def test_remembered_is_as_read(project: Callable[..., Project]) -> None:
    """Values, dates, times and places are the same from the memory as from the file."""
    root = project(whole_project()).root
    fresh = load(WorkingTree(root))
    assert _said(_load(root)) == _said(fresh)
    assert _said(_load(root)) == _said(fresh)


def test_changed_file_is_read_anew(project: Callable[..., Project]) -> None:
    """A change of content is seen, and so is its way back."""
    there = project(whole_project())
    _load(there.root)
    there.write(swapped(f"{CONTRACT}/plan.yml", "role: manager", "role: boss"))
    assert [problem.code for problem in _load(there.root).problems] == ["REF001"]
    there.write(whole_project())
    assert _load(there.root).problems == []


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\0" * 4096])
def test_damaged_memory_is_no_memory(project: Callable[..., Project], damage: bytes) -> None:
    """A memory that does not fit its seal is forgotten."""
    root = project(whole_project()).root
    fresh = _said(_load(root))
    for place in (root / ".nohin/cache/data").iterdir():
        place.write_bytes(damage)
    assert _said(_load(root)) == fresh
