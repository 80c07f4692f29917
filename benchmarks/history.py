"""How the time of history stands to git's own: ratios on this machine, in one run, on a history made up for it.

A repository of 500 documents (one record each, in twenty contracts) and 2,000 commits with merges, renames of files
and moved contracts. Reading the history and telling the editions of all documents, parts included, is measured against
one `git log --raw` of the same range:

1. number, day, author and reason alone, nothing kept;
2. with the parts that each edition changed: for the first time, when every content has to be read once; with what that
   kept and nothing new; and with one new commit.

Then the editions of a sample of documents are told again the slow way, by `git log --follow` for each file.
Times are of the processor, git's processes and ours together; medians. Usage: python benchmarks/history.py
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.history import rawlog  # noqa: E402  # found by the line above
from generator.history.log import History, of_files, read  # noqa: E402
from generator.history.revisions import of_document  # noqa: E402
from generator.intake.repository import Repository  # noqa: E402
from generator.outputs.cache import Cache  # noqa: E402

DOCUMENTS, COMMITS, CONTRACTS = 500, 2_000, 20
SAMPLE = 25
LIMIT = 3.0
"""What reading the history may cost, in times of one `git log`."""


def main() -> None:
    """Make the history, measure, and compare with the slow way."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        paths = Made(root).history()
        ratio = measure(root, paths)
        agree(root, paths)
    sys.exit(f"history costs {ratio:.1f} times one git log; the limit is {LIMIT}" if ratio > LIMIT else 0)


# --- measuring ----------------------------------------------------------------------------------------


def measure(root: Path, paths: list[str]) -> float:
    """Print the ratios; those of a history without parts, and of one of which nothing is new, are judged."""
    actions: list[tuple[str, Callable[[], object], int]] = [
        ("without parts, nothing kept", lambda: _editions(root, paths, None, parts=False), 9),
        ("with parts, for the first time", lambda: _editions(root, paths, _forgotten(root)), 1),
        ("with parts, nothing new", lambda: _editions(root, paths, Cache.of(root, "history")), 9),
        ("with parts, one new commit", lambda: _one_more(root, paths), 5),
    ]
    print(f"\nHistory of {DOCUMENTS} documents in {COMMITS:,} commits, in times of one git log of them")
    ratios = []
    for name, action, times in actions:
        ratios.append(_ratio(root, action, times))
        print(f"  {name.ljust(34)}{ratios[-1]:6.1f}", flush=True)
    return max(ratios[0], ratios[2])


def _ratio(root: Path, action: Callable[[], object], times: int) -> float:
    """What an action costs, in times of a git log measured beside it; the median of some."""
    found = []
    for _ in range(times):
        log = _seconds(lambda: _git(root, "log", "--raw", "-z", "-M", "--no-abbrev", "--format=%H%x00%an%x00%s"))
        found.append(_seconds(action) / log)
    return statistics.median(found)


def _seconds(action: Callable[[], object]) -> float:
    start = _spent()
    action()
    return _spent() - start


def _editions(root: Path, paths: list[str], store: Cache | None, parts: bool = True) -> int:
    history = read(Repository.at(root), store)
    return sum(len(of_document(history, [path]).editions if parts else of_files(history, [path])) for path in paths)


def _forgotten(root: Path) -> Cache:
    cache = Cache.of(root, "history")
    cache.forget_all_but(())
    return cache


def _one_more(root: Path, paths: list[str]) -> None:
    place = root / paths[0]
    place.write_text(place.read_text(encoding="utf-8") + "# 追記\n", encoding="utf-8")
    _git(root, "commit", "-q", "-am", "追記")
    _editions(root, paths, Cache.of(root, "history"))


def _spent() -> float:
    """Seconds of the processor, those of git's processes too."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


# --- the slow way -------------------------------------------------------------------------------------


def agree(root: Path, paths: list[str]) -> None:
    """The commits of a sample of documents are those that `git log --follow` finds for each."""
    history = read(Repository.at(root))
    wrong = [path for path in random.Random(7).sample(paths, SAMPLE) if _ours(history, path) != _theirs(root, path)]
    print(f"\nEditions of {SAMPLE} documents against git log --follow of each: {len(wrong)} differ")
    if wrong:
        sys.exit("\n".join(wrong))


def _ours(history: History, path: str) -> set[str]:
    return {edition.commit for edition in of_document(history, [path]).editions if edition.commit}


def _theirs(root: Path, path: str) -> set[str]:
    similar = f"-M{rawlog.SIMILAR}%"
    return set(_git(root, "log", "--follow", similar, "--no-merges", "--format=%H", "--", path).split())


# --- a history ----------------------------------------------------------------------------------------


class Made:
    """A repository written by `git fast-import`: the main line, branches of a few commits, and their merges."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.chance = random.Random(20260401)
        self.stream: list[bytes] = []
        self.files: dict[str, list[str]] = {}
        self.mark = 0

    def history(self) -> list[str]:
        """Write it; the documents' paths of today."""
        main = self._first()
        while self.mark < COMMITS:
            main = self._branch(main) if self.chance.random() < 0.1 else self._commit([main], self._change())
        self._finish(main)
        return sorted(path for path in self.files if "/records/" in path)

    def _first(self) -> int:
        for number in range(DOCUMENTS):
            path = f"data/contracts/c{number % CONTRACTS:02}/records/incidents/r{number:03}.yml"
            self.files[path] = [f"title: 障害 {number:03}", "contacted: 2026-04-28 16:30", *self._lines()]
        return self._commit([], {path: path for path in self.files})

    def _lines(self) -> list[str]:
        fields = ("symptom", "place", "workaround", "actions", "result", "detected_by", "contacted_by")
        return [f"{field}: {self._words()}" for field in fields]

    def _words(self) -> str:
        return "".join(chr(self.chance.randint(0x4E00, 0x6E00)) for _ in range(24))

    def _change(self, free: Sequence[str] = ()) -> dict[str, str]:
        """Some files changed, one renamed, or, on the main line alone, a contract moved: path before → path after."""
        files, chance = sorted(free or self.files), self.chance.random()
        if chance < 0.03:
            path = self.chance.choice(files)
            return {path: f"{path.rsplit('/', 1)[0]}/n{self.mark}-{self.chance.randint(0, 9)}.yml"}
        if chance < 0.033 and not free:
            contract = self.chance.choice(files).split("/")[2]
            return {path: path.replace(contract, f"m{self.mark}", 1) for path in files if f"/{contract}/" in path}
        chosen = self.chance.sample(files, self.chance.choice((1, 1, 1, 2, 4)))
        for path in chosen:
            lines = self.files[path]
            place = self.chance.randrange(2, len(lines))
            lines[place] = f"{lines[place].split(':')[0]}: {self._words()}"
        return {path: path for path in chosen}

    def _branch(self, main: int) -> int:
        """Commits on a branch and meanwhile some on the main line, which touch other files; then the merge."""
        theirs = self.chance.sample(sorted(self.files), 20)
        side, changes = main, {}
        for _ in range(self.chance.randint(1, 8)):
            if self.chance.random() < 0.4:
                main = self._commit([main], self._change([path for path in self.files if path not in theirs]))
                continue
            change = self._change(theirs)
            theirs = [change.get(path, path) for path in theirs]
            side = self._commit([side], change)
            changes = {**{new: changes.pop(old, old) for old, new in change.items()}, **changes}
        return self._commit([main, side], {old: new for new, old in changes.items()})

    def _commit(self, parents: list[int], change: dict[str, str]) -> int:
        self.mark += 1
        when = 1_775_000_000 + self.mark * 3_600
        head = f"commit refs/heads/main\nmark :{self.mark}\ncommitter 見本 太郎 <mihon@example.jp> {when} +0900\n"
        message = f"{self.mark} 回目の改訂".encode()
        self.stream += [head.encode(), b"data %d\n%s\n" % (len(message), message)]
        self.stream += [
            f"{word} :{parent}\n".encode() for word, parent in zip(("from", "merge"), parents, strict=False)
        ]
        for old, new in change.items():
            self._write(old, new)
        return self.mark

    def _write(self, old: str, new: str) -> None:
        """Write a file under its new path; a merge may name one that has moved on already."""
        lines = self.files.pop(old, None) or self.files[new]
        self.files[new] = lines
        content = ("\n".join(lines) + "\n").encode()
        self.stream += [f"D {old}\n".encode()] if old != new else []
        self.stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (new.encode(), len(content), content))

    def _finish(self, main: int) -> None:
        _git(self.root, "init", "-q", "-b", "main")
        self.stream.append(f"reset refs/heads/main\nfrom :{main}\n".encode())
        _git(self.root, "fast-import", "--quiet", given=b"".join(self.stream))
        _git(self.root, "reset", "-q", "--hard", "main")
        (self.root / ".git/info/exclude").write_text(".nohin/\n", encoding="utf-8")


def _git(root: Path, *arguments: str, given: bytes = b"") -> str:
    names = {f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    fixed = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=root, env=fixed, input=given, capture_output=True, check=False)
    if done.returncode:
        sys.exit(f"git {' '.join(arguments)}\n{done.stderr.decode()}")
    return done.stdout.decode("utf-8", "replace")


if __name__ == "__main__":
    main()
