"""A contract's workbook that came back: what was changed in its tables, with ids for what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from generator.intake import newids
from generator.intake.grids import Sheets
from generator.intake.schema import load_schemas
from generator.intake.sheetchanges import New, TableChanges, changes, name_new, with_new
from generator.intake.sheetreading import read, texts
from generator.intake.tables import Choices, Table
from generator.model import Contract
from generator.outputs.workbook import tables as workbooktables
from generator.outputs.workbook.book import Memory
from generator.outputs.workbook.columns import PEOPLE
from generator.problems import NohinError
from generator.rules import recordids


def changed(contract: Contract, as_of: dt.date, sheets: Sheets, memory: Memory | None) -> list[TableChanges]:
    """What was changed in every table that can be read back; NohinError where there is none."""
    tables = [table for table in workbooktables.tables(contract, as_of) if _is_there(table, sheets, memory)]
    if not tables:
        raise NohinError("取り込める表（チェックリスト、従事者名簿、作業実績など）がありません")
    return list(_changed(contract, tables, sheets, memory, as_of))


def _is_there(table: Table, sheets: Sheets, memory: Memory | None) -> bool:
    return table.key in memory.tables if memory else table.title in sheets.grids


def _changed(
    contract: Contract, tables: Sequence[Table], sheets: Sheets, memory: Memory | None, today: dt.date
) -> Iterator[TableChanges]:
    """People come before those tables that name them: who is new can be named in the same workbook."""
    words: dict[str, Choices] = workbooktables.choices(contract)
    for table in sorted(tables, key=lambda table: table.key != PEOPLE):
        rows, problems = read(table, sheets.grids.get(table.title))
        found = changes(rows, memory.tables[table.key] if memory else None, words) if rows else TableChanges(table)
        found.problems = [*problems, *found.problems]
        _name(contract, found, today)
        if table.key == PEOPLE:
            words[PEOPLE] = with_new(words[PEOPLE], found, "name")
        yield found


def _name(contract: Contract, found: TableChanges, today: dt.date) -> None:
    home = found.table.home
    if home is None or home.names is None:
        return
    if home.field:
        name_new(found, lambda new, taken: newids.next_number(taken, "p01"))
    else:
        name_new(found, lambda new, taken: _record_id(contract, new, taken, today))


def _record_id(contract: Contract, new: New, taken: Sequence[str], today: dt.date) -> str:
    """The id of a new record of work; what lacks its day is refused later, under the number of its row."""
    schema = load_schemas().records["work"]
    habit = recordids.habit("work", [contract]) or recordids.Habit(recordids.DAY, ("start",))
    values: Mapping[str, object] = {key: value for key, value in new.values.items() if value is not None}
    return recordids.next_id(schema, habit, values, taken, today) or f"row-{new.read.number}"


def cell_lines(changes: Sequence[TableChanges], delete: bool) -> list[str]:
    """Every cell that is taken over with what it said and says, every new row, and every row that goes."""
    return [line for one in changes for line in (*_puts(one), *_news(one), *(_gone(one) if delete else ()))]


def _puts(one: TableChanges) -> Iterator[str]:
    return (f"{put.place}　{put.column.title}: {_cut(put.before)} → {_cut(put.text)}" for put in one.puts)


def _news(one: TableChanges) -> Iterator[str]:
    for new in one.news:
        said = texts(new.read, [column for column in one.table.columns if column.editable])
        titles = {column.key: column.title for column in one.table.columns}
        filled = "、".join(f"{titles[key]}: {_cut(text)}" for key, text in said.items() if text)
        yield f"{new.read.place()}　新しい行{f' {new.id}' if new.id else ''}　{filled}"


def _gone(one: TableChanges) -> Iterator[str]:
    return (f"{one.table.title}　記号「{row.id}」の行を消す" for row in one.gone)


def _cut(text: str) -> str:
    flat = "／".join(text.strip().split("\n"))
    return f"{flat[:_LONG]}…" if len(flat) > _LONG else flat or "（空欄）"


_LONG = 60
"""Characters of a value that are shown; the data show the rest."""
