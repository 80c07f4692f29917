"""`nohin verify`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import SHOWN, Command, project, tell
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.history.submissions import Recorded
    from generator.outputs.remaking import Remaker
    from generator.outputs.verification import Finding, Verifier


def _arguments(parser: argparse.ArgumentParser) -> None:
    what = "PDF、PDF のあるフォルダー、提出のタグ、または 契約/番号、契約/番号@期日（記録・期間の最初の日でもよい）"
    parser.add_argument("what", nargs="+", metavar="WHAT", help=what)
    parser.add_argument("--out", metavar="DIR", help="一致した PDF を、作り直したものからここに置く")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=SHOWN)


def _run(options: argparse.Namespace) -> int:
    from generator.history.submissions import TAGS, recorded
    from generator.intake.portfolio import load
    from generator.intake.tree import WorkingTree
    from generator.outputs import verificationlist
    from generator.outputs.past import repository_of
    from generator.outputs.remaking import Remaker
    from generator.outputs.verification import Verifier

    place = project(options)
    repository = repository_of(place)
    portfolio = load(WorkingTree(place)).portfolio
    records = recorded(portfolio.contracts.values(), repository.tags(TAGS))
    with ExitStack() as stack:
        verifier = Verifier(records, Remaker(place, repository, stack, options.workers, tell))
        found = [finding for what in options.what for finding in _found(what, verifier, records)]
        if options.out is not None:
            _put(Path(options.out), found, verifier.remaker)
    write = verificationlist.to_json if options.format == "json" else verificationlist.to_text
    sys.stdout.write(write(found))
    return int(any(finding.result != "same" for finding in found))


def _put(folder: Path, found: Sequence[Finding], remaker: Remaker) -> None:
    """The PDFs that are what was handed over, under the names of their records."""
    from generator.outputs.folders import write

    for finding in found:
        if finding.result == "same" and finding.recorded is not None and finding.file is not None:
            write(folder / finding.file.path.rpartition("/")[2], remaker.pdf(finding.recorded, finding.file))


def _found(what: str, verifier: Verifier, records: Sequence[Recorded]) -> Iterator[Finding]:
    place = Path(what)
    if place.is_dir():
        files = sorted(path for path in place.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file())
        if not files:
            raise NohinError(f"{what} に PDF がありません")
        yield from (verifier.pdf(path.as_posix(), path.read_bytes()) for path in files)
    elif place.is_file():
        yield verifier.pdf(what, place.read_bytes())
    else:
        for one in _submissions(what, records):
            yield from verifier.submission(one)


def _submissions(what: str, records: Sequence[Recorded]) -> list[Recorded]:
    from generator.history.submissions import about
    from generator.intake.eras import NotADate, parse_date

    if "/" not in what or what.lower().endswith(".pdf"):
        raise NohinError(f"{what} というファイルはありません。提出を指すには 契約/番号 か 契約/番号@期日 と書きます")
    which = what.partition("@")[2]
    try:
        parse_date(which)
    except NotADate as error:
        raise NohinError(f"{which} は存在しない日付です（{error}）") from None
    found = about(records, what)
    if not found:
        known = "、".join(dict.fromkeys(f"{one.contract}/{one.submission.deliverable}" for one in records)) or "なし"
        raise NohinError(f"「{what}」に当たる、PDF の記録のある提出がありません。あるのは: {known}")
    return found


COMMAND = Command("verify", "提出した PDF が、記録したコミットの作るものと同じかを確かめる。", _arguments, _run)
