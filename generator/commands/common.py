"""What commands share: arguments, the project, what is told. `cli` gives the terminal and the clock."""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import problems
from generator.intake.eras import NotADate, parse_date
from generator.model import Contract
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.intake.repository import Repository

SHOWN = "報告の形（既定: text）"


@dataclass(frozen=True)
class Command:
    """A command: its name, what it does in a sentence, its arguments, and the function that runs it."""

    name: str
    text: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def audience(parser: argparse.ArgumentParser, text: str) -> None:
    """The option that says who reads what is made."""
    parser.add_argument("--audience", choices=["officer", "public"], default="officer", help=text)


def day(text: str) -> dt.date:
    """A date among the arguments, 和暦 too."""
    try:
        found = parse_date(text)
    except NotADate as error:
        raise argparse.ArgumentTypeError(f"{text} は存在しない日付です（{error}）") from None
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} は日付ではありません（例: 2026-04-01、令和8年4月1日）")
    return found


def one_line(text: str) -> str:
    """A text among the arguments, in one line; it goes into a file and a tag."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("UTF-8 で書いてください") from None
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+", " ", text).strip()


def project(options: argparse.Namespace) -> Path:
    """The project's folder, its kinds of record known from then on; NohinError where there is none."""
    from generator.intake.ownkinds import put_in_force_of
    from generator.intake.tree import WorkingTree

    place = Path(options.project).resolve()
    if not (place / "data").is_dir():
        raise NohinError(
            f"{place} に data/ がありません。--project でプロジェクトを指すか、nohin init で作ってください"
        )
    put_in_force_of(WorkingTree(place))
    return place


def contracts(options: argparse.Namespace, checked: Checked) -> list[Contract]:
    """The contract that was asked for, or all."""
    found = checked.loaded.portfolio.contracts
    if options.contract is None:
        return list(found.values())
    if options.contract not in found:
        told(checked.problems)  # a contract that is there but broken is told by its problems
        raise NohinError(f"契約「{options.contract}」がありません。あるのは: {'、'.join(found)}")
    return [found[options.contract]]


def told(found: list[problems.Problem]) -> int:
    """Exit code of a report made from data that may have problems; they go to stderr."""
    if problems.has_errors(found):
        sys.stderr.write(problems.to_text(found))
        return 1
    return 0


def without_errors(options: argparse.Namespace, deed: str) -> tuple[Checked, Contract] | None:
    """The contract that something is to be recorded of; None where its data have errors, which are told."""
    from generator.checking import check

    checked = check(project(options))
    (contract,) = contracts(options, checked)
    if told(checked.problems):
        tell(f"誤りを直してから{deed}ください")
        return None
    return checked, contract


def refuse_uncommitted(repository: Repository, matters: Callable[[str], bool], deed: str) -> None:
    """NohinError where a path that matters is not committed: nobody could say later what it held."""
    changed = [path for path in sorted(repository.uncommitted()) if matters(path)]
    if changed:
        more = f" ほか {len(changed) - FEW} 件" if len(changed) > FEW else ""
        raise NohinError(
            f"コミットしていない変更があります: {'、'.join(changed[:FEW])}{more}。コミットしてから{deed}ください"
        )


FEW = 5
"""So many paths are named in a message."""


def summary(found: list[problems.Problem]) -> str:
    """How many errors and warnings."""
    errors = sum(p.severity == "error" for p in found)
    return f"誤り {errors} 件、注意 {len(found) - errors} 件" if found else "誤りはありません"


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Looking for garbage is put off: a run keeps nearly all it makes until it ends, and a sixth of its time went there."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 1000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def tell(line: str) -> None:
    """Talk, as opposed to reports: to stderr."""
    print(line, file=sys.stderr, flush=True)
