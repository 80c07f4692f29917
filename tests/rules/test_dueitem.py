"""The order of due items."""

from __future__ import annotations

from generator.rules.dueitem import DueItem, EventRef, number_key, order

from .builders import day


def test_numbers_before_slugs_and_two_before_ten() -> None:
    """As a reader counts."""
    numbers = ["payment", "10", "2", "1-10", "1-2", "1", "access"]
    assert sorted(numbers, key=number_key) == ["1", "1-2", "1-10", "2", "10", "access", "payment"]


def test_items_go_by_date_with_the_undated_last() -> None:
    """Then by number, scope, medium, period and event."""
    made = [
        DueItem(contract="c", deliverable="1", title="", due=None),
        DueItem(contract="c", deliverable="10", title="", due=day("2026-05-10")),
        DueItem(contract="c", deliverable="2", title="", due=day("2026-05-10"), medium="paper"),
        DueItem(contract="c", deliverable="2", title="", due=day("2026-05-10"), medium="data"),
        DueItem(contract="c", deliverable="3", title="", due=day("2026-05-09"), event=EventRef("incidents", "b")),
        DueItem(contract="c", deliverable="3", title="", due=day("2026-05-09"), event=EventRef("incidents", "a")),
    ]
    assert sorted(made, key=order) == [made[5], made[4], made[3], made[2], made[1], made[0]]
