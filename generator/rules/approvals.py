"""承認の規則: which documents have boxes, which approvals count, and whether they may stand.

Pure and without rendering: whether an approval still holds for what a document says, `documents.approvals` tells.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from generator.intake import references
from generator.intake.eras import wareki
from generator.model import Approval, Contract
from generator.problems import Problem

PROBLEM_CODES = {
    "APR001": "体制に載っていない人の承認",
    "APR002": "作成した人による承認",
}

PREPARED, CHECKED, APPROVED = "prepared", "checked", "approved"
ROLES = {PREPARED: "作成", CHECKED: "確認", APPROVED: "承認"}
"""What a person can do with a document, in the order in which it is done; the same words as in the schema."""


def boxes(contract: Contract, kind: str, numbers: Collection[str]) -> tuple[str, ...]:
    """The boxes of a document of a kind that is made for deliverables of these numbers; none where none are wanted."""
    wanted = contract.head.approvals
    if wanted is None:
        return ()
    named = {kind, *numbers} & set(wanted.documents) if wanted.documents else numbers
    return tuple(role for role in ROLES if role in wanted.roles) if named else ()


def latest(contract: Contract, document: str, day: dt.date) -> dict[str, Approval]:
    """The last approval of a document in each role, of those that were given by a day."""
    given = [a for a in contract.approvals if a.document == document and a.at.date() <= day]
    last = {approval.role: approval for approval in sorted(given, key=lambda a: a.at)}
    return {role: last[role] for role in ROLES if role in last}


def posts(contract: Contract, person: str, day: dt.date) -> tuple[str, ...]:
    """The roles a person holds on a day, as they are called; none for somebody who is not appointed."""
    titles = {role.id: role.title for role in contract.staff.roles}
    mine = [a for a in contract.staff.appointments if a.person == person]
    held = [a for a in mine if a.start <= day <= (a.end or dt.date.max)]
    return tuple(titles.get(a.role, a.role) + ("（代理）" if a.deputy else "") for a in held)


def name_of(contract: Contract, person: str) -> str:
    """A person's name; the id where there is none."""
    return next((p.name for p in contract.staff.people if p.id == person), person)


def check(contract: Contract, kinds: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with approvals and boxes, without looking into the documents."""
    yield from _documents_exist(contract, kinds)
    people = {person.id for person in contract.staff.people}
    for index, approval in enumerate(contract.approvals):
        if approval.person not in people:
            yield references.unknown(approval.place("person"), "人", approval.person, people, "staff.yml の people")
        elif not posts(contract, approval.person, approval.at.date()):
            yield _not_appointed(contract, approval)
        preparer = prepared_by(contract.approvals, index)
        if preparer == approval.person and separated(contract):
            message = f"{name_of(contract, preparer)}は、自分が作成した「{approval.document}」を承認できません"
            yield Problem(approval.place("person"), "APR002", message, "別の人の承認を受けてください")


def separated(contract: Contract) -> bool:
    """Whether who prepares a document may not approve it."""
    return contract.head.approvals is not None and contract.head.approvals.separate


def prepared_by(approvals: Collection[Approval], index: int) -> str | None:
    """Who prepared what an approval approves: the last before it, else the first after; None for the other roles."""
    given = list(approvals)
    approval = given[index]
    if approval.role != APPROVED:
        return None
    made = [a for a in given if a.document == approval.document and a.role == PREPARED]
    ordered = sorted(made, key=lambda a: a.at)
    before = [a for a in ordered if a.at <= approval.at]
    return next((a.person for a in (*reversed(before), *ordered)), None)


def _documents_exist(contract: Contract, kinds: Iterable[str]) -> Iterator[Problem]:
    wanted = contract.head.approvals
    known = {*kinds, *(d.no for d in contract.deliverables)}
    for index, name in enumerate(wanted.documents if wanted else ()):
        if wanted and name not in known:
            place = wanted.place("documents", index)
            yield references.unknown(place, "文書の種類・納品物件", name, known, "deliverables.yml")


def _not_appointed(contract: Contract, approval: Approval) -> Problem:
    who, day = name_of(contract, approval.person), wareki(approval.at.date())
    message = f"{ROLES[approval.role]}をした{who}は、{day}の体制に載っていません"
    return Problem(approval.place("person"), "APR001", message, "staff.yml の appointments を確かめてください")
