"""What is shipped is in order: the data, the schemas, and what the schemas give as examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from generator.checking import check
from generator.intake.portfolio import load
from generator.intake.positions import Spot
from generator.intake.scalars import PLAIN_TYPES, SCALAR_TYPES
from generator.intake.schema import Schema, load_manifest_schema, load_schemas, validate
from generator.intake.tree import WorkingTree
from generator.model import Portfolio
from generator.problems import to_text
from tests.support import ROOT, run

SCHEMAS: dict[str, Schema] = {**load_schemas().by_kind, "manifest": load_manifest_schema()}
FIELDS = [
    pytest.param(schema, path, rule, id=f"{kind}:{'.'.join(str(step) for step in path)}")
    for kind, schema in SCHEMAS.items()
    for path, rule in schema.walk()
]
EXAMPLES = [field for field in FIELDS if "example" in field.values[2].get("meta", {})]  # type: ignore[union-attr]
CONTRACTS = ["ichikawa-groupware", "ichikawa-remote-desk", "meguro-nursery", "numazu-it-support", "yoshikawa-sample"]


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    """The shipped data."""
    return load(WorkingTree(ROOT)).portfolio


def test_shipped_data_checks_clean() -> None:
    """Not a single problem, not a single warning."""
    assert to_text(check(ROOT).problems) == ""
    assert run("check", "--project", str(ROOT)).code == 0


@pytest.mark.parametrize("contract", CONTRACTS)
def test_every_contract_is_there_with_everything(portfolio: Portfolio, contract: str) -> None:
    """Each contract has its parties, clauses and deliverables, and knows that it is a sample."""
    found = portfolio.contracts[contract]
    assert found.authority.name
    assert found.deliverables
    assert found.clauses or found.terms
    assert found.sample
    assert {attached.terms for attached in found.head.terms} == {terms.id for terms in found.terms}


def test_no_contract_besides(portfolio: Portfolio) -> None:
    """The ids of DESIGN section 7, and none else."""
    assert sorted(portfolio.contracts) == CONTRACTS
    for name, terms in portfolio.terms.items():
        assert name.startswith(f"{terms.issuer}-")


def test_every_file_of_data_is_used(portfolio: Portfolio) -> None:
    """No terms, authority or vendor lies about that no contract names."""
    contracts = portfolio.contracts.values()
    assert {c.authority.id for c in contracts} == set(portfolio.authorities)
    assert {c.vendor.id for c in contracts} == set(portfolio.vendors)
    assert {terms.id for c in contracts for terms in c.terms} == set(portfolio.terms)


def test_people_and_companies_are_marked_as_samples(portfolio: Portfolio) -> None:
    """Addresses of the shipped people are the ones that RFC 2606 keeps for examples; numbers are no one's."""
    for vendor in portfolio.vendors.values():
        assert vendor.sample
        assert vendor.name.startswith("見本")
    for contract in portfolio.contracts.values():
        for person in contract.staff.people:
            assert person.email is None or person.email.endswith("@example.jp")
            assert person.phone is None or person.phone.startswith("00-0000-")


@pytest.mark.parametrize(("schema", "path", "rule"), FIELDS)
def test_field_has_title_and_help(schema: Schema, path: tuple[str, ...], rule: dict[str, Any]) -> None:
    """Messages, hovers and the data dictionary are made from them."""
    meta = rule["meta"]
    assert meta["title"].strip()
    assert meta["help"].strip()
    assert set(meta) <= {"title", "help", "example", "labels", "personal"}
    assert rule["type"] in {*SCALAR_TYPES, *PLAIN_TYPES}


@pytest.mark.parametrize(("schema", "path", "rule"), FIELDS)
def test_labels_are_complete(schema: Schema, path: tuple[str, ...], rule: dict[str, Any]) -> None:
    """Where a choice has a Japanese word, every choice has one; a choice in Latin letters always has."""
    inner = rule.get("schema") if isinstance(rule.get("schema"), dict) else {}
    allowed = rule.get("allowed") or inner.get("allowed") or []  # type: ignore[union-attr]
    labels = rule["meta"].get("labels", {})
    if labels:
        assert list(labels) == allowed
    elif rule.get("allowed") and path[-1] != "paper":
        assert not any(choice.isascii() for choice in allowed)


def _wrapped(path: tuple[str, ...], value: Any) -> Any:
    """A document with nothing but one value at its path."""
    for step in reversed(path):
        value = [value] if step == "*" else {step: value}
    return value


@pytest.mark.parametrize(("schema", "path", "rule"), EXAMPLES)
def test_example_is_right(schema: Schema, path: tuple[str, ...], rule: dict[str, Any]) -> None:
    """What a message shows as the right form is accepted at that very place."""
    where = tuple(0 if step == "*" else step for step in path)
    _, _, bad = validate(schema, _wrapped(path, rule["meta"]["example"]), Spot(1, 1), "example.yml")
    assert [wrong for wrong in bad if wrong[: len(where)] == where] == []


@pytest.mark.parametrize("kind", sorted(SCALAR_TYPES))
def test_hint_of_a_type_is_right(kind: str) -> None:
    """The first form that a type's hint gives is a value of the type."""
    if kind in ("text", "id", "ground"):
        pytest.skip("said in words")
    wanted = SCALAR_TYPES[kind]
    value = wanted.normalise(wanted.hint.split(" または ")[0])
    assert isinstance(value, wanted.python)
    assert not wanted.refuses(value)


def _personal() -> Iterator[str]:
    for kind, schema in SCHEMAS.items():
        for path, rule in schema.walk():
            if rule["meta"].get("personal"):
                yield f"{kind}:{'.'.join(str(step) for step in path)}"


def test_personal_data_is_marked() -> None:
    """Names, numbers and addresses of people are marked; DESIGN section 6 asks who may see their history."""
    marked = set(_personal())
    assert {"staff:people.*.name", "staff:people.*.phone", "staff:people.*.email"} <= marked
    assert "vendor:representative.name" in marked


def test_every_kind_of_file_says_where_it_lives() -> None:
    """Each schema has a title, a help and a place below data/ that no other has."""
    places = [schema.files for schema in SCHEMAS.values()]
    assert len(set(places)) == len(places)
    for schema in SCHEMAS.values():
        assert schema.title
        assert schema.help
        assert schema.files.startswith(("data/", "templates/documents/"))


def test_dates_of_the_data_lie_in_reach(portfolio: Portfolio) -> None:
    """No contract begins before 平成 or ends beyond what can be computed."""
    for contract in portfolio.contracts.values():
        assert dt.date(1989, 1, 8) <= contract.head.period.start <= contract.head.period.end <= dt.date(2099, 12, 31)
