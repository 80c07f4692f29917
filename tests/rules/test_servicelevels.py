"""着手2時間以内, by both clocks."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Hours, ServiceLevel
from generator.rules import servicelevels
from generator.rules.opendays import OpenDays

from .builders import city_days, contract, day, entry
from .test_opendays import EVERY_DAY

RECEPTION = Hours(start="8:40", end="17:25")
START = ServiceLevel(id="start", title="復旧作業の着手", target="連絡時から2時間以内", within_hours=2, clock="clock")


def moment(text: str) -> dt.datetime:
    """An instant."""
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("contacted", "clock", "service"),
    [
        pytest.param("2026-04-28 10:00", "2026-04-28 12:00", "2026-04-28 12:00", id="受付時間内 民法139条"),
        pytest.param("2026-05-01 16:30", "2026-05-01 18:30", "2026-05-07 09:45", id="五連休前の金曜日"),
        pytest.param("2026-04-28 17:25", "2026-04-28 19:25", "2026-04-30 10:40", id="受付の終わりちょうど"),
        pytest.param("2026-04-28 17:26", "2026-04-30 10:40", "2026-04-30 10:40", id="受付の後 翌日は祝日"),
        pytest.param("2026-04-28 07:00", "2026-04-28 10:40", "2026-04-28 10:40", id="受付の前"),
        pytest.param("2026-04-28 08:40", "2026-04-28 10:40", "2026-04-28 10:40", id="受付の始まりちょうど"),
        pytest.param("2026-05-03 12:00", "2026-05-07 10:40", "2026-05-07 10:40", id="閉庁日"),
        pytest.param("2026-12-28 17:00", "2026-12-28 19:00", "2027-01-04 10:15", id="年末年始をまたぐ"),
    ],
)
def test_both_readings(contacted: str, clock: str, service: str) -> None:
    """Clock hours are taken; outside reception hours both count from the next opening."""
    found = servicelevels.targets(moment(contacted), START, RECEPTION, city_days())
    assert (found.clock, found.service) == (moment(clock), moment(service))
    assert found.target == found.clock


def test_hours_longer_than_a_day_of_service() -> None:
    """Twenty service hours from Tuesday 16:25: 1:00, then 8:45, 8:45 and 1:30."""
    level = ServiceLevel(id="x", title="x", target="x", within_hours=20, clock="service")
    found = servicelevels.targets(moment("2026-04-21 16:25"), level, RECEPTION, city_days())
    assert found.service == moment("2026-04-24 10:10")
    assert found.target == found.service


def test_without_reception_hours_every_hour_counts() -> None:
    """Around the clock."""
    found = servicelevels.targets(moment("2026-05-03 23:00"), START, None, city_days())
    assert found.target == moment("2026-05-04 01:00")


def test_reception_on_closed_days_too() -> None:
    """`open_days_only: false`."""
    hours = Hours(start="8:40", end="17:25", open_days_only=False)
    found = servicelevels.targets(moment("2026-05-02 18:00"), START, hours, city_days())
    assert found.target == moment("2026-05-03 10:40")


@pytest.mark.parametrize("hours", [RECEPTION, Hours(start="9:00", end="9:00")])
def test_no_service_time_gives_up(hours: Hours) -> None:
    """A calendar that never opens, or a reception of no minutes, is no endless loop."""
    days = OpenDays(EVERY_DAY) if hours is RECEPTION else city_days()
    found = servicelevels.targets(moment("2026-04-28 09:00"), START, hours, days)
    assert found.target == moment("2026-04-28 11:00")


@pytest.mark.parametrize(
    ("started", "as_of", "state"),
    [
        pytest.param("2026-04-28 18:30", "2026-04-28", "達成", id="ちょうど"),
        pytest.param("2026-04-28 18:31", "2026-04-28", "未達", id="一分の遅れ"),
        pytest.param(None, "2026-04-28", "着手待ち", id="その日のうち"),
        pytest.param(None, "2026-04-29", "未達", id="翌日になっても着手がない"),
    ],
)
def test_met_or_missed(started: str | None, as_of: str, state: str) -> None:
    """Held against the reading taken."""
    target = moment("2026-04-28 18:30")
    assert servicelevels.judged(target, moment(started) if started else None, day(as_of)) == state


def test_results_of_a_contract() -> None:
    """Every incident against every level with hours; the reception is a level of its own."""
    made = contract(
        service_levels=[ServiceLevel(id="reception", title="受付", target="8:40から17:25", hours=RECEPTION), START],
        entries=[
            entry("incidents", "b", contacted="2026-05-01 16:30", started="2026-05-01 18:00"),
            entry("incidents", "a", contacted="2026-04-28 16:30"),
            entry("incidents", "c", contacted="2026-04-28"),
        ],
    )
    found = servicelevels.service_results(made, day("2026-05-01"))
    assert [(r.incident, r.level, r.targets.target, r.state) for r in found] == [
        ("a", "start", moment("2026-04-28 18:30"), "未達"),
        ("b", "start", moment("2026-05-01 18:30"), "達成"),
    ]
    assert found[1].targets.explanation == (
        "連絡は令和8年5月1日（金）16時30分です。",
        "時計の時間で数えると令和8年5月1日（金）18時30分です（民法139条）。",
        "受付時間だけを数えると令和8年5月7日（木）9時45分です。",
        "採った読み方は「時計の時間で数える」です。",
    )
