"""Two states of the project side by side: what each side is, and what differs of every contract and of what they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from generator.documents.changedeadlines import moved
from generator.documents.changewords import Sides, Told, sentences, tell
from generator.history import personal, redacted, states
from generator.history.comparison import Change
from generator.history.effectstore import Reading
from generator.history.log import read as read_history
from generator.history.states import SHARED
from generator.history.submissions import named
from generator.intake.eras import wareki
from generator.intake.portfolio import Loaded, load
from generator.intake.redaction import Redaction
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.schema import put_both_in_force
from generator.intake.tree import WorkingTree
from generator.model import Contract, Submission
from generator.outputs.cache import Cache
from generator.outputs.past import moment, repository_of
from generator.problems import NohinError

WORKING = "作業中のファイル"
"""What the working tree is called."""

SUBMISSION = "submission:"
"""What the name of a submission begins with: `submission:4@2026-05-10`, `submission:3@incidents/2026-001`."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison."""

    title: str
    loaded: Loaded
    commit: str | None = None
    """None for the working tree."""
    day: dt.date | None = None
    """The day on which the commit was made."""


@dataclass(frozen=True)
class Difference:
    """What differs of one contract, or, without a contract, of what contracts share."""

    contract: str
    """The id, of the later side where it has one; empty for what contracts share."""
    title: str
    changes: tuple[Change, ...]
    sides: Sides

    @cached_property
    def told(self) -> list[Told]:
        """The changes in sentences."""
        return tell(self.changes, self.sides)

    @cached_property
    def sentences(self) -> list[str]:
        """The same, then the due dates they moved."""
        return all_sentences(self.changes, self.sides)


def all_sentences(changes: Sequence[Change], sides: Sides) -> list[str]:
    """What changed in sentences, then the due dates that it moved."""
    return [*sentences(changes, sides), *moved(changes, sides.before, sides.after)]


def side(project: Path, revision: str | None, contract: str | None, memory: Memory) -> Side:
    """One side: a commit, tag, branch, date or submission, or the working tree; NohinError for what is not known."""
    if revision is None:
        return Side(WORKING, load(WorkingTree(project), memory))
    repository = repository_of(project)
    commit = _commit(project, repository, revision, contract, memory)
    day = repository.day(commit)
    named = "" if commit.startswith(revision) else f"{revision}、"
    return Side(f"{named}{wareki(day)}のコミット {commit[:7]}", load(repository.tree(commit), memory), commit, day)


def redaction_of(project: Path, before: Side, after: Side) -> Redaction:
    """What everybody may not read of two sides, nor of anything between or before them."""
    put_both_in_force(before.loaded.schemas, after.loaded.schemas)
    store = Reading(Cache.existing(project, "history"))
    return personal.redaction([*before.loaded.files, *after.loaded.files], Repository.at(project), store)


def published(side: Side, redaction: Redaction) -> Side:
    """A side as everybody may read it."""
    return replace(side, loaded=redacted.loaded(side.loaded, redaction))


def _commit(project: Path, repository: Repository, revision: str, contract: str | None, memory: Memory) -> str:
    if revision.startswith(SUBMISSION):
        contracts = load(WorkingTree(project), memory).portfolio.contracts
        wanted = [one for name, one in contracts.items() if contract in (None, name)]
        return _submitted(repository, revision, wanted)
    try:
        return moment(repository, revision).commit
    except NohinError as error:
        raise NohinError(f"{error}。{_known(repository)}") from None


def _known(repository: Repository) -> str:
    """What could have been meant."""
    tags, branches = repository.names()
    commits = read_history(repository).commits
    oldest = f"いちばん古いコミットは{wareki(commits[-1].date)}の {commits[-1].id[:7]}" if commits else ""
    parts = (f"タグ {'、'.join(tags[-_MANY:])}" if tags else "", f"ブランチ {'、'.join(branches[:_MANY])}", oldest)
    return f"あるのは: {'。'.join(filter(None, parts))}"


_MANY = 8


# --- submissions -------------------------------------------------------------------------------------------


def _submitted(repository: Repository, revision: str, contracts: Sequence[Contract]) -> str:
    """The commit a submission was made from; of several for the same date, the last."""
    made = [(one, s) for one in contracts for s in one.submissions if s.commit]
    fitting = [(one, s) for one, s in made if named(revision.removeprefix(SUBMISSION), one.id, s)]
    if not fitting:
        names = sorted({f"{SUBMISSION}{name(s)}" for _, s in made})
        there = f"あるのは: {'、'.join(names[:_MANY])}" if names else "コミットを記した提出はまだありません"
        raise NohinError(f"提出「{revision}」がありません。{there}")
    if len({one.id for one, _ in fitting}) > 1:
        ids = "、".join(sorted({one.id for one, _ in fitting}))
        hint = f"{SUBMISSION}<契約>/… と書くか、--contract で一つを指してください"
        raise NohinError(f"提出「{revision}」は複数の契約にあります（{ids}）。{hint}")
    found = repository.find(str(max((s for _, s in fitting), key=lambda s: s.date).commit))
    if found is None:
        raise NohinError(f"提出「{revision}」のコミットが履歴にありません")
    return found


def name(submission: Submission) -> str:
    """How a submission is asked for: `4@2026-05-10`."""
    of = submission.event or (submission.due.isoformat() if submission.due else "")
    return f"{submission.deliverable}@{of}" if of else submission.deliverable


# --- what differs ------------------------------------------------------------------------------------------


def differences(before: Side, after: Side, contract: str | None = None) -> list[Difference]:
    """What differs, contracts by id, what they share at the end; of one contract only, with what it uses."""
    put_both_in_force(before.loaded.schemas, after.loaded.schemas)
    old, new = (states.states(one.loaded.files, one.loaded.portfolio.contracts) for one in (before, after))
    pairs = states.partners(before.loaded.files, after.loaded.files)
    _there(contract, pairs)
    found = [
        _difference(old.get(was or ""), new.get(now or ""), shared=contract is not None)
        for was, now in sorted(pairs, key=lambda pair: (pair[1] or pair[0] or "", pair[1] is None))
        if contract in (None, was, now)
    ]
    if contract is None:
        found.append(_shared(before.loaded, after.loaded))
    return [one for one in found if one.changes]


def contracts(before: Side, after: Side, contract: str) -> tuple[Contract | None, Contract | None]:
    """A contract on both sides, under whichever id it bore there."""
    pairs = states.partners(before.loaded.files, after.loaded.files)
    _there(contract, pairs)
    was, now = next(pair for pair in pairs if contract in pair)
    return before.loaded.portfolio.contracts.get(was or ""), after.loaded.portfolio.contracts.get(now or "")


def _there(contract: str | None, pairs: Sequence[tuple[str | None, str | None]]) -> None:
    ids = sorted({name for pair in pairs for name in pair if name})
    if contract is not None and contract not in ids:
        raise NohinError(f"契約「{contract}」がありません。あるのは: {'、'.join(ids)}")


def _difference(was: states.State | None, now: states.State | None, shared: bool) -> Difference:
    if not shared:
        was, now = (_own(state) if state else None for state in (was, now))
    one = now or was
    title = one.contract.head.title if one else ""
    return Difference(one.contract.id if one else "", title, *compared(was, now))


def compared(was: states.State | None, now: states.State | None) -> tuple[tuple[Change, ...], Sides]:
    """What differs between two states of a contract, ready to be told."""
    found, contents = states.changes(was, now)
    return tuple(found), Sides(was.contract if was else None, now.contract if now else None, contents)


def _own(state: states.State) -> states.State:
    return states.State(state.contract, tuple(file for file in state.files if file.kind not in SHARED))


def _shared(before: Loaded, after: Loaded) -> Difference:
    old, new = ([file for file in one.files if file.kind in SHARED] for one in (before, after))
    found, contents = states.differing(old, new)
    return Difference("", "契約に共通のデータ", tuple(found), Sides(None, None, contents))
