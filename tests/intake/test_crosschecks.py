"""What no single file can show: names that lead nowhere, dates and answers that do not fit together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, swapped, whole_project

HEAD = f"{CONTRACT}/contract.yml"
CLAUSES = f"{CONTRACT}/clauses.yml"
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
STAFF = f"{CONTRACT}/staff.yml"
PLAN = f"{CONTRACT}/plan.yml"
CHECKLIST = f"{CONTRACT}/checklist.yml"
SUBMISSIONS = f"{CONTRACT}/submissions.yml"
AUTHORITY = "data/authorities/mihon-shi.yml"
VENDOR = "data/vendors/mihon-sha.yml"
TERMS = "data/terms/mihon-terms.yml"

ROLES = "（staff.yml の roles に書いてください。今あるもの: manager、supervisor）"
ONE_THING = "（weekdays、holidays、start と end、date の一つを書いてください）"

LOOSE_ENDS = [
    # between files
    (
        HEAD,
        "authority: mihon-shi",
        "authority: mihon-sh",
        "6:12: error REF001 発注者「mihon-sh」がありません（mihon-shi ではありませんか）",
    ),
    (
        HEAD,
        "vendor: mihon-sha",
        "vendor: nobody",
        "7:9: error REF001 受注者「nobody」がありません"
        "（data/vendors/nobody.yml に書いてください。今あるもの: mihon-sha）",
    ),
    (
        TERMS,
        "issuer: mihon-shi",
        "issuer: other",
        "2:9: error REF001 発注者「other」がありません"
        "（data/authorities/other.yml に書いてください。今あるもの: mihon-shi）",
    ),
    (
        HEAD,
        "department: joho",
        "department: soumu",
        "10:17: error REF001 部課「soumu」がありません"
        "（data/authorities/mihon-shi.yml の departments に書いてください。今あるもの: joho）",
    ),
    # people and roles
    (
        STAFF,
        "- person: p1",
        "- person: p9",
        "13:13: error REF001 人「p9」がありません（staff.yml の people に書いてください。今あるもの: p1）",
    ),
    (
        CHECKLIST,
        "officer: p1",
        "officer: p2",
        "1:10: error REF001 人「p2」がありません（staff.yml の people に書いてください。今あるもの: p1）",
    ),
    (
        CHECKLIST,
        "person: p1",
        "person: p2",
        "7:13: error REF001 人「p2」がありません（staff.yml の people に書いてください。今あるもの: p1）",
    ),
    (
        STAFF,
        "    role: manager",
        "    role: managr",
        "14:11: error REF001 役割「managr」がありません（manager ではありませんか）",
    ),
    (STAFF, "start: supervisor", "start: boss", f"17:12: error REF001 役割「boss」がありません{ROLES}"),
    (STAFF, "end: manager", "end: boss", f"18:10: error REF001 役割「boss」がありません{ROLES}"),
    (PLAN, "role: manager", "role: boss", f"5:11: error REF001 役割「boss」がありません{ROLES}"),
    # deliverables and deadlines
    (
        DELIVERABLES,
        "cell: monthly",
        "cell: yearly",
        "10:11: error REF001 期限欄「yearly」がありません"
        "（deliverables.yml の cells に書いてください。今あるもの: monthly）",
    ),
    (
        DELIVERABLES,
        "cell: monthly",
        "cell: monthly\n    documents: [anual-plan]",
        "11:17: error REF001 文書の種類「anual-plan」がありません（annual-plan ではありませんか）",
    ),
    (
        SUBMISSIONS,
        "deliverable: '1'",
        "deliverable: '7'",
        "2:18: error REF001 納品物件「7」がありません（deliverables.yml に書いてください。今あるもの: 1、2）",
    ),
    # clauses
    (PLAN, "[1-1]", "[1-9]", "6:15: error REF001 条項「1-9」がありません（1-1 ではありませんか）"),
    (DELIVERABLES, "[1-1]", "[1-1, 1-9]", "11:20: error REF001 条項「1-9」がありません（1-1 ではありませんか）"),
    (HEAD, "clause: 1-1", "clause: 1-2", "18:13: error REF001 条項「1-2」がありません（1-1 ではありませんか）"),
    (
        PLAN,
        "[1-1]",
        "[mihon-term/1]",
        "6:15: error REF001 この契約に付く特記事項「mihon-term」がありません（mihon-terms ではありませんか）",
    ),
    (
        PLAN,
        "[1-1]",
        "[mihon-terms/9]",
        "6:15: error REF001 「情報取扱特記事項」の条項「9」がありません"
        "（data/terms/mihon-terms.yml に書いてください。今あるもの: 1）",
    ),
    (
        TERMS,
        "grounds: [1]",
        "grounds: [2]",
        "15:15: error REF001 根拠条項「2」がありません（この特記事項の clauses に書いてください。今あるもの: 1）",
    ),
    (
        CLAUSES,
        "  - id: 1-1\n",
        "  - id: 1-1\n    heading: a\n    text: a\n    obligor: none\n    kind: information\n  - id: 2-1\n",
        "12:9: error CHK003 条項 2-1 の上の 2 がありません（id: 2 の条項も書いてください）",
    ),
    # answers
    (
        CLAUSES,
        "deliverable: '1'",
        "deliverable: '9'",
        "13:22: error REF001 納品物件「9」がありません（deliverables.yml に書いてください。今あるもの: 1、2）",
    ),
    (
        CLAUSES,
        "record: incidents",
        "record: incident",
        "14:17: error REF001 記録の種類「incident」がありません（incidents ではありませんか）",
    ),
    (
        CLAUSES,
        "task: inspection",
        "task: inspect",
        "15:15: error REF001 作業「inspect」がありません（inspection ではありませんか）",
    ),
    (CLAUSES, "role: manager", "role: boss", f"16:15: error REF001 役割「boss」がありません{ROLES}"),
    (
        CLAUSES,
        "role: manager",
        "check: mihon-terms/2",
        "16:16: error REF001 確認項目「mihon-terms/2」がありません（mihon-terms/1 ではありませんか）",
    ),
    (
        CLAUSES,
        "role: manager",
        "level: strat",
        "16:16: error REF001 サービスレベル「strat」がありません（start ではありませんか）",
    ),
    (
        CLAUSES,
        "- role: manager",
        "- role: manager\n        task: inspection",
        "16:9: error CHK002 対応の一項目に二つ以上の種類があります"
        "（deliverable・record・check・task・role・section・level・statement の一つだけを書いてください）",
    ),
    (
        CLAUSES,
        "- role: manager",
        "- {}",
        "16:9: error CHK002 対応の一項目に何も書かれていません"
        "（deliverable・record・check・task・role・section・level・statement の一つだけを書いてください）",
    ),
    (
        CHECKLIST,
        "mihon-terms/1",
        "mihon-terms/7",
        "3:11: error REF001 確認項目「mihon-terms/7」がありません（mihon-terms/1 ではありませんか）",
    ),
    (
        CHECKLIST,
        "    evidence: 誓約書\n",
        "",
        "4:13: error CHK004 「○」の回答に証跡 (evidence)がありません（書けないうちは answer を空欄にしてください）",
    ),
    (
        CHECKLIST,
        "answer: ○",
        "answer: 対象外",
        "4:13: error CHK004 「対象外」の回答に理由 (reason)がありません（書けないうちは answer を空欄にしてください）",
    ),
    # dates
    (
        HEAD,
        "start: 2026-04-01",
        "start: 2028-04-01",
        "4:8: error CHK001 終わり 2027-03-31 が始め 2028-04-01 より前です（start と end を確かめてください）",
    ),
    (
        HEAD,
        "signed: 2026-04-01",
        "signed: 2030-04-01",
        "5:9: error CHK005 契約締結日 2030-04-01 が契約の終期 2027-03-31 より後です"
        "（signed と period を確かめてください）",
    ),
    # calendars
    *(
        (
            AUTHORITY,
            "- weekdays: [土, 日]\n      ground",
            f"- {rule}ground",
            "8:7: error CHK007 閉庁日の一項目は、曜日・祝日・毎年の範囲・日のどれか一つでなければなりません"
            + ONE_THING,
        )
        for rule in ("", "weekdays: [土]\n      holidays: 祝日法\n      ", "start: 12-29\n      ")
    ),
]


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    LOOSE_ENDS,
    ids=[new.strip().replace("\n", " ") or old for _, old, new, _ in LOOSE_ENDS],
)
def test_loose_end_is_told_at_its_place(
    project: Callable[..., Project], path: str, old: str, new: str, expected: str
) -> None:
    """A name that leads nowhere is a problem at the name, once."""
    ran = project(whole_project(swapped(path, old, new))).check()
    assert ran.lines == [f"{path}:{expected}"]
    assert ran.code == 1


def test_unknown_terms(project: Callable[..., Project]) -> None:
    """Terms that are not there are one problem; what their clauses and items would be is not judged."""
    ran = project(whole_project(swapped(HEAD, "- terms: mihon-terms", "- terms: nothing"))).check()
    assert ran.lines == [
        f"{HEAD}:12:5: error REF001 特記事項「nothing」がありません"
        "（data/terms/nothing.yml に書いてください。今あるもの: mihon-terms）"
    ]


BROKEN: dict[str, Callable[[str], str]] = {
    "cannot be read": lambda text: f"{text}\x00",
    "lacks a required key": lambda text: text.replace(": ", "-gone: ", 1),
    "is a list": lambda text: "- " + text.replace("\n", "\n  "),
}


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.parametrize("path", WHOLE)
def test_broken_file_causes_no_other_problems(project: Callable[..., Project], path: str, how: str) -> None:
    """Whatever is wrong with a file is told of that file, and of no file that refers to it."""
    ran = project(whole_project({path: BROKEN[how](WHOLE[path])})).check()
    assert ran.code == 1
    assert {line.split(":")[0] for line in ran.lines} == {path}


@pytest.mark.parametrize("how", BROKEN)
def test_broken_record_is_still_there(project: Callable[..., Project], how: str) -> None:
    """A record that cannot be read is wrong itself; that others name it is not."""
    incident = f"{CONTRACT}/records/incidents/2026-009.yml"
    named = "title: 復旧\nstart: 2026-04-29 09:00\nend: 2026-04-29 10:00\npeople: [p1]\nincident: 2026-009\ncontent: 直した。\n"
    text = BROKEN[how]("title: 障害\ncontacted: 2026-04-28 16:30\n")
    ran = project(whole_project({incident: text, f"{CONTRACT}/records/work/fukkyu.yml": named})).check()
    assert {line.split(":")[0] for line in ran.lines} == {incident}


ITEMS = [
    (path, line)
    for path, text in WHOLE.items()
    for line in text.splitlines()
    if line.lstrip("- ").startswith(("id:", "no:", "item:", "terms: m", "person:", "deliverable:", "each:", "event:"))
]


@pytest.mark.parametrize(("path", "line"), ITEMS)
def test_unreadable_item_causes_no_other_problems(project: Callable[..., Project], path: str, line: str) -> None:
    """An item whose name cannot be read is left out, and what refers to it is not judged."""
    key, _, _ = line.partition(":")
    ran = project(whole_project(swapped(path, line, f"{key}: {{a: b}}"))).check()
    number = WHOLE[path].splitlines().index(line) + 1
    assert [problem.split(": ")[0] for problem in ran.lines] == [f"{path}:{number}:{len(key) + 3}"]


def test_all_problems_of_all_files_in_one_pass(project: Callable[..., Project]) -> None:
    """Nothing stops at the first; the report is sorted by file, line and column."""
    ran = project(
        whole_project(
            {
                AUTHORITY: "name: a\nname: b\nadressee: c\n",
                VENDOR: "- x\n",
                **swapped(PLAN, "role: manager", "role: boss"),
                TERMS: WHOLE[TERMS]
                .replace("kind: prohibition", "kind: 禁止")
                .replace("category: 秘密", "category: 12"),
                f"{CONTRACT}/notes.yml": "x: 1\n",
            }
        )
    ).check()
    places = [tuple(line.split(": ")[0].split(":")) for line in ran.lines]
    found = [(path, int(line), int(column)) for path, line, column in places]
    assert found == sorted(found)
    assert found == [
        (AUTHORITY, 1, 1),
        (AUTHORITY, 2, 1),
        (AUTHORITY, 3, 1),
        (f"{CONTRACT}/notes.yml", 1, 1),
        (TERMS, 8, 11),
        (TERMS, 13, 15),
        (VENDOR, 1, 1),
    ]


def test_one_file_broken_twice_reports_both(project: Callable[..., Project]) -> None:
    """A value of the wrong type does not hide a name that leads nowhere in the same file."""
    text = WHOLE[STAFF].replace("phone: 00-0000-0001", "phone: [1]").replace("end: manager", "end: boss")
    ran = project(whole_project({STAFF: text})).check()
    assert [line.split(": ")[0] for line in ran.lines] == [f"{STAFF}:4:12", f"{STAFF}:18:10"]
