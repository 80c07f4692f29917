"""What `nohin serve` shows: the project as it is being edited, made again piece by piece; or what is wrong with it.

Pages are written to a folder of their own; PDFs are made when somebody asks for one. The last good pages stay while
there are errors.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.checking import Checked, check
from generator.intake.remembered import Memory
from generator.intake.stilltree import StillTree
from generator.outputs import calendar, folders, pdf, typesetting
from generator.outputs.cache import Cache
from generator.outputs.leaks import Search
from generator.outputs.shown import Shown
from generator.outputs.site import searchfiles, website
from generator.outputs.site.searchindex import Entry
from generator.outputs.site.standing import Standing
from generator.outputs.site.theme import Part
from generator.outputs.site.told import Told
from generator.problems import NohinError, Problem, has_errors, in_order
from generator.workshop import PUBLIC, Request, Workshop

WATCHED = ("data", "schemas", "templates", "mkdocs.yml", ".git/HEAD", ".git/index", ".git/logs/HEAD")
"""What the pages are made from, below the project."""

FRAME = ("templates", "mkdocs.yml")
"""What of it is not read once and for all when it is looked at."""

TRIES, AGAIN = 3, 0.1
"""A look that fails is taken again, so many times and after so many seconds: an editor may be at the same file."""

_REST = threading.Event()
"""Never set: waiting for it is to rest."""


@dataclass
class Stage:
    """The pages as they are now. `request.out` is where they lie."""

    request: Request
    edition: int = 0
    """Counts what was shown; 0 before the first."""
    seen: int = 0
    """The last edition that a browser has, and waits for the next."""
    problems: list[Problem] = field(default_factory=list)
    trouble: str = ""
    """What keeps everything from being made, such as a missing program."""
    _names: dict[str, str] = field(default_factory=dict)
    _shown: dict[str, Shown] = field(default_factory=dict)
    _told: dict[str, Told] = field(default_factory=dict)
    _shop: Workshop | None = None
    _memory: Memory | None = None
    _tree: StillTree | None = None
    _standing: Standing | None = None
    _found: list[Entry] = field(default_factory=list)
    """What the search finds on the pages."""
    _behind: set[str] | None = None
    """The contracts whose feeds are older than their pages; None where feeds and search are those of the pages."""
    _search: tuple[str, Search] | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _busy: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self) -> None:
        """Look at the project again and show what it has become."""
        with self._busy:
            problems, trouble = self._looked_again()
        with self._changed:
            self.problems, self.trouble, self.edition = problems, trouble, self.edition + 1
            self._changed.notify_all()

    def complete(self) -> None:
        """Write what no page needs to be seen, the search and the feeds, where they are older than the pages."""
        with self._busy:
            if self._behind is None:
                return
            searchfiles.write(self._found, self.request.out)
            calendar.write_all(self._told.values(), self._behind, self.request.out, self.request.as_of)
            self._behind = None
            if self._memory:
                self._memory.save()

    def wait(self, edition: int, seconds: float) -> int:
        """Until something else than an edition is shown, but not longer than some seconds; the edition then."""
        with self._changed:
            self.seen = max(self.seen, edition)
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
                    if path not in made:
                        raise NohinError(f"{path} を作れません。ひな形に誤りがあります。nohin build が場所を言います")
                    return made[path].content
        return None

    def leaks(self, path: str, content: bytes) -> list[str]:
        """What is personal in a file that everybody may read, as the fields it is from; nothing of it for the officer.

        Of what was made before this process began it is not known: nobody is shown it.
        """
        if self.request.audience != PUBLIC:
            return []
        if (search := self._leak_search()) is None:
            return ["まだ調べていない前回の出力"]
        return list(dict.fromkeys((*search.in_text(path), *search.in_file(content, Path(path).suffix))))

    def _leak_search(self) -> Search | None:
        redaction = self._shop.redaction if self._shop else None
        if redaction is None:
            return None
        if self._search is None or self._search[0] != redaction.fingerprint:
            self._search = redaction.fingerprint, Search.of(redaction.masks)
        return self._search[1]

    # --- a look at the project -----------------------------------------------------------------------------

    def _looked_again(self) -> tuple[list[Problem], str]:
        """What is wrong with the data, and what keeps it from being shown."""
        for tries in range(1, TRIES + 1):
            try:
                problems, trouble = self._refreshed(), ""
            except (NohinError, OSError) as error:
                problems, trouble = self.problems, _said(error)
            if not trouble and (self._tree is None or not self._tree.gone):
                break
            if tries < TRIES:
                _REST.wait(AGAIN)
        return problems, trouble

    def _refreshed(self) -> list[Problem]:
        frame = signature(self.request.project, FRAME)
        checked = self._looked_at()
        if has_errors(checked.problems):
            return checked.problems
        shop = Workshop(self.request, checked, snapshots=self._shop.past.snapshots if self._shop else None)
        names = {name: shop.share_name(contract) for name, contract in shop.contracts.items()}
        if signature(self.request.project, FRAME) != frame:
            raise NohinError("ひな形か mkdocs.yml が、読む間に変わりました")
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

    def _looked_at(self) -> Checked:
        """The project, read and checked; what has not been touched since the last look is neither read nor parsed."""
        project = self.request.project
        self._memory = self._memory.again() if self._memory else Memory(Cache.of(project, "data"))
        self._tree = StillTree(project, self._tree.met if self._tree else {})
        return check(project, self._memory, Cache.of(project, "effects"), self.request.as_of, self._tree)

    def _write(self, shop: Workshop, shown: Mapping[str, Shown], parts: Sequence[Part]) -> None:
        """The pages of the contracts that are shown anew, and of the home."""
        request, cache = self.request, self.request.cache("pages")
        workers = request.workers if not self.edition else 1  # later ones would be forked beside the server's threads
        if self._standing is None:
            shutil.rmtree(request.out, ignore_errors=True)
            self._standing = Standing(request.out)
        found = website.renew(parts, shop.look, cache, self._standing, request.progress, workers)
        for gone in self._names.keys() - shop.contracts.keys():
            self._standing.drop(gone)
            (request.out / "calendars" / f"{gone}.ics").unlink(missing_ok=True)
        self._found = shop.found(found)
        self._behind = (self._behind or set()) | shown.keys()


def _said(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or 'ファイル'} が読み書きできません（{error.strerror or error}）。保存し直してください"
    return str(error)


def folder(project: Path, audience: str) -> Path:
    """Where the pages of a preview lie."""
    return folders.work(project, f"serve-{audience}")


Stamp = tuple[str, int, int, int]
"""A file: its path, and what changes with it."""


def signature(project: Path, watched: Sequence[str] = WATCHED) -> frozenset[Stamp]:
    """Changes whenever anything does that the pages are made from; hidden files, as editors leave them, do not count."""
    return frozenset(stamp for name in watched for stamp in _stamps(str(project / name)))


def _stamps(path: str) -> Iterator[Stamp]:
    """A file, or every file below a folder; what goes meanwhile is left out."""
    try:
        with os.scandir(path) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
    except NotADirectoryError:
        yield from _stamp(path)
        return
    except OSError:
        return
    for entry in entries:
        yield from _stamps(entry.path) if entry.is_dir(follow_symlinks=False) else _stamp(entry.path)


def _stamp(path: str) -> Iterator[Stamp]:
    try:
        found = os.stat(path)
    except OSError:
        return
    yield path, found.st_ino, found.st_mtime_ns, found.st_size
