"""国民の祝日 by year. The only module that knows the library `holidays`, which it loads on first use.

Knows no calendar of an authority and no clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from generator.intake.remembered import Store

LAST_ANNOUNCED_YEAR = 2027
"""The last year whose equinoxes stand in the gazette (暦要項, each February for the year after).

Source: 内閣府「国民の祝日について」, table 1955-2027. 春分の日 and 秋分の日 are fixed by 国民の祝日に関する法律2条 only as
「春分日」「秋分日」; raise this by one every February.
"""

EQUINOXES = ("春分の日", "秋分の日")
SUBSTITUTE = "振替休日"
IN_BETWEEN = "国民の休日"

_DAY = dt.timedelta(days=1)
_SUNDAY = 6


@contextmanager
def kept_in(store: Store) -> Iterator[None]:
    """Within the block, what the library says of a year is kept in a store: it loads every country to say it."""
    kept = _Kept(store)
    token = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(token)
        kept.save()


class _Kept:
    """Years of an earlier run, of the same edition of the library."""

    def __init__(self, store: Store) -> None:
        self._store, self._edition = store, _edition()
        raw = store.get(_NAME)
        edition, years = json.loads(raw) if raw else ("", {})
        self.years: dict[str, dict[str, str]] = years if edition == self._edition else {}
        self._known = set(self.years)

    def save(self) -> None:
        """Keep what came to be known."""
        if set(self.years) != self._known:
            self._store.put(_NAME, json.dumps([self._edition, self.years], ensure_ascii=False).encode())


_KEPT: ContextVar[_Kept | None] = ContextVar("holidays", default=None)
_NAME = "holidays"


def _edition() -> str:
    """Which edition of the library is installed; found without loading it."""
    spec = find_spec("holidays")
    place = Path(spec.origin).with_name("version.py") if spec and spec.origin else None
    return hashlib.sha256(place.read_bytes()).hexdigest() if place and place.is_file() else ""


@cache
def holidays_of(year: int) -> Mapping[dt.date, str]:
    """Every holiday of the law in a year (substitute and in-between holidays included) with its Japanese name."""
    kept = _KEPT.get()
    if kept is None:
        return _by_law(year)
    if str(year) not in kept.years:
        kept.years[str(year)] = {day.isoformat(): name for day, name in _by_law(year).items()}
    return {dt.date.fromisoformat(day): name for day, name in kept.years[str(year)].items()}


def _by_law(year: int) -> dict[dt.date, str]:
    # Imported here because the library costs more start-up time than all other rules together.
    import holidays

    found = holidays.country_holidays("JP", years=year, language="ja")
    return {day: name for day, name in sorted(found.items()) if day.year == year}


@cache
def unannounced(year: int) -> frozenset[dt.date]:
    """The holidays of a year that rest on an equinox the gazette has not announced yet."""
    if year <= LAST_ANNOUNCED_YEAR:
        return frozenset()
    named = holidays_of(year)
    equinoxes = {day for day, name in named.items() if name in EQUINOXES}
    return frozenset(day for day in named if day in equinoxes or _follows(day, named, equinoxes))


def _follows(day: dt.date, named: Mapping[dt.date, str], equinoxes: set[dt.date]) -> bool:
    """祝日法3条2項 (an equinox on a Sunday moves on) and 3項 (a day between two holidays)."""
    if named[day] == IN_BETWEEN:
        return day - _DAY in equinoxes or day + _DAY in equinoxes
    if named[day] != SUBSTITUTE:
        return False
    while day.weekday() != _SUNDAY:
        day -= _DAY
    return day in equinoxes
