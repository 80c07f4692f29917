"""Marks of changed text, as a reader would set them."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.wording import GONE, NEW, SAME, Run, runs

EDITS = [
    ("毎月末から［-10日-］［+15日+］以内に提出すること。", "a figure with its unit"),
    ("令和8年4月1日から［-令和9年3月31日-］［+令和10年3月31日+］まで", "a date"),
    ("受付は、［-８時 40 分-］［+８時 30 分+］から 17 時 25 分まで", "a time with spaces in it"),
    ("連絡時から［-２時間-］［+1時間30分+］以内に着手する。", "a span of time"),
    ("業務責任者［+及び業務従事者+］を定める。", "one more of a list"),
    ("受注者は、［+発注者の承諾なしに+］個人情報を提供してはならない。", "a condition"),
    ("常に最新の状態に［-保つ-］［+保たなければならない+］。", "a verb and its ending"),
    ("年［-4回-］［+2回+］、定期点検を［-行う-］［+行い、その結果を報告する+］。", "two places of a sentence"),
    ("［-第4条の2-］［+第5条+］の規定により解除する。", "an article"),
    ("電話は［-047-000-0000-］［+047-000-1111+］とする。", "a telephone number"),
    ("契約金額は［-1,200,000円-］［+1,320,000円+］（消費税10％を含む。）とする。", "an amount"),
    ("バックアップは日次［+及び週次+］で取得し、［-7世代-］［+14世代+］を保管する。", "a word and a figure"),
    ("［-令和8年11月20日（金）16時30分-］［+令和8年11月21日（土）9時05分+］に復旧した。", "a moment is read in one"),
    ("［-A4縦-］［+A3横+］、［-CD-R 1枚-］［+DVD-R 2枚+］に収録する。", "sizes and media"),
    ("監督職員［+又はその代理人+］の指示に［-従う-］［+従わなければならない+］。", "people"),
    (
        "受注者は、従事者［-に-］［+から+］誓約書を［+徴し、発注者に+］提出［-させる-］［+する+］ものとする。",
        "a rewritten verb",
    ),
    ("平日に対応する。［+休日は、翌開庁日の対応とする。+］監視は行わない。", "a whole sentence more"),
    ("再委託してはならない。［-一部を再委託する場合は、承諾を得る。-］", "a whole sentence less"),
    ("一次対応を［-行い、-］［+行う。+］解決しないときは、二次対応に引き継ぐ。", "a sentence cut in two"),
    ("［-データを消去-］［+情報を廃棄+］したときは、報告する。", "what is hardly parted is read together"),
    ("［-甲は乙に支払う。-］［+発注者は、受注者に支払うものとする。+］", "a sentence that is quite another"),
    ("見本 ［-太郎-］［+花子+］", "a name"),
    ("［-総務課長-］［+総務部長+］", "a title of office is one word"),
    ("［-とくに-］［+とりわけ+］定めのない事項は協議する。", "kana words"),
    ("毎週［-月曜日の午前9時-］［+火曜日の午前9時30分+］に点検する。", "weekday and hour"),
]


def _marked(found: list[Run]) -> str:
    signs = {SAME: "{}", GONE: "［-{}-］", NEW: "［+{}+］"}
    return "".join(signs[run.what].format(run.text) for run in found)


def _without(edit: str, sign: str) -> str:
    """One side of an edit: without what bears one sign, and without the marks of the other."""
    return re.sub(r"［[-+]|[-+]］", "", re.sub(rf"［[{sign}].*?[{sign}]］", "", edit))


@pytest.mark.parametrize(("edit", "why"), EDITS, ids=[why for _, why in EDITS])
def test_edit_is_marked_as_it_is_read(edit: str, why: str) -> None:
    """Whole words, figures with their units, dates and sentences: what an editor would strike and write."""
    assert _marked(runs(_without(edit, "+"), _without(edit, "-"))) == edit


TEXT = st.text(
    alphabet=st.sampled_from("受注者業務、。はをにすめる及び又は令和年月日時10２（）ー・カデAz-./ 　\n"), max_size=50
)


@given(TEXT, TEXT)
def test_each_side_is_the_text(before: str, after: str) -> None:
    """Without the additions it is the old text, without the deletions the new; nothing empty, nothing twice in a row."""
    found = runs(before, after)
    assert "".join(run.text for run in found if run.what != NEW) == before
    assert "".join(run.text for run in found if run.what != GONE) == after
    kinds = [run.what for run in found]
    assert all(run.text for run in found)
    assert all(pair in ((SAME, GONE), (SAME, NEW), (GONE, NEW), (GONE, SAME), (NEW, SAME)) for pair in pairwise(kinds))


@given(TEXT)
def test_the_same_text_has_no_marks(text: str) -> None:
    """Nothing changed, nothing marked."""
    assert runs(text, text) == ([Run(SAME, text)] if text else [])


@given(
    st.lists(st.sampled_from(["障害は直ちに報告する。", "記録を5年間残す。", "毎月点検する。\n"]), max_size=6),
    st.data(),
)
def test_a_sentence_that_goes_goes_whole(text: list[str], data: st.DataObject) -> None:
    """Taking one sentence away strikes a stretch as long as that sentence and adds nothing."""
    text = [f"{number}　{sentence}" for number, sentence in enumerate(text)]
    gone = data.draw(st.integers(0, len(text))) if text else 0
    found = runs("".join(text), "".join(text[:gone] + text[gone + 1 :]))
    assert [run.text for run in found if run.what != SAME] == text[gone : gone + 1]


def test_long_passages_are_marked_too() -> None:
    """A text of hundreds of sentences, all of them changed, is marked word by word and in no time worth telling."""
    before = "".join(f"項目{number}は毎月{number}日までに報告する。" for number in range(200))
    found = runs(before, before.replace("報告", "提出"))
    assert {run.text for run in found if run.what != SAME} == {"報告", "提出"}
