"""The stages in order: what `nohin build` does, read aloud."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from html import escape
from pathlib import Path

from generator.checking import Checked, check
from generator.documents import diagrams
from generator.documents.render import environment
from generator.history.log import read as read_history
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.outputs import calendar, differencepast, folders, manifest, pages, pdf, typesetting, website
from generator.outputs.bodystore import BodyStore
from generator.outputs.cache import Cache
from generator.outputs.drawingstore import DrawingStore
from generator.outputs.shown import Past, Shown, Site, show
from generator.outputs.templatecode import TemplateCode
from generator.problems import NohinError, Problem, has_errors, in_order

Progress = Callable[[str], None]

OFFICER, PUBLIC = AUDIENCES = ("officer", "public")


@dataclass(frozen=True)
class Request:
    """What a build is asked for."""

    project: Path
    as_of: dt.date
    out: Path
    only: str | None = None
    """A pattern of contract ids; the others stay as they are."""
    draft: bool = False
    audience: str = OFFICER
    """Who reads what is made: for the PUBLIC nothing personal is in it."""
    workers: int = 2
    progress: Progress = lambda line: None


def build(request: Request) -> tuple[list[Problem], bool]:
    """Make the site and the PDFs; with errors, leave the last good output as it is.

    Says what was wrong, and whether there is new output.
    """
    checked = _checked(request)
    if has_errors(checked.problems) and not request.draft:
        return checked.problems, False
    names, drawings = _wanted(checked, request), DrawingStore(request.project)
    with diagrams.kept_in(drawings):
        site, everything = _render(checked, names, request, drawings)
        shown = [entry for entry in everything if entry.contract.id in names]
        jobs = typesetting.jobs(shown, site, WorkingTree(request.project))
        home = pages.home_part(site, everything, checked.loaded.schemas, checked.problems if request.draft else ())
        parts = [home, *(pages.contract_part(site, entry) for entry in shown)]
    titles = {entry.contract.id: escape(entry.contract.head.title) for entry in everything}
    if has_errors(site.problems):
        return in_order(checked.problems + site.problems), False
    with folders.replaced(request.out, request.project) as new:
        _keep_others(request, new, [name for name in titles if name not in names])
        made = pdf.make_all(jobs, request.project, request.progress, request.workers)
        manifest.write(made, shown, new)
        website.build(parts, titles, request.project, new, request.progress, request.workers)
        calendar.write_all(everything, new, request.as_of)
    if request.only is None:
        pdf.forget_all_but(jobs, request.project)
        website.forget_all_but(parts, request.project)
        differencepast.forget_all_but_used(everything)
        drawings.forget_all_but_used()
        if site.books:
            site.books.forget_all_but_used()
    return checked.problems, True


def _checked(request: Request) -> Checked:
    memory = Memory(Cache.of(request.project, "data"))
    checked = check(request.project, memory, Cache.of(request.project, "effects"), request.as_of)
    memory.save()
    return checked


def _render(
    checked: Checked, names: Sequence[str], request: Request, drawings: DrawingStore
) -> tuple[Site, list[Shown]]:
    """Every contract the home tells of: all, or in a new folder only those that are made."""
    repository = Repository.at(request.project)
    loaded, changes = checked.loaded, Cache.of(request.project, "changes")
    past = Past(
        read_history(repository, Cache.of(request.project, "history")),
        repository,
        loaded.schemas,
        loaded.files,
        changes,
    )
    env = environment(checked.folders)
    TemplateCode().lend(env)
    site = Site(env, checked.folders, request.as_of, request.draft, request.audience == PUBLIC)
    tree, cache = WorkingTree(request.project), Cache.of(request.project, "books")
    site.books = BodyStore(cache, tree, drawings, site.templates, request.as_of.isoformat(), f"{request.draft} {request.audience}")
    contracts = checked.loaded.portfolio.contracts
    told = list(contracts) if (request.out / folders.MANIFEST).is_file() else names
    return site, [show(contracts[name], checked.kinds, past, site) for name in told]


def _wanted(checked: Checked, request: Request) -> list[str]:
    names = checked.loaded.portfolio.contracts
    wanted = [name for name in names if request.only is None or fnmatch(name, request.only)]
    if request.only and not wanted:
        raise NohinError(f"「{request.only}」に当たる契約がありません。あるのは: {'、'.join(names)}")
    return wanted


def _keep_others(request: Request, new: Path, contracts: Sequence[str]) -> None:
    """Carry over what the last output has of the contracts that are told of and not made anew."""
    for name in contracts:
        for folder in (name, f"deliverables/{name}"):
            if (request.out / folder).is_dir():
                shutil.copytree(request.out / folder, new / folder)
    if contracts and (request.out / folders.MANIFEST).is_file():
        folders.write(new / folders.MANIFEST, (request.out / folders.MANIFEST).read_bytes())
