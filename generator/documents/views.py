"""What document templates ask of a contract: plain functions of records; each is a global in the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from generator.documents.annualplan import annual_plan, phrase
from generator.documents.bookchanges import changed_parts, design_changes, parts_table
from generator.documents.books import Book
from generator.documents.checklist import checklist
from generator.documents.completions import delivered, handed_over, place_of_work, work_done
from generator.documents.crudmatrix import crud
from generator.documents.custody import custody_ledger, day_and_time, disposal_word, record_named, time_of_day
from generator.documents.design import (
    design_kinds,
    field_title,
    in_words,
    kind_title,
    overview,
    thing,
    thing_title,
    things,
    why_none,
)
from generator.documents.designstates import after, before
from generator.documents.drawings.businesses import business_flow
from generator.documents.drawings.drawings import drawings
from generator.documents.facts import fact, facts, items
from generator.documents.flows import flow_diagrams, flow_steps, procedures
from generator.documents.handovers import open_matters, year_of_work
from generator.documents.issues import open_issues
from generator.documents.lessons import lessons_of, lessons_so_far
from generator.documents.plan import Document
from generator.documents.registers import register
from generator.documents.reports import asks_for, by_day, by_person, by_task, chapters, inspected
from generator.documents.roster import contact_order, pledged_on, roles_of, roster
from generator.documents.securitystatus import security_status
from generator.documents.structure import contact_numbers, support_structure
from generator.documents.structurechanges import structure_change
from generator.documents.summary import is_answered, is_restored, monthly, summary
from generator.documents.traceability import traceability
from generator.documents.wording import answered, subtitle, worded
from generator.documents.works import works
from generator.intake.scalars import PLAIN_TYPES, SCALAR_TYPES
from generator.intake.schema import kept_by_schemas, load_schemas
from generator.model import Answer, Contract, Entry, Period
from generator.rules import events
from generator.rules.servicelevels import ServiceResult, service_results


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


def entries(contract: Contract, kind: str, period: Period | None = None) -> list[Entry]:
    """The records of a kind by day and id, only those of a period where one is given."""
    found = [entry for entry in contract.entries if entry.kind == kind]
    days = {entry.id: events.happened_on(entry) or dt.date.max for entry in found}
    inside = [e for e in found if period is None or period.start <= days[e.id] <= period.end]
    return sorted(inside, key=lambda entry: (days[entry.id], entry.id))


def elapsed(start: dt.datetime | None, end: dt.datetime | None) -> int | None:
    """The minutes between two moments; None where one is not known."""
    return int((end - start).total_seconds()) // 60 if start and end else None


def service_results_of(contract: Contract, incident: str, as_of: dt.date) -> list[ServiceResult]:
    """An incident held against the service levels that set a time for it."""
    return [result for result in service_results(contract, as_of, "incidents") if result.record == incident]


def neighbours(document: Document, documents: Iterable[Document]) -> tuple[Document | None, Document | None]:
    """The documents of the same kind before and after one, None where there is none."""
    alike = [other for other in documents if other.kind.id == document.kind.id]
    place = [other.id for other in alike].index(document.id)
    return (alike[place - 1] if place else None), (alike[place + 1] if place + 1 < len(alike) else None)


def answer_text(contract: Contract, answer: Answer) -> str:
    """What answers a clause, in words: `納品物件　4 作業実績報告書`."""
    return answer_in_words(answer, answer_titles(contract))


def answer_titles(contract: Contract) -> dict[str, dict[str, str]]:
    """The titles of whatever can answer a clause, by kind of answer and name; made once for many answers."""
    return {
        "deliverable": {d.no: f"{d.no + ' ' if d.listed else ''}{d.title}" for d in contract.deliverables},
        "task": {task.id: task.title for task in contract.tasks},
        "role": {role.id: role.title for role in contract.staff.roles},
        "check": {f"{t.id}/{item.id}": f"{t.title} {item.id}" for t in contract.terms for item in t.check_items},
        "record": {kind: schema.title for kind, schema in load_schemas().records.items()},
        "section": dict(items(contract)),
        "level": {level.id: level.title for level in contract.head.service_levels},
    }


def answer_in_words(answer: Answer, titles: Mapping[str, Mapping[str, str]]) -> str:
    """The kind of an answer and its title; a statement speaks for itself."""
    word = _ANSWER_WORDS[answer.kind]
    title = titles.get(answer.kind, {}).get(answer.target, answer.target)
    return f"{word}　{title}" if word else title


_ANSWER_WORDS = {
    "deliverable": "納品物件",
    "task": "計画",
    "role": "役割",
    "check": "確認項目",
    "record": "記録",
    "section": "文書の章",
    "level": "サービスレベル",
    "statement": "",
}


def type_title(rule: dict[str, Any]) -> str:
    """The type of a schema field in words."""
    kind = str(rule.get("type", ""))
    if rule.get("allowed"):
        return "、".join(str(choice) for choice in rule["allowed"])
    return SCALAR_TYPES[kind].title if kind in SCALAR_TYPES else PLAIN_TYPES.get(kind, (kind, ""))[0]


def new_book(prefix: str = "") -> Book:
    """An empty book, to be filled while its chapters are rendered."""
    return Book(prefix)


def design_before(contract: Contract, change: Entry) -> Contract:
    """The contract with its design as it was before a system change."""
    return before(contract, change)


def design_after(contract: Contract, change: Entry) -> Contract:
    """The contract with its design as it was after a system change, before any later one."""
    return after(contract, change)


def label(kind: str, field_path: str, value: str | None) -> str:
    """The Japanese word of a coded value, as the schema gives it: `label("clauses", "clauses.*.kind", "right")`."""
    labels = _labels(kind, field_path)
    return labels.get(value, value) if value else ""


@kept_by_schemas
def _labels(kind: str, field_path: str) -> dict[str, str]:
    walked = dict(load_schemas().by_kind[kind].walk())
    return dict(walked[tuple(field_path.split("."))].get("meta", {}).get("labels", {}))


VIEWS = (
    annual_plan,
    support_structure,
    contact_numbers,
    contact_order,
    structure_change,
    roster,
    roles_of,
    pledged_on,
    lessons_of,
    lessons_so_far,
    checklist,
    works,
    summary,
    monthly,
    is_answered,
    is_restored,
    chapters,
    asks_for,
    by_task,
    by_day,
    by_person,
    inspected,
    open_issues,
    security_status,
    phrase,
    printed,
    ground,
    person_name,
    role_title,
    level_title,
    department_name,
    departments,
    neighbours,
    entries,
    elapsed,
    service_results_of,
    fact,
    facts,
    answer_text,
    type_title,
    label,
    custody_ledger,
    record_named,
    disposal_word,
    day_and_time,
    time_of_day,
    register,
    worded,
    subtitle,
    answered,
    delivered,
    handed_over,
    place_of_work,
    work_done,
    flow_diagrams,
    flow_steps,
    procedures,
    open_matters,
    year_of_work,
    things,
    thing,
    thing_title,
    overview,
    why_none,
    in_words,
    field_title,
    kind_title,
    design_kinds,
    changed_parts,
    design_changes,
    parts_table,
    design_before,
    design_after,
    new_book,
    drawings,
    business_flow,
    traceability,
    crud,
)
"""What templates may call, by the function's name."""
