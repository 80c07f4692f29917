"""The sentences of an explanation that stand around the computation itself."""

from __future__ import annotations

from generator.intake.eras import wareki
from generator.model import Contract, Deliverable, DueRule
from generator.rules import events, flags
from generator.rules.anchors import SIGNING
from generator.rules.occasions import Occasion, Resolved, said

NO_LIMIT = "期限の定めなし"
"""What `undated` says where the specification itself says nothing: our words, never shown as printed ones."""

UNDATED = {
    "直ちに": "「直ちに」は、一切の遅れを許さない趣旨の言葉です。",
    "速やかに": "「速やかに」は、できるだけ早くという趣旨の言葉です。",
    "遅滞なく": "「遅滞なく」は、正当な理由のある遅れだけを許す趣旨の言葉です。",
    "あらかじめ": "「あらかじめ」は、その行為より前に済ませるという趣旨の言葉です。",
    "事前に": "「事前に」は、その行為より前に済ませるという趣旨の言葉です。",
    "協議": "期日は、発注者との協議で決まります。",
}
"""What legal drafting means by the words that name no date."""


def ground(contract: Contract, deliverable: Deliverable, rule: DueRule, phrase: str) -> str:
    """Where the deadline is printed, and how."""
    place = (
        f"納品物件一覧表のNo.{deliverable.no}「{deliverable.title}」"
        if deliverable.listed
        else f"「{deliverable.title}」"
    )
    clauses = [rule.clause] if rule.clause else list(deliverable.clauses)
    numbers = f"（{'・'.join(_clause(contract, clause) for clause in clauses)}）" if clauses else ""
    return f"根拠: {place}{numbers}の期限「{phrase}」" if phrase else f"根拠: {place}{numbers}"


def _clause(contract: Contract, clause: str) -> str:
    """`条項7-1-4`; a clause of attached terms under the label the contract gives them."""
    terms, slash, number = clause.rpartition("/")
    if not slash:
        return f"条項{clause}"
    labels = {attached.terms: attached.label for attached in contract.head.terms}
    return f"{labels.get(terms, terms)} 条項{number}"


def occasion_step(occasion: Occasion) -> str | None:
    """Which period or record the item is for."""
    if occasion.event is not None:
        title = occasion.event.values.get("title")
        named = f"「{title}」" if title else ""
        return f"対象は{events.kind_title(occasion.event.kind)}の記録{occasion.event.id}{named}です。"
    span = occasion.span
    if span is None:
        return None
    range_ = f"{wareki(span.start)}から{wareki(span.end)}まで"
    if span.kept:
        return f"対象の期間は{span.name}のうち、この期限の定めが及ぶ{range_}です。"
    if span.cut:
        return f"対象の期間は{span.name}のうち契約期間内の{range_}です。"
    return f"対象の期間は{span.name}です。" if span.name == range_ else f"対象の期間は{span.name}（{range_}）です。"


def time_step(clock: str) -> str:
    """At what time of the day the duty ends."""
    return f"期日の{clock}までと定められています。"


def unmet_step(condition: str) -> str:
    """That nothing shows a condition to hold."""
    said_ = f"条件「{condition}」に当たる場合だけ生じます。"
    return f"{said_}当たったことを示す記録がないため、今は対象外です。"


def no_ground_step(reasons: tuple[str, ...]) -> str:
    """That no clause behind the duty applies to the contract."""
    return f"根拠の条項がこの契約では対象外です。理由: {'／'.join(reasons)}"


def undated_step(words: str) -> str:
    """That the phrase names no date, and what its words mean in law."""
    if words == NO_LIMIT:
        return "仕様書に期限の定めがありません。"
    meaning = next((meaning for word, meaning in UNDATED.items() if word in words), "")
    return f"「{words}」は日付に換算できない期限なので、日付を置きません。{meaning}"


def waiting_step(what: str) -> str:
    """What has to be recorded before there is a date."""
    if what == SIGNING:
        return f"契約の締結を待っています。{what}が記録されると期日を計算します。"
    return f"{what}の記録を待っています。記録されると期日を計算します。"


def target_step(target: Resolved) -> tuple[str | None, str]:
    """The vendor's own target as a flag and a sentence; it is never the due date."""
    if target.day is None:
        reason = f"{target.waits}の記録を待っています。" if target.waits else f"計算できません。{target.broken}"
        return None, f"受注者自身の目標日は、{reason}"
    day = f"{wareki(target.day)}{' ' + target.time if target.time else ''}"
    return (
        f"{flags.TARGET} {day}",
        f"受注者自身の目標日は{said(target.day)}です（期限ではありません）。{''.join(target.steps)}",
    )
