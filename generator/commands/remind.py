"""`nohin remind`."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import Command, contracts, project, tell, told
from generator.rules.dueitem import order

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.model import Contract
    from generator.outputs.due.readiness import Standing
    from generator.rules.dueitem import DueItem
    from generator.rules.reminding import Reminder, Said, Told

STATE = "reminders.json"
"""Where what was told is kept when nothing else is said, below the project: in the repository, so that CI has it."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contract", metavar="ID", help="この契約だけ")
    kept = f"何を知らせたかの控え（既定: {STATE}）。知らせを届けてからコミットする"
    parser.add_argument("--state", metavar="FILE", help=kept)
    parser.add_argument("--site", type=_site, metavar="URL", help="サイトのある場所。リンクの頭に付く")
    parser.add_argument("--dry-run", action="store_true", help="見るだけで、控えを書かない")
    parser.add_argument(
        "--format", choices=["markdown", "json"], default="markdown", help="知らせの形（既定: markdown）"
    )


def _site(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text} は https:// か http:// で始まる場所ではありません")
    return text


_ADDRESS = re.compile(r"https?://[^\s()<>\[\]\"'|\\`]+")


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.outputs.due import reminded
    from generator.outputs.due.reminders import FORMS
    from generator.rules.reminding import told_after

    place = project(options)
    checked = check(place, as_of=options.as_of)
    broken = _broken(checked)
    asked = [contract for contract in contracts(options, checked) if contract.id not in broken]
    code = told(checked.problems)
    file = Path(options.state) if options.state else place / STATE
    before = reminded.read(file)
    shares = [_share(contract, checked, before, options) for contract in asked]
    found = sorted((one for share in shares for one in share.found), key=lambda one: order(one.item))
    standings = {key: standing for share in shares for key, standing in share.standings.items()}
    samples = {share.contract.id for share in shares if share.found and share.contract.sample}
    sys.stdout.write(FORMS[options.format](found, standings, options.as_of, options.site or "", samples))
    sys.stdout.flush()  # what could not be said has not been told
    after = told_after(before, [item for share in shares for item in share.items], found)
    if asked and not options.dry_run:
        _keep(_others(before, options, broken) | after, before, file)
    tell(f"知らせ {len(found)} 件" if found else "知らせることはありません")
    if broken:
        tell(f"誤りがあるため知らせない契約: {'、'.join(sorted(broken))}。直してからもう一度走らせてください")
    return code


def _broken(checked: Checked) -> frozenset[str]:
    """The contracts that errors reach: what cannot be read would look as if it were settled."""
    from generator.intake.reach import Reach

    files = (problem.source.path for problem in checked.problems if problem.severity == "error")
    return Reach.of(files, checked.loaded.files).contracts


@dataclass(frozen=True)
class _Share:
    """What there is to tell of one contract."""

    contract: Contract
    items: Sequence[DueItem]
    """What is still open."""
    found: Sequence[Reminder]
    standings: Mapping[str, Standing]
    """How far the items are that are told of, by key."""


def _share(contract: Contract, checked: Checked, before: Told, options: argparse.Namespace) -> _Share:
    from generator.outputs.due.readiness import documents_of, needed, standings
    from generator.rules.deadlines import due_items
    from generator.rules.openitems import open_items
    from generator.rules.reminding import reminders

    items = due_items(contract, options.as_of)
    own = open_items(items)
    found = reminders(own, before, options.as_of)
    wanted = [one.item for one in found]
    kinds = needed(contract, checked.kinds, wanted)
    documents = documents_of(contract, kinds, items, options.as_of) if kinds else []
    said = standings(contract, kinds, documents, wanted, options.as_of)
    return _Share(contract, own, found, {standing.item.key: standing for standing in said})


def _others(before: Told, options: argparse.Namespace, broken: Collection[str]) -> dict[str, Said]:
    """What was told of contracts that are not looked at now."""
    asked = options.contract
    named = ((key.partition("|")[0], key, said) for key, said in before.items())
    return {key: said for name, key, said in named if name in broken or asked not in (None, name)}


def _keep(after: Told, before: Told, file: Path) -> None:
    """Write what was told, if that is anything new."""
    from generator.outputs.due import reminded

    if after != before or not file.exists():
        reminded.keep(after, file)


COMMAND = Command("remind", "期日の30日・7日・1日前と、過ぎたときに、一度ずつ知らせる。", _arguments, _run)
