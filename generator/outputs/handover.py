"""提出 is put down: the PDFs into their folder, the entry into submissions.yml, the tag onto the commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from generator.history.submissions import KEY, TAGS, fields, keys, tag_of
from generator.intake.listtext import appended, filled_in
from generator.intake.repository import Repository, Tag
from generator.intake.tree import inside
from generator.model import Submission
from generator.outputs.delivery import Paper
from generator.outputs.folders import work, write
from generator.problems import NohinError


@dataclass(frozen=True)
class SubmissionFile:
    """A contract's submissions.yml, changed as text: comments and formatting stay."""

    project: Path
    contract: str

    @property
    def path(self) -> str:
        """Its path in the project."""
        return f"data/contracts/{self.contract}/submissions.yml"

    def add(self, submission: Submission) -> None:
        """Write one more submission at its end; the file may not be there yet."""
        self._write(appended(self.content or b"", self.path, KEY, fields(submission)))

    def decide(self, submission: Submission, values: Mapping[str, Any]) -> None:
        """Write a decision into the entry of a submission, where the schema has its place."""
        later = takewhile(lambda name: name not in values, keys())
        before = [name for name in later if name in fields(submission)]
        self._write(filled_in(self.content or b"", submission.source, KEY, before[-1], values))

    @property
    def content(self) -> bytes | None:
        """What is in it; None where it is not there."""
        place = inside(self.project, self.path)
        return place.read_bytes() if place.is_file() else None

    def restore(self, content: bytes | None) -> None:
        """Make it what it was."""
        if content is None:
            inside(self.project, self.path).unlink(missing_ok=True)
        else:
            self._write(content)

    def _write(self, content: bytes) -> None:
        write(inside(self.project, self.path), content)


@dataclass(frozen=True)
class HandedOver:
    """What was put down."""

    submission: Submission
    tag: Tag
    folder: Path


def hand_over(
    file: SubmissionFile, repository: Repository, submission: Submission, papers: Sequence[Paper], out: Path | None
) -> HandedOver:
    """Put PDFs, entry and tag in place. Where the tag cannot be made, there is no entry either."""
    whole = replace(submission, files=tuple(paper.file for paper in papers))
    tag = tag_of(file.contract, whole, {tag.name for tag in repository.tags(TAGS)})
    folder = out or work(file.project, tag.name)
    for paper in papers:
        _put(folder / paper.file.path.rpartition("/")[2], paper.content)
    before = file.content
    file.add(whole)
    try:
        repository.tag(tag)
    except NohinError:
        file.restore(before)
        raise
    return HandedOver(whole, tag, folder)


def _put(place: Path, content: bytes) -> None:
    """A PDF in its place; another one of its name is never overwritten."""
    if place.exists() and place.read_bytes() != content:
        raise NohinError(f"{place} には別のファイルがあります。--out で別のフォルダーを指してください")
    write(place, content)
