"""Words that are nearly right get the right form in the hint."""

from __future__ import annotations

import pytest

from generator.rules import points
from generator.rules.words import UNREADABLE_POINT, BadWords


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("second monday of this month", "2nd monday of this month"),
        ("First Monday of next month", "1st monday of next month"),
        ("2 monday of this month", "2nd monday of this month"),
        ("fifth open day of next month", "5th open day of next month"),
        ("5 open days", "5th open day of this month"),
        ("令和9年6月末", "end of 令和9年6月"),
        ("令和9年6月の上旬まで", "early of 令和9年6月"),
        ("10月末", "end of month 10"),
        ("3月31日", "03-31"),
        ("月末", "end of this month"),
        ("翌月末日", "end of next month"),
        ("翌月15日まで", "15 of next month"),
        ("翌々月10日", "10 of month after next"),
        ("毎月第2月曜日", "2nd monday of this month"),
        ("毎月第1開庁日", "1st open day of this month"),
        ("毎月５開庁日まで", "5th open day of this month"),
        ("翌月第3営業日", "3rd open day of next month"),
    ],
)
def test_the_hint_is_a_form_that_can_be_read(text: str, meant: str) -> None:
    """What the hint says can be written as it stands."""
    with pytest.raises(BadWords) as caught:
        points.parse(text)
    assert (caught.value.code, caught.value.hint) == (UNREADABLE_POINT, f"もしかして: {meant}")
    points.parse(meant)
