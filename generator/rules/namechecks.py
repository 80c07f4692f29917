"""What is wrong with the words of one deadline rule: what they name, and whether it is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from generator.problems import Problem, Source
from generator.rules import events, words
from generator.rules.fiscal import crosses_fiscal_year
from generator.rules.pointkinds import FixedDay, InYear
from generator.rules.rulewords import Case
from generator.rules.words import did_you_mean


def words_are_read(case: Case) -> Iterator[Problem]:
    """Every phrase can be read."""
    for phrase in case.phrases:
        if phrase.bad:
            yield Problem(phrase.source, phrase.bad.code, f"{phrase.key}: {phrase.bad.message}", phrase.bad.hint)


def anchors_fit(case: Case) -> Iterator[Problem]:
    """An anchor is used where it has a meaning."""
    for phrase in case.phrases:
        if phrase.needs == "period" and not case.has_period:
            message = f"{phrase.key}: 「{phrase.text}」は each か periods のある規則でしか使えません"
            hint = "each: month などを書くか、contract.end や event.項目名 に替えてください"
            yield Problem(phrase.source, words.MISUSED_ANCHOR, message, hint)
        if phrase.needs == "event" and not case.rule.event:
            message = f"{phrase.key}: 「{phrase.text}」は event のある規則でしか使えません"
            yield Problem(
                phrase.source, words.MISUSED_ANCHOR, message, "event: incidents のように記録の種類を書いてください"
            )


def records_exist(case: Case) -> Iterator[Problem]:
    """Kinds of records and their fields are those of the schemas."""
    rule = case.rule
    for key, kind in (("event", rule.event), ("if_any", rule.if_any)):
        if kind and kind not in case.record_fields:
            hint = did_you_mean(kind, case.record_fields, _all_kinds(case.record_fields), _NEAR)
            yield Problem(rule.place(key), words.UNKNOWN_KIND, f"{key}: 記録の種類「{kind}」はありません", hint)
    kind = rule.event or rule.if_any
    if kind in case.record_fields:
        for where, key, field in _named_fields(case):
            yield from _field(where, key, field, kind or "", case.record_fields[kind or ""])


_NEAR = 0.8
"""Kinds are whole words: `change` is `changes`, but `health-checks` is no slip for any of them."""


def _all_kinds(kinds: Collection[str]) -> str:
    """Every kind of records with its title."""
    known = "、".join(f"{kind}（{events.kind_title(kind)}）" for kind in sorted(kinds))
    return f"記録の種類は {known} です" if known else "記録の種類はまだありません"


def _named_fields(case: Case) -> Iterator[tuple[Source, str, str]]:
    for field in case.rule.where or {}:
        yield case.rule.place("where", field), "where", field
    for phrase in case.phrases:
        if case.rule.event and phrase.anchor and phrase.anchor.field:
            yield phrase.source, phrase.key, phrase.anchor.field


def fields_hold_dates(case: Case) -> Iterator[Problem]:
    """A deadline is counted from a field that the schema makes a date."""
    kind = case.rule.event or ""
    for phrase in case.phrases:
        field = phrase.anchor.field if phrase.anchor else None
        if not field or field not in case.record_fields.get(kind, ()) or field in case.date_fields.get(kind, ()):
            continue
        message = f"{phrase.key}: 記録 {kind} の項目「{field}」は日付の項目ではありません"
        dates = "、".join(f"event.{name}" for name in sorted(case.date_fields.get(kind, ())))
        hint = f"{dates} のどれかにしてください" if dates else "日付の項目のある種類の記録にしてください"
        yield Problem(phrase.source, words.MISUSED_ANCHOR, message, hint, "warning")


def _field(where: Source, key: str, field: str, kind: str, fields: Collection[str]) -> Iterator[Problem]:
    if field not in fields:
        hint = did_you_mean(field, fields, f"{kind} の項目は {'、'.join(sorted(fields))} です")
        yield Problem(where, words.UNKNOWN_FIELD, f"{key}: 記録 {kind} に項目「{field}」はありません", hint)


def dates_lie_in_contract(case: Case) -> Iterator[Problem]:
    """Written-out periods touch the contract; written-out dates are not before it."""
    head = case.contract.head
    for period in case.rule.periods:
        if period.end < head.period.start or period.start > head.period.end:
            message = f"期間 {period.start} から {period.end} までは契約期間の外です"
            yield Problem(
                period.place("end" if period.end < head.period.start else "start"),
                words.OUTSIDE_CONTRACT,
                message,
                f"契約期間は {head.period.start} から {head.period.end} までです",
            )
    first = min(head.period.start, head.signed or head.period.start)
    for phrase in case.phrases:
        if isinstance(phrase.point, FixedDay) and phrase.point.day < first:
            message = f"{phrase.key}: 期日 {phrase.point.day} は契約より前です"
            yield Problem(phrase.source, words.OUTSIDE_CONTRACT, message, f"{first} 以後の日を書いてください")


def time_lies_in_contract(case: Case) -> Iterator[Problem]:
    """The time a rule tells of is a part of the contract's."""
    rule, period = case.rule, case.contract.head.period
    if rule.start and rule.end and rule.end < rule.start:
        message = f"end {rule.end} が start {rule.start} より前です"
        hint = "始まりの日と終わりの日を確かめてください"
        yield Problem(max(rule.place("start"), rule.place("end")), words.OUTSIDE_CONTRACT, message, hint)
        return
    for key, day in (("start", rule.start), ("end", rule.end)):
        if day and not period.start <= day <= period.end:
            message = f"{key}: {day} は契約期間の外です"
            hint = f"契約期間は {period.start} から {period.end} までです"
            yield Problem(rule.place(key), words.OUTSIDE_CONTRACT, message, hint)


def year_is_known(case: Case) -> Iterator[Problem]:
    """A month and day without a year needs a period that says which year."""
    period = case.contract.head.period
    if case.has_period or case.rule.event or not crosses_fiscal_year(period.start, period.end):
        return
    for phrase in case.phrases:
        yearly = isinstance(phrase.point, InYear) and phrase.key != "target"
        if yearly or (phrase.anchor and phrase.anchor.name.startswith("fiscal_year")):
            message = f"{phrase.key}: 契約が二つ以上の年度にわたるため、「{phrase.text}」の年が決まりません"
            yield Problem(phrase.source, words.WHICH_YEAR, message, "each: fiscal_year を書くか、年まで書いてください")


def contract_is_signed(case: Case) -> Iterator[Problem]:
    """A deadline counted from the signing needs its date."""
    if case.contract.head.signed:
        return
    for phrase in case.phrases:
        if phrase.anchor and phrase.anchor.name == "contract.signed":
            message = f"{phrase.key}: 「{phrase.text}」は契約締結日を待っています"
            yield Problem(
                phrase.source,
                words.NOT_SIGNED,
                message,
                "締結したら contract.yml に signed を書いてください",
                "warning",
            )
