"""`nohin fmt`: which files change, which are left alone, and what is never lost."""

from __future__ import annotations

import os
from collections.abc import Callable

from generator.intake.yamltext import parse
from tests.support import CONTRACT, Project, contents, run, whole_project

PLAN = f"{CONTRACT}/plan.yml"
STAFF = f"{CONTRACT}/staff.yml"
MIXED = """\
# 計画
tasks:
  # 点検
  - title: 定期点検  # 題
    # 毎月
    each: month
    id: inspection
    clauses: [1-1]
    role: manager
"""
SORTED = """\
# 計画
tasks:
  # 点検
  - id: inspection
    title: 定期点検  # 題
    # 毎月
    each: month
    role: manager
    clauses: [1-1]
"""


def test_keys_are_put_in_order_and_the_files_are_named(project: Callable[..., Project]) -> None:
    """What changed is the report; a second run has nothing to do, and the check says what it said before."""
    there = project(whole_project({PLAN: MIXED}))
    before = there.check()
    ran = there.run("fmt")
    assert (ran.code, ran.lines) == (0, [PLAN])
    assert ran.err == "11 ファイルのうち 1 ファイルのキーを並べ替えました\n"
    assert there.read(PLAN) == SORTED
    assert (there.run("fmt").out, there.check().out) == ("", before.out)


def test_check_writes_nothing(project: Callable[..., Project]) -> None:
    """`--check` names what would change and ends with 1; where nothing would, with 0."""
    there = project(whole_project({PLAN: MIXED}))
    before = contents(there.root)
    ran = there.run("fmt", "--check")
    assert (ran.code, ran.lines, ran.err) == (1, [PLAN], "11 ファイルのうち 1 ファイルが変わります\n")
    assert contents(there.root) == before
    there.write({PLAN: SORTED})
    ran = there.run("fmt", "--check")
    assert (ran.code, ran.out, ran.err) == (0, "", "11 ファイルとも、書き替えるところはありません\n")


def test_file_with_problems_is_named_and_left_alone(project: Callable[..., Project]) -> None:
    """A problem is told at its line; the other files are put in order."""
    broken = MIXED.replace("each: month", "eech: month")
    there = project(whole_project({PLAN: broken, STAFF: "people:\n  - name: 甲\n    id: p1\n"}))
    ran = there.run("fmt")
    assert (ran.code, ran.lines) == (1, [STAFF])
    assert f"{PLAN}:6:5: error SCH002 「eech」という項目はありません（each ではありませんか）\n" in ran.err
    assert ran.err.endswith("1 ファイルのキーを並べ替えました。誤りのある 1 ファイルはそのままです\n")
    assert there.read(PLAN) == broken


def test_a_way_of_writing_that_is_not_known_is_told(project: Callable[..., Project]) -> None:
    """Where lines cannot change places, a person has to."""
    odd = "tasks:\n  - ? title\n    : 定期点検\n    ? id\n    : inspection\n"
    there = project(whole_project({PLAN: odd}))
    ran = there.run("fmt", PLAN)
    assert (ran.code, there.read(PLAN)) == (1, odd)
    assert "error YML009 この書き方は並べ替えられません" in ran.err


def test_only_what_is_named_changes(project: Callable[..., Project]) -> None:
    """Files and folders, as one stands or as the project names them; what lies outside is refused."""
    there = project(whole_project({PLAN: MIXED, "data/vendors/mihon-sha.yml": "sample: true\nname: 見本社\n"}))
    assert there.run("fmt", "--check", "data/vendors").lines == ["data/vendors/mihon-sha.yml"]
    assert there.run("fmt", "--check", str(there.root / PLAN)).lines == [PLAN]
    assert len(there.run("fmt", "--check", ".").lines) == 2
    ran = there.run("fmt", "data/none.yml")
    assert (ran.code, ran.err) == (2, "nohin: data/none.yml がありません\n")
    ran = there.run("fmt", str(there.root.parent))
    assert (ran.code, "プロジェクトの外です" in ran.err) == (2, True)
    ran = there.run("fmt", f"{there.root}/{CONTRACT}/../../../templates")
    assert ran.code == 2


def test_paths_are_taken_from_the_folder_one_stands_in(project: Callable[..., Project]) -> None:
    """An editor in a subfolder names its file as it sees it."""
    there = project(whole_project({PLAN: MIXED}))
    here = os.getcwd()
    try:
        os.chdir(there.root / CONTRACT)
        assert run("fmt", "--check", "--project", "../../..", "plan.yml").lines == [PLAN]
    finally:
        os.chdir(here)


def test_rights_of_a_file_stay(project: Callable[..., Project]) -> None:
    """A file is written anew with the rights that it had."""
    there = project(whole_project({PLAN: MIXED}))
    (there.root / PLAN).chmod(0o600)
    there.run("fmt")
    assert (there.root / PLAN).stat().st_mode & 0o777 == 0o600


def test_a_key_added_at_the_end_of_a_draft_goes_to_its_place(project: Callable[..., Project]) -> None:
    """Hints of a draft stay where they stand in the schema, whatever is written behind them."""
    there = project(whole_project())
    answers = ("--set", "title=通知", "--set", "contacted=2026-06-16 10:05")
    path = there.run("new", "incidents", *answers).lines[0]
    draft = there.read(path)
    there.write({path: f"{draft}occurred: 2026-06-16 9:50\nsymptom: 届かない\n"})
    assert there.run("fmt").lines == [path]
    text = there.read(path)
    assert sorted(text.splitlines()) == sorted([*draft.splitlines(), "occurred: 2026-06-16 9:50", "symptom: 届かない"])
    keys = [line.removeprefix("# ").partition(":")[0] for line in text.splitlines()[1:] if not line.startswith("#  ")]
    assert list(dict.fromkeys(keys)) == [
        key.partition(":")[0].removeprefix("# ") for key in draft.splitlines()[1:] if not key.startswith("#  ")
    ]
    assert list(parse(text.encode(), path).value) == ["title", "occurred", "contacted", "symptom"]
