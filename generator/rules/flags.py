"""What an officer should notice about a date: short, stable Japanese words, and the sentences that explain them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.model import Contract, DueRule
from generator.rules.dueitem import ClosedDay
from generator.rules.fiscal import crosses_fiscal_year
from generator.rules.occasions import Resolved, said
from generator.rules.opendays import OpenDays

CLOSED = "閉庁日"
AFTER_END = "契約終了後"
BEFORE_START = "契約開始前"
ACROSS_YEARS = "年度末をまたぐ繰下げ"
ACROSS_YEARS_BACK = "年度末をまたぐ繰上げ"
AT_YEAR_END = "年度末をまたぐ"
UNANNOUNCED = "暫定"
ASSUMED = "想定"
ROLLED = "繰下げ済み"
ROLLED_BACK = "繰上げ済み"
WAITING = "記録待ち"
BROKEN = "規則の誤り"
TARGET = "目標日"

FLAGS = {
    CLOSED: "期日が閉庁日に当たる。日付は動かさず、前後の開庁日を示す。",
    AFTER_END: "期日が契約の終期より後になる。",
    BEFORE_START: "期日が契約の始期と締結日のどちらよりも前になる。",
    ACROSS_YEARS: "翌開庁日に繰り下げた期日が翌年度になる。3月31日までに済ませるべきものでないか確かめる。",
    ACROSS_YEARS_BACK: "直前の開庁日に繰り上げた期日が前年度になる。",
    f"{AT_YEAR_END}{CLOSED}": "期日が閉庁日に当たり、翌開庁日か直前の開庁日が別の年度になる。日付は動かさない。",
    UNANNOUNCED: "官報でまだ公告されていない春分の日・秋分の日による。",
    ASSUMED: "仕様書が想定として示した日付で、確定していない。",
    ROLLED: "仕様書の定めにより翌開庁日に繰り下げた。",
    ROLLED_BACK: "仕様書の定めにより直前の開庁日に繰り上げた。",
    WAITING: "起点の日付がまだ記録されていない。",
    BROKEN: "期限の規則を読めず、日付を計算できない。",
    TARGET: "日付のない期限に対する受注者自身の目標日。後に日付が続く。",
}
"""Every flag with what it means; of a calendar with words of its own, with those in the place of 閉庁日 and 開庁日."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """The date after the rule's own roll, and what there is to say about it."""

    due: dt.date
    flags: tuple[str, ...]
    steps: tuple[str, ...]
    closed_day: ClosedDay | None


def notice(rule: DueRule, resolved: Resolved, nominal: dt.date, contract: Contract, days: OpenDays) -> Noticed:
    """Roll the date where the rule says so, and only there; then look at it."""
    due, moved = rolled(resolved.roll, nominal, days)
    flags, steps = _roll_notes(resolved.roll or "", nominal, due, days) if moved else ((), ())
    closed_day = None
    if not days.is_open(due):
        closed_day = ClosedDay(days.previous_open(due), days.next_open(due), days.closed_name, days.open_name)
        more, told = _closed_notes(resolved.roll, due, closed_day, days)
        flags, steps = (*flags, *more), (*steps, *told)
    more, told = _other_notes(rule, due, contract)
    flags, steps = (*flags, *more), (*steps, *told)
    if resolved.provisional or _rests_on_equinox(nominal, due, closed_day, days):
        flags = (*flags, UNANNOUNCED)
        steps = (*steps, f"春分の日・秋分の日は前年2月の官報で確定するため、{days.open_name}の見込みは暫定です。")
    return Noticed(due, tuple(dict.fromkeys(flags)), steps, closed_day)


def rolled(roll: str | None, nominal: dt.date, days: OpenDays) -> tuple[dt.date, bool]:
    """The date a `roll` gives, and whether it moved."""
    if roll is None or days.is_open(nominal):
        return nominal, False
    moved = ROLLS[roll](days, nominal) if roll in ROLLS else None
    return (nominal, False) if moved is None else (moved, True)


ROLLS: dict[str, Callable[[OpenDays, dt.date], dt.date | None]] = {
    "next_open": OpenDays.next_open,
    "previous_open": OpenDays.previous_open,
}
"""Ways a rule may move its date off a closed day."""

_ROLL_NOTES = {
    "next_open": (ROLLED, ACROSS_YEARS, "翌"),
    "previous_open": (ROLLED_BACK, ACROSS_YEARS_BACK, "直前の"),
}


def _roll_notes(roll: str, nominal: dt.date, due: dt.date, days: OpenDays) -> tuple[tuple[str, ...], tuple[str, ...]]:
    flag, crossing, which = _ROLL_NOTES[roll]
    rule = f"{days.closed_name}の場合は{which}{days.open_name}とする定めにより"
    steps: tuple[str, ...] = (f"{said(nominal)}は{days.closed_name}なので、{rule}{said(due)}を期日とします。",)
    if not crosses_fiscal_year(nominal, due):
        return (flag,), steps
    return (flag, crossing), (*steps, f"この移動は年度をまたぎます（{said(nominal)}から{said(due)}）。")


def _closed_notes(
    roll: str | None, due: dt.date, around: ClosedDay, days: OpenDays
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before = said(around.previous_open) if around.previous_open else "なし"
    after = said(around.next_open) if around.next_open else "なし"
    opened, closed = around.open_name, around.name
    why = f"移す先の{opened}がない" if roll else "動かす定めがない"
    steps = [
        f"{said(due)}は{closed}です。理由: {days.why_closed(due)}。",
        f"{why}ため、期日は動かしません。",
        f"直前の{opened}は{before}、翌{opened}は{after}です。",
    ]
    warnings = list(_year_ends(due, around))
    return (closed, *([f"{AT_YEAR_END}{closed}"] if warnings else [])), (*steps, *warnings)


def _year_ends(due: dt.date, around: ClosedDay) -> Iterator[str]:
    opened = around.open_name
    if around.next_open and crosses_fiscal_year(due, around.next_open):
        yield f"翌{opened}は翌年度になります。年度内に済ませるものは、直前の{opened}までに提出してください。"
    if around.previous_open and crosses_fiscal_year(due, around.previous_open):
        yield f"直前の{opened}は前年度になります。年度が始まってから行うものは、前倒しする前に発注者へ確かめてください。"


def _other_notes(rule: DueRule, due: dt.date, contract: Contract) -> tuple[tuple[str, ...], tuple[str, ...]]:
    period, signed = contract.head.period, contract.head.signed
    found = []
    if due > period.end:
        found.append((AFTER_END, f"契約の終期{said(period.end)}より後の期日です。"))
    if due < min(period.start, signed or period.start):
        found.append((BEFORE_START, f"契約の始期{said(period.start)}より前の期日です。"))
    if rule.provisional:
        found.append((ASSUMED, "想定の日付であり、確定していません。"))
    return tuple(flag for flag, _ in found), tuple(step for _, step in found)


def _rests_on_equinox(nominal: dt.date, due: dt.date, around: ClosedDay | None, days: OpenDays) -> bool:
    looked_at = [nominal, due]
    if around is not None:
        looked_at += [day for day in (around.previous_open, around.next_open) if day]
    return days.provisional_between(min(looked_at), max(looked_at))
