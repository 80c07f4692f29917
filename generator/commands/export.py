"""`nohin export`: what a contract says, in the format of another program."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator.commands.common import Command, contracts, project, tell, told
from generator.model import Contract
from generator.problems import NohinError

FORMATS = ("xlsx",)


def _arguments(parser: argparse.ArgumentParser) -> None:
    from generator.intake.tables import SORTS

    parser.add_argument("format", choices=FORMATS, help="書き出す形式（xlsx: Excel ブック。契約ごとに一つ）")
    parser.add_argument("--contract", help="契約の id（書かなければ全部）")
    parser.add_argument(
        "--out", metavar="PATH", default=".", help="書き出すファイルかフォルダー（既定: 今のフォルダー）"
    )
    parser.add_argument("--sheet", action="append", choices=SORTS, help="この表だけを書き出す（何度でも書ける）")


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs.folders import write
    from generator.outputs.workbook import book as workbook
    from generator.outputs.workbook import xlsx

    checked = check(project(options))
    chosen = contracts(options, checked)
    places = [_place(options, contract, chosen) for contract in chosen]
    books = [workbook.book(contract, options.as_of, options.sheet or ()) for contract in chosen]
    contents = [xlsx.to_xlsx(book) for book in books]
    for place, content in zip(places, contents, strict=True):
        _refuse_another(place, content)
    for place, content in zip(places, contents, strict=True):
        write(place, content)
        print(place)
    tell("直したら、nohin import xlsx で取り込みます（個人情報を含むので、置き場所に注意してください）")
    return told(checked.problems)


def _place(options: argparse.Namespace, contract: Contract, chosen: Sequence[Contract]) -> Path:
    """The file that was asked for, or one in the folder that was, named after the contract and the day."""
    out = Path(options.out)
    if out.suffix.lower() == ".xlsx" and not out.is_dir():
        if len(chosen) > 1:
            raise NohinError("契約がいくつもあるので、--out にはフォルダーを書くか、--contract で一つを選んでください")
        return out
    return out / f"{contract.id}-{options.as_of.isoformat()}.xlsx"


def _refuse_another(place: Path, content: bytes) -> None:
    """NohinError where another file is there: somebody may have filled it in."""
    if place.exists() and (place.is_dir() or place.read_bytes() != content):
        raise NohinError(f"{place} には別のものがあります。--out で別の名を書くか、要らなければ消してください")


COMMAND = Command("export", "契約のデータを、Excel などの形式で書き出す。", _arguments, _run)
