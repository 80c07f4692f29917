"""期日ごとのフォルダー: the PDFs of each due date with a list of what is in it, and a list of all at the top.

```
due/index.html, index.json, 目録.csv       what is ready, what lacks something, what is late
due/2026-05-10/index.html, 目録.csv        what is to be handed over by that date; can be passed on as it is
due/2026-05-10/<contract>/No4_….pdf
```

Same project, same day, same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from generator.documents.render import Sandbox, render
from generator.intake.eras import WEEKDAYS
from generator.outputs import folders
from generator.outputs.archives import LIST, plain
from generator.outputs.due.papers import Paper
from generator.outputs.due.report import OURS, Report, to_json
from generator.outputs.due.words import closed, dated, named
from generator.problems import Problem
from generator.rules.openitems import days_late

INDEX, DATA = "index.html", "index.json"

COLUMNS = (
    "期日",
    "曜日",
    "契約",
    "No",
    "納品物件",
    "文書",
    "期間の始め",
    "期間の終わり",
    "版",
    "版の日付",
    "ファイル",
    "ページ数",
    "SHA-256",
    "備考",
)


def pages(report: Report, env: Sandbox) -> tuple[dict[str, str], list[Problem]]:
    """The lists to be opened in a browser, by path: that of all, and that of each due date."""
    told = {INDEX: _page(report, env, report.papers, top=True)}
    for folder, own in groupby(report.papers, lambda paper: paper.folder):
        told[f"{folder}/{INDEX}"] = _page(report, env, tuple(own))
    problems = [problem for _, found in told.values() for problem in found]
    return {path: text or "" for path, (text, _) in told.items()}, problems


def _page(report: Report, env: Sandbox, papers: Sequence[Paper], top: bool = False) -> tuple[str | None, list[Problem]]:
    due = papers[0].due if papers and not top else None
    remarks = sorted({remark for paper in papers for item in paper.items if (remark := closed(item))})
    sample = report.sample if top else any(paper.document.contract.sample for paper in papers)
    values = {"report": report, "papers": papers, "due": due, "remarks": remarks, "top": top, "sample": sample}
    return render(env, "layouts/due-index.html.j2", **values, **_WORDS)


_WORDS = {
    "named": named,
    "dated": dated,
    "closed": closed,
    "days_late": days_late,
    "INDEX": INDEX,
    "DATA": DATA,
    "LIST": LIST,
}


def write(report: Report, pages: dict[str, str], new: Path) -> None:
    """The PDFs and their lists, into a new folder."""
    for paper in report.papers:
        folders.write_new(new / paper.path, report.content(paper).content)
    for path, text in pages.items():
        folders.write_new(new / path, text.encode())
    for folder, own in groupby(report.papers, lambda paper: paper.folder):
        folders.write_new(new / folder / LIST, listed(report, tuple(own), inside=True))
    folders.write_new(new / LIST, listed(report, report.papers))
    folders.write_new(new / DATA, to_json(report).encode())


def listed(report: Report, papers: Sequence[Paper], inside: bool = False) -> bytes:
    """目録: a line for each PDF, as CSV that spreadsheets open with the right characters.

    Paths are those below the output, or `inside` the folder of the due date.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for paper in papers:
        rows.writerow(plain(cell) for cell in _row(report, paper, paper.inner if inside else paper.path))
    return text.getvalue().encode("utf-8-sig")


def _row(report: Report, paper: Paper, path: str) -> Iterator[str]:
    document, latest = paper.document, paper.body.revisions.latest
    yield paper.due.isoformat() if paper.due else ""
    yield WEEKDAYS[paper.due.weekday()] if paper.due else ""
    yield document.contract.id
    yield "、".join(dict.fromkeys(item.deliverable for item in paper.items if item.listed))
    yield "、".join(dict.fromkeys(named(item) for item in paper.items))
    yield document.title
    yield document.period.start.isoformat() if document.period else ""
    yield document.period.end.isoformat() if document.period else ""
    yield paper.body.revisions.label
    yield latest.date.isoformat() if latest and latest.date else ""
    yield path
    yield str(report.content(paper).pages)
    yield report.sha256(paper)
    yield "、".join(paper.notes)


# --- the place of it all ---------------------------------------------------------------------------------


def is_ours(target: Path) -> bool:
    """Whether a folder was made by `nohin pdf`: its list says so."""
    try:
        said = json.loads((target / DATA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("made_by") == OURS
