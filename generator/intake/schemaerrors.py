"""What the schemas' errors mean in Japanese: which field, what is wrong, what would be right."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from generator.intake.scalars import PLAIN_TYPES, SCALAR_TYPES, why_not
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.intake.positions import Spot
    from generator.intake.schema import Path, Schema

PROBLEM_CODES = {
    "SCH001": "必要な項目がない",
    "SCH002": "知らない項目",
    "SCH003": "値の種類の誤り",
    "SCH004": "許されない値",
    "SCH005": "値が空",
    "SCH006": "数や長さの範囲の誤り",
    "SCH007": "一意であるべき値の重なり",
    "SCH008": "その他の形の誤り",
    "SCH009": "存在しない日付",
}


def problem(schema: Schema, error: Any, spot: Spot, path: str) -> Problem:
    """What one Cerberus error means, at the value, the unknown key, or the mapping that lacks something."""
    where = tuple(error.document_path)
    name = _title(schema, where)
    code, message, hint = _MESSAGES.get(error.rule, _other)(schema, error, where, name)
    place = spot.at(where[:-1] if error.rule == "required" else where)
    return Problem(place.source(path) if error.rule else place.key_source(path), code, message, hint)


def _title(schema: Schema, where: Path) -> str:
    if where and isinstance(where[-1], int):
        return f"{_title(schema, where[:-1])}の {where[-1] + 1} 番目"
    title = schema.rule_at(where).get("meta", {}).get("title")
    return f"「{title}」({where[-1]})" if title else f"「{where[-1] if where else ''}」"


def _missing(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    meta = schema.rule_at(where).get("meta", {})
    example = meta.get("example")
    hint = f"{where[-1]}: {example}" if example is not None else meta.get("help", "")
    return "SCH001", f"必要な項目{name}がありません", hint


def _unknown(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    known = schema.keys_at(where[:-1])
    near = get_close_matches(str(where[-1]), known, 1, 0.6)
    hint = f"{near[0]} ではありませんか" if near else f"書ける項目: {', '.join(known)}"
    return "SCH002", f"「{where[-1]}」という項目はありません", hint


def _bad_type(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    rule = schema.rule_at(where)
    kind = str(rule.get("type", error.constraint))
    if reason := why_not(kind, error.value):
        return "SCH009", f"{name}の日付「{error.value}」は存在しません。{reason}", SCALAR_TYPES[kind].hint
    if kind in SCALAR_TYPES:
        title, hint = SCALAR_TYPES[kind].title, SCALAR_TYPES[kind].hint
    else:
        title, hint = PLAIN_TYPES.get(kind, (kind, ""))
    return "SCH003", f"{name}は{title}でなければなりませんが、{_shown(error.value)}です", f"正しい形: {hint}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "項目の組"
    if isinstance(value, list):
        return "一覧"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"「{text if len(text) <= 40 else text[:40] + '…'}」"


def _unallowed(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    rule = schema.rule_at(where)
    allowed = [str(choice) for choice in rule.get("allowed", error.constraint)]
    labels = rule.get("meta", {}).get("labels", {})
    near = get_close_matches(str(error.value), allowed, 1, 0.6)
    choices = "、".join(f"{choice}（{labels[choice]}）" if choice in labels else choice for choice in allowed)
    hint = f"{near[0]} ではありませんか。" if near else ""
    return "SCH004", f"{name}に{_shown(error.value)}は書けません", f"{hint}書ける値: {choices}"


def _empty(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    needed = schema.rule_at(where).get("required")
    return "SCH005", f"{name}の値が書かれていません", f"値を書{'いて' if needed else 'くか、この行を消して'}ください"


def _range(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    words = {"min": "以上", "max": "以下", "minlength": "個以上", "maxlength": "個以下"}
    limit = f"{error.constraint}{words.get(error.rule, '')}"
    return "SCH006", f"{name}は{limit}でなければなりません", f"{limit}にしてください"


def _other(schema: Schema, error: Any, where: Path, name: str) -> tuple[str, str, str]:
    return (
        "SCH008",
        f"{name}の形が正しくありません（{error.rule}）",
        str(schema.rule_at(where).get("meta", {}).get("help", "")),
    )


_MESSAGES = {
    "required": _missing,
    None: _unknown,
    "type": _bad_type,
    "allowed": _unallowed,
    "nullable": _empty,
    "empty": _empty,
    "min": _range,
    "max": _range,
    "minlength": _range,
    "maxlength": _range,
}
"""By the rule that was broken; Cerberus names none where a key is unknown."""


def repeated(where: Path, key: str, document: Any, spot: Spot, path: str) -> Problem:
    """A name that an earlier item of the list has."""
    field, index = where[0], where[1]
    name = document[field][index][key]
    first = next(i for i, item in enumerate(document[field]) if isinstance(item, dict) and item.get(key) == name)
    line = spot.at((field, first, key)).line
    message = f"{key}「{name}」が {line} 行目と重なっています"
    return Problem(spot.at((*where, key)).source(path), "SCH007", message, "それぞれ違う名にしてください")
