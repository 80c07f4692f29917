"""Why a document is not there yet: in one sentence what is missing, in the next what would be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from generator.checking import check
from generator.documents.lacking import reason
from generator.rules.deadlines import due_items
from tests.support import CONTRACT, WHOLE, Project, whole_project

INCIDENT = WHOLE[f"{CONTRACT}/records/incidents/2026-001.yml"]
DAY = dt.date(2026, 6, 8)

ROWS = [
    (["work-report"], "1", 4, "対象期間は 2026-08-01 に始まります。その日から提出できます"),
    (["incident-report"], "2", 0, "記録 incidents/2026-001 から作る文書がありません。"),
    (
        ["incident-report"],
        "2",
        1,
        "記録 incidents/2026-002 の日付 2026-07-29 は提出日より後です。その日以後に提出するか、",
    ),
    (
        ["notice"],
        "2",
        0,
        "記録 incidents/2026-001 からは作れません。「通知書」は通知・協議の記録（records/notices/）から",
    ),
    (["annual-plan"], "2", 0, "記録 incidents/2026-001 からは作れません。「年間計画表」は年度ごとに作ります。"),
    (
        ["notice"],
        "1",
        0,
        "この期限の元になる通知・協議の記録がありません。records/notices/ に deliverable: '1' の記録を",
    ),
    (["annual-plan"], "1", 0, "対象期間と、文書の元になる記録の日付を確かめてください"),
    (["pledge"], "1", 0, "人ごとに作る文書です。staff.yml の体制に、"),
    (["operation-manual"], "1", 0, "manuals/operation/ に章がありません。"),
    (["network-diagram"], "1", 0, "design/ に設計のデータがありません。"),
]


@pytest.mark.parametrize(("kinds", "number", "place", "expected"), ROWS, ids=[row[-1] for row in ROWS])
def test_reason(project: Callable[..., Project], kinds: list[str], number: str, place: int, expected: str) -> None:
    """The period, the record's day, the record's content, or the record of another kind."""
    later = {f"{CONTRACT}/records/incidents/2026-002.yml": INCIDENT.replace("2026-04-", "2026-07-")}
    checked = check(project(whole_project(later)).root)
    contract = checked.loaded.portfolio.contracts["mihon"]
    item = [one for one in due_items(contract, DAY) if one.deliverable == number][place]
    assert reason(contract, item, [checked.kinds[name] for name in kinds], DAY).startswith(expected)


def test_record_of_another_state(project: Callable[..., Project]) -> None:
    """What was recorded after the commit that is handed over is not in it."""
    checked = check(project(whole_project()).root)
    now = checked.loaded.portfolio.contracts["mihon"]
    item = next(one for one in due_items(now, DAY) if one.event)
    said = reason(replace(now, entries=()), item, [checked.kinds["incident-report"]], DAY)
    assert said == "記録 incidents/2026-001 が、その版にありません。コミットした版から提出してください"
