"""Values of a data file changed as text: what is meant is changed, and all else stays to the letter."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.listtext import scalar
from generator.intake.plaintext import UNPRINTABLE
from generator.intake.yamledit import Edit
from generator.intake.yamlforms import file_text
from generator.intake.yamltext import parse
from generator.problems import NohinError, Source

PATH = "data/contracts/mihon/checklist.yml"
ORDER = ["item", "answer", "measure", "evidence", "reason", "date", "person"]

BLOCK = """\
# 見本の回答
officer: p1
answers:
  - item: a   # 一つ目
    answer:   ○  # 4月
    # 日付は後で確かめる
    date: 2026-04-03
    person: p1

  # 二つ目
  - item: b
    measure: |
      手引を定めた。
      # 手引の二行目
    reason:
  - {item: c, answer: ○, date: 2026-04-03} # 三つ目
# 終わり
period: {start: 2026-04-01}
"""


def _edited(text: str, *deeds: tuple[Any, ...]) -> str:
    edit = Edit(text.encode(), PATH)
    for name, *arguments in deeds:
        getattr(edit, name)(*arguments)
    return edit.done()[0].decode()


def _set(index: int, key: str, value: Any) -> tuple[Any, ...]:
    return ("set", ("answers", index), key, value, ORDER)


CHANGES = {
    "a value; its comment stays": (_set(0, "answer", "×"), "    answer:   ○  #", "    answer:   ×  #"),
    "a new key after the one before it": (
        _set(0, "evidence", "名簿"),
        "    # 日付は",
        "    evidence: 名簿\n    # 日付は",
    ),
    "several lines of text as they are": (
        _set(0, "measure", "一\n二"),
        "    # 日付は",
        "    measure: |-\n      一\n      二\n    # 日付は",
    ),
    "a key that goes": (_set(0, "date", None), "    date: 2026-04-03\n    person", "    person"),
    "the last key of an item": (_set(0, "person", None), "    person: p1\n", ""),
    "a text of several lines": (
        _set(1, "measure", "改めた"),
        "measure: |\n      手引を定めた。\n      # 手引の二行目\n",
        "measure: 改めた\n",
    ),
    "a key without a value": (_set(1, "reason", "なし: 理由"), "    reason:\n", "    reason: 'なし: 理由'\n"),
    "between braces": (_set(2, "answer", "a, b"), "answer: ○, date: 2026-04-03}", 'answer: "a, b", date: 2026-04-03}'),
    "a new key between braces": (
        _set(2, "measure", "良"),
        "{item: c, answer: ○, ",
        "{item: c, answer: ○, measure: 良, ",
    ),
    "a key that goes between braces": (_set(2, "date", None), ", date: 2026-04-03}", "}"),
    "a day": (_set(2, "date", dt.date(2026, 5, 1)), "○, date: 2026-04-03", "○, date: 2026-05-01"),
    "a value at the margin": (("set", (), "officer", "p2", ["period", "officer"]), "officer: p1", "officer: p2"),
    "an item that goes": (
        ("remove", "answers", 0),
        BLOCK[BLOCK.index("  - item: a") : BLOCK.index("\n  # 二つ目")],
        "",
    ),
    "a new item, in the middle of the file": (
        ("add", "answers", {"item": "d", "reason": None, "person": "p2"}),
        "三つ目\n",
        "三つ目\n  - item: d\n    person: p2\n",
    ),
}


@pytest.mark.parametrize(("deed", "old", "new"), CHANGES.values(), ids=list(CHANGES))
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_only_what_is_meant_changes(deed: tuple[Any, ...], old: str, new: str, ending: str) -> None:
    """One piece of the text becomes another; comments, blanks, quotes and line ends are what they were."""
    assert BLOCK.count(old) == 1
    text, expected = BLOCK.replace("\n", ending), BLOCK.replace(old, new).replace("\n", ending)
    assert _edited(text, deed) == expected
    assert _edited("\ufeff" + text, deed) == "\ufeff" + expected


def test_nothing_to_do_changes_nothing() -> None:
    """A file that nothing was asked of is the same, byte for byte."""
    assert _edited(BLOCK) == BLOCK


def test_many_changes_at_once() -> None:
    """Changes that touch each other are made together."""
    new = _edited(
        BLOCK,
        _set(2, "answer", "×"),
        _set(2, "date", None),
        _set(2, "measure", "良"),
        ("remove", "answers", 0),
        ("add", "answers", {"item": "d"}),
        ("add", "answers", {"item": "e", "date": dt.date(2026, 4, 1)}),
    )
    assert (
        "  - {item: c, answer: ×, measure: 良} # 三つ目\n  - item: d\n  - item: e\n    date: 2026-04-01\n# 終わり"
        in new
    )
    assert parse(new.encode(), PATH).value["answers"][0]["item"] == "b"


NEW_LISTS = {
    "": "answers:\n  - item: x\n",
    "# まだない\n": "# まだない\nanswers:\n  - item: x\n",
    "officer: p1": "officer: p1\nanswers:\n  - item: x\n",
    "answers: []  # まだない\nofficer: p1\n": "answers:   # まだない\n  - item: x\nofficer: p1\n",
    "answers:\nofficer: p1\n": "answers:\n  - item: x\nofficer: p1\n",
    "answers:\n- item: a\nofficer: p1\n": "answers:\n- item: a\n- item: x\nofficer: p1\n",
    "answers:\n  -\n    item: a\nofficer: p1\n": "answers:\n  -\n    item: a\n  - item: x\nofficer: p1\n",
    "answers:\n  - item: a": "answers:\n  - item: a\n  - item: x\n",
}


@pytest.mark.parametrize(("text", "expected"), NEW_LISTS.items())
def test_new_item_in_a_list_of_any_form(text: str, expected: str) -> None:
    """An item comes to the end of its list, wherever the list stands, and whether there is one yet."""
    assert _edited(text, ("add", "answers", {"item": "x"})) == expected


def test_last_item_leaves_an_empty_list() -> None:
    """A list whose items are all gone is written as an empty one."""
    assert _edited(
        "answers:\n  - item: a\n  # 二\n  - item: b\nofficer: p1\n", *(("remove", "answers", i) for i in (0, 1))
    ) == ("answers: []\n  # 二\nofficer: p1\n")


LISTS = {
    "people: [p1, p2]  # 二人\n": "people: [p1, p3]  # 二人\n",
    "people:\n  - p1  # 主\n  # 副\n  - p2\n": "people:\n  - p1  # 主\n  # 副\n  - p3\n",
    "people:\n- p1\n- p2\ntitle: x\n": "people:\n- p1\n- p3\ntitle: x\n",
    "people:\n  - p4\n": "people: [p1, p3]\n",
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_list_of_words_keeps_its_form(text: str, expected: str) -> None:
    """Of a list with an item on each line, only the lines of what came and went are touched."""
    assert _edited(text, ("set", (), "people", ["p1", "p3"], ["people"])) == expected


UNKNOWN = {
    "a list between brackets": ("answers: [{item: a}]\n", ("add", "answers", {"item": "x"})),
    "a value that another one names": ("answers:\n  - item: &a x\n    answer: y\n  - item: *a\n", _set(0, "item", "z")),
}


@pytest.mark.parametrize("case", UNKNOWN.values(), ids=list(UNKNOWN))
def test_form_that_is_not_known_is_told_not_guessed(case: tuple[Any, ...]) -> None:
    """Where the text would not say what it should, nothing is changed and the message shows what to write."""
    with pytest.raises(NohinError, match="次を手で書いてください\n"):
        _edited(*case)


def test_broken_file_is_refused() -> None:
    """A file that cannot be read is not edited."""
    with pytest.raises(NohinError, match="読めません"):
        Edit(b"answers: [\n", PATH)


def test_places_of_what_was_changed_are_known() -> None:
    """A value's place in the new text leads back to the steps by which it was reached before."""
    edit = Edit(BLOCK.encode(), PATH)
    edit.remove("answers", 0)
    steps = edit.add("answers", {"item": "d", "person": "p9"})
    content, places = edit.done()
    lines = content.decode().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "p9" in text)
    assert (
        places.before(Source(PATH, line, lines[line - 1].index("p9") + 1))
        == (*steps, "person")
        == ("answers", 3, "person")
    )
    line = lines.index("  - item: b") + 1
    assert places.before(Source(PATH, line, 5)) == ("answers", 1)


# --- any text, in any form -------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(
    lambda text: not UNPRINTABLE.search(text) and "\r" not in text
)
WORDS = st.one_of(
    TEXTS, st.sampled_from(["○", "a: b", "# x", "- y", "null", "8:40", "一\n  二\n", " x", "x\n", "'", '"', "{", "=1"])
)
FORMS = ("plain", "quoted", "literal", "braced")


def _written(items: list[dict[str, str]], forms: list[str]) -> str:
    lines = ["# 頭\nanswers:\n"]
    for number, (item, form) in enumerate(zip(items, forms, strict=True)):
        if form == "braced":
            inner = ", ".join(f"{key}: {_quoted(value)}" for key, value in item.items())
            lines.append(f"  - {{{inner}}}  # 組 {number}\n")
            continue
        lines.append(f"  # 項目 {number}\n")
        for place, (key, value) in enumerate(item.items()):
            start = "  - " if place == 0 else "    "
            lines.append(f"{start}{key}: {_as(value, form)}\n")
    return "".join([*lines, "tail: 1  # 尾\n"])


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as(value: str, form: str) -> str:
    if form == "literal" and re.fullmatch(r"[^\s#].*(\n\S.*)+", value):
        return "|-" + "".join(f"\n      {line}" for line in value.split("\n"))
    return _quoted(value) if form == "quoted" else scalar(value)


ITEMS = st.lists(
    st.fixed_dictionaries({"item": st.sampled_from("abcd")}, optional={"measure": WORDS, "reason": WORDS}),
    min_size=1,
    max_size=4,
)


def test_a_blank_that_is_none_to_yaml_is_text() -> None:
    """A no-break space is a value; what Python calls a blank is not what YAML calls one."""
    edit = Edit("answers:\n  - item: a\n    measure: \u00a0\ntail: 1\n".encode(), PATH)
    edit.set(("answers", 0), "measure", "済", ORDER)
    assert edit.done()[0].decode() == "answers:\n  - item: a\n    measure: 済\ntail: 1\n"


@settings(max_examples=40)
@given(st.data())
def test_any_text_into_any_form(data: st.DataObject) -> None:
    """Any text can be written over any other, added and taken away; what was not meant stays, and so do comments."""
    items = data.draw(ITEMS)
    text = _written(items, data.draw(st.lists(st.sampled_from(FORMS), min_size=len(items), max_size=len(items))))
    before = parse(text.encode(), PATH)
    assert not before.problems
    edit = Edit(text.encode(), PATH)
    expected = [dict(item) for item in before.value["answers"]]
    for index in data.draw(st.sets(st.integers(0, len(items) - 1))):
        for key in data.draw(st.sets(st.sampled_from(["measure", "reason"]))):
            value = data.draw(st.one_of(st.none(), WORDS))
            edit.set(("answers", index), key, value, ORDER)
            expected[index].pop(key, None)
            expected[index] |= {key: value} if value is not None else {}
    content, _ = edit.done()
    assert parse(content, PATH).value == {"answers": expected, "tail": 1}
    comments = re.compile(r"# (?:頭|尾|項目 \d|組 \d)$", re.MULTILINE)
    assert comments.findall(content.decode()) == comments.findall(text)


@given(st.dictionaries(st.sampled_from(ORDER), WORDS, min_size=1))
def test_whole_file_of_any_text(item: dict[str, str]) -> None:
    """A new file says what was put into it."""
    assert parse(file_text(item), PATH).value == item
