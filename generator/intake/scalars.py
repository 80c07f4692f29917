"""The scalar types of the schemas: how a value is brought to its one form, and what the right form looks like.

Text as people write it (full-width digits, 和暦) is normalised; what cannot be read is left as it is, for the
schema to refuse.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.intake.eras import NotADate, parse_date

_ID = re.compile(r"[0-9A-Za-z※ぁ-んァ-ヶー一-龠々〇]+(?:[-_.][0-9A-Za-z※ぁ-んァ-ヶー一-龠々〇]+)*\Z")
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\Z")
_MONTHDAY = re.compile(r"(\d{1,2})[-/月](\d{1,2})日?\Z")
_MOMENT = re.compile(r"(.+?日?)[T ]*(\d{1,2})(?::|時)(\d{2})分?\Z")


@dataclass(frozen=True)
class ScalarType:
    """One type of the schemas."""

    title: str
    hint: str
    python: type
    normalise: Callable[[Any], Any]
    refuses: Callable[[Any], bool] = lambda value: False


def _folded(value: Any) -> str:
    return unicodedata.normalize("NFKC", value).strip()


def _date(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_date(value) or value
    except NotADate:
        return value


def _integer(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    folded = _folded(value)
    return int(folded) if re.fullmatch(r"-?(0|[1-9]\d{0,17})", folded) else value


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _clock(value: Any) -> Any:
    if isinstance(value, str) and (match := _CLOCK.match(_folded(value).replace("時", ":").removesuffix("分"))):
        hour, minute = match.groups()
        return f"{int(hour)}:{minute}"
    return value


def _monthday(value: Any) -> Any:
    if isinstance(value, str) and (match := _MONTHDAY.match(_folded(value))):
        return f"{int(match[1]):02}-{int(match[2]):02}"
    return value


def _not_monthday(value: Any) -> bool:
    try:
        dt.date.fromisoformat(f"2024-{value}")
    except ValueError:
        return True
    return False


def _moment(value: Any) -> Any:
    """A day and a clock time, local to the authority."""
    if not isinstance(value, str) or not (match := _MOMENT.match(_folded(value))):
        return value
    day, hour, minute = _date(match[1].strip()), int(match[2]), int(match[3])
    if not isinstance(day, dt.date) or hour > 23 or minute > 59:
        return value
    return dt.datetime(day.year, day.month, day.day, hour, minute)


def _id(value: Any) -> Any:
    return unicodedata.normalize("NFC", _text(value)) if isinstance(_text(value), str) else value


SCALAR_TYPES = {
    "date": ScalarType("日付", "2026-04-01 または 令和8年4月1日", dt.date, _date, lambda v: isinstance(v, dt.datetime)),
    "moment": ScalarType("日時", "2026-04-01 16:30", dt.datetime, _moment),
    "integer": ScalarType("整数", "12", int, _integer, lambda v: isinstance(v, bool)),
    "text": ScalarType("文字", "文字を書く。数字だけでもよい", str, _text),
    "id": ScalarType("記号", "英数字・かな・漢字を - でつないだ名", str, _id, lambda v: not _ID.match(v)),
    "ground": ScalarType(
        "条項番号",
        "7-1-4。特記事項の条項は ichikawa-security/9-1-1",
        str,
        _id,
        lambda v: not all(map(_ID.match, v.split("/", 1))),
    ),
    "item": ScalarType(
        "設計の項目",
        "servers/db01 または operation/backup（マニュアルの章）",
        str,
        _id,
        lambda v: v.count("/") != 1 or not all(map(_ID.match, v.split("/"))),
    ),
    "clock": ScalarType("時刻", "8:40", str, _clock, lambda v: not _CLOCK.match(v)),
    "monthday": ScalarType("月日", "12-29", str, _monthday, _not_monthday),
}
"""Types by the name the schemas give them; `string`, `boolean`, `list` and `dict` are Cerberus's own."""

PLAIN_TYPES = {
    "string": ("文字", "文字を書く。数字や true だけの値は '…' で囲む"),
    "boolean": ("true か false", "true または false"),
    "list": ("一覧", "行頭に「- 」を付けて並べる"),
    "dict": ("項目の組", "「キー: 値」を字下げして並べる"),
}
"""Title and hint of Cerberus's own types."""


def why_not(kind: str, value: Any) -> str | None:
    """A reason beyond the wrong form, such as a day that does not exist."""
    if kind not in ("date", "moment") or not isinstance(value, str):
        return None
    try:
        parse_date(_MOMENT.sub(r"\1", _folded(value)))
    except NotADate as error:
        return str(error)
    return None
