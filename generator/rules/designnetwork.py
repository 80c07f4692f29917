"""Servers, networks and what passes between them: addresses that fit, hosts that exist, connections with two ends."""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.problems import Problem, Severity
from generator.rules.designthings import Design, Thing, cycles

PROBLEM_CODES = {
    "DSG001": "どのネットワークにもないサーバ",
    "DSG002": "読めない範囲・アドレス",
    "DSG003": "ネットワークの範囲にないアドレス",
    "DSG004": "二度使われたアドレス",
    "DSG005": "載る機器のない仮想マシン",
    "DSG006": "載る機器の循環",
    "DSG007": "両端の定まらない通信",
    "DSG008": "制御する装置のない三層の間の通信",
}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

ANYWHERE = ("client", "cloud")
"""Kinds that may be in no network of the design, and whose addresses may be words."""
PROTECTED, OPEN = "mynumber", ("internet", "outside")
"""The zone of 個人番号利用事務系, and those it is kept apart from (三層分離)."""
ENDS = ("server", "network", "system")


@lru_cache(maxsize=4096)
def network_of(text: str) -> Network | None:
    """`192.0.2.0/24` as a range; None where it is none, or no network's first address."""
    try:
        return ipaddress.ip_network(_folded(text))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def address_of(text: str) -> Address | None:
    """`192.0.2.10` as an address, full-width digits too; None where it is none."""
    try:
        return ipaddress.ip_address(_folded(text))
    except ValueError:
        return None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def servers_are_in_networks(design: Design) -> Iterator[Problem]:
    """Whatever is a machine of its own is in a network."""
    for server in design.things("servers"):
        if server.kind not in ANYWHERE and not server.values.get("addresses"):
            message = f"サーバ{server.called}がどのネットワークにもつながっていません"
            hint = "addresses にネットワークとアドレスを書いてください"
            yield Problem(server.place("id"), "DSG001", message, hint, "warning")


def ranges_are_read(design: Design) -> Iterator[Problem]:
    """A network's range is one."""
    for network in design.things("networks"):
        written = network.values.get("range")
        if written and network_of(written) is None:
            message = f"ネットワーク{network.called}の範囲「{written}」が読めません"
            yield Problem(network.place("range"), "DSG002", message, _right_range(written))


def _right_range(written: str) -> str:
    try:
        right = ipaddress.ip_network(_folded(written), strict=False)
    except ValueError:
        return "192.0.2.0/24 の形で、一つだけ書いてください"
    return f"{right} ではありませんか"


def addresses_fit(design: Design) -> Iterator[Problem]:
    """An address is one, and lies in its network's range."""
    networks = design.named("networks")
    for server, at, network, written in _addresses(design):
        address, where = address_of(written), networks.get(network)
        span = network_of(where.values.get("range") or "") if where else None
        if address is None and server.kind not in ANYWHERE:
            message = f"サーバ{server.called}のアドレス「{written}」が読めません"
            hint = "192.0.2.10 の形で、一つだけ書いてください"
            yield Problem(server.place("addresses", at, "address"), "DSG002", message, hint)
        if where and span and address and not _holds(span, address):
            message = f"アドレス {address} は、ネットワーク{where.called}の範囲 {span} の機器のアドレスではありません"
            hint = f"{span} の中のアドレスか、ほかのネットワークを書いてください"
            yield Problem(server.place("addresses", at, "address"), "DSG003", message, hint)


def addresses_are_single(design: Design) -> Iterator[Problem]:
    """An address is written once; in two networks that never meet it may be meant."""
    taken: dict[Address, tuple[str, str]] = {}
    for server, at, network, written in _addresses(design):
        address = address_of(written)
        if address is None:
            continue
        if address in taken:
            owner, other = taken[address]
            message = f"アドレス {address} は、サーバ「{owner}」（ネットワーク「{other}」）にもあります"
            hint = "それぞれ違うアドレスにしてください。共有するアドレスは一方にだけ書いてください"
            severity: Severity = "error" if other == network else "warning"
            yield Problem(server.place("addresses", at, "address"), "DSG004", message, hint, severity)
        taken.setdefault(address, (server.id, network))


def _addresses(design: Design) -> Iterator[tuple[Thing, int, str, str]]:
    for server in design.things("servers"):
        for index, row in server.rows("addresses"):
            if row.get("address"):
                yield server, index, str(row["network"]), str(row["address"])


def _holds(span: Network, address: Address) -> bool:
    """Whether a machine of the network can have the address: its first and last stand for the network and for all."""
    if address not in span:
        return False
    wide = span.version == 4 and span.prefixlen < 31
    return not (wide and address in (span.network_address, span.broadcast_address))


def machines_have_hosts(design: Design) -> Iterator[Problem]:
    """A virtual machine stands on a machine that is none."""
    servers = design.named("servers")
    hosts = {server.id: [server.values["host"]] for server in servers.values() if server.values.get("host")}
    rings = cycles(hosts)
    for ring in rings:
        message = f"載る機器が一回りしています（{' → '.join((*ring, ring[0]))}）"
        yield Problem(servers[ring[0]].place("host"), "DSG006", message, "物理サーバから順にたどれるようにしてください")
    ringed = {name for ring in rings for name in ring}
    for server in servers.values():
        host = servers.get(server.values.get("host") or "")
        if server.kind == "virtual" and not server.values.get("host"):
            message = f"仮想マシン{server.called}に、載る機器 (host) がありません"
            yield Problem(server.place("kind"), "DSG005", message, "host に物理サーバの記号を書いてください")
        elif host and host.kind == "virtual" and server.id not in ringed:
            message = f"サーバ{server.called}の載る機器{host.called}が、仮想マシンです"
            yield Problem(server.place("host"), "DSG005", message, "host に物理サーバの記号を書いてください")


def connections_have_two_ends(design: Design) -> Iterator[Problem]:
    """A connection comes from one thing and leads to one."""
    for connection in design.things("connections"):
        for side, word in (("from", "発信元"), ("to", "宛先")):
            given = [f"{side}_{end}" for end in ENDS if connection.values.get(f"{side}_{end}")]
            if len(given) != 1:
                what = f"二つ以上書かれています（{'、'.join(given)}）" if given else "書かれていません"
                message = f"通信{connection.called}の{word}が{what}"
                hint = f"{'、'.join(f'{side}_{end}' for end in ENDS)} のうち一つを書いてください"
                yield Problem(connection.place(given[1] if given else "id"), "DSG007", message, hint)


def layers_are_kept_apart(design: Design) -> Iterator[Problem]:
    """What passes between 個人番号利用事務系 and the world outside goes through a device that controls it."""
    kinds = {zone.id: zone.kind for zone in design.things("zones")}
    for connection in design.things("connections"):
        ends = [zones_of_end(design, connection, side) for side in ("from", "to")]
        found = [{kinds.get(zone, "") for zone in zones} for zones in ends]
        crosses = any(PROTECTED in one and other & set(OPEN) for one, other in (found, reversed(found)))
        if crosses and not connection.values.get("through") and not _controlled(design, connection):
            message = f"通信{connection.called}が、個人番号利用事務系と外部の区域を、制御する装置を通らずに結んでいます"
            hint = "through に通信を制御する装置の記号を書くか、両端を確かめてください"
            yield Problem(connection.place("id"), "DSG008", message, hint, "warning")


def zones_of_end(design: Design, connection: Thing, side: str) -> set[str]:
    """The zones that an end of a connection is in."""
    named = {end: design.named(f"{end}s").get(connection.values.get(f"{side}_{end}") or "") for end in ENDS}
    places = (named["network"], named["system"])
    own = {str(place.values["zone"]) for place in places if place and place.values.get("zone")}
    return own | design.zones_of(named["server"])


def _controlled(design: Design, connection: Thing) -> bool:
    """Whether an end is itself a device of the network."""
    servers = design.named("servers")
    ends = (servers.get(connection.values.get(f"{side}_server") or "") for side in ("from", "to"))
    return any(end is not None and end.kind == "network" for end in ends)
