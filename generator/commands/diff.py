"""`nohin diff`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import SHOWN, Command, audience, project, tell
from generator.problems import NohinError, has_errors, to_text

if TYPE_CHECKING:
    from generator.intake.redaction import Redaction
    from generator.outputs.difference.difference import Difference, Side

PAPERS = ("html", "pdf")


def _arguments(parser: argparse.ArgumentParser) -> None:
    revision = "コミット・タグ・ブランチ・日付、submission:納品物件の番号@期日"
    parser.add_argument("before", metavar="A", help=f"改正前（{revision}）")
    parser.add_argument("after", metavar="B", nargs="?", help="改正後（書かなければ、作業中のファイル）")
    parser.add_argument("--contract", help="契約の id（書かなければ全部）")
    parser.add_argument("--format", choices=["text", "json", "markdown", *PAPERS], default="text", help=SHOWN)
    parser.add_argument(
        "--order",
        choices=["new-left", "old-left"],
        default="new-left",
        help="新旧対照表で左に置くもの（既定: new-left＝改正後）",
    )
    parser.add_argument(
        "--document", metavar="ID", help="この文書の見え消し版も載せる（html・pdf。--contract とともに）"
    )
    audience(parser, "public なら、今は消えたものも含めて個人情報を載せない（既定: officer）")
    parser.add_argument("--out", metavar="FILE", help="書き出すファイル（既定: 標準出力）")


def _run(options: argparse.Namespace) -> int:
    from generator.intake.remembered import Memory
    from generator.outputs.cache import Cache
    from generator.outputs.difference.difference import differences, published, redaction_of, side

    if options.document and (options.contract is None or options.format not in PAPERS):
        raise NohinError("--document は --contract と、--format html か pdf とともに使います")
    place = project(options)
    memory = Memory(Cache.existing(place, "data"))
    before, after = (side(place, one, options.contract, memory) for one in (options.before, options.after))
    redaction = redaction_of(place, before, after) if options.audience == "public" else None
    old, new = (published(one, redaction) for one in (before, after)) if redaction else (before, after)
    content = _content(options, place, (old, new), differences(old, new, options.contract), redaction)
    if options.out:
        Path(options.out).write_bytes(content)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    return max(_told(one) for one in (before, after))


def _content(
    options: argparse.Namespace,
    place: Path,
    sides: tuple[Side, Side],
    found: list[Difference],
    redaction: Redaction | None,
) -> bytes:
    from generator.outputs.difference import forms
    from generator.outputs.difference import paper as differencepaper

    before, after = sides
    if options.format not in PAPERS:
        return forms.FORMS[options.format](before, after, found, options.order).encode()
    marked = None
    if options.document:
        asked = (options.contract, options.document, options.as_of)
        marked = differencepaper.marked(place, before, after, *asked, redaction)
    paper = differencepaper.Paper(before, after, found, options.order, marked)
    return (differencepaper.to_pdf if options.format == "pdf" else differencepaper.to_html)(place, paper)


def _told(side: Side) -> int:
    """Exit code of one side: the errors of its data go to stderr."""
    if not has_errors(side.loaded.problems):
        return 0
    tell(f"{side.title} のデータに誤りがあり、誤りのあるところは比べていません。")
    sys.stderr.write(to_text([problem for problem in side.loaded.problems if problem.severity == "error"]))
    return 1


COMMAND = Command("diff", "二つの版で何が違うかを、文・新旧対照表・見え消しで示す。", _arguments, _run)
