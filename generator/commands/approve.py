"""`nohin approve`."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import Command, one_line, project, refuse_uncommitted, tell, told, without_errors
from generator.intake.eras import wareki
from generator.intake.scalars import SCALAR_TYPES
from generator.model import Approval, Contract
from generator.problems import NohinError
from generator.rules import approvals as given

if TYPE_CHECKING:
    from generator.documents.approvals import Desk


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="文書の id（例: work-report-2026-04）")
    parser.add_argument("--contract", required=True, help="契約の id")
    parser.add_argument("--role", required=True, choices=list(given.ROLES), help="作成・確認・承認の別")
    parser.add_argument("--person", required=True, help="認める人。staff.yml の people の id")
    parser.add_argument("--at", type=_moment, metavar="MOMENT", help="認めた日時（例: 2026-05-08 10:30。既定: 今）")
    parser.add_argument("--note", type=_note, metavar="TEXT", help="備考")


def _moment(text: str) -> dt.datetime:
    found = SCALAR_TYPES["moment"].normalise(text)
    if not isinstance(found, dt.datetime):
        raise argparse.ArgumentTypeError(f"{text} は日時ではありません（例: 2026-05-08 10:30）")
    return found


def _note(text: str) -> str | None:
    return one_line(text) or None


def _run(options: argparse.Namespace) -> int:
    from generator.documents.approvals import Desk
    from generator.documents.render import environment

    place, sound = project(options), without_errors(options, "認めて")
    if sound is None:
        return 1
    checked, contract = sound
    desk = Desk(environment(checked.folders), checked.kinds, contract)
    approval = _approval(options, desk, _commit(place, contract.id))
    if told(desk.problems):
        return 1
    _refuse(contract, approval, desk)
    path = _write(place, contract.id, approval)
    print(f"{path}: 「{approval.document}」の{given.ROLES[approval.role]}　{given.name_of(contract, approval.person)}")
    tell(f"{path} をコミットしてください")
    return 0


def _approval(options: argparse.Namespace, desk: Desk, commit: str | None) -> Approval:
    """What is to be written down, with the content of the document on that day."""
    at: dt.datetime = options.at or options.instant
    if at.date() > options.as_of:
        raise NohinError(
            f"{wareki(at.date())}は、{wareki(options.as_of)}から見てまだ来ていません。--at を確かめてください"
        )
    documents, _ = desk.plan(at.date())
    content = desk.content(options.document, at.date()) if options.document in documents else None
    if content is None and not desk.problems:
        raise NohinError(_unknown(f"{wareki(at.date())}の文書", options.document, documents))
    return Approval(
        document=options.document,
        role=options.role,
        person=options.person,
        at=at,
        content=content.digest if content else "",
        chapters=" ".join(content.fingerprints) if content else "",
        commit=commit,
        note=options.note,
    )


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(name, names, 3, 0.5) or names[:8]
    return f"{what}に「{name}」はありません" + (f"。近いもの: {'、'.join(near)}" if near else "")


def _refuse(contract: Contract, approval: Approval, desk: Desk) -> None:
    """NohinError where the check would find fault with it, or where it has been given already and holds."""
    from generator.documents.approvals import VALID

    found = given.check(replace(contract, approvals=(*contract.approvals, approval)), desk.kinds)
    for problem in set(found) - set(given.check(contract, desk.kinds)):
        raise NohinError(f"{problem.message}（{problem.hint}）")
    last = given.latest(contract, approval.document, dt.date.max).get(approval.role)
    if last and last.person == approval.person and desk.standing(last, approval.at.date()).state == VALID:
        who, day = given.name_of(contract, approval.person), wareki(last.at.date())
        raise NohinError(f"{who}が{day}に認めたままで、その後に内容は変わっていません")


def _commit(place: Path, contract: str) -> str | None:
    """The commit that holds what is approved; NohinError where something of it is not committed, None outside git."""
    from generator.intake.repository import Repository

    repository = Repository.at(place)
    if repository is None:
        return None
    made_from = ("schemas/", "templates/", f"data/contracts/{contract}/", *SHARED)
    refuse_uncommitted(repository, lambda path: path.startswith(made_from) and path != _path(contract), "認めて")
    return repository.head


SHARED = ("data/authorities/", "data/vendors/", "data/terms/")
"""What all contracts read."""


def _path(contract: str) -> str:
    return f"data/contracts/{contract}/approvals.yml"


def _write(place: Path, contract: str, approval: Approval) -> str:
    from generator.intake.listtext import appended
    from generator.intake.tree import inside

    path = _path(contract)
    file = inside(place, path)
    before = file.read_bytes() if file.is_file() else b""
    names = ("document", "role", "person", "at", "content", "chapters", "commit", "note")
    item = {name: getattr(approval, name) for name in names if getattr(approval, name)}
    item["at"] = f"{approval.at:%Y-%m-%d %H:%M}"
    file.write_bytes(appended(before, path, "approvals", item))
    return path


COMMAND = Command("approve", "文書の作成・確認・承認を、今の内容に結び付けて記録する。", _arguments, _run)
