"""`nohin init`."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands.common import Command, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", help="新しいフォルダー")


def _run(options: argparse.Namespace) -> int:
    from generator.outputs.starter import make_project

    for path in make_project(Path(options.directory)):
        print(path)
    tell(f"次は: cd {options.directory} && nohin check && nohin build")
    return 0


COMMAND = Command("init", "新しいプロジェクトの一式を置く。", _arguments, _run)
