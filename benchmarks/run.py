"""How Nohin's times stand to each other on this machine, measured in one run: ratios, not promises.

1. `nohin check` against PyYAML's C loader alone on the same files, fresh and with the memory of a build.
2. `nohin build` from nothing, with nothing changed, and with one YAML file changed.
3. 1, 5 and 20 copies of a contract: does the time of a contract stay the same?

Everything happens in a temporary folder, each measurement in a process of its own, the start of Python included. Times
are of the processor, all of Nohin's processes together, so that whatever else the machine does counts little.
Usage: python benchmarks/run.py
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-05-01"
COPIES = (1, 5, 20)
MODEL = "ichikawa-remote-desk"
"""The contract that is copied and changed."""

PARSE_ONLY = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""


def main() -> None:
    """Measure and print the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        shipped = _project(Path(folder) / "shipped")
        checks(shipped)
        builds(shipped)
        copies(Path(folder))


# --- the three tables ---------------------------------------------------------------------------------


def checks(project: Path) -> None:
    """Reading and checking everything, against reading alone."""
    parse = _median(lambda: _run("-c", PARSE_ONLY, str(project / "data")), 3)
    fresh = _median(lambda: _nohin("check", project), 3)
    _nohin("build", project)
    warm = _median(lambda: _nohin("check", project), 3)
    size = sum(path.stat().st_size for path in (project / "data").rglob("*.yml"))
    _table(
        f"Check of the shipped data ({size / 1e6:.1f} MB of YAML)",
        ("", "seconds", "against parsing"),
        [
            ("PyYAML's C loader only", f"{parse:.2f}", "1.0"),
            ("nohin check, no memory", f"{fresh:.2f}", f"{fresh / parse:.1f}"),
            ("nohin check, with memory", f"{warm:.2f}", f"{warm / parse:.1f}"),
        ],
    )


def builds(project: Path) -> None:
    """A build when all, nothing, or one file has to be made again."""

    def from_nothing() -> None:
        shutil.rmtree(project / ".nohin", ignore_errors=True)
        _nohin("build", project)

    def one_changed() -> None:
        _touch(project / "data" / "contracts" / MODEL / "plan.yml")
        _nohin("build", project)

    first = _median(from_nothing, 2)
    same = _median(lambda: _nohin("build", project), 3)
    one = _median(one_changed, 2)
    _table(
        "Build of the shipped data",
        ("", "seconds", "of a whole build"),
        [
            ("from nothing", f"{first:.2f}", "100 %"),
            ("nothing changed", f"{same:.2f}", f"{same / first:.0%}"),
            ("one YAML file changed", f"{one:.2f}", f"{one / first:.0%}"),
        ],
    )


def copies(folder: Path) -> None:
    """Times of more and more copies of a contract."""
    rows = []
    for count in COPIES:
        project = _project(folder / f"copies-{count}", count)
        check = _median(lambda project=project: _nohin("check", project), 3)
        build = _seconds(lambda project=project: _nohin("build", project))
        shutil.rmtree(project / ".nohin" / "cache" / "site")
        site = _seconds(lambda project=project: _nohin("build", project))
        each = (f"{seconds / count:.2f}" for seconds in (check, site, build))
        rows.append((str(count), *each))
        shutil.rmtree(project)
    _table(
        "Seconds per contract (the start and the home are shared)",
        ("contracts", "check", "site (PDFs in the cache)", "build from nothing"),
        rows,
    )


# --- projects -----------------------------------------------------------------------------------------


def _project(place: Path, count: int | None = None) -> Path:
    """The shipped data in a repository of its own, or `count` copies of one contract of it."""
    shutil.copytree(ROOT / "data", place / "data")
    shutil.copy2(ROOT / "mkdocs.yml", place / "mkdocs.yml")
    (place / ".gitignore").write_text(".nohin/\nsite/\n", encoding="utf-8")
    if count is not None:
        contracts = place / "data" / "contracts"
        shutil.move(contracts / MODEL, place / "model")
        shutil.rmtree(contracts)
        for number in range(1, count + 1):
            shutil.copytree(place / "model", contracts / f"{MODEL}-{number:02}")
        shutil.rmtree(place / "model")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "見本")):
        subprocess.run(["git", *arguments], cwd=place, env=_ENVIRONMENT, check=True)
    return place


_ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    **{f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def _touch(path: Path) -> None:
    """A change that means nothing, different every time."""
    path.write_text(path.read_text(encoding="utf-8") + "# 変更\n", encoding="utf-8")


# --- measuring ----------------------------------------------------------------------------------------


def _nohin(command: str, project: Path) -> None:
    _run("-m", "generator", command, "--project", str(project), "--as-of", AS_OF)


def _run(*arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], env=_ENVIRONMENT, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}\n{(done.stdout + done.stderr).decode()}")


def _median(action: Callable[[], None], times: int) -> float:
    return statistics.median(_seconds(action) for _ in range(times))


def _seconds(action: Callable[[], None]) -> float:
    before = os.times()
    action()
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def _table(title: str, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    print(f"\n{title}")
    for first, *rest in lines:
        cells = (cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))
        print("  " + "  ".join((first.ljust(widths[0]), *cells)), flush=True)


if __name__ == "__main__":
    main()
