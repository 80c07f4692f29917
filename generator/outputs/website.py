"""The site: one part for the home and one per contract, each built by MkDocs from plain Markdown.

The only importer of mkdocs, which is loaded when a part has to be built. A part whose pages and configuration have not
changed is taken from the cache.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.outputs import versions
from generator.outputs.cache import key
from generator.outputs.folders import work
from generator.outputs.warnings import warnings_of
from generator.problems import NohinError

HOME = ""


@dataclass(frozen=True)
class Part:
    """One separately built part of the site."""

    id: str
    """The contract's id; empty for the home."""
    title: str
    pages: Mapping[str, str]
    """Markdown by path."""
    nav: Sequence[Any]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Anything else to be copied, by path: style sheets, scripts."""

    def key(self, configuration: bytes) -> str:
        """Everything the part's output depends on."""
        pages = [text for item in sorted(self.pages.items()) for text in item]
        files = [part for name, content in sorted(self.files.items()) for part in (name, content)]
        tools = f"{versions.of('mkdocs')} {versions.of('mkdocs-material')}"
        return key(self.id, self.title, json.dumps(self.nav, ensure_ascii=False), tools, configuration, *pages, *files)


def build(
    parts: Sequence[Part],
    titles: Mapping[str, str],
    project: Path,
    target: Path,
    progress: Callable[[str], None],
    workers: int,
) -> None:
    """Build every part into its place below `target`; searching from the home finds all parts.

    `titles` are those of all parts by id, also of parts that are there already.
    """
    configuration = project / "mkdocs.yml"
    if not configuration.is_file():
        raise NohinError("mkdocs.yml がありません。nohin init で作るか、README の例を置いてください")
    wanted = _places(parts, project)
    missing = _copied(parts, wanted, target, workers)
    _build_all(missing, configuration, wanted, progress, workers)
    for part in _copied(missing, wanted, target, workers):
        raise NohinError(f"サイトの「{part.title}」が、作ったあとで変わりました。もう一度作ってください")
    _join_search(target, titles)


def _copied(parts: Sequence[Part], wanted: Mapping[str, Path], target: Path, workers: int) -> list[Part]:
    """Copy the parts that are made into their places; gives back those that have to be made first."""
    with ThreadPoolExecutor(max_workers=workers) as pool:
        found = list(pool.map(lambda part: _copy(wanted[part.id], target / part.id), parts))
    return [part for part, copied in zip(parts, found, strict=True) if not copied]


def _copy(place: Path, target: Path) -> bool:
    """Copy a finished part, each file read once; a part that is not there or damaged is not copied."""
    done = place / _DONE
    if not done.is_file():
        return False
    files = list(_contents(place))
    if done.read_text(encoding="ascii", errors="replace") != _seal(files):
        return False
    for folder in {Path(path).parent for path, _ in files}:
        (target / folder).mkdir(parents=True, exist_ok=True)
    for path, content in files:
        (target / path).write_bytes(content)
        shutil.copystat(place / path, target / path)
    return True


def _places(parts: Sequence[Part], project: Path) -> dict[str, Path]:
    configuration = (project / "mkdocs.yml").read_bytes()
    folder = work(project, "cache/site")
    return {part.id: folder / part.key(configuration) for part in parts}


def forget_all_but(parts: Sequence[Part], project: Path) -> None:
    """Drop the parts from the cache that a whole build did not need."""
    kept = {place.name for place in _places(parts, project).values()}
    for place in work(project, "cache/site").iterdir():
        if place.name not in kept:
            shutil.rmtree(place, ignore_errors=True)


_DONE = ".done"
"""A finished part's own file: the hash of all its others, for a damaged part is made again."""


def _contents(place: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a part by path, sorted."""
    for path in sorted(path for path in place.rglob("*") if path.is_file() and path.name != _DONE):
        yield path.relative_to(place).as_posix(), path.read_bytes()


def _seal(files: Iterable[tuple[str, bytes]]) -> str:
    return key(*(part for file in files for part in file))


def _build_all(
    parts: Sequence[Part],
    configuration: Path,
    wanted: Mapping[str, Path],
    progress: Callable[[str], None],
    workers: int,
) -> None:
    tasks = [(part, configuration, wanted[part.id]) for part in parts]
    if len(tasks) < 2 or workers < 2:
        for number, task in enumerate(tasks, 1):
            _build_part(task)
            progress(f"サイト {number}/{len(tasks)} {task[0].title}")
        return
    _library()  # once, before the workers part
    with ProcessPoolExecutor(max_workers=min(workers, len(tasks))) as pool:
        for number, (task, _) in enumerate(zip(tasks, pool.map(_build_part, tasks), strict=True), 1):
            progress(f"サイト {number}/{len(tasks)} {task[0].title}")


def _build_part(task: tuple[Part, Path, Path]) -> None:
    part, configuration, place = task
    shutil.rmtree(place, ignore_errors=True)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    with tempfile.TemporaryDirectory(dir=work(configuration.parent, "pages")) as folder:
        pages = Path(folder) / "pages"
        for name, content in [*((n, t.encode()) for n, t in part.pages.items()), *part.files.items()]:
            (pages / name).parent.mkdir(parents=True, exist_ok=True)
            (pages / name).write_bytes(content)
        _mkdocs(part, configuration, pages, place)
    (place / _DONE).write_text(_seal(_contents(place)), encoding="ascii")


def _library() -> tuple[Any, Any]:
    """What reads a configuration, and what builds by it."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    return load_config, build


def _mkdocs(part: Part, configuration: Path, pages: Path, place: Path) -> None:
    load_config, mkdocs_build = _library()
    with warnings_of("mkdocs") as messages:
        try:
            config = load_config(
                str(configuration), docs_dir=str(pages), site_dir=str(place), site_name=part.title, nav=list(part.nav)
            )
            config.extra["homepage"] = "../index.html" if part.id else "index.html"
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
        except Exception as error:
            raise NohinError(f"サイトの「{part.title}」を作れません: {error}") from error
    if messages:
        raise NohinError(f"サイトの「{part.title}」を作れません: {messages[0]}")


def _join_search(target: Path, titles: Mapping[str, str]) -> None:
    """Let the home's search find the pages of every part there is, also of those that were not made anew.

    Parts have pages of the same names: there each page's title is followed by its part's.
    """
    place = target / _INDEX
    index = json.loads(place.read_text(encoding="utf-8"))
    for part in sorted(target.glob(f"*/{_INDEX}")):
        name = part.relative_to(target).parts[0]
        for page in json.loads(part.read_text(encoding="utf-8"))["docs"]:
            title = page["title"] if "#" in page["location"] else f"{page['title']}　{titles[name]}"
            index["docs"].append({**page, "title": title, "location": f"{name}/{page['location']}"})
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    place.write_text(text, encoding="utf-8")
    (place.parent / "search_index.js").write_text(f"var __index = {text}", encoding="utf-8")


_INDEX = "search/search_index.json"
