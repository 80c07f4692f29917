"""The stages in order: what a check and a build do, read aloud."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.documents.kinds import Kind, discover
from generator.documents.plan import check as check_documents
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import Loaded, load
from generator.intake.remembered import Memory
from generator.intake.tree import WorkingTree
from generator.outputs.cache import Cache
from generator.problems import Problem, has_errors, in_order
from generator.rules import coverage, staffing
from generator.rules.check import check as check_deadlines

if TYPE_CHECKING:
    from generator.documents.plan import Document
    from generator.documents.render import Body
    from generator.outputs.pages import Shown, Site

# Rendering, history, MkDocs and WeasyPrint are imported by the stages that use them: a check must start at once.

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What a build is asked for."""

    project: Path
    as_of: dt.date
    out: Path
    only: str | None = None
    draft: bool = False
    workers: int = 2
    progress: Progress = lambda line: None


@dataclass
class Checked:
    """A project that has been looked at."""

    loaded: Loaded
    kinds: Mapping[str, Kind]
    folders: TemplateFolders
    problems: list[Problem] = field(default_factory=list)


def check(project: Path, memory: Memory | None = None) -> Checked:
    """Read everything and report every problem; write nothing."""
    loaded = load(WorkingTree(project), memory or Memory(Cache.existing(project, "data")))
    folders = TemplateFolders(project)
    kinds, problems = discover(folders)
    problems = loaded.problems + problems
    fields = record_fields(loaded)
    for contract in loaded.portfolio.contracts.values():
        problems += check_deadlines(contract, fields)
        problems += coverage.check(contract)
        problems += staffing.check(contract)
        problems += check_documents(contract, kinds)
    return Checked(loaded, kinds, folders, in_order(problems))


def record_fields(loaded: Loaded) -> dict[str, list[str]]:
    """The fields of each kind of record, for the rules that name them."""
    schemas = loaded.schemas.by_kind
    return {kind.removeprefix("records/"): list(s.fields) for kind, s in schemas.items() if kind.startswith("records/")}


def build(request: Request) -> list[Problem]:
    """Make the site and the PDFs; with errors, leave the last good output as it is."""
    memory = Memory(Cache.of(request.project, "data"))
    checked = check(request.project, memory)
    memory.save()
    if has_errors(checked.problems) and not request.draft:
        return checked.problems
    from generator.outputs import folders

    contracts = _wanted(checked, request)
    site, shown = _render(checked, contracts, request)
    if has_errors(site.problems):
        return in_order(checked.problems + site.problems)
    with folders.replaced(request.out, request.project) as new:
        if request.only and request.out.is_dir():
            shutil.copytree(request.out, new, dirs_exist_ok=True)
        entries = _write_pdfs(shown, site, new, request)
        _write_site(site, checked, shown, new, request)
        _write_calendars(shown, new, request)
        _write_manifest(entries, new)
    return checked.problems


def _wanted(checked: Checked, request: Request) -> list[str]:
    names = checked.loaded.portfolio.contracts
    return [name for name in names if request.only is None or fnmatch(name, request.only)]


def _render(checked: Checked, contracts: Sequence[str], request: Request) -> tuple[Site, list[Shown]]:
    from generator.documents.render import environment
    from generator.history.log import read
    from generator.intake.repository import Repository
    from generator.outputs.pages import Shown, Site
    from generator.rules.deadlines import due_items

    history = read(Repository.at(request.project))
    site = Site(environment(checked.folders), checked.folders, request.as_of, request.draft)
    shown = []
    for name in contracts:
        contract = checked.loaded.portfolio.contracts[name]
        bodies = _bodies(contract, checked, history, site)
        files = {b.document.id: pdf_path(b.document) for b in bodies}
        shown.append(Shown(contract, bodies, files, due_items(contract, request.as_of)))
    return site, shown


def _bodies(contract: Any, checked: Checked, history: Any, site: Site) -> list[Body]:
    from generator.documents.plan import plan
    from generator.documents.render import body
    from generator.history.revisions import of_document

    bodies = []
    for document in plan(contract, checked.kinds):
        lines = checked.folders.read(document.kind.template).front_lines
        made, problems = body(site.env, document, of_document(history, document.sources), site.as_of, lines)
        site.problems += problems
        bodies += [made] if made else []
    return bodies


def pdf_path(document: Document) -> str:
    """Where a document's PDF lies below the site."""
    number = f"{document.deliverable.no}-" if document.deliverable else ""
    return f"deliverables/{document.contract.id}/{number}{document.id}.pdf"


def _write_pdfs(shown: Sequence[Shown], site: Site, target: Path, request: Request) -> list[dict[str, Any]]:
    from generator.outputs import folders, typesetting
    from generator.outputs.pdf import make_all

    tree = WorkingTree(request.project)
    bodies = {pdf_path(b.document): b for s in shown for b in s.bodies}
    jobs = [typesetting.job(path, b, site, tree) for path, b in bodies.items()]
    made = make_all(jobs, request.project, request.progress, request.workers)
    for path, pdf in made.items():
        folders.write(target / path, pdf.content)
    return [typesetting.manifest_entry(bodies[path].document, made[path]) for path in bodies]


def _write_site(site: Site, checked: Checked, shown: Sequence[Shown], target: Path, request: Request) -> None:
    from generator.outputs import pages, website

    parts = [pages.contract_part(site, s) for s in shown]
    if not request.only:
        parts.insert(0, pages.home_part(site, checked.loaded.portfolio, shown, checked.loaded.schemas))
    website.build(parts, request.project, target, request.progress, request.workers)


def _write_calendars(shown: Sequence[Shown], target: Path, request: Request) -> None:
    from generator.outputs import calendar, folders

    for entry in shown:
        text = calendar.to_ics(entry.items, request.as_of, entry.contract.head.title)
        folders.write(target / "calendars" / f"{entry.contract.id}.ics", text.encode())
    if not request.only:
        everything = [item for entry in shown for item in entry.items]
        folders.write(target / "calendars" / "all.ics", calendar.to_ics(everything, request.as_of).encode())


def _write_manifest(entries: Sequence[Mapping[str, Any]], target: Path) -> None:
    place = target / "deliverables" / "manifest.json"
    written = {entry["path"] for entry in entries}
    old = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else []
    rows = sorted([*entries, *(e for e in old if e["path"] not in written)], key=lambda e: e["path"])
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def workers() -> int:
    """How many processes a build uses: one per core."""
    return os.cpu_count() or 1
