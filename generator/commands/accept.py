"""`nohin accept` and `nohin return`: what the authority said of a submission."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from generator.commands import items
from generator.commands.common import Command, contracts, day, project, tell, told
from generator.model import Contract, Submission
from generator.problems import NohinError


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
        from generator.checking import check
        from generator.outputs.handover import SubmissionFile

        place = project(options)
        checked = check(place)
        (contract,) = contracts(options, checked)
        if told(checked.problems):
            tell("誤りを直してから記録してください")
            return 1
        submission, name = _undecided(options, contract)
        file = SubmissionFile(place, contract.id)
        file.decide(submission, _decision(options, field, submission))
        date = (options.date or options.as_of).isoformat()
        print(f"{contract.id} {name} 提出 {submission.date.isoformat()}　{word} {date}")
        tell(f"次に: {file.path} をコミットしてください")
        return 0

    return run


def _undecided(options: argparse.Namespace, contract: Contract) -> tuple[Submission, str]:
    """The last submission of the item that is meant, with the item's name; NohinError where it has been decided on."""
    from generator.history.submissions import made_of
    from generator.rules.deadlines import due_items

    which = items.wanted(options)
    due = due_items(contract, options.as_of)
    made = [(item, made_of(item, contract.submissions)) for item in due if which.means(item)]
    found = {last[-1].source: (last[-1], items.named(item)) for item, last in made if last}
    waiting = [(last, name) for last, name in found.values() if not (last.accepted or last.returned)]
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        listed = "\n".join(f"  {name} 提出 {last.date.isoformat()}" for last, name in waiting)
        raise NohinError(
            f"検収も差戻しも受けていない提出が {len(waiting)} 件あります。--due などで選んでください\n{listed}"
        )
    if not found:
        raise NohinError(f"No.{which.deliverable} の{'その期限の' if made else ''}提出の記録がありません")
    last, name = list(found.values())[-1]
    what = "検収" if last.accepted else "差戻し"
    raise NohinError(f"{name} は、すでに{what}（{last.accepted or last.returned}）を記録しています")


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
