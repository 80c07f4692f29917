"""Diagrams: the same drawing for the same data, and names in it that are only names."""

from __future__ import annotations

import base64
import datetime as dt
import re
import subprocess
from collections.abc import Callable

import pytest
from lxml import etree

from generator.documents import diagrams
from generator.documents.diagrams import drawn_with, kept_in, phrases, support_diagram, svg
from generator.documents.structure import support_structure
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.problems import NohinError
from tests.support import CONTRACT, WHOLE, Project, whole_project

STAFF = f"{CONTRACT}/staff.yml"


def _drawing(there: Project) -> str:
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    image = str(support_diagram(contract, support_structure(contract, dt.date(2026, 5, 1))))
    data = re.fullmatch(r'<img class="diagram" alt="[^"]+" src="data:image/svg\+xml;base64,([^"]+)">', image)
    assert data is not None
    return base64.b64decode(data[1]).decode()


def _words(drawing: str) -> str:
    return "".join("".join(etree.fromstring(drawing.encode()).itertext()).split())


def test_structure_in_words(project: Callable[..., Project]) -> None:
    """Sides, roles, people, numbers and the order of contact are text in the drawing."""
    words = _words(_drawing(project(whole_project())))
    for said in (
        "発注者",
        "見本市",
        "受注者",
        "見本社",
        "監督職員",
        "業務責任者",
        "見本太郎",
        "00-0000-0001",
        "①障害連絡",
    ):
        assert said in words


HOSTILE = [
    "<script>alert(1)</script>",
    "</TD></TR></TABLE>>]; x [label=y",
    '"]; evil [label="x',
    "\\N \\G \\L \\n",
    "&lt;b&gt; &amp;lt; &#60;",
    "{{ 7 * 7 }} | { a | b }",
    "𠮷野😀 עברית العربية",
    "long" * 100,
    "--> <!-- x -->",
    "<B>太字</B><IMG SRC='/etc/passwd'/>",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_are_names(project: Callable[..., Project], text: str) -> None:
    """Whatever a role, a person or an arrow is called, the drawing says just that and nothing else happens."""
    quoted = "'" + text.replace("'", "''") + "'"
    staff = WHOLE[STAFF].replace("title: 業務責任者", f"title: {quoted}").replace("name: 見本 太郎", f"name: {quoted}")
    staff = staff.replace("label: 障害連絡", f"label: {quoted}")
    drawing = _drawing(project(whole_project({STAFF: staff, "data/vendors/mihon-sha.yml": f"name: {quoted}\n"})))
    names = {etree.QName(node).localname for node in etree.fromstring(drawing.encode()).iter(etree.Element)}
    assert names <= {"svg", "g", "title", "polygon", "path", "text", "ellipse", "polyline"}
    assert _words(drawing).count("".join(text.split())) == 4


def test_drawing_comes_from_data_alone(project: Callable[..., Project]) -> None:
    """The same data make the same drawing, without dates or versions in it."""
    drawing = _drawing(project(whole_project()))
    svg.cache_clear()
    assert _drawing(project(whole_project(), "again")) == drawing
    assert "<!--" not in drawing
    assert "graphviz" not in drawing.lower()


def test_text_that_is_no_drawing() -> None:
    """What Graphviz refuses is a broken environment, not a picture of an error."""
    with pytest.raises(NohinError, match="図を描けませんでした"):
        svg("digraph {")


def test_graphviz_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Graphviz the message says what to install."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(NohinError, match="graphviz を入れてください"):
        svg("digraph { unseen }")


class _Shelf(dict[str, bytes]):
    """A store in memory."""

    def put(self, name: str, content: bytes) -> None:
        self[name] = content


def test_what_was_drawn_before_is_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store gets a drawing under its text, and later gives the same drawing without Graphviz."""
    text, shelf = 'digraph { shelf [label="棚"] }', _Shelf()
    svg.cache_clear()
    with kept_in(shelf):
        drawing = svg(text)
    assert list(shelf) == [text]
    svg.cache_clear()
    monkeypatch.setattr(diagrams, "_graphviz", None)
    with kept_in(shelf):
        assert svg(text) == drawing


def test_nothing_is_kept_outside_the_block() -> None:
    """A drawing that is made when no store is at hand leaves none behind, also after an error inside a block."""
    shelf = _Shelf()
    svg.cache_clear()
    with pytest.raises(NohinError), kept_in(shelf):
        svg("digraph {")
    svg("digraph { outside }")
    assert shelf == {}


def test_tools_of_a_drawing_are_named() -> None:
    """Graphviz's version and the file of its font are among them; how long it took is not."""
    said = drawn_with()
    drawn_with.cache_clear()
    assert drawn_with() == said
    version = subprocess.run(["dot", "-V"], capture_output=True, check=True).stderr
    assert version.strip() in said
    assert b"BIZUDPGothic" in said
    assert "納品 Nohin 123" in said.decode()


@pytest.mark.parametrize("text", ["", "業務責任者", "情報セキュリティ責任者（公共サービス部）", "a" * 50, "、。（「"])
def test_lines_keep_every_character(text: str) -> None:
    """Breaking a name into lines loses none of it."""
    assert "".join(phrases(text)) == text
