"""The documents of people, places and emergency: with the least, with everything, and with text from an enemy."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.support import CONTRACT, ROOT, Files, Project, documents, whole_project

STAFF, DELIVERABLES = f"{CONTRACT}/staff.yml", f"{CONTRACT}/deliverables.yml"
PER_CONTRACT = ("staff-notice", "roster", "emergency-contacts", "access-list", "name-tags")
PER_RECORD = {
    "structure-change": "structure-changes",
    "training-report": "trainings",
    "workplace-report": "workplaces",
    "transport-report": "transports",
    "response-plan": "response-plans",
}
KINDS = (*PER_CONTRACT, "pledge", *PER_RECORD)

FULL_STAFF = """\
people:
  - {id: p1, name: 見本 太郎, organisation: 見本社, department: 業務部, title: 部長, phone: 00-0000-0001}
  - {id: p2, name: 例示 花子, department: 業務部, title: 主任, phone: 00-0000-0002}
  - {id: p3, name: 見本 三郎}
roles:
  - {id: supervisor, title: 監督職員, side: authority, organisation: 情報課, phone: 00-0000-9999}
  - id: manager
    title: 業務責任者
    side: vendor
    duty: 総括
    phone: 00-0000-1000
    hours: 8時30分から17時まで
    outside_hours: 当番の電話
    workplace: 見本市役所
  - id: worker
    title: 業務従事者
    side: vendor
    duty: 審査と記録媒体の授受
    information: 申請書
    access: 庁内の端末
appointments:
  - {person: p1, role: manager, start: 2026-04-01}
  - {person: p2, role: manager, start: 2026-04-10, deputy: true, consented: 2026-04-08}
  - {person: p2, role: worker, start: 2026-04-01}
  - {person: p3, role: worker, start: 2026-04-01, end: 2026-04-20}
contact_lines:
  - {start: manager, end: supervisor, order: 2, label: 報告}
  - {start: supervisor, end: manager, order: 1, label: 事故の連絡}
pledges:
  - {person: p1, date: 2026-04-02}
training:
  - {person: p1, date: 2026-04-01, title: 受入れ教育}
"""
FULL_RECORDS = {
    "structure-changes": """\
title: 従事者の減
changed: 2026-04-21
reason: 異動による。
consented: 2026-04-17
reported: 2026-04-20
""",
    "trainings": """\
title: 情報の教育
kind: education
held: 2026-04-15
attendees: [p1, p2]
absent: [p3]
trainer: 講師の名
content: 規定の読み合わせ
materials: 教材一
result: 全員が合格
follow_up: 後日行う。
reported: 2026-04-16
""",
    "workplaces": """\
title: 別館
address: 見本市1-1
start: 2026-04-20
end: 2026-12-28
purpose: 審査
information: 申請書
measures: [施錠する, 入退室を記録する]
people: [p2]
reason: 手狭になった。
reported: 2026-04-17
""",
    "transports": """\
title: 申請書の束
start: 2026-04-15
information: 申請書
medium: 紙
means: 二人で徒歩
route: 本館から別館
protection: [施錠できるケース]
people: [p2, p3]
""",
    "response-plans": """\
title: 事故への対処
established: 2026-04-01
revised: 2026-04-20
scope: 紛失と漏えい
steps:
  - {phase: 検知, action: 責任者に知らせる, role: worker, within: 直ちに}
  - {phase: 報告, action: 電話で知らせる, role: manager}
  - {phase: 報告, action: 書面で報告する, role: manager}
responsibilities:
  - {matter: 端末の紛失, authority: 端末の停止, vendor: 捜索と報告}
structure: 責任者が指揮する。
drill: 年1回
agreed: 2026-04-03
""",
}
LEAST_RECORDS = {
    "structure-changes": "title: 増\nchanged: 2026-04-21\n",
    "trainings": "title: 教育\nkind: education\nheld: 2026-04-15\nattendees: [p1]\n",
    "workplaces": "title: 別館\nstart: 2026-04-20\n",
    "transports": "title: 束\nstart: 2026-04-15\nmeans: 徒歩\n",
    "response-plans": "title: 対処\nestablished: 2026-04-01\nsteps:\n  - {phase: 検知, action: 知らせる}\n",
}
LEAST_STAFF = """\
people:
  - {id: p1, name: 見本 太郎}
roles:
  - {id: manager, title: 責任者, side: vendor}
  - {id: worker, title: 従事者, side: vendor}
appointments:
  - {person: p1, role: manager, start: 2026-04-01}
  - {person: p1, role: worker, start: 2026-04-21}
"""


def _asking(*more: str) -> str:
    """A list of deliverables that asks for every kind, some with more to say."""
    own = dict(line.split("|", 1) for line in more)
    rows = [
        f"  - no: {kind}\n    title: 題名 {kind}\n    documents: [{kind}]\n"
        f"    due:\n      - undated: 速やかに\n{own.get(kind, '')}"
        for kind in KINDS
    ]
    return "deliverables:\n" + "".join(rows)


def _files(staff: str | None, records: dict[str, str], *more: str) -> Files:
    gone = ("plan.yml", "checklist.yml", "clauses.yml", "submissions.yml", "records/incidents/2026-001.yml")
    files: dict[str, str | bytes | None] = {f"{CONTRACT}/{name}": None for name in gone}
    files |= {f"{CONTRACT}/records/{kind}/r1.yml": text for kind, text in records.items()}
    files |= {"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), STAFF: staff, DELIVERABLES: _asking(*more)}
    return whole_project(files)


def _bodies(there: Project, as_of: str = "2026-05-01") -> dict[str, Any]:
    found = documents(there.root, as_of)
    return {name.removeprefix("mihon/"): html.fragment_fromstring(text, "div") for name, text in found.items()}


@pytest.fixture
def full(project: Callable[..., Project]) -> Callable[..., dict[str, Any]]:
    """Makes every document of a contract with everything filled in, some deliverables with more to say."""

    def make(*more: str, as_of: str = "2026-05-01", staff: str = FULL_STAFF) -> dict[str, Any]:
        return _bodies(project(_files(staff, FULL_RECORDS, *more)), as_of)

    return make


def _chapters(body: Any) -> dict[str, str]:
    """The text below each heading."""
    found: dict[str, str] = {}
    title = ""
    for element in body:
        if element.tag == "h2":
            title = element.text_content()
        elif title:
            found[title] = found.get(title, "") + " ".join(element.text_content().split())
    return found


def _rows(body: Any, after: str) -> list[list[str]]:
    """The cells of the first table below a heading."""
    heading = next(h for h in body.iter("h2") if h.text_content() == after)
    table = next(e for e in heading.itersiblings() if e.tag == "table")
    cells = [[" ".join(" ".join(c.itertext()).split()) for c in row.iter("th", "td")] for row in table.iter("tr")]
    return cells[1:] if table.find("thead") is not None else cells


# --- with the least -------------------------------------------------------------------------------------


def test_without_staff(project: Callable[..., Project]) -> None:
    """Before anyone is named, every document is there and says of each empty chapter why; nobody has a pledge."""
    bodies = _bodies(project(_files(None, {})))
    assert sorted(bodies) == sorted(PER_CONTRACT)
    for name, body in bodies.items():
        assert "該当なし（" in body.text_content(), name
    for name in ("staff-notice", "roster", "emergency-contacts"):
        empty = {title: text for title, text in _chapters(bodies[name]).items() if not text.startswith("該当なし（")}
        assert empty == {}, name


def test_with_the_least(project: Callable[..., Project]) -> None:
    """Records of required fields only become documents; what is not recorded is shown as missing, not left out."""
    bodies = _bodies(project(_files(LEAST_STAFF, LEAST_RECORDS)))
    assert sorted(bodies) == sorted([*PER_CONTRACT, "pledge-p1", *(f"{kind}-r1" for kind in PER_RECORD)])
    assert dict(_rows(bodies["workplace-report-r1"], "作業場所"))["所在地"] == "―"
    assert _chapters(bodies["workplace-report-r1"])["管理の状況"] == "該当なし（管理の状況の記録がない）。"
    assert _chapters(bodies["response-plan-r1"])["対処体制"] == "該当なし（対処体制の記録がない）。"
    assert _rows(bodies["response-plan-r1"], "対処手順") == [["1", "検知", "知らせる", "―", "―"]]
    assert _rows(bodies["structure-change-r1"], "役割ごとの変更") == [["従事者", "なし", "見本 太郎"]]
    assert "令和　　年　　月　　日" in bodies["pledge-p1"].text_content()


def test_missing_matter_is_an_error(project: Callable[..., Project]) -> None:
    """A way of transport has to be told, and what a city asks a plan to say."""
    records = {**LEAST_RECORDS, "transports": "title: 束\nstart: 2026-04-15\n"}
    asked = "response-plan|    contents: [対処手順, 責任分界, 対処体制]\n"
    lines = project(_files(LEAST_STAFF, records, asked)).check().lines
    said = [line.split("DOC001 ")[1].split("（")[0] for line in lines if "DOC001" in line]
    assert said == [
        "「題名 response-plan」の記載事項「対処体制」がありません",
        "「題名 response-plan」の記載事項「責任分界」がありません",
        "「題名 transport-report」の記載事項「運搬方法」がありません",
    ]


# --- with everything ------------------------------------------------------------------------------------


def test_staff_notice(full: Callable[..., dict[str, Any]]) -> None:
    """Who is responsible and who works, deputies with the day of the consent; who has left is no longer named."""
    body = full("staff-notice|    text: 届け出ます。\n")["staff-notice"]
    assert body.find("p[@class='sentence']").text == "届け出ます。"
    assert _rows(body, "責任者") == [
        ["1", "見本 太郎 業務部 部長", "業務責任者 総括", "令和8年4月1日から"],
        ["2", "例示 花子 業務部 主任", "業務責任者（代理） 総括", "令和8年4月10日から 承諾 令和8年4月8日"],
    ]
    assert _rows(body, "従事者") == [
        ["1", "例示 花子 業務部 主任", "業務従事者 審査と記録媒体の授受", "令和8年4月1日から"]
    ]
    assert [row[:4] for row in _rows(body, "連絡体制")] == [
        [
            "①",
            "監督職員",
            "業務責任者 見本 太郎 例示 花子（代理）",
            "00-0000-1000 00-0000-0001 （見本 太郎） 00-0000-0002 （例示 花子）",
        ],
        ["②", "業務責任者", "監督職員", "00-0000-9999"],
    ]


def test_roster(full: Callable[..., dict[str, Any]]) -> None:
    """A row for each role of a person; training and pledge once a person; who has left stands apart with the day."""
    body = full("roster|    contents: [氏名及び事務執行場所]\n")["roster"]
    assert body.find(".//table[2]").tag == "table"
    assert _rows(body, "従事者") == [
        [
            "1",
            "見本 太郎 見本社 業務部 部長",
            "業務責任者 総括",
            "―",
            "見本市役所",
            "令和8年4月1日から",
            "令和8年4月15日 情報の教育（ほか1回）",
            "令和8年4月2日",
        ],
        [
            "2",
            "例示 花子 見本社 業務部 主任",
            "業務責任者（代理） 総括",
            "―",
            "見本市役所",
            "令和8年4月10日から 承諾 令和8年4月8日",
            "令和8年4月15日 情報の教育",
            "―",
        ],
        ["", "例示 花子", "業務従事者 審査と記録媒体の授受", "申請書", "別館", "令和8年4月1日から", "", ""],
    ]
    assert _rows(body, "記録媒体の授受に携わる者") == [["例示 花子", "業務従事者", "別館", "令和8年4月1日から"]]
    assert [row[1] for row in _rows(body, "従事しなくなった者")] == ["見本 三郎 見本社"]
    assert "令和8年4月20日まで" in _chapters(body)["従事しなくなった者"]
    assert "当番の電話" in _chapters(body)["緊急時連絡先一覧"]
    assert "事務執行場所" in [cell.text for cell in body.iter("th")]


@pytest.mark.parametrize(
    ("as_of", "pledged", "left"),
    [("2026-04-01", "―", False), ("2026-04-02", "令和8年4月2日", False), ("2026-04-21", "令和8年4月2日", True)],
)
def test_roster_tells_of_its_day(full: Callable[..., dict[str, Any]], as_of: str, pledged: str, left: bool) -> None:
    """Nothing that is still to come is told as done."""
    body = full(as_of=as_of)["roster"]
    assert _rows(body, "従事者")[0][-1] == pledged
    assert (_chapters(body)["従事しなくなった者"] == "該当なし（従事しなくなった者がいない）。") is not left


def test_emergency_contacts(full: Callable[..., dict[str, Any]]) -> None:
    """Both sides, each under its name, with hours and the way outside of them."""
    body = full()["emergency-contacts"]
    assert [row[0] for row in _rows(body, "連絡の順序")] == ["①", "②"]
    assert [heading.text for heading in body.iter("h3")] == ["見本市", "見本社"]
    ours = [" ".join(" ".join(row.itertext()).split()) for row in body.findall("table")[2].iter("tr")]
    assert ours[1].startswith("業務責任者 見本 太郎 業務部 例示 花子（代理） 業務部 00-0000-1000")
    assert ours[1].endswith("8時30分から17時まで 当番の電話")


def test_access_list(full: Callable[..., dict[str, Any]]) -> None:
    """Only roles that handle information, with the way they reach it."""
    body = full()["access-list"]
    assert [row[2:] for row in _rows(body, "情報にアクセスする者及びアクセス方法")] == [
        ["申請書", "庁内の端末", "令和8年4月1日から"]
    ]


def test_pledge(full: Callable[..., dict[str, Any]]) -> None:
    """Promises with what the city asks for before the last; the name is for the hand, the day only if it is recorded."""
    bodies = full("pledge|    contents: [私物の機器を使わないこと。]\n")
    taro, hanako = bodies["pledge-p1"], bodies["pledge-p2"]
    promises = [item.text_content() for item in taro.find("ol").findall("li")]
    assert "別記　情報取扱特記事項" in promises[0]
    assert promises[-2:] == [
        "私物の機器を使わないこと。",
        "これらのことを、業務を離れた後、退職した後、及び契約が終わった後も守ること。",
    ]
    (signature,) = taro.find_class("signature")
    lines = [line.text_content() for line in signature]
    assert lines == ["令和8年4月2日", "所属　見本社　業務部　部長", "氏名　　", "署名する者　見本 太郎"]
    assert hanako.find_class("signature")[0][0].text == "令和　　年　　月　　日"
    assert _rows(taro, "受けた教育及び研修") == [["令和8年4月1日", "受入れ教育"]]
    assert _rows(hanako, "受けた教育及び研修") == [["令和8年4月15日", "情報の教育"]]
    text = taro.text_content()
    assert text.index("以上") < text.index("氏名　")


def test_name_tags(full: Callable[..., dict[str, Any]]) -> None:
    """A card for everyone who takes part, in the words of the specification where it gives them."""
    cards = full()["name-tags"].find_class("badge")
    assert [[part.text_content() for part in card] for card in cards] == [
        ["見本社", "写真", "受託者・業務従事者", "業務責任者", "見本 太郎", "見本業務委託"],
        ["見本社", "写真", "受託者・業務従事者", "業務責任者（代理）・業務従事者", "例示 花子", "見本業務委託"],
    ]
    (card, _) = full("name-tags|    contents: [受注者, 作業員]\n")["name-tags"].find_class("badge")
    assert card.find_class("word")[0].text == "受注者・作業員"


def test_structure_change(full: Callable[..., dict[str, Any]]) -> None:
    """Before and after, by role and by person."""
    body = full()["structure-change-r1"]
    assert dict(_rows(body, "変更の概要"))["承諾日"] == "令和8年4月17日"
    assert _rows(body, "役割ごとの変更") == [["業務従事者", "例示 花子 業務部 主任 見本 三郎", "例示 花子 業務部 主任"]]
    assert _rows(body, "人ごとの変更") == [["見本 三郎", "離れた", "業務従事者", "なし"]]


def test_training_report(full: Callable[..., dict[str, Any]]) -> None:
    """Who took part in which role, who did not, and what was done in the year so far."""
    body = full()["training-report-r1"]
    assert _rows(body, "受けた者") == [
        ["1", "見本 太郎", "業務責任者"],
        ["2", "例示 花子", "業務責任者（代理）、業務従事者"],
    ]
    assert dict(_rows(body, "受けていない者とその後")) == {
        "受けていない者": "見本 三郎（業務従事者）",
        "その後": "後日行う。",
    }
    assert _rows(body, "この年度にこれまで実施した教育及び訓練") == [
        ["令和8年4月1日", "受入れ教育", "―", "1人", "記録なし"],
        ["令和8年4月15日", "情報の教育", "教育", "2人", "1人"],
    ]


def test_workplace_report(project: Callable[..., Project]) -> None:
    """A place with what is done there and how it is kept; the places before it stand beside it."""
    files = dict(_files(FULL_STAFF, FULL_RECORDS))
    files[f"{CONTRACT}/records/workplaces/r0.yml"] = "title: 本館\nstart: 2026-04-01\nreported: 2026-04-01\n"
    bodies = _bodies(project(files))
    body = bodies["workplace-report-r1"]
    assert dict(_rows(body, "作業場所"))["変更の理由"] == "手狭になった。"
    assert _chapters(body)["管理の状況"] == "施錠する入退室を記録する"
    assert _rows(body, "作業する者") == [["1", "例示 花子", "業務責任者（代理）、業務従事者"]]
    assert _rows(body, "これより前からの作業場所") == [["本館", "―", "令和8年4月1日", "―"]]
    assert _chapters(bodies["workplace-report-r0"])["これより前からの作業場所"].startswith("該当なし（")


def test_transport_report(full: Callable[..., dict[str, Any]]) -> None:
    """How, where and by whom information is carried, and how it is protected."""
    body = full()["transport-report-r1"]
    assert dict(_rows(body, "運搬の方法"))["運搬方法"] == "二人で徒歩"
    assert _chapters(body)["保護対策"] == "施錠できるケース"
    assert [row[1] for row in _rows(body, "運搬する者")] == ["例示 花子", "見本 三郎"]


def test_response_plan(full: Callable[..., dict[str, Any]]) -> None:
    """Steps with their phases in a line, who answers for what, and whom to call."""
    body = full()["response-plan-r1"]
    assert [span.text for span in body.find_class("flow")[0]] == ["検知", "報告"]
    assert _rows(body, "対処手順")[0] == ["1", "検知", "責任者に知らせる", "業務従事者", "直ちに"]
    assert _rows(body, "責任分界") == [["端末の紛失", "端末の停止", "捜索と報告"]]
    assert "00-0000-9999" in _chapters(body)["緊急時の連絡先"]


# --- with text from an enemy ----------------------------------------------------------------------------

HOSTILE = (
    "<script>window.hacked=1</script></td></table><h1>偽</h1>{{ 7 * 7 }}{% x %}",
    "絵文字😀 𠮷野家 槗本 ﾊﾝｶｸ",
    "עברית العربية \u202eabc\u202c",
)
LONG = "長" * 5000
LONG_FIELDS = ("総括", "異動による。", "規定の読み合わせ", "手狭になった。", "二人で徒歩", "責任者に知らせる")
FIELDS = (
    "業務部",
    "部長",
    "総括",
    "当番の電話",
    "見本市役所",
    "審査と記録媒体の授受",
    "申請書",
    "庁内の端末",
    "報告",
    "受入れ教育",
    "例示 花子",
    "見本 三郎",
    "業務責任者",
    "8時30分から17時まで",
)
RECORD_FIELDS = (
    "従事者の減", "異動による。", "情報の教育", "講師の名", "規定の読み合わせ", "教材一", "全員が合格", "後日行う。",
    "別館", "見本市1-1", "施錠する", "手狭になった。", "申請書の束", "二人で徒歩", "本館から別館", "施錠できるケース",
    "事故への対処", "紛失と漏えい", "検知", "責任者に知らせる", "直ちに", "端末の紛失", "端末の停止", "捜索と報告", "責任者が指揮する。", "年1回",
)  # fmt: skip


def _hostile(text: str, fields: tuple[str, ...], first: int) -> str:
    """YAML with a payload in the place of every field, each field's another one."""
    for number, field in enumerate(fields, first):
        payload = LONG if field in LONG_FIELDS else HOSTILE[number % len(HOSTILE)]
        for ending in (",", "}", "]", "\n"):
            for before in (" ", "["):
                said = f"{before}{json.dumps(payload, ensure_ascii=False)}{ending}"
                text = text.replace(f"{before}{field}{ending}", said)
    return text


def _attacked(first: int) -> Files:
    """A contract with a payload in every text."""
    records = {kind: _hostile(text, RECORD_FIELDS, first) for kind, text in FULL_RECORDS.items()}
    return _files(_hostile(FULL_STAFF, FIELDS, first), records)


@pytest.mark.parametrize("first", range(len(HOSTILE)))
def test_hostile_text_is_text(project: Callable[..., Project], first: int) -> None:
    """Whatever stands in the data is shown as it is written, in every document, and is nothing else than text."""
    bodies = _bodies(project(_attacked(first)))
    assert len(bodies) == len(PER_CONTRACT) + 3 + len(PER_RECORD)
    for name, body in bodies.items():
        text = body.text_content()
        assert any(payload in text for payload in HOSTILE), name
        assert [element.tag for element in body.iter("script", "h1")] == [], name
    assert LONG in bodies["staff-notice"].text_content()


@pytest.mark.slow
def test_hostile_text_is_set_on_paper(project: Callable[..., Project]) -> None:
    """Every document becomes a page and a PDF without a warning, and no text leaves its sheet."""
    there = project(_attacked(0))
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    papers = sorted((there.root / "site/deliverables/mihon").glob("*.pdf"))
    assert len(papers) == len(PER_CONTRACT) + 3 + len(PER_RECORD)
    assert [(paper.name, _outside(paper)) for paper in papers if _outside(paper)] == []


def _outside(paper: Path) -> list[str]:
    """The words of a PDF that begin or end beyond the edge of their sheet."""
    told = subprocess.run(["pdftotext", "-bbox", paper, "-"], capture_output=True, check=True).stdout
    found, width = [], 0.0
    for line in told.decode(errors="replace").splitlines():
        if page := re.search(r'<page width="([\d.]+)"', line):
            width = float(page[1])
        word = re.search(r'xMin="([-\d.]+)" .*xMax="([-\d.]+)".*?>(.*)</word>', line)
        if word and (float(word[1]) < 0 or float(word[2]) > width):
            found.append(word[3])
    return found
