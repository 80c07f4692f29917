"""How the time of a design's drawings grows with the system: ratios on this machine, in one run.

A system of 50, 100 and 200 servers with zones, networks, functions, data, screens, modules, jobs and interfaces in
proportion is drawn whole. Times are of the processor, Graphviz included; the calls of Graphviz are counted. Twice as
large a system may cost little more than twice the time.
Usage: python benchmarks/drawings.py
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generator.documents.drawings.drawings import DRAWINGS  # noqa: E402  # found by the line above
from generator.model import Authority, Contract, ContractHead, Period, Sheet, Vendor  # noqa: E402

SIZES = (50, 100, 200)
LIMIT = 3.0
"""What twice the system may cost."""
DAY = dt.date(2026, 4, 1)
ZONES = (
    ("mynumber", "個人番号利用事務系"),
    ("lgwan", "LGWAN接続系"),
    ("internet", "インターネット接続系"),
    ("dmz", "公開区域"),
    ("management", "管理用区域"),
    ("outside", "庁外"),
)
WORDS = (
    "住民記録",
    "税務",
    "福祉",
    "財務",
    "人事給与",
    "文書管理",
    "申請受付",
    "掲示",
    "予定",
    "会議室",
    "研修",
    "統計",
)


def main() -> None:
    """Measure each size and print how it stands to the one before."""
    print("| servers | drawings | calls of Graphviz | seconds | against half the size |")
    print("|---|---|---|---|---|")
    before, worst = None, 0.0
    for size in SIZES:
        made, calls, seconds = measured(size)
        ratio = seconds / before if before else None
        print(f"| {size} | {made} | {calls} | {seconds:.2f} | {f'{ratio:.1f}' if ratio else ''} |")
        before, worst = seconds, max(worst, ratio or 0.0)
    sys.exit(f"twice the system costs {worst:.1f} times; the limit is {LIMIT}" if worst > LIMIT else 0)


def measured(size: int) -> tuple[int, int, float]:
    """How many drawings a system has, with how many calls of Graphviz, in how many seconds of the processor."""
    contract, start = system(size), _seconds()
    with patch.object(subprocess, "run", side_effect=subprocess.run) as calls:
        made = sum(len(draw(contract)) for draw in DRAWINGS.values())
    return made, calls.call_count, _seconds() - start


def _seconds() -> float:
    return sum(os.times()[:4])


def system(servers: int) -> Contract:
    """A made-up system: for 200 servers 6 zones, 20 networks, 120 functions and 80 entities."""
    return contract_with(**{kind: list(rows) for kind, rows in _things(servers).items()})


def contract_with(**kinds: list[dict[str, Any]]) -> Contract:
    """A contract whose design has these things."""
    return Contract(
        id="large",
        head=ContractHead(title="基幹業務", period=Period(start=DAY, end=DAY), authority="a", vendor="v"),
        authority=Authority(id="a", name="見本市", addressee="見本市長　様"),
        vendor=Vendor(id="v", name="見本社"),
        design=tuple(Sheet(kind=kind, values={kind: rows}) for kind, rows in sorted(kinds.items())),
    )


def _things(servers: int) -> dict[str, Iterator[dict[str, Any]]]:
    """Everything in proportion; names tell the size, so that no drawing of one size is remembered for another."""
    networks, functions, entities = max(2, servers // 10), servers * 3 // 5, servers * 2 // 5
    subsystems = max(2, servers // 20)
    return {
        "zones": ({"id": name, "title": title, "kind": name} for name, title in ZONES),
        "networks": (_network(number) for number in range(networks)),
        "servers": (_server(number, servers, networks) for number in range(servers)),
        "systems": (
            {"id": f"x{n}", "title": f"外部システム{n}", "zone": ZONES[n % 6][0]} for n in range(servers // 20)
        ),
        "connections": (_connection(number, networks) for number in range(servers // 4)),
        "subsystems": ({"id": f"ss{n}", "title": f"{WORDS[n % 12]}サブシステム{n}"} for n in range(subsystems)),
        "functions": (_function(number, functions, subsystems, entities) for number in range(functions)),
        "entities": (_entity(number, servers) for number in range(entities)),
        "interfaces": (_interface(number, servers // 20, functions) for number in range(servers // 10)),
        "screens": (_screen(number, functions, servers) for number in range(functions)),
        "modules": (_module(number, functions, servers) for number in range(functions)),
        "jobs": (_job(number, servers) for number in range(servers // 5)),
    }


def _network(number: int) -> dict[str, Any]:
    zone = ZONES[number % 6][0]
    return {
        "id": f"n{number}",
        "title": f"{WORDS[number % 12]}用LAN{number}",
        "zone": zone,
        "range": f"192.0.2.{number}/32",
        "vlan": str(100 + number),
    }


def _server(number: int, servers: int, networks: int) -> dict[str, Any]:
    """Of 67 machines one carries 60 others; the rest are devices, storage and clients."""
    group, place = divmod(number, 67)
    kind = (
        "physical"
        if place == 0
        else "virtual"
        if place <= 60
        else ("network", "storage", "appliance", "client")[place % 4]
    )
    home = (number * 7) % networks
    attached = [home, networks - 1] if kind in ("network", "appliance") else [home]
    server: dict[str, Any] = {
        "id": f"s{number}",
        "title": f"{WORDS[number % 12]}業務サーバ{number}",
        "kind": kind,
        "name": f"srv{servers}-{number:03}",
        "use": f"{WORDS[number % 12]}の業務処理とデータの保管",
        "addresses": [{"network": f"n{n}", "address": f"192.0.2.{number % 250}"} for n in dict.fromkeys(attached)],
    }
    if kind == "virtual":
        return {**server, "host": f"s{group * 67}"}
    return {**server, "place": f"第{group + 1}サーバ室"}


def _connection(number: int, networks: int) -> dict[str, Any]:
    ends = {"from_network": f"n{number % networks}", "to_server": f"s{number * 3 + 1}"}
    return {"id": f"k{number}", "title": f"{WORDS[number % 12]}の連携{number}", "protocol": "TCP 443", **ends}


def _function(number: int, functions: int, subsystems: int, entities: int) -> dict[str, Any]:
    own = number * subsystems // functions
    used = dict.fromkeys((number * entities // functions, (number * 7) % entities, (number * 5 + 1) % entities))
    data = [{"entity": f"e{e}", "crud": crud} for e, crud in zip(used, ("CRUD", "R", "RU"), strict=False)]
    return {
        "id": f"f{number}",
        "title": f"{WORDS[number % 12]}の登録と照会{number}",
        "subsystem": f"ss{own}",
        "data": data,
    }


def _entity(number: int, servers: int) -> dict[str, Any]:
    relations = [{"entity": f"e{number // 3}", "count": "N:1", "meaning": "属する"}] if number else []
    keys = [{"id": "key", "title": f"{WORDS[number % 12]}番号", "key": True}, {"id": "name", "title": "名称"}]
    return {
        "id": f"e{number}",
        "title": f"{WORDS[number % 12]}データ{servers}-{number}",
        "attributes": keys,
        "relations": relations,
    }


def _interface(number: int, systems: int, functions: int) -> dict[str, Any]:
    way = ("send", "receive", "both")[number % 3]
    ends = {"system": f"x{number % systems}", "functions": [f"f{number * 5 % functions}"]}
    return {
        "id": f"i{number}",
        "title": f"{WORDS[number % 12]}データの連携",
        "direction": way,
        "protocol": "SFTP",
        **ends,
    }


def _screen(number: int, functions: int, servers: int) -> dict[str, Any]:
    menu = number - number % 10
    actions = [{"title": "メニューへ戻る", "next": f"w{menu}"}] if number % 10 else []
    for to in range(menu + 1, menu + 10) if number % 10 == 0 else (number + 1,):
        actions += [{"title": "開く", "next": f"w{to}"}] if to < functions else []
    return {
        "id": f"w{number}",
        "title": f"{WORDS[number % 12]}画面{servers}-{number}",
        "functions": [f"f{number}"],
        "actions": actions,
    }


def _module(number: int, functions: int, servers: int) -> dict[str, Any]:
    calls = [f"m{other}" for other in (number * 2 + 1, number * 2 + 2) if other < functions]
    return {
        "id": f"m{number}",
        "title": f"{WORDS[number % 12]}処理{servers}-{number}",
        "kind": "部品",
        "functions": [f"f{number}"],
        "calls": calls,
    }


def _job(number: int, servers: int) -> dict[str, Any]:
    after = {"after": [f"j{number - 1}"]} if number % 4 else {"time": f"{number % 24}:00"}
    cycle = ("毎日", "毎週", "毎月")[number // 4 % 3]
    return {
        "id": f"j{number}",
        "title": f"{WORDS[number % 12]}の夜間処理{servers}-{number}",
        "cycle": cycle,
        "minutes": 20,
        **after,
    }


if __name__ == "__main__":
    main()
