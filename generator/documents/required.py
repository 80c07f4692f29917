"""記載事項: what a document has to say, and where a record does not say it.

What every contract needs stands in the manifest (`items` with `required`); what one contract asks for besides, in the
`contents` of its deliverable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from generator.documents.kinds import Item, Kind, plain
from generator.documents.plan import Document, plan
from generator.model import Contract, Entry
from generator.problems import Problem

PROBLEM_CODES = {"DOC001": "書かれていない記載事項"}

Steps = tuple[str | int, ...]


def check(contract: Contract, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """Every document made from a record says what it has to say."""
    recorded = {name: kind for name, kind in kinds.items() if kind.per == "record"}
    for document in plan(contract, recorded, (), dt.date.max):
        if document.entry is not None:
            yield from missing(document, document.entry)


def missing(document: Document, entry: Entry, last: bool = False) -> Iterator[Problem]:
    """What the record of a document leaves out.

    `last` is for a letter that can wait for the end of the matter: it may leave out nothing that was asked for, nor
    what its title promises (再発防止策 of a 再発防止策報告書).
    """
    asked = {plain(label): label for deliverable in document.deliverables for label in deliverable.contents}
    for item in document.kind.items:
        names = {plain(name) for name in (item.title, *item.labels)}
        promised = last and plain(item.title) in plain(document.listed_title)
        if (item.required or promised or names & asked.keys()) and (last or _due(item, entry)):
            for place in _empty(entry.values, item.field.split(".")):
                yield _problem(document, item.title, entry, place)
    if document.kind.labelled:
        rows = entry.values.get(document.kind.labelled) or ()
        said = {plain(str(row["item"])) for row in rows if _filled(row.get("text"))}
        for name, label in asked.items():
            if name not in said:
                yield _problem(document, label, entry, (document.kind.labelled,))


def _due(item: Item, entry: Entry) -> bool:
    """Whether it can be asked for already."""
    return item.when is None or _filled(entry.values.get(item.when))


def _empty(value: Any, path: list[str], done: Steps = ()) -> Iterator[Steps]:
    """Where a path of a record leads to nothing: `items.*.medium` has to be filled in every item."""
    if not path:
        if not _filled(value):
            yield done
    elif path[0] == "*":
        for index, one in enumerate(value or ()):
            yield from _empty(one, path[1:], (*done, index))
    elif not isinstance(value, Mapping) or not _filled(value.get(path[0])):
        yield (*done, *(step for step in path if step != "*"))
    else:
        yield from _empty(value[path[0]], path[1:], (*done, path[0]))


def _filled(value: Any) -> bool:
    return value is not None and value != [] and value != {} and not (isinstance(value, str) and not value.strip())


def _problem(document: Document, title: str, entry: Entry, place: Steps) -> Problem:
    field = ".".join(str(step + 1) if isinstance(step, int) else step for step in place)
    message = f"「{document.listed_title}」の記載事項「{title}」がありません"
    hint = f"{field} に書いてください。書けないうちは nohin build --draft で下書きを作れます"
    return Problem(entry.place(*place), "DOC001", message, hint)
