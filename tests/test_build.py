"""Whole builds of small projects: what is made, what is left alone, and that it is the same every time."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from tests.support import AS_OF, CONTRACT, ROOT, WHOLE, Files, Project, contents, run_apart, swapped, whole_project

pytestmark = pytest.mark.slow

DELIVERABLES = f"{CONTRACT}/deliverables.yml"
LETTER = "templates/documents/letter.html.j2"
FRONT = "---\ntitle: 通知書\nper: contract\ndata: [contract]\nalways: true\n---\n"


def _files(changes: Files | None = None) -> dict[str, str | bytes]:
    """The whole project with two documents to make, ready to build."""
    text = WHOLE[DELIVERABLES].replace("title: 作業報告書", "title: サポート体制図")
    text = text.replace("title: 障害報告書", "title: 年間計画表")
    mkdocs = (ROOT / "mkdocs.yml").read_bytes()
    return whole_project(
        {"mkdocs.yml": mkdocs, ".gitignore": ".nohin/\nsite/\n", DELIVERABLES: text, **(changes or {})}
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small project, built once; tests build on copies of it, which takes less time."""
    there = Project(tmp_path_factory.mktemp("small")).write(_files())
    ran = there.build()
    assert (ran.code, ran.out) == (0, ""), ran.out + ran.err
    return there


@pytest.fixture
def built(small: Project, tmp_path: Path) -> Callable[..., Project]:
    """Makes a built project, with some files other than in the small one."""

    def make(changes: Files | None = None) -> Project:
        there = Project(Path(shutil.copytree(small.root, tmp_path / "project", symlinks=True)))
        if changes:
            ran = there.write(changes).build()
            assert (ran.code, ran.out) == (0, ""), ran.out + ran.err
        return there

    return make


def _site(there: Project) -> dict[str, bytes]:
    return contents(there.root / "site")


# --- what is made ---------------------------------------------------------------------------------------


def test_documents_pages_calendars_and_list(built: Callable[..., Project]) -> None:
    """Each document is a page and a PDF; the list of PDFs has the shape of DESIGN section 7."""
    made = _site(built())
    assert {path for path in made if path.endswith(".pdf")} == {
        "deliverables/mihon/1-support-structure.pdf",
        "deliverables/mihon/2-annual-plan-2026.pdf",
    }
    assert {"index.html", "mihon/index.html", "mihon/documents/support-structure.html"} <= set(made)
    assert {"calendars/mihon.ics", "calendars/all.ics"} <= set(made)
    rows = json.loads(made["deliverables/manifest.json"])
    assert rows[1] == {
        "contract": "mihon",
        "deliverable": "2",
        "document": "annual-plan-2026",
        "title": "年間計画表（令和8年度）",
        "period": {"start": "2026-04-01", "end": "2027-03-31"},
        "path": "deliverables/mihon/2-annual-plan-2026.pdf",
        "sha256": hashlib.sha256(made["deliverables/mihon/2-annual-plan-2026.pdf"]).hexdigest(),
        "pages": 1,
        "sources": rows[1]["sources"],
    }
    assert rows[1]["sources"] == sorted(rows[1]["sources"])
    assert f"{CONTRACT}/plan.yml" in rows[1]["sources"]
    assert [row["path"] for row in rows] == sorted(row["path"] for row in rows)


PERIODS = {
    "contract": ["letter"],
    "fiscal_year": ["letter-2026"],
    "month": ["letter-2026-04", "letter-2026-05"],
    "record\nrecord: incidents": ["letter-2026-001"],
    "person": ["letter-p1"],
}


@pytest.mark.parametrize("per", PERIODS, ids=[per.split("\n")[0] for per in PERIODS])
def test_one_template_is_one_kind_of_document(built: Callable[..., Project], per: str) -> None:
    """Adding a kind is adding one template: its pages and PDFs appear, and nobody touched Python."""
    template = FRONT.replace("per: contract", f"per: {per}") + "<p>{{ head.title }}の通知　{{ document.label }}</p>\n"
    made = _site(built({LETTER: template}))
    documents = [
        row["document"] for row in json.loads(made["deliverables/manifest.json"]) if row["deliverable"] is None
    ]
    assert documents == PERIODS[per]
    for name in PERIODS[per]:
        assert "見本業務委託の通知" in made[f"mihon/documents/{name}.html"].decode()
        assert made[f"deliverables/mihon/{name}.pdf"].startswith(b"%PDF-1.7")


def test_own_template_wins(built: Callable[..., Project]) -> None:
    """A project's template stands in for the shipped one of the same name."""
    template = "---\ntitle: 体制\nper: contract\nserves: [サポート体制図]\ndata: [contract]\n---\n<p>われらの体制</p>\n"
    made = _site(built({"templates/documents/support-structure.html.j2": template}))
    assert "われらの体制" in made["mihon/documents/support-structure.html"].decode()


def test_own_layout_wins(built: Callable[..., Project]) -> None:
    """So does a project's own part of a page."""
    page = (ROOT / "templates/site/contract.md.j2").read_text(encoding="utf-8") + "\n<p>われらの頁</p>\n"
    made = _site(built({"templates/site/contract.md.j2": page}))
    assert "われらの頁" in made["mihon/index.html"].decode()


def test_project_outside_git(built: Callable[..., Project]) -> None:
    """Without history the documents are made and say so."""
    page = _site(built())["mihon/documents/support-structure.html"].decode()
    assert "git の管理外のため、改訂履歴はありません。" in page


def test_uncommitted_change_shows(project: Callable[..., Project]) -> None:
    """A document that rests on something not committed says 未確定."""
    there = project(_files())
    there.git("init", "-q")
    there.commit("初版")
    there.write({f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"].replace("見本 太郎", "見本 次郎")})
    assert there.build().code == 0
    page = _site(there)["mihon/documents/support-structure.html"].decode()
    assert "第2版（未確定）" in page
    assert "まだコミットされていない変更を含む" in page


def _articles(there: Project) -> dict[str, str]:
    """The words of every page of the contract's part."""
    made = {path: text for path, text in _site(there).items() if path.startswith("mihon/") and path.endswith(".html")}
    pages = {path: html.document_fromstring(text.decode()) for path, text in made.items() if "404" not in path}
    return {path: str(page.find(".//article").text_content()) for path, page in pages.items()}


def test_sample_says_so_on_every_page(built: Callable[..., Project]) -> None:
    """Every page of sample data is marked; where nothing is a sample, none is."""
    there = built()
    assert [path for path, words in _articles(there).items() if "実在しません" not in words] == []
    assert there.write({"data/vendors/mihon-sha.yml": "name: 実在社\n"}).build().code == 0
    assert [path for path, words in _articles(there).items() if "実在しません" in words] == []


def test_draft_says_so_on_every_page(built: Callable[..., Project]) -> None:
    """A draft cannot be taken for the thing itself."""
    there = built()
    assert [path for path, words in _articles(there).items() if "下書き" in words] == []
    assert there.build("--draft").code == 0
    assert [path for path, words in _articles(there).items() if "下書き" not in words] == []


# --- what is left alone ---------------------------------------------------------------------------------

BROKEN = {
    "data": swapped(f"{CONTRACT}/plan.yml", "role: manager", "role: boss"),
    "front matter": {LETTER: "---\ntitle: 通知書\n---\n"},
    "syntax of a template": {LETTER: FRONT + "<p>\n{% if %}\n"},
    "undefined name": {LETTER: FRONT + "<p>\n{{ nothing }}\n"},
    "way out of the sandbox": {LETTER: FRONT + "<p>\n{{ ''.__class__.__mro__ }}\n"},
    "page of the site": {"templates/site/home.md.j2": "# 納品\n{{ nothing }}\n"},
    "layout of the PDF": {"templates/layouts/pdf.html.j2": "<html>\n{{ nothing }}\n"},
}
PLACES = {
    "data": f"{CONTRACT}/plan.yml:5:11: error REF001",
    "front matter": f"{LETTER}:2:1: error SCH001",
    "syntax of a template": f"{LETTER}:8:1: error TPL002",
    "undefined name": f"{LETTER}:8:1: error TPL002",
    "way out of the sandbox": f"{LETTER}:8:1: error TPL002",
    "page of the site": "templates/site/home.md.j2:2:1: error TPL002",
    "layout of the PDF": "templates/layouts/pdf.html.j2:2:1: error TPL002",
}


@pytest.mark.parametrize("what", BROKEN)
def test_failed_build_leaves_the_last_output(built: Callable[..., Project], what: str) -> None:
    """With anything wrong, the problem is told at its line, exit is 1, and the old site stands byte for byte."""
    there = built()
    before = _site(there)
    ran = there.write(BROKEN[what]).build()
    assert ran.code == 1
    assert all(line.startswith(PLACES[what].rpartition(":1: ")[0].rpartition(":")[0]) for line in ran.lines[:1])
    assert any(line.startswith(PLACES[what]) for line in ran.lines)
    assert "前のままです" in ran.err
    assert "Traceback" not in ran.err
    assert _site(there) == before


def test_failure_in_the_middle_leaves_the_last_output(built: Callable[..., Project]) -> None:
    """So does a build that fails while it writes."""
    there = built()
    before = _site(there)
    ran = there.write({"mkdocs.yml": "theme: {name: nothing}\n"}).build()
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("nohin: サイトの「")
    assert _site(there) == before
    assert list((there.root / ".nohin/new").iterdir()) == []


def test_draft_of_broken_data(project: Callable[..., Project]) -> None:
    """A draft is made as far as it can be, marked as a draft, and still exit 1."""
    there = project(_files(swapped(f"{CONTRACT}/plan.yml", "role: manager", "role: boss")))
    ran = there.build("--draft")
    assert ran.code == 1
    assert "REF001" in ran.out
    assert "に作りました" in ran.err
    assert "mihon/index.html" in _site(there)


def test_draft_never_hides_a_broken_template(built: Callable[..., Project]) -> None:
    """A template's error is never rendered into a page, not even into a draft's."""
    there = built()
    before = _site(there)
    ran = there.write(BROKEN["undefined name"]).build("--draft")
    assert (ran.code, "前のままです" in ran.err) == (1, True)
    assert _site(there) == before


def test_what_is_gone_from_the_data_is_gone_from_the_output(built: Callable[..., Project]) -> None:
    """A document that nobody asks for any more leaves no page and no PDF behind."""
    there = built({LETTER: FRONT + "<p>x</p>"})
    assert "deliverables/mihon/letter.pdf" in _site(there)
    assert there.write({LETTER: None}).build().code == 0
    assert not any("letter" in path for path in _site(there))


# --- the same every time --------------------------------------------------------------------------------


def test_same_commit_same_bytes(project: Callable[..., Project], tmp_path: Path) -> None:
    """Two builds in two folders, by two processes with other hash seeds and time zones: every file is the same."""
    there = project(_files({LETTER: FRONT + "<p>x</p>"}))
    there.git("init", "-q")
    there.commit("初版")
    copy = tmp_path / "elsewhere/別の 場所"
    shutil.copytree(there.root, copy, symlinks=True)
    for folder, seed, zone in ((there.root, "1", "Asia/Tokyo"), (copy, "2", "America/New_York")):
        ran = run_apart("build", "--as-of", AS_OF, cwd=folder, PYTHONHASHSEED=seed, TZ=zone)
        assert ran.code == 0, ran.err
    one, other = contents(there.root / "site"), contents(copy / "site")
    assert sorted(one) == sorted(other)
    assert [path for path in one if one[path] != other[path]] == []


def test_unchanged_build_loads_nothing_that_makes(built: Callable[..., Project]) -> None:
    """Where all PDFs and parts of the site are made already, WeasyPrint and MkDocs are not even loaded."""
    there = built()
    code = (
        "import sys; from generator.cli import main; code = main(sys.argv[1:]);"
        "print([name for name in ('weasyprint', 'pydyf', 'mkdocs') if name in sys.modules], code)"
    )
    arguments = ["build", "--project", str(there.root), "--as-of", AS_OF]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.splitlines()[-1] == "[] 0"


def test_cached_build_is_the_same(built: Callable[..., Project]) -> None:
    """What comes from the cache is what would be made anew, and nothing is made anew."""
    there = built()
    before = _site(there)
    ran = there.build()
    assert _site(there) == before
    assert not any(line.startswith(("PDF ", "サイト ")) for line in ran.err.splitlines())


def _truncated(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-1])


def _emptied(place: Path) -> None:
    place.write_bytes(b"")


def _overwritten(place: Path) -> None:
    place.write_bytes(b"\0" * 100)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "deleted": Path.unlink,
    "truncated": _truncated,
    "emptied": _emptied,
    "overwritten": _overwritten,
}


@pytest.mark.parametrize("how", DAMAGE)
def test_damaged_cache_is_survived(built: Callable[..., Project], how: str) -> None:
    """Whatever happens to the cache, the next build is as good as the first."""
    there = built()
    before = _site(there)
    for place in sorted((there.root / ".nohin/cache").rglob("*")):
        if place.is_file():
            DAMAGE[how](place)
    ran = there.build()
    assert (ran.code, ran.out) == (0, "")
    assert _site(there) == before


def test_cache_may_be_thrown_away(built: Callable[..., Project]) -> None:
    """`.nohin/` holds nothing that cannot be made again."""
    there = built()
    before = _site(there)
    shutil.rmtree(there.root / ".nohin")
    assert there.build().code == 0
    assert _site(there) == before


def test_one_contract_alone(built: Callable[..., Project]) -> None:
    """`--only` makes a contract anew as a whole build would, and leaves the others as they are."""
    copies = {path.replace("/mihon/", "/other/"): text for path, text in _files().items() if path.startswith(CONTRACT)}
    there = built({**copies, LETTER: FRONT + "<p>x</p>"})
    before = _site(there)
    changed = f"{CONTRACT}/staff.yml".replace("/mihon/", "/other/")
    there.write({changed: str(copies[changed]).replace("見本 太郎", "例示 花子")})
    assert there.build("--only", "oth*").code == 0
    after = _site(there)
    assert {path: text for path, text in after.items() if path.startswith(("mihon/", "deliverables/mihon/"))} == {
        path: text for path, text in before.items() if path.startswith(("mihon/", "deliverables/mihon/"))
    }
    assert "例示 花子" in after["other/documents/support-structure.html"].decode()
    assert there.build().code == 0
    assert _site(there) == after


def test_one_contract_alone_forgets_what_is_gone(built: Callable[..., Project]) -> None:
    """A contract that was renamed or taken away since is not carried over by `--only`."""
    copies = {path.replace("/mihon/", "/other/"): text for path, text in _files().items() if path.startswith(CONTRACT)}
    there = built(copies)
    shutil.rmtree(there.root / CONTRACT.replace("mihon", "other"))
    ran = there.build("--only", "mihon")
    assert ran.code == 0, ran.err
    after = _site(there)
    assert not [path for path in after if "other" in path.split("/")]
    assert there.build().code == 0
    assert _site(there) == after


def test_output_elsewhere(built: Callable[..., Project], tmp_path: Path) -> None:
    """`--out` puts the site anywhere, made when missing, and site/ is not touched."""
    there = built()
    before = _site(there)
    out = tmp_path / "deep/er/公開"
    assert there.build("--out", str(out)).code == 0
    assert contents(out) == before
    assert _site(there) == before
