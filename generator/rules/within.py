"""`within` and `target`: `N UNIT of|after|before ANCHOR`, counted by 民法138条-143条.

A rule says how its first day is counted, or the law does: not counted (140条本文), unless the period begins at 0:00
(ただし書), as it does at every `….start`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from generator.rules import anchors, counting
from generator.rules.anchors import Anchor, Found
from generator.rules.events import Moment
from generator.rules.occasions import Occasion, Resolved, said
from generator.rules.opendays import OpenDays
from generator.rules.words import UNREADABLE_LIMIT, BadWords, fold

FORM = "「10 days of period.end」のように、数・単位・of（before）・起点の順に書きます"

_LIMIT = re.compile(r"(\d+) (hour|day|open day|week|month|year)s? (of|after|before) (.+)$")
_MOST = {"hour": 9999, "day": 9999, "open day": 2000, "week": 999, "month": 999, "year": 99}

Count = Callable[[dt.date, int, bool], dt.date]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of days: its Japanese name, how it is counted forwards and backwards, and the article that says so."""

    title: str
    after: Count
    before: Count
    ground: str


UNITS = {
    "day": Unit("日", counting.add_days, counting.days_before, "民法141条"),
    "week": Unit("週間", counting.add_weeks, counting.weeks_before, "民法143条"),
    "month": Unit("か月", counting.add_months, counting.months_before, "民法143条"),
    "year": Unit("年", counting.add_years, counting.years_before, "民法143条"),
}
"""Units counted by the calendar. Hours run from the moment, and open days ask the calendar of the rule."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as written."""

    count: int
    unit: str
    before: bool
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Basis:
    """What a limit is counted with: the occasion, how the first day counts, and the open days."""

    occasion: Occasion
    first_day: str | None
    days: OpenDays


@lru_cache(maxsize=1024)
def parse(text: str) -> Limit:
    """A limit from its words; raises BadWords."""
    match = _LIMIT.match(fold(text))
    if match is None:
        raise BadWords(UNREADABLE_LIMIT, f"「{text}」を期限として読めません", FORM)
    count, unit = int(match[1]), match[2]
    if not 1 <= count <= _MOST[unit]:
        raise BadWords(UNREADABLE_LIMIT, f"「{text}」の数は1から{_MOST[unit]}までです", FORM)
    try:
        anchor = anchors.parse(match[4])
    except BadWords as bad:
        raise BadWords(bad.code or UNREADABLE_LIMIT, bad.message, bad.hint) from None
    return Limit(count, unit, match[3] == "before", anchor)


def resolve(text: str, basis: Basis) -> Resolved:
    """The last day (or moment) of a limit; raises BadWords."""
    limit = parse(text)
    found = anchors.find(limit.anchor, basis.occasion)
    if found.moment is None or found.day is None:
        return Resolved(waits=found.title)
    if limit.unit == "hour":
        return _hours(limit, found, found.moment)
    counted, why, midnight = _first_day(limit, found.day, basis)
    opened, closed = basis.days.open_name, basis.days.closed_name
    if limit.unit == "open day" and counted and not basis.days.is_open(found.day):
        why = f"初日を算入しますが、初日の{said(found.day)}は{closed}なので、{opened}には数えません。"
    lead = (f"起算の基準は{found.title}、{said(found.day)}です。", why)
    if limit.unit == "open day":
        resolved = _open_days(limit, found.day, counted, basis.days)
    else:
        resolved = _calendar(limit, found.day, counted)
    return Resolved(
        day=resolved.day,
        steps=(*(step for step in lead if step), *resolved.steps),
        midnight=midnight,
        by_midnight=resolved.by_midnight,
        broken=resolved.broken,
        provisional=resolved.provisional,
    )


def _first_day(limit: Limit, day: dt.date, basis: Basis) -> tuple[bool, str, bool]:
    """Whether the first day is counted, the sentence that says why, and whether only the law's proviso says so."""
    if limit.before:
        counted = basis.first_day == "counted"
        return (
            counted,
            "当日を含めてさかのぼります。" if counted else "当日を含めずにさかのぼります（民法140条の類推適用）。",
            False,
        )
    if basis.first_day == "counted":
        return True, f"この規則の定めにより初日の{said(day)}を算入します（民法138条）。", False
    if basis.first_day == "at_midnight" and day == basis.occasion.contract.head.period.start:
        return True, "契約期間の初日の午前零時から始まるので、初日を算入します（民法140条ただし書）。", False
    if basis.first_day is None and limit.anchor.begins_at_midnight:
        return True, "午前零時から始まる期間なので、初日を算入します（民法140条ただし書）。", True
    return False, f"初日の{said(day)}は算入しません（民法140条本文）。", False


def _calendar(limit: Limit, day: dt.date, counted: bool) -> Resolved:
    unit = UNITS[limit.unit]
    if limit.before:
        last = unit.before(day, limit.count, counted)
        step = f"その{limit.count}{unit.title}前は{said(last)}です。"
        return Resolved(day=last, steps=(step,), by_midnight=_by_midnight(limit, day, counted, last))
    last = unit.after(day, limit.count, counted)
    first = counting.first_day(day, counted)
    run = f"を1日目として{limit.count}日目は" if limit.unit == "day" else f"から{limit.count}{unit.title}の末日は"
    step = f"{said(first)}{run}{said(last)}です（{unit.ground}）。"
    return Resolved(day=last, steps=(step,))


def _by_midnight(limit: Limit, day: dt.date, counted: bool, last: dt.date) -> dt.date | None:
    """Where a month ends with the anchor, months may be counted from the midnight after it: the day before what
    corresponds to that one. None where both ways lead to the same day."""
    if counted or not limit.anchor.ends_at_midnight or limit.unit not in ("month", "year") or day == dt.date.max:
        return None
    following = day + dt.timedelta(days=1)
    other = UNITS[limit.unit].before(following, limit.count, False) - dt.timedelta(days=1)
    return other if following.day == 1 and other != last else None


def _open_days(limit: Limit, day: dt.date, counted: bool, days: OpenDays) -> Resolved:
    count = limit.count - (counted and days.is_open(day))
    last = days.counted(day, -count if limit.before else count)
    if last is None:
        return Resolved(broken=f"{days.open_name}が一日もないため数えられません")
    direction = "さかのぼって" if limit.before else ""
    step = f"{days.closed_name}を除いて{direction}数えて{limit.count}{days.open_name}目は{said(last)}です。"
    provisional = days.provisional_between(min(day, last), max(day, last))
    return Resolved(day=last, steps=(step,), provisional=provisional)


def _hours(limit: Limit, found: Found, moment: Moment) -> Resolved:
    steps = []
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
        steps.append(f"{found.title}に時刻の記録がないため、早い方に寄せて午前零時から数えます。")
    steps.append(f"起算の基準は{found.title}、{_clock(moment)}です。")
    end = counting.add_hours(moment, -limit.count if limit.before else limit.count)
    if limit.before:
        steps.append(f"その{limit.count}時間前は{_clock(end)}です。")
    else:
        steps.append(f"時間は即時から数え、{limit.count}時間後は{_clock(end)}です（民法139条）。")
    return Resolved(day=end.date(), time=f"{end:%H:%M}", steps=tuple(steps))


def _clock(moment: dt.datetime) -> str:
    return f"{said(moment.date())}{moment.hour}時{moment.minute:02}分"
