"""`nohin clauses`."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import SHOWN, Command, contracts, project, told


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contract", help="契約の id（書かなければ全部）")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=SHOWN)


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs import clauselist
    from generator.rules.coverage import clauses

    checked = check(project(options))
    found = [s for c in contracts(options, checked) for s in clauses(c)]
    write = clauselist.to_json if options.format == "json" else clauselist.to_text
    sys.stdout.write(write(found))
    return told(checked.problems)


COMMAND = Command("clauses", "条項と、それに何で応えるかを並べる。", _arguments, _run)
