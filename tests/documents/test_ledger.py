"""What is recorded, by day: a period of a series, and answers remembered per contract."""

from __future__ import annotations

from generator.documents.ledger import Series, once, recorded, register
from generator.model import Contract
from tests.documents.recorded import APRIL, MAY, contract, entry, on
from tests.documents.recorded import register as rows


def test_period_of_a_series() -> None:
    """A period holds its first and its last day; things of one day stay in the order they came in."""
    series = Series.of([(on(4, 30), "b"), (on(4, 1), "a"), (on(5, 1), "d"), (on(4, 30), "c")])
    assert series.within(APRIL) == ("a", "b", "c")
    assert series.within(MAY) == ("d",)
    assert Series[str]().within(APRIL) == ()


def test_records_and_rows_of_a_period() -> None:
    """Records belong to the day their kind says, rows to their own; undated ones to no period."""
    there = contract(
        entry("trainings", "b", held=on(4, 2)),
        entry("trainings", "a", held=on(4, 2)),
        entry("trainings", "c"),
        rows("daily", {"date": on(5, 1), "content": "一"}, {"date": on(4, 1), "content": "二"}, {"content": "三"}),
    )
    assert [found.id for found in recorded(there, "trainings", APRIL)] == ["a", "b"]
    assert [row.values["content"] for row in register(there, "daily", APRIL)] == ["二"]
    assert recorded(there, "changes", APRIL) == ()


def test_answers_belong_to_the_contract_asked_about() -> None:
    """A function is carried out once for a contract; an equal contract of another build is another contract."""
    asked: list[tuple[Contract, int]] = []

    @once
    def size(there: Contract, more: int) -> int:
        asked.append((there, more))
        return len(there.entries) + more

    first, second = contract(), contract()
    assert (size(first, 1), size(first, 1), size(first, 2), size(second, 1)) == (1, 1, 2, 1)
    assert [(there is first, more) for there, more in asked] == [(True, 1), (True, 2), (False, 1)]
