"""Static diagrams: Graphviz from records, the same SVG for page and PDF."""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from generator.documents.views import SIDES, Box, SupportStructure
from generator.model import Contract
from generator.problems import NohinError

FONT = "BIZ UDPGothic"
_NOISE = re.compile(r"<!--.*?-->|<!DOCTYPE[^>]*>|<\?xml[^>]*\?>", re.DOTALL)


@lru_cache(maxsize=256)
def svg(dot: str) -> str:
    """A Graphviz drawing as SVG; NohinError where Graphviz is missing or refuses the text."""
    try:
        done = subprocess.run(["dot", "-Tsvg"], input=dot.encode(), capture_output=True, check=True, timeout=120)
    except FileNotFoundError:
        raise NohinError("Graphviz (dot) がありません。graphviz を入れてください") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NohinError(f"図を描けませんでした: {error}") from None
    return _NOISE.sub("", done.stdout.decode()).strip()


def image(drawing: str, alternative: str, width: str = "100%") -> Markup:
    """An `img` element that carries its drawing in itself, so that page and PDF need no other file."""
    data = base64.b64encode(drawing.encode()).decode()
    return Markup('<img class="diagram" style="width:{}" alt="{}" src="data:image/svg+xml;base64,{}">').format(
        width, alternative, data
    )


def support_diagram(contract: Contract, structure: SupportStructure) -> Markup:
    """サポート体制図: sides as frames, roles as boxes, the order of contact on the arrows."""
    sides = "、".join(f"{SIDES[side]}は{'・'.join(b.role.title for b in boxes)}" for side, boxes in structure.sides)
    return image(svg(_support_dot(contract, structure)), f"サポート体制図。{sides}。連絡の順序は下の表のとおり。")


def _support_dot(contract: Contract, structure: SupportStructure) -> str:
    names = {"authority": contract.authority.name, "vendor": contract.vendor.name, "other": ""}
    lines = [
        "digraph structure {",
        f'graph [rankdir=TB, compound=true, nodesep=0.35, ranksep=0.55, fontname="{FONT}", fontsize=12, bgcolor="white"]',
        f'node [shape=box, style=filled, fillcolor="white", color="#1f4e79", fontname="{FONT}", fontsize=11, margin="0.16,0.09"]',
        f'edge [color="#444444", fontname="{FONT}", fontsize=10, arrowsize=0.7]',
    ]
    for side, boxes in structure.sides:
        title = "　".join(filter(None, (SIDES[side], names[side])))
        lines.append(
            f'subgraph "cluster_{side}" {{ label={_quoted(title)}; style=filled; color="#9db7d1"; fillcolor="{_TINTS[side]}";'
        )
        lines += [f"{_quoted(box.role.id)} [label={_quoted(_box_label(box))}];" for box in boxes]
        lines.append("}")
    lines += list(_arrows(contract))
    return "\n".join([*lines, "}"])


_TINTS = {"authority": "#eef4fb", "vendor": "#eef8f0", "other": "#f6f3ea"}


def _box_label(box: Box) -> str:
    people = [f"{person.name}{'（代理）' if appointment.deputy else ''}" for person, appointment in box.people]
    return "\n".join(filter(None, (box.role.title, *people, box.role.organisation, box.role.phone)))


def _arrows(contract: Contract) -> Iterator[str]:
    known = {role.id for role in contract.staff.roles}
    for line in contract.staff.contact_lines:
        if line.start in known and line.end in known:
            text = " ".join(filter(None, (f"{line.order}" if line.order else "", line.label)))
            yield f"{_quoted(line.start)} -> {_quoted(line.end)} [label={_quoted(text)}];"


def _quoted(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'
