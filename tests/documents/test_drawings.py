"""Drawings of a design: they say what the data say, can be read on a sheet, and take any text as text."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from benchmarks.drawings import contract_with, system
from generator.documents import diagrams
from generator.documents.drawings import words
from generator.documents.drawings.businesses import business_flow
from generator.documents.drawings.dataflow import dataflow
from generator.documents.drawings.drawing import WIDTH, Drawing, packed
from generator.documents.drawings.drawings import DRAWINGS, drawings
from generator.documents.drawings.groups import Line, Net, divided, shares
from generator.documents.linebreaks import measured
from generator.model import Contract

SVG = "{http://www.w3.org/2000/svg}"
SHEET = 482.0, 640.0
"""In points: what an A4 sheet holds beside its margins, a heading and a caption."""
ZONES = [{"id": "lg", "title": "庁内", "kind": "lgwan"}, {"id": "net", "title": "外", "kind": "internet"}]
NETWORKS = [
    {"id": "n1", "title": "業務LAN", "zone": "lg", "range": "192.0.2.0/25", "vlan": "110"},
    {"id": "n2", "title": "公開LAN", "zone": "net"},
]
SERVERS: list[dict[str, Any]] = [
    {"id": "h", "title": "基盤", "kind": "physical", "place": "電算室"},
    {
        "id": "v",
        "title": "業務",
        "kind": "virtual",
        "host": "h",
        "addresses": [{"network": "n1", "address": "192.0.2.9"}],
    },
    {
        "id": "fw",
        "title": "防火壁",
        "kind": "network",
        "addresses": [{"network": "n1", "address": "192.0.2.1"}, {"network": "n2"}],
    },
]


def _of(name: str, **kinds: list[dict[str, Any]]) -> list[Drawing]:
    return drawings(contract_with(**kinds), name)


def _svg(drawing: Drawing) -> etree._Element:
    data = re.fullmatch(r'<img class="diagram" alt="[^"]+" src="data:image/svg\+xml;base64,([^"]+)">', drawing.image)
    assert data is not None
    return etree.fromstring(base64.b64decode(data[1]))


def _alternative(drawing: Drawing) -> str:
    found = re.search(r'alt="([^"]+)"', drawing.image)
    assert found is not None
    return found[1]


def _texts(drawing: Drawing) -> list[str]:
    return ["".join(text.itertext()).strip() for text in _svg(drawing).iter(f"{SVG}text")]


def _words(made: list[Drawing]) -> str:
    return " ".join(text for drawing in made for text in _texts(drawing))


def _edges(made: list[Drawing]) -> int:
    return sum(node.get("class") == "edge" for drawing in made for node in _svg(drawing).iter(f"{SVG}g"))


def _all(contract: Contract) -> Iterator[Drawing]:
    for name in DRAWINGS:
        yield from drawings(contract, name)


@pytest.mark.parametrize("name", DRAWINGS)
def test_nothing_is_drawn_of_nothing(name: str) -> None:
    """A design without things of a kind has no drawing of them."""
    assert _of(name) == []


def test_machines_stand_in_what_carries_them() -> None:
    """A virtual machine's box lies in its host's frame, and this in the frame of its place."""
    (drawing,) = _of("composition", servers=SERVERS)
    rects = [tuple(float(r.get(k, 0)) for k in ("x", "y", "width", "height")) for r in _svg(drawing).iter(f"{SVG}rect")]
    place, host, virtual = rects[1], rects[3], rects[5]
    for outer, inner in ((place, host), (host, virtual)):
        assert outer[0] < inner[0]
        assert outer[1] < inner[1]
        assert inner[0] + inner[2] < outer[0] + outer[2]
        assert inner[1] + inner[3] < outer[1] + outer[3]
    assert [w for w in _texts(drawing) if w in ("電算室", "基盤", "業務")] == ["電算室", "基盤", "業務"]
    assert "設置場所の記載なし" in _texts(drawing)


def test_networks_say_their_range_and_what_is_attached() -> None:
    """Range, VLAN and addresses stand in the drawing; a device on two networks has a line to each."""
    (drawing,) = _of("network", zones=ZONES, networks=NETWORKS, servers=SERVERS)
    said = _texts(drawing)
    assert "庁内（LGWAN接続系）" in said
    assert "192.0.2.0/25 VLAN 110" in said
    assert "192.0.2.9" in said
    assert "業務LAN 192.0.2.1" in said
    assert len(list(_svg(drawing).iter(f"{SVG}circle"))) == 2


def test_a_server_on_two_networks_is_drawn_once() -> None:
    """Its box stands in the network that is not for management; the other says that something more is attached."""
    zones = [*ZONES, {"id": "m", "title": "管理", "kind": "management"}]
    networks = [{"id": "n0", "title": "管理LAN", "zone": "m"}, *NETWORKS]
    server = {**SERVERS[1], "addresses": [{"network": "n0", "address": "198.51.100.4"}, *SERVERS[1]["addresses"]]}
    (drawing,) = _of("network", zones=zones, networks=networks, servers=[server])
    said = _texts(drawing)
    assert said.count("業務") == 1
    assert said.index("業務LAN") < said.index("業務") < said.index("公開LAN")
    assert "管理LAN 198.51.100.4" in said
    assert "ほかの枠の機器1件も接続" in said


def test_only_what_crosses_zones_is_an_arrow() -> None:
    """A communication inside a zone, or with an end whose zone is not said, is left to the table."""
    rows = [
        {"id": "k1", "title": "中継", "from_server": "v", "to_network": "n2", "protocol": "TCP 25", "through": "fw"},
        {"id": "k2", "title": "内側", "from_server": "v", "to_network": "n1"},
        {"id": "k3", "title": "不明", "from_server": "v", "to_system": "x"},
    ]
    systems = [{"id": "x", "title": "相手"}]
    kinds = {"zones": ZONES, "networks": NETWORKS, "servers": SERVERS, "systems": systems, "connections": rows}
    (drawing,) = _of("connections", **kinds)
    assert _texts(drawing) == ["庁内", "外", "中継：TCP 25（防火壁を経由）", "業務", "公開LAN"]
    (tip,) = _svg(drawing).iter(f"{SVG}polygon")
    assert float(tip.get("points", "").split(",")[0]) > WIDTH / 2


def test_arrows_say_who_sends() -> None:
    """Of an interface that sends the head is at the other system, of one that receives at ours, of one that does both at both."""
    rows = [{"id": way, "title": way, "system": "x", "direction": way} for way in ("send", "receive", "both")]
    (drawing,) = _of("interfaces", systems=[{"id": "x", "title": "相手", "owner": "県"}], interfaces=rows)
    tips = [float(tip.get("points", "").split(",")[0]) > WIDTH / 2 for tip in _svg(drawing).iter(f"{SVG}polygon")]
    assert tips == [True, False, True, False]
    assert _texts(drawing).count("相手") == 1
    assert "相手とboth（送受信）" in _alternative(drawing)


SUBSYSTEMS = [{"id": "a", "title": "受付"}, {"id": "b", "title": "審査"}]
FUNCTIONS: list[dict[str, Any]] = [
    {"id": "f1", "title": "登録", "subsystem": "a", "data": [{"entity": "e1", "crud": "CU"}]},
    {
        "id": "f2",
        "title": "照会",
        "subsystem": "b",
        "data": [{"entity": "e1", "crud": "R"}, {"entity": "e2", "crud": "R"}],
    },
    {"id": "f3", "title": "孤立"},
]
ENTITIES = [{"id": "e1", "title": "申請"}, {"id": "e2", "title": "職員"}]


def test_flow_of_each_subsystem() -> None:
    """An overview with the data that both use, then each subsystem, then the functions that belong to none."""
    contract = contract_with(subsystems=SUBSYSTEMS, functions=FUNCTIONS, entities=ENTITIES)
    made = dataflow(contract)
    assert [d.id for d in made] == ["dataflow", "dataflow-a", "dataflow-b", "dataflow_rest"]
    assert [sorted(_texts(d)) for d in made[:2]] == [
        sorted(["受付", "審査", "申請", "CU", "R"]),
        sorted(["登録", "申請", "CU"]),
    ]
    assert [d.id for d in dataflow(contract, "b")] == ["dataflow-b"]


def test_what_is_written_goes_out_and_what_is_read_comes_in() -> None:
    """The head of an arrow is at the store where a function writes, at the function where it reads."""
    contract = contract_with(subsystems=SUBSYSTEMS, functions=FUNCTIONS, entities=ENTITIES)
    for subsystem, writes in (("a", True), ("b", False)):
        (drawing,) = dataflow(contract, subsystem)
        tips = [float(t.get("points", "").split(",")[0]) for t in _svg(drawing).iter(f"{SVG}polygon")]
        assert all((tip > 290) == writes for tip in tips)


def test_relations_are_drawn_once() -> None:
    """A relation that both sides tell is one line; a reference adds one only where no relation is told."""
    entities = [
        {"id": "a", "title": "組織", "relations": [{"entity": "b", "count": "1:N", "meaning": "属する"}]},
        {
            "id": "b",
            "title": "職員",
            "attributes": [
                {"id": "k", "title": "職員番号", "key": True},
                {"id": "o", "title": "組織番号", "refers": "a"},
                {"id": "c", "title": "役職", "refers": "c"},
                {"id": "n", "title": "氏名"},
            ],
            "relations": [{"entity": "a", "count": "N:1"}, {"entity": "gone", "count": "1:1"}],
        },
        {"id": "c", "title": "役職表"},
    ]
    (drawing,) = _of("entities", entities=entities)
    assert _edges([drawing]) == 2
    said = _texts(drawing)
    assert {"PK 職員番号", "FK 組織番号", "FK 役職", "属する"} <= set(said)
    assert "氏名" not in _words([drawing])
    assert "組織と職員は1対多" in _alternative(drawing)


def test_every_transition_is_drawn_once() -> None:
    """Whatever the number of drawings; what stays on a screen is not drawn, and screens without transitions are shown apart."""
    screens: list[dict[str, Any]] = [
        {"id": "menu", "title": "メニュー", "actions": [{"title": f"開く{n}", "next": f"s{n}"} for n in range(30)]},
        *(
            {
                "id": f"s{n}",
                "title": f"画面{n}",
                "actions": [{"title": "戻る", "next": "menu"}, {"title": "検索", "next": f"s{n}"}],
            }
            for n in range(30)
        ),
        *({"id": f"x{n}", "title": f"別{n}"} for n in range(5)),
    ]
    made = _of("screens", screens=screens)
    assert _edges(made) == 60
    assert "移動の記載がない画面" in made[-1].title
    assert _words(made).count("開く17") == 1
    assert "検索" not in _words(made)
    assert all(Counter(_texts(d))["メニュー"] <= 1 for d in made)


def test_calls_between_modules() -> None:
    """An arrow for each call; two drawings and more for what is too much for one."""
    modules = [{"id": f"m{n}", "title": f"部品{n}", "calls": [f"m{n + 1}", "none"]} for n in range(40)]
    made = _of("modules", modules=modules)
    assert _edges(made) == 39
    assert len(made) > 3


def test_jobs_run_in_their_order() -> None:
    """By time, what has none behind what it waits for; the arrow leads from what has to end first."""
    jobs = [
        {"id": "late", "title": "遅い", "cycle": "毎日", "time": "23:00"},
        {"id": "next", "title": "続き", "cycle": "毎日", "after": ["first"]},
        {"id": "first", "title": "最初", "cycle": "毎日", "time": "9:30", "minutes": 5},
    ]
    (drawing,) = _of("jobs", jobs=jobs)
    starts = [text for text in _texts(drawing) if re.match(r"\d\.", text)]
    assert starts == ["1. 9:30 最初", "2. 続き", "3. 23:00 遅い"]
    assert _edges([drawing]) == 1
    assert "約5分" in _texts(drawing)


def test_jobs_in_another_drawing_are_named() -> None:
    """A job whose predecessor stands in another drawing says its number."""
    jobs = [{"id": f"j{n}", "title": f"処理{n}", "after": [f"j{n - 1}"] if n else []} for n in range(20)]
    made = _of("jobs", jobs=jobs)
    assert len(made) == 2
    assert _edges(made) == 18
    assert [text for text in _texts(made[1]) if text.endswith("の後")] == ["10の後"]


def test_business_is_drawn_as_a_procedure_is() -> None:
    """Actors as lanes, a step with two ways as a decision, an empty list as the end."""
    steps = [
        {
            "id": "1",
            "actor": "職員",
            "step": "確かめる",
            "next": [{"step": "3", "label": "よい"}, {"step": "2", "label": "否"}],
        },
        {"id": "2", "actor": "市民", "step": "直す", "next": []},
        {"id": "3", "actor": "職員", "step": "登録する"},
    ]
    (drawing,) = business_flow(contract_with(), {"id": "b1", "title": "受付", "steps": steps})
    assert drawing.title == "業務フロー　受付"
    assert {"職員", "市民", "1.確かめる", "よい", "否", "終了"} <= set(_texts(drawing))
    assert business_flow(contract_with(), {"id": "b2", "title": "手順なし"}) == []


def test_circles_and_lost_names_do_no_harm() -> None:
    """Machines that carry each other, jobs that wait for each other and names of nothing are drawn as far as they go."""
    contract = contract_with(
        servers=[
            {"id": "a", "title": "甲", "kind": "virtual", "host": "b"},
            {"id": "b", "title": "乙", "kind": "virtual", "host": "a"},
            {"id": "c", "title": "丙", "kind": "virtual", "host": "gone", "addresses": [{"network": "gone"}]},
            *({"id": f"d{n}", "title": f"深{n}", "kind": "virtual", "host": f"d{n - 1}"} for n in range(30)),
        ],
        jobs=[{"id": "p", "title": "先", "after": ["q", "p"]}, {"id": "q", "title": "後", "after": ["p", "gone"]}],
        interfaces=[{"id": "i", "title": "連携", "system": "gone", "direction": "send", "functions": ["gone"]}],
        functions=[{"id": "f", "title": "機能", "subsystem": "gone", "data": [{"entity": "gone", "crud": "R"}]}],
        screens=[{"id": "s", "title": "画面", "actions": [{"title": "行く", "next": "gone"}]}],
        modules=[{"id": "m", "title": "部品", "calls": ["m", "gone"]}],
        connections=[{"id": "k", "title": "通信", "from_server": "gone", "to_network": "gone"}],
    )
    said = _words(list(_all(contract)))
    for name in ("甲", "乙", "丙", "深0", "深29", "先", "後", "機能", "画面", "部品"):
        assert name in said


HOSTILE = [
    "<script>alert(1)</script>",
    "</TD></TR></TABLE>>]; x [label=y",
    '"]; evil [label="x',
    "\\N \\G \\L \\n",
    "&lt;b&gt; &amp;lt; &#60;",
    "一行\n二行\n\n三行",
    "long" * 75,
    "長い題名" * 75,
    "\x00\x08",
    "' onload='alert(1)",
]


def _hostile(value: Any, text: str) -> Any:
    """A design in which every text that is not a name or a coded value is hostile."""
    fixed = {"id", "kind", "direction", "crud", "count", "time", "key", "minutes"}
    if isinstance(value, dict):
        return {k: v if k in fixed or _refers(k) else _hostile(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [_hostile(one, text) for one in value]
    return text


def _refers(key: str) -> bool:
    return key in {
        "zone",
        "network",
        "host",
        "system",
        "entity",
        "subsystem",
        "functions",
        "calls",
        "after",
        "next",
    } or (key.startswith(("from_", "to_")))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_texts(text: str) -> None:
    """Whatever things are called, a drawing is made of lines and text only, says it, and does not grow with it."""
    small = system(24)
    kinds = {sheet.kind: _hostile(list(sheet.things), text) for sheet in small.design if sheet.listed}
    steps = [{"id": str(n), "actor": text, "step": text, "next": [{"step": "2", "label": text}] * n} for n in range(3)]
    made = list(_all(contract_with(**kinds, businesses=[{"id": "b", "title": text, "steps": steps}])))
    assert len(made) >= 10
    first = "".join(ch for ch in text.split("\n")[0] if ch.isprintable()).split(" ")[0][:6]
    for drawing in made:
        names = {etree.QName(node).localname for node in _svg(drawing).iter(etree.Element)}
        assert names <= {"svg", "g", "title", "polygon", "path", "text", "ellipse", "polyline", "rect", "circle"}
        assert first in _words([drawing]).replace("…", "")
        assert len(drawing.title) < 80
        assert _legible(drawing)


def _size(drawing: Drawing) -> tuple[float, float]:
    root = _svg(drawing)
    return float(root.get("width", "").removesuffix("pt")), float(root.get("height", "").removesuffix("pt"))


def _legible(drawing: Drawing) -> bool:
    """Whether the smallest letters are large enough when the drawing has been made to fit an A4 sheet."""
    width, height = _size(drawing)
    scale = min(1.0, SHEET[0] / width, SHEET[1] / height)
    return min(float(text.get("font-size", "0")) for text in _svg(drawing).iter(f"{SVG}text")) * scale >= 7.4


LARGE = system(200)


@pytest.mark.parametrize("name", [name for name in DRAWINGS if name != "business_flows"])
def test_large_system_can_be_read(name: str) -> None:
    """Two hundred servers: every drawing fits a sheet with letters that can be read, and has its own name and caption."""
    made = drawings(LARGE, name)
    assert [d.title for d in made if not _legible(d)] == []
    assert len({d.id for d in made}) == len({d.title for d in made}) == len(made)
    assert all(re.search("同じ内容を.+の表に示す。$", _alternative(d)) for d in made)
    if name == "composition":
        assert max(len(list(_svg(d).iter(f"{SVG}rect"))) for d in made) < 40


@pytest.mark.parametrize("name", ["composition", "network", "connections", "interfaces", "dataflow"])
def test_words_stay_on_the_sheet(name: str) -> None:
    """No line of text begins or ends outside its drawing."""
    for drawing in drawings(LARGE, name):
        for text in _svg(drawing).iter(f"{SVG}text"):
            half = measured("".join(text.itertext())) * float(text.get("font-size", "0")) / 2
            left = float(text.get("x", "0")) - (half if text.get("text-anchor") == "middle" else 0)
            assert left >= 0
            assert left + 2 * half <= WIDTH


def test_nothing_is_left_out_of_a_large_system() -> None:
    """Every server, network, datum, screen, module and job stands in a drawing of its kind."""
    for name, kind in (
        ("composition", "servers"),
        ("network", "networks"),
        ("entities", "entities"),
        ("screens", "screens"),
        ("modules", "modules"),
        ("jobs", "jobs"),
    ):
        said = "".join(_words(drawings(LARGE, name)).split())
        things = next(sheet.things for sheet in LARGE.design if sheet.kind == kind)
        assert [thing["title"] for thing in things if thing["title"] not in said] == []


def test_same_data_make_the_same_drawings() -> None:
    """Byte by byte, when everything is made again."""
    first = [(d.id, d.title, d.image) for d in _all(system(30))]
    diagrams.svg.cache_clear()
    words._fitted.cache_clear()
    assert [(d.id, d.title, d.image) for d in _all(system(30))] == first


def test_lines_are_broken_between_words() -> None:
    """A Latin word is not torn and a last letter not left alone where lines that are hardly shorter avoid it."""
    assert words.fitted("住民記録用LAN0", 7, 3) == ["住民記録用", "LAN0"]
    assert words.fitted("個人番号利用事務系", 8, 3)[-1] not in ("系", "務系")
    assert words.fitted("\x07鐘", 8, 3) == ["鐘"]
    for width in range(5, 12):
        assert not any(
            line.startswith("、") for line in words.fitted("通知サービス（主）、検索、夜間の処理（副）、他", width, 9)
        )


def test_parts_are_of_like_size() -> None:
    """Items keep their order, no part is larger than allowed, and the last is not much smaller than the others."""
    parts = list(packed(((n, 1) for n in range(25)), 12))
    assert [len(part) for part in parts] == [9, 9, 7]
    assert [n for part in parts for n in part] == list(range(25))


def test_net_is_divided_by_what_belongs_together() -> None:
    """What hangs together and belongs together is in one part; each line is drawn in one part only."""
    keys = tuple(f"{group}{n}" for group in "ab" for n in range(4))
    lines = (*(Line(f"{g}{n}", f"{g}{n + 1}") for g in "ab" for n in range(3)), Line("a0", "b3"))
    net = Net(keys, lines, {key: key[0] for key in keys})
    parts = divided(net, 5)
    assert parts == [["a0", "a1", "a2", "a3"], ["b0", "b1", "b2", "b3"]]
    assert [len(part) for part in shares(net, parts)] == [4, 3]
