"""Findings at their lines, as hosts of repositories read them: their form, and paths from the top of the repository."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from generator.problems import Problem, Source, to_gitlab
from tests.support import CONTRACT, Project, git, whole_project

STAFF = f"{CONTRACT}/staff.yml"
BELOW = "契約/保守"
SAID = "「fone」という項目はありません（phone ではありませんか）"


@pytest.fixture
def there(tmp_path: Path) -> Project:
    """A project two folders below the top of its repository, with one mistake that is not committed."""
    there = Project(tmp_path / BELOW).write(whole_project())
    git(tmp_path, "init", "-q", "-b", "main")
    there.commit("初版")
    return there.write({STAFF: there.read(STAFF).replace("phone:", "fone:")})


# --- GitLab's form -------------------------------------------------------------------------------------------


def _broken_rules(report: str) -> Iterator[str]:
    """What GitLab says of a Code Quality report, and where one does not keep to it."""
    found: list[dict[str, Any]] = json.loads(report)
    for one in found:
        if missing := {"description", "check_name", "fingerprint", "severity", "location"} - set(one):
            yield f"without {missing}"
        if not all(isinstance(one[key], str) and one[key] for key in ("description", "check_name", "fingerprint")):
            yield "no text"
        if one["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            yield f"severity {one['severity']}"
        path, line = one["location"]["path"], one["location"]["lines"]["begin"]
        if path.startswith("./") or PurePosixPath(path).is_absolute() or "\\" in path:
            yield f"path {path}"
        if type(line) is not int or line < 1:
            yield f"line {line}"
    if len({one["fingerprint"] for one in found}) != len(found):
        yield "a fingerprint twice"


def test_a_report_keeps_to_gitlabs_rules() -> None:
    """Every key, the words for how grave it is, a relative path, a line, a fingerprint that is nobody else's."""
    problem = Problem(Source("data/a.yml", 3, 5), "SCH001", "必要な項目が\nありません", "name: 見本市")
    again = Problem(Source("data/a.yml", 9, 5), "SCH001", "必要な項目が\nありません", "name: 見本市")
    warning = Problem(Source("data/b.yml", 1, 1), "CHK006", "対応がありません", severity="warning")
    report = to_gitlab([problem, again, warning])
    assert list(_broken_rules(report)) == []
    told = json.loads(report)
    assert [one["severity"] for one in told] == ["critical", "critical", "minor"]
    assert told[0]["description"] == "SCH001 必要な項目が ありません（name: 見本市）"
    assert told[0]["location"] == {"path": "data/a.yml", "lines": {"begin": 3}}
    assert to_gitlab([]) == "[]\n"


def test_a_finding_stays_itself_where_its_line_moves() -> None:
    """GitLab pairs the reports of two branches by the fingerprint: a line above is no new finding."""
    here, lower = (Problem(Source("data/a.yml", line, 5), "SCH001", "ありません") for line in (3, 30))
    (one,), (other,) = (json.loads(to_gitlab([problem])) for problem in (here, lower))
    assert one["fingerprint"] == other["fingerprint"]


# --- paths ---------------------------------------------------------------------------------------------------


def test_check_names_files_from_the_top(there: Project) -> None:
    """For a host the path begins at the top of the repository, in text and JSON at the project."""
    assert there.check("--format", "github").out == (
        f"::error file={BELOW}/{STAFF},line=4,col=5,title=SCH002::{SAID}\n"
    )
    report = there.check("--format", "gitlab").out
    assert (list(_broken_rules(report)), json.loads(report)[0]["location"]["path"]) == ([], f"{BELOW}/{STAFF}")
    assert there.check().out.startswith(f"{STAFF}:4:5: ")
    assert json.loads(there.check("--format", "json").out)[0]["path"] == STAFF
    there.git("add", "-A")
    assert f"file={BELOW}/{STAFF}," in there.check("--staged", "--format", "github").out


def test_preview_names_files_from_the_top(there: Project, tmp_path: Path) -> None:
    """Its annotations too; they go where the option says, and the report says what it always says."""
    place = tmp_path / "codequality.json"
    shown = there.run("preview", "--annotations", "github")
    written = there.run("preview", "--annotations", "gitlab", "--annotations-out", str(place))
    assert f"::error file={BELOW}/{STAFF},line=4," in shown.err
    assert (written.code, written.out, written.err) == (1, shown.out, "")
    report = place.read_text(encoding="utf-8")
    assert (list(_broken_rules(report)), json.loads(report)[0]["location"]["path"]) == ([], f"{BELOW}/{STAFF}")


def test_a_place_for_annotations_alone_is_refused(there: Project) -> None:
    """Without a form nothing could be written there."""
    ran = there.run("preview", "--annotations-out", "x.json")
    assert (ran.code, "--annotations も要ります" in ran.err) == (2, True)


def test_outside_git_paths_begin_at_the_project(tmp_path: Path) -> None:
    """There is no other top."""
    there = Project(tmp_path).write(whole_project())
    there.write({STAFF: there.read(STAFF).replace("phone:", "fone:")})
    assert f"::error file={STAFF}," in there.check("--format", "github").out
    assert f'"path": "{STAFF}"' in there.check("--format", "gitlab").out
