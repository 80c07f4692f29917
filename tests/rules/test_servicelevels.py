"""Records held against the service levels that set a time: what is measured, for which records, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from generator.model import Entry, Hours, ServiceLevel
from generator.rules import servicelevels
from generator.rules.measures import MEASURES, NOT_RECORDED, how

from .builders import contract, day, entry
from .test_serviceclock import RECEPTION, START, moment


def level(name: str = "x", **keys: Any) -> ServiceLevel:
    """A service level of two hours round the clock."""
    return ServiceLevel(**{"id": name, "title": "水準", "target": "2時間以内", "within_hours": 2, **keys})


def inquiry(**values: Any) -> Entry:
    """A register of inquiries with one row."""
    row = {"id": "q1", **{key: moment(v) if v[:2] == "20" else v for key, v in values.items()}}
    return Entry(kind="inquiries", id="2026-04", values={"items": [row]})


def held(levels: Sequence[ServiceLevel], *entries: Entry, as_of: str = "2026-06-01") -> list[tuple[str, ...]]:
    """Each result in words: record, level, target, state."""
    found = servicelevels.service_results(contract(service_levels=levels, entries=entries), day(as_of))
    return [(one.record, one.level, f"{one.targets.target:%m-%d %H:%M}", one.said) for one in found]


def lacking(levels: Sequence[ServiceLevel], *entries: Entry) -> list[tuple[str, str]]:
    """The records that cannot be judged, and why."""
    return [
        (one.record.id, one.why) for one in servicelevels.undecided(contract(service_levels=levels, entries=entries))
    ]


@pytest.mark.parametrize(
    ("started", "as_of", "state"),
    [
        pytest.param("2026-04-28 18:30", "2026-04-28", "達成", id="ちょうど"),
        pytest.param("2026-04-28 18:31", "2026-04-28", "未達", id="一分の遅れ"),
        pytest.param(None, "2026-04-28", "待ち", id="その日のうち"),
        pytest.param(None, "2026-04-29", "未達", id="翌日になっても着手がない"),
    ],
)
def test_met_or_missed(started: str | None, as_of: str, state: str) -> None:
    """Held against the reading taken."""
    target = moment("2026-04-28 18:30")
    assert servicelevels.judged(target, moment(started) if started else None, day(as_of)) == state


TIMES = {
    "occurred": "2026-04-28 08:00",
    "detected": "2026-04-28 08:30",
    "contacted": "2026-04-28 09:00",
    "notified": "2026-04-28 10:31",
    "started": "2026-04-28 09:30",
    "restored": "2026-04-30 09:00",
}


@pytest.mark.parametrize(
    ("measures", "values", "expected"),
    [
        pytest.param(None, {}, ("04-28 11:00", "達成"), id="書かなければ着手"),
        pytest.param("start", {"started": "2026-04-28 11:01"}, ("04-28 11:00", "未達"), id="着手"),
        pytest.param("restore", {}, ("04-28 11:00", "未達"), id="着手しても復旧しなければ未達"),
        pytest.param("restore", {"restored": "2026-04-28 11:00"}, ("04-28 11:00", "達成"), id="復旧"),
        pytest.param("notify", {}, ("04-28 10:30", "未達"), id="発見から連絡"),
        pytest.param("notify", {"detected": None}, ("04-28 10:00", "未達"), id="発見がなければ発生から"),
    ],
)
def test_what_is_measured_of_an_incident(measures: str | None, values: Any, expected: tuple[str, str]) -> None:
    """Each measure has its own beginning and end; a recovery is never certified by the start of work."""
    times = {key: value for key, value in {**TIMES, **values}.items() if value}
    assert held([level(measures=measures)], entry("incidents", "a", **times)) == [("a", "x", *expected)]


@pytest.mark.parametrize(
    ("measures", "waiting"), [("start", "着手待ち"), ("restore", "復旧待ち"), ("accident", "第一報待ち")]
)
def test_what_is_waited_for(measures: str, waiting: str) -> None:
    """While the time runs, in the words of the measure."""
    there = [
        entry(kind, "a", contacted="2026-04-28 09:00", occurred="2026-04-28 09:00")
        for kind in ("incidents", "accidents")
    ]
    assert held([level(measures=measures)], *there, as_of="2026-04-28") == [("a", "x", "04-28 11:00", waiting)]


@pytest.mark.parametrize(
    ("measures", "row", "state"),
    [
        pytest.param("answer", {"answered": "2026-05-07 09:10"}, "達成", id="時間外の受付は次の受付から"),
        pytest.param("answer", {"answered": "2026-05-07 09:11"}, "未達", id="一分の遅れ"),
        pytest.param(
            "answer",
            {"responded": "2026-05-07 08:45", "answered": "2026-05-08 09:00"},
            "未達",
            id="一次回答は回答でない",
        ),
        pytest.param(
            "first-answer", {"responded": "2026-05-07 08:45", "answered": "2026-05-08 09:00"}, "達成", id="一次回答"
        ),
        pytest.param("first-answer", {"answered": "2026-05-07 09:00"}, "達成", id="回答が一次回答を兼ねる"),
    ],
)
def test_minutes_of_an_inquiry(measures: str, row: Any, state: str) -> None:
    """30 minutes of service time after a call on the evening before five closed days."""
    asked = level(measures=measures, within_hours=None, within_minutes=30, hours=RECEPTION)
    assert held([asked], inquiry(received="2026-05-01 17:30", **row)) == [("q1", "x", "05-07 09:10", state)]


def test_hours_and_minutes_add_up() -> None:
    """One hour and thirty minutes."""
    assert (
        held([level(within_hours=1, within_minutes=30)], entry("incidents", "a", contacted="2026-04-28 23:00"))[0][2]
        == "04-29 00:30"
    )


def test_a_level_has_only_its_own_hours() -> None:
    """Without hours every hour of every day counts, whatever hours other levels have."""
    levels = [
        level("reception", within_hours=None, hours=RECEPTION),
        level("restore", measures="restore", within_hours=8),
    ]
    assert held(levels, entry("incidents", "a", contacted="2026-11-14 10:00"))[0][2] == "11-14 18:00"
    always = Hours(start="0:00", end="24:00", open_days_only=False)
    said = level(measures="restore", within_hours=8, hours=always)
    assert held([said], entry("incidents", "a", contacted="2026-11-14 22:00"))[0][2] == "11-15 06:00"


@pytest.mark.parametrize(
    ("values", "results", "doubts"),
    [
        ({"severity": "critical"}, 1, []),
        ({"severity": "minor"}, 0, []),
        ({}, 0, [("a", "重大度の記載なし")]),
    ],
)
def test_only_what_the_level_is_for(values: dict[str, str], results: int, doubts: list[tuple[str, str]]) -> None:
    """`where` leaves out what it is not for; what does not say whether it is, is neither kept nor missed."""
    asked, there = level(where={"severity": ["critical"]}), entry("incidents", "a", **TIMES, **values)
    assert (len(held([asked], there)), lacking([asked], there)) == (results, doubts)


def test_a_mark_that_is_not_set_says_no() -> None:
    """`hardware` is written where it is true."""
    asked, there = level(where={"hardware": ["false"]}), entry("incidents", "a", **TIMES)
    assert (len(held([asked], there)), lacking([asked], there)) == (1, [])


@pytest.mark.parametrize(
    ("measures", "there", "why"),
    [
        pytest.param(
            "answer", inquiry(received="2026-04-28 09:00", answer="案内した"), "回答日時の記載なし", id="いつ答えたか"
        ),
        pytest.param(
            "notify", entry("incidents", "q1", contacted="2026-04-28 09:00"), "発見日時の記載なし", id="いつ見つけたか"
        ),
        pytest.param(
            "notify",
            entry("incidents", "q1", occurred="2026-04-28 09:00"),
            "発注者への連絡日時の記載なし",
            id="知らせる要があったか",
        ),
    ],
)
def test_what_is_not_recorded_is_not_judged(measures: str, there: Entry, why: str) -> None:
    """No 未達 is made of a moment that nobody wrote down."""
    assert (held([level(measures=measures)], there), lacking([level(measures=measures)], there)) == ([], [("q1", why)])


def test_an_inquiry_that_nobody_answered_is_missed() -> None:
    """Neither an answer nor its moment."""
    assert held([level(measures="answer")], inquiry(received="2026-04-28 09:00"))[0][3] == "未達"


def test_nothing_before_it_is_asked() -> None:
    """`start`: the weeks in which the service is prepared do not count."""
    there = [entry("incidents", name, contacted=f"2026-{name} 10:00") for name in ("04-30", "05-01")]
    assert [one[0] for one in held([level(start=day("2026-05-01"))], *there)] == ["05-01"]


@pytest.mark.parametrize(
    ("title", "keys", "said"),
    [
        ("復旧作業の着手", {}, "障害の記録（連絡から着手まで）"),
        ("障害への対応", {}, "障害の記録（連絡から着手まで）"),
        ("重大な障害の復旧", {}, NOT_RECORDED),
        ("重大な障害の復旧", {"measures": "restore"}, "障害の記録（連絡から復旧まで）"),
        ("一次回答", {"measures": "first-answer"}, "問い合わせの記録（受付から一次回答まで）"),
        ("稼働率", {"within_hours": None, "at_least": "99.5"}, "月ごとの測定値"),
        ("稼働率", {"within_hours": None, "at_least": "高い"}, NOT_RECORDED),
        ("稼働率", {"within_hours": None}, NOT_RECORDED),
        ("受付時間", {"within_hours": None, "hours": RECEPTION}, ""),
    ],
)
def test_how_a_level_is_judged(title: str, keys: Any, said: str) -> None:
    """A level of which it is not clear what it measures is not judged at all."""
    assert how(level(title=title, **keys)) == said


def test_results_of_a_contract() -> None:
    """Every incident against every level that sets a time, in the order of contact; a day is no moment."""
    found = servicelevels.service_results(
        contract(
            service_levels=[ServiceLevel(id="reception", title="受付", target="8:40から17:25", hours=RECEPTION), START],
            entries=[
                entry("incidents", "b", contacted="2026-05-01 16:30", started="2026-05-01 18:00"),
                entry("incidents", "a", contacted="2026-04-28 16:30"),
                entry("incidents", "c", contacted="2026-04-28"),
            ],
        ),
        day("2026-05-01"),
    )
    assert [(r.incident, r.level, r.targets.target, r.state) for r in found] == [
        ("a", "start", moment("2026-04-28 18:30"), "未達"),
        ("b", "start", moment("2026-05-01 18:30"), "達成"),
    ]
    assert [(one.contacted, one.started) for one in found][1] == (
        moment("2026-05-01 16:30"),
        moment("2026-05-01 18:00"),
    )


def test_a_restoration_is_not_told_as_a_start() -> None:
    """Templates that print when work began print nothing where something else is measured."""
    (found,) = servicelevels.service_results(
        contract(service_levels=[level(measures="restore")], entries=[entry("incidents", "a", **TIMES)]),
        day("2026-06-01"),
    )
    assert (found.started, found.done, found.measure) == (None, moment("2026-04-30 09:00"), MEASURES["restore"])
