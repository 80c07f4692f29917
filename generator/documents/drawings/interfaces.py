"""外部システム関連図: our system at the left, the others at the right, an arrow for each interface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.documents.design import things
from generator.documents.drawings.canvas import Canvas, high
from generator.documents.drawings.drawing import (
    EM,
    HEIGHT,
    SMALL,
    WIDTH,
    Drawing,
    by_id,
    listed,
    name_of,
    numbered,
    packed,
    short,
    system_title,
    word,
)
from generator.documents.drawings.palette import HOST, OTHER, PLAIN, zone_tint
from generator.documents.drawings.words import fitted
from generator.model import Contract, Item

SIDE, PAD = 138.0, 5.0
"""The width of both sides."""


def interfaces(contract: Contract) -> list[Drawing]:
    """外部システム関連図: one drawing, or several where there are many interfaces."""
    systems = by_id(things(contract, "systems"))
    order = {key: place for place, key in enumerate(systems)}
    found = (one for one in things(contract, "interfaces") if one.get("system") in systems)
    names = _names(contract)
    rows = [_Row(one, _own(one, names)) for one in sorted(found, key=lambda one: order[str(one["system"])])]
    parts = packed(((row, int(_draw_row(Canvas(), row, 0.0)) + 3) for row in rows), int(HEIGHT))
    sheets = [_sheet(contract, part, systems) for part in parts]
    return numbered("interfaces", "外部システム関連図", sheets if len(sheets) > 1 else [("", *s[1:]) for s in sheets])


@dataclass(frozen=True)
class _Row:
    item: Item
    own: list[str]
    """The lines of what takes part of our system."""

    @property
    def system(self) -> str:
        return str(self.item["system"])


def _names(contract: Contract) -> dict[str, str]:
    kinds = ("functions", "servers")
    return {f"{kind}/{key}": name_of(item) for kind in kinds for key, item in by_id(things(contract, kind)).items()}


def _own(row: Item, names: Mapping[str, str]) -> list[str]:
    """What of our system takes part: functions, else the server."""
    keys = [f"functions/{function}" for function in row.get("functions") or ()]
    titles = [names[key] for key in keys if key in names] or [
        names[key] for key in (f"servers/{row.get('server')}",) if key in names
    ]
    lines = [line for title in titles[:2] for line in fitted(title, (SIDE - 18) / EM, 2)]
    return [*lines, f"ほか{len(titles) - 2}件"] if len(titles) > 2 else lines


def _sheet(contract: Contract, rows: Sequence[_Row], systems: Mapping[str, Item]) -> tuple[str, str, str]:
    canvas, drawn = Canvas(), Canvas()
    title = fitted(system_title(contract), (SIDE - 10) / EM, 3)
    y = begun = 1 + high(title, EM) + 8
    spans = list[tuple[str, float, float]]()
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        y = _draw_row(drawn, row, y)
        if after is None or after.system != row.system:
            y = max(y, begun + _system_height(systems[row.system]))
            spans.append((row.system, begun, y))
            y = begun = y + 6
    bottom = y - 6
    canvas.box((1, 1), (SIDE, bottom + PAD), PLAIN.fill, HOST.line)
    canvas.text((1 + SIDE / 2, 5), title, EM, bold=True)
    for key, start, end in spans:
        _system(canvas, contract, systems[key], start, end)
    canvas.add(drawn)
    names = "・".join(name_of(systems[key]) for key, _, _ in spans)
    said = listed((_said(row.item, systems) for row in rows), len(rows))
    sides = f"左に{short(system_title(contract))}、右に外部システム"
    alternative = f"外部システム関連図。{sides}。{said}。同じ内容を外部インタフェースの表に示す。"
    return names, canvas.svg(WIDTH, bottom + PAD + 2), alternative


def _said(row: Item, systems: Mapping[str, Item]) -> str:
    way = word("interfaces", ["direction"], row.get("direction"))
    return f"{name_of(systems[str(row['system'])])}と{name_of(row)}（{way}）"


def _draw_row(canvas: Canvas, row: _Row, top: float) -> float:
    """An interface: what of ours takes part, and the arrow with its words; returns where the next begins."""
    room, item, own = WIDTH - 2 * SIDE - 18, row.item, row.own
    above = fitted(name_of(item), room / EM, 2)
    facts = [str(item[field]) for field in ("protocol", "form", "timing") if item.get(field)]
    below = [line for fact in facts for line in fitted(fact, room / SMALL, 2)]
    up, down = high(above, EM), high(below, SMALL)
    tall = max(high(own, EM) + 6 if own else 0.0, up + down + 8, 26.0)
    y = top + max(up + 3, tall / 2)
    tall = max(tall, y - top + down + 4)
    if own:
        canvas.box((1 + PAD, y - high(own, EM) / 2 - 3), (SIDE - 2 * PAD, high(own, EM) + 6), corner=2)
        canvas.text((1 + SIDE / 2, y - high(own, EM) / 2), own, EM)
    canvas.text((WIDTH / 2, y - up - 2), above, EM)
    canvas.text((WIDTH / 2, y + 2), below, SMALL)
    sends, takes = (item.get("direction") in (way, "both") for way in ("send", "receive"))
    start = SIDE + 1 - (PAD if own else 0.0)
    canvas.line([(start, y), (WIDTH - 1 - SIDE, y)], head=sends, tail=takes)
    return top + tall + 6


def _facts(system: Item) -> tuple[list[str], list[str]]:
    owner = fitted(system["owner"], (SIDE - 8) / SMALL, 2) if system.get("owner") else []
    return fitted(name_of(system), (SIDE - 8) / EM, 3), owner


def _system_height(system: Item) -> float:
    title, owner = _facts(system)
    return high(title, EM) + high(owner, SMALL) + 8


def _system(canvas: Canvas, contract: Contract, system: Item, start: float, end: float) -> None:
    zone = by_id(things(contract, "zones")).get(str(system.get("zone")))
    tint = zone_tint(zone.get("kind")) if zone else OTHER
    title, owner = _facts(system)
    left = WIDTH - 1 - SIDE
    canvas.box((left, start), (SIDE, end - start), tint.fill, tint.line, dashed=tint.dashed)
    top = (start + end - high(title, EM) - high(owner, SMALL)) / 2
    canvas.text((left + SIDE / 2, top), title, EM, bold=True)
    canvas.text((left + SIDE / 2, top + high(title, EM)), owner, SMALL)
