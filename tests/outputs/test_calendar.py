"""The calendar feed, read back by the library that calendar programs use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import icalendar

from tests.support import CONTRACT, WHOLE, Project, swapped, whole_project

DELIVERABLES, VENDOR = f"{CONTRACT}/deliverables.yml", "data/vendors/mihon-sha.yml"


def _events(there: Project, *arguments: str) -> list[icalendar.Component]:
    feed = icalendar.Calendar.from_ical(there.run("due", "--format", "ics", *arguments).out)
    return list(feed.walk("VEVENT"))


def test_all_day_events_on_the_due_dates(project: Callable[..., Project]) -> None:
    """Each dated item is a day, from its date to the next."""
    first = _events(project(whole_project()))[0]
    assert first.decoded("DTSTART") == dt.date(2026, 5, 10)
    assert first.decoded("DTEND") == dt.date(2026, 5, 11)
    assert "作業報告書" in str(first["SUMMARY"])
    assert str(first["UID"]).endswith("@nohin")


def test_feed_knows_no_clock(project: Callable[..., Project]) -> None:
    """The stamp is the day the feed is made for; the same data make the same feed."""
    there = project(whole_project())
    assert there.run("due", "--format", "ics") == there.run("due", "--format", "ics")
    stamps = {event.decoded("DTSTAMP") for event in _events(there, "--as-of", "2026-06-01")}
    assert stamps == {dt.datetime(2026, 6, 1, tzinfo=dt.UTC)}


def test_moved_date_moves_the_event(project: Callable[..., Project]) -> None:
    """An item keeps its identity when its date changes."""
    there = project(whole_project())
    before = {str(event["UID"]): event.decoded("DTSTART") for event in _events(there)}
    there.write(swapped(DELIVERABLES, "within: 10 days of period.end", "within: 12 days of period.end"))
    after = {str(event["UID"]): event.decoded("DTSTART") for event in _events(there)}
    assert set(before) == set(after)
    assert before != after


def test_reminders_until_handed_over(project: Callable[..., Project]) -> None:
    """What is handed over needs no reminder any more."""
    first, second = _events(project(whole_project()), "--as-of", "2026-05-20")[:2]
    assert [len(event.walk("VALARM")) for event in (first, second)] == [0, 2]


def test_hostile_titles(project: Callable[..., Project]) -> None:
    """Commas, semicolons, line ends and properties in a title are text."""
    title = "'a,b;c\\n:END:VEVENT 𠮷😀" + "長" * 100 + "'"
    there = project(whole_project({DELIVERABLES: WHOLE[DELIVERABLES].replace("作業報告書", title)}))
    ran = there.run("due", "--format", "ics")
    assert all(len(line) <= 75 for line in ran.out.encode().split(b"\r\n"))
    events = _events(there)
    assert len(events) == 13
    assert title.strip("'") in str(events[0]["SUMMARY"])
