"""References between records: what a name stands for; a name that is not there, and the nearest that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from generator.problems import Problem, Source

PROBLEM_CODES = {"REF001": "参照先がない"}

REFERENCES: Mapping[str, str] = {
    "staff/appointments.*.person": "person",
    "staff/appointments.*.role": "role",
    "staff/contact_lines.*.start": "role",
    "staff/contact_lines.*.end": "role",
    "staff/pledges.*.person": "person",
    "staff/training.*.person": "person",
    "plan/tasks.*.role": "role",
    "checklist/officer": "person",
    "checklist/answers.*.person": "person",
    "checklist/answers.*.item": "check",
    "contract/calendar": "calendar",
    "contract/departments.*.department": "department",
    "contract/terms.*.terms": "terms",
    "contract/staffing.*.role": "role",
    "contract/staffing.*.separate_from": "role",
    "deliverables/deliverables.*.cell": "cell",
    "submissions/submissions.*.deliverable": "deliverable",
    "submissions/submissions.*.event": "event",
    "submissions/submissions.*.person": "person",
    "clauses/clauses.*.answers.*.deliverable": "deliverable",
    "clauses/clauses.*.answers.*.task": "task",
    "clauses/clauses.*.answers.*.role": "role",
    "clauses/clauses.*.answers.*.check": "check",
    "clauses/clauses.*.answers.*.record": "kind",
    "clauses/clauses.*.answers.*.level": "level",
    "deliverables/cells.*.due.*.calendar": "calendar",
    "deliverables/cells.*.due.*.event": "kind",
    "deliverables/cells.*.due.*.if_any": "kind",
    "deliverables/deliverables.*.due.*.calendar": "calendar",
    "deliverables/deliverables.*.due.*.event": "kind",
    "deliverables/deliverables.*.due.*.if_any": "kind",
}
"""What an id names, where the schema does not say so."""

PEOPLE = ("person", "staff")
"""The references that name somebody."""


def unknown(source: Source, title: str, name: str, known: Iterable[str], place: str) -> Problem:
    """`title` says what was looked for, `place` where it would have to be written."""
    names = sorted(known)
    near = get_close_matches(name, names, 1, 0.6)
    if near:
        hint = f"{near[0]} ではありませんか"
    else:
        hint = f"{place} に書いてください" + (f"。今あるもの: {'、'.join(names[:8])}" if names else "")
    return Problem(source, "REF001", f"{title}「{name}」がありません", hint)
