"""Keys in the order of the schema: what moves with a key, what stays, and that nothing is ever lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.intake.keyorder import ordered
from generator.intake.schema import Schema, load_schemas
from generator.intake.yamltext import parse

PATH = "data/contracts/mihon/records/incidents/2026-001.yml"


def _rule(kind: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "meta": {"title": title, "help": "説明。"}, **more}


INNER = {key: _rule("text", key.upper()) for key in ("x", "y", "z")}
FIELDS = {
    "a": _rule("text", "A"),
    "b": _rule("dict", "B", schema={**INNER, "deep": _rule("dict", "D", schema=INNER)}),
    "c": _rule(
        "list",
        "C",
        schema={
            "type": "dict",
            "schema": {**INNER, "rows": _rule("list", "R", schema={"type": "dict", "schema": INNER})},
        },
    ),
    "d": _rule("list", "D", schema={"type": "text"}),
    "e": _rule("text", "E"),
}
SCHEMA = Schema("records/x", "題", "説明。", "data/x/{id}.yml", FIELDS, {})


def _ordered(text: str, schema: Schema = SCHEMA, path: str = PATH) -> str:
    new, problems = ordered(text.encode(), path, schema)
    assert problems == []
    return new.decode()


MOVED = {
    "keys": ("b:\n  x: 1\na: 2\n", "a: 2\nb:\n  x: 1\n"),
    "comments and blank lines above": (
        "e: 1\n\n# 甲\n\n# 乙\na: 2  # 丙\nd: []\n",
        "\n# 甲\n\n# 乙\na: 2  # 丙\nd: []\ne: 1\n",
    ),
    "the head of a file stays": ("# 題\n\n# 注\ne: 1\na: 2\n", "# 題\n\n# 注\na: 2\ne: 1\n"),
    "the end of a file stays": ("e: 1\na: 2\n\n# 終わり\n", "a: 2\ne: 1\n\n# 終わり\n"),
    "what is set in belongs to what is above": (
        "b:\n  x: 1\n  # まだある\n\n# 次\na: 2\n",
        "\n# 次\na: 2\nb:\n  x: 1\n  # まだある\n",
    ),
    "the comment of the first key of a mapping": (
        "b:\n  # ゼット\n  z: 1\n  # エックス\n  x: 2\n",
        "b:\n  # エックス\n  x: 2\n  # ゼット\n  z: 1\n",
    ),
    "the head of a mapping stays": ("b:\n  # 頭\n\n  z: 1\n  x: 2\n", "b:\n  # 頭\n\n  x: 2\n  z: 1\n"),
    "the dash stays first": (
        "c:\n  # 一つ目\n  - z: 1\n    # エックス\n    x: 2\n    y: 3\n  # 二つ目\n  - x: 4\n",
        "c:\n  # 一つ目\n  # エックス\n  - x: 2\n    y: 3\n    z: 1\n  # 二つ目\n  - x: 4\n",
    ),
    "dashes at the margin": ("c:\n- y: 1\n  x: 2\n-   z: 3\n    y: 4\n", "c:\n- x: 2\n  y: 1\n-   y: 4\n    z: 3\n"),
    "a dash on a line of its own": ("c:\n  -\n    y: 1\n    x: 2\n", "c:\n  -\n    x: 2\n    y: 1\n"),
    "texts of several lines": (
        "e: |-\n  一\n\n  # 注ではない\na: >\n  二\n  三\nd:\n  - '四\n\n    # 五'\n",
        "a: >\n  二\n  三\nd:\n  - '四\n\n    # 五'\ne: |-\n  一\n\n  # 注ではない\n",
    ),
    "braces": ("b: {z: 1, x: 'a, b', y: \"c}\"}  # 注\n", "b: {x: 'a, b', y: \"c}\", z: 1}  # 注\n"),
    "braces in braces": (
        "c: [{y: it's, x: 1}, {rows: [{z: 1, x: 2}] , z: '[{'}]\n",
        "c: [{x: 1, y: it's}, {z: '[{' , rows: [{x: 2, z: 1}]}]\n",
    ),
    "braces over lines": ("b: {z: 1,\n    x: 2,\n  y: 3}\n", "b: {x: 2,\n    y: 3,\n  z: 1}\n"),
    "line ends of another kind": ("b:\r\n  y: 1\r\n  x: 2\r\na: 3", "a: 3\r\nb:\r\n  x: 2\r\n  y: 1"),
    "no line end": ("e: 1\na: 2", "a: 2\ne: 1"),
    "a byte order mark": ("\ufeffe: 1\na: 2\n", "\ufeffa: 2\ne: 1\n"),
    "an anchor before its alias": ("e: &x 1\nd: []\nb:\n  x: *x\n", None),
    "an anchor that may move": ("c:\n  - &k\n    y: 1\n    x: 2\nb: {}\n", "b: {}\nc:\n  - &k\n    x: 2\n    y: 1\n"),
    "an alias": ("c:\n  - &k {y: 1, x: 2}\n  - *k\n", "c:\n  - &k {x: 2, y: 1}\n  - *k\n"),
    "the end of the document": ("e: 1\na: 2\n...\n# 後\n", "a: 2\ne: 1\n...\n# 後\n"),
    "the beginning of the document": ("# 題\n---\n# 注\ne: 1\na: 2\n", "# 題\n---\n# 注\na: 2\ne: 1\n"),
    "keys in quotes": ("'e': 1\n\"a\": 2\n", "\"a\": 2\n'e': 1\n"),
    "hints": (
        "a: 1\n# b:  # B。説明。\n#   x:  # X。説明。\n# d: []  # D。説明。\ne: 2\nc:\n  - x: 1\n    # z:  # Z。説明。\n    y: 2\n",
        "a: 1\n# b:  # B。説明。\n#   x:  # X。説明。\nc:\n  - x: 1\n    y: 2\n    # z:  # Z。説明。\n# d: []  # D。説明。\ne: 2\n",
    ),
    "what only looks like a hint": ("e: 1\n# b:  # 別の題。\na: 2\n", "# b:  # 別の題。\na: 2\ne: 1\n"),
    "a key asked for by a question mark": ("? e\n: 1\n? a\n: 2\n", None),
    "blank lines that are kept": ("e: |+\n  一\n\n\na: 1\n", None),
}


@pytest.mark.parametrize(("text", "wanted"), MOVED.values(), ids=list(MOVED))
def test_keys_move_with_what_belongs_to_them(text: str, wanted: str | None) -> None:
    """The order is the schema's; where a way of writing is not known, the file stays and is named."""
    if wanted is None:
        new, problems = ordered(text.encode(), PATH, SCHEMA)
        assert (new.decode(), [problem.code for problem in problems]) == (text, ["YML009"])
        return
    assert _ordered(text) == wanted
    assert _ordered(wanted) == wanted


@pytest.mark.parametrize("text", ["a: [\n", "q: 1\n", "a:\n  x: 1\n", "", "b: {x: 1, x: 2}\n"])
def test_file_with_problems_is_left_alone(text: str) -> None:
    """What cannot be read, or is not what the schema wants, is not touched."""
    new, problems = ordered(text.encode(), PATH, SCHEMA)
    assert new.decode() == text
    assert problems


def test_only_the_front_matter_of_a_chapter_moves() -> None:
    """The text of a chapter is no data."""
    text = "---\n# 章\norder: 1  # 順\n# 題\ntitle: 甲\n---\n\norder: 本文\n\ntitle: 本文\n"
    new = _ordered(text, load_schemas().by_kind["manuals"], "data/contracts/mihon/manuals/operation/x.md")
    assert new == text.replace("order: 1  # 順\n# 題\ntitle: 甲\n", "# 題\ntitle: 甲\norder: 1  # 順\n")


# --- random files -------------------------------------------------------------------------------------


class _Writer:
    """Writes a random file; every key and comment has a number of its own."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw, self.count = draw, 0

    def number(self) -> int:
        self.count += 1
        return self.count

    def mapping(self, fields: dict[str, Any], indent: int, dash: str = "") -> Iterator[str]:
        """Keys in any order, each with a number that its comments bear too."""
        keys = self.draw(st.lists(st.sampled_from(sorted(fields)), min_size=1, unique=True))
        for index, key in enumerate(keys):
            margin = " " * indent
            number = self.number()
            if index or not dash:
                for _ in range(self.draw(st.integers(0, 2)) if index else 0):
                    yield self.draw(st.sampled_from(["", f"{margin}# @{number} の注"]))
            start = dash if dash and index == 0 else margin
            yield from self.entry(key, fields[key], indent, start, number)

    def entry(self, key: str, rule: dict[str, Any], indent: int, start: str, number: int) -> Iterator[str]:
        inner = rule.get("schema", {})
        behind = self.draw(st.sampled_from(["", f"  # @{number} の行"]))
        if rule["type"] == "dict":
            if self.draw(st.booleans()):
                yield f"{start}{key}: {self.flow(inner, number)}{behind}"
            else:
                yield f"{start}{key}:  # ={number}"
                yield from self.mapping(inner, indent + self.draw(st.sampled_from([1, 2, 4])))
        elif inner.get("type") == "dict":
            yield f"{start}{key}:  # ={number}"
            at = indent + self.draw(st.sampled_from([0, 2, 3]))
            for _ in range(self.draw(st.integers(1, 3))):
                if self.draw(st.booleans()):
                    yield " " * at + "# 項目の注"
                gap = self.draw(st.sampled_from(["- ", "-   "]))
                yield from self.mapping(inner["schema"], at + len(gap), " " * at + gap)
        elif rule["type"] == "list":
            yield f"{start}{key}: [={number}, '#x', \"y, {{\"]{behind}"
        else:
            yield from self.text(key, indent, start, number, behind)

    def text(self, key: str, indent: int, start: str, number: int, behind: str) -> Iterator[str]:
        form = self.draw(st.integers(0, 4))
        if form == 0:
            yield f"{start}{key}: |"
            yield from (f"{' ' * indent}   {line}" if line else "" for line in (f"={number}", "", "# 中身", "終"))
        elif form == 1:
            yield f"{start}{key}: \"={number} # 'x'"
            yield f'{" " * indent}   続き"{behind}'
        else:
            yield f"{start}{key}: " + (f"={number}", f"'={number}: #x'", f"it's ={number}")[form - 2] + behind

    def flow(self, fields: dict[str, Any], number: int) -> str:
        keys = self.draw(st.lists(st.sampled_from([k for k, r in fields.items() if r["type"] == "text"]), unique=True))
        values = [self.draw(st.sampled_from(["1", "'a, b'", '"}"', "it's", "''"])) for _ in keys]
        inside = ", ".join(f"{key}: {value}" for key, value in zip(keys, values, strict=True))
        return f"{{{inside}}}"


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of the schema with keys and comments anywhere."""
    head = draw(st.sampled_from(["", "# 題\n", "# 題\n\n"]))
    tail = draw(st.sampled_from(["", "\n", "# 終わり\n", "\n\n# 終わり"]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    lines = list(_Writer(draw).mapping(FIELDS, 0))
    return (head + "\n".join(lines) + "\n" + tail).replace("\n", end)


def _bare(line: str) -> str:
    """A line without what a dash may change of it, and without the order of what stands between braces."""
    return "".join(sorted(re.sub(r"^[\s-]+", "", line)))


def _in_order(value: Any, path: tuple[Any, ...] = ()) -> bool:
    if isinstance(value, list):
        return all(_in_order(item, (*path, index)) for index, item in enumerate(value))
    if not isinstance(value, dict):
        return True
    known = SCHEMA.keys_at(path)
    ranks = [known.index(key) for key in value]
    return ranks == sorted(ranks) and all(_in_order(inner, (*path, key)) for key, inner in value.items())


@settings(max_examples=300)
@given(files())
def test_random_files_are_ordered_and_lose_nothing(text: str) -> None:
    """Values are equal, keys in order, every line and comment is there, and a second run changes nothing."""
    before = parse(text.encode(), PATH)
    assert before.problems == [], text
    new = _ordered(text)
    after = parse(new.encode(), PATH).value
    assert after == before.value
    assert _in_order(after)
    assert _ordered(new) == new
    if _in_order(before.value):
        assert new == text
    assert Counter(map(_bare, new.splitlines())) == Counter(map(_bare, text.splitlines()))
    assert len(new.encode()) - len(text.encode()) == sum(map(len, new.splitlines())) - sum(map(len, text.splitlines()))


@settings(max_examples=200)
@given(files())
def test_comments_stay_with_their_keys(text: str) -> None:
    """A comment above a key stands above that key, whatever has moved; one behind a value is behind it."""
    lines = _ordered(text).splitlines()
    for number, line in enumerate(lines):
        if match := re.search(r"# @(\d+) の(注|行)", line):
            own = rf"={match[1]}\b"
            below = (one for one in lines[number + 1 :] if one.strip() and not one.lstrip().startswith("#"))
            if match[2] == "注" and not _is_flow(below_line := next(below)):
                assert re.search(own, f"{below_line}\n{next(below, '')}"), "\n".join(lines)


def _is_flow(line: str) -> bool:
    return ": {" in line
