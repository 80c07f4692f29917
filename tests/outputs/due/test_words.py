"""A due item in the words of a list."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from generator.outputs.due.words import closed, dated, left, named
from generator.rules.dueitem import ClosedDay, DueItem

ITEM = DueItem(contract="mihon", deliverable="5", title="設計書")


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (ITEM, "No.5 設計書"),
        (replace(ITEM, listed=False), "設計書"),
        (replace(ITEM, occasion="令和8年4月"), "No.5 設計書（令和8年4月）"),
        (replace(ITEM, occasion="障害 1", scope="delta", medium="paper"), "No.5 設計書（障害 1・差分・紙）"),
    ],
)
def test_what_it_is(item: DueItem, name: str) -> None:
    """Number, title, and what tells it from its siblings."""
    assert named(item) == name


def test_when_it_is_due() -> None:
    """With the day of the week."""
    assert dated(dt.date(2026, 5, 10)) == "2026-05-10（日）"
    assert dated(None) == "期日なし"


@pytest.mark.parametrize(
    ("days", "said"), [(30, "あと30日"), (2, "あと2日"), (1, "明日"), (0, "本日"), (-1, "1日超過")]
)
def test_how_much_time_is_left(days: int, said: str) -> None:
    """The last two days have names of their own."""
    assert left(days) == said


def test_closed_day_names_the_open_day_before() -> None:
    """The last day on which somebody takes it."""
    around = ClosedDay(dt.date(2026, 5, 8), dt.date(2026, 5, 11))
    assert closed(replace(ITEM, closed_day=around)) == "閉庁日。直前の開庁日は 2026-05-08（金）"
    assert closed(replace(ITEM, closed_day=ClosedDay(None, None))) == "閉庁日。直前の開庁日は なし"
    assert closed(ITEM) == ""
