"""The project as it stood at a commit: its files and its history up to then, on disk for a while."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.intake.eras import NotADate, parse_date
from generator.intake.repository import Repository
from generator.intake.schema import still_in_force
from generator.outputs.cache import Cache
from generator.outputs.folders import WORK, work
from generator.problems import NohinError

CUT_OFF = "履歴が途中で切れた複製（浅いクローン）です。git fetch --unshallow --tags で残りを取り寄せてください"


@dataclass(frozen=True)
class Moment:
    """A commit, and the day on which it is looked at."""

    commit: str
    day: dt.date
    """The day that was asked for; of a commit, the day in Japan on which it was made."""
    name: str
    """Short, for folders: the date that was asked for, or the beginning of the hash."""


def repository_of(project: Path) -> Repository:
    """The project's repository; NohinError where there is none."""
    repository = Repository.at(project)
    if repository is None:
        raise NohinError(f"{project} は git の管理下にないか、まだコミットがありません。前の姿は履歴から作ります")
    return repository


def moment(repository: Repository, revision: str) -> Moment:
    """What a commit, a tag, a branch or a date means; a date is the last commit of the main line by its end."""
    if (commit := repository.find(revision)) is not None:
        return Moment(commit, repository.day(commit), commit[:12])
    try:
        day = parse_date(revision)
    except NotADate as error:
        raise NohinError(f"{revision} は存在しない日付です（{error}）") from None
    if day is None:
        hint = "コミット・タグ・ブランチの名か、日付を書いてください"
        raise NohinError(_with_cut(f"版「{revision}」が履歴にありません。{hint}", repository))
    if (commit := repository.on(day)) is None:
        raise NohinError(_with_cut(f"{day.isoformat()} までのコミットが履歴にありません", repository))
    return Moment(commit, day, day.isoformat())


def _with_cut(message: str, repository: Repository) -> str:
    return f"{message}。{CUT_OFF}" if repository.shallow else message


@contextmanager
def at(project: Path, commit: str) -> Iterator[Path]:
    """The project's folder as it was at a commit, in a copy that is gone when the block ends.

    The copy begins without any cache: what is made in it is made anew.
    """
    with tempfile.TemporaryDirectory(dir=work(project, "past")) as folder:
        there = repository_of(project).copy(commit, Path(folder) / "project")
        if not (there / "data").is_dir():
            raise NohinError(f"{commit[:12]} の版には、このプロジェクトの data/ がありません")
        with still_in_force():
            yield there


def lend_caches(project: Path, there: Path) -> None:
    """Let a copy use what the project's caches hold; what cannot be linked is made again, and nothing is given back."""
    place = project / WORK / "cache"
    sorts = [folder for folder in place.iterdir() if folder.name != "site"] if place.is_dir() else []
    for folder in sorts:
        own = Cache.of(there, folder.name).folder
        for piece in folder.iterdir():
            try:
                os.link(piece, own / piece.name)
            except OSError:
                return
