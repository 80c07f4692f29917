"""What is wrong with the form of one deadline rule: a plain list of functions with one contract.

What its words name is looked at by `namechecks`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from generator.model import Contract, DueRule, Record
from generator.problems import Problem, Source
from generator.rules import namechecks, rulewords, words
from generator.rules.rulewords import Case


def problems(
    rule: DueRule,
    contract: Contract,
    record_fields: Mapping[str, Collection[str]],
    date_fields: Mapping[str, Collection[str]] | None = None,
) -> list[Problem]:
    """All problems of one rule."""
    case = Case(rule, tuple(rulewords.phrases(rule)), contract, record_fields, date_fields or record_fields)
    return [problem for check in RULE_CHECKS for problem in check(case)]


def _second(record: Record, keys: Iterable[str]) -> Source:
    """The value that contradicts what stands above it."""
    return max(record.place(key) for key in keys)


def one_date(case: Case) -> Iterator[Problem]:
    """A rule says one date: by `on`, by `within`, or that there is none."""
    rule = case.rule
    given = [key for key in ("on", "within", "undated") if getattr(rule, key)]
    if len(given) > 1:
        message = f"期限の規則に {' と '.join(given)} が両方あります"
        hint = "どれか一つにしてください。二つの期日なら規則を分けます"
        yield Problem(_second(rule, given), words.TWO_DATES, message, hint)
    if not given and not (rule.periods and all(period.on for period in rule.periods)):
        hint = "on: period.end、within: 10 days of period.end、undated: 速やかに のどれかを書いてください"
        yield Problem(rule.source, words.NO_DATE, "期限の規則に期日の定めがありません", hint)


def one_shape(case: Case) -> Iterator[Problem]:
    """A rule is for periods, for records, or for once."""
    given = [key for key in ("each", "periods", "event") if getattr(case.rule, key)]
    if len(given) > 1:
        message = f"期限の規則に {' と '.join(given)} が両方あります"
        hint = "each（周期）・periods（期間の列挙）・event（記録ごと）のどれか一つにしてください"
        yield Problem(_second(case.rule, given), words.TWO_SHAPES, message, hint)


def idle_keys(case: Case) -> Iterator[Problem]:
    """No key is written where it does nothing."""
    rule = case.rule
    counts = any(phrase.limit for phrase in case.phrases)
    idle = (
        (rule.months and not rule.each, "months", "each（周期）"),
        (rule.start and not (rule.each or rule.event), "start", "each か event"),
        (rule.end and not (rule.each or rule.event), "end", "each か event"),
        (rule.where and not (rule.event or rule.if_any), "where", "event か if_any"),
        (rule.target and not rule.undated, "target", "undated"),
        (rule.first_day and not counts, "first_day", "within"),
        (rule.roll and rule.undated, "roll", "on か within"),
        (rule.time and rule.undated, "time", "on か within"),
        (rule.calendar and rule.undated and not rule.target, "calendar", "on か within"),
    )
    for useless, key, partner in idle:
        if useless:
            message = f"{key} は {partner} と一緒でなければ働きません"
            yield Problem(rule.place(key), words.IDLE_KEY, message, f"{partner} を書くか、{key} を消してください")


def one_time(case: Case) -> Iterator[Problem]:
    """A limit in hours says the time of the day by itself."""
    rule = case.rule
    if rule.time and any(phrase.limit and phrase.limit.unit == "hour" for phrase in case.phrases):
        message = "time と、時間で数える within が両方あります"
        hint = "時間で数える期限は時刻まで決まります。time を消してください"
        yield Problem(_second(rule, ("within", "time")), words.TWO_DATES, message, hint)


def nothing_to_assume(case: Case) -> Iterator[Problem]:
    """`provisional` is said of a date."""
    rule = case.rule
    if rule.provisional and rule.undated:
        message = "provisional は日付のない期限（undated）では働きません"
        hint = "仕様書に想定の日付があれば on に書き、なければ provisional を消してください"
        yield Problem(rule.place("provisional"), words.IDLE_KEY, message, hint, "warning")


def last_has_period(case: Case) -> Iterator[Problem]:
    """`last` belongs to periods and says one date."""
    last = case.rule.last
    if last is None:
        return
    if not case.has_period:
        yield Problem(
            last.source,
            words.BAD_LAST,
            "last は each か periods のある規則でしか使えません",
            "each: month などを書いてください",
        )
    if bool(last.on) == bool(last.within):
        hint = "last: {of: fiscal_year, on: period.end} のように、on か within の一つを書いてください"
        where = _second(last, ("on", "within")) if last.on else last.source
        yield Problem(where, words.BAD_LAST, "last の期日が一つに決まりません", hint)


def if_any_has_period(case: Case) -> Iterator[Problem]:
    """`if_any` asks whether something happened in a period."""
    rule = case.rule
    if rule.if_any and (rule.event or not case.has_period):
        hint = "各年度なら each: fiscal_year を書いてください。記録一件ごとの期限なら event を使います"
        yield Problem(
            rule.place("if_any"), words.BAD_IF_ANY, "if_any は each か periods のある規則でしか使えません", hint
        )


def readings_say_something(case: Case) -> Iterator[Problem]:
    """Another reading gives a date of its own, and the reading taken says why it was taken."""
    for other in case.rule.others:
        if not (other.on or other.within or other.first_day) or (other.on and other.within):
            message = f"ほかの読み方「{other.reading}」の期日が一つに決まりません"
            where = _second(other, ("on", "within")) if other.on else other.source
            yield Problem(where, words.BAD_READING, message, "on・within・first_day のどれかを書いてください")
    if case.rule.others and not case.rule.reading:
        hint = "reading: に採った読み方とその理由を書いてください"
        yield Problem(
            case.rule.place("others"), words.BAD_READING, "採った読み方とその理由がありません", hint, "warning"
        )


RULE_CHECKS: tuple[Callable[[Case], Iterator[Problem]], ...] = (
    one_date,
    one_shape,
    idle_keys,
    one_time,
    nothing_to_assume,
    last_has_period,
    if_any_has_period,
    namechecks.words_are_read,
    namechecks.anchors_fit,
    namechecks.records_exist,
    namechecks.fields_hold_dates,
    readings_say_something,
    namechecks.dates_lie_in_contract,
    namechecks.time_lies_in_contract,
    namechecks.year_is_known,
    namechecks.contract_is_signed,
)
"""Checks of one rule; add a function and its name here."""
