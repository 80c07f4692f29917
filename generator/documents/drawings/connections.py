"""通信図: zones side by side, each allowed communication between two of them as an arrow from lane to lane."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.documents.design import things
from generator.documents.drawings.canvas import Canvas, high
from generator.documents.drawings.drawing import EM, SMALL, WIDTH, Drawing, by_id, listed, name_of, numbered, short
from generator.documents.drawings.networkplan import networks_of
from generator.documents.drawings.palette import zone_tint
from generator.documents.drawings.words import fitted
from generator.documents.linebreaks import measured
from generator.model import Contract, Item

ROWS, LANES = 10, 6
"""As many communications and zones as one drawing may hold."""
MARGIN = 4.0


@dataclass(frozen=True)
class _End:
    title: str
    zones: tuple[str, ...]
    """Where it is: a server may be in several, that for management last."""

    @property
    def lane(self) -> str:
        return self.zones[0]


@dataclass(frozen=True)
class _Row:
    start: _End
    end: _End
    label: str

    @property
    def lanes(self) -> set[str]:
        return {self.start.lane, self.end.lane}


def connections(contract: Contract) -> list[Drawing]:
    """通信図: the communications that cross zones; those that stay in one, or whose zones are not said, are in the table
    only."""
    zones = by_id(things(contract, "zones"))
    rows = list(_rows(contract, sorted(zones, key=lambda name: zones[name].get("kind") == "management")))
    sheets = [_sheet(contract, part, zones) for part in _parts(rows)]
    return numbered("connections", "区域をまたぐ通信", sheets)


def _rows(contract: Contract, zones: Sequence[str]) -> Iterator[_Row]:
    ends = _ends(contract, zones)
    servers = by_id(things(contract, "servers"))
    for item in things(contract, "connections"):
        start, end = (_end(item, side, ends) for side in ("from", "to"))
        if start and end and start.zones and end.zones and not set(start.zones) & set(end.zones):
            through = servers.get(str(item.get("through")))
            said = "：".join(filter(None, (name_of(item), str(item.get("protocol") or ""))))
            yield _Row(start, end, said + (f"（{name_of(through)}を経由）" if through else ""))


def _ends(contract: Contract, zones: Sequence[str]) -> Mapping[str, _End]:
    """Whatever can begin or end a communication, by kind and id."""
    networks = by_id(things(contract, "networks"))
    found = {}
    for key, network in networks.items():
        found[f"network/{key}"] = _End(name_of(network), _known([network.get("zone")], zones))
    for key, system in by_id(things(contract, "systems")).items():
        found[f"system/{key}"] = _End(name_of(system), _known([system.get("zone")], zones))
    for key, server in by_id(things(contract, "servers")).items():
        own = [networks[n].get("zone") for n in networks_of(server, networks)]
        found[f"server/{key}"] = _End(name_of(server), _known(own, zones))
    return found


def _known(names: Collection[object], zones: Sequence[str]) -> tuple[str, ...]:
    return tuple(zone for zone in zones if zone in names)


def _end(item: Item, side: str, ends: Mapping[str, _End]) -> _End | None:
    keys = (
        f"{kind}/{item[f'{side}_{kind}']}" for kind in ("server", "network", "system") if item.get(f"{side}_{kind}")
    )
    return next((ends[key] for key in keys if key in ends), None)


def _parts(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    part: list[_Row] = []
    lanes: set[str] = set()
    for row in rows:
        if part and (len(part) == ROWS or len(lanes | row.lanes) > LANES):
            yield part
            part, lanes = [], set()
        part.append(row)
        lanes |= row.lanes
    if part:
        yield part


def _sheet(contract: Contract, rows: Sequence[_Row], zones: Mapping[str, Item]) -> tuple[str, str, str]:
    used = set[str]().union(*(row.lanes for row in rows))
    lanes = [name for name in zones if name in used]
    titles = [name_of(zones[name]) for name in lanes]
    wide = (WIDTH - 2) / len(lanes)
    heads = [fitted(title, (wide - 6) / EM, 3) for title in titles]
    head = max(high(lines, EM) for lines in heads) + 6
    canvas, drawn = Canvas(), Canvas()
    y = head + 6
    for row in rows:
        y = _row(drawn, row, lanes, wide, y)
    for place, (name, lines) in enumerate(zip(lanes, heads, strict=True)):
        tint, x = zone_tint(zones[name].get("kind")), 1 + wide * place
        canvas.box((x, 1), (wide, y), tint.fill, tint.line, dashed=tint.dashed)
        canvas.box((x, 1), (wide, head), tint.bar, tint.line, dashed=tint.dashed)
        canvas.text((x + wide / 2, 4), lines, EM, bold=True)
    canvas.add(drawn)
    said = listed((f"{row.start.title}から{row.end.title}へ{short(row.label)}" for row in rows), ROWS)
    sides = "、".join(map(short, titles))
    alternative = f"区域をまたぐ通信。左から{sides}。{said}。同じ内容を通信の表に示す。"
    return "", canvas.svg(WIDTH, y + 2), alternative


def _row(canvas: Canvas, row: _Row, lanes: Sequence[str], wide: float, top: float) -> float:
    """The words above, then both ends with the arrow; returns where the next row begins."""
    places = [lanes.index(row.start.lane), lanes.index(row.end.lane)]
    middles = [1 + wide * (place + 0.5) for place in places]
    inner = min(wide - 16, 120.0)
    boxes = [fitted(end.title, (inner - 6) / EM, 3) for end in (row.start, row.end)]
    lines = fitted(row.label, max(abs(middles[0] - middles[1]) + wide, 190.0) / SMALL - 1, 2)
    half = max(map(measured, lines)) * SMALL / 2 + 4
    x = min(max(sum(middles) / 2, 3 + half), WIDTH - 3 - half)
    canvas.under((x - half, top), (2 * half, high(lines, SMALL) + 1))
    canvas.text((x, top), lines, SMALL)
    top += high(lines, SMALL) + 3
    tall = max(high(box, EM) for box in boxes) + 6
    for middle, box in zip(middles, boxes, strict=True):
        canvas.box((middle - inner / 2, top), (inner, tall), corner=2)
        canvas.text((middle, top + (tall - high(box, EM)) / 2), box, EM)
    sign = 1 if middles[1] > middles[0] else -1
    y = top + tall / 2
    canvas.line([(middles[0] + sign * inner / 2, y), (middles[1] - sign * inner / 2, y)])
    return top + tall + 9
