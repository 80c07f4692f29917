"""What is wrong with service levels and with the figures recorded for them: each slip at its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.rules import levelchecks
from tests.support import CONTRACT, MINIMAL, Project, minimal_project

Make = Callable[..., Project]
HEAD = MINIMAL[f"{CONTRACT}/contract.yml"]
LINE = HEAD.count("\n") + 2
"""Where the level begins."""
UPTIME = "id: uptime, title: 稼働率, target: 99.5％以上, at_least: 99.5"


def found(project: Make, levels: str, records: dict[str, str] | None = None) -> list[str]:
    """The problems of a contract with these levels, and with records by kind and id."""
    written = "".join(f"  - {{{level}}}\n" for level in levels.splitlines())
    files = {f"{CONTRACT}/contract.yml": f"{HEAD}service_levels:\n{written}"}
    files |= {f"{CONTRACT}/records/{name}.yml": text for name, text in (records or {}).items()}
    loaded = load(WorkingTree(project(minimal_project(files)).root))
    assert [one for one in loaded.problems if one.code != "REF001"] == []
    problems = levelchecks.check(loaded.portfolio.contracts["mihon"])
    return [
        f"{one.source.path.removeprefix(CONTRACT + '/')}:{one.source.line}:{one.source.column} {one.severity} "
        f"{one.code} {one.message}（{one.hint}）"
        for one in problems
    ]


CLEAR = [
    "id: start, title: 復旧作業の着手, target: 連絡から2時間以内, within_hours: 2",
    "id: visit, title: 駆付け, target: 2時間以内, within_hours: 2",
    "id: restore, title: 復旧, target: 8時間以内, within_hours: 8, measures: restore, where: {severity: [critical, major]}",
    "id: call, title: 電話の一次回答, target: 30分以内, within_minutes: 30, measures: first-answer, where: {channel: phone}",
    "id: part, title: 復旧, target: 8時間以内, within_hours: 8, measures: start, where: {hardware: 'true'}",
    UPTIME + ", unit: ％, if_missed: [{text: 減額, below: 99.5}, {text: 計画, months: 2}]",
    "id: open, title: 受付時間, target: 8時40分から17時25分, hours: {start: 8:40, end: 17:25}",
    "id: backup, title: バックアップ, target: 毎日1回",
]


@pytest.mark.parametrize("level", CLEAR)
def test_what_is_clear(project: Make, level: str) -> None:
    """Nothing is found in a level that says what it measures."""
    assert found(project, level) == []


T = f"contract.yml:{LINE}:"
SLIPS = {
    "a recovery": (
        "id: a, title: 重大な障害の復旧, target: 8時間以内, within_hours: 8",
        f"{T}20 error SLV001 「重大な障害の復旧」が、何の時間で判定する水準か書かれていません"
        "（measures: restore（復旧）ではありませんか。着手で判定するなら measures: start）",
    ),
    "a first answer": (
        "id: a, title: 電話の一次回答, target: 30分以内, within_minutes: 30",
        f"{T}20 error SLV001 「電話の一次回答」が、何の時間で判定する水準か書かれていません"
        "（measures: first-answer（一次回答）ではありませんか。着手で判定するなら measures: start）",
    ),
    "time and figure": (
        "id: a, title: 対応, target: x, within_hours: 2, at_least: 90",
        f"{T}62 error SLV002 at_least は、時間（within_hours・within_minutes）で判定する水準には書けません"
        "（時間と測定値の両方を求めるなら、水準を二つに分けてください）",
    ),
    "no time": (
        "id: a, title: 復旧, target: x, measures: restore",
        f"{T}45 error SLV002 measures は、時間（within_hours か within_minutes）がなければ働きません"
        "（何時間または何分以内かを書くか、measures を消してください）",
    ),
    "no bound": (
        "id: a, title: 稼働率, target: x, unit: ％",
        f"{T}42 error SLV002 unit は at_least か at_most と一緒でなければ働きません"
        "（at_least（以上）か at_most（以下）を書いてください）",
    ),
    "no number": (
        "id: a, title: 稼働率, target: x, at_least: 99.5％",
        f"{T}46 error SLV002 「99.5％」は数ではありません（99.5 のように数だけを書き、単位は unit に書いてください）",
    ),
    "steps of a time": (
        "id: a, title: 対応, target: x, within_hours: 2, if_missed: [{text: 減額, months: 2}]",
        f"{T}83 error SLV002 months は、月ごとの測定値で判定する水準にだけ書けます（months を消してください）",
    ),
    "two conditions": (
        f"{UPTIME}, if_missed: [{{text: 減額, below: 99, months: 2}}]",
        f"{T}105 error SLV002 一つの定めに、測定値の段階（below・above）と連続の月数（months）の両方があります"
        "（二つの定めに分けてください）",
    ),
    "step of no number": (
        f"{UPTIME}, if_missed: [{{text: 減額, below: 低い}}]",
        f"{T}93 error SLV002 「低い」は数ではありません（99.5 のように数だけを書き、単位は unit に書いてください）",
    ),
    "no such field": (
        "id: a, title: 対応, target: x, within_hours: 2, where: {weight: heavy}",
        f"{T}68 error SLV003 障害の記録に「weight」という項目はありません"
        "（severity や channel などの項目の名を書いてください）",
    ),
    "no such value": (
        "id: a, title: 対応, target: x, within_hours: 2, where: {severity: 重大}",
        f"{T}70 error SLV003 「重大度」(severity) は「重大」になりません（critical、major、minor のどれかを書いてください）",
    ),
    "hours that run backwards": (
        "id: a, title: 受付時間, target: x, hours: {start: '22:00', end: '6:00'}",
        f"{T}66 error SLV002 受付時間の終了 6:00 が、開始 22:00 より後ではありません"
        "（日をまたぐ受付時間は書けません。昼夜を問わないなら hours を書かず、または 0:00 から 24:00 と書いてください）",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slips(project: Make, name: str) -> None:
    """Each is told at the value that is wrong, with what would be right."""
    level, told = SLIPS[name]
    assert found(project, level) == [told]


def test_hours_of_another_level_are_not_borrowed_unsaid(project: Make) -> None:
    """A level without hours beside one with hours is round the clock, and the writer is told so until it says it."""
    other = "id: open, title: 受付時間, target: x, hours: {start: 8:40, end: 17:25}\n"
    level = "id: a, title: 対応, target: x, within_hours: 2"
    (told,) = found(project, other + level)
    assert told.startswith(
        f"contract.yml:{LINE + 1}:5 warning SLV004 「対応」に受付時間がないので、昼夜も休日も数えます"
    )
    assert found(project, other + level + ", hours: {start: '0:00', end: '24:00', open_days_only: false}") == []
    assert found(project, level) == []


FIGURES = [
    (
        "level: uptim, until: 2026-04-30, value: 99",
        "REF001 サービスレベル「uptim」がありません（uptime ではありませんか）",
    ),
    (
        "level: backup, until: 2026-04-30, value: 99",
        "SLV005 「バックアップ」は月ごとの測定値で判定する水準ではありません"
        "（contract.yml の水準に at_least か at_most を書いてください）",
    ),
    (
        "level: uptime, until: 2026-04-30, value: 99％",
        "SLV005 測定値「99％」は数ではありません（99.62 のように数だけを書いてください）",
    ),
    (
        "level: uptime, until: 2026-04-20, value: 99",
        "SLV005 令和8年4月20日は、測る月の末日ではありません（2026-04-30 ではありませんか）",
    ),
]


@pytest.mark.parametrize(("row", "told"), FIGURES)
def test_figures_that_do_not_fit(project: Make, row: str, told: str) -> None:
    """A figure names a level that is measured, the last day of a month, and a number."""
    levels = f"{UPTIME}\nid: backup, title: バックアップ, target: 毎日1回"
    (said,) = found(project, levels, {"measurements/2026-04": f"items:\n  - {{{row}}}\n"})
    assert said.startswith("records/measurements/2026-04.yml:2:")
    assert said.endswith(f"error {told}")


def test_two_figures_of_one_month(project: Make) -> None:
    """The second one is told, whatever file it is in."""
    row = "items:\n  - {level: uptime, until: 2026-04-30, value: 99}\n"
    said = found(project, UPTIME, {"measurements/a": row, "measurements/b": row})
    assert said == [
        "records/measurements/b.yml:2:13 error SLV005 "
        "サービスレベル「uptime」の、令和8年4月30日までの月の測定値が二つあります（一つにしてください）"
    ]


def test_records_that_do_not_say_enough(project: Make) -> None:
    """Told at the record or the row; who was told of an incident need not have told anybody."""
    levels = (
        "id: a, title: 復旧, target: x, within_hours: 8, measures: restore, where: {severity: critical}\n"
        "id: b, title: 回答, target: x, within_hours: 8, measures: answer\n"
        "id: c, title: 連絡, target: x, within_hours: 1, measures: notify"
    )
    records = {
        "incidents/1": "title: 障害\ncontacted: 2026-04-28 09:00\ndetected: 2026-04-28 09:00\n",
        "inquiries/2026-04": "items:\n  - {id: q1, received: 2026-04-01 9:00, source: staff, subject: 件, person: p1, answer: 済み}\n",
    }
    assert [one.split("（")[0] for one in found(project, levels, records)] == [
        "records/incidents/1.yml:1:1 warning SLV006 「復旧」を守ったか判定できません",
        "records/inquiries/2026-04.yml:2:5 warning SLV006 「回答」を守ったか判定できません",
    ]
