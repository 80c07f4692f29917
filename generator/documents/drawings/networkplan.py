"""What stands where in a drawing of networks: zones, their networks, what is attached to each, what joins them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.documents.design import things
from generator.documents.drawings.composition import machine
from generator.documents.drawings.drawing import by_id, name_of, word
from generator.documents.drawings.frames import Card, Frame
from generator.documents.drawings.palette import OTHER, zone_tint
from generator.model import Contract, Item


def networks_of(server: Item, known: Mapping[str, Item]) -> list[str]:
    """The networks a server is attached to, each once."""
    found = (str(a["network"]) for a in server.get("addresses") or () if a.get("network") in known)
    return list(dict.fromkeys(found))


class Plan:
    """What stands where, of one contract."""

    def __init__(self, contract: Contract) -> None:
        self.networks = by_id(things(contract, "networks"))
        self._kinds = {str(z["id"]): z.get("kind") for z in things(contract, "zones")}
        self._systems = things(contract, "systems")
        attached = [s for s in things(contract, "servers") if networks_of(s, self.networks)]
        self._attached = Counter(network for server in attached for network in networks_of(server, self.networks))
        through = {c.get("through") for c in things(contract, "connections")}
        self.between: list[Item] = []
        """What joins networks, and stands beside them."""
        self._homes: dict[str, list[Item]] = {}
        for server in attached:
            if self._joins(server, through):
                self.between.append(server)
            else:
                self._homes.setdefault(self._home(server), []).append(server)
        self._zones = things(contract, "zones")

    def _joins(self, server: Item, through: set[object]) -> bool:
        """A device on several networks does; and any server in several zones, not counting those for management."""
        own = networks_of(server, self.networks)
        zones = {self.networks[n].get("zone") for n in own}
        joined = [z for z in zones if self._kinds.get(str(z)) != "management"]
        device = server.get("kind") in ("network", "appliance") or server["id"] in through
        return len(own) > 1 and (device or len(joined) > 1)

    def _home(self, server: Item) -> str:
        """Where it is drawn: in the first of its networks that is not for management; its box names the others."""
        own = networks_of(server, self.networks)
        first = (n for n in own if self._kinds.get(str(self.networks[n].get("zone"))) != "management")
        return next(first, own[0])

    def zones(self, whole: bool) -> list[Frame]:
        """The zones as frames with all that is in them; or only with how much that is."""
        frames = [self._zone(zone, whole) for zone in self._zones]
        lost = [n for n in self.networks.values() if n.get("zone") not in self._kinds]
        if lost:
            networks = tuple(self._network(n, whole) for n in lost)
            frames.append(Frame("区域の記載なし", networks, tint=OTHER, whole=True))
        return frames

    def _zone(self, zone: Item, whole: bool) -> Frame:
        networks = [self._network(n, whole) for n in self.networks.values() if n.get("zone") == zone["id"]]
        kind = word("zones", ["kind"], zone.get("kind"))
        title = name_of(zone) if name_of(zone) == kind else f"{name_of(zone)}（{kind}）"
        systems = [name_of(system) for system in self._systems if system.get("zone") == zone["id"]]
        outside = [Card(system, ("外部システム",), OTHER) for system in systems] if whole else []
        note = f"外部システム {len(systems)}件" if systems and not whole else ""
        return Frame(title, (*networks, *outside), note, zone_tint(zone.get("kind")), True, id=str(zone["id"]))

    def _network(self, item: Item, whole: bool) -> Frame:
        name = str(item["id"])
        own = self._homes.get(name, [])
        facts = [item.get("range"), f"VLAN {item['vlan']}" if item.get("vlan") else ""]
        elsewhere = self._attached[name] - len(own) - sum(name in networks_of(s, self.networks) for s in self.between)
        if whole:
            facts.append(f"ほかの枠の機器{elsewhere}件も接続" if elsewhere else "")
        else:
            facts.append(f"接続{self._attached[name]}件")
        cards = tuple(self._machine(server, name) for server in own) if whole else ()
        note = "　".join(str(fact) for fact in facts if fact)
        tint = zone_tint(self._kinds.get(str(item.get("zone"))))
        return Frame(name_of(item), cards, note, tint, whole=bool(self.between), least=2, id=name)

    def _machine(self, server: Item, home: str) -> Card:
        """A server in the frame of a network: its addresses there, then those elsewhere."""
        rows = server.get("addresses") or ()
        here = [str(a["address"]) for a in rows if a.get("network") == home and a.get("address")]
        what = machine(server)
        away = self._legs([a for a in rows if a.get("network") != home])
        return Card(what.title, (what.rows[0], *_few(here, 4), *_few(away, 3)), what.tint)

    def device(self, server: Item) -> Card:
        """The box of what stands beside the networks."""
        return Card(name_of(server), (machine(server).rows[0], *_few(self._legs(server.get("addresses") or ()), 8)))

    def _legs(self, addresses: Iterable[Mapping[str, object]]) -> list[str]:
        known = [a for a in addresses if a.get("network") in self.networks]
        return [f"{name_of(self.networks[str(a['network'])])} {a.get('address') or ''}".strip() for a in known]


def _few(rows: Sequence[str], most: int) -> list[str]:
    """The first rows, and how many more there are."""
    return [*rows[:most], f"ほか{len(rows) - most}件"] if len(rows) > most else list(rows)
