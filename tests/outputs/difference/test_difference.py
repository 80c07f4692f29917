"""`nohin diff`: two states named in every way, and what differs in every form.

The forms are compared with the files in tests/golden_changes; after a change that is meant, write them anew with
`pytest tests/outputs/difference/test_difference.py --snapshot-update` and look at the difference.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from tests.edits import AFTER, BEFORE, STAFF, edited, renamed
from tests.support import CONTRACT, MINIMAL, ROOT, Files, Project

GOLDEN = ROOT / "tests/golden_changes"
SUBMISSIONS = f"{CONTRACT}/submissions.yml"
NOTHING = "違いはありません。"


@pytest.fixture
def there(project: Callable[..., Project]) -> Project:
    """A repository with an edit of every sort between `v1` and `v2`."""
    return edited(project)


def _fixed(text: str) -> str:
    """Without the hashes of commits."""
    return re.sub(r"コミット [0-9a-f]{7}", "コミット 0000000", text)


def _body(text: str) -> str:
    return _fixed(text[text.index("<body>") :])


# --- the forms -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_form_is_as_it_was(there: Project, form: str, request: pytest.FixtureRequest) -> None:
    """Nothing that people or programs read changes unseen."""
    out = there.run("diff", "v1", "v2", "--format", form).out
    shown = _body(out) if form == "html" else _fixed(out)
    place = GOLDEN / f"diff.{form}"
    if request.config.getoption("--snapshot-update"):
        place.write_text(shown, encoding="utf-8")
    assert shown == place.read_text(encoding="utf-8")


@pytest.mark.parametrize(("order", "heads"), [("new-left", ["改正後", "改正前"]), ("old-left", ["改正前", "改正後"])])
def test_order_of_the_columns(there: Project, order: str, heads: list[str]) -> None:
    """改正後 stands left unless 改正前 is asked for; cells follow their heads."""
    out = there.run("diff", "v1", "v2", "--format", "html", "--order", order).out
    table = next(t for t in html.fromstring(out).iter("table") if "comparison" in t.get("class"))
    assert [head.text for head in table.find("thead").iter("th")][1:] == heads
    assert {tuple(cell.get("data-label") for cell in row.findall("td[@data-label]")) for row in table.iter("tr")} <= {
        (),
        tuple(heads),
    }
    markdown = there.run("diff", "v1", "v2", "--format", "markdown", "--order", order).out
    new, old = "<ins>00\\-0000\\-0009</ins>", "<del>00\\-0000\\-0001</del>"
    assert " | ".join((new, old) if order == "new-left" else (old, new)) in markdown


PERSONAL = ("見本 太郎", "見本 次郎", "見本 花子", "例示 花子", "例示 三郎", "00-0000-0001", "00-0000-0009")
"""Names and numbers of people before and after, of those who went too."""


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "pdf"])
def test_the_public_is_told_nothing_personal(there: Project, tmp_path: Path, form: str) -> None:
    """In no form is there a name or a number of anybody, be it of the past; officers see them."""
    place = tmp_path / "told"
    asked = ("diff", "v1", "v2", "--format", form, "--out", str(place))
    assert there.run(*asked).code == 0
    seen = _read(place, form)
    assert all(value in seen for value in ("例示 花子", "見本 次郎", "00-0000-0001"))
    assert there.run(*asked, "--audience", "public").code == 0
    assert [value for value in PERSONAL if value in _read(place, form)] == []


def _read(place: Path, form: str) -> str:
    if form == "pdf":
        done = subprocess.run(["pdftotext", "-raw", str(place), "-"], capture_output=True, text=True, check=True)
        return done.stdout
    return place.read_text(encoding="utf-8").replace("\\-", "-")


def test_the_public_gets_documents_without_names(there: Project) -> None:
    """A marked-up body, which holds all that the document says, is that of the public's document."""
    asked = ("diff", "v1", "v2", "--document", "security-checklist", "--contract", "mihon", "--format", "html")
    marked = there.run(*asked).out.partition("見え消し版")[2]
    assert "見本 太郎" in marked
    told = there.run(*asked, "--audience", "public").out
    assert "見え消し版" in told
    assert [value for value in PERSONAL if value in told] == []


def test_json_has_a_row_for_each_change(there: Project) -> None:
    """Every row names its place and holds both values and the sentence."""
    rows = json.loads(there.run("diff", "v1", "v2", "--format", "json").out)
    keys = {"contract", "file", "kind", "what", "path", "item", "before", "after", "sentence"}
    assert {frozenset(row) for row in rows} == {frozenset(keys)}
    (moved,) = [row for row in rows if row["what"] == "renamed" and row["kind"] == "staff"]
    assert (moved["path"], moved["item"], moved["before"], moved["after"]) == (
        "people.*.name",
        ["p2"],
        "例示 花子",
        "見本 花子",
    )


def test_written_to_a_file(there: Project, tmp_path: Path) -> None:
    """With --out nothing is printed."""
    ran = there.run("diff", "v1", "v2", "--out", str(tmp_path / "diff.txt"))
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "diff.txt").read_text(encoding="utf-8") == there.run("diff", "v1", "v2").out


@pytest.mark.slow
def test_pdf(there: Project, tmp_path: Path) -> None:
    """The PDF says the same, is PDF/A and PDF/UA, and is the same file every time."""
    paths = [tmp_path / name for name in ("one.pdf", "two.pdf")]
    for path in paths:
        options = ("--contract", "mihon", "--document", "security-checklist", "--format", "pdf", "--out", str(path))
        assert there.run("diff", "v1", "v2", *options).code == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    text = subprocess.run(["pdftotext", str(paths[0]), "-"], capture_output=True, check=True).stdout.decode()
    flat = "".join(text.split())
    for words in ("業務責任者見本太郎→例示三郎（令和8年10月1日から）", "［新設］", "見え消し版", "［削除］"):
        assert words in flat
    with pikepdf.open(paths[0]) as found, found.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert metadata["{http://www.aiim.org/pdfa/ns/id/}part"] == "3"


# --- which states ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["v1", "main~1", "v2^", "2026-05-01", "令和8年4月30日", "R8.5.7"])
def test_a_side_has_many_names(there: Project, before: str) -> None:
    """A tag, a commit counted from another, and every day from the commit's own to that before the next."""
    assert "見本 次郎" in there.run("diff", before, "main").out
    assert there.run("diff", before, "v1").out.endswith(f"\n{NOTHING}\n")


@pytest.mark.parametrize(("instant", "is_there"), [("23:30:00+09:00", True), ("15:30:00+00:00", False)])
def test_a_day_ends_in_japan(project: Callable[..., Project], instant: str, is_there: bool) -> None:
    """Half past eleven at night is that day; half past three in the afternoon in London is tomorrow."""
    there = project(MINIMAL)
    there.git("init", "-q")
    there.commit("初版")
    there.write({"data/vendors/mihon-sha.yml": "name: 見本会社\n"})
    there.commit("名称の変更", f"2026-05-01T{instant}")
    out = there.run("diff", "2026-05-01", "HEAD").out
    assert out.endswith(f"\n{NOTHING}\n") == is_there


def test_a_day_is_that_of_the_main_line(project: Callable[..., Project]) -> None:
    """What was written on a branch belongs to the day on which it was merged."""
    there = project(MINIMAL)
    there.git("init", "-q", "-b", "main")
    there.commit("初版", "2026-04-01T09:00:00+09:00")
    there.git("checkout", "-q", "-b", "side")
    there.write({"data/vendors/mihon-sha.yml": "name: 見本会社\n"})
    there.commit("名称の変更", "2026-04-10T09:00:00+09:00")
    there.git("checkout", "-q", "main")
    date = {f"GIT_{who}_DATE": "2026-04-20T09:00:00+09:00" for who in ("AUTHOR", "COMMITTER")}
    there.git("merge", "-q", "--no-ff", "-m", "取り込み", "side", **date)
    assert there.run("diff", "2026-04-01", "2026-04-15").out.endswith(f"\n{NOTHING}\n")
    assert "見本会社" in there.run("diff", "2026-04-15", "2026-04-20").out


def test_the_working_tree_is_the_other_side(there: Project) -> None:
    """Without a second revision, what is on disk is compared, committed or not."""
    assert there.run("diff", "v2").out.endswith(f"\n{NOTHING}\n")
    there.write({STAFF: str(AFTER[STAFF]).replace("例示 三郎", "例示 四郎")})
    assert "体制　人「例示 四郎」の氏名を「例示 三郎」から「例示 四郎」に改めた。" in there.run("diff", "v2").out


def test_a_submission_is_its_commit(there: Project) -> None:
    """What was handed over is named by deliverable and date; of several the last counts."""
    first, second = (there.git("rev-parse", name).strip() for name in ("v1", "v2"))
    line = "  - deliverable: '1'\n    due: 2026-05-10\n    date: 2026-05-0{}\n    commit: '{}'\n"
    there.write({SUBMISSIONS: "submissions:\n" + line.format(7, first) + line.format(9, second)})
    for name in ("1@2026-05-10", "mihon/1@2026-05-10", "mihon/1"):
        assert there.run("diff", f"submission:{name}", "v2").out.endswith(f"\n{NOTHING}\n")
    assert there.run("diff", "submission:betsu/1@2026-05-10").code == 2
    assert (
        there.run("diff", "v1", "submission:1@令和8年5月10日").out.splitlines()[3:]
        == (there.run("diff", "v1", "v2").out.splitlines()[3:])
    )


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("v9", "版「v9」が履歴にありません"),
        ("v9", "あるのは: タグ v1、v2。ブランチ main。いちばん古いコミットは令和8年4月30日の "),
        ("2026-04-01", "2026-04-01 までのコミットが履歴にありません"),
        ("2026-02-30", "2026-02-30 は存在しない日付です"),
        ("submission:1@2026-05-10", "コミットを記した提出はまだありません"),
        ("0" * 40, "が履歴にありません"),
    ],
)
def test_a_revision_that_is_not_there(there: Project, revision: str, message: str) -> None:
    """It is said what there is instead; nothing is printed as if it were a result."""
    ran = there.run("diff", revision)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_a_submission_that_is_not_there_names_those_that_are(there: Project) -> None:
    """Whoever mistypes sees what could have been meant."""
    commit = there.git("rev-parse", "v1").strip()
    line = f"  - deliverable: '1'\n    due: 2026-05-10\n    date: 2026-05-08\n    commit: '{commit}'\n"
    there.write({SUBMISSIONS: f"submissions:\n{line}"})
    ran = there.run("diff", "submission:2@2026-05-10")
    assert ran.code == 2
    assert "提出「submission:2@2026-05-10」がありません。あるのは: submission:1@2026-05-10" in ran.err


def test_outside_git(project: Callable[..., Project]) -> None:
    """Without a history there is nothing to compare with."""
    ran = project(MINIMAL).run("diff", "v1")
    assert ran.code == 2
    assert "git の管理下にない" in ran.err


# --- what is compared --------------------------------------------------------------------------------------------


def test_one_contract_with_what_it_uses(there: Project) -> None:
    """Of one contract the authority's changes are told with it; another one is not there."""
    out = there.run("diff", "v1", "v2", "--contract", "mihon").out
    assert "契約に共通のデータ" not in out
    assert "発注者「見本市」　部課「情報政策課」の名称" in out
    ran = there.run("diff", "v1", "v2", "--contract", "mihn")
    assert (ran.code, ran.err) == (2, "nohin: 契約「mihn」がありません。あるのは: mihon\n")


def test_a_contract_under_another_name(project: Callable[..., Project]) -> None:
    """It is compared with itself; either name finds it."""
    there = edited(project, renamed())
    out = there.run("diff", "v1", "v2").out
    assert "契約の記号を「mihon」から「rei」に改めた。" in out
    assert "体制　人「見本 次郎」を除いた。" in out
    assert "契約「見本業務委託」を加えた。" not in out
    assert there.run("diff", "v1", "v2", "--contract", "mihon").out.count("記号を") == 1
    assert there.run("diff", "v1", "v2", "--contract", "rei").out.count("記号を") == 1


@pytest.mark.parametrize(("order", "verb"), [(("v1", "v2"), "加えた"), (("v2", "v1"), "除いた")])
def test_a_contract_that_came_or_went(project: Callable[..., Project], order: tuple[str, str], verb: str) -> None:
    """It is one sentence, whatever it holds."""
    other = {path.replace("mihon/", "betsu/"): f"{text}# 別\n" for path, text in MINIMAL.items() if CONTRACT in path}
    other = {path: text.replace("見本業務委託", "別業務委託") for path, text in other.items()}
    there = edited(project, {**BEFORE, **other})
    assert there.run("diff", *order).out.splitlines()[2:] == [
        "別業務委託（betsu）",
        f"  契約「別業務委託」を{verb}。",
    ]


def test_errors_of_a_side_are_told(there: Project) -> None:
    """What could be read is compared; exit code and stderr say that it was not all."""
    there.write({STAFF: str(AFTER[STAFF]).replace("name: 見本 太郎", "nama: 見本 太郎")})
    ran = there.run("diff", "v2")
    assert ran.code == 1
    assert "作業中のファイル のデータに誤りがあり" in ran.err
    assert "data/contracts/mihon/staff.yml" in ran.err
    assert ran.out.startswith("改正前: ")


@pytest.mark.parametrize("options", [("--format", "text", "--contract", "mihon"), ("--format", "pdf")])
def test_a_document_needs_a_contract_and_a_paper(there: Project, options: tuple[str, ...]) -> None:
    """Bodies are marked up in documents only."""
    assert there.run("diff", "v1", "v2", "--document", "security-checklist", *options).code == 2


def test_a_document_marked_up(there: Project) -> None:
    """見え消し: what the answer was and what it is, in the document's own table."""
    options = ("--contract", "mihon", "--format", "html", "--document")
    out = there.run("diff", "v1", "v2", *options, "security-checklist").out
    assert '<del><span class="said">［削除］</span>○</del><ins><span class="said">［追加］</span>×</ins>' in out
    ran = there.run("diff", "v1", "v2", *options, "no-such-document")
    assert ran.code == 2
    assert "文書「no-such-document」がどちらの版にもありません。あるのは: " in ran.err
    assert "security-checklist" in ran.err


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_hostile_text_stays_text(project: Callable[..., Project], form: str) -> None:
    """Whatever stands in a name is shown, and does nothing; neither does Markdown."""
    name = f"'{HOSTILE} | [x](javascript:alert(1)) `甲`'"
    after: Files = {**BEFORE, STAFF: str(BEFORE[STAFF]).replace("見本 次郎", name)}
    out = edited(project, after).run("diff", "v1", "v2", "--format", form).out
    assert HOSTILE not in out
    assert "&lt;script&gt;alert" in out
    assert form == "html" or "[x](" not in out
