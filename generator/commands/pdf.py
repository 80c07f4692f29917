"""`nohin pdf`."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import SHOWN, Command, contracts, day, project, tell, told
from generator.model import Contract
from generator.problems import NohinError

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.documents.kinds import Kind
    from generator.outputs.due.papers import Paper
    from generator.outputs.due.readiness import Standing
    from generator.outputs.due.report import Report
    from generator.outputs.pdf import Job, Made
    from generator.rules.dueitem import DueItem
    from generator.rules.openitems import Asked
    from generator.workshop import Workshop

FOLDER = "due"
"""Where the PDFs go when nothing else is said, below the project."""


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--due-by", type=day, metavar="DATE", help="期日がこの日までのもの。過ぎたものも含む")
    within = "期日が --as-of の日からこの日数までのもの（14d は14日、2w は2週間。暦日で数える）。過ぎたものも含む"
    parser.add_argument("--within", type=_span, metavar="SPAN", help=within)
    parser.add_argument("--deliverable", nargs="+", action="extend", metavar="NO", help="この番号の納品物件だけ")
    parser.add_argument("--contract", metavar="ID", help="この契約だけ")
    parser.add_argument("--out", metavar="DIR", help=f"出力先（既定: {FOLDER}/）")
    parser.add_argument("--format", choices=["text", "json"], default="text", help=SHOWN)


def _span(text: str) -> int:
    from generator.rules.openitems import days_in

    days = days_in(text)
    if days is None:
        raise argparse.ArgumentTypeError(f"{text} は日数ではありません（例: 14d、2w）")
    return days


def _run(options: argparse.Namespace) -> int:
    from generator.build import looked_at
    from generator.outputs import folders
    from generator.outputs.due import duefolders
    from generator.outputs.due import report as duereport
    from generator.workshop import Request, Workshop

    place, asked = project(options), _asked(options)
    out = Path(options.out) if options.out else place / FOLDER
    folders.refuse_strangers(out, place, duefolders.is_ours)
    request = Request(place, options.as_of, out, workers=options.workers, progress=tell)
    checked = looked_at(request)
    shares = _shares(options, asked, checked)
    wrong = told(checked.problems)
    report = _held(shares, checked, options) if wrong else _made(Workshop(request, checked), shares, options)
    if report is None:
        return 1
    write = duereport.to_json if options.format == "json" else duereport.to_text
    sys.stdout.write(write(report))
    tell(f"誤りがあるため作りませんでした。{out} は前のままです" if wrong else f"{out} に作りました")
    return int(bool(wrong) or not report.fine)


# --- what is asked for -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Share:
    """What is asked for of one contract."""

    contract: Contract
    items: Sequence[DueItem]
    """All its due items."""
    wanted: Sequence[DueItem]
    kinds: Mapping[str, Kind]
    """The kinds of document that serve what is wanted."""


def _asked(options: argparse.Namespace) -> Asked:
    from generator.rules.openitems import Asked

    if not (options.due_by or options.within is not None or options.deliverable or options.contract):
        raise NohinError(
            "どの PDF を作るかを、--due-by（期日）・--within（日数）・--deliverable（番号）・--contract（契約）で書いてください"
        )
    ends = [options.due_by] if options.due_by else []
    ends += [_after(options.as_of, options.within)] if options.within is not None else []
    return Asked(min(ends, default=None), tuple(dict.fromkeys(options.deliverable or ())))


def _after(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=min(days, (dt.date.max - day).days))


def _shares(options: argparse.Namespace, asked: Asked, checked: Checked) -> list[_Share]:
    from generator.outputs.due.readiness import needed
    from generator.rules.deadlines import due_items
    from generator.rules.openitems import open_items

    found = contracts(options, checked)
    _refuse_unknown(asked.deliverables, found)
    shares, undated = [], 0
    for contract in found:
        items = due_items(contract, options.as_of)
        wanted = open_items(items, asked)
        shares.append(_Share(contract, items, wanted, needed(contract, checked.kinds, wanted)))
        undated += sum(item.due is None and item.event is not None for item in open_items(items)) if asked.until else 0
    if undated:
        tell(f"ほかに、記録に伴う日付のない義務が {undated} 件残っています（nohin due で見られます）")
    return [share for share in shares if share.wanted]


def _refuse_unknown(numbers: Sequence[str], found: Sequence[Contract]) -> None:
    known = dict.fromkeys(deliverable.no for contract in found for deliverable in contract.deliverables)
    if missing := [number for number in numbers if number not in known]:
        raise NohinError(f"納品物件「{'、'.join(missing)}」がありません。あるのは: {'、'.join(known)}")


# --- what comes of it ------------------------------------------------------------------------------------


def _held(shares: Sequence[_Share], checked: Checked, options: argparse.Namespace) -> Report:
    """How far things are where errors keep everything from being made."""
    from generator.outputs.due import readiness as ready

    found = []
    for one in shares:
        documents = ready.documents_of(one.contract, one.kinds, one.items, options.as_of)
        own = ready.standings(one.contract, one.kinds, documents, one.wanted, options.as_of)
        held = (ready.READY, ready.RUNNING)
        found += [replace(standing, state=ready.HELD) if standing.state in held else standing for standing in own]
    return _report(shares, found, (), {}, options)


def _made(shop: Workshop, shares: Sequence[_Share], options: argparse.Namespace) -> Report | None:
    """The PDFs in their folders; None where a template is wrong, which is told."""
    from generator.outputs import folders, pdf
    from generator.outputs.due import duefolders
    from generator.outputs.past import CUT_OFF

    if shop.repository and shop.repository.shallow:
        tell(f"改訂履歴の古い版は載りません。{CUT_OFF}")
    found: list[Standing] = []
    papers: list[Paper] = []
    jobs: list[Job] = []
    for share in shares:
        own, mine, needed = _rendered(shop, share)
        found, papers, jobs = [*found, *own], [*papers, *mine], [*jobs, *needed]
    if told(shop.site.problems):
        return None
    request = shop.request
    made = pdf.make_all(jobs, request.cache("pdf"), request.progress, request.workers)
    report = _report(shares, found, papers, made, options)
    pages, problems = duefolders.pages(report, shop.site.env)
    if told(problems):
        return None
    with folders.replaced(request.out, request.project, duefolders.is_ours) as new:
        duefolders.write(report, pages, new)
    return report


def _rendered(shop: Workshop, share: _Share) -> tuple[list[Standing], list[Paper], list[Job]]:
    """A contract's items with their standings, its papers, and what has to be typeset for them."""
    from generator.documents import diagrams
    from generator.outputs import typesetting
    from generator.outputs.due import papers as duepapers
    from generator.outputs.due.readiness import standings
    from generator.outputs.shown import show

    with diagrams.kept_in(shop.drawings):
        shown = show(share.contract, share.kinds, shop.past, shop.site)
    bodies = {body.document.id: body for body in shown.bodies}
    documents = [body.document for body in shown.bodies]
    found = standings(share.contract, share.kinds, documents, share.wanted, shop.request.as_of)
    found = list(duepapers.approved(found, bodies))
    papers = duepapers.papers(found, bodies)
    needed = {paper.document.id: paper.body for paper in papers}
    return found, papers, typesetting.jobs([replace(shown, bodies=list(needed.values()))], shop.site, shop.tree)


def _report(
    shares: Iterable[_Share],
    found: Iterable[Standing],
    papers: Iterable[Paper],
    made: Mapping[str, Made],
    options: argparse.Namespace,
) -> Report:
    """Of all contracts in order of date."""
    from generator.outputs.due.report import Report
    from generator.rules.dueitem import order

    by_date = sorted(found, key=lambda standing: order(standing.item))
    by_folder = sorted(papers, key=lambda paper: (paper.due or dt.date.max, paper.document.contract.id))
    sample = any(share.contract.sample for share in shares)
    return Report(options.as_of, _asked(options), tuple(by_date), tuple(by_folder), made, options.contract, sample)


COMMAND = Command("pdf", "期日の来る PDF だけを、期日ごとのフォルダーに目録を付けて作る。", _arguments, _run)
