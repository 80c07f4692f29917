"""Files in the wrong place, under the wrong name, or not to be read at all."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from tests.support import CONTRACT, WHOLE, Project, minimal_project, whole_project

VENDOR = "data/vendors/mihon-sha.yml"
STAFF = f"{CONTRACT}/staff.yml"

NO_KIND = "1:1: error FIL001 このファイルはどの種類のデータにも当たりません"
BAD_NAME = "（英数字・かな・漢字を - でつないだ名にしてください）"


STRAYS = [
    (f"{CONTRACT}/deliverable.yml", f"（{CONTRACT}/deliverables.yml ではありませんか）"),
    (f"{CONTRACT}/STAFF.YML", f"（{CONTRACT}/staff.yml ではありませんか）"),
    ("data/contracts/staff.yml", "（data/contracts/{contract}/staff.yml ではありませんか）"),
    ("data/contract/mihon/plan.yml", f"（{CONTRACT}/plan.yml ではありませんか）"),
    (f"{CONTRACT}/records/incident/1.yml", f"（{CONTRACT}/records/incidents/1.yml ではありませんか）"),
    ("data/vendor/mihon.yml", "（data/vendors/mihon.yml ではありませんか）"),
]


@pytest.mark.parametrize(("path", "hint"), STRAYS, ids=[path for path, _ in STRAYS])
def test_stray_file(project: Callable[..., Project], path: str, hint: str) -> None:
    """A file that no schema is for is a problem that says where it may have belonged."""
    ran = project(whole_project({path: "x: 1\n"})).check()
    assert ran.lines == [f"{path}:{NO_KIND}{hint}"]
    assert ran.code == 1


def test_stray_file_that_is_like_nothing(project: Callable[..., Project]) -> None:
    """Where nothing is near, the hint lists the places there are."""
    ran = project(whole_project({f"{CONTRACT}/notes.yml": "x: 1\n"})).check()
    (line,) = ran.lines
    assert line.startswith(f"{CONTRACT}/notes.yml:{NO_KIND}（置ける場所: data/authorities/{{id}}.yml、")


@pytest.mark.parametrize("path", [path for path in WHOLE if "records" not in path])
def test_yaml_ending(project: Callable[..., Project], path: str) -> None:
    """`.yaml` is told once, and what the file holds is not missed elsewhere."""
    renamed = path.removesuffix(".yml") + ".yaml"
    ran = project(whole_project({path: None, renamed: WHOLE[path]})).check()
    assert ran.lines == [f"{renamed}:{NO_KIND}（{path} ではありませんか）"]


def test_other_files_are_left_alone(project: Callable[..., Project]) -> None:
    """Prose, pictures and hidden files below data/ are nobody's business."""
    files: dict[str, str | bytes] = {
        f"{CONTRACT}/manuals/運用.md": "# x\n",
        f"{CONTRACT}/.staff.yml.swp": b"\xff",
        "data/.git/x.yml": "x",
    }
    assert project(whole_project(files)).check().out == ""


def test_contract_without_head(project: Callable[..., Project]) -> None:
    """A contract's folder without contract.yml is one problem."""
    ran = project(whole_project({f"{CONTRACT}/contract.yml": None})).check()
    assert ran.lines == [
        f"{CONTRACT}/checklist.yml:1:1: error FIL003 契約「mihon」に contract.yml がありません"
        f"（{CONTRACT}/contract.yml を書いてください）"
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("data/vendors/bad name.yml", "bad name"),
        ("data/vendors/a&b.yml", "a&b"),
        ("data/contracts/a b/contract.yml", "a b"),
    ],
)
def test_file_name_that_is_no_id(project: Callable[..., Project], path: str, name: str) -> None:
    """Ids stand in addresses and file names; what cannot is refused."""
    ran = project(whole_project({path: WHOLE[VENDOR if "vendors" in path else f"{CONTRACT}/contract.yml"]})).check()
    assert f"{path}:1:1: error FIL002 「{name}」は id に使えない名です{BAD_NAME}" in ran.lines


def test_file_names_that_cannot_be_printed(project: Callable[..., Project]) -> None:
    """Bytes that are no UTF-8 and line ends in names are reported without breaking the report."""
    there = project(whole_project())
    for name in (b"data/vendors/\xff.yml", b"data/vendors/a\nb.yml"):
        (there.root / os.fsdecode(name)).write_text(WHOLE[VENDOR], encoding="utf-8")
    ran = there.check()
    assert ran.lines == [
        "data/vendors/a�b.yml:1:1: error FIL002 ファイル名に使えない文字があります"
        "（英数字とハイフンの名にしてください）",
        "data/vendors/�.yml:1:1: error FIL002 ファイル名に使えない文字があります（英数字とハイフンの名にしてください）",
    ]


LINKS = [
    pytest.param("/etc/hostname", f"プロジェクトの外を指すリンクです: {VENDOR}", id="out of the project"),
    pytest.param("../../../project-of-others.yml", f"プロジェクトの外を指すリンクです: {VENDOR}", id="upwards"),
    pytest.param("nowhere.yml", "リンクの先がありません", id="to nothing"),
    pytest.param("mihon-sha.yml", f"自分自身を指すリンクです: {VENDOR}", id="to itself"),
]


@pytest.mark.parametrize(("target", "why"), LINKS)
def test_link_that_cannot_be_followed(project: Callable[..., Project], target: str, why: str) -> None:
    """No link leads out of the project; a file behind such a link is not missed elsewhere."""
    there = project(whole_project({VENDOR: None}))
    (there.root / "data/vendors").mkdir()
    os.symlink(target, there.root / VENDOR)
    ran = there.check()
    assert ran.lines == [
        f"{VENDOR}:1:1: error YML008 ファイルが読めません（{why}）（読めるファイルに置き換えるか、消してください）"
    ]
    assert str(there.root) not in ran.out


def test_link_inside_the_project(project: Callable[..., Project]) -> None:
    """A link that stays inside is the file it leads to."""
    there = project(whole_project({VENDOR: None, "shared/vendor.txt": WHOLE[VENDOR]}))
    (there.root / "data/vendors").mkdir()
    os.symlink("../../shared/vendor.txt", there.root / VENDOR)
    assert there.check().out == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(project: Callable[..., Project]) -> None:
    """A file that may not be read is a problem of that file."""
    there = project(whole_project())
    (there.root / VENDOR).chmod(0)
    (line,) = there.check().lines
    assert line.startswith(f"{VENDOR}:1:1: error YML008 ファイルが読めません")


@pytest.mark.parametrize("name", ["assets", "search", "deliverables", "calendars"])
def test_a_contract_does_not_take_a_folder_of_the_site(project: Callable[..., Project], name: str) -> None:
    """The site's own folders stand beside those of the contracts."""
    files = {path.replace("/mihon/", f"/{name}/"): content for path, content in minimal_project().items()}
    ran = project(files).check()
    assert ran.code == 1
    assert f"data/contracts/{name}/contract.yml:1:1: error FIL002" in ran.out
