"""The state of an item at a day."""

from __future__ import annotations

import pytest

from generator.model import Submission

from .builders import contract, day, deliverable, due_items, entry, items, rule, submission

ONCE = rule(on="2026-06-30")


@pytest.mark.parametrize(
    ("as_of", "made", "state", "submitted"),
    [
        pytest.param("2026-06-15", [], "予定", None, id="15日前"),
        pytest.param("2026-06-16", [], "期限間近", None, id="14日前"),
        pytest.param("2026-06-30", [], "期限間近", None, id="当日は遅延ではない"),
        pytest.param("2026-07-01", [], "遅延", None, id="翌日"),
        pytest.param(
            "2026-07-01", [submission("1", "2026-06-30", due="2026-06-30")], "提出済", "2026-06-30", id="当日提出"
        ),
        pytest.param(
            "2026-07-02", [submission("1", "2026-07-01", due="2026-06-30")], "遅延提出", "2026-07-01", id="翌日提出"
        ),
        pytest.param(
            "2026-06-29", [submission("1", "2026-06-30", due="2026-06-30")], "期限間近", None, id="未来の提出は数えない"
        ),
        pytest.param(
            "2026-07-10",
            [submission("1", "2026-06-20", due="2026-06-30", accepted="2026-07-05")],
            "検収済",
            "2026-06-20",
            id="検収",
        ),
        pytest.param(
            "2026-07-04",
            [submission("1", "2026-06-20", due="2026-06-30", accepted="2026-07-05")],
            "提出済",
            "2026-06-20",
            id="未来の検収は数えない",
        ),
        pytest.param(
            "2026-06-25",
            [submission("1", "2026-06-20", due="2026-06-30", returned="2026-06-22")],
            "差戻し",
            "2026-06-20",
            id="差戻し",
        ),
        pytest.param(
            "2026-07-05",
            [
                submission("1", "2026-06-20", due="2026-06-30", returned="2026-06-22"),
                submission("1", "2026-06-28", due="2026-06-30"),
            ],
            "提出済",
            "2026-06-28",
            id="再提出",
        ),
        pytest.param(
            "2026-07-05",
            [submission("1", "2026-06-20", due="2026-06-30", returned="2026-06-22", accepted="2026-06-25")],
            "検収済",
            "2026-06-20",
            id="差戻しの後の検収",
        ),
        pytest.param("2026-07-05", [submission("2", "2026-06-20", due="2026-06-30")], "遅延", None, id="別の納品物件"),
        pytest.param("2026-07-05", [submission("1", "2026-06-20", due="2026-06-29")], "遅延", None, id="別の期日"),
        pytest.param("2026-07-05", [submission("1", "2026-06-20")], "遅延", None, id="期日を名指さない提出"),
    ],
)
def test_state_at_a_day(as_of: str, made: list[Submission], state: str, submitted: str | None) -> None:
    """From what had been handed over by then."""
    item = items(ONCE, as_of=as_of, submissions=made)[0]
    assert (item.state, item.submitted) == (state, day(submitted) if submitted else None)


def test_scope_and_medium_narrow_a_submission_only_where_given() -> None:
    """Data was handed over, paper is still open; a submission of neither covers both."""
    two = rule(on="2026-06-30", media=["data", "paper"], scope="full")
    data = [submission("1", "2026-06-20", due="2026-06-30", medium="data")]
    assert [i.state for i in items(two, as_of="2026-07-01", submissions=data)] == ["提出済", "遅延"]
    both = [submission("1", "2026-06-20", due="2026-06-30")]
    assert [i.state for i in items(two, as_of="2026-07-01", submissions=both)] == ["提出済", "提出済"]
    other = [submission("1", "2026-06-20", due="2026-06-30", scope="delta")]
    assert [i.state for i in items(two, as_of="2026-07-01", submissions=other)] == ["遅延", "遅延"]


def test_a_submission_names_its_record() -> None:
    """Of two incidents, the one that was reported is done."""
    two = [entry("incidents", id_, contacted="2026-05-01 09:00", restored="2026-05-01 12:00") for id_ in ("a", "b")]
    report = rule(event="incidents", within="2 weeks of event.restored")
    found = items(
        report, as_of="2026-06-01", entries=two, submissions=[submission("1", "2026-05-10", event="incidents/a")]
    )
    assert [i.state for i in found] == ["提出済", "遅延"]


def test_a_submission_without_date_or_record_is_for_the_undated_item() -> None:
    """契約締結後速やかに: handed over once."""
    found = items(rule(undated="速やかに"), as_of="2026-06-01", submissions=[submission("1", "2026-04-02")])
    assert (found[0].state, found[0].submitted) == ("提出済", day("2026-04-02"))


def test_out_of_scope_stays_whatever_the_day() -> None:
    """Nothing is late that nobody asks for."""
    found = items(rule(each="fiscal_year", if_any="changes", on="03-31"), as_of="2029-06-01")
    assert {i.state for i in found} == {"対象外"}


def test_the_authority_has_duties_too() -> None:
    """支払: late like any other, and carried as the authority's."""
    pay = deliverable(
        "payment", rule(event="invoices", within="30 days of event.received"), obligor="authority", listed=False
    )
    made = contract(pay, entries=[entry("invoices", "1", received="2026-05-20")])
    item = due_items(made, day("2026-06-20"))[0]
    assert (item.due, item.state, item.obligor) == (day("2026-06-19"), "遅延", "authority")
