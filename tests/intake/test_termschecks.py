"""The calendars of an authority: lines that say one thing, and names that lead somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, swapped, whole_project

AUTHORITY = "data/authorities/mihon-shi.yml"
HEAD, DELIVERABLES = f"{CONTRACT}/contract.yml", f"{CONTRACT}/deliverables.yml"

LIBRARY = """\
calendars:
  - id: library
    name: 開館日
    closed_name: 休館日
    closed:
      - weekdays: [月]
        on_holiday: next_day
        ground: 規則3条
      - weekdays: [木]
        nth: [第3]
        ground: 規則3条
"""


def with_library(line: str = "") -> dict[str, str]:
    """The whole project with a library; a line more in its calendar."""
    return whole_project({AUTHORITY: f"{WHOLE[AUTHORITY]}{LIBRARY}{line}"})


def errors(there: Project) -> list[str]:
    """What is wrong, without what is only odd."""
    return [line for line in there.check().lines if ": error " in line]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(
            "      - ground: 規則\n",
            "21:9: error CHK007 休館日の一項目は、曜日・祝日・毎年の範囲・日のどれか一つでなければなりません",
            id="nothing said",
        ),
        pytest.param(
            "      - date: 2026-06-01\n        nth: [第1]\n        ground: 規則\n",
            "22:14: error CHK009 nth は weekdays と一緒でなければ働きません",
            id="nth without weekdays",
        ),
        pytest.param(
            "      - holidays: 祝日法\n        on_holiday: open\n        ground: 規則\n",
            "22:21: error CHK009 on_holiday は weekdays と一緒でなければ働きません",
            id="on_holiday without weekdays",
        ),
        pytest.param(
            "      - weekdays: [火]\n        until: 2026-06-01\n        ground: 規則\n",
            "22:16: error CHK009 until は date と一緒でなければ働きません",
            id="until without date",
        ),
        pytest.param(
            "      - date: 2026-06-02\n        until: 2026-06-01\n        ground: 規則\n",
            "22:16: error CHK009 until 2026-06-01 が date 2026-06-02 より前です",
            id="until before date",
        ),
        pytest.param(
            "      - weekdays: [火]\n        nth: [3]\n        ground: 規則\n",
            "22:15: error SCH003",
            id="nth as a number",
        ),
    ],
)
def test_a_line_that_says_too_little_or_too_much(project: Callable[..., Project], line: str, expected: str) -> None:
    """At its value, in the words of the calendar."""
    lines = errors(project(with_library(line)))
    assert len(lines) == 1
    assert lines[0].startswith(f"{AUTHORITY}:{expected}")


def test_calendars_are_chosen_by_name(project: Callable[..., Project]) -> None:
    """By a contract and by its rules."""
    files = with_library()
    files |= swapped(HEAD, "vendor: mihon-sha", "calendar: library\nvendor: mihon-sha")
    files |= swapped(DELIVERABLES, "        within: 10 days", "        calendar: library\n        within: 10 days")
    assert errors(project(files)) == []


@pytest.mark.parametrize(
    ("path", "old"),
    [
        pytest.param(HEAD, "vendor: mihon-sha", id="of the work"),
        pytest.param(DELIVERABLES, "        within: 10", id="of a cell"),
        pytest.param(DELIVERABLES, "        within: 2 w", id="of a row"),
    ],
)
def test_a_calendar_that_is_not_there(project: Callable[..., Project], path: str, old: str) -> None:
    """At the name, with those that there are."""
    indent = " " * (len(old) - len(old.lstrip()))
    changed = swapped(path, old, f"{indent}calendar: museum\n{old}")
    line = changed[path][: changed[path].index("museum")].count("\n") + 1
    assert errors(project(with_library() | changed)) == [
        f"{path}:{line}:{len(indent) + 11}: error REF001 暦「museum」がありません"
        f"（{AUTHORITY} の calendars に書いてください。今あるもの: library）"
    ]
