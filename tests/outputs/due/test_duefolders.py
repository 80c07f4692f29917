"""The folders of the due dates, their lists, and whose place they may take."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from generator.outputs.due import duefolders
from generator.outputs.due.duefolders import COLUMNS, DATA, is_ours
from generator.outputs.folders import MANIFEST, replaced, write
from generator.problems import NohinError
from tests.owed import DELIVERABLES, FILES, Owed, owed
from tests.support import Project, contents


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Owed:
    """The project as it is; no test changes it."""
    return owed(Project(tmp_path_factory.mktemp("owed")).write)


@pytest.fixture(scope="module")
def out(usual: Owed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is written of it."""
    return _written(usual, tmp_path_factory.mktemp("out"))


def _written(one: Owed, place: Path) -> Path:
    pages, problems = duefolders.pages(one.report, one.site.env)
    assert problems == []
    duefolders.write(one.report, pages, place)
    return place


def _rows(place: Path) -> list[list[str]]:
    raw = place.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))


def test_a_folder_for_each_due_date_with_its_lists(usual: Owed, out: Path) -> None:
    """PDFs below the contract, a page and a table beside them; all of it once more at the top."""
    dates = {paper.folder for paper in usual.papers}
    lists = {f"{date}/{name}" for date in dates for name in ("index.html", "目録.csv")}
    own = {paper.path for paper in usual.papers}
    assert set(contents(out)) == own | lists | {"index.html", "index.json", "目録.csv"}


def test_list_says_what_each_file_is(out: Path) -> None:
    """Date with its weekday, deliverables, edition, pages and hash; paths as they are from where the list lies."""
    head, *rows = _rows(out / "2026-06-30/目録.csv")
    assert tuple(head) == COLUMNS
    first = dict(zip(head, rows[0], strict=True))
    assert (first["期日"], first["曜日"], first["No"], first["ページ数"]) == ("2026-06-30", "火", "6", "3")
    assert first["納品物件"] == "No.6 体制表の写し、台帳"
    assert (out / "2026-06-30" / first["ファイル"]).is_file()
    every = [row[COLUMNS.index("ファイル")] for row in _rows(out / "目録.csv")[1:]]
    assert all((out / path).is_file() for path in every)
    assert len(every) == 7


def test_pages_link_to_every_file(out: Path) -> None:
    """Opened from a disk, each link leads to a file."""
    for page in [out / "index.html", *out.glob("*/index.html")]:
        for link in html.parse(str(page)).xpath("//a/@href"):
            assert (page.parent / _unquoted(link)).exists(), link


def _unquoted(link: str) -> str:
    from urllib.parse import unquote

    return unquote(link)


def test_page_loads_nothing_and_names_its_state(out: Path) -> None:
    """No script, no other host; what lacks something stands at the top, and what is made up is marked."""
    text = (out / "index.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "http" not in text.replace('http-equiv="', "")
    assert "見本とした契約の受注者・人物・記録は実在しません。" in text
    assert text.count("見本業務委託（見本）") == 7
    heads = html.fromstring(text).xpath("//h2")
    assert [" ".join(head.text_content().split()) for head in heads][:3] == [
        "遅れているもの 1 件",
        "承認がないもの 1 件",
        "記録が足りないもの 1 件",
    ]


def test_folder_of_a_date_can_be_passed_on(out: Path) -> None:
    """It tells of the closed day, not of what is late or missing elsewhere, and leads nowhere outside of itself."""
    text = (out / "2026-06-20/index.html").read_text(encoding="utf-8")
    assert "閉庁日。直前の開庁日は 2026-06-19（金）" in text
    assert "遅れている" not in text
    assert "../" not in text


def test_what_titles_say_is_text(project: Callable[..., Project], tmp_path: Path) -> None:
    """Neither HTML nor a formula of a spreadsheet."""
    titles = FILES[DELIVERABLES].replace("title: 体制表\n", "title: '=1+1<img src=x>'\n    listed: false\n")
    out = _written(owed(project, {DELIVERABLES: titles}), tmp_path)
    _, row = _rows(out / "2026-06-20/目録.csv")
    assert row[COLUMNS.index("納品物件")] == "'=1+1<img src=x>"
    assert "<img" not in (out / "2026-06-20/index.html").read_text(encoding="utf-8")


def test_same_report_makes_the_same_bytes(usual: Owed, out: Path, tmp_path: Path) -> None:
    """No clock leaves a trace."""
    assert contents(_written(usual, tmp_path)) == contents(out)


# --- whose place it takes ---------------------------------------------------------------------------------


def test_own_folder_is_replaced_whole(usual: Owed, tmp_path: Path) -> None:
    """What is due no longer is gone; what keeps the folder in git stays."""
    due = tmp_path / "due"
    for path, text in ((DATA, b'{"made_by": "nohin pdf"}'), ("2020-01-01/old.pdf", b"x"), (".gitignore", b"*\n")):
        write(due / path, text)
    with replaced(due, tmp_path, is_ours) as new:
        _written(usual, new)
    assert not (due / "2020-01-01").exists()
    assert (due / ".gitignore").read_bytes() == b"*\n"
    assert list((tmp_path / ".nohin/new").iterdir()) == []


def test_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    """Whole or not at all."""
    write(tmp_path / "due" / DATA, b'{"made_by": "nohin pdf"}')
    before = contents(tmp_path / "due")
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(tmp_path)
    assert contents(tmp_path / "due") == before


def _fail_half_way(project: Path) -> None:
    with replaced(project / "due", project, is_ours) as new:
        write(new / "half.pdf", b"x")
        raise ZeroDivisionError


@pytest.mark.parametrize("name", ["data", "site", "other", "file.txt", ".", ".."])
def test_what_was_not_made_here_is_refused(tmp_path: Path, name: str) -> None:
    """Data, the site, somebody's index.json, a file, the project and what encloses it."""
    project = tmp_path / "outer/project"
    for path in ("data/a.yml", f"site/{MANIFEST}", "file.txt"):
        write(project / path, b"[]")
    write(project / "other" / DATA, b'{"made_by": "somebody"}')
    before = contents(tmp_path)
    with pytest.raises(NohinError), replaced(project / name, project, is_ours):
        pass
    assert {path: text for path, text in contents(tmp_path).items() if ".nohin" not in path} == before
