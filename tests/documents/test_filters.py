"""Filters of the templates."""

from __future__ import annotations

import datetime as dt

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from generator.documents import filters

DAY = dt.date(2026, 4, 1)


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("wareki", DAY, "令和8年4月1日"),
        ("wareki", None, ""),
        ("wareki_weekday", DAY, "令和8年4月1日（水）"),
        ("wareki_month", DAY, "令和8年4月"),
        ("wareki_year", dt.date(2019, 5, 1), "令和元年"),
        ("month_number", DAY, "4月"),
        ("iso", DAY, "2026-04-01"),
        ("iso", None, ""),
        ("weekday", DAY, "水"),
        ("moment", dt.datetime(2026, 4, 28, 16, 5), "令和8年4月28日（火）16時05分"),
        ("moment", None, ""),
    ],
)
def test_shown(name: str, value: dt.date | None, shown: str) -> None:
    """Dates as an office writes them; no date is no text."""
    assert getattr(filters, name)(value) == shown
    assert name in filters.FILTERS


def test_circled() -> None:
    """Numbers in circles as far as there are any."""
    assert [filters.circled(n) for n in (None, 1, 20, 21, 0)] == ["", "①", "⑳", "(21)", "(0)"]


HOSTILE = [
    "<script>x</script>",
    "*a* _b_ `c` [d](javascript:e)",
    "# x",
    "1. x",
    "{: .x }",
    "a\n\n---\nb",
    "![x](y)",
    "&lt;",
    "{#id}",
]


def _read_back(text: str) -> str:
    made = markdown.markdown(f"# {filters.markdown(text)}", extensions=["attr_list", "toc"])
    (heading,) = html.fragments_fromstring(made)
    assert heading.tag == "h1"
    assert len(heading) == 0
    return str(heading.text or "")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_means_nothing(text: str) -> None:
    """Whatever a title holds, its heading says just that."""
    assert _read_back(text) == " ".join(text.split())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_any_title_is_read_back(text: str) -> None:
    """A heading is the text it was made of, whatever that is."""
    assert " ".join(_read_back(text).split()) == " ".join(text.split())
