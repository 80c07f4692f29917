"""A schema of ours as a JSON Schema, with this project's names as what can be chosen.

Draft 7: the YAML language server of VS Code and most other editors has read it for years, later drafts only since its
version 1.20. A `$ref` stands alone in an `allOf`, because draft 7 ignores what stands beside it. `errorMessage`,
`patternErrorMessage` and `enumDescriptions` are words that editors show and validators pass over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.intake.scalars import PLAIN_TYPES, SCALAR_TYPES
from generator.intake.schema import Rules, Schema
from generator.outputs.editor import combinations, patterns
from generator.outputs.editor.combinations import Json
from generator.outputs.editor.names import Named, Names, reference

DRAFT = "http://json-schema.org/draft-07/schema#"
AGAIN = "書き足したばかりなら nohin schema で補完を新しくする"
"""What to do where a name is known to the data but not yet to the editor."""

_ID = "[0-9A-Za-z※ぁ-んァ-ヶー一-龠々〇]+(?:[-_.][0-9A-Za-z※ぁ-んァ-ヶー一-龠々〇]+)*"
_WHOLE_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
_ANY_SCALAR = ["string", "number", "boolean"]
"""What becomes text: our reader has no fractions, but the editor's has, and reads `1.10` as one."""


def json_schema(schema: Schema, names: Named) -> Json:
    """The JSON Schema of a kind of data file; `names`: what its fields may name, by the sort of reference."""
    writer = _Writer(schema, names)
    found = {"$schema": DRAFT, "title": schema.title, "description": schema.help, **writer.mapping(schema.fields, "")}
    return found | ({"definitions": dict(sorted(writer.shared.items()))} if writer.shared else {})


class _Writer:
    """Writes one file's schema, and gathers what its parts share."""

    def __init__(self, schema: Schema, names: Named) -> None:
        self.schema, self.names = schema, names
        self.shared: dict[str, Json] = {}

    def mapping(self, fields: Rules, path: str, definition: str | None = None) -> Json:
        """A mapping with these fields and no others."""
        required = [key for key, rule in fields.items() if rule.get("required")]
        conditions = combinations.of_mapping(self.schema.kind, path, definition)
        return {
            "type": "object",
            "properties": {key: self.field(rule, f"{path}.{key}" if path else key) for key, rule in fields.items()},
            **({"required": required} if required else {}),
            "additionalProperties": False,
            **({"allOf": conditions} if conditions else {}),
        }

    def field(self, rule: Rules, path: str) -> Json:
        """A field with its title, help and example."""
        meta, form = rule.get("meta", {}), self.value(rule, path)
        help = meta.get("help", "") + ("（個人情報）" if meta.get("personal") is True else "")
        told = {"title": meta.get("title"), "description": help or None}
        example = None if "enum" in form or self._named(rule, path) else _plain(meta.get("example"))
        told |= {"examples": [example] if example is not None else None}
        return {key: said for key, said in told.items() if said is not None} | form

    def _named(self, rule: Rules, path: str) -> bool:
        """Whether what can be written is chosen from names, which are better examples."""
        inner, own = rule.get("schema"), reference(self.schema.kind, path, rule)
        if isinstance(inner, dict) and rule.get("type") == "list":
            own = own or reference(self.schema.kind, f"{path}.*", inner)
        return bool(own and self.names.get(own, _NOTHING).known)

    def value(self, rule: Rules, path: str) -> Json:
        """What a value must be."""
        kind = rule["type"]
        form = _COLLECTIONS[kind](self, rule, path) if kind in _COLLECTIONS else self._scalar(rule, path)
        if rule.get("coerce") == "one_or_many":
            return {"type": [*_ANY_SCALAR, "array"], "anyOf": [form["items"], form]}
        return form

    def _list(self, rule: Rules, path: str) -> Json:
        inner = rule["schema"]
        items = self._definition(inner["schema"], f"{path}.*") if isinstance(inner.get("schema"), str) else None
        least = {"minItems": rule["minlength"]} if "minlength" in rule else {}
        items = items or self.value(inner, f"{path}.*")
        return {"type": "array", "errorMessage": _wanted("list"), "items": items, **least}

    def _definition(self, name: str, path: str) -> Json:
        """A mapping that several lists hold, written once."""
        if name not in self.shared:
            self.shared[name] = self.mapping(self.schema.definitions[name], path, name)
        return {"$ref": f"#/definitions/{name}"}

    def _dict(self, rule: Rules, path: str) -> Json:
        if "valuesrules" in rule:
            return {"type": "object", "additionalProperties": self.value(rule["valuesrules"], f"{path}.*")}
        inner = rule["schema"]
        return self.mapping(self.schema.definitions[inner] if isinstance(inner, str) else inner, path)

    def _scalar(self, rule: Rules, path: str) -> Json:
        form = _nullable(_FORMS[rule["type"]](rule)) if rule.get("nullable") else _FORMS[rule["type"]](rule)
        if shared := _SHARED.get(rule["type"]):
            self.shared[rule["type"]] = {"pattern": shared(), "patternErrorMessage": _wanted(rule["type"])}
        named = reference(self.schema.kind, path, rule)
        names = self.names.get(named) if named else None
        return self._choice(form, f"{named} {rule['type']}", names) if names and (names.judged or names.known) else form

    def _choice(self, form: Json, sort: str, names: Names) -> Json:
        """A name of one sort: chosen from those that are there, written once a file."""
        key = re.sub(r"\W", "-", f"{sort} null" if "null" in form["type"] else sort)
        self.shared[key] = _choice(form, names)
        return form | {"allOf": [{"$ref": f"#/definitions/{key}"}]}


_COLLECTIONS: Mapping[str, Callable[[_Writer, Rules, str], Json]] = {"list": _Writer._list, "dict": _Writer._dict}
_NOTHING = Names({})
_SHARED: Mapping[str, Callable[[], str]] = {"date": patterns.date, "moment": patterns.moment}
"""Patterns that are long, and written once a file."""


def _wanted(kind: str) -> str:
    """What to write, in words."""
    if kind not in SCALAR_TYPES:
        return PLAIN_TYPES[kind][1]
    title, hint = SCALAR_TYPES[kind].title, SCALAR_TYPES[kind].hint
    return hint if "書く" in hint else f"{title}を書く。正しい形: {hint}"


def _nullable(form: Json) -> Json:
    kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
    return form | {"type": [*kinds, "null"]} | ({"enum": [*form["enum"], None]} if "enum" in form else {})


def _string(rule: Rules) -> Json:
    if "allowed" in rule:
        return _chosen(rule)
    return {"type": "string", "errorMessage": _wanted("string"), **_filled(rule)}


def _text(rule: Rules) -> Json:
    kinds = "string" if "regex" in rule else _ANY_SCALAR
    return {"type": kinds, "errorMessage": _wanted("text"), **_filled(rule)}


def _filled(rule: Rules) -> Json:
    """What the text itself must be."""
    if "regex" in rule:
        filled = r"(?=.*\S)" if rule.get("required") else ""
        pattern = str(rule["regex"]).removeprefix("^").removesuffix("$")
        message = f"形が違う。{rule.get('meta', {}).get('help', '')}"
        return {"pattern": f"^{filled}(?:{pattern})$", "patternErrorMessage": message}
    return {"pattern": r"\S", "patternErrorMessage": "値を書く"} if rule.get("required") else {}


def _chosen(rule: Rules) -> Json:
    labels = rule.get("meta", {}).get("labels", {})
    allowed = list(rule["allowed"])
    shown = "、".join(f"{one}（{labels[one]}）" if one in labels else str(one) for one in allowed)
    described = {"enumDescriptions": [labels.get(one, "") for one in allowed]} if labels else {}
    return {"type": "string", "enum": allowed, **described, "errorMessage": f"書ける値: {shown}"}


def _integer(rule: Rules) -> Json:
    limits = {key: rule[own] for key, own in (("minimum", "min"), ("maximum", "max")) if own in rule}
    said = "".join(f"{rule[own]}{word}" for own, word in (("min", "以上"), ("max", "以下")) if own in rule)
    message = f"{said}の整数を書く" if said else _wanted("integer")
    pattern = patterns.integer(rule.get("min"), rule.get("max"))
    return {"type": ["integer", "string"], **limits, "pattern": pattern, "errorMessage": message}


def _id(rule: Rules) -> Json:
    return {"type": _ANY_SCALAR, "minimum": 0, "pattern": f"^{_ID}$", "errorMessage": _wanted("id")}


def _ground(rule: Rules) -> Json:
    return {"type": _ANY_SCALAR, "minimum": 0, "pattern": f"^{_ID}(?:/{_ID})?$", "errorMessage": _wanted("ground")}


def _shared(rule: Rules) -> Json:
    kind = rule["type"]
    return {"type": "string", "allOf": [{"$ref": f"#/definitions/{kind}"}], "errorMessage": _wanted(kind)}


def _of_pattern(kind: str, pattern: str) -> Callable[[Rules], Json]:
    return lambda rule: {"type": "string", "pattern": pattern, "errorMessage": _wanted(kind)}


_FORMS: Mapping[str, Callable[[Rules], Json]] = {
    "string": _string,
    "text": _text,
    "boolean": lambda rule: {"type": "boolean", "errorMessage": _wanted("boolean")},
    "integer": _integer,
    "id": _id,
    "ground": _ground,
    "item": _of_pattern("item", f"^{_ID}/{_ID}$"),
    "date": _shared,
    "moment": _shared,
    "clock": _of_pattern("clock", patterns.clock()),
    "monthday": _of_pattern("monthday", patterns.monthday()),
}
"""The form of each scalar type of our schemas."""


def _choice(form: Json, names: Names) -> Json:
    """A name: one of those that are there, and any other where it cannot be judged."""
    kinds = form["type"] if isinstance(form["type"], list) else [form["type"]]
    gap = " " if names.where[-1:].isascii() else ""
    missing = f"{names.where}{gap}にない名。{AGAIN}"
    message = {"errorMessage": missing} if names.judged else {}
    ways = [{**way, **message} for way in _ways(names.known, "number" in kinds)]
    if not names.judged:
        ways.append({"type": kinds})
    elif names.spared:
        numbers = kinds if re.match(names.spared, "1") else "string"
        ways.append({"type": numbers, "pattern": names.spared, **message})
    if "null" in kinds:
        ways.append({"type": "null"})
    if not ways:
        return {"type": "null", **message}  # which the field's own type refuses: there is no name to give
    return {"anyOf": ways} if len(ways) > 1 else ways[0]


def _ways(known: Mapping[str, str], numbers: bool) -> list[Json]:
    """The names as what can be chosen; one that is a number is chosen as a number, and may be quoted."""
    counted = [name for name in known if numbers and _WHOLE_NUMBER.match(name)]
    if not known:
        return []
    kinds = ["string", "integer"] if counted else "string"
    chosen = [int(name) if name in counted else name for name in known]
    ways: list[Json] = [{"type": kinds, "enum": chosen, "enumDescriptions": list(known.values())}]
    return [*ways, {"type": "string", "pattern": f"^(?:{'|'.join(counted)})$"}] if counted else ways


def _plain(value: Any) -> Any:
    """A value of YAML as one of JSON."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value
