"""着手2時間以内, by both clocks."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.model import Hours, ServiceLevel
from generator.rules.opendays import OpenDays
from generator.rules.serviceclock import targets

from .builders import city_days
from .test_opendays import EVERY_DAY

RECEPTION = Hours(start="8:40", end="17:25")
START = ServiceLevel(
    id="start", title="復旧作業の着手", target="連絡時から2時間以内", within_hours=2, clock="clock", hours=RECEPTION
)


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
        pytest.param("2026-04-28 00:00", "2026-04-28 10:40", "2026-04-28 10:40", id="午前零時"),
        pytest.param("2026-04-27 23:59", "2026-04-28 10:40", "2026-04-28 10:40", id="日の変わる一分前"),
        pytest.param("2026-04-28 08:40", "2026-04-28 10:40", "2026-04-28 10:40", id="受付の始まりちょうど"),
        pytest.param("2026-05-03 12:00", "2026-05-07 10:40", "2026-05-07 10:40", id="閉庁日"),
        pytest.param("2026-12-28 17:00", "2026-12-28 19:00", "2027-01-04 10:15", id="年末年始をまたぐ"),
    ],
)
def test_both_readings(contacted: str, clock: str, service: str) -> None:
    """Clock hours are taken; outside reception hours both count from the next opening."""
    found = targets(moment(contacted), START, city_days())
    assert (found.clock, found.service) == (moment(clock), moment(service))
    assert found.target == found.clock


def test_hours_longer_than_a_day_of_service() -> None:
    """Twenty service hours from Tuesday 16:25: 1:00, then 8:45, 8:45 and 1:30."""
    level = ServiceLevel(id="x", title="x", target="x", within_hours=20, clock="service", hours=RECEPTION)
    found = targets(moment("2026-04-21 16:25"), level, city_days())
    assert found.service == moment("2026-04-24 10:10")
    assert found.target == found.service


def test_without_reception_hours_every_hour_counts() -> None:
    """Around the clock, over midnight and on closed days."""
    level = ServiceLevel(id="x", title="x", target="x", within_hours=2)
    found = targets(moment("2026-05-03 23:00"), level, city_days(), "発見")
    assert found.target == moment("2026-05-04 01:00")
    assert found.explanation == (
        "発見は令和8年5月3日（日）23時00分です。",
        "受付時間の定めがないので、昼夜も休日も数えると令和8年5月4日（月）1時00分です（民法139条）。",
    )


@pytest.mark.parametrize(
    ("contacted", "target"), [("2026-05-03 23:00", "2026-05-04 01:00"), ("2026-05-04 00:00", "2026-05-04 02:00")]
)
@pytest.mark.parametrize("clock", ["clock", "service"])
def test_reception_of_a_whole_day(contacted: str, target: str, clock: str) -> None:
    """0:00 to 24:00 on every day is around the clock, by either reading."""
    hours = Hours(start="0:00", end="24:00", open_days_only=False)
    level = ServiceLevel(id="x", title="x", target="x", within_hours=2, hours=hours, clock=clock)
    assert targets(moment(contacted), level, city_days()).target == moment(target)


def test_reception_on_closed_days_too() -> None:
    """`open_days_only: false`."""
    hours = Hours(start="8:40", end="17:25", open_days_only=False)
    level = ServiceLevel(id="x", title="x", target="x", within_hours=2, hours=hours)
    assert targets(moment("2026-05-02 18:00"), level, city_days()).target == moment("2026-05-03 10:40")


@pytest.mark.parametrize("hours", [RECEPTION, Hours(start="9:00", end="9:00")])
def test_no_service_time_gives_up(hours: Hours) -> None:
    """A calendar that never opens, or a reception of no minutes, is no endless loop."""
    days = OpenDays(EVERY_DAY) if hours is RECEPTION else city_days()
    level = ServiceLevel(id="x", title="x", target="x", within_hours=2, hours=hours)
    assert targets(moment("2026-04-28 09:00"), level, days).target == moment("2026-04-28 11:00")


def test_each_step_is_told() -> None:
    """The contact, the next opening where there is one, both readings, and the one taken."""
    inside = targets(moment("2026-05-01 16:30"), START, city_days()).explanation
    assert inside == (
        "連絡は令和8年5月1日（金）16時30分です。",
        "時計の時間で数えると令和8年5月1日（金）18時30分です（民法139条）。",
        "受付時間だけを数えると令和8年5月7日（木）9時45分です。",
        "採った読み方は「時計の時間で数える」です。",
    )
    outside = targets(moment("2026-05-01 17:30"), START, city_days()).explanation
    assert outside[1] == "受付時間の外なので、次の受付の始まり令和8年5月7日（木）8時40分から数えます。"
