"""What document templates ask of a contract: plain functions of records; each is a global in the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from generator.documents.plan import PER, Document
from generator.intake.scalars import PLAIN_TYPES, SCALAR_TYPES
from generator.intake.schema import Schema, load_schemas
from generator.model import (
    Answer,
    Appointment,
    CheckAnswer,
    CheckItem,
    Contract,
    Period,
    Person,
    Role,
    Task,
    Terms,
)
from generator.rules import deadlines, fiscal
from generator.rules.dueitem import DueItem

PLANNED, DONE, DUE, SUBMITTED = "○", "●", "△", "▲"
DITTO = "〃"


# --- 年間計画表 ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlanRow:
    """One line of the year: a mark a month."""

    title: str
    marks: tuple[str, ...]
    who: str = ""
    note: str = ""


@dataclass(frozen=True)
class AnnualPlan:
    """A fiscal year: its months, and rows in groups."""

    months: tuple[Period, ...]
    groups: tuple[tuple[str, tuple[PlanRow, ...]], ...]


def annual_plan(contract: Contract, year: Period) -> AnnualPlan:
    """The tasks of plan.yml and the deadlines of the deliverables, month by month.

    ○ planned, ● done (only where plan.yml gives the day), △ due, ▲ handed over (only where submissions.yml says so).
    """
    whole = fiscal.fiscal_year(fiscal.fiscal_year_of(year.start))
    months = tuple(span.whole for span in fiscal.spans("month", whole))
    groups: dict[str, list[PlanRow]] = {}
    for task in contract.tasks:
        groups.setdefault(task.category or "作業", []).append(_task_row(task, contract, months))
    rows = tuple(_said_once(_deliverable_rows(contract, months)))
    return AnnualPlan(months, (*((name, tuple(found)) for name, found in groups.items()), ("納品物件", rows)))


def _said_once(rows: Iterable[PlanRow]) -> Iterator[PlanRow]:
    """A note that several rows share, as the specification prints it in one cell, is written once."""
    above = ""
    for row in rows:
        yield replace(row, note=DITTO) if row.note and row.note == above else row
        above = row.note


def _task_row(task: Task, contract: Contract, months: Sequence[Period]) -> PlanRow:
    roles = {role.id: role.title for role in contract.staff.roles}
    first, last = task.start or contract.head.period.start, task.end or contract.head.period.end
    marks = tuple(_task_mark(task, month, first, last) for month in months)
    note = "。".join(filter(None, (task.count, task.note)))
    return PlanRow(task.title, marks, roles.get(task.role or "", ""), note)


def _task_mark(task: Task, month: Period, first: dt.date, last: dt.date) -> str:
    done = [f"{DONE}{day.day}" for day in task.done if month.start <= day <= month.end]
    fixed = [f"{PLANNED}{day.day}" for day in task.dates if month.start <= day <= month.end and day not in task.done]
    if done or fixed:
        return " ".join(done + fixed)
    running = first <= month.end and month.start <= last
    return PLANNED if running and month.start.month in _planned_months(task) else ""


def _planned_months(task: Task) -> tuple[int, ...]:
    every = {"week": range(1, 13), "month": range(1, 13), "quarter": (6, 9, 12, 3), "half_year": (9, 3)}
    return task.months or tuple(every.get(task.each or "", ()))


def _deliverable_rows(contract: Contract, months: Sequence[Period]) -> Iterator[PlanRow]:
    items = deadlines.due_items(contract, dt.date.max)
    for deliverable in contract.deliverables:
        if deliverable.obligor != "vendor":
            continue
        own = [i for i in items if i.deliverable == deliverable.no and i.due and i.state != "対象外"]
        marks = tuple(_due_marks(own, month) for month in months)
        if deliverable.listed or any(marks):
            number = f"{deliverable.no}　" if deliverable.listed else ""
            yield PlanRow(f"{number}{deliverable.title}", marks, note=phrase(contract, deliverable.no))


def _due_marks(items: Sequence[DueItem], month: Period) -> str:
    marks = {
        (item.due.day, SUBMITTED if item.submitted else DUE)
        for item in items
        if item.due and month.start <= item.due <= month.end
    }
    return " ".join(f"{mark}{day}" for day, mark in sorted(marks))


def phrase(contract: Contract, number: str) -> str:
    """The deadline of a deliverable as the specification prints it; empty where it prints none."""
    cells = {cell.id: cell.phrase for cell in contract.cells}
    for deliverable in contract.deliverables:
        if deliverable.no == number:
            return deliverable.phrase or cells.get(deliverable.cell or "", "")
    return ""


# --- サポート体制図 -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """A role of the structure with whoever holds it."""

    role: Role
    people: tuple[tuple[Person, Appointment], ...] = ()


@dataclass(frozen=True)
class SupportStructure:
    """The boxes by side, on a day."""

    on: dt.date
    sides: tuple[tuple[str, tuple[Box, ...]], ...]


SIDES = {"authority": "発注者", "vendor": "受注者", "other": "関係事業者"}


def support_structure(contract: Contract, on: dt.date) -> SupportStructure:
    """Roles and the people appointed to them on a day, brought inside the contract's period."""
    day = min(max(on, contract.head.period.start), contract.head.period.end)
    people = {person.id: person for person in contract.staff.people}
    holders: dict[str, list[tuple[Person, Appointment]]] = {}
    for appointment in contract.staff.appointments:
        if appointment.start <= day <= (appointment.end or day) and appointment.person in people:
            holders.setdefault(appointment.role, []).append((people[appointment.person], appointment))
    boxes = [Box(role, tuple(holders.get(role.id, ()))) for role in contract.staff.roles]
    sides = tuple((side, tuple(box for box in boxes if box.role.side == side)) for side in SIDES)
    return SupportStructure(day, tuple((side, found) for side, found in sides if found))


def contact_numbers(box: Box) -> tuple[tuple[str, str], ...]:
    """Each telephone number of a role once, with the person's name where it is a person's own."""
    found = {box.role.phone: ""} if box.role.phone else {}
    for person, _ in box.people:
        if person.phone:
            found.setdefault(person.phone, person.name)
    return tuple(found.items())


# --- 情報セキュリティ対策チェックリスト -----------------------------------------------------------------------


@dataclass(frozen=True)
class CheckRow:
    """A check item with its answer, blank where nobody has answered."""

    item: CheckItem
    grounds: tuple[str, ...]
    answer: CheckAnswer
    person: str


@dataclass(frozen=True)
class ChecklistView:
    """The check items of all attached terms, in groups, and how far the answers are."""

    groups: tuple[tuple[str, tuple[CheckRow, ...]], ...]
    counts: dict[str, int] = field(default_factory=dict)


def checklist(contract: Contract) -> ChecklistView:
    """Every check item of the attached terms with the answer of checklist.yml."""
    answers = {answer.item: answer for answer in contract.checklist.answers}
    people = {person.id: person.name for person in contract.staff.people}
    labels = {attached.terms: attached.label for attached in contract.head.terms}
    groups = []
    for terms in contract.terms:
        rows = tuple(_check_row(terms, item, labels[terms.id], answers, people) for item in terms.check_items)
        if rows:
            groups.append((f"{labels[terms.id]}　{terms.title}", rows))
    flat = [row.answer.answer or "未記入" for _, rows in groups for row in rows]
    return ChecklistView(tuple(groups), {name: flat.count(name) for name in ("○", "×", "対象外", "未記入")})


def _check_row(
    terms: Terms, item: CheckItem, label: str, answers: dict[str, CheckAnswer], people: dict[str, str]
) -> CheckRow:
    name = f"{terms.id}/{item.id}"
    answer = answers.get(name) or CheckAnswer(item=name)
    printed = {clause.id: clause.printed or clause.id for clause in terms.clauses}
    grounds = tuple(f"{label}{printed.get(ground, ground)}" for ground in item.grounds)
    return CheckRow(item, grounds, answer, people.get(answer.person or "", ""))


# --- words ------------------------------------------------------------------------------------------------


def printed(contract: Contract, clause_id: str | None) -> str:
    """A clause's number as the specification prints it; the id where it prints none, empty for no clause."""
    found = next((clause.printed for clause in contract.clauses if clause.id == clause_id), None)
    return found or clause_id or ""


def ground(contract: Contract, name: str) -> tuple[str, str]:
    """Where a clause (`7-1-4`, `terms/9-1`) stands below the contract's part, and its number with the terms' label."""
    terms_id, _, clause_id = name.rpartition("/")
    if not terms_id:
        return f"clauses/index.html#c-{clause_id}", printed(contract, clause_id)
    label = next((a.label for a in contract.head.terms if a.terms == terms_id), terms_id)
    clauses = next((t.clauses for t in contract.terms if t.id == terms_id), ())
    number = next((c.printed for c in clauses if c.id == clause_id), None) or clause_id
    return f"clauses/{terms_id}.html#c-{clause_id}", f"{label} {number}"


def person_name(contract: Contract, person_id: str | None) -> str:
    """A person's name; empty for no person."""
    return next((person.name for person in contract.staff.people if person.id == person_id), "")


def role_title(contract: Contract, role_id: str | None) -> str:
    """A role's title; empty for no role."""
    return next((role.title for role in contract.staff.roles if role.id == role_id), "")


def level_title(contract: Contract, level_id: str) -> str:
    """A service level with its target: `復旧作業の着手　連絡時から2時間以内`."""
    return next((f"{s.title}　{s.target}" for s in contract.head.service_levels if s.id == level_id), level_id)


def department_name(contract: Contract, department_id: str) -> str:
    """A department of the authority by its id."""
    return next((d.name for d in contract.authority.departments if d.id == department_id), "")


def departments(contract: Contract) -> tuple[tuple[str, str], ...]:
    """The departments in charge, each once: `("予算執行課・業務担当課", "情報管理部 情報システム課")`."""
    parts: dict[str, list[str]] = {}
    for part in contract.head.departments:
        parts.setdefault(part.department, []).append(part.role)
    return tuple(("・".join(roles), department_name(contract, place)) for place, roles in parts.items())


def neighbours(document: Document) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The documents of the period before and after: id and label of each, None where there is none."""
    kind = document.kind
    found = [(f"{kind.id}-{key}", label) for key, label, *_ in PER[kind.per](document.contract, kind)]
    place = [name for name, _ in found].index(document.id) if document.key else 0
    before = found[place - 1] if place else None
    return before, found[place + 1] if place + 1 < len(found) else None


def answer_text(contract: Contract, answer: Answer) -> str:
    """What answers a clause, in words: `納品物件 4 作業実績報告書`."""
    named = {
        "deliverable": (
            "納品物件",
            {d.no: f"{d.no + ' ' if d.listed else ''}{d.title}" for d in contract.deliverables},
        ),
        "task": ("計画", {t.id: t.title for t in contract.tasks}),
        "role": ("役割", {r.id: r.title for r in contract.staff.roles}),
        "check": ("確認項目", {f"{t.id}/{i.id}": f"{t.title} {i.id}" for t in contract.terms for i in t.check_items}),
        "record": ("記録", {kind: schema.title for kind, schema in _record_schemas().items()}),
        "section": ("文書の章", {}),
        "statement": ("", {}),
    }
    word, titles = named[answer.kind]
    return f"{word}　{titles.get(answer.target, answer.target)}" if word else answer.target


@cache
def _record_schemas() -> dict[str, Schema]:
    found = load_schemas().by_kind.items()
    return {kind.removeprefix("records/"): schema for kind, schema in found if kind.startswith("records/")}


def type_title(rule: dict[str, Any]) -> str:
    """The type of a schema field in words."""
    kind = str(rule.get("type", ""))
    if rule.get("allowed"):
        return "、".join(str(choice) for choice in rule["allowed"])
    return SCALAR_TYPES[kind].title if kind in SCALAR_TYPES else PLAIN_TYPES.get(kind, (kind, ""))[0]


def label(kind: str, field_path: str, value: str | None) -> str:
    """The Japanese word of a coded value, as the schema gives it: `label("clauses", "clauses.*.kind", "right")`."""
    labels = _labels(kind, field_path)
    return labels.get(value, value) if value else ""


@cache
def _labels(kind: str, field_path: str) -> dict[str, str]:
    walked = dict(load_schemas().by_kind[kind].walk())
    return dict(walked[tuple(field_path.split("."))].get("meta", {}).get("labels", {}))


VIEWS = (
    annual_plan,
    support_structure,
    contact_numbers,
    checklist,
    phrase,
    printed,
    ground,
    person_name,
    role_title,
    level_title,
    department_name,
    departments,
    neighbours,
    answer_text,
    type_title,
    label,
)
"""What templates may call, by the function's name."""
