"""What is installed works like what is checked out: templates, schemas and the starter are in the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import AS_OF, ROOT, contents, run, run_apart

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, unpacked where nothing of this repository is near."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "installed")
    return folder / "installed"


def test_everything_is_inside(installed: Path) -> None:
    """Every module, schema and template of the checkout, and nothing that is no part of the product."""
    made = set(contents(installed))
    sources = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "generator").rglob("*") if path.suffix in (".py", ".yml")
    }
    templates = {
        f"generator/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*") if path.is_file()
    }
    assert sources | templates <= made
    assert not any(path.startswith(("tests/", "data/", "site/")) for path in made)


def test_installed_command_makes_checks_and_builds_a_project(installed: Path, tmp_path: Path) -> None:
    """`nohin init`, `check` and `build` from the wheel alone do what they do from the checkout."""
    own, other = tmp_path / "own", tmp_path / "other"
    path = {"PYTHONPATH": str(installed)}
    assert run_apart("init", str(own), cwd=tmp_path, **path).code == 0
    assert run("init", str(other)).code == 0
    assert contents(own) == contents(other)
    checked = run_apart("check", "--project", str(own), cwd=tmp_path, **path)
    assert (checked.code, checked.out) == (0, "")
    for place, environment in ((own, path), (other, {})):
        ran = run_apart("build", "--project", str(place), "--as-of", AS_OF, cwd=tmp_path, **environment)
        assert ran.code == 0, ran.err
    assert contents(own / "site") == contents(other / "site")
