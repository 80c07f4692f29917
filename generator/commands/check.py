"""`nohin check`."""

from __future__ import annotations

import argparse
import sys

from generator import problems
from generator.commands.common import SHOWN, Command, project, seldom_collected, summary, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--release", action="store_true", help="提出してよいかも見る: 失効した承認、足りない承認")
    parser.add_argument("--format", choices=list(problems.FORMATS), default="text", help=SHOWN)


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check, release

    place = project(options)
    with seldom_collected():
        checked = check(place, as_of=options.as_of)
    found = checked.problems
    if options.release and not problems.has_errors(found):
        found = release(checked, place, options.as_of)
    sys.stdout.write(problems.FORMATS[options.format](found))
    tell(summary(found))
    return int(problems.has_errors(found))


COMMAND = Command("check", "データの誤りをすべて挙げる。何も書かない。", _arguments, _run)
