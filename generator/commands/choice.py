"""Which documents `nohin submit` hands over, and why some of them may not be: they are not made yet, or not approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.commands import items
from generator.model import Contract, Submission
from generator.problems import NohinError
from generator.rules import states
from generator.rules.labels import ORAL

if TYPE_CHECKING:
    from generator.documents.kinds import Kind
    from generator.documents.render import Body
    from generator.rules.dueitem import DueItem


def chosen(submission: Submission, made: Sequence[Body], asked: Collection[str]) -> list[Body]:
    """The documents of a submission, of those that were made; NohinError where one that was asked for is not there."""
    own = [body for body in made if any(states.belongs(submission, item) for item in body.items)]
    if submission.person is not None:
        own = _persons(own, submission.person)
    known = [body.document.id for body in own]
    if missing := sorted({*asked} - {*known}):
        raise NohinError(
            f"この期限の文書に「{'、'.join(missing)}」はありません。あるのは: {'、'.join(known) or 'なし'}"
        )
    found = [body for body in own if not asked or body.document.id in asked]
    if submission.person is None:
        _refuse_some_people(found, own)
    return found


def _persons(own: Sequence[Body], person: str) -> list[Body]:
    found = [body for body in own if body.document.person and body.document.person.id == person]
    if own and not found:
        people = [body.document.person.id for body in own if body.document.person]
        why = (
            f"「{person}」のものはありません。あるのは: {'、'.join(people)}"
            if people
            else "人ごとに作るものはありません"
        )
        raise NohinError(f"この期限の文書に、{why}")
    return found


def _refuse_some_people(found: Sequence[Body], own: Sequence[Body]) -> None:
    """What is handed over of some people only has to say of whom: otherwise it would count for all."""
    people = [body.document.person.id for body in found if body.document.person]
    if people and len(people) < sum(body.document.person is not None for body in own):
        raise NohinError(f"人ごとの文書の一部です。一人ずつ --person で提出してください（{'、'.join(people)}）")


def refuse_missing(
    contract: Contract, item: DueItem, kinds: Mapping[str, Kind], day: dt.date, made: Sequence[Body]
) -> None:
    """NohinError where a document is asked for and there is none yet; what is told, or made elsewhere, goes without."""
    from generator.documents.lacking import reason
    from generator.documents.plan import kinds_of

    deliverable = next((one for one in contract.deliverables if one.no == item.deliverable), None)
    asked = kinds_of(deliverable, kinds) if deliverable else []
    if asked and item.medium != ORAL:
        titles = "・".join(kind.title for kind in asked)
        what = f"{items.named(item)} の文書（{titles}）は、提出日 {day.isoformat()} の時点ではまだ作られません"
        why = reason(contract, item, asked, day, [body.document for body in made])
        raise NohinError(f"{what}。{why}")


def refuse_unapproved(bodies: Sequence[Body]) -> None:
    """NohinError where the contract asks for approvals that are not there, or hold no longer."""
    from generator.documents.release import unapproved

    found = [problem for body in bodies for problem in unapproved(body)]
    if found:
        listed = "\n".join(f"  {problem.code} {problem.message}。{problem.hint}" for problem in found)
        raise NohinError(f"承認がそろっていないため提出できません\n{listed}")
