"""contract.yml: the bones of a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.approvals import ApprovalBoxes
from generator.model.base import Period, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption(Record):
    """Something the specification does not state and the data had to assume."""

    field: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement(Record):
    """読み替え: a word of the terms that stands for another in this contract."""

    word: str
    reads: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedTerms(Record):
    """Terms that belong to a contract, under the label the specification gives them."""

    terms: str
    label: str
    replacements: tuple[Replacement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours(Record):
    """From and to, as `8:40`; days closed by the calendar of the work are excluded when it says so."""

    start: str
    end: str
    open_days_only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence(Record):
    """What the specification says of a level that is missed: a reduction, a plan to hand over."""

    text: str
    below: str | None = None
    """A decimal number, as is the next: only for figures on the far side of it."""
    above: str | None = None
    months: int | None = None
    """Only from so many months in a row on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel(Record):
    """サービスレベル: a figure the specification states."""

    id: str
    title: str
    target: str
    clause: str | None = None
    measures: str | None = None
    """Which time is held against it; None for that from the contact to the start of work."""
    where: Mapping[str, str | Sequence[str]] | None = None
    """The values of a record that it is for; None for every record."""
    start: dt.date | None = None
    """From when it is asked; None from the contract's first day."""
    hours: Hours | None = None
    """When somebody can be reached; None round the clock."""
    within_hours: int | None = None
    within_minutes: int | None = None
    clock: str | None = None
    unit: str | None = None
    at_least: str | None = None
    """A decimal number, as is the next: what the figure of each month may not fall short of, or exceed."""
    at_most: str | None = None
    if_missed: tuple[Consequence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibleDepartment(Record):
    """担当部課 with its part in the contract."""

    role: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place of work or delivery."""

    use: str
    address: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable(Record):
    """Clauses that do not apply to this contract, and why."""

    clauses: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingRule(Record):
    """What the specification asks of a role and of whoever holds it."""

    role: str
    clause: str
    start: dt.date | None = None
    """From when it is asked; None from the contract's first day."""
    at_least: int | None = None
    separate_from: str | None = None
    deputy_needs_consent: bool = False
    pledge: bool = False
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredCertification(Record):
    """Certifications of which the vendor has to hold one for the whole period."""

    any_of: tuple[str, ...]
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcontracting(Record):
    """再委託: whether it is allowed, and what an application has to say."""

    policy: str
    clauses: tuple[str, ...]
    whole: bool = False
    items: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDuty(Record):
    """How often the specification asks for backups, and for how many days each has to be kept."""

    each: str
    keep_days: int
    automatic: bool = False
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractHead(Record):
    """contract.yml."""

    title: str
    sample: bool = False
    number: str | None = None
    period: Period
    signed: dt.date | None = None
    authority: str
    vendor: str
    calendar: str | None = None
    """By which of the authority's calendars the work is done; None by the authority's own."""
    departments: tuple[ResponsibleDepartment, ...] = ()
    subject: str | None = None
    places: tuple[Place, ...] = ()
    terms: tuple[AttachedTerms, ...] = ()
    service_levels: tuple[ServiceLevel, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    stamp: bool = False
    not_applicable: tuple[NotApplicable, ...] = ()
    staffing: tuple[StaffingRule, ...] = ()
    certifications: tuple[RequiredCertification, ...] = ()
    subcontracting: Subcontracting | None = None
    approvals: ApprovalBoxes | None = None
    backup: BackupDuty | None = None
