"""Whether a PDF is the one that was handed over: real repositories, real PDFs, and what people do to both."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.outputs import delivery, verification
from tests.submitted import SUBMISSIONS, files, handed, june, submit, tracked
from tests.support import CONTRACT, Project, Ran, git, swapped

pytestmark = pytest.mark.slow

STAFF = f"{CONTRACT}/staff.yml"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that has handed over the report of May, and has gone on for ten commits since."""
    there = tracked(tmp_path_factory.mktemp("first") / "project")
    ran = june(there)
    assert ran.code == 0, ran.err
    there.commit("五月分を提出", "2026-06-08T12:00:00+09:00")
    for number in range(1, 10):
        there.write(swapped(STAFF, "00-0000-0001", f"00-0000-000{number}"))
        there.commit(f"電話の訂正 {number}", f"2026-06-{10 + number}T09:00:00+09:00")
    return there


@pytest.fixture
def there(first: Project, tmp_path: Path) -> Project:
    """A copy of it to be changed."""
    return Project(Path(shutil.copytree(first.root, tmp_path / "project", symlinks=True)))


@pytest.fixture
def pdf(there: Project, tmp_path: Path) -> Path:
    """The PDF as the officer has it: outside of the project, under its name."""
    return Path(shutil.copy2(handed(there), tmp_path))


def _verify(there: Project, *what: object) -> tuple[int, list[dict[str, Any]]]:
    ran = there.run("verify", *map(str, what), "--format", "json")
    return ran.code, json.loads(ran.out) if ran.out else []


def _differs(finding: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["what"]: (one["expected"], one["found"]) for one in finding["differences"]}


# --- what was handed over -------------------------------------------------------------------------------


def test_pdf_of_ten_commits_ago_is_made_again(there: Project, pdf: Path) -> None:
    """What the data say today does not matter: the recorded commit makes the same bytes."""
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"], found["differences"], found["notes"]) == (0, "same", [], [])
    assert found["submission"] == {
        "contract": "mihon",
        "deliverable": "1",
        "due": "2026-06-10",
        "period": None,
        "event": None,
        "date": "2026-06-08",
        "commit": there.git("rev-list", "--max-parents=0", "HEAD").strip(),
        "tag": "submitted/mihon/1/2026-06-10",
    }


def test_under_another_name_it_is_the_same(there: Project, pdf: Path) -> None:
    """Offices rename what they file."""
    code, (found,) = _verify(there, pdf.rename(pdf.with_name("５月分 作業報告書.PDF")))
    assert (code, found["result"], found["document"]) == (0, "same", "work-report-2026-05")


@pytest.mark.parametrize("what", ["mihon/1", "mihon/1@2026-06-10", "mihon/1@令和8年6月10日"])
def test_submission_is_made_again(there: Project, what: str) -> None:
    """Without any PDF at hand, the record is held against what the commit makes."""
    ran = there.run("verify", what)
    assert ran.code == 0
    assert ran.lines[0] == "一致　deliverables/mihon/1-work-report-2026-05.pdf"
    assert "    コミットから作り直したものと、1 バイトも違いません" in ran.lines


def test_project_with_uncommitted_changes(there: Project, pdf: Path) -> None:
    """What is being written, even if it is broken, has no part in it."""
    there.write({STAFF: "people: [", f"{CONTRACT}/plan.yml": None})
    assert _verify(there, pdf)[0] == 0


def test_contract_that_was_renamed(there: Project, pdf: Path) -> None:
    """The PDF bears the old id, the record stands under the new one."""
    there.git("mv", "data/contracts/mihon", "data/contracts/mihon-2026")
    there.commit("契約の id を改める", "2026-07-01T09:00:00+09:00")
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"], found["submission"]["contract"]) == (0, "same", "mihon-2026")
    assert _verify(there, "mihon-2026/1@2026-06-10")[0] == 0


def test_project_in_a_subfolder(tmp_path: Path) -> None:
    """A project may lie anywhere in a repository; it is handed over and made again the same way."""
    (tmp_path / "repo").mkdir()
    git(tmp_path / "repo", "init", "-q")
    there = Project(tmp_path / "repo/契約 [8]").write(files())
    for key, value in (("user.name", "提出 花子"), ("user.email", "hanako@example.jp")):
        there.git("config", key, value)
    there.commit("初版", "2026-05-01T09:00:00+09:00")
    assert june(there).code == 0
    there.commit("提出", "2026-06-08T09:00:00+09:00")
    assert _verify(there, handed(there))[0] == 0


def test_template_of_its_own(tmp_path: Path) -> None:
    """Where the project has its own template, that of the commit counts."""
    name = "templates/documents/work-report.html.j2"
    own = (Path(__file__).parents[2] / name).read_text(encoding="utf-8")
    there = tracked(tmp_path / "project", {name: own})
    assert june(there).code == 0
    there.write({name: own.replace("{% block", "<p>新しい様式</p>{% block") + "<p>改めた様式</p>\n"})
    there.commit("様式を改める", "2026-06-09T09:00:00+09:00")
    assert _verify(there, handed(there))[0] == 0


def test_deadline_that_was_corrected_later(there: Project, pdf: Path) -> None:
    """An entry moved to the corrected due date is remade as it was, and the correction is told."""
    there.write({SUBMISSIONS: there.read(SUBMISSIONS).replace("due: 2026-06-10", "due: 2026-06-11")})
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"]) == (0, "same")
    assert found["notes"] == ["記録の期日は後から直されています: 2026-06-10 → 2026-06-11"]


def test_returned_and_handed_over_again(there: Project, tmp_path: Path) -> None:
    """Both PDFs of one due item are kept, each under its own tag, and each is the one of its day."""
    ran = there.run(
        "return",
        "--contract",
        "mihon",
        "--deliverable",
        "1",
        "--due",
        "2026-06-10",
        "--reason",
        "電話",
        "--as-of",
        "2026-06-20",
    )
    assert ran.code == 0, ran.err
    there.commit("差戻し", "2026-06-20T09:00:00+09:00")
    ran = june(there, today="2026-06-22")
    assert ran.code == 0, ran.err
    assert there.git("tag").split() == ["submitted/mihon/1/2026-06-10", "submitted/mihon/1/2026-06-10-2"]
    there.commit("再提出", "2026-06-22T09:00:00+09:00")
    old, new = handed(there), handed(there, "1/2026-06-10-2")
    assert old.read_bytes() != new.read_bytes()
    code, found = _verify(there, there.root / ".nohin/submitted")
    assert (code, [one["submission"]["date"] for one in found]) == (0, ["2026-06-08", "2026-06-22"])
    assert _verify(there, "mihon/1@2026-06-10")[0] == 0


# --- what is something else -----------------------------------------------------------------------------


def test_one_changed_byte(there: Project, pdf: Path) -> None:
    """The document is still recognised, and the byte is pointed at."""
    content = bytearray(pdf.read_bytes())
    place = content.rindex(b"endstream") - 40
    content[place] ^= 1
    pdf.write_bytes(content)
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"], found["submission"]["due"]) == (1, "differs", "2026-06-10")
    assert f"{place + 1:,} バイト目" in _differs(found)["バイト"][0]
    assert "SHA-256" in _differs(found)


def test_changed_text(there: Project, pdf: Path, tmp_path: Path) -> None:
    """A report made from other data says on which page which words differ, and which data file."""
    there.write(swapped(STAFF, "見本 太郎", "偽名 次郎"))
    there.commit("氏名を偽る", "2026-06-21T09:00:00+09:00")
    assert there.build("--only", "mihon", "--as-of", "2026-06-08").code == 0
    forged = there.root / "site/deliverables/mihon/1-work-report-2026-05.pdf"
    code, (found,) = _verify(there, forged)
    assert (code, found["result"]) == (1, "differs")
    assert "偽名 次郎" in _differs(found)["添付 data-contracts-mihon-staff.yml"][1]
    assert any(what.endswith("ページの本文") for what in _differs(found))


def test_exchanged_pdf(there: Project, tmp_path: Path) -> None:
    """A true PDF under the name of another true one has been exchanged."""
    assert submit(there, "--deliverable", "2", today="2026-06-19").code == 0
    there.commit("障害報告書を提出", "2026-06-19T09:00:00+09:00")
    report, incident = handed(there), handed(there, "2/incidents/2026-001")
    shutil.copy2(incident, tmp_path / report.name)
    code, (found,) = _verify(there, tmp_path / report.name)
    assert (code, found["result"], found["document"]) == (1, "differs", "incident-report-2026-001")
    assert _differs(found)["ファイル名"][0] == incident.name


def test_pdf_of_another_contract(there: Project, pdf: Path, tmp_path: Path) -> None:
    """A PDF that was handed over elsewhere is unknown here, and says whose it is."""
    other = tracked(tmp_path / "other")
    other.git("mv", "data/contracts/mihon", "data/contracts/betsu")
    other.commit("別の契約", "2026-05-02T09:00:00+09:00")
    ran = other.run(
        "submit", "--contract", "betsu", "--deliverable", "1", "--due", "2026-06-10", "--as-of", "2026-06-08"
    )
    assert ran.code == 0, ran.err
    (foreign,) = (other.root / ".nohin/submitted/betsu/1/2026-06-10").iterdir()
    code, (found,) = _verify(there, foreign)
    assert (code, found["result"]) == (1, "unknown")
    assert found["notes"][0] == "この PDF の文書番号は betsu/1/work-report-2026-05 です"


@pytest.mark.parametrize(
    ("content", "note"),
    [(b"PK\x03\x04", "PDF ではありません"), (b"%PDF-1.7\n%%EOF\n", "文書情報に nohin の文書番号がありません")],
)
def test_file_of_other_origin(there: Project, tmp_path: Path, content: bytes, note: str) -> None:
    """What Nohin did not make is unknown."""
    (tmp_path / "x.pdf").write_bytes(content)
    code, (found,) = _verify(there, tmp_path / "x.pdf")
    assert (code, found["result"], found["notes"][0]) == (1, "unknown", note)


def test_folder_of_several(there: Project, pdf: Path, tmp_path: Path) -> None:
    """Every PDF of a folder is looked at, those in folders below it too, and counted."""
    folder = tmp_path / "CD-R/五月"
    folder.mkdir(parents=True)
    shutil.copy2(pdf, folder)
    (folder / "x.pdf").write_bytes(b"%PDF-")
    (folder / "memo.txt").write_bytes(b"x")
    ran = there.run("verify", str(tmp_path / "CD-R"))
    assert (ran.code, ran.lines[-1]) == (1, "2 件: 一致 1、記録なし 1")


def test_difference_in_words(there: Project, pdf: Path) -> None:
    """What should be and what is stand below each other, with the submission it is about."""
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    ran = there.run("verify", str(pdf))
    assert ran.lines[:2] == [
        f"相違　{pdf}",
        "    mihon No.1 work-report-2026-05 2026-06-10 提出 2026-06-08（提出 花子）",
    ]
    size = len(pdf.read_bytes())
    place = ran.lines.index("    大きさ")
    assert ran.lines[place + 1 : place + 3] == [f"      あるべき: {size - 1:,} バイト", f"      実際: {size:,} バイト"]
    assert ran.lines[-1] == "    この PDF の文書番号は mihon/1/work-report-2026-05 です"


# --- what the record says -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("    date: 2026-06-08", "    date: 2026-06-01", "記録の提出日"),
        ("    recorded: 2026-06-08", "    recorded: 2026-06-01", "記録の記録日"),
    ],
)
def test_record_that_was_dated_back(there: Project, pdf: Path, old: str, new: str, what: str) -> None:
    """The tag remembers what was written; a date changed afterwards is no secret."""
    assert old in there.read(SUBMISSIONS)
    there.write({SUBMISSIONS: there.read(SUBMISSIONS).replace(old, new)})
    there.commit("提出日の訂正", "2026-07-01T09:00:00+09:00")
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"]) == (1, "differs")
    assert _differs(found) == {what: ("2026-06-08", "2026-06-01")}


def test_record_that_was_taken_away(there: Project, pdf: Path) -> None:
    """A submission that nobody wants to know of any more is still in its tag."""
    there.write({SUBMISSIONS: "submissions: []\n"}).commit("整理", "2026-07-01T09:00:00+09:00")
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"], list(_differs(found))) == (1, "differs", ["提出の記録"])


def test_forged_pdf_with_a_forged_record(there: Project, pdf: Path) -> None:
    """Whoever writes the hash of another PDF into the record is found out by the commit."""
    true = _verify(there, pdf)[1][0]["sha256"]
    content = pdf.read_bytes().replace(b"/Page", b"/Pagf", 1) + b"\n"
    pdf.write_bytes(content)
    forged = _verify(there, pdf)[1][0]["sha256"]
    there.write({SUBMISSIONS: there.read(SUBMISSIONS).replace(true, forged)})
    code, (found,) = _verify(there, pdf)
    assert (code, found["result"]) == (1, "differs")
    assert "提出のタグがこの複製にありません（git fetch --tags）" in found["notes"]


def test_clone_without_tags(there: Project, pdf: Path, tmp_path: Path) -> None:
    """The record alone suffices; that the tag is missing is said."""
    git(tmp_path, "clone", "-q", "--no-tags", f"file://{there.root}", "clone")
    code, (found,) = _verify(Project(tmp_path / "clone"), pdf)
    assert (code, found["result"]) == (0, "same")
    assert found["notes"] == ["提出のタグがこの複製にありません（git fetch --tags）"]


def test_shallow_clone(there: Project, pdf: Path, tmp_path: Path) -> None:
    """Where the commit was cut off, the hash is confirmed and nothing more is claimed."""
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", f"file://{there.root}", "clone")
    code, (found,) = _verify(Project(tmp_path / "clone"), pdf)
    assert (code, found["result"]) == (1, "unproven")
    assert found["notes"][0] == "ハッシュは提出の記録と一致します"
    assert "git fetch --unshallow --tags" in found["notes"][1]


def test_history_that_was_rewritten(there: Project, pdf: Path) -> None:
    """A rebase loses no submission: the tag holds the commit."""
    there.git("checkout", "-q", "--orphan", "new")
    there.commit("履歴をまとめる", "2026-07-01T09:00:00+09:00")
    there.git("branch", "-D", "main")
    there.git("reflog", "expire", "--expire=now", "--all")
    there.git("gc", "-q", "--prune=now")
    assert _verify(there, pdf)[0] == 0


@pytest.mark.parametrize(("same_tools", "result"), [(True, "differs"), (False, "unproven")])
def test_pdf_that_comes_out_otherwise(
    there: Project, pdf: Path, monkeypatch: pytest.MonkeyPatch, same_tools: bool, result: str
) -> None:
    """With other tools a different result proves nothing, and the tools are named; with the same ones it does."""
    again = delivery.Workshop.papers

    def otherwise(self: Any, *given: Any) -> Any:
        return [replace(p, content=p.content + b"\n") for p in again(self, *given)]

    monkeypatch.setattr(delivery.Workshop, "papers", otherwise)
    line = next(line for line in there.read(SUBMISSIONS).splitlines() if "made_with" in line).strip()
    now = line.removeprefix("made_with: ") if same_tools else "nohin 9.9"
    monkeypatch.setattr(verification, "made_with", lambda: now)
    for what in (pdf, "mihon/1@2026-06-10"):
        code, (found,) = _verify(there, what)
        assert (code, found["result"]) == (1, result)
        assert any("今の道具は nohin 9.9" in note for note in found["notes"]) is not same_tools


# --- what is asked for ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("nothing.pdf", "というファイルはありません"),
        ("nothing", "というファイルはありません"),
        ("mihon/9", "あるのは: mihon/1"),
        ("mihon/1@2026-05-10", "に当たる、PDF の記録のある提出がありません"),
        ("mihon/1@2026-02-30", "存在しない日付です"),
    ],
)
def test_what_is_not_there(there: Project, what: str, message: str) -> None:
    """A slip of the pen is misuse, and says what there is."""
    ran = there.run("verify", what)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_folder_without_pdfs(there: Project, tmp_path: Path) -> None:
    """An empty folder is not proven by finding nothing wrong."""
    (tmp_path / "empty").mkdir()
    assert there.run("verify", str(tmp_path / "empty")).code == 2


@pytest.fixture
def outside(project: Callable[..., Project]) -> Ran:
    """A project outside git."""
    return project(files()).run("verify", "mihon/1")


def test_project_outside_git(outside: Ran) -> None:
    """Without history nothing can be made again."""
    assert outside.code == 2
    assert "git の管理下にないか" in outside.err
