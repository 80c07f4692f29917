"""Pages of what a contract's data says where the contract asks for no such document: plan, structure, check items,
the design of the system.

They are rendered from the templates of the documents; there is no PDF of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.documents.render import Body
from generator.model import Contract, Period
from generator.outputs.shown import Shown, Site
from generator.outputs.site import structurepages
from generator.rules import fiscal

TITLES = {
    "annual-plan": "年間計画",
    "support-structure": "体制",
    "security-checklist": "情報セキュリティ対策の確認項目",
    "system-design": "システムの設計",
}
"""Kinds of document that have such a page, with the page's title."""


@dataclass(frozen=True)
class PlainPage:
    """A page in the place of a document."""

    kind: str
    name: str
    title: str
    label: str = ""
    period: Period | None = None


def pages(contract: Contract, bodies: Sequence[Body]) -> list[PlainPage]:
    """The pages of a contract, in order: only of kinds that it has data for and makes no document of."""
    made = {body.document.kind.id for body in bodies}
    return [page for kind in TITLES if kind not in made for page in _of_kind(contract, kind)]


def _of_kind(contract: Contract, kind: str) -> Iterator[PlainPage]:
    if kind == "annual-plan" and contract.tasks:
        for span in fiscal.spans("fiscal_year", contract.head.period):
            period, name = Period(start=span.start, end=span.end), f"plan-{span.whole.start.year}"
            yield PlainPage(kind, name, f"{TITLES[kind]}（{span.name}）", span.name, period)
    if kind == "support-structure" and contract.staff.roles:
        yield PlainPage(kind, "structure", TITLES[kind])
    if kind == "system-design" and contract.design:
        yield PlainPage(kind, "design", TITLES[kind])
    if kind == "security-checklist" and any(terms.check_items for terms in contract.terms):
        yield PlainPage(kind, "checklist", TITLES[kind])


def markdown(site: Site, shown: Shown, page: PlainPage) -> str:
    """The page itself."""
    contract = shown.contract
    alike = [other for other in pages(contract, shown.bodies) if other.kind == page.kind]
    place = alike.index(page)
    return site.page(
        "plain.md.j2",
        page.title,
        contract=contract,
        head=contract.head,
        period=page.period,
        document={"label": page.label},
        body=f"documents/{page.kind}.html.j2",
        changed=structurepages.of_kind(shown, page.kind, site.as_of),
        files=shown.files,
        before=alike[place - 1] if place else None,
        after=alike[place + 1] if place + 1 < len(alike) else None,
    )


def where(contract: Contract, bodies: Sequence[Body], kind: str) -> str | None:
    """The page on which a kind can be seen, relative to the contract's part: the document's, else the plain one."""
    made = next((body.document.id for body in bodies if body.document.kind.id == kind), None)
    if made:
        return f"documents/{made}.html"
    return next((f"{page.name}.html" for page in pages(contract, bodies) if page.kind == kind), None)
