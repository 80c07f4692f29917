"""Pieces by content: found again, never trusted when damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.cache import Cache, key


def test_kept_and_found(tmp_path: Path) -> None:
    """What was put is got."""
    cache = Cache.of(tmp_path, "pdf")
    assert cache.get("a") is None
    cache.put("a", b"content")
    assert cache.get("a") == b"content"
    cache.put("b", b"")
    assert cache.get("b") == b""
    cache.forget_all_but(["b"])
    assert (cache.get("a"), cache.get("b")) == (None, b"")


@pytest.mark.parametrize("damage", [lambda raw: b"", lambda raw: raw[:-1], lambda raw: raw + b"x", lambda raw: raw[1:]])
def test_damage_is_noticed(tmp_path: Path, damage: object) -> None:
    """A piece that is not what was put is no piece."""
    assert callable(damage)
    cache = Cache.of(tmp_path, "pdf")
    cache.put("a", b"content")
    place = tmp_path / ".nohin/cache/pdf/a"
    place.write_bytes(damage(place.read_bytes()))
    assert cache.get("a") is None


def test_looking_makes_nothing(tmp_path: Path) -> None:
    """A check may look for a cache without making one."""
    assert Cache.existing(tmp_path, "data") is None
    assert list(tmp_path.iterdir()) == []


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_keys_of_different_parts_differ(one: list[bytes], other: list[bytes]) -> None:
    """Parts cannot be shifted into each other: `ab` and `c` are not `a` and `bc`."""
    assert (key(*one) == key(*other)) == (one == other)
