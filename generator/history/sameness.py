"""When two values say the same: what is blank is as good as not written, but `false` and 0 are something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def blank(value: Any) -> bool:
    """Whether a value says nothing: none, an empty text, list or mapping, a mapping of nothing but blanks."""
    if isinstance(value, Mapping):
        return all(blank(inner) for inner in value.values())
    return value is None or value == "" or value == []


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same."""
    if blank(one) or blank(other):
        return blank(one) and blank(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(same(one.get(key), other.get(key)) for key in {**one, **other})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def filled(value: Any) -> Any:
    """The value without what is blank: two values say the same if, and only if, this is equal for both."""
    if isinstance(value, Mapping):
        return {key: filled(inner) for key, inner in sorted(value.items()) if not blank(inner)}
    return [None if blank(inner) else filled(inner) for inner in value] if isinstance(value, list) else value
