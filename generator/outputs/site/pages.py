"""The pages of the site as Markdown: one part for the home, one per contract.

Whatever comes from data is HTML, escaped by the template; Markdown is only the frame around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from generator.intake.schema import Schema, Schemas, load_manifest_schema
from generator.outputs.difference import differencepages
from generator.outputs.shown import Shown, Site
from generator.outputs.site import (
    clausepages,
    deadlinepages,
    documentpages,
    downloadpages,
    incidentpages,
    navigation,
    overviewpages,
    plainpages,
    recordpages,
    submissionpages,
    workpages,
)
from generator.outputs.site.theme import Look, Part
from generator.outputs.site.told import Told
from generator.outputs.site.website import HOME
from generator.problems import Problem
from generator.rules.dueitem import order

STYLES = (
    *("layouts/body.css", "layouts/books.css", "layouts/manuals.css"),
    *("site/site.css", "site/lists.css", "site/home.css", "site/search.css"),
)
SCRIPTS = (
    *("filter", "regions", "zoom", "keyboard", "whereabouts", "countdown", "lastvisit"),
    *("iframe-worker", "search", "search-words", "search-worker"),
)
"""Plain scripts of ours; mkdocs.yml and the theme's page say which of them a page loads."""

OVERRIDES = ("main.html",)
"""Templates of ours in the place of the theme's, below templates/site/theme/."""


def look(site: Site, project: Path) -> Look:
    """What all pages share."""
    css = "\n".join(site.text(name) for name in STYLES)
    scripts = {f"assets/{name}.js": site.text(f"site/{name}.js").encode() for name in SCRIPTS}
    overrides = {name: site.text(f"site/theme/{name}").encode() for name in OVERRIDES}
    return Look(project, {"assets/nohin.css": css.encode(), **scripts}, overrides)


def home_part(site: Site, told: Sequence[Told], schemas: Schemas, problems: Sequence[Problem] = ()) -> Part:
    """The home: where all contracts stand, the problems a draft was made with, and the data dictionary."""
    values = {"glances": [one.glance for one in told], "problems": problems}
    pages = {
        "index.md": site.page("home.md.j2", "ホーム", **values),
        "calendar.md": site.page("deadlines.md.j2", "全契約の期限", contract=None, **_all_deadlines(told)),
        "dictionary.md": site.page("dictionary.md.j2", "データ辞書", kinds=list(_dictionary(schemas))),
    }
    nav: list[Any] = [{"ホーム": "index.md"}, {"全契約の期限": "calendar.md"}, {"データ辞書": "dictionary.md"}]
    return Part(HOME, "納品", pages, nav)


def _all_deadlines(told: Sequence[Told]) -> dict[str, Any]:
    items = [entry for one in told for entry in deadlinepages.shown(one.items, one.contract.head.title)]
    ordered = sorted(items, key=lambda entry: order(entry.item))
    return {"deadlines": deadlinepages.deadlines(ordered), "base": "", "several": True, "ics": "calendars/all.ics"}


def _own_deadlines(shown: Shown) -> dict[str, Any]:
    items = deadlinepages.shown(shown.items, links=recordpages.links_of(shown.bodies))
    found = deadlinepages.deadlines(items, shown.contract)
    return {"deadlines": found, "base": "../", "several": False, "ics": f"calendars/{shown.contract.id}.ics"}


def _dictionary(schemas: Schemas) -> Iterator[tuple[Schema, list[tuple[str, dict[str, Any]]]]]:
    for schema in (*schemas.by_kind.values(), load_manifest_schema()):
        yield schema, [(".".join(str(step) for step in path), rule) for path, rule in schema.walk()]


def contract_part(site: Site, shown: Shown) -> Part:
    """The part of one contract; reads nothing of the others."""
    contract, pages = shown.contract, dict(_pages(site, shown))
    nav = navigation.nav(shown, pages)
    placed = {f"{contract.id}/{path}": text for path, text in pages.items()}
    return Part(contract.id, escape(contract.head.title), placed, _placed(nav, contract.id))


def _pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """Every page of a contract by its path."""
    contract, changes = shown.contract, differencepages.pages(site, shown)
    yield from overviewpages.pages(site, shown)
    yield "deadlines.md", site.page("deadlines.md.j2", "期限", contract=contract, **_own_deadlines(shown))
    yield from documentpages.pages(site, shown, changes)
    yield from incidentpages.pages(site, shown)
    yield from workpages.pages(site, shown)
    yield from submissionpages.pages(site, shown)
    yield from downloadpages.pages(site, shown)
    for page in plainpages.pages(contract, shown.bodies):
        yield f"{page.name}.md", plainpages.markdown(site, shown, page)
    yield from _records(site, shown)
    yield from _clauses(site, shown)
    yield from changes.items()


def _placed(nav: Sequence[Any], folder: str) -> list[Any]:
    """A navigation whose paths begin in a folder."""
    return [
        {title: _placed(target, folder) if isinstance(target, list) else f"{folder}/{target}"}
        for entry in nav
        for title, target in entry.items()
    ]


def _records(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    sets = recordpages.record_sets(shown.contract, shown.bodies, shown.items)
    values = {"contract": shown.contract, "shown": shown}
    if sets:
        yield "records/index.md", site.page("records.md.j2", RECORDS, sets=sets, **values)
    for entry in sets:
        yield f"{entry.path}.md", site.page("record.md.j2", f"記録　{entry.schema.title}", set=entry, **values)


def _clauses(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    contract = shown.contract
    sets = clausepages.clause_sets(contract, shown.statuses, shown.bodies)
    for entry in sets:
        yield f"clauses/{entry.name}.md", site.page("clauses.md.j2", entry.title, contract=contract, set=entry)
    values = {"contract": contract, "sets": sets, "kinds": clausepages.matrix_kinds(sets)}
    yield "clauses/coverage.md", site.page("coverage.md.j2", COVERAGE, **values)


COVERAGE, RECORDS = "条項への対応", "記録の一覧"
