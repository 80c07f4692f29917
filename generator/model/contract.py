"""契約 with everything written about it, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.approvals import Approval
from generator.model.authority import Authority
from generator.model.base import Record
from generator.model.clauses import Clause, Terms
from generator.model.deliverables import Cell, Deliverable
from generator.model.design import Chapter, Effect, Sheet
from generator.model.head import ContractHead
from generator.model.staff import Staff
from generator.model.vendor import Vendor
from generator.model.work import Checklist, Entry, Submission, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """契約 with everything written about it."""

    id: str
    head: ContractHead
    authority: Authority
    vendor: Vendor
    terms: tuple[Terms, ...] = ()
    clauses: tuple[Clause, ...] = ()
    cells: tuple[Cell, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    staff: Staff = field(default_factory=Staff)
    tasks: tuple[Task, ...] = ()
    checklist: Checklist = field(default_factory=Checklist)
    submissions: tuple[Submission, ...] = ()
    approvals: tuple[Approval, ...] = ()
    entries: tuple[Entry, ...] = ()
    design: tuple[Sheet, ...] = ()
    manuals: tuple[Chapter, ...] = ()
    """The chapters of its manuals, in the order of each."""
    effects: Mapping[str, Effect] = field(default_factory=dict)
    """What each system change did to the design, by the id of its record; from history."""
    files: tuple[str, ...] = ()

    def terms_title(self, terms: Terms) -> str:
        """The label this contract gives attached terms, and their title where that says more."""
        label = next((attached.label for attached in self.head.terms if attached.terms == terms.id), terms.title)
        return terms.title if label == terms.title else f"{label}　{terms.title}"

    @property
    def sample(self) -> bool:
        """Whether the contract or its vendor is sample data."""
        return self.head.sample or self.vendor.sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio(Record):
    """Everything the data says."""

    authorities: Mapping[str, Authority] = field(default_factory=dict)
    vendors: Mapping[str, Vendor] = field(default_factory=dict)
    terms: Mapping[str, Terms] = field(default_factory=dict)
    contracts: Mapping[str, Contract] = field(default_factory=dict)
