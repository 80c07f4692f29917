"""`nohin accept` and `nohin return`: what the authority said of a submission."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from generator.commands import items
from generator.commands.common import Command, day, project, tell, without_errors
from generator.model import Contract, Submission
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.rules.dueitem import DueItem


def _arguments(parser: argparse.ArgumentParser) -> None:
    items.arguments(parser)
    parser.add_argument("--date", type=day, metavar="DATE", help="検収・差戻しの日（既定: 今日、または --as-of の日）")


def _accept_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--reason", type=items.words, metavar="TEXT", help="検収に当たって示されたこと")


def _return_arguments(parser: argparse.ArgumentParser) -> None:
    _arguments(parser)
    parser.add_argument("--reason", type=items.words, metavar="TEXT", required=True, help="差戻しの理由")


def _decide(field: str, word: str) -> Callable[[argparse.Namespace], int]:
    """A command that writes the day into a field."""

    def run(options: argparse.Namespace) -> int:
        from generator.outputs.handover import SubmissionFile

        sound = without_errors(options, "記録して")
        if sound is None:
            return 1
        _, contract = sound
        submission, name = _undecided(options, contract)
        file = SubmissionFile(project(options), contract.id)
        file.decide(submission, _decision(options, field, submission))
        date = (options.date or options.as_of).isoformat()
        print(f"{contract.id} {_said(submission, name)}　{word} {date}")
        tell(f"次に: {file.path} をコミットしてください")
        return 0

    return run


Made = tuple[Submission, str]
"""A submission with the name of its item."""


def _undecided(options: argparse.Namespace, contract: Contract) -> Made:
    """The last submission of the item that is meant; NohinError where it has been decided on, or is not one."""
    from generator.rules.deadlines import due_items

    which = items.wanted(options)
    due = [item for item in due_items(contract, options.as_of) if which.means(item)]
    found = _last(due, contract, which.person)
    waiting = [made for made in found if not (made[0].accepted or made[0].returned)]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        listed = "\n".join(f"  {_said(*made)}" for made in waiting)
        why = f"検収も差戻しも受けていない提出が {len(waiting)} 件あります。--due などで選んでください"
        raise NohinError(f"{why}\n{listed}")
    if not found:
        raise NohinError(f"No.{which.deliverable} の{'その期限の' if due else ''}提出の記録がありません")
    decided, name = found[-1]
    what = "検収" if decided.accepted else "差戻し"
    raise NohinError(f"{name} は、すでに{what}（{decided.accepted or decided.returned}）を記録しています")


def _last(due: Sequence[DueItem], contract: Contract, person: str | None) -> list[Made]:
    """What was handed over last of each item, and of each person where somebody is named; one paper once."""
    from generator.history.submissions import made_of

    made = [(item, submission) for item in due for submission in made_of(item, contract.submissions, person)]
    last = {(item.key, submission.person): (submission, items.named(item)) for item, submission in made}
    return list({submission.source: (submission, name) for submission, name in last.values()}.values())


def _said(submission: Submission, name: str) -> str:
    return " ".join(filter(None, (name, submission.person, "提出", submission.date.isoformat())))


def _decision(options: argparse.Namespace, field: str, submission: Submission) -> dict[str, Any]:
    date = options.date or options.as_of
    if date > options.as_of:
        raise NohinError(f"{date.isoformat()} は、{options.as_of.isoformat()} から見てまだ来ていません")
    if date < submission.date:
        raise NohinError(f"{date.isoformat()} は、提出した {submission.date.isoformat()} より前です")
    if options.reason is not None and submission.reason:
        raise NohinError(f"この提出には、すでに理由が書かれています（{submission.source}）")
    return {field: date, **({"reason": options.reason} if options.reason else {})}


ACCEPT = Command("accept", "検収を受けたことを記録する。", _accept_arguments, _decide("accepted", "検収"))
RETURN = Command(
    "return", "差戻しを受けたことを、理由とともに記録する。", _return_arguments, _decide("returned", "差戻し")
)
