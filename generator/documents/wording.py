"""What a contract words itself: the title of a paper, and its 記載事項, which stand before the template's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.documents.kinds import plain
from generator.documents.plan import Document


@dataclass(frozen=True)
class Answered:
    """What is asked for, and what a record answers."""

    title: str
    text: str | None
    """None while there is no answer."""
    asked: bool = True
    """False for what the record says besides."""


def subtitle(document: Document) -> str:
    """What stands below the title of the list: the label, and which of several papers it is that one row asks for.

    A paper that is all the row asks for bears the row's title and no other.
    """
    if plain(document.own_title) == plain(document.listed_title) or not _one_of_several(document):
        return document.label
    return document.title


def _one_of_several(document: Document) -> bool:
    named = document.deliverable.documents if document.deliverable else ()
    listed, own = plain(document.listed_title), plain(document.kind.title)
    return len(named) > 1 or document.kind.scope is not None or (own in listed and bool(_AND.search(listed)))


_AND = re.compile("及び|並びに|、|・")


def worded(document: Document, field: str, otherwise: str) -> str:
    """What this contract calls a field of the record: `worded(document, "disposed", "日時")`."""
    names = {plain(n) for item in document.kind.items if item.field == field for n in (item.title, *item.labels)}
    return "・".join(label for label in asked_labels(document) if plain(label) in names) or otherwise


def asked_labels(document: Document) -> list[str]:
    """The labels in the `contents` of a document's deliverables, in their order, each once."""
    labels = {plain(label): label for d in reversed(document.deliverables) for label in reversed(d.contents)}
    return list(reversed(labels.values()))


def answered(document: Document, rows: Sequence[Mapping[str, Any]]) -> list[Answered]:
    """The labels with the texts of the rows that answer them, then what the rows say besides.

    Where no deliverable lists what is asked, an application for subcontracting is held against the contract's items.
    """
    said: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        said.setdefault(plain(str(row["item"])), []).append(row)
    terms = document.contract.head.subcontracting
    applies = document.kind.record == "subcontracts"
    labels = asked_labels(document) or list(terms.items if terms and applies else ())
    asked = [Answered(label, _text(said.pop(plain(label), ()))) for label in labels]
    return asked + [Answered(str(group[0]["item"]), _text(group), False) for group in said.values()]


def _text(rows: Sequence[Mapping[str, Any]]) -> str | None:
    return "\n".join(str(row["text"]).strip() for row in rows if str(row["text"]).strip()) or None
