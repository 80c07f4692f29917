"""What a PDF says of itself, in the forms that programs write, and in files that are no PDFs at all."""

from __future__ import annotations

import shutil
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.pdffile import is_pdf, read, texts

PACKED = zlib.compress("案: 1\n".encode())
TITLE = "作業報告書".encode("utf-16-be").hex()

PLAIN = (
    b"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [2 0 R 3 0 R] >>\nendobj\n"
    b"2 0 obj\n<< /Type /Page /Parent 1 0 R >>\nendobj\n3 0 obj\n<</Type/Page/Parent 1 0 R>>\nendobj\n"
    b"4 0 obj\n<< /Title <FEFF"
    + TITLE.encode()
    + rb"> /Subject (a \(b\) \\ \101\n(c)) /Producer (x) >>"
    + b"\nendobj\n"
    b"5 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2foctet-stream /Filter /FlateDecode /Length "
    + str(len(PACKED)).encode()
    + b" >>\nstream\n"
    + PACKED
    + b"\nendstream\nendobj\n"
    b"6 0 obj\n<< /Type /Filespec /F (data.yml) /UF (data.yml) /EF << /F 5 0 R >> >>\nendobj\n"
    b"trailer\n<< /Info 4 0 R >>\n%%EOF\n"
)


def _in_stream(content: bytes) -> bytes:
    """The same objects packed into a stream, as newer programs write them; comments in between as qpdf writes them."""
    words = [b"<< /Type /Page >>", b"<< /Title (x) >>"]
    head = b"7 0 8 " + str(len(words[0]) + 1).encode() + b"\n% object 9 of 10\n"
    packed = zlib.compress(head + words[0] + b"\n" + words[1])
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type /ObjStm /N 2 /First "
        + str(len(head)).encode()
        + b" /Filter /FlateDecode /Length 99 0 R>>\nstream\r\n"
        + packed
        + b"\nendstream\nendobj\n"
        b"2 0 obj\n<< /Type /XRef /Info 8 0 R >>\nendobj\n"
    )


def test_what_a_file_says_of_itself() -> None:
    """Pages are counted, texts are read in both forms, attached files are unpacked."""
    found = read(PLAIN)
    assert found.pages == 2
    assert found.information == {"Title": "作業報告書", "Subject": "a (b) \\ A\n(c)", "Producer": "x"}
    assert found.attachments == {"data.yml": "案: 1\n".encode()}


def test_objects_packed_into_a_stream() -> None:
    """Most programs pack their objects; what is inside is found as well."""
    found = read(_in_stream(PLAIN))
    assert (found.pages, found.information) == (1, {"Title": "x"})


def test_later_objects_take_the_place_of_earlier_ones() -> None:
    """An editor appends what it changed."""
    assert read(PLAIN + b"4 0 obj\n<< /Title (new) >>\nendobj\n").information == {"Title": "new"}


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("見本業務　mihon/4/work-report-2026-04　第1版", "mihon/4/work-report-2026-04"),
        ("運用/保守　mihon/annual-plan　版なし", "mihon/annual-plan"),
        ("見本業務", None),
        ("", None),
    ],
)
def test_document_number(subject: str, number: str | None) -> None:
    """The number stands in the subject, between the contract's title and the edition."""
    raw = subject.encode("utf-16-be").hex().encode()
    content = b"1 0 obj\n<< /Subject <FEFF" + raw + b"> >>\nendobj\ntrailer << /Info 1 0 R >>"
    assert read(content).number == number


@given(st.binary(max_size=60), st.integers(0, len(PLAIN)), st.integers(0, 200))
def test_damaged_file_never_raises(junk: bytes, place: int, gone: int) -> None:
    """Whatever bytes somebody hands in, something or nothing is read."""
    for content in (junk, PLAIN[:place] + junk + PLAIN[place + gone :], _in_stream(PLAIN)[:place] + junk):
        assert read(content).pages >= 0


def test_is_pdf() -> None:
    """A PDF is known by its first bytes."""
    assert is_pdf(PLAIN)
    assert not is_pdf(b"PK\x03\x04")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_text_of_what_is_no_pdf() -> None:
    """A file that poppler cannot read has no text, rather than an empty one."""
    assert texts(b"x") is None


def test_without_poppler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pdftotext is not installed there is no text."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert texts(PLAIN) is None
