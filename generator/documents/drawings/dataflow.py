"""データフロー図: functions between the systems they speak to and the data they keep; and the same of subsystems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.documents.design import things
from generator.documents.drawings.drawing import (
    Drawing,
    by_id,
    listed,
    name_of,
    numbered,
    short,
    subsystem_of,
    system_title,
)
from generator.documents.drawings.flowsheet import ARROWS, Arrow, Flow, divided, picture
from generator.model import Contract, Item

WHOLE, REST = "whole", ""
"""The system as a whole, and functions without a subsystem."""


def dataflow(contract: Contract, subsystem: str | None = None) -> list[Drawing]:
    """データフロー図: of one subsystem; else an overview of the subsystems, and then one drawing for each."""
    if subsystem is not None:
        return _of_subsystem(contract, subsystem)
    known = by_id(things(contract, "subsystems"))
    own = subsystem_of(contract)
    rest = any(str(f["id"]) not in own for f in things(contract, "functions"))
    parts = [*known, *([REST] if rest else [])]
    overview = _overview(contract) if len(parts) > 1 else []
    return [*overview, *(drawing for part in parts for drawing in _of_subsystem(contract, part))]


def _functions(contract: Contract, subsystem: str) -> list[Item]:
    own = subsystem_of(contract)
    return [f for f in things(contract, "functions") if own.get(str(f["id"]), REST) == subsystem]


def _of_subsystem(contract: Contract, subsystem: str) -> list[Drawing]:
    known = by_id(things(contract, "subsystems"))
    title = name_of(known[subsystem]) if subsystem in known else "サブシステムの記載なし" if known else ""
    functions = _functions(contract, subsystem)
    arrows = [*_exchanged(contract, {str(f["id"]): str(f["id"]) for f in functions}), *_kept(contract, functions)]
    flow = _flow(contract, {str(f["id"]): name_of(f) for f in functions}, arrows)
    name = f"データフロー図　{short(title)}".strip()
    return (
        numbered(f"dataflow-{subsystem}" if subsystem else "dataflow_rest", name, _sheets(flow, name))
        if functions
        else []
    )


def _overview(contract: Contract) -> list[Drawing]:
    """Subsystems with the systems they speak to and the data that more than one of them uses; only with how many data
    where these are too many to be seen at once."""
    known = {key: name_of(item) for key, item in by_id(things(contract, "subsystems")).items()}
    exchanged = _exchanged(contract, subsystem_of(contract), WHOLE)
    used = {arrow.start for arrow in exchanged}
    middle = {**known, **({WHOLE: system_title(contract)} if WHOLE in used else {})}
    letters = _letters(contract)
    users = Counter(entity for _, entity in letters)
    kept = [_use(place, entity, crud) for (place, entity), crud in letters.items() if users[entity] > 1]
    name = "データフロー図　全体"
    if len(kept) <= ARROWS:
        flow = _flow(contract, middle, [*exchanged, *kept])
        return numbered("dataflow", name, _sheets(flow, name, "二つ以上のサブシステムが使うデータだけを描いた。"))
    counts = Counter(place for place, _ in letters)
    crud = {
        key: "".join(c for c in "CRUD" if any(c in said for (p, _), said in letters.items() if p == key))
        for key in counts
    }
    flow = _flow(contract, middle, [*exchanged, *(_use(key, key, crud[key]) for key in counts)])
    shared = Counter(place for place, entity in letters if users[entity] > 1)
    stores = {f"e/{key}": f"データ{counts[key]}件（共用{shared[key]}件）" for key in known if key in counts}
    more = "共用は、ほかのサブシステムも使うデータ。"
    return numbered("dataflow", name, _sheets(replace(flow, stores=stores), name, more))


def _letters(contract: Contract) -> dict[tuple[str, str], str]:
    """What each subsystem does with each of its data, in the order of CRUD."""
    own, entities = subsystem_of(contract), by_id(things(contract, "entities"))
    found: dict[tuple[str, str], set[str]] = {}
    for function in things(contract, "functions"):
        for row in function.get("data") or ():
            if str(function["id"]) in own and row.get("entity") in entities:
                found.setdefault((own[str(function["id"])], str(row["entity"])), set()).update(
                    str(row.get("crud") or "")
                )
    return {pair: "".join(letter for letter in "CRUD" if letter in said) for pair, said in found.items()}


def _exchanged(contract: Contract, own: Mapping[str, str], otherwise: str | None = None) -> list[Arrow]:
    """An arrow for each pair of a function (or what stands for it) and another system."""
    ways: dict[tuple[str, str], set[str]] = {}
    systems = by_id(things(contract, "systems"))
    for row in things(contract, "interfaces"):
        if row.get("system") not in systems:
            continue
        starts = [own[f] for f in row.get("functions") or () if f in own]
        if not row.get("functions") and otherwise:
            starts = [otherwise]
        for start in starts:
            ways.setdefault((start, f"x/{row['system']}"), set()).add(str(row.get("direction")))
    both = {"both"}
    return [
        Arrow(start, end, bool(said & (both | {"send"})), bool(said & (both | {"receive"})))
        for (start, end), said in ways.items()
    ]


def _kept(contract: Contract, functions: Iterable[Item]) -> list[Arrow]:
    entities = by_id(things(contract, "entities"))
    return [
        _use(str(function["id"]), str(row["entity"]), str(row.get("crud") or ""))
        for function in functions
        for row in function.get("data") or ()
        if row.get("entity") in entities
    ]


def _use(start: str, entity: str, crud: str) -> Arrow:
    """What is written goes out, what is read comes in."""
    return Arrow(start, f"e/{entity}", bool(set(crud) & set("CUD")), "R" in crud, crud)


def _flow(contract: Contract, middle: Mapping[str, str], arrows: Sequence[Arrow]) -> Flow:
    ends = {arrow.end for arrow in arrows}
    outside = {f"x/{key}": name_of(item) for key, item in by_id(things(contract, "systems")).items()}
    stores = {f"e/{key}": name_of(item) for key, item in by_id(things(contract, "entities")).items()}
    return Flow(
        {key: title for key, title in outside.items() if key in ends},
        middle,
        {key: title for key, title in stores.items() if key in ends},
        tuple(arrow for arrow in arrows if arrow.start in middle),
    )


def _sheets(flow: Flow, name: str, more: str = "") -> list[tuple[str, str, str]]:
    return [("", picture(part), _alternative(part, name, more)) for part in divided(flow)]


def _alternative(flow: Flow, name: str, more: str) -> str:
    sides = f"左に外部システム（{listed(flow.outside.values())}）、" if flow.outside else ""
    stores = f"右にデータ（{listed(flow.stores.values())}）。" if flow.stores else ""
    letters = "矢印のそばの文字は、C 作成、R 参照、U 更新、D 削除。" if flow.stores else ""
    middle = f"中に{listed(flow.middle.values())}"
    return f"{name}。{sides}{middle}{'、' if stores else '。'}{stores}{letters}{more}同じ内容を機能の表に示す。"
