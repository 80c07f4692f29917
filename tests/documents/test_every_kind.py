"""Every kind of document, made of records of every kind: with the least, with everything, and with hostile text."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import html

from generator.documents.kinds import discover
from generator.documents.templates import TemplateFolders
from tests.documents.filled import design, files
from tests.support import CONTRACT, ROOT, WHOLE, Project, documents, whole_project

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)> & \"' {{ 7919 * 7907 }} {% raw %} ]]> =1+1 [x](javascript:alert(1)) "
    "\u202eمرحبا\u202c 😀 𠮷槗 ＡＢ１２ " + "長" * 5000
)
KINDS = sorted(discover(TemplateFolders(ROOT))[0])
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
ASKED = WHOLE[DELIVERABLES] + (
    f"  - no: all\n    title: すべての文書\n    documents: [{', '.join(KINDS)}]\n    due:\n      - each: month\n        on: 10 of next month\n"
)


def _bodies(project: Callable[..., Project], text: str, least: bool = False) -> dict[str, str]:
    """The first document of each kind; what a kind wants said besides is not asked for here."""
    there = project(whole_project({**files(text, True), **design(text, True), DELIVERABLES: ASKED}))
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    if not least:
        there.write({**files(text), **design(text)}).commit("改める", "2026-04-06T09:00:00+09:00")
    found: dict[str, str] = {}
    for name, body in documents(there.root, "2026-06-01", strict=False).items():
        document = name.partition("/")[2]
        kind = max((kind for kind in KINDS if f"{document}-".startswith(f"{kind}-")), key=len)
        found[kind] = found.get(kind, "") + body
    return found


OF_MORE = {
    "program-manifest-delta",
    "custody-request",
    "custody-return",
    "disposal-certificate",
    "disposal-notice",
    "disposal-report",
} | {
    "handover",
    "inspection-report",
    "outage-procedure",
    "prevention-report",
    "subcontract-status",
}
"""Kinds made only of records that say more than they must: what was handed over, asked for, disposed of and so on."""


def test_the_least_is_enough(project: Callable[..., Project]) -> None:
    """Records with nothing but what they must have make every kind that is made of such records."""
    assert set(_bodies(project, "文字", least=True)) == set(KINDS) - OF_MORE


def test_everything_is_not_too_much(project: Callable[..., Project]) -> None:
    """Records with every field filled make every kind, and what they say is in it."""
    bodies = _bodies(project, "目印のことば")
    assert set(bodies) == set(KINDS)
    silent = {kind for kind, body in bodies.items() if "目印のことば" not in body}
    assert silent == NOT_OF_RECORDS


NOT_OF_RECORDS = {"annual-plan", "support-structure", "security-checklist"} | {
    "access-list",
    "emergency-contacts",
    "name-tags",
    "staff-notice",
}
"""Kinds that tell of the plan, the staff and the checklist only."""


def test_text_of_others_is_text(project: Callable[..., Project]) -> None:
    """Markup, script, formulas, template code and directions of writing mean nothing in any document."""
    bodies = _bodies(project, HOSTILE)
    assert set(bodies) == set(KINDS)
    for kind, body in bodies.items():
        tree = html.fragment_fromstring(body, create_parent="div")
        assert not tree.xpath("//script | //*[@onerror] | //iframe | //object"), kind
        assert not [href for href in tree.xpath("//@href") if re.match(r"\s*javascript:", href, re.I)], kind
        assert all(re.match("data:image/(svg[+]xml|png);base64,", src) for src in tree.xpath("//img/@src")), kind
        assert str(7919 * 7907) not in tree.text_content(), kind
