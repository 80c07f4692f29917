"""The project's git repository. The only importer of GitPython; imported only where history is asked for."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")  # without git there is no history, but everything else

import git  # it looks for git when it is imported

from generator.intake.eras import JAPAN
from generator.problems import NohinError

_LINK = "120000"
_CONFIGURED = ["log.showRoot=true", "log.showSignature=false", "mailmap.file="]
"""What a user's own configuration may not change: the same history for everybody."""

_UNKNOWN = (git.BadName, git.BadObject, ValueError, IndexError, NotImplementedError)
"""What a name that stands for no commit makes GitPython say."""


@dataclass(frozen=True)
class Tag:
    """An annotated tag."""

    name: str
    commit: str
    message: str
    """A line, an empty line, and what more there is to say; without a signature."""


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

    def log(self, *arguments: str, only: Iterable[str] | None = None) -> bytes:
        """`git log` with what each commit changed in the project's folder, as bytes; of every commit, or `only` some."""
        raw = {"stdout_as_string": False, "strip_newline_in_stdout": False}
        place = ("--full-history", "--sparse", "--", self._place) if self._prefix else ("--",)
        if only is None:
            return bytes(self._git("log", *arguments, *place, **raw))
        with _lines(only) as asked:
            return bytes(self._git("log", *arguments, "--no-walk=unsorted", "--stdin", *place, istream=asked, **raw))

    def leads_to(self, commit: str, later: str) -> bool:
        """Whether a commit is among those that another rests on; not where it is unknown: a rebase lost it."""
        try:
            self._git("merge_base", "--is-ancestor", commit, later)
        except NohinError:
            return False
        return True

    def common(self, commit: str, other: str) -> str | None:
        """The last commit that two rest on; None where they have none in common."""
        found = self._repo.merge_base(commit, other)
        return str(found[0].hexsha) if found and found[0] else None

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes | None]:
        """Many contents by one process, in order; None where there is no such content."""
        with _lines(blobs) as asked:
            answers = self._git("cat_file", "--batch", istream=asked, as_process=True)
            while head := answers.stdout.readline():
                kind, *size = head.split()[1:]
                content = answers.stdout.read(int(size[0]) + 1)[:-1] if size else None
                yield content if kind == b"blob" else None
            answers.wait()

    @property
    def mailmap(self) -> bytes:
        """What the repository says about how its authors' names are written."""
        place = Path(self._repo.working_tree_dir or "", ".mailmap")
        return place.read_bytes() if place.is_file() and not place.is_symlink() else b""

    @property
    def _place(self) -> str:
        """The project's folder as a pathspec; literal, for a folder's name may hold brackets and stars."""
        return f":(top,literal){self._prefix}"

    def _git(self, command: str, *arguments: str, **options: Any) -> Any:
        try:
            return getattr(self._repo.git(c=_CONFIGURED), command)(*arguments, **options)
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

    def find(self, name: str) -> str | None:
        """The hash of the commit that a commit, tag or branch of this name stands for; None where there is none."""
        try:
            commit = self._repo.commit(name)
            _ = commit.committed_date  # a whole hash is taken for a commit's until it is read
            return str(commit.hexsha)
        except _UNKNOWN:
            return None

    def on(self, day: dt.date) -> str | None:
        """The last commit of the main line made by the end of a day in Japan; None where none was made by then."""
        until = f"--until={day.isoformat()}T23:59:59+09:00"
        return str(self._git("log", "--first-parent", "-1", "--format=%H", until)) or None

    def day(self, commit: str) -> dt.date:
        """The day in Japan on which a commit was made."""
        return self._repo.commit(commit).committed_datetime.astimezone(JAPAN).date()

    def names(self) -> tuple[list[str], list[str]]:
        """The tags and the branches, sorted."""
        return sorted(tag.name for tag in self._repo.tags), sorted(head.name for head in self._repo.heads)

    def parents(self, commit: str) -> list[str]:
        """The commits that a commit was made on, also those that a clone which was cut off does not have."""
        return [str(parent.hexsha) for parent in self._repo.commit(commit).parents]

    def blobs(self, commit: str, under: str) -> dict[str, str]:
        """The files below a folder at a commit: path to the id of the content."""
        raw = self._git("ls_tree", "-r", "-z", "--full-tree", commit, "--", f"{self._prefix}{under}/")
        found = (entry.partition("\t") for entry in raw.split("\0") if entry)
        files = {self._own(path): head.split(" ") for head, _, path in found}
        return {
            path: blob
            for path, (mode, kind, blob) in sorted(files.items())
            if kind == "blob" and mode != _LINK and "/." not in f"/{path}"
        }

    def tree(self, revision: str) -> RevisionTree:
        """The project's files at a revision; NohinError where it is unknown."""
        try:
            return RevisionTree(self._repo.commit(revision), self._prefix)
        except _UNKNOWN:
            raise NohinError(
                f"版「{revision}」が履歴にありません。コミット・タグ・ブランチの名を書いてください"
            ) from None

    def copy(self, commit: str, place: Path) -> Path:
        """A commit's files on disk with the history up to it and none later; returns the project's folder there.

        The copy is a repository of its own that borrows the objects of this one. Neither hooks nor the settings of this
        repository take part, so that every machine makes the same files.
        """
        form = self._git("rev_parse", "--show-object-format")
        self._git("init", "--quiet", "--template=", f"--object-format={form}", str(place))
        objects = self._git("rev_parse", "--path-format=absolute", "--git-path", "objects")
        (place / ".git/objects/info").mkdir(parents=True, exist_ok=True)
        (place / ".git/objects/info/alternates").write_text(f"{objects}\n", encoding="utf-8")
        if self.shallow:
            cut = Path(self._git("rev_parse", "--path-format=absolute", "--git-path", "shallow"))
            (place / ".git/shallow").write_bytes(cut.read_bytes())
        made = Repository(git.Repo(place), place / self._prefix)
        for setting in ("core.autocrlf=false", f"core.hooksPath={os.devnull}"):
            made._git("config", *setting.split("="))
        made._git("checkout", "--quiet", "--detach", commit)
        return place / self._prefix

    def identity(self) -> str:
        """The name git writes into commits and tags; NohinError where it knows none."""
        try:
            return str(self._git("var", "GIT_COMMITTER_IDENT")).rpartition(" <")[0]
        except NohinError:
            hint = "git config user.name と git config user.email で設定してください"
            raise NohinError(f"git に利用者の名が設定されていません。{hint}") from None

    def tags(self, below: str) -> list[Tag]:
        """The annotated tags below a name, sorted."""
        wanted = "--format=%(refname:strip=2)%00%(*objectname)%00%(contents:subject)%0a%0a%(contents:body)%00"
        fields = str(self._git("for_each_ref", wanted, f"refs/tags/{below}")).split("\0")
        rows = zip(fields[::3], fields[1::3], fields[2::3], strict=False)
        return [Tag(name.lstrip("\n"), commit, message) for name, commit, message in rows if commit]

    def tag(self, tag: Tag) -> None:
        """Make an annotated tag; NohinError where there is one of this name."""
        self._git("tag", "--annotate", "--cleanup=verbatim", f"--message={tag.message}", tag.name, tag.commit)


@contextmanager
def _lines(names: Iterable[str]) -> Iterator[IO[bytes]]:
    """A file of names, a line each: more than a command line holds."""
    with tempfile.TemporaryFile() as file:
        file.writelines(f"{name}\n".encode() for name in names)
        file.seek(0)
        yield file


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
