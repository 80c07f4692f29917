"""Checks of what belongs to no contract: terms and calendars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.intake import references
from generator.intake.checkcontext import Context
from generator.model import Clause, ClosedDays, Portfolio, Terms
from generator.problems import Problem

PROBLEM_CODES = {
    "CHK003": "上の階層のない条項番号",
    "CHK007": "何の日か決まらない閉庁日の定め",
    "CHK009": "曜日のない「第何」「祝日に当たるとき」、日のない「いつまで」",
}


def orphans(clauses: Sequence[Clause]) -> Iterator[Problem]:
    """Clauses whose upper clause is missing: 7-1-4 without 7-1."""
    known = {clause.id for clause in clauses}
    for clause in clauses:
        parent = clause.id.rpartition("-")[0]
        if parent and parent not in known:
            message = f"条項 {clause.id} の上の {parent} がありません"
            yield Problem(clause.place("id"), "CHK003", message, f"id: {parent} の条項も書いてください")


def terms_hold_together(portfolio: Portfolio, context: Context) -> Iterator[Problem]:
    """Terms name an authority that is there, and their check items rest on their own clauses."""
    for terms in portfolio.terms.values():
        place = f"data/authorities/{terms.issuer}.yml"
        if terms.issuer not in portfolio.authorities and place not in context.lost:
            yield references.unknown(terms.place("issuer"), "発注者", terms.issuer, portfolio.authorities, place)
        if terms.source.path not in context.lost:
            yield from orphans(terms.clauses)
            yield from _grounds(terms)


def _grounds(terms: Terms) -> Iterator[Problem]:
    known = {clause.id for clause in terms.clauses}
    for item in terms.check_items:
        for index, ground in enumerate(item.grounds):
            if ground not in known:
                place = item.place("grounds", index)
                yield references.unknown(place, "根拠条項", ground, known, "この特記事項の clauses")


def calendars_say_one_thing(portfolio: Portfolio, context: Context) -> Iterator[Problem]:
    """Each line of a calendar is weekdays, the holidays by law, a yearly range, or one day; and no more."""
    for authority in portfolio.authorities.values():
        for calendar in (authority.calendar, *authority.calendars):
            for rule in calendar.closed:
                if not _says_one_thing(rule):
                    message = (
                        f"{calendar.closed_name}の一項目は、曜日・祝日・毎年の範囲・日のどれか一つでなければなりません"
                    )
                    hint = "weekdays、holidays、start と end、date の一つを書いてください"
                    yield Problem(rule.source, "CHK007", message, hint)
                yield from _idle(rule)


def _idle(rule: ClosedDays) -> Iterator[Problem]:
    """What only narrows weekdays or goes on from a date does so."""
    partners = (
        ("nth", "weekdays", rule.weekdays),
        ("on_holiday", "weekdays", rule.weekdays),
        ("until", "date", rule.date),
    )
    for key, partner, there in partners:
        if getattr(rule, key) and not there:
            message = f"{key} は {partner} と一緒でなければ働きません"
            yield Problem(rule.place(key), "CHK009", message, f"{partner} を書くか、{key} を消してください")
    if rule.date and rule.until and rule.until < rule.date:
        message = f"until {rule.until} が date {rule.date} より前です"
        yield Problem(rule.place("until"), "CHK009", message, "date 以後の日を書いてください")


def _says_one_thing(rule: ClosedDays) -> bool:
    ranged = rule.start is not None or rule.end is not None
    given = (bool(rule.weekdays), rule.holidays is not None, ranged, rule.date is not None)
    return sum(given) == 1 and (not ranged or (rule.start is not None and rule.end is not None))
