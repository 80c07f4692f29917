"""`nohin check`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.commands.common import SHOWN, Command, project, seldom_collected, summary, tell
from generator.intake.gitplace import from_top
from generator.problems import NohinError, Problem


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--release", action="store_true", help="提出してよいかも見る: 失効した承認、足りない承認")
    parser.add_argument(
        "--staged", action="store_true", help="コミットする内容 (git add したもの) だけを、それで壊れうる範囲で見る"
    )
    parser.add_argument("--format", choices=list(problems.FORMATS), default="text", help=SHOWN)


def _run(options: argparse.Namespace) -> int:
    if options.staged and options.release:
        raise NohinError(
            "--staged はコミットする前に、--release はコミットした後に見るものです。どちらかにしてください"
        )
    place = project(options)
    with seldom_collected():
        found = _staged(options, place) if options.staged else _found(options, place)
    shown = from_top(found, place) if options.format in problems.HOSTED else found
    sys.stdout.write(problems.FORMATS[options.format](shown))
    tell(summary(found))
    return int(problems.has_errors(found))


def _found(options: argparse.Namespace, place: Path) -> list[Problem]:
    from generator.checking import check, release

    checked = check(place, as_of=options.as_of)
    if options.release and not problems.has_errors(checked.problems):
        return release(checked, place, options.as_of)
    return checked.problems


def _staged(options: argparse.Namespace, place: Path) -> list[Problem]:
    from generator.checking import check_staged

    return check_staged(place, options.as_of)


COMMAND = Command("check", "データの誤りをすべて挙げる。何も書かない。", _arguments, _run)
