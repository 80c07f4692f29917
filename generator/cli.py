"""`nohin`: arguments, one call, printing, exit code. The only reader of clock, environment and argv.

Exit 0: fine; 1: problems found; 2: misuse or a broken environment. Reports go to stdout, talk to stderr.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import problems
from generator.intake.eras import NotADate, parse_date
from generator.model import Contract
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.checking import Checked

JAPAN = dt.timezone(dt.timedelta(hours=9))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except NohinError as error:
        print(f"nohin: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"nohin: {error.filename or ''} を読み書きできません（{error.strerror}）", file=sys.stderr)
        return 2


# --- commands -----------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    from generator.checking import check

    found = check(_project(options)).problems
    sys.stdout.write(problems.FORMATS[options.format](found))
    _tell(_summary(found))
    return int(problems.has_errors(found))


def _build(options: argparse.Namespace) -> int:
    from generator.build import Request, build

    project = _project(options)
    out = Path(options.out) if options.out else project / "site"
    request = Request(project, options.as_of, out, options.only, options.draft, os.cpu_count() or 1, _tell)
    found, written = build(request)
    sys.stdout.write(problems.to_text(found))
    _tell(f"{out} に作りました。{_summary(found)}" if written else f"{_summary(found)}。{out} は前のままです")
    return int(problems.has_errors(found))


def _due(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs import calendar, duelist
    from generator.rules.deadlines import due_items

    checked = check(_project(options))
    items = [item for c in _contracts(options, checked) for item in due_items(c, options.as_of)]
    items = duelist.chosen(items, options.start, options.end, options.state)
    if options.format == "ics":
        sys.stdout.write(calendar.to_ics(items, options.as_of))
    elif options.format == "json":
        sys.stdout.write(duelist.to_json(items))
    else:
        sys.stdout.write(duelist.to_text(items, color=_colored(), explain=options.explain))
    return _told(checked.problems)


def _clauses(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs import clauselist
    from generator.rules.coverage import clauses

    checked = check(_project(options))
    found = [s for c in _contracts(options, checked) for s in clauses(c)]
    write = clauselist.to_json if options.format == "json" else clauselist.to_text
    sys.stdout.write(write(found))
    return _told(checked.problems)


def _init(options: argparse.Namespace) -> int:
    from generator.outputs.starter import make_project

    for path in make_project(Path(options.directory)):
        print(path)
    _tell(f"次は: cd {options.directory} && nohin check && nohin build")
    return 0


# --- arguments ----------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="nohin", description="契約のデータ (YAML) から、期限・文書・PDF・サイトを作る。"
    )
    parser.add_argument("--version", action="version", version=f"nohin {_version()}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)
    check = _command(commands, "check", _check, "データの誤りをすべて挙げる。何も書かない。")
    check.add_argument("--format", choices=list(problems.FORMATS), default="text", help="報告の形（既定: text）")
    due = _command(commands, "due", _due, "いつ何を提出するかを、根拠とともに並べる。")
    _due_arguments(due)
    clauses = _command(commands, "clauses", _clauses, "条項と、それに何で応えるかを並べる。")
    clauses.add_argument("--contract", help="契約の id（書かなければ全部）")
    clauses.add_argument("--format", choices=["text", "json"], default="text", help="報告の形（既定: text）")
    build = _command(commands, "build", _build, "サイトと PDF を作る。誤りがあれば前のものを残す。")
    build.add_argument("--only", metavar="PATTERN", help="この形の id の契約だけを作り直す（例: ichikawa-*）")
    build.add_argument("--out", metavar="DIR", help="出力先（既定: プロジェクトの site/）")
    build.add_argument("--draft", action="store_true", help="誤りがあっても、作れるところまで下書きとして作る")
    init = _command(commands, "init", _init, "新しいプロジェクトの一式を置く。")
    init.add_argument("directory", metavar="DIR", help="新しいフォルダー")
    return parser


def _due_arguments(due: argparse.ArgumentParser) -> None:
    from generator.rules.states import STATES

    due.add_argument("--contract", help="契約の id（書かなければ全部）")
    due.add_argument("--from", dest="start", type=_day, metavar="DATE", help="この日以後の期限だけ")
    due.add_argument("--to", dest="end", type=_day, metavar="DATE", help="この日以前の期限だけ")
    due.add_argument("--state", choices=STATES, help="この状態のものだけ")
    due.add_argument("--explain", action="store_true", help="計算の過程も示す")
    due.add_argument("--format", choices=["text", "json", "ics"], default="text", help="報告の形（既定: text）")


def _command(commands: argparse._SubParsersAction, name: str, run: object, text: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument(
        "--project", default=".", metavar="DIR", help="プロジェクトのフォルダー（既定: 今のフォルダー）"
    )
    parser.add_argument(
        "--as-of", type=_day, default=_today(), metavar="DATE", help="いつの時点として見るか（既定: 今日）"
    )
    parser.set_defaults(run=run)
    return parser


def _day(text: str) -> dt.date:
    try:
        day = parse_date(text)
    except NotADate as error:
        raise argparse.ArgumentTypeError(f"{text} は存在しない日付です（{error}）") from None
    if day is None:
        raise argparse.ArgumentTypeError(f"{text} は日付ではありません（例: 2026-04-01、令和8年4月1日）")
    return day


def _today() -> dt.date:
    return dt.datetime.now(JAPAN).date()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nohin")
    except PackageNotFoundError:
        return "（未導入）"


# --- helpers ------------------------------------------------------------------------------------------


def _project(options: argparse.Namespace) -> Path:
    project = Path(options.project).resolve()
    if not (project / "data").is_dir():
        raise NohinError(
            f"{project} に data/ がありません。--project でプロジェクトを指すか、nohin init で作ってください"
        )
    return project


def _contracts(options: argparse.Namespace, checked: Checked) -> list[Contract]:
    contracts = checked.loaded.portfolio.contracts
    if options.contract is None:
        return list(contracts.values())
    if options.contract not in contracts:
        _told(checked.problems)  # a contract that is there but broken is told by its problems
        raise NohinError(f"契約「{options.contract}」がありません。あるのは: {'、'.join(contracts)}")
    return [contracts[options.contract]]


def _told(found: list[problems.Problem]) -> int:
    """Exit code of a report made from data that may have problems; they go to stderr."""
    if problems.has_errors(found):
        sys.stderr.write(problems.to_text(found))
        return 1
    return 0


def _summary(found: list[problems.Problem]) -> str:
    errors = sum(p.severity == "error" for p in found)
    warnings = len(found) - errors
    return f"誤り {errors} 件、注意 {warnings} 件" if found else "誤りはありません"


def _colored() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
