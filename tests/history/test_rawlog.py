"""git's log as it is: order, encodings, dates, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.history import rawlog
from generator.history.rawlog import RawCommit, in_order, readable
from generator.intake.repository import Repository
from tests.support import Project


class Kept:
    """A store in memory that counts."""

    def __init__(self) -> None:
        self.pieces: dict[str, bytes] = {}
        self.puts = 0

    def get(self, name: str) -> bytes | None:
        """The piece."""
        return self.pieces.get(name)

    def put(self, name: str, content: bytes) -> None:
        """Keep a piece."""
        self.pieces[name] = content
        self.puts += 1


@pytest.fixture
def tracked(project: Callable[..., Project]) -> Project:
    """A repository with three commits on the main line."""
    there = project({"data/plan.yml": "一\n"})
    there.git("init", "-q", "-b", "main")
    there.commit("一")
    there.write({"data/plan.yml": "二\n"}).commit("二")
    there.write({"data/plan.yml": "三\n"}).commit("三")
    return there


def _read(there: Project, store: Kept | None = None) -> list[RawCommit]:
    repository = Repository.at(there.root)
    assert repository is not None
    return rawlog.read(repository, store)


def _asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which ranges git's log is asked for."""
    asked: list[str] = []
    log = Repository.log

    def counting(self: Repository, *arguments: str, **more: object) -> bytes:
        asked.append(arguments[-1])
        return log(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Repository, "log", counting)
    return asked


def test_nothing_is_asked_again(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as HEAD stays, the log is read once."""
    store = Kept()
    first = _read(tracked, store)
    asked = _asked(monkeypatch)
    assert _read(tracked, store) == first
    assert (asked, store.puts) == ([], 1)


def test_what_is_new_is_added(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With new commits only those are asked for, and the result is that of a fresh reading."""
    store = Kept()
    head = _read(tracked, store)[-1].id
    tracked.git("checkout", "-q", "-b", "side", "HEAD~1")
    tracked.write({"data/staff.yml": "四\n"}).commit("四")
    tracked.git("checkout", "-q", "main")
    tracked.git("merge", "-q", "--no-ff", "-m", "取り込む", "side")
    asked = _asked(monkeypatch)
    extended = _read(tracked, store)
    assert asked[0].startswith(f"{head}..")
    assert extended == _read(tracked)
    assert [commit.subject for commit in extended] == ["一", "二", "三", "四", "取り込む"]
    assert _read(tracked, store) == extended


@pytest.mark.parametrize("command", [["reset", "-q", "--hard", "HEAD~1"], ["commit", "-q", "--amend", "-m", "三の二"]])
def test_rewritten_history_is_read_anew(tracked: Project, command: list[str]) -> None:
    """After a rebase, an amended commit or a reset nothing of the old history is left."""
    store = Kept()
    _read(tracked, store)
    tracked.git(*command)
    tracked.git("reflog", "expire", "--expire=now", "--all")
    tracked.git("gc", "-q", "--prune=now")
    assert _read(tracked, store) == _read(tracked)
    assert "三" not in [commit.subject for commit in _read(tracked, store)]


def test_shallow_clone_is_not_kept(tracked: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A history that was cut off may be made whole under the same HEAD."""
    place = tmp_path_factory.mktemp("clone")
    tracked.git("clone", "-q", "--depth", "2", f"file://{tracked.root}", str(place / "cut"))
    clone, store = Project(place / "cut"), Kept()
    assert [commit.subject for commit in _read(clone, store)] == ["二", "三"]
    clone.git("fetch", "-q", "--unshallow")
    assert [commit.subject for commit in _read(clone, store)] == ["一", "二", "三"]


def test_names_are_written_as_the_mailmap_says(tracked: Project) -> None:
    """An author whose name was recorded wrongly is put right in .mailmap, also when the log was kept before."""
    store = Kept()
    assert {commit.author for commit in _read(tracked, store)} == {"見本 太郎"}
    tracked.write({".mailmap": "例示 花子 <mihon@example.jp>\n"})
    assert {commit.author for commit in _read(tracked, store)} == {"例示 花子"}


def test_own_configuration_does_not_count(tracked: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody has set for themselves makes no other history."""
    before = _read(tracked)
    settings = {"log.showSignature": "true", "log.showRoot": "false", "color.ui": "always", "diff.renames": "false"}
    for key, value in {**settings, "log.diffMerges": "off", "i18n.logOutputEncoding": "euc-jp"}.items():
        tracked.git("config", key, value)
    assert _read(tracked) == before


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("見本".encode(), "見本"),
        ("見本 太郎".encode("cp932"), "見本 太郎"),
        ("見本 太郎".encode("euc_jp"), "見本 太郎"),
        (b"\xff\xfe", "��"),
        (b"Ren\xe9 D", "Ren� D"),
        (b"x\x1e\x1f", "x\x1e\x1f"),
    ],
)
def test_names_in_old_encodings(raw: bytes, text: str) -> None:
    """Mojibake is read as it was written where that can be told, and shown as unreadable where not."""
    assert readable(raw.decode("utf-8", "surrogateescape")) == text


def _raw_commit(there: Project, author: bytes, committer: bytes, message: bytes = b"x") -> None:
    """A commit written byte by byte on top of HEAD."""
    tree, parent = (there.git("rev-parse", name).strip().encode() for name in ("HEAD^{tree}", "HEAD"))
    raw = b"tree %s\nparent %s\nauthor %s\ncommitter %s\n\n%s\n" % (tree, parent, author, committer, message)
    (there.root / ".git/raw").write_bytes(raw)
    commit = there.git("hash-object", "-t", "commit", "-w", "--literally", ".git/raw").strip()
    there.git("update-ref", "HEAD", commit)


@pytest.mark.parametrize(
    ("author", "committer", "day"),
    [
        (b"x <x> 1777559400 -1100", b"x <x> 1777559400 +0900", dt.date(2026, 4, 30)),
        (b"x <x> 1777559400 +0900", b"x <x> 1 +0000", dt.date(2026, 4, 30)),
        (b"x <x> 1777561200 +0000", b"x <x> 1 +0000", dt.date(2026, 5, 1)),
        (b"x <x> 1777564800 +1400", b"x <x> 1 +0000", dt.date(2026, 5, 1)),
        (b"x <x> 1777559400 +9959", b"x <x> 1777559400 +0900", dt.date(2026, 4, 30)),
        (b"x <x>", b"x <x> 1777559400 +0900", dt.date(2026, 4, 30)),
        (b"x <x> 99999999999999 +0000", b"x <x> 1777559400 +0900", dt.date(2026, 4, 30)),
        (b"x <x>", b"x <x>", dt.date(1970, 1, 1)),
    ],
)
def test_days(tracked: Project, author: bytes, committer: bytes, day: dt.date) -> None:
    """The author's day as Japan counts it; the committer's where git cannot read the author's."""
    _raw_commit(tracked, author, committer)
    assert _read(tracked)[-1].date == day


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_commit_in_an_old_encoding(tracked: Project, encoding: str) -> None:
    """An author and a message that are no UTF-8, and do not say what they are, are read nevertheless."""
    name = "例示 花子".encode(encoding)
    _raw_commit(
        tracked, name + b" <x> 1777559400 +0900", name + b" <x> 1777559400 +0900", "担当を改める".encode(encoding)
    )
    last = _read(tracked)[-1]
    assert (last.author, last.subject) == ("例示 花子", "担当を改める")
    assert _read(tracked, store := Kept()) == _read(tracked, store)


def test_names_with_separators_in_them(tracked: Project) -> None:
    """Control characters in names and messages do not run fields together."""
    _raw_commit(tracked, b"a\x1eb\x1fc <x> 1777559400 +0900", b"x <x> 1777559400 +0900", b"s\x1et\x1fu")
    last = _read(tracked)[-1]
    assert (last.author, last.subject) == ("a\x1eb\x1fc", "s\x1et\x1fu")
    assert last.date == dt.date(2026, 4, 30)


def _commits(parents: dict[str, str]) -> list[RawCommit]:
    return [RawCommit(name, tuple(of), dt.date(2026, 4, 1), "", "", []) for name, of in parents.items()]


@pytest.mark.parametrize(
    ("parents", "order"),
    [
        ({"a": "", "b": "a", "c": "b"}, "abc"),
        ({"a": "", "b": "a", "x": "a", "y": "x", "m": "by"}, "abxym"),
        ({"a": "", "b": "a", "x": "a", "m": "bx", "c": "m", "y": "x", "n": "cy"}, "abxmcyn"),
        ({"a": "", "x": "", "m": "ax"}, "axm"),
        ({"b": "?", "c": "b"}, "bc"),
    ],
)
def test_order(parents: dict[str, str], order: str) -> None:
    """The main line first, what came by a merge as of the merge: so a commit keeps its place when more is merged."""
    commits = _commits(parents)
    for given in (commits, commits[::-1]):
        assert "".join(commit.id for commit in in_order(given, order[-1])) == order


def test_order_of_a_long_history() -> None:
    """Ten thousand commits in a row are no matter of recursion."""
    commits = _commits({"0": ""}) + [
        RawCommit(str(n), (str(n - 1),), dt.date(2026, 4, 1), "", "", []) for n in range(1, 10_000)
    ]
    assert [commit.id for commit in in_order(commits, "9999")] == [str(n) for n in range(10_000)]
