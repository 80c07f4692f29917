"""Equal dates from two rules."""

from __future__ import annotations

from generator.rules.merge import BOTH

from .builders import day, entry, items, rule

YEAR_END = rule(each="fiscal_year", on="03-31", phrase="各年度の3月31日")
CONTRACT_END = rule(on="contract.end", phrase="契約終了時")


def test_two_rules_with_one_date_make_one_item() -> None:
    """Both grounds stand in the explanation."""
    found = items(YEAR_END, CONTRACT_END, end="2028-03-31")
    assert [(i.due, i.rules) for i in found] == [(day("2027-03-31"), (0,)), (day("2028-03-31"), (0, 1))]
    merged = found[1]
    assert merged.phrase == "各年度の3月31日／契約終了時"
    assert BOTH in merged.explanation
    assert sum(step.startswith("根拠: ") for step in merged.explanation) == 2
    assert merged.period is not None


def test_the_order_of_the_rules_does_not_matter() -> None:
    """The period is kept whichever rule comes first."""
    found = items(CONTRACT_END, YEAR_END, end="2028-03-31")
    assert found[1].period is not None
    assert found[1].rules == (0, 1)


def test_scopes_and_media_are_kept_apart() -> None:
    """Data and paper, delta and full are different things to hand over."""
    on = {"on": "2027-03-31"}
    found = items(
        rule(**on, scope="delta"), rule(**on, scope="full", media=["data"]), rule(**on, scope="full", media=["paper"])
    )
    assert len(found) == 3


def test_two_records_on_one_day_stay_two() -> None:
    """Two incidents are two reports, even when a yearly rule gives the same date."""
    two = [entry("changes", id_, changed="2027-03-17") for id_ in ("a", "b")]
    event = rule(event="changes", within="2 weeks of event.changed")
    found = items(event, rule(each="fiscal_year", if_any="changes", on="03-31"), end="2027-03-31", entries=two)
    assert sorted((str(i.event), i.rules, i.state) for i in found) == [
        ("changes/a", (0, 1), "予定"),
        ("changes/b", (0,), "予定"),
    ]


def test_two_periods_rolled_to_one_day_stay_two() -> None:
    """Two weekly reports that fall due on one open day are two reports."""
    periods = [{"start": "2026-04-27", "end": "2026-05-02"}, {"start": "2026-05-03", "end": "2026-05-05"}]
    found = items(rule(periods=periods, on="period.end", roll="next_open"))
    assert [i.due for i in found] == [day("2026-05-07"), day("2026-05-07")]


def test_the_same_date_written_twice_is_one_item() -> None:
    """`on: [03-31, period.end]` of a fiscal year."""
    assert len(items(rule(each="fiscal_year", on=["03-31", "period.end"]), end="2027-03-31")) == 1


def test_undated_items_are_never_merged() -> None:
    """Two undated duties are two duties."""
    assert len(items(rule(undated="直ちに"), rule(undated="速やかに"))) == 2


def test_a_ground_that_applies_wins() -> None:
    """A date that is due by one rule is due, although another asks for a record."""
    found = items(rule(each="fiscal_year", if_any="changes", on="03-31"), rule(on="2027-03-31"), end="2027-03-31")
    assert [(i.state, i.condition) for i in found] == [("予定", None)]


def test_times_of_day_keep_items_apart() -> None:
    """A deadline in hours is another moment of the same day."""
    accident = entry("accidents", "a", occurred="2026-06-01 09:00")
    found = items(
        rule(event="accidents", within="24 hours of event.occurred"), rule(on="2026-06-02"), entries=[accident]
    )
    assert len(found) == 2
