"""Completion, invoice, handover, minutes, general letters and the manual: with the least, with everything, and with
text from an enemy."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import html

from generator.checking import check
from generator.documents.plan import plan
from generator.documents.render import body as rendered
from generator.documents.render import environment
from generator.history.revisions import Revisions
from generator.rules.deadlines import due_items
from tests.support import CONTRACT, ROOT, Files, Project, documents, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
LISTED = """\
deliverables:
  - {no: '1', title: 作業完了報告書, phrase: 10月10日, due: [{each: fiscal_year, on: 10-10}]}
  - {no: '2', title: 完了届, phrase: 契約終了時, due: [{on: contract.end}]}
  - {no: '3', title: 請求書, phrase: 毎月, due: [{each: month, undated: 毎月}]}
  - {no: '4', title: 業務引継ぎ書, phrase: 終了まで, contents: [契約期間終了後の当面の課題], due: [{on: contract.end}]}
  - {no: '5', title: 打合せ記録簿, phrase: 都度, due: [{undated: 都度}]}
  - {no: '6', title: 体制の報告, phrase: 速やかに, documents: [notice], due: [{undated: 速やかに}]}
  - no: '7'
    title: 持込みの協議
    phrase: 事前に
    documents: [notice]
    text: 下記のとおり協議します。
    contents: [機器の名, 保護対策]
    due: [{undated: 事前に}]
  - {no: '8', title: マニュアル及びフロー, phrase: 任意, due: [{undated: 任意}]}
  - {no: '9', title: 月報, phrase: 翌月10日, due: [{each: month, on: 10 of next month}]}
  - {no: pay, title: 委託料の支払い, listed: false, obligor: authority, phrase: 請求書受領後30日以内, due: [{event: invoices, within: 30 days of event.received}]}
"""
SUBMITTED = """\
submissions:
  - {deliverable: '9', due: 2026-05-10, date: 2026-05-08, accepted: 2026-05-12}
  - {deliverable: '9', due: 2026-10-10, date: 2026-09-30, accepted: 2026-10-13}
  - {deliverable: '9', due: 2026-11-10, date: 2026-11-09}
  - {deliverable: '1', due: 2026-10-10, date: 2026-09-30}
"""

LEAST: dict[str, Any] = {
    "completions/report": {"title": "上半期", "deliverable": "1", "due": "2026-10-10", "completed": "2026-09-30", "period": {"start": "2026-04-01", "end": "2026-09-30"}},
    "completions/notice": {"title": "一年", "deliverable": "2", "completed": "2027-03-31"},
    "invoices/april": {"title": "4月分", "issued": "2026-04-30", "period": {"start": "2026-04-01", "end": "2026-04-30"}, "lines": [{"name": "委託料", "amount": 1000}]},
    "handovers/out": {"title": "引継ぎ", "direction": "out", "issues": ["様式が変わる"]},
    "meetings/first": {"title": "定例会", "held": "2026-05-12"},
    "notices/plain": {"title": "報告", "deliverable": "6", "issued": "2026-05-01", "items": [{"item": "事項", "text": "変わりがない。"}]},
    "procedures/take": {"title": "受付", "established": "2026-04-01", "steps": [{"id": "a", "actor": "従事者", "text": "受け付ける"}]},
}  # fmt: skip
"""Records of each kind with what they cannot do without."""

FULL: dict[str, Any] = {
    "completions/report": {**LEAST["completions/report"], "place": "見本庁舎", "content": "保守\n点検", "remarks": "補足", "reported": "2026-10-09"},
    "completions/notice": {**LEAST["completions/notice"], "period": {"start": "2026-04-01", "end": "2027-03-31"}, "place": "見本庁舎", "content": "保守", "remarks": "補足", "reported": "2027-03-31"},
    "invoices/april": {
        **LEAST["invoices/april"],
        "number": "R8-04",
        "lines": [{"name": "委託料", "quantity": "2", "unit": "人月", "price": 600000, "amount": 1200000}, {"name": "諸経費", "amount": 34567}],
        "tax": 123456,
        "total": 1358023,
        "payee": "見本銀行\n普通 0000000",
        "inspected": "2026-04-30",
        "received": "2026-05-01",
    },
    "handovers/out": {
        "title": "引継ぎ", "direction": "out", "held": "2026-10-20", "place": "見本庁舎", "attendees": ["監督職員", "次の事業者"], "people": ["p1"],
        "overview": "業務の概要の文", "procedures": "共有の棚", "plan": "四月が忙しい。",
        "matters": [{"matter": "残る事項", "state": "回答待ち", "due": "2026-11-01", "note": "督促済み"}],
        "issues": ["様式が変わる"], "lent": [{"item": "鍵", "quantity": "2本", "returned": "2026-10-20"}],
        "accounts": [{"system": "業務システム", "account": "管理用", "action": "停止する"}], "contacts": ["見本社 00-0000-0001"],
        "result": "終えた。", "reported": "2026-10-21",
    },
    "meetings/first": {
        **LEAST["meetings/first"], "start": "2026-05-12 10:00", "end": "2026-05-12 11:30", "place": "会議室",
        "attendees": {"authority": ["監督職員"], "vendor": ["p1"], "others": ["保守業者"]}, "agenda": ["日程"], "content": "話した。\n決めた。",
        "decisions": ["六月に行う"], "actions": [{"what": "手順書を作る", "owner": "受注者", "due": "2026-06-01"}], "reported": "2026-05-14",
    },
    "notices/plain": {
        **LEAST["notices/plain"], "requested": "2026-04-20", "text": "求めにより、下記のとおり報告します。", "attachments": ["図面"], "person": "p1",
        "reply": {"date": "2026-05-01", "result": "consented", "text": "条件を付ける。"}, "clauses": ["1-1"],
    },
    "procedures/take": {
        **LEAST["procedures/take"], "order": 1, "revised": "2026-05-01", "reason": "制度の改正", "purpose": "正しく受ける。", "timing": "毎日", "documents": ["受付簿"], "task": "inspection", "clauses": ["1-1"],
        "steps": [
            {"id": "a", "actor": "従事者", "text": "受け付ける", "note": "受付簿に書く"},
            {"id": "b", "actor": "責任者", "text": "よいか", "decision": True, "next": [{"to": "a", "label": "否"}, {"to": "c", "label": "可"}]},
            {"id": "c", "actor": "従事者", "text": "渡す"},
        ],
    },
    "work/april": {"title": "点検", "start": "2026-04-28 13:00", "end": "2026-04-28 15:30", "people": ["p1"], "content": "見た"},
    "inquiries/2026-04": {"items": [
        {"id": "q1", "received": "2026-04-02 9:00", "source": "staff", "subject": "答えた問い", "person": "p1", "answer": "答", "answered": "2026-04-02 9:30"},
        {"id": "q2", "received": "2026-04-03 9:00", "source": "staff", "subject": "残る問い", "person": "p1", "forwarded": "本社"},
    ]},
    "loans/2026": {"items": [
        {"item": "入館証", "quantity": "5枚", "borrower": "見本社", "lent": "2026-04-01", "until": "2027-03-31"},
        {"item": "端末", "borrower": "見本社", "lent": "2026-04-01", "returned": "2026-05-01"},
    ]},
    "custody/form": {"title": "申請書", "movement": "received", "moved": "2026-04-10 10:00", "information": "申請書の綴り", "person": "p1", "until": "2027-03-31"},
}  # fmt: skip
"""The same with everything, and with records that they count."""


def _files(records: dict[str, Any], deliverables: str = LISTED) -> Files:
    made = {f"{CONTRACT}/records/{path}.yml": json.dumps(r, ensure_ascii=False) for path, r in records.items()}
    return {DELIVERABLES: deliverables, f"{CONTRACT}/submissions.yml": SUBMITTED, **made}


def _bodies(
    project: Callable[..., Project], records: dict[str, Any], as_of: str = "2027-04-10", deliverables: str = LISTED
) -> dict[str, str]:
    """The words of each document, blanks left out."""
    found = documents(project(whole_project(_files(records, deliverables))).root, as_of)
    return {name.partition("/")[2]: _flat(html.document_fromstring(t).text_content()) for name, t in found.items()}


def _flat(text: str) -> str:
    return "".join(text.split())


KINDS = {
    "completion-report-report",
    "completion-notice-notice",
    "invoice-april",
    "handover-out",
    "minutes-first",
    "notice-plain",
    "work-manual",
}


def test_the_least_is_enough(project: Callable[..., Project]) -> None:
    """Every document can be made from a record that says only what it must, and says what it does not know."""
    found = _bodies(project, LEAST)
    assert set(found) >= KINDS
    assert "該当なし（終わっていない障害、" in found["handover-out"]
    assert "該当なし（決定事項の記録がない）。" in found["minutes-first"]
    assert "消費税及び地方消費税―" in found["invoice-april"]
    assert "引継ぎの記録なし" in found["handover-out"]


def test_a_draft_shows_what_is_missing(project: Callable[..., Project]) -> None:
    """Of a record without what its letter has to say there is a draft that says where the gaps are."""
    bare = {
        "completions/report": {"title": "上半期", "deliverable": "1", "completed": "2026-09-30"},
        "invoices/april": {"title": "4月分"},
        "handovers/out": {"title": "引継ぎ", "direction": "out"},
        "notices/asked": {**LEAST["notices/plain"], "deliverable": "7"},
    }
    more = LISTED.replace("[契約期間終了後の当面の課題]", "[契約期間終了後の当面の課題, 手順書の所在]")
    found = _drafts(project(whole_project(_files(bare, more))))
    assert "［未記入報告の期間］" in found["completion-report-report"]
    assert "該当なし（報告の期間の記載がない）。" in found["completion-report-report"]
    assert "請求金額［未記入請求金額］" in found["invoice-april"]
    assert "契約期間終了後の当面の課題［未記入契約期間終了後の当面の課題］" in found["handover-out"]
    assert "手順書の所在［未記入手順書の所在］" in found["handover-out"], "only because it is asked for"
    assert "保護対策［未記入保護対策］事項変わりがない。" in found["notice-asked"]


def _drafts(there: Project) -> dict[str, str]:
    checked = check(there.root)
    contract, day = checked.loaded.portfolio.contracts["mihon"], dt.date(2027, 4, 10)
    found, items = {}, due_items(contract, day)
    for document in plan(contract, checked.kinds, items, day):
        made, problems = rendered(environment(checked.folders), document, Revisions(()), items, day, draft=True)
        assert made is not None, problems
        found[document.id] = _flat(html.document_fromstring(made.html).text_content())
    return found


def test_everything_is_said(project: Callable[..., Project]) -> None:
    """Each text of a record stands in its document."""
    found = _bodies(project, FULL)
    for path, name in {
        "completions/report": "completion-report-report",
        "completions/notice": "completion-notice-notice",
        "invoices/april": "invoice-april",
        "handovers/out": "handover-out",
        "meetings/first": "minutes-first",
        "notices/plain": "notice-plain",
        "procedures/take": "work-manual",
    }.items():
        said = [text for text in _texts(FULL[path]) if _flat(text) not in found[name]]
        assert said == [], name


CODES = {"id", "to", "deliverable", "direction", "vendor", "people", "person", "task", "clauses", "source", "movement"}
CODES |= {
    "start",
    "end",
    "held",
    "due",
    "date",
    "reported",
    "completed",
    "issued",
    "requested",
    "established",
    "revised",
}
CODES |= {"received", "answered", "inspected", "returned", "lent", "until", "moved"}
"""Fields whose values are names, codes or dates."""


def _texts(value: Any, key: str = "") -> Iterator[str]:
    """The texts of a record, line by line; names, codes and dates are said in other words."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if not (name in CODES and not isinstance(inner, list)) and not (name == "result" and "date" in value):
                yield from _texts(inner, name)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, key) if key not in ("people", "vendor", "clauses") else ()
    elif isinstance(value, str):
        yield from value.splitlines()


def test_figures_of_a_period(project: Callable[..., Project]) -> None:
    """The report counts what was recorded in its period."""
    body = _bodies(project, FULL)["completion-report-report"]
    assert "障害1件うち復旧済み1件" in body
    assert "問い合わせ2件うち回答済み1件" in body
    assert "作業2件記録した作業時間4時間" in body, "the inspection and the meeting"


def test_a_letter_tells_only_what_was_known_on_its_day(project: Callable[..., Project]) -> None:
    """Handed over in the period, with acceptances up to the letter's date, and without the letter itself."""
    body = _bodies(project, FULL)["completion-report-report"]
    made = body.partition("期間中に納めた納品物件")[2]
    assert "9月報令和8年4月令和8年5月8日令和8年5月12日9月報令和8年9月令和8年9月30日以上" in made


def test_the_notice_sums_up_by_deliverable(project: Callable[..., Project]) -> None:
    """One line a deliverable, in the order of the list, and a blank box for the inspection."""
    body = _bodies(project, FULL)["completion-notice-notice"]
    assert "1作業完了報告書1件0件令和8年9月30日9月報3件2件令和8年11月9日" in body
    assert "検査（見本市の記入欄）検査年月日検査の結果検査員職・氏名令和年月日以上" in body


def test_no_deliverable_was_handed_over(project: Callable[..., Project]) -> None:
    """An empty list says so."""
    early = {**LEAST, "completions/notice": {**LEAST["completions/notice"], "reported": "2026-04-20"}}
    assert "該当なし（納品の記録がない）。" in _bodies(project, early)["completion-notice-notice"]


def test_an_invoice_adds_up(project: Callable[..., Project]) -> None:
    """The sums come from the lines and the tax; when it is paid, from what the contract says."""
    body = _bodies(project, FULL)["invoice-april"]
    assert "請求金額1,358,023円（うち消費税及び地方消費税の額123,456円）" in body
    assert "小計1,234,567円消費税及び地方消費税123,456円合計1,358,023円" in body
    assert "委託料2人月600,000円1,200,000円" in body
    assert "委託料の支払い請求書受領後30日以内" in body
    assert "令和8年5月1日" not in body, "the day it was received comes after the paper"


def test_the_sentence_of_a_letter(project: Callable[..., Project]) -> None:
    """The record's own words, else those of the deliverable, else those of the kind."""
    notice = LEAST["notices/plain"]
    rows = [
        {"item": "機器の名", "text": "計測器"},
        {"item": "保護対策", "text": "施錠"},
        {"item": "ほか", "text": "なし"},
    ]
    asked = {**notice, "deliverable": "7", "items": rows[::-1]}
    found = _bodies(project, {"notices/a": notice, "notices/b": asked, "notices/c": FULL["notices/plain"]})
    assert "下記のとおり通知します。記" in found["notice-a"]
    assert "下記のとおり協議します。記" in found["notice-b"]
    assert "求めにより、下記のとおり報告します。記" in found["notice-c"]
    assert "機器の名計測器保護対策施錠ほかなし" in found["notice-b"], "in the order of the specification"


def test_what_a_deliverable_asks_for_is_missed(project: Callable[..., Project]) -> None:
    """A letter that leaves out what the specification lists is an error at its items."""
    notice = {**LEAST["notices/plain"], "deliverable": "7", "items": [{"item": "機器の名", "text": "計測器"}]}
    ran = project(whole_project(_files({"notices/a": notice}))).check()
    assert ran.code == 1
    assert "DOC001 「持込みの協議」の記載事項「保護対策」がありません" in ran.out


@pytest.mark.parametrize(
    ("path", "field", "title"),
    [
        ("completions/report", "period", "報告の期間"),
        ("invoices/april", "lines", "内訳"),
        ("invoices/april", "issued", "請求日"),
        ("invoices/april", "period", "請求の期間"),
        ("handovers/out", "issues", "当面の課題"),
    ],
)
def test_what_a_letter_cannot_do_without(project: Callable[..., Project], path: str, field: str, title: str) -> None:
    """What the kind or the specification requires is missed by its name."""
    record = {name: value for name, value in LEAST[path].items() if name != field}
    ran = project(whole_project(_files({path: record}))).check()
    assert f"の記載事項「{title}」がありません" in ran.out


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (
            "2026-05-02",
            "この欄は、見本市が記入する。回答年月日令和年月日回答承諾・不承諾・受領条件・指示所属・氏名以上",
        ),
        ("2026-05-01", "見本市の回答の記録による。回答年月日令和8年5月1日回答承諾条件・指示条件を付ける。以上"),
    ],
)
def test_the_reply(project: Callable[..., Project], day: str, answer: str) -> None:
    """The box is blank where the authority replied after the letter; what is recorded needs no name in it."""
    notice = {**FULL["notices/plain"], "reply": {**FULL["notices/plain"]["reply"], "date": day}}
    assert answer in _bodies(project, {"notices/plain": notice})["notice-plain"]


def test_boxes_that_nobody_has_to_fill_in(project: Callable[..., Project]) -> None:
    """A notification that wants no answer has no box for one; an answer that is recorded is told all the same."""
    silent = LISTED.replace("title: 体制の報告,", "title: 体制の報告, reply: false,")
    silent = silent.replace("title: 打合せ記録簿,", "title: 打合せ記録簿, reply: false,")
    found = _bodies(project, {**LEAST, "notices/told": FULL["notices/plain"]}, deliverables=silent)
    assert "回答欄" not in found["notice-plain"]
    assert "回答欄" in found["notice-told"]
    assert "確認欄" not in found["minutes-first"]


def test_media_and_copies(project: Callable[..., Project]) -> None:
    """On what and how often a letter is handed in is said where the list says it; that it is data only is not."""
    media = "media: [{medium: paper, copies: 2, form: Ａ４}, {medium: data, form: CD-R, copies: 1}],"
    listed = LISTED.replace("title: 体制の報告,", f"title: 体制の報告, {media}")
    listed = listed.replace("title: 打合せ記録簿,", "title: 打合せ記録簿, media: [{medium: data}],")
    found = _bodies(project, LEAST, deliverables=listed)
    assert "媒体・部数紙Ａ４2部データCD-R1部" in found["notice-plain"]
    assert "媒体・部数" not in found["minutes-first"]


def test_what_is_no_deliverable_is_listed_apart(project: Callable[..., Project]) -> None:
    """Papers without a number in the list of deliverables stand below it, those made of a record by its title."""
    unlisted = (
        LISTED
        + "  - {no: told, title: 通知, listed: false, phrase: 都度, documents: [notice], due: [{event: notices, undated: 都度}]}\n"
    )
    notice = {**LEAST["notices/plain"], "title": "庁舎の外での作業", "deliverable": "told"}
    records = {**FULL, "notices/plain": notice}
    made = "  - {deliverable: told, event: notices/plain, date: 2026-05-01, accepted: 2026-05-02}\n"
    files = {**_files(records, unlisted), f"{CONTRACT}/submissions.yml": SUBMITTED + made}
    found = documents(project(whole_project(files)).root, "2027-04-10")
    report = html.document_fromstring(found["mihon/completion-report-report"])
    (rows,) = report.xpath("//h2[.='期間中に提出したほかの書面']/following-sibling::table[1]/tbody")
    assert [[cell.text_content() for cell in row] for row in rows] == [
        ["通知", "庁舎の外での作業", "令和8年5月1日", "令和8年5月2日"]
    ]
    listed = html.document_fromstring(found["mihon/completion-notice-notice"]).xpath("//ul[@class='others']/li/text()")
    assert [_flat(item) for item in listed] == ["通知1件"]


def test_open_matters(project: Callable[..., Project]) -> None:
    """What the records leave open on the day of the handover, and nothing that was over by then."""
    body = _bodies(project, FULL)["handover-out"]
    assert "記録の上で終わっていないもの（令和8年10月20日現在）" in body
    matters = body.partition("令和8年10月20日現在")[2].partition("契約期間終了後の当面の課題")[0]
    assert "問い合わせ残る問い令和8年4月3日未回答（本社へ取次ぎ）" in matters
    assert "手順書を作る令和8年5月12日対応中令和8年6月1日" in matters
    assert "貸出し・貸与入館証5枚令和8年4月1日未返却（借用者見本社）令和9年3月31日" in matters
    assert "情報（受領）申請書の綴り令和8年4月10日保有中令和9年3月31日" in matters
    assert [gone for gone in ("答えた問い", "端末", "送信できない") if gone in matters] == []
    assert "見本太郎（業務責任者）" in body


def test_year_of_work(project: Callable[..., Project]) -> None:
    """The tasks month by month, those of every month once and those without a month last."""
    tasks = """\
tasks:
  - {id: a, title: 点検, each: month, role: manager}
  - {id: b, title: 訓練, months: [1, 6]}
  - {id: c, title: 相談}
  - {id: d, title: 清掃, each: week}
  - {id: e, title: 精算, dates: [2027-03-20]}
  - {id: f, title: 去年の作業, months: [5], end: 2026-03-31}
"""
    files = {**_files(LEAST), f"{CONTRACT}/plan.yml": tasks, f"{CONTRACT}/clauses.yml": None}
    found = documents(project(whole_project({**files, f"{CONTRACT}/contract.yml": _shorter()})).root, "2026-05-01")
    page = html.document_fromstring(found["mihon/handover-out"])
    (table,) = page.xpath("//h3[text()='月ごとの作業']/following-sibling::table[1]/tbody")
    rows = [[_flat(cell.text_content()) for cell in row] for row in table]
    assert rows == [
        ["毎週", "清掃"],
        ["毎月", "点検"],
        ["6月", "訓練"],
        ["1月", "訓練"],
        ["3月", "精算"],
        ["随時", "相談"],
    ]


def _shorter() -> str:
    """The contract without the level whose clause is gone."""
    return str(whole_project()[f"{CONTRACT}/contract.yml"]).partition("service_levels:")[0]


def test_a_handover_received_is_no_document(project: Callable[..., Project]) -> None:
    """The paper is asked of whoever hands over."""
    taken = {**LEAST["handovers/out"], "direction": "in"}
    assert "handover-out" not in _bodies(project, {"handovers/out": taken})


def test_minutes(project: Callable[..., Project]) -> None:
    """The vendor's people are named with their roles; a meeting of one day says its day once."""
    body = _bodies(project, FULL)["minutes-first"]
    assert "日時令和8年5月12日（火）10時00分から11時30分まで" in body
    assert "受注者見本太郎（業務責任者）" in body
    assert "下記のとおり、会議の記録を提出します。" in body


def test_an_empty_manual_says_so(project: Callable[..., Project]) -> None:
    """A contract that asks for the manual has one, even before a procedure is written."""
    assert "該当なし（業務の手順がまだ登録されていない）。" in _bodies(project, {})["work-manual"]


def test_a_manual(project: Callable[..., Project]) -> None:
    """Contents that lead to the chapters; in each the drawing, and the steps with where they lead."""
    found = documents(project(whole_project(_files(FULL))).root, "2026-11-20")["mihon/work-manual"]
    page = html.document_fromstring(found)
    assert page.xpath("//ol[@class='contents']//a/@href") == [f"#{name}" for name in page.xpath("//section/h2/@id")]
    assert len(page.xpath("//section//img[@alt]")) == 1
    words = _flat(page.text_content())
    assert "2責任者〔判断〕よいか否→1可→3" in words
    assert "令和8年4月1日制定令和8年5月1日改訂" in words


PAYLOADS = (
    "<script>window.hacked=1</script></td></tr></table><h1 id=evil>偽</h1>",
    '=HYPERLINK("x") {{ 7 * 7 }} {% if %} \\N "]; evil [label="x',
    "絵文字😀 𠮷野家 槗本",
    "עברית \u202eabc\u202c",
)


def _attacked(value: Any, payload: str, key: str = "") -> Any:
    """A record whose texts are all a payload; names, codes and dates stay."""
    if isinstance(value, dict):
        kept = {name for name in value if name in CODES and not isinstance(value[name], list)}
        kept |= {"result"} if "date" in value else set()
        return {n: v if n in kept else _attacked(v, payload, n) for n, v in value.items()}
    if isinstance(value, list):
        return value if key in ("people", "vendor", "clauses") else [_attacked(one, payload, key) for one in value]
    return payload if isinstance(value, str) and key not in ("quantity",) else value


def _hostile(payload: str) -> dict[str, Any]:
    changed = {path: _attacked(record, payload) for path, record in FULL.items()}
    changed["handovers/out"]["overview"] = "長" * 5000
    return changed


def _issueless() -> str:
    """Whatever the deliverables ask for, an attacked notice still answers."""
    return LISTED.replace("contents: [機器の名, 保護対策]", "contents: []")


@pytest.mark.parametrize("payload", PAYLOADS, ids=["markup", "template", "rare", "direction"])
def test_hostile_text_is_text(project: Callable[..., Project], payload: str) -> None:
    """Whatever is written in a record is shown as written, and nothing else comes of it."""
    files = whole_project(_files(_hostile(payload), _issueless()))
    for name, text in documents(project(files).root, "2027-04-10").items():
        page = html.document_fromstring(text)
        assert page.xpath("//script | //*[@id='evil']") == [], name
        assert all(source.startswith("data:image/svg+xml;base64,") for source in page.xpath("//img/@src")), name
        if name.partition("/")[2] in KINDS:
            assert _flat(payload) in _flat(page.text_content()), name


@pytest.mark.slow
def test_hostile_text_on_paper(project: Callable[..., Project]) -> None:
    """It can be typeset, and nothing of it is lost."""
    files = _files(_hostile(PAYLOADS[0]), _issueless())
    there = project(whole_project({**files, "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}))
    ran = there.build("--as-of", "2027-04-10")
    assert ran.code == 0, ran.out + ran.err
    made = sorted((there.root / "site/deliverables/mihon").glob("*.pdf"))
    assert len(made) >= len(KINDS)
    for place in made:
        words = subprocess.run(["pdftotext", "-raw", str(place), "-"], capture_output=True, check=True).stdout.decode()
        if any(kind in place.name for kind in KINDS):
            assert "window.hacked=1" in _flat(words), place.name
