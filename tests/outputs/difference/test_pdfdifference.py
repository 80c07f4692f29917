"""What is said of two PDFs that differ."""

from __future__ import annotations

import pytest

from generator.outputs.difference import pdfdifference
from generator.outputs.difference.pdfdifference import Difference, differences
from tests.outputs.test_pdffile import PLAIN


def _found(content: bytes) -> dict[str, tuple[str, str]]:
    return {d.what: (d.expected, d.found) for d in differences(PLAIN, content)}


@pytest.fixture(autouse=True)
def _texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text for each page: what stands behind a mark in the file."""
    monkeypatch.setattr(pdfdifference, "texts", lambda content: content.decode("latin-1").split("%TEXT\n")[1:])


def test_the_same_bytes() -> None:
    """Nothing differs where nothing does."""
    assert differences(PLAIN, PLAIN) == []


def test_first_byte_and_number_of_bytes() -> None:
    """A changed byte is pointed at, counted from 1."""
    changed = bytearray(PLAIN)
    changed[9] = changed[20] = 0x41
    assert _found(bytes(changed))["バイト"] == ("10 バイト目 31", "41（違うのは 2 バイト）")


def test_pages_information_and_attachments() -> None:
    """What is said of the file, and what travels in it, is compared by name."""
    changed = PLAIN.replace(b"/Producer (x)", b"/Producer (y)").replace(b"/UF (data.yml)", b"/UF (other.yml)")
    found = _found(changed + b"9 0 obj\n<< /Type /Page >>\nendobj\n")
    assert found["ページ数"] == ("2", "3")
    assert found["作成したプログラム"] == ("x", "y")
    assert (found["添付 data.yml"], found["添付 other.yml"]) == (("あり", "なし"), ("なし", "あり"))
    assert "題名" not in found


def test_lines_of_a_page() -> None:
    """Of a page only the lines that differ are shown, a few of them; a page that is not there is empty."""
    before, after = (PLAIN + text for text in (b"%TEXT\na\nb\n%TEXT\nc\n", b"%TEXT\na\n1\n2\n3\n4\n5\n6\n7\n8\n"))
    found = differences(before, after)
    assert Difference("1 ページの本文", "b", "1 ⏎ 2 ⏎ 3 ⏎ 4 ⏎ 5 ⏎ 6 ⏎ ほか 2 行") in found
    assert Difference("2 ページの本文", "c", "（空）") in found


def test_text_that_cannot_be_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pdftotext nobody may think that the text was the same."""
    monkeypatch.setattr(pdfdifference, "texts", lambda content: None)
    assert _found(PLAIN + b"x")["本文"] == ("", "pdftotext がないため比べていません")
