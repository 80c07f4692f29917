"""git's log as it is: every commit with its parents and what differs from each of them. Kept by HEAD, and extended."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.history.merging import changed_itself
from generator.intake.eras import JAPAN
from generator.intake.remembered import Store
from generator.intake.repository import Repository

SIMILAR = 60
"""A file that went and one that came are one that was renamed where they share this much, in percent: records of a kind
are alike by half without being the same."""

_KEPT = "log"
_LAYOUT = "2"
"""To be raised when what is kept is laid out or worked out otherwise."""

_OPTIONS = ("--raw", "-z", f"-M{SIMILAR}%", "-l1000", "--no-abbrev", "--no-color", "--encoding=UTF-8")
_MARK = "\x1e"
_FORMAT = f"--format={_MARK}%H%x00%P%x00%aI%x00%cI%x00%aN%x00%s"
_HEAD = re.compile(f"\n?{_MARK}[0-9a-f]{{40,64}}\\Z")
_MERGE = re.compile(r"\n?(?P<commit>[0-9a-f]{40,64}) \(from (?P<parent>[0-9a-f]{40,64})\)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that differs: its path and the id of its content before and after, empty where it was not there."""

    old: str
    new: str
    before: str
    after: str


@dataclass(slots=True)
class RawCommit:
    """A commit as git tells it."""

    id: str
    parents: tuple[str, ...]
    date: dt.date
    author: str
    subject: str
    differs: list[list[Entry]]
    """From each parent, in order; of a first commit, from nothing."""
    itself: tuple[str, ...] = ()
    """Of a merge, the paths that are as in none of its parents and not put together from them alone."""


def read(repository: Repository, store: Store | None = None) -> list[RawCommit]:
    """Every commit that HEAD rests on, each after its parents."""
    keep = store if store is not None and not repository.shallow else None
    name = hashlib.sha256("\0".join((_LAYOUT, *_OPTIONS, _FORMAT)).encode() + repository.mailmap).hexdigest()
    head, known = _recalled(keep, name)
    if head == repository.head:
        return known
    if head is not None and repository.leads_to(head, repository.head):
        new = _read(repository, f"{head}..{repository.head}")
    else:
        known, new = [], _read(repository, repository.head)
    commits = in_order([*known, *new], repository.head)
    if keep is not None:
        keep.put(_KEPT, json.dumps([name, repository.head, [_plain(c) for c in commits]], ensure_ascii=False).encode())
    return commits


def in_order(commits: Iterable[RawCommit], head: str) -> list[RawCommit]:
    """Each after its parents; what came by a merge after all that was on the main line before.

    So the order never rests on clocks, and a commit keeps its place whatever is merged later.
    """
    known = {commit.id: commit for commit in commits}
    found: dict[str, RawCommit] = {}
    stack = [(head, False)]
    while stack:
        name, ready = stack.pop()
        if name in found or name not in known:
            continue
        if ready:
            found[name] = known[name]
            continue
        stack.append((name, True))
        stack += [(parent, False) for parent in reversed(known[name].parents) if parent not in found]
    return list(found.values())


# --- what git says --------------------------------------------------------------------------------------


def _read(repository: Repository, commits: str) -> list[RawCommit]:
    found = list(_commits(_fields(repository.log(*_OPTIONS, _FORMAT, commits))))
    merges = {commit.id: commit for commit in found if len(commit.parents) > 1}
    if merges:
        raw = repository.log(*_OPTIONS, "-m", "--format=oneline", only=merges)
        for commit, parent, entries in _merges(_fields(raw)):
            if commit in merges and parent in merges[commit].parents:
                merges[commit].differs[merges[commit].parents.index(parent)] += entries
        _find_changes_of_merges(repository, list(merges.values()))
    return found


def _fields(raw: bytes) -> list[str]:
    return raw.decode("utf-8", errors="surrogateescape").split("\0")


def _commits(fields: Sequence[str]) -> Iterator[RawCommit]:
    place = 0
    while place < len(fields):
        if not _HEAD.match(fields[place]):
            place += 1
            continue
        parents, authored, committed, author, subject = fields[place + 1 : place + 6]
        names = tuple(parents.split())
        entries, after = _entries(fields, place + 6)
        differs = [entries] if len(names) < 2 else [[] for _ in names]
        day = _day(authored) or _day(committed) or dt.date(1970, 1, 1)
        yield RawCommit(
            fields[place].strip(f"\n{_MARK}"), names, day, readable(author), readable(subject).strip(), differs
        )
        place = after


def _merges(fields: Sequence[str]) -> Iterator[tuple[str, str, list[Entry]]]:
    place = 0
    while place < len(fields):
        head = _MERGE.match(fields[place])
        entries, place = _entries(fields, place + 1)
        if head:
            yield head["commit"], head["parent"], entries


def _entries(fields: Sequence[str], place: int) -> tuple[list[Entry], int]:
    """The files that differ, and where the next commit begins."""
    found: list[Entry] = []
    while place < len(fields) and fields[place][:2].lstrip("\n")[:1] == ":":
        _, _, before, after, status = fields[place].split(" ")
        old, new = fields[place + 1], fields[place + (2 if status[0] in "RC" else 1)]
        found.append(
            Entry(_path(old), _path(new), before if before.strip("0") else "", after if after.strip("0") else "")
        )
        place += 3 if status[0] in "RC" else 2
    return found, place


def _path(raw: str) -> str:
    return raw if _is_unicode(raw) else raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _is_unicode(text: str) -> bool:
    """Whether it was UTF-8: other bytes stand as halves of surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _day(instant: str) -> dt.date | None:
    """The day in Japan, whatever zone the author's machine was set to: CI's often is set to UTC."""
    try:
        return dt.datetime.fromisoformat(instant).astimezone(JAPAN).date()
    except (ValueError, OverflowError):
        return None


def readable(text: str) -> str:
    """A name or a message as it was meant, where it was not written in UTF-8: in one of the old encodings of Japanese."""
    if _is_unicode(text):
        return text
    raw = text.encode("utf-8", "surrogateescape")
    for encoding in ("euc_jp", "cp932"):
        try:
            found = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search("[\ue000-\uf8ff]", found):  # characters of nobody: it was something else
            return found
    return raw.decode("utf-8", "replace")


def _find_changes_of_merges(repository: Repository, merges: Sequence[RawCommit]) -> None:
    """Of the files that a merge left as in none of its parents, those in which it changed something itself."""
    asked = []
    for merge in merges:
        sides = [{entry.new: entry for entry in entries} for entries in merge.differs]
        asked += [(merge, path, [side[path] for side in sides]) for path in sides[0] if all(path in s for s in sides)]
    wanted = dict.fromkeys(blob for _, _, found in asked for e in found for blob in (e.before, e.after) if blob)
    contents = dict(zip(wanted, repository.contents(wanted), strict=False)) if wanted else {}
    for merge, path, found in asked:
        if changed_itself(contents.get(found[0].after), [contents.get(e.before) for e in found if e.before]):
            merge.itself = (*merge.itself, path)


# --- what was kept --------------------------------------------------------------------------------------


def _recalled(store: Store | None, name: str) -> tuple[str | None, list[RawCommit]]:
    raw = store.get(_KEPT) if store is not None else None
    kept = json.loads(raw) if raw else [None, None, []]
    return (str(kept[1]), [_made(commit) for commit in kept[2]]) if kept[0] == name else (None, [])


def _plain(commit: RawCommit) -> list[Any]:
    differs = [[[e.old, e.new, e.before, e.after] for e in entries] for entries in commit.differs]
    day = commit.date.isoformat()
    return [commit.id, commit.parents, day, commit.author, commit.subject, differs, commit.itself]


def _made(raw: list[Any]) -> RawCommit:
    name, parents, day, author, subject, differs, itself = raw
    entries = [[Entry(*entry) for entry in one] for one in differs]
    return RawCommit(name, tuple(parents), dt.date.fromisoformat(day), author, subject, entries, tuple(itself))
