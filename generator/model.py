"""The nouns of a contract, as frozen records.

Every record carries the place it was written at (`source`), to the last stage. Records are made by
`intake.records` from data that a schema has accepted; the names of the fields are the keys of the YAML files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Places, Source

NOWHERE = Source("", 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has."""

    source: Source = field(default=NOWHERE, compare=False)
    locator: Places | None = field(default=None, compare=False, repr=False)

    def place(self, *path: str | int) -> Source:
        """Where a value inside the record was written: `place("clauses", 0)`; the record's own place if unknown."""
        return self.locator.source_of(path) if self.locator else self.source


# --- the authority and its calendar -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDays(Record):
    """One rule of a calendar: weekdays, the holidays by law, a yearly range, or a single day."""

    weekdays: tuple[str, ...] = ()
    holidays: str | None = None
    start: str | None = None
    end: str | None = None
    date: dt.date | None = None
    name: str | None = None
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDay(Record):
    """A day that is open although a rule of the calendar closes it."""

    date: dt.date
    name: str | None = None
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar(Record):
    """The closed days (閉庁日) of an authority."""

    closed: tuple[ClosedDays, ...] = ()
    opened: tuple[OpenedDay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Record):
    """A department of the authority."""

    id: str
    name: str
    address: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Record):
    """発注者."""

    id: str
    name: str
    addressee: str
    departments: tuple[Department, ...] = ()
    calendar: Calendar = Calendar()


# --- the vendor -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Certification(Record):
    """A certification of the vendor, such as ISMS, with its expiry."""

    name: str
    number: str | None = None
    start: dt.date | None = None
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative(Record):
    """Who signs for the vendor."""

    title: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor(Record):
    """受注者."""

    id: str
    name: str
    sample: bool = False
    postal_code: str | None = None
    address: str | None = None
    phone: str | None = None
    representative: Representative | None = None
    certifications: tuple[Certification, ...] = ()


# --- clauses and terms --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """What answers a clause: exactly one of the fields is given."""

    deliverable: str | None = None
    record: str | None = None
    check: str | None = None
    task: str | None = None
    role: str | None = None
    section: str | None = None
    statement: str | None = None

    @property
    def kind(self) -> str:
        """Which of the fields is given."""
        return next(name for name in ANSWER_KINDS if getattr(self, name) is not None)

    @property
    def target(self) -> str:
        """What the given field says."""
        return str(getattr(self, self.kind))


ANSWER_KINDS = ("deliverable", "record", "check", "task", "role", "section", "statement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Record):
    """条項: one numbered unit of a specification or of terms, said in our own words."""

    id: str
    printed: str | None = None
    heading: str
    text: str
    obligor: str
    kind: str
    trigger: str | None = None
    time_limit: str | None = None
    condition: str | None = None
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckItem(Record):
    """確認項目: a question whose yes means compliance."""

    id: str
    category: str
    text: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Record):
    """特記事項・約款: a clause set that contracts share."""

    id: str
    title: str
    issuer: str
    edition: str | None = None
    date: dt.date | None = None
    provenance: str | None = None
    clauses: tuple[Clause, ...] = ()
    check_items: tuple[CheckItem, ...] = ()


# --- the contract ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Record):
    """First and last day, both counted."""

    start: dt.date
    end: dt.date


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


# --- deliverables and their deadlines ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Record):
    """A way a deadline phrase could be read that was not taken, with the date it would give."""

    reading: str
    on: str | None = None
    within: str | None = None
    first_day: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPeriod(Record):
    """The period that closes a fiscal year (or the contract) has a date of its own."""

    of: str
    on: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplicitPeriod(Record):
    """A period written out, with its own date where the specification prints one."""

    start: dt.date
    end: dt.date
    on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule(Record):
    """One rule of a deadline cell. How often, then which day; see docs/deadlines.md."""

    each: str | None = None
    months: tuple[int, ...] = ()
    periods: tuple[ExplicitPeriod, ...] = ()
    event: str | None = None
    where: Mapping[str, str] | None = None
    if_any: str | None = None
    on: tuple[str, ...] = ()
    within: str | None = None
    undated: str | None = None
    target: str | None = None
    last: LastPeriod | None = None
    first_day: str | None = None
    roll: str | None = None
    scope: str | None = None
    media: tuple[str, ...] = ()
    condition: str | None = None
    provisional: bool = False
    reading: str | None = None
    others: tuple[Reading, ...] = ()
    phrase: str | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Record):
    """A deadline cell that several rows of the list share."""

    id: str
    phrase: str
    due: tuple[DueRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium(Record):
    """A medium of delivery: data or paper, copies and form."""

    medium: str
    copies: int | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverable(Record):
    """納品物件, or a dated duty that stands outside the list (`listed: false`)."""

    no: str
    title: str
    listed: bool = True
    obligor: str = "vendor"
    cell: str | None = None
    phrase: str | None = None
    due: tuple[DueRule, ...] = ()
    condition: str | None = None
    media: tuple[Medium, ...] = ()
    contents: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    note: str | None = None
    stamp: bool | None = None


# --- people and the support structure -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """従事者, or a contact on the authority's side."""

    id: str
    name: str
    organisation: str | None = None
    department: str | None = None
    title: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Record):
    """A role of the support structure."""

    id: str
    title: str
    side: str
    duty: str | None = None
    organisation: str | None = None
    phone: str | None = None
    hours: str | None = None
    outside_hours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment(Record):
    """A person in a role, from a day, to a day."""

    person: str
    role: str
    start: dt.date
    end: dt.date | None = None
    deputy: bool = False
    consented: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine(Record):
    """An arrow of the support structure: who calls whom, in which order."""

    start: str
    end: str
    order: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge(Record):
    """誓約書 taken from a person."""

    person: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Training(Record):
    """教育・訓練 a person took part in."""

    person: str
    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Record):
    """staff.yml."""

    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    contact_lines: tuple[ContactLine, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    training: tuple[Training, ...] = ()
    first_response: str | None = None


# --- plan, checklist, submissions, records --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Record):
    """作業 of the year: how often, in which months, by whom."""

    id: str
    title: str
    category: str | None = None
    each: str | None = None
    months: tuple[int, ...] = ()
    dates: tuple[dt.date, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    done: tuple[dt.date, ...] = ()
    role: str | None = None
    count: str | None = None
    clauses: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer(Record):
    """The answer to one check item; a blank stays blank."""

    item: str
    answer: str | None = None
    measure: str | None = None
    evidence: str | None = None
    reason: str | None = None
    date: dt.date | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Record):
    """checklist.yml."""

    period: Period | None = None
    officer: str | None = None
    answers: tuple[CheckAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Record):
    """提出 of one due item, and what the authority said of it."""

    deliverable: str
    due: dt.date | None = None
    scope: str | None = None
    medium: str | None = None
    event: str | None = None
    date: dt.date
    accepted: dt.date | None = None
    returned: dt.date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Record):
    """A record of something that happened: one file under records/<kind>/."""

    kind: str
    id: str
    values: Mapping[str, Any]


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
    staff: Staff = Staff()
    tasks: tuple[Task, ...] = ()
    checklist: Checklist = Checklist()
    submissions: tuple[Submission, ...] = ()
    entries: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()

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
