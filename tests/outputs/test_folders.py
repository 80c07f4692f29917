"""Output appears whole or not at all, and takes nobody else's place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.outputs.folders import MANIFEST, replaced, work, write
from generator.problems import NohinError
from tests.support import contents


def _site(target: Path, text: str) -> None:
    write(target / MANIFEST, b"[]\n")
    write(target / "index.html", text.encode())


def test_new_output_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Nothing of the old output is left."""
    _site(tmp_path / "site", "古い")
    write(tmp_path / "site/gone.html", b"x")
    with replaced(tmp_path / "site", tmp_path) as new:
        _site(new, "新しい")
    assert contents(tmp_path / "site") == {MANIFEST: b"[]\n", "index.html": "新しい".encode()}
    assert list((tmp_path / ".nohin/new").iterdir()) == []


def test_failure_leaves_the_old_output(tmp_path: Path) -> None:
    """Whatever goes wrong half way, the old output is as it was and nothing lies about."""
    _site(tmp_path / "site", "古い")
    before = contents(tmp_path / "site")
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(tmp_path)
    assert contents(tmp_path / "site") == before
    assert list((tmp_path / ".nohin/new").iterdir()) == []


def _fail_half_way(project: Path) -> None:
    with replaced(project / "site", project) as new:
        _site(new, "新しい")
        raise ZeroDivisionError


def test_what_keeps_the_folder_in_git_stays(tmp_path: Path) -> None:
    """The .gitignore of the output folder is not output."""
    write(tmp_path / "site/.gitignore", b"*\n")
    with replaced(tmp_path / "site", tmp_path) as new:
        _site(new, "新しい")
    assert (tmp_path / "site/.gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("name", ["data", ".", "..", "README.md"])
def test_what_is_no_output_is_refused(tmp_path: Path, name: str) -> None:
    """Data, the project itself, what encloses it, and files are never replaced."""
    project = tmp_path / "outer/project"
    write(project / "data/a.yml", b"x")
    write(project / "README.md", b"x")
    before = contents(tmp_path)
    with pytest.raises(NohinError), replaced(project / name, project):
        pass
    assert {path: text for path, text in contents(tmp_path).items() if ".nohin" not in path} == before


def test_output_on_another_disk(tmp_path: Path) -> None:
    """Output may lie on another file system than the project."""
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is only one file system here")
    target = other / f"nohin-test-{os.getpid()}"
    try:
        for text in ("一", "二"):
            with replaced(target, tmp_path) as new:
                _site(new, text)
        assert (target / "index.html").read_text(encoding="utf-8") == "二"
        assert [p for p in other.iterdir() if p.name.startswith("tmp")] == []
    finally:
        if target.exists():
            with replaced(target, tmp_path) as new:
                pass
            target.rmdir()


def test_work_folder_hides_from_git(tmp_path: Path) -> None:
    """Caches are never committed by accident."""
    work(tmp_path, "cache/pdf")
    assert (tmp_path / ".nohin/.gitignore").read_text(encoding="utf-8") == "*\n"
