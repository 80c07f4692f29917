"""Which due item a record answers: by the date or the period it names, or by its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.checking import check
from generator.documents.answers import answers
from generator.documents.chain import date_of, items_of
from generator.documents.kinds import Kind, discover
from generator.documents.plan import plan
from generator.documents.templates import TemplateFolders
from generator.model import DueRule, Entry, Submission
from generator.outputs.due.readiness import standings
from generator.rules.deadlines import due_items
from tests.owed import DELIVERABLES, files
from tests.rules.builders import contract, day, deliverable, entry, rule, submission
from tests.support import CONTRACT, ROOT, Project

AHEAD = rule(each="month", on="20 of previous month")
AFTER = rule(each="quarter", within="20 days of period.end")
WEEKLY = rule(each="week", on="monday of this week")
ENDS = rule(each="month", on="period.end")
TENTH = rule(each="month", on="10 of next month")
TWICE = rule(each="fiscal_year", on=["09-30", "03-31"])
KINDS = discover(TemplateFolders(ROOT))[0]
NOTICE, LOOKED, REVIEW = (KINDS[name] for name in ("notice", "inspection-report", "security-status-report"))
HALF = {"start": dt.date(2026, 4, 1), "end": dt.date(2026, 9, 30)}
YEAR = {"start": dt.date(2026, 4, 1), "end": dt.date(2027, 3, 31)}


def _notice(issued: str, name: str = "n1", **more: object) -> Entry:
    return entry("notices", name, issued=issued, **more)


def _found(
    kind: Kind, records: list[Entry], *rules: DueRule, made: tuple[Submission, ...] = ()
) -> dict[str, list[str]]:
    asked = contract(deliverable("1", *rules), entries=records, submissions=made)
    told = answers(kind, records, due_items(asked, day("2026-11-20")), made, {one.id for one in records})
    return {name: [str(answer.due) for answer in found] for name, found in told.items()}


ONE = [
    pytest.param(NOTICE, _notice("2026-11-19"), [AHEAD], ["2026-11-20"], id="a plan for December, before its date"),
    pytest.param(NOTICE, _notice("2026-11-22"), [AHEAD], ["2026-11-20"], id="a plan that is two days late"),
    pytest.param(NOTICE, _notice("2026-07-15"), [AFTER], ["2026-07-20"], id="a letter on the quarter before"),
    pytest.param(NOTICE, _notice("2026-07-22"), [AFTER], ["2026-07-20"], id="the same, late"),
    pytest.param(NOTICE, _notice("2026-11-17"), [WEEKLY], ["2026-11-16"], id="a weekly letter, a day late"),
    pytest.param(
        NOTICE, _notice("2027-03-12"), [rule(each="month", on="15 of next month")], ["2027-03-15"], id="of February"
    ),
    pytest.param(
        LOOKED, entry("inspections", "n1", inspected="2026-10-28"), [ENDS], ["2026-10-31"], id="a look in October"
    ),
    pytest.param(
        LOOKED, entry("inspections", "n1", inspected="2026-10-05"), [TENTH], ["2026-11-10"], id="of October too"
    ),
    pytest.param(LOOKED, entry("inspections", "n1", inspected="2026-11-18"), [AHEAD], ["2026-11-20"], id="for a plan"),
    pytest.param(
        REVIEW, entry("security-reviews", "n1", reviewed="2026-09-25"), [TWICE], ["2026-09-30"], id="first half"
    ),
    pytest.param(
        REVIEW,
        entry("security-reviews", "n1", reviewed="2026-10-05", period=HALF),
        [TWICE],
        ["2026-09-30"],
        id="by period",
    ),
    pytest.param(
        REVIEW,
        entry("security-reviews", "n1", reviewed="2027-03-20", period=YEAR),
        [TWICE],
        ["2027-03-31"],
        id="one of two",
    ),
    pytest.param(NOTICE, _notice("2026-11-19", period=HALF), [AFTER], ["2026-10-20"], id="a period over two quarters"),
    pytest.param(NOTICE, _notice("2026-11-19", due="2026-09-20"), [AHEAD], ["2026-09-20"], id="the date it names"),
    pytest.param(NOTICE, _notice("2026-11-19", due="2026-09-18"), [AHEAD], [], id="a date that there is not"),
    pytest.param(NOTICE, _notice("2026-07-03"), [rule(on="2026-06-30")], ["2026-06-30"], id="the only date, late"),
    pytest.param(
        NOTICE,
        _notice("2026-05-02", requested="2026-05-01"),
        [TENTH, rule(event="notices", within="10 days of event.requested")],
        [],
        id="a date of its own",
    ),
]


@pytest.mark.parametrize(("kind", "record", "rules", "expected"), ONE)
def test_which_date_a_record_answers(kind: Kind, record: Entry, rules: list[DueRule], expected: list[str]) -> None:
    """The one it names, the one of its period, the one that is near: never two."""
    assert _found(kind, [record], *rules)["n1"] == expected


def test_two_dates_of_a_year_have_a_record_each() -> None:
    """Each half has its own, in whatever order they lie in the folder."""
    records = [
        entry("security-reviews", "z", reviewed="2026-09-25"),
        entry("security-reviews", "a", reviewed="2027-03-20"),
    ]
    assert _found(REVIEW, records, TWICE) == {"z": ["2026-09-30"], "a": ["2027-03-31"]}


def test_a_date_that_is_past_is_answered_once() -> None:
    """After the date has its record, the next one is for the next date."""
    records = [_notice("2026-10-19", "a"), _notice("2026-10-22", "b")]
    assert _found(NOTICE, records, AHEAD) == {"a": ["2026-10-20"], "b": ["2026-11-20"]}


def test_what_was_handed_over_before_needs_no_record() -> None:
    """A date whose paper had gone out before the letter was written is not its date, unless it had come back."""
    out = submission("1", "2026-10-16", due="2026-10-20")
    back = submission("1", "2026-10-16", due="2026-10-20", returned="2026-10-17")
    assert _found(NOTICE, [_notice("2026-10-18")], AHEAD, made=(out,)) == {"n1": ["2026-11-20"]}
    assert _found(NOTICE, [_notice("2026-10-18")], AHEAD, made=(back,)) == {"n1": ["2026-10-20"]}
    assert _found(NOTICE, [_notice("2026-10-16")], AHEAD, made=(out,)) == {"n1": ["2026-10-20"]}


def test_both_media_of_a_date_are_one_thing() -> None:
    """What is asked for as data and on paper is one letter."""
    found = _found(
        NOTICE, [_notice("2026-11-19")], rule(each="month", on="20 of previous month", media=["data", "paper"])
    )
    assert found == {"n1": ["2026-11-20", "2026-11-20"]}


# --- in a project ---------------------------------------------------------------------------------------

PLANS = """\
deliverables:
  - no: '1'
    title: 勤務割表
    documents: [shifts]
    due: [{each: month, on: 20 of previous month}]
  - no: '2'
    title: 研修計画書
    documents: [letter-of-notice]
    due: [{each: month, on: 25 of previous month}]
"""


def test_a_plan_is_there_before_its_period(project: Callable[..., Project]) -> None:
    """The plan for July is made before July; what is due before its period lacks its record, and is not 'not yet'."""
    shifts = "---\ntitle: 勤務割\nper: period\ndata: [staff]\n---\n<p>割</p>\n"
    there = project(
        files({DELIVERABLES: PLANS, f"{CONTRACT}/submissions.yml": None, "templates/documents/shifts.html.j2": shifts})
    )
    checked, today = check(there.root), day("2026-06-15")
    (asked,) = checked.loaded.portfolio.contracts.values()
    items = due_items(asked, today)
    documents = plan(asked, checked.kinds, items, today)
    assert [d.key for d in documents if d.kind.id == "shifts"] == ["2026-04", "2026-05", "2026-06", "2026-07"]
    (july,) = (item for item in items if item.deliverable == "1" and item.due == day("2026-06-20"))
    assert [d.key for d in documents if items_of(d, [july])] == ["2026-07"]
    near = [item for item in items if item.deliverable == "2" and item.due and item.due <= day("2026-07-25")]
    found = standings(asked, checked.kinds, documents, near, today)
    assert [(str(one.item.due), one.state) for one in found][-2:] == [
        ("2026-06-25", "lacking"),
        ("2026-07-25", "not-yet"),
    ]
    assert found[-1].reasons == ("期日の前の 2026-06-25 から作れます",)


STATED = """\
deliverables:
  - no: '1'
    title: 貸与品現在数報告書
    documents: [register]
    current: period.end
    due: [{each: quarter, on: 10 of next month}]
"""


def test_the_state_of_a_day_is_asked_for(project: Callable[..., Project]) -> None:
    """６月末現在: each date has a register of its own day, once it has come, and the one of today answers none of them."""
    there = project(files({DELIVERABLES: STATED, f"{CONTRACT}/submissions.yml": None}))
    checked, today = check(there.root), day("2026-10-15")
    (asked,) = checked.loaded.portfolio.contracts.values()
    items = due_items(asked, today)
    documents = plan(asked, checked.kinds, items, today)
    assert {d.id: [str(item.due) for item in items_of(d, items)] for d in documents} == {
        "register": [],
        "register-2026-06-30": ["2026-07-10"],
        "register-2026-09-30": ["2026-10-10"],
    }
    assert [d.instance.label for d in documents] == ["", "令和8年6月30日現在", "令和8年9月30日現在"]
    last = standings(asked, checked.kinds, documents, items[-1:], today)[0]
    assert (last.state, last.reasons) == ("not-yet", ("現在日の 2027-03-31 はまだ来ていません",))


ACCIDENT = "title: 誤交付\noccurred: 2026-06-01 9:00\ncircumstances: 取り違えた。\nreported: 2026-06-02\n"
TWO_LETTERS = """\
deliverables:
  - no: '1'
    title: 事故報告書
    due: [{event: accidents, within: 1 open day of event.occurred}]
  - no: '2'
    title: 事故の再発防止策について
    documents: [accident-report]
    contents: [原因]
    due: [{event: accidents, within: 10 days of event.occurred}]
  - no: '3'
    title: 再発防止策報告書
    due: [{event: accidents, within: 20 days of event.occurred}]
"""


def test_a_second_paper_on_the_same_accident(project: Callable[..., Project]) -> None:
    """Each row of the list has its own letter; the later one bears no day of the first, and lacks what its row asks for."""
    record = f"{CONTRACT}/records/accidents/a.yml"
    plain = {DELIVERABLES: TWO_LETTERS, f"{CONTRACT}/submissions.yml": None, record: ACCIDENT}
    told = _standings(project(files(plain)))
    assert [(no, state, names) for no, state, names, _ in told] == [
        ("1", "ready", ["accident-report-a"]),
        ("2", "lacking", ["accident-report-2-a"]),
        ("3", "lacking", []),
    ]
    assert [reason.split("（")[0] for reason in told[1][3]] == [
        "「事故の再発防止策について」の記載事項「原因」がありません",
        "「事故の再発防止策について」の記載事項「再発防止策」がありません",
    ]
    assert "再発防止策がありません" in told[2][3][0]
    whole = ACCIDENT + "cause: 照合しなかった。\nprevention:\n  - measure: 二点で照合する。\n"
    assert [state for _, state, _, _ in _standings(project(files({**plain, record: whole})))] == ["ready"] * 3


def _standings(there: Project) -> list[tuple[str, str, list[str], tuple[str, ...]]]:
    checked, today = check(there.root), day("2026-06-15")
    (asked,) = checked.loaded.portfolio.contracts.values()
    items = due_items(asked, today)
    documents = plan(asked, checked.kinds, items, today)
    later = [d for d in documents if d.instance.further]
    assert [str(date_of(d, items, today)) for d in later] == ["None"]
    found = standings(asked, checked.kinds, documents, items, today)
    return [(one.item.deliverable, one.state, [d.id for d in one.documents], one.reasons) for one in found]
