"""Japanese text in words: figures with units and dates are never split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.words import sentences, words

TEXT = st.text(
    alphabet=st.sampled_from(
        "受注者業務、。はをにのすめる行い及び又は令和年月日時分第条項10２（）金ー・カデAz-./@ 　\n𠮷葛\U000e0100が\u3099"
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    "whole",
    [
        "令和8年4月1日",
        "令和 13年３月 31日",
        "平成元年",
        "令和8年度",
        "2026年4月1日（水）",
        "12月29日",
        "2026-04-01",
        "2026/4/1",
        "R7年11月分",
        "8時40分",
        "８時 40 分",
        "9時",
        "1時間30分",
        "2 時間",
        "10日",
        "14世代",
        "3部署",
        "60か月",
        "60ヶ月",
        "2.5人月分",
        "1,320,000円",
        "約200名",
        "80％",
        "24GB",
        "8:40",
        "047-000-0000",
        "第4条の2",
        "第四条の二",
        "第１四半期",
        "７（１）④",
        "9-1-1",
        "A4",
        "CD-R",
        "mihon@example.jp",
        "https://example.jp/a?b=1",
        "業務責任者",
        "定める",
        "行わなければならない",
        "サーバー・クライアント",
        "葛\U000e0100城市",
    ],
)
def test_one_word(whole: str) -> None:
    """Read in one breath, marked in one piece."""
    assert words(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("10日以内に提出する。", ["10日", "以内", "に", "提出", "する", "。"]),
        ("業務責任者及び従事者を", ["業務責任者", "及び", "従事者", "を"]),
        ("全部又は一部", ["全部", "又は", "一部"]),
        ("毎月末から", ["毎月", "末", "から"]),
        ("書面により通知しなければならない", ["書面", "により", "通知", "しなければならない"]),
        ("記録を残す", ["記録", "を", "残す"]),
        ("受注者はあらかじめ", ["受注者", "は", "あらかじめ"]),
        ("とくに定める", ["とくに", "定める"]),
        ("行うこと", ["行う", "こと"]),
        ("24時間365日の", ["24時間", "365日", "の"]),
        ("３　受注者は", ["３", "　", "受注者", "は"]),
        ("", []),
    ],
)
def test_words_of_a_sentence(text: str, parts: list[str]) -> None:
    """Particles and connecting words stand alone; verbs keep their endings."""
    assert words(text) == parts


@given(TEXT)
def test_nothing_is_lost(text: str) -> None:
    """The words of a text, and its sentences, are the text."""
    assert "".join(words(text)) == text
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("一。二。", ["一。", "二。"]),
        ("「一。」二", ["「一。」", "二"]),
        ("一\n二。\n三", ["一\n", "二。\n", "三"]),
        ("\n\n一", ["\n", "\n", "一"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    """A sentence ends with its mark or its line."""
    assert sentences(text) == parts
