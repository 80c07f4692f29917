"""`nohin init`."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands.common import Command, tell


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", help="新しいフォルダー。--ci なら、今あるプロジェクトでもよい")
    hosts = "検査・要約・サイト・期限・提出の自動化も置く。今あるプロジェクトには、それだけを置く"
    parser.add_argument("--ci", choices=["github", "gitlab", "cron"], help=hosts)


def _run(options: argparse.Namespace) -> int:
    from generator.outputs.starter import make_project

    target = Path(options.directory)
    there = options.ci is not None and (target / "data").is_dir()
    for path in () if there else make_project(target):
        print(path)
    if options.ci is not None:
        _automate(target, options.ci)
    if not there:
        tell(f"次は: cd {options.directory} && nohin check && nohin build")
    return 0


def _automate(target: Path, host: str) -> None:
    from generator.outputs.automation import FOLDER, has_wheel, put

    placed = put(target, host)
    for path in placed:
        print(path)
    if any(path.startswith("../") for path in placed):
        tell(
            f"{target} は git のリポジトリの下のフォルダーなので、../ で始まるファイルはリポジトリのいちばん上に置きました。"
            f"別のリポジトリにするなら、それを消し、{target} で git init をしてから、もう一度実行してください"
        )
    if not has_wheel(target):
        tell(
            f"{target / FOLDER} に nohin のホイールが要ります: pip wheel --no-deps -w {target / FOLDER} nohin のあるフォルダー"
        )


COMMAND = Command("init", "新しいプロジェクトの一式を置く。", _arguments, _run)
