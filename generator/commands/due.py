"""`nohin due`."""

from __future__ import annotations

import argparse
import sys

from generator.commands.common import SHOWN, Command, contracts, day, project, told


def _arguments(parser: argparse.ArgumentParser) -> None:
    from generator.rules.states import STATES

    parser.add_argument("--contract", help="契約の id（書かなければ全部）")
    parser.add_argument("--from", dest="start", type=day, metavar="DATE", help="この日以後の期限だけ")
    parser.add_argument("--to", dest="end", type=day, metavar="DATE", help="この日以前の期限だけ")
    parser.add_argument("--state", choices=STATES, help="この状態のものだけ")
    parser.add_argument("--explain", action="store_true", help="計算の過程も示す")
    parser.add_argument("--format", choices=["text", "json", "ics"], default="text", help=SHOWN)


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs import calendar
    from generator.outputs.due import duelist
    from generator.rules.deadlines import due_items

    checked = check(project(options))
    items = [item for c in contracts(options, checked) for item in due_items(c, options.as_of)]
    items = duelist.chosen(items, options.start, options.end, options.state)
    if options.format == "ics":
        sys.stdout.write(calendar.to_ics(items, options.as_of))
    elif options.format == "json":
        sys.stdout.write(duelist.to_json(items))
    else:
        sys.stdout.write(duelist.to_text(items, color=options.colored, explain=options.explain))
    return told(checked.problems)


COMMAND = Command("due", "いつ何を提出するかを、根拠とともに並べる。", _arguments, _run)
