"""What `nohin pdf` found and made, as text and as JSON: what is ready, what lacks something, what is late."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.outputs.due.papers import Paper
from generator.outputs.due.readiness import STANDINGS, WANTING, Standing
from generator.outputs.due.words import closed, dated, named
from generator.outputs.pdf import Made
from generator.outputs.shown import pdf_path
from generator.rules.dueitem import DueItem
from generator.rules.openitems import Asked, days_late

OURS = "nohin pdf"
"""What the JSON says it was made by: a folder with it may be replaced."""


@dataclass(frozen=True)
class Report:
    """What was asked for and what came of it."""

    as_of: dt.date
    asked: Asked
    standings: tuple[Standing, ...]
    """In order of date."""
    papers: tuple[Paper, ...] = ()
    made: Mapping[str, Made] = field(default_factory=dict)
    """The PDFs by their path below the site."""
    contract: str | None = None
    """The only contract that was asked for."""
    sample: bool = False
    """Whether something of it is made up."""

    @property
    def late(self) -> tuple[Standing, ...]:
        """What is past its date, ready or not."""
        return tuple(one for one in self.standings if days_late(one.item, self.as_of))

    @property
    def wanting(self) -> tuple[Standing, ...]:
        """What somebody has to do something about."""
        return tuple(one for one in self.standings if one.state in WANTING)

    @property
    def fine(self) -> bool:
        """Whether nothing is late and nothing lacks but time."""
        return not self.late and not self.wanting

    def groups(self) -> Iterator[tuple[str, str, list[Standing]]]:
        """The standings that there are, each with its title and its items."""
        for state, title in STANDINGS.items():
            if own := [one for one in self.standings if one.state == state]:
                yield state, title, own

    def papers_of(self, standing: Standing) -> list[Paper]:
        """The papers of an item."""
        return [paper for paper in self.papers if standing.item in paper.items]

    def content(self, paper: Paper) -> Made:
        """The PDF of a paper."""
        return self.made[pdf_path(paper.document)]

    def sha256(self, paper: Paper) -> str:
        """Its hash."""
        return hashlib.sha256(self.content(paper).content).hexdigest()


NOTHING = "期限の来る、未提出のものはありません。\n"


def to_text(report: Report) -> str:
    """A paragraph for each standing and one for what is late; an item in a line, below it its PDFs or what it lacks."""
    paragraphs = [[f"{title} {len(own)} 件", *_lines(report, own)] for _, title, own in report.groups()]
    if report.late:
        late = (f"  {_item(report, one)}　{days_late(one.item, report.as_of)}日超過" for one in report.late)
        paragraphs.append([f"遅れているもの {len(report.late)} 件", *late])
    return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n" if paragraphs else NOTHING


def _lines(report: Report, own: list[Standing]) -> Iterator[str]:
    for one in own:
        yield f"  {_item(report, one)}"
        yield from (f"      {_paper(report, paper)}" for paper in report.papers_of(one))
        yield from (f"      {reason}" for reason in one.reasons)


def _item(report: Report, one: Standing) -> str:
    item = one.item
    several = len({other.item.contract for other in report.standings}) > 1
    parts = (dated(item.due), item.contract if several else "", named(item), item.state, closed(item))
    return "　".join(filter(None, parts))


def _paper(report: Report, paper: Paper) -> str:
    made, notes = report.content(paper), "、".join(paper.notes)
    said = f"{paper.path}　{made.pages} ページ　{paper.body.revisions.label}"
    return f"{said}　※{notes}" if notes else said


# --- JSON ------------------------------------------------------------------------------------------------


def to_json(report: Report) -> str:
    """The items with their standing, and the PDFs with their hashes."""
    said = {
        "made_by": OURS,
        "as_of": report.as_of,
        "asked": {
            "until": report.asked.until,
            "deliverables": list(report.asked.deliverables),
            "contract": report.contract,
        },
        "sample": report.sample,
        "fine": report.fine,
        "items": [_item_data(report, one) for one in report.standings],
        "files": [_file_data(report, paper) for paper in report.papers],
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=str) + "\n"


def _item_data(report: Report, one: Standing) -> dict[str, Any]:
    item, around = one.item, one.item.closed_day
    return {
        "contract": item.contract,
        **_item_key(item),
        "phrase": item.phrase,
        "due": item.due,
        "due_time": item.due_time,
        "closed_day": {"previous_open": around.previous_open, "next_open": around.next_open} if around else None,
        "state": item.state,
        "standing": one.state,
        "days_late": days_late(item, report.as_of),
        "files": [paper.path for paper in report.papers_of(one)],
        "lacks": [{"record": gap.record, "fields": list(gap.fields)} for gap in one.gaps],
        "reasons": list(one.reasons),
    }


def _item_key(item: DueItem) -> dict[str, Any]:
    """What an item is, as `nohin due --format json` says it."""
    return {
        "deliverable": item.deliverable,
        "title": item.title,
        "occasion": item.occasion,
        "scope": item.scope,
        "medium": item.medium,
        "period": {"start": item.period.start, "end": item.period.end} if item.period else None,
        "event": {"kind": item.event.kind, "id": item.event.id} if item.event else None,
    }


def _file_data(report: Report, paper: Paper) -> dict[str, Any]:
    latest = paper.body.revisions.latest
    return {
        "due": paper.due,
        "contract": paper.document.contract.id,
        "document": paper.document.id,
        "title": paper.document.title,
        "edition": {
            "label": paper.body.revisions.label,
            "date": latest.date if latest else None,
            "commit": latest.commit if latest else None,
        },
        "path": paper.path,
        "sha256": report.sha256(paper),
        "pages": report.content(paper).pages,
        "sources": list(paper.document.sources),
        "serves": [_item_key(item) for item in paper.items],
        "notes": list(paper.notes),
    }
