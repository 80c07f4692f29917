"""The navigation of a contract: short, and the same when one more report is added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import Any

from generator.documents.kinds import shelves
from generator.outputs.difference import differencepages
from generator.outputs.shown import Shown
from generator.outputs.site import (
    clausepages,
    documentpages,
    downloadpages,
    groups,
    plainpages,
    submissionpages,
    workpages,
)
from generator.outputs.site.groups import Group

Entry = dict[str, Any]


def nav(shown: Shown, pages: Collection[str]) -> list[Any]:
    """The navigation of a contract as MkDocs takes it, with paths below the contract's part.

    `pages` are the paths of the pages there are; nothing else is named.
    """
    return list(_there(_entries(shown), pages))


def _there(entries: Iterable[tuple[str, Any]], pages: Collection[str]) -> Iterator[Entry]:
    """The entries whose pages there are; a folder of one entry is that entry."""
    for title, target in entries:
        if isinstance(target, str):
            yield from [{escape(title): target}] if target in pages else []
            continue
        inside = list(_there(target, pages))
        yield from inside if len(inside) < 2 else [{escape(title): inside}]


def _entries(shown: Shown) -> Iterator[tuple[str, Any]]:
    yield "概要", "index.md"
    yield "期限", "deadlines.md"
    yield "文書", [(documentpages.TITLE, documentpages.INDEX), *_shelves(shown)]
    yield "障害とサービスレベル", "incidents.md"
    yield workpages.WORK_TITLE, workpages.WORK
    yield "記録・台帳", [("記録の一覧", "records/index.md"), (workpages.REGISTERS_TITLE, workpages.REGISTERS)]
    names = clausepages.set_names(shown.contract)
    own = ((title, f"clauses/{name}.md") for name, title, _ in names)
    yield "条項", [("条項への対応", "clauses/coverage.md"), *own]
    yield differencepages.TITLE, differencepages.PAGE
    yield submissionpages.TITLE, submissionpages.PAGE
    yield downloadpages.TITLE, downloadpages.PAGE


def _shelves(shown: Shown) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The standing documents by shelf, with the pages that stand in for a document."""
    standing = [group for group in groups.groups(shown) if is_standing(group)]
    on = {
        name: [(groups.shortened(g.title), f"{g.path}.md") for g in own] for name, _, own in groups.by_shelf(standing)
    }
    for page in plainpages.pages(shown.contract, shown.bodies):
        on.setdefault(shown.kinds[page.kind].shelf, []).append((page.title, f"{page.name}.md"))
    yield from ((title, on[name]) for name, title in shelves().items() if name in on)


def is_standing(group: Group) -> bool:
    """Whether a deliverable is named in the navigation: it stands in the specification's list, is made whatever happens,
    or has been made more than once. A single letter about a single matter is found in the list of documents."""
    return group.several or group.kind.per != "record" or any(d.listed for d in group.deliverables)
