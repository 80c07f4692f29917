"""The pages 「変更」 of a contract: its last changes in sentences, and each document compared with its last version.

Commits do not change, so a page about two of them is made once and then taken from the cache.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from generator.documents.chain import submissions_of
from generator.documents.changewords import sentences
from generator.documents.comparisoncells import BRACKETS
from generator.documents.comparisontable import table
from generator.documents.filters import wareki
from generator.documents.markedup import marked_up
from generator.documents.plan import Document
from generator.documents.render import Body
from generator.history.log import Commit, of_files
from generator.history.revisions import OUTSIDE
from generator.outputs.difference.bodies import Bodies
from generator.outputs.difference.difference import all_sentences
from generator.outputs.difference.past import NOTHING, Looking
from generator.outputs.shown import Shown, Site

PAGE, TITLE = "changes/index.md", "変更"
SHOWN = 20
"""Commits whose changes are told; those before them are listed."""


@dataclass(frozen=True)
class Step:
    """A commit that touched a contract, with what it changed."""

    commit: Commit
    sentences: tuple[str, ...]
    cut: bool = False
    """Whether what was there before is not in the clone."""


@dataclass(frozen=True)
class Version:
    """A state of a document that can be made again."""

    title: str
    commit: str | None
    """None for the working tree."""
    day: dt.date


@dataclass(frozen=True)
class Pair:
    """The last two versions of a document."""

    document: Document
    before: Version
    after: Version


def path_of(document: Document) -> str:
    """Where the page lies that compares a document with its last version, below the contract's part."""
    return f"changes/{document.id}.md"


def pages(site: Site, shown: Shown) -> dict[str, str]:
    """Every page by its path."""
    past = shown.past
    looking = Looking(site, shown, past.snapshots, Bodies(site.env, shown.kinds))
    pairs = [pair for body in shown.bodies if (pair := _pair(looking, body)) is not None]
    made = {path_of(pair.document): (pair, page) for pair in pairs if (page := _compared(looking, pair))}
    commits = list(reversed(of_files(past.history, looking.paths)))
    values = {
        "contract": shown.contract,
        "uncommitted": _uncommitted(looking),
        "steps": [_step(looking, commit) for commit in commits[:SHOWN]],
        "older": commits[SHOWN:],
        "pairs": [pair for pair, _ in made.values()],
        "note": None if past.history.tracked else OUTSIDE,
    }
    return {PAGE: site.page("changes.md.j2", TITLE, **values), **{path: page for path, (_, page) in made.items()}}


# --- one commit after another ------------------------------------------------------------------------------


def _step(looking: Looking, commit: Commit) -> Step:
    told = looking.kept(partial(_told, looking, commit), "step", commit.id)
    return Step(commit, tuple(told or ()), cut=told is None)


def _told(looking: Looking, commit: Commit) -> list[str] | None:
    """What a commit changed; of a merge, only in the files that it changed itself."""
    repository, history = looking.shown.past.repository, looking.shown.past.history
    parents = repository.parents(commit.id) if repository else []
    before = repository.find(parents[0]) if repository and parents else None
    if parents and before is None:
        return None
    found, sides = looking.compared(before or NOTHING, commit.id)
    if len(parents) > 1:
        place = history.commits.index(commit)
        own = {path for path in looking.paths if any(t.commit == place for t in history.touched.get(path, ()))}
        found = [change for change in found if change.file in own]
    return all_sentences(found, sides)


def _uncommitted(looking: Looking) -> list[str]:
    """What is not committed yet."""
    past = looking.shown.past
    if past.repository is None or past.history.uncommitted.isdisjoint(looking.paths):
        return []
    found, sides = looking.compared(past.repository.head, None)
    return all_sentences(found, sides)


# --- a document and its last version -------------------------------------------------------------------------


def _pair(looking: Looking, body: Body) -> Pair | None:
    """The last two submissions of a document, or its last two editions where they cannot be told apart."""
    for versions in (_submitted(looking, body), _editions(looking, body)):
        if len(versions) > 1:
            return Pair(body.document, *versions[-2:])
    return None


def _submitted(looking: Looking, body: Body) -> list[Version]:
    past = looking.shown.past
    commits = of_files(past.history, body.document.told_by)
    found: dict[str, Version] = {}
    for made in submissions_of(body.document, body.items, looking.site.as_of):
        by_then = [commit.id for commit in commits if commit.date <= made.date]
        commit = made.commit or (by_then[-1] if by_then else None)
        known = past.repository.find(commit) if past.repository and commit else None
        if known is not None:
            found.pop(known, None)
            found[known] = Version(f"{wareki(made.date)}に提出したもの", known, made.date)
    return list(found.values())


def _editions(looking: Looking, body: Body) -> list[Version]:
    return [
        Version(
            f"第{edition.number}版（{wareki(edition.date) if edition.date else '未確定'}）",
            edition.commit,
            edition.date or looking.site.as_of,
        )
        for edition in body.revisions.editions
    ]


def _compared(looking: Looking, pair: Pair) -> str:
    """The page of a pair; empty where the document was not there in one of its versions."""

    if pair.before.commit is None or pair.after.commit is None:
        return _page(looking, pair)
    sides = (pair.before, pair.after)
    names = [part for side in sides for part in (str(side.commit), side.day.isoformat(), side.title)]
    draft = "draft" if looking.site.draft else ""
    names += [pair.document.id, pair.document.title, looking.site.templates, draft]
    return str(looking.kept(partial(_page, looking, pair), "pair", *names))


def _page(looking: Looking, pair: Pair) -> str:
    was, now = looking.state(pair.before.commit), looking.state(pair.after.commit)
    name = pair.document.id
    old = looking.bodies.of(was.contract, name, pair.before.day) if was else None
    new = looking.bodies.of(now.contract, name, pair.after.day) if now else None
    if old is None or new is None:
        return ""
    everything, sides = looking.compared(pair.before.commit, pair.after.commit)
    sources = {*old.document.sources, *new.document.sources}
    found = [change for change in everything if change.file in sources]
    values = {
        "contract": looking.shown.contract,
        "pair": pair,
        "told": sentences(found, sides),
        "groups": table(found, sides),
        "marks": BRACKETS,
        "marked": marked_up(old.html, new.html),
    }
    return looking.site.page("changes-document.md.j2", f"{pair.document.title}の変更", **values)
