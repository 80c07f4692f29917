"""配置の定め: whether the people of a contract are those its specification asks for.

Rules stand in contract.yml with the clause they come from; people, appointments, pledges and training in staff.yml.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from generator.intake import recordrefs
from generator.intake.eras import wareki
from generator.model import Appointment, Contract, Entry, RequiredCertification, StaffingRule
from generator.problems import Problem
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


def check(contract: Contract) -> Iterator[Problem]:
    """Every staffing problem of a contract."""
    roles = {role.id for role in contract.staff.roles}
    for rule in contract.head.staffing:
        if rule.role in roles:
            for demand in DEMANDS:
                yield from demand(contract, rule)
    for wanted in contract.head.certifications:
        yield from _certified(contract, wanted)
    for entry in contract.entries:
        yield from _on_roster(contract, entry)


def holders(contract: Contract, role: str, day: dt.date) -> list[Appointment]:
    """The appointments to a role that hold on a day, deputies left out."""
    return [a for a in contract.staff.appointments if a.role == role and not a.deputy and _holds(a, day)]


def _holds(appointment: Appointment, day: dt.date) -> bool:
    return appointment.start <= day <= (appointment.end or dt.date.max)


def _turning_days(contract: Contract) -> list[dt.date]:
    """The days on which the staff can have changed: enough to look at, since nothing changes between them."""
    period = contract.head.period
    days = {period.start, period.end}
    for appointment in contract.staff.appointments:
        days |= {appointment.start, *((appointment.end + _DAY,) if appointment.end else ())}
    return sorted(day for day in days if period.start <= day <= period.end)


def _enough(contract: Contract, rule: StaffingRule) -> Iterator[Problem]:
    """The role is held by as many as asked, on every day of the contract."""
    for day in _turning_days(contract) if rule.at_least else ():
        count = len(holders(contract, rule.role, day))
        if count < (rule.at_least or 0):
            who = f"{_title(contract, rule.role)}が{wareki(day)}に{count}人です"
            hint = f"条項 {rule.clause} は{rule.at_least}人以上を求めています。staff.yml の appointments を確かめてください"
            yield Problem(rule.place("role"), "STF001", who, hint)
            return


def _separate(contract: Contract, rule: StaffingRule) -> Iterator[Problem]:
    """Where only one person holds a role, that person does not hold the other one too."""
    for day in _turning_days(contract) if rule.separate_from else ():
        mine = {a.person for a in holders(contract, rule.separate_from or "", day)}
        doubled = [a for a in holders(contract, rule.role, day) if mine == {a.person}]
        for appointment in doubled:
            other = _title(contract, rule.separate_from or "")
            message = f"{other}が1名の間（{wareki(day)}）は、{_title(contract, rule.role)}を兼ねられません"
            yield Problem(appointment.source, "STF002", message, f"条項 {rule.clause}。別の人を任命してください")
            return


def _consented(contract: Contract, rule: StaffingRule) -> Iterator[Problem]:
    """A deputy is appointed with the authority's consent, given beforehand."""
    for appointment in contract.staff.appointments if rule.deputy_needs_consent else ():
        deputy = appointment.role == rule.role and appointment.deputy
        if deputy and (appointment.consented or dt.date.max) > appointment.start:
            message = f"{_title(contract, rule.role)}の任命に、事前の承諾の日がありません"
            hint = f"条項 {rule.clause}。consented に、任命の日以前の承諾の日を書いてください"
            yield Problem(appointment.source, "STF003", message, hint)


def _pledged(contract: Contract, rule: StaffingRule) -> Iterator[Problem]:
    """Whoever takes the role has pledged by then."""
    given = {pledge.person: pledge.date for pledge in contract.staff.pledges}
    if rule.pledge:
        yield from _by_start(contract, rule, given, "STF004", "誓約書", "pledges")


def _trained(contract: Contract, rule: StaffingRule) -> Iterator[Problem]:
    """Whoever takes the role has been trained by then."""
    given: dict[str, dt.date] = {}
    for person, day in (*((t.person, t.date) for t in contract.staff.training), *_recorded_trainings(contract)):
        given[person] = min(day, given.get(person, day))
    if rule.training:
        yield from _by_start(contract, rule, given, "STF005", "教育の記録", "training")


def _recorded_trainings(contract: Contract) -> Iterator[tuple[str, dt.date]]:
    """Whom a record of a training names, and when it was held; a drill is no education."""
    for entry in events.entries_of(contract, "trainings", {"kind": "education"}):
        for person in entry.values["attendees"]:
            yield person, entry.values["held"]


def _by_start(
    contract: Contract, rule: StaffingRule, given: dict[str, dt.date], code: str, what: str, key: str
) -> Iterator[Problem]:
    names = {person.id: person.name for person in contract.staff.people}
    for appointment in contract.staff.appointments:
        begins = max(appointment.start, contract.head.period.start)
        if appointment.role == rule.role and given.get(appointment.person, dt.date.max) > begins:
            message = f"{names.get(appointment.person, appointment.person)}に、{wareki(begins)}までの{what}がありません"
            yield Problem(
                appointment.source, code, message, f"条項 {rule.clause}。staff.yml の {key} を確かめてください"
            )


DEMANDS: tuple[Callable[[Contract, StaffingRule], Iterator[Problem]], ...] = (
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
