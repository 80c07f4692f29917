"""`nohin pdf`: exactly the PDFs that are due, in folders that appear whole, and an exit code that says how things are."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.owed import DELIVERABLES, FILES, INCIDENTS, SUBMISSIONS, TODAY, files
from tests.support import CONTRACT, ROOT, Files, Project, Ran, contents

OTHER = {
    path.replace("/mihon/", "/other/"): text
    for path, text in FILES.items()
    if path.startswith(CONTRACT) and not path.endswith("submissions.yml")
}
"""A second contract of the same shape."""


def _tracked(root: Path, changes: Files | None = None) -> Project:
    there = Project(root).write(files(changes))
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-05-01T09:00:00+09:00")
    return there


def _pdf(there: Project, *arguments: str, today: str = TODAY) -> Ran:
    return there.run("pdf", *arguments, "--as-of", today)


def _said(there: Project, place: str = "due") -> dict[str, Any]:
    said: dict[str, Any] = json.loads(there.read(f"{place}/index.json"))
    return said


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Ran]:
    """What is due within four weeks, made once; its cache serves the tests that go on from there."""
    there = _tracked(tmp_path_factory.mktemp("first"))
    return there, _pdf(there, "--within", "4w")


@pytest.fixture
def made(first: tuple[Project, Ran], tmp_path: Path) -> Project:
    """A copy of that project with all that was made."""
    return Project(Path(shutil.copytree(first[0].root, tmp_path / "project", symlinks=True)))


# --- what is made ---------------------------------------------------------------------------------------


def test_folders_hold_what_is_due_and_nothing_else(first: tuple[Project, Ran]) -> None:
    """Late, half way and ready; not what was handed over, nor what is due later."""
    there, ran = first
    pdfs = sorted(path for path in contents(there.root / "due") if path.endswith(".pdf"))
    assert pdfs == [
        "2026-06-10/mihon/No1_月報_令和8年5月.pdf",
        "2026-06-20/mihon/No3_体制.pdf",
        "2026-06-22/mihon/No2_障害報告書_2026-001_送信できない.pdf",
        "2026-06-30/mihon/No6_台帳.pdf",
        "2026-06-30/mihon/No7_誓約_例示 花子.pdf",
        "2026-07-06/mihon/No6_台帳.pdf",
        "2026-07-10/mihon/No1_月報_令和8年6月.pdf",
    ]
    assert ran.code == 1, ran.err
    assert "遅れているもの 1 件" in ran.out


def test_each_document_is_typeset_once(first: tuple[Project, Ran]) -> None:
    """One PDF for two folders, and none for what is not due."""
    assert first[1].err.count("deliverables/mihon/6-register.pdf") == 1
    assert "PDF 6/6" in first[1].err
    assert "1-monthly-2026-04" not in first[1].err


def test_list_has_the_hashes_of_the_files(first: tuple[Project, Ran]) -> None:
    """What the list says can be checked."""
    said = _said(first[0])
    assert said["files"]
    for file in said["files"]:
        content = (first[0].root / "due" / file["path"]).read_bytes()
        assert (content[:5], hashlib.sha256(content).hexdigest()) == (b"%PDF-", file["sha256"])


def test_again_from_the_cache_the_same_bytes(made: Project) -> None:
    """Nothing is typeset twice, and nothing changes."""
    before = contents(made.root / "due")
    ran = _pdf(made, "--within", "4w")
    assert "PDF " not in ran.err
    assert contents(made.root / "due") == before


@pytest.mark.slow
def test_same_bytes_as_a_build(first: tuple[Project, Ran], tmp_path: Path) -> None:
    """A build of everything, in another place and without any cache, makes the same files."""
    there = _tracked(tmp_path / "project", {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()})
    ran = there.build("--as-of", TODAY)
    assert ran.code == 0, ran.out + ran.err
    rows = json.loads(there.read("site/deliverables/manifest.json"))
    built = {row["document"]: row["sha256"] for row in rows}
    due = {file["document"]: file["sha256"] for file in _said(first[0])["files"]}
    assert len(due) == 6
    assert due == {name: built[name] for name in due}


def test_what_is_due_no_longer_is_gone(made: Project) -> None:
    """The folder is that of the last question; where nothing is due, its list says so."""
    ran = _pdf(made, "--due-by", "2026-05-31")
    assert (ran.code, ran.out) == (0, "期限の来る、未提出のものはありません。\n")
    assert sorted(contents(made.root / "due")) == ["index.html", "index.json", "目録.csv"]


# --- what is asked for ----------------------------------------------------------------------------------


def _items(made: Project, *arguments: str) -> list[tuple[str, str]]:
    ran = _pdf(made, *arguments, "--format", "json")
    return [(item["deliverable"], item["due"]) for item in json.loads(ran.out)["items"]]


def test_ways_to_ask(made: Project) -> None:
    """By date, by days, by number; together they narrow."""
    assert _items(made, "--due-by", "2026-06-20") == [("1", "2026-06-10"), ("3", "2026-06-20")]
    assert _items(made, "--within", "5d") == _items(made, "--due-by", "令和8年6月20日")
    assert _items(made, "--within", "4w", "--due-by", "2026-06-15") == [("1", "2026-06-10")]
    assert _items(made, "--deliverable", "3", "6", "--deliverable", "register", "--due-by", "2026-06-30") == [
        ("3", "2026-06-20"),
        ("6", "2026-06-30"),
        ("register", "2026-06-30"),
    ]
    assert _items(made, "--deliverable", "6") == [("6", "2026-06-30"), ("6", "2026-07-06")]


def test_one_contract_of_several(tmp_path: Path) -> None:
    """Only that contract is looked at; with several, each has its own folder below the date."""
    there = _tracked(tmp_path, OTHER)
    _pdf(there, "--contract", "other", "--deliverable", "6", "--due-by", "2026-06-30")
    assert [file["path"] for file in _said(there)["files"]] == ["2026-06-30/other/No6_台帳.pdf"]
    ran = _pdf(there, "--deliverable", "6", "--due-by", "2026-06-30")
    assert [file["path"] for file in _said(there)["files"]] == [
        "2026-06-30/mihon/No6_台帳.pdf",
        "2026-06-30/other/No6_台帳.pdf",
    ]
    assert ran.code == 0, ran.out


def test_out_says_where(made: Project, tmp_path: Path) -> None:
    """Any empty folder, also outside of the project."""
    ran = _pdf(made, "--deliverable", "6", "--out", str(tmp_path / "提出"))
    assert ran.code == 0
    assert (tmp_path / "提出/2026-06-30/mihon/No6_台帳.pdf").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "どの PDF を作るか"),
        (["--within", "1m"], "1m は日数ではありません（例: 14d、2w）"),
        (["--due-by", "2026-02-30"], "存在しない日付"),
        (["--deliverable", "9"], "納品物件「9」がありません。あるのは: 1、2、3"),
        (["--contract", "nowhere"], "契約「nowhere」がありません"),
        (["--within", "1w", "--out", "data"], "nohin が作ったのではないもの"),
        (["--within", "1w", "--out", "."], "プロジェクトそのものを含む"),
    ],
)
def test_misuse(first: tuple[Project, Ran], arguments: list[str], said: str) -> None:
    """Exit code 2, before anything is made."""
    there = first[0]
    found = [
        str(there.root / one) if before == "--out" else one
        for before, one in zip(["", *arguments], arguments, strict=False)
    ]
    before = contents(there.root / "due")
    ran = _pdf(there, *found)
    assert ran.code == 2
    assert said in ran.err
    assert contents(there.root / "due") == before


def test_far_end_of_time(first: tuple[Project, Ran]) -> None:
    """A span that leads beyond the calendar ends with it."""
    ran = _pdf(first[0], "--within", "9999d", "--deliverable", "nothing", today="9999-01-01")
    assert ran.code == 2
    assert "納品物件「nothing」がありません" in ran.err


# --- how things are -------------------------------------------------------------------------------------


def test_all_ready_is_zero(made: Project) -> None:
    """What is half way, made by hand or still ahead needs nobody."""
    ran = _pdf(made, "--deliverable", "5", "6", "7")
    assert ran.code == 0, ran.out
    assert "nohin では作らないもの 1 件" in ran.out


@pytest.mark.parametrize(("number", "said"), [("1", "遅れている"), ("3", "承認がない"), ("4", "記録が足りない")])
def test_what_needs_somebody_is_one(made: Project, number: str, said: str) -> None:
    """Late, not approved, without its record; the report says which."""
    ran = _pdf(made, "--deliverable", number, "--due-by", "2026-06-30")
    assert ran.code == 1
    assert f"{said}もの 1 件" in ran.out


def test_with_errors_nothing_is_written_but_the_report_is_given(made: Project) -> None:
    """The problem with its place, what a record leaves out, and what has only to wait for it."""
    asked = FILES[DELIVERABLES].replace("documents: [letter]\n", "documents: [letter]\n    contents: [原因]\n")
    made.write({DELIVERABLES: asked})
    before = contents(made.root / "due")
    ran = _pdf(made, "--due-by", "2026-06-30")
    assert ran.code == 1
    assert f"{INCIDENTS}/2026-001.yml:1:1: error DOC001" in ran.err
    assert "記録が足りないもの 2 件" in ran.out
    assert "記載事項「原因」がありません" in ran.out
    assert "データの誤りのため作らなかったもの 5 件" in ran.out
    assert contents(made.root / "due") == before


def test_error_elsewhere_is_one_though_nothing_is_due(made: Project) -> None:
    """Nobody can say what is due of data that are wrong."""
    made.write({f"{CONTRACT}/plan.yml": "tasks: 1\n"})
    assert _pdf(made, "--due-by", "2026-05-31").code == 1


def test_broken_template_leaves_the_folder(made: Project) -> None:
    """A template that cannot be rendered is told at its line."""
    template = "templates/documents/register.html.j2"
    made.write({template: FILES[template].replace("document.title", "document.nothing")})
    before = contents(made.root / "due")
    ran = _pdf(made, "--deliverable", "6")
    assert ran.code == 1
    assert f"{template}:7:1: error TPL002" in ran.err
    assert contents(made.root / "due") == before


def test_broken_template_of_what_is_not_due_is_not_looked_at(made: Project) -> None:
    """Only what is needed is rendered."""
    template = "templates/documents/monthly.html.j2"
    made.write({template: FILES[template].replace("document.title", "document.nothing")})
    assert _pdf(made, "--deliverable", "6").code == 0


def test_undated_duties_are_mentioned(project: Callable[..., Project]) -> None:
    """A range of days leaves them out; that is said, not hidden."""
    undated = "  - no: '8'\n    title: 速報\n    due: [{event: incidents, undated: 直ちに}]\n"
    there = project(files({DELIVERABLES: FILES[DELIVERABLES] + undated}))
    ran = _pdf(there, "--due-by", "2026-05-31")
    assert "日付のない義務が 1 件残っています" in ran.err


def test_returned_paper_is_due_again(made: Project) -> None:
    """差戻し: it is made again for the same date."""
    returned = FILES[SUBMISSIONS].replace("date: 2026-05-08\n", "date: 2026-05-08\n    returned: 2026-05-12\n")
    made.write({SUBMISSIONS: returned})
    ran = _pdf(made, "--due-by", "2026-05-31")
    assert [file["path"] for file in _said(made)["files"]] == ["2026-05-10/mihon/No1_月報_令和8年4月.pdf"]
    assert "差戻し" in ran.out
