"""配置の定め: whether the people of a contract are those its specification asks for.

Rules stand in contract.yml with the clause they come from; people, appointments, pledges and training in staff.yml.
What is not written down and could be is an error once its day has come; what is written down and came too late is a
fact, and a warning: no data has to be made up before anything can be built.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from generator.intake import recordrefs
from generator.intake.eras import wareki
from generator.model import Appointment, Contract, Entry, RequiredCertification, StaffingRule
from generator.problems import Problem, Severity
from generator.rules import events

PROBLEM_CODES = {
    "STF001": "置かれていない役割",
    "STF002": "兼ねられない役割の兼務",
    "STF003": "承諾のない代理",
    "STF004": "誓約書のない従事者",
    "STF005": "教育を受けていない従事者",
    "STF006": "求められる認証がない・切れる",
    "STF007": "体制に載っていない人の作業",
}

_DAY = dt.timedelta(days=1)


def check(contract: Contract, as_of: dt.date | None = None) -> Iterator[Problem]:
    """Every staffing problem of a contract; without a day, as after its end."""
    roles = {role.id for role in contract.staff.roles}
    for rule in contract.head.staffing:
        if rule.role in roles:
            for demand in DEMANDS:
                yield from demand(contract, rule, as_of or dt.date.max)
    for wanted in contract.head.certifications:
        yield from _certified(contract, wanted)
    for entry in contract.entries:
        yield from _on_roster(contract, entry)


def holders(contract: Contract, role: str, day: dt.date) -> list[Appointment]:
    """The appointments to a role that hold on a day, deputies left out."""
    return [a for a in contract.staff.appointments if a.role == role and not a.deputy and _holds(a, day)]


def _holds(appointment: Appointment, day: dt.date) -> bool:
    return appointment.start <= day <= (appointment.end or dt.date.max)


def _turning_days(contract: Contract, rule: StaffingRule) -> list[dt.date]:
    """The days of a rule on which the staff can have changed: enough to look at, for nothing changes between them."""
    period, begins = contract.head.period, _begins(contract, rule)
    days = {begins, period.end}
    for appointment in contract.staff.appointments:
        days |= {appointment.start, *((appointment.end + _DAY,) if appointment.end else ())}
    return sorted(day for day in days if begins <= day <= period.end)


def _begins(contract: Contract, rule: StaffingRule) -> dt.date:
    """The first day on which a rule is asked."""
    return max(contract.head.period.start, rule.start or contract.head.period.start)


def _enough(contract: Contract, rule: StaffingRule, _: dt.date) -> Iterator[Problem]:
    """The role is held by as many as asked, on every day of the contract; that nobody ever holds it is an error."""
    for day in _turning_days(contract, rule) if rule.at_least else ():
        count = len(holders(contract, rule.role, day))
        if count < (rule.at_least or 0):
            who = f"{_title(contract, rule.role)}が{wareki(day)}に{count}人です"
            hint = f"条項 {rule.clause} は{rule.at_least}人以上を求めています。staff.yml の appointments を確かめてください"
            held = any(a.role == rule.role for a in contract.staff.appointments)
            yield Problem(rule.place("role"), "STF001", who, hint, "warning" if held else "error")
            return


def _separate(contract: Contract, rule: StaffingRule, _: dt.date) -> Iterator[Problem]:
    """Where only one person holds a role, that person does not hold the other one too."""
    for day in _turning_days(contract, rule) if rule.separate_from else ():
        mine = {a.person for a in holders(contract, rule.separate_from or "", day)}
        doubled = [a for a in holders(contract, rule.role, day) if mine == {a.person}]
        for appointment in doubled:
            other = _title(contract, rule.separate_from or "")
            message = f"{other}が1名の間（{wareki(day)}）は、{_title(contract, rule.role)}を兼ねられません"
            yield Problem(appointment.source, "STF002", message, f"条項 {rule.clause}。別の人を任命してください")
            return


def _consented(contract: Contract, rule: StaffingRule, _: dt.date) -> Iterator[Problem]:
    """A deputy is appointed with the authority's consent, given beforehand."""
    for appointment in contract.staff.appointments if rule.deputy_needs_consent else ():
        deputy = appointment.role == rule.role and appointment.deputy
        if deputy and (appointment.consented or dt.date.max) > appointment.start:
            late = appointment.consented
            lacks = f"の承諾が任命の日より後の{wareki(late)}です" if late else "の任命に、事前の承諾の日がありません"
            hint = f"条項 {rule.clause}。consented に、任命の日以前の承諾の日を書いてください"
            message = f"{_title(contract, rule.role)}{lacks}"
            yield Problem(appointment.source, "STF003", message, hint, "warning" if late else "error")


class _Proof(NamedTuple):
    """What has to be there before somebody begins: the code of its lack, its name, and the key of staff.yml."""

    code: str
    name: str
    key: str


_PLEDGE, _EDUCATION = _Proof("STF004", "誓約書", "pledges"), _Proof("STF005", "教育の記録", "training")


def _pledged(contract: Contract, rule: StaffingRule, as_of: dt.date) -> Iterator[Problem]:
    """Whoever takes the role has pledged by then."""
    given = ((pledge.person, pledge.date) for pledge in contract.staff.pledges)
    yield from _by_start(contract, rule, _first(given), _PLEDGE, as_of) if rule.pledge else ()


def _trained(contract: Contract, rule: StaffingRule, as_of: dt.date) -> Iterator[Problem]:
    """Whoever takes the role has been trained by then."""
    given = (*((t.person, t.date) for t in contract.staff.training), *_recorded_trainings(contract))
    yield from _by_start(contract, rule, _first(given), _EDUCATION, as_of) if rule.training else ()


def _first(given: Iterable[tuple[str, dt.date]]) -> dict[str, dt.date]:
    """The first day of each person."""
    found: dict[str, dt.date] = {}
    for person, day in given:
        found[person] = min(day, found.get(person, day))
    return found


def _recorded_trainings(contract: Contract) -> Iterator[tuple[str, dt.date]]:
    """Whom a record of a training names, and when it was held; a drill is no education."""
    for entry in events.entries_of(contract, "trainings", {"kind": "education"}):
        for person in entry.values["attendees"]:
            yield person, entry.values["held"]


def _by_start(
    contract: Contract, rule: StaffingRule, given: dict[str, dt.date], proof: _Proof, as_of: dt.date
) -> Iterator[Problem]:
    """What is not there by the first day; before that day it is only called for, and late it is only said to be late."""
    names = {person.id: person.name for person in contract.staff.people}
    for appointment in contract.staff.appointments:
        begins, day = max(appointment.start, _begins(contract, rule)), given.get(appointment.person)
        over = appointment.end is not None and appointment.end < begins
        if appointment.role != rule.role or over or (day and day <= begins):
            continue
        late = f"の{proof.name}の日（{wareki(day)}）が、従事する日（{wareki(begins)}）より後です" if day else ""
        message = names.get(appointment.person, appointment.person) + (
            late or f"に、{wareki(begins)}までの{proof.name}がありません"
        )
        hint = f"条項 {rule.clause}。staff.yml の {proof.key} を確かめてください"
        severity: Severity = "warning" if day or begins > as_of else "error"
        yield Problem(appointment.source, proof.code, message, hint, severity)


DEMANDS: tuple[Callable[[Contract, StaffingRule, dt.date], Iterator[Problem]], ...] = (
    _enough,
    _separate,
    _consented,
    _pledged,
    _trained,
)
"""What a staffing rule can ask; a new demand is one field and one function."""


def _certified(contract: Contract, wanted: RequiredCertification) -> Iterator[Problem]:
    """The vendor holds one of the certifications from the first day to the last."""
    period, names = contract.head.period, "・".join(wanted.any_of)
    held = [c for c in contract.vendor.certifications if any(word in c.name for word in wanted.any_of)]
    if not held:
        hint = f"条項 {wanted.clause}。data/vendors/{contract.vendor.id}.yml の certifications に書いてください"
        yield Problem(wanted.source, "STF006", f"受注者に、求められる認証（{names}）がありません", hint)
        return
    last = max(held, key=lambda c: c.expires or dt.date.max)
    if last.expires and last.expires < period.end:
        message = f"認証「{last.name}」は契約の終期より前の{wareki(last.expires)}に切れます"
        yield Problem(
            last.place("expires"),
            "STF006",
            message,
            f"条項 {wanted.clause}。更新したら期限を書き替えてください",
            "warning",
        )


def _on_roster(contract: Contract, entry: Entry) -> Iterator[Problem]:
    """Whoever did something was in the structure that day."""
    names = {person.id: person.name for person in contract.staff.people}
    days = {row.index: row.day for row in events.rows_in(entry)}
    for kind, path, person in recordrefs.names_in(entry):
        day = days.get(path[1]) if days and isinstance(path[1], int) else events.happened_on(entry)
        if kind != "staff" or day is None or person not in names:
            continue
        if not any(a.person == person and _holds(a, day) for a in contract.staff.appointments):
            message = f"{names[person]}は{wareki(day)}の体制に載っていません"
            hint = "staff.yml の appointments に任命を書くか、担当者を直してください"
            yield Problem(entry.place(*path), "STF007", message, hint)


def _title(contract: Contract, role: str) -> str:
    return next((r.title for r in contract.staff.roles if r.id == role), role)
