"""What may come back as a workbook: looked at as bytes, before any reader does.

A workbook is a zip of XML parts. Refused is what is no workbook, what is encrypted or of another format, what would
unfold to more than can be looked at, and XML with a document type: no spreadsheet writes one, and entities, the
external ones too, cannot be declared without it. Only the XML goes on to the reader, in a plain copy: pictures, macros
and what a file says of its own sizes stay behind.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

from generator.problems import NohinError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNFOLDED = 100 * 1024 * 1024
MAX_PARTS = 2000
MAX_CELLS = 500_000
MAX_ROWS = 1_048_576
"""The rows a sheet can have."""

BROKEN = "Excel ブックとして読めません。ファイルが壊れているか、未対応の機能が使われています"
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What spreadsheets may take a text for a formula by."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELLS = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z0-9:]{2,24})[\"']")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w-]+)[\"']")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SAVE_AS = "Excel で「Excel ブック (*.xlsx)」として保存し直してください"


def escaped(text: str) -> str:
    """A text for a cell: `_x000D_` would be taken for the character it names."""
    return _ESCAPE.sub("_x005F_", text)


def unescaped(text: str) -> str:
    """The text that was escaped; openpyxl reads it so where texts are shared, and not where they stand in the cell."""
    return text.replace("x005F_", "")


def looked_at(content: bytes) -> bytes:
    """A copy of a workbook that can be read; NohinError with what is wrong and what would be right where it cannot."""
    if len(content) > MAX_BYTES:
        raise NohinError(f"ファイルが大きすぎます（{MAX_BYTES:,} バイトまで）")
    if content.startswith(_COMPOUND):
        if _ENCRYPTED in content:
            raise NohinError("パスワードで保護（暗号化）されたブックは読めません。保護を外して保存し直してください")
        raise NohinError(f"古い形式のブック (.xls) は読めません。{_SAVE_AS}")
    if not content.startswith(b"PK"):
        raise NohinError(f"Excel ブック (.xlsx) ではありません{_guess(content)}。{_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_parts(archive.infolist())
            return _copied(archive)
    except _DAMAGED:
        raise NohinError(BROKEN) from None


_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What `zipfile` raises of an archive that is damaged or packed in a way it does not know."""


def _guess(content: bytes) -> str:
    start = content[:4096]
    if not start:
        return "（空のファイルです）"
    return "（CSV などの文字だけのファイルのようです）" if b"\0" not in start else ""


def _refuse_parts(parts: Sequence[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNFOLDED:
        raise NohinError(f"広げると大きすぎるファイルです（{MAX_UNFOLDED:,} バイト、{MAX_PARTS:,} 部品まで）")
    if len(names) < len(parts):
        raise NohinError(BROKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise NohinError("パスワードで保護（暗号化）されたファイルは読めません。保護を外して保存し直してください")
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise NohinError(f"Excel バイナリー ブック (.xlsb) や ODS は読めません。{_SAVE_AS}")


def _copied(archive: zipfile.ZipFile) -> bytes:
    """The parts that are XML, each no longer than was said, in an archive of our own."""
    copy, cells = io.BytesIO(), 0
    with zipfile.ZipFile(copy, "w") as own:
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    text = file.read(part.file_size)
                _refuse_xml(part.filename, text)
                cells += sum(1 for _ in _CELLS.finditer(text)) if "worksheets/" in part.filename else 0
                own.writestr(part.filename, text)
    if cells > MAX_CELLS:
        raise NohinError(f"セルが多すぎます（{cells:,} 個。{MAX_CELLS:,} 個まで）。使っていない行を消してください")
    return copy.getvalue()


def _refuse_xml(name: str, text: bytes) -> None:
    encoding = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf").lstrip())
    plain = b"\0" not in text and (encoding is None or encoding[1].lower() in (b"utf-8", b"us-ascii"))
    if not plain or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise NohinError(f"{BROKEN}（{name}）")
    if name == "xl/workbook.xml" and b"purl.oclc.org/ooxml" in text:
        raise NohinError(f"「Strict Open XML スプレッドシート」は読めません。{_SAVE_AS}")


def merged(looked_at: bytes, part: str) -> tuple[str, ...]:
    """The ranges of merged cells of a sheet's part."""
    with zipfile.ZipFile(io.BytesIO(looked_at)) as archive:
        return tuple(_ranges(archive.read(part)))


def _ranges(text: bytes) -> Iterator[str]:
    return (match[1].decode() for match in _MERGED.finditer(text))
