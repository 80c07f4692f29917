"""What is staged: the project's files as git's index has them, that is, as they will be committed.

Asks git itself, for GitPython takes longer to load than a check; runs at the top of the working tree, where the names
that git gives its hooks (`GIT_INDEX_FILE`) are meant to be read.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.intake.datafiles import DATA
from generator.intake.gitplace import GitPlace
from generator.problems import NohinError

FOLDERS = (DATA, "schemas", "templates")
"""What of a project can be wrong."""


@dataclass(frozen=True)
class Staged:
    """What the next commit changes of a project."""

    top: Path
    """Where git's working tree begins."""
    prefix: str
    """The project's folder in it: empty, or with a slash at the end."""
    changed: frozenset[str]
    """The project's paths below `FOLDERS` that will be other than in the last commit, those that go too."""
    anything: bool
    """Whether anything at all is staged, be it outside the project."""

    @classmethod
    def at(cls, project: Path) -> Staged:
        """What is staged in the repository that a project lies in; NohinError where there is none."""
        place = GitPlace.of(project)
        if place is None:
            raise NohinError(f"{project} は git の管理下にないので、ステージされたものがありません")
        names = [path for _, path in _differing(place.top)]
        return cls(place.top, place.prefix, frozenset(_own(names, place.prefix)), bool(names))

    def files(self) -> list[str]:
        """The project's paths below `FOLDERS` that will be committed, sorted; what is only intended to be added is none."""
        asked = ("ls-tree", "-r", "-z", "--full-tree", "HEAD", "--", *(f"{self.prefix}{name}/" for name in FOLDERS))
        there = {entry.partition("\t")[2] for entry in _names(_git(self.top, *asked, unborn=True))}
        for status, path in _differing(self.top):
            (there.discard if status == "D" else there.add)(path)
        return sorted(_own(there, self.prefix))

    @contextmanager
    def laid_out(self, wanted: Callable[[str], bool]) -> Iterator[Path]:
        """A folder with those of the files that are wanted, as they will be committed; gone when the block ends."""
        paths = [f"{self.prefix}{path}" for path in self.files() if wanted(path)]
        with tempfile.TemporaryDirectory(prefix="nohin-") as folder:
            place = Path(folder).resolve()
            names = b"".join(os.fsencode(path) + b"\0" for path in paths)
            _git(self.top, "checkout-index", "-z", "--stdin", f"--prefix={place}/", said=names)
            (place / self.prefix / DATA).mkdir(parents=True, exist_ok=True)
            yield place / self.prefix


def _own(paths: Iterator[str] | list[str] | set[str], prefix: str) -> Iterator[str]:
    """The project's of the repository's paths, as the project names them."""
    inside = (path.removeprefix(prefix) for path in paths if path.startswith(prefix))
    return (path for path in inside if path.startswith(tuple(f"{name}/" for name in FOLDERS)))


def _differing(top: Path) -> Iterator[tuple[str, str]]:
    """What differs between the last commit and the index: a letter of git's and the path."""
    told = _names(_git(top, "diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev"))
    yield from ((head.rpartition(" ")[2], path) for head, path in zip(told[::2], told[1::2], strict=True))


def _names(raw: bytes) -> list[str]:
    return [os.fsdecode(name) for name in raw.split(b"\0") if name]


def _git(top: Path, *arguments: str, said: bytes | None = None, unborn: bool = False) -> bytes:
    """What git answers; nothing where it fails for want of any commit (`unborn`)."""
    try:
        done = subprocess.run(["git", *arguments], cwd=top, input=said, capture_output=True, check=False)
    except OSError as error:
        raise NohinError(f"git を動かせません（{error.strerror}）") from None
    if done.returncode and not unborn:
        told = " ".join(done.stderr.decode(errors="replace").split())
        raise NohinError(f"git {arguments[0]} が失敗しました（{told}）")
    return b"" if done.returncode else done.stdout
