"""Checks that no single file can make: a plain list of functions with one contract.

Each check takes a contract and what it may look up, and yields problems at their lines. A check that looks into
a file of which a part could not be read is silent about what that part may have held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.intake import answerchecks, datechecks, namechecks, recordrefs, termschecks
from generator.intake.checkcontext import Context
from generator.intake.schema import Schemas
from generator.model import Contract, Portfolio
from generator.problems import Problem

Check = Callable[[Contract, Context], Iterable[Problem]]

CONTRACT_CHECKS: tuple[Check, ...] = (
    datechecks.periods_run_forward,
    datechecks.signed_before_end,
    namechecks.people_exist,
    namechecks.roles_exist,
    namechecks.cells_exist,
    namechecks.departments_exist,
    namechecks.calendars_exist,
    namechecks.submissions_name_deliverables,
    namechecks.grounds_exist,
    namechecks.checklist_items_exist,
    recordrefs.names_exist,
    answerchecks.answers_resolve,
    answerchecks.clauses_have_parents,
    answerchecks.answers_have_grounds,
    answerchecks.check_dates_are_current,
)
"""Checks of one contract; add a function to its module and its name here."""

PORTFOLIO_CHECKS: tuple[Callable[[Portfolio, Context], Iterable[Problem]], ...] = (
    termschecks.terms_hold_together,
    termschecks.calendars_say_one_thing,
)
"""Checks of what belongs to no contract."""


def run(portfolio: Portfolio, lost: frozenset[str], schemas: Schemas) -> list[Problem]:
    """All problems of all checks; `lost` names the files of which names could not be read."""
    context = Context(portfolio, lost, schemas)
    found = [p for c in portfolio.contracts.values() for check in CONTRACT_CHECKS for p in check(c, context)]
    return found + [p for check in PORTFOLIO_CHECKS for p in check(portfolio, context)]
