"""Why a document is otherwise: what it is made from, else what its due items are computed of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from generator.documents.changenames import Sides
from generator.history.comparison import ADDED, CHANGED, Change
from generator.outputs.preview.causes import Causes

ROOM = "data/contracts/mihon"
SERVER = Change(
    CHANGED, f"{ROOM}/design/servers.yml", "design/servers", ("servers", "*", "cpu"), ("甲",), ("a",), "8", "16"
)
CHANGE = Change(ADDED, f"{ROOM}/records/changes/2026-001.yml", "records/changes", (), (), (), None, {"title": "増強"})
PLAN = Change(CHANGED, f"{ROOM}/plan.yml", "plan", ("tasks", "*", "title"), ("点検",), ("a",), "点検", "検査")


def _document(*sources: str) -> Any:
    return SimpleNamespace(sources=sources, entry=None, kind=None)


@pytest.mark.parametrize(
    ("changes", "sources", "cause"),
    [
        ([SERVER, CHANGE], [SERVER.file], "サーバの変更"),
        ([SERVER, CHANGE], [f"{ROOM}/plan.yml"], "システム変更「2026-001　増強」の追加"),
        ([SERVER, PLAN], [f"{ROOM}/contract.yml"], "サーバ・年間計画のいずれかの変更"),
    ],
    ids=["made from it", "a due item of it", "nobody knows"],
)
def test_the_cause(changes: list[Change], sources: list[str], cause: str) -> None:
    """A list of due items says something else because of the record, never because of a server."""
    assert Causes(changes, Sides(None, None)).of(_document(*sources)) == cause
