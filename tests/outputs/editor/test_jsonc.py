"""One value is put into settings with comments, and all else stays as it was; what cannot be read is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.editor.jsonc import Unreadable, read, with_item, with_value

OURS = ["yaml.schemas", "./s.json"]

PUT = [
    ("{}", '{\n    "yaml.schemas": {\n        "./s.json": "*"\n    }\n}'),
    (
        '{\n  "a": 1\n}\n',
        '{\n  "a": 1,\n  "yaml.schemas": {\n      "./s.json": "*"\n  }\n}\n',
    ),
    (
        '{\n  // 字の大きさ\n  "a": 1, // 十二\n  /* 終わり */\n}\n',
        '{\n  // 字の大きさ\n  "a": 1, // 十二\n  /* 終わり */\n  "yaml.schemas": {\n      "./s.json": "*"\n  }\n}\n',
    ),
    (
        '{\n    "yaml.schemas": {\n        "x": "y" // これ\n    }, // それ\n    "b": [1, 2,],\n}',
        '{\n    "yaml.schemas": {\n        "x": "y", // これ\n        "./s.json": "*"\n    }, // それ\n    "b": [1, 2,],\n}',
    ),
    ('{ "yaml.schemas": { "./s.json": ["old"] } }', '{ "yaml.schemas": { "./s.json": "*" } }'),
    ('{ "yaml.schemas": {} }', '{ "yaml.schemas": {\n    "./s.json": "*"\n} }'),
    (
        '\ufeff{\r\n    "a": "//"\r\n}\r\n',
        '\ufeff{\r\n    "a": "//",\r\n    "yaml.schemas": {\r\n        "./s.json": "*"\r\n    }\r\n}\r\n',
    ),
]


@pytest.mark.parametrize(("before", "after"), PUT)
def test_value_is_put_in_and_all_else_stays(before: str, after: str) -> None:
    """Keys, comments, commas, indents and line ends are those that were there."""
    assert with_value(before, OURS, "*") == after
    assert with_value(after, OURS, "*") == after
    assert read(after)["yaml.schemas"]["./s.json"] == "*"


UNREADABLE = [
    ("", "ファイルが空です"),
    ("// 何もない", "ファイルが空です"),
    ("{", "ファイルが途中で終わっています"),
    ('{\n  "a": 1\n  "b": 2\n}', "3 行目が JSON として読めません"),
    ("{\n  'a': 1\n}", "2 行目が JSON として読めません"),
    ('{"a": 1} x', "1 行目が JSON として読めません"),
    ('{"a": 1, "a": 2}', "キー「a」が二度あります"),
    ("[]", "ファイルの中身が「キー: 値」の組ではありません"),
    ('{"yaml.schemas": []}', "yaml.schemas が「キー: 値」の組ではありません"),
    ("[" * 5000, "入れ子が深すぎます"),
]


@pytest.mark.parametrize(("text", "why"), UNREADABLE, ids=[why for _, why in UNREADABLE])
def test_what_cannot_be_read_is_refused(text: str, why: str) -> None:
    """Nothing is guessed: the reason says where to look."""
    with pytest.raises(Unreadable, match=f"^{why}$"):
        with_value(text, OURS, "*")


def test_item_is_added_once() -> None:
    """A list keeps its items and comments."""
    before = '{\n    "recommendations": [\n        "a.b" // よく使う\n    ]\n}\n'
    after = '{\n    "recommendations": [\n        "a.b", // よく使う\n        "c.d"\n    ]\n}\n'
    assert with_item(before, "recommendations", "c.d") == after
    assert with_item(after, "recommendations", "c.d") == after
    with pytest.raises(Unreadable, match="recommendations が一覧ではありません"):
        with_item('{"recommendations": "a.b"}', "recommendations", "c.d")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(settings=st.dictionaries(st.text(max_size=5), _JSON, max_size=4), indent=st.sampled_from([None, 2, 4]))
def test_any_settings_keep_what_they_hold(settings: dict[str, Any], indent: int | None) -> None:
    """Whatever stands there is there afterwards, and what was put in besides."""
    text = json.dumps(settings, ensure_ascii=False, indent=indent)
    assert read(text) == settings
    assert read(with_value(text, OURS, "*")) == {**settings, "yaml.schemas": {"./s.json": "*"}}
