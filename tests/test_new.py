"""`nohin new`: what it asks, what it derives, what it writes, and what it refuses."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from generator.commands.newfile import kinds
from generator.intake.answers import field_path, row_schema, sheet_of
from generator.intake.schema import Rules, Schema
from generator.intake.yamltext import parse
from tests.support import CONTRACT, MINIMAL, ROOT, Files, Project, Ran, contents, run, swapped, whole_project

RECORDS = f"{CONTRACT}/records"
ANSWERS = {"date": "2026-04-20", "moment": "2026-04-20 10:05", "integer": "1", "clock": "8:40"}
NAMED = {
    "staff": "p1",
    "person": "p1",
    "task": "inspection",
    "deliverable": "1",
    "level": "uptime",
    "authority": "mihon-shi",
    "vendor": "mihon-sha",
    "design:zones": "x1",
    "design:systems": "x1",
    "design:modules": "x1",
}
MORE = {
    "measurements": ("until=2026-04-30", "value=99.62"),
    "design/connections": ("from_server=x1", "to_system=x1"),
    "structure-changes": ("changed=2026-04-15",),
    "changes": ("unchanged=設計にない設定の変更",),
}
"""What the rules ask of a kind besides its schema."""

STAFF = swapped(
    f"{CONTRACT}/staff.yml",
    "start: 2026-04-01\n",
    "start: 2026-04-01\n  - person: p1\n    role: manager\n    start: 2026-04-15\n",
)
LEVELS = swapped(
    f"{CONTRACT}/contract.yml",
    "service_levels:\n",
    "service_levels:\n  - id: uptime\n    title: 稼働率\n    target: 99.5％以上\n    at_least: '99.5'\n",
)
ORDER = (
    *("design/overview", "design/zones", "design/systems", "design/servers", "design/modules"),
    *sorted(set(kinds()) - {"staff", "contract", "authority", "vendor", "terms"}),
    *("terms", "vendor", "authority", "contract"),
)
"""What others name comes first; a second contract has to be told from the first from then on. staff.yml is there."""

TITLED = ("--set", "title=通知が届かない", "--set", "contacted=2026-06-16T10:05")


def _answer(schema: Schema, name: str) -> str:
    """Something that a field takes."""
    asked = row_schema(schema, sheet) if (sheet := sheet_of(schema)) else schema
    rule: Rules = asked.rule_at(field_path(name))
    inner = rule.get("schema") if isinstance(rule.get("schema"), dict) else {}
    if allowed := rule.get("allowed") or inner.get("allowed"):
        return str(allowed[0])
    return NAMED.get(rule.get("reference") or inner.get("reference"), ANSWERS.get(rule["type"], "x1"))


@dataclass(frozen=True)
class Desk:
    """A project in which a file of every kind was written, with what each run said."""

    project: Project
    asked: Mapping[str, Ran]
    written: Mapping[str, Ran]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Every kind is asked for without an answer, and then with those that were missing."""
    there = Project(tmp_path_factory.mktemp("desk"))
    there.write(whole_project({**STAFF, **LEVELS, f"{CONTRACT}/checklist.yml": None}))
    asked, written = {}, {}
    for kind in dict.fromkeys(ORDER):
        schema = kinds()[kind]
        asked[kind] = there.run("new", kind)
        missing = re.findall(r"^  --set (\S+)=…", asked[kind].err, re.MULTILINE)
        answers = {name: _answer(schema, name) for name in missing}
        answers |= dict(more.split("=") for more in MORE.get(kind, ()))
        named = ("--id", "operation/x1" if kind == "manuals" else "mihon-x1") if "--id ID" in asked[kind].err else ()
        sets = [part for name, value in answers.items() for part in ("--set", f"{name}={value}")]
        written[kind] = there.run("new", kind, *named, *sets)
    return Desk(there, asked, written)


WRITABLE = sorted(set(ORDER))


@pytest.mark.parametrize("kind", WRITABLE)
def test_every_kind_can_be_written_with_the_answers_that_were_missing(desk: Desk, kind: str) -> None:
    """Without answers nothing is written and all that is missing is named; with them the check finds no fault."""
    assert desk.asked[kind].code == 2
    assert desk.asked[kind].err.rstrip().endswith("何も書いていません")
    assert desk.written[kind].code == 0, desk.written[kind].err
    (path,) = desk.written[kind].lines
    assert kinds()[kind].pattern.match(path)
    assert f"git add {path}" in desk.written[kind].err


def test_all_of_them_together_check_clean(desk: Desk) -> None:
    """A project with a file of every kind has no error."""
    assert [line for line in desk.project.check().lines if " error " in line] == []


@pytest.mark.parametrize("kind", WRITABLE)
def test_what_is_written_stands_in_the_order_of_its_schema_and_shows_what_may_be_added(desk: Desk, kind: str) -> None:
    """Every key of the kind is there once, given or as a comment; `nohin fmt` has nothing to do."""
    (path,) = desk.written[kind].lines
    text, schema = desk.project.read(path), kinds()[kind]
    keys = [key for key in schema.fields if (kind, key) != ("manuals", "body")]
    if kind not in ("incidents", "clauses", "deliverables", "plan"):  # these were there before
        assert re.findall(r"^(?:# )?([a-z_0-9]+):", text, re.MULTILINE) == keys
    assert desk.project.run("fmt", "--check", f"{desk.project.root}/{path}").code == 0


DRAFT = """\
# 障害。障害一件の記録。障害復旧作業報告書と着手目標の判定はここから作られる。書き足すときは、その行の初めの「# 」を消して値を書く。
title: 通知が届かない
# stage:  # 報告の種類。書かなければ、終わっていれば最終、まだなら速報。書ける値: first（速報）、interim（中間）、final（最終）。
# severity:  # 重大度。障害の重さ。critical=重大、major=中程度、minor=軽微。重大な障害だけのサービスレベルは、これで対象を絞る。
# number:  # 管理番号。障害の管理番号。書かなければ記録の id。
# occurred:  # 発生日時。障害が発生した日時。例: 2026-04-28 16:10
# detected:  # 発見日時。障害を見つけた日時。
contacted: 2026-06-16 10:05
# notified:  # 発注者への連絡日時。障害を見つけて発注者に知らせた日時。発注者から連絡を受けた障害では書かない。
# started:  # 着手日時。復旧作業に着手した日時。
# restored:  # 復旧日時。復旧を確認した日時。
# detected_by:  # 発見の経緯。誰がどのように見つけたか。
# contacted_by:  # 連絡者。誰から連絡を受けたか。
# place:  # 場所。障害が起きた場所や機器。
# symptom:  # 現象。何が起きたか。
# extent:  # 影響範囲。影響を受けた利用者と業務。
#   users:  # 利用者。影響を受けた人数や部署。
"""


def test_a_record_is_drafted_and_what_comes_of_it_is_told(project: Callable[..., Project]) -> None:
    """The file is named after those that are there; the document, the deadline and the next commands are told."""
    there = project(whole_project())
    ran = there.run("new", "incidents", *TITLED)
    path = f"{RECORDS}/incidents/2026-002.yml"
    assert (ran.code, ran.out) == (0, f"{path}\n")
    assert there.read(path).startswith(DRAFT)
    assert ran.err == (
        "検査では、このファイルに誤りはありません\n"
        "これで始まる期限:\n"
        "  日付なし  予定  2  障害報告書  障害 2026-002  「障害復旧作業後２週間以内」、記録待ち\n"
        "    復旧日時の記録を待っています。記録されると期日を計算します。\n"
        "次に:\n"
        f"  {path} に、分かっていることを書き足す\n"
        "  nohin check\n"
        "  nohin build --only mihon\n"
        f"  git add {path}\n"
    )


def test_a_hint_becomes_a_key_when_its_mark_is_taken_away(project: Callable[..., Project]) -> None:
    """A key without a value is an error at its line, never an example that stays by oversight; with one it counts."""
    there = project(whole_project())
    path = there.run("new", "incidents", *TITLED).lines[0]
    there.write({path: there.read(path).replace("# restored:", "restored:")})
    assert "「復旧日時」(restored)の値が書かれていません" in there.check().out
    there.write({path: there.read(path).replace("restored:", "restored: 2026-06-17 9:00")})
    assert there.check().code == 0
    assert "2026-07-01" in there.run("due").out


def test_several_contracts_have_to_be_told_apart(project: Callable[..., Project]) -> None:
    """With one contract nobody is asked which; with two it is one of the answers."""
    other = {"data/contracts/other/contract.yml": MINIMAL[f"{CONTRACT}/contract.yml"]}
    there = project(whole_project(other))
    ran = there.run("new", "incidents", *TITLED)
    assert (ran.code, "--contract ID　どの契約か（mihon、other）" in ran.err) == (2, True)
    assert there.run("new", "incidents", "--contract", "other", *TITLED).lines == [
        "data/contracts/other/records/incidents/2026-001.yml"
    ]
    ran = there.run("new", "incidents", "--contract", "mihn", *TITLED)
    assert (ran.code, ran.err) == (2, "nohin: 契約「mihn」がありません。あるのは: mihon、other\n")


HABITS: dict[str, tuple[dict[str, str], tuple[str, ...], str]] = {
    "serial": ({"incidents/2026-003": "title: a\ncontacted: 2026-05-01 9:00\n"}, ("incidents", *TITLED), "2026-004"),
    "serial of a new year": (
        {},
        ("incidents", "--set", "title=a", "--set", "contacted=2027-01-04 9:00"),
        "2027-001",
    ),
    "serial by fiscal year": (
        {"notices/2026-002": "title: a\ndeliverable: '1'\nissued: 2027-02-01\nitems: [{item: a, text: b}]\n"},
        (
            "notices",
            *(
                p
                for s in ("title=a", "deliverable=1", "issued=2027-03-01", "items.1.item=a", "items.1.text=b")
                for p in ("--set", s)
            ),
        ),
        "2026-003",
    ),
    "day": (
        {"meetings/2026-05-10": "title: a\nheld: 2026-05-10\n"},
        ("meetings", "--set", "title=a", "--set", "held=令和8年6月1日"),
        "2026-06-01",
    ),
    "day that is taken": (
        {"meetings/2026-05-10": "title: a\nheld: 2026-05-10\n"},
        ("meetings", "--set", "title=a", "--set", "held=2026-05-10"),
        "2026-05-10-2",
    ),
    "month of a period": (
        {"invoices/2026-04": "title: a\nperiod: {start: 2026-04-01, end: 2026-04-30}\nissued: 2026-05-10\n"},
        ("invoices", "--set", "title=a", "--set", "period.start=2026-05-01", "--set", "period.end=2026-05-31"),
        "2026-05",
    ),
}


@pytest.mark.parametrize(("there_already", "arguments", "name"), HABITS.values(), ids=list(HABITS))
def test_records_are_named_as_those_before(
    project: Callable[..., Project], there_already: Files, arguments: tuple[str, ...], name: str
) -> None:
    """The id follows the habit of the records of the kind."""
    there = project(whole_project({f"{RECORDS}/{path}.yml": text for path, text in there_already.items()}))
    ran = there.run("new", *arguments)
    assert [line.rsplit("/", 1)[1] for line in ran.lines] == [f"{name}.yml"], ran.err


def test_records_with_names_of_their_own_need_one(project: Callable[..., Project]) -> None:
    """Where the records have names, a name is one of the answers."""
    there = project(whole_project({f"{RECORDS}/workplaces/ward-office.yml": "title: 庁舎\nstart: 2026-04-01\n"}))
    answers = ("--set", "title=分室", "--set", "start=2026-05-01")
    ran = there.run("new", "workplaces", *answers)
    assert ran.code == 2
    assert "--id ID　ファイルの名になる記号。一度決めたら変えません。今あるもの: ward-office\n" in ran.err
    assert there.run("new", "workplaces", "--id", "annex", *answers).lines == [f"{RECORDS}/workplaces/annex.yml"]


ROW = ("--set", "received=2026-04-21 9:30", "--set", "source=職員", "--set", "subject=印刷", "--set", "person=p1")


def test_a_register_gets_a_row_and_its_comments_stay(project: Callable[..., Project]) -> None:
    """The first row makes the month's file, the next ones are added to it; another month has its own."""
    there = project(whole_project())
    path = f"{RECORDS}/inquiries/2026-04.yml"
    ran = there.run("new", "inquiries", *ROW)
    assert ran.lines == [path]
    assert "\nほかに書ける項目: department（所属）、channel（方法）、question（内容）、" in ran.err
    first = there.read(path)
    assert "items:\n  - id: q01\n    received: 2026-04-21 09:30\n    source: staff\n    # department:" in first
    assert there.run("new", "inquiries", *ROW, "--set", "channel=電話").lines == [path]
    assert there.read(path) == first + (
        "  - id: q02\n    received: 2026-04-21 09:30\n    source: staff\n    channel: phone\n    subject: 印刷\n    person: p1\n"
    )
    ran = there.run("new", "inquiries", *(part.replace("2026-04", "2026-05") for part in ROW))
    assert ran.lines == [f"{RECORDS}/inquiries/2026-05.yml"]
    assert "id: q03" in there.read(ran.lines[0])
    assert there.check().code == 0


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no kind": ((), "何を書くかを選んでください"),
    "a slip": (("incident",), "「incident」という種類はありません（incidents ではありませんか）"),
    "a title": (("障害",), "「障害」という種類はありません（incidents ではありませんか）"),
    "another command's file": (("submissions",), "submissions は nohin submit が書きます"),
    "a field that is not there": (
        ("incidents", "--set", "tittle=x"),
        "--set tittle: 「tittle」という項目はありません（title ではありませんか）",
    ),
    "no date": (
        ("incidents", "--set", "contacted=あした"),
        "--set contacted: 「連絡日時」(contacted)は日時でなければなりませんが、「あした」です（正しい形: 2026-04-01 16:30）",
    ),
    "a day that does not exist": (("meetings", "--set", "held=令和8年2月30日"), "2026年2月は28日までです"),
    "a word that is not allowed": (
        ("incidents", "--set", "stage=finl"),
        "final ではありませんか。書ける値: first（速報）、interim（中間）、final（最終）",
    ),
    "nobody of the roster": (
        (
            "work",
            "--set",
            "title=a",
            "--set",
            "start=2026-05-01 9:00",
            "--set",
            "end=2026-05-01 10:00",
            "--set",
            "people=p9",
            "--set",
            "content=a",
        ),
        "人「p9」がありません（staff.yml の people に書いてください。今あるもの: p1）",
    ),
    "the same question twice": (("incidents", "--set", "title=a", "--set", "title=b"), "--set title: 二度答えています"),
    "a gap in a list": (("notices", "--set", "items.2.item=a"), "--set items.2.item: この位置には書けません"),
    "an empty answer": (
        ("meetings", "--set", "title=", "--set", "held=2026-05-01"),
        "「件名」(title)の値が書かれていません",
    ),
    "a name outside": (
        ("meetings", "--id", "../../x", "--set", "title=a", "--set", "held=2026-05-01"),
        "「../../x」は使えない名です",
    ),
    "a name with a slash": (("authority", "--id", "a/b"), "「a/b」は使えない名です"),
    "a name of the site": (("contract", "--id", "assets"), "「assets」はサイトが使う名です"),
    "a name where there is none": (("plan", "--id", "x"), "plan のファイルは契約に一つなので、名は要りません"),
    "what is there": (("incidents", "--id", "2026-001"), "incidents/2026-001.yml はすでにあります"),
    "the one file that is there": (("staff",), "staff.yml はすでにあります。エディターで書き足してください"),
    "a thing that is there": (
        ("plan", "--set", "id=inspection", "--set", "title=a"),
        "id「inspection」が 2 行目と重なっています",
    ),
    "a contract where there is none": (("vendor", "--contract", "mihon"), "vendor は契約に属しません"),
    "nothing to name": (
        ("design/networks", "--set", "id=a", "--set", "title=b"),
        "先に nohin new design/zones で書いてください",
    ),
    "a control character": (
        ("meetings", "--set", "title=a\x1b[31m", "--set", "held=2026-05-01"),
        "使えない制御文字 U+001B があります",
    ),
    "bytes that are no text": (
        ("meetings", "--set", "title=a\udcff", "--set", "held=2026-05-01"),
        "使えない制御文字 U+DCFF があります",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_written_is_refused(
    project: Callable[..., Project], arguments: tuple[str, ...], said: str
) -> None:
    """Misuse ends with 2, says what would be right, and leaves every file as it was."""
    there = project(whole_project())
    before = contents(there.root)
    ran = there.run("new", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert contents(there.root) == before


def test_an_answer_without_a_field_is_misuse(project: Callable[..., Project]) -> None:
    """`--set` takes a field and a value."""
    ran = project(whole_project()).run("new", "meetings", "--set", "件名")
    assert ran.code == 2
    assert "「件名」は 項目=値 の形ではありません" in ran.err


def test_kinds_are_listed_with_their_titles(project: Callable[..., Project]) -> None:
    """Whoever does not know what can be written sees all of it."""
    ran = project(whole_project()).run("new")
    assert ran.code == 2
    assert all(re.search(rf"^  {kind} +{schema.title}$", ran.err, re.MULTILINE) for kind, schema in kinds().items())


HOSTILE = (
    "\"二重\" '一重' `逆`",
    "鍵: 値 # 注釈",
    "- 一覧\n# 見出し\n---\n...\nkey: value",
    "  前後の空白  ",
    "*alias &anchor !tag %YAML @x",
    "[a, {b: c}]",
    "{{ 7 * 7 }}<script>alert(1)</script>",
    "../../etc/passwd",
    "null",
    "true",
    "2026-04-01",
    "007",
    "\\x1b\\n",
    "一行目\r\n二行目\n\n   字下げ\n",
    "|-",
    "? x",
    "長" * 3000,
    "=",
    "a=b=c",
)


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_are_text(project: Callable[..., Project], answer: str) -> None:
    """What is answered is read back as it was answered, from fields, lists and rows; nothing else is written."""
    there = project(whole_project())
    ran = there.run(
        "new",
        "meetings",
        "--set",
        f"title={answer}",
        "--set",
        "held=2026-05-01",
        "--set",
        f"agenda={answer}",
        "--set",
        "agenda=b",
        "--set",
        f"actions.1.what={answer}",
    )
    assert ran.code == 0, ran.err
    value = parse(there.read(ran.lines[0]).encode(), "").value
    said = answer.replace("\r\n", "\n").strip()
    assert (value["title"], value["agenda"], value["actions"]) == (said, [said, "b"], [{"what": said}])
    there.run("new", "inquiries", *ROW, "--set", f"answer={answer}")
    row = there.run("new", "inquiries", *ROW, "--set", f"answer={answer}")
    assert [item["answer"] for item in parse(there.read(row.lines[0]).encode(), "").value["items"]] == [said, said]


def test_a_link_out_of_the_project_is_not_followed(project: Callable[..., Project], tmp_path: Path) -> None:
    """Nothing is written outside, whatever a folder of records points to."""
    there = project(whole_project())
    outside = tmp_path / "outside"
    outside.mkdir()
    (there.root / RECORDS / "meetings").symlink_to(outside)
    ran = there.run("new", "meetings", "--set", "title=a", "--set", "held=2026-05-01")
    assert (ran.code, list(outside.iterdir())) == (2, [])
    assert "プロジェクトの外を指すリンクです" in ran.err


def test_what_the_check_finds_in_the_file_is_shown(project: Callable[..., Project]) -> None:
    """A file that still lacks something is written, its problems are told, and the command ends with 1."""
    deliverable = "    due:\n      - event: incidents\n        within: 2 weeks of event.restored\n"
    asked = swapped(f"{CONTRACT}/deliverables.yml", deliverable, f"{deliverable}    documents: [incident-report]\n")
    there = project(whole_project({**asked, f"{RECORDS}/incidents/2026-001.yml": None}))
    ran = there.run("new", "incidents", *TITLED)
    assert (ran.code, len(ran.lines)) == (1, 1)
    assert f"{ran.lines[0]}:2:1: error DOC001 「障害報告書」の記載事項「現象」がありません" in ran.err
    assert "これから作られる文書: 障害報告書（通知が届かない）\n" in ran.err


def test_a_new_contract_is_begun_with_what_follows(project: Callable[..., Project]) -> None:
    """A contract, then its other files: each names those that are still missing."""
    there = project({path: text for path, text in MINIMAL.items() if not path.startswith(CONTRACT)})
    ran = there.run("new", "incidents", *TITLED)
    assert (ran.code, "契約がまだありません。nohin new contract で書いてください" in ran.err) == (2, True)
    answers = ("--set", "title=保守委託", "--set", "period.start=令和８年４月１日", "--set", "period.end=2027-03-31")
    ran = there.run("new", "contract", "--id", "hoshu", *answers)
    assert (ran.code, ran.lines) == (0, ["data/contracts/hoshu/contract.yml"])
    assert "authority: mihon-shi\nvendor: mihon-sha\n" in there.read(ran.lines[0])
    assert re.findall(r"nohin new (\w+)", ran.err) == ["clauses", "deliverables", "staff", "plan", "checklist"]
    ran = there.run("new", "staff", "--set", "people.1.id=p01", "--set", "people.1.name=見本 太郎")
    assert (ran.code, ran.lines) == (0, ["data/contracts/hoshu/staff.yml"])
    assert re.findall(r"nohin new (\w+)", ran.err) == ["clauses", "deliverables", "plan", "checklist"]
    assert there.check().code == 0


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes somebody sit at the terminal who types these lines."""

    def sit(*lines: str) -> None:
        monkeypatch.setattr("generator.cli._at_terminal", lambda: True)
        monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines)))

    return sit


def test_only_what_cannot_be_derived_is_asked(project: Callable[..., Project], answered: Callable[..., None]) -> None:
    """Times, words and people are asked for, by number or by name, until the answer can be taken."""
    there = project(whole_project())
    answered("定期点検", "", "あした", "令和８年５月１日 ９：００", "2026-05-01 10:00", "2", "p9", "１", "見た。")
    ran = there.run("new", "work")
    assert (ran.code, ran.lines) == (0, [f"{RECORDS}/work/2026-001.yml"]), ran.err
    assert parse(there.read(ran.lines[0]).encode(), "").value == {
        "title": "定期点検",
        "start": "2026-05-01 09:00",
        "end": "2026-05-01 10:00",
        "people": ["p1"],
        "content": "見た。",
    }
    assert re.findall(r"（(\w+)）　", ran.err) == ["title", "start", "end", "people", "content"]
    assert "  答えてください\n" in ran.err
    assert "「開始日時」(start)は日時でなければなりません" in ran.err
    assert "  1  p1  見本 太郎（業務責任者）\n" in ran.err
    assert "「2」は選べません\n" in ran.err
    assert "「p9」は選べません\n" in ran.err


def test_people_are_chosen_by_their_name(project: Callable[..., Project], answered: Callable[..., None]) -> None:
    """As the list shows it, or only the name, with or without its blank; never where two are called so."""
    there = project(
        whole_project(
            swapped(
                f"{CONTRACT}/staff.yml",
                "appointments:\n",
                "appointments:\n  - {person: p2, role: manager, start: 2026-04-01, deputy: true}\n"
                "  - {person: p3, role: manager, start: 2026-04-01, deputy: true}\n",
            )
        )
    )
    staff = there.read(f"{CONTRACT}/staff.yml")
    twins = "  - {id: p2, name: 例示 花子}\n  - {id: p3, name: 例示 花子}\nroles:\n"
    there.write({f"{CONTRACT}/staff.yml": staff.replace("roles:\n", twins, 1)})
    answered("点検", "2026-05-01 09:00", "2026-05-01 10:00", "例示花子", "見本太郎", "見た。")
    ran = there.run("new", "work")
    assert "people: [p1]\n" in there.read(ran.lines[0]), ran.err
    assert "  1  p1  見本 太郎（業務責任者）\n  2  p2  例示 花子（業務責任者代理）\n" in ran.err
    assert "「例示花子」は選べません\n" in ran.err


def test_deliverables_are_chosen_by_their_own_number(
    project: Callable[..., Project], answered: Callable[..., None]
) -> None:
    """Where the choices are numbers themselves, they are not counted besides; words are chosen by their label too."""
    there = project(whole_project())
    answered("協議", "2", "2026-05-01", "協議の事項", "日程")
    ran = there.run("new", "notices")
    assert "deliverable: '2'\n" in there.read(ran.lines[0])
    assert "\n  1  作業報告書\n  2  障害報告書\n> " in ran.err
    answered("苦情", "2026-05-01", "家族", "2")
    ran = there.run("new", "equal-treatment")
    assert "source: family\nkind: accommodation\n" in there.read(ran.lines[0])


def test_the_only_deliverable_that_asks_for_it_is_not_asked(project: Callable[..., Project]) -> None:
    """Where one deliverable only is made from such records, it is the one that is meant."""
    asked = swapped(
        f"{CONTRACT}/deliverables.yml", "title: 作業報告書\n", "title: 作業報告書\n    documents: [completion-report]\n"
    )
    there = project(whole_project(asked))
    ran = there.run("new", "completions", "--set", "title=上期", "--set", "completed=2026-04-30")
    assert "deliverable: '1'\n" in there.read(ran.lines[0])


def test_an_option_that_is_refused_ends_before_the_first_question(
    project: Callable[..., Project], answered: Callable[..., None]
) -> None:
    """Nobody answers five questions for nothing."""
    answered()
    ran = project(whole_project()).run("new", "work", "--set", "start=いつか")
    assert (ran.code, "> " in ran.err) == (2, False)


def test_whoever_stops_answering_has_written_nothing(
    project: Callable[..., Project], answered: Callable[..., None]
) -> None:
    """The end of the input ends the command."""
    there = project(whole_project())
    before = contents(there.root)
    answered("定期点検")
    ran = there.run("new", "work")
    assert (ran.code, ran.err.splitlines()[-1]) == (2, "nohin: 途中でやめました。何も書いていません")
    assert contents(there.root) == before


def _session(terminal: int, answers: Iterator[str]) -> str:
    """What a terminal shows while these answers are typed, one at each prompt, until nobody is left on it."""
    shown, answered = "", 0
    while select.select([terminal], [], [], 60)[0]:
        try:
            shown += os.read(terminal, 4096).decode(errors="replace")
        except OSError:  # so ends a terminal in Linux
            return shown.replace("\r\n", "\n")
        if shown.endswith("> ") and len(shown) > answered:
            answered = len(shown)
            os.write(terminal, f"{next(answers)}\n".encode())
    raise AssertionError(shown)


def _shown(command: str) -> str:
    """What the guide says that a command shows."""
    block = re.search(
        rf"^```text\n\$ {re.escape(command)}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert block
    return block[1]


GUIDE = ROOT / "docs/writing-records.md"


def test_a_session_at_a_real_terminal_is_as_the_guide_shows_it(tmp_path: Path) -> None:
    """The whole way: a process, a terminal, questions on it, and the file; to the letter as the guide says."""
    there = Project(tmp_path / "keiyaku")
    assert run("init", str(there.root)).code == 0
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "generator", "new", "work", "--as-of", "2026-06-16"],
        cwd=there.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    guide = _shown("nohin new work --as-of 2026-06-16")
    shown = _session(ours, iter(re.findall(r"> (.*)$", guide, re.MULTILINE)))
    os.close(ours)
    assert (child.wait(60), shown[: len(guide)]) == (0, guide)
    assert "start: 2026-06-15 13:00\nend: 2026-06-15 15:00\npeople: [p01]\n" in there.read(guide.splitlines()[-1])


def test_missing_answers_are_told_as_the_guide_shows_them(tmp_path: Path) -> None:
    """What the guide shows of a script is what a script is told."""
    there = Project(tmp_path / "keiyaku")
    assert run("init", str(there.root)).code == 0
    ran = there.run("new", "work", "--set", "title=定期点検")
    assert (ran.code, ran.err) == (2, _shown("nohin new work --set title=定期点検 </dev/null"))
