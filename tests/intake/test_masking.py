"""What personal values mean in free text: which are looked for elsewhere, and which say nothing by themselves."""

from __future__ import annotations

import pytest

from generator.intake.masking import masks, telling_ids
from generator.intake.personal import Content, Found

FIRM = Content(firms=["佐藤工業株式会社", "情報システム課", "03-1111-2222"], things=["例示もり保育園"])


def _masked(value: str, text: str, name: bool = False, contact: bool = False) -> str:
    return masks([FIRM, Content(personal=[Found("体制　人", value, name, contact)])], {}).text(text)


@pytest.mark.parametrize(
    ("value", "text", "masked"),
    [
        ("見本 太郎", "見本太郎が見本　太郎を", "非公開が非公開を"),
        ("見本 太郎", "見本さんと太郎さんと見本課長", "非公開さんと非公開さんと非公開課長"),
        ("見本 太郎", "見本が着手し、見本品を見た", "非公開が着手し、見本品を見た"),
        ("例示 太郎", "例示が着手し、例示さんが終えた", "例示が着手し、非公開さんが終えた"),
        ("佐藤 太郎", "佐藤が着手し、佐藤様が終えた", "佐藤が着手し、非公開様が終えた"),
        ("森 茜", "森林の森で森さんに", "森林の森で非公開さんに"),
        ("見本 太郎（みほん たろう）", "みほんたろう", "非公開"),
        ("佐藤花子", "佐藤花子です。花子です。", "非公開です。花子です。"),
        ("未定", "日程は未定", "日程は未定"),
        ("佐藤工業株式会社", "佐藤工業株式会社が", "佐藤工業株式会社が"),
        ("情報システム課", "情報システム課が", "情報システム課が"),
        ("空", "空の箱", "空の箱"),
    ],
)
def test_names(value: str, text: str, masked: str) -> None:
    """A name is masked wherever it means somebody; what a firm, a place or nobody is called stays."""
    assert _masked(value, text, name=True) == masked


@pytest.mark.parametrize(
    ("value", "text", "masked"),
    [
        ("情報システム課の職員", "情報システム課の職員が", "情報システム課の職員が"),
        ("監督職員", "監督職員の指示", "監督職員の指示"),
        ("システム", "システムの停止", "システムの停止"),
        ("業務責任者 見本 桃子（070-1234-5678）", "見本桃子 07012345678 業務責任者", "非公開 非公開 業務責任者"),
        ("情報システム課（03-1111-2222）", "電話は03-1111-2222", "電話は03-1111-2222"),
        ("内線 1234", "1234件", "1234件"),
        ("普通 1234567 見本社", "1234567円", "1234567円"),
        ("会員A-2024-0099", "会員A-2024-0099の控え", "非公開の控え"),
        ("2026-04-28、2026-001", "2026-04-28の2026-001", "2026-04-28の2026-001"),
        ("taro@example.jp", "TARO@example.jpへ", "非公開へ"),
        ("+81-70-1234-5678", "070-1234-5678、81-70-1234-5678", "非公開、非公開"),
        ("0" * 64, "0" * 64, "0" * 64),
    ],
)
def test_whatever_else_names_somebody(value: str, text: str, masked: str) -> None:
    """Of other fields only what cannot mean anything else is looked for: addresses, numbers, names in two words."""
    assert _masked(value, text) == masked


@pytest.mark.parametrize(
    ("value", "text", "masked"),
    [
        ("123-4567", "1234567へ", "非公開へ"),
        ("内線 1234", "内線1234と1234件", "非公開と1234件"),
        ("1234", "1234件", "1234件"),
        ("03-1111-2222", "03-1111-2222", "03-1111-2222"),
        ("なし", "なし", "なし"),
        ("CHAT-ID-sato", "chat-id-satoへ", "非公開へ"),
    ],
)
def test_contacts(value: str, text: str, masked: str) -> None:
    """A field that holds nothing but a number or an address is looked for as it is, unless that says nothing."""
    assert _masked(value, text, contact=True) == masked


def test_ids() -> None:
    """An id that says who it is gets another name, also inside of others; `p01` and words of our own do not."""
    people = {"sato-taro": "person-1", "p01": "person-2", "work": "person-3", "mihon": "person-4"}
    known = masks([FIRM], people, (), ["mihon-shi", "contracts"])
    assert (
        known.text("sato-taro、2026-sato-taro、p01、work、mihon-shi") == "person-1、2026-person-1、p01、work、mihon-shi"
    )
    assert [one.what for one in telling_ids(known)] == ["体制　人　記号"]


def test_records_named_after_somebody() -> None:
    """Such records are told apart, and are called the same wherever they are named."""
    person = Content(personal=[Found("体制　人　氏名", "佐藤 花子", name=True)])
    known = masks([person], {}, ["佐藤花子", "佐藤花子-2", "2026-001"])
    assert known.text("incidents/佐藤花子と佐藤花子-2と佐藤 花子") == "incidents/非公開-1と非公開-2と非公開"


def test_an_address_before_the_id_it_begins_with() -> None:
    """What holds an id is masked whole."""
    mail = Content(personal=[Found("体制　人　電子メール", "sato-taro@example.jp")])
    assert masks([mail], {"sato-taro": "person-1"}).text("sato-taro@example.jp") == "非公開"


def test_the_fingerprint_is_that_of_what_is_left_out() -> None:
    """Another value, another fingerprint: what was kept for the one is not used for the other."""
    one, other = (masks([Content(personal=[Found("x", name, name=True)])], {}) for name in ("佐藤 花子", "佐藤 太郎"))
    assert one.fingerprint != other.fingerprint
    assert masks([], {"sato": "person-1"}).fingerprint != masks([], {"sato": "person-2"}).fingerprint
