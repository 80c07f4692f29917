"""`nohin preview`: what a change changes, said as a person would say it, and nothing more."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.intake.portfolio import Loaded
from generator.intake.schema import load_schemas
from generator.model import Portfolio
from generator.outputs.difference.difference import Side
from generator.outputs.preview.markdown import LARGE, MANY, MARK, said
from generator.outputs.preview.problems import ProblemChanges, problem_changes
from generator.outputs.preview.sides import Stand
from generator.problems import Problem, Source, in_order
from tests.history.test_effects import BEGUN, SYSTEMS, record, systems
from tests.submitted import SUBMISSIONS, files
from tests.support import CONTRACT, MINIMAL, ROOT, WHOLE, Project, Ran

DAY = "2026-05-20"
DELIVERABLES, STAFF, CLAUSES, PLAN, HEAD = (
    f"{CONTRACT}/{name}.yml" for name in ("deliverables", "staff", "clauses", "plan", "contract")
)
INCIDENTS = f"{CONTRACT}/records/incidents"
OTHER = "data/contracts/betsu"
LISTED = """\
  - no: '3'
    title: システム基本設計書
    documents: [system-design, system-design-delta]
    phrase: 変更の都度
    due:
      - undated: 変更の都度
  - no: '4'
    title: サポート体制図
    documents: [support-structure]
    phrase: 契約後速やかに
    due:
      - undated: 速やかに
"""
EVERYTHING_ELSE = "文書に変わりはありません。"
NOTHING = f"データの意味に変わりはありません。{EVERYTHING_ELSE}"

Edits = Mapping[str, "str | None"]


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two contracts; the first has a design, documents and an approval."""
    own = files(BEGUN)
    own[DELIVERABLES] = f"{own[DELIVERABLES]!s}{LISTED}"
    other = {path.replace(CONTRACT, OTHER): text for path, text in WHOLE.items() if path.startswith(CONTRACT)}
    there = Project(tmp_path_factory.mktemp("begun")).write({**own, **other})
    there.git("init", "-q", "-b", "main", "--template=")
    there.commit("初版", "2026-05-01T09:00:00+09:00")
    asked = ("--contract", "mihon", "--role", "approved", "--person", "p1", "--at", "2026-05-01 10:00")
    assert there.run("approve", "support-structure", *asked).code == 0
    there.commit("承認", "2026-05-01T11:00:00+09:00")
    there.git("tag", "base")
    return there.root


@pytest.fixture
def there(begun: Path, tmp_path: Path) -> Project:
    """A copy of it, to be changed."""
    return Project(Path(shutil.copytree(begun, tmp_path / "project", symlinks=True)))


def _swapped(there: Project, path: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """A file with pieces of its text other than there."""
    text = there.read(path)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return {path: text}


def _previewed(there: Project, files: Edits, *options: str) -> Ran:
    """What is said of some edits before they are committed."""
    return there.write(files).run("preview", *options, "--as-of", DAY)


def _said(ran: Ran) -> list[str]:
    """The report without its first line, which names the sides."""
    return ran.lines[1:]


# --- five branches -------------------------------------------------------------------------------------------


def test_a_phone_number(there: Project) -> None:
    """The paper that shows it changes, and its approval ends; no due item, clause or problem is mentioned."""
    ran = _previewed(there, _swapped(there, STAFF, ("00-0000-0001", "00-0000-0009")))
    assert ran.code == 0
    assert _said(ran) == [
        "文書は 1 件が変わります。承認は 1 件が失効します。",
        "",
        "■ 見本業務委託（mihon）",
        "  変わったこと",
        "    体制　人「見本 太郎」の電話を「00-0000-0001」から「00-0000-0009」に改めた。",
        "  文書と PDF",
        "    体制の変更により 1 件が変わります",
        "      No.4 サポート体制図　変わるところ: 本文の初め、体制表（deliverables/mihon/4-support-structure.pdf）",
        "  承認",
        "    「サポート体制図」の承認（令和8年5月1日）は失効しています。"
        "承認の後に本文が変わりました（本文の初め、体制表）。",
    ]


def test_a_deadline_rule(there: Project) -> None:
    """The dates that move are told from and to, the first with its computation; of the rest their number and the last."""
    edits = _swapped(there, DELIVERABLES, ("毎月末から10日以内", "毎月末から14日以内"), ("10 days of", "14 days of"))
    said = _said(_previewed(there, edits | _swapped(there, SUBMISSIONS, ("due: 2026-05-10", "due: 2026-05-14"))))
    assert said[0] == f"{EVERYTHING_ELSE}期限は 12 件が動きます。"
    assert said[said.index("  期限") :] == [
        "  期限",
        "    No.1 作業報告書　12 件が動きます",
        "      令和8年5月10日 → 令和8年5月14日（令和8年4月）",
        "      令和8年6月10日 → 令和8年6月14日（令和8年5月）",
        "      令和8年7月10日 → 令和8年7月14日（令和8年6月）",
        "      ほか 9 件。最後は 令和9年4月10日 → 令和9年4月14日（令和9年3月）",
        "      なぜ（令和8年4月の分）: 根拠: 納品物件一覧表のNo.1「作業報告書」（条項1-1）の期限「毎月末から14日以内」。"
        "令和8年5月1日（金）を1日目として14日目は令和8年5月14日（木）です（民法141条）。",
    ]


def test_an_incident(there: Project) -> None:
    """Its letter comes, the report of its month changes, and a due item arises from it."""
    text = there.read(f"{INCIDENTS}/2026-001.yml").replace("送信", "受信").replace("2026-04-29", "2026-04-30")
    said = _said(_previewed(there, {f"{INCIDENTS}/2026-002.yml": text}))
    assert said[:-1] == [
        "文書は 1 件が変わり、1 件が増えます。期限は 1 件が増えます。",
        "",
        "■ 見本業務委託（mihon）",
        "  変わったこと",
        "    障害「2026-002　受信できない」を加えた。",
        "  文書と PDF",
        "    障害「2026-002　受信できない」の追加により 1 件が変わります",
        "      No.1 作業報告書（令和8年4月）　変わるところ: 期間のまとめ、障害（deliverables/mihon/1-work-report-2026-04.pdf）",
        "    障害「2026-002　受信できない」の追加により 1 件が増えます",
        "      No.2 障害報告書（受信できない）（deliverables/mihon/2-incident-report-2026-002.pdf）",
        "  期限",
        "    No.2 障害報告書　1 件が増えます",
        "      令和8年5月14日（障害 2026-002）",
    ]
    assert said[-1].startswith(
        "      なぜ: 根拠: 納品物件一覧表のNo.2「障害報告書」の期限「障害復旧作業後２週間以内」。"
    )


def test_an_answer_less(there: Project) -> None:
    """The clause loses it; as others are left, nothing more is said."""
    said = _said(_previewed(there, _swapped(there, CLAUSES, ("      - role: manager\n", ""))))
    assert said[0] == f"{EVERYTHING_ELSE}条項は 1 件の対応が変わります。"
    assert said[-2:] == ["  条項", "    1-1 報告　なくなる対応: 「役割　業務責任者」"]


def test_the_last_answer(there: Project) -> None:
    """A duty that nothing answers any more is told once: as a clause, with the count, and not as a warning again."""
    text = there.read(CLAUSES)
    edits = {CLAUSES: text[: text.index("    answers:")]}
    edits |= _swapped(there, DELIVERABLES, ("    clauses: [1-1]\n", ""))
    edits |= _swapped(there, PLAN, ("    clauses: [1-1]\n", ""))
    ran = _previewed(there, edits, "--annotations", "github")
    assert _said(ran)[0] == f"{EVERYTHING_ELSE}条項は 1 件が未対応になります。"
    assert "    受注者の義務・禁止への対応　2 件のうち 2 件 → 2 件のうち 1 件" in ran.lines
    assert ran.lines[-1].endswith("「電話でも知らせる。」。対応あり → 未対応")
    assert "CHK006" not in ran.out
    assert ran.err.startswith("::warning file=data/contracts/mihon/clauses.yml,line=7,col=5,title=CHK006::")


def test_a_design_with_its_record(there: Project) -> None:
    """The book changes in its chapter, and the delta of the change comes with its record; no problem arises."""
    edits = {
        SYSTEMS: systems(x1="甲の二", x2="乙", x3="丙"),
        f"{CONTRACT}/records/changes/2026-001.yml": record("systems/x1"),
    }
    assert _said(_previewed(there, edits))[3:] == [
        "  変わったこと",
        "    外部システム「甲の二」の名称を「甲」から「甲の二」に改めた。",
        "    システム変更「2026-001　変更」を加えた。",
        "  文書と PDF",
        "    外部システムの変更により 1 件が変わります",
        "      No.3 システム基本設計書　変わるところ: 第9章外部インタフェース（deliverables/mihon/3-system-design.pdf）",
        "    システム変更「2026-001　変更」の追加により 1 件が増えます",
        "      No.3 システム基本設計書（差分）（変更）（deliverables/mihon/3-system-design-delta-2026-001.pdf）",
    ]


def test_a_design_without_a_record(there: Project) -> None:
    """What the check says of it is new, and so is the exit code."""
    ran = _previewed(there, {SYSTEMS: systems(x1="甲の二", x2="乙", x3="丙")})
    assert ran.code == 1
    assert _said(ran)[0] == "文書は 1 件が変わります。検査で誤り 1 件が新しく出ます。"
    assert "    data/contracts/mihon/design/systems.yml:2:5: error CHG001 " in ran.out


# --- nothing, and less than it seems -------------------------------------------------------------------------


@pytest.mark.parametrize("old", ["people:", "roles:"])
def test_a_comment(there: Project, old: str) -> None:
    """Where only lines have moved, nothing is otherwise, the old warning of the design included."""
    assert _said(_previewed(there, _swapped(there, STAFF, (old, f"# 確認済み\n\n{old}")))) == [NOTHING]


def test_old_problems_are_not_told_again(there: Project) -> None:
    """Errors that were there before stay silent wherever they move to, in one file or under another name."""
    there.write({f"{INCIDENTS}/2026-002.yml": "title: 受信できない\nrestored: 2026-04-30 10:00\nseverity: 重い\n"})
    there.commit("誤りのある記録", f"{DAY}T09:00:00+09:00")
    text = there.read(f"{INCIDENTS}/2026-002.yml")
    assert there.check().code == 1
    ran = _previewed(there, {f"{INCIDENTS}/2026-002.yml": f"# 注釈\n{text}"})
    assert (ran.code, _said(ran)[0]) == (0, NOTHING)


def test_a_contract_under_another_name(there: Project) -> None:
    """Its documents say the same; what changes of them all is told in one line."""
    there.git("mv", CONTRACT, "data/contracts/rei")
    assert _said(_previewed(there, {})) == [
        "文書番号と PDF の置き場所が、どの文書でも変わります。",
        "",
        "■ 見本業務委託（rei）",
        "  変わったこと",
        "    契約の記号を「mihon」から「rei」に改めた。",
        "  文書と PDF",
        "    文書番号と PDF の置き場所が、どの文書でも変わります（mihon → rei）",
    ]


def test_a_record_under_another_name(there: Project) -> None:
    """Its letter is the same letter with another number, and its due item the same due item."""
    there.git("mv", f"{INCIDENTS}/2026-001.yml", f"{INCIDENTS}/2026-009.yml")
    said = _said(_previewed(there, {}))
    assert said[0] == "文書は 1 件の番号が変わります。"
    assert said[-1].endswith("変わるところ: 文書番号、障害の概要（deliverables/mihon/2-incident-report-2026-009.pdf）")


def test_a_deliverable_under_another_number(there: Project) -> None:
    """No due item comes or goes by it."""
    said = _said(_previewed(there, _swapped(there, DELIVERABLES, ("no: '2'", "no: '20'"))))
    assert said[0] == "文書は 1 件が変わります。"
    assert "      No.20 障害報告書（送信できない）　変わるところ: 文書番号" in said[-1]


def test_two_contracts_at_once(there: Project) -> None:
    """Each is told by itself, with a summary of its own."""
    edits = _swapped(there, STAFF, ("00-0000-0001", "00-0000-0009"))
    edits |= _swapped(there, f"{OTHER}/staff.yml", ("00-0000-0001", "00-0000-0008"))
    heads = [line for line in _previewed(there, edits).lines if line.startswith("■")]
    assert heads == [
        "■ 見本業務委託（betsu）　文書に変わりはありません。",
        "■ 見本業務委託（mihon）　文書は 1 件が変わります。承認は 1 件が失効します。",
    ]
    assert "betsu" not in there.run("preview", "--contract", "mihon", "--as-of", DAY).out


def test_what_contracts_share(there: Project) -> None:
    """A change of the authority is told once, and by it the papers of every contract that change."""
    said = _said(_previewed(there, _swapped(there, "data/authorities/mihon-shi.yml", ("見本市長　様", "見本市長　殿"))))
    assert said[0] == "文書は 4 件が変わります。承認は 1 件が失効します。"
    assert "    発注者「見本市」の変更により 4 件が変わります" in said
    assert said[said.index("■ 契約に共通のデータ") :][:2] == [
        "■ 契約に共通のデータ",
        "    発注者「見本市」の宛名を「見本市長　様」から「見本市長　殿」に改めた。",
    ]


@pytest.mark.parametrize(("order", "verb"), [(("base", "HEAD"), "なくなり"), (("HEAD", "base"), "増え")])
def test_a_whole_contract(there: Project, order: tuple[str, str], verb: str) -> None:
    """What comes or goes with it is counted, not listed."""
    there.git("rm", "-q", "-r", CONTRACT)
    there.commit("契約をやめる", f"{DAY}T09:00:00+09:00")
    said = _said(there.run("preview", "..".join(order), "--as-of", DAY))
    assert said[0].startswith(f"契約は 1 件が{verb}ます。文書は 5 件が{verb}ます。期限は 15 件が{verb}ます。")
    assert sum("deliverables/" in line or "令和" in line for line in said) == 0
    assert f"5 件が{verb}ます" in said[said.index("  文書と PDF") + 1]


def test_a_submission(there: Project) -> None:
    """The letter bears its date, and the due item has another state."""
    entry = "  - {deliverable: '2', event: incidents/2026-001, date: 2026-05-11}\n"
    said = _said(_previewed(there, {SUBMISSIONS: there.read(SUBMISSIONS) + entry}))
    assert said[0] == "文書は 1 件が変わります。期限は 1 件の状態が変わります。"
    assert (
        "      No.2 障害報告書（送信できない）　変わるところ: 日付（deliverables/mihon/2-incident-report-2026-001.pdf）"
        in said
    )
    assert "      令和8年5月13日（障害 2026-001）　遅延 → 提出済" in said


def test_a_template(there: Project) -> None:
    """Its words change documents and end approvals; how things look is only named."""
    name = "documents/support-structure.html.j2"
    words = (ROOT / "templates" / name).read_text(encoding="utf-8").replace("体制表", "体制の表")
    said = _said(_previewed(there, {f"templates/{name}": words, "templates/layouts/pdf.css": "body {}"}))
    assert said[:2] == [
        "文書は 1 件が変わります。承認は 1 件が失効します。",
        "（見た目だけを決めるひな形も変わります（見た目は比べていません）: layouts/pdf.css）",
    ]
    assert "    ひな形の変更により 1 件が変わります" in said


def test_an_approval_holds_again(there: Project) -> None:
    """What was stale by a change holds again when the change is taken back."""
    before = there.read(STAFF)
    there.write(_swapped(there, STAFF, ("00-0000-0001", "00-0000-0009"))).commit("番号", f"{DAY}T09:00:00+09:00")
    ran = _previewed(there, {STAFF: before})
    assert ran.lines[-1] == "    「サポート体制図」の承認（令和8年5月1日）は再び有効になります。"


# --- broken data ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new"), [("people:", "people: ["), ("phone:", "fone:")], ids=["YAML", "key"])
def test_a_broken_file(there: Project, old: str, new: str) -> None:
    """Its error is new; nothing is said to be gone that only could not be read, and the rest is told."""
    edits = _swapped(there, STAFF, (old, new)) | _swapped(there, CLAUSES, ("      - role: manager\n", ""))
    ran = _previewed(there, edits)
    assert ran.code == 1
    assert _said(ran)[:2] == [
        f"{EVERYTHING_ELSE}条項は 1 件の対応が変わります。検査で誤り 1 件が新しく出ます。",
        f"（誤りのあるファイルは、変わっていないものとして見ました: {STAFF}）",
    ]
    assert "を除いた" not in ran.out.replace("対応「業務責任者」を除いた", "")


def test_a_broken_contract_is_not_gone(there: Project) -> None:
    """A contract whose head cannot be read is the one it was."""
    ran = _previewed(there, {HEAD: "title: [\n"})
    assert ran.code == 1
    assert _said(ran)[0] == f"{EVERYTHING_ELSE}検査で誤り 1 件が新しく出ます。"
    assert "■ 見本業務委託" not in ran.out


def test_a_broken_base(there: Project) -> None:
    """It is said, its error is mended, and the repaired file counts as unchanged."""
    right = there.read(STAFF)
    there.write(_swapped(there, STAFF, ("people:", "people: ["))).commit("壊す", f"{DAY}T09:00:00+09:00")
    ran = _previewed(there, {STAFF: right})
    assert ran.code == 0
    assert _said(ran)[:2] == [
        f"{EVERYTHING_ELSE}誤り 1 件がなくなります。",
        "（改正前のデータにも誤りがあるため、比べきれないところがあります。）",
    ]


def test_a_template_that_cannot_be_used(there: Project) -> None:
    """The document cannot be made, and the reason is a new error at the template's line."""
    name = "templates/documents/support-structure.html.j2"
    text = (ROOT / name).read_text(encoding="utf-8") + "{{ no_such_name }}\n"
    ran = _previewed(there, {name: text}, "--contract", "mihon")
    assert ran.code == 1
    assert _said(ran)[0].startswith("文書は 1 件が誤りのため作れなくなります。")
    assert "error TPL002 " in ran.out


# --- which sides ---------------------------------------------------------------------------------------------


def test_ranges(there: Project) -> None:
    """Two dots compare the two, three what came since they parted; an empty side is the last commit."""
    there.git("checkout", "-q", "-b", "side")
    there.write(_swapped(there, STAFF, ("00-0000-0001", "00-0000-0009"))).commit("枝", f"{DAY}T09:00:00+09:00")
    there.git("checkout", "-q", "main")
    there.write(_swapped(there, CLAUSES, ("      - role: manager\n", ""))).commit("幹", f"{DAY}T10:00:00+09:00")
    there.git("checkout", "-q", "side")
    told = {
        asked: there.run("preview", asked, "--as-of", DAY).out
        for asked in ("main..side", "main...side", "main...", "main")
    }
    assert "条項" in told["main..side"]
    assert _body(told["main"]) == _body(told["main..side"])
    assert "条項" not in told["main...side"]
    assert _body(told["main..."]) == _body(told["main...side"])


def _body(text: str) -> str:
    return text.partition("\n")[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("v9..HEAD",), "版「v9」が履歴にありません"),
        (("--contract", "mihn"), "契約「mihn」がありません。あるのは: betsu、mihon"),
        (("base...lonely",), "base と lonely に共通のコミットがありません"),
    ],
)
def test_what_is_not_there(there: Project, arguments: tuple[str, ...], said: str) -> None:
    """It is said, and nothing is printed as if it were a result."""
    tree = there.git("rev-parse", "HEAD^{tree}").strip()
    there.git("branch", "lonely", there.git("commit-tree", "-m", "別", tree).strip())
    ran = there.run("preview", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_outside_git(project: Callable[..., Project]) -> None:
    """Without a history there is nothing to compare with."""
    ran = project(MINIMAL).run("preview")
    assert (ran.code, "git の管理下にない" in ran.err) == (2, True)


def test_nothing_is_left_behind(there: Project) -> None:
    """A preview changes no file of the project."""
    _previewed(there, _swapped(there, STAFF, ("00-0000-0001", "00-0000-0009")))
    assert there.git("status", "--porcelain").split() == ["M", STAFF]
    assert list((there.root / ".nohin/past").iterdir()) == []


# --- forms ---------------------------------------------------------------------------------------------------

HOSTILE = "'@octocat <img src=x> [x](http://e.example) ![y](https://e.example/a.png) #12 www.e.example `a` ~~b~~ | $x$'"


def test_markdown_is_short_and_folded(there: Project, tmp_path: Path) -> None:
    """A sum first, all else folded; the first line is the mark by which a comment is found again."""
    place = tmp_path / "preview.md"
    ran = _previewed(there, _swapped(there, STAFF, ("見本 太郎", HOSTILE)), "--format", "markdown", "--out", str(place))
    assert (ran.code, ran.out) == (0, "")
    lines = place.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [MARK, "## この変更で変わるもの", "", "**文書は 1 件が変わります。承認は 1 件が失効します。**"]
    folded = [line for line in lines if line.startswith("<")][1:]
    titles = ("変わったこと（1 件）", "文書と PDF（1 件）", "承認（1 件）")
    assert folded == [line for title in titles for line in (f"<details><summary>{title}</summary>", "</details>")]


def test_markdown_of_a_stranger_does_nothing(there: Project) -> None:
    """A name makes no link, mention, picture, reference or HTML."""
    out = _previewed(there, _swapped(there, STAFF, ("見本 太郎", HOSTILE)), "--format", "markdown").out
    (line,) = [line for line in out.splitlines() if "octocat" in line]
    assert not re.search(r"@o|(?<!\\)[\[\]`|~$]|#1|://|www\.|<img", line)


@given(st.text(max_size=60))
def test_no_text_becomes_markup(text: str) -> None:
    """Whatever data say is words in a comment: a line of a list holds nothing else."""
    made = html.fragment_fromstring(markdown.markdown(f"- x{said(text)}"), create_parent="div")
    assert {element.tag for element in made.iter()} <= {"div", "ul", "li"}
    assert "\n" not in said(text)
    assert not re.search(r"@(?!&#8203;)|#\d(?!\d*;)|://", said(text))


def test_a_comment_has_an_end(there: Project) -> None:
    """Long lists are cut, and what does not fit a comment is left out whole; it says so, and nothing stays open."""
    text = there.read(f"{INCIDENTS}/2026-001.yml")
    many = {f"{INCIDENTS}/2026-{n:03}.yml": text.replace("送信", f"{'送受信' * 60}{n}") for n in range(100, 160)}
    out = _previewed(there, many, "--format", "markdown", "--contract", "mihon").out
    assert len(out) < LARGE
    assert out.count("<details") == out.count("</details>")
    assert f"- ほか {60 - MANY} 件" in out or "明細は省きました" in out


def test_json(there: Project) -> None:
    """One object; every key is in the guide."""
    edits = _swapped(there, STAFF, ("00-0000-0001", "00-0000-0009")) | _swapped(
        there, CLAUSES, ("      - role: manager\n", "")
    )
    edits |= _swapped(there, DELIVERABLES, ("毎月末から10日以内", "毎月末から9日以内"), ("10 days of", "9 days of"))
    edits |= _swapped(there, SUBMISSIONS, ("due: 2026-05-10", "due: 2026-05-09"))
    told = json.loads(_previewed(there, edits, "--format", "json").out)
    (contract,) = told["contracts"]
    assert (told["before"]["title"][:5], told["after"]["commit"], contract["before"]) == ("HEAD、", None, "mihon")
    assert [one["id"] for one in contract["documents"]] == ["support-structure"]
    assert contract["deadlines"][0] | {"why": []} == {
        "what": "moved",
        "deliverable": "1",
        "title": "作業報告書",
        "occasion": "令和8年4月",
        "scope": None,
        "medium": None,
        "listed": True,
        "before": "2026-05-10",
        "after": "2026-05-09",
        "state_before": "提出済",
        "state_after": "提出済",
        "why": [],
    }
    assert contract["clauses"][0]["lost"] == ["役割　業務責任者"]
    assert contract["coverage"] == {"before": {"answered": 2, "total": 2}, "after": {"answered": 2, "total": 2}}
    guide = (ROOT / "docs/preview.md").read_text(encoding="utf-8")
    assert {key for key in _keys(told) if f"{key}`" not in guide} <= {
        "path",
        "line",
        "column",
        "severity",
        "code",
        "message",
        "hint",
    }


def _keys(told: Any) -> set[str]:
    if isinstance(told, Mapping):
        return set(told) | {key for value in told.values() for key in _keys(value)}
    return {key for one in told for key in _keys(one)} if isinstance(told, list) else set()


def test_annotations_are_of_what_is_new(there: Project) -> None:
    """Errors and warnings of the change stand at their lines, as GitHub reads them; those of old do not."""
    ran = _previewed(there, _swapped(there, STAFF, ("phone:", "fone:")), "--annotations", "github")
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "::error file=data/contracts/mihon/staff.yml,line=4,col=5,title=SCH002::"
        "「fone」という項目はありません（phone ではありませんか）"
    ]


# --- for everybody -------------------------------------------------------------------------------------------


def test_the_public_is_told_nothing_personal(there: Project) -> None:
    """Neither names nor numbers, nor what problems say; what is personal changes nothing that everybody may read."""
    edits = _swapped(there, STAFF, ("00-0000-0001", "00-0000-0009"), ("見本 太郎", "例示 花子"))
    told = [
        _previewed(there, edits, "--audience", "public", "--format", form).out for form in ("text", "markdown", "json")
    ]
    assert [word for word in ("見本 太郎", "例示 花子", "00-0000") for one in told if word in one] == []
    assert "公開用です。" in told[0]
    ran = _previewed(
        there, _swapped(there, STAFF, ("phone:", "例示花子:")), "--audience", "public", "--annotations", "github"
    )
    assert ran.code == 1
    assert "例示花子" not in ran.out + ran.err
    assert "error SCH002 公開用では、内容を載せません" in ran.out


# --- problems compared ---------------------------------------------------------------------------------------

_LOADED = Loaded(Portfolio(), [], [], load_schemas())


def _stand(problems: list[Problem]) -> Stand:
    return Stand(Side("", _LOADED), ROOT, {}, None, problems)  # type: ignore[arg-type]  # nothing is rendered


@given(
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ab"), st.sampled_from("xy")), max_size=8),
    st.lists(st.tuples(st.integers(1, 9), st.sampled_from("ab"), st.sampled_from("xy")), max_size=3),
    st.integers(0, 5),
)
def test_problems_are_known_wherever_they_move(
    before: list[tuple[int, str, str]], more: list[tuple[int, str, str]], down: int
) -> None:
    """However many lines are put above: as many problems are new as came, and as many mended as went."""
    old = in_order(Problem(Source(f"data/{path}.yml", line), "DUE018", message) for line, path, message in before)
    new = [replace(one, source=replace(one.source, line=one.source.line + down)) for one in old]
    came = in_order(Problem(Source("data/c.yml", line), "DUE018", path + message) for line, path, message in more)
    first, last = _stand(old), _stand([*new, *came])
    assert problem_changes(first, last) == ProblemChanges(tuple(came), ())
    assert problem_changes(last, first) == ProblemChanges((), tuple(came))
