"""`nohin preview`."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from generator import problems
from generator.commands.common import SHOWN, Command, audience, project
from generator.intake.gitplace import from_top
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.intake.redaction import Redaction
    from generator.intake.repository import Repository
    from generator.outputs.preview.sides import Stand

_TOGETHER, _BETWEEN = "...", ".."
_LAST = "HEAD"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "range",
        metavar="BASE..HEAD",
        nargs="?",
        default=_LAST,
        help="二つの版。BASE...HEAD なら HEAD が BASE から分かれた所と HEAD、BASE だけなら BASE と作業中のファイル"
        "（書かなければ、最後のコミットと作業中のファイル）",
    )
    parser.add_argument("--contract", help="契約の id（書かなければ全部）")
    parser.add_argument("--format", choices=["text", "markdown", "json"], default="text", help=SHOWN)
    parser.add_argument(
        "--annotations",
        choices=problems.HOSTED,
        help="新しい誤りと注意を、その行への注記としても出す（gitlab は Code Quality の報告）",
    )
    parser.add_argument("--annotations-out", metavar="FILE", help="注記を書き出すファイル（既定: 標準エラー）")
    audience(parser, "public なら、個人情報を載せない（既定: officer）")
    parser.add_argument("--out", metavar="FILE", help="書き出すファイル（既定: 標準出力）")


def _run(options: argparse.Namespace) -> int:
    if options.annotations_out and not options.annotations:
        raise NohinError("--annotations-out には --annotations も要ります（github か gitlab）")
    from generator.outputs.preview.forms import FORMS
    from generator.outputs.preview.preview import preview
    from generator.outputs.preview.sides import differing

    place = project(options)
    with _laid_out(options, place) as laid:
        changed = differing(laid[0].place, laid[1].place, options.contract)
        before, after = _looked_at(options, place, laid, changed)
        redaction = _redaction(place, before, after) if options.audience == "public" else None
        told = preview(before, after, changed, options.as_of, options.contract, redaction)
        content = FORMS[options.format](told)
    _write(options.out, sys.stdout, content)
    if options.annotations:
        annotated = problems.FORMATS[options.annotations](from_top(told.problems.new, place))
        _write(options.annotations_out, sys.stderr, annotated)
    return int(problems.has_errors(told.problems.new))


def _write(file: str | None, stream: TextIO, content: str) -> None:
    """Into a file where one was named."""
    if file:
        Path(file).write_text(content, encoding="utf-8")
    else:
        stream.write(content)


def _sides(repository: Repository, said: str) -> tuple[str, str | None]:
    """The names of the two sides; None for what is being worked on. As in git, an empty side is the last commit."""
    from generator.outputs.past import CUT_OFF, moment

    if _TOGETHER in said:
        base, _, head = (one or _LAST for one in said.partition(_TOGETHER))
        common = repository.common(*(moment(repository, one).commit for one in (base, head)))
        if common is None:
            cut = f"。{CUT_OFF}" if repository.shallow else ""
            raise NohinError(f"{base} と {head} に共通のコミットがありません{cut}")
        return common, head
    base, between, head = said.partition(_BETWEEN)
    return base or _LAST, (head or _LAST) if between else None


@dataclass(frozen=True)
class _Laid:
    """A side on disk."""

    place: Path
    title: str
    commit: str | None = None
    day: dt.date | None = None


@contextmanager
def _laid_out(options: argparse.Namespace, place: Path) -> Iterator[list[_Laid]]:
    """Both sides on disk until the block ends; a drawing that both have is drawn once."""
    from generator.documents import diagrams
    from generator.intake.overlay import Kept
    from generator.outputs.past import repository_of

    repository = repository_of(place)
    with ExitStack() as stack, diagrams.kept_in(Kept(None)):
        yield [stack.enter_context(_laid(repository, place, one)) for one in _sides(repository, options.range)]


@contextmanager
def _laid(repository: Repository, place: Path, revision: str | None) -> Iterator[_Laid]:
    """The working tree, or a commit in a copy that is gone when the block ends."""
    from generator.intake.eras import wareki
    from generator.outputs import past
    from generator.outputs.difference.difference import WORKING

    if revision is None:
        yield _Laid(place, WORKING)
        return
    commit = past.moment(repository, revision).commit
    day, named = repository.day(commit), "" if commit.startswith(revision) else f"{revision}、"
    with past.at(place, commit) as there:
        yield _Laid(there, f"{named}{wareki(day)}のコミット {commit[:7]}", commit, day)


def _looked_at(
    options: argparse.Namespace, place: Path, laid: Sequence[_Laid], changed: Collection[str]
) -> Iterator[Stand]:
    """The sides, checked as far as what differs reaches; what is found out of one is known of the other."""
    from generator.checking import Known, check_changed
    from generator.intake.overlay import Kept
    from generator.intake.remembered import Memory
    from generator.outputs.cache import Cache

    data, effects, log = (Kept(Cache.existing(place, name)) for name in ("data", "effects", "history"))
    for one in laid:
        known = Known(Memory(data), effects, log)
        checked = check_changed(one.place, changed, known, options.as_of)
        known.memory.save()
        yield _stand(one, checked)


def _stand(laid: _Laid, checked: Checked) -> Stand:
    from generator.documents.render import environment
    from generator.outputs.difference.difference import Side
    from generator.outputs.preview.sides import Stand
    from generator.outputs.templatecode import TemplateCode

    env = environment(checked.folders)
    TemplateCode().lend(env)
    side = Side(laid.title, checked.loaded, laid.commit, laid.day)
    return Stand(side, laid.place, checked.kinds, env, checked.problems)


def _redaction(place: Path, before: Stand, after: Stand) -> Redaction:
    from generator.outputs.difference.difference import redaction_of

    return redaction_of(place, before.side, after.side)


COMMAND = Command("preview", "変更で何が変わるかを、前もって示す: 文書・期限・承認・条項・検査。", _arguments, _run)
