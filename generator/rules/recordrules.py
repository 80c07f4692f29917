"""What a single record cannot show: registers, sums, the calendar, changes of the structure, subcontracting."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.intake.eras import wareki, wareki_month, wareki_weekday
from generator.intake.schema import load_schemas
from generator.model import Contract, Entry
from generator.problems import Problem, Source
from generator.rules import events
from generator.rules.events import Row
from generator.rules.opendays import Almanac, OpenDays

PROBLEM_CODES = {
    "REC001": "閉庁日の日報",
    "REC002": "ファイルの月に合わない行",
    "REC003": "合わない請求の計算",
    "REC004": "体制の変更と任命の食い違い",
    "REC005": "禁じられた再委託",
    "REC006": "一つの帳に同じ番号",
}

MOST_NAMED = 6
"""As many days of a register are named in one message; the others are counted."""

_DAY = dt.timedelta(days=1)
_MONTH = re.compile(r"\d{4}-\d{2}\Z")


def check(contract: Contract) -> Iterator[Problem]:
    """Every problem of a contract's records."""
    for rule in RULES:
        yield from rule(contract)


def worked_on_open_days(contract: Contract) -> Iterator[Problem]:
    """A day's work is recorded for a day on which there is work, by the calendar of the contract's work; of a
    register that has many such days, said once."""
    days = Almanac(contract).work
    closed: dict[str, list[Row]] = {}
    for row in events.rows_of(contract, "daily"):
        if row.day and not row.values.get("remarks") and not days.is_open(row.day):
            closed.setdefault(row.entry.id, []).append(row)
    for rows in closed.values():
        yield _on_closed_days(rows, days, contract.head.calendar is None)


def _on_closed_days(rows: Sequence[Row], days: OpenDays, unnamed: bool) -> Problem:
    """One problem for the rows of one register, at the first of them; `unnamed` while no calendar was chosen."""
    dates = sorted({row.day for row in rows if row.day})
    first, closed = dates[0], days.closed_name
    message = f"{wareki_weekday(first)}は{closed}です（{days.why_closed(first)}）"
    if len(dates) > 1:
        others = "、".join(f"{day.month}月{day.day}日" for day in dates[1:MOST_NAMED])
        more = f"など{len(dates) - 1}日" if len(dates) > MOST_NAMED else f"の{len(dates) - 1}日"
        message += f"。この帳にはほかに{others}{more}、{closed}の行があります"
    hint = f"日を確かめてください。{closed}に作業したのなら remarks に理由を書いてください"
    if len(dates) > 1 and unnamed:
        hint += (
            "。業務が別の暦で行われるのなら、発注者の calendars に暦を書き、contract.yml の calendar で選んでください"
        )
    return Problem(rows[0].entry.place("items", rows[0].index, "date"), "REC001", message, hint, "warning")


def rows_lie_in_their_month(contract: Contract) -> Iterator[Problem]:
    """A register named after a month holds that month's rows."""
    for entry in contract.entries:
        schema = load_schemas().records.get(entry.kind)
        if schema is None or schema.rows is None or not _MONTH.match(entry.id):
            continue
        field, day = schema.rows
        for row in events.rows_in(entry):
            if row.day and f"{row.day:%Y-%m}" != entry.id:
                message = f"{wareki(row.day)}の行が、{entry.id} の帳にあります"
                hint = f"日を確かめるか、{wareki_month(row.day)}の帳（{row.day:%Y-%m}.yml）に移してください"
                yield Problem(entry.place(field, row.index, day), "REC002", message, hint, "warning")


def invoices_add_up(contract: Contract) -> Iterator[Problem]:
    """The total of an invoice is that of its lines and the tax; a line's amount is its quantity times its price."""
    for entry in events.entries_of(contract, "invoices"):
        lines = entry.values.get("lines") or ()
        yield from _lines_add_up(entry, lines)
        total, tax = entry.values.get("total"), entry.values.get("tax") or 0
        right = sum(line["amount"] for line in lines) + tax
        if total is not None and lines and total != right:
            message = f"請求額 {total:,}円が、内訳と消費税の和 {right:,}円と違います"
            yield Problem(entry.place("total"), "REC003", message, "lines・tax・total を確かめてください")


def _lines_add_up(entry: Entry, lines: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for index, line in enumerate(lines):
        quantity, price = str(line.get("quantity") or ""), line.get("price")
        if quantity.isdecimal() and isinstance(price, int) and int(quantity) * price != line["amount"]:
            message = f"金額 {line['amount']:,}円が、数量 {quantity} と単価 {price:,}円の積 {int(quantity) * price:,}円と違います"
            yield Problem(
                entry.place("lines", index, "amount"), "REC003", message, "数量、単価、金額を確かめてください"
            )


def changes_of_structure_are_recorded(contract: Contract) -> Iterator[Problem]:
    """A change has its record where the contract asks to be told, and a record of a change has its appointments.

    The first people of a role that has to be held from a later day on are no change.
    """
    asked = any(rule.event == "structure-changes" for d in contract.deliverables for rule in d.due)
    changed, begun = _days_of_change(contract), {rule.start for rule in contract.head.staffing}
    recorded = {e.values.get("changed"): e for e in events.entries_of(contract, "structure-changes")}
    for day, record in changed.items():
        if asked and day not in recorded and day not in begun:
            message = f"{wareki(day)}の体制の変更に、体制の変更の記録がありません"
            hint = (
                f"records/structure-changes/ に changed: {day} の記録を書いてください（変更の通知はそこから作られます）"
            )
            yield Problem(record, "REC004", message, hint, "warning")
    for changed_on, entry in recorded.items():
        if isinstance(changed_on, dt.date) and changed_on not in changed:
            message = f"{wareki(changed_on)}に始まる、または前日に終わる任命がありません"
            hint = "staff.yml の appointments に新しい任命を書き、前の任命に end を書いてください"
            yield Problem(entry.place("changed"), "REC004", message, hint)


def _days_of_change(contract: Contract) -> dict[dt.date, Source]:
    """The days after the start on which somebody of the vendor takes up a role or has just left one."""
    ours = {role.id for role in contract.staff.roles if role.side == "vendor"}
    period, found = contract.head.period, {}
    for appointment in contract.staff.appointments:
        if appointment.role in ours:
            found[appointment.start] = appointment.place("start")
            if appointment.end:
                found[appointment.end + _DAY] = appointment.place("end")
    return {day: place for day, place in sorted(found.items()) if period.start < day <= period.end}


def subcontracting_is_allowed(contract: Contract) -> Iterator[Problem]:
    """Nothing is subcontracted where the contract forbids it; elsewhere an application answers what is asked."""
    terms = contract.head.subcontracting
    if terms is None or terms.policy != "forbidden":
        return
    for entry in events.entries_of(contract, "subcontracts"):
        message = f"この契約は再委託を禁じています（条項 {'、'.join(terms.clauses)}）"
        yield Problem(entry.place("title"), "REC005", message, "この記録を取り除いてください")


def numbers_are_single(contract: Contract) -> Iterator[Problem]:
    """A number stands once in a register, whatever file its row is in."""
    for kind, schema in load_schemas().records.items():
        field = schema.rows[0] if schema.rows else ""
        if not schema.rows or "id" not in schema.keys_at((field, 0)):
            continue
        seen: dict[str, str] = {}
        for row in events.rows_of(contract, kind):
            number = str(row.values["id"])
            if number in seen:
                message = f"番号「{number}」は {seen[number]} にもあります"
                yield Problem(row.entry.place(field, row.index, "id"), "REC006", message, "別の番号にしてください")
            seen.setdefault(number, row.entry.source.path)


RULES: tuple[Callable[[Contract], Iterator[Problem]], ...] = (
    worked_on_open_days,
    rows_lie_in_their_month,
    invoices_add_up,
    changes_of_structure_are_recorded,
    subcontracting_is_allowed,
    numbers_are_single,
)
"""Checks of a contract's records; add a function and its name here."""
