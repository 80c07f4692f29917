"""The words deadline rules are written in: folding what people type, and what to say when a word is unknown."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

NO_DATE = "DUE001"
TWO_DATES = "DUE002"
TWO_SHAPES = "DUE003"
UNREADABLE_POINT = "DUE004"
UNREADABLE_LIMIT = "DUE005"
MISUSED_ANCHOR = "DUE006"
UNKNOWN_KIND = "DUE007"
UNKNOWN_FIELD = "DUE008"
BAD_LAST = "DUE009"
BAD_IF_ANY = "DUE010"
NEVER_FIRES = "DUE011"
OUTSIDE_CONTRACT = "DUE012"
NOT_SIGNED = "DUE013"
WHICH_YEAR = "DUE014"
IMPOSSIBLE_DAY = "DUE015"
IDLE_KEY = "DUE016"
NO_RULES = "DUE017"
STRAY_SUBMISSION = "DUE018"
BAD_READING = "DUE019"
NOT_A_MOMENT = "DUE020"
BEYOND_HORIZON = "DUE021"
EARLY_RECORD = "DUE022"
OUT_OF_ORDER = "DUE023"
STANDS_STILL = "DUE024"

PROBLEM_CODES = {
    NO_DATE: "期日の定めのない期限の規則",
    TWO_DATES: "期日の定めが重なっている期限の規則",
    TWO_SHAPES: "周期・期間・事象の指定が重なっている期限の規則",
    UNREADABLE_POINT: "読めない期日 (on)",
    UNREADABLE_LIMIT: "読めない期限 (within・target)",
    MISUSED_ANCHOR: "その規則では使えない起点",
    UNKNOWN_KIND: "記録の種類がない",
    UNKNOWN_FIELD: "記録の項目がない",
    BAD_LAST: "最終の期間の特例の誤り",
    BAD_IF_ANY: "「あった場合のみ」の誤り",
    NEVER_FIRES: "一度も期限を生じない規則",
    OUTSIDE_CONTRACT: "契約期間の外の期間や日付",
    NOT_SIGNED: "契約締結日を待つ期限",
    WHICH_YEAR: "どの年の月日か決まらない期日",
    IMPOSSIBLE_DAY: "暦にない日",
    IDLE_KEY: "働かない項目",
    NO_RULES: "期限の規則のない納品物件",
    STRAY_SUBMISSION: "どの期限にも当たらない提出",
    BAD_READING: "ほかの読み方の書き方の誤り",
    NOT_A_MOMENT: "起点の項目に日付がない記録",
    BEYOND_HORIZON: "計算できる範囲を超える契約期間",
    EARLY_RECORD: "契約の始期より前の日付の記録",
    OUT_OF_ORDER: "日時の順序が逆の記録",
    STANDS_STILL: "期間が移っても動かない期日",
}
"""Problem codes of deadlines with their titles."""


class BadWords(ValueError):
    """A phrase of a rule that cannot be read: which problem it is, and what would be right."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def fold(text: str) -> str:
    """Half width and single spaces: `１０　days of period.end` reads like `10 days of period.end`."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def did_you_mean(word: str, known: Iterable[str], otherwise: str, nearness: float = 0.6) -> str:
    """A hint naming the nearest known form, or the forms there are; 1 is the same word."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=nearness)
    return f"もしかして: {near[0]}" if near else otherwise
