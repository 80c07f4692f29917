"""`nohin schema`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands.common import Command, project, tell
from generator.problems import NohinError


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", metavar="DIR", help="スキーマを置くフォルダー（既定: .nohin/schemas。git には入らない）"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--settings", action="store_true", help="VS Code の設定 (.vscode/) も書く。今ある設定と注釈は残す"
    )
    either.add_argument("--modeline", metavar="FILE", help="そのデータファイルの先頭に書く、スキーマを指す一行を出す")


def _run(options: argparse.Namespace) -> int:
    from generator.outputs.editor import schemafolder, settings

    place = project(options)
    folder = schemafolder.folder_of(place, Path(options.out) if options.out else None)
    shown = _below(folder, place)
    if options.settings and shown is None:
        raise NohinError("--settings は、--out がプロジェクトの中を指すときだけ使えます")
    made = schemafolder.renew(place, folder)
    tell(f"補完のためのスキーマ {len(made)} 件を {shown or folder} に書きました")
    if options.modeline:
        print(schemafolder.modeline(_data_file(options.modeline, place), place, folder))
        return 0
    print(f"{shown or folder}/{schemafolder.INDEX}")
    if options.settings and shown is not None:
        return _settings(place, shown)
    if shown is not None and not settings.wired(place, shown):
        tell("VS Code につなぐには: nohin schema --settings")
    return 0


def _below(path: Path, place: Path) -> str | None:
    """A path below the project with forward slashes; None for one elsewhere."""
    return path.relative_to(place).as_posix() if path.is_relative_to(place) else None


def _data_file(name: str, place: Path) -> str:
    """A file by its path from here or from the project."""
    given = Path(name) if Path(name).is_file() else place / name
    path = _below(given.resolve(), place)
    if path is None:
        raise NohinError(f"{name} はプロジェクトの中にありません")
    return path


def _settings(place: Path, schemas: str) -> int:
    """Put the settings in, and show what has to be put in by hand."""
    from generator.outputs.editor import settings

    written, refused = settings.put(place, schemas)
    for path in written:
        print(path)
    for one in refused:
        tell(
            f"{one.path} は書き替えませんでした（{one.why}）。直してからもう一度走らせるか、次の内容を書き足してください"
        )
        sys.stdout.write(one.text)
    return int(bool(refused))


COMMAND = Command("schema", "エディターの補完と検査のための JSON Schema を、今のデータから作る。", _arguments, _run)
