"""What is ready, what lacks something, what is late: in words and for a machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from generator.outputs.due.report import NOTHING, to_json, to_text
from tests.owed import Owed, owed
from tests.support import Project


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Owed:
    """The project as it is; no test changes it."""
    return owed(Project(tmp_path_factory.mktemp("owed")).write)


def test_text_says_every_item_below_its_standing(usual: Owed) -> None:
    """A paragraph each: the path of what is there, the reason of what is not, the days of what is late."""
    paragraphs = to_text(usual.report).split("\n\n")
    heads = [paragraph.partition("\n")[0] for paragraph in paragraphs]
    assert heads == [
        "用意できたもの 6 件",
        "承認がないもの 1 件",
        "記録が足りないもの 1 件",
        "対象期間の途中のもの 1 件",
        "nohin では作らないもの 1 件",
        "遅れているもの 1 件",
    ]
    assert paragraphs[0].splitlines()[1:3] == [
        "  2026-06-10（水）　No.1 月報（令和8年5月）　遅延",
        "      2026-06-10/mihon/No1_月報_令和8年5月.pdf　3 ページ　版なし　※対象期間の記録が 1 件もない",
    ]
    assert "閉庁日。直前の開庁日は 2026-06-19（金）" in paragraphs[1]
    assert paragraphs[-1].splitlines()[1] == "  2026-06-10（水）　No.1 月報（令和8年5月）　遅延　5日超過"


def test_nothing_due(usual: Owed) -> None:
    """An empty report says so, and is fine."""
    empty = replace(usual.report, standings=(), papers=())
    assert (to_text(empty), empty.fine) == (NOTHING, True)


def test_several_contracts_are_told_apart(usual: Owed) -> None:
    """With one contract its id would be noise."""
    assert "　mihon　" not in to_text(usual.report)
    first, *rest = usual.standings
    other = replace(first, item=replace(first.item, contract="other"))
    assert "　mihon　" in to_text(replace(usual.report, standings=(other, *rest)))


@pytest.mark.parametrize(
    ("state", "fine"),
    [
        ("ready", True),
        ("running", True),
        ("not-yet", True),
        ("elsewhere", True),
        ("lacking", False),
        ("unapproved", False),
        ("held", False),
    ],
)
def test_what_is_fine(usual: Owed, state: str, fine: bool) -> None:
    """Time passes by itself; whatever somebody has to do is not fine."""
    one = replace(usual.of("3"), state=state)
    assert replace(usual.report, standings=(one,), papers=()).fine is fine


def test_what_is_late_is_not_fine_though_it_is_ready(usual: Owed) -> None:
    """It has to be handed over."""
    assert not replace(usual.report, standings=(usual.of("1"),)).fine


def test_json_holds_items_and_files(usual: Owed) -> None:
    """Everything a machine asks for, under names that do not change."""
    said = json.loads(to_json(usual.report))
    assert list(said) == ["made_by", "as_of", "asked", "sample", "fine", "items", "files"]
    assert (said["made_by"], said["as_of"], said["fine"]) == ("nohin pdf", "2026-06-15", False)
    notice = next(item for item in said["items"] if item["deliverable"] == "4")
    assert (notice["standing"], notice["lacks"]) == ("lacking", [{"record": "notices/", "fields": []}])
    saturday = next(item for item in said["items"] if item["deliverable"] == "3")
    assert saturday["closed_day"] == {"previous_open": "2026-06-19", "next_open": "2026-06-22"}
    late = said["items"][0]
    assert (late["days_late"], late["state"], late["period"]["start"]) == (5, "遅延", "2026-05-01")
    (path,) = late["files"]
    file = next(file for file in said["files"] if file["path"] == path)
    assert file["sha256"] == hashlib.sha256(b"%PDF deliverables/mihon/1-monthly-2026-05.pdf").hexdigest()
    assert (file["due"], file["document"], file["pages"], file["edition"]["label"]) == (
        "2026-06-10",
        "monthly-2026-05",
        3,
        "版なし",
    )


def test_file_says_all_it_serves(usual: Owed) -> None:
    """Two deliverables, one PDF."""
    files = json.loads(to_json(usual.report))["files"]
    (both,) = [file for file in files if len(file["serves"]) == 2]
    assert [one["deliverable"] for one in both["serves"]] == ["6", "register"]
