"""改訂箇所 in words."""

from __future__ import annotations

import pytest

from generator.history.parts import ADDED, ALL, CHANGED, REMOVED, UNREADABLE, Part, kind_of
from generator.history.partwords import titles, worded

HERE = "data/contracts/mihon"


def _part(path: str, what: str = CHANGED, *fields: str, moved: bool = False) -> Part:
    return Part(kind_of(f"{HERE}/{path}"), f"{HERE}/{path}", what, fields, moved)


STAFF, PLAN, MANUAL = "staff.yml", "plan.yml", "manuals/手順.md"
WORK = [f"records/work/{n}.yml" for n in range(4)]

CASES = {
    "体制（人、任命）": [_part(STAFF, CHANGED, "people", "appointments")],
    "年間計画（作業）、体制（人）": [_part(STAFF, CHANGED, "people"), _part(PLAN, CHANGED, "tasks")],
    "体制（人、役割、任命、誓約ほか）": [
        _part(STAFF, CHANGED, "training", "pledges", "appointments", "roles", "people")
    ],
    "作業（新規2件、削除1件、終了日時）": [
        _part(WORK[0], ADDED),
        _part(WORK[1], ADDED),
        _part(WORK[2], REMOVED),
        _part(WORK[3], CHANGED, "end"),
    ],
    "作業（開始日時、終了日時）": [_part(WORK[0], CHANGED, "end"), _part(WORK[1], CHANGED, "start", "end")],
    "条項": [_part("clauses.yml", CHANGED, "clauses")],
    "体制（新規）": [_part(STAFF, ADDED)],
    "体制（削除）": [_part(STAFF, REMOVED)],
    "表記のみ": [_part(STAFF), _part(PLAN)],
    "年間計画（作業）、体制（表記）": [_part(STAFF), _part(PLAN, CHANGED, "tasks")],
    "体制（ファイル名）": [_part(STAFF, moved=True)],
    "体制（人）": [_part(STAFF, CHANGED, "people", moved=True)],
    "体制（読めない版を含む）": [_part(STAFF, UNREADABLE)],
    "作業（全体）": [_part(WORK[0], CHANGED, *ALL, moved=True)],
    "手順.md（全体）": [_part(MANUAL, CHANGED, *ALL)],
    "体制（知らない欄）": [_part(STAFF, CHANGED, "知らない欄")],
    "": [],
}


@pytest.mark.parametrize("text", CASES)
def test_parts_in_words(text: str) -> None:
    """By title, in the order of the schemas, a few fields at most, whatever the order they are given in."""
    assert worded(CASES[text]) == text
    assert worded(CASES[text][::-1]) == text


def test_files_of_which_only_the_name_is_known() -> None:
    """What is not committed yet is told by titles alone, each once."""
    paths = [f"{HERE}/{name}" for name in (STAFF, *WORK, MANUAL)]
    assert titles(paths, map(kind_of, paths)) == "体制、作業、手順.md"
