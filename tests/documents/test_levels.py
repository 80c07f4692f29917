"""サービスレベルの達成: what reports say of every service level of a contract."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

import pytest
from lxml import html

from generator.documents.levels import standings
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from tests.support import CONTRACT, WHOLE, Project, documents, whole_project

Make = Callable[..., Project]
HEAD = WHOLE[f"{CONTRACT}/contract.yml"].partition("service_levels:")[0]
START = "{id: start, title: 着手, target: 2時間以内, within_hours: 2}"
RESTORE = (
    "{id: restore, title: 復旧, target: 8時間以内, within_hours: 8, measures: restore, if_missed: [{text: 違約金}]}"
)
SEVERE = "{id: severe, title: 重大な障害の復旧, target: 4時間以内, within_hours: 4, measures: restore, where: {severity: critical}}"
ANSWER = "{id: answer, title: 一次回答, target: 30分以内, within_minutes: 30, measures: first-answer, where: {channel: phone}}"
UPTIME = (
    "{id: uptime, title: 稼働率（月間）, target: 99.5％以上, unit: ％, at_least: 99.5, "
    "if_missed: [{text: 月額の3％を減額, below: 99.5}, {text: 改善計画書を提出, months: 2}]}"
)
BACKUP = "{id: backup, title: バックアップ, target: 毎日1回}"
OPEN = "{id: open, title: 受付時間, target: 9時から17時まで, hours: {start: 9:00, end: 17:00}}"

INCIDENT = """\
title: 不通
occurred: 2026-04-28 08:50
detected: 2026-04-28 08:52
contacted: 2026-04-28 09:05
started: 2026-04-28 09:40
restored: 2026-04-30 09:00
symptom: つながらない
cause: {direct: 故障}
actions: 替えた
prevention: [{measure: 点検}]
"""
INQUIRIES = """\
items:
  - {id: q1, received: 2026-04-02 9:00, source: staff, channel: phone, subject: 様式, person: p1, answered: 2026-04-02 9:20}
  - {id: q2, received: 2026-04-03 9:00, source: staff, channel: mail, subject: 予定, person: p1}
"""
FIGURES = """\
items:
  - {level: uptime, until: 2026-04-30, value: 99.2, basis: 停止 5時間46分／総時間 720時間}
  - {level: uptime, until: 2026-05-31, value: 99.4}
"""
DELIVERABLES = """\
deliverables:
  - no: '1'
    title: TITLE
    contents: CONTENTS
    due: [{each: EACH, on: period.end}]
  - {no: '2', title: 障害報告書, phrase: 2週間以内, documents: [incident-report], due: [{event: incidents, within: 2 weeks of event.restored}]}
"""


def _project(
    make: Make,
    levels: Sequence[str],
    records: Mapping[str, str],
    title: str = "作業実績報告書",
    each: str = "month",
    contents: str = "[]",
) -> Project:
    """A contract with these levels, with records by kind and one report."""
    listed = DELIVERABLES.replace("TITLE", title).replace("EACH", each).replace("CONTENTS", contents)
    written = "".join(f"  - {level}\n" for level in levels)
    kinds = {"incidents/2026-001": "incidents", "inquiries/2026-04": "inquiries", "measurements/all": "measurements"}
    return make(
        whole_project(
            {
                f"{CONTRACT}/contract.yml": f"{HEAD}service_levels:\n{written}",
                f"{CONTRACT}/deliverables.yml": listed,
                f"{CONTRACT}/submissions.yml": None,
                f"{CONTRACT}/clauses.yml": None,
                f"{CONTRACT}/plan.yml": None,
                **{f"{CONTRACT}/records/{path}.yml": records.get(kind) for path, kind in kinds.items()},
            }
        )
    )


def rendered(
    make: Make, *levels: str, records: Mapping[str, str] | None = None, as_of: str = "2026-11-20", **report: str
) -> dict[str, str]:
    """The bodies of the documents of such a contract, by document id."""
    there = _project(make, levels, records or {}, **report)
    return {name.partition("/")[2]: body for name, body in documents(there.root, as_of).items()}


def words(body: str) -> str:
    """A body as it is read."""
    return re.sub(r"\s+", " ", html.fromstring(body).text_content())


def rows(body: str) -> list[list[str]]:
    """The cells of all rows of all tables."""
    return [[" ".join(" ".join(c.itertext()).split()) for c in row] for row in html.fromstring(body).iter("tr")]


def test_a_recovery_is_not_certified_by_the_start_of_work(project: Make) -> None:
    """48 hours are no 8 hours, in the report of the month and in that of the incident."""
    found = rendered(project, START, RESTORE, records={"incidents": INCIDENT})
    month, incident = found["work-report-2026-04"], found["incident-report-2026-001"]
    assert ["復旧 8時間以内", "1件", "0件", "1件", "0件"] in rows(month)
    assert ["着手 2時間以内", "1件", "1件", "0件", "0件"] in rows(month)
    assert "未達のときの定め（復旧） 違約金" in words(month)
    assert rows(incident)[-2:] == [
        ["着手 2時間以内", "令和8年4月28日（火）11時05分", "着手 令和8年4月28日（火）9時40分", "達成"],
        ["復旧 8時間以内", "令和8年4月28日（火）17時05分", "復旧 令和8年4月30日（木）9時00分", "未達"],
    ]


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ((START,), "達成"),
        ((START, RESTORE), "着手 達成 復旧 未達"),
        ((RESTORE, SEVERE), "復旧 未達 重大な障害の復旧 未達"),
    ],
)
def test_several_levels_are_named_in_a_cell(project: Make, levels: tuple[str, ...], told: str) -> None:
    """One level stands alone under its own head; of several each is named, by its title where two measure the same."""
    found = rendered(project, *levels, records={"incidents": INCIDENT + "severity: critical\n"})["work-report-2026-04"]
    assert [row[-1] for row in rows(found) if row[2:3] == ["替えた"]] == [told]


def test_one_level_keeps_its_words(project: Make) -> None:
    """A contract that measures the start of work only reads as it always did."""
    found = rendered(project, START, records={"incidents": INCIDENT})
    assert ["サービスレベル", "対象の障害", "達成", "未達", "着手待ち"] in rows(found["work-report-2026-04"])
    assert "該当なし（期間中に連絡を受けた障害の記録がない）。" in words(found["work-report-2026-05"])
    assert "着手の目標" in words(found["incident-report-2026-001"])


def test_inquiries_are_held_against_minutes(project: Make) -> None:
    """Only those the level is for; an inquiry the level is not for is no proof that none came."""
    found = rendered(project, ANSWER, records={"inquiries": INQUIRIES})["work-report-2026-04"]
    assert ["一次回答 30分以内", "1件", "1件", "0件", "0件"] in rows(found)
    assert "対象の問い合わせ" in words(found)
    mail = INQUIRIES.replace("channel: phone", "channel: mail")
    none = words(rendered(project, ANSWER, records={"inquiries": mail})["work-report-2026-04"])
    assert "該当なし（判定の対象となる問い合わせの記録がない）。" in none


def test_what_cannot_be_judged_is_named(project: Make) -> None:
    """An incident that does not say how severe it is, is counted nowhere and told of."""
    found = rendered(project, SEVERE, records={"incidents": INCIDENT})["work-report-2026-04"]
    assert ["重大な障害の復旧 4時間以内", "0件", "0件", "0件", "0件"] in rows(found)
    assert "判定できない障害（重大な障害の復旧） 2026-001（重大度の記載なし）" in words(found)


def test_figures_of_a_month(project: Make) -> None:
    """The figure, its judgement and what follows; a month without one is 未記入, and one that runs is not judged."""
    found = rendered(project, UPTIME, records={"measurements": FIGURES})
    told = {month: rows(found[f"work-report-2026-{month}"])[-1] for month in ("04", "05", "06", "11")}
    assert told == {
        "04": [
            "稼働率（月間） 99.5％以上",
            "99.2％",
            "未達",
            "停止 5時間46分／総時間 720時間 未達のときの定め 月額の3％を減額",
        ],
        "05": [
            "稼働率（月間） 99.5％以上",
            "99.4％",
            "未達",
            "2か月連続の未達 未達のときの定め 月額の3％を減額、改善計画書を提出",
        ],
        "06": ["稼働率（月間） 99.5％以上", "―", "未記入", ""],
        "11": ["稼働率（月間） 99.5％以上", "―", "期間中", ""],
    }


def test_figures_of_a_longer_period_name_the_month(project: Make) -> None:
    """Every month of the half-year has a row."""
    half = rendered(project, UPTIME, title="上半期報告", each="half_year", records={"measurements": FIGURES})[
        "period-report-2026-04-2026-09"
    ]
    months = [row[0] for row in rows(half) if row[1:2] == ["稼働率（月間） 99.5％以上"]]
    assert months == [f"令和8年{month}月" for month in range(4, 10)]


def test_a_chapter_that_is_asked_for_by_name(project: Make) -> None:
    """`contents: [稼働率]` is answered by the figures of the level of that name."""
    asked = {"title": "月次報告", "contents": "[稼働率, 天気]"}
    body = rendered(project, UPTIME, records={"measurements": FIGURES}, **asked)["period-report-2026-04"]
    assert "稼働率サービスレベル測定値判定備考稼働率（月間）99.5％以上99.2％未達" in "".join(words(body).split())
    assert "天気 ―" in words(body)


@pytest.mark.parametrize(("title", "kind"), [("作業実績報告書", "work-report"), ("月次報告", "period-report")])
def test_every_level_is_there(project: Make, title: str, kind: str) -> None:
    """One that nothing can be held against is named as such; hours of reception are not a thing to be met."""
    found = words(rendered(project, BACKUP, OPEN, title=title)[f"{kind}-2026-04"])
    assert "判定する記録がありません バックアップ（毎日1回）" in found
    assert "受付時間" not in found


def test_levels_are_text(project: Make) -> None:
    """Whatever the data says is written as it is read."""
    figures = FIGURES.replace("停止 5時間46分／総時間 720時間", '"<b>停止</b>"')
    body = rendered(project, UPTIME.replace("月額の3％を減額", "'<i>減額</i>'"), records={"measurements": figures})[
        "work-report-2026-04"
    ]
    assert "&lt;b&gt;停止&lt;/b&gt;" in body
    assert "&lt;i&gt;減額&lt;/i&gt;" in body


def test_a_report_knows_the_figures_of_its_day(project: Make) -> None:
    """A figure of a later month is not in a report of an earlier day."""
    found = rendered(project, UPTIME, records={"measurements": FIGURES}, as_of="2026-05-20")
    assert rows(found["work-report-2026-05"])[-1][1:3] == ["―", "期間中"]


def test_how_every_level_stands(project: Make) -> None:
    """Records and months are counted over all the time so far; what waits or is not filled in is unsettled."""
    there = _project(project, (START, SEVERE, UPTIME, BACKUP, OPEN), {"incidents": INCIDENT, "measurements": FIGURES})
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    found = standings(contract, dt.date(2026, 7, 1))
    assert [(one.level.id, one.how, one.met, one.missed, one.unsettled) for one in found] == [
        ("start", "障害の記録（連絡から着手まで）", 1, 0, 0),
        ("severe", "障害の記録（連絡から復旧まで）", 0, 0, 1),
        ("uptime", "月ごとの測定値", 0, 2, 1),
        ("backup", "判定する記録がありません", 0, 0, 0),
        ("open", "", 0, 0, 0),
    ]
    assert [one.last and (one.last.month, one.last.state) for one in found][2] == ("令和8年6月", "未記入")
