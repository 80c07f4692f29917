"""新旧対照表: what stands in its cells, and how it is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from generator.documents.comparisoncells import CHANGED, NOTE, WHOLE, Cell, compared
from generator.documents.comparisontable import Group, table
from tests.edits import AFTER, BEFORE, INCIDENTS, STAFF, changed
from tests.support import CONTRACT, Files, Project, swapped, whole_project

SIGNS = {CHANGED: "_", WHOLE: "=", NOTE: ""}


def _said(cell: Cell) -> str:
    """A cell with `_changed_` and `=whole=` words."""
    return "".join(f"{SIGNS.get(p.mark, '')}{p.text}{SIGNS.get(p.mark, '')}" for p in cell.pieces)


def _rows(groups: Sequence[Group]) -> list[tuple[str, str, str, str]]:
    rows = [(unit.name, row) for group in groups for unit in group.units for row in unit.rows]
    return [(name, row.title, _said(row.after), _said(row.before)) for name, row in rows]


def _table(project: Callable[..., Project], before: Files, after: Files) -> list[tuple[str, str, str, str]]:
    return _rows(table(*changed(project, before, after)))


PERSON = "人「見本 太郎」"


@pytest.mark.parametrize(
    ("after", "rows"),
    [
        (
            swapped(STAFF, "phone: 00-0000-0001", "phone: 00-0000-0002"),
            [(PERSON, "電話", "_00-0000-0002_", "_00-0000-0001_")],
        ),
        (
            swapped(STAFF, "phone: 00-0000-0001", "phone: 00-0000-0001\n    organisation: 見本社"),
            [(PERSON, "所属", "=見本社=", "［新設］"), (PERSON, "", "［略］", "［同左］")],
        ),
        (swapped(STAFF, "    phone: 00-0000-0001\n", ""), [(PERSON, "電話", "［削る］", "=00-0000-0001=")]),
        (
            swapped(STAFF, "    phone: 00-0000-0001\n", "    phone: 00-0000-0001\n  - id: p2\n    name: 例示 花子\n"),
            [("人「例示 花子」", "氏名", "=例示 花子=", "［新設］")],
        ),
        (
            swapped(f"{CONTRACT}/plan.yml", "each: month", "months: [4, 7]"),
            [
                ("作業「定期点検」", "周期", "［削る］", "=毎月="),
                ("作業「定期点検」", "月", "=4、7=", "［新設］"),
                ("作業「定期点検」", "", "［略］", "［同左］"),
            ],
        ),
        (
            {f"{INCIDENTS}/2026-001.yml": None},
            [
                ("障害「2026-001　送信できない」", "件名", "［削る］", "=送信できない="),
                ("障害「2026-001　送信できない」", "連絡日時", "", "=令和8年4月28日（火）16時30分="),
                ("障害「2026-001　送信できない」", "復旧日時", "", "=令和8年4月29日（水）10時00分="),
            ],
        ),
    ],
    ids=["figure", "field that came", "field that went", "item that came", "list", "file that went"],
)
def test_rows(project: Callable[..., Project], after: Files, rows: list[tuple[str, str, str, str]]) -> None:
    """Changed words are marked on both sides, whole units on theirs; what stayed is left out and said to be."""
    assert _table(project, whole_project(), whole_project(after)) == rows


def test_groups_follow_a_readers_interest(project: Callable[..., Project]) -> None:
    """The clauses before the people, the people before the records."""
    groups = table(*changed(project, BEFORE, AFTER))
    assert [group.title for group in groups] == [
        "条項",
        "納品物件と期限",
        "体制",
        "情報セキュリティ対策チェックリスト",
        "発注者",
        "障害",
    ]


def test_a_check_item_says_what_it_asks(project: Callable[..., Project]) -> None:
    """A number alone tells nobody what was answered."""
    groups = table(*changed(project, BEFORE, AFTER))
    (unit,) = next(group for group in groups if group.title.startswith("情報")).units
    assert (unit.name, unit.note) == ("回答「別記 1」", "秘密は守られているか。")


def test_many_new_files_are_listed_by_name(project: Callable[..., Project]) -> None:
    """Of a year's records the table names each and repeats none."""
    new = {f"{INCIDENTS}/2026-00{n}.yml": f"title: 障害{n}\ncontacted: 2026-05-0{n} 09:00\n" for n in range(2, 6)}
    assert _table(project, whole_project(), whole_project(new)) == [
        ("", "", f"=2026-00{n}　障害{n}=", "［新設］") for n in range(2, 6)
    ]


def test_rows_of_a_list_stand_on_lines_of_their_own(project: Callable[..., Project]) -> None:
    """A course of events is not run together."""
    course = "timeline:\n  - at: 2026-04-28 16:30\n    what: 連絡\n  - at: 2026-04-29 10:00\n    what: 復旧\n"
    path = f"{INCIDENTS}/2026-002.yml"
    text = "title: 受信できない\ncontacted: 2026-05-06 09:00\n"
    rows = _table(project, whole_project(), whole_project({path: text + course}))
    assert rows[-1][2] == "=日時 令和8年4月28日（火）16時30分　内容 連絡\n日時 令和8年4月29日（水）10時00分　内容 復旧="


def test_nobody_is_shown_to_the_public(project: Callable[..., Project]) -> None:
    """Of people who came, went or were renamed the table gives no name and no number."""
    text = str(_rows(table(*changed(project, BEFORE, AFTER, public=True))))
    assert not [word for word in ("太郎", "花子", "次郎", "三郎", "00-0000") if word in text]
    assert "解任の日" in text


ONE, TWO = "一つ目の文はそのままで、ここには何の変更もない。", "二つ目の文もそのままで、ここにも変更はない。"


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ("期限は４月とする。", "期限は５月とする。", ("期限は_５月_とする。", "期限は_４月_とする。")),
        ("", "乙", ("=乙=", "［新設］")),
        ("甲", "", ("［削る］", "=甲=")),
        (
            f"期限は４月とする。{(ONE + TWO) * 2}",
            f"期限は５月とする。{(ONE + TWO) * 2}",
            (f"期限は_５月_とする。{ONE}［略］", f"期限は_４月_とする。{ONE}［同左］"),
        ),
        (
            f"{(ONE + TWO) * 2}期限は４月とする。",
            f"{(ONE + TWO) * 2}期限は５月とする。",
            (f"［略］{TWO}期限は_５月_とする。", f"［同左］{TWO}期限は_４月_とする。"),
        ),
    ],
    ids=["words", "came", "went", "shortened behind", "shortened before"],
)
def test_cells(before: str, after: str, cells: tuple[str, str]) -> None:
    """Long stretches that stayed are left out on both sides, whole sentences at a time."""
    row = compared("項目", before, after)
    assert tuple(map(_said, (row.after, row.before))) == cells
