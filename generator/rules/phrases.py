"""Which day a rule's words give on an occasion: its own words, or those of the last period, or another reading's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.model import DueRule
from generator.rules import points, within
from generator.rules.dueitem import DueReading
from generator.rules.fiscal import ends_fiscal_year, fiscal_year_name, fiscal_year_of
from generator.rules.flags import rolled
from generator.rules.occasions import Occasion, Resolved
from generator.rules.opendays import OpenDays
from generator.rules.within import Basis
from generator.rules.words import BadWords

COUNTED = "初日を算入する（民法140条ただし書。期間が午前零時から始まるため）"
NOT_COUNTED = "初日を算入しない（民法140条本文）"
FROM_DAY = "月の末日に当たる終わりの日からさかのぼり、応当する日とする"
FROM_MIDNIGHT = "終わりの日の午後12時（翌月1日の午前零時）からさかのぼる（民法141条・143条の類推適用）"

_OTHER_PERIOD = (
    "契約の最終の期間ですが、年度の最終の期間（3月31日を含む期間）ではないため、最終の期間の特例は当たりません。"
)


def deadlines(rule: DueRule, occasion: Occasion, days: OpenDays) -> Iterator[tuple[int, Resolved, bool]]:
    """Each date of a rule on an occasion: its place in `on`, the date, and whether it is a special one."""
    if not occasion.fires or rule.undated:
        yield 0, Resolved(), True
    elif special := _special(rule, occasion, days):
        yield 0, special, True
    elif rule.within:
        yield 0, _ordinary(rule, occasion, _resolve(None, rule.within, occasion, rule.first_day, days)), False
    elif rule.on:
        for part, point in enumerate(rule.on):
            yield part, _ordinary(rule, occasion, _resolve(point, None, occasion, None, days)), False
    else:
        yield 0, Resolved(broken="期日の定め（on・within・undated）がありません"), True


def readings(rule: DueRule, occasion: Occasion, taken: Resolved, days: OpenDays) -> tuple[DueReading, ...]:
    """The reading taken, then the others with the dates they give; nothing where the phrase has one reading."""
    others = [_other(rule, index, occasion, days) for index in range(len(rule.others))]
    if taken.midnight and rule.within:
        resolved = _resolve(None, rule.within, occasion, "not_counted", days)
        other = _reading(rule, resolved, NOT_COUNTED, days)
        others += [other] if all(other.due != known.due for known in others) else []
    if taken.by_midnight and rule.within:
        other = DueReading(rolled(rule.roll, taken.by_midnight, days)[0], FROM_MIDNIGHT, False)
        others += [other] if all(other.due != known.due for known in others) else []
    if not others and not rule.reading:
        return ()
    shown = {taken.day and rolled(rule.roll, taken.day, days)[0], *(other.due for other in others)}
    if others and taken.day and len(shown) == 1:
        return ()  # on this occasion the readings agree, and there is nothing to choose between
    words = rule.reading or _as_taken(taken)
    return (_reading(rule, taken, words, days, taken_one=True), *others)


def _as_taken(taken: Resolved) -> str:
    return COUNTED if taken.midnight else FROM_DAY if taken.by_midnight else "仕様書の文言のとおり"


def target(rule: DueRule, occasion: Occasion, days: OpenDays) -> Resolved | None:
    """The vendor's own target for an undated duty."""
    if not rule.target or not rule.undated or not occasion.fires:
        return None
    return _resolve(None, rule.target, occasion, rule.first_day, days)


def _special(rule: DueRule, occasion: Occasion, days: OpenDays) -> Resolved | None:
    """The date printed for this period alone, or that of the period which closes the year or the contract."""
    if occasion.on:
        return replace(_resolve(occasion.on, None, occasion, None, days), roll=rule.roll)
    last, span = rule.last, occasion.span
    if last is None or span is None or not _is_last(last.of, occasion):
        return None
    year = fiscal_year_name(fiscal_year_of(span.start))
    closes = f"{year}の最終の期間（3月31日を含む期間）" if last.of == "fiscal_year" else "契約の最終の期間"
    resolved = replace(_resolve(last.on, last.within, occasion, rule.first_day, days), roll=last.roll)
    return _led(resolved, f"{span.name}は{closes}なので、最終の期間の特例によります。")


def _is_last(of: str, occasion: Occasion) -> bool:
    span = occasion.span
    if span is None:
        return False
    if of == "fiscal_year":
        return ends_fiscal_year(span.start, span.end)
    return span.end == occasion.contract.head.period.end


def _ordinary(rule: DueRule, occasion: Occasion, resolved: Resolved) -> Resolved:
    """With the rule's own roll; and say so where the contract's last period might be taken for the year's."""
    resolved = replace(resolved, roll=rule.roll)
    if rule.last and rule.last.of == "fiscal_year" and _is_last("contract", occasion):
        return _led(resolved, _OTHER_PERIOD)
    return resolved


def _led(resolved: Resolved, sentence: str) -> Resolved:
    return replace(resolved, steps=(sentence, *resolved.steps))


def _resolve(on: str | None, limit: str | None, occasion: Occasion, first_day: str | None, days: OpenDays) -> Resolved:
    try:
        if on:
            return points.parse(on).resolve(occasion, days)
        if limit:
            return within.resolve(limit, Basis(occasion, first_day, days))
    except BadWords as bad:
        return Resolved(broken=f"{bad.message}（{bad.hint}）")
    except (OverflowError, ValueError):
        return Resolved(broken="日付が暦の範囲を超えます")
    return Resolved(broken="期日の定め（on・within）がありません")


def _other(rule: DueRule, index: int, occasion: Occasion, days: OpenDays) -> DueReading:
    other = rule.others[index]
    if other.on or other.within:
        resolved = _resolve(other.on, other.within, occasion, other.first_day, days)
    elif rule.within:
        resolved = _resolve(None, rule.within, occasion, other.first_day or rule.first_day, days)
    else:
        resolved = _resolve(next(iter(rule.on), None), None, occasion, None, days)
    return _reading(rule, resolved, other.reading, days)


def _reading(rule: DueRule, resolved: Resolved, words: str, days: OpenDays, taken_one: bool = False) -> DueReading:
    due = rolled(rule.roll, resolved.day, days)[0] if resolved.day else None
    return DueReading(due, words, taken_one)
