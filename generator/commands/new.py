"""`nohin new`: a record or another data file, asked for, drafted, checked; nothing that exists is overwritten."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from generator.commands.common import Command, project, seldom_collected, tell

if TYPE_CHECKING:
    from generator.commands.newfile import Desk, NewFile


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help="何を書くか（例: incidents。書かなければ一覧を示す）")
    parser.add_argument("--contract", metavar="ID", help="契約の id（一つだけなら書かなくてよい）")
    parser.add_argument("--id", metavar="ID", help="ファイルの名（書かなければ、ある記録の付け方に倣う）")
    parser.add_argument(
        "--set",
        dest="given",
        action="append",
        default=[],
        type=_answer,
        metavar="FIELD=VALUE",
        help="項目への答え（例: contacted='2026-06-16 10:05'）。並べるなら繰り返す。中の項目は items.1.text のように書く",
    )


def _answer(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"「{text}」は 項目=値 の形ではありません（例: title=件名）")
    return name.strip(), value


def _run(options: argparse.Namespace) -> int:
    from generator.commands.interview import Interview
    from generator.commands.newfile import Desk, NewFile, kind_called

    place = project(options)
    name, schema = kind_called(options.kind)
    with seldom_collected():
        desk = Desk.of(place, options.as_of)
        interview = Interview(desk, NewFile(name, schema), options.terminal)
        new, value = interview.held(options.contract, options.id, options.given)
        return _written(desk, new, value)


def _written(desk: Desk, new: NewFile, value: dict[str, object]) -> int:
    from generator import problems
    from generator.checking import check
    from generator.commands.newfile import put, refused
    from generator.commands.nextsteps import next_steps
    from generator.commands.questions import UNTOUCHED
    from generator.intake.remembered import Memory
    from generator.outputs.editor import schemafolder
    from generator.problems import NohinError

    content = new.content(desk.place, value)
    if wrong := refused(desk, new.path, content):
        told = "\n".join(f"  {p.message}" + (f"（{p.hint}）" if p.hint else "") for p in wrong)
        raise NohinError(f"次の答えは受け取れません\n{told}\n{UNTOUCHED}")
    put(desk.place, new.path, content)
    print(new.path, flush=True)
    schemafolder.keep_fresh(desk.place)
    checked = check(desk.place, Memory(desk.store), as_of=desk.as_of)
    own = [problem for problem in checked.problems if problem.source.path == new.path]
    tell(problems.to_text(own).rstrip() if own else "検査では、このファイルに誤りはありません")
    for line in next_steps(new, checked, desk.as_of):
        tell(line)
    return int(problems.has_errors(own))


COMMAND = Command("new", "記録などの新しいデータを、要ることだけを尋ねて書く。", _arguments, _run)
