"""How often a rule applies: once, each period, written-out periods, each record. A shape is a function and a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from generator.intake.eras import wareki
from generator.intake.schema import load_schemas
from generator.model import Contract, DueRule, Entry, Period
from generator.rules import events, fiscal
from generator.rules.fiscal import Span
from generator.rules.occasions import Occasion

MOST_NAMED = 5
"""As many records are named in an explanation; the others are counted."""

Shape = Callable[[DueRule, Contract], Iterator[Occasion]]


def once(rule: DueRule, contract: Contract) -> Iterator[Occasion]:
    """One occasion, without a period."""
    yield Occasion(contract=contract)


def each(rule: DueRule, contract: Contract) -> Iterator[Occasion]:
    """One occasion a period of the contract that the rule tells of; a period cut short is still one."""
    records = _records_with_days(rule, contract)
    for whole in fiscal.spans(rule.each or "contract", contract.head.period):
        span = whole.between(rule.start, rule.end)
        if span and (not rule.months or span.whole.end.month in rule.months):
            not_due, because = _in_period(span, rule, records)
            yield Occasion(contract=contract, span=span, not_due=not_due, because=because)


def periods(rule: DueRule, contract: Contract) -> Iterator[Occasion]:
    """One occasion a period that the specification writes out."""
    records = _records_with_days(rule, contract)
    for period in rule.periods:
        whole = Period(start=period.start, end=period.end)
        span = Span(f"{wareki(period.start)}から{wareki(period.end)}まで", whole, period.start, period.end)
        not_due, because = _in_period(span, rule, records)
        yield Occasion(contract=contract, span=span, on=period.on, not_due=not_due, because=because)


def event(rule: DueRule, contract: Contract) -> Iterator[Occasion]:
    """One occasion a record; one row that stands for all of them while there is none."""
    kind = rule.event or ""
    found = [one for one in events.entries_of(contract, kind, rule.where) if _tells_of(rule, one)]
    for entry in found:
        yield Occasion(contract=contract, event=entry)
    if not found:
        yield Occasion(contract=contract, not_due=f"{_records(rule, kind)}がないため、今は対象外です。", fires=False)


def _tells_of(rule: DueRule, entry: Entry) -> bool:
    """Whether a record lies in the rule's time; one that has no day yet belongs to the rule that has no end."""
    day = events.happened_on(entry)
    if day is None:
        return rule.end is None
    return (rule.start or day) <= day <= (rule.end or day)


SHAPES: dict[str, Shape] = {"event": event, "periods": periods, "each": each}
"""Shapes by the key of the rule that asks for them; a rule without any of the keys applies once."""


def occasions(rule: DueRule, contract: Contract) -> Iterator[Occasion]:
    """Every occasion a rule applies on, in order."""
    key = next((key for key in SHAPES if getattr(rule, key)), None)
    return (SHAPES[key] if key else once)(rule, contract)


def only_if(rule: DueRule) -> str | None:
    """The condition the shape itself makes, in Japanese."""
    if rule.if_any:
        return f"期間内に{_records(rule, rule.if_any)}がある場合のみ"
    return f"{_records(rule, rule.event)}ごと" if rule.event else None


def _records_with_days(rule: DueRule, contract: Contract) -> list[tuple[dt.date, Entry]]:
    found = events.entries_of(contract, rule.if_any, rule.where) if rule.if_any else []
    return [(day, entry) for entry in found if (day := events.happened_on(entry)) is not None]


def _in_period(span: Span, rule: DueRule, records: list[tuple[dt.date, Entry]]) -> tuple[str | None, str | None]:
    """Why nothing is due for a period, or which records make it due; nothing to say without `if_any`."""
    if not rule.if_any:
        return None, None
    inside = [entry.id for day, entry in records if span.start <= day <= span.end]
    if not inside:
        return f"{span.name}に{_records(rule, rule.if_any)}がないため、今は対象外です。", None
    named = "、".join(inside[:MOST_NAMED]) + (f" ほか{len(inside) - MOST_NAMED}件" if len(inside) > MOST_NAMED else "")
    return None, f"{span.name}に{_records(rule, rule.if_any)} {named} があるため、生じます。"


def _records(rule: DueRule, kind: str) -> str:
    narrowed = "・".join(_worded(kind, rule.where or {}))
    title = f"{events.kind_title(kind)}（{narrowed}）の記録" if narrowed else f"{events.kind_title(kind)}の記録"
    return f"{_time_of(rule)}{title}" if rule.event else title


def _time_of(rule: DueRule) -> str:
    """`令和8年4月1日からの`: the time a rule tells of, where that is not all of the contract's."""
    first = f"{wareki(rule.start)}から" if rule.start else ""
    last = f"{wareki(rule.end)}まで" if rule.end else ""
    return f"{first}{last}の" if first or last else ""


def _worded(kind: str, where: events.Where) -> Iterator[str]:
    """The values a rule narrows its records by, in words; which deliverable they are for needs no saying."""
    schema = load_schemas().records.get(kind)
    for field, wanted in where.items():
        rule = schema.fields.get(field, {}) if schema else {}
        if "reference" not in rule:
            labels = rule.get("meta", {}).get("labels", {})
            yield "・".join(str(labels.get(value, value)) for value in events.either(wanted))
