"""Which JSON Schema is for which file of a project: one per kind for each contract, for its names differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.documents.kinds import Kind, discover
from generator.documents.templates import TemplateFolders
from generator.intake.chapters import BODY
from generator.intake.checkcontext import Context
from generator.intake.portfolio import Loaded, load
from generator.intake.remembered import Memory
from generator.intake.schema import MANUALS, Schema, load_manifest_schema
from generator.intake.tree import WorkingTree
from generator.outputs.cache import Cache
from generator.outputs.editor import names as naming
from generator.outputs.editor.combinations import Json
from generator.outputs.editor.jsonschema import DRAFT, json_schema
from generator.outputs.editor.names import Named

TERMS = "terms"
ANYWHERE = "any"
"""The folder of the schemas for what has none of its own yet: a new contract, new terms."""


@dataclass(frozen=True)
class SchemaFile:
    """A JSON Schema: of a kind of file, for one contract or one set of terms; for all that have none of their own else."""

    schema: Schema
    names: Named
    own: Mapping[str, str] = field(default_factory=dict)
    """What the path of its files says: `{"contract": "mihon"}`, `{"id": "mihon-terms"}`."""

    @property
    def path(self) -> str:
        """Where it is kept below the folder of schemas."""
        return place_of(self.schema, self.own)

    @property
    def files(self) -> str:
        """A glob below the project: `data/contracts/mihon/records/work/*.yml`."""
        return self.schema.files.format(**{"contract": "*", "id": "*", "manual": "*", "kind": "*", **self.own})

    @property
    def content(self) -> Json:
        """The JSON Schema itself."""
        content = json_schema(self.schema, self.names)
        if self.schema.kind == MANUALS:
            del content["properties"][BODY]  # the Markdown below the front matter
        return content


def place_of(schema: Schema, names: Mapping[str, str]) -> str:
    """Where the schema for a file is kept, by what its path says."""
    if "contract" in names:
        return f"contracts/{names['contract']}/{schema.kind}.json"
    return f"{schema.kind}/{names['id']}.json" if schema.kind == TERMS and names else f"{ANYWHERE}/{schema.kind}.json"


def read(project: Path) -> list[SchemaFile]:
    """The schemas of a project as its data are now, whatever is wrong in them."""
    memory = Memory(Cache.existing(project, "data"))
    loaded = load(WorkingTree(project), memory)
    return list(schema_files(loaded, discover(TemplateFolders(project), memory)[0]))


def schema_files(loaded: Loaded, kinds: Mapping[str, Kind]) -> Iterator[SchemaFile]:
    """The schemas for data and kinds of document; the general one of a kind before those that are for less."""
    portfolio, there = loaded.portfolio, _ids(loaded)
    context = Context(portfolio, frozenset(file.path for file in loaded.files if file.nameless), loaded.schemas)
    papers = {kind.id: kind.title for kind in kinds.values()}
    shared = naming.anywhere(context, there, papers)
    contracts = dict.fromkeys(sorted(filter(naming.is_id, there["contract"])), shared)
    contracts |= {
        id: shared | naming.of_contract(one, context, papers)
        for id, one in portfolio.contracts.items()
        if naming.is_id(id)
    }
    for schema in loaded.schemas.by_kind.values():
        yield SchemaFile(schema, shared)
        if "{contract}" in schema.files:
            yield from (SchemaFile(schema, names, {"contract": id}) for id, names in contracts.items())
        elif schema.kind == TERMS:
            for id, terms in sorted((id, one) for id, one in portfolio.terms.items() if naming.is_id(id)):
                attached = [contracts[other] for other, one in portfolio.contracts.items() if terms in one.terms]
                yield SchemaFile(schema, shared | naming.of_terms(terms, context, attached), {"id": id})
    yield SchemaFile(load_manifest_schema(), shared)


def _ids(loaded: Loaded) -> dict[str, set[str]]:
    """The ids of contracts and of the kinds of file whose ids are looked up, of broken ones too."""
    found: dict[str, set[str]] = {kind: set() for kind in ("authority", "contract", TERMS, "vendor")}
    for file in loaded.files:
        kind = "contract" if "contract" in file.names else file.kind
        found[kind].add(file.names["contract" if kind == "contract" else "id"])
    return found


def index(files: Iterable[SchemaFile]) -> Json:
    """One schema for all: the language server compares the path of what is edited with pattern after pattern.

    Deeper places come first, for a pattern's `*` passes over `/`: a record may be called `staff`.
    """
    kinds: dict[str, list[SchemaFile]] = defaultdict(list)
    for file in files:
        if file.files.endswith(".yml"):
            kinds[file.schema.kind].append(file)
    found: Json = {}
    for general, *own in sorted(kinds.values(), key=lambda those: those[0].files.count("/")):
        first: Json = {"$ref": _encoded(general.path)}
        for file in reversed(own):
            first = _if(file, {"$ref": _encoded(file.path)}, first)
        found = _if(general, first, found)
    return {"$schema": DRAFT, "title": "納品のデータ", **found}


def _if(file: SchemaFile, then: Json, otherwise: Json) -> Json:
    place = {"filePatternAssociation": f"/{_encoded(file.files)}"}
    return {"if": place, "then": then, "else": otherwise}


def _encoded(path: str) -> str:
    """A path or a glob as it stands in an address, as editors write them."""
    return re.sub(r"[^A-Za-z0-9_.~/*-]", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def listed(files: Iterable[SchemaFile]) -> list[dict[str, str]]:
    """The schemas with the files they are for; a general one is for what no other is for."""
    return [{"schema": file.path, "files": file.files} for file in files]
