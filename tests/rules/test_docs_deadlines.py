"""docs/deadlines.md: every example checks clean and gives the dates printed under it; every key is explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.checking import check as look
from generator.model import Cell, Contract
from generator.rules.anchors import ANCHORS
from generator.rules.check import check
from generator.rules.deadlines import due_items
from generator.rules.points import EXAMPLES
from tests.support import MINIMAL, Project

from .builders import LIBRARY, contract, day, deliverable, entry, rule

AUTHORITY = "data/authorities/mihon-shi.yml"
ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "deadlines.md").read_text(encoding="utf-8")
YAML = re.findall(r"```yaml\n(.*?)```\n(?:\n→ ([^\n]+))?", TEXT, re.DOTALL)
BLOCKS = [(block, dates) for block, dates in YAML if not block.startswith("calendars:")]
CALENDARS = "".join(block for block, _ in YAML if block.startswith("calendars:"))
"""What the document writes into the authority's file."""

SCHEMAS = {
    path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for path in sorted((ROOT / "generator/schemas/records").glob("*.yml"))
}
FIELDS = {kind: list(schema["fields"]) for kind, schema in SCHEMAS.items()}
DATES = {
    kind: {name: rule["meta"]["title"] for name, rule in schema["fields"].items() if rule["type"] in ("date", "moment")}
    for kind, schema in SCHEMAS.items()
}

ENTRIES = (
    entry("incidents", "i1", contacted="2026-04-28 16:30", restored="2026-04-30 18:00", clauses=["7-2"]),
    entry("arrangements", "a1", arranged="2026-05-01"),
    entry("changes", "c1", changed="2027-01-20"),
    entry("patches", "p1", decided="2026-05-15"),
    entry("meetings", "m1", held="2026-04-28"),
    entry("invoices", "v1", received="2026-05-20", inspected="2026-05-25"),
    entry("accidents", "x1", occurred="2026-06-01 09:00"),
    entry("disposals", "d1", disposed="2026-07-01"),
)


def from_block(text: str) -> Contract:
    """The contract of the document with the block's deliverables."""
    data = yaml.load(text, Loader=yaml.BaseLoader)
    cells = [Cell(id=c["id"], phrase=c["phrase"], due=_rules(c)) for c in data.get("cells", [])]
    rows = data.get("deliverables", [{"no": "1", "title": "文書", **data}])
    return contract(*(_row(row) for row in rows), cells=cells, entries=ENTRIES, calendars=[LIBRARY])


def _row(data: dict[str, Any]) -> Any:
    plain = {key: value for key, value in data.items() if key not in ("due", "cells")}
    plain["listed"] = plain.get("listed") != "false"
    return deliverable(plain.pop("no"), *_rules(data), **plain)


def _rules(data: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(rule(**one) for one in data.get("due", []))


def test_the_library_of_the_document_is_that_of_the_examples(project: Callable[..., Project]) -> None:
    """The file it is written into checks clean, and closes on the same days."""
    there = project({**MINIMAL, AUTHORITY: MINIMAL[AUTHORITY] + CALENDARS})
    looked_at = look(there.root)
    assert looked_at.problems == []
    assert looked_at.loaded.portfolio.authorities["mihon-shi"].calendars == (LIBRARY,)


@pytest.mark.parametrize("text", [block for block, _ in BLOCKS])
def test_example_checks_clean(text: str) -> None:
    """No problem, not even a warning, with the kinds of records and the fields that there are."""
    assert check(from_block(text), FIELDS, DATES) == []


@pytest.mark.parametrize(("text", "dates"), [(block, dates) for block, dates in BLOCKS if dates])
def test_example_gives_the_dates_under_it(text: str, dates: str) -> None:
    """Each date after the arrow is a due date of the example."""
    found = {item.due.isoformat() for item in due_items(from_block(text), day("2026-04-01")) if item.due}
    assert set(dates.split("、")) <= found


def test_most_examples_show_their_dates() -> None:
    """A reader sees what a rule gives."""
    assert len(BLOCKS) >= 50
    assert sum(bool(dates) for _, dates in BLOCKS) >= 40


def test_every_key_is_explained() -> None:
    """The table of all keys has the keys of the schema, no more and no fewer."""
    schema = yaml.load((ROOT / "generator/schemas/definitions.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    table = TEXT.split("## すべての項目")[1].split("## 注意の言葉")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(schema["due_rule"])


def test_every_kind_of_record_is_listed() -> None:
    """With the date fields of its schema, from which deadlines are counted."""
    for kind, dates in DATES.items():
        fields = "、".join(f"`{name}` {title}" for name, title in dates.items())
        assert not dates or f"| `{kind}` | {SCHEMAS[kind]['title']} | {fields} |" in TEXT


def test_every_form_and_anchor_is_explained() -> None:
    """Each form of `on`, and each anchor."""
    samples = {"2026-04-07": "2026-10-31", "friday of next week": "friday of next week"}
    for example in EXAMPLES:
        assert f"`{samples.get(example, example)}`" in TEXT
    for anchor in ANCHORS:
        assert f"`{anchor}`" in TEXT


PHRASES = (
    *(
        "契約締結後14日以内",
        "契約日の翌日から起算して",
        "翌四半期開始後10日以内",
        "翌年度の4月末まで",
        "毎年度終了後30日以内",
    ),
    *(
        "毎年度終了後60日以内",
        "毎年度終了後2か月以内",
        "会議終了後3日以内（休日を除く）",
        "令和8年10月末まで",
        "納品期限（想定）",
    ),
    *("契約満了前", "週1回", "適法な請求書受領後30日以内", "直ちに", "速やかに", "遅滞なく", "あらかじめ", "事前に"),
    *(
        "契約日から７日以内及び各年度の４月７日",
        "障害復旧作業後２週間以内",
        "毎月末から10日以内",
        "差分（データ及び紙）",
    ),
    *(
        "各年度の10月10日、3月31日",
        "契約の始期",
        "障害復旧作業手配後3日以内",
        "委託期間終了日",
        "パッチの適用方針決定から7日以内",
    ),
    *("毎月第2月曜日", "毎月第1開庁日", "毎月5開庁日まで", "納品期限（想定）、協議の上決定"),
    *(
        "翌開館日の正午まで",
        "３開館日以内",
        "休館日の場合は翌開館日",
        "契約の最終月分は契約期間の末日",
        "業務に従事する日の前日まで",
    ),
    *("翌月の中旬", "上半期報告", "翌月15日（閉庁日の場合、翌開庁日）", "協議の上決定"),
)


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases_of_real_specifications_are_there(phrase: str) -> None:
    """As the phrase of an example."""
    assert any(
        phrase in line for block, _ in BLOCKS for line in block.splitlines() if "phrase:" in line or "undated:" in line
    )
