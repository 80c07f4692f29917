"""The fiscal year under which a document is filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.outputs.years import years_of
from tests import papers
from tests.support import CONTRACT, WHOLE, Project

LONG = {
    f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2029-03-31"),
    f"{CONTRACT}/records/incidents/2026-002.yml": "title: 年度末の障害\ncontacted: 2027-03-30 09:00\n",
}


@pytest.fixture
def years(project: Callable[..., Project]) -> Callable[[str], dict[str, tuple[int, ...]]]:
    """The years of each document of a contract of three years, as seen on a day."""
    _, shown = papers.shown(project, LONG, "2027-05-01")

    def asked(as_of: str) -> dict[str, tuple[int, ...]]:
        day = dt.date.fromisoformat(as_of)
        return {body.document.id: years_of(body, day) for body in shown.bodies}

    return asked


def test_report_belongs_to_the_year_of_its_period(years: Callable[[str], dict[str, tuple[int, ...]]]) -> None:
    """March belongs to the year it closes, whenever its report is due."""
    found = years("2027-05-01")
    assert found["monthly-2027-03"] == (2026,)
    assert found["monthly-2027-04"] == (2027,)


def test_what_is_due_every_year_belongs_to_every_year_begun(
    years: Callable[[str], dict[str, tuple[int, ...]]],
) -> None:
    """A book due each March is filed under each year that has begun, and before the first under that."""
    assert years("2027-05-01")["whole-book"] == (2026, 2027)
    assert years("2026-03-31")["whole-book"] == (2026,)


def test_record_gives_the_year_where_nothing_is_due(years: Callable[[str], dict[str, tuple[int, ...]]]) -> None:
    """An incident that is not restored has no date to be reported by: its own day counts."""
    assert years("2027-05-01")["letter-2026-002"] == (2026,)


def test_submission_gives_the_year_where_nothing_else_does(
    years: Callable[[str], dict[str, tuple[int, ...]]],
) -> None:
    """What is due 速やかに belongs to the year in which it was handed over, and what never was to none."""
    found = years("2027-05-01")
    assert found["chart"] == (2026,)
    assert found["handed-list"] == ()


def test_years_are_those_of_the_contract(project: Callable[..., Project]) -> None:
    """What is due after the end is filed under the last year; of one year, everything under that; a record of a period
    under the period's."""
    _, shown = papers.shown(project, {}, "2027-05-01")
    assert {years_of(body, dt.date(2027, 5, 1)) for body in shown.bodies} == {(2026,)}
