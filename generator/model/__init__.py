"""The nouns of a contract, as frozen records.

Every record carries the place it was written at (`source`), to the last stage. Records are made by
`intake.records` from data that a schema has accepted; the names of the fields are the keys of the YAML files.
This module only gathers the names of its rooms.
"""

from generator.model.approvals import Approval, ApprovalBoxes
from generator.model.authority import Authority, Calendar, ClosedDays, Department, OpenedDay
from generator.model.base import NOWHERE, Period, Record
from generator.model.clauses import ANSWER_KINDS, Answer, CheckItem, Clause, Terms
from generator.model.contract import Contract, Portfolio
from generator.model.deliverables import Cell, Deliverable, DueRule, ExplicitPeriod, LastPeriod, Medium, Reading
from generator.model.design import OVERVIEW, Chapter, Difference, Effect, Item, Sheet
from generator.model.head import (
    Assumption,
    AttachedTerms,
    BackupDuty,
    ContractHead,
    Hours,
    NotApplicable,
    Place,
    Replacement,
    RequiredCertification,
    ResponsibleDepartment,
    ServiceLevel,
    StaffingRule,
    Subcontracting,
)
from generator.model.staff import Appointment, ContactLine, Detail, Person, Pledge, Role, Staff, Training
from generator.model.vendor import Certification, Representative, Vendor
from generator.model.work import CheckAnswer, Checklist, Entry, Submission, SubmittedFile, Task

__all__ = [
    "ANSWER_KINDS",
    "NOWHERE",
    "OVERVIEW",
    "Answer",
    "Appointment",
    "Approval",
    "ApprovalBoxes",
    "Assumption",
    "AttachedTerms",
    "Authority",
    "BackupDuty",
    "Calendar",
    "Cell",
    "Certification",
    "Chapter",
    "CheckAnswer",
    "CheckItem",
    "Checklist",
    "Clause",
    "ClosedDays",
    "ContactLine",
    "Contract",
    "ContractHead",
    "Deliverable",
    "Department",
    "Detail",
    "Difference",
    "DueRule",
    "Effect",
    "Entry",
    "ExplicitPeriod",
    "Hours",
    "Item",
    "LastPeriod",
    "Medium",
    "NotApplicable",
    "OpenedDay",
    "Period",
    "Person",
    "Place",
    "Pledge",
    "Portfolio",
    "Reading",
    "Record",
    "Replacement",
    "Representative",
    "RequiredCertification",
    "ResponsibleDepartment",
    "Role",
    "ServiceLevel",
    "Sheet",
    "Staff",
    "StaffingRule",
    "Subcontracting",
    "Submission",
    "SubmittedFile",
    "Task",
    "Terms",
    "Training",
    "Vendor",
]
