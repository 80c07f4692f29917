"""What of a personal value is looked for elsewhere, in free text and in what was written.

Not every value is. What says nothing by itself (「職員」, a post, a number of a few digits, the name of a firm or an
office) would be found on every page; it is left out where it stands, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.intake import spelling
from generator.intake.personal import Content, Found
from generator.intake.spelling import folded, shape

DIGITS = range(7, 16)
"""So many digits has a telephone number (ITU-T E.164: 15 at most)."""

PLAINLY = 9
"""So many it has at least, beginning with a 0, where a field does not say that it is one."""

ODD = 8
"""A word of so many characters that holds three digits or more is nobody's everyday word."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is looked for in texts."""

    what: str
    """The field it is from: `体制　人　氏名`."""
    pattern: str
    cores: tuple[str, ...]
    """What all its spellings hold when they are folded."""
    sure: bool = True
    """Whether it means a person wherever it stands; not so a family's name, or a single word of Latin letters."""


@dataclass(frozen=True)
class Called:
    """What things are called that are no people."""

    firms: frozenset[str]
    """Firms, offices and posts."""
    things: frozenset[str]
    """The same, and places."""
    numbers: frozenset[str]
    """Telephone numbers and the like of firms and offices."""

    @classmethod
    def of(cls, contents: Sequence[Content]) -> Called:
        """All that data files name."""
        firms = frozenset(shape(name) for content in contents for name in content.firms)
        things = firms | {shape(name) for content in contents for name in content.things}
        return cls(firms, things, frozenset(digits for name in firms for digits in _numbers(name)))


_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*[A-Za-z0-9]")
_NUMBER = re.compile(r"(?<![0-9A-Za-z-])\+?\(?\d(?:[\s\-()ー－‐.・]{0,3}\d)+(?![0-9A-Za-z])")
_YEARLY = re.compile(r"(?:19|20)\d\d[-/.]\d{1,3}(?:[-/.]\d{1,2})?(?![-\d])")
"""A day, or the number of a record: `2026-001`."""
_PARTED = re.compile(r"[（）()「」\[\]、,，;/／:：。]")
_WORD = re.compile(r"[\u3005\u4e00-\u9fff\uf900-\ufaff]+|[ぁ-ゖー]+|[ァ-ヺー・]+|[A-Za-z][A-Za-z.'-]*")
_POST = re.compile(
    "(?:員|者|課|部|係|室|局|所|署|庁|会|社|店|行|園|校|院|市|区|町|村|県|府|都|人|長|様|方|他|ほか|窓口|担当|主任|主査|チーム|"
    "センター|グループ|デスク|システム|サーバ|一同)[0-9]*名?\\Z"
)
"""How a word ends that means an office or a post, not a person."""
_NOBODY = {
    *("職員", "担当", "担当者", "従事者", "受注者", "発注者", "利用者", "代理", "本人"),
    *("未定", "未選任", "欠員", "空席", "不在", "不明", "匿名", "調整中", "選任中", "なし", "該当なし", "同上"),
    *("非公開", "非公表", "nohin", "github", "gitlab", "root", "admin", "user", "unknown"),
}
"""What may stand in place of a name."""


def wanted(found: Found, called: Called) -> Iterator[Wanted]:
    """What of a personal value is looked for elsewhere."""
    text = spelling.half_width(found.text)
    for mail in _MAIL.findall(text):
        yield Wanted(found.what, spelling.address(mail), (folded(mail),))
    text = _YEARLY.sub("、", _MAIL.sub("、", text))
    for digits in _numbers(text):
        plainly = found.contact or (digits[0] == "0" and len(digits) >= PLAINLY)
        if plainly and len(digits) in DIGITS and digits not in called.numbers:
            yield Wanted(found.what, spelling.number(digits), (digits, f"81{digits[1:]}"))
    yield from _odd(found, called)
    first, *rest = _PARTED.split(_NUMBER.sub("、", text))
    if found.name:
        yield from _of_person(found.what, first.split(), called, named=True)
    for part in rest if found.name else (first, *rest):
        words = [word for word in part.split() if not _is_post(word, called)]
        if 2 <= len(words) <= 3 and all(_WORD.fullmatch(word) for word in words):
            yield from _of_person(found.what, words, called)


def _odd(found: Found, called: Called) -> Iterator[Wanted]:
    """What a contact says that is neither a number nor an address; elsewhere words that nobody writes by chance."""
    text = spelling.half_width(found.text)
    if found.contact and not _MAIL.search(text) and not any(len(one) in DIGITS for one in _numbers(text)):
        plain = shape(text)
        yield from [Wanted(found.what, spelling.phrase(text), (folded(text),))] if _is_said(plain, called) else ()
    for word in (word for part in _PARTED.split(_YEARLY.sub("、", text)) for word in part.split()):
        if len(word) >= ODD and sum(map(str.isdigit, word)) >= 3 and not word.isdigit() and not _is_post(word, called):
            yield Wanted(found.what, spelling.phrase(word), (folded(word),), sure=False)


def _is_said(text: str, called: Called) -> bool:
    return len(text) > 3 and not text.isdigit() and text not in _NOBODY and not any(text in one for one in called.firms)


def _numbers(text: str) -> Iterator[str]:
    """The digits of the numbers in a text, the country's number as a 0."""
    for written in _NUMBER.findall(spelling.half_width(text)):
        digits = re.sub(r"\D", "", written)
        yield "0" + digits[2:].removeprefix("0") if written.startswith("+81") else digits


def _is_post(word: str, called: Called) -> bool:
    """Whether a word means a firm, an office or a post; a short one may be a name that a firm has as well."""
    known = len(word) > 2 and any(word in name for name in called.firms)
    return known or word in _NOBODY or _POST.search(word) is not None


def _of_person(what: str, words: Sequence[str], called: Called, named: bool = False) -> Iterator[Wanted]:
    """A person's name; of a Japanese one in two words also the family's name, where it means the person."""
    joined = "".join(words)
    if joined.lower() in _NOBODY or (named and any(joined in name for name in called.firms)):
        return
    if joined.isascii():
        single = len(words) == 1 and joined.isalpha()
        yield from [Wanted(what, spelling.whole_name(words), (folded(joined),), not single)] if len(joined) > 3 else ()
    elif len(words) > 1 or len(joined) > 2:
        yield Wanted(what, spelling.whole_name(words), (folded(joined),))
    if words and not joined.isascii() and (len(words) == 2 or len(joined) == 2):
        alone = len(words) == 2 and len(words[0]) > 1 and not any(words[0] in name for name in called.things)
        yield Wanted(what, spelling.family_name(words[0], alone), (folded(words[0]),), sure=False)
        yield Wanted(what, spelling.own_name(words[-1]), (folded(words[-1]),), sure=False)
