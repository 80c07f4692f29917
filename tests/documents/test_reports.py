"""The computed reports, as they are rendered from a project's records."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

from tests.support import CONTRACT, WHOLE, Project, documents, whole_project

DELIVERABLES = """\
deliverables:
  - no: '1'
    title: {title}
    contents: {contents}
    due:
      - {due}
"""
MONTHLY = "{each: month, within: 10 days of period.end}"
HALF = "{each: half_year, on: period.end}"
AS_OF = "2026-11-20"


def _report(
    project: Callable[..., Project],
    title: str,
    due: str,
    records: dict[str, str],
    contents: str = "[]",
    contract: str = WHOLE[f"{CONTRACT}/contract.yml"],
) -> dict[str, str]:
    """The texts of the documents of a project that asks for one report, by document id."""
    files = {f"{CONTRACT}/records/{name}.yml": text for name, text in records.items()}
    listed = DELIVERABLES.format(title=title, contents=contents, due=due)
    none = {
        f"{CONTRACT}/records/incidents/2026-001.yml": None,
        f"{CONTRACT}/submissions.yml": None,
        f"{CONTRACT}/clauses.yml": None,
        f"{CONTRACT}/contract.yml": contract,
    }
    there = project(whole_project({**none, f"{CONTRACT}/deliverables.yml": listed, **files}))
    return {name.partition("/")[2]: body for name, body in documents(there.root, AS_OF).items()}


def _words(body: str) -> str:
    return re.sub(r"\s+", " ", html.fromstring(body).text_content())


def _headings(body: str) -> list[str]:
    return [heading.text_content() for heading in html.fromstring(body).iter("h2")]


def _rows(body: str) -> list[list[str]]:
    """The cells of all rows of all tables."""
    return [[" ".join(c.text_content().split()) for c in row] for row in html.fromstring(body).iter("tr")]


WORK = """\
title: 定期点検
start: 2026-04-28 13:00
end: 2026-04-28 15:30
people: [p1]
content: "<b>サーバ</b>を点検した。"
remarks: 異状なし
inspection:
  - {target: サーバ, item: 容量, value: 70%, judgement: good}
"""
INCIDENT = "title: 送信できない\ncontacted: 2026-05-11 10:00\nstarted: 2026-05-11 11:00\npeople: [p1]\n"


def test_work_report_has_the_columns_asked_for(project: Callable[..., Project]) -> None:
    """Start, end, name, title, content and remarks; what the vendor wrote is text."""
    report = _report(project, "作業実績報告書", MONTHLY, {"work/1": WORK})["work-report-2026-04"]
    assert _rows(report)[4:6] == [
        ["作業日時（開始）", "作業日時（終了）", "担当者名", "作業名", "作業内容", "特記事項"],
        [
            "令和8年4月28日（火）13時00分",
            "令和8年4月28日（火）15時30分",
            "見本 太郎",
            "定期点検",
            "<b>サーバ</b>を点検した。",
            "異状なし",
        ],
    ]


def test_inspections_only_where_they_are_asked_for(project: Callable[..., Project]) -> None:
    """The results of the regular inspection have a chapter where the deliverable lists it, and only there."""
    title = "使用状況の定期点検結果"
    asked = _report(project, "作業実績報告書", MONTHLY, {"work/1": WORK}, f"[作業名, {title}]")
    assert title in _headings(asked["work-report-2026-04"])
    assert ["サーバ", "容量", "70%", "良"] in _rows(asked["work-report-2026-04"])
    assert "該当なし（使用状況の定期点検の記録がない）。" in _words(asked["work-report-2026-05"])
    other = _report(project, "作業実績報告書", MONTHLY, {"work/1": WORK}, "[作業名]")
    assert title not in _headings(other["work-report-2026-04"])


def test_nothing_done_is_said_of_a_period_that_is_over(project: Callable[..., Project]) -> None:
    """A month without records says 実績なし once it is over; of the month that still runs nothing is claimed."""
    reports = _report(project, "作業実績報告書", MONTHLY, {"work/1": WORK, "incidents/1": INCIDENT})
    said = "実績なし 令和8年6月の期間に障害は発生せず、作業の実績もなかった。"
    assert said in _words(reports["work-report-2026-06"])
    assert "実績なし" not in _words(reports["work-report-2026-04"])
    running = _words(reports["work-report-2026-11"])
    assert "途中経過" in running
    assert "実績なし" not in running
    assert "該当なし" not in running.replace("該当なし（これまでに", "")


def test_a_contract_without_breakdowns_does_not_speak_of_them(project: Callable[..., Project]) -> None:
    """Who has neither a service level nor an incident recorded reports work, and no breakdowns."""
    clerical = WHOLE[f"{CONTRACT}/contract.yml"].partition("service_levels:")[0]
    made = _report(project, "作業実績報告書", MONTHLY, {"work/1": WORK}, contract=clerical)
    report = made["work-report-2026-06"]
    assert "実績なし 令和8年6月の期間に作業の実績はなかった。" in _words(report)
    assert not any("障害" in cell for row in _rows(report) for cell in row)


def test_incident_without_work_is_not_called_nothing(project: Callable[..., Project]) -> None:
    """A month in which an incident was reported and nobody has begun says so."""
    waiting = INCIDENT.replace("started: 2026-05-11 11:00\n", "")
    words = _words(_report(project, "作業実績報告書", MONTHLY, {"incidents/1": waiting})["work-report-2026-05"])
    assert "作業の実績はなかった。障害の状況は下のとおりである。" in words
    assert "障害は発生せず" not in words


def test_incident_still_worked_on(project: Callable[..., Project]) -> None:
    """Work that goes on has no end, and says that nothing is restored."""
    report = _report(project, "作業実績報告書", MONTHLY, {"incidents/1": INCIDENT})["work-report-2026-05"]
    (row,) = [row for row in _rows(report) if "障害復旧作業" in row[3:4] or row[3:4] == ["障害復旧作業送信できない"]]
    assert row[1] == "作業中"
    assert row[5] == "復旧していない。"
    assert "復旧していないもの 1件" in _words(report)


DAILY = "items:\n" + "".join(
    f"  - {{date: 2026-{day}, person: p1, content: {content}, count: {count}, minutes: {minutes}, task: inspection}}\n"
    for day, content, count, minutes in (
        ("04-01", "審査", 5, 60),
        ("04-01", "入力", 7, 30),
        ("04-08", "審査", 1, 15),
        ("05-07", "審査", 2, 45),
    )
)
INQUIRIES = """\
items:
  - {id: q1, received: 2026-04-02 9:00, source: facility, subject: 様式, person: p1, minutes: 10, answer: 案内した。}
  - {id: q2, received: 2026-04-03 9:00, source: resident, subject: 予定, person: p1, minutes: 5}
  - {id: q3, received: 2026-06-03 9:00, source: staff, subject: 設定, person: p1, minutes: 5}
"""
REGISTERS = {"daily/1": DAILY, "inquiries/1": INQUIRIES}


def test_chapters_are_those_the_deliverable_asks_for(project: Callable[..., Project]) -> None:
    """Chapters bear the words of the specification, in its order; what nothing recorded answers is left blank."""
    asked = "[職員からの問合せの対応状況, 毎月実施した作業, 天気]"
    report = _report(project, "月次報告", MONTHLY, REGISTERS, asked)["period-report-2026-04"]
    assert _headings(report)[:4] == ["職員からの問合せの対応状況", "毎月実施した作業", "天気", "障害"]
    assert "天気 ―" in _words(report)
    plain = _report(project, "月次報告", MONTHLY, REGISTERS)["period-report-2026-04"]
    assert _headings(plain) == ["実施した作業", "問い合わせと回答", "障害", "サービスレベルの達成"]


def test_every_week_has_a_report_of_its_own(project: Callable[..., Project]) -> None:
    """Five weeks that touch a month are five papers, each with its own rows; a whole month is named by the month."""
    weekly = _report(project, "月次報告", "{each: week, on: monday of next week}", REGISTERS)
    weeks = [f"period-report-2026-{week}" for week in ("04-01-2026-04-05", "04-06-2026-04-12", "04-27-2026-05-03")]
    assert [name for name in weeks if name not in weekly] == []
    assert sum(name.startswith("period-report-2026-04-") for name in weekly) == 5
    assert "4月3日（金）9時00分" in _words(weekly[weeks[0]])
    assert "4月3日" not in _words(weekly[weeks[1]])


def test_longer_periods_have_months_and_bars(project: Callable[..., Project]) -> None:
    """A half-year counts by month and draws it; a month lists its inquiries one by one and draws nothing."""
    contents = "[期間内における処理件数, 生じた課題・問題等への対応と対策, 各バッチの運用状況]"
    half = _report(project, "上半期報告", HALF, REGISTERS, contents)["period-report-2026-04-2026-09"]
    assert ["令和8年4月", "3件", "1時間45分", "2件", "0件", "0回", "0"] in _rows(half)
    assert ["計", "4件", "2時間30分", "3件", "0件", "0回", "0"] in _rows(half)
    assert "令和8年4月 2件、令和8年5月 0件、令和8年6月 1件" in half
    month = _report(project, "月次報告", MONTHLY, REGISTERS)["period-report-2026-04"]
    assert "<img" not in month
    assert "未回答" in _words(month)


def test_activity_report_counts_what_was_handled(project: Callable[..., Project]) -> None:
    """Content, count and hours by task; inquiries by whom they came from; who worked; what is left."""
    report = _report(project, "業務記録報告書", MONTHLY, REGISTERS)["activity-report-2026-04"]
    rows = _rows(report)
    assert ["作業", "定期点検", "審査", "2", "6", "1時間15分"] in rows
    assert ["", "〃", "小計", "3", "13", "1時間45分"] in rows
    assert ["相手", "施設", "1件", "10分", "0件"] in rows
    assert ["", "区民", "1件", "5分", "1件"] in rows
    assert ["見本 太郎", "2日", "1時間45分"] in rows
    assert "未回答の問い合わせ" in _words(report)


def test_meeting_is_no_work_outside_the_plan(project: Callable[..., Project]) -> None:
    """What the plan does not foresee stands under a heading that blames nobody, by its kind."""
    meeting = (
        "title: 定例会\nheld: 2026-04-10\nstart: 2026-04-10 10:00\nend: 2026-04-10 11:00\nattendees: {vendor: [p1]}\n"
    )
    records = {**REGISTERS, "meetings/1": meeting}
    report = _report(project, "業務記録報告書", MONTHLY, records)["activity-report-2026-04"]
    assert ["随時の業務", "会議・打合せ", "定例会", "1", "―", "1時間"] in _rows(report)


def test_daily_report_has_the_days_with_records(project: Callable[..., Project]) -> None:
    """A day with several rows has a total; a day without rows is not there."""
    reports = _report(project, "作業日報", "{undated: 毎日}", REGISTERS)
    rows = _rows(reports["daily-report-2026-04"])
    assert [row[0] for row in rows if row[0].startswith("4月")] == [
        *["4月1日（水）"] * 3,
        "4月8日（水）",
    ]
    assert ["4月1日（水）", "定期点検", "入力", "見本 太郎", "7", "30分"] in rows
    assert ["4月1日（水）", "計", "", "", "12", "1時間30分"] in rows
    assert "該当なし（日々の作業の記録がない）。" in _words(reports["daily-report-2026-06"])
    assert "日々の作業の記録はまだない。" in _words(reports["daily-report-2026-11"])


REVIEW = """\
title: 上半期の確認
reviewed: 2026-10-05
period: {start: 2026-04-01, end: 2026-09-30}
findings:
  - {subject: 保管, state: 施錠した。, judgement: watch, action: 改める。}
"""


def test_security_status_report(project: Callable[..., Project]) -> None:
    """Findings with their judgement, figures of the period, and the state of the business where it is asked for."""
    title = "情報セキュリティ管理状況及び事務の状況の報告"
    report = _report(project, title, "{undated: 定期的}", {"security-reviews/1": REVIEW, **REGISTERS})
    rows = _rows(report["security-status-report-1"])
    assert ["保管", "施錠した。", "要注意", "改める。"] in rows
    assert ["チェックリストの確認項目", "1件", "○ 1件、× 0件、対象外 0件、未記入 0件（確認日現在）"] in rows
    assert [row[1] for row in rows if row[0] == "記録のないもの"] == ["0件"]
    assert "対象の期間の記録 作業 4件（計 2時間30分） 問い合わせ 3件（未回答 2件） 障害 0件" in _words(
        report["security-status-report-1"]
    )
    assert "事務の状況" in _headings(report["security-status-report-1"])


def test_security_review_says_its_period(project: Callable[..., Project]) -> None:
    """A review without a period or findings lacks a required item."""
    listed = DELIVERABLES.format(title="講じている管理策の内容の報告", contents="[]", due="{undated: 定期的}")
    review = f"{CONTRACT}/records/security-reviews/1.yml"
    clauses = {f"{CONTRACT}/clauses.yml": None, f"{CONTRACT}/submissions.yml": None}
    files = {**clauses, f"{CONTRACT}/deliverables.yml": listed, review: "title: 確認\nreviewed: 2026-04-05\n"}
    found = project(whole_project(files)).check().out
    assert found.count("DOC001") == 2
    assert "「対象の期間」" in found
