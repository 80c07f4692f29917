"""Fixtures that several tests share."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support import AS_OF, Files, Project, Ran, minimal_project, run_apart, shipped_project


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Project]:
    """Makes a project of a dict of files; without one, the least that is valid."""

    def make(files: Files | None = None, folder: str = "project") -> Project:
        root = tmp_path / folder
        root.mkdir(parents=True, exist_ok=True)
        return Project(root).write(minimal_project() if files is None else files)

    return make


def pytest_configure(config: pytest.Config) -> None:
    """Warnings are errors; these are other people's, and harmless. No property has a time to be held in."""
    settings.register_profile("nohin", deadline=None)
    settings.load_profile("nohin")
    # WeasyPrint leaves closing the colour profile it ships to the garbage collector.
    config.addinivalue_line("filterwarnings", r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")
    # From Python 3.12 on: a build forks its workers, and here a browser's threads may run beside it.
    config.addinivalue_line("filterwarnings", "ignore:This process .* is multi-threaded:DeprecationWarning")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of several processes the first takes all that looks at the shipped data, built once; the others whole files."""
    items.sort(key=lambda item: not _shared(item))
    for item in items:
        item.add_marker(pytest.mark.xdist_group("shipped" if _shared(item) else item.nodeid.split("::")[0]))


def _shared(item: pytest.Item) -> bool:
    return "shipped" in getattr(item, "fixturenames", ())


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--snapshot-update` writes what the golden files should hold."""
    parser.addoption("--snapshot-update", action="store_true", help="write tests/golden/ anew")


@dataclass(frozen=True)
class Shipped:
    """The data of this repository, built once for all tests that look at the result."""

    project: Project
    ran: Ran

    @property
    def site(self) -> Path:
        """The built site."""
        return self.project.root / "site"

    @property
    def manifest(self) -> list[dict[str, Any]]:
        """The list of the PDFs."""
        rows: list[dict[str, Any]] = json.loads((self.site / "deliverables/manifest.json").read_text(encoding="utf-8"))
        return rows


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The shipped data, copied into a repository of two commits whose history does not change, and built."""
    there = shipped_project(tmp_path_factory.mktemp("shipped") / "project")
    ran = run_apart("build", "--as-of", AS_OF, cwd=there.root)
    assert ran.code == 0, ran.out + ran.err
    return Shipped(there, ran)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium without a window, one for all tests."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "chromium is missing: scripts/system-packages.sh test installs it"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
