"""What is not torn over two lines of paper."""

from __future__ import annotations

import pytest

from generator.documents.pieces import unbroken


def _pieces(html: str) -> list[str]:
    return [part.partition("</span>")[0] for part in unbroken(html).split('<span class="piece">')[1:]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("令和8年4月1日（水）から令和9年3月31日まで", ["令和8年4月1日（水）", "令和9年3月31日"]),
        ("期間（令和元年5月）。", ["（令和元年5月）。"]),
        ("4月28日（火）16時05分に着手", ["4月28日（火）", "16時05分"]),
        ("電話 090-0000-0001、内線1", ["090-0000-0001、"]),
        ("別記１　７（１）④による", ["７（１）④"]),
        ("第１１条第２項の規定", ["第１１条第２項"]),
        ("計 2時間30分、1,234,000円を30日以内", ["2時間30分、", "1,234,000円", "30日"]),
        ("障害 2026-001 の復旧", ["2026-001"]),
        ("記録 2026-04-16-patch と f01", []),
        ("一つの文", []),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    """Dates, times, numbers of clauses and telephones, and figures with their units, with the stops behind them."""
    assert _pieces(f"<p>{text}</p>") == pieces


def test_the_text_stays() -> None:
    """Nothing is added but the pieces: neither to the text nor to tags."""
    text = "<p>令和8年4月1日から<b>30日</b>以内、&#39;12件&#39;</p>"
    assert unbroken(text).replace('<span class="piece">', "").replace("</span>", "") == text


def test_a_cell_of_its_own_is_left() -> None:
    """What stands alone between two tags, and what stands in a tag, needs no piece."""
    assert _pieces('<td title="30日 まで">令和8年4月1日</td>') == []
