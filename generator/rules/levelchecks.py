"""What is wrong with the service levels of a contract, and with the records that are held against them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.model import Contract, ServiceLevel
from generator.problems import Problem
from generator.rules import events, figurechecks
from generator.rules.measures import MEASURES, meant, measure_of, number, span
from generator.rules.servicelevels import rule_of, undecided

PROBLEM_CODES = {
    "SLV001": "何で判定するか分からない水準",
    "SLV002": "組み合わせられない水準の項目",
    "SLV003": "判定できない対象の絞り込み",
    "SLV004": "受付時間のない水準",
    "SLV006": "水準の判定に足りない記録",
}


def check(contract: Contract) -> Iterator[Problem]:
    """Every problem of a contract's service levels."""
    for rule in RULES:
        yield from rule(contract)


def measures_are_clear(contract: Contract) -> Iterator[Problem]:
    """What a level measures is said where its title speaks of something else than 着手."""
    for level in contract.head.service_levels:
        word = meant(level) if span(level) else None
        if word:
            message = f"「{level.title}」が、何の時間で判定する水準か書かれていません"
            hint = f"measures: {word}（{MEASURES[word].title}）ではありませんか。着手で判定するなら measures: start"
            yield Problem(level.place("title"), "SLV001", message, hint)


def keys_fit(contract: Contract) -> Iterator[Problem]:
    """A level is held against times, or against figures, and says what that needs."""
    for level in contract.head.service_levels:
        yield from _timed(level) if span(level) else _untimed(level)
        for key, text in (("at_least", level.at_least), ("at_most", level.at_most)):
            if text is not None and number(text) is None:
                yield _no_number(level, (key,), text)
        yield from _consequences(level)


def _timed(level: ServiceLevel) -> Iterator[Problem]:
    for key in ("at_least", "at_most", "unit"):
        if getattr(level, key) is not None:
            message = f"{key} は、時間（within_hours・within_minutes）で判定する水準には書けません"
            yield Problem(
                level.place(key), "SLV002", message, "時間と測定値の両方を求めるなら、水準を二つに分けてください"
            )


def _untimed(level: ServiceLevel) -> Iterator[Problem]:
    for key in ("measures", "where", "clock"):
        if getattr(level, key) is not None:
            message = f"{key} は、時間（within_hours か within_minutes）がなければ働きません"
            yield Problem(
                level.place(key), "SLV002", message, f"何時間または何分以内かを書くか、{key} を消してください"
            )
    if level.unit is not None and level.at_least is None and level.at_most is None:
        message = "unit は at_least か at_most と一緒でなければ働きません"
        yield Problem(level.place("unit"), "SLV002", message, "at_least（以上）か at_most（以下）を書いてください")


def _consequences(level: ServiceLevel) -> Iterator[Problem]:
    for index, one in enumerate(level.if_missed):
        steps = {key: value for key in ("below", "above") if (value := getattr(one, key)) is not None}
        for key in (*steps, *(("months",) if one.months else ())):
            if span(level):
                message = f"{key} は、月ごとの測定値で判定する水準にだけ書けます"
                yield Problem(level.place("if_missed", index, key), "SLV002", message, f"{key} を消してください")
        if steps and one.months:
            message = "一つの定めに、測定値の段階（below・above）と連続の月数（months）の両方があります"
            yield Problem(level.place("if_missed", index, "months"), "SLV002", message, "二つの定めに分けてください")
        for key, text in steps.items():
            if number(text) is None:
                yield _no_number(level, ("if_missed", index, key), text)


def _no_number(level: ServiceLevel, path: tuple[str | int, ...], text: str) -> Problem:
    message = f"「{text}」は数ではありません"
    return Problem(level.place(*path), "SLV002", message, "99.5 のように数だけを書き、単位は unit に書いてください")


def conditions_can_hold(contract: Contract) -> Iterator[Problem]:
    """`where` names fields of the record that is held against the level, and values they can have."""
    for level in contract.head.service_levels:
        measure = measure_of(level)
        for field, wanted in (level.where or {}).items() if measure else ():
            rule = rule_of(measure.kind, field) if measure else {}
            known = ("true", "false") if rule.get("type") == "boolean" else rule.get("allowed", ())
            strange = [value for value in events.either(wanted) if known and value not in known]
            if measure and not rule:
                message = f"{measure.subject}の記録に「{field}」という項目はありません"
                yield Problem(
                    level.place("where", field), "SLV003", message, "severity や channel などの項目の名を書いてください"
                )
            elif strange:
                message = f"「{rule['meta']['title']}」({field}) は「{'、'.join(strange)}」になりません"
                yield Problem(
                    level.place("where", field), "SLV003", message, f"{'、'.join(known)} のどれかを書いてください"
                )


def hours_are_said(contract: Contract) -> Iterator[Problem]:
    """Hours run backwards nowhere; where other levels have reception hours, one without them says that it means it."""
    levels = contract.head.service_levels
    for level in levels:
        if level.hours and _minutes(level.hours.end) <= _minutes(level.hours.start):
            message = f"受付時間の終了 {level.hours.end} が、開始 {level.hours.start} より後ではありません"
            hint = "日をまたぐ受付時間は書けません。昼夜を問わないなら hours を書かず、または 0:00 から 24:00 と書いてください"
            yield Problem(level.hours.place("end"), "SLV002", message, hint)
        if measure_of(level) and level.hours is None and any(other.hours for other in levels):
            message = f"「{level.title}」に受付時間がないので、昼夜も休日も数えます"
            hint = (
                "受付時間の外の連絡を次の受付の始まりから数えるなら hours を、"
                "このままでよければ hours: {start: '0:00', end: '24:00', open_days_only: false} を書いてください"
            )
            yield Problem(level.source, "SLV004", message, hint, "warning")


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def records_say_enough(contract: Contract) -> Iterator[Problem]:
    """A record says what a service level hangs on."""
    titles = {level.id: level.title for level in contract.head.service_levels}
    for one in undecided(contract):
        if one.uncalled:
            continue
        message = f"「{titles[one.level]}」を守ったか判定できません（{one.record.id}　{one.why}）"
        yield Problem(one.record.source, "SLV006", message, "分かっていれば書いてください", "warning")


RULES: tuple[Callable[[Contract], Iterator[Problem]], ...] = (
    measures_are_clear,
    keys_fit,
    conditions_can_hold,
    hours_are_said,
    figurechecks.figures_fit,
    records_say_enough,
)
"""Checks of a contract's service levels; add a function and its name here."""
