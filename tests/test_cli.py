"""The command as it is typed: reports on stdout, talk on stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import CONTRACT, MINIMAL, WHOLE, Project, contents, run, run_apart, swapped, whole_project

BROKEN = swapped(f"{CONTRACT}/plan.yml", "role: manager", "role: boss")
PROBLEM = {
    "path": f"{CONTRACT}/plan.yml",
    "line": 5,
    "column": 11,
    "severity": "error",
    "code": "REF001",
    "message": "役割「boss」がありません",
    "hint": "staff.yml の roles に書いてください。今あるもの: manager、supervisor",
}
WARNED = {f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"].replace("signed: 2026-04-01\n", "")} | swapped(
    f"{CONTRACT}/deliverables.yml", "within: 2 weeks of event.restored", "within: 7 days of contract.signed"
)


def test_a_call_leaves_the_process_as_it_was(project: Callable[..., Project]) -> None:
    """Looking for garbage is put off for a command only; a process that lives on keeps looking, at everything."""
    before = gc.get_threshold(), gc.get_freeze_count()
    assert project(whole_project()).check().code == 0
    assert (gc.get_threshold(), gc.get_freeze_count()) == before


# --- check --------------------------------------------------------------------------------------------


def test_check_of_a_clean_project(project: Callable[..., Project]) -> None:
    """Nothing to report: an empty report, a word on stderr, exit 0."""
    ran = project(whole_project()).check()
    assert (ran.code, ran.out, ran.err) == (0, "", "誤りはありません\n")


def test_check_text(project: Callable[..., Project]) -> None:
    """A line a problem on stdout, the count on stderr, exit 1."""
    ran = project(whole_project(BROKEN)).check()
    assert ran.out == (
        f"{CONTRACT}/plan.yml:5:11: error REF001 役割「boss」がありません"
        "（staff.yml の roles に書いてください。今あるもの: manager、supervisor）\n"
    )
    assert (ran.code, ran.err) == (1, "誤り 1 件、注意 0 件\n")


def test_check_json(project: Callable[..., Project]) -> None:
    """`{path, line, column, severity, code, message, hint}`, as DESIGN section 7 fixes."""
    ran = project(whole_project(BROKEN)).check("--format", "json")
    assert json.loads(ran.out) == [PROBLEM]
    assert ran.code == 1


def test_check_json_of_a_clean_project(project: Callable[..., Project]) -> None:
    """A program reads an empty list, not an empty text."""
    ran = project(whole_project()).check("--format", "json")
    assert (json.loads(ran.out), ran.code) == ([], 0)


def test_check_github(project: Callable[..., Project]) -> None:
    """Annotations of the lines of a pull request."""
    ran = project(whole_project(BROKEN)).check("--format", "github")
    assert ran.out == (
        f"::error file={CONTRACT}/plan.yml,line=5,col=11,title=REF001::役割「boss」がありません"
        "（staff.yml の roles に書いてください。今あるもの: manager、supervisor）\n"
    )
    assert ran.code == 1


def test_warnings_alone_do_not_fail(project: Callable[..., Project]) -> None:
    """What is worth a look is told, and exit is 0."""
    ran = project(whole_project(WARNED)).check()
    assert [line.split(" ")[1] for line in ran.lines] == ["warning"]
    assert (ran.code, ran.err) == (0, "誤り 0 件、注意 1 件\n")


@pytest.mark.parametrize("changes", [{}, BROKEN], ids=["clean", "broken"])
@pytest.mark.parametrize("shape", ["text", "json", "github"])
def test_check_writes_nothing(project: Callable[..., Project], changes: dict[str, str], shape: str) -> None:
    """A check leaves the project as it found it, down to the times of its folders."""
    there = project(whole_project(changes))
    before, times = contents(there.root), {p: p.stat().st_mtime_ns for p in there.root.rglob("*")}
    there.check("--format", shape)
    assert contents(there.root) == before
    assert {p: p.stat().st_mtime_ns for p in there.root.rglob("*")} == times


def test_check_names_no_place_on_this_machine(project: Callable[..., Project]) -> None:
    """A report can be given away: it names files as the project does."""
    there = project(whole_project({**BROKEN, f"{CONTRACT}/notes.yml": "x: 1\n"}))
    assert str(there.root) not in there.check().out


def test_check_as_a_command(project: Callable[..., Project]) -> None:
    """`python -m generator` is the same, whatever the locale of the terminal."""
    there = project(whole_project(BROKEN))
    for settings in ({"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp932"}):
        ran = run_apart("check", "--format", "github", cwd=there.root, **settings)
        assert ran.code == 1, ran.err
        assert "title=REF001" in ran.out
        assert "Traceback" not in ran.err


# --- misuse ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["check", "due", "clauses", "build"])
def test_folder_without_data(tmp_path: Path, command: str) -> None:
    """A folder that is no project is misuse, told in Japanese."""
    ran = run(command, "--project", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"nohin: {tmp_path} に data/ がありません。--project でプロジェクトを指すか、nohin init で作ってください\n"
    )
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("command", ["due", "clauses"])
def test_unknown_contract(project: Callable[..., Project], command: str) -> None:
    """A contract that is not there is misuse; those that are there are named."""
    ran = project(whole_project()).run(command, "--contract", "nothing")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "nohin: 契約「nothing」がありません。あるのは: mihon\n"


def test_broken_contract_is_not_merely_missing(project: Callable[..., Project]) -> None:
    """A contract whose file cannot be read is not there; why, is told first."""
    ran = project(whole_project({f"{CONTRACT}/contract.yml": "- x\n"})).run("due", "--contract", "mihon")
    assert ran.code == 2
    assert ran.err.splitlines()[0].startswith(f"{CONTRACT}/contract.yml:1:1: error SCH003")


def test_unknown_contract_to_build(project: Callable[..., Project]) -> None:
    """Building no contract at all is misuse too."""
    ran = project(whole_project()).build("--only", "nothing*")
    assert (ran.code, ran.err) == (2, "nohin: 「nothing*」に当たる契約がありません。あるのは: mihon\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--format", "xml"], "xml"),
        (["due", "--as-of", "2026-02-30"], "2026-02-30 は存在しない日付です（2026年2月は28日までです）"),
        (["due", "--from", "来月"], "来月 は日付ではありません（例: 2026-04-01、令和8年4月1日）"),
        (["nothing"], "nothing"),
        ([], "命令"),
    ],
)
def test_arguments_that_mean_nothing(arguments: list[str], said: str) -> None:
    """Exit 2 with what is wrong."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_dates_of_arguments_may_be_japanese(project: Callable[..., Project]) -> None:
    """A day is given to a command in any way it may be written in data."""
    there = project(whole_project())
    plain = there.run("due", "--as-of", "2026-05-01", "--to", "2026-05-31")
    assert there.run("due", "--as-of", "令和8年5月1日", "--to", "R8.5.31") == plain
    assert plain.out


def test_output_that_is_no_site_is_refused(project: Callable[..., Project]) -> None:
    """A folder with something else in it, or with the project, is never replaced."""
    there = project(whole_project({"mkdocs.yml": "site_name: x\n"}))
    before = contents(there.root / "data")
    for out in (there.root / "data", there.root, there.root.parent):
        ran = there.build("--out", str(out))
        assert ran.code == 2
        assert contents(there.root / "data") == before


# --- reports --------------------------------------------------------------------------------------------


def test_due_json(project: Callable[..., Project]) -> None:
    """The keys of DESIGN section 7, sorted by due date then number."""
    ran = project(whole_project()).run("due", "--contract", "mihon", "--format", "json")
    items = json.loads(ran.out)
    assert ran.code == 0
    assert list(items[0]) == [
        "contract",
        "deliverable",
        "title",
        "scope",
        "medium",
        "period",
        "event",
        "due",
        "due_time",
        "phrase",
        "explanation",
        "readings",
        "flags",
        "closed_day",
        "condition",
        "state",
        "submitted",
        "obligor",
    ]
    dated = [(item["due"], item["deliverable"]) for item in items if item["due"]]
    assert dated == sorted(dated)
    assert ("2026-05-10", "1") in dated
    assert ("2026-05-13", "2") in dated


def test_due_between_days_and_by_state(project: Callable[..., Project]) -> None:
    """Only the dates of the range, only the state asked for."""
    there = project(whole_project())
    within = json.loads(there.run("due", "--from", "2026-06-01", "--to", "2026-07-31", "--format", "json").out)
    assert [item["due"] for item in within] == ["2026-06-10", "2026-07-10"]
    planned = json.loads(there.run("due", "--state", "予定", "--format", "json").out)
    assert {item["state"] for item in planned} == {"予定"}


def test_due_text_and_reasons(project: Callable[..., Project]) -> None:
    """A line an item; with --explain, the steps of the computation below it."""
    there = project(whole_project())
    plain = there.run("due", "--to", "2026-05-31")
    assert plain.lines[0].startswith("2026-05-10（日）")
    assert "作業報告書" in plain.lines[0]
    explained = there.run("due", "--to", "2026-05-31", "--explain")
    assert len(explained.lines) > len(plain.lines)


def test_due_calendar(project: Callable[..., Project]) -> None:
    """An iCalendar feed that any calendar program reads, with CRLF ends as RFC 5545 asks."""
    import icalendar

    ran = project(whole_project()).run("due", "--format", "ics")
    events = icalendar.Calendar.from_ical(ran.out).walk("VEVENT")
    assert len(events) == 13
    assert ran.out.count("\n") == ran.out.count("\r\n")


def test_due_of_broken_data(project: Callable[..., Project]) -> None:
    """What can be computed is given, the problems go to stderr, exit 1."""
    ran = project(whole_project(BROKEN)).run("due", "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out)
    assert "REF001" in ran.err


def test_clauses_json(project: Callable[..., Project]) -> None:
    """The keys of DESIGN section 7; the specification's own clauses have no source."""
    ran = project(whole_project()).run("clauses", "--format", "json")
    rows = json.loads(ran.out)
    assert [(row["contract"], row["source"], row["id"]) for row in rows] == [
        ("mihon", None, "1"),
        ("mihon", None, "1-1"),
        ("mihon", "mihon-terms", "1"),
    ]
    assert rows[1] == {
        "contract": "mihon",
        "source": None,
        "id": "1-1",
        "heading": "報告",
        "obligor": "vendor",
        "kind": "obligation",
        "answered_by": rows[1]["answered_by"],
        "status": "対応あり",
    }
    assert rows[1]["answered_by"][:2] == ["deliverable:1", "record:incidents"]
    assert ran.code == 0


# --- a new project --------------------------------------------------------------------------------------


def test_new_project_checks_clean(tmp_path: Path) -> None:
    """`nohin init` lays out a project without a single problem."""
    made = run("init", str(tmp_path / "new"))
    assert made.code == 0
    assert sorted(made.lines) == sorted(path for path in contents(tmp_path / "new") if not path.startswith(".nohin/"))
    checked = run("check", "--project", str(tmp_path / "new"))
    assert (checked.code, checked.out) == (0, "")


def test_new_project_never_overwrites(tmp_path: Path) -> None:
    """A folder with something in it is left alone."""
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    ran = run("init", str(tmp_path))
    assert ran.code == 2
    assert ran.err == f"nohin: {tmp_path} は空ではありません。新しいフォルダーの名を書いてください\n"
    assert contents(tmp_path) == {"mine.txt": b"x"}


def test_init_into_a_new_repository(tmp_path: Path) -> None:
    """`git init` first and `nohin init .` then is as good as the other way round."""
    (tmp_path / ".git").mkdir()
    assert run("init", str(tmp_path)).code == 0
    assert (tmp_path / "mkdocs.yml").exists()


@pytest.mark.slow
def test_new_project_builds(tmp_path: Path) -> None:
    """`nohin init` and `nohin build` are all it takes."""
    run("init", str(tmp_path / "new"))
    ran = run("build", "--project", str(tmp_path / "new"))
    assert (ran.code, ran.out) == (0, "")
    made = contents(tmp_path / "new/site")
    assert "index.html" in made
    assert any(path.endswith(".pdf") for path in made)


def test_minimal_project_is_minimal(project: Callable[..., Project]) -> None:
    """Each file of the least valid project is needed."""
    for path in MINIMAL:
        ran = project({p: text for p, text in MINIMAL.items() if p != path}, path.replace("/", "-")).check()
        assert (ran.code, ran.out == "") == ((0, True) if path.endswith("contract.yml") else (1, False))
