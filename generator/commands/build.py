"""`nohin build`."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator import problems
from generator.commands.common import Command, audience, project, seldom_collected, summary, tell
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.workshop import Request


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", metavar="PATTERN", help="この形の id の契約だけを作り直す（例: ichikawa-*）")
    parser.add_argument(
        "--rev", metavar="REV", help="このコミット・タグ・ブランチ・日付の姿を作り直す。時点は --as-of か、その版の日"
    )
    parser.add_argument("--out", metavar="DIR", help="出力先（既定: site/、--rev のときは site-<版>/）")
    audience(parser, "public なら、個人情報をどこにも載せない（既定: officer、出力先の既定は site-public/）")
    parser.add_argument("--draft", action="store_true", help="誤りがあっても、作れるところまで下書きとして作る")


def _run(options: argparse.Namespace) -> int:
    place = project(options)
    if options.rev is not None:
        return _past(options, place)
    out = Path(options.out) if options.out else place / f"site{_ending(options)}"
    return _built(_request(options, place, options.as_of, out))


def _ending(options: argparse.Namespace) -> str:
    return "-public" if options.audience == "public" else ""


def _request(options: argparse.Namespace, place: Path, as_of: dt.date, out: Path) -> Request:
    from generator.workshop import Request

    return Request(place, as_of, out, options.only, options.draft, options.audience, options.workers, tell)


def _past(options: argparse.Namespace, place: Path) -> int:
    """The state at a revision, made from its own data, templates, mkdocs.yml and history; `site/` is left alone."""
    from generator.outputs import past

    repository = past.repository_of(place)
    moment = past.moment(repository, options.rev)
    out = Path(options.out) if options.out else place / f"site-{moment.name}{_ending(options)}"
    if any(out.resolve().is_relative_to((place / name).resolve()) for name in ("site", "site-public")):
        raise NohinError(f"{out} は今の姿の場所です。前の姿には --out で別のフォルダーを指してください")
    as_of = options.asked_as_of or moment.day
    tell(f"コミット {moment.commit[:12]} の姿を、{as_of.isoformat()} の時点で作ります")
    if repository.shallow:
        tell(f"改訂履歴の古い版は載りません。{past.CUT_OFF}")
    with past.at(place, moment.commit) as there:
        past.lend_caches(place, there)
        code = _built(_request(options, there, as_of, out))
    if code:
        tell(
            "この版のデータやひな形が今の nohin に合わないときは、その頃の版の nohin で作るか、--draft を付けてください"
        )
    return code


def _built(request: Request) -> int:
    from generator.build import build

    with seldom_collected():
        found, written = build(request)
    sys.stdout.write(problems.to_text(found))
    tell(
        f"{request.out} に作りました。{summary(found)}"
        if written
        else f"{summary(found)}。{request.out} は前のままです"
    )
    return int(problems.has_errors(found))


COMMAND = Command("build", "サイトと PDF を作る。誤りがあれば前のものを残す。", _arguments, _run)
