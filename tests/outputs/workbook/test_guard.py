"""What is no workbook, or more than a workbook, is refused before any reader sees it, and the message says why."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from generator.outputs.workbook import guard
from generator.outputs.workbook.guard import escaped, looked_at, merged
from generator.outputs.workbook.xlsx import read
from generator.problems import NohinError

CONTENT = '<?xml version="1.0" encoding="UTF-8"?>\n<a>表</a>'


def _zip(*parts: tuple[str, str | bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, text in parts:
            archive.writestr(name, text)
    return made.getvalue()


def _lying(claimed: int, real: int) -> bytes:
    """A part that unfolds to more than the archive says."""
    good = _zip(("xl/workbook.xml", b" " * real))
    size = struct.pack("<I", real)
    return good.replace(size, struct.pack("<I", claimed))


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "an empty file": (lambda: b"", "Excel ブック (.xlsx) ではありません（空のファイルです）"),
    "a CSV": (lambda: "記号,氏名\r\np01,見本".encode("cp932"), "（CSV などの文字だけのファイルのようです）"),
    "a picture": (lambda: b"\x89PNG\r\n\0\0", "Excel ブック (.xlsx) ではありません。Excel で"),
    "an old workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "古い形式のブック (.xls) は読めません",
    ),
    "an encrypted workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "パスワードで保護（暗号化）されたブックは読めません",
    ),
    "a damaged archive": (lambda: _zip(("xl/workbook.xml", CONTENT))[:60], "ファイルが壊れているか"),
    "an OpenDocument sheet": (lambda: _zip(("content.xml", CONTENT)), "ODS は読めません"),
    "a binary workbook": (lambda: _zip(("xl/workbook.bin", b"\0")), "(.xlsb)"),
    "another archive": (lambda: _zip(("読み方.txt", "x")), "ファイルが壊れているか"),
    "a strict workbook": (
        lambda: _zip(("xl/workbook.xml", '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>')),
        "「Strict Open XML スプレッドシート」は読めません",
    ),
    "too many parts": (lambda: _zip(*((f"{n}.xml", "") for n in range(2001)), packed=0), "広げると大きすぎる"),
    "more than can be unfolded": (
        lambda: _zip(*((f"{n}.xml", b" " * 30_000_000) for n in range(4))),
        "広げると大きすぎる",
    ),
    "too many cells": (lambda: _zip(("xl/worksheets/sheet1.xml", b"<c/>" * 500_001)), "セルが多すぎます（500,001 個"),
    "a document type": (
        lambda: _zip(("xl/workbook.xml", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>")),
        "xl/workbook.xml",
    ),
    "entities in another encoding": (
        lambda: _zip(
            ("xl/workbook.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a []><a/>'.encode("utf-16"))
        ),
        "xl/workbook.xml",
    ),
    "an encoding that hides its text": (
        lambda: _zip(
            ("xl/workbook.xml", b'<?xml version="1.0" encoding="cp037"?>' + "<!DOCTYPE a []><a/>".encode("cp037"))
        ),
        "xl/workbook.xml",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=list(REFUSED))
def test_what_cannot_be_read_is_refused(content: Callable[[], bytes], message: str) -> None:
    """Every sort of wrong file has an answer of its own, and none of them is a crash."""
    with pytest.raises(NohinError) as error:
        read(content())
    assert message in str(error.value)


def test_size_of_the_file_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large is not even opened."""
    monkeypatch.setattr(guard, "MAX_BYTES", 10)
    with pytest.raises(NohinError, match="ファイルが大きすぎます"):
        looked_at(b"PK" + b"\0" * 20)


def test_archive_that_lies_about_its_sizes_unfolds_to_no_more_than_it_says() -> None:
    """Megabytes behind a small number stay folded."""
    bomb = _lying(100, 60_000_000)
    tracemalloc.start()
    with pytest.raises(NohinError):
        looked_at(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


def test_only_the_xml_goes_on() -> None:
    """Macros, pictures and whatever else is in the archive are left behind."""
    content = _zip(("xl/workbook.xml", CONTENT), ("xl/vbaProject.bin", b"\0"), ("xl/media/image1.png", b"\0"))
    with zipfile.ZipFile(io.BytesIO(looked_at(content))) as archive:
        assert archive.namelist() == ["xl/workbook.xml"]
        assert archive.read("xl/workbook.xml").decode() == CONTENT


def test_ranges_of_merged_cells_are_found() -> None:
    """Whatever prefix and quotes a program writes."""
    text = "<x:mergeCells count='2'><x:mergeCell ref='A1:B2'/><mergeCell  foo=\"1\" ref=\"C3:D9\"/></x:mergeCells>"
    assert merged(_zip(("a.xml", text)), "a.xml") == ("A1:B2", "C3:D9")


@pytest.mark.parametrize(
    ("text", "cell"), [("_x000D_", "_x005F_x000D_"), ("a_x41_b", "a_x41_b"), ("_xなし_", "_xなし_")]
)
def test_text_that_looks_like_an_escape(text: str, cell: str) -> None:
    """Spreadsheets would read a character out of it."""
    assert escaped(text) == cell
