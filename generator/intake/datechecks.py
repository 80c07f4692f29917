"""Checks of dates against each other."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake.checkcontext import Context
from generator.model import Contract, Record
from generator.problems import Problem

PROBLEM_CODES = {
    "CHK001": "期間の始めと終わりの逆転",
    "CHK005": "契約期間に合わない日付",
}


def periods_run_forward(contract: Contract, context: Context) -> Iterator[Problem]:
    """A period's end is not before its start."""
    for record in _with_period(contract):
        start, end = getattr(record, "start", None), getattr(record, "end", None)
        if start is not None and end is not None and end < start:
            message = f"終わり {end} が始め {start} より前です"
            yield Problem(record.place("end"), "CHK001", message, "start と end を確かめてください")


def _with_period(contract: Contract) -> Iterator[Record]:
    yield contract.head.period
    if contract.checklist.period:
        yield contract.checklist.period
    yield from contract.staff.appointments
    yield from contract.tasks
    for rules in (*(d.due for d in contract.deliverables), *(c.due for c in contract.cells)):
        for rule in rules:
            yield from rule.periods


def signed_before_end(contract: Contract, context: Context) -> Iterator[Problem]:
    """A contract is signed before it ends."""
    head = contract.head
    if head.signed and head.signed > head.period.end:
        message = f"契約締結日 {head.signed} が契約の終期 {head.period.end} より後です"
        yield Problem(head.place("signed"), "CHK005", message, "signed と period を確かめてください")
