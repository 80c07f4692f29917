"""The page 障害とサービスレベル: incidents and accidents, over or not, and what is held against the service levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.asof import last_day, seen
from generator.documents.levels import standings
from generator.model import Contract, Entry
from generator.outputs.shown import Shown, Site
from generator.outputs.site.recordpages import year_of
from generator.rules import events, servicelevels
from generator.rules.servicelevels import ServiceResult

PAGE, TITLE = "incidents.md", "障害とサービスレベル"

ENDS = {"incidents": "restored", "accidents": "closed"}
"""The kinds of record the page tells of, with the field that says when a thing of the kind was over."""

OPEN, OVER = "対応中", "終了"

_STEPS = {
    "incidents": ("occurred", "contacted", "started", "restored"),
    "accidents": ("occurred", "notified", "closed"),
}


@dataclass(frozen=True)
class ShownIncident:
    """An incident or an accident, with what the service levels make of it."""

    entry: Entry
    results: tuple[ServiceResult, ...] = ()

    @property
    def title(self) -> str:
        """`2026-001　メールの送信ができない`."""
        return f"{self.entry.id}　{self.entry.values.get('title', '')}".strip()

    @property
    def kind(self) -> str:
        """`障害` or `事故`."""
        return events.kind_title(self.entry.kind)

    @property
    def state(self) -> str:
        """OPEN or OVER."""
        return OVER if self.entry.values.get(ENDS[self.entry.kind]) else OPEN

    @property
    def year(self) -> str:
        """The fiscal year of its day; empty where it has none."""
        return year_of(self.entry)

    @property
    def steps(self) -> Sequence[tuple[str, dt.datetime | None]]:
        """What happened when, in order, by the titles of the fields; None where nothing is recorded."""
        kind, values = self.entry.kind, self.entry.values
        return [(events.field_title(kind, field), values.get(field)) for field in _STEPS[kind]]


def pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part."""
    contract = seen(shown.contract, last_day(shown.contract, site.as_of))
    results = servicelevels.service_results(contract, site.as_of)
    values = {
        "contract": contract,
        "incidents": incidents(contract, results),
        "others": [result for result in results if result.kind not in ENDS],
        "counts": _counts(results),
        "levels": standings(contract, site.as_of),
    }
    yield PAGE, site.page("incident-list.md.j2", TITLE, kind_title=events.kind_title, **values)


def incidents(known: Contract, results: Sequence[ServiceResult] = ()) -> list[ShownIncident]:
    """What is recorded of incidents and accidents, each kind by id."""
    found = (entry for kind in ENDS for entry in events.entries_of(known, kind))
    return [ShownIncident(entry, tuple(_own(entry, results))) for entry in found]


def _own(entry: Entry, results: Sequence[ServiceResult]) -> Iterator[ServiceResult]:
    return (result for result in results if (result.kind, result.record) == (entry.kind, entry.id))


def _counts(results: Sequence[ServiceResult]) -> Mapping[str, int]:
    states = [result.state for result in results]
    return {word: states.count(word) for word in servicelevels.STATES}
