"""改訂履歴 of a document, from real repositories in every state they come in."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from generator.documents.render import environment
from generator.documents.templates import TemplateFolders
from generator.history.log import read
from generator.history.revisions import BACK, BEFORE, CUT, OUTSIDE, UNKNOWN, Revision, Revisions, of_document
from generator.intake.repository import Repository
from tests.support import CONTRACT, ROOT, Project, git, whole_project

PLAN, STAFF, OTHER = f"{CONTRACT}/plan.yml", f"{CONTRACT}/staff.yml", f"{CONTRACT}/clauses.yml"
SOURCES = [PLAN, STAFF]
Make = Callable[..., Project]


def _revisions(root: Path) -> Revisions:
    return of_document(read(Repository.at(root)), SOURCES)


@pytest.fixture
def tracked(project: Make) -> Project:
    """Three commits, two of which touched the document's data."""
    there = project(whole_project())
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    _edit(there, STAFF, "label: 障害連絡", "label: 緊急連絡")
    there.commit("担当を改める", "2026-05-07T09:00:00+09:00", "例示 花子")
    _edit(there, OTHER, "heading: 報告", "heading: 連絡")
    there.commit("別件", "2026-05-08T09:00:00+09:00")
    return there


def _edit(there: Project, path: str, old: str, new: str) -> None:
    text = there.read(path)
    assert old in text
    there.write({path: text.replace(old, new)})


def test_editions_are_numbered_from_the_first(tracked: Project) -> None:
    """Each commit that touched a document's data is an edition: number, day, part, reason, author."""
    revisions = _revisions(tracked.root)
    assert [(e.number, e.date, e.part, e.reason, e.author) for e in revisions.editions] == [
        (1, dt.date(2026, 4, 1), "新規作成", "初版", "見本 太郎"),
        (2, dt.date(2026, 5, 7), "体制（連絡の経路）", "担当を改める", "例示 花子"),
    ]
    assert (revisions.label, revisions.note) == ("第2版", None)


def test_file_that_came_later_is_new_in_its_edition(tracked: Project) -> None:
    """Only the first edition is new as a whole."""
    plan = tracked.read(PLAN)
    tracked.write({PLAN: None}).commit("消す", "2026-05-09T09:00:00+09:00")
    tracked.write({PLAN: plan}).commit("戻す", "2026-05-10T09:00:00+09:00")
    assert [edition.part for edition in _revisions(tracked.root).editions] == [
        "新規作成",
        "体制（連絡の経路）",
        "年間計画（削除）",
        "年間計画（新規）",
    ]


def test_uncommitted_change_is_unsettled(tracked: Project) -> None:
    """What is not committed yet is an edition without date, author and commit, and says so."""
    _edit(tracked, PLAN, "定期点検", "月次点検")
    revisions = _revisions(tracked.root)
    assert revisions.label == "第3版（未確定）"
    assert revisions.latest is not None
    assert (revisions.latest.date, revisions.latest.author, revisions.latest.commit) == (None, "", None)
    assert revisions.latest.part == "年間計画"


def test_outside_git_and_without_commits(project: Make) -> None:
    """A document outside git has no editions, and says why; so does one in a repository without commits."""
    there = project(whole_project())
    for _ in range(2):
        revisions = _revisions(there.root)
        assert (revisions.label, revisions.editions, revisions.note) == ("版なし", (), OUTSIDE)
        there.git("init", "-q")


def test_data_that_git_was_told_to_ignore(tracked: Project) -> None:
    """A document of which no file was ever committed does not look as if it were in order."""
    tracked.write({".gitignore": "*.yml\n", f"{CONTRACT}/records/work/1.yml": "title: x\n"})
    revisions = of_document(read(Repository.at(tracked.root)), [f"{CONTRACT}/records/work/1.yml"])
    assert (revisions.label, revisions.note) == ("版なし", UNKNOWN)


def test_machine_without_git(project: Make, tmp_path: Path) -> None:
    """Where there is no git at all, a check runs and a build tells that there is no history."""
    there = project(whole_project())
    (tmp_path / "bin").mkdir()
    code = (
        "from pathlib import Path\nfrom generator.history.log import read\n"
        "from generator.intake.repository import Repository\n"
        f"print(read(Repository.at(Path({str(there.root)!r}))).tracked)"
    )
    environment = {**os.environ, "PATH": str(tmp_path / "bin"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("False\n", "")


def test_shallow_clone_says_so(tracked: Project, tmp_path: Path) -> None:
    """A history that was cut off is not passed off as the whole: neither its first edition nor its end."""
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tracked.root}", str(tmp_path / "shallow"))
    revisions = _revisions(tmp_path / "shallow")
    assert (revisions.label, revisions.note) == ("第1版", CUT)
    assert [edition.part for edition in revisions.editions] == [BEFORE]


def test_dates_that_run_backwards_are_said_to(tracked: Project) -> None:
    """Editions stand in the order in which they entered the history, each with its own day."""
    _edit(tracked, PLAN, "定期点検", "月次点検")
    tracked.commit("前に書いたもの", "2026-04-15T09:00:00+09:00")
    revisions = _revisions(tracked.root)
    assert [(e.number, e.date) for e in revisions.editions if e.date] == [
        (1, dt.date(2026, 4, 1)),
        (2, dt.date(2026, 5, 7)),
        (3, dt.date(2026, 4, 15)),
    ]
    assert revisions.note == BACK


def test_editions_keep_their_numbers_when_a_branch_is_merged(tracked: Project) -> None:
    """第2版 that was handed over stays 第2版, although the branch that is merged later is older."""
    before = _revisions(tracked.root).editions
    tracked.git("checkout", "-q", "-b", "side", "HEAD~2")
    _edit(tracked, PLAN, "定期点検", "月次点検")
    tracked.commit("枝で直す", "2026-04-02T09:00:00+09:00")
    tracked.git("checkout", "-q", "main")
    tracked.git("merge", "-q", "--no-ff", "-m", "取り込む", "side")
    after = _revisions(tracked.root).editions
    assert after[: len(before)] == before
    assert [edition.reason for edition in after[len(before) :]] == ["枝で直す"]


def test_contract_that_moved(tracked: Project) -> None:
    """A contract under another folder keeps its editions; the move itself is one and changes nothing that is said."""
    tracked.git("mv", CONTRACT, "data/contracts/new")
    tracked.commit("契約の名を改める", "2026-06-01T09:00:00+09:00")
    sources = [path.replace(CONTRACT, "data/contracts/new") for path in SOURCES]
    revisions = of_document(read(Repository.at(tracked.root)), sources)
    assert [(e.number, e.reason, e.part) for e in revisions.editions] == [
        (1, "初版", "新規作成"),
        (2, "担当を改める", "体制（連絡の経路）"),
        (3, "契約の名を改める", "年間計画（ファイル名）、体制（ファイル名）"),
    ]


def test_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """The parts are found where the project does not lie at the top."""
    there = Project(tmp_path / "業務 [2026]").write(whole_project())
    git(tmp_path, "init", "-q", "-b", "main")
    there.commit("初版")
    _edit(there, STAFF, "label: 障害連絡", "label: 緊急連絡")
    there.commit("直す")
    assert [edition.part for edition in _revisions(there.root).editions] == ["新規作成", "体制（連絡の経路）"]


def test_documents_of_the_same_data_share_their_editions(tracked: Project) -> None:
    """What is worked out for one document is not worked out again for the next, whatever the order of its files."""
    history = read(Repository.at(tracked.root))
    assert of_document(history, SOURCES) is of_document(history, SOURCES[::-1])
    assert of_document(history, SOURCES) is not of_document(history, [PLAN])


@pytest.mark.parametrize(("count", "left_out"), [(1, []), (12, []), (13, []), (14, [2, 3]), (30, [*range(2, 20)])])
def test_editions_that_paper_leaves_out(count: int, left_out: list[int]) -> None:
    """The first edition and the latest ones fit on a sheet; all stand on the page."""
    editions = tuple(Revision(n, None, "見本 太郎", f"{n}回目", str(n), "体制（人）") for n in range(1, count + 1))
    revisions = Revisions(editions)
    assert [edition.number for edition in revisions.left_out] == left_out
    env = environment(TemplateFolders(ROOT))
    paper, page = (
        html.fromstring(env.get_template("layouts/revisions.html.j2").render(revisions=revisions, **more))
        for more in ({}, {"title": "文書"})
    )
    assert len(page.xpath("//tbody/tr")) == count
    assert len(paper.xpath("//tbody/tr")) == count - len(left_out) + bool(left_out)
    if left_out:
        (row,) = paper.xpath("//tr[th='略']")
        assert row.xpath("string(td)").startswith(f"第{left_out[0]}版から第{left_out[-1]}版までの{len(left_out)}版")


def test_table_says_what_is_missing(tracked: Project) -> None:
    """Every edition has all its cells: where git knows nothing, it is said."""
    _edit(tracked, PLAN, "定期点検", "月次点検")
    tracked.git("commit", "-q", "-a", "--allow-empty-message", "-m", "")
    _edit(tracked, PLAN, "月次点検", "毎月の点検")
    env = environment(TemplateFolders(ROOT))
    table = html.fromstring(env.get_template("layouts/revisions.html.j2").render(revisions=_revisions(tracked.root)))
    rows = [[cell.text_content() for cell in row] for row in table.xpath("//tbody/tr")]
    assert rows[2:] == [
        ["第3版", "令和8年4月1日", "年間計画（作業）", "（記載なし）", "見本 太郎"],
        ["第4版", "未確定", "年間計画", "まだコミットされていない変更を含む", "―"],
    ]
