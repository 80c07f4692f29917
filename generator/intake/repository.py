"""The project's git repository. The only importer of GitPython; imported only where history is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import git

from generator.problems import NohinError


class Repository:
    """A git repository and the project's place in it."""

    def __init__(self, repo: git.Repo, root: Path) -> None:
        self._repo = repo
        top = Path(repo.working_tree_dir or root).resolve()
        relative = root.resolve().relative_to(top).as_posix()
        self._prefix = "" if relative == "." else f"{relative}/"

    @classmethod
    def at(cls, root: Path) -> Repository | None:
        """The repository the project lies in; None where there is none or it has no commit.

        NohinError where git refuses it: a repository that belongs to somebody else would look like one without commits.
        """
        try:
            repository = cls(git.Repo(root, search_parent_directories=True), root)
            repository._git("rev_parse", "--git-dir")
            return repository if repository._repo.head.is_valid() else None
        except (git.InvalidGitRepositoryError, git.NoSuchPathError, git.GitCommandNotFound):
            return None

    @cached_property
    def head(self) -> str:
        """The commit's hash."""
        return str(self._repo.head.commit.hexsha)

    @cached_property
    def shallow(self) -> bool:
        """Whether the history was cut off when it was cloned."""
        return bool(self._git("rev_parse", "--is-shallow-repository") == "true")

    def uncommitted(self) -> frozenset[str]:
        """The project's paths that differ from the last commit, new files included."""
        raw = self._git("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", self._place)
        return frozenset(self._own(entry[3:]) for entry in raw.split("\0") if len(entry) > 3)

    def log(self, *arguments: str) -> bytes:
        """`git log` of the project's folder, as bytes."""
        raw = {"stdout_as_string": False, "strip_newline_in_stdout": False}
        return bytes(self._git("log", *arguments, "--", self._place, **raw))

    @property
    def _place(self) -> str:
        """The project's folder as a pathspec; literal, for a folder's name may hold brackets and stars."""
        return f":(top,literal){self._prefix}"

    def _git(self, command: str, *arguments: str, **options: bool) -> Any:
        try:
            return getattr(self._repo.git, command)(*arguments, **options)
        except git.GitCommandError as error:
            said = " ".join(str(error.stderr).split())
            raise NohinError(f"git {command} が失敗しました（{said}）") from None

    def own(self, path: str) -> str | None:
        """A repository path as a path in the project; None outside it."""
        return path[len(self._prefix) :] if path.startswith(self._prefix) else None

    def _own(self, path: str) -> str:
        return self.own(path) or path

    def read(self, commit: str, path: str) -> bytes:
        """One file of a commit, without listing the others; FileNotFoundError where there is none."""
        try:
            blob = self._repo.commit(commit).tree / f"{self._prefix}{path}"
        except KeyError:
            raise FileNotFoundError(path) from None
        return bytes(blob.data_stream.read())

    def tree(self, revision: str) -> RevisionTree:
        """The project's files at a revision; NohinError where it is unknown."""
        try:
            return RevisionTree(self._repo.commit(revision), self._prefix)
        except (git.BadName, git.BadObject, ValueError, IndexError):
            raise NohinError(
                f"版「{revision}」が履歴にありません。コミット・タグ・ブランチの名を書いてください"
            ) from None


class RevisionTree:
    """The files of one commit; answers like the working tree."""

    def __init__(self, commit: git.Commit, prefix: str) -> None:
        self._blobs = {
            str(item.path)[len(prefix) :]: item
            for item in commit.tree.traverse()
            if isinstance(item, git.Blob) and str(item.path).startswith(prefix) and item.mode != git.Blob.link_mode
        }

    def files(self, under: str) -> Iterator[str]:
        """Every file below a folder, sorted; hidden files and folders are left out."""
        start = f"{under}/"
        return iter(sorted(p for p in self._blobs if p.startswith(start) and "/." not in f"/{p}"))

    def read(self, path: str) -> bytes:
        """The content of a file; OSError where there is none."""
        if path not in self._blobs:
            raise FileNotFoundError(path)
        return bytes(self._blobs[path].data_stream.read())
