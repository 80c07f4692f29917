"""Values of data files in words: by their schema, with names for ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents import filters
from generator.documents.facts import named, plain, title_at
from generator.intake.references import REFERENCES
from generator.intake.schema import Schema, load_schemas
from generator.model import Contract
from generator.rules import within
from generator.rules.anchors import Anchor
from generator.rules.words import BadWords


@dataclass(frozen=True)
class Voice:
    """One side of a comparison: whose names are used."""

    contract: Contract | None

    def name(self, reference: str, name: str) -> str:
        """What an id stands for; the id itself where nothing is found."""
        if reference in ("kind", "event"):
            return _record_words(name)
        if self.contract is None:
            return name
        if reference in _NAMED:
            return _NAMED[reference](self.contract).get(name, name)
        return named(self.contract, reference, name)

    def text(self, schema: Schema, path: Sequence[str], value: Any) -> str:
        """A value in words; the rows of a list on lines of their own."""
        rule = schema.rule_at(path)
        if value is None:
            return ""
        if isinstance(value, Mapping):
            return "　".join(" ".join(line) for line in self.lines(schema, path, value))
        if isinstance(value, list):
            parts = [self.text(schema, (*path, "*"), one) for one in value]
            return ("\n" if value and isinstance(value[0], Mapping) else "、").join(parts)
        if schema.kind == "deliverables" and path[-1] in ("within", "target"):
            return limit_words(str(value))
        reference = rule.get("reference") or REFERENCES.get(f"{schema.kind}/{'.'.join(path)}")
        return self.name(reference, str(value)) if reference else plain(rule, value)

    def lines(self, schema: Schema, path: Sequence[str], value: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The filled fields of a mapping, title and text, in the order of the schema."""
        known = schema.keys_at(path)
        keys = [*(key for key in known if key in value), *sorted(set(value) - set(known))]
        found = ((title(schema, (*path, key)), self.text(schema, (*path, key), value[key])) for key in keys)
        return [(name, text) for name, text in found if text]


def title(schema: Schema, path: Sequence[str]) -> str:
    """A field's title."""
    return title_at(schema, path)


def limit_words(text: str) -> str:
    """`10 days of period.end` as 対象期間の末日から10日以内; what cannot be read as it is."""
    try:
        limit = within.parse(text)
    except BadWords:
        return text
    unit = within.UNITS[limit.unit].title if limit.unit in within.UNITS else _OTHER_UNITS[limit.unit]
    start = _ANCHORS.get(limit.anchor.name) or _field_words(limit.anchor)
    return f"{start}の{limit.count}{unit}前まで" if limit.before else f"{start}から{limit.count}{unit}以内"


_OTHER_UNITS = {"hour": "時間", "open day": "開庁日"}
_ANCHORS = {
    "contract.start": "契約期間の始期",
    "contract.end": "契約期間の終期",
    "contract.signed": "契約締結日",
    "period.start": "対象期間の初日",
    "period.end": "対象期間の末日",
    "next_period.start": "次の期間の初日",
    "fiscal_year.start": "年度の初日",
    "fiscal_year.end": "年度の末日",
}


def _field_words(anchor: Anchor) -> str:
    """A record's field by its title, a date as 和暦."""
    if anchor.date is not None:
        return filters.wareki(anchor.date)
    titles = (
        schema.fields[str(anchor.field)]["meta"]["title"]
        for schema in load_schemas().records.values()
        if anchor.field in schema.fields
    )
    return next(titles, anchor.name)


def _record_words(name: str) -> str:
    """`incidents` is 障害, `incidents/2026-001` is 障害 2026-001."""
    kind, _, own = name.partition("/")
    schema = load_schemas().records.get(kind)
    return f"{schema.title} {own}".strip() if schema else name


def _checks(contract: Contract) -> dict[str, str]:
    labels = {attached.terms: attached.label for attached in contract.head.terms}
    return {
        f"{t.id}/{item.id}": f"{labels.get(t.id, t.title)} {item.id}" for t in contract.terms for item in t.check_items
    }


_NAMED: Mapping[str, Callable[[Contract], Mapping[str, str]]] = {
    "check": _checks,
    "calendar": lambda contract: {c.id: c.name for c in contract.authority.calendars if c.id},
    "department": lambda contract: {d.id: d.name for d in contract.authority.departments},
    "terms": lambda contract: {terms.id: terms.title for terms in contract.terms},
    "cell": lambda contract: {cell.id: cell.phrase for cell in contract.cells},
    "authority": lambda contract: {contract.authority.id: contract.authority.name},
    "vendor": lambda contract: {contract.vendor.id: contract.vendor.name},
}
"""Names of a contract by id, for references that records do not make."""


def check_text(contract: Contract | None, item: str) -> str:
    """What a check item asks; empty where it is unknown."""
    if contract is None:
        return ""
    return next((i.text for t in contract.terms for i in t.check_items if f"{t.id}/{i.id}" == item), "")


def schema_of(kind: str) -> Schema:
    """The schema of a kind of data file."""
    return load_schemas().by_kind[kind]
