"""Service levels that are a figure of each month: what is met, missed and not measured, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from generator.model import Entry, ServiceLevel
from generator.model.head import Consequence
from generator.rules.levelfigures import Figure, monthly_figures

from .builders import contract, day

THREE, FIVE = "月額の3％を減額", "月額の5％を減額"
PLAN = "改善計画書を提出"
UPTIME = ServiceLevel(
    id="uptime",
    title="稼働率",
    target="99.5％以上",
    unit="％",
    at_least="99.5",
    if_missed=(
        Consequence(text=THREE, below="99.5"),
        Consequence(text=FIVE, below="99.0"),
        Consequence(text=PLAN, months=2),
    ),
)
START = dt.date(2026, 4, 15)


def measured(*rows: tuple[str, str]) -> Entry:
    """A register of figures: the last day of the month, and the value."""
    items = [{"level": "uptime", "until": day(until), "value": value} for until, value in rows]
    return Entry(kind="measurements", id="all", values={"items": items})


def figures(level: ServiceLevel, *rows: tuple[str, str], as_of: str = "2026-07-10", **keys: Any) -> Sequence[Figure]:
    """The months of a contract that begins on 15 April."""
    there = contract(service_levels=[level], entries=[measured(*rows)], start=START.isoformat(), **keys)
    return monthly_figures(there, day(as_of))


def test_each_month_has_its_state() -> None:
    """Met, missed, not filled in once the month is over, and running; the first month begins with the contract."""
    found = figures(UPTIME, ("2026-04-30", "99.5"), ("2026-05-31", "99.49"))
    assert [(one.month, one.value, one.state) for one in found] == [
        ("令和8年4月", "99.5％", "達成"),
        ("令和8年5月", "99.49％", "未達"),
        ("令和8年6月", None, "未記入"),
        ("令和8年7月", None, "期間中"),
    ]
    assert found[0].period.start == START


@pytest.mark.parametrize(
    ("bounds", "value", "state"),
    [
        ({"at_least": "99.5"}, "99.50", "達成"),
        ({"at_least": "99.5"}, "9.95", "未達"),
        ({"at_most": "3"}, "3", "達成"),
        ({"at_most": "3"}, "3.01", "未達"),
        ({"at_least": "1", "at_most": "3"}, "0.5", "未達"),
        ({"at_most": "1,000"}, "９９９", "達成"),
        ({"at_most": "3"}, "三", "未記入"),
    ],
)
def test_figures_are_compared_as_numbers(bounds: dict[str, str], value: str, state: str) -> None:
    """Decimal, without rounding; the bounds themselves are kept; what is no number is no figure."""
    level = ServiceLevel(id="uptime", title="応答時間", target="x", **bounds)
    assert figures(level, ("2026-04-30", value))[0].state == state


def test_what_follows_a_miss() -> None:
    """Of a scale one step, that which the figure has reached; misses in a row are counted, and a gap ends them."""
    rows = [
        ("04-30", "99.2"),
        ("05-31", "98.9"),
        ("06-30", "99.9"),
        ("07-31", "99.0"),
        ("09-30", "99.4"),
        ("10-31", "99"),
    ]
    found = figures(UPTIME, *((f"2026-{day}", value) for day, value in rows), as_of="2026-11-01")
    assert [(one.run, one.follows) for one in found] == [
        (1, (THREE,)),
        (2, (FIVE, PLAN)),
        (0, ()),
        (1, (THREE,)),
        (0, ()),
        (1, (THREE,)),
        (2, (THREE, PLAN)),
        (0, ()),
    ]


def test_a_scale_can_go_up() -> None:
    """`above`: the highest step that is exceeded."""
    steps = (Consequence(text="注意", above="3"), Consequence(text="減額", above="5"), Consequence(text="報告"))
    level = ServiceLevel(id="uptime", title="応答時間", target="3秒以内", at_most="3", if_missed=steps)
    found = figures(level, ("2026-04-30", "4"), ("2026-05-31", "5.1"))
    assert [one.follows for one in found[:2]] == [("注意", "報告"), ("減額", "報告")]


def test_only_the_months_in_which_it_is_asked_for() -> None:
    """`start` leaves out the months before; the end of the contract cuts the last one, and the next has none."""
    late = ServiceLevel(id="uptime", title="稼働率", target="x", at_least="99", start=day("2026-06-01"))
    found = figures(late, ("2026-06-30", "99"), ("2026-07-20", "98"), as_of="2026-12-01", end="2026-07-20")
    assert [(one.month, one.state) for one in found] == [("令和8年6月", "達成"), ("令和8年7月", "未達")]


def test_a_figure_is_of_a_whole_month() -> None:
    """A row of another day is of no month, and one of a day to come is not known yet."""
    found = figures(UPTIME, ("2026-04-20", "100"), ("2026-07-31", "100"))
    assert [one.state for one in found] == ["未記入", "未記入", "未記入", "期間中"]
