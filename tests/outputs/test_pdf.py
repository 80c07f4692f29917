"""The PDFs, read back: what they say, what they are made of, and what they claim to be."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from generator.documents.kinds import Kind, discover
from generator.documents.templates import TemplateFolders
from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.outputs import pdf, typesetting
from tests.conftest import Shipped
from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, whole_project

pytestmark = pytest.mark.slow

PDFUA = "{http://www.aiim.org/pdfua/ns/id/}part"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
BOOKS = ("system-design", "program-design", "operation-manual", "user-manual")
DRAWN = ("support-structure", "work-manual", "period-report", "activity-report", *BOOKS, "network-diagram")
"""Kinds of document that may hold a drawing or a picture."""


@pytest.fixture(scope="module")
def pdfs(shipped: Shipped) -> list[tuple[dict[str, Any], Path]]:
    """Every PDF of the shipped data with its line in the manifest."""
    return [(row, shipped.site / row["path"]) for row in shipped.manifest]


def _text(place: Path, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, str(place), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def _flat(text: str) -> str:
    return "".join(text.split())


def _pages(place: Path) -> list[str]:
    return _text(place, "-layout").split("\f")[:-1]


# --- what they say --------------------------------------------------------------------------------------


def test_listed(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """Hash and pages in the list are the file's."""
    assert pdfs
    for row, place in pdfs:
        assert hashlib.sha256(place.read_bytes()).hexdigest() == row["sha256"]
        with pikepdf.open(place) as found:
            assert len(found.pages) == row["pages"]


def test_title_is_as_the_list_prints_it(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """On paper and in the file's properties."""
    contracts = load(WorkingTree(ROOT)).portfolio.contracts
    titles = {(c.id, d.no): d.title for c in contracts.values() for d in c.deliverables}
    for row, place in pdfs:
        title = titles[row["contract"], row["deliverable"]]
        assert _flat(title) in _flat(_pages(place)[0]), place
        with pikepdf.open(place) as found:
            assert str(found.docinfo["/Title"]).startswith(title)


def test_every_page_has_its_number_and_heads(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """「n / N」 below, document number, edition and the contract's title above."""
    for row, place in pdfs:
        pages = _pages(place)
        for number, page in enumerate(pages, 1):
            assert re.search(rf"^\s*{number} / {len(pages)}\s*$", page, re.MULTILINE), f"{place} {number}"
            if number > 1:
                head = _flat("".join(page.strip().splitlines()[:3]))
                assert re.search(r"第\d+版", head)
                assert row["document"] in head or row["contract"] in head


def test_letter_of_an_office(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """Addressee, sender, 和暦 dates, the mark of a sample, and the revision history from git."""
    (place,) = [
        p for row, p in pdfs if (row["contract"], row["document"]) == ("ichikawa-groupware", "annual-plan-2026")
    ]
    words = _flat(_text(place))
    for said in (
        "市川市長様",
        "見本システム株式会社",
        "令和8年4月24日",
        "見本",
        "第1版",
        "第2版",
        "担当の見直し",
        "例示花子",
        "改訂履歴",
    ):
        assert said in words, said
    assert "2026-04-24" not in words


def test_long_tables_repeat_their_heads(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """A page in the middle of the checklist can be read by itself."""
    (place,) = [p for row, p in pdfs if row["contract"] == "ichikawa-groupware" and row["deliverable"] == "2"]
    pages = _pages(place)
    assert len(pages) > 2
    for page in pages[1:-1]:
        assert "確認項目" in _flat(page)


PAPER = {"A4": [595, 842], "A4 landscape": [842, 595], "A3 landscape": [1191, 842]}


def test_wide_documents_are_wide(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """The paper is the manifest's."""
    kinds, _ = discover(TemplateFolders(ROOT))
    for row, place in pdfs:
        with pikepdf.open(place) as found:
            size = [round(float(length)) for length in found.pages[0].MediaBox][2:]
        assert size == PAPER[_kind(row, kinds).paper]


def _kind(row: dict[str, Any], kinds: Mapping[str, Kind]) -> Kind:
    """The kind of a document by its id."""
    return kinds[max((name for name in kinds if f"{row['document']}-".startswith(f"{name}-")), key=len)]


# --- what they are made of ------------------------------------------------------------------------------


def test_syntax(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """qpdf has nothing to say."""
    for _, place in pdfs:
        done = subprocess.run(["qpdf", "--check", str(place)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


def _fonts(found: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for item in found.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/BaseFont" in item:
            yield item


def test_fonts_are_embedded_in_part(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """Every font travels in the file, only the characters used, and can be copied as text."""
    for _, place in pdfs:
        with pikepdf.open(place) as found:
            names = set()
            for font in _fonts(found):
                names.add(str(font.BaseFont))
                assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont))
                if font.Subtype == "/Type0":
                    assert "/ToUnicode" in font
                else:
                    assert any(f"/FontFile{n}" in font.FontDescriptor for n in ("", "2", "3"))
            assert any("BIZ-UD" in name for name in names)


def test_conformance_is_claimed(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """PDF/A-3a and PDF/UA-1 in the metadata, with what they ask for around it."""
    for _, place in pdfs:
        with pikepdf.open(place) as found:
            with found.open_metadata() as meta:
                assert (meta[f"{PDFA}part"], meta[f"{PDFA}conformance"], meta[PDFUA]) == ("3", "A", "1")
            root = found.Root
            assert str(root.Lang) == "ja"
            assert bool(root.MarkInfo.Marked)
            assert bool(root.ViewerPreferences.DisplayDocTitle)
            assert "/StructTreeRoot" in root
            (intent,) = root.OutputIntents
            assert str(intent.S) == "/GTS_PDFA1"
            assert b"acsp" in intent.DestOutputProfile.read_bytes()[:64]
            assert all("/StructParents" in page for page in found.pages)


def _kinds_of_structure(element: Any) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for item in element:
            yield from _kinds_of_structure(item)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S)
        if "/K" in element:
            yield from _kinds_of_structure(element.K)


def test_structure_is_tagged(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """Headings, tables with heads, and pictures with words are tagged as such."""
    for row, place in pdfs:
        with pikepdf.open(place) as found:
            kinds = set(_kinds_of_structure(found.Root.StructTreeRoot))
            assert {"/H1", "/Table", "/TR", "/TH", "/TD"} <= kinds
            figures = [o for o in found.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
            assert all(str(figure.Alt) for figure in figures)
            assert not figures or row["document"].startswith(DRAWN), place
            assert figures or row["document"] != "support-structure"


def test_bookmarks(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """The title and the chapters can be jumped to, of a sheet the revision history too."""
    kinds, _ = discover(TemplateFolders(ROOT))
    for row, place in pdfs:
        with pikepdf.open(place) as found, found.open_outline() as outline:
            chapters = [item.title for top in outline.root for item in (top, *top.children)]
        assert chapters
        assert "改訂履歴" in chapters or _kind(row, kinds).form == "letter"


def test_data_travel_along(shipped: Shipped, pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """The files a document was made from are attached, each once, as its source, and are those files."""
    for row, place in pdfs:
        with pikepdf.open(place) as found:
            names = [str(item.UF) for item in found.Root.AF]
            assert len(set(names)) == len(names) == len(row["sources"]) == len(found.attachments)
            assert {str(item.AFRelationship) for item in found.Root.AF} == {"/Source"}
            for name, attached in found.attachments.items():
                assert name.isascii()
                file = attached.get_file()
                assert file.read_bytes() == (shipped.project.root / attached.description).read_bytes()
                assert file.creation_date is not None
                assert file.creation_date.date() <= dt.date(2026, 4, 24)
            assert sorted(a.description for a in found.attachments.values()) == row["sources"]


def test_nothing_runs(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """No scripts, no programs, no forms, no actions when the file is opened."""
    for _, place in pdfs:
        with pikepdf.open(place) as found:
            assert not {"/OpenAction", "/AA", "/AcroForm"} & set(found.Root.keys())
            assert "/JavaScript" not in found.Root.Names
            for item in found.objects:
                if isinstance(item, pikepdf.Dictionary):
                    assert str(item.get("/S", "")) not in ("/JavaScript", "/Launch", "/SubmitForm", "/GoToR", "/GoToE")
                    assert not {"/JS", "/AA"} & set(item.keys())


def test_dates_come_from_history(pdfs: list[tuple[dict[str, Any], Path]]) -> None:
    """The file's dates are the last edition's day, not the day of the build."""
    for row, place in pdfs:
        with pikepdf.open(place) as found:
            changed = row["contract"] == "ichikawa-groupware" and "plan.yml" in str(row["sources"])
            first = not changed or not row["document"].startswith("annual-plan")
            days = ("D:20260401", "D:20260424") if changed and first else ("D:20260401" if first else "D:20260424",)
            assert str(found.docinfo["/ModDate"]).startswith(days)


# --- an independent opinion -----------------------------------------------------------------------------

JARS = ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "jaxb-api", "javax.activation")
KNOWN = {"7.3"}
"""Error in metadata: PDFBox does not know pdfuaid, which its own extension schema declares."""


FORMS = ("情報セキュリティ対策チェックリスト", "年間計画表", "サポート体制図")
"""Kinds of document with a table across the page, a sheet on its side, and a drawing."""


def _one_document(project: Callable[..., Project], title: str, changes: Files | None = None) -> Project:
    listed = WHOLE[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", f"title: {title}")
    mkdocs = (ROOT / "mkdocs.yml").read_bytes()
    files = {"mkdocs.yml": mkdocs, f"{CONTRACT}/deliverables.yml": listed, **(changes or {})}
    there = project(whole_project(files))
    ran = there.build()
    assert ran.code == 0, ran.out + ran.err
    return there


def _preflight(place: Path) -> set[str]:
    """The codes of what PDFBox finds wrong with a file as PDF/A-1b."""
    path = ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS)
    command = ["java", "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", str(place)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert "PDF/A-1b file" in done.stdout, done.stdout + done.stderr
    return set(re.findall(r"^([\d.]+) : ", done.stdout, re.MULTILINE))


@pytest.mark.parametrize("title", FORMS)
def test_validated_as_pdf_a(project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch, title: str) -> None:
    """The same pages as PDF/A-1b, without the attachments which that part forbids, satisfy PDFBox."""
    assert shutil.which("java"), "java is missing: scripts/system-packages.sh test installs it"
    monkeypatch.setattr(pdf, "VARIANT", "pdf/a-1b")
    monkeypatch.setattr(typesetting, "_attachments", lambda document, tree: ())
    (made,) = (_one_document(project, title).root / "site").rglob("*.pdf")
    assert _preflight(made) == KNOWN


def test_validator_validates(shipped: Shipped, tmp_path: Path) -> None:
    """A file that is no PDF/A-1b is noticed: the opinion above is worth something."""
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(shipped.site / shipped.manifest[0]["path"]) as found:
        del found.Root.OutputIntents
        found.save(broken, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert _preflight(broken) - KNOWN


# --- what goes wrong ------------------------------------------------------------------------------------


def test_character_that_no_font_has(project: Callable[..., Project]) -> None:
    """A character without a shape is set as 〓, as printers do; rare kanji have one."""
    staff = WHOLE[f"{CONTRACT}/staff.yml"].replace("見本 太郎", "𠮷野 槗\ue000郎")
    there = _one_document(project, "サポート体制図", {f"{CONTRACT}/staff.yml": staff})
    (made,) = (there.root / "site").rglob("*.pdf")
    assert _flat(_text(made)).count("𠮷野槗〓郎") >= 2


def test_missing_font_is_a_broken_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the Japanese font no PDF is made: it would be full of boxes, and nothing else would complain."""
    from generator.outputs import fonts
    from generator.problems import NohinError

    fonts.fingerprint.cache_clear()
    monkeypatch.setattr(fonts, "REQUIRED", ("No Such Font",))
    with pytest.raises(NohinError, match="フォント「No Such Font」がありません"):
        fonts.fingerprint()
    fonts.fingerprint.cache_clear()


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A picture from the disc or from a host is an error of the document, not a request."""
    from generator.problems import NohinError

    (tmp_path / "x.png").write_bytes(b"x")
    for address in ((tmp_path / "x.png").as_uri(), "http://example.com/x.png", "x.png"):
        job = pdf.Job("x", f"<html lang=ja><title>x</title><img alt=x src='{address}'>", "", None)
        with pytest.raises(NohinError, match="x の PDF を組めません"):
            pdf.typeset(job)


def test_a_few_lines_are_drawn_in() -> None:
    """What would stand on a last sheet almost alone is drawn in by setting the document more closely, where that does."""
    css = "@page { size: 10cm; margin: 1cm } p { margin: 0; line-height: 1cm } .close p { line-height: 0.75cm }"

    def pages(lines: int) -> int:
        job = pdf.Job("x", f"<html lang=ja><title>x</title>{'<p>行</p>' * lines}", css, None)
        return int.from_bytes(pdf.typeset(job)[:4], "big")

    assert [pages(lines) for lines in (8, 9, 10, 11, 13)] == [1, 1, 1, 2, 2]
