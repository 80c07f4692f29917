"""ネットワーク構成図: zones as coloured frames, in them networks with what is attached, devices between them beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.documents.drawings.canvas import Canvas, high
from generator.documents.drawings.drawing import (
    EM,
    HEIGHT,
    SMALL,
    WIDTH,
    Drawing,
    listed,
    name_of,
    numbered,
    on_sheets,
    short,
)
from generator.documents.drawings.frames import Card, Frame, Placed, draw, height_of, sheets
from generator.documents.drawings.networkplan import Plan, networks_of
from generator.model import Contract, Item

MOST, TALL = 8, 380.0
"""How many devices stand beside the networks of one drawing, and how high together; the others stand below."""
BESIDE, TRACK = 108.0, 6.0
"""The width of such a device, and between two lines to them."""
TABLES = "同じ内容をネットワークの表とサーバの表に示す。"


def network(contract: Contract) -> list[Drawing]:
    """ネットワーク構成図: one drawing, or an overview with counts and then the zones."""
    plan = Plan(contract)
    zones = plan.zones(whole=True)
    if not zones:
        return []
    pages = sheets(zones, *_columns(plan.between))
    drawn = [_sheet(plan, page) for page in pages]
    if len(pages) == 1:
        return numbered("network", "ネットワーク構成図", [("", *drawn[0][1:])])
    return numbered("network", "ネットワーク構成図", [_overview(plan, pages), *drawn])


def _columns(devices: Sequence[Item]) -> tuple[float, int]:
    """How wide the zones are, and how many boxes stand side by side in them: devices beside take the room of one."""
    room = BESIDE + TRACK * (min(len(devices), MOST) + 2) if devices else 0.0
    return WIDTH - 2 - room, 3 if devices else 4


def _devices(plan: Plan, page: Sequence[Frame]) -> list[Item]:
    """What joins the networks of a drawing with each other, or with others."""
    shown = {frame.id for zone in page for frame in zone.children if isinstance(frame, Frame)}
    return [device for device in plan.between if shown.intersection(networks_of(device, plan.networks))]


def _room(plan: Plan, devices: Iterable[Item]) -> list[Item]:
    """The first devices, as many as find room in a column."""
    found: list[Item] = []
    height = 0.0
    for device in devices:
        height += height_of([plan.device(device)], BESIDE, 1) + 8
        if height > TALL or len(found) == MOST:
            break
        found.append(device)
    return found


def _sheet(plan: Plan, page: Sequence[Frame]) -> tuple[str, str, str]:
    """A drawing of some zones, and of the devices between their networks."""
    devices = _devices(plan, page)
    beside = _room(plan, devices)
    canvas = Canvas()
    height, placed = draw(canvas, page, (1.0, 1.0), *_columns(beside))
    bars = {one.frame.id: one for one in placed if one.frame.id in plan.networks}
    height = max(height, _beside(canvas, plan, beside, bars))
    if devices[len(beside) :]:
        cards = [plan.device(device) for device in devices[len(beside) :]]
        height += 7 + draw(canvas, cards, (1.0, height + 7), WIDTH - 2)[0]
    said = "。".join(f"{short(zone.title)}に{listed(child.title for child in zone.children)}" for zone in page)
    joined = f"ネットワークの間に{listed(map(name_of, devices))}。" if devices else ""
    names = "・".join(zone.title for zone in page)
    return names, canvas.svg(WIDTH, height + 2), f"ネットワーク構成図。{said}。{joined}{TABLES}"


def _beside(canvas: Canvas, plan: Plan, devices: Sequence[Item], bars: Mapping[str, Placed]) -> float:
    """Devices in a column at the right, each with a line of its own to its networks; returns how far down they go."""
    left, y = WIDTH - 1 - BESIDE, 1.0
    wanted = {str(d["id"]): [bars[n] for n in networks_of(d, plan.networks) if n in bars] for d in devices}
    order = sorted(devices, key=lambda d: sum(b.y for b in wanted[str(d["id"])]) / len(wanted[str(d["id"])]))
    for place, device in enumerate(order):
        title, rows = plan.device(device).lines(BESIDE)
        tall = high(title, EM) + high(rows, SMALL) + 7
        own = wanted[str(device["id"])]
        ends = [(b.x + b.width, b.y + 4 + (b.bar - 8) * place / max(1, len(order) - 1)) for b in own]
        y = max(y, sum(end for _, end in ends) / len(ends) - tall / 2)
        canvas.box((left, y), (BESIDE, tall), thick=1.4)
        canvas.text((left + BESIDE / 2, y + 3), title, EM, bold=True)
        canvas.text((left + BESIDE / 2, y + 3 + high(title, EM)), rows, SMALL)
        _lines(canvas, ends, (left, y + tall / 2), left - TRACK * (place + 1))
        y += tall + 8
    return y


def _lines(canvas: Canvas, ends: Sequence[tuple[float, float]], device: tuple[float, float], track: float) -> None:
    """From networks to a device, on a track."""
    heights = [device[1], *(y for _, y in ends)]
    canvas.line([(track, min(heights)), (track, max(heights))], head=False)
    canvas.line([(track, device[1]), device], head=False)
    for end in ends:
        canvas.line([end, (track, end[1])], head=False)
        canvas.dot(end)


def _overview(plan: Plan, pages: Sequence[Sequence[Frame]]) -> tuple[str, str, str]:
    """The zones with their networks and how many are attached to each; with the devices between where these and the
    networks find room on one sheet."""
    zones = [_found_on(zone, pages) for zone in plan.zones(whole=False)]
    devices = _devices(plan, zones)
    if height_of(zones, *_columns(devices)) <= HEIGHT + 40 and len(_room(plan, devices)) == len(devices):
        return "全体", *_sheet(plan, zones)[1:]
    canvas = Canvas()
    frames = [replace(zone, children=tuple(map(_counted, zone.children))) for zone in zones]
    height, _ = draw(canvas, frames, (1.0, 1.0), WIDTH - 2)
    said = "、".join(f"{short(zone.title)}に{listed(child.title for child in zone.children)}" for zone in zones[:20])
    return "全体", canvas.svg(WIDTH, height + 2), f"ネットワーク構成図の全体。{said}。{TABLES}"


def _counted(child: Card | Frame) -> Card:
    return Card(child.title, tuple(child.note.split("　")) if isinstance(child, Frame) else (), child.tint)


def _found_on(zone: Frame, pages: Sequence[Sequence[Frame]]) -> Frame:
    """A zone that says on which of the drawings after the overview it is."""
    on = [number for number, page in enumerate(pages, 2) if any(part.id == zone.id for part in page)]
    return replace(zone, title=f"{zone.title}　図 {on_sheets(on, len(pages) + 1)}")
