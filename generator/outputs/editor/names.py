"""What a field may name in this project: people, roles, clauses, deliverables, records, things of the design …

A name that is not there is an error in the editor where `nohin check` makes it one; where a file was not read whole,
the check is silent of what it may hold, and so is the editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from generator.documents.facts import items, named
from generator.intake.checkcontext import Context
from generator.intake.references import REFERENCES
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import Schemas
from generator.model import ANSWER_KINDS, Contract, Terms


@dataclass(frozen=True)
class Names:
    """What may be named in one sort of field."""

    known: Mapping[str, str]
    """What each name stands for."""
    judged: bool = False
    """Whether every other name is an error."""
    where: str = ""
    """Where a name has to be written to be known."""
    spared: str = ""
    """A regular expression: other names that cannot be judged."""


Named = Mapping[str, Names]
"""Names by what a schema calls a reference to them."""

GROUND = "ground"
"""What a field of the type of this name refers to: a clause of the specification, or of terms that are attached."""

ANSWERS = {
    "deliverable": "deliverable",
    "record": "kind",
    "check": "check",
    "task": "task",
    "role": "role",
    "section": "section",
    "level": "level",
}
"""What the keys of an answer to a clause refer to."""

FIELDS: Mapping[str, str] = {
    **REFERENCES,
    **{f"{file}/clauses.*.answers.*.{key}": what for file in ("clauses", "terms") for key, what in ANSWERS.items()},
    "contract/service_levels.*.clause": "own clause",
    "contract/approvals.documents.*": "paper",
    "deliverables/deliverables.*.documents.*": "document",
    "terms/check_items.*.grounds.*": "clause of the terms",
    "design/overview/nothing.*.of": "design kind",
    "manifest/record": "kind",
    "manifest/records.*": "kind",
}
"""What a field names, where its rule does not say so: by the kind of file and the field's path."""


def is_id(name: str) -> bool:
    """Whether a name can be that of a file or a folder of data."""
    return not SCALAR_TYPES["id"].refuses(name)


def reference(kind: str, path: str, rule: Mapping[str, Any]) -> str | None:
    """What the value of a field names; None where it names nothing."""
    if rule.get("type") == "ground":
        return GROUND
    return rule.get("reference") or FIELDS.get(f"{kind}/{path}")


def anywhere(context: Context, files: Mapping[str, Iterable[str]], papers: Mapping[str, str]) -> dict[str, Names]:
    """What files of every contract may name. `files`: the ids of what is there by kind; `papers`: kinds of document."""
    kinds = {name: schema.title for name, schema in context.schemas.records.items()}
    portfolio = context.portfolio
    shelves: Mapping[str, Mapping[str, str]] = {
        "authority": {name: one.name for name, one in portfolio.authorities.items()},
        "vendor": {name: one.name for name, one in portfolio.vendors.items()},
        "terms": {name: one.title for name, one in portfolio.terms.items()},
    }
    folders = {"authority": "data/authorities", "vendor": "data/vendors", "terms": "data/terms"}
    shared = {
        kind: Names({name: shelf.get(name, name) for name in sorted(files[kind])}, True, folders[kind])
        for kind, shelf in shelves.items()
    }
    return shared | {
        "kind": Names(kinds, True, "記録の種類"),
        "design kind": Names(_design_kinds(context.schemas), True, "設計の種類"),
        "document": Names(papers, True, "templates/documents"),
    }


def _design_kinds(schemas: Schemas) -> dict[str, str]:
    return {name: schema.title for name, schema in schemas.design.items()}


def of_contract(contract: Contract, context: Context, papers: Mapping[str, str]) -> dict[str, Names]:
    """What the files of a contract may name of its own."""

    def own(reference: str, ids: Iterable[str], where: str, judged: bool = True) -> Names:
        return Names({name: named(contract, reference, name) for name in ids}, judged, where)

    whole = {kind: context.whole(contract, kind) for kind in ("staff", "plan", "deliverables", "clauses", "contract")}
    people = own("person", (p.id for p in contract.staff.people), "staff.yml の people", whole["staff"])
    numbers = own("deliverable", (d.no for d in contract.deliverables), "deliverables.yml", whole["deliverables"])
    cells = {cell.id: cell.phrase for cell in contract.cells}
    return {
        "person": people,
        "staff": people,
        "role": own("role", (r.id for r in contract.staff.roles), "staff.yml の roles", whole["staff"]),
        "task": own("task", (t.id for t in contract.tasks), "plan.yml の tasks", whole["plan"]),
        "deliverable": numbers,
        "calendar": _calendars(contract, context),
        "level": Names(
            {level.id: level.title for level in contract.head.service_levels},
            whole["contract"],
            "contract.yml の service_levels",
        ),
        "cell": Names(cells, whole["deliverables"], "deliverables.yml の cells"),
        "paper": Names({**papers, **numbers.known}, whole["deliverables"], "templates/documents か deliverables.yml"),
        "event": Names({f"{e.kind}/{e.id}": named(contract, f"record:{e.kind}", e.id) for e in contract.entries}),
        "item": Names(dict(items(contract))),
        **_clauses(contract, context, whole["clauses"]),
        **_of_others(contract, context),
        **{
            f"record:{kind}": own(f"record:{kind}", ids, f"records/{kind}") for kind, ids in _records(contract, context)
        },
        **_things(contract, context),
    }


def _calendars(contract: Contract, context: Context) -> Names:
    path = f"data/authorities/{contract.authority.id}.yml"
    known = {calendar.id: calendar.name for calendar in contract.authority.calendars}
    return Names(known, path not in context.lost, f"{path} の calendars")


def _records(contract: Contract, context: Context) -> Iterator[tuple[str, list[str]]]:
    for kind in context.schemas.records:
        yield kind, [entry.id for entry in contract.entries if entry.kind == kind]


def _clauses(contract: Contract, context: Context, whole: bool) -> dict[str, Names]:
    own = {clause.id: clause.heading for clause in contract.clauses}
    judged = bool(own) and whole
    attached = [one.terms for one in contract.head.terms]
    read = {terms.id: terms for terms in contract.terms if terms.source.path not in context.lost}
    theirs = {f"{terms.id}/{c.id}": f"{terms.title}　{c.heading}" for terms in read.values() for c in terms.clauses}
    doubtful = [name.replace(".", r"\.") + "/" for name in attached if name not in read and is_id(name)]
    spared = "|".join([*([] if judged else ["[^/]*$"]), *doubtful])
    where = "clauses.yml か、contract.yml の terms の特記事項"
    return {
        GROUND: Names({**own, **theirs}, True, where, f"^(?:{spared})" if spared else ""),
        "own clause": Names(own, judged, "clauses.yml"),
    }


def _of_others(contract: Contract, context: Context) -> dict[str, Names]:
    """Names from the authority's file, the terms, the manuals and the design."""
    authority = contract.authority
    departments = {department.id: department.name for department in authority.departments}
    checks = {f"{terms.id}/{item.id}": item.text for terms in contract.terms for item in terms.check_items}
    sections = dict(items(contract))
    fields_of_the_overview = {name for name in sections if name.startswith("overview/")}
    path = f"data/authorities/{authority.id}.yml"
    return {
        "department": Names(departments, path not in context.lost, f"{path} の departments"),
        "check": Names(checks, context.terms_whole(contract), "data/terms/ の check_items"),
        "section": Names(
            {name: title for name, title in sections.items() if name not in fields_of_the_overview},
            True,
            "manuals か design",
        ),
    }


def _things(contract: Contract, context: Context) -> dict[str, Names]:
    """The things of the design by kind; a contract without a design is not judged."""
    there = {sheet.kind: [str(thing["id"]) for thing in sheet.things] for sheet in contract.design}
    return {
        f"design:{kind}": Names(
            {name: named(contract, f"design:{kind}", name) for name in there.get(kind, ())},
            bool(contract.design) and context.whole(contract, f"design/{kind}"),
            f"design/{kind}.yml",
        )
        for kind in context.schemas.design
    }


def of_terms(terms: Terms, context: Context, contracts: Iterable[Named]) -> dict[str, Names]:
    """What a set of terms may name: its own clauses, and what every contract has that it is attached to."""
    clauses = {clause.id: clause.heading for clause in terms.clauses}
    own = {"clause of the terms": Names(clauses, terms.source.path not in context.lost, "この特記事項の clauses")}
    attached = list(contracts)
    wanted = {ANSWERS[key] for key in ANSWER_KINDS if key in ANSWERS}
    common = {what: reduce(_both, (names[what] for names in attached)) for what in sorted(wanted) if attached}
    return common | own


def _both(one: Names, other: Names) -> Names:
    """What two contracts can name alike; one that cannot be judged does not narrow it."""
    if not (one.judged and other.judged):
        return one if one.judged else other
    known = {name: title for name, title in one.known.items() if name in other.known}
    return Names(known, True, one.where)
