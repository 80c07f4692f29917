"""`nohin`: arguments, one call, exit code. The only reader of clock, environment and argv.

Exit 0: fine; 1: problems found; 2: misuse or a broken environment. Reports go to stdout, talk to stderr. What a command
takes and does is in `commands/`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import io
import os
import sys
from collections.abc import Sequence

from generator.commands import (
    accept,
    approve,
    build,
    check,
    clauses,
    diff,
    due,
    export,
    fmt,
    import_,
    init,
    new,
    pdf,
    preview,
    remind,
    schema,
    serve,
    submit,
    verify,
    year,
)
from generator.commands.common import Command, day, seldom_collected
from generator.commands.parser import Parser
from generator.intake.eras import JAPAN
from generator.problems import NohinError

COMMANDS: tuple[Command, ...] = (
    check.COMMAND,
    due.COMMAND,
    clauses.COMMAND,
    build.COMMAND,
    pdf.COMMAND,
    remind.COMMAND,
    serve.COMMAND,
    diff.COMMAND,
    preview.COMMAND,
    export.COMMAND,
    import_.COMMAND,
    approve.COMMAND,
    submit.COMMAND,
    accept.ACCEPT,
    accept.RETURN,
    verify.COMMAND,
    schema.COMMAND,
    new.COMMAND,
    fmt.COMMAND,
    year.COMMAND,
    init.COMMAND,
)
"""In the order of the help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    options.asked_as_of = options.as_of
    options.as_of = options.as_of or _today()
    options.instant = _now()
    options.workers = os.cpu_count() or 1
    options.terminal = _at_terminal()
    options.colored = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    try:
        with seldom_collected():
            code = int(options.run(options))
            if arguments is None:
                gc.freeze()  # the process ends: nothing it made is looked through once more
            return code
    except NohinError as error:
        print(f"nohin: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"nohin: {error.filename or ''} を読み書きできません（{error.strerror}）", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="nohin", description="契約のデータ (YAML) から、期限・文書・PDF・サイトを作る。")
    parser.add_argument("--version", action="version", version=f"nohin {_version()}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    for command in COMMANDS:
        own = commands.add_parser(command.name, help=command.text, description=command.text)
        own.add_argument(
            "--project", default=".", metavar="DIR", help="プロジェクトのフォルダー（既定: 今のフォルダー）"
        )
        own.add_argument("--as-of", type=day, metavar="DATE", help="いつの時点として見るか（既定: 今日）")
        command.arguments(own)
        own.set_defaults(run=command.run)
    return parser


def _at_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def _now() -> dt.datetime:
    return dt.datetime.now(JAPAN).replace(tzinfo=None)


def _today() -> dt.date:
    return _now().date()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nohin")
    except PackageNotFoundError:
        return "（未導入）"
