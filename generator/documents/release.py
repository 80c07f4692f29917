"""出してよいか: approvals that no longer hold, and documents that lack one they should have by now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.documents.approvals import GONE, STALE, Desk, Standing, documents_of, spoken_on
from generator.documents.chain import date_of, items_of
from generator.documents.plan import Document
from generator.documents.render import Body
from generator.intake.eras import wareki
from generator.model import Approval, Contract
from generator.problems import Problem
from generator.rules import approvals as given
from generator.rules import states
from generator.rules.dueitem import DueItem

PROBLEM_CODES = {
    "APR003": "失効した承認",
    "APR004": "ない文書の承認",
    "APR005": "承認のない文書",
    "APR006": "認めた内容より前の日時の承認",
}

OPEN = (states.SOON, states.LATE, states.RETURNED)
"""States of a due item that has to be handed over now, or soon."""

MOST = 5
"""So many changes are named; the comparison table shows all."""

Committed = Callable[[str], dt.date | None]
"""The day on which a commit was made; None for one that is not in the history."""


def check(desk: Desk, as_of: dt.date, committed: Committed) -> Iterator[Problem]:
    """What of a contract may not be handed over as it is."""
    documents, items = desk.plan(as_of)
    for name in documents_of(desk.contract.approvals):
        document = documents.get(name)
        day = _day(document, items, as_of) if document else as_of
        for approval in given.latest(desk.contract, name, as_of).values():
            yield from _ended(desk.contract.id, desk.standing(approval, day), document)
    for document in documents.values():
        yield from _lacking(desk.contract, document, items_of(document, items), as_of)
    yield from _too_early(desk.contract, committed)


def _day(document: Document, items: Sequence[DueItem], as_of: dt.date) -> dt.date:
    """The day whose content counts: of what was handed over and need not be again, that of its last handing over."""
    served = items_of(document, items)
    made = [item.submitted for item in served if item.submitted]
    settled = made and not any(item.state in OPEN for item in served)
    date = date_of(document, items, as_of)
    return spoken_on(document, date, max(made) if settled else as_of)


def _ended(contract: str, standing: Standing, document: Document | None) -> Iterator[Problem]:
    approval = standing.approval
    title = f"「{document.title if document else approval.document}」の{given.ROLES[approval.role]}"
    who = f"（{wareki(approval.at.date())}）"
    if standing.state == GONE:
        message = f"{title}{who}の文書がありません"
        hint = "文書の id を確かめてください。やめた文書なら、この承認を消してください"
        yield Problem(approval.place("document"), "APR004", message, hint)
    elif standing.state == STALE:
        command = f"nohin approve {approval.document} --contract {contract} --role {approval.role}"
        hint = f"{_told(standing)}内容を確かめて、{command} で認め直してください"
        yield Problem(approval.place("content"), "APR003", f"{title}{who}は失効しています。{standing.reason}", hint)


def _told(standing: Standing) -> str:
    rest = len(standing.changes) - MOST
    return "".join(standing.changes[:MOST]) + (f"ほか{rest}件。" if rest > 0 else "")


def _lacking(contract: Contract, document: Document, served: Sequence[DueItem], as_of: dt.date) -> Iterator[Problem]:
    wanted = given.boxes(contract, document.kind.id, [d.no for d in document.deliverables])
    now = [item for item in served if item.submitted or item.state in OPEN]
    last: Mapping[str, Approval] = given.latest(contract, document.id, as_of) if wanted and now else {}
    roles = [given.ROLES[role] for role in wanted if role not in last]
    if now and roles:
        why = (
            f"{wareki(now[0].submitted)}提出" if now[0].submitted else f"期日{wareki(now[0].due)}" if now[0].due else ""
        )
        yield _without(document, roles, why)


def _without(document: Document, roles: Sequence[str], why: str = "") -> Problem:
    contract = document.contract
    message = f"「{document.title}」（{document.id}{f'、{why}' if why else ''}）に、{'・'.join(roles)}がありません"
    hint = f"nohin approve {document.id} --contract {contract.id} --role … で認めてください"
    return Problem(contract.head.place("approvals"), "APR005", message, hint)


def unapproved(made: Body) -> Iterator[Problem]:
    """What is missing in the boxes of a document that is to be handed over now, in the same words."""
    boxes, document = made.approvals.boxes if made.approvals else (), made.document
    for box in boxes:
        if box.standing is not None:
            yield from _ended(document.contract.id, box.standing, document)
    if roles := [box.title for box in boxes if box.standing is None]:
        yield _without(document, roles)


def _too_early(contract: Contract, committed: Committed) -> Iterator[Problem]:
    """Nothing can be approved before it was there: whoever writes an earlier moment is told so."""
    for approval in contract.approvals:
        made = committed(approval.commit) if approval.commit else None
        if made and approval.at.date() < made:
            message = f"承認の日時が、認めた内容のコミット（{wareki(made)}）より前です"
            yield Problem(approval.place("at"), "APR006", message, "日時とコミットを確かめてください", "warning")
