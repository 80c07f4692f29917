"""`nohin year`: the plan of the next fiscal year, and what somebody has to look at again for it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.common import Command, contracts, project, seldom_collected, tell, told
from generator.model import Contract
from generator.problems import Problem

if TYPE_CHECKING:
    from generator.checking import Checked
    from generator.rules.nextyear import NextYear


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("contract", metavar="CONTRACT", help="契約の id")
    parser.add_argument("--write", action="store_true", help="示した変更を書き込む（書かなければ示すだけ）")


def _run(options: argparse.Namespace) -> int:
    from generator.checking import check
    from generator.rules.nextyear import next_year

    place = project(options)
    with seldom_collected():
        checked = check(place, as_of=options.as_of)
    (contract,) = contracts(options, checked)
    if told([problem for problem in checked.problems if _matters(problem, contract)]):
        tell("誤りを直してから繰り越してください")
        return 1
    found = next_year(contract, options.as_of)
    if contract.head.period.end < found.year.start:
        tell(f"{found.name}の計画は作りません。{contract.id} は {contract.head.period.end.isoformat()} までの契約です")
        return 0
    changed = _changed(place, found)
    sys.stdout.write(
        "".join(f"{line}\n" for line in _report(contract, found, list(_marks(place, contract, found, changed))))
    )
    sys.stdout.write("".join(_differences(place, changed)))
    sys.stdout.flush()
    return _settled(place, changed, checked, options)


def _matters(problem: Problem, contract: Contract) -> bool:
    """Whether a problem is one of the files that the plan rests on; what was recorded is none of them."""
    path = problem.source.path
    own = path.startswith(f"data/contracts/{contract.id}/") and "/records/" not in path
    return own or path in (contract.authority.source.path, contract.vendor.source.path)


def _changed(place: Path, found: NextYear) -> dict[str, bytes]:
    """The files as they are to be, those that change."""
    from generator.intake.marking import marked
    from generator.intake.tree import inside

    dates = {rolled.task.place("dates"): rolled.dates for rolled in found.rolled}
    said: dict[tuple[str, int, int], list[str]] = {}
    for review in found.reviews:
        said.setdefault((review.place.path, review.place.line, review.place.column), []).append(review.said)
    changed = {}
    for path in sorted({path for path, *_ in said}):
        content = inside(place, path).read_bytes()
        marks = {(line, column): texts for (where, line, column), texts in said.items() if where == path}
        own = {(at.line, at.column): days for at, days in dates.items() if at.path == path}
        new = marked(content, path, marks, _mark(found), own)
        if new != content:
            changed[path] = new
    return changed


def _report(contract: Contract, found: NextYear, marks: Sequence[str]) -> Iterator[str]:
    yield f"{contract.id} {contract.head.title}　{found.name}（{found.year.start} から {found.year.end} まで）"
    steady = [task for task in contract.tasks if (task.each or task.months) and task.id not in _ids(found)]
    yield f"続く作業 {len(steady)} 件: 周期や月で書いてあるため、書き替えなくても翌年度の計画に載ります"
    for title, group in (("置いた日付", found.rolled), ("契約の終期より後のため置かない日付", found.beyond)):
        if group:
            yield f"{title}:"
            yield from (f"  {r.task.id} {r.task.title}　{' '.join(map(str, r.dates))}" for r in group)
    if marks:
        yield f"要確認 {len(marks)} 件:"
        yield from (f"  {mark}" for mark in marks)


def _marks(place: Path, contract: Contract, found: NextYear, changed: Mapping[str, bytes]) -> Iterator[str]:
    """The marks of the year as the files are to be, those of an earlier run that still stand too."""
    from generator.intake.tree import inside

    for path in sorted({*contract.files, contract.vendor.source.path, *changed}):
        content = changed[path] if path in changed else inside(place, path).read_bytes()
        for number, line in enumerate(content.decode("utf-8-sig").splitlines(), 1):
            if line.lstrip().startswith(_mark(found)):
                yield f"{path}:{number}: {line.strip().removeprefix(_mark(found))}"


def _mark(found: NextYear) -> str:
    """What the comments of the year begin with."""
    return f"# 要確認（{found.name}）: "


def _ids(found: NextYear) -> set[str]:
    return {rolled.task.id for rolled in (*found.rolled, *found.beyond)}


def _differences(place: Path, changed: Mapping[str, bytes]) -> Iterator[str]:
    from generator.intake.tree import inside

    for path, new in changed.items():
        old = inside(place, path).read_bytes()
        before, after = (content.decode("utf-8-sig").splitlines(keepends=True) for content in (old, new))
        yield from unified_diff(before, after, path, path)


def _settled(place: Path, changed: Mapping[str, bytes], checked: Checked, options: argparse.Namespace) -> int:
    """Write what was shown, if it is asked for and brings no error."""
    from generator.commands.rewriting import rewritten

    if not changed:
        tell("書き替えるところはありません")
        return 0
    if not options.write:
        tell(f"{len(changed)} ファイルが変わります。書き込むには --write を付けてください")
        return 0
    found = rewritten(place, changed, checked.problems, options.as_of)
    if told(found):
        tell("誤りになるため、何も書いていません")
        return 1
    tell(f"{len(changed)} ファイルに書きました。次に: 「要確認」の行を見直し、済んだら消して、コミットしてください")
    return 0


COMMAND = Command("year", "年間計画を翌年度に繰り越し、見直すところに印を付ける。", _arguments, _run)
"""The name and arguments of the command."""
