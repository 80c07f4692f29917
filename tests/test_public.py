"""Builds for everybody: a canary in every personal field, in free text and in history is in no file of them.

The same canaries are found in the officer's build, so these tests can fail.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from lxml import html

from generator.intake.schema import load_schemas
from tests.planted import Planted, plain, planted, said
from tests.support import CONTRACT, Project, contents

pytestmark = pytest.mark.slow

NOTICE = "公開用　個人情報を「非公開」とし"


@dataclass(frozen=True)
class Built:
    """The planted project, built for both readers."""

    planted: Planted

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.planted.project.root

    @cached_property
    def officer(self) -> str:
        """All that the officer's site says."""
        return said(self.root / "site")

    @cached_property
    def public(self) -> str:
        """All that everybody's site says."""
        return said(self.root / "site-public")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both builds of one project. Its data is right by form only, so both are drafts."""
    found = planted(Project(tmp_path_factory.mktemp("planted")))
    for audience in ("officer", "public"):
        ran = found.project.build("--draft", "--audience", audience)
        assert "に作りました" in ran.err, ran.out + ran.err
    return Built(found)


def test_there_is_a_canary_in_every_marked_field(built: Built) -> None:
    """No field that a schema marks is forgotten by these tests, today or before."""
    marked = {
        f"{kind}.{'.'.join(map(str, path))}"
        for kind, schema in load_schemas().by_kind.items()
        for path, rule in schema.walk()
        if rule.get("meta", {}).get("personal")
    }
    fields = {name.rpartition(" ")[0] for name in built.planted.fields}
    assert fields == marked | {f"前 {name}" for name in marked}


def test_no_canary_is_anywhere(built: Built) -> None:
    """Pages, PDFs with their streams and metadata, search index, feeds, archives and names of files hold none."""
    assert {one for one in built.planted.everything if plain(one) in built.public} == set()


def test_the_officer_sees_them(built: Built) -> None:
    """What is looked for is there to be found: every field of today, nearly all of before, every spelling, every id."""
    fields = built.planted.fields
    unseen = {name for name, one in fields.items() if plain(one) not in built.officer}
    assert {name for name in unseen if not name.startswith("前 ")} == set()
    assert len(unseen) < len(fields) / 10  # many changes of one record are told by their number
    others = (*built.planted.spellings, *built.planted.people)
    assert {one for one in others if plain(one) not in built.officer and "@" not in one} == set()


def test_what_is_told_instead(built: Built) -> None:
    """Somebody has another id, the same at all times; what each did is told without a name."""
    pages = contents(built.root / "site-public")
    assert "mihon/records/work.html" in pages
    page = pages["mihon/records/work.html"].decode()
    assert "person-1-2026" in page
    assert "非公開" in page
    assert "person-2" not in built.public


def test_every_page_says_that_it_is_for_everybody(built: Built) -> None:
    """A reader knows that something is left out; the officer's pages say nothing of it."""
    pages = [path for path in sorted((built.root / "site-public").rglob("*.html")) if "assets" not in path.parts]
    assert [page for page in pages if NOTICE not in page.read_text(encoding="utf-8")] == []
    assert plain(NOTICE) not in built.officer
    assert plain("公開用　個人情報を省いています") in built.public  # on paper


def test_papers_of_one_person_are_not_made(built: Built) -> None:
    """A pledge and a name tag are no papers for everybody; the list says so."""
    names = {path.name for path in (built.root / "site-public/deliverables/mihon").iterdir()}
    assert {name for name in names if "pledge" in name or "name-tags" in name} == set()
    assert "all-support-structure.pdf" in names


def test_the_list_of_documents_says_what_is_not_made(built: Built, tmp_path: Path) -> None:
    """What is asked for and not made for everybody stands in the list of documents."""
    there = _copy(built, tmp_path)
    asked = there.read(f"{CONTRACT}/deliverables.yml")
    there.write({f"{CONTRACT}/deliverables.yml": asked.replace("障害報告書", "名札")})
    assert "に作りました" in there.build("--draft", "--audience", "public").err
    page = html.fromstring((there.root / "site-public/mihon/documents/index.html").read_bytes())
    (row,) = [row for row in page.iter("tr") if row.get("id") == "n-2"]
    assert "公開用では作らない文書" in row.text_content()


def test_pdfs_carry_no_data_files(built: Built) -> None:
    """The officer's PDFs have their data attached, those for everybody have nothing attached."""
    assert "/embeddedfile" in built.officer or f"{CONTRACT}/staff.yml" in built.officer
    for path in (built.root / "site-public").rglob("*.pdf"):
        assert b"/EmbeddedFile" not in path.read_bytes()


def test_the_same_bytes(built: Built, tmp_path: Path) -> None:
    """Built elsewhere without anything kept, everybody's site is the same to the byte."""
    there = _copy(built, tmp_path)
    shutil.rmtree(there.root / ".nohin")
    shutil.rmtree(there.root / "site-public")
    assert "に作りました" in there.build("--draft", "--audience", "public").err
    assert contents(there.root / "site-public") == contents(built.root / "site-public")


def test_what_templates_say_is_found(built: Built, tmp_path: Path) -> None:
    """A name written into a template stops the build: the file and the field are said, the name is not; the last output stays."""
    there = _copy(built, tmp_path)
    before = contents(there.root / "site-public")
    name = next(one for path, one in built.planted.fields.items() if path.startswith("staff.people.*.name"))
    template = (
        f"---\ntitle: 挨拶\nper: contract\ndata: [contract]\nalways: true\n---\n<p>{name[:2]}<b>{name[2:]}</b></p>\n"
    )
    there.write({"templates/documents/greeting.html.j2": template})
    ran = there.build("--draft", "--audience", "public")
    assert ran.code == 1
    found = [line for line in ran.lines if "PUB001" in line]
    assert any(line.startswith("mihon/documents/greeting.html:1:1: error PUB001") for line in found)
    assert any("greeting.pdf" in line for line in found)
    assert all("体制　人　氏名" in line or "体制 人 氏名" in line for line in found)
    assert name not in ran.out + ran.err
    assert contents(there.root / "site-public") == before


def _copy(built: Built, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(built.root, tmp_path / "project", symlinks=True)))
