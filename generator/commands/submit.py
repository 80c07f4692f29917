"""`nohin submit`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands import choice, items
from generator.commands.common import Command, day, project, refuse_uncommitted, tell, told, without_errors
from generator.model import Contract, Submission
from generator.problems import NohinError
from generator.rules import states

if TYPE_CHECKING:
    from generator.intake.repository import Repository
    from generator.outputs.delivery import Paper
    from generator.outputs.handover import HandedOver
    from generator.rules.dueitem import DueItem

MADE_FROM = ("data/", "schemas/", "templates/", "mkdocs.yml")
"""What a document is made from, and what therefore has to be committed."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    items.arguments(parser)
    when = "提出した日（既定: 今日、または --as-of の日）。時刻まで定められた期限なら '2026-08-07 19:30' のように時刻も"
    parser.add_argument("--date", type=_when, metavar="DATE", help=when)
    parser.add_argument("--by", type=items.words, metavar="NAME", help="提出した者（既定: git の利用者名）")
    parser.add_argument("--document", action="append", metavar="ID", help="この文書だけを提出する（何度でも書ける）")
    parser.add_argument("--out", metavar="DIR", help="PDF を置く場所（既定: .nohin/submitted/ の下）")
    parser.add_argument("--rev", metavar="REV", default="HEAD", help="どの版から作るか（既定: 最後のコミット）")
    reason = "最後のコミットより前の日の提出を、後から記録する理由。備考に残る"
    parser.add_argument("--late-entry", type=items.words, metavar="REASON", help=reason)


def _when(text: str) -> dt.date:
    """A date among the arguments, or a date with a time of the day."""
    from generator.rules.events import moment_of

    found = moment_of(text) if ":" in text else None
    return found if isinstance(found, dt.datetime) else day(text)


@dataclass(frozen=True)
class _Planned:
    """What is to be handed over, before its PDFs are made."""

    contract: Contract
    item: DueItem
    submission: Submission

    @property
    def earlier(self) -> list[Submission]:
        """What was handed over of the item before."""
        from generator.history.submissions import made_of

        return made_of(self.item, self.contract.submissions, self.submission.person)


def _run(options: argparse.Namespace) -> int:
    from generator.outputs.handover import SubmissionFile, hand_over
    from generator.outputs.past import CUT_OFF, repository_of

    place = project(options)
    repository = repository_of(place)
    if repository.shallow:  # the PDFs would lack their older editions, and come out otherwise where nothing is missing
        raise NohinError(f"ここからは提出できません。{CUT_OFF}")
    refuse_uncommitted(repository, _matters, "提出して")
    sound = without_errors(options, "提出して")
    if sound is None:
        return 1
    _, contract = sound
    planned = _planned(options, repository, contract)
    papers = _papers(planned, place, options)
    _refuse_twice(planned, papers)
    out = Path(options.out) if options.out else None
    file = SubmissionFile(place, contract.id)
    done = hand_over(file, repository, planned.submission, papers, out)
    print("\n".join(_report(planned, papers, done, file.path)))
    tell(f"次に: {file.path} をコミットし、コミットとタグを送ってください（git push origin HEAD {done.tag.name}）")
    return 0


def _matters(path: str) -> bool:
    """What is not committed would not be in the PDFs; other entries of submissions.yml are no part of them."""
    return path.startswith(MADE_FROM) and not path.endswith("/submissions.yml")


def _planned(options: argparse.Namespace, repository: Repository, contract: Contract) -> _Planned:
    from generator.history.submissions import of_item
    from generator.outputs.delivery import made_with
    from generator.outputs.past import moment
    from generator.rules.deadlines import due_items

    date, time = _date(options, repository)
    due = due_items(contract, options.as_of)
    item = items.the_item(due, items.wanted(options))
    submission = replace(
        of_item(item, due, date),
        person=options.person,
        time=time,
        recorded=options.as_of,
        by=options.by or repository.identity(),
        note=options.late_entry,
        commit=moment(repository, options.rev).commit,
        made_with=made_with(),
    )
    return _Planned(contract, item, submission)


def _date(options: argparse.Namespace, repository: Repository) -> tuple[dt.date, str | None]:
    """Day and time of handing over; NohinError where it lies ahead, or is dated back without a reason."""
    when: dt.date = options.date or options.as_of
    date, time = (when.date(), f"{when:%H:%M}") if isinstance(when, dt.datetime) else (when, None)
    last = repository.day(repository.head)
    if date > options.as_of:
        raise NohinError(f"提出日 {date.isoformat()} は、{options.as_of.isoformat()} から見てまだ来ていません")
    if date < last and options.late_entry is None:
        why = f"提出日 {date.isoformat()} は、最後のコミットの日 {last.isoformat()}（日本時間の暦日）より前です"
        hint = f"後から記録する理由を --late-entry に書いてください。その日の姿から作るなら --rev {date.isoformat()} も"
        raise NohinError(f"{why}。{hint}")
    return date, time


def _papers(planned: _Planned, place: Path, options: argparse.Namespace) -> list[Paper]:
    """The PDFs, made from the commit; NohinError where something that was asked for is not among them."""
    from generator.checking import check
    from generator.outputs import past
    from generator.outputs.delivery import Workshop

    submission = planned.submission
    with past.at(place, submission.commit or "") as there:
        if told(check(there).problems):
            raise NohinError(f"{options.rev} の版のデータには誤りがあります。直した版から提出してください")
        workshop = Workshop(there, options.workers, tell)
        then = workshop.contracts.get(planned.contract.id)
        if then is None:
            raise NohinError(f"{options.rev} の版に契約「{planned.contract.id}」がありません")
        made = workshop.bodies(then, submission)
        chosen = choice.chosen(submission, made, options.document or ())
        if not chosen:
            choice.refuse_missing(then, planned.item, workshop.kinds, submission.date, made)
        choice.refuse_unapproved(chosen)
        return workshop.typeset(then, submission, chosen)


def _refuse_twice(planned: _Planned, papers: Sequence[Paper]) -> None:
    """The same PDFs again are no new submission, unless they were returned."""
    last = planned.earlier[-1] if planned.earlier else None
    hashes = {paper.file.sha256 for paper in papers}
    if last and hashes and not last.returned and hashes == {file.sha256 for file in last.files}:
        raise NohinError(f"同じ PDF を {last.date.isoformat()} に提出したと記録されています（{last.source}）")


def _report(planned: _Planned, papers: Sequence[Paper], done: HandedOver, path: str) -> Iterator[str]:
    made = planned.submission
    yield f"{planned.contract.id} {items.named(planned.item)}"
    when = " ".join(filter(None, (made.date.isoformat(), made.time)))
    yield f"提出 {when}（{made.by}）　{_in_time(planned.item, made)}"
    for paper in papers:
        name = paper.file.path.rpartition("/")[2]
        yield f"  {done.folder / name}　{paper.pages} ページ　SHA-256 {paper.file.sha256}"
    yield f"コミット {(made.commit or '')[:12]}　タグ {done.tag.name}"
    yield f"記録 {path}"
    yield from _remarks(planned, papers)


def _in_time(item: DueItem, made: Submission) -> str:
    if item.due is None:
        return "期日なし"
    late = (made.date - item.due).days
    if late > 0:
        return f"{states.SUBMITTED_LATE}（期日を {late} 日過ぎています）"
    within = states.in_time(item, made)
    if within is None:
        return f"期限は {item.due_time} まで（提出の時刻の記録なし）"
    return "期限内" if within else f"{states.SUBMITTED_LATE}（期限は {item.due_time} まで）"


def _remarks(planned: _Planned, papers: Sequence[Paper]) -> Iterator[str]:
    """What somebody may not expect."""
    made, earlier = planned.submission, planned.earlier
    if earlier and not earlier[-1].returned:
        yield f"注意: {earlier[-1].date.isoformat()} にも提出しています。差し替えとして記録しました"
    if not planned.item.applies:
        yield "注意: この期限は対象外とされています"
    if states.in_time(planned.item, made) is None:
        yield "注意: 時刻まで定められた期限です。--date '2026-04-01 16:30' のように時刻も書けば、間に合ったかが記録に残ります"
    if made.recorded != made.date:
        yield f"注意: 提出日より後の {made.recorded} に記録しています"
    if not papers:
        yield "注意: nohin が作る文書がないため、記録とタグだけを残しました"
    for paper in papers:
        if not paper.document.ended and not _planned_ahead(planned.item):
            yield f"注意: {paper.document.title} の対象期間は、提出日にまだ終わっていません"
        if paper.body.date not in (None, made.date):
            yield f"注意: {paper.document.title} の日付は {paper.body.date} です"
        others = [i for i in paper.body.items if not states.belongs(made, i) and i.state not in _CLOSED]
        yield from (f"注意: この書面は {items.named(other)} も兼ねます。別に記録してください" for other in others)


def _planned_ahead(item: DueItem) -> bool:
    """Whether it is asked for before its period is over: a plan."""
    return item.due is not None and item.period is not None and item.due < item.period.end


_CLOSED = (states.SUBMITTED, states.SUBMITTED_LATE, states.ACCEPTED, states.OUT_OF_SCOPE)

COMMAND = Command("submit", "提出する PDF をコミットから作り、提出を記録してタグを付ける。", _arguments, _run)
