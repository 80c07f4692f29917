"""What a cell says, and the value that is meant by it.

A cell is first brought to one text, whatever form a program stored it in: a day is `2026-04-01`, a moment
`2026-04-28 13:00`. Two cells say the same where these texts are equal. Only what was changed is taken as a value.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.intake.grids import Cell
from generator.intake.plaintext import UNPRINTABLE, unprintable
from generator.intake.scalars import SCALAR_TYPES, why_not
from generator.intake.tables import Choices, Column, Form, folded

PROBLEM_CODES = {
    "XLS001": "式や計算の誤りが入ったセル",
    "XLS002": "セルの値の種類の誤り",
    "XLS003": "一覧にない言葉",
}

_YES = ("○", "はい", "有", "true", "1")
_SCALARS = ("date", "moment", "integer")
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MISSING = "〓"
"""The printer's mark for what cannot be set."""


@dataclass(frozen=True)
class Fault:
    """Why a cell cannot be taken."""

    code: str
    message: str
    hint: str


def shown(form: Form) -> Form:
    """What a cell can show: one kind of line end, and a mark for what no workbook can hold."""
    return _NOT_IN_XML.sub(MISSING, _lines(form)) if isinstance(form, str) else form


def told(form: Form) -> str:
    """What a cell says, as one text."""
    if isinstance(form, dt.datetime):
        return f"{form:%Y-%m-%d %H:%M}"
    if isinstance(form, dt.date):
        return form.isoformat()
    text = shown(form)
    return "" if text is None or not str(text).strip() else str(text)


def said(cell: Cell, column: Column) -> str:
    """The same of a cell that came back; what is no right value is said as it stands."""
    value = cell.value
    if value is None or cell.kind != "value":
        return str(value or "")
    if isinstance(value, str):
        return _said(value, column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime):
        return _moment(value, column)
    if column.kind == "flag" and value in (True, 1):
        return YES
    return _said(value.isoformat(), column) if isinstance(value, dt.date) else str(value)


YES = "○"
"""What a flag that is set shows."""


def _said(text: str, column: Column) -> str:
    text = _lines(text)
    if not text.strip():
        return ""
    if column.kind in _SCALARS:
        return _normal(text.strip(), column.kind)
    if column.kind == "flag":
        return YES if folded(text).lower() in map(folded, _YES) else text.strip()
    return _trimmed(text) if column.kind == "text" else text.strip()


def _normal(text: str, kind: str) -> str:
    """A day, a moment or a number in its one form; a day without a time is the moment at which it begins."""
    value = SCALAR_TYPES[kind].normalise(text)
    if kind == "moment" and isinstance(value, str):
        day = SCALAR_TYPES["date"].normalise(text)
        value = f"{told(day)} 00:00" if not isinstance(day, str) else text
    return told(value)


def _trimmed(text: str) -> str:
    """Without the blanks around it that nobody sees; the first of several lines keeps its indentation."""
    text = text.rstrip(_BLANKS)
    return text.lstrip("\n" if "\n" in text.strip(_BLANKS) else _BLANKS)


_BLANKS = " \t\n\xa0\u3000"
"""What is not seen; a control character is not among them, for it is refused."""


def _lines(text: str) -> str:
    """One kind of line end; `_x000D_` is how spreadsheets write the other one."""
    return re.sub(r"(?:\r|_x000D_)\n?", "\n", text)


def _moment(moment: dt.datetime, column: Column) -> str:
    """A day, where that is meant; to the second, for spreadsheets count days in fractions."""
    moment = (moment + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
    if column.kind != "moment" and moment.time() == dt.time():
        return told(moment.date())
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment.second else told(moment)


# --- values ------------------------------------------------------------------------------------------------


def value(cell: Cell, column: Column, choices: Mapping[str, Choices]) -> Any | Fault:
    """The value that a cell means, for the data; None where it is empty, and why it cannot be taken."""
    text = said(cell, column)
    if cell.kind != "value":
        return _computed(cell, column)
    if not text:
        return None
    if column.kind in _SCALARS:
        return _scalar(cell, column, text)
    if isinstance(cell.value, dt.date | dt.time | dt.timedelta):
        hint = "セルの書式を「文字列」にしてから、書き直してください"
        return Fault("XLS002", f"「{column.title}」は文字の欄ですが、日付や時刻（{text}）が入っています", hint)
    if match := UNPRINTABLE.search(text):
        message, hint = unprintable(match.group())
        return Fault("XLS002", f"「{column.title}」に{message}", hint)
    if column.kind == "flag":
        return True if text == YES else Fault("XLS003", f"「{column.title}」に「{_cut(text)}」は書けません", _FLAG)
    if column.choices is not None:
        return _chosen(column, text, choices[column.choices])
    return text


_FLAG = f"当たるなら {YES}、当たらなければ空欄にしてください"


def _computed(cell: Cell, column: Column) -> Fault:
    if cell.kind == "formula":
        message = f"「{column.title}」に式（{_cut(str(cell.value))}）が入っています。計算の結果は取り込みません"
        return Fault("XLS001", message, "値に直してください（コピーして「値の貼り付け」）")
    return Fault("XLS001", f"「{column.title}」が計算の誤り（{cell.value}）になっています", "値を書いてください")


def _scalar(cell: Cell, column: Column, text: str) -> Any | Fault:
    kind = SCALAR_TYPES[column.kind]
    text = cell.value.strip() if isinstance(cell.value, str) else text
    found = kind.normalise(text)
    if isinstance(found, kind.python) and not kind.refuses(found):
        return found
    reason = why_not(column.kind, text)
    if reason:
        return Fault("XLS002", f"「{column.title}」の日付「{_cut(text)}」は存在しません。{reason}", kind.hint)
    hint = _NUMBERED if _is_numbered_day(cell, column) else f"正しい形: {kind.hint}"
    return Fault("XLS002", f"「{column.title}」は{kind.title}でなければなりませんが、「{_cut(text)}」です", hint)


def _is_numbered_day(cell: Cell, column: Column) -> bool:
    """Whether a day is meant by a number that spreadsheets count days by, in a cell that lost its format."""
    return column.kind != "integer" and isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


_NUMBERED = "日付が数になっています。セルの書式を「日付」に戻してください"


def _chosen(column: Column, text: str, choices: Choices) -> Any | Fault:
    if column.kind == "one":
        found = choices.value(text)
        return found if found is not None else _unknown(column, text, choices)
    named = [part.strip() for part in re.split(r"[、,，;；\n]", text) if part.strip()]
    values = [choices.value(part) for part in named]
    unknown = next((part for part, found in zip(named, values, strict=True) if found is None), None)
    return list(dict.fromkeys(values)) if unknown is None else _unknown(column, unknown, choices)


def _unknown(column: Column, text: str, choices: Choices) -> Fault:
    message = f"「{column.title}」の「{_cut(text)}」という{choices.title}はありません"
    return Fault("XLS003", message, choices.near(text))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
