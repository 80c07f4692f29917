"""Workbooks as files: what is written is a real spreadsheet, says the same every time, and comes back as it was."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.checking import check
from generator.intake.cellvalues import told
from generator.outputs.workbook import book as workbook
from generator.outputs.workbook import guard
from generator.outputs.workbook.xlsx import _put, read, to_xlsx
from generator.problems import NohinError
from tests.support import CONTRACT, ROOT, WHOLE, Project, minimal_project, whole_project

openpyxl = pytest.importorskip("openpyxl")  # after ours, which says how it is to be loaded

AS_OF = dt.date(2026, 5, 1)
WORK = (
    "title: 点検\nstart: 2026-04-28 13:00\nend: 2026-04-28 15:30\npeople: [p1]\ncontent: 見た。\ncategory: inspection\n"
)
HEAD = 6
"""The row of the heads, in a workbook of sample data."""


def _made(there: Project, *wanted: str) -> bytes:
    contract = check(there.root).loaded.portfolio.contracts["mihon"]
    return to_xlsx(workbook.book(contract, AS_OF, wanted))


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of the whole project with a record of work."""
    files = whole_project({f"{CONTRACT}/records/work/2026-04-28.yml": WORK})
    return _made(Project(tmp_path_factory.mktemp("whole")).write(files))


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    """The same, as another program sees it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def _column(sheet: Any, title: str) -> int:
    return next(cell.column for cell in sheet[HEAD] if cell.value == title)


def _cell(sheet: Any, row: str, title: str) -> Any:
    number = next(cell.row for cell in sheet["A"] if cell.value == row)
    return sheet.cell(number, _column(sheet, title))


def test_sheets_in_their_order(book: Any) -> None:
    """What is filled in comes first, then what is looked at; what the way back needs is hidden."""
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown == ["チェックリスト", "従事者名簿", "任命", "誓約", "教育", "作業実績", "期限", "条項対照表"]
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"] == ["選択肢", "控え"]


@pytest.mark.parametrize("title", ["チェックリスト", "従事者名簿", "作業実績", "期限", "条項対照表"])
def test_head_says_what_it_is_and_that_it_is_a_sample(book: Any, title: str) -> None:
    """Contract, vendor, day and the mark of sample data stand above every sheet, and on every printed page."""
    sheet = book[title]
    lines = [sheet.cell(row, 2).value for row in range(1, HEAD)]
    assert lines[1].startswith("見本業務委託（mihon）　見本市　／　見本社")
    assert lines[2].startswith("令和8年5月1日現在")
    assert lines[4] == "見本　受注者・人物・記録は実在しません。"
    assert "見本　受注者" in sheet.oddHeader.right.text
    assert sheet.oddFooter.center.text == "&P / &N"


@pytest.mark.parametrize("title", ["チェックリスト", "従事者名簿", "任命", "作業実績", "期限", "条項対照表"])
def test_sheet_is_ready_for_screen_and_paper(book: Any, title: str) -> None:
    """Heads stay in sight, are filtered and repeated; the paper is as wide as the sheet and leaves out the ids."""
    sheet = book[title]
    last = openpyxl.utils.get_column_letter(sheet.max_column)
    assert re.fullmatch(rf"[B-F]{HEAD + 1}", sheet.freeze_panes)
    assert sheet.auto_filter.ref == f"A{HEAD}:{last}{max(sheet.max_row, HEAD + 1)}"
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert sheet.print_area.partition("!")[2].startswith("$B$1:")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.protection.sheet


def test_days_are_days_and_texts_are_texts(book: Any) -> None:
    """A day is a real date shown in 和暦; what could be taken for a date or a number stays a text."""
    answered = _cell(book["チェックリスト"], "mihon-terms/1", "確認日")
    assert answered.value == dt.datetime(2026, 4, 3)
    assert answered.number_format == '[$-411]ggge"年"m"月"d"日"'
    begun = _cell(book["作業実績"], "2026-04-28", "開始日時")
    assert begun.value == dt.datetime(2026, 4, 28, 13, 0)
    assert _cell(book["従事者名簿"], "p1", "電話").number_format == "@"
    due = book["期限"]
    assert isinstance(due.cell(HEAD + 1, _column(due, "期限")).value, dt.datetime)


def test_values_are_said_in_words(book: Any) -> None:
    """People by name, coded values by their Japanese words."""
    row = {
        title: _cell(book["作業実績"], "2026-04-28", title).value for title in ("担当者", "区分", "時間（分）", "記録")
    }
    assert row == {"担当者": "見本 太郎", "区分": "点検", "時間（分）": 150, "記録": "作業"}
    assert _cell(book["任命"], "p1/manager/2026-04-01", "役割").value == "業務責任者"


def _choices(book: Any, sheet: Any, title: str) -> list[str]:
    letter = openpyxl.utils.get_column_letter(_column(sheet, title))
    rule = next(
        one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}{HEAD + 1}:")
    )
    name, cells = rule.formula1.split("!")
    return [cell.value for (cell,) in book[name.strip("'")][cells.replace("$", "")]]


def test_cells_offer_what_can_be_chosen(book: Any) -> None:
    """Drop-downs come from the schema and from the people there are."""
    assert _choices(book, book["チェックリスト"], "実施状況") == ["○", "×", "対象外"]
    assert _choices(book, book["チェックリスト"], "確認者") == ["見本 太郎"]
    assert _choices(book, book["作業実績"], "区分")[:2] == ["保守", "点検"]
    assert _choices(book, book["作業実績"], "計画の作業") == ["定期点検"]
    assert _choices(book, book["任命"], "役割") == ["監督職員", "業務責任者"]


def test_what_is_only_shown_is_grey(book: Any) -> None:
    """Columns that are not read back, and rows that other records tell of, look different from those to fill in."""
    sheet = book["チェックリスト"]
    grey, white = (_cell(sheet, "mihon-terms/1", title).fill.fgColor.rgb for title in ("確認項目", "実施内容"))
    assert (grey, white) == ("FFF2F2F2", "00000000")
    assert _cell(book["期限"], book["期限"].cell(HEAD + 1, 1).value, "納品物件").fill.fgColor.rgb == "00000000"


def test_clauses_stand_against_what_answers_them(book: Any) -> None:
    """Each kind of answer has a column."""
    row = {title: _cell(book["条項対照表"], "1-1", title).value for title in ("納品物件", "記録", "役割", "文", "状態")}
    assert row == {
        "納品物件": "1 作業報告書",
        "記録": "障害",
        "役割": "業務責任者",
        "文": "電話でも知らせる。",
        "状態": "対応あり",
    }
    assert _cell(book["条項対照表"], "mihon-terms/1", "確認項目").value == "情報取扱特記事項 1"


def test_same_data_same_bytes(content: bytes, tmp_path: Any) -> None:
    """No clock, no folder and no other library gets into the file."""
    project = Project(tmp_path / "x").write(whole_project({f"{CONTRACT}/records/work/2026-04-28.yml": WORK}))
    code = (
        "import sys, hashlib; sys.modules['lxml'] = None; sys.path.insert(0, sys.argv[2]);"
        "from pathlib import Path; from tests.outputs.workbook.test_xlsx import _made; from tests.support import Project;"
        "print(hashlib.sha256(_made(Project(Path(sys.argv[1])))).hexdigest())"
    )
    assert _made(project) == content
    done = subprocess.run(
        [sys.executable, "-c", code, str(project.root), str(ROOT)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_row_grows_with_what_is_written_into_it(content: bytes) -> None:
    """Heights are given so that all is seen at once, but not fixed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<row r="7"[^>]* ht="\d', sheet)
    assert "customHeight" not in sheet


def test_least_project_has_a_workbook(tmp_path: Any) -> None:
    """A contract without people, answers and deadlines has empty sheets, not an error."""
    sheets = read(_made(Project(tmp_path).write(minimal_project()))).grids
    assert [cell.value for cell in sheets["従事者名簿"].rows[HEAD].values()][:2] == ["記号", "氏名"]


def test_only_the_sheets_that_were_asked_for(tmp_path: Any) -> None:
    """One sort of table alone."""
    there = Project(tmp_path).write(whole_project({}))
    assert [*read(_made(there, "roster")).grids] == ["従事者名簿", "任命", "誓約", "教育", "選択肢", "控え"]
    assert [*read(_made(there, "clauses")).grids] == ["条項対照表", "選択肢", "控え"]


# --- any text -------------------------------------------------------------------------------------------------

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(
        [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\rx",
            "=cmd|' /C calc'!A0",
            "_x000D_",
            "_x0041_",
            "'x",
            "1-1",
            "0012",
            "TRUE",
            " x\n\ny ",
        ]
    ),
)


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=12))
def test_any_text_comes_back_as_it_was(texts: list[str]) -> None:
    """Whatever a cell shows is read back the same, and nothing of it is a formula."""
    made = openpyxl.Workbook()
    for number, text in enumerate(texts, 1):
        _put(made.active.cell(number, 1), text)
    buffer = io.BytesIO()
    made.save(buffer)
    (grid,) = read(buffer.getvalue()).grids.values()
    cells = [grid.rows.get(number, {}).get(1) for number in range(1, len(texts) + 1)]
    assert [told(cell.value if cell else None) for cell in cells] == [
        told(text).replace("_x000D_", "\n") for text in texts
    ]
    assert {cell.kind for cell in cells if cell} <= {"value"}


def test_text_like_a_formula_is_marked_as_text(tmp_path: Any) -> None:
    """What begins like a formula is stored as a text that spreadsheets do not compute when it is edited either."""
    path = f"{CONTRACT}/checklist.yml"
    there = Project(tmp_path).write(whole_project({path: WHOLE[path].replace("誓約書", "=HYPERLINK(1)")}))
    book = openpyxl.load_workbook(io.BytesIO(_made(there)))
    cell = _cell(book["チェックリスト"], "mihon-terms/1", "証跡")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


# --- what may come back ----------------------------------------------------------------------------------------


def _saved(change: Callable[[Any], None]) -> bytes:
    made = openpyxl.Workbook()
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _with(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A workbook with some parts other than they were."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_formulas_errors_hidden_sheets_and_merged_cells_are_seen() -> None:
    """The reader computes nothing and keeps nothing from whoever has to judge."""

    def change(made: Any) -> None:
        made.active.append(["a", "=1+1", True, 1.5, dt.datetime(2026, 4, 1, 9)])
        made.active["A2"].value, made.active["A2"].data_type = "#REF!", "e"
        made.active.merge_cells("B5:C6")
        made.create_sheet("隠れた表").sheet_state = "veryHidden"

    grids = read(_saved(change)).grids
    first, second = grids.values()
    assert [(cell.value, cell.kind) for cell in first.rows[1].values()] == [
        ("a", "value"),
        ("=1+1", "formula"),
        (True, "value"),
        (1.5, "value"),
        (dt.datetime(2026, 4, 1, 9), "value"),
    ]
    assert first.rows[2][1].kind == "error"
    assert (first.merged, first.hidden, second.hidden) == (("B5:C6",), False, True)


def test_reading_of_a_name_is_no_part_of_it() -> None:
    """Japanese spreadsheets store how a name is read beside it; text in several fonts is one text."""
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>見本</t><rPh sb="0" eb="2"><t>ミホン</t></rPh></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>例</t></r><r><t>示</t></r></is></c></row>'
    ).encode()
    content = _saved(lambda made: made.active.append(["x"]))
    read_aloud = _with(content, {SHEET: lambda text: re.sub(rb"<row.*</row>", cells, text)})
    (grid,) = read(read_aloud).grids.values()
    assert [cell.value for cell in grid.rows[1].values()] == ["見本", "例示"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "行が多すぎます"),
        (b'<row r="1"><c r="ABCDEFGH1"><v>1</v></c></row>', guard.BROKEN),
        (b'<row r="1"><c r="A1" t="s"><v>999</v></c></row>', guard.BROKEN),
        (b'<row r="1"><c r="A1"><v>x</v></c></row>', guard.BROKEN),
        (b"<row", guard.BROKEN),
    ],
)
def test_damaged_sheet_is_refused(rows: bytes, message: str) -> None:
    """Whatever a reader stumbles over is one clear message, and rows without end come to one."""
    content = _saved(lambda made: made.active.append(["x"]))
    broken = _with(content, {SHEET: lambda text: re.sub(rb"<row.*</row>", rows, text)})
    with pytest.raises(NohinError, match=re.escape(message)):
        read(broken)


def test_size_that_a_sheet_claims_does_not_count() -> None:
    """A sheet that says it is as large as can be is read as large as it is."""
    content = _saved(lambda made: made.active.append(["x"]))
    large = _with(content, {SHEET: lambda text: text.replace(b'ref="A1"', b'ref="A1:XFD1048576"')})
    (grid,) = read(large).grids.values()
    assert {row: [*cells] for row, cells in grid.rows.items()} == {1: [1]}
