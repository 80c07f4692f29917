"""What files of every format say, however the format writes it."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib

import pytest

from generator.outputs.filewords import members, words

NAME = "見本 太郎"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{NAME}</text></svg>'
DATA = base64.b64encode(SVG.encode()).decode()
ENTITIES = "".join(f"&#{ord(char)};" for char in NAME)


def _png(sort: bytes, chunk: bytes) -> bytes:
    whole = struct.pack(">I", len(chunk)) + sort + chunk + struct.pack(">I", zlib.crc32(sort + chunk))
    return b"\x89PNG\r\n\x1a\n" + whole


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (f"<p>{NAME}</p>", ".html"),
        (f"<p>{ENTITIES}</p>", ".html"),
        ("<p>見本 <b>太</b>郎</p>", ".html"),
        (f'<img alt="" src="data:image/svg+xml;base64,{DATA}">', ".html"),
        ("<a href='x/%E8%A6%8B%E6%9C%AC%20%E5%A4%AA%E9%83%8E.html'>", ".html"),
        (json.dumps({"name": NAME}), ".json"),
        (f"window.x = {json.dumps(NAME)};", ".js"),
        (json.dumps(f"<p>{ENTITIES}</p>"), ".json"),
        (f"BEGIN:VEVENT\r\nSUMMARY:{NAME[:2]}\r\n  {NAME[3:]}\r\n", ".ics"),
        (NAME, ".css"),
        (NAME, ""),
        (SVG, ".svg"),
        (gzip.compress(NAME.encode(), mtime=0), ".gz"),
        (_png(b"tEXt", b"Author\0" + NAME.encode()), ".png"),
        (_png(b"zTXt", b"Author\0\0" + zlib.compress(NAME.encode())), ".png"),
    ],
)
def test_what_is_said_is_read(content: str | bytes, ending: str) -> None:
    """Entities, escapes, folded lines, packed pieces and files inside of files are read as they are meant."""
    raw = content if isinstance(content, bytes) else content.encode()
    assert any(NAME in text for text in words(raw, ending))


def test_archives() -> None:
    """Members are told with their names and comments; what is no archive is none."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = "注".encode()
        archive.writestr("見本.txt", NAME)
    found = members(file.getvalue()) or []
    assert [(one.name, one.comment, one.content.decode(), one.ending) for one in found] == [
        ("", "注", "", ""),
        ("見本.txt", "", NAME, ".txt"),
    ]
    assert members(b"%PDF-1.7") is None
    assert members(b"PK\x03\x04 damaged") is None


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 damaged", b"\x1f\x8b damaged", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xfe\x00"]
)
def test_a_damaged_file_does_no_harm(content: bytes) -> None:
    """Whatever can be read is read."""
    list(words(content, ".html"))
