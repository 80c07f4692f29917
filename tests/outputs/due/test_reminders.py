"""Reminders as Markdown for an issue or a mail, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import markdown
import pytest
from lxml import html

from generator.outputs.due.readiness import Standing
from generator.outputs.due.reminders import TITLES, address, to_json, to_markdown
from generator.rules.dueitem import ClosedDay, DueItem
from generator.rules.reminding import MARKS, Reminder
from tests.rules.builders import day

TODAY = day("2026-05-03")
ITEM = DueItem(
    contract="mihon",
    contract_title="見本業務委託",
    deliverable="1",
    title="月報",
    occasion="令和8年4月",
    due=day("2026-05-10"),
    closed_day=ClosedDay(day("2026-05-08"), day("2026-05-11")),
    key="mihon|1",
)
WEEK = Reminder(ITEM, (30, 7), 7)
STANDINGS = {"mihon|1": Standing(ITEM, "lacking", reasons=("記録 incidents/2026-001 に原因がありません",))}


def _markdown(*found: Reminder, samples: Sequence[str] = ()) -> str:
    return to_markdown(found, STANDINGS, TODAY, "", samples)


def _cells(text: str) -> list[str]:
    """The text of the cells of the first row, as a reader of Markdown sees it."""
    root = html.fromstring(f"<div>{markdown.markdown(text, extensions=['tables'])}</div>")
    return [cell.text_content() for cell in root.xpath("(//tbody/tr)[1]/td")]


def test_head_is_a_title_with_what_there_is() -> None:
    """The first line tells the day and how many things are how urgent, the most urgent first."""
    late = replace(WEEK, item=replace(ITEM, key="mihon|2"), marks=(-1,), days=-3)
    assert _markdown(WEEK, late).splitlines()[0] == (
        "# 期限のお知らせ　令和8年5月3日（日）　期日を過ぎたもの 1 件、7日以内 1 件"
    )


def test_every_mark_has_a_title() -> None:
    """What is told has a part to stand in."""
    assert sorted(TITLES) == sorted(MARKS)


def test_row_says_what_when_and_what_is_missing() -> None:
    """Date with the open day before, time left, contract, deliverable with its link, how far it is."""
    assert _markdown(WEEK).splitlines()[-1] == (
        "| 2026-05-10（日）<br>閉庁日。直前の開庁日は 2026-05-08（金） | あと7日 | 見本業務委託 "
        f"| [No.1 月報（令和8年4月）](mihon/deadlines.html#{ITEM.anchor}) "
        "| 記録が足りません<br>記録 incidents/2026-001 に原因がありません |"
    )


def test_nothing_to_tell_is_nothing() -> None:
    """An empty file is no issue."""
    assert to_markdown([], {}, TODAY, "", ()) == ""


def test_moved_date_and_return_are_said() -> None:
    """A reader of the last reminder knows another date."""
    moved = replace(WEEK, before=day("2026-05-01"), item=replace(ITEM, state="差戻し"))
    row = _markdown(moved).splitlines()[-1]
    assert "期日が 2026-05-01（金） から変わりました" in row
    assert "あと7日<br>差戻し" in row


def test_sample_data_is_marked() -> None:
    """As on every page; real contracts beside them are not."""
    text = _markdown(WEEK, replace(WEEK, item=replace(ITEM, contract="real")), samples=["mihon"])
    assert text.count("見本業務委託（見本）") == 1
    assert "見本とした契約の受注者・人物・記録は実在しません。" in text
    assert "実在しません" not in _markdown(WEEK)


@pytest.mark.parametrize("site", ["https://example.jp/nohin", "https://example.jp/nohin/"])
def test_links_below_the_address_of_the_site(site: str) -> None:
    """With or without a slash at its end."""
    assert address(ITEM, site) == f"https://example.jp/nohin/mihon/deadlines.html#{ITEM.anchor}"


@pytest.mark.parametrize(
    "title",
    [
        "a|b",
        "<img src=x onerror=1>",
        "[x](javascript:1)",
        "**太字**_下線_",
        "`code`",
        "a\\|b",
        "![x](y)",
        "&lt;b&gt;",
        "~~x~~",
    ],
)
def test_what_titles_say_is_text(title: str) -> None:
    """Neither HTML nor Markdown in data means anything, and no cell ends early."""
    one = replace(WEEK, item=replace(ITEM, title=title, contract_title=title))
    cells = _cells(_markdown(one))
    assert len(cells) == 5
    assert cells[2].replace("\\~", "~") == title
    assert "<img" not in _markdown(one)


def test_nobody_is_called() -> None:
    """A name with @ would send a message to a stranger."""
    assert "@" not in _markdown(replace(WEEK, item=replace(ITEM, title="@everyone")))


def test_json_says_the_same() -> None:
    """For a mail of somebody's own."""
    (said,) = json.loads(to_json([WEEK], STANDINGS, TODAY, "", ["mihon"]))
    assert said["sample"]
    assert (said["due"], said["days"], said["marks"], said["standing"]) == ("2026-05-10", 7, [30, 7], "lacking")
    assert said["closed_day"] == {"previous_open": "2026-05-08", "next_open": "2026-05-11"}
