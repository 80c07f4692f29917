"""The calendar feed, read back by a library that did not write it."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import pytest

from generator.outputs import calendar
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem

from .builders import contract, day, deliverable, entry, rule, submission

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import vobject

LONG = "作業実績報告書、その他；カンマ,セミコロン;円記号\\を含む、とても長い題名の納品物件" * 2


def sample(**keys: Any) -> list[DueItem]:
    """Items of every kind."""
    made = contract(
        deliverable("4", rule(each="month", within="10 days of period.end"), title=LONG),
        deliverable("3", rule(event="incidents", within="2 weeks of event.restored"), title="障害復旧作業報告書"),
        deliverable("5", rule(each="fiscal_year", if_any="changes", on="03-31"), title="システム基本設計書"),
        deliverable("7", rule(undated="速やかに"), title="体制の変更の通知", listed=False),
        **{"end": "2027-03-31", **keys},
    )
    return due_items(made, day("2026-06-01"))


def events(text: str) -> list[Any]:
    """The events as the other library reads them."""
    return list(vobject.readOne(text).vevent_list)


def test_another_library_reads_every_dated_item() -> None:
    """All-day events with their Japanese titles; undated and 対象外 items are left out."""
    items = sample()
    found = events(calendar.to_ics(items, day("2026-06-01")))
    assert [e.dtstart.value for e in found] == [i.due for i in items if i.due and i.state != "対象外"]
    assert all(isinstance(e.dtstart.value, dt.date) for e in found)
    assert all(e.dtend.value - e.dtstart.value == dt.timedelta(days=1) for e in found)
    assert found[0].summary.value == f"4 {LONG}（令和8年4月）"
    assert "期限の文言" not in found[0].description.value
    assert "民法140条本文" in found[0].description.value


def test_lines_are_folded_without_splitting_a_character() -> None:
    """RFC 5545 section 3.1: 75 octets, CRLF."""
    text = calendar.to_ics(sample(), day("2026-06-01"))
    assert "\n" not in text.replace("\r\n", "")
    for line in text.encode("utf-8").split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


def test_reminders_stand_7_and_1_days_before() -> None:
    """And none for what has been handed over."""
    done = [submission("4", "2026-05-08", due="2026-05-10")]
    found = events(calendar.to_ics(sample(submissions=done), day("2026-06-01")))
    assert not hasattr(found[0], "valarm")
    assert found[0].summary.value.startswith("［提出済］4 ")
    assert [a.trigger.value for a in found[1].valarm_list] == [dt.timedelta(days=-7), dt.timedelta(days=-1)]


def test_a_moved_date_keeps_its_uid() -> None:
    """The program moves the event instead of adding another."""

    def feed(restored: str) -> dict[str, dt.date]:
        incident = entry("incidents", "i", contacted="2026-05-01 09:00", restored=restored)
        found = events(calendar.to_ics(sample(entries=[incident]), day("2026-06-01")))
        return {e.uid.value: e.dtstart.value for e in found if "障害復旧" in e.summary.value}

    before, after = feed("2026-05-01 12:00"), feed("2026-05-09 12:00")
    assert list(before) == list(after)
    assert list(before.values()) != list(after.values())


def test_uids_are_unique_and_stay_when_the_contract_ends_earlier() -> None:
    """A shorter contract keeps the events it still has."""
    whole, short = sample(), sample(end="2026-09-15")
    assert len({calendar.uid(i) for i in whole}) == len(whole)
    assert {calendar.uid(i) for i in short} <= {calendar.uid(i) for i in whole}


def test_nothing_comes_from_the_clock() -> None:
    """The same items on the same day make the same bytes, with that day as DTSTAMP."""
    first, second = (calendar.to_ics(sample(), day("2026-06-01"), "期限") for _ in range(2))
    assert first == second
    assert {line for line in first.split("\r\n") if "DTSTAMP" in line} == {"DTSTAMP:20260601T000000Z"}


@pytest.mark.parametrize("as_of", ["2026-04-01", "2030-01-01"])
def test_an_empty_feed_is_a_calendar_too(as_of: str) -> None:
    """A subscription to a contract without dates stays valid."""
    text = calendar.to_ics([], day(as_of))
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert vobject.readOne(text).version.value == "2.0"


def test_assumed_dates_are_tentative() -> None:
    """想定 and 暫定 are not confirmed."""
    made = contract(deliverable("1", rule(on="2026-12-25", provisional=True)))
    assert events(calendar.to_ics(due_items(made, day("2026-06-01")), day("2026-06-01")))[0].status.value == "TENTATIVE"


def test_a_time_of_day_is_in_the_title() -> None:
    """Deadlines in hours stay all-day events that say the hour."""
    accident = entry("accidents", "a", occurred="2026-06-01 09:00")
    made = contract(deliverable("1", rule(event="accidents", within="24 hours of event.occurred")), entries=[accident])
    found = events(calendar.to_ics(due_items(made, day("2026-06-01")), day("2026-06-01")))
    assert found[0].summary.value == "1 文書1（事故 a） 09:00まで"


def test_the_feed_of_all_contracts_names_the_contract() -> None:
    """By its title, in 【】; with one contract it would be noise."""
    one, two = (contract(deliverable("1", rule(on="contract.end")), id_=name) for name in ("a", "b"))
    items = [*due_items(one, day("2026-06-01")), *due_items(two, day("2026-06-01"))]
    titles = {e.summary.value for e in events(calendar.to_ics(items, day("2026-06-01")))}
    assert titles == {"【見本業務委託】1 文書1"}
    alone = events(calendar.to_ics(items[:1], day("2026-06-01")))[0]
    assert alone.summary.value == "1 文書1"
    assert alone.description.value.startswith("契約: 見本業務委託\n")
    named = calendar.to_ics(items[:1], day("2026-06-01"), named=True)
    assert events(named)[0].summary.value.startswith("【見本業務委託】")
