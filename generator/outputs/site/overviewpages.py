"""The overview of a contract: where it stands, the ways to its main pages, then what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.documents.checklist import checklist
from generator.documents.kinds import shelves
from generator.outputs import archives
from generator.outputs.shown import Shown, Site
from generator.outputs.site import documentpages, downloadpages, groups, plainpages, submissionpages, workpages
from generator.outputs.site.deadlinepages import Link
from generator.outputs.site.groups import Group
from generator.rules import coverage, fiscal, states
from generator.rules.dueitem import DueItem
from generator.rules.labels import MEDIA, SCOPES

PAGE, TITLE = "index.md", "契約の概要"
BOOKS = "books"


@dataclass(frozen=True)
class Way:
    """A main page, and what is to be found there in a few words."""

    href: str
    title: str
    note: str = ""


def pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part."""
    found = groups.groups(shown, site.as_of)
    handed = submissionpages.handed_over(shown, site.as_of)
    late, soon = late_and_soon(shown.items)
    yield (
        PAGE,
        site.page(
            "contract.md.j2",
            TITLE,
            contract=shown.contract,
            late=late,
            soon=soon,
            todo=together((*late, *soon)),
            next=groups.counting(item for item in shown.items if item.obligor == "vendor" and item.due),
            waiting=sum(one.waiting for one in handed),
            incidents=sum(entry.kind == "incidents" for entry in shown.contract.entries),
            coverage=coverage.coverage(shown.statuses),
            ways=list(ways(shown, found, site.as_of)),
            place_of=partial(groups.place_of, found),
        ),
    )


def late_and_soon(items: Iterable[DueItem]) -> tuple[list[DueItem], list[DueItem]]:
    """What the vendor is late with, returned things included, and what is due soon."""
    own = [item for item in items if item.obligor == "vendor"]
    late = [item for item in own if item.state in (states.LATE, states.RETURNED)]
    return late, [item for item in own if item.state == states.SOON]


@dataclass(frozen=True)
class Duty:
    """Due items that differ in nothing but in scope and medium."""

    items: tuple[DueItem, ...]

    @property
    def item(self) -> DueItem:
        """The first of them."""
        return self.items[0]

    @property
    def manners(self) -> str:
        """What tells them apart: `差分・紙、全量・データ`."""
        words = (filter(None, (SCOPES.get(i.scope or ""), MEDIA.get(i.medium or ""))) for i in self.items)
        return "、".join(dict.fromkeys(filter(None, map("・".join, words))))


def together(items: Iterable[DueItem]) -> list[Duty]:
    """Items of one deliverable, day, occasion and state as one, in the order of the first of each."""
    found: dict[tuple[object, ...], list[DueItem]] = {}
    for item in items:
        found.setdefault((item.deliverable, item.due, item.due_time, item.occasion, item.state), []).append(item)
    return [Duty(tuple(alike)) for alike in found.values()]


def ways(shown: Shown, found: Sequence[Group], as_of: dt.date) -> Iterator[Way]:
    """The main pages there are, in the order in which they are asked for."""
    yield Way("deadlines.html", "期限", "カレンダーと一覧")
    yield Way("documents/index.html", documentpages.TITLE, f"文書 {len(shown.bodies)}件")
    yield from _drawn(shown, as_of)
    yield from _books(shown, found)
    yield Way("submissions.html", submissionpages.TITLE, "検収待ちと差戻し")
    if workpages.years(shown, as_of):
        yield Way("work.html", workpages.WORK_TITLE, "月ごとの件数と時間")
    if archives.archives(shown, as_of):
        yield Way("downloads.html", downloadpages.TITLE, "年度ごとの ZIP")


def _drawn(shown: Shown, as_of: dt.date) -> Iterator[Way]:
    """The plan of the year, the support structure and the checklist, be they documents or plain pages."""
    contract = shown.contract
    if plan := _plan(shown, as_of):
        yield Way(plan.href, "年間計画", plan.text)
    if page := plainpages.where(contract, shown.bodies, "support-structure"):
        yield Way(page, "体制", "役割・担当・連絡の順序")
    if page := plainpages.where(contract, shown.bodies, "security-checklist"):
        counts = checklist(contract).counts
        yield Way(page, "チェックリスト", f"記入 {sum(counts.values()) - counts['未記入']} / {sum(counts.values())}")


def _plan(shown: Shown, as_of: dt.date) -> Link | None:
    """The plan of the fiscal year of a day, else the last one."""
    kind = "annual-plan"
    documents = (body.document for body in shown.bodies if body.document.kind.id == kind)
    plain = (page for page in plainpages.pages(shown.contract, shown.bodies) if page.kind == kind)
    found = [(d.period, Link(f"documents/{d.id}.html", d.label)) for d in documents]
    found += [(page.period, Link(f"{page.name}.html", page.label)) for page in plain]
    year = fiscal.fiscal_year_of(as_of)
    current = [link for period, link in found if period and fiscal.fiscal_year_of(period.start) <= year]
    return current[-1] if current else next((link for _, link in found), None)


def _books(shown: Shown, found: Sequence[Group]) -> Iterator[Way]:
    own = [group for group in found if group.kind.shelf == BOOKS]
    if own:
        title = shelves()[BOOKS]
        yield Way(f"documents/index.html#s-{BOOKS}", title, f"{len(own)}種類")
    elif page := plainpages.where(shown.contract, shown.bodies, "system-design"):
        yield Way(page, "システムの設計")
