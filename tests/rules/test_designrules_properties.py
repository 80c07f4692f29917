"""What holds for every network, address, ring and hour, whatever is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Contract, Sheet
from generator.problems import Problem
from generator.rules import designrules
from generator.rules.designthings import cycles
from tests.rules import builders

BITS = 32


def told(code: str, **kinds: list[dict[str, Any]]) -> list[Problem]:
    """The problems of one code that the rules find in a design."""
    return [problem for problem in designrules.check(designed(**kinds)) if problem.code == code]


def designed(**kinds: list[dict[str, Any]]) -> Contract:
    """A contract with a design of these things."""
    sheets = tuple(Sheet(kind=kind, values={kind: things}) for kind, things in kinds.items())
    return replace(builders.contract(), design=sheets)


def dotted(number: int) -> str:
    """An address by its number."""
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def lan(text: str) -> list[dict[str, Any]]:
    """A network of a range."""
    return [{"id": "lan", "title": "網", "zone": "z", "range": text}]


def machines(*addresses: str) -> list[dict[str, Any]]:
    """A server of each address, in the network."""
    return [
        {"id": f"s{at}", "title": "機", "kind": "physical", "addresses": [{"network": "lan", "address": address}]}
        for at, address in enumerate(addresses)
    ]


NUMBERS = st.integers(0, 2**BITS - 1)
LENGTHS = st.integers(0, BITS)


@given(NUMBERS, LENGTHS, NUMBERS)
def test_address_fits_where_its_first_bits_are_those_of_the_range(base: int, length: int, number: int) -> None:
    """Held against plain arithmetic; the first and the last address of a range are no machine's."""
    size = 2 ** (BITS - length)
    first = base - base % size
    inside = first <= number < first + size and (size <= 2 or number not in (first, first + size - 1))
    found = told("DSG003", networks=lan(f"{dotted(first)}/{length}"), servers=machines(dotted(number)))
    assert bool(found) != inside


@given(NUMBERS, LENGTHS)
def test_range_begins_at_its_first_address(base: int, length: int) -> None:
    """A range from its middle is no range, and the hint is the range that was meant."""
    first = base - base % 2 ** (BITS - length)
    found = told("DSG002", networks=lan(f"{dotted(base)}/{length}"))
    assert bool(found) == (base != first)
    assert all(problem.hint == f"{dotted(first)}/{length} ではありませんか" for problem in found)


@given(st.lists(st.integers(0, 5), max_size=8))
def test_each_address_has_one_owner(numbers: list[int]) -> None:
    """Every use of an address after the first is told."""
    servers = machines(*(dotted(0xC0000200 + number) for number in numbers))
    assert len(told("DSG004", networks=lan("192.0.2.0/24"), servers=servers)) == len(numbers) - len(set(numbers))


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_can_stand_for_a_range_or_an_address(span: str, address: str) -> None:
    """Whatever is written is read or refused; nothing raises."""
    assert isinstance(told("DSG002", networks=lan(span), servers=machines(address)), list)


GRAPHS = st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=4))


def _can_be_ordered(graph: Mapping[str, list[str]]) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


@given(GRAPHS)
def test_rings_are_rings_and_all_is_in_order_without_one(graph: dict[str, list[str]]) -> None:
    """A ring is found exactly where nothing could be put in order, and each step of it is written."""
    found = cycles(graph)
    assert bool(found) != _can_be_ordered(graph)
    for ring in found:
        assert len(set(ring)) == len(ring)
        for one, following in zip(ring, (*ring[1:], ring[0]), strict=True):
            assert following in graph[one]


@given(GRAPHS)
def test_jobs_in_a_ring_are_told(graph: dict[str, list[str]]) -> None:
    """What waits for itself is an error, by whatever way round."""
    jobs = [{"id": name, "title": "処理", "after": after} for name, after in graph.items()]
    known = {name: [other for other in after if other in graph] for name, after in graph.items()}
    assert bool(told("DSG020", jobs=jobs)) != _can_be_ordered(known)


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd")))
def test_hosts_in_a_ring_are_told(hosts: dict[str, str]) -> None:
    """No machine stands on itself, by whatever way round."""
    servers = [{"id": name, "title": "機", "kind": "physical", "host": host} for name, host in hosts.items()]
    known = {name: [host] if host in hosts else [] for name, host in hosts.items()}
    assert bool(told("DSG006", servers=servers)) != _can_be_ordered(known)


def test_long_chain_is_no_burden() -> None:
    """Thousands of steps one after another: depth is no limit."""
    chain = {str(at): [str(at + 1)] for at in range(5000)}
    assert cycles(chain) == []
    assert cycles({**chain, "5000": ["0"]}) == [tuple(map(str, range(5001)))]


@pytest.mark.parametrize(
    ("before", "minutes", "after", "early"),
    [
        ("1:00", 0, "1:00", False),
        ("1:00", 1, "1:00", True),
        ("1:00", 60, "2:00", False),
        ("1:00", 61, "2:00", True),
        ("1:00", 0, "0:59", True),
        ("23:30", 30, "0:00", False),
        ("23:30", 31, "0:00", True),
        ("24:00", 10, "0:10", False),
        ("20:00", 0, "9:00", False),
        ("6:00", 0, "23:00", False),
        ("12:00", 0, "6:00", True),
        ("12:00", 0, "5:59", False),
    ],
)
def test_hours_of_jobs(before: str, minutes: int, after: str, early: bool) -> None:
    """A job may start when the one before it is over, on the next morning too; eighteen hours ahead is too early."""
    jobs: list[dict[str, Any]] = [
        {"id": "a", "title": "先", "time": before, "minutes": minutes},
        {"id": "b", "title": "後", "time": after, "after": ["a"]},
    ]
    assert bool(told("DSG021", jobs=jobs)) is early
