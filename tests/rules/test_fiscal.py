"""Fiscal years, halves, quarters, months and weeks."""

from __future__ import annotations

import pytest

from generator.model import Period
from generator.rules import fiscal

from .builders import day

CONTRACT = Period(start=day("2025-11-21"), end=day("2026-05-10"))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        pytest.param(
            "fiscal_year",
            [("令和7年度", "2025-11-21", "2026-03-31"), ("令和8年度", "2026-04-01", "2026-05-10")],
            id="地方自治法208条",
        ),
        pytest.param(
            "half_year",
            [("令和7年度下半期", "2025-11-21", "2026-03-31"), ("令和8年度上半期", "2026-04-01", "2026-05-10")],
            id="半期",
        ),
        pytest.param(
            "quarter",
            [
                ("令和7年度第3四半期", "2025-11-21", "2025-12-31"),
                ("令和7年度第4四半期", "2026-01-01", "2026-03-31"),
                ("令和8年度第1四半期", "2026-04-01", "2026-05-10"),
            ],
            id="四半期",
        ),
        pytest.param("contract", [("契約期間", "2025-11-21", "2026-05-10")], id="契約期間"),
    ],
)
def test_periods_are_named_and_cut_to_the_contract(unit: str, expected: list[tuple[str, str, str]]) -> None:
    """A period cut short by the contract is still a period."""
    found = [(s.name, s.start.isoformat(), s.end.isoformat()) for s in fiscal.spans(unit, CONTRACT)]
    assert found == expected


def test_months_run_through_the_contract() -> None:
    """The first and last months are cut, the others whole."""
    months = list(fiscal.spans("month", CONTRACT))
    assert [m.name for m in months[:3]] == ["令和7年11月", "令和7年12月", "令和8年1月"]
    assert [m.cut for m in months] == [True, False, False, False, False, False, True]
    assert months[3].end == day("2026-02-28")


def test_weeks_run_from_monday_to_sunday() -> None:
    """The first week begins with the contract, the second on a Monday."""
    weeks = list(fiscal.spans("week", CONTRACT))
    assert (weeks[0].start, weeks[0].end) == (day("2025-11-21"), day("2025-11-23"))
    assert weeks[1].start == day("2025-11-24")
    assert weeks[1].name == "令和7年11月24日の週"
    assert weeks[-1].end == day("2026-05-10")


@pytest.mark.parametrize(
    ("year", "name"),
    [(2026, "令和8年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度"), (1988, "昭和63年度")],
)
def test_the_era_of_a_fiscal_year(year: int, name: str) -> None:
    """2019 is 令和元年度 from its first day on."""
    assert fiscal.fiscal_year_name(year) == name


@pytest.mark.parametrize(
    ("start", "end", "closes"),
    [
        pytest.param("2026-03-01", "2026-03-31", True, id="3月"),
        pytest.param("2026-09-01", "2026-09-30", False, id="9月"),
        pytest.param("2026-03-30", "2026-04-05", True, id="3月31日を含む週"),
        pytest.param("2026-03-01", "2026-03-30", False, id="3月30日で終わる期間"),
    ],
)
def test_which_period_ends_a_fiscal_year(start: str, end: str, closes: bool) -> None:
    """The one that holds 31 March."""
    assert fiscal.ends_fiscal_year(day(start), day(end)) is closes


@pytest.mark.parametrize(
    ("first", "second", "crosses"),
    [("2029-03-31", "2029-04-02", True), ("2028-12-31", "2029-01-04", False), ("2029-04-02", "2029-03-30", True)],
)
def test_crossing_a_fiscal_year(first: str, second: str, crosses: bool) -> None:
    """New Year is no border; 31 March is."""
    assert fiscal.crosses_fiscal_year(day(first), day(second)) is crosses


def test_a_contract_without_a_sane_end_stops_at_the_horizon() -> None:
    """A slip of the pen in the year costs no endless list."""
    years = list(fiscal.spans("fiscal_year", Period(start=day("2026-04-01"), end=day("9999-12-31"))))
    assert years[-1].start <= fiscal.HORIZON
    assert len(years) == 74
