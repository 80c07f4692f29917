"""改訂箇所: what an edition changed, said shortly by the titles of files and fields; never by what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from generator.history.parts import ADDED, ALL, CHANGED, REMOVED, UNREADABLE, Part
from generator.intake.schema import RECORDS, kept_by_schemas, load_schemas

FEW = 4
"""More fields of a kind than this are not listed."""


def worded(parts: Iterable[Part]) -> str:
    """`体制（人、任命）、作業（新規2件）`; what only looks different is said to be so."""
    groups: dict[str, list[Told]] = {}
    for part in sorted(parts, key=lambda part: (part.kind or "", part.path)):
        groups.setdefault(part.kind or part.path, []).append((part.what, part.fields, part.moved))
    told = {name: _told(name, tuple(group)) for name, group in groups.items()}
    if told and all(text == LOOKS for text in told.values()):
        return f"{LOOKS}のみ"
    return "、".join(_said(_title(name), text) for name, text in told.items())


def _said(title: str, text: str) -> str:
    """A file whose one field bears its own title is told by the title alone."""
    return title if text == title else f"{title}（{text}）"


def titles(paths: Iterable[str], kinds: Iterable[str | None]) -> str:
    """The titles of files alone, where what has changed in them is not known."""
    return "、".join(dict.fromkeys(_title(kind or path) for path, kind in zip(paths, kinds, strict=True)))


NEW = "新規作成"
"""What the first edition of a document says."""

LOOKS = "表記"
"""A change of comments, order of keys or ways of writing only: the file says the same."""


Told = tuple[str, tuple[str, ...], bool]
"""What happened to a file, which of its fields changed, and whether it moved."""


def _title(name: str) -> str:
    schema = load_schemas().by_kind.get(name)
    return schema.title if schema else PurePosixPath(name).name


@kept_by_schemas
def _told(name: str, group: tuple[Told, ...]) -> str:
    """What happened to the files of a kind."""
    changed = [one for one in group if one[0] == CHANGED]
    fields = {field for _, of, _ in changed for field in of}
    found = [*_counted(name, group, ADDED, "新規"), *_counted(name, group, REMOVED, "削除")]
    found += _counted(name, group, UNREADABLE, "読めない版を含む")
    if fields:
        found.append(_fields(name, fields))
    elif any(moved for _, _, moved in group):
        found.append("ファイル名")
    elif not found:
        found.append(LOOKS)
    return "、".join(found)


def _counted(name: str, group: Sequence[Told], what: str, word: str) -> Iterator[str]:
    count = sum(one[0] == what for one in group)
    if count:
        yield f"{word}{count}件" if name.startswith(RECORDS) else word


def _fields(name: str, changed: Collection[str]) -> str:
    """The titles of fields in the order of the schema; `全体` where there are none to name."""
    schema = load_schemas().by_kind.get(name)
    if schema is None or not {*ALL}.isdisjoint(changed):
        return "全体"
    known = [key for key in schema.fields if key in changed]
    found = [str(schema.fields[key]["meta"]["title"]) for key in known] + sorted(set(changed) - set(known))
    return "、".join(found[:FEW]) + ("ほか" if len(found) > FEW else "")
