"""バッチの流れ: a lane for each cycle, the jobs in the order in which they run, arrows from what has to end first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.documents.design import things
from generator.documents.diagrams import svg
from generator.documents.drawings.drawing import Drawing, by_id, listed, name_of, numbered, packed
from generator.documents.drawings.words import clean
from generator.documents.swimlanes import Arrow, Box, dot
from generator.model import Contract, Item

ROWS, LANES = 12, 5
UNSAID = "周期の記載なし"


def jobs(contract: Contract) -> list[Drawing]:
    """バッチの流れ: one drawing, or several where there are many jobs."""
    order = _order(things(contract, "jobs"))
    numbers = {str(job["id"]): number for number, job in enumerate(order, 1)}
    parts = list(packed(((job, 1) for job in order), ROWS))
    servers = {key: name_of(server) for key, server in by_id(things(contract, "servers")).items()}
    return numbered("jobs", "バッチの流れ", [_sheet(part, numbers, servers) for part in parts])


def _order(items: Sequence[Item]) -> list[Item]:
    """By time, each after what it waits for; what has no time stands behind the last that it waits for."""
    known = by_id(items)
    begins: dict[str, tuple[float, int]] = {}
    for job in _after_each_other(items, known):
        before = [begins[other] for other in job.get("after") or () if other in begins]
        last, steps = max(before, default=(float("inf"), 0))
        own = _minutes(job)
        begins[str(job["id"])] = (last, steps + 1) if own is None else (own, 0)
    return _after_each_other(sorted(items, key=lambda job: begins[str(job["id"])]), known)


def _minutes(job: Item) -> float | None:
    hours, _, minutes = str(job.get("time") or "").partition(":")
    return int(hours) * 60 + int(minutes) if hours.isdigit() and minutes.isdigit() else None


def _after_each_other(items: Iterable[Item], known: Mapping[str, Item]) -> list[Item]:
    found: dict[str, Item] = {}
    for job in items:
        _place(job, known, found)
    return list(found.values())


def _place(job: Item, known: Mapping[str, Item], found: dict[str, Item]) -> None:
    """A job after its predecessors, without a limit to how many follow each other; circles are left at some place."""
    waiting, opened = [job], set[str]()
    while waiting:
        top = waiting[-1]
        name = str(top["id"])
        before = [str(other) for other in top.get("after") or () if other in known and other not in found]
        if name in opened or not before:
            found.setdefault(name, top)
            waiting.pop()
        else:
            opened.add(name)
            waiting += [known[other] for other in reversed(before) if other not in opened]


def _sheet(part: Sequence[Item], numbers: Mapping[str, int], servers: Mapping[str, str]) -> tuple[str, str, str]:
    cycles = list(dict.fromkeys(str(job.get("cycle") or UNSAID) for job in part))
    apart = len(cycles) <= LANES
    lanes = {str(job["id"]): cycles.index(str(job.get("cycle") or UNSAID)) if apart else 0 for job in part}
    boxes = [Box(lanes[str(job["id"])], clean(_text(job, numbers, servers, part, apart))) for job in part]
    rows = {str(job["id"]): row for row, job in enumerate(part)}
    drawing = svg(dot([clean(c) for c in cycles] if apart else ["周期は枠の中"], boxes, _arrows(part, rows)))
    said = listed((f"{numbers[str(job['id'])]}.{_clock(job)}{name_of(job)}" for job in part), ROWS)
    return "", drawing, f"バッチの流れ。{said}。矢印は先に終わるバッチから。同じ内容をバッチの表に示す。"


def _arrows(part: Sequence[Item], rows: Mapping[str, int]) -> Iterator[Arrow]:
    for job in part:
        for other in dict.fromkeys(job.get("after") or ()):
            if other in rows and other != job["id"]:
                yield Arrow(rows[str(other)], rows[str(job["id"])])


def _clock(job: Item) -> str:
    return f"{job['time']} " if job.get("time") else ""


def _text(job: Item, numbers: Mapping[str, int], servers: Mapping[str, str], part: Sequence[Item], apart: bool) -> str:
    """`3. 1:00 夜間バックアップ`, then how long it takes, where it runs, and what it waits for in another drawing."""
    minutes = f"約{job['minutes']}分" if job.get("minutes") is not None else ""
    here = {str(other["id"]) for other in part}
    before = [str(numbers[other]) for other in job.get("after") or () if other in numbers and other not in here]
    facts = [minutes, servers.get(str(job.get("server")), ""), "" if apart else str(job.get("cycle") or "")]
    lines = [f"{numbers[str(job['id'])]}. {_clock(job)}{name_of(job)}", "　".join(filter(None, facts))]
    return "\n".join(filter(None, [*lines, f"{'・'.join(before)}の後" if before else ""]))
