"""`nohin fmt`: the keys of data files in the order of their schemas; comments stay with their keys."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator import problems
from generator.commands.common import Command, project, tell
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.intake.tree import WorkingTree


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="ファイルかフォルダー（書かなければ data/ の全部）")
    parser.add_argument("--check", action="store_true", help="何も書かず、変わるファイルを挙げる（あれば終了コード 1）")


def _run(options: argparse.Namespace) -> int:
    from generator.commands.rewriting import put_all
    from generator.intake.keyorder import ordered
    from generator.intake.schema import load_schemas
    from generator.intake.tree import WorkingTree

    place, schemas = project(options), load_schemas()
    tree = WorkingTree(place)
    paths = [path for path in _asked(place, tree, options.paths) if schemas.of(path)]
    changed: dict[str, bytes] = {}
    wrong: list[problems.Problem] = []
    for path in paths:
        match, content = schemas.of(path), tree.read(path)
        new, found = ordered(content, path, match[0]) if match else (content, [])
        wrong += found
        if new != content:
            changed[path] = new
    if not options.check:
        put_all(place, changed)
    sys.stdout.write("".join(f"{path}\n" for path in changed))
    sys.stdout.flush()
    sys.stderr.write(problems.to_text(problems.in_order(wrong)))
    tell(_summary(options.check, len(changed), len({p.source.path for p in wrong}), len(paths)))
    return int(bool(wrong) or (options.check and bool(changed)))


def _asked(place: Path, tree: WorkingTree, asked: Sequence[str]) -> Iterator[str]:
    """The data files that were named, or all; NohinError for what is none of them."""
    from generator.intake.datafiles import DATA

    everything = list(tree.files(DATA))
    if not asked:
        yield from everything
        return
    wanted = [_inside(place, name) for name in asked]
    for path in everything:
        if any(path == one or path.startswith(f"{one}/") or one == "." for one in wanted):
            yield path


def _inside(place: Path, name: str) -> str:
    """A path as the project names it: from the folder one stands in, or else from the project's."""
    found = [path.resolve() for path in (Path(name), place / name) if path.exists()]
    inside = [path for path in found if path.is_relative_to(place)]
    if not inside:
        raise NohinError(f"{name} はプロジェクトの外です" if found else f"{name} がありません")
    return inside[0].relative_to(place).as_posix()


def _summary(check: bool, changed: int, wrong: int, looked_at: int) -> str:
    left = f"。誤りのある {wrong} ファイルはそのままです" if wrong else ""
    if not changed:
        return f"{looked_at} ファイルとも、書き替えるところはありません{left}"
    return f"{looked_at} ファイルのうち {changed} ファイル{'が変わります' if check else 'のキーを並べ替えました'}{left}"


COMMAND = Command("fmt", "データのキーを、スキーマの順に並べる。注釈はキーとともに動く。", _arguments, _run)
"""The name and arguments of the command."""
