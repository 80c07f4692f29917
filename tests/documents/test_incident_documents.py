"""The documents of incidents and technical work: what each says, and what it must not say."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from lxml import html

from generator.documents.facts import said
from generator.documents.kinds import Kind, discover, plain
from generator.documents.plan import kinds_of
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import load
from generator.intake.schema import RECORDS, load_schemas
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import CONTRACT, MINIMAL, ROOT, WHOLE, Project, documents, minimal_project

Values = Mapping[str, Any]
Records = Mapping[str, Mapping[str, Values]]
"""Values by kind of record and id."""
Make = Callable[..., Project]

RECORDED = {
    "incident-report": "incidents",
    "hardware-arrangement": "arrangements",
    "accident-report": "accidents",
    "patch-report": "patches",
    "inspection-report": "inspections",
    "equal-treatment-report": "equal-treatment",
    "outage-procedure": "outages",
}
"""The kinds made of one record each, and the kind of record."""

PREVENTION = [{"measure": "手順を改める", "owner": "p1", "due": "2026-06-30", "done": "2026-05-06"}]
TIMELINE = [{"at": "2026-05-01 09:30", "what": "電話を受けた", "who": "受付窓口"}]
STEPS = [{"target": "業務サーバ", "step": "電源を切る", "expected": "表示灯が消える", "minutes": 25}]

LEAST: dict[str, Values] = {
    "incidents": {"title": "障害", "contacted": "2026-05-01 09:00", "symptom": "動かない"},
    "arrangements": {"title": "手配", "arranged": "2026-05-01", "failure": "故障", "called": "保守業者"},
    "accidents": {"title": "事故", "occurred": "2026-05-01 09:00", "circumstances": "見当たらない"},
    "patches": {"title": "更新", "decided": "2026-05-01", "policy": "apply"},
    "inspections": {"title": "点検", "kind": "log", "inspected": "2026-05-01", "deliverable": "5", "findings": "増加"},
    "equal-treatment": {
        "title": "申出",
        "received": "2026-05-01",
        "source": "family",
        "kind": "unfair",
        "content": "扱いが違う",
    },
    "outages": {
        "title": "停電",
        "power_off": "2026-05-02 18:00",
        "power_on": "2026-05-03 08:00",
        "attendance": "procedure",
        "shutdown": [{"target": "甲", "step": "止める"}],
        "startup": [{"target": "甲", "step": "起こす"}],
        "checks": ["画面が出ること"],
    },
}
"""As little as a record of each kind can say."""

FULL: dict[str, Values] = {
    "incidents": {
        **LEAST["incidents"],
        "stage": "interim",
        "severity": "major",
        "number": "障-7",
        "occurred": "2026-05-01 08:10",
        "detected": "2026-05-01 08:20",
        "notified": "2026-05-01 08:25",
        "started": "2026-05-01 10:30",
        "restored": "2026-05-01 12:40",
        "detected_by": "監視の通知",
        "contacted_by": "情報課の担当者",
        "place": "第1庁舎",
        "hardware": True,
        "extent": {"users": "60人", "services": "送信の機能", "business": "窓口の遅れ"},
        "cause": {"direct": "容量の不足", "root": "見積りの誤り", "certainty": "suspected"},
        "workaround": "電話による受付",
        "actions": "領域の追加",
        "result": "送信の確認",
        "prevention": PREVENTION,
        "timeline": TIMELINE,
        "people": ["p1"],
        "attachments": ["通信の記録"],
        "reported": "2026-05-09",
    },
    "arrangements": {
        **LEAST["arrangements"],
        "incident": "one",
        "device": "配信サーバ",
        "place": "サーバ室",
        "approved": "2026-05-02",
        "called_at": "2026-05-01 10:40",
        "visit": "2026-05-03 13:00",
        "visited": "2026-05-03 13:20",
        "result": "部品の交換",
        "people": ["p1"],
        "reported": "2026-05-04",
    },
    "accidents": {
        **LEAST["accidents"],
        "stage": "final",
        "kind": "loss",
        "known": "2026-05-01 09:40",
        "notified": "2026-05-01 09:55",
        "information": "予約の一覧",
        "count": "11名分",
        "place": "会議室",
        "cause": "数え忘れ",
        "measures": "施錠の徹底",
        "instructions": "書面による報告",
        "persons_notified": "郵送による通知",
        "closed": "2026-05-08 17:00",
        "prevention": PREVENTION,
        "timeline": TIMELINE,
        "people": ["p1"],
        "incident": "one",
        "reported": "2026-05-09",
    },
    "patches": {
        **LEAST["patches"],
        "product": "基本ソフト",
        "severity": "緊急",
        "released": "2026-04-28",
        "reason": "遠隔からの実行",
        "targets": "配信サーバ2台",
        "tested": "2026-05-02",
        "applied": "2026-05-03",
        "result": "不具合なし",
        "start": "2026-05-03 18:00",
        "end": "2026-05-03 19:30",
        "people": ["p1"],
        "reported": "2026-05-07",
    },
    "inspections": {
        **LEAST["inspections"],
        "requested": "2026-04-20",
        "period": {"start": "2026-04-01", "end": "2026-04-30"},
        "items": [
            {
                "target": "記憶域",
                "item": "使用率",
                "value": "88%",
                "threshold": "80%",
                "judgement": "watch",
                "trend": "up",
                "note": "7月に不足",
            },
            {"target": "記憶", "item": "空き", "value": "4GB"},
        ],
        "action": "増設の提案",
        "task": "inspection",
        "start": "2026-05-01 13:00",
        "end": "2026-05-01 14:30",
        "people": ["p1"],
        "reported": "2026-05-07",
    },
    "equal-treatment": {
        **LEAST["equal-treatment"],
        "response": "筆談による説明",
        "result": "納得の返答",
        "people": ["p1"],
        "reported": "2026-05-10",
    },
    "outages": {
        **LEAST["outages"],
        "announced": "2026-04-20",
        "place": "情報プラザ",
        "shutdown": [*STEPS, {"target": "仮想基盤", "step": "止める"}],
        "startup": STEPS,
        "contact": "受付センター 00-0000-0001",
        "content": "電話での待機",
        "result": "正常な起動",
        "task": "inspection",
        "start": "2026-05-03 07:30",
        "end": "2026-05-03 09:00",
        "people": ["p1"],
        "reported": "2026-04-25",
    },
}
"""Every field of every kind of record, in words that occur only once."""

NOT_IN_WORDS = {"clauses", "deliverable", "due", "reported", "suspected"}
"""Fields that are said otherwise than in their value's words, or in the letter's frame."""

TITLES = {kind: f"題名{no}" for no, kind in enumerate([*RECORDED, "incident-register"], 1)}
"""What the contract calls the deliverables that ask for the kinds; their numbers are those of the titles."""


def _files(records: Records, contents: Mapping[str, list[str]] | None = None) -> dict[str, str | bytes]:
    """A contract of two years that asks for every kind of document, with records; None leaves a value out."""
    asked = [
        {
            "no": title.removeprefix("題名"),
            "title": title,
            "documents": [kind],
            "contents": (contents or {}).get(kind, []),
            "due": [{"undated": "速やかに"}],
        }
        for kind, title in TITLES.items()
    ]
    files = {
        f"{CONTRACT}/contract.yml": MINIMAL[f"{CONTRACT}/contract.yml"].replace("2027", "2028"),
        f"{CONTRACT}/deliverables.yml": json.dumps({"deliverables": asked}),
        f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"],
        f"{CONTRACT}/plan.yml": WHOLE[f"{CONTRACT}/plan.yml"].replace("    clauses: [1-1]\n", ""),
    }
    for kind, entries in records.items():
        for name, values in entries.items():
            filled = {field: value for field, value in values.items() if value is not None}
            files[f"{CONTRACT}/records/{kind}/{name}.yml"] = json.dumps(filled, ensure_ascii=False)
    return minimal_project(files)


def _bodies(make: Make, records: Records, as_of: str = "2026-05-10") -> dict[str, str]:
    """The bodies of the documents by their ids."""
    made = documents(make(_files(records)).root, as_of)
    return {name.removeprefix("mihon/"): text for name, text in made.items()}


def _body(make: Make, kind: str, changes: Values | None = None, least: bool = True) -> str:
    """The body of one document, of a record with some values other than there; None takes a value away."""
    values = {**(LEAST if least else FULL)[RECORDED[kind]], **(changes or {})}
    others = {"incidents": {"one": LEAST["incidents"]}}
    return _bodies(make, {**others, RECORDED[kind]: {"one": values}})[f"{kind}-one"]


def _tree(body: str) -> Any:
    return html.fromstring(f"<div>{body}</div>")


def _text(body: str) -> str:
    """A body as it is read, without blanks."""
    return "".join(_tree(body).text_content().split())


def _cell(body: str, title: str) -> str:
    """What stands beside a title in a table of facts."""
    (cell,) = _tree(body).xpath("//tr[th[1]=$title]/td", title=title)
    return str(cell.text_content()).strip()


def _words(contract: Contract, kind: str, value: Any, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Every single value of a record, in words."""
    if path and path[-1] in NOT_IN_WORDS:
        return
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else None
    if inner is None and path[-1] == "end" and isinstance(value, dt.datetime):
        yield f"{value.hour}時{value.minute:02}分まで"  # of the same day as its beginning
    elif inner is None:
        yield "".join(said(contract, load_schemas().by_kind[RECORDS + kind], path, value).split())
    else:
        for key, one in inner:
            yield from _words(contract, kind, one, (*path, key))


@pytest.mark.parametrize("kind", RECORDED)
def test_least_record_makes_a_document(project: Make, kind: str) -> None:
    """A record that says only what it must is a document, in words."""
    body = _body(project, kind)
    assert _text(body)
    assert "None" not in body


@pytest.mark.parametrize(
    ("kind", "missing", "left_out"),
    [
        ("incident-report", ["発生日時", "着手日時"], ["発見の経緯", "影響した機能", "担当者"]),
        ("accident-report", [], ["第一報", "発生場所", "本人への通知"]),
        ("hardware-arrangement", ["手配先への連絡", "訪問の予定"], ["設置場所", "発注者の承認", "訪問日時"]),
        ("patch-report", [], ["深刻度", "検証日", "結果", "作業日時"]),
        ("inspection-report", [], ["発注者の求め", "対象の期間", "作業日時", "対応"]),
        ("equal-treatment-report", ["対応", "結果"], ["対応した者"]),
        ("outage-procedure", ["当日の連絡先"], ["場所", "発注者からの連絡", "作業内容"]),
    ],
)
def test_rows_that_do_not_apply_are_left_out(project: Make, kind: str, missing: list[str], left_out: list[str]) -> None:
    """What a report of its kind has to tell is a dash while it is not known; of the rest there is no row."""
    body = _body(project, kind)
    assert [_cell(body, title) for title in missing] == ["―"] * len(missing)
    titles = {str(title) for title in _tree(body).xpath("//th/text()")}
    assert titles & set(left_out) == set()


def test_a_day_is_said_once(project: Make) -> None:
    """Work that ends on the day it began has its end as a time; a power cut over a night has both days."""
    inspected = _body(project, "inspection-report", least=False)
    assert _cell(inspected, "作業日時") == "令和8年5月1日（金）13時00分から14時30分まで"
    cut = _cell(_body(project, "outage-procedure"), "停電の日時")
    assert cut == "令和8年5月2日（土）18時00分から令和8年5月3日（日）8時00分まで（14時間）"


def test_only_columns_that_say_something(project: Make) -> None:
    """A list of what was looked at has no column that is empty in every row, and counts no judgements where none are."""
    rows = [{"target": "窓口", "item": "相談", "value": "38件", "trend": "up"}]
    body = _body(project, "inspection-report", {"items": rows})
    assert _tree(body).xpath("//thead//th/text()") == ["対象", "点検項目", "結果", "傾向"]
    assert "点検項目1件" not in _text(body)


def test_names_are_not_torn(project: Make) -> None:
    """Each of several names in the course of an incident is a piece of its own, and reads as it was written."""
    timeline = [{"at": "2026-05-01 09:30", "what": "直した", "who": "見本 葉月、監督職員・保守業者"}]
    tree = _tree(_body(project, "incident-report", {"timeline": timeline}))
    pieces = [piece.text for piece in tree.find_class("piece")]
    assert pieces == ["見本 葉月、", "監督職員・", "保守業者"]


def test_an_arrangement_does_not_tell_of_work_to_come(project: Make) -> None:
    """The visit of a later day is not in the paper that arranges it; what was over by its day is."""
    later = {"visited": "2026-05-05 10:00"}
    assert "部品の交換" not in _body(project, "hardware-arrangement", later, least=False)
    assert _cell(_body(project, "hardware-arrangement", least=False), "結果") == "部品の交換"


@pytest.mark.parametrize("kind", RECORDED)
def test_everything_recorded_is_shown(project: Make, kind: str) -> None:
    """No field of a record stays out of its document."""
    of = RECORDED[kind]
    there = project(_files({"incidents": {"one": LEAST["incidents"]}, of: {"one": FULL[of]}}))
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    (entry,) = [entry for entry in contract.entries if entry.kind == of]
    assert set(load_schemas().by_kind[RECORDS + of].fields) - NOT_IN_WORDS <= set(entry.values)
    shown = _text(documents(there.root, "2026-05-10")[f"mihon/{kind}-one"])
    assert [word for word in _words(contract, of, dict(entry.values)) if word not in shown] == []


LACKING = [
    pytest.param("incident-report", {"symptom": None}, ["現象"], id="incident"),
    pytest.param(
        "incident-report",
        {"restored": "2026-05-01 12:00"},
        ["再発防止策", "対処作業結果", "障害発生原因"],
        id="incident restored",
    ),
    pytest.param("hardware-arrangement", {"failure": None, "called": " "}, ["手配先", "障害の内容"], id="arrangement"),
    pytest.param("accident-report", {"circumstances": None}, ["発生状況"], id="accident"),
    pytest.param("patch-report", {"policy": None}, ["適用方針"], id="patch"),
    pytest.param("inspection-report", {"findings": None}, ["分かったこと"], id="inspection"),
    pytest.param("equal-treatment-report", {"content": None}, ["申出の内容"], id="application"),
    pytest.param("equal-treatment-report", {"reported": "2026-05-09"}, ["対応", "結果"], id="application reported"),
    pytest.param("outage-procedure", {"shutdown": [], "startup": None}, ["停止の手順", "起動の手順"], id="outage"),
    pytest.param("outage-procedure", {"checks": None}, ["動作確認"], id="outage checks"),
]


@pytest.mark.parametrize(("kind", "changes", "titles"), LACKING)
def test_what_a_document_must_say_is_asked_for(project: Make, kind: str, changes: Values, titles: list[str]) -> None:
    """Each missing item is an error that names it, once it can be known."""
    ran = project(_files({RECORDED[kind]: {"one": {**LEAST[RECORDED[kind]], **changes}}})).check()
    assert sorted(re.findall(r"error DOC001 「(.+?)」の記載事項「(.+?)」がありません", ran.out)) == [
        (TITLES[kind], title) for title in sorted(titles)
    ]


def test_contents_a_city_prints_are_asked_for_and_used_as_titles(project: Make) -> None:
    """What the deliverable lists is missing where the record lacks it, and stands in its own words where it does not."""
    contents = {"accident-report": ["事故に関わる情報の内容", "件数", "事故の発生場所", "発生状況"]}
    files = _files({"accidents": {"one": LEAST["accidents"]}}, contents)
    assert re.findall(r"記載事項「(.+?)」", project(files).check().out) == ["件数・数量", "情報の内容", "発生場所"]
    there = project(_files({"accidents": {"one": {**FULL["accidents"], "incident": None}}}, contents))
    body = documents(there.root)["mihon/accident-report-one"]
    assert [_cell(body, title) for title in contents["accident-report"]] == [
        "予約の一覧",
        "11名分",
        "会議室",
        "見当たらない",
    ]


def _shipped(kinds: Mapping[str, Kind]) -> Iterator[tuple[Kind, str]]:
    """The contents that shipped contracts ask of these kinds."""
    for contract in load(WorkingTree(ROOT)).portfolio.contracts.values():
        for deliverable in contract.deliverables:
            for kind in kinds_of(deliverable, kinds):
                yield from ((kind, content) for content in deliverable.contents if kind.id in RECORDED)


def test_shipped_contents_are_known() -> None:
    """Whatever the specifications list for these documents is an item of theirs: nothing is asked for in vain."""
    kinds, _ = discover(TemplateFolders(ROOT))
    asked = list(_shipped(kinds))
    assert {content for _, content in asked} >= {"障害発生原因", "個人情報の内容", "事故の発生場所"}
    for kind, content in asked:
        names = {plain(name) for item in kind.items for name in (item.title, *item.labels)}
        assert plain(content) in names, (kind.id, content)


def test_incident_not_yet_restored_says_so(project: Make) -> None:
    """Before the end there is no end, no length, no cause and no claim to be the final report."""
    body = _body(project, "incident-report", {"occurred": "2026-05-01 08:10"})
    assert "復旧を確認した記録がまだありません" in body
    assert _cell(body, "報告の種類") == "速報"
    assert _cell(body, "復旧日時") == "未復旧（復旧を確認した記録なし）"
    assert _cell(body, "発生から復旧まで") == "未確定（未復旧）"
    assert _text(body).count("復旧前のため、まだ記録がありません。") == 3


def test_restored_incident_is_a_final_report(project: Make) -> None:
    """After the end the report is final unless it says otherwise, and its length is counted from the occurrence."""
    body = _body(project, "incident-report", {"stage": None}, least=False)
    assert "まだ記録がありません" not in body
    assert (_cell(body, "報告の種類"), _cell(body, "発生から復旧まで")) == ("最終", "4時間30分")
    assert _cell(body, "推定・確定の別") == "推定"


def test_suspected_accident_is_not_told_as_one_that_happened(project: Make) -> None:
    """おそれ is said where the record says so; otherwise it is an accident."""
    suspected = _body(project, "accident-report", {"suspected": True})
    assert _cell(suspected, "発生・おそれの別") == "事故のおそれ（事故の発生を確認したものではありません）"
    assert _cell(_body(project, "accident-report"), "発生・おそれの別") == "事故の発生"


def test_open_accident_says_so(project: Make) -> None:
    """While an accident is dealt with, its report says that it goes on."""
    body = _body(project, "accident-report")
    assert (_cell(body, "報告の種類"), _cell(body, "終息日時")) == ("速報", "未終息（対応を終えた記録なし）")
    assert "対応を終えた記録がまだありません" in body
    assert _cell(body, "発生又は知った日時") == "令和8年5月1日（金）9時00分"
    closed = _body(project, "accident-report", least=False)
    assert "まだありません" not in closed
    assert _cell(closed, "発生日時") == "令和8年5月1日（金）9時00分"


@pytest.mark.parametrize(
    ("policy", "said_of_it"),
    [
        ("apply", "未適用（適用した記録なし）"),
        ("defer", "未適用（延期する方針）"),
        ("skip", "該当なし（適用しない方針）"),
    ],
)
def test_patch_without_a_day_is_not_told_as_applied(project: Make, policy: str, said_of_it: str) -> None:
    """Without a day of application the report says that there was none, and by which decision."""
    assert _cell(_body(project, "patch-report", {"policy": policy}), "適用日") == said_of_it


def test_inspection_is_reported_only_where_it_names_its_deliverable(project: Make) -> None:
    """A routine inspection stays a record; it does not become a report nobody asked for."""
    routine = {**LEAST["inspections"], "deliverable": None}
    made = _bodies(project, {"inspections": {"one": LEAST["inspections"], "two": routine}})
    assert [name for name in made if name.startswith("inspection")] == ["inspection-report-one"]


def test_inspection_counts_its_judgements(project: Make) -> None:
    """The judgements are counted, and an item without one is not counted as good."""
    body = _body(project, "inspection-report", least=False)
    assert "点検項目2件（良0件、要注意1件、否0件、判定なし1件）" in _text(body)


def test_applicant_is_told_without_a_name(project: Make) -> None:
    """Of an applicant the report says only in what relation they stand, and says that it leaves out the name."""
    body = _body(project, "equal-treatment-report")
    assert _cell(body, "申出者") == "家族（氏名は載せていません）"
    assert "結果の記録がまだありません" in body


def test_procedure_is_made_only_where_nobody_is_sent(project: Make) -> None:
    """A power cut at which the vendor attends needs no procedure for others."""
    attended = {**LEAST["outages"], "attendance": "onsite"}
    made = _bodies(project, {"outages": {"one": LEAST["outages"], "two": attended}})
    assert [name for name in made if name.startswith("outage")] == ["outage-procedure-one"]


def test_procedure_adds_up_its_minutes(project: Make) -> None:
    """The total is of the steps that have minutes, and says how many have none."""
    text = _text(_body(project, "outage-procedure", least=False))
    assert "所要の合計25分（所要の記載がない手順1件を除く）。" in text
    assert "所要の合計25分。" in text
    assert "所要の合計―（所要の記載がない）。" in _text(_body(project, "outage-procedure"))


def test_what_is_filled_in_by_hand_is_blank(project: Make) -> None:
    """The places for times and names hold nothing, also after the work was recorded."""
    tree = _tree(_body(project, "outage-procedure", least=False))
    blank = tree.xpath("//td[@class='blank']")
    assert len(blank) == 2 * 3 + 3 + 2 * 3
    assert {cell.text_content() for cell in blank} == {""}
    days = tree.xpath("//td[@data-label='実施日']/text()")
    assert days == ["令和　　年　　月　　日"] * 3


def _incident(begun: str, ended: str | None = None, **more: Any) -> Values:
    values = {"title": f"障害{begun[:7]}", "contacted": f"{begun} 09:00", "symptom": "動かない", **more}
    if ended:
        values |= {
            "restored": f"{ended} 17:00",
            "prevention": PREVENTION,
            "actions": "直した",
            "cause": {"direct": "故障"},
        }
    return values


REGISTER: Records = {
    "incidents": {
        "a": _incident("2026-06-10", "2026-06-11", number="障-1", hardware=True),
        "b": _incident("2027-03-30", "2027-04-02"),
        "c": _incident("2027-05-01"),
        "d": _incident("2026-04-20"),
    },
    "accidents": {
        "x": {**LEAST["accidents"], "suspected": True, "kind": "virus", "notified": "2026-05-01 09:10"},
        "y": {**LEAST["accidents"], "occurred": "2027-04-01 10:00", "closed": "2027-04-03 10:00", "cause": "過失"},
    },
}


def _register(make: Make, records: Records, year: int, as_of: str) -> str:
    return _bodies(make, records, as_of)[f"incident-register-{year}"]


def _numbers(body: str) -> list[str]:
    return [str(cell.text) for cell in _tree(body).xpath("//tbody/tr/th")]


def test_register_has_a_row_each_in_order(project: Make) -> None:
    """Incidents and accidents of the year stand together in the order in which they began."""
    assert _numbers(_register(project, REGISTER, 2026, "2027-05-10")) == ["d", "x", "障-1", "b"]


def test_register_keeps_what_was_open_when_the_year_began(project: Make) -> None:
    """A matter that outlasts its year stands in the next one too, and is told as older."""
    body = _register(project, REGISTER, 2027, "2027-05-10")
    assert _numbers(body) == ["d", "x", "b", "y", "c"]
    older = [row.xpath("string(th/text())") for row in _tree(body).xpath("//tr[contains(., 'この年度より前から')]")]
    assert older == ["d", "x", "b"]


def test_register_counts_and_says_the_state(project: Make) -> None:
    """The head counts what is open; each row says its kind, its moments and its state."""
    body = _register(project, REGISTER, 2026, "2027-05-10")
    text = _text(body)
    assert "障害3件（うち未復旧1件）事故1件（うち事故のおそれ1件、未終息1件）" in text
    assert "事故のおそれ（ウイルス・マルウェア）" in text
    assert "連絡令和8年6月10日9時00分復旧令和8年6月11日17時00分" in text
    assert "再発防止策1件（うち実施1件）" in text
    states = [str(cell.text_content()) for cell in _tree(body).xpath("//td[@data-label='状態']")]
    assert states == ["未復旧", "未終息", "復旧", "復旧"]


def test_register_of_a_quiet_year(project: Make) -> None:
    """A year without any says so; while it runs it says no more than what is known so far."""
    over = _register(project, {}, 2026, "2027-03-31")
    assert "該当なし（この年度の障害と事故の記録がない）。" in over
    assert "途中経過" not in over
    running = _register(project, {}, 2026, "2027-03-30")
    assert "該当なし（この年度には、これまでに障害と事故の記録がない）。" in running
    assert "途中経過" in running


HOSTILE = "<script>alert(1)</script></td></table> {{ 7 * 7 }} <b onclick=x>=1+1</b> 😀 𠮷野 \u202eabc\u202c العربية"
LONG = "長" * 2500 + "W" * 2500
"""A line of 5,000 characters without a blank."""


def _attacked(kind: str) -> Values:
    """A full record whose texts are hostile; where one is not a title, the longest is without a blank."""
    rules = load_schemas().by_kind[RECORDS + kind].fields
    free = [name for name, rule in rules.items() if rule["type"] in ("string", "text") and "allowed" not in rule]
    return {**FULL[kind], **dict.fromkeys(free, HOSTILE), free[-1]: LONG, "incident": None}


@pytest.mark.slow
def test_hostile_records_stay_text_and_inside_the_sheet(project: Make) -> None:
    """Markup, formulas, rare characters and endless lines are shown as written and run over no edge."""
    records = {kind: {"one": _attacked(kind)} for kind in FULL}
    there = project({**_files(records), "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()})
    for name, body in documents(there.root).items():
        assert not _tree(body).xpath("//script | //b | //*[@onclick]"), name
        assert "".join(HOSTILE.split()) in _text(body) or "register" in name, name
    ran = there.build()
    assert (ran.code, ran.out) == (0, ""), ran.out + ran.err
    made = sorted((there.root / "site/deliverables").rglob("*.pdf"))
    assert len(made) == len(TITLES)
    for place in made:
        assert _outside(place) == [], place.name


def _outside(place: Any) -> list[str]:
    """The words of a PDF that stand nearer than 15 mm to the left or right edge of their sheet."""
    done = subprocess.run(["pdftotext", "-bbox", str(place), "-"], capture_output=True, check=True)
    found, width = [], 0.0
    for line in done.stdout.decode(errors="replace").splitlines():
        if page := re.search(r'<page width="([\d.]+)"', line):
            width = float(page[1])
        word = re.search(r'xMin="([-\d.]+)" .*xMax="([-\d.]+)".*?>(.*)</word>', line)
        if word and not 42 < float(word[1]) < float(word[2]) < width - 42:
            found.append(word[3])
    return found
