"""The design before and after each change: random histories against the states that were committed."""

from __future__ import annotations

import datetime as dt
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.documents.asof import seen
from generator.documents.designstates import after, before, known_on, taken_back
from generator.history import attribution, log
from generator.history.effects import in_order
from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.designed import designed_project
from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, git, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
SYSTEMS, ZONES = f"{CONTRACT}/design/systems.yml", f"{CONTRACT}/design/zones.yml"
CHANGES = f"{CONTRACT}/records/changes"

# --- random histories ----------------------------------------------------------------------------------------------

Things = list[tuple[str, str]]
"""Ids and titles in their order."""

State = Mapping[str, Things]
"""The things of two files, by their kind."""


@dataclass(frozen=True)
class History:
    """States one after another, each with the names of what came between it and the one before."""

    states: Sequence[State]
    names: Sequence[Sequence[str]]


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Things are added anywhere, removed, renamed; what has gone may come back. Each change names all it did."""
    state: dict[str, Things] = {"systems": [("a", "あ"), ("b", "い"), ("c", "う")], "zones": [("a", "区")]}
    states, names = [dict(state)], []
    for number in range(draw(st.integers(1, 5))):
        state, named = dict(state), []
        for kind in draw(st.sampled_from([["systems"], ["zones"], ["systems", "zones"]])):
            state[kind], touched = _edited(draw, state[kind], number)
            named += [f"{kind}/{name}" for name in touched]
        if named:
            states.append(state)
            names.append(draw(st.permutations(named)))
    return History(states, names)


def _edited(draw: st.DrawFn, things: Things, number: int) -> tuple[Things, list[str]]:
    found, touched = list(things), []
    for name in draw(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4, unique=True)):
        place = next((place for place, (known, _) in enumerate(found) if known == name), None)
        if place is None:
            found.insert(draw(st.integers(0, len(found))), (name, f"{name}{number}"))
        elif draw(st.booleans()):
            del found[place]
        else:
            found[place] = (name, f"{name}{number}")
        touched.append(name)
    return found, touched


def _files(state: State) -> dict[str, str | None]:
    more = {"systems": "", "zones": "    kind: lgwan\n"}
    return {
        f"{CONTRACT}/design/{kind}.yml": f"{kind}:\n"
        + "".join(f"  - id: {name}\n    title: {title}\n{more[kind]}" for name, title in things)
        if things
        else None
        for kind, things in state.items()
    }


def _record(number: int, names: Sequence[str]) -> dict[str, str | None]:
    text = f"title: 変更{number}\nchanged: 2026-05-{number + 1:02}\ndesign: [{', '.join(names)}]\n"
    return {f"{CHANGES}/c{number}.yml": text}


def _imported(commits: Sequence[Files]) -> bytes:
    """Commits as `git fast-import` reads them."""
    stream = b""
    for number, files in enumerate(commits):
        stream += b"commit refs/heads/main\ncommitter a <a@example.jp> %d +0900\n" % (1_777_000_000 + number)
        stream += b"data 1\nx\n"
        for path, content in files.items():
            raw = content.encode() if isinstance(content, str) else content
            stream += f"D {path}\n".encode() if raw is None else f"M 100644 inline {path}\ndata {len(raw)}\n".encode()
            stream += b"" if raw is None else raw + b"\n"
    return stream


def _laid_down(root: Path, found: History, committed: bool) -> Project:
    """A repository with a commit for each state; the last may be left uncommitted."""
    base: Files = whole_project({f"{CONTRACT}/design/overview.yml": "title: 見本\n", **_files(found.states[0])})
    changes: list[Files] = [
        {**_files(state), **_record(number, names)}
        for number, (state, names) in enumerate(zip(found.states[1:], found.names, strict=True))
    ]
    commits = [base, *changes]
    root.mkdir()
    git(root, "init", "-q", "-b", "main", "--template=")
    stream = _imported(commits if committed else commits[:-1])
    subprocess.run(["git", "fast-import", "--quiet"], cwd=root, input=stream, check=True)
    git(root, "reset", "-q", "--hard")
    there = Project(root)
    gone = {path for path, content in commits[-1].items() if content is None and not (root / path).exists()}
    return there if committed else there.write({k: v for k, v in commits[-1].items() if k not in gone})


def _read(root: Path) -> Contract:
    contract = load(WorkingTree(root)).portfolio.contracts["mihon"]
    repository = Repository.at(root)
    return replace(contract, effects=attribution.read(contract, log.read(repository), repository).effects)


def _said(contract: Contract) -> State:
    sheets = {sheet.kind: [(thing["id"], thing["title"]) for thing in sheet.things] for sheet in contract.design}
    return {kind: sheets.get(kind, []) for kind in ("systems", "zones")}


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(histories(), st.booleans())
def test_states_are_those_that_were_committed(found: History, committed: bool) -> None:
    """Before and after each change the design is what it was then, in its order; on any day what it was that day; with
    all changes taken back it is the first edition."""
    with tempfile.TemporaryDirectory() as folder:
        contract = _read(_laid_down(Path(folder, "project"), found, committed or len(found.states) == 1).root)
    changes = in_order(contract)
    first, last = found.states[0], found.states[-1]
    assert _said(contract) == last
    for number, entry in enumerate(changes):
        assert _said(before(contract, entry)) == found.states[number]
        assert _said(after(contract, entry)) == found.states[number + 1]
        assert _said(known_on(contract, dt.date(2026, 5, number + 1))) == found.states[number + 1]
    assert _said(known_on(contract, dt.date(2026, 4, 30))) == _said(taken_back(contract, changes)) == first


# --- what a document tells on a day --------------------------------------------------------------------------------

BOOK = WHOLE[DELIVERABLES] + (
    "  - no: '3'\n    title: システム基本設計書\n    documents: [system-design, system-design-delta]\n    due:\n"
    "      - event: changes\n        within: 2 weeks of event.changed\n        scope: delta\n"
    "      - each: fiscal_year\n        on: 03-31\n        scope: full\n"
)


@pytest.fixture
def changed(project: Callable[..., Project]) -> Project:
    """The small system, whose database server got more memory in May and in June."""
    more = {".gitignore": ".nohin/\nsite/\n", "mkdocs.yml": (ROOT / "mkdocs.yml").read_text(encoding="utf-8")}
    there = project(designed_project({DELIVERABLES: BOOK})).write(more)
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    servers = f"{CONTRACT}/design/servers.yml"
    for day, old, new in (("2026-05-18", "16 GB", "32 GB"), ("2026-06-18", "32 GB", "64 GB")):
        text = f"title: {new}への増設\nchanged: {day}\ndesign: [servers/db01]\n"
        there.write({servers: there.read(servers).replace(old, new), f"{CHANGES}/{day}.yml": text})
        there.commit("増設", f"{day}T09:00:00+09:00")
    return there


def test_design_is_that_of_the_day(changed: Project) -> None:
    """Seen as of a day, the design is that of the changes up to it; seen twice, it is the same."""
    contract = _read(changed.root)
    for day, memory in (
        ("2026-05-17", "16 GB"),
        ("2026-05-18", "32 GB"),
        ("2026-06-17", "32 GB"),
        ("2026-06-18", "64 GB"),
    ):
        known = seen(contract, dt.date.fromisoformat(day))
        assert _memory(known) == _memory(seen(known, dt.date.fromisoformat(day))) == memory
    first, second = in_order(contract)
    early = seen(contract, dt.date(2026, 6, 1))
    assert [_memory(state(early, first)) for state in (before, after)] == ["16 GB", "32 GB"]
    assert [_memory(state(contract, second)) for state in (before, after)] == ["32 GB", "64 GB"]


def _memory(contract: Contract) -> str:
    (found,) = (thing for sheet in contract.design for thing in sheet.things if thing["id"] == "db01")
    return str(found["memory"])


def test_built_as_of_a_day_the_book_shows_the_old_value(changed: Project) -> None:
    """The page of the book and the list of its deltas know no later change."""
    assert changed.build("--as-of", "2026-06-01").code == 0
    page = changed.read("site/mihon/documents/system-design.html")
    assert "32 GB" in page
    assert "16 GB" not in page
    assert "64 GB" not in page
    assert "第2版" in page
    assert "第3版" not in page
    names = sorted(place.name for place in (changed.root / "site/deliverables/mihon").glob("3-*"))
    assert names == ["3-system-design-delta-2026-05-18.pdf", "3-system-design.pdf"]
    delta = changed.read("site/mihon/documents/system-design-delta-2026-05-18.html")
    assert "32 GB" in delta
    assert "64 GB" not in delta
