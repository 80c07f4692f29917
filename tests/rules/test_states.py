"""The state of an item at a day."""

from __future__ import annotations

import pytest

from generator.model import Submission
from generator.rules import states

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


HOUR = rule(event="accidents", within="1 hour of event.occurred")


@pytest.mark.parametrize(
    ("made", "state", "said"),
    [
        pytest.param({"time": "19:40"}, "提出済", False, id="その時刻まで"),
        pytest.param({"time": "19:41"}, "遅延提出", False, id="一分の遅れ"),
        pytest.param({"time": "9:05"}, "提出済", False, id="一桁の時"),
        pytest.param({}, "提出済", True, id="時刻の記録がない"),
    ],
)
def test_hours_are_judged_by_the_time(made: dict[str, str], state: str, said: bool) -> None:
    """１時間以内: the time decides; where only the day is known, that is said."""
    accident = entry("accidents", "a", occurred="2026-08-07 18:40")
    (item,) = items(
        HOUR,
        as_of="2026-08-10",
        entries=[accident],
        submissions=[submission("1", "2026-08-07", due="2026-08-07", **made)],
    )
    assert (item.due_time, item.state, states.NO_TIME.format("19:40") in item.explanation) == ("19:40", state, said)


def test_what_has_no_date_is_told_apart_by_its_submission() -> None:
    """直ちに口頭で、翌開庁日までに書面で: what is for the one is not for the other."""
    rules = (rule(event="accidents", undated="直ちに"), rule(event="accidents", within="1 open day of event.occurred"))
    made = Submission(deliverable="1", date=day("2026-08-07"), event="accidents/a", undated=True)
    accident = entry("accidents", "a", occurred="2026-08-07 18:40")
    both = due_items(contract(deliverable("1", *rules), entries=[accident], submissions=[made]), day("2026-08-12"))
    assert {str(item.due): item.state for item in both} == {"2026-08-10": "遅延", "None": "提出済"}


PEOPLE = {"p1": day("2026-04-01"), "p2": day("2026-04-01"), "p3": day("2026-07-01")}


def _own(person: str, on: str, **more: str) -> Submission:
    return submission("1", on, due="2026-06-30", person=person, **more)


@pytest.mark.parametrize(
    ("as_of", "made", "state", "submitted"),
    [
        pytest.param("2026-06-20", [_own("p1", "2026-06-20")], "期限間近", None, id="一人だけでは全員の分にならない"),
        pytest.param("2026-07-02", [_own("p1", "2026-06-20")], "遅延", None, id="足りないまま期日を過ぎた"),
        pytest.param(
            "2026-07-02", [_own("p1", "2026-06-20"), _own("p2", "2026-06-22")], "提出済", "2026-06-22", id="期日の全員"
        ),
        pytest.param(
            "2026-07-02",
            [_own("p1", "2026-06-20"), _own("p2", "2026-07-01")],
            "遅延提出",
            "2026-07-01",
            id="一人が遅れた",
        ),
        pytest.param(
            "2026-07-02",
            [_own("p1", "2026-06-20", accepted="2026-06-21"), _own("p2", "2026-06-22")],
            "提出済",
            "2026-06-22",
            id="一人だけ検収",
        ),
        pytest.param(
            "2026-07-02",
            [_own("p1", "2026-06-20", accepted="2026-06-21"), _own("p2", "2026-06-22", returned="2026-06-23")],
            "差戻し",
            "2026-06-22",
            id="一人だけ差戻し",
        ),
        pytest.param(
            "2026-07-02",
            [_own("p1", "2026-06-20", returned="2026-06-21"), submission("1", "2026-06-25", due="2026-06-30")],
            "提出済",
            "2026-06-25",
            id="後で全員の分をまとめて",
        ),
    ],
)
def test_what_is_handed_over_for_each_person(
    as_of: str, made: list[Submission], state: str, submitted: str | None
) -> None:
    """One pledge is not everybody's: of those who had begun by the date each has to hand over."""
    (item,) = states.with_states(items(ONCE), made, day(as_of), PEOPLE)
    assert (item.state, item.submitted) == (state, day(submitted) if submitted else None)


def test_a_part_is_told() -> None:
    """Who reads the explanation knows that something came."""
    (item,) = states.with_states(items(ONCE), [_own("p1", "2026-06-20")], day("2026-06-21"), PEOPLE)
    assert item.explanation[-1] == "2人のうち1人の分を提出しています。"


def test_an_undated_item_waits_for_whoever_has_begun() -> None:
    """速やかに: somebody who joins later hands over as well; before the contract begins, those it begins with."""
    undated, made = items(rule(undated="速やかに")), [submission("1", "2026-03-30", person=who) for who in ("p1", "p2")]
    found = [
        states.with_states(undated, some, day(as_of), PEOPLE)[0].state
        for some, as_of in ((made[:1], "2026-03-30"), (made, "2026-03-30"), (made, "2026-06-30"), (made, "2026-07-01"))
    ]
    assert found == ["予定", "提出済", "提出済", "予定"]
