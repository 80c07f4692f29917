"""Problems as values, and the three ways they are reported."""

from __future__ import annotations

import json

from generator.problems import Problem, Source, has_errors, in_order, to_github, to_json, to_text

ERROR = Problem(Source("data/a.yml", 3, 5), "SCH001", "必要な項目がありません", "name: 見本市")
WARNING = Problem(Source("data/a.yml", 3, 5), "CHK006", "対応がありません", severity="warning")


def test_text() -> None:
    """`path:line:column: error|warning CODE message（hint）`, a line each."""
    assert to_text([ERROR, WARNING]) == (
        "data/a.yml:3:5: error SCH001 必要な項目がありません（name: 見本市）\n"
        "data/a.yml:3:5: warning CHK006 対応がありません\n"
    )


def test_text_is_one_line_whatever_the_message_holds() -> None:
    """Vendor text with line ends does not break the report."""
    problem = Problem(Source("a.yml"), "X", "一行目\n二行目\r\n  三行目")
    assert to_text([problem]) == "a.yml:1:1: error X 一行目 二行目 三行目\n"


def test_json() -> None:
    """The list of DESIGN section 7."""
    assert json.loads(to_json([ERROR, WARNING])) == [
        {
            "path": "data/a.yml",
            "line": 3,
            "column": 5,
            "severity": "error",
            "code": "SCH001",
            "message": "必要な項目がありません",
            "hint": "name: 見本市",
        },
        {
            "path": "data/a.yml",
            "line": 3,
            "column": 5,
            "severity": "warning",
            "code": "CHK006",
            "message": "対応がありません",
            "hint": "",
        },
    ]
    assert to_json([]) == "[]\n"


def test_github() -> None:
    """Workflow commands; what would end a command or a property is escaped."""
    problem = Problem(Source("data/a,b:c.yml", 2, 1), "X", "100%\n::error::嘘")
    assert to_github([ERROR, problem]) == (
        "::error file=data/a.yml,line=3,col=5,title=SCH001::必要な項目がありません（name: 見本市）\n"
        "::error file=data/a%2Cb%3Ac.yml,line=2,col=1,title=X::100%25%0A::error::嘘\n"
    )


def test_order() -> None:
    """By file, line and column as numbers, each problem once."""
    places = [("b.yml", 1, 1), ("a.yml", 10, 1), ("a.yml", 9, 1), ("a.yml", 9, 1), ("a.yml", 9, 10), ("a.yml", 9, 2)]
    found = in_order(Problem(Source(*place), "X", "m") for place in places)
    assert [str(p.source) for p in found] == ["a.yml:9:1", "a.yml:9:2", "a.yml:9:10", "a.yml:10:1", "b.yml:1:1"]


def test_errors_and_warnings() -> None:
    """A warning alone does not fail anything."""
    assert has_errors([WARNING, ERROR])
    assert not has_errors([WARNING])
    assert not has_errors([])
