"""Cerberus with the types of this project's data. The only importer of cerberus."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import cerberus
from cerberus import errors as cerberus_errors

from generator.intake.scalars import SCALAR_TYPES

Rules = dict[str, Any]
"""Cerberus rules by field, or one of them; `meta` holds title, help, example, labels and marks."""


class Validator(cerberus.Validator):  # type: ignore[misc]
    """Cerberus with our scalar types and rules; needs no schema of its own."""

    types_mapping: ClassVar[dict[str, Any]] = {
        **cerberus.Validator.types_mapping,
        **{name: cerberus.TypeDefinition(name, (kind.python,), ()) for name, kind in SCALAR_TYPES.items()},
    }

    @classmethod
    def of(cls, fields: Rules, definitions: Rules) -> Self:
        """The validator of a schema's rules, with shared definitions written in."""
        return cls(_expanded(fields, definitions), error_handler=cerberus_errors.BasicErrorHandler)

    @property
    def schema(self) -> Any:
        """The rules as they are: Cerberus would check and copy them again for every nested value. Tests check them."""
        return self._schema

    @schema.setter
    def schema(self, schema: Any) -> None:
        """Take the rules as they are."""
        self._schema = schema

    def _validate_refuses(self, kind: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""
        wanted = SCALAR_TYPES[kind]
        if isinstance(value, wanted.python) and wanted.refuses(value):
            self._error(field, cerberus_errors.BAD_TYPE)

    def _validate_empty(self, allowed: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""
        if not allowed and isinstance(value, str) and not value.strip():
            self._error(field, cerberus_errors.EMPTY_NOT_ALLOWED)

    def _validate_whole(self, wanted: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""

    def _validate_unique_by(self, key: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""

    def _validate_ahead(self, plan: bool, field: str, value: Any) -> None:
        """{'type': 'boolean'}"""

    def _validate_pair_by(self, keys: list[str], field: str, value: Any) -> None:
        """{'type': 'list'}"""

    def _validate_reference(self, kind: str, field: str, value: Any) -> None:
        """{'type': 'string'}"""

    def _normalize_coerce_one_or_many(self, value: Any) -> Any:
        return value if isinstance(value, list) or value is None else [value]


def _expanded(fields: Rules, definitions: Rules) -> Rules:
    return {key: _expanded_rule(rule, definitions) for key, rule in fields.items()}


def _expanded_rule(rule: Rules, definitions: Rules) -> Rules:
    result = {key: value for key, value in rule.items() if key != "meta"}
    kind = rule.get("type")
    if kind in SCALAR_TYPES:
        result["coerce"] = SCALAR_TYPES[kind].normalise
        result["refuses"] = kind
    if kind in ("string", "text") and rule.get("required"):
        result["empty"] = False
    inner = rule.get("schema")
    if isinstance(inner, str):
        inner = definitions[inner]
    if inner is not None:
        result["schema"] = _expanded_rule(inner, definitions) if kind == "list" else _expanded(inner, definitions)
    for key in ("keysrules", "valuesrules"):
        if key in rule:
            result[key] = _expanded_rule(rule[key], definitions)
    return result


class _Checking(Validator):
    """Our validator with Cerberus's own look at the rules put back."""

    schema = cerberus.Validator.schema


def unusable(fields: Rules, shared: Rules) -> str | None:
    """What Cerberus itself finds wrong with rules; None where it can use them."""
    try:
        _Checking.of(fields, shared)
    except cerberus.SchemaError as error:
        return str(error)
    return None
