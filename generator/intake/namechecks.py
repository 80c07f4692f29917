"""Checks that whatever a contract's files name is there: people, roles, cells, departments, clauses, items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from generator.intake import recordrefs, references
from generator.intake.checkcontext import Context
from generator.model import Contract, DueRule, Record, Terms
from generator.problems import Problem


class Named(NamedTuple):
    """A name and where it was written."""

    record: Record
    path: tuple[str | int, ...]
    name: str | None


def _field(records: Iterable[Record], field: str) -> list[Named]:
    return [Named(record, (field,), getattr(record, field)) for record in records]


def _each(records: Iterable[Record], field: str) -> list[Named]:
    return [Named(r, (field, i), name) for r in records for i, name in enumerate(getattr(r, field))]


def _unknown(named: Iterable[Named], known: Collection[str], title: str, place: str, judged: bool) -> Iterator[Problem]:
    for record, path, name in named:
        if judged and name is not None and name not in known:
            yield references.unknown(record.place(*path), title, name, known, place)


def people_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """Whoever is named is in staff.yml."""
    staff, people = contract.staff, {person.id for person in contract.staff.people}
    holders = (
        *staff.appointments,
        *staff.pledges,
        *staff.training,
        *contract.checklist.answers,
        *contract.submissions,
    )
    named = [*_field(holders, "person"), *_field((contract.checklist,), "officer")]
    yield from _unknown(named, people, "人", "staff.yml の people", context.whole(contract, "staff"))


def roles_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """Whatever role is named is in staff.yml."""
    staff, roles = contract.staff, {role.id for role in contract.staff.roles}
    named = _field((*staff.appointments, *contract.tasks, *contract.head.staffing), "role")
    named += _field(contract.head.staffing, "separate_from")
    named += _field(staff.contact_lines, "start") + _field(staff.contact_lines, "end")
    yield from _unknown(named, roles, "役割", "staff.yml の roles", context.whole(contract, "staff"))


def cells_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A shared deadline cell that a row names is written."""
    cells, named = {cell.id for cell in contract.cells}, _field(contract.deliverables, "cell")
    yield from _unknown(named, cells, "期限欄", "deliverables.yml の cells", context.whole(contract, "deliverables"))


def departments_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A responsible department is one of the authority's."""
    known = {department.id for department in contract.authority.departments}
    path, named = f"data/authorities/{contract.authority.id}.yml", _field(contract.head.departments, "department")
    yield from _unknown(named, known, "部課", f"{path} の departments", path not in context.lost)


def calendars_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A calendar that the contract or a rule goes by is one of the authority's."""
    known, rules = {calendar.id for calendar in contract.authority.calendars}, _rules(contract)
    path, named = f"data/authorities/{contract.authority.id}.yml", _field((contract.head, *rules), "calendar")
    yield from _unknown(named, known, "暦", f"{path} の calendars", path not in context.lost)


def _rules(contract: Contract) -> list[DueRule]:
    """Every deadline rule of a contract, those of shared cells too."""
    own = [rule for deliverable in contract.deliverables for rule in deliverable.due]
    return own + [rule for cell in contract.cells for rule in cell.due]


def submissions_name_deliverables(contract: Contract, context: Context) -> Iterator[Problem]:
    """What was handed over is on the list."""
    known, named = {d.no for d in contract.deliverables}, _field(contract.submissions, "deliverable")
    yield from _unknown(named, known, "納品物件", "deliverables.yml", context.whole(contract, "deliverables"))


def checklist_items_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """An answer belongs to an item of the attached terms."""
    known = {f"{terms.id}/{item.id}" for terms in contract.terms for item in terms.check_items}
    named = _field(contract.checklist.answers, "item")
    yield from _unknown(named, known, "確認項目", "data/terms/ の check_items", context.terms_whole(contract))


def grounds_exist(contract: Contract, context: Context) -> Iterator[Problem]:
    """A clause that is given as ground is in the specification or the terms."""
    named = _each((*contract.tasks, *contract.deliverables), "clauses") + _field(contract.head.service_levels, "clause")
    named += _field((*_rules(contract), *contract.head.staffing, *contract.head.certifications), "clause")
    subcontracting = (contract.head.subcontracting,) if contract.head.subcontracting else ()
    named += _each((*contract.head.not_applicable, *subcontracting), "clauses")
    named += _field((contract.head.backup,) if contract.head.backup else (), "clause")
    told = recordrefs.told_by(contract)
    named += [Named(e, n.path, n.name) for e in told for n in recordrefs.names_in(e) if n.kind == recordrefs.CLAUSE]
    own = [n for n in named if n.name and "/" not in n.name]
    judged = bool(contract.clauses) and context.whole(contract, "clauses")
    yield from _unknown(own, {clause.id for clause in contract.clauses}, "条項", "clauses.yml", judged)
    for entry in named:
        if entry.name and "/" in entry.name:
            yield from _terms_clause(entry, entry.name, contract, context)


def _terms_clause(entry: Named, name: str, contract: Contract, context: Context) -> Iterator[Problem]:
    terms_id, _, clause_id = name.partition("/")
    attached = {a.terms for a in contract.head.terms}
    terms: dict[str, Terms] = {t.id: t for t in contract.terms}
    if terms_id not in attached:
        where = entry.record.place(*entry.path)
        yield references.unknown(where, "この契約に付く特記事項", terms_id, attached, "contract.yml の terms")
    elif terms_id in terms and terms[terms_id].source.path not in context.lost:
        known = {clause.id for clause in terms[terms_id].clauses}
        title = f"「{terms[terms_id].title}」の条項"
        yield from _unknown([entry._replace(name=clause_id)], known, title, f"data/terms/{terms_id}.yml", True)
