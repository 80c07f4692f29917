"""Static bar charts: one bar a month, the same drawing for page and PDF; the numbers stand in a table beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from generator.documents.diagrams import FONT, INK, image
from generator.documents.filters import wareki_month, wareki_year
from generator.model import Period

WIDTH, BARS = 680, 52
"""The drawing's width, and the height of the highest bar."""
TOP, SIDE, LINE = 18, 8, 16
"""Room above the bars for their figures, at the sides, and below the bars for each line of their names."""
WIDEST = 44
LABELLED = 24
"""Above so many bars only every n-th is named."""

PAPER, TEXT, AXIS = "#ffffff", "#333333", "#7b8a9a"


def month_chart(title: str, months: Sequence[Period], values: Sequence[int], unit: str) -> str:
    """An `img` element with a bar a month; its alternative text says every figure."""
    figures = "、".join(
        f"{wareki_month(month.start)} {value}{unit}" for month, value in zip(months, values, strict=True)
    )
    return image(_svg(_names(months), values), f"{title}の月ごとの棒グラフ。{figures}。同じ数を表に示す。")


def _names(months: Sequence[Period]) -> list[str]:
    """`4月`, and below it the year where one begins."""
    firsts = [month.start for month in months]
    return [f"{d.month}月" + (f"\n{wareki_year(d)}" if d.month == 1 or d == firsts[0] else "") for d in firsts]


def _svg(labels: Sequence[str], values: Sequence[int]) -> str:
    height = TOP + BARS + LINE * max([1, *(label.count("\n") + 1 for label in labels)]) + 4
    parts = "".join((f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>', *_parts(labels, values)))
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}" font-size="12">{parts}</svg>'


def _parts(labels: Sequence[str], values: Sequence[int]) -> Iterator[str]:
    floor, highest = TOP + BARS, max([1, *values])
    step = (WIDTH - 2 * SIDE) / max(1, len(values))
    bar, every = min(WIDEST, step * 0.6), 1 + len(values) // (LABELLED + 1)
    for place, (label, value) in enumerate(zip(labels, values, strict=True)):
        middle, height = SIDE + step * (place + 0.5), BARS * value / highest
        if value:
            corner = f'x="{middle - bar / 2:.1f}" y="{floor - height:.1f}"'
            yield f'<rect {corner} width="{bar:.1f}" height="{height:.1f}" fill="{INK}"/>'
        if place % every == 0:
            yield _text(middle, floor - height - 5, str(value))
            for line, words in enumerate(label.split("\n"), 1):
                yield _text(middle, floor + LINE * line - 2, words)
    yield f'<line x1="{SIDE}" y1="{floor}" x2="{WIDTH - SIDE}" y2="{floor}" stroke="{AXIS}" stroke-width="1"/>'


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" fill="{TEXT}">{escape(words)}</text>'
