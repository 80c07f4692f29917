"""The ZIPs of a contract: what is in them, under which names, and that the same PDFs make the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.documents.plan import Document
from generator.history.revisions import Revision, Revisions
from generator.outputs import archives
from generator.outputs.archives import COLUMNS, LIST, LONGEST, Archive
from generator.outputs.pdf import Made
from generator.outputs.shown import Shown
from tests import papers
from tests.support import AS_OF, CONTRACT, WHOLE, Project

DAY = dt.date.fromisoformat(AS_OF)
DELIVERABLES, INCIDENT = f"{CONTRACT}/deliverables.yml", f"{CONTRACT}/records/incidents/2026-001.yml"

HEAD = f"{CONTRACT}/contract.yml"
LONG = {HEAD: WHOLE[HEAD].replace("end: 2027-03-31", "end: 2028-03-31")}


@pytest.fixture
def shown(project: Callable[..., Project]) -> Shown:
    """A small contract of two years."""
    return papers.shown(project, LONG)[1]


def _made(shown: Shown) -> dict[str, Made]:
    """A PDF for each document; here its bytes are its path."""
    return {path: Made(path, f"%PDF {path}".encode(), 3) for path in shown.files.values()}


def _opened(archive: Archive, shown: Shown) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(archives.packed(archive, _made(shown))))


def _renamed(project: Callable[..., Project], title: str) -> dict[str, Document]:
    """The documents of the contract with an incident of this title."""
    record = {INCIDENT: f"title: '{title}'\ncontacted: 2026-04-28 16:30\nrestored: 2026-04-29 10:00\n"}
    return {body.document.id: body.document for body in papers.shown(project, record)[1].bodies}


def test_one_archive_a_year_and_one_for_the_rest(shown: Shown) -> None:
    """Names and places never change; what belongs to no year is in one of its own."""
    assert [(one.title, one.path, one.list_path) for one in archives.archives(shown, DAY)] == [
        ("令和8年度", "downloads/mihon/fy2026.zip", "downloads/mihon/fy2026.csv"),
        ("年度によらない文書", "downloads/mihon/other.zip", "downloads/mihon/other.csv"),
    ]


def test_a_contract_of_one_year_has_one_archive(project: Callable[..., Project]) -> None:
    """Everything belongs to the year there is."""
    assert [one.name for one in archives.archives(papers.shown(project)[1], DAY)] == ["fy2026"]


def test_list_comes_first_then_the_deliverables_in_order(shown: Shown) -> None:
    """Names as an officer would give them."""
    year, rest = archives.archives(shown, DAY)
    assert _opened(year, shown).namelist() == [
        LIST,
        "No1_作業報告書_令和8年4月.pdf",
        "No1_作業報告書_令和8年5月（期間の途中）.pdf",
        "No2_障害報告書_2026-001_送信できない.pdf",
        "No3_設計書.pdf",
        "No3_設計書（差分）_2026-001_認証基盤の更新とそれに伴う長い長い名の付いた保存領域の拡張.pdf",
        "No10_体制表.pdf",
    ]
    assert _opened(rest, shown).namelist() == [LIST, "台帳.pdf"]


def test_pdfs_come_out_as_they_went_in(shown: Shown) -> None:
    """Stored whole, with UTF-8 names and rights that let the owner open them."""
    year, _ = archives.archives(shown, DAY)
    with _opened(year, shown) as file:
        assert file.testzip() is None
        assert file.read("No10_体制表.pdf") == b"%PDF deliverables/mihon/10-chart.pdf"
        for entry in file.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.flag_bits & 0x800
            assert entry.external_attr >> 16 == 0o100644


def test_same_documents_make_the_same_bytes(shown: Shown) -> None:
    """No clock and no system leaves a trace."""
    year, _ = archives.archives(shown, DAY)
    again, _ = archives.archives(shown, DAY)
    assert archives.packed(year, _made(shown)) == archives.packed(again, dict(reversed(_made(shown).items())))


def test_files_bear_the_day_of_their_edition(shown: Shown) -> None:
    """The day of the last change in the history; without one the first day a ZIP knows."""
    edition = Revisions((Revision(1, dt.date(2026, 4, 24), "見本 太郎", "初版", "0" * 40),))
    first, *rest = shown.bodies
    dated = replace(shown, bodies=(replace(first, revisions=edition), *rest))
    year, _ = archives.archives(dated, DAY)
    days = {entry.filename: entry.date_time[:3] for entry in _opened(year, dated).infolist()}
    assert days["No1_作業報告書_令和8年4月.pdf"] == (2026, 4, 24)
    assert days["No1_作業報告書_令和8年5月（期間の途中）.pdf"] == days[LIST] == (1980, 1, 1)


def test_list_says_what_each_file_is(shown: Shown) -> None:
    """Number, titles, period, name, pages and hash, readable by a spreadsheet."""
    year, _ = archives.archives(shown, DAY)
    raw = _opened(year, shown).read(LIST)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, first, *_ = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert tuple(head) == COLUMNS
    assert first == [
        "1",
        "作業報告書",
        "作業報告書（令和8年4月）",
        "2026-04-01",
        "2026-04-30",
        "No1_作業報告書_令和8年4月.pdf",
        "3",
        hashlib.sha256(b"%PDF deliverables/mihon/1-monthly-2026-04.pdf").hexdigest(),
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    """A title that begins like a formula is kept as the text it is."""
    assert archives.plain(cell) == f"'{cell}"
    assert archives.plain(f"題名{cell}") == f"題名{cell}"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("../../etc/passwd", "No2_障害報告書_2026-001_..／..／etc／passwd", id="no way out of the folder"),
        pytest.param("..\\a:b*c?d", "No2_障害報告書_2026-001_..＼a：b＊c？d", id="what Windows keeps for itself"),
        pytest.param("終わり. ", "No2_障害報告書_2026-001_終わり", id="dots and blanks at the end"),
        pytest.param("表\u202efdp.exe", "No2_障害報告書_2026-001_表fdp.exe", id="characters that nobody sees"),
        pytest.param("か\u3099き", "No2_障害報告書_2026-001_がき", id="one form of each character"),
    ],
)
def test_names_are_safe_everywhere(project: Callable[..., Project], title: str, name: str) -> None:
    """What a title says cannot lead elsewhere or be refused by a system."""
    assert archives.file_name(_renamed(project, title)["letter-2026-001"]) == name


def test_names_are_not_too_long(project: Callable[..., Project]) -> None:
    """A title of any length ends where the name has to, with room for what Windows puts before it."""
    name = archives.file_name(_renamed(project, "長" * 300)["letter-2026-001"])
    assert len(name) == LONGEST
    assert len(f"{name}.pdf".encode()) < 255


@pytest.mark.parametrize("word", ["CON", "nul", "com1"])
def test_names_of_devices_are_avoided(project: Callable[..., Project], word: str) -> None:
    """Windows takes some words for devices, whatever their ending."""
    files = {
        "templates/documents/handed-list.html.j2": f"---\ntitle: {word}\nper: contract\ndata: [contract]\n---\n<p>本文</p>\n"
    }
    (own,) = (b.document for b in papers.shown(project, files)[1].bodies if b.document.kind.id == "handed-list")
    assert archives.file_name(own) == f"{word}_"


def test_every_file_has_a_name_of_its_own(project: Callable[..., Project]) -> None:
    """Titles that are cut to the same beginning, or differ in capitals only, are numbered."""
    record = "title: {}\ncontacted: 2026-04-28 16:30\nrestored: 2026-04-29 10:00\n"
    long = "長" * 300
    files = {f"{CONTRACT}/records/incidents/{'あ' * 60}-{n}.yml": record.format(f"{long}{n}") for n in range(1, 4)}
    _, shown = papers.shown(project, files)
    names = [one.name for archive in archives.archives(shown, DAY) for one in archive.files]
    assert len({name.casefold() for name in names}) == len(names)
    assert sum(name.endswith(("_2.pdf", "_3.pdf")) for name in names) == 2


def test_write_puts_archive_and_list_in_place(shown: Shown, tmp_path: Path) -> None:
    """Both below the site, the list the same as inside."""
    archives.write(shown, _made(shown), tmp_path, DAY)
    for archive in archives.archives(shown, DAY):
        with zipfile.ZipFile(tmp_path / archive.path) as file:
            assert file.read(LIST) == (tmp_path / archive.list_path).read_bytes()
