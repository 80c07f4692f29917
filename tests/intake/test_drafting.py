"""Drafts: whatever was answered is read back, and hints are comments that become keys without values."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.intake.drafting import draft, hinted, hints, meaning
from generator.intake.plaintext import UNPRINTABLE
from generator.intake.schema import load_schemas
from generator.intake.yamltext import parse
from generator.problems import NohinError

SCHEMAS = load_schemas().by_kind
MEETINGS, PATH = SCHEMAS["records/meetings"], "data/contracts/mihon/records/meetings/2026-001.yml"
TEXTS = st.text(min_size=1, max_size=40).filter(
    lambda text: text.strip() and not UNPRINTABLE.search(text) and "\r" not in text
)


@given(TEXTS, st.lists(TEXTS, max_size=3), st.lists(TEXTS, max_size=3))
@example("0", [":0", "a:", "b"], [])
def test_what_is_answered_is_read_back(text: str, listed: list[str], rows: list[str]) -> None:
    """Texts of any kind, alone, in lists and in rows."""
    value = {"title": text, "agenda": listed, "actions": [{"what": row, "owner": text} for row in rows]}
    read = parse(_draft_of(value), PATH).value
    assert read == {**value, "held": parse(b"x: 2026-05-01", "").value["x"]}


def _draft_of(value: dict[str, object]) -> bytes:
    day = parse(b"x: 2026-05-01", "").value["x"]
    return draft(MEETINGS, {**value, "held": day}, PATH)


def test_texts_of_several_lines_are_written_in_lines() -> None:
    """As they are read; what would lose a blank at its beginning is put in quotes."""
    assert (
        "\ncontent: |-\n  一\n\n    二 # 注ではない\n  三\n"
        in _draft_of({"title": "a", "content": "一\n\n  二 # 注ではない\n三"}).decode()
    )
    assert '\ncontent: " 一\\n二"\n' in _draft_of({"title": "a", "content": " 一\n二"}).decode()


def test_only_the_first_row_shows_what_may_be_added() -> None:
    """The comments of one row are enough."""
    text = _draft_of({"title": "a", "actions": [{"what": "b"}, {"what": "c", "owner": "d"}]}).decode()
    assert "actions:\n  - what: b\n    # owner:  # 担当。誰がするか。\n" in text
    assert text.count("# owner:") == 1
    assert "\n  - what: c\n    owner: d\n" in text


def test_what_cannot_be_said_is_refused() -> None:
    """A value that its schema does not take is no draft."""
    with pytest.raises(NohinError, match="この答えでは書けません"):
        draft(MEETINGS, {"title": "a"}, PATH)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_hint_becomes_a_key_without_a_value(kind: str) -> None:
    """With its mark taken away a hint is valid YAML that says nothing yet: no example stays by oversight."""
    schema = SCHEMAS[kind]
    for key in (key for key, rule in schema.fields.items() if not rule.get("required")):
        lines = list(hints(schema, (key,)))
        assert all(line.startswith("# ") for line in lines)
        assert hinted(lines[0]) == (key, schema.fields[key]["meta"]["title"])
        read = parse("\n".join(line.removeprefix("# ") for line in lines).encode(), "").value
        assert _says_nothing(read[key]), (key, read)


def _says_nothing(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_says_nothing, value.values()))
    return all(map(_says_nothing, value)) if isinstance(value, list) else value is None


def test_a_hint_says_what_may_be_written() -> None:
    """Title, help, values and an example, in one line."""
    rule = SCHEMAS["records/incidents"].fields["stage"]
    assert meaning(rule).endswith("書ける値: first（速報）、interim（中間）、final（最終）。")
    assert (
        meaning(SCHEMAS["contract"].rule_at(("terms", 0, "label")))
        == "付属の名（必須）。この契約での呼び名。例: 別記２"
    )
    assert not re.search(r"書ける値", meaning(SCHEMAS["clauses"].rule_at(("clauses", 0, "kind"))))
