"""`nohin due` in JSON and as text."""

from __future__ import annotations

import json

from generator.outputs.due import duelist
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem

from .builders import contract, day, deliverable, entry, rule, submission

KEYS = [
    *("contract", "deliverable", "title", "scope", "medium", "period", "event", "due", "due_time", "phrase"),
    *("explanation", "readings", "flags", "closed_day", "condition", "state", "submitted", "obligor"),
]
"""DESIGN section 7, in its order."""


def sample() -> list[DueItem]:
    """A monthly report, a report of an incident, an undated duty of the authority."""
    made = contract(
        deliverable(
            "4",
            rule(each="month", within="10 days of period.end", reading="10日"),
            title="作業実績報告書",
            phrase="毎月末から10日以内",
        ),
        deliverable(
            "10",
            rule(event="incidents", within="2 weeks of event.restored", scope="full", media=["paper"]),
            title="報告",
        ),
        deliverable("reply", rule(undated="速やかに"), title="承諾ABC", listed=False, obligor="authority"),
        end="2026-05-31",
        entries=[entry("incidents", "i1", contacted="2026-04-28 16:30", restored="2026-04-30 18:00")],
        submissions=[submission("4", "2026-05-11", due="2026-05-10")],
    )
    return due_items(made, day("2026-06-01"))


def test_json_is_the_fixed_interface() -> None:
    """Exactly the keys, in ISO dates, with null where there is nothing."""
    rows = json.loads(duelist.to_json(sample()))
    assert [list(row) for row in rows] == [KEYS] * 4
    first = rows[0]
    assert (first["deliverable"], first["due"], first["state"], first["submitted"]) == (
        "4",
        "2026-05-10",
        "遅延提出",
        "2026-05-11",
    )
    assert first["period"] == {"start": "2026-04-01", "end": "2026-04-30"}
    assert first["closed_day"] == {"previous_open": "2026-05-08", "next_open": "2026-05-11"}
    assert first["readings"] == [{"due": "2026-05-10", "reading": "10日", "taken": True}]
    assert rows[1]["event"] == {"kind": "incidents", "id": "i1"}
    assert (rows[1]["scope"], rows[1]["medium"], rows[1]["period"]) == ("full", "paper", None)
    assert (rows[3]["due"], rows[3]["obligor"], rows[3]["closed_day"]) == (None, "authority", None)
    assert duelist.to_json([]) == "[]\n"


def test_text_is_aligned_by_the_width_of_the_characters() -> None:
    """Every column begins at the same place in a terminal."""
    assert duelist.to_text(sample()).splitlines() == [
        "2026-05-10（日）  遅延提出  4      作業実績報告書            令和8年4月          提出 2026-05-11、閉庁日",
        "2026-05-14（木）  遅延      10     報告            全量・紙  障害 i1",
        "2026-06-10（水）  期限間近  4      作業実績報告書            令和8年5月          契約終了後",
        "日付なし          予定      reply  承諾ABC                               発注者  「速やかに」",
    ]


def test_text_of_several_contracts_names_them() -> None:
    """The contract is a column only where it tells something."""
    both = due_items(contract(deliverable("1", rule(on="contract.end")), id_="other"), day("2026-06-01"))
    assert "sample" in duelist.to_text([*sample(), *both])
    assert "sample" not in duelist.to_text(sample())


def test_colours_follow_the_state() -> None:
    """Only when asked for; every line is reset."""
    lines = duelist.to_text(sample(), color=True).splitlines()
    assert lines[1].startswith("\033[31m")
    assert lines[1].endswith("\033[0m")
    assert not lines[3].startswith("\033[")
    assert "\033" not in duelist.to_text(sample())


def test_explanations_stand_below() -> None:
    """Steps and readings, indented."""
    text = duelist.to_text(sample()[:1], explain=True)
    assert "\n    根拠: 納品物件一覧表のNo.4「作業実績報告書」の期限「毎月末から10日以内」\n" in text
    assert text.endswith("    採った読み方: 2026-05-10 10日\n")


def test_items_are_chosen_by_date_and_state() -> None:
    """Both ends of a range belong to it; undated items lie in no range."""
    items = sample()
    assert len(duelist.chosen(items)) == 4
    assert [i.deliverable for i in duelist.chosen(items, day("2026-05-10"), day("2026-05-14"))] == ["4", "10"]
    assert [i.deliverable for i in duelist.chosen(items, start=day("2026-05-15"))] == ["4"]
    assert [i.deliverable for i in duelist.chosen(items, state="予定")] == ["reply"]
    assert duelist.to_text([]) == "該当する期限はありません。\n"


def test_width_of_characters() -> None:
    """Two columns for wide and full-width characters, none for combining ones."""
    assert [duelist.width(text) for text in ("abc", "期限", "（ア", "ｱ", "か\u3099", "")] == [3, 4, 4, 1, 2, 0]
