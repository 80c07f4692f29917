"""What `nohin serve` shows: the project as it is being edited, made again piece by piece; or what is wrong with it.

Pages are written to a folder of their own; PDFs are made when somebody asks for one. The last good pages stay while
there are errors.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator.build import looked_at
from generator.outputs import calendar, folders, pdf, typesetting
from generator.outputs.shown import Shown
from generator.outputs.site import searchfiles, website
from generator.outputs.site.searchindex import Entry
from generator.outputs.site.theme import Part
from generator.outputs.site.told import Told
from generator.problems import NohinError, Problem, has_errors, in_order
from generator.workshop import Request, Workshop

WATCHED = ("data", "templates", "mkdocs.yml", ".git/HEAD", ".git/index", ".git/logs/HEAD")
"""What the pages are made from, below the project."""


@dataclass
class Stage:
    """The pages as they are now. `request.out` is where they lie."""

    request: Request
    edition: int = 0
    """Counts what was shown; 0 before the first."""
    problems: list[Problem] = field(default_factory=list)
    trouble: str = ""
    """What keeps everything from being made, such as a missing program."""
    _names: dict[str, str] = field(default_factory=dict)
    _shown: dict[str, Shown] = field(default_factory=dict)
    _told: dict[str, Told] = field(default_factory=dict)
    _shop: Workshop | None = None
    _rest: Callable[[], None] = field(default_factory=lambda: _nothing)
    """What remains to be written of the last edition."""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> None:
        """Look at the project again and show what it has become."""
        with self._busy:
            problems, trouble = self.problems, ""
            try:
                problems = self._refreshed()
            except NohinError as error:
                trouble = str(error)
        with self._changed:
            self.problems, self.trouble, self.edition = problems, trouble, self.edition + 1
            self._changed.notify_all()
        with self._busy:
            rest, self._rest = self._rest, _nothing
            rest()

    def wait(self, edition: int, seconds: float) -> int:
        """Until something else than an edition is shown, but not longer than some seconds; the edition then."""
        with self._changed:
            self._changed.wait_for(lambda: self.edition != edition, seconds)
            return self.edition

    def pdf(self, path: str) -> bytes | None:
        """The PDF at a path below the site, made now or before; None where there is no such document."""
        with self._busy:
            for shown in self._shown.values():
                bodies = [body for body in shown.bodies if shown.files[body.document.id] == path]
                if bodies and self._shop:
                    jobs = typesetting.jobs([replace(shown, bodies=bodies)], self._shop.site, self._shop.tree)
                    made = pdf.make_all(jobs, self.request.cache("pdf"), self.request.progress, 1)
                    return made[path].content
        return None

    def _refreshed(self) -> list[Problem]:
        checked = looked_at(self.request)
        if has_errors(checked.problems):
            return checked.problems
        shop = Workshop(self.request, checked)
        names = {name: shop.share_name(contract) for name, contract in shop.contracts.items()}
        shown = {name: shop.show(shop.contracts[name]) for name in names if names[name] != self._names.get(name)}
        for name in names:
            if name in shown:
                shop.tell(name, None, shown[name])
            else:
                shop.told[name] = self._told[name]
        parts = [shop.home(), *map(shop.part, shown.values())]
        if has_errors(shop.site.problems):
            return in_order(checked.problems + shop.site.problems)
        self._write(shop, shown, parts)
        self._names, self._told, self._shop = names, shop.told, shop
        self._shown = {name: shown.get(name) or self._shown[name] for name in names}
        return checked.problems

    def _write(self, shop: Workshop, shown: Mapping[str, Shown], parts: Sequence[Part]) -> None:
        """The pages of the contracts that are shown anew, and of the home."""
        out, cache, request = self.request.out, self.request.cache("pages"), self.request
        workers = request.workers if not self.edition else 1  # later ones would be forked beside the server's threads
        found = website.build(parts, shop.look, cache, out, request.progress, workers)
        self._rest = partial(_write_rest, shop, shop.found(found), list(shown))


def _nothing() -> None:
    """What remains to be written when all is."""


def _write_rest(shop: Workshop, found: Sequence[Entry], shown: Sequence[str]) -> None:
    """What no page needs to be seen: the search and the feeds."""
    searchfiles.write(found, shop.request.out)
    calendar.write_all(shop.told.values(), shown, shop.request.out, shop.request.as_of)


def folder(project: Path, audience: str) -> Path:
    """Where the pages of a preview lie."""
    return folders.work(project, f"serve-{audience}")


def signature(project: Path) -> frozenset[tuple[str, int, int]]:
    """Changes whenever anything does that the pages are made from."""
    return frozenset(_stamps(project))


def _stamps(project: Path) -> Iterator[tuple[str, int, int]]:
    for name in WATCHED:
        place = project / name
        for path in [place, *(place.rglob("*") if place.is_dir() else ())]:
            try:
                found = path.stat()
            except OSError:
                continue
            yield str(path), found.st_mtime_ns, found.st_size
