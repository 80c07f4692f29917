"""Workbooks as files, both ways. The only importer of openpyxl, which is loaded on first use.

What comes back is anybody's: `guard` has looked at it before openpyxl does, openpyxl reads it row by row, and
nothing in it is computed, fetched or run.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from generator.intake.cellvalues import shown
from generator.intake.grids import Cell, Grid, Sheets, letters
from generator.intake.tables import Column, Form, Table
from generator.outputs.workbook import guard, tables
from generator.outputs.workbook import look as workbooklook
from generator.outputs.workbook.book import KEPT, SAMPLE, WORDS, Book
from generator.outputs.workbook.look import Style
from generator.problems import NohinError

os.environ["OPENPYXL_LXML"] = "False"  # the same bytes, and the same reader, whether lxml is installed or not

MORE_ROWS = 200
"""So many rows below the last one are ready for new entries."""


_FIXED_HEIGHT = re.compile(rb'(<row [^>]*?) customHeight="1"')
"""Without it a row grows with what is written into it."""


def to_xlsx(book: Book) -> bytes:
    """The workbook's bytes: the same for the same book."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    ranges = _words_ranges(book)
    for table in book.tables:
        _fill(made.create_sheet(table.title), table, book, ranges)
    _plain(made.create_sheet(WORDS), _words(book))
    _plain(made.create_sheet(KEPT), book.kept)
    made.properties.creator = "nohin"
    made.properties.title = book.contract.head.title
    made.properties.created = made.properties.modified = dt.datetime.combine(book.as_of, dt.time())
    return _packed(made)


def _packed(made: Any) -> bytes:
    """The parts in their order, each with the same old date."""
    from openpyxl.writer.excel import ExcelWriter

    first, packed = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(first, "w") as archive:
        ExcelWriter(made, archive).save()
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            fixed = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
            fixed.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(fixed, _FIXED_HEIGHT.sub(rb"\1", parts.read(part)))
    return packed.getvalue()


# --- what is hidden ----------------------------------------------------------------------------------------


def _words(book: Book) -> Iterator[Sequence[str]]:
    """A column for each list of words, below its title."""
    lists = list(book.choices.values())
    yield [one.title for one in lists]
    for number in range(max(len(one.words) for one in lists)):
        yield [[*one.words.values()][number] if number < len(one.words) else "" for one in lists]


def _words_ranges(book: Book) -> dict[str, str]:
    """Where each list of words stands."""
    found = {}
    for number, (name, one) in enumerate(book.choices.items(), 1):
        column = letters(number)
        found[name] = f"'{WORDS}'!${column}$2:${column}${max(len(one.words), 1) + 1}"
    return found


def _plain(sheet: Any, rows: Any) -> None:
    sheet.sheet_state = "hidden"
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            _put(sheet.cell(number, column), text)


def _put(cell: Any, form: Form) -> None:
    """A value that stays what it is: a text that looks like a formula is a text."""
    form = shown(form)
    if form in (None, ""):
        return
    if isinstance(form, str):
        cell.value = guard.escaped(form)
        cell.data_type = "s"
        cell.quotePrefix = form.startswith(guard.LIKE_A_FORMULA)
    else:
        cell.value = form


# --- a sheet -----------------------------------------------------------------------------------------------


def _fill(sheet: Any, table: Table, book: Book, ranges: dict[str, str]) -> None:
    lines = [*book.lines, table.note + workbooklook.legend(table)]
    _line(sheet, 1, table.heading, workbooklook.HEADING)
    for number, line in enumerate(lines, 2):
        _line(sheet, number, line, workbooklook.SENTENCE)
    if book.contract.sample:
        _line(sheet, len(lines) + 2, SAMPLE, workbooklook.MARK)
    head = len(lines) + 3
    for number, column in enumerate(table.columns, 1):
        own = sheet.column_dimensions[letters(number)]
        own.width = column.width
        _dress(own, workbooklook.below(column))
        _put(sheet.cell(head, number), column.title)
        _dress(sheet.cell(head, number), workbooklook.head(table, column))
    for place, row in enumerate(table.rows, head + 1):
        sheet.row_dimensions[place].height = workbooklook.height(table, row)
        for number, (column, form) in enumerate(zip(table.columns, row.forms, strict=True), 1):
            _put(sheet.cell(place, number), form)
            _dress(sheet.cell(place, number), workbooklook.cell(table, row, column, form))
    last = head + max(len(table.rows), 1)
    _choices(sheet, table, head + 1, last + MORE_ROWS, ranges)
    _page(sheet, table, book, head, last)


def _line(sheet: Any, number: int, text: str, look: Style) -> None:
    _put(sheet.cell(number, 2), text)
    _dress(sheet.cell(number, 2), look)


def _dress(cell: Any, look: Style) -> None:
    quoted = cell.quotePrefix
    cell.font, cell.fill, cell.border, cell.alignment = _styles(look)
    cell.number_format, cell.quotePrefix = look.form, quoted


@cache
def _styles(look: Style) -> tuple[Any, ...]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Side("thin", workbooklook.LINE) if look.framed else Side()
    return (
        Font(workbooklook.FONT, look.size, bold=look.bold, color=look.ink, charset=128),
        PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill(),
        Border(line, line, line, line),
        Alignment("center" if look.centred else None, "center" if look.middle else "top", wrap_text=look.wrapped),
    )


def _page(sheet: Any, table: Table, book: Book, head: int, last: int) -> None:
    """What stays in sight, what is filtered, and how it is printed: without the ids, the head on every page."""
    end = letters(len(table.columns))
    sheet.freeze_panes = f"{letters(table.held + 1)}{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{end}{last}"
    sheet.print_area, sheet.print_title_rows = f"B1:{letters(workbooklook.printed(table))}{last}", f"{head}:{head}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", workbooklook.paper(table)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sample = f"　{SAMPLE}" if book.contract.sample else ""
    sheet.oddHeader.right.text = f"{book.contract.head.title}{sample}".replace("&", "&&")[:200]
    sheet.oddFooter.left.text, sheet.oddFooter.center.text = table.title, "&P / &N"


def _choices(sheet: Any, table: Table, first: int, last: int, ranges: dict[str, str]) -> None:
    """What a cell offers to choose from, and what it says of what it does not know."""
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, column in enumerate(table.columns, 1):
        asked = _asked(column, ranges) if column.editable and table.home else None
        if asked is not None:
            rule = DataValidation(allow_blank=True, **asked)
            rule.error = rule.error or "書き方を確かめてください。"
            rule.errorTitle = column.title
            rule.add(f"{letters(number)}{first}:{letters(number)}{last}")
            sheet.add_data_validation(rule)


def _asked(column: Column, ranges: dict[str, str]) -> dict[str, Any] | None:
    if column.kind == "flag":
        return {"type": "list", "formula1": '"○"', "errorStyle": "stop"}
    if column.choices is not None:
        rule = {"type": "list", "formula1": ranges[column.choices], "showErrorMessage": column.kind != "many"}
        return {**rule, "errorStyle": "warning" if column.choices in tables.GROWING else "stop"}
    if column.kind in ("date", "moment"):
        error = "日付は 2026/4/1 や R8.4.1 のように書きます。"
        return {"type": "date", "operator": "greaterThan", "formula1": "1", "errorStyle": "warning", "error": error}
    if column.kind == "integer":
        return {"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0", "errorStyle": "warning"}
    return None


# --- the way back ------------------------------------------------------------------------------------------


def read(content: bytes) -> Sheets:
    """The sheets of a workbook that came back; NohinError where it is none, or more than can be looked at."""
    plain = guard.looked_at(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Sheets({grid.title: grid for grid in _grids(plain)})
        except NohinError:
            raise
        except Exception as error:  # openpyxl raises whatever a damaged part makes it stumble over
            raise NohinError(f"{guard.BROKEN}（{type(error).__name__}）") from None


def _grids(content: bytes) -> Iterator[Grid]:
    from openpyxl import load_workbook

    made = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    for sheet in made.worksheets:
        sheet.reset_dimensions()  # what a file says of its size need not be so
        part = sheet._worksheet_path  # read row by row, openpyxl does not tell which cells are merged
        merged = guard.merged(content, part)
        yield Grid(sheet.title, dict(_rows(sheet)), sheet.sheet_state != "visible", merged)


def _rows(sheet: Any) -> Iterator[tuple[int, dict[int, Cell]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > guard.MAX_ROWS:
            raise NohinError(f"シート「{sheet.title}」の行が多すぎます（{guard.MAX_ROWS:,} 行まで）")
        cells = {column: _cell(cell) for column, cell in enumerate(row, 1) if cell.value is not None}
        if cells:
            yield number, cells


def _cell(cell: Any) -> Cell:
    if cell.data_type == "f":
        return Cell(str(getattr(cell.value, "text", cell.value)), "formula")
    value = guard.unescaped(cell.value) if isinstance(cell.value, str) else cell.value
    return Cell(value, "error" if cell.data_type == "e" else "value")
