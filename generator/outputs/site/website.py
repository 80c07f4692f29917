"""The site: every page in the theme, beside what all pages share. Pages are kept one by one: what has not changed is
not made again, and what is missing is made in parallel.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from generator.outputs import versions
from generator.outputs.cache import Cache, key
from generator.outputs.site import searchindex, theme
from generator.outputs.site.searchindex import Entry
from generator.outputs.site.standing import Names, Standing
from generator.outputs.site.theme import Look, Part
from generator.problems import NohinError

HOME = ""
"""The id of the home's part."""

AT_ONCE = 60
"""So many pages are made in one go: MkDocs takes half a second to begin."""

Entries = list[Entry]
"""What the search finds on pages."""


@dataclass(frozen=True)
class Page:
    """A page as it is kept: what the search finds on it, and its HTML."""

    entries: Entries
    html: bytes

    def packed(self) -> bytes:
        """As one piece."""
        return json.dumps(self.entries, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + self.html

    @classmethod
    def unpacked(cls, content: bytes) -> Page:
        """From one piece."""
        entries, _, html = content.partition(b"\n")
        return cls(json.loads(entries), html)


def build(
    parts: Sequence[Part], look: Look, cache: Cache, target: Path, progress: Callable[[str], None], workers: int
) -> dict[str, Entries]:
    """Write the pages of the parts below `target`, and what all pages share.

    Gives back what the search finds on the pages, by part.
    """
    return renew(parts, look, cache, Standing(target), progress, workers)


def renew(
    parts: Sequence[Part], look: Look, cache: Cache, standing: Standing, progress: Callable[[str], None], workers: int
) -> dict[str, Entries]:
    """The same where earlier pages stand: what has not changed is left alone, and what a part has no more goes."""
    names = {part.id: _names(part, look) for part in parts}
    new = {part: standing.lacks(part, own) for part, own in names.items()}
    kept, shared = _read(new, cache), standing.shared if standing.frame == look.key else _shared(look, cache)
    tasks = [task for part in parts for task in _tasks(part, new[part.id], kept, look, cache)]
    if tasks or shared is None:
        _make_all([*([] if shared else [_Task(_THEME, {}, look, cache)]), *tasks], progress, workers)
        kept, shared = _read(new, cache), shared or _shared(look, cache)
    standing.share(look.key, {**(shared or {}), **look.files})
    for part in parts:
        _write(part, new[part.id], kept, standing)
        standing.drop(part.id, names[part.id])
    return {part: standing.found(own) for part, own in names.items()}


def names(parts: Sequence[Part], look: Look, cache: Cache) -> Iterator[str]:
    """What the pages of the parts, and what they share, are called in the cache."""
    for part in parts:
        yield from _names(part, look).values()
    yield look.key
    yield from (key(look.key, path) for path in json.loads(cache.get(look.key) or b"[]"))


Kept = Mapping[str, bytes | None]
"""Pages by their names in the cache; None where they have to be made."""


def _read(names: Mapping[str, Names], cache: Cache) -> Kept:
    return {name: cache.get(name) for own in names.values() for name in own.values()}


def _names(part: Part, look: Look) -> dict[str, str]:
    """What each page is called in the cache: by all that it is made from."""
    frame = key(look.key, part.key, versions.program())
    return {path: key(frame, path, text) for path, text in part.pages.items()}


def _write(part: Part, names: Names, kept: Kept, standing: Standing) -> None:
    for path, name in names.items():
        content = kept[name]
        if content is None:
            raise NohinError(f"サイトの「{part.title}」が、作ったあとで変わりました。もう一度作ってください")
        page = Page.unpacked(content)
        standing.put(part.id, path, name, page.entries, page.html)


# --- making what is missing ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Task:
    """Some missing pages of a part: Markdown path and name in the cache."""

    part: Part
    wanted: Mapping[str, str]
    look: Look
    cache: Cache


def _tasks(part: Part, names: Names, kept: Kept, look: Look, cache: Cache) -> Iterator[_Task]:
    missing = [(path, name) for path, name in names.items() if kept[name] is None]
    for start in range(0, len(missing), AT_ONCE):
        yield _Task(part, dict(missing[start : start + AT_ONCE]), look, cache)


def _make_all(tasks: Sequence[_Task], progress: Callable[[str], None], workers: int) -> None:
    if len(tasks) < 2 or workers < 2:
        for number, task in enumerate(tasks, 1):
            _make(task)
            progress(f"サイト {number}/{len(tasks)} {task.part.title}")
        return
    theme.load()  # once, before the workers part
    with ProcessPoolExecutor(max_workers=min(workers, len(tasks))) as pool:
        for number, (task, _) in enumerate(zip(tasks, pool.map(_make, tasks), strict=True), 1):
            progress(f"サイト {number}/{len(tasks)} {task.part.title}")


def _make(task: _Task) -> None:
    if not task.wanted:
        _keep_shared(task.look, task.cache)
        return
    made = theme.pages(task.part, list(task.wanted), task.look)
    for path, html in made.items():
        text = task.part.pages[path]
        entries = searchindex.entries(theme.address(path), theme.title_of(text), text)
        task.cache.put(task.wanted[path], Page(entries, html).packed())


# --- what all pages share --------------------------------------------------------------------------------------

_THEME = Part("", "見た目の部品", {}, [])


def _keep_shared(look: Look, cache: Cache) -> None:
    """Keep the theme's files under the look's name: their paths, and each by itself."""
    made = theme.assets(look)
    for path, content in made.items():
        cache.put(key(look.key, path), content)
    cache.put(look.key, json.dumps(list(made)).encode())


def _shared(look: Look, cache: Cache) -> dict[str, bytes] | None:
    """The theme's files by path; None where they have to be made."""
    listed = json.loads(cache.get(look.key) or b"[]")
    found = {path: cache.get(key(look.key, path)) for path in listed}
    whole = {path: content for path, content in found.items() if content is not None}
    return whole if whole and len(whole) == len(found) else None
