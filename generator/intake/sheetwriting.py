"""Changes of sheets made in the data files: which files say what then, and in which cell each of their values stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.intake.grids import CellPlace
from generator.intake.schema import load_schemas
from generator.intake.sheetchanges import New, Put, TableChanges
from generator.intake.sheetreading import ReadRow
from generator.intake.tables import Home, Row
from generator.intake.tree import Tree
from generator.intake.yamledit import Edit, Places, Steps
from generator.intake.yamlforms import file_text
from generator.problems import Source


@dataclass
class Written:
    """What the data files would say."""

    contents: dict[str, bytes | None] = field(default_factory=dict)
    """By path, only of those that change; None where the file goes."""
    rows: dict[tuple[str, Steps], ReadRow] = field(default_factory=dict)
    """The rows of the sheets by the file and the steps to what they say."""
    places: dict[str, Places] = field(default_factory=dict)
    """Where the values stand, by file."""

    def cell(self, source: Source) -> CellPlace | None:
        """The cell of the value at a place in the new data; of a row's own place, the cell of its id."""
        places = self.places.get(source.path)
        steps = places.before(source) if places else ()
        for depth in range(len(steps), -1, -1):
            row = self.rows.get((source.path, steps[:depth]))
            if row is not None:
                key = str(steps[depth]) if depth < len(steps) else ""
                return row.place(key) if key in row.columns else row.place()
        return None


def written(changes: Sequence[TableChanges], tree: Tree, delete: bool) -> Written:
    """The data files with the changes in them; rows that are gone from a sheet go only if `delete` says so."""
    desk = _Desk(tree, Written())
    for one in changes:
        home = one.table.home
        if home is not None:
            (desk.list if home.field else desk.files)(one, home, delete)
    return desk.done()


@dataclass
class _Desk:
    """The files that are being changed."""

    tree: Tree
    made: Written
    edits: dict[str, Edit] = field(default_factory=dict)
    before: dict[str, bytes] = field(default_factory=dict)

    def edit(self, path: str) -> Edit:
        if path not in self.edits:
            there = path in set(self.tree.files(path.rpartition("/")[0]))
            self.before[path] = self.tree.read(path) if there else b""
            self.edits[path] = Edit(self.before[path], path)
        return self.edits[path]

    def list(self, one: TableChanges, home: Home, delete: bool) -> None:
        """The rows of a table that are items of one list."""
        edit, order = self.edit(home.path), _order(home)
        gone = {row.id for row in one.gone} if delete else set()
        at = {row.id: self.item(edit, home, row.source) for row in one.table.rows if row.source}
        for name in sorted(gone & {*at}):
            edit.remove(str(home.field), int(at[name][1]))
        for name, puts in _by_row(one.puts):
            values = {put.column.key: put.value for put in puts}
            if name not in at:
                at[name] = edit.add(str(home.field), _ordered({str(home.names): name, **values}, order))
            elif _says_nothing(puts[0].row, one, values):
                edit.remove(str(home.field), int(at[name][1]))
            else:
                for key, value in values.items():
                    edit.set(at[name], key, value, order)
        for new in one.news:
            steps = edit.add(str(home.field), _ordered(_named(new, home), order))
            self.made.rows[home.path, steps] = new.read
        self.made.rows |= {(home.path, at[name]): row for name, row in one.places.items() if name in at}

    def item(self, edit: Edit, home: Home, source: Source) -> Steps:
        return (str(home.field), edit.index(str(home.field), source))

    def files(self, one: TableChanges, home: Home, delete: bool) -> None:
        """The rows of a table that are a file each."""
        order = _order(home)
        for put in one.puts:
            if put.row.source:
                self.edit(put.row.source.path).set((), put.column.key, put.value, order)
        for row in one.gone if delete else ():
            if row.source and not row.fixed:
                self.made.contents[row.source.path] = None
        for new in one.news:
            path = f"{home.path}/{new.id}.yml"
            content = file_text(_ordered(new.values, order))
            self.made.contents[path] = content
            self.edits[path], self.before[path] = Edit(content, path), b""
            self.made.rows[path, ()] = new.read
        for name, read in one.places.items():
            kept = one.table.row(name)
            if kept and kept.source and not kept.fixed:
                self.made.rows[kept.source.path, ()] = read

    def done(self) -> Written:
        for path, edit in self.edits.items():
            content, self.made.places[path] = edit.done()
            if content != self.before[path]:
                self.made.contents[path] = content
        self.made.contents = dict(sorted(self.made.contents.items()))
        return self.made


def _by_row(puts: Sequence[Put]) -> Iterator[tuple[str, list[Put]]]:
    found: dict[str, list[Put]] = {}
    for put in puts:
        found.setdefault(put.row.id, []).append(put)
    return iter(found.items())


def _says_nothing(row: Row, one: TableChanges, values: Mapping[str, Any]) -> bool:
    """Whether an item of a list that does not grow was emptied: then it goes."""
    if one.table.home is None or one.table.home.grows:
        return False
    forms = zip(one.table.columns, row.forms, strict=True)
    left = {column.key: form for column, form in forms if column.editable}
    return not any(value not in (None, "") for value in {**left, **values}.values())


def _named(new: New, home: Home) -> dict[str, Any]:
    return {**({home.names: new.id} if home.names else {}), **new.values}


def _order(home: Home) -> list[str]:
    schema = load_schemas().by_kind[home.kind]
    return schema.keys_at((home.field, "*") if home.field else ())


def _ordered(values: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    return {key: values[key] for key in sorted(values, key=order.index)}
