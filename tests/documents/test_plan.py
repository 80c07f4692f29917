"""Which documents exist: for which kind, deliverable, period, record and person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from generator.checking import check
from generator.documents.kinds import discover
from generator.documents.plan import Document, kinds_of, plan
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.rules.deadlines import due_items
from tests.support import CONTRACT, WHOLE, Project, whole_project

DELIVERABLES = f"{CONTRACT}/deliverables.yml"


def _template(per: str, more: str = "") -> str:
    return f"---\ntitle: 通知書\nper: {per}\ndata: [contract]\n{more}---\n<p>本文</p>\n"


def _asking(*kinds: str) -> str:
    return WHOLE[DELIVERABLES].replace("cell: monthly", f"cell: monthly\n    documents: [{', '.join(kinds)}]", 1)


def _planned(there: Project, as_of_day: str = "2027-03-31") -> list[Document]:
    kinds, _ = discover(TemplateFolders(there.root))
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    as_of = dt.date.fromisoformat(as_of_day)
    return plan(contract, kinds, due_items(contract, as_of), as_of)


def test_nothing_is_made_that_nobody_asks_for(project: Callable[..., Project]) -> None:
    """A kind that serves no deliverable of a contract is not made for it."""
    assert _planned(project(whole_project())) == []


def test_by_title_of_the_deliverable(project: Callable[..., Project]) -> None:
    """The title in the list is enough."""
    changed = WHOLE[DELIVERABLES].replace("title: 障害報告書", "title: サポート体制図")
    (document,) = _planned(project(whole_project({DELIVERABLES: changed})))
    assert (document.id, document.deliverable and document.deliverable.no) == ("support-structure", "2")
    assert document.number == "mihon/2/support-structure"


def test_per_contract(project: Callable[..., Project]) -> None:
    """One, for the whole period."""
    files = {"templates/documents/letter.html.j2": _template("contract"), DELIVERABLES: _asking("letter")}
    (document,) = _planned(project(whole_project(files)))
    assert (document.id, document.title, document.listed_title) == ("letter", "通知書", "作業報告書")
    assert document.period is not None
    assert (str(document.period.start), str(document.period.end)) == ("2026-04-01", "2027-03-31")


def test_per_fiscal_year(project: Callable[..., Project]) -> None:
    """One per year from April to March, cut at the contract's ends."""
    head = WHOLE[f"{CONTRACT}/contract.yml"].replace("end: 2027-03-31", "end: 2028-06-30")
    files = {
        "templates/documents/letter.html.j2": _template("fiscal_year"),
        DELIVERABLES: _asking("letter"),
        f"{CONTRACT}/contract.yml": head,
    }
    documents = _planned(project(whole_project(files)))
    assert [(d.id, d.title) for d in documents] == [
        ("letter-2026", "通知書（令和8年度）"),
        ("letter-2027", "通知書（令和9年度）"),
        ("letter-2028", "通知書（令和10年度）"),
    ]
    assert [str(d.period.end) for d in documents if d.period] == ["2027-03-31", "2028-03-31", "2028-06-30"]


def test_per_month(project: Callable[..., Project]) -> None:
    """One per month."""
    files = {"templates/documents/letter.html.j2": _template("month"), DELIVERABLES: _asking("letter")}
    documents = _planned(project(whole_project(files)))
    assert len(documents) == 12
    assert (documents[0].id, documents[-1].title) == ("letter-2026-04", "通知書（令和9年3月）")


def test_per_record(project: Callable[..., Project]) -> None:
    """One per record of the kind, and its history is that record's."""
    files = {
        "templates/documents/letter.html.j2": "---\ntitle: 通知書\nper: record\nrecord: incidents\ndata: [records]\n---\n",
        DELIVERABLES: _asking("letter"),
        f"{CONTRACT}/records/incidents/障害-2.yml": "title: 別の障害\ncontacted: 2026-05-01 9:00\n",
        f"{CONTRACT}/records/changes/c1.yml": "title: 変更\nchanged: 2026-05-01\n",
    }
    documents = _planned(project(whole_project(files)))
    assert [(d.id, d.label) for d in documents] == [
        ("letter-2026-001", "送信できない"),
        ("letter-障害-2", "別の障害"),
    ]
    assert documents[0].sources == (f"{CONTRACT}/records/incidents/2026-001.yml",)


def test_per_person(project: Callable[..., Project]) -> None:
    """One per person of the staff."""
    files = {"templates/documents/letter.html.j2": _template("person"), DELIVERABLES: _asking("letter")}
    assert [(d.id, d.label) for d in _planned(project(whole_project(files)))] == [("letter-p1", "見本 太郎")]


def test_for_every_contract(project: Callable[..., Project]) -> None:
    """`always` needs no deliverable."""
    files = {"templates/documents/letter.html.j2": _template("contract", "always: true\n")}
    (document,) = _planned(project(whole_project(files)))
    assert (document.deliverable, document.listed_title, document.number) == (None, "通知書", "mihon/letter")


def test_two_deliverables_one_document(project: Callable[..., Project]) -> None:
    """A kind that two deliverables ask for is made once."""
    asked = _asking("letter").replace("no: '2'\n", "no: '2'\n    documents: [letter]\n")
    files = {"templates/documents/letter.html.j2": _template("contract"), DELIVERABLES: asked}
    assert [d.number for d in _planned(project(whole_project(files)))] == ["mihon/1/letter"]


def test_sources_are_the_files_it_is_made_from(project: Callable[..., Project]) -> None:
    """The revision history and the attachments of a document follow its manifest's `data`."""
    every = "contract, clauses, deliverables, staff, plan, checklist, submissions, terms, authority, vendor, records"
    template = _template("contract").replace("data: [contract]", f"data: [{every}]")
    (document,) = _planned(
        project(whole_project({"templates/documents/letter.html.j2": template, DELIVERABLES: _asking("letter")}))
    )
    assert document.sources == tuple(sorted(WHOLE))


def test_a_deliverable_without_a_kind_is_noticed(project: Callable[..., Project]) -> None:
    """Where documents are made of a contract, a row that none answers is a warning, unless a note says why."""
    text = (
        WHOLE[DELIVERABLES]
        .replace("title: 障害報告書", "title: 事故報告書")
        .replace("    note: 見本の書面は作らない。\n", "", 1)
    )
    (problem,) = check(project(whole_project({DELIVERABLES: text})).root).problems
    assert (problem.code, problem.severity, problem.message) == (
        "DOC002",
        "warning",
        "「作業報告書」に応える文書の種類がありません",
    )
    assert check(project(whole_project()).root).problems == []


def test_by_the_title_of_a_kind(project: Callable[..., Project]) -> None:
    """A row that bears the title of a kind is answered by it, where nothing else is named."""
    text = WHOLE[DELIVERABLES].replace("title: 障害報告書", "title: 事故報告書")
    kinds, _ = discover(TemplateFolders(project(whole_project()).root))
    contract = load(WorkingTree(project(whole_project({DELIVERABLES: text})).root)).portfolio.contracts["mihon"]
    (row,) = [deliverable for deliverable in contract.deliverables if deliverable.no == "2"]
    assert [kind.id for kind in kinds_of(row, kinds)] == ["accident-report"]
    assert [kind.id for kind in kinds_of(replace(row, documents=("notice",)), kinds)] == ["notice"]
