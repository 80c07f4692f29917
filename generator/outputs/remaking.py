"""What was handed over, made again from the recorded commit. Each commit is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.history.submissions import Recorded
from generator.intake.repository import Repository
from generator.model import SubmittedFile
from generator.outputs import past
from generator.outputs.delivery import Workshop
from generator.outputs.folders import work
from generator.outputs.shown import pdf_path
from generator.problems import NohinError


@dataclass
class Remaker:
    """Makes PDFs of old submissions again; the copies of the commits are gone when its stack is closed."""

    project: Path
    repository: Repository
    stack: ExitStack
    workers: int = 1
    progress: Callable[[str], None] = lambda line: None
    _workshops: dict[str, Workshop] = field(default_factory=dict)
    _made: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def pdf(self, one: Recorded, file: SubmittedFile) -> bytes:
        """The PDF as its commit makes it; NohinError says what is missing for it."""
        key = repr((one.contract, one.tag, one.first))
        if key not in self._made:
            self._made[key] = self._papers(one)
        if file.path not in self._made[key]:
            raise NohinError(f"コミット {_short(one)} からは {file.path} が作られません")
        return self._made[key][file.path]

    def day_of(self, one: Recorded) -> dt.date | None:
        """The day of the recorded commit; None where it is not in this clone."""
        commit = self.repository.find(one.first.commit or "")
        return self.repository.day(commit) if commit else None

    def _papers(self, one: Recorded) -> dict[str, bytes]:
        """All PDFs of a submission by path, under the contract's id of that time."""
        workshop, name = self._workshop(one), contract_of(one.files[0])
        if name not in workshop.contracts:
            raise NohinError(f"コミット {_short(one)} に契約「{name}」がありません")
        wanted = {file.path for file in one.files}
        papers = workshop.papers(workshop.contracts[name], one.first, lambda body: pdf_path(body.document) in wanted)
        return {pdf_path(paper.document): paper.content for paper in papers}

    @cached_property
    def _desk(self) -> Path:
        """Where the states of this run keep what they share; empty at first: caches of earlier runs prove nothing."""
        return Path(self.stack.enter_context(TemporaryDirectory(dir=work(self.project, "past"))))

    def _workshop(self, one: Recorded) -> Workshop:
        commit = one.first.commit or ""
        if self.repository.find(commit) is None:
            missing = f"コミット {_short(one)} がこの複製にないため、作り直せません"
            raise NohinError(f"{missing}。{past.CUT_OFF}" if self.repository.shallow else missing)
        if commit not in self._workshops:
            self.progress(f"コミット {_short(one)} から作り直しています")
            there = self.stack.enter_context(past.at(self.project, commit))
            self._workshops[commit] = Workshop(there, self.workers, desk=self._desk)
        return self._workshops[commit]


def contract_of(file: SubmittedFile) -> str:
    """The contract's id at the time of the submission: it is in the path."""
    return (*file.path.split("/"), "")[1]


def _short(one: Recorded) -> str:
    return (one.first.commit or "―")[:12]
