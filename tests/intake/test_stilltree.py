"""A working tree that stands still while an editor is at it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from generator.intake.stilltree import StillTree
from generator.intake.tree import WorkingTree
from generator.problems import NohinError


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def test_what_was_met_stays(tmp_path: Path) -> None:
    """A file reads the same and a folder lists the same, also as part of what was listed."""
    _write(tmp_path / "data/a/x.yml", "1")
    _write(tmp_path / "data/b.yml", "2")
    tree = StillTree(tmp_path)
    assert list(tree.files("data")) == list(WorkingTree(tmp_path).files("data")) == ["data/a/x.yml", "data/b.yml"]
    assert tree.read("data/b.yml") == b"2"
    _write(tmp_path / "data/b.yml", "3")
    _write(tmp_path / "data/a/y.yml", "4")
    assert tree.read("data/b.yml") == b"2"
    assert list(tree.files("data")) == ["data/a/x.yml", "data/b.yml"]
    assert list(tree.files("data/a")) == ["data/a/x.yml"]
    assert list(StillTree(tmp_path).files("data/a")) == ["data/a/x.yml", "data/a/y.yml"]


CHANGES = {
    "another length": lambda place: place.write_text("12"),
    "another time": lambda place: (place.write_text("2"), os.utime(place, ns=(1, 1))),
    "another file of the same name": lambda place: (
        (place.parent / "new").write_text("2"),
        os.utime(place.parent / "new", ns=(place.stat().st_atime_ns, place.stat().st_mtime_ns)),
        (place.parent / "new").replace(place),
    ),
}


@pytest.mark.parametrize("how", CHANGES)
def test_only_what_was_touched_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The next tree takes over what is the same, and sees every change."""
    places = {path: tmp_path / path for path in ("data/a.yml", "data/b.yml")}
    for place in places.values():
        _write(place, "1")
    first = StillTree(tmp_path)
    for path in places:
        first.read(path)
    CHANGES[how](places["data/b.yml"])
    opened: list[Path] = []
    real = Path.open

    def seen(self: Path, *args: Any, **options: Any) -> object:
        opened.append(self)
        return real(self, *args, **options)

    monkeypatch.setattr(Path, "open", seen)
    second = StillTree(tmp_path, first.met)
    assert second.read("data/a.yml") == b"1"
    assert second.read("data/b.yml") == places["data/b.yml"].read_bytes() != b"1"
    assert opened[0] == places["data/b.yml"].resolve()
    assert places["data/a.yml"].resolve() not in opened


def test_what_went_meanwhile_is_told(tmp_path: Path) -> None:
    """A file that was listed and is not there any more is an error, and is known to have gone."""
    _write(tmp_path / "data/a.yml", "1")
    tree = StillTree(tmp_path)
    assert list(tree.files("data")) == ["data/a.yml"]
    (tmp_path / "data/a.yml").unlink()
    with pytest.raises(FileNotFoundError):
        tree.read("data/a.yml")
    assert tree.gone == {"data/a.yml"}


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    """A link that comes to point outside is refused, whatever was read under its name before."""
    _write(tmp_path / "p/data/a.yml", "1")
    _write(tmp_path / "secret", "2")
    before = StillTree(tmp_path / "p")
    before.read("data/a.yml")
    (tmp_path / "p/data/a.yml").unlink()
    (tmp_path / "p/data/a.yml").symlink_to(tmp_path / "secret")
    with pytest.raises(NohinError):
        StillTree(tmp_path / "p", before.met).read("data/a.yml")
