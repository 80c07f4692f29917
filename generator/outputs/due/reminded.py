"""知らせの控え: which reminders were given, as a small JSON file that CI keeps with the repository or beside it.

```
{
  "made_by": "nohin remind",
  "told": {
    "mihon|1|||2026-04-01||month||0|0": {"due": "2026-05-10", "marks": [30, 7]}
  }
}
```

One line for each open item that somebody was told of: the due date it was told for, and the days before it (-1: after
it). It changes only when something is told or settled, and names no person.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from generator.outputs.folders import write
from generator.problems import NohinError
from generator.rules.reminding import MARKS, Said, Told

OURS = "nohin remind"


def read(place: Path) -> dict[str, Said]:
    """What was told; nothing where there is no file yet. NohinError where the file is something else, or damaged."""
    if not place.exists():
        return {}
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        if said["made_by"] != OURS:
            raise ValueError
        return {str(key): _said(value) for key, value in said["told"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        what = f"{place} は知らせの控えとして読めません"
        raise NohinError(f"{what}。前の版に戻してください。消すと、期日の近いものをもう一度知らせます") from None


def _said(value: Mapping[str, object]) -> Said:
    marks = value["marks"]
    if not isinstance(marks, list) or not all(mark in MARKS for mark in marks):
        raise ValueError
    return Said(dt.date.fromisoformat(str(value["due"])), tuple(marks))


def keep(told: Told, place: Path) -> None:
    """Write what was told, in order of the keys, an item in a line."""
    write(place, to_text(told).encode())


def to_text(told: Told) -> str:
    """The content of the file."""
    lines = (
        f"    {_json(key)}: {_json({'due': told[key].due.isoformat(), 'marks': told[key].marks})}"
        for key in sorted(told)
    )
    items = ",\n".join(lines)
    inner = f"{{\n{items}\n  }}" if items else "{}"
    return f'{{\n  "made_by": {_json(OURS)},\n  "told": {inner}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
