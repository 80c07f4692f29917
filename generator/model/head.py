"""contract.yml: the bones of a contract."""

from __future__ import annotations

import datetime as dt
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
    """From and to, as `8:40`; days closed by the authority's calendar are excluded when it says so."""

    start: str
    end: str
    open_days_only: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel(Record):
    """サービスレベル: a figure the specification states."""

    id: str
    title: str
    target: str
    clause: str | None = None
    hours: Hours | None = None
    within_hours: int | None = None
    clock: str | None = None


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
