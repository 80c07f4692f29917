"""設計の検査: what the schema of no single thing can show. One list of rules over a contract's whole design."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from generator.intake import references
from generator.intake.schema import load_schemas
from generator.model import OVERVIEW, Contract, Sheet
from generator.problems import Problem
from generator.rules import designbackup, designdata, designnetwork, designparts, designsoftware
from generator.rules.designthings import Design

PROBLEM_CODES = {
    "DSG026": "該当なしとされた種類の物",
    "DSG027": "理由なしに空の種類",
    "DSG028": "概要のない設計",
}

BASIC = (
    "subsystems",
    "businesses",
    "functions",
    "screens",
    "reports",
    "entities",
    "codes",
    "systems",
    "interfaces",
    "zones",
    "networks",
    "servers",
    "software",
    "connections",
    "jobs",
    "rights",
    "accounts",
    "backups",
    "monitors",
    "requirements",
    "decisions",
)
"""Kinds that the book of the basic design has a chapter or section of."""
DETAILED = ("modules", "tables", "errors", "tests")
"""Kinds of the detailed design: asked for where the design holds any of them, or says why it does not."""


def check(contract: Contract, as_of: dt.date | None = None) -> Iterator[Problem]:
    """Every problem of a contract's design; nothing where it has none."""
    if contract.design:
        design = Design(contract, as_of)
        for rule in RULES:
            yield from rule(design)


def design_has_an_overview(design: Design) -> Iterator[Problem]:
    """The overview names the system: no book without it."""
    if design.overview is None:
        path = f"data/contracts/{design.contract.id}/design/{OVERVIEW}.yml"
        hint = f"{path} にシステムの名 (title) と目的を書いてください"
        yield Problem(design.contract.design[0].place(), "DSG028", "設計に概要がありません", hint, "warning")


def nothing_is_nothing(design: Design) -> Iterator[Problem]:
    """What is said to be absent is a kind of design data, and absent."""
    schemas = load_schemas().design
    for index, kind in _absent(design.overview):
        place = design.overview.place("nothing", index, "of") if design.overview else None
        if place and kind not in schemas:
            yield references.unknown(place, "設計の種類", kind, schemas, "design/")
        elif place and design.named(kind):
            message = f"「{schemas[kind].title}」は該当なしとされていますが、design/{kind}.yml に{len(design.named(kind))}件あります"
            yield Problem(place, "DSG026", message, "nothing から外すか、無くなった物を消してください")


def empty_kinds_have_reasons(design: Design) -> Iterator[Problem]:
    """A chapter with nothing in it says why."""
    said = {kind for _, kind in _absent(design.overview)}
    bare: list[str] = []
    for kinds in (BASIC, DETAILED):
        judged = any(design.named(kind) or kind in said for kind in kinds)
        bare += [kind for kind in kinds if judged and kind not in said and not design.named(kind)]
    if bare and design.overview:
        names = "、".join(f"{load_schemas().design[kind].title} ({kind})" for kind in bare)
        message = f"設計に無く、無い理由も書かれていない種類があります: {names}"
        hint = "物を書くか、overview.yml の nothing に of と reason を書いてください"
        yield Problem(design.overview.place("nothing"), "DSG027", message, hint, "warning")


def decisions_name_what_is_there(design: Design) -> Iterator[Problem]:
    """What a decision is about is in the design; what was taken out since is better not named."""
    names = {f"{sheet.kind}/{name}" for sheet in design.contract.design for name in sheet.named}
    for decision in design.things("decisions"):
        for index, name in enumerate(decision.listed("items")):
            if name not in names:
                problem = references.unknown(decision.place("items", index), "設計の項目", name, names, "design/")
                yield replace(problem, severity="warning")


def _absent(overview: Sheet | None) -> list[tuple[int, str]]:
    """The kinds that the overview says there is nothing of, with their positions."""
    listed = overview.values.get("nothing") or () if overview else ()
    return [(index, str(one["of"])) for index, one in enumerate(listed)]


RULES: tuple[Callable[[Design], Iterator[Problem]], ...] = (
    design_has_an_overview,
    nothing_is_nothing,
    empty_kinds_have_reasons,
    decisions_name_what_is_there,
    designnetwork.servers_are_in_networks,
    designnetwork.ranges_are_read,
    designnetwork.addresses_fit,
    designnetwork.addresses_are_single,
    designnetwork.machines_have_hosts,
    designnetwork.connections_have_two_ends,
    designnetwork.layers_are_kept_apart,
    designsoftware.software_is_supported,
    designbackup.backups_meet_the_duty,
    designbackup.data_is_backed_up,
    designdata.relations_agree,
    designdata.attributes_refer_to_something,
    designdata.entities_are_created,
    designdata.tables_have_keys,
    designdata.operations_are_declared,
    designparts.functions_are_used,
    designparts.pictures_have_words,
    designparts.jobs_follow_one_another,
    designparts.jobs_start_in_order,
    designparts.interfaces_exchange_something,
    designparts.systems_are_reached,
    designparts.accounts_have_rights,
    designparts.tests_are_told_whole,
)
"""Checks of a design; add a function to the module of its subject and its name here."""
