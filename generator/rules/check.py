"""Problems of the deadlines of a contract, each at its line: rules that cannot be read, contradict themselves or
never fire, dates that are missing, submissions that belong to nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from generator.model import Contract, Deliverable, DueRule
from generator.problems import Problem, in_order
from generator.rules import events, recordchecks, rulechecks, rulewords, states, words
from generator.rules.deadlines import PlacedRule, due_items, rule_items
from generator.rules.dueitem import DueItem
from generator.rules.fiscal import BEGINNING, HORIZON
from generator.rules.opendays import Almanac
from generator.rules.pointkinds import InYear
from generator.rules.words import PROBLEM_CODES

__all__ = ["PROBLEM_CODES", "check"]


def check(
    contract: Contract,
    record_fields: Mapping[str, Collection[str]],
    date_fields: Mapping[str, Collection[str]] | None = None,
) -> list[Problem]:
    """All problems of a contract's deadlines.

    `record_fields` are the fields of each kind of records; `date_fields` those that hold a date, where that is known.
    """
    found: list[Problem] = list(_horizon(contract))
    almanac = Almanac(contract)
    for deliverable, rule in _rules(contract):
        own = rulechecks.problems(rule, contract, record_fields, date_fields)
        found += own
        if all(problem.severity == "warning" for problem in own):
            found += _dates(deliverable, rule, contract, almanac)
    found += anchors_hold_dates(contract, date_fields)
    for each in CONTRACT_CHECKS:
        found += each(contract)
    return in_order(found)


def _rules(contract: Contract) -> Iterator[tuple[Deliverable, DueRule]]:
    """Every rule once; a shared cell's rules under the first row that has them."""
    for cell in contract.cells:
        row = next((d for d in contract.deliverables if d.cell == cell.id), Deliverable(no=cell.id, title=cell.id))
        yield from ((row, rule) for rule in cell.due)
    for deliverable in contract.deliverables:
        yield from ((deliverable, rule) for rule in deliverable.due)


def _horizon(contract: Contract) -> Iterator[Problem]:
    period = contract.head.period
    if period.start < BEGINNING or period.end > HORIZON:
        message = f"契約期間 {period.start} から {period.end} までの期限は計算できません"
        hint = f"{BEGINNING} から {HORIZON} までの日を書いてください"
        late = "end" if period.start >= BEGINNING else "start"
        yield Problem(period.place(late), words.BEYOND_HORIZON, message, hint)


def _dates(deliverable: Deliverable, rule: DueRule, contract: Contract, almanac: Almanac) -> Iterator[Problem]:
    """What only computing the rule can show."""
    items = rule_items(contract, deliverable, PlacedRule(rule, 0, ""), almanac)
    phrases = list(rulewords.phrases(rule))
    if not items:
        where = rule.place("months") if rule.months else phrases[0].source if phrases else rule.source
        yield Problem(where, words.NEVER_FIRES, "この規則からは一件の期限も生じません", _why_never(rule, contract))
    yearly = next((phrase for phrase in phrases if isinstance(phrase.point, InYear)), None)
    if rule.each and yearly and _shared_date(items):
        message = "二つ以上の期間の期日が、同じ月日で同じ日になります"
        hint = "each: fiscal_year にするか、15 of next month のように書いてください"
        yield Problem(yearly.source, words.WHICH_YEAR, message, hint)
    still = next((phrase for phrase in phrases if phrase.key in ("on", "within") and phrase.stands_still), None)
    if still and (rule.each or rule.periods) and _shared_date(items):
        message = f"{still.key}: 「{still.text}」は期間が移っても動かないため、二つ以上の期間の期日が同じ日になります"
        hint = "一回だけの期限なら each を消し、期間ごとの期限なら period.end などの起点から数えてください"
        yield Problem(still.source, words.STANDS_STILL, message, hint, "warning")


def _why_never(rule: DueRule, contract: Contract) -> str:
    period = contract.head.period
    if rule.months:
        return f"契約期間 {period.start} から {period.end} までに、months の月に終わる期間がありません"
    return f"契約期間 {period.start} から {period.end} までに当たる期日がありません"


def _shared_date(items: Iterable[DueItem]) -> bool:
    seen: dict[tuple[object, object], object] = {}
    return any(seen.setdefault((item.due, item.medium), item.period) != item.period for item in items if item.due)


def anchors_hold_dates(contract: Contract, date_fields: Mapping[str, Collection[str]] | None) -> Iterator[Problem]:
    """A record's field that a deadline counts from holds a date, once it is filled in.

    Where the field is none for dates, the rule is wrong, and not the record.
    """
    wanted = {
        (rule.event, phrase.anchor.field)
        for _, rule in _rules(contract)
        for phrase in rulewords.phrases(rule)
        if rule.event and phrase.anchor and phrase.anchor.field
        if date_fields is None or phrase.anchor.field in date_fields.get(rule.event, ())
    }
    for entry in contract.entries:
        for kind, field in sorted(wanted):
            value = entry.values.get(field)
            if entry.kind == kind and value is not None and events.moment_of(value) is None:
                message = f"期限の起点となる {field} の「{value}」は日付ではありません"
                yield Problem(
                    entry.place(field),
                    words.NOT_A_MOMENT,
                    message,
                    "2026-04-28 か 2026-04-28 16:30 のように書いてください",
                )


def deliverables_have_rules(contract: Contract) -> Iterator[Problem]:
    """A deliverable without any rule would be in no list of what is due."""
    for deliverable in contract.deliverables:
        if not deliverable.due and deliverable.cell is None:
            message = f"納品物件 {deliverable.no}「{deliverable.title}」に期限の規則がありません"
            hint = "due: か cell: を書いてください。日付のない期限なら undated: 速やかに のように書きます"
            yield Problem(deliverable.place("no"), words.NO_RULES, message, hint, "warning")


def cells_are_used(contract: Contract) -> Iterator[Problem]:
    """A shared cell that no row names makes no deadline."""
    used = {deliverable.cell for deliverable in contract.deliverables if deliverable.cell}
    if not used <= {cell.id for cell in contract.cells}:
        return  # a name that leads nowhere is told of already, and the cell it was meant for is not idle
    for cell in contract.cells:
        if cell.id not in used:
            message = f"期限欄「{cell.id}」を使う納品物件がありません"
            hint = f"納品物件に cell: {cell.id} を書くか、この期限欄を消してください"
            yield Problem(cell.place("id"), words.IDLE_KEY, message, hint, "warning")


def rules_differ(contract: Contract) -> Iterator[Problem]:
    """The same rule twice in one row says nothing new."""
    cells = {cell.id: cell.due for cell in contract.cells}
    rows = [(*cells.get(d.cell or "", ()), *d.due) for d in contract.deliverables]
    for rules in (*cells.values(), *rows):
        for index, rule in enumerate(rules):
            if rule in rules[:index]:
                message = "同じ期限の規則が二度書かれています"
                hint = "一つを消してください。二つの根拠なら clause か phrase を書き分けます"
                yield Problem(rule.source, words.TWO_DATES, message, hint, "warning")


def submissions_have_items(contract: Contract) -> Iterator[Problem]:
    """What was handed over belongs to a due item; a mistyped date would leave the item open."""
    if not contract.submissions:
        return
    items = due_items(contract, contract.head.period.end)
    cells = {cell.id for cell in contract.cells}
    known = {d.no for d in contract.deliverables if d.cell is None or d.cell in cells}
    for submission in contract.submissions:
        if submission.deliverable in known and not any(states.belongs(submission, item) for item in items):
            dates = sorted(
                {item.due.isoformat() for item in items if item.deliverable == submission.deliverable and item.due}
            )
            message = f"納品物件 {submission.deliverable} の提出が、どの期限にも当たりません"
            hint = (
                f"due に期日を書いてください（{'、'.join(dates[:6])}{'…' if len(dates) > 6 else ''}）"
                if dates
                else "event に記録を書いてください"
            )
            where = submission.place("due" if submission.due else "event" if submission.event else "deliverable")
            yield Problem(where, words.STRAY_SUBMISSION, message, hint, "warning")


CONTRACT_CHECKS: tuple[Callable[[Contract], Iterator[Problem]], ...] = (
    deliverables_have_rules,
    cells_are_used,
    rules_differ,
    recordchecks.early_dates,
    recordchecks.order_of_dates,
    submissions_have_items,
)
"""Checks of a contract as a whole; add a function and its name here."""
