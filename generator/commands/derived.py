"""What `nohin new` need not ask, or what it offers to choose from: names, numbers, the one thing that can be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.commands.newfile import Desk, NewFile
from generator.documents.plan import kinds_of
from generator.intake import answers
from generator.intake.choices import Choice, offered, reference_of
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import MANUALS, Path, Rules, Schema
from generator.intake.tree import WorkingTree, inside
from generator.rules import recordids
from generator.rules.recordids import Habit
from generator.rules.rownumbers import next_number

ALONE = ("authority", "vendor", "deliverable")
"""What a field can name without a question where there is only one: a fact, such as who worked, is always asked."""

_SOME = 3
"""So many of the names that are there are shown."""


def habit(desk: Desk, new: NewFile) -> Habit | None:
    """How such files are called; None where they have names that only a person can give."""
    if not new.is_record:
        return None
    others = [contract for contract in desk.contracts.values() if contract is not new.contract]
    return recordids.habit(new.name, [*([new.contract] if new.contract else []), *others])


def name(desk: Desk, new: NewFile, value: Mapping[str, Any]) -> str | None:
    """The name of a new file after the habit; None where a date it comes from is not known."""
    found = habit(desk, new)
    return recordids.next_id(new.schema, found, value, _names(desk, new), desk.as_of) if found else None


def name_asked(desk: Desk, new: NewFile) -> str:
    """The question for a name."""
    there = _names(desk, new)[-_SOME:]
    shown = f"。今あるもの: {'、'.join(there)}" if there else ""
    what = "マニュアルと章の名（例: operation/backup）" if new.schema.kind == MANUALS else "ファイルの名になる記号"
    return f"{what}。一度決めたら変えません{shown}"


def _names(desk: Desk, new: NewFile) -> list[str]:
    """The names of the files of the same kind that are there, readable or not."""
    own = [new.schema.pattern.match(path) for path in WorkingTree(desk.place).files("data")]
    names = [match.groupdict() for match in own if match]
    mine = [one for one in names if new.contract is None or one["contract"] == new.contract.id]
    return sorted("/".join(v for k, v in one.items() if k != "contract" or new.name == "contract") for one in mine)


def is_taken(desk: Desk, new: NewFile) -> bool:
    """Whether there is a file already to which nothing can be added."""
    place = inside(desk.place, new.path)
    return new.sheet is None and (place.exists() or place.is_symlink())


def is_number(new: NewFile, path: Path) -> bool:
    """Whether a field counts: rows of a register, steps of a procedure, chapters of a manual."""
    return (new.is_record and path[-1] == "id") or (new.schema.kind == MANUALS and path == ("order",))


def answer(desk: Desk, new: NewFile, path: Path, value: Mapping[str, Any]) -> str | None:
    """The only answer that can be meant; None where there is more than one."""
    rule = new.asked.rule_at(path)
    if is_number(new, path):
        return _number(new, path, rule.get("meta", {}).get("example"))
    found = choices(desk, new, path, value) if rule.get("reference") in ALONE else []
    return found[0].value if len(found) == 1 else None


def _number(new: NewFile, path: Path, example: object) -> str | None:
    own = [new.contract] if new.contract else []
    if new.schema.kind == MANUALS:
        manual = (new.id or "").partition("/")[0]
        orders = [c.values["order"] for contract in own for c in contract.manuals if c.manual == manual]
        return str(max(orders, default=0) + 1)
    if new.sheet and len(path) == 1:
        return next_number(new.entries(own), new.sheet, new.id or "", example)
    match = re.match(r"(.*?)\d+\Z", str(example))
    return f"{match[1]}{path[-2] + 1}" if match and isinstance(path[-2], int) else None


def choices(desk: Desk, new: NewFile, path: Path, value: Mapping[str, Any]) -> Sequence[Choice]:
    """What a field may be, of the people those of the day; deliverables are those that ask for what is recorded."""
    rule = new.asked.rule_at(path)
    found = offered(rule, desk.loaded.portfolio, new.contract, recordids.day_of(new.schema, value))
    if rule.get("reference") != "deliverable" or new.contract is None:
        return found
    asking = {d.no for d in new.contract.deliverables if any(k.record == new.name for k in kinds_of(d, desk.documents))}
    return [choice for choice in found if choice.value in asking] or found


def question(schema: Schema, path: Path) -> str:
    """What is asked for a field: its titles from the outside in, its help, an example of the right form."""
    rule = schema.rule_at(path)
    titles = [schema.rule_at(path[: end + 1]).get("meta", {}).get("title") for end in range(len(path))]
    meta, kind = rule.get("meta", {}), str(rule.get("type"))
    example = meta.get("example") or (SCALAR_TYPES[kind].hint if kind in _SHAPED else None)
    shown = f"例: {', '.join(map(str, example)) if isinstance(example, list) else example}" if example else ""
    title = "・".join(title for title in titles if title)
    return f"{title}（{answers.field_name(path)}）　{meta.get('help', '')}{shown}"


_SHAPED = ("date", "moment", "clock", "monthday", "integer")
"""Types of which an example of the form helps."""


def named_kind(rule: Rules) -> str:
    """The kind of file that holds what a field names: `design/zones`, `staff`."""
    kind = reference_of(rule)
    return _HOLDERS.get(kind, kind.replace("design:", "design/").removeprefix("record:"))


_HOLDERS = {
    "staff": "staff",
    "person": "staff",
    "role": "staff",
    "task": "plan",
    "deliverable": "deliverables",
    "level": "contract",
}
"""Where the things of a contract are written, by the word of a reference."""
