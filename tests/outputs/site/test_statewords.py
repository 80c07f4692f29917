"""The words of the pages for how something stands."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.outputs.site.statewords import state_names, state_word
from generator.rules.dueitem import DueItem


def _item(state: str, submitted: str | None = None, obligor: str = "vendor", **more: object) -> DueItem:
    values = {"due": dt.date(2026, 7, 10), **more}
    day = dt.date.fromisoformat(submitted) if submitted else None
    return DueItem(
        contract="mihon", deliverable="1", title="報告", state=state, submitted=day, obligor=obligor, **values
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "word", "names"),
    [
        (_item("検収済", "2026-07-13"), "検収済（3日遅れて提出）", "検収済|遅れて提出"),
        (_item("検収済", "2026-07-10"), "検収済", "検収済"),
        (_item("検収済", "2026-07-13", due=None), "検収済", "検収済"),
        (_item("提出済", "2026-07-10"), "検収待ち", "検収待ち"),
        (_item("遅延提出", "2026-07-11"), "検収待ち（1日遅れて提出）", "検収待ち|遅れて提出"),
        (_item("遅延提出", "2026-07-10", due_time="12:00"), "検収待ち（遅れて提出）", "検収待ち|遅れて提出"),
        (_item("提出済", "2026-07-10", due=None, listed=False), "提出済", "提出済"),
        (_item("差戻し", "2026-07-13"), "差戻し", "差戻し"),
        (_item("遅延"), "遅延", "遅延"),
        (_item("提出済", "2026-07-10", "authority"), "実施済", "実施済"),
        (_item("検収済", "2026-07-10", "authority"), "実施済", "実施済"),
        (_item("遅延提出", "2026-07-13", "authority"), "実施済（3日遅れて実施）", "実施済|遅れて実施"),
    ],
)
def test_words(item: DueItem, word: str, names: str) -> None:
    """Acceptance does not hide that something came late; what the authority does is done, not handed over."""
    assert (state_word(item), state_names(item)) == (word, names)


def test_what_was_replaced_awaits_no_answer() -> None:
    """An earlier submission of what was handed over again stays handed over."""
    assert state_word(_item("遅延提出", "2026-07-13"), replaced=True) == "提出済（3日遅れて提出）"
