"""What the schema of a project's own kind of record may say: each field by `fieldrules`, and the kind as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from generator.intake.fieldrules import DATES, Look
from generator.intake.positions import Spot
from generator.intake.schema import Rules, Schema, definitions, read_schema, shipped_schemas
from generator.intake.validator import unusable
from generator.problems import Problem


def place_of(kind: str) -> str:
    """Where the records of a kind lie."""
    return f"data/contracts/{{contract}}/records/{kind}/{{id}}.yml"


def check(kind: str, value: Any, spot: Spot, path: str, own: Collection[str]) -> Iterator[Problem]:
    """Everything that is wrong with a schema; `own` are the project's kinds, which it may refer to."""
    look = Look(spot, path, {*shipped_schemas().records, *own})
    found = [*look.form(head_schema(), value, ())]
    if isinstance(value, Mapping) and isinstance(value.get("fields"), Mapping):
        found += look.fields(value["fields"], ("fields",))
    if not found:
        found = [problem for judge in _JUDGES for problem in judge(look, kind, value)]
    if not found and (why := unusable(value["fields"], definitions())):
        found = [look.wrong(("fields",), "この項目の定めは使えません", why)]
    yield from found


@cache
def head_schema() -> Schema:
    """The schema of the head of a schema file."""
    return read_schema("kind", resources.files("generator") / "schemas" / "kind.yml", {})


def _in_its_place(look: Look, kind: str, head: Rules) -> Iterator[Problem]:
    """The records of a kind lie in the folder of its name."""
    if head.get("files", place_of(kind)) != place_of(kind):
        hint = f"書かなければ {place_of(kind)} です"
        yield look.wrong(("files",), f"「{kind}」の記録は、ほかの場所には置けません", hint)


def _is_named_in_a_line(look: Look, kind: str, head: Rules) -> Iterator[Problem]:
    """The kind's name stands in headings and menus, and its help in a row of a table."""
    for key in ("title", "help"):
        if "\n" in head[key].strip():
            yield look.wrong((key,), f"{key} に改行は書けません", "一行にしてください")


def _is_titled(look: Look, kind: str, head: Rules) -> Iterator[Problem]:
    """A record says what it is in a line; a register's name is that of its kind and month."""
    if "rows" not in head and not head["fields"].get("title", {}).get("required"):
        hint = "title: {type: string, required: true, meta: {title: 件名, help: …}} を置いてください"
        yield look.wrong(("fields",), "必須の項目 title がありません", hint)


def _is_dated(look: Look, kind: str, head: Rules) -> Iterator[Problem]:
    """The days of a record are dates among its fields, and those of a register dates in its rows."""
    fields = head["fields"]
    for key in ("day", "order"):
        for index, name in enumerate(head.get(key, ())):
            if fields.get(name, {}).get("type") not in DATES:
                yield look.wrong((key, index), f"{key} の「{name}」は、日付か日時の項目ではありません", _dated(fields))
    rows = head.get("rows")
    if not rows:
        return
    inside = (fields.get(rows["field"], {}).get("schema") or {}).get("schema") or {}
    if fields.get(rows["field"], {}).get("type") != "list" or not isinstance(inside, Mapping) or not inside:
        yield look.wrong(("rows", "field"), f"rows の「{rows['field']}」は、組の一覧の項目ではありません", "")
    elif inside.get(rows["day"], {}).get("type") not in DATES:
        yield look.wrong(("rows", "day"), f"rows の「{rows['day']}」は、行の日付か日時ではありません", _dated(inside))


def _dated(fields: Mapping[str, Any]) -> str:
    found = [name for name, rule in fields.items() if rule.get("type") in DATES]
    return f"日付の項目: {'、'.join(found)}" if found else "日付の項目 (type: date) を置いてください"


def _means_the_same(look: Look, kind: str, head: Rules) -> Iterator[Problem]:
    """What the program reads of any record is of the type that it reads."""
    fields = head["fields"]
    for name, forms in _MEANT.items():
        if name in fields and not any(_like(fields[name], form) for form in forms):
            shown = _flow(forms[0])
            yield look.wrong(
                ("fields", name), f"「{name}」は、どの種類の記録でも同じ意味の項目です", f"{name}: {shown}"
            )


def _like(rule: Any, form: Any) -> bool:
    """Whether a rule says at least what a form does."""
    if isinstance(form, Mapping):
        return isinstance(rule, Mapping) and all(_like(rule.get(key), inner) for key, inner in form.items())
    return bool(rule == form)


def _flow(form: Any) -> str:
    if isinstance(form, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in form.items()) + ", …}"
    return str(form)


def _several(reference: str) -> Rules:
    return {"type": "list", "schema": {"type": "id", "reference": reference}}


_DAY = {"type": "date"}

_MEANT: Mapping[str, Sequence[Rules]] = {
    "title": ({"type": "string"},),
    "deliverable": ({"type": "id", "reference": "deliverable"},),
    "due": ({"type": "date"},),
    "reported": ({"type": "date"},),
    "period": ({"type": "dict", "schema": "period"}, {"type": "dict", "schema": {"start": _DAY, "end": _DAY}}),
    "task": ({"type": "id", "reference": "task"},),
    "people": (_several("staff"), _several("person")),
    "person": ({"type": "id", "reference": "staff"}, {"type": "id", "reference": "person"}),
    "incident": ({"type": "id", "reference": "record:incidents"},),
    "clauses": ({"type": "list", "schema": {"type": "ground"}},),
    "start": ({"type": "moment"}, {"type": "date"}),
    "end": ({"type": "moment"}, {"type": "date"}),
    "minutes": ({"type": "integer"},),
}
"""Fields that every kind of record may have, with what they are wherever they are."""

_JUDGES: tuple[Callable[[Look, str, Rules], Iterator[Problem]], ...] = (
    _in_its_place,
    _is_named_in_a_line,
    _is_titled,
    _is_dated,
    _means_the_same,
)
