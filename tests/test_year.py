"""`nohin year`: the dates of the next year, what has to be looked at again, and what is never made."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands.rewriting import rewritten
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, ROOT, WHOLE, Project, contents, swapped, whole_project

PLAN = f"{CONTRACT}/plan.yml"
TASKS = """\
# 計画
tasks:
  - id: inspection
    title: 定期点検
    each: month
    role: manager
    clauses: [1-1]
  - id: outage
    title: 停電  # 予定
    dates:
      - 2026-11-16
      - 2027-02-28  # 月末
    count: 年2回
    done: [2026-11-16]
  - id: print
    title: 印刷
    dates: ['2026-05-01', 令和8年6月1日]  # 二回
  - id: once
    title: 移行
    end: 2026-09-30
    each: month
"""
BARE = "tasks:\n  - id: inspection\n    title: 定期点検\n"
LONG = swapped(f"{CONTRACT}/contract.yml", "end: 2027-03-31", "end: 2029-03-31")
AS_OF = ("--as-of", "2026-11-20")


def _rolled(project: Callable[..., Project], plan: str = TASKS, **more: str) -> Project:
    return project(whole_project({PLAN: plan, **LONG, **more}))


def test_dates_are_put_a_year_later_and_marked(project: Callable[..., Project]) -> None:
    """A list in lines and one in brackets; closed days are not moved, the open days around them are told."""
    there = _rolled(project)
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert ran.code == 0, ran.err
    assert there.read(PLAN) == TASKS.replace(
        "    dates:\n      - 2026-11-16\n      - 2027-02-28  # 月末\n",
        "    # 要確認（令和9年度）: 2027-11-16（火）は前年度の 2026-11-16（月）に倣って置いた\n"
        "    # 要確認（令和9年度）: 2028-02-29（火）は前年度の 2027-02-28（日・閉庁日）に倣って置いた\n"
        "    # 要確認（令和9年度）: 仕様書の定めは「年2回」\n"
        "    dates:\n      - 2026-11-16\n      - 2027-02-28  # 月末\n      - 2027-11-16\n      - 2028-02-29\n",
    ).replace(
        "    dates: ['2026-05-01', 令和8年6月1日]  # 二回\n",
        "    # 要確認（令和9年度）: 2027-05-01（土）は前年度の 2026-05-01（金）に倣って置いた。土曜日（根拠: 見本仕様書 1）のため閉庁日。"
        "前の開庁日は 2027-04-30（金）、後の開庁日は 2027-05-03（月）\n"
        "    # 要確認（令和9年度）: 2027-06-01（火）は前年度の 2026-06-01（月）に倣って置いた\n"
        "    dates: ['2026-05-01', 令和8年6月1日, 2027-05-01, 2027-06-01]  # 二回\n",
    ).replace(
        "    end: 2026-09-30\n",
        "    # 要確認（令和9年度）: この作業は令和8年9月30日に終わり、翌年度の計画には載らない。続けるか\n    end: 2026-09-30\n",
    )
    assert there.check().code == 0


def test_nothing_is_written_unless_it_is_asked_for(project: Callable[..., Project]) -> None:
    """The difference is shown first."""
    there = _rolled(project)
    before = contents(there.root)
    ran = there.run("year", "mihon", *AS_OF)
    assert ran.code == 0
    assert "+      - 2027-11-16\n" in ran.out
    assert f"--- {PLAN}\n+++ {PLAN}\n" in ran.out
    assert "  outage 停電　2027-11-16 2028-02-29\n" in ran.out
    assert f"  {PLAN}:10: 2027-11-16（火）は" in ran.out
    assert ran.err == "1 ファイルが変わります。書き込むには --write を付けてください\n"
    assert contents(there.root) == before


def test_a_second_run_changes_nothing(project: Callable[..., Project]) -> None:
    """What was rolled stays, also where somebody has chosen another day or gone on writing in a mark."""
    there = _rolled(project)
    there.run("year", "mihon", "--write", *AS_OF)
    there.write(
        {PLAN: there.read(PLAN).replace("- 2027-11-16\n", "- 2027-11-18\n").replace("続けるか", "続ける。契約変更待ち")}
    )
    before = contents(there.root)
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert (ran.code, ran.err) == (0, "書き替えるところはありません\n")
    assert "要確認 6 件:\n" in ran.out
    assert "続ける。契約変更待ち\n" in ran.out
    assert contents(there.root) == before


def test_people_certificates_training_and_the_checklist_are_marked(project: Callable[..., Project]) -> None:
    """Whatever ends before the next year does is marked at its line, in the file it stands in."""
    staff = swapped(
        f"{CONTRACT}/staff.yml",
        "    start: 2026-04-01\n",
        "    start: 2026-04-01\n    end: 2027-06-30\ntraining:\n  - person: p1\n    date: 2026-03-20\n    title: 教育\n",
    )
    vendor = {
        "data/vendors/mihon-sha.yml": "name: 見本社\nsample: true\ncertifications:\n  - name: 認証\n    expires: 2028-03-30\n"
    }
    checklist = swapped(f"{CONTRACT}/checklist.yml", "officer", "period: {start: 2026-04-01, end: 2027-03-31}\nofficer")
    there = _rolled(project, BARE, **staff, **vendor, **checklist)
    ran = there.run("year", "mihon", "--write", *AS_OF)
    marks = [line.strip() for line in ran.lines if line.startswith(("  data/",))]
    assert marks == [
        f"{CONTRACT}/checklist.yml:1: 確認の期間は令和9年3月31日まで。期間を改め、回答 1 件を確かめ直す",
        f"{CONTRACT}/staff.yml:16: 見本 太郎の任命は令和9年6月30日に終わる。翌日からこの役割に就く者が任命されていない",
        f"{CONTRACT}/staff.yml:20: 見本 太郎の教育は令和8年3月20日が最後である",
        "data/vendors/mihon-sha.yml:5: 認証は令和10年3月30日に切れる。更新したら有効期限を書き替える",
    ]
    for mark in marks:
        path, line, said = mark.split(":", 2)
        assert there.read(path).splitlines()[int(line) - 1].strip() == f"# 要確認（令和9年度）:{said}"


def test_what_goes_on_by_itself_is_not_marked(project: Callable[..., Project]) -> None:
    """A successor, a renewed certificate, this year's training, a checklist of next year, a date a year ahead."""
    staff = swapped(
        f"{CONTRACT}/staff.yml",
        "    start: 2026-04-01\n",
        "    start: 2026-04-01\n    end: 2027-06-30\n  - person: p1\n    role: manager\n    start: 2027-07-01\n"
        "training:\n  - person: p1\n    date: 2026-03-20\n    title: 教育\n",
    )
    training = {
        f"{CONTRACT}/records/trainings/2026-001.yml": "title: 教育\nkind: education\nheld: 2026-10-01\nattendees: [p1]\n"
    }
    vendor = {
        "data/vendors/mihon-sha.yml": "name: 見本社\nsample: true\ncertifications:\n"
        "  - name: 認証\n    expires: 2027-03-30\n  - name: 認証\n    expires: 2029-03-31\n"
    }
    checklist = swapped(f"{CONTRACT}/checklist.yml", "officer", "period: {start: 2026-04-01, end: 2028-03-31}\nofficer")
    plan = "tasks:\n  - id: inspection\n    title: 点検\n    dates: [2026-05-01, 2027-05-06]\n"
    there = _rolled(project, plan, **staff, **training, **vendor, **checklist)
    ran = there.run("year", "mihon", *AS_OF)
    assert (ran.code, ran.err, "要確認" in ran.out) == (0, "書き替えるところはありません\n", False)


def test_dates_that_the_specification_prints_for_one_year_are_marked(project: Callable[..., Project]) -> None:
    """Where the specification lists dates, those of the next year are not guessed."""
    printed = swapped(
        f"{CONTRACT}/deliverables.yml",
        "      - event: incidents\n",
        "      - periods:\n          - {start: 2026-04-01, end: 2027-03-31}\n        on: 2027-03-31\n      - event: incidents\n",
    )
    ran = _rolled(project, BARE, **printed).run("year", "mihon", *AS_OF)
    assert "仕様書の挙げる日付は 2027-03-31（水）が最後で、翌年度の分はない\n" in ran.out


def test_nothing_is_made_beyond_the_end_of_the_contract(project: Callable[..., Project]) -> None:
    """A contract that ends in the middle of the next year has no dates after its end."""
    ends = swapped(f"{CONTRACT}/contract.yml", "end: 2027-03-31", "end: 2027-09-30")
    there = project(whole_project({PLAN: TASKS, **ends}))
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert "契約の終期より後のため置かない日付:\n  outage 停電　2027-11-16 2028-02-29\n" in ran.out
    plan = load(WorkingTree(there.root)).portfolio.contracts["mihon"].tasks
    assert [len(task.dates) for task in plan] == [0, 2, 4, 0]


def test_a_contract_that_ends_with_the_year_is_left_alone(project: Callable[..., Project]) -> None:
    """There is no next year."""
    there = project(whole_project({PLAN: TASKS}))
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "令和9年度の計画は作りません。mihon は 2027-03-31 までの契約です\n"
    assert there.read(PLAN) == TASKS


def test_errors_of_records_do_not_stand_in_the_way(project: Callable[..., Project]) -> None:
    """A record that is still being written has nothing to do with the plan; its error stays what it was."""
    broken = {f"{CONTRACT}/records/incidents/2026-002.yml": "title: 件名\n"}
    there = _rolled(project, **broken)
    assert there.run("year", "mihon", "--write", *AS_OF).code == 0
    assert "要確認（令和9年度）" in there.read(PLAN)


def test_refusals(project: Callable[..., Project]) -> None:
    """A contract that is not there; data that cannot be trusted; a way of writing that is not known."""
    there = _rolled(project)
    assert "契約「mihn」がありません。あるのは: mihon" in there.run("year", "mihn", *AS_OF).err
    there.write({PLAN: TASKS.replace("role: manager", "role: manger")})
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert (ran.code, ran.out, ran.err.splitlines()[-1]) == (1, "", "誤りを直してから繰り越してください")
    odd = BARE + "    dates: &days [2026-11-16]\n  - id: other\n    title: 別\n    dates: *days\n"
    there.write({PLAN: odd})
    ran = there.run("year", "mihon", "--write", *AS_OF)
    assert (ran.code, there.read(PLAN)) == (2, odd)
    assert "書き方には書き足せません。日付を手で書いてください: 2027-11-16、2027-11-16" in ran.err


STAFFED = swapped(
    f"{CONTRACT}/contract.yml",
    "service_levels:\n",
    "staffing:\n  - {role: manager, clause: 1-1, at_least: 1}\nservice_levels:\n",
)
WRONG = {
    "a name that is not there": ({PLAN: BARE + "    role: manger\n"}, "REF001"),
    "what only the rules see": (
        {f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"].replace("role: manager", "role: supervisor")},
        "STF001",
    ),
}


@pytest.mark.parametrize(("changed", "code"), WRONG.values(), ids=list(WRONG))
def test_what_would_be_an_error_is_not_written(
    project: Callable[..., Project], changed: dict[str, str], code: str
) -> None:
    """The check has the last word: where it finds a new error, all files are as they were, the good ones too."""
    there = project(whole_project(STAFFED))
    before = contents(there.root)
    files = {"data/vendors/mihon-sha.yml": b"name: X\n", **{path: text.encode() for path, text in changed.items()}}
    assert code in [problem.code for problem in rewritten(there.root, files, [], dt.date(2026, 5, 1))]
    assert contents(there.root) == before
    assert rewritten(there.root, {"data/vendors/mihon-sha.yml": b"name: X\n"}, [], dt.date(2026, 5, 1)) == []
    assert there.read("data/vendors/mihon-sha.yml") == "name: X\n"


@pytest.fixture
def shipped_contract(tmp_path: Path) -> Callable[[str], Project]:
    """One contract of the data of this repository."""

    def make(contract: str) -> Project:
        shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("contracts"))
        shutil.copytree(ROOT / "data/contracts" / contract, tmp_path / "data/contracts" / contract)
        return Project(tmp_path)

    return make


def test_the_shipped_plan_that_goes_on_is_rolled(shipped_contract: Callable[[str], Project]) -> None:
    """Of グループウェア the dates, the certificate and the checklist are marked; the check finds no fault; once is enough."""
    there = shipped_contract("ichikawa-groupware")
    ran = there.run("year", "ichikawa-groupware", "--write", *AS_OF)
    assert ran.code == 0, ran.err
    assert "  function-improvement 発注者の求めに応じた機能改善　2028-03-24\n" in ran.out
    assert "  planned-outage 計画停電に伴う停止・起動・動作確認　2027-11-15 2028-02-21\n" in ran.out
    assert "続く作業 13 件" in ran.out
    assert "data/vendors/mihon-system.yml:14: プライバシーマークは令和9年9月30日に切れる" in ran.out
    assert there.run("year", "ichikawa-groupware", "--write", *AS_OF).err == "書き替えるところはありません\n"


@pytest.mark.parametrize(
    "contract", ["ichikawa-remote-desk", "meguro-nursery", "numazu-it-support", "yoshikawa-sample"]
)
def test_the_shipped_plans_that_end_are_left_alone(shipped_contract: Callable[[str], Project], contract: str) -> None:
    """The other four contracts end before the next year."""
    there = shipped_contract(contract)
    before = contents(there.root)
    ran = there.run("year", contract, "--write", *AS_OF)
    assert (ran.code, ran.out) == (0, "")
    assert "令和9年度の計画は作りません" in ran.err
    assert contents(there.root) == before
