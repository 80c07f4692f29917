"""The page 提出と検収: what was handed over, what the authority said of it, and what waits for an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.documents.chain import submissions_of
from generator.documents.plan import Document
from generator.model import Contract, Deliverable, Submission
from generator.outputs.shown import Shown, Site
from generator.outputs.site.statewords import HANDED_OVER, state_names, state_word
from generator.rules import fiscal, states
from generator.rules.approvals import name_of
from generator.rules.dueitem import DueItem

PAGE, TITLE = "submissions.md", "提出と検収"


@dataclass(frozen=True)
class Handed:
    """One submission with what it was for and what came of it."""

    submission: Submission
    deliverable: Deliverable | None
    items: tuple[DueItem, ...]
    """The due items it was made for."""
    documents: tuple[Document, ...]
    state: str
    """As a due item's, looking at this submission alone."""
    again: bool
    """Whether the same was handed over again later."""
    person: str = ""
    """Whose it is, where it is one person's."""

    @property
    def item(self) -> DueItem | None:
        """The first of its due items."""
        return self.items[0] if self.items else None

    @property
    def year(self) -> str:
        """The fiscal year in which it was handed over."""
        return fiscal.fiscal_year_name(fiscal.fiscal_year_of(self.submission.date))

    @property
    def by_vendor(self) -> bool:
        """Whether it is the vendor's; the authority's own duties are recorded in the same list."""
        return self.deliverable is None or self.deliverable.obligor == "vendor"

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come: of what was said aloud, or stands in no list and has no date, none is."""
        expected = self.submission.medium != "oral" and any(item.listed or item.due for item in self.items)
        return expected and self.by_vendor and not self.again and self.state in HANDED_OVER

    @property
    def word(self) -> str:
        """How it stands in words: `検収済（3日遅れて提出）`."""
        return state_word(self._judged, self.again) if self._judged else self.state

    @property
    def names(self) -> str:
        """The words by which a filter finds it."""
        return state_names(self._judged, self.again) if self._judged else self.state

    @property
    def _judged(self) -> DueItem | None:
        """Its due item, with this submission alone."""
        return replace(self.item, state=self.state, submitted=self.submission.date) if self.item else None

    @property
    def sent_back(self) -> bool:
        """Whether it was returned and has not been handed over again."""
        return self.state == states.RETURNED and not self.again


def handed_over(shown: Shown, as_of: dt.date) -> list[Handed]:
    """What was handed over by a day, the newest first."""
    contract = shown.contract
    documents = _documents(shown, as_of)
    titles = {deliverable.no: deliverable for deliverable in contract.deliverables}
    made = sorted((s for s in contract.submissions if s.date <= as_of), key=lambda s: s.date)
    found: list[Handed] = []
    for place, one in enumerate(made):
        items = tuple(item for item in shown.items if states.belongs(one, item))
        found.append(
            Handed(
                one,
                titles.get(one.deliverable),
                items,
                tuple(documents.get(one, ())),
                _state(one, items, as_of),
                any(_replaces(later, one, items) for later in made[place + 1 :]),
                name_of(contract, one.person) if one.person else "",
            )
        )
    return found[::-1]


def _documents(shown: Shown, as_of: dt.date) -> dict[Submission, list[Document]]:
    found: dict[Submission, list[Document]] = {}
    for body in shown.bodies:
        for made in submissions_of(body.document, body.items, as_of):
            found.setdefault(made, []).append(body.document)
    return found


def _state(made: Submission, items: Sequence[DueItem], as_of: dt.date) -> str:
    """What the rules say of the first of its items, as if nothing else had been handed over."""
    if items:
        return states.with_states(items[:1], [made], as_of)[0].state
    return states.ACCEPTED if made.accepted and made.accepted <= as_of else states.SUBMITTED


def _replaces(later: Submission, one: Submission, items: Sequence[DueItem]) -> bool:
    return bool(items) and later.person == one.person and all(states.belongs(later, item) for item in items)


def pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part."""
    found = handed_over(shown, site.as_of)
    yield (
        PAGE,
        site.page(
            "submissions.md.j2",
            TITLE,
            contract=shown.contract,
            handed=[one for one in found if one.by_vendor],
            done=[one for one in found if not one.by_vendor],
            waiting=[one for one in reversed(found) if one.waiting],
            returned=[one for one in reversed(found) if one.sent_back],
            duties=_of_the_authority(shown.contract),
            files=shown.files,
        ),
    )


def _of_the_authority(contract: Contract) -> list[Deliverable]:
    return [deliverable for deliverable in contract.deliverables if deliverable.obligor == "authority"]
