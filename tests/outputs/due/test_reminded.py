"""What was told, kept in a file: read back as written, small, and never taken for something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.outputs.due.reminded import keep, read, to_text
from generator.problems import NohinError
from generator.rules.reminding import Said
from tests.rules.builders import day

TOLD = {
    "mihon|2|||b": Said(day("2026-06-22"), (30, 7, 1, -1)),
    "mihon|1|||a": Said(day("2026-05-10"), (30,)),
}


def test_an_item_in_a_line_in_order() -> None:
    """A difference of two states in git shows what was told between them."""
    assert to_text(TOLD) == (
        '{\n  "made_by": "nohin remind",\n  "told": {\n'
        '    "mihon|1|||a": {"due": "2026-05-10", "marks": [30]},\n'
        '    "mihon|2|||b": {"due": "2026-06-22", "marks": [30, 7, 1, -1]}\n'
        "  }\n}\n"
    )


@pytest.mark.parametrize("told", [TOLD, {}])
def test_what_is_kept_is_read_again(told: dict[str, Said], tmp_path: Path) -> None:
    """Also in a folder that is not there yet, and where nothing was told."""
    keep(told, tmp_path / "state/reminders.json")
    assert read(tmp_path / "state/reminders.json") == told


def test_without_a_file_nothing_was_told(tmp_path: Path) -> None:
    """The first run."""
    assert read(tmp_path / "reminders.json") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"made_by": "somebody", "told": {}}',
        b'{"made_by": "nohin remind", "told": []}',
        b'{"made_by": "nohin remind", "told": {"a": {"due": "2026-02-30", "marks": []}}}',
        b'{"made_by": "nohin remind", "told": {"a": {"due": "2026-02-03", "marks": [14]}}}',
        b'<<<<<<< HEAD\n{"made_by": "nohin remind"}',
        b"\xff\xfe",
    ],
)
def test_damaged_file_is_no_empty_one(content: bytes, tmp_path: Path) -> None:
    """A half merged file would let everything be told again; it is left as it is."""
    place = tmp_path / "reminders.json"
    place.write_bytes(content)
    with pytest.raises(NohinError, match="控えとして読めません"):
        read(place)
    assert place.read_bytes() == content
