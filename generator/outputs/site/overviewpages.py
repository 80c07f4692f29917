"""The overview of a contract: where it stands, the ways to its main pages, then what was agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator.documents.asof import last_day, seen
from generator.documents.checklist import checklist
from generator.documents.kinds import shelves
from generator.model import Certification, Contract
from generator.outputs import archives
from generator.outputs.shown import Shown, Site
from generator.outputs.site import (
    deadlinepages,
    documentpages,
    downloadpages,
    groups,
    plainpages,
    submissionpages,
    workpages,
)
from generator.outputs.site.deadlinepages import OVERDUE, Link, together
from generator.outputs.site.groups import Group
from generator.outputs.site.statewords import state_word
from generator.rules import coverage, events, fiscal, states
from generator.rules.dueitem import DueItem

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
    known = seen(shown.contract, last_day(shown.contract, site.as_of))
    yield (
        PAGE,
        site.page(
            "contract.md.j2",
            TITLE,
            contract=shown.contract,
            late=late,
            soon=soon,
            todo=together(deadlinepages.shown((*late, *soon))),
            said=state_word,
            soon_days=states.SOON_DAYS,
            next=groups.counting(item for item in shown.items if item.obligor == "vendor" and item.due),
            waiting=sum(one.waiting for one in handed),
            incidents=len(events.entries_of(known, "incidents")),
            coverage=coverage.coverage(shown.statuses),
            ways=list(ways(shown, found, site.as_of)),
            certifications=certifications(shown.contract),
            place_of=partial(groups.place_of, found),
        ),
    )


def certifications(contract: Contract) -> list[Certification]:
    """What the vendor holds, what lapses first at the head; what has no last day comes last."""
    held = contract.vendor.certifications
    return sorted(held, key=lambda one: (one.expires or dt.date.max, one.name))


def late_and_soon(items: Iterable[DueItem]) -> tuple[list[DueItem], list[DueItem]]:
    """What the vendor is late with, returned things included, and what is due soon."""
    own = [item for item in items if item.obligor == "vendor"]
    late = [item for item in own if item.state in OVERDUE]
    return late, [item for item in own if item.state == states.SOON]


def ways(shown: Shown, found: Sequence[Group], as_of: dt.date) -> Iterator[Way]:
    """The main pages there are, in the order in which they are asked for."""
    yield Way("deadlines.html", "期限", "カレンダーと一覧")
    yield Way("documents/index.html", documentpages.TITLE, f"文書 {len(shown.bodies)}件")
    yield from _drawn(shown, as_of)
    yield from _books(shown, found)
    yield Way("submissions.html", submissionpages.TITLE, "検収待ちと差戻し")
    if workpages.years(shown, as_of):
        yield Way("work.html", workpages.WORK_TITLE, "月ごとの回数と時間")
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
        yield Way(page, "チェックリスト", _checked(checklist(seen(contract, last_day(contract, as_of))).counts))


def _checked(counts: Mapping[str, int]) -> str:
    """`記入 44 / 57、×1件、未記入 13件`."""
    total, blank, failed = sum(counts.values()), counts["未記入"], counts["×"]
    words = (f"記入 {total - blank} / {total}", f"×{failed}件" if failed else "", f"未記入 {blank}件" if blank else "")
    return "、".join(filter(None, words))


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
