"""What a build takes over from the last one, and that this is what would have been made."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.outputs.site import searchfiles
from tests.support import CONTRACT, ROOT, WHOLE, Project, contents, whole_project

pytestmark = pytest.mark.slow

OTHER = "data/contracts/betsu"
CLAUSES, TITLE = f"{CONTRACT}/clauses.yml", f"{CONTRACT}/contract.yml"


def _files() -> dict[str, str | bytes]:
    """Two contracts that say the same."""
    text = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: サポート体制図")
    files = whole_project({"mkdocs.yml": (ROOT / "mkdocs.yml").read_bytes(), f"{CONTRACT}/deliverables.yml": text})
    return files | {path.replace(CONTRACT, OTHER): text for path, text in files.items() if path.startswith(CONTRACT)}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two contracts, built once."""
    there = Project(tmp_path_factory.mktemp("two")).write(_files())
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    return there


@pytest.fixture
def two(first: Project, tmp_path: Path) -> Callable[[], Project]:
    """Makes a copy of the built project."""
    return lambda: Project(Path(shutil.copytree(first.root, tmp_path / "project", symlinks=True)))


def _anew(there: Project, folder: Path) -> dict[str, bytes]:
    """What the project makes in a folder where nothing is kept."""
    clean = Project(Path(shutil.copytree(there.root, folder, ignore=shutil.ignore_patterns(".nohin", "site"))))
    ran = clean.build()
    assert ran.code == 0, ran.out + ran.err
    return contents(clean.root / "site")


def _edit(there: Project, path: str, old: str, new: str) -> None:
    text = there.read(path)
    assert old in text
    there.write({path: text.replace(old, new)})


def test_an_edit_makes_its_contract_and_the_home(two: Callable[[], Project]) -> None:
    """The other contract is neither rendered nor made; its files are the very ones of the last output."""
    there = two()
    before = {place: place.stat().st_ino for place in (there.root / "site/betsu").rglob("*.html")}
    _edit(there, CLAUSES, "電話でも知らせる。", "電子メールでも知らせる。")
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    assert "見本" in ran.err
    assert "PDF" not in ran.err
    after = {place: place.stat().st_ino for place in (there.root / "site/betsu").rglob("*.html")}
    assert after == before
    assert "電子メールでも知らせる" in (there.root / "site/mihon/clauses/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CLAUSES, "電話でも知らせる。", "電子メールでも知らせる。"),
        (TITLE, "title: ", "title: 改めた"),
        ("data/authorities/mihon-shi.yml", "name: 情報課", "name: 情報政策課"),
        ("mkdocs.yml", "site_name: 納品", "site_name: 納品の記録"),
    ],
    ids=["one record", "the title of all pages", "shared by both", "the look"],
)
def test_after_an_edit_as_if_made_anew(
    two: Callable[[], Project], tmp_path: Path, path: str, old: str, new: str
) -> None:
    """What was kept and what was made again are together what a clean build makes, byte for byte."""
    there = two()
    _edit(there, path, old, new)
    assert there.build().code == 0
    assert contents(there.root / "site") == _anew(there, tmp_path / "clean")


def test_search_finds_what_is_not_made(two: Callable[[], Project]) -> None:
    """A contract that has changed and is not asked for keeps its pages, and the search finds what stands on them."""
    there = two()
    for path in (CLAUSES, CLAUSES.replace(CONTRACT, OTHER)):
        _edit(there, path, "電話でも知らせる。", "電子メールでも知らせる。")
    assert there.build("--only", "mihon").code == 0
    found = searchfiles.read(there.root / "site")
    own, other = (
        "".join(one["text"] for one in found if one["location"].startswith(f"{name}/")) for name in ("mihon", "betsu")
    )
    assert "電子メールでも知らせる。" in own
    assert "電話でも知らせる。" not in own
    assert "電話でも知らせる。" in other
    assert there.build("--only", "mihon").code == 0
    assert searchfiles.read(there.root / "site") == found


@pytest.mark.parametrize("harm", ["altered", "deleted", "added"])
def test_a_harmed_output_is_made_again(two: Callable[[], Project], harm: str) -> None:
    """Whoever wrote into site/ by hand gets back what the data says."""
    there = two()
    before = contents(there.root / "site")
    page = there.root / "site/mihon/deadlines.html"
    if harm == "altered":
        page.write_bytes(page.read_bytes().replace("期限".encode(), "機嫌".encode()))
    elif harm == "deleted":
        page.unlink()
    else:
        (page.parent / "memo.html").write_text("覚え書き", encoding="utf-8")
    assert there.build().code == 0
    assert contents(there.root / "site") == before


def test_a_contract_that_goes(two: Callable[[], Project], tmp_path: Path) -> None:
    """Nothing of it is left, neither in its folders nor on the home or in the search."""
    there = two()
    shutil.rmtree(there.root / OTHER)
    assert there.build().code == 0
    after = contents(there.root / "site")
    assert not any("betsu" in path for path in after)
    assert not any(b"betsu" in content for path, content in after.items() if path.endswith((".html", ".js")))
    assert after == _anew(there, tmp_path / "clean")


def test_another_day(two: Callable[[], Project], tmp_path: Path) -> None:
    """A day later everything is looked at again: states depend on the day."""
    there = two()
    assert there.build("--as-of", "2026-12-01").code == 0
    page = (there.root / "site/betsu/deadlines.html").read_text(encoding="utf-8")
    assert "令和8年12月1日" in page
