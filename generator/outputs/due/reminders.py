"""期限の知らせ as Markdown: what CI posts as an issue or a mail. Names contracts, deliverables and dates, and nobody.

Whatever comes from data is text: neither Markdown nor HTML in it means anything, and nobody is called by `@`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.intake.eras import wareki_weekday
from generator.outputs import jsontext
from generator.outputs.due.readiness import ELSEWHERE, LACKING, NOT_YET, READY, RUNNING, Standing
from generator.outputs.due.words import closed, dated, left, named
from generator.rules.dueitem import DueItem
from generator.rules.reminding import LATE, Reminder
from generator.rules.states import RETURNED

TITLES: Mapping[int, str] = {LATE: "期日を過ぎたもの", 1: "1日以内", 7: "7日以内", 30: "30日以内"}
"""Heads of the parts by the mark that was passed, the most urgent first."""

COLUMNS = ("期日", "残り", "契約", "納品物件", "文書")

Standings = Mapping[str, Standing]
"""How far the items are, by their key."""

Samples = Collection[str]
"""The contracts, of those that are told of, whose data are samples."""

SAMPLE = "見本"


def to_markdown(found: Sequence[Reminder], standings: Standings, as_of: dt.date, site: str, samples: Samples) -> str:
    """A head that can be the title of an issue, and a table for each mark; empty where there is nothing to tell."""
    if not found:
        return ""
    counts = "、".join(f"{title} {len(own)} 件" for title, own in _parts(found))
    lines = [f"# 期限のお知らせ　{wareki_weekday(as_of)}　{counts}", ""]
    lines += [f"{SAMPLE}とした契約の受注者・人物・記録は実在しません。", ""] if samples else []
    for title, own in _parts(found):
        lines += [f"## {title}", "", f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
        lines += [f"| {' | '.join(_cells(one, standings, site, samples))} |" for one in own]
        lines.append("")
    return "\n".join(lines)


def _parts(found: Sequence[Reminder]) -> Iterator[tuple[str, list[Reminder]]]:
    for mark, title in TITLES.items():
        if own := [one for one in found if one.mark == mark]:
            yield title, own


def _cells(one: Reminder, standings: Standings, site: str, samples: Samples) -> Iterator[str]:
    item = one.item
    moved = f"期日が {dated(one.before)} から変わりました" if one.before else ""
    yield "<br>".join(filter(None, (dated(item.due), closed(item), moved)))
    yield left(one.days) + (f"<br>{RETURNED}" if item.state == RETURNED else "")
    yield _text(item.contract_title) + (f"（{SAMPLE}）" if item.contract in samples else "")
    yield f"[{_text(named(item))}]({address(item, site)})"
    yield "<br>".join(_said(standings.get(item.key)))


def _said(standing: Standing | None) -> Iterator[str]:
    if standing is not None:
        yield SAID[standing.state]
        yield from map(_text, standing.reasons)


SAID: Mapping[str, str] = {
    READY: "作れます",
    RUNNING: "まだ途中です",
    NOT_YET: "まだ作れません",
    LACKING: "記録が足りません",
    ELSEWHERE: "nohin では作りません",
}
"""What is told of an item's documents. Nothing is rendered for it, so approvals are not looked at."""


def address(item: DueItem, site: str) -> str:
    """Where an item stands on the site: below the site's address, or below its root where none is given."""
    base = f"{site.rstrip('/')}/" if site else ""
    return f"{base}{item.contract}/deadlines.html#{item.anchor}"


def _text(text: str) -> str:
    """A text for a cell. Only what means something inside a line is escaped, since mails are read as they are."""
    flat = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "＠")
    return _MARKS.sub(r"\\\1", flat)


_MARKS = re.compile(r"([\\`*_\[\]|~$!])")


def to_json(found: Sequence[Reminder], standings: Standings, as_of: dt.date, site: str, samples: Samples) -> str:
    """The same as a list."""
    return jsontext.to_json(_as_data(one, standings.get(one.item.key), site, samples) for one in found)


def _as_data(one: Reminder, standing: Standing | None, site: str, samples: Samples) -> dict[str, Any]:
    item, around = one.item, one.item.closed_day
    return {
        "contract": item.contract,
        "sample": item.contract in samples,
        "deliverable": item.deliverable,
        "title": item.title,
        "occasion": item.occasion,
        "due": item.due,
        "days": one.days,
        "marks": list(one.marks),
        "moved_from": one.before,
        "closed_day": {"previous_open": around.previous_open, "next_open": around.next_open} if around else None,
        "state": item.state,
        "standing": standing.state if standing else None,
        "reasons": list(standing.reasons) if standing else [],
        "address": address(item, site),
    }


FORMS: dict[str, Callable[[Sequence[Reminder], Standings, dt.date, str, Samples], str]] = {
    "markdown": to_markdown,
    "json": to_json,
}
"""The forms by their name."""
