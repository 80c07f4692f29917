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
from generator.documents.kinds import check as check_kinds
from generator.documents.plan import check as check_documents
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import Loaded, load
from generator.intake.remembered import Memory
from generator.intake.tree import WorkingTree
from generator.model import Contract
from generator.outputs.cache import Cache
from generator.problems import NohinError, Problem, has_errors, in_order
from generator.rules import coverage, staffing
from generator.rules.check import check as check_deadlines

if TYPE_CHECKING:
    from generator.documents.plan import Document
    from generator.documents.render import Body
    from generator.outputs.pages import Shown, Site
    from generator.outputs.pdf import Job
    from generator.outputs.website import Part

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
    fields = record_fields(loaded)
    problems += loaded.problems + list(check_kinds(kinds, fields))
    lost = {file.path for file in loaded.files if file.lost}
    for contract in loaded.portfolio.contracts.values():
        problems += _contract_problems(contract, fields, whole=lost.isdisjoint(_files(contract)))
        problems += check_documents(contract, kinds)
    return Checked(loaded, kinds, folders, in_order(problems))


def _contract_problems(contract: Contract, fields: Mapping[str, Sequence[str]], whole: bool) -> list[Problem]:
    """What the rules say; where a part could not be read, nothing that may rest on what is missing."""
    if contract.head.period.end < contract.head.period.start:
        return []
    found = check_deadlines(contract, fields)
    if not whole or has_errors(found):
        found = [problem for problem in found if problem.severity == "error"]
    return [*found, *coverage.check(contract), *staffing.check(contract)] if whole else found


def _files(contract: Contract) -> set[str]:
    shared = (contract.authority, contract.vendor, *contract.terms)
    return {*contract.files, *(record.source.path for record in shared)}


def record_fields(loaded: Loaded) -> dict[str, list[str]]:
    """The fields of each kind of record, for the rules that name them."""
    schemas = loaded.schemas.by_kind
    return {kind.removeprefix("records/"): list(s.fields) for kind, s in schemas.items() if kind.startswith("records/")}


def build(request: Request) -> tuple[list[Problem], bool]:
    """Make the site and the PDFs; with errors, leave the last good output as it is.

    Says what was wrong, and whether there is new output.
    """
    memory = Memory(Cache.of(request.project, "data"))
    checked = check(request.project, memory)
    memory.save()
    if has_errors(checked.problems) and not request.draft:
        return checked.problems, False
    from generator.outputs import folders, website

    contracts = _wanted(checked, request)
    site, shown = _render(checked, contracts, request)
    jobs = _jobs(shown, site, request)
    parts = _parts(site, checked, shown, request)
    if has_errors(site.problems):
        return in_order(checked.problems + site.problems), False
    with folders.replaced(request.out, request.project) as new:
        if request.only:
            _keep_others(request.out, new, contracts)
        entries = _write_pdfs(jobs, shown, new, request)
        website.build(parts, request.project, new, request.progress, request.workers)
        _write_calendars(shown, new, request)
        _write_manifest(entries, new)
    return checked.problems, True


def _wanted(checked: Checked, request: Request) -> list[str]:
    names = checked.loaded.portfolio.contracts
    wanted = [name for name in names if request.only is None or fnmatch(name, request.only)]
    if request.only and not wanted:
        raise NohinError(f"「{request.only}」に当たる契約がありません。あるのは: {'、'.join(names)}")
    return wanted


def _keep_others(old: Path, new: Path, contracts: Sequence[str]) -> None:
    """The last output without the contracts that are made anew."""
    if old.is_dir():
        shutil.copytree(old, new, dirs_exist_ok=True)
    for name in contracts:
        shutil.rmtree(new / name, ignore_errors=True)
        shutil.rmtree(new / "deliverables" / name, ignore_errors=True)


def _render(checked: Checked, contracts: Sequence[str], request: Request) -> tuple[Site, list[Shown]]:
    from generator.documents.render import environment
    from generator.history.checklists import since_submitted
    from generator.history.log import read
    from generator.intake.repository import Repository
    from generator.outputs.pages import Shown, Site
    from generator.rules.deadlines import due_items

    repository = Repository.at(request.project)
    history = read(repository)
    site = Site(environment(checked.folders), checked.folders, request.as_of, request.draft)
    shown = []
    for name in contracts:
        contract = checked.loaded.portfolio.contracts[name]
        bodies = _bodies(contract, checked, history, site)
        files = {b.document.id: pdf_path(b.document) for b in bodies}
        since = {
            b.document.id: since_submitted(
                contract, b.document.deliverable.no, history, repository, checked.loaded.schemas
            )
            for b in bodies
            if b.document.deliverable and "checklist" in b.document.kind.data
        }
        shown.append(Shown(contract, bodies, files, due_items(contract, request.as_of), since))
    return site, shown


def _bodies(contract: Any, checked: Checked, history: Any, site: Site) -> list[Body]:
    from generator.documents.plan import plan
    from generator.documents.render import body
    from generator.history.revisions import of_document

    bodies = []
    for document in plan(contract, checked.kinds):
        made, problems = body(site.env, document, of_document(history, document.sources), site.as_of)
        site.problems += problems
        bodies += [made] if made else []
    return bodies


def pdf_path(document: Document) -> str:
    """Where a document's PDF lies below the site."""
    number = f"{document.deliverable.no}-" if document.deliverable else ""
    return f"deliverables/{document.contract.id}/{number}{document.id}.pdf"


def _jobs(shown: Sequence[Shown], site: Site, request: Request) -> list[Job]:
    from generator.outputs import typesetting

    tree = WorkingTree(request.project)
    made = [typesetting.job(pdf_path(body.document), body, site, tree) for s in shown for body in s.bodies]
    return [job for job in made if job]


def _parts(site: Site, checked: Checked, shown: Sequence[Shown], request: Request) -> list[Part]:
    from generator.outputs import pages

    parts = [pages.contract_part(site, s) for s in shown]
    if not request.only:
        parts.insert(0, pages.home_part(site, checked.loaded.portfolio, shown, checked.loaded.schemas))
    return parts


def _write_pdfs(jobs: Sequence[Job], shown: Sequence[Shown], target: Path, request: Request) -> list[dict[str, Any]]:
    from generator.outputs import folders, typesetting
    from generator.outputs.pdf import make_all

    made = make_all(jobs, request.project, request.progress, request.workers)
    for path, pdf in made.items():
        folders.write(target / path, pdf.content)
    documents = [body.document for s in shown for body in s.bodies]
    return [typesetting.manifest_entry(document, made[pdf_path(document)]) for document in documents]


def _write_calendars(shown: Sequence[Shown], target: Path, request: Request) -> None:
    from generator.outputs import calendar, folders

    for entry in shown:
        text = calendar.to_ics(entry.items, request.as_of, entry.contract.head.title)
        folders.write(target / "calendars" / f"{entry.contract.id}.ics", text.encode())
    if not request.only:
        everything = [item for entry in shown for item in entry.items]
        folders.write(target / "calendars" / "all.ics", calendar.to_ics(everything, request.as_of).encode())


def _write_manifest(entries: Sequence[Mapping[str, Any]], target: Path) -> None:
    from generator.outputs.folders import MANIFEST

    place = target / MANIFEST
    old = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else []
    kept = [entry for entry in old if (target / entry["path"]).is_file()]
    rows = sorted({entry["path"]: entry for entry in [*kept, *entries]}.values(), key=lambda e: str(e["path"]))
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def workers() -> int:
    """How many processes a build uses: one per core."""
    return os.cpu_count() or 1
