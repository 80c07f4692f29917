"""What whoever filled in a workbook changed: cells that no longer say what was written out, new rows, rows that are gone.

A cell is compared with what it said when the workbook was written, so that what others changed in the data since then
stays; where both changed the same cell, nobody decides but the people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.intake.cellvalues import Fault, said, told, value
from generator.intake.grids import Cell, CellPlace
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import load_schemas
from generator.intake.sheetreading import ReadRow, ReadTable, texts
from generator.intake.tables import ID, Choices, Column, Row, Table
from generator.problems import Problem

PROBLEM_CODES = {
    "XLS008": "書き出した後に両方で変わった値",
    "XLS009": "取り込まない欄の書替え",
    "XLS010": "表から消えた行",
    "XLS011": "空にできない欄",
}

GONE = "XLS010"
"""The code of a row that the sheet no longer has: the caller may know that this is meant."""

Kept = Mapping[str, Mapping[str, str]]
"""What a table said when it was written: by row, by column."""


@dataclass(frozen=True)
class Put:
    """A cell of a row that was there before."""

    row: Row
    column: Column
    value: Any
    """None where the cell was emptied."""
    place: CellPlace
    before: str
    """What it said."""
    text: str
    """What it says."""


@dataclass(frozen=True)
class New:
    """A row that was not there before."""

    id: str
    """Empty where an id is to be made."""
    values: Mapping[str, Any]
    read: ReadRow


@dataclass
class TableChanges:
    """What changed in one table."""

    table: Table
    puts: list[Put] = field(default_factory=list)
    news: list[New] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    """Rows that the sheet no longer has."""
    places: dict[str, ReadRow] = field(default_factory=dict)
    """Where rows stand in the sheet, by id."""
    problems: list[Problem] = field(default_factory=list)


def changes(read: ReadTable, kept: Kept | None, choices: Mapping[str, Choices]) -> TableChanges:
    """What changed in a table since it was written; `kept` is None where the workbook does not know any more."""
    base: Mapping[str, Mapping[str, str] | None] = kept if kept is not None else dict.fromkeys(read.table.ids)
    found = TableChanges(read.table)
    ids = Counter(row.id for row in read.rows)
    for row in read.rows:
        if row.id and ids[row.id] > 1:
            continue
        if row.id and (row.id in base or row.id in read.table.ids):
            found.places[row.id] = row
            _changed(found, row, base.get(row.id), choices)
        else:
            _added(found, row, choices)
    if read.table.home and read.table.home.names is None:
        found.problems += _twice(found)
    there = (row for row in read.table.rows if row.source and not row.fixed)
    found.gone = [row for row in there if row.id in base and row.id not in ids]
    _refuse_other_ids(found)
    found.problems += (_missing(found.table, row) for row in found.gone)
    return found


def _refuse_other_ids(found: TableChanges) -> None:
    """A row that says what one that is gone said is that row: its id was overwritten."""
    keys = [column.key for column in _editable(found)]
    gone = {tuple(dict(_said(found.table, row))[key] for key in keys): row for row in reversed(found.gone)}
    for new in [new for new in found.news if new.id]:
        told = texts(new.read, found.table.columns)
        row = gone.get(tuple(told.get(key, "") for key in keys))
        if row is not None and row in found.gone:
            message = f"記号が「{row.id}」から「{new.id}」に書き換えられています"
            hint = f"「{row.id}」に戻してください（別の新しい行なら、記号を空欄にしてください）"
            found.problems.append(Problem(new.read.place(), "XLS007", message, hint))
            found.news.remove(new)
            found.gone.remove(row)


def _said(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    return ((column.key, said(Cell(told(form)), column)) for column, form in zip(table.columns, row.forms, strict=True))


def _changed(
    found: TableChanges, read: ReadRow, base: Mapping[str, str] | None, choices: Mapping[str, Choices]
) -> None:
    present = found.table.row(read.id)
    now = dict(_said(found.table, present)) if present else {}
    before = now if base is None else {c.key: said(Cell(base.get(c.key)), c) for c in found.table.columns}
    fresh = texts(read, found.table.columns)
    for column in found.table.columns:
        text = fresh.get(column.key)
        if text is None or text == before.get(column.key, "") or column.key == ID:
            continue
        place, only_shown = read.place(column.key), not column.editable or bool(present and present.fixed)
        if only_shown and base is None:
            continue  # what was shown on the day it was written is not known
        if present is None:
            found.problems.append(_taken_away(read, place))
        elif only_shown:
            hint = "この行は YAML で直してください" if present.fixed else "この列は見るだけの欄です"
            found.problems.append(_not_taken(column, place, hint))
        elif now.get(column.key, "") not in (text, before.get(column.key, "")):
            found.problems.append(_both(column, now[column.key], text, place))
        elif now.get(column.key, "") != text:
            _put(found, Put(present, column, None, place, now.get(column.key, ""), text), read, choices)


def _put(found: TableChanges, put: Put, read: ReadRow, choices: Mapping[str, Choices]) -> None:
    new = value(read.cells[put.column.key], put.column, choices)
    if isinstance(new, Fault):
        found.problems.append(Problem(put.place, new.code, new.message, new.hint))
    elif new is None and put.row.source is None:
        hint = "契約の定めから来た値です。契約のデータで直してください"
        found.problems.append(_not_taken(put.column, put.place, hint))
    elif new is None and put.column.key in _required(found.table):
        found.problems.append(_empty(put.column, put.place))
    elif new != value(Cell(put.before), put.column, choices):  # the same in other words is no change
        found.puts.append(replace(put, value=new))


def _required(table: Table) -> frozenset[str]:
    """The columns of a table that no row can do without."""
    home = table.home
    if home is None:
        return frozenset()
    schema, above = load_schemas().by_kind[home.kind], (home.field, "*") if home.field else ()
    known = schema.keys_at(above)
    own = (column.key for column in table.columns if column.editable and column.key in known)
    return frozenset(key for key in own if schema.rule_at((*above, key)).get("required"))


def _empty(column: Column, place: CellPlace) -> Problem:
    return Problem(place, "XLS011", f"「{column.title}」が空です", "必ず書く欄です。値を書いてください")


def _added(found: TableChanges, read: ReadRow, choices: Mapping[str, Choices]) -> None:
    home = found.table.home
    if not read.id and not any(texts(read, _editable(found)).values()):
        hint = "記号がなく、白い欄が空の行です"
        found.problems.append(Problem(read.place(), "XLS009", "この行は取り込みません", hint, "warning"))
        return
    if home is None or not home.grows:
        what = f"記号「{read.id}」の行は書き出した表にありません" if read.id else "この行に記号がありません"
        hint = "書き出した行の記号に戻してください。この表に新しい行は作れません"
        found.problems.append(Problem(read.place(), "XLS007", what, hint))
        return
    if read.id and home.names is None:
        message = f"記号「{read.id}」の行は書き出した表にありません"
        found.problems.append(Problem(read.place(), "XLS007", message, "新しい行なら、記号を空欄にしてください"))
        return
    if read.id and SCALAR_TYPES["id"].refuses(read.id):
        hint = f"{SCALAR_TYPES['id'].hint}。空欄なら、順に付けます"
        found.problems.append(Problem(read.place(), "XLS007", f"「{read.id[:40]}」は記号に使えません", hint))
        return
    values, faults, required = {}, [], _required(found.table)
    for column in found.table.columns:
        if column.editable and column.key in read.cells:
            new = value(read.cells[column.key], column, choices)
            faults += [Problem(read.place(column.key), new.code, new.message, new.hint)] if _is_fault(new) else []
            faults += [_empty(column, read.place(column.key))] if new is None and column.key in required else []
            values[column.key] = new
    found.problems += faults
    if not faults:
        found.news.append(New(read.id, values, read))


def _twice(found: TableChanges) -> Iterator[Problem]:
    """New rows that say what another row says already, where rows are known by what they say."""
    said = {tuple(texts(row, _editable(found)).values()): row for row in reversed(found.places.values())}
    for new in found.news:
        if (other := said.get(tuple(texts(new.read, _editable(found)).values()))) is not None:
            message = f"{other.place()} と同じ内容の行です"
            yield Problem(new.read.place(), "XLS007", message, "違う内容に直すか、この行を消してください")


def _editable(found: TableChanges) -> list[Column]:
    return [column for column in found.table.columns if column.editable]


def _is_fault(new: Any) -> bool:
    return isinstance(new, Fault)


def _missing(table: Table, row: Row) -> Problem:
    place = CellPlace(table.title, 1, 1)
    name = next((told(form) for form in row.forms[1:] if told(form)), "")
    message = f"記号「{row.id}」（{name[:40]}）の行がありません。データには残します"
    return Problem(place, GONE, message, "データからも消すなら --delete を付けてください", "warning")


def _taken_away(read: ReadRow, place: CellPlace) -> Problem:
    message = f"記号「{read.id}」の行は、書き出した後にデータから消されています"
    return Problem(place, "XLS008", message, "nohin export xlsx で書き出し直してください")


def _both(column: Column, now: str, text: str, place: CellPlace) -> Problem:
    message = (
        f"「{column.title}」は、書き出した後にデータの側でも「{now[:40]}」に変わっています（この表では「{text[:40]}」）"
    )
    return Problem(place, "XLS008", message, "どちらが正しいか確かめ、書き出し直した表に書いてください")


def _not_taken(column: Column, place: CellPlace, hint: str) -> Problem:
    return Problem(place, "XLS009", f"「{column.title}」の書替えは取り込みません", hint, "warning")


def with_new(choices: Choices, found: TableChanges, word: str) -> Choices:
    """Choices that know the rows that are new, and the words that were changed, too."""
    words = dict(choices.words)
    words |= {new.id: str(new.values[word]) for new in found.news if new.id and new.values.get(word)}
    renamed = {put.row.id: str(put.value) for put in found.puts if put.column.key == word and put.value}
    return Choices.of(choices.title, {**words, **renamed}.items(), choices)


def name_new(found: TableChanges, name: Callable[[New, Sequence[str]], str]) -> None:
    """Give every new row of a table an id that it lacks; `name` is told the ids that are taken."""
    taken = [*found.table.ids, *(new.id for new in found.news if new.id)]
    for place, new in enumerate(found.news):
        if not new.id:
            found.news[place] = replace(new, id=name(new, taken))
            taken.append(found.news[place].id)
