"""What is not torn over two lines of paper: dates, times, telephone numbers, numbers of clauses, figures with their units."""

from __future__ import annotations

import re

from generator.documents.markup import Markup

_DIGIT = "[0-9０-９]"
_KANJI = "[0-9０-９一二三四五六七八九十百]"
_UNIT = "件|回|名|人|枚|部|個|台|冊|円|版|ページ|％|%|時間|分|秒|日|週間|か月|年度|年|月|[KMGT]B|[MG]bps"
_WHOLE = "|".join(
    (
        rf"(?:令和|平成)(?:元|{_DIGIT}+)年(?:{_DIGIT}+月(?:{_DIGIT}+日)?)?(?:（[月火水木金土日]）)?",
        rf"{_DIGIT}{{1,2}}月{_DIGIT}{{1,2}}日(?:（[月火水木金土日]）)?",
        rf"{_DIGIT}{{1,2}}時{_DIGIT}{{1,2}}分",
        r"0\d{1,4}-\d{1,4}-\d{3,4}",
        r"\d{4}-\d{2,3}(?:-\d{2})?(?![\w-])",
        rf"第{_KANJI}+条(?:の{_KANJI}+)?(?:第{_KANJI}+項)?(?:第{_KANJI}+号)?",
        rf"{_DIGIT}+(?:（[0-9０-９ア-ン一-十]{{1,2}}）)+[①-⑳]?|{_DIGIT}+[①-⑳]",
        rf"{_DIGIT}+(?:[,.]{_DIGIT}+)*(?:{_UNIT})(?:{_DIGIT}+分)?",
    )
)
_PIECE = re.compile(rf"[（「]?(?<![0-9０-９A-Za-z_&#.,-])(?:{_WHOLE})[）」、。]*")
"""What belongs together, with the brackets and stops that must not be parted from it either."""
_TAG = re.compile(r"(<[^>]*>)")


def unbroken(html: str) -> Markup:
    """A document's body with a `piece` around each; text that is nothing else is left as it is.

    The body is what templates rendered: its data is escaped, so what looks like a tag is one.
    """
    parts = _TAG.split(html)
    parts[::2] = [text if _PIECE.fullmatch(text.strip()) else _PIECE.sub(_held, text) for text in parts[::2]]
    return Markup("".join(parts))


def _held(found: re.Match[str]) -> str:
    return f'<span class="piece">{found[0]}</span>'
