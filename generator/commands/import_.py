"""`nohin import`: what was filled in with another program, shown first and written only when asked to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import Command, contracts, project, summary, tell
from generator.problems import NohinError, Problem, has_errors, to_text

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.commands.trial import Trial
    from generator.intake.sheetchanges import TableChanges
    from generator.intake.sheetwriting import Written
    from generator.model import Contract
    from generator.outputs.workbook.book import Memory

FORMATS = ("xlsx",)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("format", choices=FORMATS, help="取り込む形式（xlsx: nohin export で書き出したブック）")
    parser.add_argument("file", metavar="FILE", help="取り込むファイル")
    parser.add_argument("--contract", help="契約の id（書かなければ、書き出した契約）")
    parser.add_argument("--delete", action="store_true", help="表から消した行を、データからも消す")
    parser.add_argument(
        "--write",
        action="store_true",
        help="データに書き込む（書かなければ違いを示し、端末では書き込むかどうかを尋ねる）",
    )


def _run(options: argparse.Namespace) -> int:
    from generator.commands.trial import put, trial
    from generator.outputs.workbook import book, guard, xlsx
    from generator.outputs.workbook.changes import changed

    place = project(options)
    with Path(options.file).open("rb") as file:
        sheets = xlsx.read(file.read(guard.MAX_BYTES + 1))
    memory = book.memory(sheets)
    with trial(place) as tried:
        contract = _contract(options, memory, tried.before)
        changes = changed(contract, options.as_of, sheets, memory)
        written, after, problems = _tried(options, tried, changes)
        print(to_text(problems), end="")
        if not has_errors(problems):
            print("\n" if problems else "", end="")
            print(_report(options, tried.before, after, contract.id, changes), end="")
    if has_errors(problems):
        tell(f"{summary(problems)}。何も書いていません")
        return 1
    if not written.contents:
        tell("書き込むものはありません")
    elif options.write or (options.terminal and _agreed()):
        put(place, written.contents)
        tell(f"書き込みました: {'、'.join(written.contents)}\n次に: 確かめて、コミットしてください")
    else:
        tell("まだ書き込んでいません。これでよければ --write を付けてもう一度実行してください")
    return 0


def _agreed() -> bool:
    """Whether whoever sits at the terminal wants it written."""
    print("書き込みますか（はい・いいえ）> ", end="", file=sys.stderr, flush=True)
    try:
        return input().strip().lower() in ("はい", "y", "yes", "ｙ")
    except (EOFError, KeyboardInterrupt, UnicodeDecodeError):
        tell("")
        return False


def _contract(options: argparse.Namespace, memory: Memory | None, checked: Checked) -> Contract:
    """The contract the workbook was written for; NohinError where that is not known, or another was asked for."""
    own = memory.contract if memory else None
    if own is None and options.contract is None:
        raise NohinError("どの契約のブックかがわかりません（シート「控え」がありません）。--contract で指してください")
    if None not in (own, options.contract) and own != options.contract:
        raise NohinError(f"これは契約「{own}」のブックです。--contract {options.contract} としては取り込めません")
    options.contract = options.contract or own
    (contract,) = contracts(options, checked)
    return contract


def _tried(
    options: argparse.Namespace, tried: Trial, changes: Sequence[TableChanges]
) -> tuple[Written, Checked, list[Problem]]:
    """The files as they would be, the project with them, and every problem, by its cell where it has one.

    What the check says of a row without its wrong cells is not told: it would be told of a row that nobody wrote.
    """
    from generator.intake.sheetwriting import written
    from generator.intake.tree import WorkingTree

    made = written(changes, WorkingTree(tried.place), options.delete)
    after, new = tried.after(made.contents)
    cells = ((made.cell(problem.source), problem) for problem in new)
    found = _in_cells(changes, options.delete)
    wrong = {(one.source.path, one.source.line) for one in found if one.severity == "error"}
    named = [
        replace(problem, source=cell) if cell else problem
        for cell, problem in cells
        if cell is None or (cell.path, cell.line) not in wrong
    ]
    return made, after, [*found, *named]


def _in_cells(changes: Sequence[TableChanges], delete: bool) -> list[Problem]:
    from generator.intake.sheetchanges import GONE

    found = [problem for one in changes for problem in one.problems]
    return [problem for problem in found if not (delete and problem.code == GONE)]


def _report(
    options: argparse.Namespace, before: Checked, after: Checked, contract: str, changes: Sequence[TableChanges]
) -> str:
    """What would change: in sentences, and cell by cell."""
    from generator.outputs.difference import forms
    from generator.outputs.difference.difference import WORKING, Side, differences
    from generator.outputs.workbook.changes import cell_lines

    sides = Side(WORKING, before.loaded), Side(Path(options.file).name, after.loaded)
    told = forms.to_text(*sides, differences(*sides, contract), forms.NEW_LEFT)
    cells = "".join(f"  {line}\n" for line in cell_lines(changes, options.delete))
    return f"{told}\n取り込むセル\n{cells}" if cells else told


COMMAND = Command("import", "ほかのソフトで直した表を取り込む。違いを示し、--write で書き込む。", _arguments, _run)
