"""提出: the due item that is handed over, the entry and the tag that record it, and whether the two still agree.

The annotated tag carries the entry as it was written. The file can be edited afterwards; the tag says what it said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.intake.eras import NotADate, parse_date
from generator.intake.listtext import item_text
from generator.intake.records import make
from generator.intake.repository import Tag
from generator.intake.schema import load_schemas, validate
from generator.intake.yamltext import parse
from generator.model import Contract, Submission, SubmittedFile
from generator.rules import states
from generator.rules.dueitem import DueItem

TAGS = "submitted"
"""What the names of the tags begin with."""

KEY = "submissions"
"""The list in submissions.yml, and the name of its schema."""

LATER = ("accepted", "returned", "reason", "note")
"""What may come to an entry after it was written."""

WHAT = ("deliverable", "due", "undated", "period", "event", "scope", "medium", "person", "date", "time")
"""What a submission was for, and its day."""

DONE = (states.SUBMITTED, states.SUBMITTED_LATE, states.ACCEPTED)


@dataclass(frozen=True)
class Wanted:
    """Which due item is meant; what is None does not narrow."""

    deliverable: str
    due: dt.date | None = None
    undated: bool = False
    """Only what has no date."""
    event: str | None = None
    period: dt.date | None = None
    """The first day of the period."""
    scope: str | None = None
    medium: str | None = None
    person: str | None = None
    """Of what is handed over for each person, whose; items are for all of them."""

    def means(self, item: DueItem) -> bool:
        """Whether an item is among those that are meant."""
        if self.undated and item.due is not None:
            return False
        start = item.period.start if item.period else None
        has = (item.deliverable, item.due, str(item.event or ""), start, item.scope, item.medium)
        asked = (self.deliverable, self.due, self.event, self.period, self.scope, self.medium)
        return all(wish in (None, value) for wish, value in zip(asked, has, strict=True))


def meant(items: Iterable[DueItem], wanted: Wanted) -> list[DueItem]:
    """The items that are meant: where several are, those that are still open."""
    found = [item for item in items if wanted.means(item)]
    return found if len(found) < 2 else [item for item in found if is_open(item)] or found


def is_open(item: DueItem) -> bool:
    """Whether an item is still to be handed over, or again."""
    return item.state not in (*DONE, states.OUT_OF_SCOPE)


def of_item(item: DueItem, items: Collection[DueItem], date: dt.date) -> Submission:
    """The submission of an item: it names what tells the item from the others, and no more than that takes."""
    one = Submission(deliverable=item.deliverable, date=date, scope=item.scope, medium=item.medium)
    event, start = str(item.event) if item.event else None, item.period.start if item.period else None
    narrower = [
        replace(one, event=event, due=None if event else item.due),
        replace(one, event=event, due=item.due),
        replace(one, event=event, due=item.due, period=start),
    ]
    narrower += [replace(one, event=event, period=start, undated=True)] if item.due is None else []
    return next((s for s in narrower if [i for i in items if states.belongs(s, i)] == [item]), narrower[-1])


def made_of(item: DueItem, submissions: Iterable[Submission], person: str | None = None) -> list[Submission]:
    """What was handed over of an item, of one person where one is named, in the order of date and of the file."""
    mine = (s for s in submissions if states.belongs(s, item) and (person is None or states.counts_for(s, person)))
    return sorted(mine, key=lambda s: s.date)


def tag_of(contract: str, submission: Submission, taken: Collection[str]) -> Tag:
    """The tag for a submission, numbered where its name is taken."""
    day = submission.due or submission.period
    what = "-".join(
        filter(None, (submission.event or str(day or ""), submission.scope, submission.medium, submission.person))
    )
    name = "/".join((TAGS, _plain(contract), _plain(submission.deliverable.replace("/", "_"))))
    numbered = (f"{name}/{_plain(what)}-{n}" if what else f"{name}/{n}" for n in range(2 if what else 1, 10_000))
    names = (*([f"{name}/{_plain(what)}"] if what else ()), *numbered)
    free = next(name for name in names if name not in taken)
    head = f"{contract} No.{submission.deliverable} {what} 提出 {submission.date.isoformat()}"
    return Tag(free, submission.commit or "", f"{head}{_BLANK}{item_text(fields(submission))}")


def _plain(text: str) -> str:
    """A text as a part of a git name (git-check-ref-format)."""
    text = re.sub(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.+|@\{|//+", "_", text)
    return re.sub(r"(^|/)\.|\.(?=/|$)|\.lock(?=/|$)", "_", text).strip("/") or "_"


def fields(submission: Submission) -> dict[str, Any]:
    """What is written of a submission, in the order of the schema."""
    values: dict[str, Any] = {name: getattr(submission, name) for name in keys()}
    inner = _keys((KEY, 0, "files", 0))
    values["files"] = [{name: getattr(file, name) for name in inner} for file in submission.files]
    return {name: value for name, value in values.items() if value not in (None, [], False)}


def keys() -> list[str]:
    """The fields of an entry, in the order of the schema."""
    return _keys((KEY, 0))


def _keys(path: tuple[str | int, ...]) -> list[str]:
    return load_schemas().by_kind[KEY].keys_at(path)


@dataclass(frozen=True)
class Recorded:
    """A submission with its PDFs, and the tag that was made with it."""

    contract: str
    """The contract's id of today."""
    submission: Submission
    sealed: Submission | None = None
    """What the tag says; None where this clone has no such tag."""
    tag: str | None = None
    gone: bool = False
    """Whether it is in no file any more: only the tag knows it."""

    @property
    def first(self) -> Submission:
        """The entry as it was first written, as far as is known."""
        return self.sealed or self.submission

    @property
    def changed(self) -> Mapping[str, tuple[object, object]]:
        """What of the entry was written otherwise since: title of the field, then and now."""
        then, now = fields(self.first), fields(self.submission)
        differ = (name for name in keys() if name not in LATER and then.get(name) != now.get(name))
        return {title(name): (then.get(name), now.get(name)) for name in differ}

    @property
    def files(self) -> tuple[SubmittedFile, ...]:
        """The PDFs."""
        return self.first.files


def title(name: str) -> str:
    """What a field of an entry is called."""
    return str(load_schemas().by_kind[KEY].rule_at((KEY, 0, name))["meta"]["title"])


def recorded(contracts: Iterable[Contract], tags: Iterable[Tag]) -> list[Recorded]:
    """Every submission with PDFs, each with its tag; those only tags know of come last."""
    sealed = {tag.name: entry for tag in tags if (entry := _entry_of(tag)) is not None}
    found = [Recorded(contract.id, s) for contract in contracts for s in contract.submissions if s.files]
    for told_apart_by in (what_of, _proof):  # two deliverables may be served by one paper: exact matches go first
        for place, one in enumerate(found):
            wanted = (_proof(one.submission), told_apart_by(one.submission))
            name = next((n for n, e in sealed.items() if (_proof(e), told_apart_by(e)) == wanted), None)
            if one.tag is None and name is not None:
                found[place] = replace(one, sealed=sealed.pop(name), tag=name)
    return found + [Recorded(name.split("/")[1], entry, entry, name, gone=True) for name, entry in sealed.items()]


def _entry_of(tag: Tag) -> Submission | None:
    """The entry a tag carries; None where it carries none that names PDFs."""
    parsed = parse(f"{KEY}:\n{tag.message.partition(_BLANK)[2]}".encode(), tag.name)
    if parsed.problems:
        return None
    value, problems, _ = validate(load_schemas().by_kind[KEY], parsed.value, parsed.spot, tag.name)
    if problems or len(value[KEY]) != 1 or not value[KEY][0].get("files"):
        return None
    return make(Submission, value[KEY][0], parsed.spot.at((KEY, 0)), tag.name)


_BLANK = "\n\n"


def _proof(submission: Submission) -> tuple[object, ...]:
    return (submission.commit, sorted(file.sha256 for file in submission.files))


def what_of(submission: Submission) -> tuple[object, ...]:
    """What a submission was for, and its day."""
    return tuple(getattr(submission, name) for name in WHAT)


def as_made(submission: Submission) -> Submission:
    """What a document knew of its own submission when it was made: for what it is, and on which day."""
    return Submission(**{name: getattr(submission, name) for name in WHAT})


def named(asked: str, contract: str, submission: Submission) -> bool:
    """Whether `4@2026-05-10` means a submission: its number, and its due date, record or first day of its period.

    The contract may stand before it: `ichikawa-groupware/3@incidents/2026-001`.
    """
    what, _, which = asked.partition("@")
    if what not in (submission.deliverable, f"{contract}/{submission.deliverable}"):
        return False
    try:
        day = parse_date(which)
    except NotADate:
        day = None
    days = (submission.due, submission.period)
    return which in ("", submission.event) or (day is not None and day in days)


def about(all_of: Sequence[Recorded], asked: str) -> list[Recorded]:
    """The submissions that are meant, by what they were for or by their tag."""
    return [one for one in all_of if asked == one.tag or named(asked, one.contract, one.submission)]
