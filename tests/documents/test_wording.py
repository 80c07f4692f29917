"""The title of a paper in the words of the contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.checking import check
from generator.documents.plan import plan
from generator.documents.render import body, context, environment, render
from generator.documents.wording import subtitle
from generator.history.revisions import Revisions
from generator.rules.deadlines import due_items
from tests.support import AS_OF, CONTRACT, Project, whole_project

DAY = dt.date.fromisoformat(AS_OF)
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
DUE = "phrase: 都度, due: [{undated: 都度}]"


@pytest.mark.parametrize(
    ("listed", "kind", "below"),
    [
        (f"title: 個人情報管理体制報告書, documents: [support-structure], {DUE}", "support-structure", ""),
        (f"title: 年間計画表及びサポート体制図, {DUE}", "support-structure", "サポート体制図"),
        (f"title: 年間計画表及びサポート体制図, {DUE}", "annual-plan", "年間計画表（令和8年度）"),
        (f"title: 実施スケジュール, documents: [annual-plan], {DUE}", "annual-plan", "令和8年度"),
        (f"title: 体制の書類, documents: [support-structure, roster], {DUE}", "roster", "従事者名簿"),
        (f"title: 従事者名簿, {DUE}", "roster", ""),
    ],
)
def test_subtitle(project: Callable[..., Project], listed: str, kind: str, below: str) -> None:
    """The kind is named below the title of the list only where one row of it asks for several papers."""
    there = project(whole_project({DELIVERABLES: f"deliverables:\n  - {{no: '1', {listed}}}\n"}))
    checked = check(there.root)
    contract = checked.loaded.portfolio.contracts["mihon"]
    documents = plan(contract, checked.kinds, due_items(contract, DAY), DAY)
    (found,) = [document for document in documents if document.kind.id == kind]
    assert subtitle(found) == below


def test_the_number_of_a_form_stands_on_the_paper(project: Callable[..., Project]) -> None:
    """様式番号 is printed above the addressee where the list gives one, and not invented where it gives none."""
    listed = f"deliverables:\n  - {{no: '1', title: 体制図, documents: [support-structure], {DUE}, form: 様式第1号}}\n"
    assert '<p class="form">様式第1号</p>' in _paper(project(whole_project({DELIVERABLES: listed})))
    plain = listed.replace(", form: 様式第1号", "")
    assert "様式" not in _paper(project(whole_project({DELIVERABLES: plain}), "plain"))


def _paper(there: Project) -> str:
    checked = check(there.root)
    contract, env = checked.loaded.portfolio.contracts["mihon"], environment(checked.folders)
    (document,) = [d for d in plan(contract, checked.kinds, (), DAY) if d.kind.id == "support-structure"]
    made, _ = body(env, document, Revisions(()), (), DAY)
    values = context(document, Revisions(()), DAY) | {"body": made, "public": False}
    html, problems = render(env, "layouts/pdf.html.j2", **values)
    assert html is not None, problems
    return html
