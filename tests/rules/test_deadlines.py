"""Whole contracts: the deadline cells of the five specifications against dates worked out by hand."""

from __future__ import annotations

import pytest

from generator.model import Cell, NotApplicable
from generator.rules.deadlines import due_items, rules_of
from generator.rules.dueitem import DueItem

from .builders import contract, day, deliverable, entry, iso, items, rule, submission

YEARLY = Cell(
    id="yearly",
    phrase="契約日から７日以内及び各年度の４月７日",
    due=(
        rule(within="7 days of contract.signed", first_day="at_midnight", phrase="契約日から７日以内"),
        rule(each="fiscal_year", on="04-07", phrase="各年度の４月７日"),
    ),
)
CHANGED = Cell(
    id="change",
    phrase="差分（データ及び紙）：…",
    due=(
        rule(event="changes", within="2 weeks of event.changed", scope="delta", media=["data", "paper"]),
        rule(event="changes", within="2 weeks of event.changed", scope="full", media=["data"]),
        rule(each="fiscal_year", if_any="changes", on="03-31", scope="full", media=["data", "paper"]),
    ),
)
GROUPWARE = (
    deliverable("1", title="年間計画表及びサポート体制図", cell="yearly"),
    deliverable("3", rule(event="incidents", within="2 weeks of event.restored"), title="障害復旧作業報告書"),
    deliverable(
        "4",
        rule(each="month", within="10 days of period.end", last={"of": "fiscal_year", "on": "period.end"}),
        title="作業実績報告書",
    ),
    deliverable("5", title="システム基本設計書", cell="change", condition="システムに変更を加えた場合のみ"),
    deliverable("10", rule(each="fiscal_year", on=["10-10", "03-31"]), rule(on="contract.end"), title="作業完了報告書"),
    deliverable("11", rule(each="fiscal_year", on="03-31"), rule(on="contract.end"), title="完了届"),
)


def groupware(**keys: object) -> list[DueItem]:
    """The first Ichikawa contract at its first day."""
    made = contract(*GROUPWARE, end="2031-03-31", cells=[YEARLY, CHANGED], **keys)  # type: ignore[arg-type]
    return due_items(made, day("2026-04-01"))


def of(number: str, found: list[DueItem]) -> list[str | None]:
    """The due dates of one deliverable."""
    return iso([item.due for item in found if item.deliverable == number])


def test_every_date_of_the_groupware_contract() -> None:
    """市川市グループウェア: five fiscal years, every instance, none invented."""
    found = groupware()
    assert of("1", found) == [f"{year}-04-07" for year in range(2026, 2031)]
    monthly = of("4", found)
    assert len(monthly) == 60
    assert [one for one in monthly if one and one.endswith("03-31")] == [f"{year}-03-31" for year in range(2027, 2032)]
    assert all(one and (one.endswith("-10") or one.endswith("03-31")) for one in monthly)
    assert "2027-04-10" not in monthly
    assert of("10", found) == [f"{y}-{d}" for n in range(2026, 2031) for y, d in ((n, "10-10"), (n + 1, "03-31"))]
    assert of("11", found) == [f"{year}-03-31" for year in range(2027, 2032)]
    last = next(item for item in found if item.deliverable == "11" and item.due == day("2031-03-31"))
    assert last.rules == (0, 1)


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        pytest.param("2026-04-01", ["2026-04-07"], id="民法140条ただし書 契約日が初日"),
        pytest.param("2026-03-25", ["2026-04-01", "2026-04-07"], id="民法140条本文 先に締結"),
        pytest.param("2026-04-08", ["2026-04-07", "2026-04-15"], id="民法140条本文 後に締結"),
        pytest.param(None, ["2026-04-07"], id="締結前"),
    ],
)
def test_signed_at_or_before_the_start(signed: str | None, expected: list[str]) -> None:
    """契約日から７日以内及び各年度の４月７日."""
    first = [one for one in of("1", groupware(signed=signed)) if one and one < "2027"]
    assert first == expected


def test_a_change_makes_its_documents_due() -> None:
    """差分 on data and paper, 全量 on data after two weeks, and the year's full set on both."""
    found = [i for i in groupware(entries=[entry("changes", "c1", changed="2027-03-20")]) if i.deliverable == "5"]
    due = [(i.due.isoformat(), i.scope, i.medium) for i in found if i.due and i.state != "対象外"]
    assert due == [
        ("2027-03-31", "full", "data"),
        ("2027-03-31", "full", "paper"),
        ("2027-04-03", "delta", "data"),
        ("2027-04-03", "delta", "paper"),
        ("2027-04-03", "full", "data"),
    ]
    assert sum(i.state == "対象外" for i in found) == 8


def test_without_a_change_the_documents_are_out_of_scope() -> None:
    """Three rows that wait for a change, and two for each fiscal year."""
    found = [i for i in groupware() if i.deliverable == "5"]
    assert {i.state for i in found} == {"対象外"}
    assert sum(i.due is None for i in found) == 3
    assert sum(i.due is not None for i in found) == 10
    assert all(i.condition == "システムに変更を加えた場合のみ" for i in found)


def test_remote_desk() -> None:
    """市川市遠隔相談窓口: a part of a fiscal year, two written periods."""
    rows = (
        deliverable("1", rule(on="contract.start")),
        deliverable("3", rule(event="arrangements", within="3 days of event.arranged")),
        deliverable(
            "5",
            rule(
                periods=[
                    {"start": "2025-11-21", "end": "2025-12-31", "on": "R8年1月5日"},
                    {"start": "2026-01-01", "end": "2026-03-31", "on": "R8年3月31日"},
                ]
            ),
        ),
        deliverable("6", rule(on="contract.end")),
        deliverable("patch", rule(event="patches", within="7 days of event.decided"), listed=False),
    )
    entries = [entry("arrangements", "a", arranged="2025-12-27"), entry("patches", "p", decided="2026-02-25")]
    made = contract(*rows, start="2025-11-21", signed="2025-11-21", end="2026-03-31", entries=entries)
    found = due_items(made, day("2025-11-21"))
    assert [(i.deliverable, i.due.isoformat()) for i in found if i.due] == [
        ("1", "2025-11-21"),
        ("3", "2025-12-30"),
        ("5", "2026-01-05"),
        ("patch", "2026-03-04"),
        ("5", "2026-03-31"),
        ("6", "2026-03-31"),
    ]


def test_numazu() -> None:
    """沼津市: 中旬 is the 20th; the March exception is the report's alone; the city pays within 30 days."""
    rows = (
        deliverable(
            "monthly", rule(each="month", on="middle of next month", last={"of": "fiscal_year", "on": "2026-03-31"})
        ),
        deliverable("half", rule(periods=[{"start": "2025-04-01", "end": "2025-09-30"}], on="middle of 令和7年10月")),
        deliverable("year", rule(each="contract", on="2026-03-31")),
        deliverable("invoice", rule(each="month", on="middle of next month")),
        deliverable("payment", rule(event="invoices", within="30 days of event.received"), obligor="authority"),
    )
    made = contract(
        *rows,
        start="2025-04-01",
        signed="2025-04-01",
        end="2026-03-31",
        entries=[entry("invoices", "1", received="2026-01-30")],
    )
    found = due_items(made, day("2025-04-01"))
    twentieth = [f"2025-{month:02}-20" for month in range(5, 13)] + [f"2026-{month:02}-20" for month in range(1, 4)]
    assert of("monthly", found) == [*twentieth, "2026-03-31"]
    assert of("invoice", found) == [*twentieth, "2026-04-20"]
    assert (of("half", found), of("year", found)) == (["2025-10-20"], ["2026-03-31"])
    assert of("payment", found) == ["2026-03-01"]
    assert [i.flags for i in found if i.deliverable == "invoice"][-1] == ("契約終了後",)


def test_meguro() -> None:
    """目黒区: the 15th, moved to the next open day because the specification says so."""
    made = contract(
        deliverable("record", rule(each="month", on="15 of next month", roll="next_open")), end="2027-03-31"
    )
    assert of("record", due_items(made, day("2026-04-01"))) == [
        *("2026-05-15", "2026-06-15", "2026-07-15", "2026-08-17", "2026-09-15", "2026-10-15"),
        *("2026-11-16", "2026-12-15", "2027-01-15", "2027-02-15", "2027-03-15", "2027-04-15"),
    ]


def test_cell_rules_come_before_the_rows_own() -> None:
    """A row may add to the shared cell; phrases fall back from rule to row to cell."""
    row = deliverable("1", rule(undated="速やかに"), cell="yearly")
    placed = rules_of(contract(row, cells=[YEARLY]), row)
    assert [(p.index, p.phrase) for p in placed] == [
        (0, "契約日から７日以内"),
        (1, "各年度の４月７日"),
        (2, "契約日から７日以内及び各年度の４月７日"),
    ]


def test_the_ground_names_the_clause_under_its_label() -> None:
    """A clause of attached terms is told by the label the contract gives them."""
    made = contract(deliverable("1", rule(undated="直ちに", clause="city-security/10-1"), clauses=("7-1",)))
    assert due_items(made, day("2026-04-01"))[0].explanation[0] == (
        "根拠: 納品物件一覧表のNo.1「文書1」（city-security 条項10-1）の期限「直ちに」"
    )


def test_the_same_contract_gives_the_same_items() -> None:
    """Order of records in the files does not matter."""
    entries = [entry("changes", id_, changed=f"2027-0{n}-20") for n, id_ in enumerate("abc", 1)]
    assert groupware(entries=entries) == groupware(entries=entries[::-1])


def test_keys_survive_a_moved_date() -> None:
    """What an item is does not depend on its date."""
    before = groupware(entries=[entry("incidents", "i", contacted="2026-05-01 09:00", restored="2026-05-01 12:00")])
    after = groupware(entries=[entry("incidents", "i", contacted="2026-05-01 09:00", restored="2026-05-09 12:00")])
    assert [i.due for i in before if i.event] != [i.due for i in after if i.event]
    assert {i.key for i in before} == {i.key for i in after}
    assert len({i.key for i in before}) == len(before)


def test_an_undated_duty_under_a_condition_is_not_claimed() -> None:
    """Nothing in the data shows the condition to hold; what is handed over shows it."""
    row = deliverable("x", rule(undated="速やかに"), condition="体制に変更があった場合")
    found = due_items(contract(row), day("2026-06-01"))[0]
    assert (found.state, found.applies) == ("対象外", False)
    assert found.explanation[-1] == (
        "条件「体制に変更があった場合」に当たる場合だけ生じます。当たったことを示す記録がないため、今は対象外です。"
    )
    done = due_items(contract(row, submissions=[submission("x", "2026-05-20")]), day("2026-06-01"))[0]
    assert (done.state, done.applies) == ("提出済", True)


@pytest.mark.parametrize(
    "keys",
    [{"on": "contract.end"}, {"each": "month", "undated": "速やかに"}, {"event": "changes", "undated": "速やかに"}],
)
def test_other_duties_under_a_condition_are_claimed(keys: dict[str, str]) -> None:
    """They have a date, a period or a record of their own."""
    change = entry("changes", "c", changed="2026-05-02")
    found = items(rule(**keys, condition="求めがあったとき"), entries=[change], end="2026-04-30")
    assert [item.applies for item in found] == [True]


def test_a_duty_whose_every_ground_is_inapplicable() -> None:
    """対象外 with the contract's reason, dated or not; one ground that applies keeps it."""
    out = NotApplicable(clauses=("5", "t/9"), reason="再委託をしていない。")
    rows = (
        deliverable("1", rule(on="contract.end", clause="5-1")),
        deliverable("2", rule(undated="あらかじめ"), clauses=("5-2", "t/9-1")),
        deliverable("3", rule(on="contract.end"), clauses=("5-2", "6-1")),
    )
    found = {i.deliverable: i for i in due_items(contract(*rows, not_applicable=[out]), day("2026-06-01"))}
    assert {no: item.state for no, item in found.items()} == {"1": "対象外", "2": "対象外", "3": "予定"}
    assert found["2"].explanation[-1] == "根拠の条項がこの契約では対象外です。理由: 再委託をしていない。"


def test_a_set_that_is_due_because_of_records_names_them() -> None:
    """システム変更 c1."""
    changes = [entry("changes", f"c{n}", changed=f"2026-05-0{n}") for n in range(1, 8)]
    found = items(rule(each="fiscal_year", if_any="changes", on="03-31"), entries=changes, end="2027-03-31")[0]
    assert "令和8年度にシステム変更の記録 c1、c2、c3、c4、c5 ほか2件 があるため、生じます。" in found.explanation


def test_a_rule_of_another_kind_changes_no_key() -> None:
    """A subscription keeps its events when a rule is put before the others."""
    yearly, full = rule(each="fiscal_year", on="03-31"), rule(each="fiscal_year", on="03-31", scope="full")
    paper, both = rule(on="contract.end", media=["paper"]), rule(on="contract.end", media=["data", "paper"])
    before = {i.key for i in items(yearly, paper)}
    assert before < {i.key for i in items(rule(event="changes", on="event.changed"), full, yearly, paper)}
    every = [i.key for i in items(yearly, yearly, both, paper, full)]
    assert len(set(every)) == len(every)
