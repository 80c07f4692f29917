"""What a data file says of people, by the marks of its schema."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.intake.personal import TEXTS, Found, content, rebuilt
from generator.intake.schema import load_schemas

SCHEMAS = load_schemas().by_kind


def _marked() -> Iterator[tuple[str, dict[str, object]]]:
    for kind, schema in SCHEMAS.items():
        for path, rule in schema.walk():
            if rule.get("meta", {}).get("personal"):
                yield f"{kind}/{'.'.join(map(str, path))}", rule


def test_values_people_and_firms() -> None:
    """A file of people holds personal values with their fields, ids of people, and names of firms and posts."""
    people = [{"id": "sato", "name": "佐藤 太郎", "phone": 7012345678, "organisation": "見本社"}]
    found = content(SCHEMAS["staff"], {"people": people, "pledges": [{"person": "suzuki", "date": None}]})
    assert found.personal == [
        Found("体制　人　氏名", "佐藤 太郎", name=True),
        Found("体制　人　電話", "7012345678", contact=True),
    ]
    assert (found.people, found.named, found.firms) == (["sato"], ["suzuki"], ["見本社"])


@pytest.mark.parametrize(
    ("item", "marked"), [("業務責任者の氏名", True), ("再委託先の代表者、連絡先", True), ("再委託の理由", False)]
)
def test_a_text_is_personal_by_what_stands_beside_it(item: str, marked: bool) -> None:
    """What an application has to say is personal where its item asks for somebody."""
    found = content(SCHEMAS["records/subcontracts"], {"items": [{"item": item, "text": "佐藤 太郎"}]})
    assert [one.text for one in found.personal] == (["佐藤 太郎"] if marked else [])


def test_a_file_of_another_shape_is_read_as_far_as_it_goes() -> None:
    """Old files may be wrong in any way."""
    schema = SCHEMAS["staff"]
    for wrong in (
        {"people": "佐藤"},
        {"people": {"id": 1}},
        {"people": [["x"], None, 3]},
        {"roles": {"type": {"a": 1}}},
    ):
        content(schema, wrong)
    assert content(schema, {"people": [{"name": "佐藤 太郎", "more": [1]}]}).personal[0].text == "佐藤 太郎"


def test_every_value_is_changed_in_its_place() -> None:
    """What is rebuilt has the shape of what it was made of."""
    value = {"title": "会議", "attendees": {"authority": ["甲", "乙"], "vendor": ["p1"]}, "agenda": []}
    schema = SCHEMAS["records/meetings"]
    assert rebuilt(schema, value, lambda place, one: one) == value
    seen: dict[str, object] = {}
    rebuilt(schema, value, lambda place, one: seen.setdefault(place.path, (one, place.personal, place.names_somebody)))
    assert seen["records/meetings/attendees.authority"] == (["甲", "乙"], True, False)
    assert seen["records/meetings/attendees.vendor.*"] == ("p1", False, True)


@pytest.mark.parametrize(("path", "rule"), list(_marked()), ids=[path for path, _ in _marked()])
def test_what_is_marked_can_be_left_out(path: str, rule: dict[str, object]) -> None:
    """Words can be replaced by a word, a list by a list; anything else has to be optional, for it is dropped."""
    assert rule["type"] in (*TEXTS, "list") or not rule.get("required")
    assert "allowed" not in rule
    assert "regex" not in rule
