"""Changes of the design against their records: every change has its record, and every record changed something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.history.effects import CHANGES, Name, Told, Unrecorded, in_order, names_of, said
from generator.intake.eras import wareki
from generator.model import Chapter, Contract, Effect, Entry, Sheet
from generator.problems import Problem, Severity, Source
from generator.rules import events

PROBLEM_CODES = {
    "CHG001": "記録のない設計の変更",
    "CHG002": "何も変えていないシステム変更の記録",
    "CHG003": "変わっていない項目を挙げるシステム変更の記録",
    "CHG004": "どこにもない項目を挙げるシステム変更の記録",
}


def check(contract: Contract, told: Told) -> Iterator[Problem]:
    """Every problem between the design and the records of its changes; none where no design is written."""
    if not contract.design and not contract.manuals:
        return
    places = _places(contract)
    for one in told.unrecorded:
        yield _unrecorded(contract, one, places)
    for entry in events.entries_of(contract, CHANGES):
        yield from _of_record(entry, told.effects.get(entry.id, Effect()), places)


def _of_record(entry: Entry, effect: Effect, places: Mapping[Name, Source]) -> Iterator[Problem]:
    names, reason = names_of(entry), entry.values.get("unchanged")
    if not names and not reason:
        hint = "design か manuals に変えた項目を書くか、設計が変わらないのなら unchanged に理由を書いてください"
        yield Problem(entry.place("changed"), "CHG002", "このシステム変更で何が変わったかが書かれていません", hint)
    changed = {Name(one.place, one.name) for one in effect.differences}
    for place in ("design", "manuals"):
        for index, text in enumerate(entry.values.get(place) or ()):
            name = Name(place, text)
            where = entry.place(place, index)
            if name not in places and name not in changed:
                hint = "design/ のファイルの名と記号を / でつないでください。除いた項目なら、除く前のコミットが要ります"
                severity: Severity = "error" if effect.known else "warning"  # what was there once, no one can tell
                yield Problem(where, "CHG004", f"「{text}」は設計にも履歴にもありません", hint, severity)
            elif effect.known and name not in changed:
                hint = "設計のデータを改めるか、この名を除いてください"
                yield Problem(where, "CHG003", f"「{text}」は、この変更の前と後で変わっていません", hint)


def _unrecorded(contract: Contract, one: Unrecorded, places: Mapping[Name, Source]) -> Problem:
    when = f"{wareki(one.date)}のコミット {one.commit[:7]}" if one.commit and one.date else "まだコミットしていない変更"
    source = places.get(one.name) or _near(contract, one.name)
    message = f"「{one.name.name}」が、システム変更の記録なしに変わっています（{when}）"
    named = [entry.id for entry in in_order(contract) if one.name in names_of(entry)]
    again = f"（記録 {named[-1]} の続きなら、その記録も同じコミットで改めてください）" if named else ""
    hint = (
        f"records/changes/ の{'新しい' if named else ''}記録の {one.name.place} に {one.name.name} を書いてください{again}。"
        "システムの変更でない訂正なら、design/overview.yml の corrections に書いてください"
    )
    return Problem(source, "CHG001", message, hint)


def _places(contract: Contract) -> dict[Name, Source]:
    """Where each thing of the design and each chapter is written."""
    found: dict[Name, Source] = {}
    for sheet in contract.design:
        for number, name in enumerate(said(sheet)):
            at = (sheet.kind, number) if sheet.things else (name.name.partition("/")[2],)
            found[name] = sheet.place(*at)
    for chapter in contract.manuals:
        found |= dict.fromkeys(said(chapter), chapter.source)
    return found


def _near(contract: Contract, name: Name) -> Source:
    """Where something that has gone would have to be written."""
    kind = name.name.partition("/")[0]
    told: tuple[Sheet | Chapter, ...] = (*contract.design, *contract.manuals)
    own = (one for one in told if kind == (one.kind if isinstance(one, Sheet) else one.manual))
    return next(own, told[0]).source
