"""The page 障害とサービスレベル: what is recorded of incidents and accidents, and what the service levels make of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.outputs.site import incidentpages
from tests import papers
from tests.papers import parsed, text
from tests.support import CONTRACT, WHOLE, Files, Project

RECORDS: Files = {
    f"{CONTRACT}/records/incidents/2026-002.yml": "title: 受信できない\ncontacted: 2027-04-05 10:00\n",
    f"{CONTRACT}/records/accidents/2026-001.yml": "title: 名簿の紛失\noccurred: 2026-05-20 09:00\n",
    f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2028-03-31"),
}


def _page(project: Callable[..., Project], changes: Files | None = None, as_of: str = "2027-05-01") -> Any:
    site, shown = papers.shown(project, changes, as_of)
    found = dict(incidentpages.pages(site, shown))
    assert site.problems == []
    return parsed(found, incidentpages.PAGE)


def test_incidents_and_accidents_stand_on_one_page(project: Callable[..., Project]) -> None:
    """Each with its kind, whether it is over, and the fiscal year, by which the list can be narrowed."""
    sections = _page(project, RECORDS).xpath("//*[@data-filter='kind:種類 state:状態 year:年度']/section[@data-item]")
    assert [[one.get(f"data-{name}") for name in ("kind", "state", "year")] for one in sections] == [
        ["障害", "終了", "令和8年度"],
        ["障害", "対応中", "令和9年度"],
        ["事故", "対応中", "令和8年度"],
    ]
    assert [one.xpath("h2/a/@href")[0] for one in sections] == [
        "records/incidents.html#r-2026-001",
        "records/incidents.html#r-2026-002",
        "records/accidents.html#r-2026-001",
    ]


def test_what_happened_when(project: Callable[..., Project]) -> None:
    """Every step in order with its weekday; what is not recorded is said to be so."""
    first = _page(project, RECORDS).xpath("//h2[@id='i-2026-001']/following-sibling::dl[1]")[0]
    assert text(first).startswith("状態 終了 発生日時 記録なし 連絡日時 令和8年4月28日（火）16時30分 着手日時 記録なし")


def test_inquiries_are_held_against_levels_too(project: Callable[..., Project]) -> None:
    """What is no incident stands in a list of its own, and every judgement is counted."""
    level = "  - id: answer\n    title: 回答\n    target: 1時間以内\n    within_hours: 1\n    measures: answer\n"
    asked = (
        "items:\n  - {id: q01, received: 2026-04-10 10:00, answered: 2026-04-10 10:30, source: staff, person: p1,"
        " subject: 印刷, answer: 直した。}\n"
    )
    page = _page(
        project,
        {
            f"{CONTRACT}/contract.yml": WHOLE[f"{CONTRACT}/contract.yml"] + level,
            f"{CONTRACT}/records/inquiries/2026-04.yml": asked,
        },
        "2026-05-01",
    )
    (row,) = page.xpath("//h2[@id='others']/following-sibling::table/tbody/tr")
    assert text(row) == "問い合わせ q01 回答 1時間以内 令和8年4月10日（金）11時00分 達成"
    assert "達成 1件" in text(page)


def test_later_records_are_not_told_of(project: Callable[..., Project]) -> None:
    """On a day the page knows what was known."""
    assert _page(project, RECORDS, "2026-05-01").xpath("count(//section)") == 1


def test_nothing_recorded(project: Callable[..., Project]) -> None:
    """The page says so, and offers nothing to choose from."""
    page = _page(project, {f"{CONTRACT}/records/incidents/2026-001.yml": None, f"{CONTRACT}/submissions.yml": None})
    assert "障害と事故の記録はありません。" in text(page)
    assert page.xpath("//*[@data-filter]") == []


def test_a_contract_without_levels_has_nothing_to_judge(project: Callable[..., Project]) -> None:
    """Neither counts of what was kept nor a word on how targets are counted."""
    head = f"{CONTRACT}/contract.yml"
    bare = WHOLE[head][: WHOLE[head].index("service_levels:")]
    words = text(_page(project, {head: bare}, "2026-05-01"))
    assert [word for word in ("達成", "目標の時刻") if word in words] == []
