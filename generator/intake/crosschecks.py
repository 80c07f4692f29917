"""Checks that no single file can make: a plain list of functions with one contract.

Each check takes a contract and what it may look up, and yields problems at their lines. A check that looks into
a file of which a part could not be read is silent about what that part may have held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.intake import references
from generator.intake.schema import Schemas
from generator.model import Answer, Clause, Contract, Portfolio, Record, Terms
from generator.problems import Problem

PROBLEM_CODES = {
    "CHK001": "期間の始めと終わりの逆転",
    "CHK002": "対応の種類の書きすぎ・書き忘れ",
    "CHK003": "上の階層のない条項番号",
    "CHK004": "証跡・理由・確認者のない回答",
    "CHK005": "契約期間に合わない日付",
    "CHK006": "対応のない義務",
    "CHK007": "何の日か決まらない閉庁日の定め",
}


@dataclass(frozen=True)
class Context:
    """What a check may look up beside the contract."""

    portfolio: Portfolio
    lost: frozenset[str]
    schemas: Schemas

    def whole(self, contract: Contract, kind: str) -> bool:
        """Whether the contract's file of a kind was read without loss."""
        return f"data/contracts/{contract.id}/{kind}.yml" not in self.lost


Check = Callable[[Contract, Context], Iterable[Problem]]


def run(portfolio: Portfolio, lost: frozenset[str], schemas: Schemas) -> list[Problem]:
    """All problems of all checks."""
    context = Context(portfolio, lost, schemas)
    found = [
        p for contract in portfolio.contracts.values() for check in CONTRACT_CHECKS for p in check(contract, context)
    ]
    found += [p for terms in portfolio.terms.values() for p in _check_terms(terms, context)]
    found += [p for authority in portfolio.authorities.values() for p in _check_calendar(authority.calendar.closed)]
    return found


# --- dates --------------------------------------------------------------------------------------------


def periods_run_forward(contract: Contract, context: Context) -> Iterator[Problem]:
    """A period's end is not before its start."""
    for record in _with_period(contract):
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None and end < start:
            message = f"終わり {end} が始め {start} より前です"
            yield Problem(record.source, "CHK001", message, "start と end を確かめてください")


def _with_period(contract: Contract) -> Iterator[Record]:
    yield contract.head.period
    if contract.checklist.period:
        yield contract.checklist.period
    yield from contract.staff.appointments
    yield from contract.tasks
    for deliverable in contract.deliverables:
        for rule in deliverable.due:
            yield from rule.periods


def signed_before_end(contract: Contract, context: Context) -> Iterator[Problem]:
    """A contract is signed before it ends."""
    head = contract.head
    if head.signed and head.signed > head.period.end:
        message = f"契約締結日 {head.signed} が契約の終期 {head.period.end} より後です"
        yield Problem(head.source, "CHK005", message, "signed と period を確かめてください")


# --- references ---------------------------------------------------------------------------------------


def people_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """Whoever is named is in staff.yml."""
    people = {person.id for person in contract.staff.people}
    named: list[tuple[Record, str | None]] = [(a, a.person) for a in contract.staff.appointments]
    named += [(p, p.person) for p in contract.staff.pledges] + [(t, t.person) for t in contract.staff.training]
    named += [(a, a.person) for a in contract.checklist.answers]
    named.append((contract.checklist, contract.checklist.officer))
    yield from _unknown(named, people, "人", "staff.yml の people", context.whole(contract, "staff"))


def roles_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """Whatever role is named is in staff.yml."""
    roles = {role.id for role in contract.staff.roles}
    named: list[tuple[Record, str | None]] = [(a, a.role) for a in contract.staff.appointments]
    named += [(line, end) for line in contract.staff.contact_lines for end in (line.start, line.end)]
    named += [(task, task.role) for task in contract.tasks]
    yield from _unknown(named, roles, "役割", "staff.yml の roles", context.whole(contract, "staff"))


def cells_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A shared deadline cell that a row names is written."""
    cells = {cell.id for cell in contract.cells}
    named: list[tuple[Record, str | None]] = [(d, d.cell) for d in contract.deliverables]
    yield from _unknown(named, cells, "期限欄", "deliverables.yml の cells", context.whole(contract, "deliverables"))


def departments_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A responsible department is one of the authority's."""
    known = {department.id for department in contract.authority.departments}
    path = f"data/authorities/{contract.authority.id}.yml"
    named: list[tuple[Record, str | None]] = [(d, d.department) for d in contract.head.departments]
    yield from _unknown(named, known, "部課", f"{path} の departments", path not in context.lost)


def submissions_name_deliverables(contract: Contract, context: Context) -> Iterator[Problem]:
    """What was handed over is on the list."""
    known = {d.no for d in contract.deliverables}
    named: list[tuple[Record, str | None]] = [(s, s.deliverable) for s in contract.submissions]
    yield from _unknown(named, known, "納品物件", "deliverables.yml", context.whole(contract, "deliverables"))


def grounds_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A clause that is given as ground is in the specification or the terms."""
    if not contract.clauses or not context.whole(contract, "clauses"):
        return
    known = {clause.id for clause in contract.clauses}
    named: list[tuple[Record, str | None]] = [(t, c) for t in contract.tasks for c in t.clauses]
    named += [(d, c) for d in contract.deliverables for c in d.clauses]
    named += [(s, s.clause) for s in contract.head.service_levels]
    own = [(record, name) for record, name in named if name and "/" not in name]
    yield from _unknown(own, known, "条項", "clauses.yml", True)
    for record, name in named:
        if name and "/" in name:
            yield from _terms_clause(record, name, contract, context)


def _terms_clause(record: Record, name: str, contract: Contract, context: Context) -> Iterator[Problem]:
    terms_id, _, clause_id = name.partition("/")
    terms = {t.id: t for t in contract.terms}
    if terms_id not in terms:
        yield references.unknown(record.source, "この契約に付く特記事項", terms_id, terms, "contract.yml の terms")
    elif terms[terms_id].source.path not in context.lost:
        known = {clause.id for clause in terms[terms_id].clauses}
        if clause_id not in known:
            yield references.unknown(
                record.source, f"{terms[terms_id].title}の条項", clause_id, known, f"data/terms/{terms_id}.yml"
            )


def _unknown(
    named: Iterable[tuple[Record, str | None]], known: set[str], title: str, place: str, judged: bool
) -> Iterator[Problem]:
    for record, name in named:
        if judged and name is not None and name not in known:
            yield references.unknown(record.source, title, name, known, place)


# --- clauses and their answers ----------------------------------------------------------------------


def answers_resolve(contract: Contract, context: Context) -> Iterator[Problem]:
    """Each answer of a clause says one thing, and what it names exists."""
    known = _answer_targets(contract, context)
    for clause in (*contract.clauses, *(c for t in contract.terms for c in t.clauses)):
        for answer in clause.answers:
            yield from _one_answer(answer, known)


def _answer_targets(contract: Contract, context: Context) -> dict[str, tuple[str, set[str], str] | None]:
    checks = {f"{t.id}/{item.id}" for t in contract.terms for item in t.check_items}
    records = {kind.removeprefix("records/") for kind in context.schemas.by_kind if kind.startswith("records/")}
    found: dict[str, tuple[str, set[str], str]] = {
        "deliverable": ("納品物件", {d.no for d in contract.deliverables}, "deliverables.yml"),
        "check": ("確認項目", checks, "data/terms/ の check_items"),
        "task": ("作業", {t.id for t in contract.tasks}, "plan.yml"),
        "role": ("役割", {r.id for r in contract.staff.roles}, "staff.yml"),
        "record": ("記録の種類", records, "records/"),
    }
    files = {"deliverable": "deliverables", "task": "plan", "role": "staff"}
    judged = {kind: kind not in files or context.whole(contract, files[kind]) for kind in found}
    judged["check"] = not any(t.source.path in context.lost for t in contract.terms)
    return {kind: found[kind] if judged[kind] else None for kind in found}


def _one_answer(answer: Answer, known: dict[str, tuple[str, set[str], str] | None]) -> Iterator[Problem]:
    given = [kind for kind in (*known, "section", "statement") if getattr(answer, kind) is not None]
    if len(given) != 1:
        message = f"対応の一項目に{'何も書かれていません' if not given else '二つ以上の種類があります'}"
        yield Problem(
            answer.source,
            "CHK002",
            message,
            "deliverable・record・check・task・role・section・statement の一つだけを書く",
        )
        return
    target = known.get(given[0])
    if target is not None and answer.target not in target[1]:
        yield references.unknown(answer.source, target[0], answer.target, target[1], target[2])


def clauses_have_parents(contract: Contract, context: Context) -> Iterator[Problem]:
    """A sub-clause stands under a clause that is there too."""
    if context.whole(contract, "clauses"):
        yield from _orphans(contract.clauses)


def _orphans(clauses: tuple[Clause, ...]) -> Iterator[Problem]:
    known = {clause.id for clause in clauses}
    for clause in clauses:
        parent = clause.id.rpartition("-")[0]
        if parent and parent not in known:
            yield Problem(
                clause.source,
                "CHK003",
                f"条項 {clause.id} の上の {parent} がありません",
                f"id: {parent} の条項も書いてください",
            )


def obligations_are_answered(contract: Contract, context: Context) -> Iterator[Problem]:
    """Each duty of the vendor says what answers it; a duty without an answer is a warning."""
    for clause in (*contract.clauses, *(c for t in contract.terms for c in t.clauses)):
        if clause.obligor in ("vendor", "both") and clause.kind in ("obligation", "prohibition") and not clause.answers:
            message = f"条項 {clause.id}（{clause.heading}）に何で応えるかが書かれていません"
            yield Problem(clause.source, "CHK006", message, "answers を書いてください", "warning")


# --- checklist ----------------------------------------------------------------------------------------


def checklist_items_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """An answer belongs to an item of the attached terms."""
    known = {f"{t.id}/{item.id}" for t in contract.terms for item in t.check_items}
    judged = not any(t.source.path in context.lost for t in contract.terms)
    named: list[tuple[Record, str | None]] = [(a, a.item) for a in contract.checklist.answers]
    yield from _unknown(named, known, "確認項目", "data/terms/ の check_items", judged)


def answers_have_grounds(contract: Contract, context: Context) -> Iterator[Problem]:
    """○ has evidence, a date and a person; 対象外 has a reason."""
    for answer in contract.checklist.answers:
        missing = []
        if answer.answer == "○":
            named = (
                ("証跡 (evidence)", answer.evidence),
                ("確認日 (date)", answer.date),
                ("確認者 (person)", answer.person),
            )
            missing = [title for title, value in named if not value]
        elif answer.answer == "対象外" and not answer.reason:
            missing = ["理由 (reason)"]
        if missing:
            message = f"「{answer.answer}」の回答に{'・'.join(missing)}がありません"
            yield Problem(answer.source, "CHK004", message, "書けないうちは answer を空欄にしてください")


CONTRACT_CHECKS: tuple[Check, ...] = (
    periods_run_forward,
    signed_before_end,
    people_exist,
    roles_exist,
    cells_exist,
    departments_exist,
    submissions_name_deliverables,
    grounds_exist,
    answers_resolve,
    clauses_have_parents,
    obligations_are_answered,
    checklist_items_exist,
    answers_have_grounds,
)
"""Checks of one contract, in the order in which they run; add a function and its name here."""


# --- terms and calendars, which belong to no contract --------------------------------------------------


def _check_terms(terms: Terms, context: Context) -> Iterator[Problem]:
    if terms.source.path in context.lost:
        return
    yield from _orphans(terms.clauses)
    known = {clause.id for clause in terms.clauses}
    for item in terms.check_items:
        for ground in item.grounds:
            if ground not in known:
                yield references.unknown(item.source, "根拠条項", ground, known, "この特記事項の clauses")
    if terms.issuer not in context.portfolio.authorities and f"data/authorities/{terms.issuer}.yml" not in context.lost:
        known_issuers = context.portfolio.authorities
        yield references.unknown(
            terms.source, "発注者", terms.issuer, known_issuers, f"data/authorities/{terms.issuer}.yml"
        )


def _check_calendar(closed: Iterable[Record]) -> Iterator[Problem]:
    for rule in closed:
        weekdays, holidays = getattr(rule, "weekdays", ()), getattr(rule, "holidays", None)
        spans, day = (getattr(rule, "start", None), getattr(rule, "end", None)), getattr(rule, "date", None)
        kinds = sum((bool(weekdays), bool(holidays), any(spans), day is not None))
        if kinds != 1 or (any(spans) and not all(spans)):
            message = "閉庁日の一項目は、曜日・祝日・毎年の範囲・日のどれか一つでなければなりません"
            yield Problem(
                rule.source, "CHK007", message, "weekdays、holidays、start と end、date の一つを書いてください"
            )
