"""Procedures and their drawings: where each step leads, what is wrong with it, and lines that run through no box."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generator.documents.diagrams import svg
from generator.documents.flows import check, flow_diagrams, flow_steps, procedures
from generator.documents.linebreaks import measured, wrapped
from generator.documents.swimlanes import Arrow, Box, dot
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract, Entry
from tests.support import CONTRACT, ROOT, Project, whole_project

PATH = f"{CONTRACT}/records/procedures/uketsuke.yml"
REVIEW = """\
title: 申請の審査
established: 2026-04-01
steps:
  - {id: take, actor: 従事者, text: 受け付ける}
  - id: ask
    actor: 従事者
    text: 不備があるか
    decision: true
    next:
      - {to: mend, label: 不備あり}
      - {to: pass, label: 不備なし}
  - {id: mend, actor: 施設, text: 補正する, next: [{to: take}]}
  - {id: pass, actor: 責任者, text: 承認する}
"""


def _contract(project: Callable[..., Project], text: str) -> Contract:
    loaded = load(WorkingTree(project(whole_project({PATH: text})).root))
    assert loaded.problems == []
    return loaded.portfolio.contracts["mihon"]


def _entry(steps: list[dict[str, Any]], title: str = "手順") -> Entry:
    return Entry(kind="procedures", id="x", values={"title": title, "steps": steps})


def _step(name: str, actor: str = "甲", text: str = "行う", **more: Any) -> dict[str, Any]:
    return {"id": name, "actor": actor, "text": text, **more}


def _drawings(entry: Entry) -> list[str]:
    images = (re.search(r'base64,([^"]+)"', image) for image in flow_diagrams(entry))
    return [base64.b64decode(found[1]).decode() for found in images if found]


def _words(drawing: str) -> list[str]:
    texts = etree.fromstring(drawing.encode()).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(text.itertext()).strip() for text in texts]


def test_where_each_step_leads(project: Callable[..., Project]) -> None:
    """A step leads where it says, else to the next row; the last one ends the procedure."""
    (entry,) = procedures(_contract(project, REVIEW))
    said = [[way.said for way in step.ways] for step in flow_steps(entry)]
    assert said == [["→ 2"], ["不備あり → 3", "不備なし → 4"], ["→ 1"], ["→ 終了"]]


def test_an_empty_list_ends_the_procedure() -> None:
    """A step in the middle says with an empty `next` that nothing follows."""
    steps = flow_steps(_entry([_step("a", next=[{"to": "c"}]), _step("b", next=[]), _step("c")]))
    assert [step.ways[0].to for step in steps] == [2, None, None]


def test_procedures_stand_in_their_own_order(project: Callable[..., Project]) -> None:
    """By `order`; those without one come last, by id."""
    files = {
        f"{CONTRACT}/records/procedures/{name}.yml": f"title: {name}\nestablished: 2026-04-01\n{order}"
        "steps: [{id: a, actor: 甲, text: 行う}]\n"
        for name, order in (("a", ""), ("b", "order: 2\n"), ("c", "order: 1\n"), ("d", ""))
    }
    loaded = load(WorkingTree(project(whole_project(files)).root))
    assert [e.id for e in procedures(loaded.portfolio.contracts["mihon"])] == ["c", "b", "a", "d"]


WRONG = [
    pytest.param(
        "{to: mend, label", "{to: mand, label", "10:14", "error FLW001", "行き先の手順「mand」がありません", id="lost"
    ),
    pytest.param("{id: pass,", "{id: take,", "13:10", "error FLW003", "手順の記号「take」が二つあります", id="doubled"),
    pytest.param("next: [{to: take}]", "next: []", "", "", "", id="reached by another way"),
    pytest.param(
        "      - {to: pass, label: 不備なし}\n",
        "",
        "12:10",
        "warning FLW002",
        "手順「pass」に、最初の手順からたどり着けません",
        id="unreachable",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "code", "message"), WRONG)
def test_what_is_wrong_is_told_at_its_place(
    project: Callable[..., Project], old: str, new: str, place: str, code: str, message: str
) -> None:
    """A way to nowhere, a step nobody comes to and a name used twice, each at its line; a good procedure is left alone."""
    assert old in REVIEW
    text = REVIEW.replace(old, new)
    if code == "error FLW003":
        text = text.replace("{to: pass, label", "{to: mend, label")
    found = [
        (f"{p.source.line}:{p.source.column}", f"{p.severity} {p.code}", p.message)
        for p in check(_contract(project, text))
    ]
    assert found == ([(place, code, message)] if code else [])


def test_what_was_meant_is_guessed(project: Callable[..., Project]) -> None:
    """The nearest step is offered, where there is a near one."""
    (problem,) = check(_contract(project, REVIEW.replace("{to: mend,", "{to: mand,")))
    assert problem.hint == "mend ではありませんか"


def test_drawing_says_what_the_procedure_says(project: Callable[..., Project]) -> None:
    """Actors, steps with their numbers, conditions, beginning and end stand in the drawing; a decision is a diamond."""
    (entry,) = procedures(_contract(project, REVIEW))
    (drawing,) = _drawings(entry)
    words = _words(drawing)
    assert words[:3] == ["従事者", "施設", "責任者"]
    for said in ("1.受け付ける", "2.不備があるか", "3.補正する", "4.承認する", "不備あり", "不備なし", "開始", "終了"):
        assert said in words
    arrows = re.findall(r"<title>(s\d+)&#45;&gt;(s\d+)</title>", drawing)
    assert arrows == [("s0", "s1"), ("s1", "s2"), ("s2", "s3"), ("s2", "s4"), ("s3", "s1"), ("s4", "s5")]
    assert "申請の審査の業務フロー（手順1から4まで）。担当は従事者、施設、責任者。" in str(flow_diagrams(entry)[0])


def test_a_long_procedure_has_several_drawings() -> None:
    """No drawing is taller than a sheet; a way to another one ends at the number of the step it leads to."""
    steps = [_step(f"s{n}") for n in range(30)]
    steps[20]["next"] = [{"to": "s0", "label": "やり直し"}, {"to": "s21"}]
    words = [_words(drawing) for drawing in _drawings(_entry(steps))]
    assert [("開始" in w, "終了" in w) for w in words] == [(True, False), (False, False), (False, True)]
    assert [[one for one in w if re.fullmatch(r"\d+へ", one)] for w in words] == [["11へ"], ["21へ"], ["1へ"]]
    assert sum(one.endswith(".行う") for w in words for one in w) == 30


def test_parts_keep_the_order_of_the_lanes() -> None:
    """Each drawing has the lanes of its own steps, in the order in which the procedure first names them."""
    actors = ["甲", "乙", "丙", *["甲"] * 5, "丙", *["乙"] * 3]
    first, second = (_words(d) for d in _drawings(_entry([_step(f"s{n}", a) for n, a in enumerate(actors)])))
    assert (first[:3], second[:3]) == (["甲", "乙", "丙"], ["甲", "乙", "丙"])


def test_lane_with_more_to_say_is_wider() -> None:
    """Room goes where the words are, so that the drawing is low; nothing is cut that need not be."""
    busy = [Box(0, "書類を受け付け、記録して次の担当へ渡す"), *[Box(1, "確かめる")] * 3]
    text = dot(["甲", "乙"], [*busy, Box(0, "不備があるかを手順書によって判断する", "diamond")], [])
    wide = {name: float(width) for kind, name, _, _, width, _ in _NODE.findall(text) if kind == "s"}
    assert wide["0"] > wide["1"]
    assert "…" not in text


def test_many_actors_are_named_in_the_boxes() -> None:
    """Where lanes would be too narrow, each box says who does it."""
    (drawing,) = _drawings(_entry([_step(f"s{n}", f"第{n}課") for n in range(8)]))
    words = _words(drawing)
    assert words[0] == "担当は枠の中"
    assert [one for one in words if "課" in one] == [f"{n + 1}.第{n}課" for n in range(8)]


def test_ways_between_the_same_steps_are_one_arrow() -> None:
    """Two conditions that lead to the same step share an arrow and are both written on it."""
    ways = [{"to": "b", "label": "可"}, {"to": "b", "label": "条件付き"}]
    (drawing,) = _drawings(_entry([_step("a", next=ways, decision=True), _step("b")]))
    assert "可・条件付き" in _words(drawing)
    assert drawing.count("<title>s1&#45;&gt;s2</title>") == 1


HOSTILE = [
    "<script>alert(1)</script>",
    '"]; evil [label="x',
    "\\N \\G \\L \\n",
    "&lt;b&gt; &amp;lt; &#60;",
    "{{ 7 * 7 }} | { a }",
    "=HYPERLINK(1)",
    "𠮷野😀 槗本",
    "עברית العربية",
    "\u202eabc\u202c",
    "--> <!-- x -->",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_names(text: str) -> None:
    """Whatever an actor, a step or a condition is called, the drawing says just that and nothing else happens."""
    ways = [{"to": "b", "label": text}, {"to": "a"}]
    (drawing,) = _drawings(_entry([_step("a", text, next=ways), _step("b", "乙", f"{text}を"), _step("c")], text))
    names = {etree.QName(node).localname for node in etree.fromstring(drawing.encode()).iter(etree.Element)}
    assert names <= {"svg", "g", "title", "polygon", "path", "text", "ellipse", "polyline"}
    said = "".join("".join(_words(drawing)).split())
    assert said.count("".join(text.split())) == 3


@pytest.mark.parametrize("text", ["長" * 5000, "w" * 5000, "長い 語の\n" * 1000], ids=["kanji", "latin", "lines"])
def test_what_is_too_long_is_cut(text: str) -> None:
    """A box keeps its size whatever is written in it; what is left out is marked, and stands in the table."""
    (drawing,) = _drawings(_entry([_step("a", text, text, next=[{"to": "a", "label": text}], decision=True)]))
    height = re.search(r'<svg width="\d+pt" height="(\d+)pt"', drawing)
    assert height is not None
    assert int(height[1]) < 400
    assert sum(word.endswith("…") for word in _words(drawing)) == 3


def test_drawing_comes_from_data_alone() -> None:
    """The same procedure makes the same drawing."""
    entry = _entry([_step("a"), _step("b", "乙", next=[{"to": "a"}])])
    drawings = _drawings(entry)
    svg.cache_clear()
    assert _drawings(entry) == drawings


def test_a_check_loads_nothing_that_draws() -> None:
    """The rules of a procedure know its steps only."""
    code = "import sys, generator.documents.flows; print([name for name in sys.modules if 'diagrams' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"


@st.composite
def _charts(draw: st.DrawFn) -> tuple[int, list[Box], list[Arrow]]:
    lanes = draw(st.integers(1, 6))
    shapes = st.sampled_from(["box", "diamond", "ellipse"])
    texts = st.sampled_from(["確かめる", "書類を受け付け、記録して次の担当へ渡す", "不備があるか", "w" * 60])
    boxes = draw(st.lists(st.builds(Box, st.integers(0, lanes - 1), texts, shapes), min_size=1, max_size=12))
    row = st.integers(0, len(boxes) - 1)
    labels = st.sampled_from(["", "不備あり", "差し戻されて再び審査を受ける場合"])
    arrows = draw(st.lists(st.builds(Arrow, row, row, labels), max_size=16, unique_by=lambda a: (a.start, a.end)))
    return lanes, boxes, arrows


_NODE = re.compile(
    r'^(s|l)(\d+(?:_\d+)?) \[.*?pos="([-\d.]+),([-\d.]+)", width=([\d.]+), height=([\d.]+)', re.MULTILINE
)
_EDGE = re.compile(r'^s(\d+) -> s(\d+) \[pos="e,([^ ]+) ([^"]+)"\]', re.MULTILINE)
_SHEET = re.compile(r'bb="0,(-[\d.]+),([\d.]+),0", pad')

Rectangle = tuple[float, float, float, float]


def _rectangles(text: str) -> dict[str, Rectangle]:
    """The places of boxes and labels: left, bottom, right, top."""
    found = {}
    for kind, name, *numbers in _NODE.findall(text):
        x, y, wide, high = map(float, numbers)
        found[kind + name] = (x - wide * 36, y - high * 36, x + wide * 36, y + high * 36)
    return found


def _meet(one: Rectangle, other: Rectangle, slack: float = 0.5) -> bool:
    apart = one[2] <= other[0] + slack or other[2] <= one[0] + slack
    return not (apart or one[3] <= other[1] + slack or other[3] <= one[1] + slack)


@settings(max_examples=60)
@given(_charts())
def test_nothing_lies_upon_a_box(chart: tuple[int, list[Box], list[Arrow]]) -> None:
    """No line runs through a box it does not belong to, no box or label lies upon another box, and all is on the sheet."""
    lanes, boxes, arrows = chart
    text = dot([f"担当{n}" for n in range(lanes)], boxes, arrows)
    places, sheet = _rectangles(text), _SHEET.search(text)
    assert sheet is not None
    assert len([name for name in places if name[0] == "s"]) == len(boxes)
    assert len(_EDGE.findall(text)) == len(arrows)
    for name, place in places.items():
        assert min(place[0], place[1] - float(sheet[1]), float(sheet[2]) - place[2], -place[3]) >= 0, "off the sheet"
        assert not [o for o, other in places.items() if o != name and o[0] == "s" and _meet(place, other)]
    for start, end, _, points in _EDGE.findall(text):
        path = [tuple(map(float, point.split(","))) for point in points.split()][::3]
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(path)), "a slanting line"
        others = [place for name, place in places.items() if name[0] == "s" and name not in (f"s{start}", f"s{end}")]
        for (x, y), (u, v) in pairwise(path):
            line = (min(x, u) - 0.6, min(y, v) - 0.6, max(x, u) + 0.6, max(y, v) + 0.6)
            assert not [place for place in others if _meet(line, place)]


@given(st.text(alphabet="審査しょうーアプリ。、（）abcMW 𠮷\u0301", max_size=80), st.integers(3, 20))
def test_lines_keep_their_width(text: str, width: int) -> None:
    """With room enough nothing is lost, and no line is wider than its place but for a mark that may not begin a line."""
    lines = wrapped(text, width, 200)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measured(line.rstrip("ぁょーしう。、（）")) <= width + 1 for line in lines)


def test_picture_has_words_for_those_who_do_not_see_it() -> None:
    """The alternative text names title, steps and actors, whatever characters are in them."""
    (image,) = flow_diagrams(_entry([_step("a", '"甲"<b>')], "受付"))
    found = etree.fromstring(str(image).replace('">', '"/>'))
    assert found.get("alt") == '受付の業務フロー（手順1から1まで）。担当は"甲"<b>。内容と行き先は手順の表のとおり。'
