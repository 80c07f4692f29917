"""Changes in sentences: each edit once, by the names people know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.documents.changewords import tell
from tests.edits import AFTER, BEFORE, CHECKLIST, CLAUSES, INCIDENTS, STAFF, changed, renamed, told
from tests.support import CONTRACT, WHOLE, Files, Project, swapped, whole_project

PLAN, SUBMISSIONS = f"{CONTRACT}/plan.yml", f"{CONTRACT}/submissions.yml"
PERSON = "  - id: p1\n    name: 見本 太郎\n    phone: 00-0000-0001\n"
INCIDENT = f"{INCIDENTS}/2026-001.yml"


def _replaced(path: str, *pairs: tuple[str, str]) -> Files:
    text = WHOLE[path]
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return {path: text}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({}, []),
        (
            swapped(STAFF, "name: 見本 太郎", "name: 例示 太郎"),
            ["体制　人「例示 太郎」の氏名を「見本 太郎」から「例示 太郎」に改めた。"],
        ),
        (
            _replaced(STAFF, ("phone: 00-0000-0001", "phone: 00-0000-0002\n    organisation: 見本社")),
            ["体制　人「見本 太郎」の所属を「見本社」とし、電話を「00-0000-0001」から「00-0000-0002」に改めた。"],
        ),
        (
            swapped(STAFF, "    phone: 00-0000-0001\n", ""),
            ["体制　人「見本 太郎」の電話「00-0000-0001」を除いた。"],
        ),
        (
            swapped(CLAUSES, "受注者は、障害を報告する。", "受注者は、障害を直ちに報告する。"),
            [
                "条項「1-1 報告」の内容を「受注者は、障害を報告する。」から「受注者は、障害を直ちに報告する。」に改めた。"
            ],
        ),
        (
            _replaced(STAFF, ("    order: 1\n", "    order: 2\n")),
            ["体制　連絡の経路「監督職員　業務責任者　障害連絡」の順序を「1」から「2」に改めた。"],
        ),
        (
            swapped(CHECKLIST, "answer: ○", "answer: ×"),
            ["情報セキュリティ対策チェックリスト　回答「別記 1」の実施状況を「○」から「×」に改めた。"],
        ),
        (
            swapped(PLAN, "each: month", "months: [4, 7, 10]"),
            ["年間計画　作業「定期点検」の周期「毎月」を除き、月「4」「7」「10」を加えた。"],
        ),
        (
            swapped(SUBMISSIONS, "date: 2026-05-08", "date: 2026-05-08\n    accepted: 2026-05-12"),
            ["提出と検収　提出「作業報告書　令和8年5月10日　令和8年5月8日」の検収日を「令和8年5月12日」とした。"],
        ),
        (
            swapped(INCIDENT, "restored: 2026-04-29 10:00", "restored: 2026-04-29 11:30"),
            [
                "障害「2026-001　送信できない」の復旧日時を「令和8年4月29日（水）10時00分」から"
                "「令和8年4月29日（水）11時30分」に改めた。"
            ],
        ),
        ({INCIDENT: None}, ["障害「2026-001　送信できない」を除いた。"]),
        (
            {f"{INCIDENTS}/2026-00{n}.yml": f"title: 障害{n}\ncontacted: 2026-05-0{n} 09:00\n" for n in range(2, 7)},
            ["障害「2026-002　障害2」「2026-003　障害3」「2026-004　障害4」ほか2件を加えた。"],
        ),
        (
            swapped("data/terms/mihon-terms.yml", "heading: 秘密の保持", "heading: 秘密の保持等"),
            [
                "特記事項・約款「情報取扱特記事項」　条項「1 秘密の保持等」の見出しを"
                "「秘密の保持」から「秘密の保持等」に改めた。"
            ],
        ),
        (
            swapped(f"{CONTRACT}/contract.yml", "title: 見本業務委託", "title: 見本業務等委託"),
            ["契約　件名を「見本業務委託」から「見本業務等委託」に改めた。"],
        ),
    ],
    ids=[
        "nothing",
        "person renamed",
        "two fields of a person in one sentence",
        "field gone",
        "clause",
        "roles by their titles",
        "answer by the label of its terms",
        "list of figures",
        "submission by what it is of",
        "record by id and title",
        "record gone",
        "many records in one sentence",
        "terms",
        "title",
    ],
)
def test_sentence(project: Callable[..., Project], after: Files, expected: list[str]) -> None:
    """An edit is one sentence, in words that somebody who knows no ids understands."""
    assert told(project, whole_project(), whole_project(after)) == expected


def test_a_person_renamed_and_moved_is_one_rename(project: Callable[..., Project]) -> None:
    """Nobody came and nobody went: the place in the list is no change of its own."""
    two = WHOLE[STAFF].replace(PERSON, f"{PERSON}  - id: p2\n    name: 例示 花子\n")
    moved = WHOLE[STAFF].replace(PERSON, f"  - id: p2\n    name: 見本 花子\n{PERSON}")
    assert told(project, whole_project({STAFF: two}), whole_project({STAFF: moved})) == [
        "体制　人「見本 花子」の氏名を「例示 花子」から「見本 花子」に改めた。"
    ]


def test_people_who_stand_in_another_order(project: Callable[..., Project]) -> None:
    """An order alone is said as one."""
    other = "  - id: p2\n    name: 例示 花子\n"
    before = WHOLE[STAFF].replace(PERSON, PERSON + other)
    after = WHOLE[STAFF].replace(PERSON, other + PERSON)
    assert told(project, whole_project({STAFF: before}), whole_project({STAFF: after})) == ["体制　人の順序を改めた。"]


@pytest.mark.parametrize(
    "appointed",
    [
        "  - person: p1\n    role: manager\n    start: 2026-04-01\n    end: 2026-09-30\n"
        "  - person: p2\n    role: manager\n    start: 2026-10-01\n",
        "  - person: p2\n    role: manager\n    start: 2026-10-01\n",
    ],
    ids=["the first one ended", "one put in place of the other"],
)
def test_who_took_over(project: Callable[..., Project], appointed: str) -> None:
    """One person after another in a role is one sentence with both names and the day."""
    people = WHOLE[STAFF].replace(PERSON, f"{PERSON}  - id: p2\n    name: 例示 花子\n")
    after = people.replace("  - person: p1\n    role: manager\n    start: 2026-04-01\n", appointed)
    assert told(project, whole_project({STAFF: people}), whole_project({STAFF: after})) == [
        "業務責任者　見本 太郎 → 例示 花子（令和8年10月1日から）"
    ]


def test_a_deputy_takes_nobodys_place(project: Callable[..., Project]) -> None:
    """Whoever stands in beside the one who goes is an appointment of its own."""
    people = WHOLE[STAFF].replace(PERSON, f"{PERSON}  - id: p2\n    name: 例示 花子\n")
    line = "  - person: p1\n    role: manager\n    start: 2026-04-01\n"
    deputy = "  - person: p2\n    role: manager\n    start: 2026-10-01\n    deputy: true\n"
    after = people.replace(line, f"{line}    end: 2026-09-30\n{deputy}")
    assert told(project, whole_project({STAFF: people}), whole_project({STAFF: after})) == [
        "体制　任命「見本 太郎　業務責任者　令和8年4月1日」の解任の日を「令和8年9月30日」とした。",
        "体制　任命「例示 花子　業務責任者　令和8年10月1日」を加えた。",
    ]


def test_a_long_text_is_told_by_its_words(project: Callable[..., Project]) -> None:
    """As official amendments do: what in the text was changed into what."""
    sentences = told(project, BEFORE, {**BEFORE, CLAUSES: AFTER[CLAUSES]})
    assert sentences == ["条項「1-1 報告」の内容中「４月末」を「５月末」に改め、「口頭」を「文書」に改めた。"]


def test_a_text_written_anew_is_left_to_the_table(project: Callable[..., Project]) -> None:
    """Where hardly a word stayed, the sentence says only that it was changed."""
    other = "甲は、あらかじめ定めた様式により、履行の場所と時刻を乙に知らせ、乙はこれを記録に残さなければならないものとする。"
    after = {
        **BEFORE,
        CLAUSES: str(BEFORE[CLAUSES]).replace(str(BEFORE[CLAUSES]).split("text: ")[2].split("\n")[0], other),
    }
    assert told(project, BEFORE, after) == ["条項「1-1 報告」の内容の文を改めた。"]


def test_a_contract_under_another_name_is_the_same_contract(project: Callable[..., Project]) -> None:
    """A folder that was renamed is one sentence beside what else was changed."""
    moved = {path: text for path, text in renamed(BEFORE).items() if text is not None}
    files = {path: text for path, text in BEFORE.items() if not path.startswith(f"{CONTRACT}/")} | moved
    assert told(project, BEFORE, files) == ["契約の記号を「mihon」から「rei」に改めた。"]


def test_every_change_is_told_once(project: Callable[..., Project]) -> None:
    """The sentences of a large edit share no change and leave none out."""
    changes, sides = changed(project, BEFORE, AFTER)
    inside = [change for one in tell(changes, sides) for change in one.changes]
    assert sorted(map(id, inside)) == sorted(map(id, changes))


def test_nobody_is_named_to_the_public(project: Callable[..., Project]) -> None:
    """Names and numbers of people are left out, of those who are gone as well; what happened is still told."""
    sentences = told(project, BEFORE, AFTER, public=True)
    text = "\n".join(sentences)
    assert not [word for word in ("太郎", "花子", "次郎", "三郎", "00-0000") if word in text]
    assert "体制　人「非公開」を除いた。" in sentences
    assert "業務責任者　非公開 → 非公開（令和8年10月1日から）" in sentences
