"""All that a PDF says, compared with what poppler reads."""

from __future__ import annotations

import subprocess

import pytest

from generator.outputs import pdf, pdfwords

TEXT = "見本 太郎は、令和8年4月28日にＡＢ12を確かめた。“引用”㈱ － ― 〜"
PAGE = f"""<html lang="ja"><head><title>題名の見本</title><meta name="author" content="見本社"></head>
<body><h1>見出し</h1><p>{TEXT}</p><p style="font-weight: bold">{TEXT}</p></body></html>"""


@pytest.fixture(scope="module")
def made() -> bytes:
    """A PDF with text in two fonts, an outline, information, and a file in it."""
    attached = (pdf.Attachment("data.yml", "名: 添付の見本".encode(), "data/見本.yml"),)
    return pdf.typeset(pdf.Job("x.pdf", PAGE, "body { font-family: 'BIZ UDPGothic' }", None, attached))[4:]


def test_pages_information_and_files(made: bytes) -> None:
    """The words of the page as they were meant, the outline, the metadata and the file in it are all told."""
    found = list(pdfwords.texts(made))
    text = "".join(one for one in found if isinstance(one, str)).replace(pdfwords.APART, "")
    raw = b"".join(one for one in found if isinstance(one, bytes)).decode("utf-8", errors="ignore")
    assert text.count(TEXT.replace(" ", "")) + text.count(TEXT) >= 2
    assert all(one in text for one in ("見出し", "題名の見本", "見本社", "data/見本.yml"))
    assert "名: 添付の見本" in raw
    assert "<dc:title>" in raw


def test_as_poppler_reads_it(made: bytes) -> None:
    """No character of the page is missing that another reader finds."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True)
    theirs = "".join(done.stdout.decode().split())
    ours = "".join("".join(one for one in pdfwords.texts(made) if isinstance(one, str)).split())
    assert set(theirs) <= set(ours)
