"""How a name, a number or an address can be written: with and without blanks and hyphens, in full and half width.

Each function makes a regular expression that finds one of them in a text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

HONORIFICS = "さん|さま|様|氏|殿|くん|君|ちゃん|先生"
"""What follows a name, be it the family's or one's own."""

POSTS = (
    "会長|社長|副社長|専務|常務|取締役|監査役|本部長|事業部長|部長|次長|局長|所長|室長|課長|係長|班長|主任|主査|主幹|主事|"
    "技師|技術員|参事|補佐|店長|支店長|リーダー|マネージャー|マネジャー"
)
"""What follows the name of a family at work."""

_KANJI = "\u3005\u4e00-\u9fff\uf900-\ufaff"
_GAP = "[\\s\u00ad\u200b\u2060\ufeff]*"
_HYPHENS = "\\-‐‑‒–—―−ー－ｰ"
_MARKS = f"{_HYPHENS}()（）.．・"


def shape(text: str) -> str:
    """A text without regard to width and blanks: what all its spellings have in common."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def half_width(text: str) -> str:
    """A text in the width that a character commonly has; blanks stay."""
    return unicodedata.normalize("NFKC", text)


_DROPPED = "\u00ad\u200b\u2060\ufeff-‐‑‒–—―−ー()（）.．・_"


def folded(text: str) -> str:
    """A text in which all spellings of a value are one: without blanks and hyphens, narrow and small."""
    plain = text if text.isascii() else half_width(text)
    plain = "".join(plain.lower().split())
    for char in _DROPPED:
        plain = plain.replace(char, "")
    return plain


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """An expression that finds any of many words in one go: what they begin with alike is looked at once."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for char in word:
            branch = branch.setdefault(char, {})
        branch[""] = {}
    return re.compile(_branched(tree))


def _branched(tree: Mapping[str, Any]) -> str:
    if "" in tree:
        return ""
    found = [re.escape(char) + _branched(inner) for char, inner in sorted(tree.items())]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def whole_name(words: Sequence[str]) -> str:
    """A person's name as words: `["見本", "太郎"]`. A short one does not stand inside of other words."""
    shaped = [shape(word) for word in words]
    if all(word.isascii() for word in shaped):
        return _latin("[\\s._-]*".join(_letters(word, "") for word in shaped))
    joined = _letters("".join(shaped), _GAP)
    return f"(?<![{_KANJI}]){joined}(?![{_KANJI}])" if len("".join(shaped)) < 3 else joined


def family_name(word: str, alone: bool) -> str:
    """The name of a family where it means a person: before an honorific or a post; `alone` also by itself."""
    shaped = shape(word)
    after = f"(?={_GAP}(?:{HONORIFICS}|{POSTS}))"
    if alone:
        after = f"(?:{after}|(?![{_KANJI}ァ-ヺーｦ-ﾟA-Za-z0-9Ａ-Ｚａ-ｚ０-９]))"
    return (f"(?<![{_KANJI}])" if len(shaped) < 2 else "") + _letters(shaped, _GAP) + after


def own_name(word: str) -> str:
    """One's own name before an honorific."""
    return f"(?<![{_KANJI}]){_letters(shape(word), _GAP)}(?={_GAP}(?:{HONORIFICS}))"


def number(digits: str) -> str:
    """A telephone number, however it is parted; with the country's number in place of the first 0.

    Blanks part it only where numbers are commonly parted: figures in a row are no number.
    """
    first, *rest = (_letters(digit, "") for digit in digits)
    if digits[0] == "0":
        first = f"(?:{first}|\\+?81[\\s{_MARKS}]{{0,3}}{first}?)"
    blank = {2, 3, 4, 5, len(digits) - 4, len(digits) - 3}
    marks = (f"\\s{_MARKS}" if place in blank else _MARKS for place in range(1, len(digits)))
    joined = first + "".join(f"[{one}]{{0,3}}{digit}" for one, digit in zip(marks, rest, strict=True))
    return f"(?<![0-9a-f０-９]){joined}(?![0-9a-f０-９])"


def address(mail: str) -> str:
    """An address of electronic mail."""
    return f"(?<![A-Za-z0-9._%+-]){_letters(shape(mail), '')}(?![A-Za-z0-9-])"


def phrase(text: str) -> str:
    """A text of any sort, as a whole."""
    plain = shape(text)
    return _latin(_letters(plain, "")) if plain.isascii() else _letters(plain, _GAP)


def identifier(name: str) -> str:
    """An id, whole or as a part of another: `taro` in `2026-04-taro`."""
    return _latin(re.escape(name)) if name.isascii() else re.escape(name)


def _latin(pattern: str) -> str:
    return f"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])"


def _letters(text: str, gap: str) -> str:
    return gap.join(_letter(char) for char in text)


def _letter(char: str) -> str:
    """A character in every width, a Latin letter in either case."""
    forms = [
        form for one in dict.fromkeys((char, char.lower(), char.upper())) for form in (one, *_widths().get(one, ()))
    ]
    single = "".join(re.escape(form) for form in forms if len(form) == 1)
    longer = [re.escape(form) for form in forms if len(form) > 1]
    one = f"[{single}]" if len(forms) > 1 else re.escape(char)
    return f"(?:{'|'.join((one, *longer))})" if longer else one


@cache
def _widths() -> dict[str, list[str]]:
    """The other forms of a character: of full width, of half width, and in two parts."""
    found: dict[str, list[str]] = {}
    for code in range(0xFF01, 0xFFF0):
        for mark in ("", "\uff9e", "\uff9f"):
            form = chr(code) + mark
            plain = unicodedata.normalize("NFKC", form)
            if len(plain) == 1 and plain != form:
                found.setdefault(plain, []).append(form)
    for code in range(0x3041, 0x30FF):
        apart = unicodedata.normalize("NFD", chr(code))
        if len(apart) > 1:
            found.setdefault(chr(code), []).append(apart)
    return found
