"""プログラム詳細設計書, and 実行可能なプログラム: the manifest of the files that a change delivers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import lxml.html
import pytest

from tests.designed import KINDS, changed, designed_project, path_of
from tests.support import CONTRACT, WHOLE, Project, documents

FULL, DELTA = "mihon/program-design", "mihon/program-design-delta"
FILES, FILES_DELTA = "mihon/program-manifest", "mihon/program-manifest-delta"
LATER = "2026-06-30"

ASKED = {
    f"{CONTRACT}/deliverables.yml": WHOLE[f"{CONTRACT}/deliverables.yml"]
    + """\
  - no: '3'
    title: プログラム詳細設計書
    phrase: システム変更後２週間以内
    due:
      - event: changes
        within: 2 weeks of event.changed
        scope: delta
  - no: '4'
    title: 実行可能なプログラム
    phrase: システム変更後２週間以内
    due:
      - event: changes
        within: 2 weeks of event.changed
        scope: delta
    media:
      - medium: data
        form: 差分パッチ
"""
}

NOTHING = "".join(
    f"  - of: {kind}\n    reason: {kind} がないため\n"
    for kind in ("modules", "errors", "interfaces", "tables", "tests", "decisions")
)

Make = Callable[..., Project]


def program(title: str, version: str, size: int, letter: str, more: str = "") -> str:
    """A file that a change delivers; its hash is one letter, 64 times."""
    return (
        f"  - {{title: {title}, kind: patch, version: '{version}', file: app_{version}.zip, bytes: {size}, "
        f"sha256: {letter * 64}{more}}}\n"
    )


def change(day: str, title: str, *programs: str, more: str = "unchanged: 設計は変わらないため\n") -> str:
    """A record of a system change."""
    listed = "programs:\n" + "".join(programs) if programs else ""
    return f"title: {title}\nchanged: {day}\n{more}{listed}"


def of_change(name: str) -> str:
    """Where a system change is recorded."""
    return f"{CONTRACT}/records/changes/{name}.yml"


def made(make: Make, changes: Mapping[str, str] | None = None, as_of: str = LATER) -> dict[str, str]:
    """The documents of the designed project."""
    return documents(make(designed_project({**ASKED, **(changes or {})})).root, as_of)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The book of the designed project, made once."""
    there = Project(tmp_path_factory.mktemp("book")).write(designed_project(ASKED))
    return documents(there.root, LATER)[FULL]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The book of a project that gives reasons for having nothing of what the book tells."""
    gone = {path_of(kind) for kind in ("modules", "errors", "interfaces", "tables", "tests", "decisions")}
    lone = {
        "screens": KINDS["screens"].replace("        errors: [E001]\n", ""),
        "overview": KINDS["overview"].replace("nothing:\n", f"nothing:\n{NOTHING}"),
    }
    files = {path: text for path, text in designed_project({**ASKED, **lone}).items() if path not in gone}
    return documents(Project(tmp_path_factory.mktemp("empty")).write(files).root, LATER, strict=False)[FULL]


def said(html: str, name: str = "") -> str:
    """What is read in the part of the book with a name, or in all of it, each word apart."""
    tree = lxml.html.fromstring(f"<div>{html}</div>")
    if name:
        (heading,) = tree.xpath(f'//*[@id="b-{name}"]')
        tree = heading.getparent()
    return " ".join(" ".join(tree.itertext()).split())


def rows(html: str, name: str) -> list[list[str]]:
    """The cells of the body rows of the tables in a part."""
    (heading,) = lxml.html.fromstring(f"<div>{html}</div>").xpath(f'//*[@id="b-{name}"]')
    found = heading.getparent().xpath(".//tbody/tr")
    return [[" ".join("".join(cell.itertext()).split()) for cell in row.xpath("./th|./td")] for row in found]


def test_chapters_stand_in_their_order(book: str) -> None:
    """The book has its nine chapters, whatever the data hold."""
    tree = lxml.html.fromstring(book)
    titles = [heading.text_content() for heading in tree.xpath('//section[@class="book-chapter"]/h2')]
    names = ("概要", "モジュール構成", "モジュール", "エラーとメッセージ", "外部仕様", "物理データ", "単体試験")
    expected = (*names, "設計上の決定", "トレーサビリティ")
    assert titles == [f"第{number}章　{title}" for number, title in enumerate(expected, 1)]


@pytest.mark.parametrize(
    ("chapter", "kind"),
    [
        ("structure", "modules"),
        ("modules", "modules"),
        ("errors", "errors"),
        ("interfaces", "interfaces"),
        ("tables", "tables"),
        ("tests", "tests"),
        ("decisions", "decisions"),
        ("traceability", "modules"),
    ],
)
def test_empty_chapter_says_why(empty: str, chapter: str, kind: str) -> None:
    """A chapter of which there is nothing stays, with the reason that the overview gives."""
    assert f"該当なし（{kind} がないため）" in said(empty, chapter)


def test_module_is_told(book: str) -> None:
    """A module has its steps numbered, what it takes and gives, and what it uses by name."""
    cells = rows(book, "modules-p01")
    assert ["種別", "画面", "言語", "SQL"] in cells
    assert ["入力", "申請", "出力", "番号"] in cells
    assert ["呼び出す", "整理"] in cells
    assert ["呼び出される", "整理"] in cells
    assert [row for row in cells if row[0].isdigit()] == [["1", "確かめる。"], ["2", "書く。"]]
    assert ["表", "申請（APPLICATION） CRU"] in cells
    assert ["エラー", "E001 氏名を書いてください"] in cells
    assert ["排他・取引", "一件ごと"] in cells


def test_modules_and_functions(book: str) -> None:
    """A mark stands where a module does a function."""
    assert rows(book, "structure-functions") == [["登録", "○", ""], ["整理", "", "○"]]
    assert 'src="data:image/svg' in book


def test_errors_stand_by_level(book: str) -> None:
    """Each level has a table with the modules that give the message, or says that there is none."""
    assert rows(book, "errors-error") == [["E001", "氏名を書いてください", "氏名が空", "氏名を書く。", "", "p01"]]
    assert "該当なし" in said(book, "errors-fatal")


def test_table_is_told(book: str) -> None:
    """A table says its columns with type, key and what they refer to, its indexes and the data it comes from."""
    cells = rows(book, "tables-t01")
    assert ["物理名", "APPLICATION", "データ", "申請"] in cells
    assert ["受付番号", "NO", "数(8)", "○", "○", "0", "申請を参照年度ごと"] in cells
    assert ["索引", "IX1（STATE）"] in cells
    assert rows(book, "tables-modules") == [["申請", "登録 CRU"]]


def test_tests_are_counted(book: str) -> None:
    """Counts are of what is recorded; what was not run is shown as not recorded."""
    assert rows(book, "tests-counts") == [
        ["p01", "登録", "1", "1", "0", "0"],
        ["p02", "整理", "1", "0", "0", "1"],
        ["計", "2", "1", "0", "1"],
    ]
    assert "2件である。このうち1件の結果を記録している。" in said(book, "tests-counts")
    assert rows(book, "tests-described-p01")[0][-3:] == ["令和8年4月10日", "合格", "見本 太郎"]
    assert "実施の記録がない。" in said(book, "tests-described-p02")


def test_no_test_was_run(project: Make) -> None:
    """Where nothing is recorded there is no column of results, and it is said once."""
    plain = KINDS["tests"].replace("    date: 2026-04-10\n    result: passed\n    tester: 見本 太郎\n", "")
    there = said(made(project, {"tests": plain})[FULL], "tests")
    assert there.count("実施の記録がない。") == 1
    assert "合格" not in there


@pytest.mark.parametrize(("of", "shown"), [("basic", False), ("detailed", True), ("both", True)])
def test_decisions_of_this_book(project: Make, of: str, shown: bool) -> None:
    """Decisions of the basic design only are left to its own book."""
    there = said(made(project, changed("decisions", "book: both", f"book: {of}"))[FULL], "decisions")
    assert ("仮想にする。" in there) == shown
    assert ("該当なし（設計上の決定は、システム基本設計書に示したものに限るため）" in there) != shown


def test_traceability(book: str) -> None:
    """From functions to modules and tests; nothing lacks but what is named."""
    assert rows(book, "traceability-functions") == [
        ["申請の登録（f01）", "登録", "u001（1件）"],
        ["申請の整理（f02）", "整理", "u002（1件）"],
    ]


def test_gaps_are_said(project: Make) -> None:
    """What has no counterpart is named: functions, modules, tables, messages."""
    lone = {
        "modules": KINDS["modules"]
        .replace("    functions: [f02]\n", "")
        .replace("    tables:\n      - table: t01\n        crud: CRU\n    errors: [E001]\n", ""),
        "tests": KINDS["tests"].partition("  - id: u002")[0],
    }
    files = designed_project({**ASKED, **lone})
    there = said(documents(project(files).root, LATER, strict=False)[FULL], "traceability-gaps")
    assert "次の機能には、受け持つモジュールがない。 申請の整理（f02）" in there
    assert "次のモジュールには、単体試験がない。 整理（p02）" in there
    assert "次の表には、操作を行うモジュールがない。 申請（t01）" in there
    assert "次のエラー・メッセージには、出すモジュールがない。 氏名を書いてください（E001）" in there


def test_delta_shows_what_changed(project: Make) -> None:
    """The delta of a change lists the parts of this book that read otherwise as they are now, and nothing else."""
    there = project(designed_project(ASKED))
    there.git("init", "-q")
    there.commit("作る")
    there.write({path_of("modules"): changed("modules", "書く。", "書いて知らせる。")["modules"]})
    there.write({path_of("servers"): changed("servers", "200 GB", "300 GB")["servers"]})
    there.write(
        {of_change("2026-001"): change("2026-05-12", "知らせの追加", more="design: [modules/p01, servers/db01]\n")}
    )
    there.commit("変える", "2026-05-12T09:00:00+09:00")
    delta = said(documents(there.root, LATER)[f"{DELTA}-2026-001"])
    assert "3.1 登録（p01） 変更" in delta
    assert "整理（p02）" not in delta
    assert "2 書いて知らせる。" in delta
    assert "300 GB" not in delta


def test_manifest_of_a_change(project: Make) -> None:
    """A change with programs has a manifest of its files; one without has none."""
    programs = (
        program("受付", "1.1", 3_355_443, "a", ", servers: [db01], note: 夜に行う"),
        program("帳票", "2", 512, "b"),
    )
    there = made(
        project,
        {
            of_change("2026-001"): change("2026-05-12", "画面の改善", *programs),
            of_change("2026-002"): change("2026-05-20", "設定の変更"),
        },
    )
    assert [name for name in there if name.startswith(FILES_DELTA)] == [f"{FILES_DELTA}-2026-001"]
    text = said(there[f"{FILES_DELTA}-2026-001"])
    assert "画面の改善" in text
    assert "差分パッチ" in text
    assert "3,355,443 （3.2MB）" in text
    assert "512 " in text
    assert "a" * 64 in said(there[f"{FILES_DELTA}-2026-001"].replace("<wbr>", ""))


def test_manifest_of_all_programs(project: Make) -> None:
    """The full one has the latest version of each program, with the change it came from."""
    there = {
        of_change("2026-001"): change(
            "2026-05-12", "一度目", program("受付", "1.1", 10, "a"), program("帳票", "2", 9, "b")
        ),
        of_change("2026-002"): change("2026-06-20", "二度目", program("受付", "1.2", 2048, "c")),
    }

    def shown(as_of: str) -> list[list[str]]:
        tree = lxml.html.fromstring(f"<div>{made(project, there, as_of)[FILES]}</div>")
        return [[" ".join(cell.itertext()) for cell in row.xpath("./th|./td")] for row in tree.xpath("//tbody/tr")]

    early, late = shown("2026-06-19"), shown(LATER)
    assert [(row[0], row[2], row[-1]) for row in early] == [
        ("受付", "1.1", "一度目 令和8年5月12日"),
        ("帳票", "2", "一度目 令和8年5月12日"),
    ]
    assert [(row[0], row[2], row[-1]) for row in late] == [
        ("受付", "1.2", "二度目 令和8年6月20日"),
        ("帳票", "2", "一度目 令和8年5月12日"),
    ]
    assert late[0][4] == "2,048 （2.0KB）"


def test_no_programs_yet(project: Make) -> None:
    """Without any program the full manifest says so."""
    assert "該当なし（実行可能なプログラムを納めたシステム変更の記録がないため）" in said(made(project)[FILES])
