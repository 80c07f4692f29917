"""Static diagrams: Graphviz from records, the same SVG for page and PDF.

Graphviz is not asked again for what it drew before: within a run, and where a store is at hand (`kept_in`), between runs.
"""

from __future__ import annotations

import base64
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from html import escape

from generator.documents.filters import circled
from generator.documents.markup import Markup
from generator.documents.structure import SIDES, Box, SupportStructure, contact_numbers
from generator.intake.remembered import Store
from generator.model import ContactLine, Contract
from generator.problems import NohinError

FONT = "BIZ UDPGothic"
INK, LINE = "#1f4e79", "#9db7d1"
TINTS = {"authority": "#eaf1f9", "vendor": "#f3f6f9", "other": "#f5f3ee"}
_NOISE = re.compile(r"<!--.*?-->|<!DOCTYPE[^>]*>|<\?xml[^>]*\?>", re.DOTALL)


_PROBE = f'graph {{ graph [fontname="{FONT}"]; probe [fontname="{FONT}", label="納品 Nohin 123"] }}'
"""A drawing that shows what drawings are made with."""

_STORE: ContextVar[Store | None] = ContextVar("drawings", default=None)


@contextmanager
def kept_in(store: Store) -> Iterator[None]:
    """Within the block, drawings are looked for in a store by their text, and kept there as Graphviz made them."""
    token = _STORE.set(store)
    try:
        yield
    finally:
        _STORE.reset(token)


@lru_cache(maxsize=256)
def svg(dot: str) -> str:
    """A Graphviz drawing as SVG; NohinError where Graphviz is missing or refuses the text."""
    store = _STORE.get()
    raw = store.get(dot) if store is not None else None
    if raw is None:
        raw = _graphviz(dot).stdout
        if store is not None:
            store.put(dot, raw)
    drawing = _NOISE.sub("", raw.decode()).strip()
    return drawing.replace('"transparent"', '"none"')  # PDF/UA-1 and PDF/A-1 know no transparency; none is not drawn


@cache
def drawn_with() -> bytes:
    """What a drawing looks like depends on this besides its text: Graphviz's version and plugins, its font, and how wide
    it finds Japanese letters."""
    probe = _graphviz(_PROBE, "-v")
    said = [line for line in probe.stderr.splitlines() if b" sec" not in line]
    return b"\n".join([*said, probe.stdout])


def _graphviz(dot: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = ["dot", "-Tsvg", *options]
    try:
        return subprocess.run(command, input=dot.encode(), capture_output=True, check=True, timeout=120)
    except FileNotFoundError:
        raise NohinError("Graphviz (dot) がありません。graphviz を入れてください") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NohinError(f"図を描けませんでした: {error}") from None


def image(drawing: str, alternative: str) -> Markup:
    """An `img` element that carries its drawing in itself, so that page and PDF need no other file."""
    data = base64.b64encode(drawing.encode()).decode()
    return Markup('<img class="diagram" alt="{}" src="data:image/svg+xml;base64,{}">').format(alternative, data)


def support_diagram(contract: Contract, structure: SupportStructure) -> Markup:
    """サポート体制図: sides as frames, roles as boxes, the order of contact on the arrows."""
    sides = "、".join(f"{SIDES[side]}は{'・'.join(b.role.title for b in boxes)}" for side, boxes in structure.sides)
    return image(svg(_support_dot(contract, structure)), f"体制図。{sides}。連絡の順序は下の表のとおり。")


def _support_dot(contract: Contract, structure: SupportStructure) -> str:
    parties = {"authority": contract.authority.name, "vendor": contract.vendor.name, "other": ""}
    lines = [
        "digraph structure {",
        f'graph [rankdir=TB, newrank=true, nodesep=0.16, ranksep=0.2, pad=0.02, labeljust=l, fontname="{FONT}", fontsize=11, bgcolor="white"]',
        f'node [shape=box, margin=0, width=0, height=0, style=filled, fillcolor="white", color="{INK}", fontname="{FONT}", fontsize=10]',
        f'edge [color="#333333", fontname="{FONT}", fontsize=10, arrowsize=0.8]',
    ]
    for side, boxes in structure.sides:
        title = "　".join(filter(None, (SIDES[side], parties[side])))
        lines.append(f'subgraph "cluster_{side}" {{ label={quoted(title)}; margin=8; style="filled,rounded";')
        lines.append(f'color="{LINE}"; fillcolor="{TINTS[side]}"; labelloc={"t" if side == "authority" else "b"};')
        lines += [f"{quoted(box.role.id)} [label=<{_box_label(box, parties[side])}>];" for box in boxes]
        lines.append("}")
    return "\n".join([*lines, *_arrows(contract), "}"])


def _box_label(box: Box, party: str) -> str:
    """A table of Graphviz's own: the role on dark ground, then the people, where they belong and their numbers."""
    people = [f"{person.name}{'（代理）' if appointment.deputy else ''}" for person, appointment in box.people]
    place = box.role.organisation or ""
    rows = [*people, *(phrases(place) if place != party else ()), *(number for number, _ in contact_numbers(box)[:1])]
    head = f'<TD BGCOLOR="{INK}"><FONT COLOR="#ffffff"><B>{_lines(phrases(box.role.title))}</B></FONT></TD>'
    body = f"<TR><TD>{_lines(rows)}</TD></TR>" if rows else ""
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="4"><TR>{head}</TR>{body}</TABLE>'


def _lines(rows: Iterable[str]) -> str:
    r"""Rows of text; Graphviz would read a backslash as one of its own: `\N` is the name of a node."""
    return "<BR/>".join(escape(row).replace("\\", r"\\") for row in rows)


def _arrows(contract: Contract) -> Iterator[str]:
    """The contact lines. Who reports to the authority stands near it, whatever the direction of the arrow, and above
    those who report to them; whoever the authority calls stands above those they call."""
    sides = {role.id: role.side for role in contract.staff.roles}
    lines = [line for line in contract.staff.contact_lines if line.start in sides and line.end in sides]
    called = {line.end for line in lines if sides[line.start] == "authority"}
    reporting = {line.start for line in lines if sides[line.end] == "authority"}
    for line in lines:
        upwards = sides[line.end] == "authority" or (line.end in reporting and line.start not in called)
        ends, back = ((line.end, line.start), ", dir=back") if upwards else ((line.start, line.end), "")
        yield f"{quoted(ends[0])} -> {quoted(ends[1])} [label={quoted(_arrow_text(line))}{back}];"


def _arrow_text(line: ContactLine) -> str:
    """Each line begins with a fixed space, which keeps it off the arrow."""
    return "\n".join(f"\u00a0{part}" for part in phrases(f"{circled(line.order)} {line.label or ''}".strip()))


WIDTH = 11
"""Characters of a line in a box or on an arrow."""

PHRASE_END = re.compile(r"(?<=[ぁ-ん])(?=[^ぁ-んー、。・）」])|(?<=[、。・ 　）」])|(?=[（「])")
SCRIPT_END = re.compile(r"(?<=[一-龠々])(?=[ァ-ヶ])|(?<=[ァ-ヶー])(?=[一-龠])")


def phrases(text: str) -> list[str]:
    """Lines of about `WIDTH` characters, broken where a reader would pause."""
    pieces = [
        p for piece in PHRASE_END.split(text) for p in (SCRIPT_END.split(piece) if len(piece) > WIDTH else (piece,))
    ]
    lines = [""]
    for piece in pieces:
        if lines[-1] and len(lines[-1] + piece.rstrip()) > WIDTH:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines if line.strip()]


def quoted(text: str) -> str:
    """A text as Graphviz reads it between quotes."""
    safe = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{safe}"'
