"""Dates of records that are odd are warnings at the field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.rules.check import check
from tests.support import Project, whole_project

from .builders import RECORD_FIELDS, contract, entry
from .test_places import INCIDENT, found, marked

RECORDS = [
    ("DUE022", "title: 障害\ncontacted: ▶2026-03-28 16:30\n"),
    ("DUE023", "title: 障害\noccurred: 2026-05-02 09:00\ncontacted: ▶2026-05-01 16:30\n"),
    ("DUE023", "title: 障害\nrestored: ▶2026-05-01 16:00\ncontacted: 2026-05-01 16:30\n"),
    ("DUE023", "title: 障害\ncontacted: 2026-05-01 16:30\nstarted: 2026-05-01 18:00\nrestored: ▶2026-05-01 17:59\n"),
]


@pytest.mark.parametrize(("code", "text"), RECORDS)
def test_a_record_is_odd_at_its_field(code: str, text: str, project: Callable[..., Project]) -> None:
    """The record's file, the line of the date."""
    clean, line, column = marked(text)
    there = project(whole_project({INCIDENT: clean}))
    assert found(there) == [(INCIDENT, code, line, column)]
    assert there.check().code == 0


def test_a_day_without_a_time_may_be_any_moment_of_it() -> None:
    """Nor does what is not filled in contradict anything."""
    incidents = [
        entry("incidents", "a", occurred="2026-05-01 16:00", contacted="2026-05-01"),
        entry("incidents", "b", contacted="2026-05-01 16:00", restored="まだ"),
    ]
    assert check(contract(entries=incidents), RECORD_FIELDS) == []
