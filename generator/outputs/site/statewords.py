"""How something stands, in the words of the pages: whose duty it is, whether an answer is awaited, how late it came.

The rules have fixed states (`rules/states.py`), which the JSON of `nohin due` keeps. A page says more: a payment is not
handed over, and what was accepted may have come too late.
"""

from __future__ import annotations

from generator.rules import states
from generator.rules.dueitem import DueItem

WAITING = "検収待ち"
"""Handed over by the vendor; an answer is expected, and none is recorded."""

DONE = "実施済"
"""Done by the authority: its duties are not handed over."""

LATE = {"vendor": "遅れて提出", "authority": "遅れて実施"}
"""What is chosen in a filter to find whatever came late, by whose duty it is."""

HANDED_OVER = (states.SUBMITTED, states.SUBMITTED_LATE)
_MADE = (*HANDED_OVER, states.ACCEPTED)


def awaits_answer(item: DueItem) -> bool:
    """Whether somebody has still to accept or return it. Of what stands in no list and has no date none is expected."""
    return item.obligor == "vendor" and bool(item.listed or item.due) and item.state in HANDED_OVER


def came_late(item: DueItem) -> bool:
    """Whether it is done, but was done too late."""
    return item.state in _MADE and (item.state == states.SUBMITTED_LATE or _days_late(item) > 0)


def _days_late(item: DueItem) -> int:
    """How many days after its date; 0 for what came in time, or on its day and only too late for its hour."""
    return max(0, (item.submitted - item.due).days) if item.submitted and item.due else 0


def state_word(item: DueItem, replaced: bool = False) -> str:
    """`検収済（3日遅れて提出）`; what was replaced by a later submission awaits no answer."""
    days = f"{_days_late(item)}日" if _days_late(item) else ""
    word = _plain(item, replaced)
    return f"{word}（{days}{_late(item)}）" if came_late(item) else word


def state_names(item: DueItem, replaced: bool = False) -> str:
    """The words by which a filter finds it: `検収済|遅れて提出`."""
    word = _plain(item, replaced)
    return f"{word}|{_late(item)}" if came_late(item) else word


def _plain(item: DueItem, replaced: bool) -> str:
    if item.state in _MADE and item.obligor == "authority":
        return DONE
    if awaits_answer(item) and not replaced:
        return WAITING
    return states.SUBMITTED if item.state in HANDED_OVER else item.state


def _late(item: DueItem) -> str:
    return LATE.get(item.obligor, LATE["vendor"])
