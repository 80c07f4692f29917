"""`nohin build`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import problems
from generator.commands.common import Command, project, summary, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", metavar="PATTERN", help="この形の id の契約だけを作り直す（例: ichikawa-*）")
    parser.add_argument("--out", metavar="DIR", help="出力先（既定: プロジェクトの site/）")
    parser.add_argument("--draft", action="store_true", help="誤りがあっても、作れるところまで下書きとして作る")


def _run(options: argparse.Namespace) -> int:
    from generator.build import Request, build

    place = project(options)
    out = Path(options.out) if options.out else place / "site"
    request = Request(place, options.as_of, out, options.only, options.draft, options.workers, tell)
    found, written = build(request)
    sys.stdout.write(problems.to_text(found))
    tell(f"{out} に作りました。{summary(found)}" if written else f"{summary(found)}。{out} は前のままです")
    return int(problems.has_errors(found))


COMMAND = Command("build", "サイトと PDF を作る。誤りがあれば前のものを残す。", _arguments, _run)
