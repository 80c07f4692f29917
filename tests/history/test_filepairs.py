"""Which data file is which, where contracts and files have other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.history.comparison import compare
from generator.history.filepairs import paired
from generator.intake.datafiles import DataFile
from tests.history.test_comparison import data

CONTRACT = {"title": "見本業務委託", "authority": "mihon-shi", "vendor": "mihon-sha"}
WORK = {"title": "定期点検", "content": "資源の使用状況を確かめた", "people": ["p1"]}


def _files(contract: str, files: Mapping[str, Any]) -> list[DataFile]:
    return [data(f"data/contracts/{contract}/{path}", value) for path, value in files.items()]


def _pairs(before: list[DataFile], after: list[DataFile]) -> list[tuple[str | None, str | None]]:
    return [(pair.before and pair.before.path, pair.after and pair.after.path) for pair in paired(before, after)]


def test_contracts_are_not_mixed_up() -> None:
    """Two contracts have files of the same kinds; each is compared with itself."""
    one = _files("one", {"contract.yml": CONTRACT, "plan.yml": {"tasks": []}})
    two = _files("two", {"contract.yml": {**CONTRACT, "title": "別業務"}, "plan.yml": {"tasks": [{"id": "a"}]}})
    assert compare(one + two, two + one) == []
    assert [(c.what, c.file) for c in compare(one + two, two)] == [
        ("removed", "data/contracts/one/contract.yml"),
        ("removed", "data/contracts/one/plan.yml"),
    ]


def test_a_contract_whose_folder_was_renamed_is_the_same() -> None:
    """The folder's new name is one change; what changed inside is told as ever."""
    files = {"contract.yml": CONTRACT, "plan.yml": {"tasks": []}, "records/work/1.yml": WORK}
    later = {**files, "plan.yml": {"tasks": [{"id": "a", "title": "点検"}]}}
    changes = compare(_files("old", files), _files("new", later))
    assert [(c.what, c.file, ".".join(c.steps), c.before) for c in changes] == [
        ("renumbered", "data/contracts/new/contract.yml", "", "old"),
        ("added", "data/contracts/new/plan.yml", "tasks.*", None),
    ]


def test_of_two_renamed_contracts_each_finds_its_own() -> None:
    """What they have in common decides."""
    before = _files("a", {"contract.yml": CONTRACT, "records/work/1.yml": WORK})
    before += _files("b", {"contract.yml": {**CONTRACT, "title": "別業務"}})
    after = _files("x", {"contract.yml": {**CONTRACT, "title": "別業務"}})
    after += _files("y", {"contract.yml": CONTRACT, "records/work/1.yml": WORK})
    assert set(_pairs(before, after)) == {
        ("data/contracts/b/contract.yml", "data/contracts/x/contract.yml"),
        ("data/contracts/a/contract.yml", "data/contracts/y/contract.yml"),
        ("data/contracts/a/records/work/1.yml", "data/contracts/y/records/work/1.yml"),
    }


def test_contracts_with_nothing_in_common_are_two() -> None:
    """One went, another came."""
    before = _files("a", {"contract.yml": CONTRACT})
    after = _files("b", {"contract.yml": {**CONTRACT, "title": "別業務"}})
    assert [change.what for change in compare(before, after)] == ["removed", "added"]


def test_a_record_under_another_name_is_the_same_record() -> None:
    """A file that only moved is renumbered; one that says something else is another record."""
    before = _files("a", {"records/work/1.yml": WORK})
    moved = compare(before, _files("a", {"records/work/2026-001.yml": WORK}))
    assert [(c.what, c.before, c.after, c.file) for c in moved] == [
        ("renumbered", "1", "2026-001", "data/contracts/a/records/work/2026-001.yml")
    ]
    other = _files("a", {"records/work/2.yml": {**WORK, "content": "掲示板の設定を改めた"}})
    assert sorted(change.what for change in compare(before, other)) == ["added", "removed"]


def test_a_file_that_became_another_kind() -> None:
    """Fields of two kinds cannot be compared: one record went, another came."""
    before = _files("a", {"records/work/1.yml": WORK})
    after = _files("a", {"records/inquiries/1.yml": WORK})
    assert sorted(change.what for change in compare(before, after)) == ["added", "removed"]


def test_shared_files_under_another_name() -> None:
    """A vendor whose file got another name is the same vendor."""
    vendor = {"name": "見本システム株式会社", "address": "見本市見本町1-1"}
    (change,) = compare([data("data/vendors/a.yml", vendor)], [data("data/vendors/b.yml", vendor)])
    assert (change.what, change.before, change.after) == ("renumbered", "a", "b")


def test_unreadable_files_are_left_out() -> None:
    """On whichever side, and without taking their neighbours along."""
    files = _files("a", {"records/work/1.yml": WORK, "records/work/2.yml": {**WORK, "content": "別の作業"}})
    broken = [DataFile(files[0].path, files[0].kind, files[0].names, None, files[0].spot, lost=True), files[1]]
    assert _pairs(broken, files) == _pairs(files, broken) == [(files[1].path, files[1].path)]
