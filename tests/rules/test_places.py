"""Every problem of a deadline stands at the value that is wrong. The tables mark that value with `▶`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
INCIDENT = f"{CONTRACT}/records/incidents/2026-001.yml"

RULES = [
    ("DUE001", "- ▶each: month"),
    ("DUE002", "- each: month\n  on: period.end\n  within: ▶3 days of period.end"),
    ("DUE002", "- within: 3 days of contract.end\n  on: ▶contract.end"),
    ("DUE002", "- undated: 速やかに\n  on: ▶[contract.end, contract.start]"),
    ("DUE003", "- each: month\n  event: ▶incidents\n  on: contract.end"),
    ("DUE004", "- on: ▶月末"),
    ("DUE004", "- on:\n    - contract.end\n    - ▶月末"),
    ("DUE004", "- each: month\n  on: period.end\n  last:\n    of: fiscal_year\n    on: ▶月末"),
    ("DUE004", "- periods:\n    - {start: 2026-04-01, end: 2026-04-30, on: 2026-05-10}\n"
               "    - {start: 2026-05-01, end: 2026-05-31, on: ▶後日}"),
    ("DUE004", "- on: contract.end\n  reading: 終期\n  others:\n    - reading: 別\n      on: ▶そのうち"),
    ("DUE005", "- within: ▶3日以内"),
    ("DUE005", "- undated: 速やかに\n  target: ▶すぐ"),
    ("DUE005", "- each: month\n  on: period.end\n  last: {of: fiscal_year, within: ▶3日}"),
    ("DUE006", "- clause: 1-1\n  within: ▶3 days of period.end"),
    ("DUE006", "- each: month\n  within: ▶3 days of event.restored"),
    ("DUE007", "- on: event.restored\n  event: ▶incident"),
    ("DUE007", "- each: month\n  if_any: ▶change\n  on: period.end"),
    ("DUE008", "- event: incidents\n  within: ▶3 days of event.recovered"),
    ("DUE008", "- event: incidents\n  where:\n    category: ▶x\n  undated: 速やかに"),
    ("DUE009", "- on: contract.end\n  last: ▶{of: contract, on: contract.end}"),
    ("DUE009", "- each: month\n  on: period.end\n  last: {of: contract, on: contract.end, within: ▶1 day of period.end}"),
    ("DUE010", "- on: contract.end\n  if_any: ▶incidents"),
    ("DUE011", "- each: half_year\n  on: period.end\n  months: ▶[4]"),
    ("DUE012", "- on: contract.end\n- each: month\n  on: ▶2025-05-10"),
    ("DUE012", "- periods:\n    - {start: 2020-04-01, end: ▶2020-04-30}\n  on: period.end"),
    ("DUE012", "- periods:\n    - {start: ▶2030-04-01, end: 2030-04-30}\n  on: period.end"),
    ("DUE002", "- event: incidents\n  within: 2 hours of event.restored\n  time: ▶'12:00'"),
    ("DUE012", "- each: month\n  on: period.end\n  start: ▶2025-04-01"),
    ("DUE012", "- each: month\n  on: period.end\n  start: 2026-06-01\n  end: ▶2026-05-01"),
    ("DUE014", "- each: month\n  on: ▶03-31"),
    ("DUE015", "- each: fiscal_year\n  on: [03-31, ▶04-31]"),
    ("DUE016", "- on: contract.end\n  months: ▶[3]"),
    ("DUE016", "- on: contract.end\n  first_day: ▶counted"),
    ("DUE016", "- undated: 速やかに\n  roll: ▶next_open"),
    ("DUE016", "- on: contract.end\n  start: ▶2026-05-01"),
    ("DUE019", "- on: contract.end\n  reading: 終期\n  others:\n    - ▶reading: 別"),
    ("DUE019", "- on: contract.end\n  others:\n    ▶- reading: 別\n      on: contract.start"),
]  # fmt: skip


def found(there: Project) -> list[tuple[str, str, int, int]]:
    """File, code, line and column of the problems of deadlines."""
    rows = json.loads(there.check("--format", "json").out)
    return [(r["path"], r["code"], r["line"], r["column"]) for r in rows if r["code"].startswith("DUE")]


def marked(text: str) -> tuple[str, int, int]:
    """The text without the mark, and the mark's line and column."""
    before = text[: text.index("▶")]
    return text.replace("▶", ""), before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


@pytest.mark.parametrize(("code", "due"), [pytest.param(c, due, id=f"{c} {due[:40]}") for c, due in RULES])
def test_a_rule_is_wrong_at_its_value(code: str, due: str, project: Callable[..., Project]) -> None:
    """Not at the rule's first key; of two values that contradict each other, at the second."""
    text, place = _with_rules(due)
    there = project(whole_project({DELIVERABLES: text, f"{CONTRACT}/submissions.yml": None}))
    assert found(there) == [(DELIVERABLES, code, *place)]


def _with_rules(due: str) -> tuple[str, tuple[int, int]]:
    indented = "\n".join(f"      {line}" for line in due.splitlines())
    text, *place = marked(f"deliverables:\n  - no: '1'\n    title: 文書\n    due:\n{indented}\n")
    return text, (place[0], place[1])


WARNINGS = [
    ("DUE002", "- on: contract.end\n- each: month\n  on: period.end\n- ▶on: contract.end"),
    ("DUE006", "- event: incidents\n  within: ▶3 days of event.title"),
    ("DUE013", "- within: ▶3 days of contract.signed"),
    ("DUE016", "- undated: 速やかに\n  provisional: ▶true"),
    ("DUE024", "- each: month\n  within: ▶14 days of 2026-05-01"),
]


@pytest.mark.parametrize(("code", "due"), [pytest.param(c, due, id=f"{c} {due[:40]}") for c, due in WARNINGS])
def test_what_is_only_odd_is_a_warning(code: str, due: str, project: Callable[..., Project]) -> None:
    """At its value too; the check succeeds."""
    head = WHOLE[f"{CONTRACT}/contract.yml"].replace("signed: 2026-04-01\n", "")
    text, place = _with_rules(due)
    files = {DELIVERABLES: text, f"{CONTRACT}/submissions.yml": None, f"{CONTRACT}/contract.yml": head}
    there = project(whole_project(files))
    assert found(there) == [(DELIVERABLES, code, *place)]
    assert there.check().code == 0


def test_an_unused_cell_is_a_warning(project: Callable[..., Project]) -> None:
    """At its name."""
    text = WHOLE[DELIVERABLES].replace("cell: monthly", "due:\n      - on: 2026-05-10")
    assert found(project(whole_project({DELIVERABLES: text}))) == [(DELIVERABLES, "DUE016", 2, 9)]
