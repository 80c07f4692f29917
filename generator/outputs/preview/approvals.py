"""Approvals that a change ends, and those that hold again by it: judged as `nohin check --release` judges them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.documents import release
from generator.documents.approvals import Desk
from generator.intake.eras import wareki
from generator.intake.redaction import Redaction
from generator.model import Approval
from generator.problems import Source
from generator.rules import approvals as given

ENDED, AGAIN = "ended", "again"


@dataclass(frozen=True)
class ApprovalChange:
    """An approval that holds no longer, or again."""

    what: str
    document: str
    role: str
    at: dt.datetime
    said: str
    """What is wrong, in a sentence; empty where it holds again."""
    document_title: str = ""

    @property
    def title(self) -> str:
        """What was done: 承認."""
        return given.ROLES[self.role]

    def published(self, redaction: Redaction) -> ApprovalChange:
        """The same as everybody may read it."""
        return replace(self, said=redaction.text(self.said))


@dataclass(frozen=True)
class ApprovalGroup:
    """What becomes of a document's approvals for one and the same reason."""

    changes: tuple[ApprovalChange, ...]

    @property
    def what(self) -> str:
        """Whether they hold no longer, or again."""
        return self.changes[0].what

    @property
    def said(self) -> str:
        """All of them in a sentence: `「障害報告書」の作成・確認・承認（令和8年5月1日）は失効しています。…`."""
        first = self.changes[0]
        titles, days = ("・".join(dict.fromkeys(told)) for told in zip(*map(_named, self.changes), strict=True))
        if not first.said:
            return f"「{first.document_title}」の{titles}（{days}）は再び有効になります。"
        return first.said.replace(_which(first), f"の{titles}（{days}）", 1)


def grouped(changes: Iterable[ApprovalChange]) -> list[ApprovalGroup]:
    """The approvals by document and by what is wrong, in order of their first."""
    groups: dict[tuple[str, ...], list[ApprovalChange]] = {}
    for one in changes:
        groups.setdefault((one.what, one.document, one.said.replace(_which(one), "", 1)), []).append(one)
    return [ApprovalGroup(tuple(found)) for found in groups.values()]


def _named(one: ApprovalChange) -> tuple[str, str]:
    """What was done, and when."""
    return one.title, wareki(one.at.date())


def _which(one: ApprovalChange) -> str:
    """How the check names an approval, behind its document."""
    title, day = _named(one)
    return f"の{title}（{day}）"


def approval_changes(before: Desk | None, after: Desk | None, as_of: dt.date) -> list[ApprovalChange]:
    """The approvals of a contract, given on both sides, of which one side holds and the other does not."""
    if before is None or after is None:
        return []
    old, new = (_ended(desk, as_of) for desk in (before, after))
    return [
        ApprovalChange(ENDED if one in new else AGAIN, one.document, one.role, one.at, new.get(one, ""))
        for one in after.contract.approvals
        if one in before.contract.approvals and (one in old) != (one in new) and _counts(one, after, as_of)
    ]


def _counts(approval: Approval, desk: Desk, as_of: dt.date) -> bool:
    """Whether it is the last of its kind: what was approved again is told as such."""
    return given.latest(desk.contract, approval.document, as_of).get(approval.role) == approval


def _ended(desk: Desk, as_of: dt.date) -> dict[Approval, str]:
    """The approvals that do not hold on a day, each with what is wrong."""
    if not desk.contract.approvals:
        return {}
    found = {one.source: one for one in release.check(desk, as_of, lambda _: None) if one.code in _ENDINGS}
    places = ((approval, place) for approval in desk.contract.approvals for place in _places(approval))
    return {approval: found[place].message for approval, place in places if place in found}


def _places(approval: Approval) -> tuple[Source, Source]:
    """Where the check says that an approval is stale, and where that its document is gone."""
    return approval.place("content"), approval.place("document")


_ENDINGS = ("APR003", "APR004")
