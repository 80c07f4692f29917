"""Backups held against what the specification asks: how often, for how many days, by themselves, and of everything."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import BackupDuty
from generator.problems import Problem
from generator.rules.designthings import Design, Thing

PROBLEM_CODES = {
    "DSG010": "定めを満たさないバックアップ",
    "DSG011": "バックアップのないデータ",
}

HOLDERS = ("virtual", "physical", "storage")
"""Kinds of server that hold data, where a database is installed."""

_DAYS = {"day": 1, "week": 7, "month": 31}
_WORDS = {"day": "毎日", "week": "毎週", "month": "毎月"}


Target = tuple[str, str]
"""`servers`, `db01`."""


def backups_meet_the_duty(design: Design) -> Iterator[Problem]:
    """A backup that is less than the specification asks for is wrong, unless a sufficient one covers the same."""
    duty = design.backup_duty
    if duty is None:
        return
    if not design.named("backups"):
        message = f"契約が{_WORDS[duty.each]}のバックアップを定めていますが（条項 {duty.clause}）、設計にありません"
        hint = f"data/contracts/{design.contract.id}/design/backups.yml に書いてください"
        yield Problem(duty.place("each"), "DSG010", message, hint)
        return
    covered = _covered(design, duty)
    for backup in design.things("backups"):
        for field, why in () if _is_extra(design, backup, covered) else _lacks(backup, duty):
            message = f"バックアップ{backup.called}は、{why}"
            hint = f"条項 {duty.clause}。{_asked(duty)}が定めです"
            yield Problem(backup.place(field), "DSG010", message, hint)


def _is_extra(design: Design, backup: Thing, covered: set[Target]) -> bool:
    """Whether a backup is beside the duty: all it takes is taken well enough by others, or holds no data."""
    targets, servers = _targets(backup), design.named("servers")
    if targets <= covered:
        return bool(covered)
    kinds = {servers[name].kind if kind == "servers" and name in servers else "" for kind, name in targets}
    return kinds.isdisjoint((*HOLDERS, ""))


def _lacks(backup: Thing, duty: BackupDuty) -> list[tuple[str, str]]:
    """What a backup does not meet, and at which field it is written."""
    found, values = [], backup.values
    if _DAYS[values["each"]] > _DAYS[duty.each]:
        found.append(("each", f"周期が{_WORDS[values['each']]}です"))
    if values["keep_days"] < duty.keep_days:
        found.append(("keep_days", f"保持が{values['keep_days']}日分です"))
    if duty.automatic and not values.get("automatic"):
        found.append(("automatic", "自動で取ると書かれていません"))
    return found


def _asked(duty: BackupDuty) -> str:
    automatic = "自動で" if duty.automatic else ""
    return f"{automatic}{_WORDS[duty.each]}取り、{duty.keep_days}日分以上を保持するの"


def _targets(backup: Thing) -> set[Target]:
    return {(kind, name) for kind in ("servers", "entities") for name in backup.listed(kind)}


def _covered(design: Design, duty: BackupDuty) -> set[Target]:
    """What sufficient backups take."""
    enough = (backup for backup in design.things("backups") if not _lacks(backup, duty))
    return {target for backup in enough for target in _targets(backup)}


def data_is_backed_up(design: Design) -> Iterator[Problem]:
    """Whatever holds data is taken by a backup; whether that is enough is judged with the backup."""
    duty = design.backup_duty
    if duty is None or not design.named("backups"):
        return
    hint = f"条項 {duty.clause}。backups.yml の servers か entities に加えてください"
    taken = {target for backup in design.things("backups") for target in _targets(backup)}
    holders = list(_holders(design))
    bare = [server for server in holders if not _is_taken(server, taken)]
    for server in bare:
        message = f"データベースのあるサーバ{server.called}が、どのバックアップの対象でもありません"
        yield Problem(server.place("id"), "DSG011", message, hint)
    by_entity = any(kind == "entities" for kind, _ in taken)
    for entity in design.things("entities") if (by_entity and bare) or not holders else ():
        if ("entities", entity.id) not in taken:
            message = f"データ{entity.called}が、どのバックアップの対象でもありません"
            yield Problem(entity.place("id"), "DSG011", message, hint, "warning")


def _holders(design: Design) -> Iterator[Thing]:
    kinds = {software.id: software.kind for software in design.things("software")}
    for server in design.things("servers"):
        if server.kind in HOLDERS and any(kinds.get(name) == "database" for name in server.listed("software")):
            yield server


def _is_taken(server: Thing, taken: set[Target]) -> bool:
    """Whether a server is in a backup, itself or with the machine it stands on."""
    return not taken.isdisjoint({("servers", server.id), ("servers", str(server.values.get("host")))})
