"""Kinds of document: each template in templates/documents/ is one, its front matter its manifest."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.documents.templates import TemplateFolders, TemplateText
from generator.intake import references
from generator.intake.records import make
from generator.intake.remembered import Memory
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import load_manifest_schema, validate
from generator.intake.yamltext import parse
from generator.model import Record
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {
    "TPL001": "見出し (front matter) のないひな形",
    "TPL002": "ひな形の誤り",
    "TPL003": "記録の種類のないひな形",
}

FOLDER, ENDING = "documents", ".html.j2"

OTHER = "other"
"""The shelf of a kind that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Record):
    """記載事項: something a document has to say, and the field of the record that says it."""

    title: str
    field: str
    required: bool = False
    when: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Record):
    """文書の種類."""

    id: str
    title: str
    per: str
    record: str | None = None
    where: Mapping[str, str | Sequence[str]] | None = None
    when: str | None = None
    records: tuple[str, ...] = ()
    form: str = "sheet"
    text: str | None = None
    dated: str | None = None
    sender: str = "vendor"
    items: tuple[Item, ...] = ()
    labelled: str | None = None
    serves: tuple[str, ...] = ()
    scope: str | None = None
    manual: str | None = None
    always: bool = False
    paper: str = "A4"
    data: tuple[str, ...] = ()
    order: int = 100
    shelf: str = OTHER
    public: bool = True
    summary: str | None = None

    @property
    def template(self) -> str:
        """The template's name."""
        return f"{FOLDER}/{self.id}{ENDING}"


@cache
def shelves() -> Mapping[str, str]:
    """The shelves that kinds of document stand on, with their titles, in order."""
    return dict(load_manifest_schema().fields["shelf"]["meta"]["labels"])


def publishable(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds that are made for everybody: nothing that is made for one person, or tells of people only."""
    return {name: kind for name, kind in kinds.items() if kind.public and kind.per != "person"}


def discover(folders: TemplateFolders, memory: Memory | None = None) -> tuple[dict[str, Kind], list[Problem]]:
    """All kinds by id, in the order of their manifests, and what is wrong with their front matter.

    Front matter that the memory knows is not read again.
    """
    kinds: list[Kind] = []
    problems: list[Problem] = []
    for name in folders.names(FOLDER, ENDING):
        kind, found = _read(folders, name, memory or Memory(None))
        problems += found
        kinds += [kind] if kind else []
    return {kind.id: kind for kind in sorted(kinds, key=lambda k: (k.order, k.id))}, problems


def _read(folders: TemplateFolders, name: str, memory: Memory) -> tuple[Kind | None, list[Problem]]:
    plain = name.removeprefix(f"{FOLDER}/").removesuffix(ENDING)
    if SCALAR_TYPES["id"].refuses(plain):
        hint = "英数字・かな・漢字を - でつないだ名にしてください"
        return None, [Problem(Source(f"templates/{name}"), "FIL002", f"「{plain}」は文書の種類に使えない名です", hint)]
    try:
        return _kind(folders.read(name), memory)
    except NohinError as error:
        return None, [Problem(Source(f"templates/{name}"), "TPL002", str(error))]


def check(kinds: Mapping[str, Kind], records: Collection[str]) -> Iterator[Problem]:
    """A kind made once per record says which kind of record, and there is such a kind."""
    for kind in kinds.values():
        if kind.per == "record" and kind.record is None:
            hint = "record: incidents のように、記録の種類を書いてください"
            yield Problem(kind.place("per"), "TPL003", "記録ごとに作る文書の、記録の種類がありません", hint)
        elif kind.record is not None and kind.record not in records:
            yield references.unknown(kind.place("record"), "記録の種類", kind.record, records, "スキーマ (records/)")
        for index, name in enumerate(kind.records):
            if name not in records:
                yield references.unknown(
                    kind.place("records", index), "記録の種類", name, records, "スキーマ (records/)"
                )


def _kind(text: TemplateText, memory: Memory) -> tuple[Kind | None, list[Problem]]:
    if text.front is None:
        hint = "最初の行を --- とし、title・per・data を書いて --- で閉じてください"
        return None, [Problem(Source(text.path), "TPL001", "ひな形の先頭に見出しがありません", hint)]
    name = text.name.removeprefix(f"{FOLDER}/").removesuffix(ENDING)
    key = memory.key(text.path, text.front.encode())
    if (known := memory.recall(key)) is not None:
        return make(Kind, *known, text.path, id=name), []
    parsed = parse(b"\n" + text.front.encode(), text.path)
    if parsed.value is None:
        return None, parsed.problems
    value, problems, bad = validate(load_manifest_schema(), parsed.value, parsed.spot, text.path)
    if bad or parsed.problems:
        return None, parsed.problems + problems
    memory.keep(key, value, parsed.spot)
    return make(Kind, value, parsed.spot, text.path, id=name), []


def by_title(kinds: Mapping[str, Kind], title: str) -> list[Kind]:
    """The kinds that serve a deliverable of this title, compared without regard to width and blanks."""
    return [kind for kind in kinds.values() if plain(title) in {plain(served) for served in kind.serves}]


def titled(kinds: Mapping[str, Kind], title: str) -> list[Kind]:
    """The kinds whose own title it is."""
    return [kind for kind in kinds.values() if plain(title) == plain(kind.title)]


@cache
def plain(title: str) -> str:
    """A title without regard to width and blanks."""
    return "".join(unicodedata.normalize("NFKC", title).split())
