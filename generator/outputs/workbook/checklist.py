"""The checklist as a sheet: every check item, answered or not."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.checklist import CheckRow, checklist
from generator.intake.tables import Column, Home, Row, Table
from generator.model import Contract
from generator.model.base import Record
from generator.outputs.workbook.columns import PEOPLE, Fields, Words, file, form, ids, shown


def answers(contract: Contract, words: Words) -> Table:
    """The check items of the attached terms with their answers; a blank stays blank."""
    fields = Fields("checklist", ("answers", "*"))
    columns = (
        ids(22),
        shown("terms", "特記事項", 16),
        shown("category", "分類", 14),
        shown("text", "確認項目", 44),
        shown("grounds", "根拠", 14),
        fields.column("answer", 9),
        fields.column("measure", 36),
        fields.column("evidence", 24),
        fields.column("reason", 24),
        fields.column("date", 16),
        fields.column("person", 14, PEOPLE),
    )
    kept = {answer.item: answer for answer in contract.checklist.answers}
    groups = ((title, row) for title, rows in checklist(contract).groups for row in rows)
    rows = [_check_row(columns, title, row, kept.get(row.answer.item), words) for title, row in groups]
    home = Home("checklist", file(contract, "checklist"), "answers", "item", grows=False)
    heading, note = (
        "情報セキュリティ対策チェックリスト",
        "行は増やせません。答えを消すには、その行の白い欄を空にします。",
    )
    return Table("checklist", "チェックリスト", heading, columns, tuple(rows), home, note, held=4)


def _check_row(columns: Sequence[Column], title: str, row: CheckRow, kept: Record | None, words: Words) -> Row:
    shown = (row.answer.item, title, row.item.category, row.item.text, "、".join(row.grounds))
    answers = tuple(form(column, getattr(row.answer, column.key), words) for column in columns[len(shown) :])
    return Row(row.answer.item, (*shown, *answers), kept.source if kept else None)
