"""情報セキュリティ対策チェックリスト: every item of the terms, and how far the answers are."""

from __future__ import annotations

from collections.abc import Callable

from generator.documents.checklist import checklist
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import CONTRACT, Project, whole_project


def _contract(project: Callable[..., Project], changes: dict[str, str] | None = None) -> Contract:
    return load(WorkingTree(project(whole_project(changes)).root)).portfolio.contracts["mihon"]


def test_unanswered_item_stays_blank(project: Callable[..., Project]) -> None:
    """Every item of the terms is listed; an answer that is not written is blank and counted as such."""
    view = checklist(_contract(project, {f"{CONTRACT}/checklist.yml": "answers: []\n"}))
    ((title, (row,)),) = view.groups
    assert (title, row.item.text) == ("別記　情報取扱特記事項", "秘密は守られているか。")
    assert (row.answer.answer, row.answer.date, row.person) == (None, None, "")
    assert view.counts == {"○": 0, "×": 0, "対象外": 0, "未記入": 1}
    assert checklist(_contract(project)).counts["○"] == 1
