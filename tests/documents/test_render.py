"""Templates that go wrong: a problem at the template's own line, whatever they try."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.documents.kinds import discover
from generator.documents.plan import plan
from generator.documents.render import body, environment
from generator.documents.templates import TemplateFolders
from generator.history.revisions import Revisions
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.problems import Problem
from tests.support import Project, whole_project

PATH = "templates/documents/letter.html.j2"
FRONT = "---\ntitle: 通知書\nper: contract\ndata: [contract]\nalways: true\n---\n"
"""Six lines: the first line of a body is line 7."""


def _rendered(there: Project) -> tuple[str | None, list[Problem]]:
    folders = TemplateFolders(there.root)
    kinds, problems = discover(folders)
    assert problems == []
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    (document,) = [d for d in plan(contract, kinds, (), dt.date(2026, 5, 1)) if d.kind.id == "letter"]
    made, found = body(environment(folders), document, Revisions(()), (), dt.date(2026, 5, 1))
    return (made.html if made else None), found


def test_good_template(project: Callable[..., Project]) -> None:
    """Data reaches the body as text."""
    html, problems = _rendered(project(whole_project({PATH: FRONT + "<p>{{ head.title }}</p>\n"})))
    assert (html, problems) == ("<p>見本業務委託</p>", [])


BROKEN = [
    pytest.param("<p>\n{% if %}\n</p>", 8, "Expected an expression", id="syntax"),
    pytest.param("<p>\n\n{% for x in y %}", 9, "Unexpected end of template", id="left open"),
    pytest.param("<p>\n{{ nothing }}\n</p>", 8, "'nothing' is undefined", id="undefined name"),
    pytest.param("\n\n{{ head.titel }}", 9, "has no attribute 'titel'", id="undefined attribute"),
    pytest.param("{{ head.title | upcase }}", 7, "No filter named 'upcase'", id="unknown filter"),
    pytest.param("\n{{ 1 / 0 }}", 8, "division by zero", id="arithmetic"),
    pytest.param("\n{{ head.title + 1 }}", 8, "can only concatenate str", id="types"),
    pytest.param("\n{{ [][3] }}", 8, "has no element 3", id="index"),
    pytest.param("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 7, "recursion", id="endless recursion"),
    pytest.param(
        "\n{{ ''.__class__.__mro__ }}", 8, "access to attribute '__class__' of 'str' object is unsafe", id="class"
    ),
    pytest.param("\n{{ annual_plan.__globals__ }}", 8, "'__globals__' of 'function' object is unsafe", id="globals"),
    pytest.param(
        "\n{{ ''|attr('__class__') }}", 8, "access to attribute '__class__' of 'str' object is unsafe", id="attr"
    ),
    pytest.param("\n{{ '{0.__class__}'.format(1) }}", 8, "access to attribute '__class__'", id="format"),
    pytest.param("\n{{ contract.files.append('x') }}", 8, "has no attribute 'append'", id="changing a record"),
    pytest.param(
        "\n{{ [].append(1) }}", 8, "access to attribute 'append' of 'list' object is unsafe", id="changing a list"
    ),
    pytest.param("\n{{ range(10 ** 9) }}", 8, "Range too big", id="endless range"),
    pytest.param("\n{% include 'documents/nothing.j2' %}", 8, "documents/nothing.j2", id="missing include"),
    pytest.param("\n{% include '../data/vendors/mihon-sha.yml' %}", 8, "mihon-sha.yml", id="include from outside"),
    pytest.param("\n{% include '/etc/hostname' %}", 8, "/etc/hostname", id="include of an absolute name"),
]


@pytest.mark.parametrize(("template", "line", "said"), BROKEN)
def test_broken_template_is_told_at_its_line(
    project: Callable[..., Project], template: str, line: int, said: str
) -> None:
    """Mistakes and attempts to get out of the sandbox are problems at the line of the file."""
    html, (problem,) = _rendered(project(whole_project({PATH: FRONT + template})))
    assert html is None
    assert (problem.source.path, problem.source.line, problem.code) == (PATH, line, "TPL002")
    assert problem.message.startswith("ひな形を使えません: ")
    assert said in problem.message


def test_error_in_an_included_template_is_told_there(project: Callable[..., Project]) -> None:
    """An error in a part that several templates share is told in that part's file, at its own line."""
    files = {PATH: FRONT + "{% include 'parts/foot.html.j2' %}", "templates/parts/foot.html.j2": "<p>\n{{ nothing }}"}
    _, (problem,) = _rendered(project(whole_project(files)))
    assert (problem.source.path, problem.source.line) == ("templates/parts/foot.html.j2", 2)


def test_vendor_text_is_never_a_template(project: Callable[..., Project]) -> None:
    """Braces in data are characters, and so are angle brackets."""
    text = "{{ 7 * 7 }} {% if %} <b>&amp;</b>"
    files = {
        "data/vendors/mihon-sha.yml": f"name: '{text}'\n",
        PATH: FRONT + "{{ vendor.name }}|{{ vendor.name | upper }}",
    }
    html, problems = _rendered(project(whole_project(files)))
    assert problems == []
    assert html is not None
    assert html.split("|")[0] == "{{ 7 * 7 }} {% if %} &lt;b&gt;&amp;amp;&lt;/b&gt;"
    assert "<" not in html
