"""All that a file of the site says, as texts in which a value can be found however the file's format writes it."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from generator.outputs import pdffile, pdfwords

DEEPEST = 4
"""So many files inside of files are opened."""

_INLINE = re.compile(r"</?(?:b|strong|em|i|u|s|small|span|mark|ins|del|wbr|ruby|rb|rt|rp|sub|sup|a|code)\b[^>]*>|&shy;")
_DATA = re.compile(r"data:[\w/+.-]+;base64,([A-Za-z0-9+/=\s]+)")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\(.)")
_SIGNS = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": ""}
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")


def words(content: bytes, ending: str = "", depth: int = 0) -> Iterator[str]:
    """Everything a file says; how its texts are written, its ending says: `.html`."""
    if depth > DEEPEST:
        return
    for magic, read in _BY_CONTENT.items():
        if content.startswith(magic):
            yield from read(content, depth)
            return
    text = content.decode("utf-8", errors="ignore")
    read_text = _BY_ENDING.get(ending.lower(), _plain)
    for said in read_text(text):
        yield said
        yield from _carried(said, depth)


@dataclass(frozen=True)
class Member:
    """A file in an archive."""

    name: str
    comment: str
    content: bytes

    @property
    def ending(self) -> str:
        """How its name ends: `.pdf`."""
        return PurePosixPath(self.name).suffix


def members(content: bytes) -> list[Member] | None:
    """The files in a ZIP, or in what is one inside, such as a workbook; None for anything else."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            whole = [Member("", archive.comment.decode("utf-8", errors="ignore"), b"")]
            return whole + [
                Member(one.filename, one.comment.decode("utf-8", errors="ignore"), archive.read(one))
                for one in archive.infolist()
            ]
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
        return None


def _carried(text: str, depth: int) -> Iterator[str]:
    """Files that a text carries in itself, such as a drawing."""
    for data in _DATA.findall(text):
        try:
            content = base64.b64decode("".join(data.split()), validate=True)
        except binascii.Error:
            continue
        is_drawing = content.lstrip().startswith((b"<svg", b"<?xml"))
        yield from words(content, ".svg" if is_drawing else "", depth + 1)


# --- texts ---------------------------------------------------------------------------------------------------


def _plain(text: str) -> Iterator[str]:
    yield text


def _markup(text: str) -> Iterator[str]:
    """What is marked within a word is read as one word, attributes and scripts as they stand."""
    yield _unquoted(html.unescape(text))
    yield html.unescape(_INLINE.sub("", text))


def _script(text: str) -> Iterator[str]:
    """JSON and JavaScript."""
    plain = _ESCAPED.sub(_sign, text) if "\\" in text else text
    yield from _markup(plain) if "<" in plain or "&" in plain else [_unquoted(plain)]


def _calendar(text: str) -> Iterator[str]:
    """iCalendar: folded lines (RFC 5545, 3.1) made one, escaped signs (3.3.11) as they are meant."""
    yield re.sub(r"\\([\\;,])", r"\1", re.sub(r"\r?\n[ \t]", "", text).replace("\\n", "\n").replace("\\N", "\n"))


def _sign(escaped: re.Match[str]) -> str:
    code = escaped[1] or escaped[2]
    return chr(int(code, 16)) if code else _SIGNS.get(escaped[3], escaped[3])


def _unquoted(text: str) -> str:
    """A text with the addresses in it as people read them."""
    return _PERCENT.sub(lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", errors="ignore"), text)


_BY_ENDING: Mapping[str, Callable[[str], Iterator[str]]] = {
    ".html": _markup,
    ".svg": _markup,
    ".xml": _markup,
    ".json": _script,
    ".js": _script,
    ".ics": _calendar,
}


# --- other files ---------------------------------------------------------------------------------------------


def _pdf(content: bytes, depth: int) -> Iterator[str]:
    for said in pdfwords.texts(content):
        yield from [said] if isinstance(said, str) else words(said, depth=depth + 1)


def _packed(content: bytes, depth: int) -> Iterator[str]:
    try:
        yield from words(zlib.decompressobj(wbits=31).decompress(content, pdffile.LIMIT), depth=depth + 1)
    except zlib.error:
        return


def _picture(content: bytes, depth: int) -> Iterator[str]:
    """A PNG's texts (PNG 11.3.4), packed or not; what a picture shows is not read."""
    at = 8
    while at + 8 <= len(content):
        size, sort = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        if sort in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"):
            yield from _noted(content[at + 8 : at + 8 + size])
        at += size + 12


def _noted(chunk: bytes) -> Iterator[str]:
    yield chunk.decode("utf-8", errors="ignore")
    for start in (place for place in range(len(chunk) - 1) if chunk[place : place + 1] == b"\x78"):
        try:
            yield zlib.decompressobj().decompress(chunk[start:], pdffile.LIMIT).decode("utf-8", errors="ignore")
            return
        except zlib.error:
            continue


_BY_CONTENT: Mapping[bytes, Callable[[bytes, int], Iterator[str]]] = {
    b"%PDF-": _pdf,
    b"\x1f\x8b": _packed,
    b"\x89PNG\r\n\x1a\n": _picture,
    b"wOFF": lambda content, depth: iter(()),
    b"wOF2": lambda content, depth: iter(()),
}
