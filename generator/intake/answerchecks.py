"""Checks of clauses and of what answers them, and of the checklist's answers."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake import references
from generator.intake.checkcontext import Context
from generator.intake.termschecks import orphans
from generator.model import ANSWER_KINDS, Answer, Clause, Contract
from generator.problems import Problem

PROBLEM_CODES = {
    "CHK002": "対応の種類の書きすぎ・書き忘れ",
    "CHK004": "証跡・理由・確認者のない回答",
    "CHK008": "古い確認日",
}

Targets = dict[str, tuple[str, set[str], str]]


def answers_resolve(contract: Contract, context: Context) -> Iterator[Problem]:
    """Each answer of a clause says one thing, and what it names exists."""
    known = _targets(contract, context)
    for clause in _clauses(contract):
        for answer in clause.answers:
            yield from _one_answer(answer, known)


def _clauses(contract: Contract) -> Iterator[Clause]:
    yield from contract.clauses
    for terms in contract.terms:
        yield from terms.clauses


def _targets(contract: Contract, context: Context) -> Targets:
    """What may be named, by kind of answer; kinds that cannot be judged are left out."""
    checks = {f"{t.id}/{item.id}" for t in contract.terms for item in t.check_items}
    found: Targets = {"record": ("記録の種類", context.record_kinds(), "records/")}
    if context.terms_whole(contract):
        found["check"] = ("確認項目", checks, "data/terms/ の check_items")
    if context.whole(contract, "deliverables"):
        found["deliverable"] = ("納品物件", {d.no for d in contract.deliverables}, "deliverables.yml")
    if context.whole(contract, "plan"):
        found["task"] = ("作業", {t.id for t in contract.tasks}, "plan.yml の tasks")
    if context.whole(contract, "staff"):
        found["role"] = ("役割", {r.id for r in contract.staff.roles}, "staff.yml の roles")
    if context.whole(contract, "contract"):
        levels = {level.id for level in contract.head.service_levels}
        found["level"] = ("サービスレベル", levels, "contract.yml の service_levels")
    found["section"] = ("文書の章", _sections(contract), "manuals/ か design/")
    return found


def _sections(contract: Contract) -> set[str]:
    """The chapters of the manuals and the things of the design."""
    chapters = {f"{chapter.manual}/{chapter.id}" for chapter in contract.manuals}
    return chapters | {f"{sheet.kind}/{thing['id']}" for sheet in contract.design for thing in sheet.things}


def _one_answer(answer: Answer, known: Targets) -> Iterator[Problem]:
    given = [kind for kind in ANSWER_KINDS if getattr(answer, kind) is not None]
    if len(given) != 1:
        message = f"対応の一項目に{'二つ以上の種類があります' if given else '何も書かれていません'}"
        yield Problem(answer.source, "CHK002", message, f"{'・'.join(ANSWER_KINDS)} の一つだけを書いてください")
    elif given[0] in known:
        title, names, place = known[given[0]]
        if answer.target not in names:
            yield references.unknown(answer.place(given[0]), title, answer.target, names, place)


def clauses_have_parents(contract: Contract, context: Context) -> Iterator[Problem]:
    """A sub-clause stands under a clause that is there too."""
    if context.whole(contract, "clauses"):
        yield from orphans(contract.clauses)


def answers_have_grounds(contract: Contract, context: Context) -> Iterator[Problem]:
    """○ has evidence, a date and a person; 対象外 has a reason."""
    wanted = {
        "○": (("証跡 (evidence)", "evidence"), ("確認日 (date)", "date"), ("確認者 (person)", "person")),
        "対象外": (("理由 (reason)", "reason"),),
    }
    for answer in contract.checklist.answers:
        missing = [title for title, name in wanted.get(answer.answer or "", ()) if not getattr(answer, name)]
        if missing:
            message = f"「{answer.answer}」の回答に{'・'.join(missing)}がありません"
            hint = "書けないうちは answer を空欄にしてください"
            yield Problem(answer.place("answer"), "CHK004", message, hint)


def check_dates_are_current(contract: Contract, context: Context) -> Iterator[Problem]:
    """An answer was checked in the period the checklist speaks of; an older date is a warning."""
    period = contract.checklist.period
    for answer in contract.checklist.answers if period else ():
        if period and answer.date and not period.start <= answer.date <= period.end:
            message = f"確認日 {answer.date} が確認の期間（{period.start} から {period.end}）の外です"
            hint = "確かめ直して日付を書くか、answer を空欄に戻してください"
            yield Problem(answer.place("date"), "CHK008", message, hint, "warning")
