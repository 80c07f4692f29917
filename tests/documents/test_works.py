"""作業の実績: what counts as work, told once."""

from __future__ import annotations

from generator.documents.works import works
from generator.model import Task
from tests.documents.recorded import APRIL, MAY, YEAR, at, contract, entry, on, register


def test_record_of_work() -> None:
    """A record of work gives the columns a report has: when, who by name, what, and the rest."""
    record = entry(
        "work",
        title="点検",
        start=at(4, 28, 13),
        end=at(4, 28, 15, 30),
        people=["p1", "p2"],
        content="点検した。",
        remarks="なし",
    )
    (work,) = works(contract(record), APRIL)
    assert (work.start, work.end, work.minutes) == (at(4, 28, 13), at(4, 28, 15, 30), 150)
    assert (work.people, work.title) == (("見本 太郎", "例示 花子"), "点検")
    assert (work.content, work.remarks, work.kind_title) == ("点検した。", "なし", "")


def test_any_record_with_start_end_and_people_is_work() -> None:
    """Inspections, patches and meetings are work where they say when and who, and only there."""
    times = {"start": at(4, 10), "end": at(4, 10, 10)}
    found = works(
        contract(
            entry("inspections", title="点検", inspected=on(4, 10), people=["p1"], findings="余裕がある。", **times),
            entry("patches", title="更新", decided=on(4, 9), product="OS", result="適用した。", people=["p1"], **times),
            entry(
                "meetings", title="打合せ", held=on(4, 10), attendees={"vendor": ["p2"]}, content="話した。", **times
            ),
            entry("inspections", "2026-002", title="人のない点検", inspected=on(4, 10), **times),
            entry("changes", title="時刻のない変更", changed=on(4, 10), people=["p1"]),
            entry("trainings", title="教育", held=on(4, 10), attendees=["p1"]),
        ),
        APRIL,
    )
    assert [(w.kind_title, w.title) for w in found] == [("点検", "点検"), ("会議", "打合せ"), ("パッチの適用", "更新")]
    assert [w.content for w in found] == ["余裕がある。", "話した。", "対象製品　OS\n適用した。"]
    assert found[1].people == ("例示 花子",)


def test_sentences_of_a_list_stand_on_lines_of_their_own() -> None:
    """The decisions of a meeting are told one by one."""
    decisions = ["媒体を改める。", "期限を決める。"]
    times = {"start": at(4, 10), "end": at(4, 10, 10), "attendees": {"vendor": ["p1"]}}
    (work,) = works(contract(entry("meetings", title="打合せ", held=on(4, 10), decisions=decisions, **times)), APRIL)
    assert work.remarks == "決定事項　媒体を改める。\n期限を決める。"


def test_recovery_of_an_incident() -> None:
    """An incident is work from its start to the restoration, unless a record of work in that time names it."""
    incident = entry(
        "incidents",
        title="送信できない",
        contacted=at(4, 28, 16),
        started=at(4, 28, 17),
        restored=at(4, 28, 18),
        people=["p1"],
        actions="直した。",
    )
    (work,) = works(contract(incident), APRIL)
    assert (work.kind_title, work.title, work.content, work.minutes) == ("障害復旧作業", "送信できない", "直した。", 60)
    told = entry("work", title="復旧", start=at(4, 28, 17), end=at(4, 28, 19), people=["p1"], incident="2026-001")
    assert [w.title for w in works(contract(incident, told), YEAR)] == ["復旧"]


def test_change_that_work_names_is_told_once() -> None:
    """A change with times of its own is not told again where a record of work names it."""
    times = {"start": at(4, 10), "end": at(4, 10, 12), "people": ["p1"]}
    change = entry("changes", title="設定の変更", changed=on(4, 10), **times)
    assert [w.title for w in works(contract(change), APRIL)] == ["設定の変更"]
    told = entry("work", title="変更作業", change="2026-001", **times)
    assert [w.title for w in works(contract(change, told), APRIL)] == ["変更作業"]


def test_recovery_that_goes_on() -> None:
    """While an incident is not restored its work has no end; before it has started there is no work."""
    contacted = {"title": "遅い", "contacted": at(4, 28, 16)}
    assert works(contract(entry("incidents", **contacted)), APRIL) == ()
    (work,) = works(contract(entry("incidents", started=at(4, 28, 17), **contacted)), APRIL)
    assert (work.end, work.going_on, work.minutes, work.people) == (None, True, None, ())


def test_recovery_seen_from_a_day_before_its_end() -> None:
    """A report of an earlier day does not know when the work will be over."""
    there = contract(entry("incidents", contacted=at(4, 28), started=at(4, 28, 17), restored=at(5, 20, 10)))
    (before,), (after,) = works(there, APRIL, on(5, 19)), works(there, APRIL, on(5, 20))
    assert [(work.end, work.going_on) for work in (before, after)] == [(None, True), (at(5, 20, 10), False)]


def test_hours_of_a_recovery_over_several_days_are_not_known() -> None:
    """Between a start and a restoration days later nobody worked all the time."""
    (work,) = works(
        contract(entry("incidents", contacted=at(4, 28), started=at(4, 28, 17), restored=at(4, 30, 10))), APRIL
    )
    assert (work.minutes, work.going_on) == (None, False)


def test_rows_of_the_daily_register() -> None:
    """A row is the work of one person on a day: named by its task, without times."""
    rows = (
        {"date": on(4, 1), "person": "p1", "task": "review", "content": "審査", "count": 12, "minutes": 90},
        {"date": on(5, 1), "person": "p2", "content": "片付け"},
    )
    there = contract(register("daily", *rows), tasks=[Task(id="review", title="内容審査")])
    (work,) = works(there, APRIL)
    assert (work.day, work.timed, work.end) == (on(4, 1), False, None)
    assert (work.title, work.content, work.count, work.minutes) == ("内容審査", "審査", 12, 90)
    (other,) = works(there, MAY)
    assert (other.title, other.people, other.minutes) == ("日々の作業", ("例示 花子",), None)


def test_work_belongs_to_the_day_it_begins() -> None:
    """Work over midnight at the end of a month belongs to the month it began in; all of it is in order."""
    late = entry("work", "b", title="夜間", start=at(4, 30, 23), end=at(5, 1, 2), people=["p1"], content="")
    early = entry("work", "a", title="昼間", start=at(4, 30, 10), end=at(4, 30, 11), people=["p1"], content="")
    there = contract(late, early, register("daily", {"date": on(4, 30), "person": "p1", "content": "日"}))
    assert [w.title for w in works(there, APRIL)] == ["日々の作業", "昼間", "夜間"]
    assert works(there, MAY) == ()


def test_work_on_another_day_does_not_hide_the_change_itself() -> None:
    """A check the day after names the change; the hours of the change still count. Work in those hours replaces them."""
    hours = {"start": at(5, 11, 18), "end": at(5, 11, 22), "people": ["p1"]}
    change = entry("changes", "c1", title="更新", changed=on(5, 11), **hours)
    named = {"title": "確認", "people": ["p1"], "content": "見た。", "change": "c1"}
    later = entry("work", "w1", **named, start=at(5, 12, 9), end=at(5, 12, 10))
    within = entry("work", "w1", **{**named, **hours})
    assert [work.kind for work in works(contract(change, later), MAY)] == ["changes", "work"]
    assert [work.kind for work in works(contract(change, within), MAY)] == ["work"]
