"""Bar charts: figures as words and as bars of the right height."""

from __future__ import annotations

import base64
import datetime as dt
import re

from lxml import etree

from generator.documents.charts import BARS, month_chart
from generator.model import Period
from generator.rules import fiscal

SVG = "{http://www.w3.org/2000/svg}"


def _months(first: dt.date, last: dt.date) -> list[Period]:
    spans = fiscal.spans("month", Period(start=first, end=last))
    return [Period(start=span.start, end=span.end) for span in spans]


def _drawing(image: str) -> etree._Element:
    data = re.search(r"base64,([^\"]+)", image)
    assert data is not None
    return etree.fromstring(base64.b64decode(data[1]))


def _words(image: str) -> list[str]:
    return ["".join(text.itertext()) for text in _drawing(image).iter(f"{SVG}text")]


def _heights(image: str) -> list[float]:
    return [float(bar.get("height") or 0) for bar in _drawing(image).iter(f"{SVG}rect") if bar.get("x")]


def test_figures_are_words_and_bars() -> None:
    """Each month has its figure, its name and a bar in proportion; nothing has no bar."""
    image = month_chart("件数", _months(dt.date(2026, 12, 1), dt.date(2027, 2, 28)), [10, 0, 5], "件")
    assert 'alt="件数の月ごとの棒グラフ。令和8年12月 10件、令和9年1月 0件、令和9年2月 5件。同じ数を表に示す。"' in image
    assert _words(image) == ["10", "12月", "令和8年", "0", "1月", "令和9年", "5", "2月"]
    assert _heights(image) == [BARS, BARS / 2]


def test_year_is_named_where_it_begins() -> None:
    """The year stands below the first month and below each January, so that names do not run into each other."""
    image = month_chart("件数", _months(dt.date(2026, 4, 1), dt.date(2027, 3, 31)), [1] * 12, "件")
    assert [word for word in _words(image) if "年" in word] == ["令和8年", "令和9年"]
    assert len(_heights(image)) == 12


def test_many_months_leave_names_out_but_no_bar() -> None:
    """Of five years every third month is named; all are drawn and told."""
    image = month_chart("件数", _months(dt.date(2026, 4, 1), dt.date(2031, 3, 31)), [2] * 60, "件")
    assert len(_heights(image)) == 60
    assert len([word for word in _words(image) if word == "2"]) == 20
    assert image.count("令和") == 60


def test_title_is_only_text() -> None:
    """Marks in a title do not become marks of the page."""
    image = month_chart('<b>"', _months(dt.date(2026, 4, 1), dt.date(2026, 4, 30)), [0], "件")
    assert image.startswith('<img class="diagram" alt="&lt;b&gt;&#34;の月ごとの棒グラフ')
    assert _heights(image) == []
