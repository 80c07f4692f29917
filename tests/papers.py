"""A small contract with every sort of document, shown in this process: for tests of the pages about documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from lxml import html
from lxml.html import HtmlElement

from generator.checking import check
from generator.documents.render import environment
from generator.outputs.shown import Past, Shown, Site, show
from generator.problems import has_errors
from tests.support import AS_OF, CONTRACT, WHOLE, Files, Project, whole_project

_DOCUMENTS = "templates/documents"


def _template(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "<p>本文</p>", ""])


PAPERS: dict[str, str] = {
    f"{_DOCUMENTS}/monthly.html.j2": _template(
        "月報", "per: period", "records: [work]", "data: [contract, records]", "shelf: reports", "summary: 月の報告。"
    ),
    f"{_DOCUMENTS}/letter.html.j2": _template(
        "障害の報告", "per: record", "record: incidents", "form: letter", "data: [records]", "shelf: incidents"
    ),
    f"{_DOCUMENTS}/chart.html.j2": _template("体制表", "per: contract", "data: [staff]", "shelf: plan"),
    f"{_DOCUMENTS}/whole-book.html.j2": _template(
        "設計書", "per: contract", "scope: full", "data: [contract]", "order: 1", "shelf: books"
    ),
    f"{_DOCUMENTS}/part-book.html.j2": _template(
        "設計書（差分）",
        "per: record",
        "record: changes",
        "scope: delta",
        "data: [records]",
        "order: 2",
        "shelf: books",
    ),
    f"{_DOCUMENTS}/receipt-of-things.html.j2": _template(
        "控え", "per: record", "record: custody", "data: [records]", "shelf: information"
    ),
    f"{_DOCUMENTS}/handed-list.html.j2": _template("台帳", "per: contract", "data: [contract]"),
    f"{CONTRACT}/deliverables.yml": WHOLE[f"{CONTRACT}/deliverables.yml"]
    .replace("cell: monthly", "cell: monthly\n    documents: [monthly]", 1)
    .replace("title: 障害報告書", "title: 障害報告書\n    documents: [letter]")
    + """\
  - no: '3'
    title: 設計書
    documents: [whole-book, part-book]
    due:
      - event: changes
        within: 2 weeks of event.changed
        scope: delta
      - each: fiscal_year
        on: period.end
        scope: full
  - no: '10'
    title: 体制
    documents: [chart]
    due: [{undated: 速やかに}]
  - no: receipt
    title: 資料の控え
    listed: false
    documents: [receipt-of-things]
    condition: 資料を預かった場合
    due: [{undated: 速やかに}]
  - no: list
    title: 台帳
    listed: false
    documents: [handed-list]
  - no: parts
    title: 部品の引渡し
    listed: false
    due: [{undated: 直ちに}]
  - no: inspection
    title: 検査
    listed: false
    obligor: authority
    phrase: 提出から10日以内
    due: [{undated: 期限の定めなし}]
""",
    f"{CONTRACT}/records/changes/2026-001.yml": (
        "title: 認証基盤の更新とそれに伴う長い長い名の付いた保存領域の拡張\nchanged: 2026-04-20\n"
        "unchanged: 設計は変わらない。\n"
    ),
    f"{CONTRACT}/records/work/2026-04-10.yml": (
        "title: 定期点検\nstart: 2026-04-10 13:00\nend: 2026-04-10 15:30\npeople: [p1]\ncontent: 見た。\n"
    ),
    f"{CONTRACT}/submissions.yml": """\
submissions:
  - deliverable: '1'
    due: 2026-05-10
    date: 2026-04-30
    by: 見本 太郎
    commit: 0123456789012345678901234567890123456789
    files:
      - document: monthly-2026-04
        path: deliverables/mihon/1-monthly-2026-04.pdf
        sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        pages: 2
  - deliverable: '2'
    event: incidents/2026-001
    date: 2026-04-30
    returned: 2026-05-01
    reason: 原因が書かれていない。
  - deliverable: '10'
    date: 2026-04-02
    accepted: 2026-04-03
  - deliverable: inspection
    date: 2026-05-01
""",
}
"""The files that make the whole project of `support` one with documents of every sort."""


def shown(project: Callable[..., Project], changes: Files | None = None, as_of: str = AS_OF) -> tuple[Site, Shown]:
    """The contract of such a project as the outputs show it; nothing is typeset and no site is built."""
    there = project(whole_project({**PAPERS, **(changes or {})}))
    day = dt.date.fromisoformat(as_of)
    checked = check(there.root, as_of=day)
    assert not has_errors(checked.problems), checked.problems
    site = Site(environment(checked.folders), checked.folders, day)
    (contract,) = checked.loaded.portfolio.contracts.values()
    found = show(contract, checked.kinds, Past(), site)
    assert not site.problems, site.problems
    return site, found


def parsed(pages: Mapping[str, str], path: str) -> HtmlElement:
    """The HTML inside a page's Markdown."""
    return html.fromstring(f"<div>{pages[path]}</div>")


def text(element: HtmlElement) -> str:
    """What is to be read in an element, its pieces and blanks one blank apart."""
    return " ".join(" ".join(element.itertext()).split())
