"""What templates ask of a contract: words for its ids."""

from __future__ import annotations

from collections.abc import Callable

from generator.documents.annualplan import phrase
from generator.documents.views import (
    answer_text,
    label,
    person_name,
    printed,
    role_title,
    type_title,
)
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Contract
from tests.support import Project, whole_project


def _contract(project: Callable[..., Project], changes: dict[str, str] | None = None) -> Contract:
    return load(WorkingTree(project(whole_project(changes)).root)).portfolio.contracts["mihon"]


def test_words(project: Callable[..., Project]) -> None:
    """Ids become the words people know; what is not there becomes nothing."""
    contract = _contract(project)
    assert (person_name(contract, "p1"), person_name(contract, None)) == ("見本 太郎", "")
    assert (role_title(contract, "manager"), role_title(contract, "x")) == ("業務責任者", "")
    assert (phrase(contract, "1"), phrase(contract, "9")) == ("毎月末から10日以内", "")
    assert (printed(contract, "1-1"), printed(contract, None)) == ("1-1", "")
    assert [answer_text(contract, answer) for answer in contract.clauses[1].answers] == [
        "納品物件　1 作業報告書",
        "記録　障害",
        "計画　定期点検",
        "役割　業務責任者",
        "電話でも知らせる。",
    ]
    assert label("clauses", "clauses.*.kind", "right") == "権利"
    assert label("clauses", "clauses.*.kind", None) == ""
    assert type_title({"type": "date"}) == "日付"
    assert type_title({"type": "string", "allowed": ["○", "×"]}) == "○、×"
