"""What is personal in a data file, by the marks of its schema: its personal values, and the ids of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.intake.references import PEOPLE, REFERENCES
from generator.intake.schema import Rules, Schema

PEOPLE_IDS = "staff/people.*.id"
"""Where people get their ids."""

TEXTS = ("string", "text")
"""The types whose values are words."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value's place in its kind of file, and the rule that governs it."""

    kind: str
    steps: tuple[str, ...]
    rule: Rules
    personal: bool = False
    """Whether the schema marks the value, or what it is in, as personal."""

    @property
    def path(self) -> str:
        """`staff/people.*.name`."""
        return f"{self.kind}/{'.'.join(self.steps)}"

    @property
    def names_somebody(self) -> bool:
        """Whether the value is the id of a person."""
        return (self.rule.get("reference") or REFERENCES.get(self.path)) in PEOPLE or self.path == PEOPLE_IDS

    @property
    def is_words(self) -> bool:
        """Whether the value is free text: no id of anything, no choice, nothing of a fixed form."""
        closed = ("allowed", "regex", "reference")
        return self.rule.get("type") in TEXTS and not any(key in self.rule for key in closed)


Change = Callable[[Place, Any], Any]
"""A value's place and the value, to what stands in its stead."""


def rebuilt(schema: Schema, value: Any, change: Change, steps: Sequence[str] = ()) -> Any:
    """The value with every single value in it changed; what a mark makes personal is changed as a whole.

    `steps` lead from the file to the value: `("people", "*")` for a person.
    """
    return _rebuilt(schema, Place(schema.kind, tuple(steps), schema.rule_at(steps)), value, change)


def _rebuilt(schema: Schema, place: Place, value: Any, change: Change) -> Any:
    if value is None or place.personal or not isinstance(value, (Mapping, list)):
        return None if value is None else change(place, value)
    rules = schema.inner(place.rule)
    if isinstance(value, list):
        item = Place(place.kind, (*place.steps, "*"), rules)
        return [_rebuilt(schema, item, one, change) for one in value]
    found = {}
    for key, inner in value.items():
        rule = rules[key] if isinstance(rules.get(key), dict) else {}
        here = Place(place.kind, (*place.steps, key), rule, _is_personal(rule, key, value))
        found[key] = _rebuilt(schema, here, inner, change)
    return found


def _is_personal(rule: Rules, key: str, beside: Mapping[str, Any]) -> bool:
    """Whether a mark makes a value personal: always, or where what stands beside it says one of its words."""
    mark = rule.get("meta", {}).get("personal")
    if not isinstance(mark, list):
        return bool(mark)
    others = [str(text) for name, text in beside.items() if name != key]
    return any(word in text for word in mark for text in others)


# --- what is in a file ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A personal value and what it is."""

    what: str
    """The field that holds it: `体制　人　氏名`."""
    text: str
    name: bool = False
    """Whether it is a person's name and nothing else."""
    contact: bool = False
    """Whether it is a number or an address of somebody and nothing else."""


@dataclass
class Content:
    """What a data file says of people, and what things are called in it."""

    personal: list[Found] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    """Ids of people, in order."""
    named: list[str] = field(default_factory=list)
    """Ids of people whom it names."""
    ids: list[str] = field(default_factory=list)
    """Ids of whatever else has one."""
    firms: list[str] = field(default_factory=list)
    """Names, addresses and numbers of firms and offices, and what posts are called."""
    things: list[str] = field(default_factory=list)
    """Names of whatever else has one, such as places."""


_FIRMS = ("vendor", "authority", "staff", "contract", "terms")
_NAMED = ("name", "organisation", "department", "address", "addressee", "place", "contractor", "called", "owner")
_OF_FIRMS = (*_NAMED, "title", "phone", "postal_code")


def content(schema: Schema, value: Any) -> Content:
    """What a file says, by its schema; of a file that is not right, whatever can be read."""
    found = Content()

    def look(place: Place, one: Any) -> None:
        _look(schema, place, one, found)

    rebuilt(schema, value, look)
    return found


def _look(schema: Schema, place: Place, value: Any, found: Content) -> None:
    last = next((step for step in reversed(place.steps) if step != "*"), "")
    if place.personal:
        sort = (last == "name", last in ("phone", "email"))
        found.personal += [Found(_titled(schema, place), text, *sort) for text in _texts(value)]
    elif place.names_somebody:
        (found.people if place.path == PEOPLE_IDS else found.named).append(str(value))
    elif place.rule.get("type") == "id":
        found.ids += [str(value)] if last in ("id", "no") else []
    elif place.is_words and place.kind in _FIRMS:
        found.firms += [str(value)] if last in _OF_FIRMS else []
    elif place.is_words:
        found.things += [str(value)] if last in _NAMED else []


def _titled(schema: Schema, place: Place) -> str:
    """The titles of a field and of what it is in, from the file inwards."""
    rules = (schema.rule_at(place.steps[: depth + 1]) for depth, step in enumerate(place.steps) if step != "*")
    return "　".join((schema.title, *(str(rule.get("meta", {}).get("title", "")) for rule in rules)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, (str, int)) and str(value).strip():
        yield str(value)
