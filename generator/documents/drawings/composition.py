"""サーバ構成図: places as frames, in them the machines, in these their virtual machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.documents.design import things
from generator.documents.drawings.canvas import Canvas
from generator.documents.drawings.drawing import (
    WIDTH,
    Drawing,
    by_id,
    listed,
    name_of,
    numbered,
    on_sheets,
    short,
    word,
)
from generator.documents.drawings.frames import Card, Frame, draw, sheets
from generator.documents.drawings.palette import HOST, OTHER
from generator.model import Contract, Item

KINDS = ("physical", "cloud", "virtual", "storage", "network", "appliance", "client")
"""The order in which they stand in a place."""
DEPTH = 2
"""How many frames stand in each other; what would be deeper stands in the last."""
UNPLACED = "設置場所の記載なし"


def composition(contract: Contract) -> list[Drawing]:
    """サーバ構成図: one drawing, or an overview with counts and then the places."""
    servers = things(contract, "servers")
    if not servers:
        return []
    places = _places(servers)
    pages = sheets(places, WIDTH - 2)
    drawn = [(_names(page) if len(pages) > 1 else "", _picture(page), _alternative(page)) for page in pages]
    if len(pages) > 1:
        drawn.insert(0, _overview(servers, pages))
    return numbered("composition", "サーバ構成図", drawn)


def machine(server: Item, kind: bool = True) -> Card:
    """A box for a server: what it is, its host name and its use."""
    count = f"×{server['count']}台" if (server.get("count") or 1) > 1 else ""
    what = (word("servers", ["kind"], server.get("kind")) if kind else "") + count
    virtual = server.get("kind") in ("client", "cloud")
    return Card(
        name_of(server), (what, str(server.get("name") or ""), str(server.get("use") or "")), OTHER if virtual else HOST
    )


def _guests(servers: Sequence[Item]) -> Mapping[str, list[Item]]:
    """The machines that run on a machine; nothing for circles, which no system has."""
    known = by_id(servers)
    found: dict[str, list[Item]] = {}
    for server in servers:
        if _root(server, known) is not server:
            found.setdefault(str(server["host"]), []).append(server)
    return found


def _root(server: Item, known: Mapping[str, Item]) -> Item:
    """What carries a machine in the end; the machine itself where it stands alone or the data run in a circle."""
    seen, at = {str(server["id"])}, server
    while at.get("host") in known:
        at = known[str(at["host"])]
        if str(at["id"]) in seen:
            return server
        seen.add(str(at["id"]))
    return at


def _places(servers: Sequence[Item]) -> list[Frame]:
    guests, known = _guests(servers), by_id(servers)
    found: dict[str, list[Item]] = {}
    for server in servers:
        if _root(server, known) is server:
            found.setdefault(_place(server, guests), []).append(server)
    return [
        Frame(
            place,
            tuple(_machine(one, guests) for kind in (*KINDS, None) for one in own if _sort(one) == kind),
            whole=len(own) > 2,
        )
        for place, own in sorted(found.items(), key=lambda pair: pair[0] == UNPLACED)
    ]


def _sort(server: Item) -> str | None:
    return server["kind"] if server.get("kind") in KINDS else None


def _place(server: Item, guests: Mapping[str, list[Item]]) -> str:
    """Its place; else that of a machine on it."""
    own = [server, *guests.get(str(server["id"]), ())]
    return next((str(one["place"]) for one in own if one.get("place")), UNPLACED)


def _machine(server: Item, guests: Mapping[str, list[Item]], depth: int = 0) -> Card | Frame:
    own = _carried(server, guests) if depth == DEPTH else guests.get(str(server["id"]))
    card = machine(server, kind=server.get("kind") != "virtual" or not server.get("host"))
    if not own:
        return card
    note = "　".join(filter(None, card.rows))
    deep = depth == DEPTH
    cards = (machine(guest) if deep else _machine(guest, guests, depth + 1) for guest in own)
    return Frame(card.title, tuple(cards), note, HOST, id=str(server["id"]))


def _carried(server: Item, guests: Mapping[str, list[Item]]) -> list[Item]:
    """Everything on a machine, and on what is on it."""
    found = list(guests.get(str(server["id"]), ()))
    for guest in found:
        found += guests.get(str(guest["id"]), ())
    return found


def _picture(page: Sequence[Frame]) -> str:
    canvas = Canvas()
    height, _ = draw(canvas, page, (1.0, 1.0), WIDTH - 2)
    return canvas.svg(WIDTH, height + 2)


def _names(page: Iterable[Frame]) -> str:
    return "・".join(frame.title for frame in page)


def _titles(children: Iterable[Card | Frame]) -> list[str]:
    return [child.title for child in children]


def _alternative(page: Sequence[Frame]) -> str:
    said = "。".join(f"{short(frame.title)}に{listed(_titles(frame.children))}" for frame in page)
    return f"サーバ構成図。{said}。枠の中の枠は、載る機器とその上の仮想マシン。同じ内容をサーバの表に示す。"


def _overview(servers: Sequence[Item], pages: Sequence[Sequence[Frame]]) -> tuple[str, str, str]:
    """Each place with how many of which it holds, and on which drawing they are."""
    guests, known = _guests(servers), by_id(servers)
    counts: dict[str, Counter[str]] = {}
    for server in servers:
        place = _place(_root(server, known), guests)
        counts.setdefault(place, Counter())[str(server.get("kind"))] += server.get("count") or 1
    cards = []
    for place, own in sorted(counts.items(), key=lambda pair: pair[0] == UNPLACED):
        rows = [f"{word('servers', ['kind'], kind)} {own[kind]}台" for kind in KINDS if own[kind]]
        on = [n for n, page in enumerate(pages, 2) if any(_is_part(frame.title, place) for frame in page)]
        cards.append(Card(place, (*rows, f"図 {on_sheets(on, len(pages) + 1)}")))
    said = "。".join(f"{short(card.title)}: {'、'.join(card.rows[:-1])}" for card in cards[:20])
    canvas = Canvas()
    height, _ = draw(canvas, cards, (1.0, 1.0), WIDTH - 2)
    alternative = f"サーバ構成図の全体。設置場所ごとの台数。{said}。同じ内容をサーバの表に示す。"
    return "全体", canvas.svg(WIDTH, height + 2), alternative


def _is_part(title: str, place: str) -> bool:
    return title == place or title.startswith(f"{place}（")
