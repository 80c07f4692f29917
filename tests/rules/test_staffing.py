"""The people a specification asks for, checked through the command a vendor runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, whole_project

Make = Callable[..., Project]

STAFF = """\
people:
  - {id: p1, name: 見本 太郎}
  - {id: p2, name: 見本 花子}
roles:
  - {id: manager, title: 管理責任者, side: vendor}
  - {id: worker, title: 従事者, side: vendor}
appointments:
"""

RULE = """\
staffing:
  - role: manager
    clause: 1-1
"""


def _found(make: Make, rule: str, appointments: str, more: dict[str, str] | None = None) -> list[str]:
    head = WHOLE[f"{CONTRACT}/contract.yml"] + RULE + rule
    left_out = {f"{CONTRACT}/{name}.yml": None for name in ("plan", "checklist")}
    clauses = "clauses:\n  - {id: 1, heading: 章, text: 章。, obligor: none, kind: information}\n"
    clauses += "  - {id: 1-1, heading: 節, text: 節。, obligor: none, kind: information}\n"
    deliverables = "deliverables: []\n"
    files = {
        f"{CONTRACT}/contract.yml": head,
        f"{CONTRACT}/staff.yml": STAFF + appointments,
        f"{CONTRACT}/clauses.yml": clauses,
        f"{CONTRACT}/deliverables.yml": deliverables,
        f"{CONTRACT}/submissions.yml": None,
        **left_out,
        **(more or {}),
    }
    return [line.split(": ", 1)[1] for line in make(whole_project(files)).check().lines]


BOTH = "  - {person: p1, role: manager, start: 2026-04-01}\n"


@pytest.mark.parametrize(
    ("appointments", "count"),
    [
        pytest.param(BOTH, 0, id="held from the first day to the last"),
        pytest.param("  - {person: p1, role: manager, start: 2026-05-01}\n", 1, id="nobody in April"),
        pytest.param("  - {person: p1, role: manager, start: 2026-04-01, end: 2026-09-30}\n", 1, id="a gap at the end"),
        pytest.param(
            "  - {person: p1, role: manager, start: 2026-04-01, end: 2026-09-30}\n"
            "  - {person: p2, role: manager, start: 2026-10-01}\n",
            0,
            id="handed over without a gap",
        ),
        pytest.param(
            "  - {person: p1, role: manager, start: 2026-04-01, deputy: true}\n", 1, id="a deputy is no holder"
        ),
        pytest.param("  - {person: p1, role: worker, start: 2026-04-01}\n", 1, id="nobody ever"),
    ],
)
def test_a_role_is_held_on_every_day(project: Make, appointments: str, count: int) -> None:
    """`at_least` holds from the first day of the contract to the last; a gap is a fact, and stops no document."""
    found = _found(project, "    at_least: 1\n", appointments)
    severity = "warning" if "manager" in appointments else "error"
    assert [" ".join(line.split()[:2]) for line in found] == [f"{severity} STF001"] * count


@pytest.mark.parametrize(
    ("workers", "count"),
    [
        pytest.param("  - {person: p1, role: worker, start: 2026-04-01}\n", 1, id="the only worker may not double"),
        pytest.param(
            "  - {person: p1, role: worker, start: 2026-04-01}\n  - {person: p2, role: worker, start: 2026-04-01}\n",
            0,
            id="one of two workers may (目黒区 5-A-2)",
        ),
        pytest.param(
            "  - {person: p1, role: worker, start: 2026-04-01}\n"
            "  - {person: p2, role: worker, start: 2026-04-01, end: 2026-06-30}\n",
            1,
            id="from July the only worker doubles",
        ),
    ],
)
def test_the_manager_may_double_unless_there_is_one_worker(project: Make, workers: str, count: int) -> None:
    """兼任を妨げないが、従事者が1名の場合には別途選任する."""
    found = _found(project, "    separate_from: worker\n", BOTH + workers)
    assert [line.split()[1] for line in found] == ["STF002"] * count


@pytest.mark.parametrize(
    ("consented", "count"), [("", 1), (", consented: 2026-04-02", 1), (", consented: 2026-04-01", 0)]
)
def test_a_deputy_needs_consent_beforehand(project: Make, consented: str, count: int) -> None:
    """The consent is there, and not later than the appointment; a late one is told as it was."""
    deputy = f"  - {{person: p2, role: manager, start: 2026-04-01, deputy: true{consented}}}\n"
    found = _found(project, "    deputy_needs_consent: true\n", BOTH + deputy)
    severity = "warning" if consented else "error"
    assert [" ".join(line.split()[:2]) for line in found] == [f"{severity} STF003"] * count


def test_a_rule_holds_from_its_own_day(project: Make) -> None:
    """Preparation comes first: nobody is asked for, pledged or not, before the work begins."""
    late = "  - {person: p1, role: manager, start: 2026-05-01}\n"
    assert _found(project, "    at_least: 1\n    start: 2026-05-01\n", late) == []
    found = _found(project, "    at_least: 1\n    start: 2026-04-30\n", late)
    assert [line.split()[1] for line in found] == ["STF001"]


@pytest.mark.parametrize(("key", "code"), [("pledge", "STF004"), ("training", "STF005")])
@pytest.mark.parametrize(("day", "count"), [(None, 1), ("2026-04-02", 1), ("2026-04-01", 0), ("2026-03-20", 0)])
def test_pledge_and_training_before_the_work(project: Make, key: str, code: str, day: str | None, count: int) -> None:
    """Whoever takes the role has pledged and been trained by the day it begins; what came late is told as it was."""
    entry = {
        "pledge": f"pledges:\n  - {{person: p1, date: {day}}}\n",
        "training": f"training:\n  - {{person: p1, date: {day}, title: 研修}}\n",
    }
    found = _found(project, f"    {key}: true\n", BOTH + (entry[key] if day else ""))
    severity = "warning" if day else "error"
    assert [" ".join(line.split()[:2]) for line in found] == [f"{severity} {code}"] * count


@pytest.mark.parametrize(("begins", "severity"), [("2026-05-01", "error"), ("2026-05-02", "warning")])
def test_who_begins_later_has_time_until_then(project: Make, begins: str, severity: str) -> None:
    """Somebody can be named beforehand: the pledge is called for at once, and is wanting on the first day only."""
    later = f"  - {{person: p2, role: manager, start: {begins}}}\n"
    pledged = "pledges:\n  - {person: p1, date: 2026-04-01}\n"
    found = _found(project, "    pledge: true\n", BOTH + later + pledged)
    assert [" ".join(line.split()[:2]) for line in found] == [f"{severity} STF004"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ("", "error STF006"),
        ("certifications:\n  - {name: ISMS認証, expires: 2028-03-31}\n", ""),
        ("certifications:\n  - {name: ISMS認証, expires: 2027-03-30}\n", "warning STF006"),
        ("certifications:\n  - {name: 別の認証}\n", "error STF006"),
    ],
)
def test_certifications_last_for_the_period(project: Make, held: str, expected: str) -> None:
    """A missing certification is an error, one that lapses before the contract ends a warning."""
    vendor = {"data/vendors/mihon-sha.yml": "name: 見本社\nsample: true\n" + held}
    found = _found(project, "certifications:\n  - {any_of: [ISMS, プライバシーマーク], clause: 1-1}\n", BOTH, vendor)
    assert [" ".join(line.split()[:2]) for line in found] == ([expected] if expected else [])


@pytest.mark.parametrize(("day", "count"), [("2026-04-30", 1), ("2026-05-01", 0)])
def test_whoever_works_is_in_the_structure_that_day(project: Make, day: str, count: int) -> None:
    """A work record names people who hold a role on its day."""
    work = f"title: 点検\nstart: {day} 13:00\nend: {day} 14:00\npeople: [p2]\ncontent: 点検した。\n"
    appointed = BOTH + "  - {person: p2, role: worker, start: 2026-05-01}\n"
    found = _found(project, "", appointed, {f"{CONTRACT}/records/work/w1.yml": work})
    assert [line.split()[1] for line in found] == ["STF007"] * count
