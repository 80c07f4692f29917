"""起算点: the days deadlines are counted from (`period.end`, `contract.signed`, `event.restored`, a date)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from generator.intake.eras import NotADate, parse_date
from generator.rules import events
from generator.rules.events import Moment
from generator.rules.fiscal import Span, fiscal_year, fiscal_year_of
from generator.rules.occasions import Occasion
from generator.rules.words import IMPOSSIBLE_DAY, MISUSED_ANCHOR, BadWords, did_you_mean, fold

SIGNING = "契約締結日"
"""The title of `contract.signed`, which may not be known yet."""

_EVENT = re.compile(r"event\.([A-Za-z_][A-Za-z0-9_-]*)$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor as written: its name, or the record's field, or the date."""

    name: str
    field: str | None = None
    date: dt.date | None = None

    @property
    def begins_at_midnight(self) -> bool:
        """Whether a period counted from it begins at 0:00, as every `….start` does (民法140条ただし書)."""
        return self.name.endswith(".start")

    @property
    def ends_at_midnight(self) -> bool:
        """Whether it is the end of a period, which is the next day's 0:00 too, as at every `….end` (民法141条)."""
        return self.name.endswith(".end")

    @property
    def needs(self) -> str | None:
        """`period` or `event` where the anchor has a meaning only for such rules."""
        return "event" if self.field else ANCHORS[self.name].needs if self.name in ANCHORS else None


@dataclass(frozen=True, slots=True)
class Found:
    """Where an anchor stands on an occasion; no moment while it is not recorded."""

    title: str
    moment: Moment | None

    @property
    def day(self) -> dt.date | None:
        """The day of the moment."""
        return events.day_of(self.moment) if self.moment is not None else None


@lru_cache(maxsize=1024)
def parse(text: str) -> Anchor:
    """An anchor from its words; raises BadWords."""
    folded = fold(text)
    if folded in ANCHORS:
        return Anchor(folded)
    if match := _EVENT.match(folded):
        return Anchor(folded, field=match[1])
    if (day := date_in(folded)) is not None:
        return Anchor(day.isoformat(), date=day)
    known = (*ANCHORS, "event.項目名")
    raise BadWords(
        "", f"起点「{text}」がわかりません", did_you_mean(folded, ANCHORS, f"起点は {'、'.join(known)} か日付です")
    )


def date_in(text: str) -> dt.date | None:
    """The date a text names, or None; raises BadWords when the day does not exist."""
    try:
        return parse_date(text)
    except NotADate as error:
        raise BadWords(IMPOSSIBLE_DAY, f"日付「{text}」はありません。{error}", "暦にある日を書いてください") from None


def find(anchor: Anchor, occasion: Occasion) -> Found:
    """Where the anchor stands; raises BadWords when the rule has no such occasion."""
    if anchor.date is not None:
        return Found("定められた日", anchor.date)
    if anchor.field is not None:
        return _in_event(anchor, occasion)
    return ANCHORS[anchor.name].find(occasion)


def _in_event(anchor: Anchor, occasion: Occasion) -> Found:
    entry = occasion.event
    if entry is None or anchor.field is None:
        raise BadWords(
            MISUSED_ANCHOR,
            f"起点「{anchor.name}」は event のある規則でしか使えません",
            "event: 記録の種類 を書くか、起点を替えてください",
        )
    return Found(events.field_title(entry.kind, anchor.field), events.moment_of(entry.values.get(anchor.field)))


def _span(occasion: Occasion) -> Span:
    if occasion.span is None:
        raise BadWords(
            MISUSED_ANCHOR,
            "period の起点は each か periods のある規則でしか使えません",
            "each: month などを書くか、contract.end などに替えてください",
        )
    return occasion.span


def _fiscal(occasion: Occasion, pick: Callable[[int], dt.date], title: str) -> Found:
    day = occasion.last_day
    if day is None:
        return Found(occasion.last_day_name, None)
    return Found(title, pick(fiscal_year_of(day)))


@dataclass(frozen=True, slots=True)
class _Known:
    find: Callable[[Occasion], Found]
    needs: str | None = None


ANCHORS = {
    "contract.start": _Known(lambda o: Found("契約期間の始期", o.contract.head.period.start)),
    "contract.end": _Known(lambda o: Found("契約期間の終期", o.contract.head.period.end)),
    "contract.signed": _Known(lambda o: Found(SIGNING, o.contract.head.signed)),
    "period.start": _Known(lambda o: Found("対象期間の初日", _span(o).start), "period"),
    "period.end": _Known(lambda o: Found("対象期間の末日", _span(o).end), "period"),
    "next_period.start": _Known(lambda o: Found("次の期間の初日", _span(o).whole.end + dt.timedelta(days=1)), "period"),
    "fiscal_year.start": _Known(lambda o: _fiscal(o, lambda year: fiscal_year(year).start, "年度の初日")),
    "fiscal_year.end": _Known(lambda o: _fiscal(o, lambda year: fiscal_year(year).end, "年度の末日")),
}
"""Anchors by name; a new one is one row. `event.FIELD` and dates are read beside them."""
