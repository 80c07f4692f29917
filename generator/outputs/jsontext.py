"""A report's rows as JSON: days in ISO form, Japanese as it is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any


def to_json(rows: Iterable[Any]) -> str:
    """A list of mappings, one below the other."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2, default=_said) + "\n"


def _said(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)
