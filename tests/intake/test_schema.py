"""Values that no schema accepts: one sample per defect, each with its exact place and message."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.intake.fieldrules import field_schema
from generator.intake.kindrules import head_schema
from generator.intake.schema import Schema, load_manifest_schema, shipped_schemas
from generator.intake.validator import unusable
from tests.support import CONTRACT, Project, swapped, whole_project

HEAD = f"{CONTRACT}/contract.yml"
CLAUSES = f"{CONTRACT}/clauses.yml"
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
STAFF = f"{CONTRACT}/staff.yml"
PLAN = f"{CONTRACT}/plan.yml"
CHECKLIST = f"{CONTRACT}/checklist.yml"
INCIDENT = f"{CONTRACT}/records/incidents/2026-001.yml"
AUTHORITY = "data/authorities/mihon-shi.yml"
TERMS = "data/terms/mihon-terms.yml"

TITLE = "title: 見本業務委託"
START = "start: 2026-04-01"
COPIES = "cell: monthly\n    media:\n      - medium: paper\n        copies: "
PEOPLE = "people:\n  - id: p1\n    name: 見本 太郎\n    phone: 00-0000-0001\n"

IS_TEXT = "（正しい形: 文字を書く。数字や true だけの値は '…' で囲む）"
IS_DATE = "（正しい形: 2026-04-01 または 令和8年4月1日）"
IS_BOOL = "（正しい形: true または false）"
IS_LIST = "（正しい形: 行頭に「- 」を付けて並べる）"
IS_DICT = "（正しい形: 「キー: 値」を字下げして並べる）"

BAD_VALUES = [
    # what is asked for as text
    (HEAD, TITLE, "title: 12", [f"1:8: error SCH003 「件名」(title)は文字でなければなりませんが、「12」です{IS_TEXT}"]),
    (
        HEAD,
        TITLE,
        "title: true",
        [f"1:8: error SCH003 「件名」(title)は文字でなければなりませんが、trueです{IS_TEXT}"],
    ),
    (
        HEAD,
        TITLE,
        "title: 2026-04-01",
        [f"1:8: error SCH003 「件名」(title)は文字でなければなりませんが、「2026-04-01」です{IS_TEXT}"],
    ),
    (
        HEAD,
        TITLE,
        "title: [a]",
        [f"1:8: error SCH003 「件名」(title)は文字でなければなりませんが、一覧です{IS_TEXT}"],
    ),
    (
        HEAD,
        TITLE,
        "title: {a: b}",
        [f"1:8: error SCH003 「件名」(title)は文字でなければなりませんが、項目の組です{IS_TEXT}"],
    ),
    (HEAD, TITLE, "title: ~", ["1:8: error SCH005 「件名」(title)の値が書かれていません（値を書いてください）"]),
    (HEAD, TITLE, "title: ''", ["1:8: error SCH005 「件名」(title)の値が書かれていません（値を書いてください）"]),
    (HEAD, TITLE, "title: '　'", ["1:8: error SCH005 「件名」(title)の値が書かれていません（値を書いてください）"]),
    # true or false
    *(
        (
            HEAD,
            TITLE,
            f"{TITLE}\nsample: {word}",
            [f"2:9: error SCH003 「見本」(sample)はtrue か falseでなければなりませんが、「{word}」です{IS_BOOL}"],
        )
        for word in ("yes", "NO", "True", "1", "はい")
    ),
    # dates
    *(
        (
            HEAD,
            START,
            f"start: {word}",
            [f"3:10: error SCH003 「始期」(start)は日付でなければなりませんが、「{word}」です{IS_DATE}"],
        )
        for word in ("NO", "8:40", "1.10", "20260401", "2026-04-01 10:00", "来年度")
    ),
    *(
        (
            HEAD,
            START,
            f"start: {word}",
            [
                f"3:10: error SCH009 「始期」(start)の日付「{word}」は存在しません。{reason}"
                "（2026-04-01 または 令和8年4月1日）"
            ],
        )
        for word, reason in (
            ("2026-02-30", "2026年2月は28日までです"),
            ("2025-02-29", "2025年2月は28日までです"),
            ("2026/13/01", "13月はありません"),
            ("令和8年2月30日", "2026年2月は28日までです"),
            ("令和８年４月３１日", "2026年4月は30日までです"),
            ("平成31年5月1日", "平成の期間は1989-01-08から2019-04-30までです"),
            ("令和元年4月30日", "令和の期間は2019-05-01から9999-12-31までです"),
        )
    ),
    # numbers
    *(
        (
            DELIVERABLES,
            "cell: monthly",
            f"{COPIES}{word}",
            [f"13:17: error SCH003 「部数」(copies)は整数でなければなりませんが、「{word}」です（正しい形: 12）"],
        )
        for word in ("NO", "010", "1.10", "8:40", "一部")
    ),
    (
        DELIVERABLES,
        "cell: monthly",
        f"{COPIES}true",
        ["13:17: error SCH003 「部数」(copies)は整数でなければなりませんが、trueです（正しい形: 12）"],
    ),
    (
        DELIVERABLES,
        "cell: monthly",
        f"{COPIES}0",
        ["13:17: error SCH006 「部数」(copies)は1以上でなければなりません（1以上にしてください）"],
    ),
    (
        PLAN,
        "each: month",
        "months: [0, 13]",
        [
            "4:14: error SCH006 「月」(months)の 1 番目は1以上でなければなりません（1以上にしてください）",
            "4:17: error SCH006 「月」(months)の 2 番目は12以下でなければなりません（12以下にしてください）",
        ],
    ),
    # times, days of the year, moments
    (
        HEAD,
        "target: 連絡時から2時間以内",
        "target: x\n    hours: {start: 25:00, end: 840}",
        [
            "18:20: error SCH003 「開始」(start)は時刻でなければなりませんが、「25:00」です（正しい形: 8:40）",
            "18:32: error SCH003 「終了」(end)は時刻でなければなりませんが、「840」です（正しい形: 8:40）",
        ],
    ),
    (
        AUTHORITY,
        "- weekdays: [土, 日]",
        "- start: 02-30\n      end: 正月",
        [
            "8:14: error SCH003 「毎年の初日」(start)は月日でなければなりませんが、「02-30」です（正しい形: 12-29）",
            "9:12: error SCH003 「毎年の末日」(end)は月日でなければなりませんが、「正月」です（正しい形: 12-29）",
        ],
    ),
    *(
        (
            INCIDENT,
            "2026-04-28 16:30",
            word,
            [
                "2:12: error SCH003 「連絡日時」(contacted)は日時でなければなりませんが、"
                f"「{word}」です（正しい形: 2026-04-01 16:30）"
            ],
        )
        for word in ("昨日", "2026-04-28", "2026-04-28 25:30", "2026-04-28 16:60")
    ),
    (
        INCIDENT,
        "2026-04-28 16:30",
        "2026-04-31 16:30",
        [
            "2:12: error SCH009 「連絡日時」(contacted)の日付「2026-04-31 16:30」は存在しません。"
            "2026年4月は30日までです（2026-04-01 16:30）"
        ],
    ),
    # lists and mappings
    (
        STAFF,
        PEOPLE,
        "people: p1\n",
        [f"1:9: error SCH003 「人」(people)は一覧でなければなりませんが、「p1」です{IS_LIST}"],
    ),
    (
        STAFF,
        PEOPLE,
        "people:\n  id: p1\n",
        [f"2:3: error SCH003 「人」(people)は一覧でなければなりませんが、項目の組です{IS_LIST}"],
    ),
    (
        STAFF,
        PEOPLE,
        "people:\n  - 見本 太郎\n",
        [f"2:5: error SCH003 「人」(people)の 1 番目は項目の組でなければなりませんが、「見本 太郎」です{IS_DICT}"],
    ),
    (
        HEAD,
        "period:\n  start: 2026-04-01\n  end: 2027-03-31",
        "period: 一年",
        [f"2:9: error SCH003 「契約期間」(period)は項目の組でなければなりませんが、「一年」です{IS_DICT}"],
    ),
    (
        TERMS,
        "grounds: [1]",
        "grounds: []",
        ["15:14: error SCH006 「根拠条項」(grounds)は1個以上でなければなりません（1個以上にしてください）"],
    ),
    # names
    *(
        (
            STAFF,
            "id: p1",
            f"id: {word}",
            [
                f"2:9: error SCH003 「記号」(id)は記号でなければなりませんが、「{word}」です"
                "（正しい形: 英数字・かな・漢字を - でつないだ名）"
            ],
        )
        for word in ("p 1", "p/1", "../p1", "-p1")
    ),
    (
        DELIVERABLES,
        "no: '2'",
        "no: ../../2",
        [
            "13:9: error SCH003 「番号」(no)は記号でなければなりませんが、「../../2」です"
            "（正しい形: 英数字・かな・漢字を - でつないだ名）"
        ],
    ),
    (
        PLAN,
        "clauses: [1-1]",
        "clauses: [a b]",
        [
            "6:15: error SCH003 「根拠条項」(clauses)の 1 番目は条項番号でなければなりませんが、「a b」です"
            "（正しい形: 7-1-4。特記事項の条項は ichikawa-security/9-1-1）"
        ],
    ),
    # keys
    (
        HEAD,
        "signed:",
        "singed:",
        ["5:1: error SCH002 「singed」という項目はありません（signed ではありませんか）"],
    ),
    (
        AUTHORITY,
        "addressee:",
        "website:",
        [
            "1:1: error SCH001 必要な項目「宛名」(addressee)がありません（addressee: 市川市長 様）",
            "2:1: error SCH002 「website」という項目はありません（書ける項目: name, addressee, departments, calendar, calendars）",
        ],
    ),
    (
        HEAD,
        "  end: 2027-03-31\n",
        "",
        ["3:3: error SCH001 必要な項目「終期」(end)がありません（end: 2027-03-31）"],
    ),
    (
        STAFF,
        "    name: 見本 太郎\n",
        "",
        ["2:5: error SCH001 必要な項目「氏名」(name)がありません（氏名。）"],
    ),
    # choices
    (
        CLAUSES,
        "obligor: vendor",
        "obligor: vender",
        [
            "10:14: error SCH004 「義務を負う者」(obligor)に「vender」は書けません（vendor ではありませんか。"
            "書ける値: vendor（受注者）、authority（発注者）、both（双方）、none（なし））"
        ],
    ),
    (
        CLAUSES,
        "obligor: vendor",
        "obligor: 受注者",
        [
            "10:14: error SCH004 「義務を負う者」(obligor)に「受注者」は書けません"
            "（書ける値: vendor（受注者）、authority（発注者）、both（双方）、none（なし））"
        ],
    ),
    (
        AUTHORITY,
        "[土, 日]",
        "[土曜]",
        [
            "8:18: error SCH004 「曜日」(weekdays)の 1 番目に「土曜」は書けません"
            "（土 ではありませんか。書ける値: 月、火、水、木、金、土、日）"
        ],
    ),
    # nothing written
    (
        HEAD,
        "authority: mihon-shi",
        "authority:",
        ["6:11: error SCH005 「発注者」(authority)の値が書かれていません（値を書いてください）"],
    ),
    (
        HEAD,
        "signed: 2026-04-01",
        "signed:",
        ["5:8: error SCH005 「契約締結日」(signed)の値が書かれていません（値を書くか、この行を消してください）"],
    ),
    (
        PLAN,
        "clauses: [1-1]",
        "clauses: [~]",
        [
            "6:15: error SCH005 「根拠条項」(clauses)の 1 番目の値が書かれていません"
            "（値を書くか、この行を消してください）"
        ],
    ),
    # the same name twice
    (
        STAFF,
        "id: supervisor",
        "id: manager",
        ["9:9: error SCH007 id「manager」が 6 行目と重なっています（それぞれ違う名にしてください）"],
    ),
    (
        DELIVERABLES,
        "no: '2'",
        "no: 1",
        ["13:9: error SCH007 no「1」が 8 行目と重なっています（それぞれ違う名にしてください）"],
    ),
    (
        AUTHORITY,
        "    name: 情報課",
        "    name: 情報課\n  - id: joho\n    name: 別課",
        ["6:9: error SCH007 id「joho」が 4 行目と重なっています（それぞれ違う名にしてください）"],
    ),
    (
        CHECKLIST,
        "answers:\n",
        "answers:\n  - item: mihon-terms/1\n",
        ["4:11: error SCH007 item「mihon-terms/1」が 3 行目と重なっています（それぞれ違う名にしてください）"],
    ),
]


def _last_line(text: str) -> str:
    return text.rstrip("\n").rpartition("\n")[2].strip()


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    BAD_VALUES,
    ids=[_last_line(new) or f"no {old}" for _, old, new, _ in BAD_VALUES],
)
def test_bad_value_is_told_at_its_place(
    project: Callable[..., Project], path: str, old: str, new: str, expected: list[str]
) -> None:
    """A wrong value yields its own problem, at its place, and no others about what rests on it."""
    ran = project(whole_project(swapped(path, old, new))).check()
    assert ran.lines == [f"{path}:{line}" for line in expected]
    assert ran.code == 1


NORMALISED = [
    *(
        (HEAD, START, f"start: {word}")
        for word in ("令和8年4月1日", "令和８年４月１日", "R8.4.1", "2026年4月1日", "'2026/4/1'")
    ),
    *((HEAD, TITLE, f"title: {word}") for word in ("NO", "010", "1.10", "8:40", "12:30", "yes", "'12'")),
    *((DELIVERABLES, "cell: monthly", f"{COPIES}{word}") for word in ("２", "'2'", "１２")),
    *((INCIDENT, "2026-04-28 16:30", word) for word in ("令和８年４月２８日 16時30分", "2026-04-28T16:30")),
    (DELIVERABLES, "no: '2'", "no: 2"),
    (STAFF, "phone: 00-0000-0001", "phone: 0120"),
    (CHECKLIST, "answer: ○", "answer: ~"),
]


@pytest.mark.parametrize(("path", "old", "new"), NORMALISED, ids=[_last_line(new) for _, _, new in NORMALISED])
def test_value_as_people_write_it_is_accepted(project: Callable[..., Project], path: str, old: str, new: str) -> None:
    """Full-width digits, 和暦 and words that YAML 1.1 would mistake are read as what they say."""
    ran = project(whole_project(swapped(path, old, new))).check()
    assert (ran.code, ran.out) == (0, "")


@pytest.mark.parametrize("kind", sorted(shipped_schemas().by_kind))
def test_schema_is_valid_for_cerberus(kind: str) -> None:
    """The rules are looked at here, once, so that no run has to."""
    schema = shipped_schemas().by_kind[kind]
    assert unusable(schema.fields, schema.definitions) is None


@pytest.mark.parametrize("schema", [load_manifest_schema(), head_schema(), field_schema(named=True)])
def test_schema_of_other_files_is_valid_for_cerberus(schema: Schema) -> None:
    """So are the schemas of the front matter of templates and of schema files."""
    assert unusable(schema.fields, {}) is None


def test_wrong_schema_would_be_noticed() -> None:
    """The look above does look."""
    assert unusable({"x": {"type": "sting"}}, {}) is not None
