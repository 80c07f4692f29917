"""A small contract with something due of every sort, for the tests of what is made per due date and told of.

Looked at on 15 June 2026: two things are late, one is ready, one is not approved, one lacks its record, of one the
period still runs, one is made by hand, one is two things in one document, due on two dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from generator.checking import check
from generator.documents.render import environment
from generator.outputs.due.papers import Paper, approved, papers
from generator.outputs.due.readiness import Standing, standings
from generator.outputs.due.report import Report
from generator.outputs.pdf import Made
from generator.outputs.shown import Past, Shown, Site, show
from generator.rules.openitems import Asked, open_items
from tests.support import CONTRACT, MINIMAL, WHOLE, Files, Project

TODAY = "2026-06-15"
DELIVERABLES, SUBMISSIONS = f"{CONTRACT}/deliverables.yml", f"{CONTRACT}/submissions.yml"
INCIDENTS = f"{CONTRACT}/records/incidents"
INCIDENT = """\
title: 送信できない
contacted: 2026-06-01 16:30
restored: 2026-06-02 10:00
"""


def _template(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "<p>{{ document.title }}</p>", ""])


FILES: dict[str, str] = {
    **MINIMAL,
    ".gitignore": ".nohin/\nsite*/\ndue/\nreminders.json\n",
    "data/authorities/mihon-shi.yml": WHOLE["data/authorities/mihon-shi.yml"],
    f"{CONTRACT}/contract.yml": (
        MINIMAL[f"{CONTRACT}/contract.yml"] + "approvals:\n  roles: [approved]\n  documents: ['3']\n"
    ),
    f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"]
    .replace("roles:\n", "  - id: p2\n    name: 例示 花子\nroles:\n", 1)
    .replace("contact_lines:", "  - person: p2\n    role: manager\n    start: 2026-04-01\ncontact_lines:"),
    f"{INCIDENTS}/2026-001.yml": INCIDENT,
    SUBMISSIONS: """\
submissions:
  - deliverable: '1'
    due: 2026-05-10
    date: 2026-05-08
  - deliverable: '7'
    due: 2026-06-30
    person: p1
    date: 2026-06-05
""",
    DELIVERABLES: """\
deliverables:
  - no: '1'
    title: 月報
    documents: [monthly]
    phrase: 毎月末から10日以内
    due: [{each: month, within: 10 days of period.end}]
  - no: '2'
    title: 障害報告書
    documents: [letter]
    phrase: 復旧から20日以内
    due: [{event: incidents, within: 20 days of event.restored}]
  - no: '3'
    title: 体制表
    documents: [chart]
    due: [{on: 2026-06-20}]
  - no: '4'
    title: 通知
    documents: [letter-of-notice]
    due: [{on: 2026-06-30}]
  - no: '5'
    title: 媒体
    note: 媒体で納める。
    due: [{on: 2026-06-30}]
  - no: '6'
    title: 体制表の写し
    documents: [register]
    due: [{on: 2026-06-30}, {on: 2026-07-06}]
  - no: register
    title: 台帳
    listed: false
    documents: [register]
    due: [{on: 2026-06-30}]
  - no: '7'
    title: 誓約書
    documents: [promise]
    due: [{on: 2026-06-30}]
""",
    "templates/documents/monthly.html.j2": _template("月報", "per: period", "records: [work]", "data: [records]"),
    "templates/documents/letter.html.j2": _template(
        "障害の報告",
        "per: record",
        "record: incidents",
        "when: restored",
        "form: letter",
        "data: [records]",
        "items: [{title: 原因, field: cause.direct}]",
    ),
    "templates/documents/chart.html.j2": _template("体制", "per: contract", "data: [staff]", "order: 30"),
    "templates/documents/letter-of-notice.html.j2": _template(
        "通知の書面", "per: record", "record: notices", "form: letter", "data: [records]"
    ),
    "templates/documents/register.html.j2": _template("台帳", "per: contract", "data: [contract]", "order: 60"),
    "templates/documents/promise.html.j2": _template("誓約", "per: person", "data: [staff]", "order: 70"),
}


def files(changes: Files | None = None) -> dict[str, str | bytes]:
    """The project, with some files other than there."""
    return {path: content for path, content in {**FILES, **(changes or {})}.items() if content is not None}


@dataclass(frozen=True)
class Owed:
    """What is due of the contract, shown in this process; nothing is typeset."""

    site: Site
    shown: Shown
    standings: list[Standing]
    papers: list[Paper]

    @property
    def report(self) -> Report:
        """What `nohin pdf` would say of it; a PDF's bytes are its path here."""
        made = {path: Made(path, f"%PDF {path}".encode(), 3) for path in self.shown.files.values()}
        until = Asked(until=dt.date(2026, 7, 13))
        return Report(self.site.as_of, until, tuple(self.standings), tuple(self.papers), made, sample=True)

    def of(self, number: str) -> Standing:
        """The standing of the first item of a deliverable."""
        return next(one for one in self.standings if one.item.deliverable == number)


def owed(project: Callable[..., Project], changes: Files | None = None, until: str = "2026-07-13") -> Owed:
    """What is due until a day of such a project, looked at on 15 June 2026."""
    there, day = project(files(changes)), dt.date.fromisoformat(TODAY)
    checked = check(there.root, as_of=day)
    site = Site(environment(checked.folders), checked.folders, day)
    (contract,) = checked.loaded.portfolio.contracts.values()
    shown = show(contract, checked.kinds, Past(), site)
    assert not site.problems, site.problems
    bodies = {body.document.id: body for body in shown.bodies}
    wanted = open_items(shown.items, Asked(until=dt.date.fromisoformat(until)))
    documents = [body.document for body in shown.bodies]
    found = list(approved(standings(contract, checked.kinds, documents, wanted, day), bodies))
    return Owed(site, shown, found, papers(found, bodies))
