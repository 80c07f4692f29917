"""Documents of information in custody, its disposal, subcontracting, the registers and the label of a disc."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import html

from generator.checking import check
from generator.documents.custody import custody_ledger, day_and_time
from generator.documents.kinds import Kind, discover, plain
from generator.documents.plan import kinds_of, plan
from generator.documents.registers import register
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import CONTRACT, ROOT, WHOLE, Project, documents, whole_project

KINDS = {
    "receipt": "custody",
    "custody-request": "custody",
    "custody-return": "custody",
    "disposal-notice": "disposals",
    "disposal-report": "disposals",
    "disposal-certificate": "disposals",
    "subcontract-application": "subcontracts",
    "subcontract-status": "subcontracts",
    "media-label": "media",
}
"""Documents made once per record, and the kind of record."""

REGISTERS = ("custody-register", "address-register", "computer-register", "loan-register", "device-register")
"""Documents made once per contract."""

SIX = (
    "再委託先の名称",
    "再委託をする理由",
    "再委託をして処理する内容",
    "再委託先において取り扱う情報",
    "再委託先における安全性及び信頼性を確保する対策",
    "再委託先に対する管理及び監督の方法",
)
"""特記仕様書 (吉川市) 9条2項."""

NINE = (
    "再委託等を行う業務の内容",
    "再委託等で取り扱う個人情報",
    "再委託等の期間",
    "再委託等が必要な理由",
    "再委託等の相手方（名称、代表者、所在地、連絡先）",
    "再委託等の相手方における責任体制並びに責任者及び業務従事者",
    "再委託等の相手方に求める個人情報保護措置の内容（契約書等に規定されたものの写し）",
    "再委託等の相手方の監督方法",
    "再委託等にかかる金額",
)
"""個人情報取扱特記事項 (沼津市) 第7第2項."""

RECEIVED = "title: 台帳の受領\nmovement: received\nmoved: 2026-04-02 9:05\ninformation: 住民の台帳\nperson: p1\n"
RETURNED = "title: 台帳の返却\nmovement: returned\nmoved: 2026-04-20 10:00\ninformation: 住民の台帳\nperson: p1\n"
REQUESTED = (
    "title: 台帳の持出し\nmovement: taken_out\nmoved: 2026-04-10 10:00\ninformation: 住民の台帳\nperson: p1\n"
    "requested: 2026-04-08\n"
)
DISPOSED = (
    "title: 写しの廃棄\nplanned: 2026-04-20\ndisposed: 2026-04-21\n"
    "items:\n  - information: 台帳の写し\n    method: 裁断\n"
)
MEDIUM = "title: 納品物件\nmade: 2026-04-30\n"

LEAST = {
    "custody/r1": RECEIVED,
    "custody/t1": REQUESTED,
    "custody/b1": RETURNED,
    "disposals/d1": DISPOSED,
    "subcontracts/s1": (
        "title: 一次受付\nrequested: 2026-04-06\nitems:\n  - {item: 業務範囲, text: 電話}\nsupervision: 毎週確かめた。\n"
    ),
    "media/m1": MEDIUM,
    "addresses/2026": "items:\n  - {address: 192.0.2.1, issued: 2026-04-01}\n",
    "computers/2026": "items:\n  - {name: PC-1, issued: 2026-04-01}\n",
    "loans/2026": "items:\n  - {item: 端末, borrower: 総務課, lent: 2026-04-01}\n",
    "devices/2026": "items:\n  - {id: U-1, kind: 記録媒体, brought: 2026-04-01}\n",
}
"""Records with nothing but what their schemas and documents cannot do without."""


def _asking(*kinds: str, title: str = "情報の書面", contents: tuple[str, ...] = (), more: str = "") -> str:
    """Deliverables of which the one asks for these kinds, the other for none."""
    rows = "".join(f"      - {label}\n" for label in contents)
    asked = f"documents: [{', '.join(kinds)}]\n{more}" + (f"    contents:\n{rows}" if rows else "")
    return (
        f"deliverables:\n  - no: info\n    title: {title}\n    listed: false\n    due:\n      - undated: 速やかに\n    {asked}"
        "  - no: '1'\n    title: 作業報告書\n    note: 別に作る。\n"
        "    due:\n      - each: month\n        within: 10 days of period.end\n"
        "  - no: '2'\n    title: 障害報告書\n    note: 別に作る。\n"
        "    due:\n      - event: incidents\n        within: 2 weeks of event.restored\n"
    )


def _files(records: dict[str, str], deliverables: str) -> dict[str, str | bytes]:
    held = {f"{CONTRACT}/records/{name}.yml": text for name, text in records.items()}
    return whole_project({f"{CONTRACT}/deliverables.yml": deliverables, **held})


def _contract(there: Project) -> Contract:
    return load(WorkingTree(there.root)).portfolio.contracts["mihon"]


def _kinds() -> dict[str, Kind]:
    return discover(TemplateFolders(ROOT))[0]


def _page(bodies: dict[str, str], name: str) -> Any:
    return html.fragment_fromstring(bodies[f"mihon/{name}"], create_parent="div")


def _words(page: Any) -> str:
    return " ".join(page.text_content().split())


def _facts(page: Any) -> dict[str, str]:
    """The rows of the tables of facts: value by title."""
    rows = page.xpath(".//table[contains(@class, 'facts')]//tr")
    return {_words(row[0]): _words(row[1]) for row in rows}


def _rows(page: Any, number: int = 0) -> list[list[str]]:
    """The cells of the rows of a table that lists things."""
    table = page.xpath(".//table[contains(@class, 'stack')]")[number]
    return [[_words(cell) for cell in row] for row in table.xpath("./tbody/tr")]


def test_the_least_is_enough(project: Callable[..., Project]) -> None:
    """Every document can be made of records with their required fields only; what is missing is a dash, not a word."""
    bodies = documents(project(_files(LEAST, _asking(*KINDS, *REGISTERS))).root)
    made = {name.removeprefix("mihon/") for name in bodies}
    assert made == {
        *("receipt-r1", "custody-request-t1", "custody-return-b1"),
        *("disposal-notice-d1", "disposal-report-d1", "disposal-certificate-d1"),
        *("subcontract-application-s1", "subcontract-status-s1", "media-label-m1"),
        *REGISTERS,
    }
    for name, body in bodies.items():
        assert not re.search(r"\bNone\b|\[\]|datetime", body), name
    assert _facts(_page(bodies, "receipt-r1"))["数量"] == "―"


def test_registers_without_records_say_so(project: Callable[..., Project]) -> None:
    """An empty register is made, and says that there is nothing in it and why."""
    bodies = documents(project(_files({}, _asking(*REGISTERS))).root)
    assert set(bodies) == {f"mihon/{name}" for name in REGISTERS}
    for body in bodies.values():
        assert "該当なし（" in body


def test_receipt(project: Callable[..., Project]) -> None:
    """What was received, when, where, how and by whom, under the titles of the contract."""
    record = RECEIVED + (
        "form: 電子データ\nmedium: CD-R\nquantity: 2枚\nplace: 情報課\nmeans: 手渡し\ncounterpart: 情報課の職員\n"
        "protection: 暗号化\nuntil: 2026-05-31\npersonal: true\nremarks: 件数を確かめた。\nreported: 2026-04-03\n"
    )
    asked = _asking(
        "receipt", title="預り証", contents=("該当情報の種類", "受領形式"), more="    text: お預かりしました。\n"
    )
    body = documents(project(_files({"custody/r1": record}, asked)).root)
    page = _page(body, "receipt-r1")
    assert "お預かりしました。" in _words(page)
    found = _facts(page)
    assert {title: found[title] for title in found if not title.startswith("契約")} == {
        "件名": "台帳の受領",
        "該当情報の種類": "住民の台帳",
        "受領形式": "電子データ",
        "媒体": "CD-R",
        "数量": "2枚",
        "個人情報": "含む",
        "受領日時": "令和8年4月2日（木）9時05分",
        "受領場所": "情報課",
        "受渡しの方法": "手渡し",
        "引き渡した方": "情報課の職員",
        "受領者": "見本 太郎",
        "保護対策": "暗号化",
        "返却・消去の予定日": "令和8年5月31日",
        "備考": "件数を確かめた。",
    }


def test_what_was_never_applied_for_has_no_application(project: Callable[..., Project]) -> None:
    """Not every sending has to be applied for: only what was."""
    unasked = REQUESTED.replace("requested", "reported")
    assert documents(project(_files({"custody/t1": unasked}, _asking("custody-request"))).root) == {}


def test_movements_of_a_document(project: Callable[..., Project]) -> None:
    """Copying, taking out and sending are applied for, receiving never; what is returned or delivered has one paper."""
    word = "movement: taken_out"
    movements = ("received", "copied", "taken_out", "sent", "returned", "delivered")
    records = {f"custody/{name}": REQUESTED.replace(word, f"movement: {name}") for name in movements}
    bodies = documents(project(_files(records, _asking("custody-request", "custody-return"))).root)
    assert set(bodies) == {
        *(f"mihon/custody-request-{name}" for name in ("copied", "taken_out", "sent")),
        *(f"mihon/custody-return-{name}" for name in ("returned", "delivered")),
    }


@pytest.mark.parametrize(
    ("recorded", "answer", "day"),
    [
        ("", "承諾 ・ 不承諾", "令和 年 月 日"),
        ("consented: 2026-04-09\n", "承諾 ・ 不承諾", "令和 年 月 日"),
        ("consented: 2026-04-08\n", "承諾", "令和8年4月8日"),
    ],
)
def test_consent_is_blank_until_it_is_recorded(
    project: Callable[..., Project], recorded: str, answer: str, day: str
) -> None:
    """The authority's box has no answer, day or name but those known on the day of the letter."""
    bodies = documents(project(_files({"custody/t1": REQUESTED + recorded}, _asking("custody-request"))).root)
    found = _facts(_page(bodies, "custody-request-t1"))
    assert (found["承諾の可否"], found["年月日"], found.get("所属・氏名", "")) == (answer, day, "")


def test_a_disposal_is_for_the_deliverable_that_waits_for_it(project: Callable[..., Project]) -> None:
    """A record that names no deliverable bears the title of the one whose deadline counts from it."""
    waiting = (
        "  - no: waiting\n    title: 廃棄した記録\n    listed: false\n    due:\n      - event: disposals\n"
        "        undated: 遅滞なく\n    documents: [disposal-report]\n"
    )
    files = _files({"disposals/d1": DISPOSED}, _asking("disposal-report", title="複写の消去の報告") + waiting)
    contract = _contract(project(files))
    (document,) = plan(contract, _kinds(), (), dt.date(2026, 5, 1))
    assert document.listed_title == "廃棄した記録"


def test_return_names_the_receipt(project: Callable[..., Project]) -> None:
    """A return says which receipt it closes; the authority's own box stays blank."""
    records = {"custody/r1": RECEIVED, "custody/b1": RETURNED + "of: r1\ncounterpart: 情報課\n"}
    found = _facts(_page(documents(project(_files(records, _asking("custody-return"))).root), "custody-return-b1"))
    assert found["元の受領"] == "台帳の受領（令和8年4月2日（木）9時05分）"
    assert (found["受け取る方"], found["受領した年月日"], found["所属・氏名"]) == ("情報課", "令和 年 月 日", "")


def test_what_is_told_later_is_not_applied_for(project: Callable[..., Project]) -> None:
    """Remarks may be written when it is over, so the application leaves them out, and a day of return that is not set."""
    bodies = documents(
        project(_files({"custody/t1": REQUESTED + "remarks: 返した。\n"}, _asking("custody-request"))).root
    )
    found = _facts(_page(bodies, "custody-request-t1"))
    assert {"備考", "返却・消去の予定日", "相手方"} & set(found) == set()


def test_sources_of_several_kinds_are_of_their_movements(project: Callable[..., Project]) -> None:
    """What an erasure is of is named by how it came to be held; where that differs, by the word for all."""
    other = RECEIVED.replace("movement: received", "movement: copied").replace("台帳の受領", "台帳の写し")
    records = {"custody/r1": RECEIVED, "custody/r2": other, "disposals/d1": DISPOSED + "custody: [r1, r2]\n"}
    bodies = documents(project(_files(records, _asking("disposal-report"))).root)
    found = _facts(_page(bodies, "disposal-report-d1"))
    assert found["元の受渡し"] == "台帳の受領（令和8年4月2日（木）9時05分）台帳の写し（令和8年4月2日（木）9時05分）"


def test_titles_of_a_disposal_are_those_of_the_contract(project: Callable[..., Project]) -> None:
    """The same record is a report with a time and a certificate with a date, each in the words of its specification."""
    record = DISPOSED + "time: '15:30'\nperson: p1\nresponsible: p1\ncontent: 裁断した。\nwitness: 情報課の職員\n"
    labels = ("消去又は廃棄を行った日時", "実施者名", "消去又は廃棄の内容")
    report = documents(project(_files({"disposals/d1": record}, _asking("disposal-report", contents=labels))).root)
    found = _facts(_page(report, "disposal-report-d1"))
    assert [found[label] for label in labels] == ["令和8年4月21日（火）15時30分", "見本 太郎", "裁断した。"]


def test_certificate_has_the_seven_items(project: Callable[..., Project]) -> None:
    """情報項目、媒体名、数量、方法、責任者、立会者、年月日 of a certificate of erasure, and the sentence that certifies."""
    labels = ("情報項目", "媒体名", "数量", "廃棄又は消去の方法", "責任者", "立会者", "廃棄又は消去の年月日")
    record = DISPOSED + "    medium: 紙\n    quantity: 3枚\nresponsible: p1\nwitness: 情報課の職員\n"
    there = project(_files({"disposals/d1": record}, _asking("disposal-certificate", contents=labels)))
    page = _page(documents(there.root), "disposal-certificate-d1")
    assert "完全に廃棄又は消去したことを証明します" in _words(page)
    assert [_words(cell) for cell in page.xpath(".//thead//th")] == list(labels[:4])
    assert _rows(page) == [["台帳の写し", "紙", "3枚", "裁断"]]
    found = _facts(page)
    assert [found[label] for label in labels[4:]] == ["見本 太郎", "情報課の職員", "令和8年4月21日（火）"]


def test_disposals_are_told_when_they_are_due(project: Callable[..., Project]) -> None:
    """A plan has a notice and no report; what was never planned has a report and no notice."""
    records = {
        "disposals/d1": DISPOSED.replace("disposed: 2026-04-21\n", ""),
        "disposals/d2": DISPOSED.replace("planned: 2026-04-20\n", ""),
    }
    asked = _asking("disposal-notice", "disposal-report", "disposal-certificate")
    bodies = documents(project(_files(records, asked)).root)
    assert set(bodies) == {"mihon/disposal-notice-d1", "mihon/disposal-report-d2", "mihon/disposal-certificate-d2"}


def _application(labels: tuple[str, ...]) -> str:
    rows = "".join(f'  - {{item: "{label}", text: 答え{number}}}\n' for number, label in enumerate(labels, 1))
    return f"title: 一次受付\nrequested: 2026-04-06\nitems:\n{rows}"


@pytest.mark.parametrize("labels", [SIX, NINE], ids=["six", "nine"])
def test_application_answers_in_the_order_of_the_specification(
    project: Callable[..., Project], labels: tuple[str, ...]
) -> None:
    """The items stand as the specification lists them, whatever order the record has; the record's own come last."""
    record = _application(tuple(reversed(labels))) + "  - {item: その他, text: 別図のとおり}\n"
    there = project(_files({"subcontracts/s1": record}, _asking("subcontract-application", contents=labels)))
    rows = _rows(_page(documents(there.root), "subcontract-application-s1"))
    assert [title for _, title, _ in rows] == [*labels, "その他"]
    assert rows[0][2] == f"答え{len(labels)}"


@pytest.mark.parametrize(
    ("kind", "record", "label", "field"),
    [
        ("receipt", RECEIVED, "受領形式", "form"),
        ("custody-request", REQUESTED, "紛失リスクの低減対策", "loss_prevention"),
        ("custody-request", REQUESTED, "運搬ルート", "route"),
        ("disposal-notice", DISPOSED, "媒体名", "items.1.medium"),
        ("disposal-report", DISPOSED + "content: 裁断した。\n", "日時", "time"),
        ("disposal-report", DISPOSED, "実施者名", "person"),
        ("disposal-certificate", DISPOSED, "立会者", "witness"),
    ],
)
def test_what_a_specification_asks_for_is_missed(
    project: Callable[..., Project], kind: str, record: str, label: str, field: str
) -> None:
    """A record without something that its deliverable lists is an error that names the field to fill."""
    files = _files({f"{KINDS[kind]}/x1": record}, _asking(kind, contents=(label,)))
    (problem,) = check(project(files).root).problems
    assert (problem.code, problem.hint.partition(" ")[0]) == ("DOC001", field)


@pytest.mark.parametrize("labels", [SIX, NINE], ids=["six", "nine"])
@pytest.mark.parametrize("missing", [0, -1], ids=["first", "last"])
def test_application_lacks_nothing_that_is_asked(
    project: Callable[..., Project], labels: tuple[str, ...], missing: int
) -> None:
    """An item without an answer is an error at the record, with the item's name."""
    given = tuple(label for label in labels if label != labels[missing])
    files = _files({"subcontracts/s1": _application(given)}, _asking("subcontract-application", contents=labels))
    (problem,) = check(project(files).root).problems
    assert (problem.code, problem.source.path) == ("DOC001", f"{CONTRACT}/records/subcontracts/s1.yml")
    assert problem.message == f"「情報の書面」の記載事項「{labels[missing]}」がありません"


def test_application_without_listed_items_takes_those_of_the_contract(project: Callable[..., Project]) -> None:
    """Where no deliverable lists the items, those of contract.yml are answered, and a gap is a dash."""
    files = _files({"subcontracts/s1": _application(("業務範囲",))}, _asking("subcontract-application"))
    head = WHOLE[f"{CONTRACT}/contract.yml"]
    files[f"{CONTRACT}/contract.yml"] = (
        f"{head}subcontracting:\n  policy: consent\n  clauses: [1-1]\n  items: [業務範囲, 理由]\n"
    )
    rows = _rows(_page(documents(project(files).root), "subcontract-application-s1"))
    assert rows == [["1", "業務範囲", "答え1"], ["2", "理由", "―"]]


def test_refusal(project: Callable[..., Project]) -> None:
    """A refusal is shown as one."""
    record = _application(("業務範囲",)) + "refused: 2026-04-06\n"
    bodies = documents(project(_files({"subcontracts/s1": record}, _asking("subcontract-application"))).root)
    found = _facts(_page(bodies, "subcontract-application-s1"))
    assert (found["承諾の可否"], found["年月日"]) == ("不承諾", "令和8年4月6日")


def test_nobody_asks_for_an_application_where_subcontracting_is_forbidden() -> None:
    """No deliverable of a contract that forbids subcontracting asks for one of its documents."""
    kinds = _kinds()
    for contract in load(WorkingTree(ROOT)).portfolio.contracts.values():
        terms = contract.head.subcontracting
        asked = {kind.record for d in contract.deliverables for kind in kinds_of(d, kinds)}
        assert ("subcontracts" in asked) == (terms is not None and terms.policy == "consent"), contract.id


def test_every_label_of_the_shipped_specifications_is_known() -> None:
    """Whatever a specification lists as contents of these documents is an item of the template, so that it is checked."""
    kinds, seen = _kinds(), 0
    for contract in load(WorkingTree(ROOT)).portfolio.contracts.values():
        for deliverable in contract.deliverables:
            for kind in kinds_of(deliverable, kinds):
                if kind.id in KINDS and not kind.labelled:
                    known = {plain(name) for item in kind.items for name in (item.title, *item.labels)}
                    assert {plain(label) for label in deliverable.contents} <= known, (contract.id, deliverable.no)
                    seen += len(deliverable.contents)
    assert seen > 20


LIVES = {
    "custody/r1": RECEIVED + "until: 2026-04-30\n",
    "custody/r2": RECEIVED.replace("台帳の受領", "名簿の受領") + "until: 2026-04-30\n",
    "custody/c1": RECEIVED.replace("received", "copied").replace("04-02", "04-03") + "of: r1\n",
    "custody/b1": RETURNED + "of: r1\n",
    "disposals/d1": DISPOSED + "kind: destroy\ncustody: [c1]\ntime: '9:30'\nwitness: 情報課の職員\n",
}


@pytest.mark.parametrize(
    ("day", "states"),
    [
        ("2026-04-01", []),
        ("2026-04-02", ["保有中", "保有中"]),
        ("2026-04-19", ["保有中", "保有中", "保有中"]),
        ("2026-04-20", ["返却済", "保有中", "保有中"]),
        ("2026-04-21", ["返却済", "保有中", "廃棄済"]),
        ("2026-04-30", ["返却済", "保有中", "廃棄済"]),
        ("2026-05-01", ["返却済", "返却予定日超過", "廃棄済"]),
    ],
)
def test_what_is_still_held(project: Callable[..., Project], day: str, states: list[str]) -> None:
    """Received and copied information is held from its day until the day it is returned or disposed of."""
    ledger = custody_ledger(_contract(project(_files(LIVES, _asking("custody-register")))), dt.date.fromisoformat(day))
    assert [holding.state for holding in ledger.holdings] == states
    assert ledger.held == sum(state in ("保有中", "返却予定日超過") for state in states)


def test_first_record_closes(project: Callable[..., Project]) -> None:
    """Of a return and a disposal of the same thing the earlier counts."""
    records = {**LIVES, "disposals/d2": DISPOSED + "custody: [r1, r2]\n"}
    ledger = custody_ledger(_contract(project(_files(records, _asking("custody-register")))), dt.date(2026, 5, 1))
    assert [(h.state, h.closed_by and h.closed_by.id) for h in ledger.holdings] == [
        ("返却済", "b1"),
        ("消去・廃棄済", "d2"),
        ("廃棄済", "d1"),
    ]


def test_register_of_custody_is_in_order_of_day(project: Callable[..., Project]) -> None:
    """Movements and disposals stand in one list by day and time; what lies ahead is marked."""
    planned = LIVES["disposals/d1"].replace("planned: 2026-04-20\ndisposed:", "planned:")
    records = {**LIVES, "disposals/d1": planned + "reported: 2026-04-15\n"}
    bodies = documents(project(_files(records, _asking("custody-register"))).root, "2026-04-20")
    page = _page(bodies, "custody-register")
    assert "受領・複写した情報 3件 うち保有中 2件" in _words(page)
    rows = [row for row in _rows(page, 1) if row[0]]
    assert [row[:2] for row in rows] == [
        ["令和8年4月2日（木） 9時05分", "受領"],
        ["令和8年4月2日（木） 9時05分", "受領"],
        ["令和8年4月3日（金） 9時05分", "複写・複製・加工"],
        ["令和8年4月20日（月） 10時00分", "返却"],
        ["令和8年4月21日（火） 9時30分", "廃棄（予定）"],
    ]
    assert rows[4][4] == "立会者 情報課の職員"


def test_day_and_time() -> None:
    """A time is said after its day, and never without one."""
    day = dt.date(2026, 4, 21)
    assert day_and_time(day, "9:05") == "令和8年4月21日（火）9時05分"
    assert (day_and_time(day, None), day_and_time(None, "9:05")) == ("令和8年4月21日（火）", "")


ADDRESSES = (
    "items:\n"
    "  - {address: 192.0.2.2, issued: 2026-04-05, withdrawn: 2026-04-20, device: 端末, note: 交換}\n"
    "  - {address: 192.0.2.1, issued: 2026-04-01}\n"
    "  - {address: 192.0.2.1, issued: 2026-04-10}\n"
)
LOANS = (
    "items:\n"
    "  - {item: 端末, borrower: 総務課, lent: 2026-04-01, until: 2026-04-10, returned: 2026-04-20}\n"
    "  - {item: マイク, borrower: 市民課, lent: 2026-04-05}\n"
)


@pytest.mark.parametrize(
    ("kind", "rows", "day", "states", "counts"),
    [
        ("addresses", ADDRESSES, "2026-04-04", ["発行中", "発行予定", "発行予定"], [1, 0, 2]),
        ("addresses", ADDRESSES, "2026-04-19", ["発行中", "発行中", "発行中"], [3, 0]),
        ("addresses", ADDRESSES, "2026-04-20", ["発行中", "削除", "発行中"], [2, 1]),
        ("loans", LOANS, "2026-04-10", ["貸出中", "貸出中"], [2, 0, 0]),
        ("loans", LOANS, "2026-04-11", ["期限超過", "貸出中"], [1, 1, 0]),
        ("loans", LOANS, "2026-04-20", ["返却済", "貸出中"], [1, 0, 1]),
        ("devices", LEAST["devices/2026"], "2026-04-01", ["使用中"], [1, 0]),
    ],
)
def test_states_of_a_register(
    project: Callable[..., Project], kind: str, rows: str, day: str, states: list[str], counts: list[int]
) -> None:
    """Rows stand by day; each is in the state of the day asked for, and the states are counted."""
    contract = _contract(project(_files({f"{kind}/2026": rows}, _asking(*REGISTERS))))
    found = register(contract, kind, dt.date.fromisoformat(day))
    assert [line.state for line in found.lines] == states
    assert [number for _, number in found.counts] == counts


def test_what_is_in_use_twice_is_said(project: Callable[..., Project]) -> None:
    """An address that two rows have in use is named at the head; one that was withdrawn before is not."""
    there = project(_files({"addresses/2026": ADDRESSES}, _asking("address-register")))
    page = _page(documents(there.root, "2026-04-25"), "address-register")
    assert _facts(page)["重複"] == "192.0.2.1（二つ以上の行で使われている）"
    assert "重複" not in _facts(_page(documents(there.root, "2026-04-05"), "address-register"))
    assert _rows(page)[1] == [
        *("2", "192.0.2.2", "", "端末 備考 交換", "", "令和8年4月5日", "令和8年4月20日", "削除", "")
    ]


def test_label_of_a_disc(project: Callable[..., Project]) -> None:
    """Which disc of how many, what, when, whose, checked with what; the box to sign is blank."""
    record = MEDIUM + (
        "disc: 1\ndiscs: 2\nform: CD-R\nformat: ISO 9660\ncontents: [年間計画表, 完了届]\n"
        "antivirus:\n  product: 見本検査 1.0\n  definitions: '20260430'\n  checked: 2026-04-30\n"
    )
    page = _page(documents(project(_files({"media/m1": record}, _asking("media-label"))).root), "media-label-m1")
    words = _words(page)
    assert "2枚中の1枚目 納品物件 見本業務委託 令和8年4月" in words
    found = _facts(page)
    assert (found["発注者"], found["受注者"], found["署名欄"]) == ("見本市", "見本社", "")
    assert (found["ウイルス検査の製品"], found["定義ファイル"]) == ("見本検査 1.0", "20260430")
    assert (found["検査日"], found["媒体・記録形式"]) == ("令和8年4月30日", "CD-R ISO 9660")
    assert [_words(item) for item in page.xpath(".//ol/li")] == ["年間計画表", "完了届"]


PAYLOADS = (
    "<script>window.hacked=1</script>",
    "</td></tr></table></div><h1 id=evil>偽</h1>",
    "<img src=x onerror=window.hacked=1>",
    "=1+1 {{ 7 * 7 }} {% include 'x' %}",
    "長" * 5000,
    "w" * 300,
    "絵文字😀 𠮷野家 槗本 ①㈱",
    "עברית \u202eabc\u202c",
)


def _hostile(shift: int) -> tuple[dict[str, str], list[str]]:
    """Every field of text of every record with a payload behind a mark of its own; one in five at its full length."""
    texts: list[str] = []

    def t() -> str:
        payload = PAYLOADS[(len(texts) + shift) % len(PAYLOADS)]
        texts.append(f"印{len(texts)}番 {payload if len(texts) % 5 == 0 else payload[:300]}")
        return json.dumps(texts[-1], ensure_ascii=False)

    moved = f"title: {t()}\ninformation: {t()}\nform: {t()}\nmedium: {t()}\nquantity: {t()}\nplace: {t()}\nperson: p1\n"
    moved += f"means: {t()}\nroute: {t()}\ncounterpart: {t()}\nreason: {t()}\nprotection: {t()}\nremarks: {t()}\n"
    fields = {"addresses": ("address", "network", "device", "department", "note"), "devices": ("kind", "name", "place")}
    loan = ", ".join(f"{name}: {t()}" for name in ("item", "quantity", "borrower", "purpose", "accessories", "note"))
    rows = {kind: ", ".join(f"{name}: {t()}" for name in names) for kind, names in fields.items()}
    thing = f"information: {t()}, medium: {t()}, quantity: {t()}, method: {t()}"
    records = {
        "custody/r1": f"movement: received\nmoved: 2026-04-02 9:05\n{moved}",
        "custody/t1": f"movement: sent\nmoved: 2026-04-03 9:05\nrequested: 2026-04-02\n{moved}",
        "custody/b1": f"movement: returned\nmoved: 2026-04-04 9:05\nof: r1\n{moved}",
        "disposals/d1": (
            f"title: {t()}\nplanned: 2026-04-20\ndisposed: 2026-04-21\nplace: {t()}\ncontent: {t()}\nwitness: {t()}\n"
            f"custody: [r1]\nitems:\n  - {{{thing}}}\n"
        ),
        "subcontracts/s1": (
            f"title: {t()}\nrequested: 2026-04-06\ncontractor: {t()}\nscope: {t()}\nsupervision: {t()}\n"
            f"items:\n  - {{item: {t()}, text: {t()}}}\n"
        ),
        "media/m1": (
            f"title: {t()}\nmade: 2026-04-30\nform: {t()}\nformat: {t()}\ncontents: [{t()}]\n"
            f"antivirus: {{product: {t()}, definitions: {t()}, checked: 2026-04-30}}\n"
        ),
        "addresses/2026": f"items:\n  - {{{rows['addresses']}, issued: 2026-04-01}}\n",
        "computers/2026": f"items:\n  - {{name: {t()}, device: {t()}, issued: 2026-04-01}}\n",
        "loans/2026": f"items:\n  - {{{loan}, lent: 2026-04-01}}\n",
        "devices/2026": f"items:\n  - {{id: {t()}, protection: {t()}, {rows['devices']}, brought: 2026-04-01}}\n",
    }
    return records, texts


@pytest.mark.parametrize("shift", range(0, len(PAYLOADS), 3))
def test_text_of_others_is_text(project: Callable[..., Project], shift: int) -> None:
    """Whatever stands in a record is shown character by character, and makes no mark-up and no cell."""
    records, texts = _hostile(shift)
    bodies = documents(project(_files(records, _asking(*KINDS, *REGISTERS))).root)
    pages = {name: html.fragment_fromstring(body, create_parent="div") for name, body in bodies.items()}
    assert len(pages) == len(KINDS) + len(REGISTERS)
    shown = "".join("".join(page.text_content().split()) for page in pages.values())
    assert [text for text in texts if "".join(text.split()) not in shown] == []
    for name, page in pages.items():
        assert page.xpath(".//script | .//img | .//h1 | .//*[@id='evil']") == [], name
        for table in page.xpath(".//table"):
            rows = table.xpath("./thead/tr | ./tbody/tr")
            widths = {sum(int(cell.get("colspan", "1")) for cell in row) for row in rows}
            assert widths == {len(table.xpath("./colgroup/col"))}, name


@pytest.mark.slow
def test_text_of_others_is_typeset(project: Callable[..., Project]) -> None:
    """The same text on paper: every PDF is made, without a warning."""
    records, _ = _hostile(1)
    files = _files(records, _asking(*KINDS, *REGISTERS))
    ran = project({**files, "mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes()}).build()
    assert (ran.code, ran.out) == (0, ""), ran.out + ran.err
