"""A check survives anything that can be written into a project, and says where it was."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking import check
from tests.support import WHOLE, Project, whole_project

VALUES = [
    "~",
    "{}",
    "[]",
    "[[]]",
    "{a: b}",
    "true",
    "-1",
    "0",
    "''",
    "'\u3000'",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "令和8年2月30日",
    "99999999999999999999",
    "a/b",
    "../x",
    "[~]",
    "[a, a]",
    "'\\t'",
    "８",
    "8:40",
    "1e5",
    "<script>",
    "*a",
    "&a b",
    "!x y",
    "'12'",
    "12-29",
    "25:00",
    "period.end",
    "10 days of period.end",
    "contract.end",
    "incidents",
    "each",
    "15 of next month",
]
"""What may stand where something else should."""

Edit = tuple[str, int, str]


@st.composite
def _edits(draw: st.DrawFn) -> Edit:
    """A file, a line of it, and what that line becomes."""
    path = draw(st.sampled_from(sorted(WHOLE)))
    number = draw(st.integers(0, len(WHOLE[path].splitlines()) - 1))
    line = WHOLE[path].splitlines()[number]
    key, colon, _ = line.partition(": ")
    changed = draw(
        st.one_of(
            st.sampled_from(VALUES).map(lambda value: f"{key}{colon or ': '}{value}"),
            st.sampled_from(["", f"{line}\n{line}", f"  {line}", line.lstrip(), f"- {line}", f"{line} #", line[:-1]]),
            st.text(max_size=20).map(lambda text: f"{key}: {text}"),
        )
    )
    return path, number, changed


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The whole project, to be spoilt and mended."""
    return Project(tmp_path_factory.mktemp("whole")).write(whole_project())


@settings(max_examples=200)
@given(st.lists(_edits(), min_size=1, max_size=3))
def test_any_edit_is_survived(whole: Project, edits: list[Edit]) -> None:
    """However lines are changed, a check ends with problems that lie in files that are there."""
    try:
        for path, number, changed in edits:
            lines = WHOLE[path].splitlines()
            lines[number] = changed
            whole.write({path: ("\n".join(lines) + "\n").encode(errors="surrogatepass")})
        found = check(whole.root).problems
    finally:
        whole.write(WHOLE)
    for problem in found:
        text = WHOLE[problem.source.path]
        assert problem.message
        assert 1 <= problem.source.line <= len(text.splitlines()) + 3 * 20
        assert problem.source.column >= 1


def test_check_makes_no_folder() -> None:
    """Looking at a project, even through its memory, leaves nothing behind."""
    with tempfile.TemporaryDirectory() as folder:
        there = Project(Path(folder)).write(whole_project())
        check(there.root)
        assert not (there.root / ".nohin").exists()
