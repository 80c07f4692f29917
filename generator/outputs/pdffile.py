"""What a PDF says of itself: pages, document information, attached files. Read without any library.

Enough for the PDFs that Nohin makes and for what other programs make of them; of a file that is damaged or unlike
anything known, whatever can be read. Nothing a file holds makes it raise, and nothing in it is run.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

INFORMATION = {
    "Title": "題名",
    "Subject": "件名",
    "Author": "作成者",
    "Producer": "作成したプログラム",
    "CreationDate": "作成日",
    "ModDate": "更新日",
}
"""What of the document information is read, with its title."""

LIMIT = 64 * 1024 * 1024
"""Bytes that a packed stream may have unpacked."""


@dataclass(frozen=True)
class PdfFile:
    """What was found in a PDF."""

    pages: int
    information: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def number(self) -> str | None:
        """The document number of a PDF made by Nohin: `contract/number/document`."""
        parts = self.information.get("Subject", "").split("　")
        return next((part for part in reversed(parts) if "/" in part), None)


@dataclass(frozen=True)
class _Object:
    words: bytes
    stream: bytes = b""


def is_pdf(content: bytes) -> bool:
    """Whether a file begins as a PDF does."""
    return b"%PDF-" in content[:1024]


def read(content: bytes) -> PdfFile:
    """Read a PDF."""
    objects = dict(_objects(content))
    pages = sum(_PAGE.search(one.words) is not None for one in objects.values())
    numbers = [int(n) for n in re.findall(rb"/Info\s+(\d+)\s+\d+\s+R", content)]
    numbers += [int(n) for one in objects.values() for n in re.findall(rb"/Info\s+(\d+)\s+\d+\s+R", one.words)]
    words = next((objects[n].words for n in reversed(numbers) if n in objects), b"")
    information = {name: text for name in INFORMATION if (text := _text(name, words)) is not None}
    return PdfFile(pages, information, dict(_attachments(objects)))


_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_START = re.compile(rb"(?:^|[\r\n])\s*(\d{1,9})\s+\d{1,5}\s+obj\b")
_END = re.compile(rb"endobj|(?<=[>\s])stream\r?\n")


def objects(content: bytes) -> dict[int, tuple[bytes, bytes]]:
    """What every object of a PDF says, by number: its words, and its stream unpacked."""
    return {number: (one.words, one.stream) for number, one in _objects(content)}


def strings(words: bytes) -> Iterator[str]:
    """Every text in an object's words."""
    for match in _STRING.finditer(words):
        if match[0] == b"(":
            yield _decoded(_literal(words[match.end() :]))
        else:
            yield _decoded(bytes.fromhex(match[1].decode() + "0" * (len(match[1]) % 2)))


_STRING = re.compile(rb"\(|<([0-9A-Fa-f]+)>")


def _objects(content: bytes) -> Iterator[tuple[int, _Object]]:
    """The objects by number, those packed into streams too; later ones take the place of earlier ones."""
    at = 0
    while match := _START.search(content, at):
        end = _END.search(content, match.end())
        if end is None:
            return
        words, at = content[match.end() : end.start()], end.end()
        if end[0] == b"endobj":
            yield int(match[1]), _Object(words)
            continue
        raw = _raw(content, at, words)
        at += len(raw)
        one = _Object(words, _unpacked(raw, words))
        yield int(match[1]), one
        if re.search(rb"/Type\s*/ObjStm", words):
            yield from _packed(one)


def _raw(content: bytes, start: int, words: bytes) -> bytes:
    length = re.search(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)\b", words)
    if length and content[start + int(length[1]) : start + int(length[1]) + 12].lstrip()[:9] == b"endstream":
        return content[start : start + int(length[1])]
    end = content.find(b"endstream", start)
    return content[start : end if end >= 0 else len(content)]


def _unpacked(raw: bytes, words: bytes) -> bytes:
    if b"/FlateDecode" not in words:
        return raw
    try:
        return zlib.decompressobj().decompress(raw, LIMIT)
    except zlib.error:
        return b""


def _packed(holder: _Object) -> Iterator[tuple[int, _Object]]:
    count, start = _number(b"N", holder.words), _number(b"First", holder.words)
    numbers = [int(n) for n in re.findall(rb"\d{1,10}", holder.stream[:start])][: 2 * count]
    places = [*numbers[1::2], len(holder.stream) - start]
    for number, begin, end in zip(numbers[::2], places, places[1:], strict=False):
        yield number, _Object(holder.stream[start + begin : start + end])


def _number(name: bytes, words: bytes) -> int:
    match = re.search(rb"/%s\s+(\d{1,10})" % name, words)
    return int(match[1]) if match else 0


def _text(name: str, words: bytes) -> str | None:
    """A text under a key of a dictionary."""
    match = re.search(rb"/" + name.encode() + rb"\s*(\(|<(?!<))", words)
    if match is None:
        return None
    if match[1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", words[match.end() :].partition(b">")[0])
        return _decoded(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
    return _decoded(_literal(words[match.end() :]))


def _literal(rest: bytes) -> bytes:
    """The bytes of a text in parentheses, up to the one that closes it."""
    found, depth, at = bytearray(), 1, 0
    while at < len(rest):
        escape = _ESCAPE.match(rest, at)
        if escape:
            found += _escaped(escape[1])
            at = escape.end()
            continue
        depth += {0x28: 1, 0x29: -1}.get(rest[at], 0)
        if depth == 0:
            break
        found.append(rest[at])
        at += 1
    return bytes(found)


_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}


def _escaped(mark: bytes) -> bytes:
    return bytes([int(mark, 8) & 255]) if mark[:1].isdigit() and mark < b"8" else _NAMED.get(mark, mark)


def _decoded(raw: bytes) -> str:
    if raw[:2] == b"\xfe\xff":
        return raw[2:].decode("utf-16-be", errors="replace")
    return raw[3:].decode("utf-8", errors="replace") if raw[:3] == b"\xef\xbb\xbf" else raw.decode("latin-1")


def _attachments(objects: Mapping[int, _Object]) -> Iterator[tuple[str, bytes]]:
    for one in objects.values():
        inside = re.search(rb"/EF\s*<<[^>]*?/U?F\s+(\d+)\s+\d+\s+R", one.words)
        name = _text("UF", one.words) or _text("F", one.words)
        if inside and name and int(inside[1]) in objects:
            yield name, objects[int(inside[1])].stream


def texts(content: bytes) -> list[str] | None:
    """The text of each page by poppler's pdftotext; None where it is not installed or cannot read the file."""
    program = shutil.which("pdftotext")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-q", "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", errors="replace").split("\f")[:-1] if done.returncode == 0 else None
