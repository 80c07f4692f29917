"""承認の効力: whether an approval still holds for what the document says.

An approval is bound to what the document said on the day it was given. It ends when that is no longer what the data
say of that day, and when facts of later days come into the document: they have been approved by nobody. That time goes
by, that a letter is dated or handed over, and how a document looks, ends no approval.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.documents.asof import seen
from generator.documents.canonical import Content, content
from generator.documents.chain import submissions_of
from generator.documents.kinds import Kind
from generator.documents.plan import Document, plan
from generator.documents.render import Body, Sandbox, body
from generator.documents.views import departments
from generator.history.revisions import Revisions
from generator.model import Approval, Contract
from generator.problems import Problem
from generator.rules import approvals as given
from generator.rules.deadlines import due_items
from generator.rules.dueitem import DueItem

VALID, STALE, GONE = "有効", "失効", "文書なし"
STATES = {
    VALID: "認めた内容のままである。",
    STALE: "認めた後に本文が変わった。",
    GONE: "認めた文書がもうない。",
}
"""Every state with what it means."""

HEAD, OPENING = "件名・宛先・差出人", "本文の初め"
"""What the parts of a document without a heading are called."""


@dataclass(frozen=True)
class Standing:
    """An approval and whether it holds."""

    approval: Approval
    state: str
    chapters: tuple[str, ...] = ()
    """The chapters that say something else now."""
    later: bool = False
    """Whether all that is new are facts of later days."""
    changes: tuple[str, ...] = ()
    """What changed in its data, in sentences; empty where git does not tell."""

    @property
    def reason(self) -> str:
        """Why it does not hold, in a sentence; empty where it does."""
        if self.state == VALID:
            return ""
        if self.state == GONE:
            return "この文書は、今のデータからは作られません"
        what = "承認の後の事実が本文に加わりました" if self.later else "承認の後に本文が変わりました"
        return what + (f"（{'、'.join(self.chapters)}）" if self.chapters else "")


@dataclass(frozen=True)
class Box:
    """One box of a document: 作成, 確認 or 承認."""

    role: str
    title: str
    standing: Standing | None = None
    """Of the last time it was done; None where it never was."""
    name: str = ""
    """Whoever did it."""
    posts: tuple[str, ...] = ()
    """The roles that person held then."""

    @property
    def holds(self) -> bool:
        """Whether it was done and still holds: only then is the box filled in."""
        return self.standing is not None and self.standing.state == VALID


@dataclass(frozen=True)
class Sheet:
    """The approvals of a document."""

    boxes: tuple[Box, ...] = ()
    """As the contract wants them on paper; none where it does not."""
    lines: tuple[Box, ...] = ()
    """The boxes, and what was done beside them."""


Changes = Callable[[Document, Approval], Sequence[str]]
"""What changed in a document's data since it was approved, in sentences."""


@dataclass
class Desk:
    """Where a contract's documents are laid open as they were on a day, and the problems met in doing so."""

    env: Sandbox
    kinds: Mapping[str, Kind]
    contract: Contract
    changes: Changes | None = None
    problems: list[Problem] = field(default_factory=list)
    _planned: dict[tuple[dt.date, dt.date], tuple[dict[str, Document], Sequence[DueItem]]] = field(default_factory=dict)
    _said: dict[tuple[str, dt.date, dt.date], Content | None] = field(default_factory=dict)

    def plan(self, day: dt.date, known: dt.date | None = None) -> tuple[dict[str, Document], Sequence[DueItem]]:
        """The documents of a day, made from what was known by then or by an earlier day, and the due items."""
        key = (day, known or day)
        if key not in self._planned:
            items = due_items(self.contract, day)
            documents = plan(seen(self.contract, key[1]), self.kinds, items, day)
            self._planned[key] = ({document.id: document for document in documents}, items)
        return self._planned[key]

    def content(self, name: str, day: dt.date, known: dt.date | None = None) -> Content | None:
        """What a document says on a day; None where there is none, or its template is wrong."""
        key = (name, day, known or day)
        if key not in self._said:
            documents, items = self.plan(day, known)
            document = documents.get(name)
            self._said[key] = self._content(document, items, day) if document else None
        return self._said[key]

    def _content(self, document: Document, items: Sequence[DueItem], day: dt.date) -> Content | None:
        """Without its own submissions, which date it, and without its editions, which are told beside it."""
        own = submissions_of(document, items, dt.date.max)
        others = tuple(s for s in document.contract.submissions if s not in own)
        unsent = replace(document, contract=replace(document.contract, submissions=others))
        made, problems = body(self.env, unsent, Revisions(()), items, day)
        self.problems += problems
        return content(made.html, tuple(_head(document)), HEAD, OPENING) if made else None

    def standing(self, approval: Approval, day: dt.date) -> Standing:
        """Whether an approval holds for the document as it speaks on a day."""
        state, chapters, later = self._state(approval, day)
        return Standing(approval, state, chapters, later, self._told(approval, day) if state == STALE else ())

    def _told(self, approval: Approval, day: dt.date) -> tuple[str, ...]:
        document = self.plan(day)[0].get(approval.document)
        return tuple(self.changes(document, approval)) if self.changes and document else ()

    def _state(self, approval: Approval, day: dt.date) -> tuple[str, tuple[str, ...], bool]:
        name, then = approval.document, approval.at.date()
        said = self.content(name, then)
        if said is None:
            return (STALE if name in self.plan(day)[0] else GONE), (), False
        if said.digest != approval.content:
            return STALE, said.unlike(approval.chapters.split()) if approval.chapters else (), False
        if day <= then:
            return VALID, (), False
        now, known = self.content(name, day), self.content(name, day, then)
        if now is None or known is None or now.digest == known.digest:
            return VALID, (), False
        return STALE, now.unlike(known.fingerprints) or known.unlike(now.fingerprints), True


def _head(document: Document) -> Iterator[str]:
    """What stands at the head of the sheet, above the body: it is approved as well."""
    contract = document.contract
    head, vendor = contract.head, contract.vendor
    to = (document.deliverable.addressee if document.deliverable else None) or contract.authority.addressee
    yield from (document.listed_title, document.title, to)
    if document.kind.sender == "vendor":
        yield from (vendor.address or "", vendor.name)
        yield from (vendor.representative.title, vendor.representative.name) if vendor.representative else ()
    if document.kind.form != "letter":
        yield from (head.title, head.number or "", str(head.period.start), str(head.period.end), str(head.signed or ""))
        yield from (f"{name} {roles}" for roles, name in departments(contract))


def sheet(desk: Desk, made: Body, as_of: dt.date) -> Sheet:
    """The approvals of a document that is shown on a day; what was given later has not happened yet."""
    document = made.document
    contract = document.contract
    day = spoken_on(made.document, made.date, as_of)
    last = given.latest(contract, document.id, as_of)
    wanted = given.boxes(contract, document.kind.id, [d.no for d in document.deliverables])
    lines = {role: _box(contract, role, last, desk, day) for role in given.ROLES if role in last or role in wanted}
    return Sheet(tuple(lines[role] for role in wanted), tuple(lines.values()))


def _box(contract: Contract, role: str, last: Mapping[str, Approval], desk: Desk, day: dt.date) -> Box:
    title, approval = given.ROLES[role], last.get(role)
    if approval is None:
        return Box(role, title)
    posts = given.posts(desk.contract, approval.person, approval.at.date())
    return Box(role, title, desk.standing(approval, day), given.name_of(contract, approval.person), posts)


def spoken_on(document: Document, date: dt.date | None, as_of: dt.date) -> dt.date:
    """The day a document speaks of when it is looked at: a letter that bears a date, of that date."""
    return date if date and document.kind.form == "letter" else as_of


def documents_of(approvals: Iterable[Approval]) -> list[str]:
    """The documents that anything was done with, each once, in order."""
    return list(dict.fromkeys(approval.document for approval in approvals))
