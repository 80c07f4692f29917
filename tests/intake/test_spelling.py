"""How names, numbers and addresses are found, and what is not taken for one."""

from __future__ import annotations

import re

import pytest

from generator.intake import spelling

NAME, PHONE = spelling.whole_name(["見本", "太郎"]), spelling.number("0312345678")
FAMILY, ALONE = spelling.family_name("佐藤", alone=False), spelling.family_name("佐藤", alone=True)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (NAME, "担当は見本太郎です", True),
        (NAME, "見本 太郎", True),
        (NAME, "見本　太郎", True),
        (NAME, "見本\n太郎", True),
        (NAME, "見 本 太 郎", True),
        (NAME, "見本次郎", False),
        (spelling.whole_name(["ガリバー", "花子"]), "ｶﾞﾘﾊﾞｰ花子", True),
        (spelling.whole_name(["Taro", "Sato"]), "by ＴＡＲＯ sato.", True),
        (spelling.whole_name(["Taro", "Sato"]), "taro.sato", True),
        (spelling.whole_name(["Taro", "Sato"]), "Kentaro Sato", False),
        (spelling.whole_name(["森", "茜"]), "森茜が", True),
        (spelling.whole_name(["森", "茜"]), "大森茜色", False),
        (PHONE, "03-1234-5678", True),
        (PHONE, "0312345678", True),
        (PHONE, "０３（１２３４）５６７８", True),
        (PHONE, "TEL03 1234 5678", True),
        (PHONE, "+81-3-1234-5678", True),
        (PHONE, "+81 (0)3 1234 5678", True),
        (PHONE, "03-1234-56789", False),
        (PHONE, "0 3 1 2 3 4 5 6 7 8", False),
        (PHONE, "a0312345678b", False),
        (spelling.address("taro@example.jp"), "Ｔaro@EXAMPLE.jp。", True),
        (spelling.address("taro@example.jp"), "kentaro@example.jp", False),
        (FAMILY, "佐藤さん", True),
        (FAMILY, "佐藤　課長", True),
        (FAMILY, "佐藤が", False),
        (ALONE, "佐藤が", True),
        (ALONE, "佐藤工業", False),
        (spelling.family_name("林", alone=False), "林課長", True),
        (spelling.family_name("林", alone=False), "農林課長", False),
        (spelling.own_name("花子"), "花子さん", True),
        (spelling.own_name("花子"), "花子課長", False),
        (spelling.identifier("sato-taro"), "2026-sato-taro.yml", True),
        (spelling.identifier("taro"), "kentaro", False),
    ],
)
def test_what_is_found(pattern: str, text: str, found: bool) -> None:
    """Every way of writing is found, and nothing that only looks alike."""
    assert bool(re.search(pattern, text)) is found


@pytest.mark.parametrize("text", ["見本 太郎", "０３－１２３４（５６７８）", "Ｔaro@Example.JP", "ｶﾞﾘﾊﾞｰ"])
def test_folding_ends(text: str) -> None:
    """A folded text is folded already, and holds neither blanks nor hyphens."""
    once = spelling.folded(text)
    assert spelling.folded(once) == once
    assert not set(once) & set(" 　-－ー（")


def test_many_words_in_one_go() -> None:
    """Words that begin alike, or hold one another, are all found."""
    pattern = spelling.any_of(["佐藤太郎", "佐藤花子", "佐藤", "0312", "0399"])
    for text, word in (("x佐藤太郎", "佐藤"), ("佐藤花子", "佐藤"), ("0399", "0399")):
        found = pattern.search(text)
        assert found is not None
        assert found[0] == word
    assert pattern.search("0355 佐々木") is None
