"""What a cell says is one text, however a program stored it; what is meant by it is a value, or a reason why not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.intake.cellvalues import Fault, said, shown, told, value
from generator.intake.grids import Cell
from generator.intake.tables import Choices, Column

DAY, MOMENT = dt.date(2026, 4, 3), dt.datetime(2026, 4, 28, 13, 5)
CHOICES = {"people": Choices.of("人", [("p1", "見本 太郎"), ("p2", "例示 花子")])}

COLUMNS = {
    "text": Column("x", "実施内容"),
    "date": Column("x", "確認日", "date"),
    "moment": Column("x", "開始日時", "moment"),
    "integer": Column("x", "件数", "integer"),
    "flag": Column("x", "代理", "flag"),
    "one": Column("x", "確認者", "one", choices="people"),
    "many": Column("x", "担当者", "many", choices="people"),
}

TAKEN = [
    ("text", "名簿", "名簿", "名簿"),
    ("text", "=SUM(A1)", "=SUM(A1)", "=SUM(A1)"),
    ("text", " 前後\u3000", "前後", "前後"),
    ("text", "\n\u3000一\n  二\n\n", "\u3000一\n  二", "\u3000一\n  二"),
    ("text", "一\r\n二_x000D_\n三", "一\n二\n三", "一\n二\n三"),
    ("text", 12, "12", "12"),
    ("text", 12.0, "12", "12"),
    ("text", 1.5, "1.5", "1.5"),
    ("text", "  \n", "", None),
    ("text", None, "", None),
    ("date", dt.datetime(2026, 4, 3), "2026-04-03", DAY),
    ("date", DAY, "2026-04-03", DAY),
    ("date", "令和８年４月３日", "2026-04-03", DAY),
    ("date", "R8.4.3", "2026-04-03", DAY),
    ("date", " 2026/4/3 ", "2026-04-03", DAY),
    ("moment", MOMENT, "2026-04-28 13:05", MOMENT),
    ("moment", dt.datetime(2026, 4, 28, 13, 4, 59, 999_999), "2026-04-28 13:05", MOMENT),
    ("moment", "令和8年4月28日 １３時０５分", "2026-04-28 13:05", MOMENT),
    ("moment", DAY, "2026-04-03 00:00", dt.datetime(2026, 4, 3)),
    ("integer", 86, "86", 86),
    ("integer", 86.0, "86", 86),
    ("integer", "８６", "86", 86),
    ("flag", "○", "○", True),
    ("flag", "〇", "○", True),
    ("flag", "はい", "○", True),
    ("flag", True, "○", True),
    ("flag", "", "", None),
    ("one", "見本太郎 ", "見本太郎", "p1"),
    ("one", "p2", "p2", "p2"),
    ("many", "例示 花子、見本 太郎", "例示 花子、見本 太郎", ["p2", "p1"]),
    ("many", "p1, p2\np1", "p1, p2\np1", ["p1", "p2"]),
]


@pytest.mark.parametrize(("kind", "stored", "text", "meant"), TAKEN)
def test_what_is_written_is_what_is_meant(kind: str, stored: Any, text: str, meant: Any) -> None:
    """Days, numbers and names may be stored and written in many ways."""
    cell = Cell(stored)
    assert (said(cell, COLUMNS[kind]), value(cell, COLUMNS[kind], CHOICES)) == (text, meant)


REFUSED = [
    ("text", Cell("=1+1", "formula"), "XLS001", "「実施内容」に式（=1+1）が入っています。計算の結果は取り込みません"),
    ("date", Cell("#REF!", "error"), "XLS001", "「確認日」が計算の誤り（#REF!）になっています"),
    ("text", Cell(DAY), "XLS002", "「実施内容」は文字の欄ですが、日付や時刻（2026-04-03）が入っています"),
    ("text", Cell("\u0085x"), "XLS002", "「実施内容」に使えない制御文字 U+0085 があります"),
    ("date", Cell("4月ごろ"), "XLS002", "「確認日」は日付でなければなりませんが、「4月ごろ」です"),
    (
        "date",
        Cell("令和8年2月30日"),
        "XLS002",
        "「確認日」の日付「令和8年2月30日」は存在しません。2026年2月は28日までです",
    ),
    ("date", Cell(46115), "XLS002", "「確認日」は日付でなければなりませんが、「46115」です"),
    ("date", Cell(MOMENT), "XLS002", "「確認日」は日付でなければなりませんが、「2026-04-28 13:05」です"),
    ("moment", Cell("2026-04-03"), "XLS002", "「開始日時」は日時でなければなりませんが、「2026-04-03」です"),
    ("moment", Cell("13:05"), "XLS002", "「開始日時」は日時でなければなりませんが、「13:05」です"),
    (
        "moment",
        Cell(MOMENT.replace(second=30)),
        "XLS002",
        "「開始日時」は日時でなければなりませんが、「2026-04-28 13:05:30」です",
    ),
    ("integer", Cell("86件"), "XLS002", "「件数」は整数でなければなりませんが、「86件」です"),
    ("integer", Cell(1.5), "XLS002", "「件数」は整数でなければなりませんが、「1.5」です"),
    ("integer", Cell(True), "XLS002", "「件数」は整数でなければなりませんが、「True」です"),
    ("flag", Cell("たぶん"), "XLS003", "「代理」に「たぶん」は書けません"),
    ("one", Cell("見本 三郎"), "XLS003", "「確認者」の「見本 三郎」という人はありません"),
    ("many", Cell("見本 太郎、だれか"), "XLS003", "「担当者」の「だれか」という人はありません"),
]


@pytest.mark.parametrize(("kind", "cell", "code", "message"), REFUSED)
def test_what_cannot_be_taken_says_why(kind: str, cell: Cell, code: str, message: str) -> None:
    """A formula, a wrong kind of value and a word that is not known are refused with what would be right."""
    fault = value(cell, COLUMNS[kind], CHOICES)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.message) == (code, message)
    assert fault.hint


def test_a_number_for_a_day_is_explained() -> None:
    """A day shows as a number where a cell has lost its format: that is said, for nobody can read it."""
    fault = value(Cell(46115), COLUMNS["date"], CHOICES)
    assert isinstance(fault, Fault)
    assert "書式を「日付」に" in fault.hint


@pytest.mark.parametrize(("written", "meant"), [("◯", "○"), (" 〇 ", "○"), ("✕", "×"), ("❌", "×")])
def test_signs_that_look_alike(written: str, meant: str) -> None:
    """A circle is a circle, whichever of them an input method offers."""
    column = Column("answer", "実施状況", "one", choices="answers")
    assert value(Cell(written), column, {"answers": Choices.of("値", [(one, one) for one in "○×"])}) == meant


@pytest.mark.parametrize(
    ("form", "cell", "text"),
    [
        (None, None, ""),
        ("一\r二", "一\n二", "一\n二"),
        ("\x07鈴", "〓鈴", "〓鈴"),
        ("\ufffe", "〓", "〓"),
        (DAY, DAY, "2026-04-03"),
        (MOMENT, MOMENT, "2026-04-28 13:05"),
        (12, 12, "12"),
        (" ", " ", ""),
    ],
)
def test_what_no_workbook_can_hold_is_marked(form: Any, cell: Any, text: str) -> None:
    """A character that XML cannot hold is shown as the printer's mark for it."""
    assert (shown(form), told(form)) == (cell, text)
