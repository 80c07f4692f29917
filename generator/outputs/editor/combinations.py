"""Keys that need one another or exclude one another in one mapping: what `nohin check` makes an error of and a JSON Schema
can say.

Each is a condition and a message. Where the condition holds, the mapping would have to be something else than a mapping;
so the editor says the message, and nothing it made up itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from generator.model import ANSWER_KINDS

Json = dict[str, Any]

_LISTS = ("on", "periods", "weekdays")


def of_mapping(kind: str, path: str, definition: str | None) -> list[Json]:
    """The conditions on a mapping of a kind of file, at a path or with the name of a shared definition."""
    return [
        {"if": condition, "then": {"type": "null", "errorMessage": message}}
        for condition, message in _CONDITIONS.get(definition or f"{kind}/{path}", ())
    ]


def _given(key: str) -> Json:
    """A key with something in it."""
    return {"required": [key], "properties": {key: {"minItems": 1} if key in _LISTS else {"minLength": 1}}}


def _together(keys: Sequence[str], message: str) -> list[tuple[Json, str]]:
    """No two of these keys."""
    return [({"allOf": [_given(one), _given(other)]}, message) for one, other in combinations(keys, 2)]


def _none(ways: Sequence[Json], message: str) -> tuple[Json, str]:
    """Not even one of these."""
    return {"not": {"anyOf": list(ways)}}, message


def _answered(answer: str, missing: Mapping[str, Json], message: str) -> tuple[Json, str]:
    """An answer without what it needs."""
    said = {"required": ["answer"], "properties": {"answer": {"enum": [answer]}}}
    whole = {"required": list(missing), "properties": dict(missing)}
    return {"allOf": [said, {"not": whole}]}, message


_TEXT: Json = {"type": "string", "minLength": 1}
_PERSON: Json = {"type": ["string", "number", "boolean"]}
_DATED_PERIODS: Json = {
    "required": ["periods"],
    "properties": {"periods": {"minItems": 1, "items": _given("on") | {"properties": {"on": {"minLength": 1}}}}},
}
_RANGE: Json = {"anyOf": [{"required": ["start"]}, {"required": ["end"]}]}
_CLOSED: Mapping[str, Json] = {
    "weekdays": _given("weekdays"),
    "holidays": {"required": ["holidays"]},
    "range": _RANGE,
    "date": {"required": ["date"]},
}
_ONE_CLOSED = "weekdays（曜日）、holidays（祝日）、start と end（毎年の範囲）、date（日）のどれか一つを書く"
_ONE_ANSWER = f"{'・'.join(ANSWER_KINDS)} の一つだけを書く"
_HOURS = {
    "required": ["within", "time"],
    "properties": {"within": {"type": "string", "pattern": r"^\s*\S+\s+hours?\s"}, "time": {"minLength": 1}},
}
_ONE_DATE = "on、within、undated のどれか一つにする。二つの期日なら規則を分ける"

_CONDITIONS: Mapping[str, Sequence[tuple[Json, str]]] = {
    "answer": [
        ({"minProperties": 2}, _ONE_ANSWER),
        ({"maxProperties": 0}, _ONE_ANSWER),
    ],
    "due_rule": [
        *_together(("on", "within", "undated"), _ONE_DATE),
        _none([*map(_given, ("on", "within", "undated")), _DATED_PERIODS], _ONE_DATE),
        (_HOURS, "時間で数える期限（hours）に time は書かない"),
        *_together(
            ("each", "periods", "event"), "each（周期）、periods（期間の列挙）、event（記録ごと）のどれか一つにする"
        ),
    ],
    "checklist/answers.*": [
        _answered(
            "○",
            {"evidence": _TEXT, "date": {"type": "string"}, "person": _PERSON},
            "○ の回答には evidence（証跡）、date（確認日）、person（確認者）が要る。書けないうちは answer を空欄にする",
        ),
        _answered(
            "対象外", {"reason": _TEXT}, "対象外の回答には reason（理由）が要る。書けないうちは answer を空欄にする"
        ),
    ],
    "closed_days": [
        *(({"allOf": [one, other]}, _ONE_CLOSED) for one, other in combinations(_CLOSED.values(), 2)),
        _none(list(_CLOSED.values()), _ONE_CLOSED),
        ({"allOf": [_RANGE, {"not": {"required": ["start", "end"]}}]}, "start と end を両方書く"),
    ],
}
"""Conditions that make a mapping wrong, and what to say, by the mapping's definition or its kind of file and path."""
