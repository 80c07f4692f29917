"""Which item is which, in two lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.history.pairing import pairs

LONG = "受注者は、知った秘密を漏らしてはならない。"


def _found(before: list[Any], after: list[Any], *keys: str) -> list[tuple[int | None, int | None]]:
    return [(pair.before, pair.after) for pair in pairs(before, after, keys, ("name", "text"))]


def _item(key: str, **more: object) -> dict[str, object]:
    return {"id": key, **more}


BY_KEY = {
    "the same": ([_item("a"), _item("b")], [_item("a"), _item("b")], [(0, 0), (1, 1)]),
    "another order": ([_item("a"), _item("b")], [_item("b"), _item("a")], [(1, 0), (0, 1)]),
    "all else changed": ([_item("a", name="x")], [_item("a", name="y")], [(0, 0)]),
    "gone stands where it stood": (
        [_item("a"), _item("b"), _item("c")],
        [_item("a"), _item("c"), _item("d")],
        [(0, 0), (1, None), (2, 1), (None, 2)],
    ),
    "renumbered, the rest the same": (
        [_item("7-1-4", text=LONG)],
        [_item("7-1-5", text=LONG)],
        [(0, 0)],
    ),
    "shifted by one that came before": (
        [_item("1", text=LONG), _item("2", text=f"{LONG}二")],
        [_item("1", text="別の定めをここに置く。"), _item("2", text=LONG), _item("3", text=f"{LONG}二")],
        [(None, 0), (0, 1), (1, 2)],
    ),
    "renumbered and changed": (
        [_item("4", name="作業実績報告書", phrase="毎月末から10日以内", documents=["work-report"])],
        [_item("5", name="作業実績報告書", phrase="毎月末から15日以内", documents=["work-report"])],
        [(0, 0)],
    ),
    "same name, all else strange": (
        [_item("p1", name="見本 太郎", phone="03-0000-0000", department="営業部", title="部長")],
        [_item("p2", name="見本 太郎", phone="06-1111-1111", department="開発課", title="主任")],
        [(None, 0), (0, None)],
    ),
    "nothing that tells": ([_item("a", answer="○")], [_item("b", answer="○")], [(None, 0), (0, None)]),
    "a name alone is not enough to change hands": (
        [_item("p1", name="田中")],
        [_item("p1", name="鈴木"), _item("p2", name="田中")],
        [(0, 0), (None, 1)],
    ),
    "the same key twice": ([_item("a"), _item("a")], [_item("a")], [(0, 0), (1, None)]),
    "no key": ([{"name": "x"}], [{"name": "x"}], [(0, 0)]),
}


@pytest.mark.parametrize("name", BY_KEY)
def test_items_with_a_key(name: str) -> None:
    """The key pairs; where it has changed, what an item says does, if it says enough."""
    before, after, expected = BY_KEY[name]
    assert sorted(_found(before, after, "id"), key=str) == sorted(expected, key=str)


def test_items_with_several_keys() -> None:
    """An appointment whose day was put right is the same appointment; another person's is another."""
    one = {"person": "p1", "role": "manager", "start": "2026-04-01"}
    keys = ("person", "role", "start")
    assert _found([one], [{**one, "start": "2026-05-01"}], *keys) == [(0, 0)]
    assert _found([one], [{**one, "start": "2026-05-01", "deputy": True}], *keys) == [(None, 0), (0, None)]
    assert _found([one], [{**one, "person": "p2"}], *keys) == [(None, 0), (0, None)]


BY_CONTENT = {
    "scalars": (["甲", "乙"], ["乙", "丙"], [(0, None), (1, 0), (None, 1)]),
    "another order": (["甲", "乙", "丙"], ["丙", "甲", "乙"], [(2, 0), (0, 1), (1, 2)]),
    "one of two equal ones": (["甲", "乙", "甲"], ["乙", "甲"], [(0, None), (1, 0), (2, 1)]),
    "a changed sentence": ([LONG], [LONG.replace("秘密", "情報")], [(0, 0)]),
    "a changed row": (
        [{"at": "2026-04-01", "what": "障害の連絡を受けた"}, {"at": "2026-04-02", "what": "復旧した"}],
        [{"at": "2026-04-02", "what": "復旧した"}, {"at": "2026-04-01", "what": "障害の連絡を電話で受けた"}],
        [(1, 0), (0, 1)],
    ),
    "ids are not alike": (["p01"], ["p02"], [(None, 0), (0, None)]),
    "numbers are not alike": ([10], [11], [(None, 0), (0, None)]),
    "lists in lists": ([["甲", "乙"], ["丙"]], [["丙"], ["甲", "乙"]], [(1, 0), (0, 1)]),
}


@pytest.mark.parametrize("name", BY_CONTENT)
def test_items_without_a_key(name: str) -> None:
    """Equal ones first, wherever they stand; then those that share most of their words."""
    before, after, expected = BY_CONTENT[name]
    assert sorted(_found(before, after), key=str) == sorted(expected, key=str)


VALUES = st.one_of(
    st.sampled_from(["甲", "乙", "丙丁", "p1", ""]),
    st.integers(0, 2),
    st.booleans(),
    st.none(),
    st.lists(st.integers(0, 1), max_size=2),
)
ITEMS = st.lists(
    st.one_of(VALUES, st.dictionaries(st.sampled_from(["id", "name", "text", "start"]), VALUES, max_size=4)), max_size=7
)
KEYS = st.sampled_from([(), ("id",), ("name",), ("id", "start"), ("id", "name", "start")])


@given(ITEMS, ITEMS, KEYS)
def test_every_item_stands_in_one_pair(before: list[Any], after: list[Any], keys: tuple[str, ...]) -> None:
    """Whatever the lists hold, each place of both is there once, and those after in their order."""
    found = pairs(before, after, keys, ("name", "text"))
    assert sorted(pair.before for pair in found if pair.before is not None) == list(range(len(before)))
    assert [pair.after for pair in found if pair.after is not None] == list(range(len(after)))
    assert all(pair.before is not None or pair.after is not None for pair in found)


@given(ITEMS, KEYS)
def test_a_list_is_itself(items: list[Any], keys: tuple[str, ...]) -> None:
    """Nothing came, went or moved between a list and itself."""
    assert [(p.before, p.after, p.moved) for p in pairs(items, items, keys)] == [
        (n, n, False) for n in range(len(items))
    ]


@given(st.permutations(range(8)))
def test_fewest_items_are_said_to_have_moved(order: list[int]) -> None:
    """Those that are not said to have moved stand in their old order, and no larger set of them does."""
    found = pairs(list(range(8)), order)
    stayed = [pair.before for pair in found if not pair.moved]
    assert stayed == sorted(stayed, key=lambda place: place or 0)
    longest = [1] * 8
    for here in range(8):
        longest[here] += max((longest[there] for there in range(here) if order[there] < order[here]), default=0)
    assert len(stayed) == max(longest)


def test_long_lists_without_keys() -> None:
    """Two hundred rows that all changed a little are the same rows; two thousand are done in bearable time."""
    before = [{"date": number, "what": f"端末{number}の設定を変更した"} for number in range(2_000)]
    after = [{**row, "note": "確認済"} for row in before]
    assert _found(before[:200], after[:200]) == [(n, n) for n in range(200)]
    assert _found(before, after) == [(n, n) for n in range(2_000)]
