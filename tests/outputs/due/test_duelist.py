"""Due items as a table in a terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.outputs.due.duelist import width
from tests.support import CONTRACT, WHOLE, Project, whole_project


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("提出", 4), ("２週間", 6), ("ｶﾅ", 2), ("か\u3099", 2), ("𠮷", 2), ("", 0)]
)
def test_width(text: str, columns: int) -> None:
    """Wide characters take two columns, combining ones none."""
    assert width(text) == columns


def test_columns_are_aligned(project: Callable[..., Project]) -> None:
    """Whatever the titles, a column begins at the same place in every line."""
    lines = project(whole_project()).run("due").lines
    starts = {width(line[: line.index("作業報告書")]) for line in lines if "作業報告書" in line}
    assert len(starts) == 1


def test_nothing_due(project: Callable[..., Project]) -> None:
    """An empty list says so."""
    ran = project(whole_project()).run("due", "--to", "2020-01-01")
    assert ran.out == "該当する期限はありません。\n"


def test_contract_is_named_where_there_are_several(project: Callable[..., Project]) -> None:
    """With one contract its id would be noise; with two it tells them apart."""
    there = project(whole_project())
    assert "mihon" not in there.run("due").out
    copies = {path.replace("/mihon/", "/other/"): text for path, text in WHOLE.items() if path.startswith(CONTRACT)}
    ran = there.write(copies).run("due")
    assert ran.out.count("mihon") == ran.out.count("other") == 13


def test_no_colour_in_a_file(project: Callable[..., Project]) -> None:
    """Terminal codes are for terminals."""
    assert "\033" not in project(whole_project()).run("due").out
