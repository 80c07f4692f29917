"""What a record cannot show by itself: one small project for each slip, and the line where it is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, whole_project

RECORDS = f"{CONTRACT}/records"
STAFF, HEAD = f"{CONTRACT}/staff.yml", f"{CONTRACT}/contract.yml"

SECOND = (
    WHOLE[STAFF]
    .replace("roles:", "  - id: p2\n    name: 例示 花子\nroles:")
    .replace(
        "    start: 2026-04-01\n",
        "    start: 2026-04-01\n    end: 2026-09-30\n  - person: p2\n    role: manager\n    start: 2026-10-01\n",
        1,
    )
)
"""The manager is followed by another on 1 October."""

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
TOLD = (
    WHOLE[DELIVERABLES]
    + "  - no: change\n    title: 体制の変更の通知\n    listed: false\n    due:\n      - event: structure-changes\n        undated: 速やかに\n"
)
"""The contract asks to be told of a change."""

FORBIDDEN = WHOLE[HEAD] + "subcontracting:\n  policy: forbidden\n  clauses: [1-1]\n"

AUTHORITY = "data/authorities/mihon-shi.yml"
LIBRARY = (
    WHOLE[AUTHORITY]
    + "calendars:\n  - id: library\n    name: 開館日\n    closed_name: 休館日\n    closed:\n      - weekdays: [月]\n        ground: 規則3条\n"
)
AT_THE_LIBRARY = WHOLE[HEAD].replace("vendor:", "calendar: library\nvendor:")
"""The work is done where Mondays are closed, and Saturdays are not."""

SLIPS = [
    pytest.param(
        {
            f"{RECORDS}/work/w1.yml": "title: 点検\nstart: 2026-05-01 9:00\nend: 2026-05-01 10:00\npeople: [p9]\ncontent: 見た。\n"
        },
        f"{RECORDS}/work/w1.yml:4:10: error REF001 人「p9」がありません",
        id="unknown person",
    ),
    pytest.param(
        {
            f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-05-01, person: p1, task: inspektion, content: 見た。}\n"
        },
        f"{RECORDS}/daily/2026-05.yml:2:42: error REF001 作業「inspektion」がありません（inspection ではありませんか）",
        id="unknown task in a row",
    ),
    pytest.param(
        {f"{RECORDS}/arrangements/a1.yml": "title: 交換\narranged: 2026-05-01\nincident: 2026-002\n"},
        f"{RECORDS}/arrangements/a1.yml:3:11: error REF001 障害の記録「2026-002」がありません",
        id="unknown incident",
    ),
    pytest.param(
        {f"{RECORDS}/incidents/2.yml": "title: 停止\ncontacted: 2026-05-01 9:00\nclauses: [1-1, 1-9]\n"},
        f"{RECORDS}/incidents/2.yml:3:16: error REF001 条項「1-9」がありません",
        id="unknown clause",
    ),
    pytest.param(
        {
            STAFF: SECOND,
            f"{RECORDS}/daily/2026-09.yml": "items:\n  - {date: 2026-09-01, person: p2, content: 見た。}\n",
        },
        f"{RECORDS}/daily/2026-09.yml:2:32: error STF007 例示 花子は令和8年9月1日の体制に載っていません",
        id="not yet appointed",
    ),
    pytest.param(
        {f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-05-02, person: p1, content: 見た。}\n"},
        f"{RECORDS}/daily/2026-05.yml:2:12: warning REC001 令和8年5月2日（土）は閉庁日です",
        id="closed day",
    ),
    pytest.param(
        {
            AUTHORITY: LIBRARY,
            HEAD: AT_THE_LIBRARY,
            f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-05-11, person: p1, content: 見た。}\n",
        },
        f"{RECORDS}/daily/2026-05.yml:2:12: warning REC001 令和8年5月11日（月）は休館日です（月曜日（根拠: 規則3条））",
        id="closed day of the work",
    ),
    pytest.param(
        {f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-06-01, person: p1, content: 見た。}\n"},
        f"{RECORDS}/daily/2026-05.yml:2:12: warning REC002 令和8年6月1日の行が、2026-05 の帳にあります",
        id="row of another month",
    ),
    pytest.param(
        {
            f"{RECORDS}/invoices/4.yml": "title: 4月分\nissued: 2026-05-01\nlines: [{name: 保守, amount: 100}]\ntax: 10\ntotal: 111\n"
        },
        f"{RECORDS}/invoices/4.yml:5:8: error REC003 請求額 111円が、内訳と消費税の和 110円と違います",
        id="wrong total",
    ),
    pytest.param(
        {
            f"{RECORDS}/invoices/4.yml": "title: 4月分\nissued: 2026-05-01\nlines: [{name: 保守, quantity: 2, price: 50, amount: 90}]\n"
        },
        f"{RECORDS}/invoices/4.yml:3:52: error REC003 金額 90円が、数量 2 と単価 50円の積 100円と違います",
        id="wrong product",
    ),
    pytest.param(
        {STAFF: SECOND, DELIVERABLES: TOLD},
        f"{STAFF}:21:12: warning REC004 令和8年10月1日の体制の変更に、体制の変更の記録がありません",
        id="change without a record",
    ),
    pytest.param(
        {f"{RECORDS}/structure-changes/1.yml": "title: 交代\nchanged: 2026-10-01\n"},
        f"{RECORDS}/structure-changes/1.yml:2:10: error REC004 令和8年10月1日に始まる、または前日に終わる任命がありません",
        id="record without a change",
    ),
    pytest.param(
        {
            HEAD: FORBIDDEN,
            f"{RECORDS}/subcontracts/1.yml": "title: 印刷\nrequested: 2026-05-01\nitems: [{item: 範囲, text: 印刷}]\n",
        },
        f"{RECORDS}/subcontracts/1.yml:1:8: error REC005 この契約は再委託を禁じています",
        id="forbidden subcontract",
    ),
    pytest.param(
        {
            f"{RECORDS}/inquiries/{month}.yml": f"items:\n  - {{id: q1, received: {month}-01 9:00, source: staff, subject: 操作, person: p1}}\n"
            for month in ("2026-05", "2026-06")
        },
        f"{RECORDS}/inquiries/2026-06.yml:2:10: error REC006 番号「q1」は {RECORDS}/inquiries/2026-05.yml にもあります",
        id="number twice",
    ),
]


@pytest.mark.parametrize(("changes", "expected"), SLIPS)
def test_slip_is_said_at_its_place(project: Callable[..., Project], changes: dict[str, str], expected: str) -> None:
    """Each slip is one line: file, line, column, what is wrong."""
    lines = [line for line in project(whole_project(changes)).check().lines if line.startswith("data/")]
    assert any(line.startswith(expected) for line in lines), lines


RIGHT = [
    pytest.param(
        {STAFF: SECOND, DELIVERABLES: TOLD, f"{RECORDS}/structure-changes/1.yml": "title: 交代\nchanged: 2026-10-01\n"},
        id="recorded change",
    ),
    pytest.param(
        {
            f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-05-02, person: p1, content: 見た。, remarks: 停電に備えた。}\n"
        },
        id="closed day with a reason",
    ),
    pytest.param(
        {
            AUTHORITY: LIBRARY,
            HEAD: AT_THE_LIBRARY,
            f"{RECORDS}/daily/2026-05.yml": "items:\n  - {date: 2026-05-02, person: p1, content: 見た。}\n",
        },
        id="Saturday at the library",
    ),
    pytest.param(
        {
            STAFF: SECOND,
            DELIVERABLES: TOLD,
            HEAD: WHOLE[HEAD] + "staffing:\n  - role: manager\n    clause: 1-1\n    start: 2026-10-01\n",
        },
        id="the first day of a role is no change",
    ),
    pytest.param(
        {f"{RECORDS}/daily/前半.yml": "items:\n  - {date: 2026-06-01, person: p1, content: 見た。}\n"},
        id="register not named after a month",
    ),
    pytest.param(
        {
            f"{RECORDS}/invoices/4.yml": "title: 4月分\nissued: 2026-05-01\nlines: [{name: 保守, quantity: 2人, price: 50, amount: 90}]\ntotal: 90\n"
        },
        id="quantity in words",
    ),
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_is_right_is_not_complained_of(project: Callable[..., Project], changes: dict[str, str]) -> None:
    """No problem at all."""
    assert project(whole_project(changes)).check().code == 0


def test_training_is_known_from_its_record(project: Callable[..., Project]) -> None:
    """Whom a record of an education names has been trained; staff.yml need not say it again, and a drill is none."""
    head = WHOLE[HEAD] + "staffing:\n  - role: manager\n    clause: 1-1\n    training: true\n"
    record = "title: 教育\nkind: education\nheld: 2026-04-01\nattendees: [p1]\n"
    there = project(whole_project({HEAD: head}))
    assert any("STF005" in line for line in there.check().lines)
    assert there.write({f"{RECORDS}/trainings/t1.yml": record}).check().code == 0
    there.write({f"{RECORDS}/trainings/t1.yml": record.replace("education", "drill")})
    assert any("STF005" in line for line in there.check().lines)


def test_many_closed_days_of_a_register_are_one_message(project: Callable[..., Project]) -> None:
    """At the first of them; what the others are, and how a calendar of the work is chosen."""
    rows = "".join(f"  - {{date: 2026-05-{day:02}, person: p1, content: 見た。}}\n" for day in range(1, 32))
    files = {f"{RECORDS}/daily/2026-05.yml": f"items:\n{rows}"}
    told = [line for line in project(whole_project(files)).check().lines if "REC001" in line]
    assert len(told) == 1
    assert told[0].startswith(
        f"{RECORDS}/daily/2026-05.yml:3:12: warning REC001 令和8年5月2日（土）は閉庁日です（土曜日"
    )
    assert "ほかに5月3日、5月9日、5月10日、5月16日、5月17日など9日、閉庁日の行があります" in told[0]
    assert "contract.yml の calendar で選んで" in told[0]
