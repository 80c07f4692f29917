"""Bodies of books, kept between builds: a book of sixty pages is rendered when something it can tell of has changed.

What a book can tell of is narrowed to what its key is made of (`documents.plan.told_in_a_book`), so that a kept body is
the one that would be rendered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property

from generator.documents.chain import items_of
from generator.documents.plan import Document
from generator.documents.render import Body
from generator.history import effects
from generator.history.revisions import Revisions
from generator.intake.tree import Tree
from generator.model import Contract
from generator.outputs import versions
from generator.outputs.cache import Cache, key
from generator.outputs.drawingstore import DrawingStore
from generator.problems import Problem
from generator.rules.dueitem import DueItem

Made = tuple[Body | None, list[Problem]]
Make = Callable[[], Made]


class BodyStore:
    """The bodies of a project's books."""

    def __init__(self, cache: Cache, tree: Tree, drawings: DrawingStore, *names: str) -> None:
        """`names` say what else every body rests on: the templates, the day, whether it is a draft."""
        self._cache, self._tree, self._drawings, self._names = cache, tree, drawings, names
        self._data: dict[str, str] = {}
        self._used: set[str] = set()

    @cached_property
    def _program(self) -> str:
        return key(versions.program(), versions.of("markdown"), versions.of("jinja2"))

    def body(self, document: Document, revisions: Revisions, items: Sequence[DueItem], make: Make) -> Made:
        """The body of a book: kept, or rendered now and kept where nothing is wrong with it."""
        raw = self._cache.get(self._name(document))
        if raw is not None:
            html, drawings = json.loads(raw)
            self._drawings.keep(drawings)
            return Body(document, revisions, html, tuple(items_of(document, items))), []
        before = self._drawings.used
        made, problems = make()
        if made is not None and not problems:
            content = [made.html, sorted(self._drawings.used - before)]
            self._cache.put(self._name(document), json.dumps(content, ensure_ascii=False).encode())
        return made, problems

    def forget_all_but_used(self) -> None:
        """Drop what was not asked for."""
        self._cache.forget_all_but(self._used)

    def _name(self, document: Document) -> str:
        contract = document.contract
        if contract.id not in self._data:
            self._data[contract.id] = self._content(contract)
        own = (contract.id, document.id, document.title, document.number, self._data[contract.id])
        name = key(self._program, *self._names, *own)
        self._used.add(name)
        return name

    def _content(self, contract: Contract) -> str:
        """What every book of a contract rests on: its files but those no book tells of, and its system changes."""
        own = [path for path in contract.files if not _untold(path)]
        shared = [record.source.path for record in (contract.authority, contract.vendor, *contract.terms)]
        contents = [part for path in sorted((*own, *shared)) for part in (path, self._tree.read(path))]
        pictures = [path for path in self._tree.files(f"data/contracts/{contract.id}") if _is_picture(path)]
        contents += [part for path in pictures for part in (path, self._tree.read(path))]
        return key(effects.said_of(contract.effects), *contents)


def _untold(path: str) -> bool:
    """Whether no book tells of a file: records but those of system changes, the plan, what was checked and handed over."""
    parts = path.split("/")
    if "records" in parts:
        return "changes" not in parts
    return parts[-1] in ("plan.yml", "checklist.yml", "submissions.yml", "approvals.yml")


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".png", ".jpg", ".jpeg"))
