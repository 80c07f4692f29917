"""How a workbook looks: fonts, colours, formats and paper. Plain data; `xlsx` puts it into the file."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

from generator.intake.tables import ID, Column, Form, Row, Table
from generator.outputs.due.duelist import width
from generator.rules import states

FONT = "BIZ UDPゴシック"
"""Comes with Windows; where it is missing, the spreadsheet takes another Japanese font."""

DAY = '[$-411]ggge"年"m"月"d"日"'
"""令和8年4月1日, of a real date: spreadsheets reckon the era themselves."""

FORMATS = {"date": DAY, "day": f"{DAY}(aaa)", "moment": f"{DAY} h:mm", "integer": "#,##0"}
"""Number formats by the kind of column; all else is text, so that 7-1 stays 7-1."""

TEXT = "@"

INK, GREY_INK, RED = "FF1A1A1A", "FF595959", "FFB00020"
HEAD, HEAD_SHOWN, SHOWN, LINE = "FF1F4E79", "FF7A7A7A", "FFF2F2F2", "FFBFBFBF"
"""The heads of columns to fill in, and of those only shown; cells only shown; the lines between cells."""

A4, A3 = "9", "8"
WIDE = 150
"""Columns of more than so many digits together are printed on A3."""

_LATE = (states.LATE, states.RETURNED)


@dataclass(frozen=True)
class Style:
    """How a cell looks."""

    size: int = 10
    bold: bool = False
    ink: str = INK
    fill: str = ""
    framed: bool = False
    wrapped: bool = False
    centred: bool = False
    middle: bool = False
    form: str = TEXT


HEADING = Style(size=14, bold=True)
SENTENCE = Style(ink=GREY_INK)
MARK = Style(bold=True, ink=RED)
"""That the data are a sample."""


def head(table: Table, column: Column) -> Style:
    """The head of a column: dark, but grey where it is only shown beside others that are to be filled in."""
    fill = HEAD if column.editable or table.home is None else HEAD_SHOWN
    return Style(bold=True, ink="FFFFFFFF", fill=fill, framed=True, wrapped=True, centred=True, middle=True)


def below(column: Column) -> Style:
    """A cell that is still empty, for new rows."""
    return Style(wrapped=True, form=FORMATS.get(column.kind, TEXT))


def cell(table: Table, row: Row, column: Column, form: Form) -> Style:
    """A cell of the table; grey where it is only shown beside others that are to be filled in."""
    kind = "date" if column.kind == "moment" and type(form) is dt.date else column.kind
    centred = column.kind in _CENTRED or column.width < _NARROW
    style = Style(framed=True, wrapped=True, centred=centred, form=FORMATS.get(kind, TEXT))
    if isinstance(form, str) and column.kind in FORMATS:
        style = replace(style, form=TEXT)
    if table.home is not None and (row.fixed or not column.editable):
        style = replace(style, fill=SHOWN)
    if column.key == ID:
        style = replace(style, ink=GREY_INK, fill=SHOWN)
    if form in _LATE or form == "×":
        style = replace(style, ink=RED, bold=True)
    return style


def legend(table: Table) -> str:
    """What the colours mean."""
    return "灰色の欄は見るだけです（直しても取り込みません）。" if table.home else ""


_CENTRED, _NARROW = ("date", "day", "moment", "flag"), 10


def printed(table: Table) -> int:
    """The last column that is printed: at least as many as the lines above the table need."""
    last, columns = len(table.columns), sum(column.width for column in table.columns[1:])
    return last + max(0, math.ceil((_HEADING - columns) / _STANDARD))


_HEADING, _STANDARD = 88.0, 8.43
"""Digits that the lines above a table need, and the width of a column that nobody set."""


def paper(table: Table) -> str:
    """The size of the paper a table is printed on."""
    return A3 if sum(column.width for column in table.columns[1:]) > WIDE else A4


def height(table: Table, row: Row) -> float:
    """Points a row needs, so that every line of its longest cell is seen."""
    lines = (_lines(form, column.width) for column, form in zip(table.columns[1:], row.forms[1:], strict=True))
    return max(lines, default=1) * _LINE + _PADDING


def _lines(form: Form, columns: float) -> int:
    if not isinstance(form, str):
        return 1
    return sum(max(1, math.ceil(width(line) * _WIDTH / (columns - _MARGIN))) for line in form.split("\n"))


_LINE, _PADDING, _MARGIN, _WIDTH = 13.0, 3.0, 0.5, 0.95
"""Points of a line and around the lines; digits that stay free beside a text, and its width against theirs."""
