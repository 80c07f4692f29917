"""Every kind of document, made of records of every kind: with the least, with everything, and with hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

from generator.documents.kinds import discover
from generator.documents.templates import TemplateFolders
from tests.documents.filled import files
from tests.support import CONTRACT, ROOT, WHOLE, Project, documents, whole_project

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> & \"' {{ 7*7 }} {% raw %} ]]> =1+1 [x](javascript:alert(1)) "
    "\u202eمرحبا\u202c 😀 𠮷槗 ＡＢ１２ " + "長" * 5000
)
KINDS = sorted(discover(TemplateFolders(ROOT))[0])
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
ASKED = WHOLE[DELIVERABLES] + (
    f"  - no: all\n    title: すべての文書\n    documents: [{', '.join(KINDS)}]\n    due:\n      - each: month\n        on: 10 of next month\n"
)


def _bodies(project: Callable[..., Project], text: str, least: bool = False) -> dict[str, str]:
    """The first document of each kind; what a kind wants said besides is not asked for here."""
    there = project(whole_project({**files(text, least), DELIVERABLES: ASKED}))
    found: dict[str, str] = {}
    for name, body in documents(there.root, "2026-06-01", strict=False).items():
        document = name.partition("/")[2]
        kind = max((kind for kind in KINDS if f"{document}-".startswith(f"{kind}-")), key=len)
        found[kind] = found.get(kind, "") + body
    return found


CONDITIONAL = {"disposal-certificate", "disposal-report", "disposal-notice", "custody-request", "custody-return"} | {
    "subcontract-status",
    "inspection-report",
    "outage-procedure",
    "receipt",
    "handover",
}
"""Kinds made of some records only: of what was disposed of, asked for, handed over and so on."""


def test_the_least_is_enough(project: Callable[..., Project]) -> None:
    """Records with nothing but what they must have make every kind that is made of such records."""
    assert set(KINDS) - CONDITIONAL <= set(_bodies(project, "文字", least=True))


def test_everything_is_not_too_much(project: Callable[..., Project]) -> None:
    """Records with every field filled make every kind, and what they say is in it."""
    bodies = _bodies(project, "目印のことば")
    assert set(KINDS) - CONDITIONAL <= set(bodies)
    assert sum("目印のことば" in body for body in bodies.values()) > len(KINDS) / 2


def test_text_of_others_is_text(project: Callable[..., Project]) -> None:
    """Markup, script, formulas, template code and directions of writing mean nothing in any document."""
    for kind, body in _bodies(project, HOSTILE).items():
        tree = html.fragment_fromstring(body, create_parent="div")
        assert not tree.xpath("//script | //*[@onerror] | //iframe | //object"), kind
        assert not [href for href in tree.xpath("//@href") if re.match(r"\s*javascript:", href, re.I)], kind
        assert all(src.startswith("data:image/svg+xml;base64,") for src in tree.xpath("//img/@src")), kind
        assert "49" not in tree.text_content() or "{{ 7*7 }}" in tree.text_content(), kind
