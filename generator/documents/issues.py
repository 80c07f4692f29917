"""課題・問題等: what went wrong or is left to do, what is done about it, and whether it is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.batches import BAD, BATCHES, REDONE
from generator.documents.ledger import Series, once, register
from generator.model import Contract, Entry, Period
from generator.rules import events
from generator.rules.events import Row

OPEN, PREVENTING, CLOSED = "対応中", "再発防止策を実施中", "完了"


@dataclass(frozen=True)
class Measure:
    """Something that was or will be done so that it does not happen again."""

    text: str
    due: dt.date | None = None
    done: dt.date | None = None


@dataclass(frozen=True)
class Issue:
    """A problem that arose, or a thing that was left to do."""

    day: dt.date
    kind_title: str
    title: str
    cause: str = ""
    response: str = ""
    """What was done about it."""
    measures: tuple[Measure, ...] = ()
    owner: str = ""
    due: dt.date | None = None
    settled: dt.date | None = None
    """When it was over but for its measures."""

    def state(self, on: dt.date) -> str:
        """対応中, 再発防止策を実施中 (over, but a measure is still to be taken) or 完了, as it was on a day."""
        if not _by(self.settled, on):
            return OPEN
        return CLOSED if all(_by(measure.done, on) for measure in self.measures) else PREVENTING

    def closed(self, on: dt.date) -> dt.date | None:
        """The day on which the last thing about it was done; None while it is open."""
        if self.state(on) != CLOSED:
            return None
        return max(day for day in (self.settled, *(measure.done for measure in self.measures)) if day)


def _by(day: dt.date | None, on: dt.date) -> bool:
    return day is not None and day <= on


def issues(contract: Contract, period: Period) -> tuple[Issue, ...]:
    """What arose in a period, in order of day."""
    return _series(contract).within(period)


def open_issues(contract: Contract, until: dt.date, on: dt.date) -> tuple[Issue, ...]:
    """What had arisen until a day and was not closed on another."""
    arisen = _series(contract).within(Period(start=dt.date.min, end=until))
    return tuple(issue for issue in arisen if not issue.closed(on))


@once
def _series(contract: Contract) -> Series[Issue]:
    """An incident that a record of an accident names is one issue with it."""
    found = list(_failed_runs(contract))
    told = {e.values.get("incident") for e in contract.entries if e.kind == "accidents"}
    for entry in sorted(contract.entries, key=lambda e: (e.kind, e.id)):
        if entry.kind in _READERS and not (entry.kind == "incidents" and entry.id in told):
            found += _READERS[entry.kind](entry)
    return Series.of((issue.day, issue) for issue in found)


def _incident(entry: Entry) -> Iterator[Issue]:
    values = entry.values
    if day := _day(values.get("contacted")):
        yield Issue(
            day=day,
            kind_title=events.kind_title(entry.kind),
            title=str(values.get("title", entry.id)),
            cause=str((values.get("cause") or {}).get("direct") or ""),
            response=_lines(values, "actions", "result"),
            measures=_measures(values),
            settled=_day(values.get("restored")),
        )


def _accident(entry: Entry) -> Iterator[Issue]:
    values = entry.values
    if day := _day(values.get("occurred")):
        yield Issue(
            day=day,
            kind_title=events.kind_title(entry.kind) + ("（おそれ）" if values.get("suspected") else ""),
            title=str(values.get("title", entry.id)),
            cause=str(values.get("cause") or ""),
            response=_lines(values, "measures", "instructions"),
            measures=_measures(values),
            settled=_day(values.get("closed")),
        )


def _actions(entry: Entry) -> Iterator[Issue]:
    """What a meeting left to do."""
    day = _day(entry.values.get("held"))
    for action in entry.values.get("actions") or ():
        if day:
            yield Issue(
                day=day,
                kind_title=f"{events.kind_title(entry.kind)}の対応事項",
                title=str(action.get("what", "")),
                cause=str(entry.values.get("title", "")),
                owner=str(action.get("owner") or ""),
                due=action.get("due"),
                settled=action.get("done"),
            )


def _failed_runs(contract: Contract) -> Iterator[Issue]:
    """A run that failed is over with the next one of the same batch that did not."""
    titles = {task.id: task.title for task in contract.tasks}
    mended: dict[str, Row] = {}
    for row in reversed(register(contract, BATCHES, Period(start=dt.date.min, end=dt.date.max))):
        task = str(row.values.get("task", ""))
        if row.values.get("result") != BAD:
            mended[task] = row
        elif row.day:
            yield _failed(row, row.day, titles.get(task, task), mended.get(task))


def _failed(row: Row, day: dt.date, title: str, again: Row | None) -> Issue:
    word = "再実施した。" if again and again.values.get("result") == REDONE else "次の回は正常に終わった。"
    return Issue(
        day=day,
        kind_title="バッチの異常",
        title=title,
        cause=str(row.values.get("note") or ""),
        response=str(again.values.get("note") or word) if again else "",
        settled=again.day if again else None,
    )


def _measures(values: Mapping[str, Any]) -> tuple[Measure, ...]:
    found: Sequence[Mapping[str, Any]] = values.get("prevention") or ()
    return tuple(Measure(str(one.get("measure", "")), one.get("due"), one.get("done")) for one in found)


def _lines(values: Mapping[str, Any], *names: str) -> str:
    return "\n".join(str(values[name]).strip() for name in names if values.get(name))


def _day(value: object) -> dt.date | None:
    moment = events.moment_of(value)
    return events.day_of(moment) if moment is not None else None


_READERS = {"incidents": _incident, "accidents": _accident, "meetings": _actions}
"""Records that can tell of an issue, by their kind."""
