"""What each system change did to the design, worked out from real repositories, and kept or not with the same answer."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.checking import check
from generator.documents.designstates import after, before
from generator.history import attribution, effects, log, recordedchanges
from generator.history.effects import in_order
from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.model import Contract
from generator.outputs.cache import Cache
from generator.problems import Problem
from generator.problems import in_order as in_order_of_place
from tests.support import CONTRACT, Project, contents, git, whole_project

SYSTEMS, OVERVIEW = f"{CONTRACT}/design/systems.yml", f"{CONTRACT}/design/overview.yml"
CHAPTER = f"{CONTRACT}/manuals/operation/backup.md"
CHANGES = f"{CONTRACT}/records/changes"

MAY, JUNE, JULY = "2026-05-18", "2026-06-18", "2026-07-18"

Told = dict[str, dict[str, tuple[str | None, str | None]]]
"""By record and name: the title of a thing before and after."""


def systems(**titles: str) -> str:
    """A list of things: their ids and titles."""
    return "systems:\n" + "".join(f"  - id: {name}\n    title: {title}\n" for name, title in titles.items())


def record(*names: str, changed: str = MAY, title: str = "変更", manuals: str = "", unchanged: str = "") -> str:
    """A record of a change that names things."""
    text = f"title: {title}\nchanged: {changed}\n"
    text += f"design: [{', '.join(names)}]\n" if names else ""
    text += f"manuals: [{manuals}]\n" if manuals else ""
    return text + (f"unchanged: {unchanged}\n" if unchanged else "")


def chapter(body: str, title: str = "復元") -> str:
    """A chapter of a manual."""
    return f"---\ntitle: {title}\norder: 1\n---\n{body}\n"


def corrected(*names: str) -> str:
    """The overview with a correction of what is named."""
    entry = f"corrections:\n  - date: 2026-06-01\n    design: [{', '.join(names)}]\n    reason: 誤記の訂正\n"
    return "title: 見本システム\n" + (entry if names else "")


BEGUN = {OVERVIEW: corrected(), SYSTEMS: systems(x1="甲", x2="乙", x3="丙"), CHAPTER: chapter("戻す。")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the first edition of a design, to be copied."""
    there = Project(tmp_path_factory.mktemp("first")).write({**whole_project(BEGUN), ".gitignore": ".nohin/\nsite/\n"})
    there.git("init", "-q", "-b", "main", "--template=")
    there.commit("初版")
    return there.root


@pytest.fixture
def begun(first: Path, tmp_path: Path) -> Project:
    """A repository with the first edition of a design."""
    return Project(Path(shutil.copytree(first, tmp_path / "project")))


def at(day: str) -> str:
    """The moment of a commit of a day."""
    return f"{day}T09:00:00+09:00"


def change(there: Project, files: Mapping[str, str | None], day: str = MAY) -> str:
    """A commit of some files on a day."""
    return there.write(files).commit("改める", at(day))


def looked(there: Project, name: str = "mihon") -> tuple[Contract, list[Problem]]:
    """The contract with the effects of its changes, worked out anew, and what is wrong between design and records."""
    contract = load(WorkingTree(there.root)).portfolio.contracts[name]
    repository = Repository.at(there.root)
    found = attribution.read(contract, log.read(repository), repository)
    return replace(contract, effects=found.effects), list(recordedchanges.check(contract, found))


def mihon(there: Project) -> Contract:
    """The contract with the effects of its changes."""
    return looked(there)[0]


def title(value: Mapping[str, str] | str | None) -> str | None:
    """What a thing is called; of a field of the overview, the field."""
    return value["title"] if isinstance(value, Mapping) else value


def told(there: Project, name: str = "mihon") -> Told:
    """What the records are told to have changed."""
    found = looked(there, name)[0].effects
    return {k: {d.name: (title(d.before), title(d.after)) for d in e.differences} for k, e in sorted(found.items())}


def problems(there: Project, name: str = "mihon") -> list[str]:
    """What is wrong between design and records: the place, the code and what is named."""
    found = in_order_of_place(looked(there, name)[1])
    return [f"{Path(p.source.path).name}:{p.source.line} {p.code} {p.message}" for p in found]


def nothing_wrong(there: Project) -> bool:
    """Whether nothing is wrong between design and records."""
    return problems(there) == []


# --- which record a change belongs to ------------------------------------------------------------------------------


def test_change_and_record_in_one_commit(begun: Project) -> None:
    """What the record names, and nothing else, before and after."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲２")}}
    assert nothing_wrong(begun)


DESIGN = {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙")}
RECORD = {f"{CHANGES}/a.yml": record("systems/x1")}


@pytest.mark.parametrize("order", [(RECORD, DESIGN), (DESIGN, RECORD)], ids=["record first", "design first"])
def test_change_and_record_in_two_commits(begun: Project, order: tuple[dict[str, str], dict[str, str]]) -> None:
    """Whichever came first; what only one of the two commits holds is said at its line."""
    first, second = order
    change(begun, first)
    (said,) = problems(begun)
    assert said.startswith(("a.yml:3 CHG003 「systems/x1」は", "systems.yml:2 CHG001 「systems/x1」が"))
    change(begun, second)
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲２")}}
    assert nothing_wrong(begun)


def test_change_in_several_commits(begun: Project) -> None:
    """A change may take several commits, before and after its record; it is told as one."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙")})
    change(begun, {SYSTEMS: systems(x1="甲３", x2="乙２", x3="丙")})
    change(begun, {f"{CHANGES}/a.yml": record("systems/x1")})
    change(begun, {SYSTEMS: systems(x1="甲４", x2="乙２", x3="丙")})
    change(begun, {f"{CHANGES}/a.yml": record("systems/x1", "systems/x2")})
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲４"), "systems/x2": ("乙", "乙２")}}
    assert nothing_wrong(begun)


def test_changes_of_one_thing_one_after_another(begun: Project) -> None:
    """Each has its own part, together with its record, before it or after it."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    change(begun, {f"{CHANGES}/b.yml": record("systems/x1", changed=JUNE)}, JUNE)
    change(begun, {SYSTEMS: systems(x1="甲３", x2="乙", x3="丙")}, JUNE)
    change(begun, {SYSTEMS: systems(x1="甲４", x2="乙", x3="丙")}, JULY)
    change(begun, {f"{CHANGES}/c.yml": record("systems/x1", changed=JULY)}, JULY)
    assert told(begun) == {
        "a": {"systems/x1": ("甲", "甲２")},
        "b": {"systems/x1": ("甲２", "甲３")},
        "c": {"systems/x1": ("甲３", "甲４")},
    }
    assert states_of(mihon(begun), "x1") == {"a": ("甲", "甲２"), "b": ("甲２", "甲３"), "c": ("甲３", "甲４")}


def test_later_change_of_the_same_thing_needs_a_record(begun: Project) -> None:
    """A record that was written takes no more changes, committed or not, unless it is touched with them."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    begun.write({SYSTEMS: systems(x1="甲３", x2="乙", x3="丙")})
    (problem,) = problems(begun)
    assert "CHG001" in problem
    later = change(begun, {SYSTEMS: systems(x1="甲３", x2="乙", x3="丙")}, JUNE)
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲２")}}
    (problem,) = problems(begun)
    assert later[:7] in problem
    change(
        begun, {SYSTEMS: systems(x1="甲４", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1", title="続き")}
    )
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲４")}}
    assert nothing_wrong(begun)


def states_of(contract: Contract, name: str) -> dict[str, tuple[str | None, str | None]]:
    """What a thing is called in the design before and after each change."""
    return {
        entry.id: (_called(before(contract, entry), name), _called(after(contract, entry), name))
        for entry in in_order(contract)
    }


def _called(contract: Contract, name: str) -> str | None:
    sheets = {sheet.kind: sheet.named for sheet in contract.design}
    return title(sheets.get("systems", {}).get(name))


def test_earlier_change_that_was_recorded_later(begun: Project) -> None:
    """Changes are told in the order of their days; each delta still holds what its own commit did."""
    change(
        begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/b.yml": record("systems/x1", changed=JUNE)}
    )
    change(
        begun, {SYSTEMS: systems(x1="甲３", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1", changed=MAY)}
    )
    assert states_of(mihon(begun), "x1") == {"a": ("甲２", "甲３"), "b": ("甲", "甲２")}


def test_record_of_the_first_edition_takes_nothing_of_later_ones(begun: Project) -> None:
    """A record that came with the first edition had its change in it; the next change is the next record's."""
    begun.write({f"{CHANGES}/a.yml": record("systems/x1", changed="2026-03-01")})
    begun.git("add", "-A")
    begun.git("commit", "-q", "--amend", "--no-edit")
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙")}, JUNE)
    change(begun, {f"{CHANGES}/b.yml": record("systems/x1", changed=JUNE)}, JUNE)
    assert told(begun) == {"a": {}, "b": {"systems/x1": ("甲", "甲２")}}
    assert {name: effect.known for name, effect in mihon(begun).effects.items()} == {"a": False, "b": True}
    assert nothing_wrong(begun)


def test_correction_of_the_wording_is_no_change(begun: Project) -> None:
    """What a correction names belongs to no record, even where a record of the same thing came before."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    change(begun, {SYSTEMS: systems(x1="甲二", x2="乙二", x3="丙"), OVERVIEW: corrected("systems/x1", "systems/x2")})
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲２")}}
    assert nothing_wrong(begun)
    assert states_of(mihon(begun), "x1") == {"a": ("甲", "甲２")}
    assert _called(mihon(begun), "x1") == "甲二"


@pytest.mark.parametrize("committed", [True, False])
def test_correction_may_be_written_before_or_after_what_it_corrects(begun: Project, committed: bool) -> None:
    """As a record may; without it the change is one that nobody recorded."""
    change(begun, {SYSTEMS: systems(x1="甲二", x2="乙", x3="丙")})
    assert not nothing_wrong(begun)
    begun.write({OVERVIEW: corrected("systems/x1")})
    if committed:
        begun.commit("訂正")
    assert nothing_wrong(begun)


def test_change_without_a_record(begun: Project) -> None:
    """Said at the thing's line with the commit, until a record names it or it is changed back."""
    commit = change(begun, {SYSTEMS: systems(x1="甲", x2="乙２", x3="丙")})
    said = f"systems.yml:4 CHG001 「systems/x2」が、システム変更の記録なしに変わっています（令和8年5月18日のコミット {commit[:7]}）"
    assert problems(begun) == [said]
    change(begun, {SYSTEMS: systems(x1="甲", x2="乙３", x3="丙")}, JUNE)
    assert problems(begun) == [said]
    change(begun, {SYSTEMS: systems(x1="甲", x2="乙", x3="丙")}, JUNE)
    assert nothing_wrong(begun)


def test_change_without_a_record_that_is_not_committed(begun: Project) -> None:
    """The check says it before the commit; with its record it is told as if it were committed."""
    begun.write({SYSTEMS: systems(x1="甲", x2="乙", x3="丙２")})
    assert problems(begun) == [
        "systems.yml:6 CHG001 「systems/x3」が、システム変更の記録なしに変わっています（まだコミットしていない変更）"
    ]
    begun.write({f"{CHANGES}/a.yml": record("systems/x3")})
    assert told(begun) == {"a": {"systems/x3": ("丙", "丙２")}}
    assert nothing_wrong(begun)
    begun.commit("改める", at(MAY))
    assert told(begun) == {"a": {"systems/x3": ("丙", "丙２")}}


def test_thing_that_went_without_a_record_is_said_at_its_file(begun: Project) -> None:
    """Where it would have to be written, though nothing of it is left there."""
    change(begun, {SYSTEMS: systems(x1="甲", x3="丙")})
    (said,) = problems(begun)
    assert said.startswith("systems.yml:1 CHG001 「systems/x2」")


def test_first_edition_grows_until_its_day(begun: Project) -> None:
    """Commits up to the day of the first edition are no changes, but for what a record in the same commit names."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), OVERVIEW: "title: 名\nestablished: 2026-06-30\n"})
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙２", x3="丙"), f"{CHANGES}/a.yml": record("systems/x2")}, JUNE)
    assert nothing_wrong(begun)
    change(begun, {SYSTEMS: systems(x1="甲３", x2="乙２", x3="丙")}, JULY)
    assert told(begun) == {"a": {"systems/x2": ("乙", "乙２")}}
    (said,) = problems(begun)
    assert "systems/x1" in said


def test_design_of_the_first_commit_has_no_before(project: Callable[..., Project]) -> None:
    """Records that came with the design in one commit are not told, and not refused: what was before is not known."""
    there = project(whole_project({**BEGUN, f"{CHANGES}/a.yml": record("systems/x1")}))
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    assert told(there) == {"a": {}}
    assert not mihon(there).effects["a"].known
    assert nothing_wrong(there)


def test_manual_begins_when_it_is_first_written(begun: Project) -> None:
    """Another manual that comes later is a first edition of its own; what a change adds to it is told."""
    first = {
        f"{CONTRACT}/manuals/user/start.md": chapter("開く。"),
        f"{CONTRACT}/manuals/user/end.md": chapter("閉じる。"),
    }
    change(begun, first)
    assert nothing_wrong(begun)
    change(begun, {f"{CONTRACT}/manuals/user/more.md": chapter("選ぶ。", "選択")}, JUNE)
    (said,) = problems(begun)
    assert said.startswith("more.md:2 CHG001 「user/more」")
    change(begun, {f"{CHANGES}/a.yml": record(manuals="user/more", changed=JUNE)}, JUNE)
    assert told(begun) == {"a": {"user/more": (None, "選択")}}


# --- what may happen to a thing ------------------------------------------------------------------------------------

EDITS = [
    pytest.param({SYSTEMS: systems(x1="甲", x3="丙")}, "systems/x2", ("乙", None), id="removed"),
    pytest.param({SYSTEMS: systems(x1="甲", n="新", x2="乙", x3="丙")}, "systems/n", (None, "新"), id="added"),
    pytest.param({SYSTEMS: systems(x1="甲", x2="改", x3="丙")}, "systems/x2", ("乙", "改"), id="another title"),
    pytest.param({SYSTEMS: None}, "systems/x2", ("乙", None), id="file removed"),
    pytest.param(
        {f"{CONTRACT}/design/zones.yml": "zones:\n  - id: z\n    title: 庁内\n    kind: lgwan\n"},
        "zones/z",
        (None, "庁内"),
        id="file added",
    ),
    pytest.param({OVERVIEW: corrected() + "purpose: 申請\n"}, "overview/purpose", (None, "申請"), id="field added"),
    pytest.param({OVERVIEW: "title: 別の名\n"}, "overview/title", ("見本システム", "別の名"), id="overview"),
]


@pytest.mark.parametrize(("files", "name", "expected"), EDITS)
def test_edit(begun: Project, files: dict[str, str | None], name: str, expected: tuple[str | None, str | None]) -> None:
    """Whatever happens to a thing is told, taken back as it was, and brought about again."""
    was = mihon(begun)
    names = ["systems/x1", "systems/x2", "systems/x3"] if files.get(SYSTEMS, "") is None else [name]
    change(begun, {**files, f"{CHANGES}/a.yml": record(*names)})
    assert told(begun)["a"][name] == expected
    assert nothing_wrong(begun)
    now = mihon(begun)
    (entry,) = in_order(now)
    assert before(now, entry).design == was.design
    assert after(now, entry).design == now.design


def test_order_of_a_list_is_no_change(begun: Project) -> None:
    """Things that only stand elsewhere say the same."""
    change(begun, {SYSTEMS: systems(x3="丙", x1="甲", x2="乙")})
    assert nothing_wrong(begun)


def test_several_things_go_and_come_in_one_change(begun: Project) -> None:
    """Each is put back where it stood, in whatever order the record names them."""
    was = mihon(begun)
    names = ("systems/x3", "systems/n", "systems/x1", "systems/m")
    change(begun, {SYSTEMS: systems(n="新", x2="乙", m="中"), f"{CHANGES}/a.yml": record(*names)})
    now = mihon(begun)
    (entry,) = in_order(now)
    assert [thing["id"] for thing in _list(before(now, entry))] == ["x1", "x2", "x3"]
    assert before(now, entry).design == was.design


def _list(contract: Contract) -> list[Mapping[str, str]]:
    return [thing for sheet in contract.design if sheet.kind == "systems" for thing in sheet.things]


def test_chapter_that_was_rewritten_added_and_removed(begun: Project) -> None:
    """Chapters are named by manual and file; another name is another chapter."""
    change(begun, {CHAPTER: chapter("取り出す。"), f"{CHANGES}/a.yml": record(manuals="operation/backup")})
    begun.git("mv", CHAPTER, CHAPTER.replace("backup", "restore"))
    names = "operation/backup, operation/restore"
    change(begun, {f"{CHANGES}/b.yml": record(manuals=names, changed=JUNE)}, JUNE)
    contract = mihon(begun)
    found = {
        entry: [(d.name, d.before and d.before["body"]) for d in e.differences] for entry, e in contract.effects.items()
    }
    assert found == {
        "a": [("operation/backup", "戻す。")],
        "b": [("operation/backup", "取り出す。"), ("operation/restore", None)],
    }
    first, second = in_order(contract)
    assert [c.body for c in before(contract, first).manuals] == ["戻す。"]
    assert [c.id for c in before(contract, second).manuals] == ["backup"]
    assert nothing_wrong(begun)


# --- what records get wrong ----------------------------------------------------------------------------------------

SLIPS = [
    pytest.param(
        record("systems/x1", "systems/x2"),
        "a.yml:3 CHG003 「systems/x2」は、この変更の前と後で変わっていません",
        id="not changed",
    ),
    pytest.param(
        record("systems/x1", "systems/x9"), "a.yml:3 CHG004 「systems/x9」は設計にも履歴にもありません", id="nowhere"
    ),
    pytest.param(
        record("systems/x1", "servers/x1"), "a.yml:3 CHG004 「servers/x1」は設計にも履歴にもありません", id="kind"
    ),
    pytest.param(
        record("systems/x1", manuals="operation/none"),
        "a.yml:4 CHG004 「operation/none」は設計にも履歴にもありません",
        id="chapter",
    ),
    pytest.param(
        record("systems/x1", "overview/none"),
        "a.yml:3 CHG004 「overview/none」は設計にも履歴にもありません",
        id="field",
    ),
]


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_slip_in_a_record(begun: Project, text: str, expected: str) -> None:
    """Names of what did not change, and of what is nowhere, at their place."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": text})
    assert problems(begun) == [expected]


def test_record_that_names_nothing(begun: Project) -> None:
    """It says what changed, or why nothing of the design did."""
    change(begun, {f"{CHANGES}/a.yml": record()})
    assert problems(begun) == ["a.yml:2 CHG002 このシステム変更で何が変わったかが書かれていません"]
    change(begun, {f"{CHANGES}/a.yml": record(unchanged="設定値だけを改めたため")})
    assert nothing_wrong(begun)
    effect = mihon(begun).effects["a"]
    assert effect.known
    assert effect.differences == ()


def test_change_and_back_within_one_record_is_no_change(begun: Project) -> None:
    """What a record's commits left as it was has not changed."""
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙２", x3="丙")})
    change(
        begun,
        {SYSTEMS: systems(x1="甲", x2="乙２", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1", "systems/x2")},
    )
    assert problems(begun) == ["a.yml:3 CHG003 「systems/x1」は、この変更の前と後で変わっていません"]


def test_name_written_twice_is_told_once(begun: Project) -> None:
    """A slip of the pen does not double what is told."""
    change(
        begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1", "systems/x1")}
    )
    assert [one.name for one in mihon(begun).effects["a"].differences] == ["systems/x1"]


# --- what may happen to the repository -----------------------------------------------------------------------------


def test_contract_in_another_folder(begun: Project) -> None:
    """Changes are told as ever, also of what had gone before the folder got its name."""
    change(begun, {f"{CONTRACT}/design/zones.yml": "zones:\n  - id: z\n    title: 庁内\n    kind: lgwan\n"})
    change(begun, {f"{CHANGES}/a.yml": record("zones/z")})
    change(begun, {f"{CONTRACT}/design/zones.yml": None, f"{CHANGES}/b.yml": record("zones/z", changed=JUNE)}, JUNE)
    expected = told(begun)
    begun.git("mv", CONTRACT, "data/contracts/rei")
    begun.commit("名を改める", at(JUNE))
    assert told(begun, "rei") == expected
    assert expected == {"a": {"zones/z": (None, "庁内")}, "b": {"zones/z": ("庁内", None)}}
    assert problems(begun, "rei") == []


def test_file_rewritten_while_its_folder_moved(begun: Project) -> None:
    """Where git sees no rename, things that say the same have not changed."""
    many = {f"s{n}": f"別の名{n}" for n in range(30)}
    begun.git("mv", CONTRACT, "data/contracts/rei")
    moved = {path.replace(CONTRACT, "data/contracts/rei"): text for path, text in BEGUN.items()}
    place = SYSTEMS.replace(CONTRACT, "data/contracts/rei")
    names = ["systems/x2", *(f"systems/{name}" for name in many)]
    changes = CHANGES.replace(CONTRACT, "data/contracts/rei")
    begun.write({**moved, place: systems(x1="甲", x3="丙", **many), f"{changes}/a.yml": record(*names)})
    begun.commit("名を改める", at(MAY))
    assert problems(begun, "rei") == []
    assert list(told(begun, "rei")["a"]) == names


def _on_a_branch(there: Project) -> None:
    """Two changes of one file on two lines."""
    there.git("checkout", "-q", "-b", "side")
    change(
        there,
        {SYSTEMS: systems(x1="甲", x2="乙", x3="丙２"), f"{CHANGES}/b.yml": record("systems/x3", changed=JUNE)},
        JUNE,
    )
    there.git("checkout", "-q", "main")
    change(there, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})


BOTH = {"a": {"systems/x1": ("甲", "甲２")}, "b": {"systems/x3": ("丙", "丙２")}}


def test_merge_of_a_branch(begun: Project) -> None:
    """Each side's change is its own record's; the merge changed nothing, and what follows starts from both."""
    _on_a_branch(begun)
    begun.git("merge", "-q", "--no-ff", "-m", "取り込む", "side", GIT_COMMITTER_DATE=at(JULY))
    assert told(begun) == BOTH
    assert nothing_wrong(begun)
    begun.write(
        {SYSTEMS: systems(x1="甲２", x2="乙２", x3="丙２"), f"{CHANGES}/c.yml": record("systems/x2", changed=JULY)}
    )
    assert told(begun) == {**BOTH, "c": {"systems/x2": ("乙", "乙２")}}
    assert nothing_wrong(begun)


def test_rebase(begun: Project) -> None:
    """Other commits, the same changes."""
    _on_a_branch(begun)
    begun.git("rebase", "-q", "side", GIT_EDITOR="true")
    assert told(begun) == BOTH
    assert nothing_wrong(begun)


def test_merge_that_settled_a_conflict(begun: Project) -> None:
    """A thing changed on both sides: each side's delta is its own, and the last one ends with what was settled."""
    begun.git("checkout", "-q", "-b", "side")
    change(
        begun,
        {SYSTEMS: systems(x1="枝", x2="乙", x3="丙"), f"{CHANGES}/b.yml": record("systems/x1", changed=JUNE)},
        JUNE,
    )
    begun.git("checkout", "-q", "main")
    change(begun, {SYSTEMS: systems(x1="幹", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    begun.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side")
    change(
        begun,
        {SYSTEMS: systems(x1="両方", x2="乙", x3="丙"), f"{CHANGES}/b.yml": record("systems/x1", changed=JUNE)},
        JULY,
    )
    found = states_of(mihon(begun), "x1")
    assert found == {"a": ("甲", "幹"), "b": ("幹", "両方")}
    assert nothing_wrong(begun)


def test_file_that_could_not_be_read_in_an_old_commit(begun: Project) -> None:
    """What stands before and after a broken content is compared; the broken one tells nothing."""
    change(begun, {SYSTEMS: "systems: [\n"})
    change(begun, {SYSTEMS: BEGUN[SYSTEMS]})
    assert nothing_wrong(begun)
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    change(begun, {SYSTEMS: "- 一\n"}, JUNE)
    change(begun, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙")}, JUNE)
    assert told(begun) == {"a": {"systems/x1": ("甲", "甲２")}}
    assert nothing_wrong(begun)


def test_thing_that_was_wrong_in_an_old_commit(begun: Project) -> None:
    """A thing left out for a while because a part of it was wrong has not gone."""
    change(begun, {SYSTEMS: BEGUN[SYSTEMS].replace("    title: 乙\n", "    tile: 乙\n")})
    change(begun, {SYSTEMS: BEGUN[SYSTEMS]}, JUNE)
    assert nothing_wrong(begun)


def _changed_twice(there: Project) -> None:
    change(there, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    change(there, {SYSTEMS: systems(x1="甲２", x3="丙"), f"{CHANGES}/b.yml": record("systems/x2", changed=JUNE)}, JUNE)


def test_shallow_clone(begun: Project, tmp_path: Path) -> None:
    """What lies before the cut is not known and not refused; what lies after it is told. With the rest, all is."""
    _changed_twice(begun)
    place = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{begun.root}", str(place))
    cut = Project(place)
    assert told(cut) == {"a": {}, "b": {"systems/x2": ("乙", None)}}
    assert nothing_wrong(cut)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{begun.root}", str(tmp_path / "bare"))
    barest = Project(tmp_path / "bare")
    assert told(barest) == {"a": {}, "b": {}}
    assert {p.severity for p in looked(barest)[1]} <= {"warning"}
    assert not any(effect.known for effect in _kept(barest).effects.values())
    barest.git("fetch", "-q", "--unshallow")
    assert _kept(barest).effects == mihon(begun).effects


def test_outside_git(project: Callable[..., Project]) -> None:
    """Without a history nothing is told, and what has gone may be named; it is said as a doubt."""
    there = project(whole_project({**BEGUN, f"{CHANGES}/a.yml": record("systems/x1", "systems/gone")}))
    assert told(there) == {"a": {}}
    assert not _read(there).effects["a"].known
    assert [(p.code, p.severity) for p in looked(there)[1]] == [("CHG004", "warning")]


def test_repository_without_a_commit(project: Callable[..., Project]) -> None:
    """Nothing is committed, so nothing was there before."""
    there = project(whole_project({**BEGUN, f"{CHANGES}/a.yml": record("systems/x1")}))
    there.git("init", "-q")
    assert told(there) == {"a": {}}
    assert nothing_wrong(there)


def test_design_that_is_not_committed_yet(project: Callable[..., Project]) -> None:
    """A first edition that is being written is no change of anything."""
    there = project(whole_project())
    there.git("init", "-q")
    there.commit("契約")
    there.write({**BEGUN, f"{CHANGES}/a.yml": record("systems/x1")})
    assert told(there) == {"a": {}}
    assert nothing_wrong(there)


def test_project_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    """Paths are the project's own."""
    there = Project(tmp_path / "業務")
    there.write(whole_project(BEGUN))
    git(tmp_path, "init", "-q")
    there.commit("初版")
    change(there, {SYSTEMS: systems(x1="甲２", x2="乙", x3="丙"), f"{CHANGES}/a.yml": record("systems/x1")})
    assert told(there) == {"a": {"systems/x1": ("甲", "甲２")}}


def test_contract_without_a_design_is_left_alone(project: Callable[..., Project]) -> None:
    """Where no design is written, records of changes name nothing and nothing is asked of them."""
    there = project(whole_project({f"{CHANGES}/a.yml": record()}))
    there.git("init", "-q")
    there.commit("初版")
    assert nothing_wrong(there)
    assert _read(there).effects == {}


# --- what is kept --------------------------------------------------------------------------------------------------


def _kept(there: Project) -> Contract:
    """The contract as a build reads it, which keeps what it works out."""
    return check(there.root, store=Cache.of(there.root, "effects")).loaded.portfolio.contracts["mihon"]


def _read(there: Project) -> Contract:
    """The contract as a check reads it."""
    return check(there.root).loaded.portfolio.contracts["mihon"]


def test_check_writes_nothing(begun: Project) -> None:
    """Neither where nothing is kept nor where something is."""
    _changed_twice(begun)
    there = contents(begun.root)
    assert begun.check().code == 0
    assert contents(begun.root) == there
    _kept(begun)
    there = contents(begun.root)
    assert begun.check().code == 0
    assert contents(begun.root) == there


def test_kept_or_not_the_answer_is_the_same(begun: Project) -> None:
    """After every commit and every edit, what is remembered is what would be worked out."""
    for number in range(4):
        for day, text in ((MAY, record("systems/x1")), (JUNE, record("systems/x2", changed=JUNE))):
            begun.write(
                {SYSTEMS: systems(x1=f"甲{number}", x2=f"乙{number}{day}", x3="丙"), f"{CHANGES}/{day}.yml": text}
            )
            assert _kept(begun).effects == _kept(begun).effects == mihon(begun).effects
        begun.commit(f"{number}", at(MAY))
        assert _kept(begun).effects == _kept(begun).effects == mihon(begun).effects
    begun.git("checkout", "-q", "HEAD~2")
    assert _kept(begun).effects == mihon(begun).effects


def test_nothing_is_read_again_where_nothing_changed(begun: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check after a build asks for the last commit only."""
    _changed_twice(begun)
    expected = _kept(begun)

    def refuse(*_: object) -> None:
        raise AssertionError("the log is read")

    monkeypatch.setattr("generator.history.log.read", refuse)
    assert _read(begun).effects == expected.effects
    begun.write({SYSTEMS: systems(x1="甲９", x3="丙")})
    with pytest.raises(AssertionError, match="the log is read"):
        _read(begun)


def test_an_edit_reads_no_old_content_again(begun: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes did is worked out from what was kept, be it for a new commit or for what is not committed."""
    _changed_twice(begun)
    _kept(begun)
    begun.write({SYSTEMS: systems(x1="甲９", x3="丙")})
    expected = mihon(begun).effects

    def refuse(_: Repository, blobs: Iterable[str]) -> list[bytes]:
        assert list(blobs) == []
        return []

    monkeypatch.setattr(Repository, "contents", refuse)
    assert _read(begun).effects == expected


@pytest.mark.parametrize("damage", [b"", b"x", b"\x00" * 64], ids=["empty", "short", "garbled"])
def test_damaged_cache_is_made_again(begun: Project, damage: bytes) -> None:
    """Whatever became of what was kept, the answer is the same."""
    _changed_twice(begun)
    expected = _kept(begun)
    places = sorted((begun.root / ".nohin/cache/effects").iterdir())
    assert places
    for place in places:
        place.write_bytes(damage)
    assert _read(begun).effects == _kept(begun).effects == expected.effects


def test_effects_come_back_from_memory_as_they_were(begun: Project) -> None:
    """Dates, numbers and nothing at all keep their kinds."""
    _changed_twice(begun)
    begun.write({OVERVIEW: corrected() + "users:\n  - title: 職員\n    count: 010\n"})
    found = _kept(begun)
    assert _kept(begun).effects == found.effects
    assert json.dumps(sorted(found.effects)) == '["a", "b"]'
    assert effects.outside(found) == effects.Told(
        {name: replace(e, differences=(), known=False, commits=()) for name, e in found.effects.items()}
    )
