"""What the outputs show of each contract: its documents' bodies, its due items, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from html import escape
from typing import Any

from generator.documents.approvals import Desk, sheet
from generator.documents.asof import last_day, seen
from generator.documents.designstates import commits_after
from generator.documents.kinds import Kind
from generator.documents.plan import Document, kinds_of, plan
from generator.documents.render import Body, Sandbox, body, render
from generator.documents.since import Since
from generator.documents.templates import TemplateFolders
from generator.history.checklists import SinceSubmitted, since_submitted
from generator.history.log import History
from generator.history.revisions import of_document
from generator.history.states import Snapshots, states
from generator.intake.datafiles import DataFile
from generator.intake.repository import Repository
from generator.intake.schema import Schemas, load_schemas
from generator.model import Contract, Deliverable
from generator.outputs.bodystore import BodyStore
from generator.outputs.cache import Cache, key
from generator.outputs.site.theme import front_matter
from generator.problems import Problem
from generator.rules import coverage
from generator.rules.coverage import ClauseStatus
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem


@dataclass(frozen=True)
class Past:
    """What is needed to look back."""

    history: History = field(default_factory=History)
    repository: Repository | None = None
    schemas: Schemas = field(default_factory=load_schemas)
    files: Sequence[DataFile] = ()
    """The data files as they are now."""
    changes: Cache | None = None
    """What was said before of commits, which do not change."""
    used: set[str] = field(default_factory=set, compare=False)
    """What of it was asked for."""
    withheld: Mapping[str, Kind] = field(default_factory=dict)
    """Kinds of document that are not made for those who read this."""
    earlier: Snapshots | None = None
    """What was read of the commits before, in the same process."""

    def forget_unused(self) -> None:
        """Drop from the cache what no page was made of."""
        if self.changes is not None:
            self.changes.forget_all_but(self.used)

    @cached_property
    def snapshots(self) -> Snapshots | None:
        """The contracts at the repository's commits; None outside git."""
        if self.repository is None:
            return None
        found = Snapshots.after(self.earlier, self.repository, self.history.redaction)
        found.know(self.files, self.history.uncommitted)
        return found


@dataclass(frozen=True)
class Shown:
    """What is shown of one contract; nothing of any other is needed for it."""

    contract: Contract
    bodies: Sequence[Body]
    items: Sequence[DueItem] = ()
    statuses: Sequence[ClauseStatus] = ()
    since: Mapping[str, SinceSubmitted] = field(default_factory=dict)
    """What changed since the last submission, by document id; only for documents with a checklist."""
    waiting: Sequence[tuple[Deliverable, Sequence[Kind]]] = ()
    """Deliverables of which there is no document yet, with the kinds that will be made of what is recorded."""
    past: Past = field(default_factory=Past)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """All kinds of document, to make again what there was before."""

    @property
    def files(self) -> dict[str, str]:
        """PDF path below the site, by document id."""
        return {body.document.id: pdf_path(body.document) for body in self.bodies}


DRAFT = '<div class="nohin"><p class="notice"><strong>下書き</strong>　提出用ではありません。</p></div>\n\n'
"""What stands above every page of a draft."""

PUBLIC = (
    '\n\n<div class="nohin" data-search-exclude><p class="audience"><small>公開用　個人情報を「非公開」とし、'
    "作成・承認した者と、人のことだけを載せる文書を省いています。</small></p></div>\n"
)
"""What stands below every page that everybody may read."""


@dataclass
class Site:
    """What every page can see, and the problems met while rendering."""

    env: Sandbox
    folders: TemplateFolders
    as_of: dt.date
    draft: bool = False
    public: bool = False
    """Whether everybody may read it: then nothing personal is in it."""
    problems: list[Problem] = field(default_factory=list)
    books: BodyStore | None = None
    """Where the bodies of books are kept between builds."""

    def page(self, template: str, title: str, **values: Any) -> str:
        """A page's Markdown: front matter with its title, then the rendered template."""
        text, problems = render(self.env, f"site/{template}", title=title, **self._seen, **values)
        self.problems += problems
        return f"{front_matter(escape(title))}{DRAFT if self.draft else ''}{text or ''}{PUBLIC if self.public else ''}"

    @property
    def _seen(self) -> dict[str, Any]:
        return {"as_of": self.as_of, "draft": self.draft, "public": self.public}

    def text(self, name: str) -> str:
        """A template as it stands, such as a style sheet."""
        return self.folders.read(name).body

    @cached_property
    def templates(self) -> str:
        """A name that changes whenever a template does; they are read once."""
        files = [path for folder in self.folders.folders for path in sorted(folder.rglob("*")) if path.is_file()]
        return key(*(part for path in files for part in (path.name, path.read_bytes())))


def show(contract: Contract, kinds: Mapping[str, Kind], past: Past, site: Site) -> Shown:
    """Render a contract's documents; what their templates get wrong is added to the site's problems."""
    items = due_items(contract, site.as_of)
    day = last_day(contract, site.as_of)
    later = commits_after(contract, day)
    bodies = tuple(_bodies(plan(seen(contract, day), kinds, items, day), items, past, site, day, later))
    bodies = tuple(_signed(contract, kinds, bodies, past, site))
    since = dict(_since(contract, bodies, past))
    waiting = tuple(_waiting(contract, kinds, bodies))
    return Shown(contract, bodies, items, coverage.clauses(contract), since, waiting, past, kinds)


def _waiting(
    contract: Contract, kinds: Mapping[str, Kind], bodies: Sequence[Body]
) -> Iterator[tuple[Deliverable, list[Kind]]]:
    made = {deliverable.no for body in bodies for deliverable in body.document.deliverables}
    for deliverable in contract.deliverables:
        asked = kinds_of(deliverable, kinds)
        if asked and deliverable.no not in made:
            yield deliverable, asked


def _bodies(
    documents: Sequence[Document],
    items: Sequence[DueItem],
    past: Past,
    site: Site,
    day: dt.date,
    later: Collection[str],
) -> Iterator[Body]:
    for document in documents:
        revisions = of_document(past.history, document.told_by)
        revisions = revisions.without(later) if document.is_book else revisions
        make = partial(body, site.env, document, revisions, items, day, site.draft)
        made, problems = (
            site.books.body(document, revisions, items, make) if site.books and document.is_book else make()
        )
        site.problems += problems
        if made is not None:
            yield made


def _signed(
    contract: Contract, kinds: Mapping[str, Kind], bodies: Sequence[Body], past: Past, site: Site
) -> Iterator[Body]:
    """The bodies with their approvals; a document of which nobody wants any is not looked at."""
    since = Since(states(past.files, {contract.id: contract}), kinds, past.snapshots)
    desk = Desk(site.env, kinds, contract, since)
    for made in bodies:
        yield replace(made, approvals=sheet(desk, made, site.as_of))
    site.problems += desk.problems


def _since(contract: Contract, bodies: Sequence[Body], past: Past) -> Iterator[tuple[str, SinceSubmitted]]:
    for made in bodies:
        document = made.document
        if document.deliverable is not None and "checklist" in document.kind.data:
            number = document.deliverable.no
            yield document.id, since_submitted(contract, number, past.history, past.repository, past.schemas)


def pdf_path(document: Document) -> str:
    """Where a document's PDF lies below the site."""
    number = f"{document.deliverable.no}-" if document.deliverable else ""
    return f"deliverables/{document.contract.id}/{number}{document.id}.pdf"
