"""Which words of a rule apply: its own, the last period's, another reading's, none."""

from __future__ import annotations

import pytest

from .builders import day, dues, entry, items, rule

REPORT = {"each": "month", "within": "10 days of period.end", "last": {"of": "fiscal_year", "on": "period.end"}}


def test_the_month_that_ends_the_fiscal_year_is_different() -> None:
    """毎月末から10日以内、ただし各年度の最終月分は当該月の最終日."""
    found = dues(rule(**REPORT), end="2028-03-31")
    assert found[10:13] == ["2027-03-10", "2027-03-31", "2027-05-10"]
    assert found[-1] == "2028-03-31"
    assert len(found) == 24


def test_the_last_month_of_a_contract_is_not_the_last_of_the_year() -> None:
    """A contract that ends in September has no 31 March there, and the explanation says so."""
    last = items(rule(**REPORT), end="2026-09-30")[-1]
    assert last.due == day("2026-10-10")
    assert any("年度の最終の期間（3月31日を含む期間）ではない" in step for step in last.explanation)
    assert last.flags == ("閉庁日", "契約終了後")


def test_the_last_period_of_the_contract() -> None:
    """`of: contract` is the period in which the contract ends, whenever that is."""
    found = items(
        rule(each="month", on="middle of next month", last={"of": "contract", "on": "contract.end"}), end="2026-09-15"
    )
    assert [i.due for i in found[-2:]] == [day("2026-09-15"), day("2026-09-20")]
    assert "令和8年9月は契約の最終の期間なので、最終の期間の特例によります。" in found[-2].explanation


def test_the_last_period_may_have_a_limit_of_its_own() -> None:
    """`within` in `last` is counted like any other."""
    found = dues(
        rule(each="quarter", on="15 of next month", last={"of": "fiscal_year", "within": "5 days before period.end"})
    )
    assert "2027-03-26" in found
    assert "2027-04-15" not in found


def test_a_week_that_holds_31_march_ends_the_year() -> None:
    """The week of 31 March, wherever it ends."""
    found = items(rule(each="week", on="period.end", last={"of": "fiscal_year", "on": "03-31"}), end="2027-04-30")
    assert [i.due for i in found if i.period and i.period.start == day("2027-03-29")] == [day("2027-03-31")]


def test_both_readings_are_shown() -> None:
    """The reading taken first, with its reason; the other with its own date."""
    others = [
        {"reading": "初日を算入する", "first_day": "counted"},
        {"reading": "15日とする", "on": "15 of next month"},
    ]
    found = items(rule(each="month", within="10 days of period.end", reading="10日とする", others=others))
    assert [(r.due, r.reading, r.taken) for r in found[0].readings] == [
        (day("2026-05-10"), "10日とする", True),
        (day("2026-05-09"), "初日を算入する", False),
        (day("2026-05-15"), "15日とする", False),
    ]


def test_readings_are_rolled_like_the_date() -> None:
    """What the rule says of closed days holds for every reading of it."""
    others = [{"reading": "17日とする", "on": "17 of next month"}]
    found = items(rule(each="month", on="10 of next month", roll="next_open", reading="10日", others=others))
    assert [r.due for r in found[0].readings] == [day("2026-05-11"), day("2026-05-18")]


def test_a_special_period_has_no_other_reading() -> None:
    """The exception is printed without a second reading."""
    others = [{"reading": "初日を算入する", "first_day": "counted"}]
    found = items(rule(**REPORT, reading="10日", others=others), end="2027-03-31")
    assert found[-1].readings == ()
    assert len(found[0].readings) == 2


@pytest.mark.parametrize("words", ["直ちに", "速やかに", "遅滞なく", "あらかじめ", "事前に", "協議の上決定"])
def test_undated_duties_stay_visible(words: str) -> None:
    """They have no date, keep their words, and say what the words mean."""
    found = items(rule(undated=words))
    assert [(i.due, i.phrase, i.state) for i in found] == [(None, words, "予定")]
    assert any(f"「{words}」は日付に換算できない期限" in step for step in found[0].explanation)


def test_an_undated_duty_arises_for_each_record() -> None:
    """With the vendor's own target as a flag, never as the date."""
    incident = entry("incidents", "i", contacted="2026-04-28 16:30", restored="2026-04-30 18:00")
    duty = rule(event="incidents", undated="速やかに", target="3 open days of event.restored")
    found = items(duty, entries=[incident])
    assert [(i.due, str(i.event), i.flags) for i in found] == [(None, "incidents/i", ("目標日 令和8年5月8日",))]
    assert any("受注者自身の目標日は令和8年5月8日（金）です（期限ではありません）。" in s for s in found[0].explanation)
    waiting = items(duty, entries=[entry("incidents", "i", contacted="2026-04-28 16:30")])
    assert waiting[0].flags == ()
    assert any("受注者自身の目標日は、復旧日時の記録を待っています。" in s for s in waiting[0].explanation)


def test_a_contract_that_is_not_signed_waits() -> None:
    """The item has no date and says that it waits for the signing."""
    found = items(rule(within="7 days of contract.signed"), signed=None)
    assert [(i.due, i.state, i.flags) for i in found] == [(None, "予定", ("記録待ち",))]
    assert "契約の締結を待っています。契約締結日が記録されると期日を計算します。" in found[0].explanation


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({}, id="期日なし"),
        pytest.param({"on": "period.end"}, id="期間のない起点"),
        pytest.param({"within": "3 days of event.restored"}, id="事象のない起点"),
        pytest.param({"on": "いつか"}, id="読めない期日"),
        pytest.param(
            {"each": "month", "last": {"of": "fiscal_year"}, "on": "period.end", "months": [3]}, id="期日のない特例"
        ),
    ],
)
def test_a_rule_that_cannot_be_read_stays_visible(bad: dict[str, object]) -> None:
    """No date is invented and nothing is dropped."""
    found = items(rule(**bad))
    assert found
    assert all(i.due is None and i.flags == ("規則の誤り",) for i in found)
    assert any("日付を計算できません" in step for step in found[0].explanation)


def test_the_end_of_the_calendar_is_no_crash() -> None:
    """A record in the year 9999 makes a visible item."""
    last = entry("changes", "c", changed="9999-12-31")
    assert items(rule(event="changes", within="2 weeks of event.changed"), entries=[last])[0].flags == ("規則の誤り",)
    assert items(rule(event="changes", on="15 of next month"), entries=[last])[0].flags == ("規則の誤り",)


def test_the_rules_roll_does_not_move_the_last_period() -> None:
    """The exception has a roll of its own, where one is printed."""
    tenth = {"each": "month", "on": "10 of next month", "roll": "next_open"}
    stays = items(rule(**tenth, last={"of": "fiscal_year", "on": "03-31"}))[-1]
    assert (stays.due, stays.flags) == (day("2029-03-31"), ("閉庁日", "年度末をまたぐ閉庁日"))
    moves = items(rule(**tenth, last={"of": "fiscal_year", "on": "03-31", "roll": "previous_open"}))[-1]
    assert (moves.due, moves.flags) == (day("2029-03-30"), ("繰上げ済み",))
    assert dues(rule(**tenth, last={"of": "fiscal_year", "on": "03-31"}))[0] == "2026-05-11"


def test_readings_that_agree_are_not_shown() -> None:
    """Signed before the period begins, both readings leave the first day out."""
    others = [{"reading": "初日を算入しない", "first_day": "not_counted"}]
    keys = {"within": "7 days of contract.signed", "first_day": "at_midnight", "reading": "算入", "others": others}
    assert [r.due for r in items(rule(**keys))[0].readings] == [day("2026-04-07"), day("2026-04-08")]
    assert items(rule(**keys), signed="2026-03-25")[0].readings == ()
    assert len(items(rule(**keys), signed=None)[0].readings) == 2


def test_no_words_are_put_into_the_specifications_mouth() -> None:
    """期限の定めなし is ours, and no phrase of the document."""
    found = items(rule(undated="期限の定めなし"))[0]
    assert found.phrase == ""
    assert found.explanation == ("根拠: 納品物件一覧表のNo.1「文書1」", "仕様書に期限の定めがありません。")


def test_a_closed_first_day_is_not_counted_among_open_days() -> None:
    """Though the rule counts the first day."""
    change = entry("changes", "c", changed="2026-05-02")
    found = items(rule(event="changes", within="2 open days of event.changed", first_day="counted"), entries=[change])[
        0
    ]
    assert found.due == day("2026-05-08")
    assert any("初日の令和8年5月2日（土）は閉庁日なので、開庁日には数えません。" in step for step in found.explanation)
    assert not any("算入します（" in step for step in found.explanation)


@pytest.mark.parametrize(
    ("end", "within", "expected"),
    [
        pytest.param("2029-02-28", "3 months before contract.end", ["2028-11-28", "2028-11-30"], id="2月末の3か月前"),
        pytest.param("2026-09-30", "1 month before contract.end", ["2026-08-30", "2026-08-31"], id="9月末の1か月前"),
        pytest.param("2029-02-28", "1 year before contract.end", ["2028-02-28", "2028-02-29"], id="1年前"),
        pytest.param("2029-03-31", "2 months before contract.end", [], id="どちらから数えても同じ日"),
        pytest.param("2029-02-27", "3 months before contract.end", [], id="月の途中"),
        pytest.param("2029-02-28", "90 days before contract.end", [], id="日は暦の月によらない"),
        pytest.param("2029-02-28", "3 months before 2029-02-28", [], id="期間の終わりでない日"),
    ],
)
def test_months_back_from_the_end_of_a_month(end: str, within: str, expected: list[str]) -> None:
    """民法141条・143条: a period that ends with a month ends at the next day's 0:00 too, and both ways are shown."""
    found = items(rule(within=within), end=end)[0]
    assert [(r.due, r.taken) for r in found.readings] == [(day(one), one == expected[0]) for one in expected]
    assert not expected or found.due == day(expected[0])


@pytest.mark.parametrize(
    ("keys", "entries", "expected"),
    [
        pytest.param(
            {"event": "meetings", "within": "3 open days of event.held"},
            [entry("meetings", "m", held="2026-09-18")],
            ["2026-09-21"],
            id="3開館日以内",
        ),
        pytest.param(
            {"event": "meetings", "within": "1 open day of event.held"},
            [entry("meetings", "m", held="2026-04-04")],
            ["2026-04-05"],
            id="翌開館日",
        ),
        pytest.param(
            {
                "each": "week",
                "on": "monday of this week",
                "roll": "next_open",
                "start": "2026-11-16",
                "end": "2026-11-22",
            },
            [],
            ["2026-11-17"],
            id="月曜日（休館日は翌開館日）",
        ),
        pytest.param(
            {
                "each": "week",
                "on": "monday of this week",
                "roll": "next_open",
                "start": "2026-09-21",
                "end": "2026-09-27",
            },
            [],
            ["2026-09-21"],
            id="休日の月曜日は開館",
        ),
        pytest.param(
            {"each": "month", "months": [4], "on": "1st open day of this month"},
            [],
            ["2026-04-01", "2027-04-01", "2028-04-01"],
            id="第1開館日",
        ),
    ],
)
def test_open_days_of_another_calendar(keys: dict[str, object], entries: list[object], expected: list[str]) -> None:
    """Counting, rolling and naming go by the calendar the rule names, and say so."""
    found = items(rule(**keys, calendar="library"), entries=entries)
    assert [item.due for item in found] == [day(one) for one in expected]
    assert not any("庁日" in step for item in found for step in item.explanation)


def test_two_calendars_in_one_contract() -> None:
    """翌開庁日 and 翌開館日 of the same Saturday."""
    meeting = [entry("meetings", "m", held="2026-04-04")]
    own, library = (
        {"event": "meetings", "within": "1 open day of event.held", **key} for key in ({}, {"calendar": "library"})
    )
    assert dues(rule(**own), rule(**library), entries=meeting) == ["2026-04-05", "2026-04-06"]


def test_a_time_of_the_day() -> None:
    """正午まで: beside the date, in the reasons, and in the form that hours have."""
    noon = rule(event="meetings", within="1 open day of event.held", time="9:30")
    found = items(noon, entries=[entry("meetings", "m", held="2026-04-01"), entry("meetings", "n")])
    assert [(item.due, item.due_time) for item in found] == [(day("2026-04-02"), "09:30"), (None, None)]
    assert "期日の9:30までと定められています。" in found[0].explanation
