"""Where contracts become pages and documents: what the making of all of them shares, and each step of it for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.checking import Checked
from generator.documents import diagrams
from generator.documents.kinds import Kind, publishable
from generator.documents.render import environment
from generator.history import personal, redacted
from generator.history.log import read as read_history
from generator.history.states import Snapshots
from generator.intake.portfolio import Loaded
from generator.intake.redaction import Redaction, Renamed
from generator.intake.repository import Repository
from generator.intake.tree import Tree
from generator.model import Contract
from generator.outputs import finished
from generator.outputs.bodystore import BodyStore
from generator.outputs.cache import Cache
from generator.outputs.drawingstore import DrawingStore
from generator.outputs.glance.glance import glance
from generator.outputs.shown import Past, Shown, Site, show
from generator.outputs.site import pages
from generator.outputs.site.searchindex import Entry
from generator.outputs.site.theme import Look, Part
from generator.outputs.site.told import Told
from generator.outputs.site.website import HOME
from generator.outputs.templatecode import TemplateCode
from generator.rules.deadlines import due_items

OFFICER, PUBLIC = ("officer", "public")
"""Who reads what is made. For the public nothing personal is in it."""


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
    workers: int = 2
    progress: Callable[[str], None] = lambda line: None

    def cache(self, sort: str) -> Cache:
        """The cache of a sort of piece. Each audience has its own, so that neither throws away what the other needs."""
        return Cache.of(self.project, sort if self.audience == OFFICER else f"{sort}-{self.audience}")


@dataclass
class Workshop:
    """A project that was looked at, and all that its contracts are made with."""

    request: Request
    checked: Checked
    told: dict[str, Told] = field(default_factory=dict)
    """What the home tells, by contract."""
    snapshots: Snapshots | None = None
    """What an earlier workshop of this process read of the past, which does not change."""

    @cached_property
    def site(self) -> Site:
        """What every page can see."""
        env, request = environment(self.checked.folders), self.request
        TemplateCode().lend(env)
        site = Site(env, self.checked.folders, request.as_of, request.draft, request.audience == PUBLIC)
        names = (site.templates, request.as_of.isoformat(), f"{request.draft} {request.audience}", self.left_out)
        site.books = BodyStore(request.cache("books"), self.tree, self.drawings, *names)
        return site

    @cached_property
    def tree(self) -> Tree:
        """The project's files, as they were looked at."""
        tree = self.checked.tree
        return Renamed(tree, self.redaction) if self.redaction else tree

    @cached_property
    def repository(self) -> Repository | None:
        """Where the project's history is."""
        return Repository.at(self.request.project)

    @cached_property
    def redaction(self) -> Redaction | None:
        """What is left out for the public; None for the officer, who is told everything."""
        if self.request.audience != PUBLIC:
            return None
        store = Cache.of(self.request.project, "history")
        return personal.redaction(self.checked.loaded.files, self.repository, store)

    @property
    def left_out(self) -> str:
        """Changes whenever something else is left out."""
        return self.redaction.fingerprint if self.redaction else ""

    @cached_property
    def loaded(self) -> Loaded:
        """The data, as whoever reads it may see it."""
        loaded = self.checked.loaded
        return redacted.loaded(loaded, self.redaction) if self.redaction else loaded

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of document that are made."""
        return publishable(self.checked.kinds) if self.redaction else self.checked.kinds

    @cached_property
    def drawings(self) -> DrawingStore:
        """Drawings that were made before."""
        return DrawingStore(self.request.cache("drawings"))

    @cached_property
    def past(self) -> Past:
        """The history."""
        repository, loaded = self.repository, self.loaded
        history = read_history(repository, Cache.of(self.request.project, "history"))
        history = redacted.history(history, self.redaction) if self.redaction else history
        withheld = {name: kind for name, kind in self.checked.kinds.items() if name not in self.kinds}
        changes = self.request.cache("changes")
        told = (history, repository, loaded.schemas, loaded.files, changes)
        return Past(*told, withheld=withheld, earlier=self.snapshots)

    @cached_property
    def look(self) -> Look:
        """What all pages share."""
        return pages.look(self.site, self.request.project)

    @property
    def contracts(self) -> dict[str, Contract]:
        """Every contract there is."""
        return dict(self.loaded.portfolio.contracts)

    def share_name(self, contract: Contract) -> str:
        """What a contract's share of the output is made from."""
        request = self.request
        seal = self.loaded.schemas.seal
        rest = (
            self.look.key,
            self.site.templates,
            request.as_of.isoformat(),
            str(request.draft),
            request.audience,
            seal,
        )
        return finished.name(contract, self.tree, self.past.history, *rest, self.left_out)

    def show(self, contract: Contract) -> Shown:
        """Render a contract's documents."""
        with diagrams.kept_in(self.drawings):
            return show(contract, self.kinds, self.past, self.site)

    def part(self, shown: Shown) -> Part:
        """A contract's pages."""
        with diagrams.kept_in(self.drawings):
            return pages.contract_part(self.site, shown)

    def tell(self, name: str, kept: Any | None, shown: Shown | None) -> None:
        """Let the home tell of a contract: what was kept of it, or what can be said of it now."""
        contract, day = self.contracts[name], self.request.as_of
        items = shown.items if shown else due_items(contract, day)
        again = kept and Told.again(contract, items, kept)
        self.told[name] = again or Told(contract, items, glance(shown or self.show(contract), day))

    def recall(self, entries: Iterable[Entry]) -> None:
        """Let the search find what it found in the last output on the pages of contracts whose entries are not known."""
        pages: dict[str, list[Entry]] = {}
        for entry in entries:
            pages.setdefault(entry["location"].partition("/")[0], []).append(entry)
        self.told = {
            name: one if one.found else replace(one, found=pages.get(name, ())) for name, one in self.told.items()
        }

    def home(self) -> Part:
        """The home's pages; a draft's tell what is wrong with it."""
        problems = self.checked.problems if self.request.draft else ()
        told = redacted.problems(problems, self.redaction) if self.redaction else problems
        return pages.home_part(self.site, list(self.told.values()), self.loaded.schemas, told)

    def found(self, entries: Mapping[str, list[Entry]]) -> list[Entry]:
        """All that the search finds, the home first; `entries` are those of the pages that were made now, by part."""
        self.told = {name: replace(one, found=entries.get(name, one.found)) for name, one in self.told.items()}
        return [*entries[HOME], *(entry for one in self.told.values() for entry in one.found)]

    def forget_unused(self) -> None:
        """Drop from the caches what a whole build did not ask for."""
        self.past.forget_unused()
        self.drawings.forget_all_but_used()
        if self.site.books:
            self.site.books.forget_all_but_used()
