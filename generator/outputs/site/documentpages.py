"""The pages of documents: the list of deliverables, a list of each deliverable's documents, and each document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from generator.documents.chain import submissions_of
from generator.documents.plan import kinds_of
from generator.model import Deliverable
from generator.outputs.difference import differencepages
from generator.outputs.shown import Shown, Site
from generator.outputs.site import groups, recordpages, structurepages
from generator.outputs.site.groups import Group
from generator.outputs.site.statewords import state_names, state_word
from generator.rules import fiscal
from generator.rules.dueitem import DueItem
from generator.rules.events import kind_title

INDEX, TITLE = "documents/index.md", "文書の一覧"


def pages(site: Site, shown: Shown, compared: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part; `compared` are the paths of the comparisons there are."""
    found = groups.groups(shown, site.as_of)
    yield INDEX, _index(site, shown, found)
    for group in found:
        if group.several:
            yield f"{group.path}.md", _list(site, shown, group)
        yield from _documents(site, shown, group, compared)


def _index(site: Site, shown: Shown, found: Sequence[Group]) -> str:
    return site.page(
        "documents.md.j2",
        TITLE,
        contract=shown.contract,
        shelves=groups.by_shelf(found),
        files=shown.files,
        waiting=[(d, kinds, _next(shown, d)) for d, kinds in shown.waiting],
        others=[(d, _next(shown, d)) for d in without_documents(shown)],
        withheld=[d for d in shown.contract.deliverables if kinds_of(d, shown.past.withheld)],
        record_title=kind_title,
        said=state_word,
    )


def without_documents(shown: Shown) -> list[Deliverable]:
    """What the vendor hands over or does without a document that is made here."""
    made = {d.no for body in shown.bodies for d in body.document.deliverables}
    waiting = {deliverable.no for deliverable, _ in shown.waiting}
    own = (d for d in shown.contract.deliverables if d.obligor == "vendor")
    return [d for d in own if d.no not in made | waiting]


def _next(shown: Shown, deliverable: Deliverable) -> DueItem | None:
    return groups.counting(item for item in shown.items if item.deliverable == deliverable.no)


def _list(site: Site, shown: Shown, group: Group) -> str:
    return site.page(
        "document-list.md.j2",
        f"{group.title}の一覧",
        contract=shown.contract,
        group=group,
        files=shown.files,
        year_name=fiscal.fiscal_year_name,
        year_of=fiscal.fiscal_year_of,
        said=state_word,
        named=state_names,
    )


def _documents(site: Site, shown: Shown, group: Group, compared: Collection[str]) -> Iterator[tuple[str, str]]:
    alike = [listed.document for listed in group.documents]
    for listed in group.documents:
        body, document = listed.body, listed.document
        text = site.page(
            "document.md.j2",
            document.title,
            body=body,
            document=document,
            documents=alike,
            contract=shown.contract,
            group=group if group.several else None,
            listed=listed,
            file=shown.files.get(document.id),
            since=shown.since.get(document.id),
            chain=list(recordpages.chain(body)),
            compared=differencepages.path_of(document) in compared,
            submissions=submissions_of(document, body.items, site.as_of),
            said=state_word,
            changed=structurepages.of_kind(shown, document.kind.id, site.as_of),
            files=shown.files,
        )
        yield f"documents/{document.id}.md", text
