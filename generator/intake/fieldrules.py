"""What the schema of a project's own kind of record may say of a field: held against schemas/kind.yml, then against itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import Any

from generator.intake.positions import Spot
from generator.intake.schema import Path, Rules, Schema, shipped_schemas, validate
from generator.intake.yamltext import trusted
from generator.problems import Problem

WRONG = "SCH010"

DATES = ("date", "moment")
"""The types of a day."""

_WORDS = ("string", "text")
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


class Look:
    """One schema file."""

    def __init__(self, spot: Spot, path: str, kinds: Collection[str]) -> None:
        self.spot, self.path, self.kinds = spot, path, kinds

    def wrong(self, where: Path, message: str, hint: str) -> Problem:
        """A problem at a value of the file."""
        return Problem(self.spot.at(where).source(self.path), WRONG, message, hint)

    def form(self, schema: Schema, value: Any, where: Path) -> list[Problem]:
        """What is wrong with the form of a part of the file."""
        return validate(schema, value, self.spot.at(where), self.path)[1]

    def fields(self, fields: Mapping[Any, Any], where: Path) -> Iterator[Problem]:
        """What is wrong with the rules of named fields."""
        for key, rule in fields.items():
            if not isinstance(key, str) or not _KEY.match(key):
                hint = "英小文字で始まる、英小文字・数字・_ の名にしてください"
                yield self.wrong((*where, key), f"「{key}」は項目の名になりません", hint)
            yield from self.rule(rule, (*where, key), named=True)

    def rule(self, rule: Any, where: Path, named: bool) -> Iterator[Problem]:
        """What is wrong with one rule and all that lies in it."""
        inner = rule.get("schema") if isinstance(rule, Mapping) else None
        short = isinstance(inner, str)
        plain = {key: one for key, one in rule.items() if not (short and key == "schema")} if short else rule
        found = self.form(field_schema(named), plain, where)
        yield from found
        if found or not isinstance(rule, dict):
            return
        for judge in _RULES:
            yield from judge(self, rule, where)
        if rule["type"] == "dict" and isinstance(inner, Mapping):
            yield from self.fields(inner, (*where, "schema"))
        elif rule["type"] == "list" and isinstance(inner, Mapping):
            yield from self.rule(inner, (*where, "schema"), named=False)


@cache
def field_schema(named: bool) -> Schema:
    """The schema of a rule; that of a named field has to say its title."""
    head = trusted((resources.files("generator") / "schemas" / "kind.yml").read_bytes())
    rule = head["definitions"]["field"]
    meta = {**rule["meta"], "required": named}
    return Schema("kind", head["title"], head["help"], head["files"], {**rule, "meta": meta}, {})


def _is_titled_in_a_line(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """Titles become headings, heads of tables and entries of menus."""
    if "\n" in str((rule.get("meta") or {}).get("title", "")).strip():
        yield look.wrong((*where, "meta", "title"), "題名に改行は書けません", "一行にしてください")


def _has_inside(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """Mappings and lists say what is in them, and nothing else does."""
    kind, inner = rule["type"], rule.get("schema")
    if kind == "list" and not isinstance(inner, Mapping):
        yield look.wrong(where, "一覧には、一つ一つの型が要ります", "schema: {type: string} のように書いてください")
    elif kind == "dict" and isinstance(inner, str) and inner not in _SHARED:
        hint = f"使えるのは {'、'.join(_SHARED)} です。ほかは、項目を字下げして並べてください"
        yield look.wrong((*where, "schema"), f"共通の部品「{inner}」はありません", hint)
    elif kind == "dict" and inner is None:
        yield look.wrong(where, "組には、中の項目が要ります", "schema の下に、項目を字下げして並べてください")
    elif kind not in ("list", "dict") and inner is not None:
        yield look.wrong((*where, "schema"), f"{kind} の項目に中身 (schema) はありません", "type を list か dict に")


_SHARED = ("period",)
"""Definitions of the package that a project may use."""


def _fits(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """A restriction stands only where it can mean something."""
    for key, kinds in _ONLY.items():
        if key in rule and rule["type"] not in kinds:
            hint = f"{key} は {'、'.join(kinds)} の項目に書けます"
            yield look.wrong((*where, key), f"{rule['type']} の項目に {key} は書けません", hint)
    labels = (rule.get("meta") or {}).get("labels") or {}
    for value in [one for one in labels if one not in rule.get("allowed", ())]:
        yield look.wrong((*where, "meta", "labels", value), f"labels の「{value}」が allowed にありません", "")


_ONLY: Mapping[str, Sequence[str]] = {
    "allowed": ("string",),
    "min": ("integer",),
    "max": ("integer",),
    "minlength": ("list", *_WORDS),
    "maxlength": ("list", *_WORDS),
    "unique_by": ("list",),
    "pair_by": ("list",),
    "whole": ("list",),
    "ahead": DATES,
    "reference": ("id", "item"),
}
"""The types that each restriction is for."""


def _refers(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """What a symbol names is something that can be named."""
    name = rule.get("reference")
    known = [*_NAMED, *(f"record:{kind}" for kind in sorted(look.kinds)), *_designs()]
    if name is not None and name not in known:
        close = get_close_matches(str(name), known, 1, 0.6)
        hint = f"{close[0]} ではありませんか" if close else f"書ける値: {'、'.join(_NAMED)}、record:…、design:…"
        yield look.wrong((*where, "reference"), f"reference に「{name}」は書けません", hint)


_NAMED = ("staff", "person", "role", "task", "deliverable", "level", "item")


def _designs() -> list[str]:
    return [f"design:{kind}" for kind in shipped_schemas().design]


def _pairs(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """What rows are told apart by is in the rows."""
    inside = ((rule.get("schema") or {}).get("schema") or {}) if rule["type"] == "list" else {}
    for key in ("unique_by", "pair_by"):
        asked = rule.get(key) or ()
        for name in (asked,) if isinstance(asked, str) else asked:
            if not isinstance(inside, Mapping) or name not in inside:
                yield look.wrong(
                    (*where, key), f"{key} の「{name}」が、行の項目にありません", "schema に足してください"
                )


def _is_personal(look: Look, rule: Rules, where: Path) -> Iterator[Problem]:
    """What is left out for the public can be left out."""
    mark = (rule.get("meta") or {}).get("personal")
    place = (*where, "meta", "personal")
    if mark is None:
        return
    if not (isinstance(mark, bool) or (isinstance(mark, list) and all(isinstance(one, str) for one in mark))):
        yield look.wrong(place, "personal は true か、語の一覧です", "personal: true")
    elif rule["type"] not in (*_WORDS, "list") and rule.get("required"):
        yield look.wrong(place, "必須の項目を個人とするには、文か一覧でなければなりません", "type を string に")


_RULES: tuple[Callable[[Look, Rules, Path], Iterator[Problem]], ...] = (
    _is_titled_in_a_line,
    _has_inside,
    _fits,
    _refers,
    _pairs,
    _is_personal,
)
