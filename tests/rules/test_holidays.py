"""Holidays of the law, against a second library, and which of them are not certain yet."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import jpholiday
import pytest

from generator.rules.holidays import LAST_ANNOUNCED_YEAR, holidays_of, unannounced

from .builders import day


@pytest.mark.parametrize("year", range(2019, 2051))
def test_two_libraries_agree_on_every_holiday(year: int) -> None:
    """The library in use and `jpholiday` name the same days."""
    other = {one.date() if isinstance(one, dt.datetime) else one for one, _ in jpholiday.year_holidays(year)}
    assert set(holidays_of(year)) == other


@pytest.mark.parametrize(
    ("date", "name"),
    [
        pytest.param("2026-05-06", "振替休日", id="祝日法3条2項 憲法記念日が日曜日"),
        pytest.param("2026-09-22", "国民の休日", id="祝日法3条3項 敬老の日と秋分の日の間"),
        pytest.param("2027-03-22", "振替休日", id="祝日法3条2項 春分の日が日曜日"),
        pytest.param("2019-05-01", None, id="即位の日 平成30年法律99号"),
        pytest.param("2026-03-20", "春分の日", id="祝日法2条 春分日"),
    ],
)
def test_holiday_has_its_japanese_name(date: str, name: str | None) -> None:
    """Names are those of the law, in Japanese."""
    found = holidays_of(day(date).year)[day(date)]
    assert name in (None, found)
    assert found.isascii() is False


@pytest.mark.parametrize(
    ("year", "dates"),
    [
        pytest.param(LAST_ANNOUNCED_YEAR, [], id="暦要項で公告済みの年"),
        pytest.param(2028, ["2028-03-20", "2028-09-22"], id="春分の日と秋分の日"),
        pytest.param(2029, ["2029-03-20", "2029-09-23", "2029-09-24"], id="秋分の日の振替休日 祝日法3条2項"),
        pytest.param(2032, ["2032-03-20", "2032-09-21", "2032-09-22"], id="秋分の日に接する国民の休日 祝日法3条3項"),
    ],
)
def test_holidays_resting_on_an_unannounced_equinox(year: int, dates: list[str]) -> None:
    """Only the equinoxes and what follows from them are uncertain, and only from the first unannounced year."""
    assert sorted(unannounced(year)) == [day(date) for date in dates]


def test_the_library_is_loaded_on_first_use_only() -> None:
    """Starting up costs nothing of it."""
    code = "import sys; import generator.rules.check; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
