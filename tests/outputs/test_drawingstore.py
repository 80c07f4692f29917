"""Graphviz's drawings between builds: found by text and tools, forgotten when nothing asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.documents import diagrams
from generator.outputs import drawingstore
from generator.outputs.cache import Cache
from generator.outputs.drawingstore import DrawingStore
from tests.support import CONTRACT, ROOT, WHOLE, Project, contents, whole_project


def test_kept_until_nothing_asks(tmp_path: Path) -> None:
    """A later build finds what an earlier one kept, as long as each asks for it."""
    first = DrawingStore(Cache.of(tmp_path, "drawings"))
    assert first.get("digraph { a }") is None
    first.put("digraph { a }", b"a")
    first.put("digraph { b }", b"b")
    second = DrawingStore(Cache.of(tmp_path, "drawings"))
    assert second.get("digraph { a }") == b"a"
    second.forget_all_but_used()
    assert [DrawingStore(Cache.of(tmp_path, "drawings")).get(f"digraph {{ {name} }}") for name in "ab"] == [b"a", None]


def test_other_tools_draw_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Graphviz, Pango or font is asked again: the drawing may look different."""
    DrawingStore(Cache.of(tmp_path, "drawings")).put("digraph { a }", b"a")
    for place, name in (
        (drawingstore, "drawn_with"),
        (drawingstore.versions, "pango"),
        (drawingstore.fonts, "fingerprint"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(place, name, lambda: b"another")
            assert DrawingStore(Cache.of(tmp_path, "drawings")).get("digraph { a }") is None
    assert DrawingStore(Cache.of(tmp_path, "drawings")).get("digraph { a }") == b"a"


def test_damaged_drawing_is_none(tmp_path: Path) -> None:
    """What is not what was kept is drawn again."""
    DrawingStore(Cache.of(tmp_path, "drawings")).put("digraph { a }", b"a")
    (piece,) = (tmp_path / ".nohin/cache/drawings").iterdir()
    piece.write_bytes(piece.read_bytes() + b"<script/>")
    assert DrawingStore(Cache.of(tmp_path, "drawings")).get("digraph { a }") is None


@pytest.mark.slow
def test_second_build_draws_nothing(project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch) -> None:
    """Graphviz is asked once for a drawing, and the site is the same without it."""
    listed = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: サポート体制図")
    mkdocs = (ROOT / "mkdocs.yml").read_bytes()
    there = project(whole_project({"mkdocs.yml": mkdocs, f"{CONTRACT}/deliverables.yml": listed}))
    diagrams.svg.cache_clear()
    assert there.build().code == 0
    made = contents(there.root / "site")
    assert any((there.root / ".nohin/cache/drawings").iterdir())
    diagrams.svg.cache_clear()
    monkeypatch.setattr(diagrams, "_graphviz", None)
    assert there.build().code == 0
    assert contents(there.root / "site") == made
