"""All that a PDF says: its pages, its outline and information, its metadata, and the files in it. Read without any library.

The glyphs on its pages are turned back into characters by the tables a PDF carries for that (ISO 32000-1, 9.10.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.outputs import pdffile

APART = "\u200b"
"""What stands between pieces of a page that were set one by one: no blank, and no part of a number."""

_FONT = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_TABLE = re.compile(rb"/ToUnicode\s+(\d+)\s+\d+\s+R")
_PAIRS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SHOWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+[\d.]+\s+Tf|\[([^\]]*)\]\s*TJ|<([0-9A-Fa-f]+)>\s*Tj")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")

Table = Mapping[str, str]
"""Characters by the code of a glyph, four digits."""


def texts(content: bytes) -> Iterator[str | bytes]:
    """Everything a PDF says as texts; what its streams hold beside text, such as a file in it, as bytes."""
    objects = pdffile.objects(content)
    fonts = dict(_fonts(objects))
    yield APART.join(text for words, _ in objects.values() for text in pdffile.strings(words))
    for words, stream in objects.values():
        if b"/Length1" in words or b"/Subtype /Image" in words or b"/XRef" in words:
            continue
        if b" Tf" in stream:
            yield _page(stream, fonts)
        elif stream and b"begincmap" not in stream:
            yield stream


def _fonts(objects: Mapping[int, tuple[bytes, bytes]]) -> Iterator[tuple[bytes, Table]]:
    """The tables by the names that pages have for fonts."""
    tables = {number: int(found[1]) for number, (words, _) in objects.items() if (found := _TABLE.search(words))}
    for words, _ in objects.values():
        for name, number in _FONT.findall(words) if tables and b"/Kids" not in words else ():
            if (table := tables.get(int(number))) in objects:
                yield name, dict(_characters(objects[int(table or 0)][1]))


def _characters(table: bytes) -> Iterator[tuple[str, str]]:
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in _PAIRS.findall(block):
            yield code.decode().lower(), _text(text)
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start, begin = int(first, 16), int(text, 16)
            for place in range(int(last, 16) - start + 1):
                yield f"{start + place:0{len(first)}x}", _text(f"{begin + place:0{len(text)}x}".encode())


def _text(raw: bytes) -> str:
    return bytes.fromhex(raw.decode()).decode("utf-16-be", errors="replace")


def _page(stream: bytes, fonts: Mapping[bytes, Table]) -> str:
    """The text of a page, in the order in which it is set."""
    found: list[str] = []
    table: Table = {}
    for name, several, single in _SHOWN.findall(stream):
        if name:
            table = fonts.get(name, {})
            continue
        codes = "".join(code.decode().lower() for code in _HEX.findall(several)) or single.decode().lower()
        found.append("".join(table.get(codes[at : at + 4], "") for at in range(0, len(codes), 4)))
    return APART.join(found)
