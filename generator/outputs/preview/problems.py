"""The problems that a change brings, and those that it mends; what was wrong before and still is, is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from generator.history import redacted
from generator.history.filepairs import paired
from generator.intake.reach import Reach, contract_of
from generator.intake.redaction import Redaction
from generator.outputs.preview.sides import Stand
from generator.problems import Problem, in_order


@dataclass(frozen=True)
class ProblemChanges:
    """What the check says otherwise."""

    new: tuple[Problem, ...] = ()
    mended: tuple[Problem, ...] = ()

    def of(self, contract: str) -> ProblemChanges:
        """Without those in the folders of other contracts."""
        new, mended = (tuple(one for one in own if _told_of(one, contract)) for own in (self.new, self.mended))
        return replace(self, new=new, mended=mended)

    def published(self, redaction: Redaction) -> ProblemChanges:
        """Where something is wrong and of what sort, as everybody may read it."""
        new, mended = (tuple(redacted.problems(own, redaction)) for own in (self.new, self.mended))
        return replace(self, new=new, mended=mended)


def _told_of(problem: Problem, contract: str) -> bool:
    return contract_of(problem.source.path) in (None, contract)


def problem_changes(before: Stand, after: Stand) -> ProblemChanges:
    """The problems of two sides compared: a problem is the same wherever its line has moved to, or its file.

    Where something is broken not everything is looked for: what is not found there any more is not mended, and a warning
    that was not found there before is not new.
    """
    moved = _moved(before, after)
    blind, blinded = (Reach.of(side.broken, side.loaded.files) for side in (before, after))
    new = _beyond(after.problems, before.problems, {}, moved)
    mended = _beyond(before.problems, after.problems, moved, {})
    told = (one for one in new if one.severity == "error" or not blind.holds(one.source.path))
    gone = (one for one in mended if not blinded.holds(one.source.path))
    return ProblemChanges(tuple(in_order(told)), tuple(in_order(gone)))


def _moved(before: Stand, after: Stand) -> dict[str, str]:
    """The paths after by the paths before, of files that have another name now."""
    pairs = ((pair.before, pair.after) for pair in paired(before.loaded.files, after.loaded.files))
    return {was.path: now.path for was, now in pairs if was and now and was.path != now.path}


def _beyond(
    found: Sequence[Problem], known: Sequence[Problem], own: Mapping[str, str], others: Mapping[str, str]
) -> list[Problem]:
    """The problems that are not known; of several alike, those on lines where one stood are known first."""
    left: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for one in known:
        left[_key(one, others)].append(one.source.line)
    rest = []
    for one in in_order(found):
        lines = left[_key(one, own)]
        if one.source.line in lines:
            lines.remove(one.source.line)
        else:
            rest.append(one)
    return [one for one in rest if not (left[_key(one, own)] and left[_key(one, own)].pop())]


def _key(one: Problem, moved: Mapping[str, str]) -> tuple[str, str, str]:
    return moved.get(one.source.path, one.source.path), one.code, one.message
