"""Pages in the theme: Markdown becomes HTML by MkDocs and mkdocs-material, used as they are meant to be.

The only importer of mkdocs, which is loaded when a page has to be made. What comes out for a page depends on its own
Markdown, the navigation and the look, and on no other page: so any pages can be made apart from the others.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from generator.outputs import versions
from generator.outputs.cache import key
from generator.outputs.folders import work, write
from generator.outputs.site import htmlblocks
from generator.outputs.warnings import warnings_of
from generator.problems import NohinError

CONFIGURATION = "mkdocs.yml"


@dataclass(frozen=True)
class Look:
    """What all pages of the site share."""

    project: Path
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Style sheets and scripts of our own, by the path below the site."""
    overrides: Mapping[str, bytes] = field(default_factory=dict)
    """Templates that take the place of the theme's, by the theme's names for them."""

    @cached_property
    def configuration(self) -> bytes:
        """mkdocs.yml; NohinError where it is missing."""
        try:
            return (self.project / CONFIGURATION).read_bytes()
        except OSError:
            message = f"{CONFIGURATION} がありません。nohin init で作るか、README の例を置いてください"
            raise NohinError(message) from None

    @cached_property
    def key(self) -> str:
        """Changes whenever the frame around a page may."""
        tools = f"{versions.of('mkdocs')} {versions.of('mkdocs-material')}"
        overrides = [part for item in sorted(self.overrides.items()) for part in item]
        return key(self.configuration, tools, *overrides)


@dataclass(frozen=True)
class Part:
    """Pages that share a navigation: those of a contract, or the home's."""

    id: str
    """The contract's id; empty for the home."""
    title: str
    pages: Mapping[str, str]
    """Markdown by path below the site."""
    nav: Sequence[Any]

    @cached_property
    def key(self) -> str:
        """Changes whenever the frame around its pages does."""
        return key(self.id, self.title, json.dumps(self.nav, ensure_ascii=False))


def front_matter(title: str) -> str:
    """What stands before a page's Markdown. Our own search reads the pages; the theme's need not."""
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nsearch:\n  exclude: true\n---\n\n"


def title_of(text: str) -> str:
    """The title that the front matter gives a page."""
    return str(json.loads(text.split("\n", 2)[1].removeprefix("title: ")))


def address(path: str) -> str:
    """Where the page of a Markdown file lies below the site."""
    return f"{path.removesuffix('.md')}.html"


def pages(part: Part, wanted: Sequence[str], look: Look) -> dict[str, bytes]:
    """The pages of a part that are wanted, by path."""
    with tempfile.TemporaryDirectory(dir=work(look.project, "pages")) as folder:
        place, texts = Path(folder), {path: htmlblocks.taken_out(part.pages[path]) for path in wanted}
        for path in {*wanted, *_paths(part.nav)}:
            _lay(place, path, texts[path].frame if path in texts else None)
        _mkdocs(part, look, place)
        made = {path: _valid((place / "site" / address(path)).read_text(encoding="utf-8")) for path in wanted}
        return {path: texts[path].put_back(made[path]).encode() for path in wanted}


def _valid(html: str) -> str:
    """Without what the theme writes and HTML does not know: checkboxes complete nothing (HTML, 4.10.18.7.1)."""
    for name in ("__drawer", "__search"):
        html = html.replace(f' id="{name}" autocomplete="off"', f' id="{name}"', 1)
    return html


def assets(look: Look) -> dict[str, bytes]:
    """The theme's own style sheets, scripts and pictures, by path; what nothing here asks for is left out."""
    with tempfile.TemporaryDirectory(dir=work(look.project, "pages")) as folder:
        place = Path(folder)
        _lay(place, "index.md", "")
        _mkdocs(Part("", "", {}, []), look, place)
        return dict(_assets(place / "site"))


_UNUSED = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""The theme's search, whose place ours takes."""


def _assets(site: Path) -> Iterator[tuple[str, bytes]]:
    for place in sorted(path for path in (site / "assets").rglob("*") if path.is_file()):
        path = place.relative_to(site).as_posix()
        if not path.startswith(_UNUSED) and not path.endswith(".map"):
            yield path, place.read_bytes()


def _paths(nav: Sequence[Any]) -> Iterator[str]:
    """The Markdown files a navigation names."""
    for entry in nav:
        for target in entry.values():
            yield from _paths(target) if isinstance(target, list) else [target]


def _lay(place: Path, path: str, text: str | None) -> None:
    """Put a page where MkDocs finds it; one without text is only there to be linked to, for it is older than its page."""
    source = place / "docs" / path
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text or "", encoding="utf-8")
    if text is None:
        os.utime(source, (0, 0))
        page = place / "site" / address(path)
        page.parent.mkdir(parents=True, exist_ok=True)
        page.touch()


def _library() -> tuple[Any, Any]:
    """What reads a configuration, and what builds by it."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    return load_config, build


def load() -> None:
    """Load the library, so that processes that are forked from this one have it."""
    _library()


def _mkdocs(part: Part, look: Look, place: Path) -> None:
    load_config, mkdocs_build = _library()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    with warnings_of("mkdocs") as messages:
        try:
            mkdocs_build(_configured(load_config, part, look, place), dirty=True)
        except Exception as error:
            raise NohinError(f"サイトの「{part.title}」を作れません: {error}") from error
    if messages := [message for message in messages if not message.startswith(_EXPECTED)]:
        raise NohinError(f"サイトの「{part.title}」を作れません: {messages[0]}")


_EXPECTED = "A 'dirty' build is being performed"
"""MkDocs warns of making some pages only; here nothing else of the site is in its hands."""


def _configured(load_config: Any, part: Part, look: Look, place: Path) -> Any:
    config = load_config(
        str(look.project / CONFIGURATION),
        docs_dir=str(place / "docs"),
        site_dir=str(place / "site"),
        site_name=part.title,
        nav=list(part.nav),
        use_directory_urls=False,
    )
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, _overrides(look))
    config.theme.static_templates.clear()  # 404 and sitemap: only for sites with an address of their own
    config.theme.get_env = partial(_environment, config.theme.get_env, *config.theme.dirs)
    config.extra["homepage"] = "index.html"
    config.plugins.on_startup(command="build", dirty=True)
    return config


def _overrides(look: Look) -> str:
    """The folder of our own templates of the theme, named by what is in it."""
    folder = work(look.project, f"theme/{key(*(part for item in sorted(look.overrides.items()) for part in item))}")
    for name, content in look.overrides.items():
        if not (folder / name).is_file():
            write(folder / name, content)
    return str(folder)


_environments: dict[tuple[str, ...], Any] = {}


def _environment(make: Callable[[], Any], *folders: str) -> Any:
    """The theme's templates, compiled once for all runs of this process: it takes longer than making some pages."""
    if folders not in _environments:
        _environments[folders] = make()
    return _environments[folders]
