"""`nohin export xlsx` and `nohin import xlsx`: the clerk's round trip, through other programs too."""

from __future__ import annotations

import datetime as dt
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from generator.checking import check
from generator.commands import trial
from generator.outputs.workbook import book as workbook
from generator.outputs.workbook import xlsx
from generator.outputs.workbook.changes import changed
from tests.support import AS_OF, CONTRACT, ROOT, WHOLE, Project, Ran, run, whole_project

openpyxl = pytest.importorskip("openpyxl")  # after ours, which says how it is to be loaded

CHECKLIST, STAFF = f"{CONTRACT}/checklist.yml", f"{CONTRACT}/staff.yml"
WORK = f"{CONTRACT}/records/work"
BOOK = "表.xlsx"

FILES = whole_project(
    {
        CHECKLIST: (
            "# 見本の回答\nofficer: p1\nanswers:\n  - item: mihon-terms/1  # 秘密\n    answer: ○\n"
            "    # 証跡は年度末に見直す\n    evidence: 誓約書\n    date: 2026-04-03\n    person: p1\n"
        ),
        "data/terms/mihon-terms.yml": WHOLE["data/terms/mihon-terms.yml"]
        + "  - id: 2\n    category: 教育\n    text: 教育をしたか。\n    grounds: [1]\n",
        STAFF: WHOLE[STAFF].replace("phone: 00-0000-0001", "phone: 00-0000-0001  # 代表")
        + "pledges:\n  - {person: p1, date: 2026-04-01}  # 紙で保管\n",
        f"{WORK}/2026-001.yml": (
            "# 見本の記録\ntitle: 点検\nstart: 2026-04-28 13:00\nend: 2026-04-28 15:30\n"
            "people: [p1]\ncontent: 見た。  # 短く\ncategory: inspection\n"
        ),
        f"{WORK}/2026-002.yml": (
            "title: 修理\nstart: 2026-04-29 9:00\nend: 2026-04-29 10:00\npeople:\n  - p1\ncontent: |-\n  直した。\n  確かめた。\n"
        ),
    }
)
DATA = [path for path in FILES if path.startswith(f"{CONTRACT}/")]


class Filled:
    """A workbook in the hands of somebody with another program."""

    def __init__(self, place: Path) -> None:
        self.place, self.book = place, openpyxl.load_workbook(place)

    def columns(self, sheet: str) -> tuple[int, dict[str, int]]:
        """The row of the head, and the columns by their titles."""
        head = next(cell.row for cell in self.book[sheet]["A"] if cell.value == "記号")
        return head, {cell.value: cell.column for cell in self.book[sheet][head]}

    def cell(self, sheet: str, row: str, title: str) -> Any:
        """A cell by the id of its row."""
        number = next(cell.row for cell in self.book[sheet]["A"] if cell.value == row)
        return self.book[sheet].cell(number, self.columns(sheet)[1][title])

    def put(self, sheet: str, row: str, **values: Any) -> Filled:
        """Write into cells; a text is a text, as where a spreadsheet's cells are made for text."""
        for title, value in values.items():
            self.write(self.cell(sheet, row, title), value)
        return self

    def add(self, sheet: str, at: int | None = None, **values: Any) -> Filled:
        """A new row, at the end or before a row of the table."""
        head, columns = self.columns(sheet)
        number = self.book[sheet].max_row + 1
        if at is not None:
            number = head + at
            self.book[sheet].insert_rows(number)
        for title, value in values.items():
            self.write(self.book[sheet].cell(number, columns[title]), value)
        return self

    def drop(self, sheet: str, row: str) -> Filled:
        """Take a row out."""
        self.book[sheet].delete_rows(next(cell.row for cell in self.book[sheet]["A"] if cell.value == row))
        return self

    def shuffle(self, sheet: str) -> Filled:
        """The rows in another order, with empty ones between them."""
        head, _ = self.columns(sheet)
        own = self.book[sheet]
        rows = [[cell.value for cell in row] for row in own.iter_rows(min_row=head + 1)]
        random.Random(1).shuffle(rows)
        for number, values in enumerate([*rows[1:], [None] * own.max_column, rows[0]], head + 1):
            for column, value in enumerate(values, 1):
                self.write(own.cell(number, column), value)
        return self

    @staticmethod
    def write(cell: Any, value: Any) -> None:
        """A value, never as a formula."""
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    def save(self) -> None:
        """Close the program."""
        self.book.save(self.place)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its workbook."""
    there = Project(tmp_path_factory.mktemp("excel") / "project").write(FILES)
    ran = there.run("export", "xlsx", "--contract", "mihon", "--as-of", AS_OF, "--out", str(there.root / BOOK))
    assert (ran.code, ran.out) == (0, f"{there.root / BOOK}\n"), ran.err
    return there.root


@pytest.fixture
def there(exported: Path, tmp_path: Path) -> Project:
    """The same, of the test's own."""
    return Project(Path(shutil.copytree(exported, tmp_path / "project")))


@pytest.fixture
def book(there: Project) -> Filled:
    """Its workbook, opened."""
    return Filled(there.root / BOOK)


def _import(there: Project, *arguments: str) -> Ran:
    return there.run("import", "xlsx", str(there.root / BOOK), "--as-of", AS_OF, *arguments)


def _data(there: Project) -> dict[str, bytes]:
    folder = there.root / CONTRACT
    return {path.relative_to(there.root).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _untouched(there: Project) -> bool:
    return _data(there) == {path: str(FILES[path]).encode() for path in DATA}


def _sentences(ran: Ran) -> list[str]:
    told = ran.out.partition("\n取り込むセル\n")[0].splitlines()
    return [line.strip() for line in told if line.startswith("  ")]


def _cells(ran: Ran) -> list[str]:
    return [line.strip() for line in ran.out.partition("\n取り込むセル\n")[2].splitlines()]


# --- there and back --------------------------------------------------------------------------------------------


def test_nothing_changed_is_no_change(there: Project) -> None:
    """A workbook that nobody touched changes not a byte."""
    ran = _import(there, "--write")
    assert (ran.code, ran.lines[-1]) == (0, "違いはありません。")
    assert _untouched(there)


@pytest.mark.parametrize("contract", sorted(path.name for path in (ROOT / "data/contracts").iterdir()))
def test_shipped_contracts_come_back_as_they_are(contract: str, shipped_contracts: Mapping[str, Any]) -> None:
    """Real sizes, real texts: nothing is taken for a change."""
    own, as_of = shipped_contracts[contract], dt.date(2026, 11, 20)
    sheets = xlsx.read(xlsx.to_xlsx(workbook.book(own, as_of)))
    for one in changed(own, as_of, sheets, workbook.memory(sheets)):
        assert (one.puts, one.news, one.gone, one.problems) == ([], [], [], []), one.table.title
        assert len(one.places) == len(one.table.rows)


@pytest.fixture(scope="module")
def shipped_contracts() -> Mapping[str, Any]:
    """The contracts of this repository."""
    return check(ROOT).loaded.portfolio.contracts


def test_changes_are_shown_and_written_only_when_asked(there: Project, book: Filled) -> None:
    """The sentences of `nohin diff` come first; nothing is written without `--write`."""
    book.put("チェックリスト", "mihon-terms/1", 実施状況="×", 理由="様式を\n改めている。").save()
    ran = _import(there)
    assert _sentences(ran) == [
        "情報セキュリティ対策チェックリスト　回答「別記 1」の実施状況を「○」から「×」に改め、理由を「様式を／改めている。」とした。"
    ]
    assert _cells(ran) == [
        "チェックリスト!F7　実施状況: ○ → ×",
        "チェックリスト!I7　理由: （空欄） → 様式を／改めている。",
    ]
    assert (ran.code, "まだ書き込んでいません" in ran.err, _untouched(there)) == (0, True, True)
    assert _import(there, "--write").code == 0
    assert there.read(CHECKLIST) == (
        "# 見本の回答\nofficer: p1\nanswers:\n  - item: mihon-terms/1  # 秘密\n    answer: ×\n"
        "    # 証跡は年度末に見直す\n    evidence: 誓約書\n    reason: |-\n      様式を\n      改めている。\n"
        "    date: 2026-04-03\n    person: p1\n"
    )
    assert {path for path, content in _data(there).items() if content != str(FILES[path]).encode()} == {CHECKLIST}


@pytest.mark.parametrize(("answer", "written"), [("はい\n", True), ("いいえ\n", False), ("", False)])
def test_whoever_sits_there_is_asked(
    there: Project, book: Filled, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    """At a terminal a yes writes; anything else, and no answer, does not."""
    book.put("従事者名簿", "p1", 部署="業務課").save()
    monkeypatch.setattr("generator.cli._at_terminal", lambda: True)
    monkeypatch.setattr(sys, "stdin", StringIO(answer))
    ran = _import(there)
    assert (ran.code, "書き込みますか" in ran.err, _untouched(there)) == (0, True, not written)


def test_every_sort_of_table_is_written(there: Project, book: Filled) -> None:
    """Answers, people, appointments, pledges and work: new rows and changed cells, days as people write them."""
    book.put(
        "チェックリスト",
        "mihon-terms/2",
        実施状況="○",
        証跡="=受講の記録",
        確認日="令和８年４月10日",
        確認者="見本太郎",
    )
    book.put("従事者名簿", "p1", 電話="00-0000-0009", 部署="業務課")
    book.add("従事者名簿", at=1, 氏名="例示 花子", 職名="主任")
    book.add("任命", 人="例示 花子", 役割="業務責任者", 任命の日=dt.datetime(2026, 4, 1), 代理="○")
    book.put("誓約", "p1/2026-04-01", 日=dt.datetime(2026, 4, 2))
    book.add("誓約", 人="例示花子", 日="R8.4.2")
    book.put("作業実績", "2026-001", 件数="１２", 区分="保守", 担当者="例示 花子、見本 太郎")
    book.put("作業実績", "2026-002", 作業内容="直した。")
    when = {"開始日時": dt.datetime(2026, 4, 30, 9), "終了日時": "令和8年4月30日 10時15分"}
    book.add("作業実績", **when, 作業名="確認", 作業内容="異常なし。", 担当者="例示 花子", 計画の作業="定期点検").save()
    ran = _import(there, "--write")
    assert ran.code == 0, ran.out
    assert "従事者名簿!A7　新しい行 p2　氏名: 例示 花子、職名: 主任" in _cells(ran)
    assert there.read(CHECKLIST).endswith(
        "    person: p1\n  - item: mihon-terms/2\n    answer: ○\n    evidence: =受講の記録\n    date: 2026-04-10\n    person: p1\n"
    )
    staff = there.read(STAFF)
    assert "    name: 見本 太郎\n    department: 業務課\n    phone: 00-0000-0009  # 代表\n" in staff
    assert "  - id: p2\n    name: 例示 花子\n    title: 主任\nroles:\n" in staff
    assert "  - person: p2\n    role: manager\n    start: 2026-04-01\n    deputy: true\ncontact_lines:\n" in staff
    assert "  - {person: p1, date: 2026-04-02}  # 紙で保管\n  - person: p2\n    date: 2026-04-02\n" in staff
    assert there.read(f"{WORK}/2026-001.yml") == (
        "# 見本の記録\ntitle: 点検\nstart: 2026-04-28 13:00\nend: 2026-04-28 15:30\n"
        "people: [p2, p1]\ncontent: 見た。  # 短く\ncategory: maintenance\ncount: 12\n"
    )
    assert there.read(f"{WORK}/2026-002.yml").endswith("people:\n  - p1\ncontent: 直した。\n")
    assert there.read(f"{WORK}/2026-003.yml") == (
        "title: 確認\nstart: 2026-04-30 09:00\nend: 2026-04-30 10:15\npeople: [p2]\ncontent: 異常なし。\ntask: inspection\n"
    )
    assert [line for line in there.run("check", "--as-of", AS_OF).lines if ": error" in line] == []


def test_sorted_sheets_say_the_same(there: Project, book: Filled) -> None:
    """Rows are known by their ids: another order and empty rows are no change, and a change finds its row."""
    for sheet in ("従事者名簿", "作業実績", "チェックリスト", "任命"):
        book.shuffle(sheet)
    book.put("作業実績", "2026-002", 場所="窓口").save()
    assert _sentences(_import(there)) == ["作業「2026-002　修理」の場所を「窓口」とした。"]


def test_answer_that_is_emptied_goes(there: Project, book: Filled) -> None:
    """A check item whose answer was emptied is unanswered again; the list stays a list."""
    titles = ("実施状況", "実施内容", "証跡", "理由", "確認日", "確認者")
    book.put("チェックリスト", "mihon-terms/1", **dict.fromkeys(titles)).save()
    assert _import(there, "--write").code == 0
    assert there.read(CHECKLIST) == "# 見本の回答\nofficer: p1\nanswers: []\n"


def test_rows_go_only_when_asked(there: Project, book: Filled) -> None:
    """A row that is missing in a sheet is told, and taken out of the data with `--delete`."""
    book.drop("作業実績", "2026-002").drop("誓約", "p1/2026-04-01").save()
    ran = _import(there, "--write")
    assert [line.split("（nohin")[0] for line in ran.lines if "XLS010" in line] == [
        "誓約!A1: warning XLS010 記号「p1/2026-04-01」（見本 太郎）の行がありません。データには残します（データからも消すなら --delete を付けてください）",
        "作業実績!A1: warning XLS010 記号「2026-002」（2026-04-29 09:00）の行がありません。データには残します（データからも消すなら --delete を付けてください）",
    ]
    assert (ran.code, _untouched(there)) == (0, True)
    ran = _import(there, "--delete", "--write")
    assert _cells(ran) == ["誓約　記号「p1/2026-04-01」の行を消す", "作業実績　記号「2026-002」の行を消す"]
    assert f"{WORK}/2026-002.yml" not in _data(there)
    assert there.read(STAFF).endswith("pledges: []\n")


def test_what_others_changed_since_stays(there: Project, book: Filled) -> None:
    """Between export and import the data went on; only the same cell of both is a conflict."""
    there.write({STAFF: there.read(STAFF).replace("name: 見本 太郎", "name: 見本 次郎")})
    there.write({f"{WORK}/2026-001.yml": there.read(f"{WORK}/2026-001.yml").replace("見た。", "よく見た。")})
    book.put("従事者名簿", "p1", 職名="部長").put("作業実績", "2026-001", 特記事項="なし").save()
    assert _sentences(_import(there)) == [
        "体制　人「見本 次郎」の職名を「部長」とした。",
        "作業「2026-001　点検」の特記事項を「なし」とした。",
    ]
    book.put("作業実績", "2026-001", 作業内容="少し見た。").save()
    ran = _import(there, "--write")
    assert ran.code == 1
    assert ran.lines == [
        "作業実績!E7: error XLS008 「作業内容」は、書き出した後にデータの側でも「よく見た。」に変わっています（この表では「少し見た。」）"
        "（どちらが正しいか確かめ、書き出し直した表に書いてください）"
    ]


# --- what is wrong ----------------------------------------------------------------------------------------------


def _wrong(sheet: str, row: str, **values: Any) -> Callable[[Filled], Any]:
    return lambda book: book.put(sheet, row, **values)


def _formula(book: Filled) -> None:
    book.cell("作業実績", "2026-001", "件数").value = "=1+1"


def _hidden(book: Filled) -> None:
    book.book["作業実績"].sheet_state = "hidden"


WRONG: dict[str, tuple[Callable[[Filled], Any], str]] = {
    "text for a day": (
        _wrong("チェックリスト", "mihon-terms/1", 確認日="4月ごろ"),
        "チェックリスト!J7: error XLS002 「確認日」は日付でなければなりませんが、「4月ごろ」です（正しい形: 2026-04-01 または 令和8年4月1日）",
    ),
    "a word that is no answer": (
        _wrong("チェックリスト", "mihon-terms/1", 実施状況="済"),
        "チェックリスト!F7: error XLS003 「実施状況」の「済」という値はありません（書けるもの: ○、×、対象外）",
    ),
    "somebody nobody knows": (
        _wrong("作業実績", "2026-001", 担当者="見本 太朗"),
        "作業実績!F7: error XLS003 「担当者」の「見本 太朗」という人はありません（見本 太郎 ではありませんか）",
    ),
    "a formula": (
        _formula,
        "作業実績!I7: error XLS001 「件数」に式（=1+1）が入っています。計算の結果は取り込みません（値に直してください（コピーして「値の貼り付け」））",
    ),
    "a row that is there already": (
        lambda book: book.add("任命", 人="見本 太郎", 役割="業務責任者", 任命の日="R8.4.1"),
        "任命!A8: error XLS007 任命!A7 と同じ内容の行です",
    ),
    "what the check finds: two who hold a role": (
        lambda book: book.put("任命", "p1/manager/2026-04-01", 解任の日="R8.3.1"),
        "任命!E7: error ",
    ),
    "a value that is missing": (
        _wrong("従事者名簿", "p1", 氏名=None),
        "従事者名簿!B7: error XLS011 「氏名」が空です（必ず書く欄です。値を書いてください）",
    ),
    "what the check finds: a number that is too small": (
        _wrong("作業実績", "2026-001", 件数=-1),
        "作業実績!I7: error SCH006 「件数」(count)は0以上でなければなりません",
    ),
    "a new row without its day": (
        lambda book: book.add("作業実績", 作業名="確認", 作業内容="見た。", 担当者="p1"),
        "作業実績!B9: error XLS011 「開始日時」が空です",
    ),
    "an id twice": (
        lambda book: book.add("従事者名簿", 記号="p1", 氏名="例示 花子"),
        "従事者名簿!A8: error XLS007 記号「p1」が 従事者名簿!A7 と重なっています（写して作った行なら、記号を空欄にすると新しい行になります）",
    ),
    "a check item that is not asked": (
        lambda book: book.add("チェックリスト", 記号="mihon-terms/9", 実施状況="○"),
        "チェックリスト!A9: error XLS007 記号「mihon-terms/9」の行は書き出した表にありません",
    ),
    "an id that leads out of the folder": (
        lambda book: book.add("作業実績", 記号="../../staff", 作業名="x"),
        "作業実績!A9: error XLS007 「../../staff」は記号に使えません",
    ),
    "a head that was rewritten": (
        lambda book: book.write(book.book["チェックリスト"]["F6"], "結果"),
        "チェックリスト!A6: error XLS005 見出し「実施状況」がありません",
    ),
    "a sheet that is gone": (
        lambda book: book.book.remove(book.book["任命"]),
        "任命!A1: error XLS004 シート「任命」がありません",
    ),
    "a sheet that is hidden": (_hidden, "作業実績!A1: error XLS004 シート「作業実績」が隠れています"),
    "an id that was overwritten": (
        lambda book: book.put("作業実績", "2026-002", 記号="2026-009"),
        "作業実績!A8: error XLS007 記号が「2026-002」から「2026-009」に書き換えられています（「2026-002」に戻してください",
    ),
    "merged cells": (
        lambda book: book.book["従事者名簿"].merge_cells("B7:B9"),
        "従事者名簿!B7: error XLS006 B7:B9 のセルが結合されています",
    ),
}


@pytest.mark.parametrize(("change", "line"), WRONG.values(), ids=list(WRONG))
def test_wrong_cells_are_named_and_nothing_is_written(
    there: Project, book: Filled, change: Callable[[Filled], Any], line: str
) -> None:
    """Sheet and cell, what is wrong, what would be right; a right change beside it waits too."""
    book.put("従事者名簿", "p1", 部署="業務課")
    change(book)
    book.save()
    ran = _import(there, "--write")
    assert ran.code == 1, ran.out
    assert [found for found in ran.lines if found.startswith(line)], ran.out
    assert "何も書いていません" in ran.err
    assert _untouched(there)


def test_all_that_is_wrong_is_told_at_once(there: Project, book: Filled) -> None:
    """Of every sheet, and of the check beside the cells."""
    book.put("チェックリスト", "mihon-terms/1", 実施状況="済", 確認日="いつか").put(
        "作業実績", "2026-001", 件数=-1
    ).save()
    places = [line.split(":")[0] for line in _import(there).lines]
    assert places == ["チェックリスト!F7", "チェックリスト!J7", "作業実績!I7"]


def test_merged_cells_hide_nothing(there: Project, book: Filled) -> None:
    """What is wrong beside them is told as well, and of the row itself only that."""
    book.put("チェックリスト", "mihon-terms/1", 実施状況=None).book["チェックリスト"].merge_cells("F7:F8")
    book.put("チェックリスト", "mihon-terms/2", 確認日="いつか").save()
    assert [line.split(" ")[0] + line.split(" ")[2] for line in _import(there).lines] == [
        "チェックリスト!F7:XLS006",
        "チェックリスト!J8:XLS002",
    ]


def test_a_wrong_cell_is_told_once(there: Project, book: Filled) -> None:
    """The check does not miss the day that could not be read."""
    book.put("チェックリスト", "mihon-terms/2", 実施状況="〇", 証跡="受講の記録", 確認日="4月1日", 確認者="p1").save()
    assert [line.split(":")[0] for line in _import(there).lines] == ["チェックリスト!J8"]


def test_the_same_in_other_words_is_no_change(there: Project, book: Filled) -> None:
    """Blanks that nobody sees, a name without its blank, another circle."""
    book.put("チェックリスト", "mihon-terms/1", 実施状況="◯", 証跡="誓約書 ", 確認者="見本太郎")
    book.put("作業実績", "2026-002", 作業内容="直した。\n確かめた。\n").save()
    ran = _import(there, "--write")
    assert (ran.code, ran.lines[-1]) == (0, "違いはありません。")
    assert _untouched(there)


def test_notes_below_a_table(there: Project, book: Filled) -> None:
    """Beside the white cells anything may stand: it is not taken, and that is said."""
    book.add("チェックリスト", 分類="覚え書き").add("従事者名簿", 役割="覚え書き").save()
    ran = _import(there)
    assert (ran.code, [line.split("（")[0] for line in ran.lines if "XLS" in line]) == (
        0,
        [
            "従事者名簿!A8: warning XLS009 この行は取り込みません",
            "チェックリスト!A9: warning XLS009 この行は取り込みません",
        ],
    )


def test_what_is_not_taken_is_said(there: Project, book: Filled) -> None:
    """A change in a grey cell, in a row of another record, and in a column of one's own."""
    there.write(
        {
            f"{CONTRACT}/records/meetings/2026-01.yml": "title: 打合せ\nheld: 2026-04-20\nstart: 2026-04-20 10:00\nend: 2026-04-20 11:00\nattendees:\n  vendor: [p1]\nagenda: [報告]\n"
        }
    )
    (there.root / BOOK).unlink()
    assert there.run("export", "xlsx", "--as-of", AS_OF, "--out", str(there.root / BOOK)).code == 0
    book = Filled(there.root / BOOK)
    book.put("従事者名簿", "p1", 役割="部長").put("作業実績", "meetings/2026-01", 作業名="会議")
    book.write(book.book["従事者名簿"].cell(6, 20), "メモ")
    book.save()
    ran = _import(there)
    assert [line.split(" ")[:3] for line in ran.lines[:3]] == [
        ["従事者名簿!T6:", "warning", "XLS005"],
        ["従事者名簿!H7:", "warning", "XLS009"],
        ["作業実績!D7:", "warning", "XLS009"],
    ]
    assert (ran.code, ran.lines[-1]) == (0, "違いはありません。")


def test_workbook_has_to_be_of_the_contract(there: Project, book: Filled) -> None:
    """It knows its contract; where it no longer does, the contract has to be named."""
    assert "これは契約「mihon」のブックです" in _import(there, "--contract", "rei").err
    del book.book["控え"]
    book.put("従事者名簿", "p1", 部署="業務課").save()
    ran = _import(there)
    assert (ran.code, "--contract で指してください" in ran.err) == (2, True)
    assert _sentences(_import(there, "--contract", "mihon")) == ["体制　人「見本 太郎」の部署を「業務課」とした。"]


def test_other_files_are_refused(there: Project) -> None:
    """A file that is no workbook, or none of ours, is misuse."""
    there.write({BOOK: "記号,氏名\n"})
    assert (_import(there).code, "Excel ブック (.xlsx) ではありません" in _import(there).err) == (2, True)
    openpyxl.Workbook().save(there.root / BOOK)
    assert "取り込める表" in _import(there, "--contract", "mihon").err
    (there.root / BOOK).unlink()
    assert _import(there).code == 2


def test_all_files_are_written_or_none(there: Project, book: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fails in the middle, what was written before is taken back."""
    book.put("従事者名簿", "p1", 部署="業務課").put("作業実績", "2026-001", 件数=3).save()
    write, done = trial.write, []

    def failing(place: Path, content: bytes) -> None:
        if place.is_relative_to(there.root):
            done.append(place.name)
            if len(done) == 2:
                raise OSError(28, "No space left on device", str(place))
        write(place, content)

    monkeypatch.setattr(trial, "write", failing)
    assert _import(there, "--write").code == 2
    assert done[:2] == ["2026-001.yml", "staff.yml"]
    assert _untouched(there)


def test_form_of_a_file_that_is_not_known_is_left_alone(there: Project, book: Filled) -> None:
    """Where a file is written in a way that cannot be edited, the message says what to write."""
    there.write(
        {
            STAFF: there.read(STAFF)
            .replace("  - {person: p1, date: 2026-04-01}  # 紙で保管\n", "")
            .replace("pledges:", "pledges: [{person: p1, date: 2026-04-01}]")
        }
    )
    book.add("誓約", 人="見本 太郎", 日="R8.4.2").save()
    ran = _import(there, "--write")
    assert (ran.code, "次を手で書いてください\n  - person: p1\n    date: 2026-04-02" in ran.err) == (2, True)


# --- export -----------------------------------------------------------------------------------------------------


def test_filled_workbook_is_not_overwritten(there: Project, book: Filled) -> None:
    """What somebody filled in would be lost; the same workbook again is no harm."""
    command = ("export", "xlsx", "--contract", "mihon", "--as-of", AS_OF, "--out", str(there.root / BOOK))
    assert there.run(*command).code == 0
    book.put("従事者名簿", "p1", 部署="業務課").save()
    before = (there.root / BOOK).read_bytes()
    assert (there.run(*command).code, (there.root / BOOK).read_bytes()) == (2, before)


def test_workbooks_are_named_after_contract_and_day(there: Project, tmp_path: Path) -> None:
    """In a folder, one for each contract."""
    ran = there.run("export", "xlsx", "--as-of", AS_OF, "--out", str(tmp_path / "書出し"), "--sheet", "checklist")
    assert ran.lines == [str(tmp_path / "書出し" / f"mihon-{AS_OF}.xlsx")]
    assert Filled(Path(ran.lines[0])).book.sheetnames == ["チェックリスト", "選択肢", "控え"]


# --- other programs ---------------------------------------------------------------------------------------------

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def _converted(place: Path, form: str, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(place)]
    subprocess.run(command, check=True, capture_output=True, timeout=200)
    return folder / f"{place.stem}.{form}"


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (libreoffice-calc) is not installed")
def test_workbook_that_another_program_wrote(there: Project, book: Filled, tmp_path: Path) -> None:
    """LibreOffice writes it anew, by way of its own format too: what was changed is what changed, and no more."""
    book.put("チェックリスト", "mihon-terms/1", 証跡="=1+1\n-2", 確認日=dt.datetime(2026, 4, 5))
    book.shuffle("作業実績").put("作業実績", "2026-001", 開始日時=dt.datetime(2026, 4, 28, 12, 50), 件数=3)
    book.add("従事者名簿", 氏名="例示 花子").save()
    plain = _sentences(_import(there))
    own = _converted(there.root / BOOK, "ods", tmp_path / "ods")
    again = _converted(own, "xlsx", tmp_path / "xlsx")
    shutil.copy(again, there.root / BOOK)
    assert _sentences(_import(there)) == plain
    assert len(plain) == 3


# --- the guide --------------------------------------------------------------------------------------------------


def test_guide_shows_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/excel.md is carried out: what stands below each command is what it prints."""
    text = (ROOT / "docs/excel.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("init", "keiyaku").code == 0
    monkeypatch.chdir(tmp_path / "keiyaku")
    for match in re.finditer(r"<!-- (\w+) -->|```text\n\$ nohin ([^\n]+)\n(.*?)```", text, re.DOTALL):
        if match[1]:
            book = Filled(Path("mihon-hoshu-2026-04-20.xlsx"))
            EDITS[match[1]](book)
            book.save()
        else:
            ran = run(*match[2].split(), "--as-of", "2026-04-20")
            assert ran.out + ran.err == match[3], match[2]


_ANSWER = {"実施状況": "○", "実施内容": "手引を定めた。", "証跡": "手引", "確認日": "R8.4.17", "確認者": "見本 花子"}

EDITS: dict[str, Callable[[Filled], Any]] = {
    "wrong": lambda book: book.put("チェックリスト", "mihon-security/1", **{"実施状況": "済", "確認日": "4月ごろ"}),
    "right": lambda book: book.put("チェックリスト", "mihon-security/1", **_ANSWER),
}
"""What the guide lets the reader write."""
