"""One broken sample per problem code; every message with a hint, every problem at its line."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model import Cell, Contract
from generator.problems import Problem
from generator.rules.check import PROBLEM_CODES, check

from .builders import RECORD_FIELDS, at, contract, deliverable, entry, rule, submission


def found(made: Contract) -> list[Problem]:
    """The problems of a contract."""
    return check(made, RECORD_FIELDS)


def codes(*rules: Any, **keys: Any) -> list[str]:
    """The codes of the problems of one deliverable with these rules."""
    return [problem.code for problem in found(contract(deliverable("1", *rules), **keys))]


MONTHLY = {"each": "month", "on": "period.end"}

BAD_RULES = [
    ("DUE001", {}, "期日なし"),
    ("DUE001", {"each": "month"}, "周期だけ"),
    ("DUE001", {"periods": [{"start": "2026-04-01", "end": "2026-04-30"}]}, "期間だけ"),
    ("DUE002", {**MONTHLY, "within": "3 days of period.end"}, "on と within"),
    ("DUE002", {"on": "contract.end", "undated": "速やかに"}, "on と undated"),
    ("DUE003", {**MONTHLY, "event": "incidents"}, "each と event"),
    ("DUE003", {**MONTHLY, "periods": [{"start": "2026-04-01", "end": "2026-04-30"}]}, "each と periods"),
    ("DUE004", {"on": "月末"}, "読めない on"),
    ("DUE004", {**MONTHLY, "others": [{"reading": "別", "on": "そのうち"}], "reading": "これ"}, "読めない others"),
    ("DUE004", {"periods": [{"start": "2026-04-01", "end": "2026-04-30", "on": "後日"}]}, "読めない periods"),
    ("DUE005", {"within": "3日以内"}, "読めない within"),
    ("DUE005", {"undated": "速やかに", "target": "すぐ"}, "読めない target"),
    ("DUE005", {**MONTHLY, "last": {"of": "fiscal_year", "within": "3日"}}, "読めない last"),
    ("DUE006", {"on": "period.end"}, "期間のない period"),
    ("DUE006", {"within": "3 days of next_period.start"}, "期間のない next_period"),
    ("DUE006", {"each": "month", "within": "3 days of event.restored"}, "事象のない event"),
    ("DUE006", {"event": "incidents", "on": "15 of next month of period.end"}, "期間のない of period.end"),
    ("DUE007", {"event": "incident", "within": "3 days of event.restored"}, "知らない種類"),
    ("DUE007", {"each": "month", "if_any": "change", "on": "period.end"}, "知らない種類 if_any"),
    ("DUE008", {"event": "incidents", "within": "3 days of event.restord"}, "知らない項目"),
    ("DUE008", {"event": "incidents", "undated": "速やかに", "target": "3 days of event.done"}, "知らない項目 target"),
    ("DUE008", {"event": "incidents", "where": {"kind": "x"}, "undated": "速やかに"}, "知らない項目 where"),
    ("DUE009", {"on": "contract.end", "last": {"of": "contract", "on": "contract.end"}}, "周期のない last"),
    ("DUE009", {**MONTHLY, "last": {"of": "fiscal_year"}}, "期日のない last"),
    ("DUE010", {"on": "contract.end", "if_any": "changes"}, "期間のない if_any"),
    ("DUE010", {"event": "changes", "if_any": "changes", "on": "event.changed"}, "event のある if_any"),
    ("DUE011", {"each": "half_year", "months": [4], "on": "period.end"}, "当たらない月"),
    ("DUE012", {"periods": [{"start": "2020-04-01", "end": "2020-04-30"}], "on": "period.end"}, "契約の外の期間"),
    ("DUE012", {"on": "2025-05-10"}, "契約より前の日付"),
    ("DUE014", {"on": "03-31"}, "年の決まらない月日"),
    ("DUE014", {"on": "fiscal_year.end"}, "年の決まらない年度"),
    ("DUE014", {"each": "month", "on": "03-31"}, "毎月同じ月日"),
    ("DUE015", {"on": "2026-02-30"}, "暦にない日付"),
    ("DUE015", {"each": "fiscal_year", "on": "04-31"}, "暦にない月日"),
    ("DUE016", {"on": "contract.end", "months": [3]}, "each のない months"),
    ("DUE016", {"on": "contract.end", "where": {"category": "x"}}, "event のない where"),
    ("DUE016", {"on": "contract.end", "target": "3 days of contract.end"}, "undated のない target"),
    ("DUE016", {"on": "contract.end", "first_day": "counted"}, "within のない first_day"),
    ("DUE016", {"undated": "速やかに", "roll": "next_open"}, "undated の roll"),
    ("DUE002", {"event": "meetings", "within": "2 hours of event.held", "time": "12:00"}, "時間と time"),
    ("DUE012", {**MONTHLY, "start": "2025-04-01"}, "契約より前の start"),
    ("DUE012", {**MONTHLY, "end": "2030-04-01"}, "契約より後の end"),
    ("DUE012", {**MONTHLY, "start": "2027-04-01", "end": "2026-04-01"}, "逆の start と end"),
    ("DUE016", {"on": "contract.end", "start": "2026-06-01"}, "each のない start"),
    ("DUE016", {"on": "contract.end", "end": "2026-06-01"}, "each のない end"),
    ("DUE016", {"undated": "速やかに", "time": "12:00"}, "undated の time"),
    ("DUE016", {"undated": "速やかに", "calendar": "library"}, "undated の calendar"),
    ("DUE024", {"each": "fiscal_year", "within": "14 days of 2027-04-01"}, "動かない起点"),
    ("DUE024", {"each": "month", "on": "contract.end"}, "動かない on"),
    ("DUE024", {"each": "month", "on": "2026-05-10"}, "毎月同じ日付"),
    ("DUE024", {"each": "month", "on": "15 of next month of contract.start"}, "動かない of"),
    ("DUE019", {**MONTHLY, "reading": "これ", "others": [{"reading": "別"}]}, "期日のないほかの読み方"),
    ("DUE019", {**MONTHLY, "others": [{"reading": "別", "on": "15 of next month"}]}, "採った理由がない"),
]


@pytest.mark.parametrize(("code", "keys"), [pytest.param(c, k, id=f"{c} {name}") for c, k, name in BAD_RULES])
def test_a_bad_rule_is_one_problem_at_its_line(code: str, keys: dict[str, Any]) -> None:
    """One cause, one code; with a hint; where the rule stands."""
    problems = found(contract(deliverable("1", rule(**keys))))
    assert [problem.code for problem in problems] == [code]
    assert all(problem.hint and problem.message for problem in problems)
    assert all(problem.source.path == at(1).path for problem in problems)
    assert code in PROBLEM_CODES


def test_a_year_that_the_contract_does_not_hold() -> None:
    """10 October of a contract from November to March never comes."""
    made = contract(
        deliverable("1", rule(each="fiscal_year", on="10-10")), start="2025-11-21", signed=None, end="2026-03-31"
    )
    assert [p.code for p in found(made)] == ["DUE011"]


def test_a_contract_that_is_not_signed_is_a_warning() -> None:
    """The item waits; the line is named."""
    problems = found(contract(deliverable("1", rule(within="7 days of contract.signed")), signed=None))
    assert [(p.code, p.severity) for p in problems] == [("DUE013", "warning")]


def test_a_deliverable_without_rules_is_a_warning() -> None:
    """It would be in no list of what is due."""
    assert [(p.code, p.severity) for p in found(contract(deliverable("1")))] == [("DUE017", "warning")]


def test_a_stray_submission_is_a_warning() -> None:
    """A mistyped date would leave the item open; the hint lists the dates there are."""
    made = contract(
        deliverable("1", rule(each="fiscal_year", on="03-31")),
        submissions=[submission("1", "2027-03-30", due="2027-03-30"), submission("1", "2027-03-30", due="2027-03-31")],
    )
    problems = found(made)
    assert [(p.code, p.severity, p.source) for p in problems] == [("DUE018", "warning", at(70))]
    assert "2027-03-31、2028-03-31" in problems[0].hint


def test_a_field_that_holds_no_date_is_named_at_the_record() -> None:
    """The record's line, not the rule's."""
    made = contract(
        deliverable("1", rule(event="incidents", within="2 weeks of event.restored")),
        entries=[entry("incidents", "i", contacted="2026-04-28 16:30", restored="まだ"), entry("incidents", "j")],
    )
    assert [(p.code, p.source) for p in found(made)] == [("DUE020", at(50))]


def test_an_endless_contract_is_refused() -> None:
    """A slip of the pen in the year."""
    assert codes(rule(on="contract.end"), end="9999-12-31") == ["DUE021"]
    assert codes(rule(on="contract.end"), start="0001-01-01", signed="0001-01-01") == ["DUE021"]


def test_every_code_has_a_broken_sample() -> None:
    """Codes of the table above and of the tests around it."""
    tested = {code for code, _, _ in BAD_RULES} | {"DUE013", "DUE017", "DUE018", "DUE020", "DUE021", "DUE022", "DUE023"}
    assert tested == set(PROBLEM_CODES)


def test_unknown_names_come_with_the_nearest() -> None:
    """もしかして."""
    hints = [p.hint for p in found(contract(deliverable("1", rule(event="incident", undated="速やかに"))))]
    assert hints == ["もしかして: incidents"]


@pytest.mark.parametrize("kind", ["health-checks", "complaints", "苦情"])
def test_a_kind_that_is_near_to_none_comes_with_all_of_them(kind: str) -> None:
    """With their titles, for a name that only looks alike leads astray."""
    (problem,) = found(contract(deliverable("1", rule(event=kind, undated="速やかに"))))
    assert problem.hint.startswith("記録の種類は accidents（事故）、arrangements（ハードウェア障害復旧作業の手配）、")


@pytest.mark.parametrize(
    ("keys", "code", "hint"),
    [
        pytest.param(
            {"on": "1 day before 2026-04-01"},
            "DUE004",
            "within に書いてください（within: 1 day before 2026-04-01）",
            id="on",
        ),
        pytest.param(
            {"each": "month", "within": "15 of next month"},
            "DUE005",
            "on に書いてください（on: 15 of next month）",
            id="within",
        ),
    ],
)
def test_words_of_the_other_key_say_where_they_belong(keys: dict[str, Any], code: str, hint: str) -> None:
    """`on` names a day, `within` counts from one."""
    (problem,) = found(contract(deliverable("1", rule(**keys))))
    assert (problem.code, problem.hint) == (code, hint)


def test_a_date_that_stands_still_is_a_warning() -> None:
    """Once only, or for one period, it is right."""
    still = found(contract(deliverable("1", rule(each="fiscal_year", on="contract.end"))))
    assert [(p.code, p.severity) for p in still] == [("DUE024", "warning")]
    assert "「contract.end」は期間が移っても動かない" in still[0].message
    assert codes(rule(each="contract", on="contract.end"), rule(within="14 days of 2027-04-01")) == []
    assert codes(rule(each="fiscal_year", on="contract.end"), end="2027-03-31") == []


def test_a_shared_cell_is_checked_once() -> None:
    """Two rows, one problem; a cell that no row uses is checked too."""
    cell = Cell(id="c", phrase="月末", due=(rule(on="月末"),), source=at(3))
    rows = (deliverable("1", cell="c"), deliverable("2", cell="c"))
    assert [p.code for p in found(contract(*rows, cells=[cell]))] == ["DUE004"]
    assert [p.code for p in found(contract(cells=[cell])) if p.severity == "error"] == ["DUE004"]


def test_a_good_contract_has_no_problems() -> None:
    """Rules of every shape."""
    rules = (
        rule(each="month", within="10 days of period.end", last={"of": "fiscal_year", "on": "period.end"}),
        rule(event="incidents", within="2 weeks of event.restored"),
        rule(each="fiscal_year", if_any="changes", on="03-31"),
        rule(undated="速やかに", target="3 open days of contract.signed", first_day="counted"),
    )
    assert codes(*rules) == []
