"""`nohin submit`, `accept` and `return`: what is handed over, recorded and tagged, and what is refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.model import Submission
from generator.problems import NohinError
from tests.submitted import ENTRY, SUBMISSIONS, files, handed, june, submit, tracked
from tests.support import CONTRACT, Project, Ran, swapped

pytestmark = pytest.mark.slow

STAFF = f"{CONTRACT}/staff.yml"
DELIVERABLES = f"{CONTRACT}/deliverables.yml"
JUNE = ("--contract", "mihon", "--deliverable", "1", "--due", "2026-06-10")


@pytest.fixture
def there(tmp_path: Path) -> Project:
    """The project before anything is handed over with the command."""
    return tracked(tmp_path / "project")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Ran]:
    done = tracked(tmp_path_factory.mktemp("done") / "project")
    return done, june(done)


@pytest.fixture
def done(finished: tuple[Project, Ran], tmp_path: Path) -> Project:
    """The project after the report of May was handed over, its record not yet committed."""
    assert finished[1].code == 0, finished[1].err
    return Project(Path(shutil.copytree(finished[0].root, tmp_path / "project", symlinks=True)))


def _entries(there: Project) -> tuple[Submission, ...]:
    return load(WorkingTree(there.root)).portfolio.contracts["mihon"].submissions


def _state(there: Project, as_of: str, due: str = "2026-06-10") -> str:
    ran = there.run("due", "--contract", "mihon", "--from", due, "--to", due, "--as-of", as_of)
    return ran.out.split()[1]


def _untouched(there: Project) -> bool:
    """Whether a refused command left nothing behind."""
    left = there.root / ".nohin/submitted"
    return there.git("tag") + there.git("status", "--porcelain") == "" and not left.exists()


# --- what is handed over --------------------------------------------------------------------------------


def test_pdf_record_and_tag(done: Project) -> None:
    """One hand-over makes the PDF, an entry with all that proves it, and a tag on the commit it was made from."""
    (_, made), head = _entries(done), done.git("rev-parse", "HEAD").strip()
    content = handed(done).read_bytes()
    assert handed(done).name == "1-work-report-2026-05.pdf"
    assert [(f.document, f.path, f.sha256, f.pages) for f in made.files] == [
        ("work-report-2026-05", "deliverables/mihon/1-work-report-2026-05.pdf", hashlib.sha256(content).hexdigest(), 1)
    ]
    assert (made.deliverable, str(made.due), str(made.date), str(made.recorded)) == (
        "1",
        "2026-06-10",
        "2026-06-08",
        "2026-06-08",
    )
    assert (made.by, made.commit, made.note) == ("提出 花子", head, None)
    assert made.made_with is not None
    assert made.made_with.startswith("nohin")
    assert done.git("rev-parse", "submitted/mihon/1/2026-06-10^{commit}").strip() == head
    assert made.files[0].sha256 in done.git("tag", "-n99")
    assert _state(done, "2026-06-08") == "提出済"
    assert done.check().code == 0


def test_report_says_what_to_do_next(finished: tuple[Project, Ran]) -> None:
    """The record still has to be committed, and the tag sent along."""
    ran = finished[1]
    assert ran.lines[:2] == [
        "mihon No.1 作業報告書（令和8年5月） 期日 2026-06-10",
        "提出 2026-06-08（提出 花子）　期限内",
    ]
    assert "git push origin HEAD submitted/mihon/1/2026-06-10" in ran.err


def test_letter_bears_the_day_of_handing_over(done: Project) -> None:
    """The submission is known when its letter is made: the date line is not blank."""
    from generator.outputs.pdffile import texts

    pages = texts(handed(done).read_bytes())
    assert pages is None or "令和8年6月8日" in pages[0]


def test_all_else_in_the_record_stays(done: Project) -> None:
    """Comments and formatting of what was written by hand stay to the letter."""
    assert done.read(SUBMISSIONS).startswith(
        ENTRY + "  - deliverable: '1'\n    due: 2026-06-10\n    date: 2026-06-08\n"
    )


def test_site_afterwards_has_the_same_pdf(done: Project) -> None:
    """Once recorded, the site offers the PDF that was handed over, byte for byte."""
    done.commit("提出", "2026-06-08T12:00:00+09:00")
    assert done.build("--as-of", "2026-06-08").code == 0
    assert (done.root / "site/deliverables/mihon/1-work-report-2026-05.pdf").read_bytes() == handed(done).read_bytes()


def test_record_that_was_not_there_yet(tmp_path: Path) -> None:
    """The first submission of a contract makes the file."""
    there = tracked(tmp_path / "project", {SUBMISSIONS: None})
    assert june(there, "--by", "見本 太郎").code == 0
    assert [(made.by, str(made.date)) for made in _entries(there)] == [("見本 太郎", "2026-06-08")]


def test_several_on_one_day_need_no_commit_between(done: Project) -> None:
    """Entries that are not committed yet are in nobody's way; each PDF is made from the same commit."""
    ran = submit(done, "--deliverable", "2")
    assert ran.code == 0, ran.err
    assert "提出 2026-06-08（提出 花子）　遅延提出（期日を 26 日過ぎています）" in ran.lines
    assert [made.event for made in _entries(done)] == [None, None, "incidents/2026-001"]
    assert len({made.commit for made in _entries(done)[1:]}) == 1
    assert done.run("verify", "mihon/1", "mihon/2").code == 0


def test_other_folder(there: Project, tmp_path: Path) -> None:
    """The PDFs go where they are wanted, and never over another file."""
    (tmp_path / "CD").mkdir()
    (tmp_path / "CD/1-work-report-2026-05.pdf").write_bytes(b"other")
    ran = june(there, "--out", str(tmp_path / "CD"))
    assert (ran.code, _untouched(there)) == (2, True)
    assert "別のファイルがあります" in ran.err
    assert june(there, "--out", str(tmp_path / "CD/新")).code == 0
    assert (tmp_path / "CD/新/1-work-report-2026-05.pdf").read_bytes().startswith(b"%PDF")


def test_deliverable_without_a_document(tmp_path: Path) -> None:
    """What Nohin does not make is recorded and tagged without a PDF."""
    text = str(files()[DELIVERABLES]).replace("    documents: [incident-report]\n", "")
    there = tracked(tmp_path / "project", {DELIVERABLES: text})
    ran = submit(there, "--deliverable", "2")
    assert ran.code == 0, ran.err
    assert "注意: nohin が作る文書がないため、記録とタグだけを残しました" in ran.lines
    assert there.git("tag").split() == ["submitted/mihon/2/incidents/2026-001"]


def test_one_document_of_several(tmp_path: Path) -> None:
    """Of several documents for one deadline only the named one is handed over; an unknown name is told."""
    text = str(files()[DELIVERABLES]).replace("[work-report]", "[work-report, support-structure]")
    there = tracked(tmp_path / "project", {DELIVERABLES: text})
    ran = june(there, "--document", "annual-plan")
    assert (ran.code, _untouched(there)) == (2, True)
    assert "あるのは: " in ran.err
    assert june(there, "--document", "support-structure").code == 0
    assert [file.document for file in _entries(there)[-1].files] == ["support-structure"]


# --- documents that are not made yet, or not approved -----------------------------------------------------


def _later_incident() -> dict[str, str]:
    first = str(files()[f"{CONTRACT}/records/incidents/2026-001.yml"])
    return {f"{CONTRACT}/records/incidents/2026-002.yml": first.replace("2026-04-", "2026-07-")}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--deliverable", "1", "--due", "2026-08-10"),
            "No.1 作業報告書（令和8年7月） 期日 2026-08-10 の文書（作業実績報告書）は、提出日 2026-06-08 の時点ではまだ"
            "作られません。対象期間は 2026-07-01 に始まります。その日から提出できます",
        ),
        (
            ("--deliverable", "2", "--event", "incidents/2026-002"),
            "記録 incidents/2026-002 の日付 2026-07-29 は提出日より後です。その日以後に提出するか、記録の日付を"
            "確かめてください",
        ),
        (
            ("--deliverable", "3"),
            "この期限の元になる通知・協議の記録がありません。records/notices/ に deliverable: '3' の記録を書いて"
            "コミットしてから提出してください",
        ),
    ],
)
def test_document_that_is_not_made_yet(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """Nothing is recorded as handed over while its document does not exist: it is said what is missing, and since when."""
    notice = "  - no: '3'\n    title: お知らせ\n    due:\n      - undated: 速やかに\n    documents: [notice]\n"
    text = str(files()[DELIVERABLES]) + notice
    there = tracked(tmp_path / "project", {DELIVERABLES: text, **_later_incident()})
    ran = submit(there, *arguments)
    assert (ran.code, _untouched(there)) == (2, True)
    assert message in ran.err


def test_approvals_that_the_contract_asks_for(tmp_path: Path) -> None:
    """Without them nothing is handed over, in the words of the release check; with them it is."""
    head = f"{CONTRACT}/contract.yml"
    wanted = str(files()[head]) + "approvals:\n  roles: [prepared, approved]\n  documents: ['1']\n"
    there = tracked(tmp_path / "project", {head: wanted})
    for role, lacking in (("prepared", "作成・承認"), ("approved", "承認")):
        ran = june(there)
        assert (ran.code, there.git("tag")) == (2, "")
        assert f"APR005 「作業報告書（令和8年5月）」（work-report-2026-05）に、{lacking}がありません" in ran.err
        assert "nohin approve work-report-2026-05 --contract mihon --role … で認めてください" in ran.err
        _approve(there, role)
    assert june(there).code == 0


def _approve(there: Project, role: str) -> None:
    arguments = ("--contract", "mihon", "--role", role, "--person", "p1", "--at", "2026-06-08 09:00")
    ran = there.run("approve", "work-report-2026-05", *arguments, "--as-of", "2026-06-08")
    assert ran.code == 0, ran.err
    there.commit("承認", "2026-06-08T10:00:00+09:00")


def test_approval_that_holds_no_longer(tmp_path: Path) -> None:
    """What was approved said something else: it has to be approved again."""
    head = f"{CONTRACT}/contract.yml"
    wanted = str(files()[head]) + "approvals:\n  roles: [approved]\n  documents: ['1']\n"
    there = tracked(tmp_path / "project", {head: wanted})
    _approve(there, "approved")
    renamed = there.read(DELIVERABLES).replace("title: 作業報告書", "title: 月例報告書")
    there.write({DELIVERABLES: renamed}).commit("改称", "2026-06-08T11:00:00+09:00")
    ran = june(there)
    assert (ran.code, there.git("tag")) == (2, "")
    assert "APR003 「月例報告書（令和8年5月）」の承認（令和8年6月8日）は失効しています" in ran.err
    assert "nohin approve work-report-2026-05 --contract mihon --role approved で認め直してください" in ran.err


# --- what is made for each person -------------------------------------------------------------------------


@pytest.fixture
def pledges(tmp_path: Path) -> Project:
    """Two people of the vendor, each of whom has to pledge."""
    text = str(files()[DELIVERABLES])
    text += "  - no: '3'\n    title: 誓約書\n    due:\n      - undated: 速やかに\n    documents: [pledge]\n"
    staff = str(files()[STAFF]).replace("roles:\n", "  - {id: p2, name: 例示 花子}\nroles:\n")
    staff = staff.replace(
        "contact_lines:", "  - {person: p2, role: manager, start: 2026-04-01, deputy: true}\ncontact_lines:"
    )
    return tracked(tmp_path / "project", {DELIVERABLES: text, STAFF: staff})


def _pledged(there: Project) -> str:
    ran = there.run("due", "--contract", "mihon", "--format", "json", "--as-of", "2026-06-08")
    return str(next(row["state"] for row in json.loads(ran.out) if row["deliverable"] == "3"))


def test_one_person_after_the_other(pledges: Project) -> None:
    """One pledge does not count for all: the duty is done when everybody's was handed over, each with a tag."""
    found = [_pledged(pledges)]
    for person in ("p1", "p2"):
        ran = submit(pledges, "--deliverable", "3", "--person", person)
        assert ran.code == 0, ran.err
        assert [line for line in ran.lines if "注意" in line] == []
        found.append(_pledged(pledges))
    assert found == ["予定", "予定", "提出済"]
    made = _entries(pledges)[1:]
    assert [(one.person, [file.document for file in one.files]) for one in made] == [
        ("p1", ["pledge-p1"]),
        ("p2", ["pledge-p2"]),
    ]
    assert pledges.git("tag").split() == ["submitted/mihon/3/p1", "submitted/mihon/3/p2"]
    assert pledges.check().code == 0
    assert pledges.run("verify", "mihon/3").code == 0


def test_decision_on_one_person(pledges: Project) -> None:
    """What one of them handed over may come back; what the other did is accepted."""
    for person in ("p1", "p2"):
        assert submit(pledges, "--deliverable", "3", "--person", person).code == 0
    three = ("--contract", "mihon", "--deliverable", "3", "--as-of", "2026-06-08")
    ran = pledges.run("accept", *three)
    assert (ran.code, "提出が 2 件あります" in ran.err) == (2, True)
    assert pledges.run("accept", *three, "--person", "p1").code == 0
    assert _pledged(pledges) == "提出済"
    assert pledges.run("return", *three, "--person", "p2", "--reason", "署名の漏れ").code == 0
    assert _pledged(pledges) == "差戻し"


def test_all_at_once(pledges: Project) -> None:
    """Without a name it is everybody's."""
    assert submit(pledges, "--deliverable", "3").code == 0
    assert [file.document for file in _entries(pledges)[-1].files] == ["pledge-p1", "pledge-p2"]
    assert _pledged(pledges) == "提出済"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--deliverable", "3", "--person", "p9"), "「p9」のものはありません。あるのは: p1、p2"),
        (("--deliverable", "2", "--person", "p1"), "人ごとに作るものはありません"),
        (("--deliverable", "3", "--document", "pledge-p1"), "一人ずつ --person で提出してください（p1）"),
    ],
)
def test_persons_that_are_refused(pledges: Project, arguments: tuple[str, ...], message: str) -> None:
    """A name that does not fit, and one person's document handed over as if it were everybody's."""
    ran = submit(pledges, *arguments)
    assert (ran.code, _untouched(pledges)) == (2, True)
    assert message in ran.err


def test_letters_bear_their_own_day(pledges: Project) -> None:
    """The pledge of one is dated; that of another is not handed over yet and stays blank."""
    assert submit(pledges, "--deliverable", "3", "--person", "p1").code == 0
    pledges.commit("提出", "2026-06-08T12:00:00+09:00")
    assert pledges.build("--as-of", "2026-06-08").code == 0
    pages = [pledges.read(f"site/mihon/documents/pledge-{name}.html") for name in ("p1", "p2")]
    said = [page.partition('<th scope="row">提出</th>')[2].partition("</tr>")[0] for page in pages]
    assert ["令和8年6月8日" in row for row in said] == [True, False]


def test_unknown_person_in_the_record(pledges: Project) -> None:
    """Whoever is named is in staff.yml."""
    pledges.write({SUBMISSIONS: ENTRY + "  - {deliverable: '3', date: 2026-06-08, person: p9}\n"})
    assert "REF001 人「p9」がありません" in pledges.check().out


# --- dates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "2026-06-09"), "提出日 2026-06-09 は、2026-06-08 から見てまだ来ていません"),
        (("--date", "2026-04-30"), "提出日 2026-04-30 は、最後のコミットの日 2026-05-01（日本時間の暦日）より前です"),
        (("--date", "2026-04-30", "--late-entry", " "), "空では書けません"),
    ],
)
def test_dates_that_are_refused(there: Project, arguments: tuple[str, ...], message: str) -> None:
    """Nothing is handed over tomorrow, and nothing is dated back in silence."""
    ran = june(there, *arguments)
    assert (ran.code, _untouched(there)) == (2, True)
    assert message in ran.err


def test_late_entry_says_so(there: Project) -> None:
    """What was handed over before the last commit is recorded with its reason, and the day it was recorded."""
    there.commit("後の変更", "2026-06-12T09:00:00+09:00")
    reason = "担当者の不在: 週明けに記録"
    ran = june(there, "--date", "2026-06-10", "--late-entry", reason, today="2026-06-15")
    assert ran.code == 0, ran.err
    assert "注意: 提出日より後の 2026-06-15 に記録しています" in ran.lines
    made = _entries(there)[-1]
    assert (str(made.date), str(made.recorded), made.note) == ("2026-06-10", "2026-06-15", reason)
    assert _state(there, "2026-06-15") == "提出済"
    told = f"    提出日は、PDF を作ったコミットの日 2026-06-12 より前です（備考: {reason}）"
    assert told in there.run("verify", "mihon/1").lines


def test_late_entry_of_the_state_of_its_day(there: Project) -> None:
    """What left the house on a day is made from the state of that day, not from what was written since."""
    first = there.git("rev-parse", "HEAD").strip()
    there.write(swapped(STAFF, "見本 太郎", "見本 次郎")).commit("交代", "2026-06-12T09:00:00+09:00")
    ran = june(there, "--date", "2026-06-10", "--rev", "2026-06-10", "--late-entry", "不在", today="2026-06-15")
    assert ran.code == 0, ran.err
    assert (
        there.git("rev-parse", "submitted/mihon/1/2026-06-10^{commit}").strip() == _entries(there)[-1].commit == first
    )


def test_late_is_late(there: Project) -> None:
    """Handing over after the date is said, and stays."""
    ran = june(there, today="2026-06-11")
    assert "提出 2026-06-11（提出 花子）　遅延提出（期日を 1 日過ぎています）" in ran.lines
    assert _state(there, "2026-06-11") == "遅延提出"


# --- what is refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({STAFF: "people: []\n"}, STAFF),
        ({"data/notes.txt": "x"}, "data/notes.txt"),
        ({"templates/layouts/pdf.css": "p {}"}, "templates/layouts/pdf.css"),
        ({"mkdocs.yml": None}, "mkdocs.yml"),
    ],
)
def test_uncommitted_changes(there: Project, change: dict[str, str | None], named: str) -> None:
    """A PDF that nobody could make again is not handed over."""
    ran = june(there.write(change))
    assert ran.code == 2
    assert f"コミットしていない変更があります: {named}" in ran.err
    assert there.git("tag") == ""


def test_changes_elsewhere_do_not_matter(there: Project) -> None:
    """Papers of one's own beside the project are nobody's business."""
    assert june(there.write({"memo.txt": "x"})).code == 0


def test_errors_in_the_data(there: Project) -> None:
    """With errors nothing is handed over; they are told as a check tells them."""
    there.write(swapped(STAFF, "role: manager", "role: boss")).commit("誤り", "2026-06-01T09:00:00+09:00")
    ran = june(there)
    assert (ran.code, _untouched(there)) == (1, True)
    assert f"{STAFF}:" in ran.err
    assert "誤りを直してから提出してください" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message", "listed"),
    [
        (("--deliverable", "1"), "No.1 の期限が一つに決まりません", True),
        (("--deliverable", "1", "--due", "2026-06-11"), "No.1 の期限に、そのようなものはありません", True),
        (("--deliverable", "9"), "納品物件「9」の期限がありません。あるのは: 1、2", False),
    ],
)
def test_due_item_that_is_not_one(there: Project, arguments: tuple[str, ...], message: str, listed: bool) -> None:
    """Which one is meant is never guessed; the open ones are listed, and not the one that was handed over."""
    ran = submit(there, *arguments)
    assert (ran.code, _untouched(there)) == (2, True)
    assert message in ran.err
    assert ("2026-06-10（水）  期限間近  1  作業報告書  令和8年5月" in ran.err) == listed
    assert "2026-05-10" not in ran.err


def test_same_pdf_twice(done: Project) -> None:
    """A command typed twice makes no second submission."""
    ran = june(done)
    assert ran.code == 2
    assert "同じ PDF を 2026-06-08 に提出したと記録されています" in ran.err
    assert len(_entries(done)) == 2
    assert done.git("tag").split() == ["submitted/mihon/1/2026-06-10"]


def test_replacement_is_said(done: Project) -> None:
    """Another PDF for the same deadline is a replacement, recorded beside the first."""
    done.commit("提出", "2026-06-08T10:00:00+09:00")
    done.write(swapped(STAFF, "00-0000-0001", "00-0000-0002")).commit("電話の訂正", "2026-06-09T09:00:00+09:00")
    ran = june(done, today="2026-06-09")
    assert "注意: 2026-06-08 にも提出しています。差し替えとして記録しました" in ran.lines
    assert handed(done, "1/2026-06-10-2").read_bytes() != handed(done).read_bytes()


def test_tag_that_cannot_be_made(there: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its tag a submission is not recorded either."""

    def refuse(self: Repository, tag: object) -> None:
        raise NohinError("git tag が失敗しました")

    monkeypatch.setattr(Repository, "tag", refuse)
    assert june(there).code == 2
    assert there.read(SUBMISSIONS) == ENTRY
    there.write({SUBMISSIONS: None}).commit("記録なし", "2026-05-02T09:00:00+09:00")
    assert june(there).code == 2
    assert not (there.root / SUBMISSIONS).exists()


def test_record_of_another_form(tmp_path: Path) -> None:
    """A file that cannot be written to leaves no tag, and the message shows the entry."""
    flow = "submissions: [{deliverable: '1', due: 2026-05-10, date: 2026-05-08}]\n"
    there = tracked(tmp_path / "project", {SUBMISSIONS: flow})
    ran = june(there)
    assert ran.code == 2
    assert "次を手で書いてください\n  - deliverable: '1'\n    due: 2026-06-10" in ran.err
    assert (there.git("tag"), there.read(SUBMISSIONS)) == ("", flow)


def test_git_without_a_name(there: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody has to hand over."""
    there.git("config", "--unset", "user.name")
    there.git("config", "user.useConfigOnly", "true")
    for name in ("GIT_COMMITTER_NAME", "GIT_AUTHOR_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    ran = june(there)
    assert (ran.code, _untouched(there)) == (2, True)
    assert "git config user.name" in ran.err


def test_project_outside_git(project: Callable[..., Project]) -> None:
    """Without a commit there is nothing to prove."""
    ran = submit(project(files()), "--deliverable", "2")
    assert ran.code == 2
    assert "git の管理下にないか" in ran.err


def test_shallow_clone(done: Project, tmp_path: Path) -> None:
    """Where history was cut off, the PDF would lack its older editions: it is not handed over from there."""
    done.commit("提出", "2026-06-08T10:00:00+09:00")
    done.git("clone", "-q", "--depth", "1", f"file://{done.root}", str(tmp_path / "clone"))
    ran = submit(Project(tmp_path / "clone"), "--deliverable", "2")
    assert ran.code == 2
    assert "git fetch --unshallow --tags" in ran.err


def test_errors_in_the_old_state(there: Project) -> None:
    """A PDF of an old state is held to the same check as one of today."""
    there.write(swapped(STAFF, "role: manager", "role: boss")).commit("誤り", "2026-05-02T09:00:00+09:00")
    there.write({STAFF: str(files()[STAFF])}).commit("訂正", "2026-05-03T09:00:00+09:00")
    ran = june(there, "--rev", "HEAD~1")
    assert ran.code == 2
    assert "HEAD~1 の版のデータには誤りがあります" in ran.err
    assert there.git("tag") == ""
    assert june(there).code == 0


# --- what the authority said ----------------------------------------------------------------------------


def test_acceptance(done: Project) -> None:
    """The decision stands in the entry, all else stays, and the due item is 検収済 from that day."""
    before = done.read(SUBMISSIONS)
    ran = done.run("accept", *JUNE, "--date", "2026-06-12", "--reason", "良好: 指摘なし", "--as-of", "2026-06-15")
    assert (ran.code, ran.lines) == (
        0,
        ["mihon No.1 作業報告書（令和8年5月） 期日 2026-06-10 提出 2026-06-08　検収 2026-06-12"],
    )
    added = "    by: 提出 花子\n    accepted: 2026-06-12\n    reason: '良好: 指摘なし'\n"
    assert done.read(SUBMISSIONS) == before.replace("    by: 提出 花子\n", added)
    assert "submissions.yml" not in done.run("fmt", "--check").out
    assert [_state(done, day) for day in ("2026-06-11", "2026-06-12")] == ["提出済", "検収済"]
    assert done.check().code == 0


def test_return_and_handing_over_again(done: Project) -> None:
    """What was returned is open again until it is handed over again; then the new one is decided on."""
    ran = done.run("return", *JUNE, "--reason", "日時の記載漏れ", "--as-of", "2026-06-09")
    assert ran.code == 0, ran.err
    assert _state(done, "2026-06-09") == "差戻し"
    done.write(swapped(STAFF, "00-0000-0001", "00-0000-0002")).commit("訂正", "2026-06-10T09:00:00+09:00")
    ran = june(done, today="2026-06-10")
    assert (ran.code, [line for line in ran.lines if "注意" in line]) == (0, [])
    assert _state(done, "2026-06-10") == "提出済"
    assert done.run("accept", *JUNE, "--as-of", "2026-06-11").code == 0
    first, second = _entries(done)[1:]
    assert (str(first.returned), first.reason, first.accepted) == ("2026-06-09", "日時の記載漏れ", None)
    assert (str(second.accepted), second.reason, second.returned) == ("2026-06-11", None, None)


TWO_PAPERS = """\
  - no: '3'
    title: 再発防止策報告書
    documents: [incident-report]
    contents: [対処作業結果]
    due:
      - event: incidents
        undated: 直ちに
      - event: incidents
        undated: 直ちに口頭
        media: [oral]
      - event: incidents
        within: 2 hours of event.contacted
"""


def test_the_row_without_a_date_can_be_chosen(tmp_path: Path) -> None:
    """Of one incident what has no date, what is told, and what is due within hours, each by the option that decides."""
    there = tracked(tmp_path / "project", {DELIVERABLES: str(files()[DELIVERABLES]) + TWO_PAPERS})
    third = ("--deliverable", "3", "--event", "incidents/2026-001")
    late = ("--late-entry", "後から")
    ran = submit(there, *third)
    assert ran.code == 2
    assert "No.3 の期限が一つに決まりません。--undated・--medium で選んでください" in ran.err
    told = submit(there, *third, "--medium", "oral", "--date", "2026-04-28 17:10", *late)
    assert (told.code, "nohin が作る文書がないため" in told.out, "17:10" in told.out) == (0, True, True)
    soon = submit(there, *third, "--undated", *late)
    assert (soon.code, "3-incident-report-3-2026-001.pdf" in soon.out) == (0, True)
    timed = submit(there, *third, "--due", "2026-04-28", "--date", "2026-04-28 18:31", *late)
    assert "遅延提出（期限は 18:30 まで）" in timed.out
    made = [one for one in _entries(there) if one.deliverable == "3"]
    assert [(one.medium, one.undated, str(one.due), one.time) for one in made] == [
        ("oral", False, "None", "17:10"),
        (None, True, "None", None),
        (None, False, "2026-04-28", "18:31"),
    ]
    assert "submissions.yml" not in there.run("fmt", "--check").out


def test_decision_on_what_was_recorded_by_hand(there: Project) -> None:
    """An entry that somebody wrote himself, with comments inside, takes a decision as well."""
    arguments = ("--contract", "mihon", "--deliverable", "1", "--as-of", "2026-05-12")
    assert there.run("accept", *arguments).code == 0
    assert there.read(SUBMISSIONS) == ENTRY.replace("  # 金曜日\n", "  # 金曜日\n    accepted: 2026-05-12\n")


@pytest.mark.parametrize(
    ("command", "arguments", "message"),
    [
        ("accept", (*JUNE, "--date", "2026-06-07"), "提出した 2026-06-08 より前です"),
        ("accept", (*JUNE, "--date", "2026-06-21"), "まだ来ていません"),
        ("return", JUNE, "--reason"),
        ("return", (*JUNE, "--reason", ""), "空では書けません"),
        ("accept", (*JUNE[:4], "--due", "2026-07-10"), "No.1 のその期限の提出の記録がありません"),
        ("accept", (*JUNE[:2], "--deliverable", "2"), "No.2 の"),
        ("accept", JUNE[:4], "検収も差戻しも受けていない提出が 2 件あります"),
    ],
)
def test_decisions_that_are_refused(done: Project, command: str, arguments: tuple[str, ...], message: str) -> None:
    """A decision is about one submission, after it was handed over, and a return has a reason."""
    before = done.read(SUBMISSIONS)
    ran = done.run(command, *arguments, "--as-of", "2026-06-20")
    assert ran.code == 2
    assert message in ran.err
    assert done.read(SUBMISSIONS) == before


def test_second_decision(done: Project) -> None:
    """What has been decided stays decided."""
    assert done.run("accept", *JUNE, "--as-of", "2026-06-12").code == 0
    for command in (("accept",), ("return", "--reason", "x")):
        ran = done.run(*command, *JUNE, "--as-of", "2026-06-13")
        assert ran.code == 2
        assert "すでに検収（2026-06-12）を記録しています" in ran.err
