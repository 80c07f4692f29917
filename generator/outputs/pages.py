"""The pages of the site as Markdown: one part for the home, one per contract.

Whatever comes from data is HTML, escaped by the template; Markdown is only the frame around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import Any

from generator.documents.chain import submissions_of
from generator.intake.schema import Schema, Schemas, load_manifest_schema, load_schemas
from generator.outputs import clausepages, deadlinepages, differencepages, documentpages, plainpages, recordpages
from generator.outputs.shown import Shown, Site
from generator.outputs.website import HOME, Part
from generator.problems import Problem
from generator.rules import coverage, servicelevels
from generator.rules.dueitem import order
from generator.rules.events import kind_title

STYLES = ("layouts/body.css", "layouts/books.css", "layouts/manuals.css", "site/site.css")
SCRIPTS = {
    "site/iframe-worker.js": "assets/iframe-worker/shim.js",
    "site/filter.js": "assets/filter.js",
    "site/search-name.js": "assets/search-name.js",
}


def _files(site: Site) -> dict[str, bytes]:
    """Style sheets and scripts that every part carries."""
    css = "\n".join(site.text(name) for name in STYLES)
    return {"assets/nohin.css": css.encode(), **{place: site.text(name).encode() for name, place in SCRIPTS.items()}}


def home_part(site: Site, shown: Sequence[Shown], schemas: Schemas, problems: Sequence[Problem] = ()) -> Part:
    """The home: the contracts at a glance, the problems a draft was made with, and the data dictionary."""
    values = {"shown": shown, "coverage": _coverages(shown), "problems": problems}
    pages = {
        "index.md": site.page("home.md.j2", "契約の一覧", **values),
        "calendar.md": site.page("deadlines.md.j2", "全契約の期限", contract=None, **_all_deadlines(shown)),
        "dictionary.md": site.page("dictionary.md.j2", "データ辞書", kinds=list(_dictionary(schemas))),
    }
    nav: list[Any] = [{"ホーム": "index.md"}, {"全契約の期限": "calendar.md"}, {"データ辞書": "dictionary.md"}]
    return Part(HOME, "納品", pages, nav, _files(site))


def _all_deadlines(shown: Sequence[Shown]) -> dict[str, Any]:
    items = [entry for s in shown for entry in deadlinepages.shown(s.items, s.contract.head.title)]
    ordered = sorted(items, key=lambda entry: order(entry.item))
    return {"deadlines": deadlinepages.deadlines(ordered), "base": "", "several": True, "ics": "calendars/all.ics"}


def _own_deadlines(shown: Shown) -> dict[str, Any]:
    items = deadlinepages.shown(shown.items, links=recordpages.links_of(shown.bodies))
    found = deadlinepages.deadlines(items, shown.contract)
    return {"deadlines": found, "base": "../", "several": False, "ics": f"calendars/{shown.contract.id}.ics"}


def _coverages(shown: Sequence[Shown]) -> dict[str, coverage.Coverage]:
    return {s.contract.id: coverage.coverage(s.statuses) for s in shown}


def _dictionary(schemas: Schemas) -> Iterator[tuple[Schema, list[tuple[str, dict[str, Any]]]]]:
    for schema in (*schemas.by_kind.values(), load_manifest_schema()):
        yield schema, [(".".join(str(step) for step in path), rule) for path, rule in schema.walk()]


def contract_part(site: Site, shown: Shown) -> Part:
    """The part of one contract; reads nothing of the others."""
    contract, changes = shown.contract, differencepages.pages(site, shown)
    pages = {
        "index.md": site.page("contract.md.j2", "契約の概要", **_common(shown)),
        "deadlines.md": site.page("deadlines.md.j2", "期限", contract=contract, **_own_deadlines(shown)),
        "documents/index.md": site.page(
            "documents.md.j2", "文書の一覧", groups=documentpages.groups(shown), **_common(shown)
        ),
        "incidents.md": site.page(
            "incidents.md.j2", "障害とサービスレベル", contract=contract, **_incidents(shown, site)
        ),
        **{
            f"{page.name}.md": plainpages.markdown(site, shown, page)
            for page in plainpages.pages(contract, shown.bodies)
        },
        **dict(_documents(site, shown, changes)),
        **dict(_records(site, shown)),
        **dict(_clauses(site, shown)),
        **changes,
    }
    return Part(contract.id, escape(contract.head.title), pages, list(_nav(shown)), _files(site))


def _incidents(shown: Shown, site: Site) -> dict[str, Any]:
    results = servicelevels.service_results(shown.contract, site.as_of)
    states = [result.state for result in results]
    return {
        "incidents": [entry for entry in shown.contract.entries if entry.kind == "incidents"],
        "services": results,
        "service_counts": {word: states.count(word) for word in servicelevels.STATES},
    }


def _common(shown: Shown) -> dict[str, Any]:
    return {
        "contract": shown.contract,
        "made_for": documentpages.made_for,
        "record_title": kind_title,
        "shown": shown,
        "items": shown.items,
        "coverage": coverage.coverage(shown.statuses),
        "checklist_page": plainpages.where(shown.contract, shown.bodies, "security-checklist"),
    }


def _documents(site: Site, shown: Shown, changes: Collection[str]) -> Iterator[tuple[str, str]]:
    documents = [body.document for body in shown.bodies]
    for body in shown.bodies:
        document = body.document
        file = shown.files.get(document.id)
        values = {"body": body, "document": document, "contract": shown.contract, "file": file}
        values["since"] = shown.since.get(document.id)
        values["documents"] = documents
        values["chain"] = list(recordpages.chain(body))
        values["compared"] = differencepages.path_of(document) in changes
        values["submissions"] = submissions_of(document, body.items, site.as_of)
        yield f"documents/{document.id}.md", site.page("document.md.j2", document.title, **values)


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


COVERAGE, RECORDS = "遵守状況", "記録の一覧"


def _nav(shown: Shown) -> Iterator[Any]:
    yield {"概要": "index.md"}
    yield {"期限": "deadlines.md"}
    yield {"障害とサービスレベル": "incidents.md"}
    yield from ({escape(page.title): f"{page.name}.md"} for page in plainpages.pages(shown.contract, shown.bodies))
    documents: list[Any] = [{"文書の一覧": "documents/index.md"}]
    for group in documentpages.groups(shown):
        links = [{escape(b.document.title): f"documents/{b.document.id}.md"} for b in group.bodies]
        documents += links if len(links) < 2 else [{escape(group.title): links}]
    yield {"文書": documents}
    kinds = {entry.kind for entry in shown.contract.entries}
    titles = [(kind, schema.title) for kind, schema in load_schemas().records.items() if kind in kinds]
    if titles:
        yield {"記録": [{RECORDS: "records/index.md"}, *({escape(t): f"records/{k}.md"} for k, t in titles)]}
    yield {differencepages.TITLE: differencepages.PAGE}
    names = clausepages.set_names(shown.contract)
    yield {"条項": [{COVERAGE: "clauses/coverage.md"}, *({escape(t): f"clauses/{n}.md"} for n, t, _ in names)]}
