"""`nohin remind`: thirty, seven and one day before, and once when it is late; what was told is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.owed import FILES, SUBMISSIONS, files
from tests.support import CONTRACT, Project, Ran, contents


@pytest.fixture
def there(project: Callable[..., Project]) -> Project:
    """The project, nobody told of anything yet."""
    return project(files())


def _remind(there: Project, today: str, *arguments: str) -> Ran:
    return there.run("remind", *arguments, "--as-of", today)


def _told(ran: Ran) -> list[str]:
    """Head of a part, then the dates of its rows."""
    lines = (line for line in ran.lines if line.startswith(("## ", "| 2")))
    return [line[3:] if line.startswith("#") else line[2:12] for line in lines]


def test_course_of_a_few_weeks(there: Project) -> None:
    """Each date at each mark, once; a run that was left out is made up for by the next."""
    assert _told(_remind(there, "2026-05-10")) == []
    assert _told(_remind(there, "2026-05-11")) == ["30日以内", "2026-06-10"]
    assert _told(_remind(there, "2026-05-12")) == []
    late = _told(_remind(there, "2026-06-14"))
    assert late == ["期日を過ぎたもの", "2026-06-10", "7日以内", "2026-06-20", "30日以内", *late[5:]]
    assert late[5:] == ["2026-06-22", *["2026-06-30"] * 5, "2026-07-06", "2026-07-10"]
    assert _told(_remind(there, "2026-06-14")) == []
    assert _told(_remind(there, "2026-06-15")) == ["7日以内", "2026-06-22"]


def test_state_is_kept_beside_the_data_or_where_it_is_said(there: Project, tmp_path: Path) -> None:
    """CI keeps the file; two files are two memories."""
    assert _remind(there, "2026-06-15").out
    assert json.loads(there.read("reminders.json"))["made_by"] == "nohin remind"
    other = tmp_path / "state/told.json"
    assert _remind(there, "2026-06-15", "--state", str(other)).out
    assert other.read_text(encoding="utf-8") == there.read("reminders.json")


def test_state_changes_only_when_something_is_told_or_settled(there: Project) -> None:
    """No commit of CI without a reason."""
    _remind(there, "2026-06-15")
    before = there.read("reminders.json")
    _remind(there, "2026-06-16")
    assert there.read("reminders.json") == before
    handed = "  - deliverable: '1'\n    due: 2026-06-10\n    date: 2026-06-16\n"
    there.write({SUBMISSIONS: FILES[SUBMISSIONS] + handed})
    assert _remind(there, "2026-06-16").out == ""
    assert '"due": "2026-06-10"' in before
    assert '"due": "2026-06-10"' not in there.read("reminders.json")


def test_dry_run_tells_and_keeps_nothing(there: Project) -> None:
    """To see what would be told."""
    first = _remind(there, "2026-06-15", "--dry-run")
    assert first.out
    assert not (there.root / "reminders.json").exists()
    assert _remind(there, "2026-06-15").out == first.out


def test_one_contract_leaves_the_memory_of_the_others(there: Project) -> None:
    """An issue for each contract, one file for all."""
    other = {
        path.replace("/mihon/", "/other/"): text
        for path, text in FILES.items()
        if path.startswith(CONTRACT) and not path.endswith("submissions.yml")
    }
    there.write(other)
    assert "mihon/" not in _remind(there, "2026-06-15", "--contract", "other").out
    assert "other/" not in _remind(there, "2026-06-15", "--contract", "mihon").out
    assert _remind(there, "2026-06-15").out == ""


def test_errors_of_one_contract_do_not_silence_the_others(there: Project) -> None:
    """What is broken is told of once it is mended, and not as if it were new."""
    other = {path.replace("/mihon/", "/other/"): text for path, text in FILES.items() if path.startswith(CONTRACT)}
    there.write(other)
    _remind(there, "2026-05-11")
    broken = {f"{CONTRACT}/deliverables.yml": "deliverables: 1\n"}
    ran = there.write(broken) and _remind(there, "2026-06-15")
    assert (ran.code, "other/" in ran.out, "mihon/" in ran.out) == (1, True, False)
    assert "誤りがあるため知らせない契約: mihon。" in ran.err
    there.write({path: FILES[path] for path in broken})
    ran = _remind(there, "2026-06-15")
    assert (ran.code, "other/" in ran.out, "mihon/" in ran.out) == (0, False, True)
    assert _told(_remind(there, "2026-06-15")) == []


def test_markdown_names_nobody_and_links_to_the_site(there: Project) -> None:
    """What is missing is told by records and fields, never by people."""
    ran = _remind(there, "2026-06-15", "--site", "https://example.jp/nohin")
    assert "見本 太郎" not in ran.out
    assert "例示 花子" not in ran.out
    assert "](https://example.jp/nohin/mihon/deadlines.html#d-" in ran.out
    assert "記録が足りません<br>この期限の元になる通知・協議の記録がありません" in ran.out
    assert ran.code == 0


def test_json(there: Project) -> None:
    """The same for a machine, kept in the same way."""
    rows = json.loads(_remind(there, "2026-06-15", "--format", "json").out)
    assert [(row["due"], row["marks"]) for row in rows][:2] == [
        ("2026-06-10", [30, 7, 1, -1]),
        ("2026-06-20", [30, 7]),
    ]
    assert json.loads(_remind(there, "2026-06-15", "--format", "json").out) == []


def test_with_errors_nothing_is_told_and_nothing_forgotten(there: Project) -> None:
    """What cannot be read would look as if it were settled."""
    _remind(there, "2026-05-11")
    before = contents(there.root)
    there.write({f"{CONTRACT}/deliverables.yml": "deliverables: 1\n"})
    ran = _remind(there, "2026-06-15")
    assert (ran.code, ran.out) == (1, "")
    assert "error" in ran.err
    assert there.read("reminders.json").encode() == before["reminders.json"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--site", "javascript:alert(1)"], "https:// か http:// で始まる場所ではありません"),
        (["--site", "https://example.jp/) [x](y"], "https:// か http:// で始まる場所ではありません"),
        (["--contract", "nowhere"], "契約「nowhere」がありません"),
    ],
)
def test_misuse(there: Project, arguments: list[str], said: str) -> None:
    """Exit code 2, and nothing kept."""
    ran = _remind(there, "2026-06-15", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (there.root / "reminders.json").exists()


def test_damaged_memory_is_misuse(there: Project) -> None:
    """Half a file is not the beginning of a new one."""
    there.write({"reminders.json": "<<<<<<< HEAD\n"})
    ran = _remind(there, "2026-06-15")
    assert (ran.code, ran.out) == (2, "")
    assert "控えとして読めません" in ran.err
    assert there.read("reminders.json") == "<<<<<<< HEAD\n"
