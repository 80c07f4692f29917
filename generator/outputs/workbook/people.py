"""The people of a contract as sheets: who they are, in which roles, what they pledged and were taught."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from generator.documents.lessons import lessons_of
from generator.documents.roster import pledged_on, roles_of
from generator.intake.eras import wareki
from generator.intake.schema import load_schemas
from generator.intake.tables import Column, Home, Row, Table
from generator.model import Contract
from generator.outputs.workbook.columns import NEW_ROW, PEOPLE, ROLES, Fields, Words, file, form, ids, shown


def people(contract: Contract, as_of: dt.date) -> Table:
    """Everybody in staff.yml; roles, pledge and lessons are those of a day."""
    fields = Fields("staff", ("people", "*"))
    widths = {"name": 16, "organisation": 28, "department": 22, "title": 14, "phone": 16, "email": 28}
    columns = (
        ids(12),
        *(fields.column(key, width) for key, width in widths.items()),
        shown("roles", "役割", 30),
        shown("pledged", "誓約書の日", 16, "date"),
        shown("taught", "直近の教育", 32),
    )
    rows = [
        Row(
            person.id,
            (
                person.id,
                *(getattr(person, key) for key in widths),
                roles_of(contract, person.id, as_of),
                pledged_on(contract, person.id, as_of),
                _taught(contract, person.id, as_of),
            ),
            person.source,
        )
        for person in contract.staff.people
    ]
    home = Home("staff", file(contract, "staff"), "people", "id")
    note = f"{NEW_ROW}役割の交代は「任命」の表に書きます。"
    return Table("people", "従事者名簿", "従事者名簿", columns, tuple(rows), home, note)


def _taught(contract: Contract, person: str, as_of: dt.date) -> str:
    lessons = lessons_of(contract, person, as_of)
    return f"{wareki(lessons[-1].day)}　{lessons[-1].title}" if lessons else ""


def _listed(contract: Contract, words: Words, field: str, titles: tuple[str, str], columns: Sequence[Column]) -> Table:
    """A list of staff.yml whose items are known by several fields together."""
    schema = load_schemas().by_kind["staff"]
    keys = schema.rule_at((field,))["pair_by"]
    rows: list[Row] = []
    for item in getattr(contract.staff, field):
        name = "/".join(str(getattr(item, key)) for key in keys)
        alike = sum(row.id.split("#")[0] == name for row in rows)
        name = f"{name}#{alike + 1}" if alike else name
        forms = (form(column, getattr(item, column.key), words) for column in columns)
        rows.append(Row(name, (name, *forms), item.source))
    home = Home("staff", file(contract, "staff"), field)
    return Table(field, *titles, (ids(14), *columns), tuple(rows), home, NEW_ROW)


def appointments(contract: Contract, words: Words) -> Table:
    """Who is in which role, from when to when."""
    fields = Fields("staff", ("appointments", "*"))
    named = (fields.column("person", 18, PEOPLE), fields.column("role", 32, ROLES))
    days = (fields.column("start", 18), fields.column("end", 18))
    more = (fields.column("deputy", 8), fields.column("consented", 18))
    return _listed(contract, words, "appointments", ("任命", "任命"), (*named, *days, *more))


def pledges(contract: Contract, words: Words) -> Table:
    """Who pledged when."""
    fields = Fields("staff", ("pledges", "*"))
    columns = (fields.column("person", 18, PEOPLE), fields.column("date", 18))
    return _listed(contract, words, "pledges", ("誓約", "誓約書を徴した記録"), columns)


def training(contract: Contract, words: Words) -> Table:
    """Who was taught what, and when."""
    fields = Fields("staff", ("training", "*"))
    columns = (fields.column("person", 18, PEOPLE), fields.column("date", 18), fields.column("title", 44))
    return _listed(contract, words, "training", ("教育", "教育・訓練の記録"), columns)
