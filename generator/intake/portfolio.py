"""Data files put together: authorities, vendors, terms, and contracts that refer to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import model
from generator.intake import crosschecks, ownkinds, references
from generator.intake.datafiles import DataFile, read_all
from generator.intake.positions import Located
from generator.intake.records import make
from generator.intake.remembered import Memory
from generator.intake.schema import DESIGN, MANUALS, RECORDS, Schemas
from generator.intake.tree import Tree
from generator.problems import Problem, Source

PROBLEM_CODES = {"FIL003": "契約の骨組み (contract.yml) がない"}


@dataclass(frozen=True)
class Loaded:
    """What could be made of a tree's data, and every problem met."""

    portfolio: model.Portfolio
    problems: list[Problem]
    files: list[DataFile]
    schemas: Schemas


def load(tree: Tree, memory: Memory | None = None) -> Loaded:
    """Read, validate and assemble everything below data/; the schemas of the project are in force from then on."""
    schemas, wrong = ownkinds.put_in_force_of(tree)
    files, problems = read_all(tree, schemas, memory or Memory(None))
    portfolio, found = assemble(files)
    checked = crosschecks.run(portfolio, frozenset(file.path for file in files if file.nameless), schemas)
    return Loaded(portfolio, wrong + problems + found + checked, files, schemas)


def assemble(files: list[DataFile]) -> tuple[model.Portfolio, list[Problem]]:
    """Records of all files, with the references between files resolved."""
    shelf = _Shelf(files)
    contracts, problems = _contracts(files, shelf)
    return model.Portfolio(
        authorities=shelf.authorities, vendors=shelf.vendors, terms=shelf.terms, contracts=contracts
    ), problems


class _Shelf:
    """What contracts refer to, and the names of what was there but could not be read."""

    def __init__(self, files: list[DataFile]) -> None:
        self.authorities: dict[str, model.Authority] = dict(_named(model.Authority, "authority", files))
        self.vendors: dict[str, model.Vendor] = dict(_named(model.Vendor, "vendor", files))
        self.terms: dict[str, model.Terms] = dict(_named(model.Terms, "terms", files))
        self.names = {kind: {f.names["id"] for f in files if f.kind == kind} for kind in _REFERRED}

    def find(self, kind: str, name: str, source: Source) -> tuple[Any, list[Problem]]:
        """The record, or None and the problem; a file that is there but broken has told its own."""
        title, folder, shelf = _REFERRED[kind]
        record = getattr(self, shelf).get(name)
        if record is not None or name in self.names[kind]:
            return record, []
        return None, [references.unknown(source, title, name, self.names[kind], f"{folder}/{name}.yml")]


_REFERRED = {
    "authority": ("発注者", "data/authorities", "authorities"),
    "vendor": ("受注者", "data/vendors", "vendors"),
    "terms": ("特記事項", "data/terms", "terms"),
}


def _named(cls: Any, kind: str, files: list[DataFile]) -> Iterator[tuple[str, Any]]:
    for file in files:
        if file.kind == kind and file.value is not None:
            yield file.names["id"], make(cls, file.value, file.spot, file.path, id=file.names["id"])


def _contracts(files: list[DataFile], shelf: _Shelf) -> tuple[dict[str, model.Contract], list[Problem]]:
    folders: dict[str, list[DataFile]] = defaultdict(list)
    for file in files:
        if "contract" in file.names:
            folders[file.names["contract"]].append(file)
    contracts: dict[str, model.Contract] = {}
    problems: list[Problem] = []
    for contract_id, own in sorted(folders.items()):
        contract, found = _contract(contract_id, own, shelf)
        problems += found
        if contract is not None:
            contracts[contract_id] = contract
    return contracts, problems


def _contract(contract_id: str, own: list[DataFile], shelf: _Shelf) -> tuple[model.Contract | None, list[Problem]]:
    one = {file.kind: file for file in own}
    file = one.get("contract")
    if file is None:
        place = f"data/contracts/{contract_id}/contract.yml"
        message = f"契約「{contract_id}」に contract.yml がありません"
        return None, [Problem(Source(own[0].path), "FIL003", message, f"{place} を書いてください")]
    if file.value is None:
        return None, []
    head = make(model.ContractHead, file.value, file.spot, file.path)
    authority, problems = shelf.find("authority", head.authority, file.spot.at(("authority",)).source(file.path))
    vendor, found = shelf.find("vendor", head.vendor, file.spot.at(("vendor",)).source(file.path))
    terms, missing = _attached(head, shelf)
    problems = problems + found + missing
    if authority is None or vendor is None:
        return None, problems
    return _filled(contract_id, head, authority, vendor, terms, own), problems


def _attached(head: model.ContractHead, shelf: _Shelf) -> tuple[tuple[model.Terms, ...], list[Problem]]:
    results = [shelf.find("terms", attached.terms, attached.source) for attached in head.terms]
    return tuple(r for r, _ in results if r is not None), [p for _, found in results for p in found]


def _filled(
    contract_id: str,
    head: model.ContractHead,
    authority: model.Authority,
    vendor: model.Vendor,
    terms: tuple[model.Terms, ...],
    own: list[DataFile],
) -> model.Contract:
    one: Mapping[str, DataFile] = {file.kind: file for file in own}
    return model.Contract(
        source=head.source,
        id=contract_id,
        head=head,
        authority=authority,
        vendor=vendor,
        terms=terms,
        clauses=_items(model.Clause, one.get("clauses"), "clauses"),
        cells=_items(model.Cell, one.get("deliverables"), "cells"),
        deliverables=_items(model.Deliverable, one.get("deliverables"), "deliverables"),
        staff=_whole(model.Staff, one.get("staff")),
        tasks=_items(model.Task, one.get("plan"), "tasks"),
        checklist=_whole(model.Checklist, one.get("checklist")),
        submissions=_items(model.Submission, one.get("submissions"), "submissions"),
        approvals=_items(model.Approval, one.get("approvals"), "approvals"),
        entries=tuple(_entries(own)),
        design=tuple(_sheets(own)),
        manuals=tuple(sorted(_chapters(own), key=_in_order)),
        files=tuple(sorted(file.path for file in own if file.value is not None)),
    )


def _items(cls: Any, file: DataFile | None, key: str) -> tuple[Any, ...]:
    if file is None or file.value is None:
        return ()
    spot = file.spot.at((key,))
    return tuple(make(cls, item, spot.at((i,)), file.path) for i, item in enumerate(file.value.get(key) or ()))


def _whole(cls: Any, file: DataFile | None) -> Any:
    return cls() if file is None or file.value is None else make(cls, file.value, file.spot, file.path)


def _entries(own: list[DataFile]) -> Iterator[model.Entry]:
    for file in own:
        if file.kind.startswith(RECORDS) and file.value is not None:
            kind = file.kind.removeprefix(RECORDS)
            places = Located(file.spot, file.path)
            source = file.spot.source(file.path)
            yield model.Entry(source=source, locator=places, kind=kind, id=file.names["id"], values=file.value)


def _sheets(own: list[DataFile]) -> Iterator[model.Sheet]:
    for file in own:
        if file.kind.startswith(DESIGN) and file.value is not None:
            places, source = Located(file.spot, file.path), file.spot.source(file.path)
            kind = file.kind.removeprefix(DESIGN)
            yield model.Sheet(source=source, locator=places, kind=kind, values=file.value)


def _chapters(own: list[DataFile]) -> Iterator[model.Chapter]:
    for file in own:
        if file.kind == MANUALS and file.value is not None:
            places, source = Located(file.spot, file.path), file.spot.source(file.path)
            manual, name = file.names["manual"], file.names["id"]
            yield model.Chapter(source=source, locator=places, manual=manual, id=name, values=file.value)


def _in_order(chapter: model.Chapter) -> tuple[str, int, str]:
    return chapter.manual, chapter.values["order"], chapter.id
