"""`nohin approve`: what it refuses, what it writes, and the boxes on paper and on the page."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable

import pytest
from lxml import html

from generator.intake.yamltext import parse
from tests.documents.test_approvals import HEAD, STAFF, TEMPLATE, asked
from tests.support import CONTRACT, ROOT, WHOLE, Project, Ran, swapped

APPROVALS = f"{CONTRACT}/approvals.yml"
TWO = (
    WHOLE[STAFF]
    .replace("roles:", "  - id: p2\n    name: 例示 花子\nroles:")
    .replace("contact_lines:", "  - {person: p2, role: manager, start: 2026-05-02}\ncontact_lines:")
)


def _approve(there: Project, *arguments: str, document: str = "survey", **options: str) -> Ran:
    """A valid call, but for what is given."""
    given = {"contract": "mihon", "role": "approved", "person": "p1", "at": "2026-05-01 10:00", **options}
    return there.run(
        "approve", document, *(part for key, value in given.items() for part in (f"--{key}", value)), *arguments
    )


@pytest.fixture
def there(project: Callable[..., Project]) -> Project:
    """A project in git with two people."""
    made = project({**asked(), STAFF: TWO})
    made.git("init", "-q", "-b", "main")
    made.commit("初版")
    return made


def test_what_is_written(there: Project) -> None:
    """The content, its chapters and the commit are put down beside who, what and when."""
    ran = _approve(there, note="口頭で　確認")
    assert (ran.code, ran.out) == (0, f"{APPROVALS}: 「survey」の承認　見本 太郎\n")
    (row,) = parse((there.root / APPROVALS).read_bytes(), APPROVALS).value["approvals"]
    assert row["commit"] == there.git("rev-parse", "HEAD").strip()
    assert {key: row[key] for key in ("document", "role", "person", "at", "note")} == {
        "document": "survey",
        "role": "approved",
        "person": "p1",
        "at": "2026-05-01 10:00",
        "note": "口頭で　確認",
    }
    assert (len(row["content"]), len(row["chapters"].split())) == (64, 4)
    assert there.check().out == ""


def test_one_after_the_other(there: Project) -> None:
    """Approvals of the same evening need no commit between them; what was written stays, comments too."""
    there.write({APPROVALS: "# 承認の記録\napprovals: []  # まだない\n"})
    assert [_approve(there, role=role).code for role in ("prepared", "checked", "approved")] == [0, 0, 0]
    text = there.read(APPROVALS)
    assert text.startswith("# 承認の記録\napprovals:  # まだない\n  - document: survey\n    role: prepared\n")
    assert text.count("- document: survey") == 3


def test_moment_is_now(there: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no moment is given it is now, to the minute."""
    monkeypatch.setattr("generator.cli._now", lambda: dt.datetime(2026, 4, 30, 9, 5, 59))
    arguments = ("--contract", "mihon", "--role", "checked", "--person", "p1")
    assert there.run("approve", "survey", *arguments).code == 0
    assert "    at: 2026-04-30 09:05\n" in there.read(APPROVALS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"document": "survei"}, "令和8年5月1日の文書に「survei」はありません。近いもの: survey"),
        ({"document": "../../etc/passwd"}, "はありません"),
        (
            {"document": "letter-2026-001", "at": "2026-04-27 10:00"},
            "令和8年4月27日の文書に「letter-2026-001」はありません",
        ),
        ({"person": "p3"}, "人「p3」がありません"),
        ({"person": "p2"}, "承認をした例示 花子は、令和8年5月1日の体制に載っていません"),
        ({"contract": "mihonn"}, "契約「mihonn」がありません"),
        ({"at": "2026-05-02 0:00"}, "令和8年5月2日は、令和8年5月1日から見てまだ来ていません"),
        ({"at": "2026-02-30 10:00"}, "2026-02-30 10:00 は日時ではありません"),
        ({"role": "signed"}, "--role に「signed」は書けません"),
    ],
)
def test_what_is_refused(there: Project, options: dict[str, str], said: str) -> None:
    """A document, person, contract or moment that cannot be is misuse, and nothing is written."""
    ran = _approve(there, **options)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert not (there.root / APPROVALS).exists()


def test_same_person_prepares_and_approves(there: Project) -> None:
    """Where the contract parts the two, whoever prepared it may not approve it; another may."""
    there.write({HEAD: there.read(HEAD) + "  separate: true\n"}).commit("承認欄")
    assert _approve(there, role="prepared").code == 0
    ran = _approve(there)
    assert (ran.code, "自分が作成した「survey」を承認できません" in ran.err) == (2, True)
    assert _approve(there, "--as-of", "2026-05-02", person="p2", at="2026-05-02 9:00").code == 0


def test_approving_twice(there: Project) -> None:
    """What somebody approved and nobody changed is not approved again by the same person."""
    assert _approve(there).code == 0
    ran = _approve(there)
    assert (ran.code, "認めたままで、その後に内容は変わっていません" in ran.err) == (2, True)
    there.write(swapped(f"{CONTRACT}/plan.yml", "title: 定期点検", "title: 点検")).commit("計画")
    assert _approve(there).code == 0


@pytest.mark.parametrize("path", [f"{CONTRACT}/plan.yml", "data/vendors/mihon-sha.yml", TEMPLATE])
def test_what_is_not_committed_cannot_be_approved(there: Project, path: str) -> None:
    """The commit that is put down must hold what was approved."""
    there.write({path: there.read(path) + "\n"})
    ran = _approve(there)
    assert (ran.code, f"コミットしていない変更があります: {path}" in ran.err) == (2, True)


def test_data_with_errors_cannot_be_approved(there: Project) -> None:
    """Nothing is approved that could not be built."""
    there.write(swapped(f"{CONTRACT}/plan.yml", "each: month", "each: monat")).commit("誤り")
    ran = _approve(there)
    assert (ran.code, ran.out) == (1, "")
    assert "SCH004" in ran.err
    assert not (there.root / APPROVALS).exists()


def test_template_with_an_error(there: Project) -> None:
    """A document that cannot be made cannot be approved; the template's line is told."""
    there.write({TEMPLATE: there.read(TEMPLATE) + "{{ nothing }}\n"}).commit("誤り")
    ran = _approve(there)
    assert (ran.code, f"{TEMPLATE}:13:1: error TPL002" in ran.err) == (1, True)


def test_outside_git(project: Callable[..., Project]) -> None:
    """Without git there is no commit to put down."""
    made = project(asked())
    assert _approve(made).code == 0
    assert "commit" not in made.read(APPROVALS)


@pytest.mark.parametrize("note", ['": {x}', "- a\n- b", "'; rm -rf /", "# 注", "\u2028\u202e", "長" * 300, "\x00\x07x"])
def test_hostile_note(there: Project, note: str) -> None:
    """Whatever is noted is one line of text in the file."""
    assert _approve(there, note=note).code == 0
    assert there.check().out == ""
    assert len(there.read(APPROVALS).splitlines()) in (8, 9)


@pytest.mark.slow
def test_boxes_on_paper_and_on_the_page(there: Project) -> None:
    """Who did it stands in the box, as text, whatever the name; a box that holds no longer is blank, and the page says why."""
    name = "<b>花子</b>{{ 7 * 7 }}" + "長" * 20
    there.write({STAFF: TWO.replace("start: 2026-05-02", "start: 2026-04-01").replace("例示 花子", f"'{name}'")})
    there.write({"mkdocs.yml": (ROOT / "mkdocs.yml").read_text(encoding="utf-8")}).commit("体制")
    assert _approve(there, role="prepared").code == _approve(there, person="p2").code == 0
    assert there.build().code == 0
    paper, page = _paper(there), _page(there)
    signed = _flat(paper).partition("作成確認承認")[2].partition("納品物件")[0]
    assert ("<b>花子</b>{{7*7}}" in signed, "見本太郎" in signed) == (True, True)
    assert (signed.count("長"), signed.count("令和8年5月1日")) == (20, 2)
    (boxes,) = page.xpath("//table[contains(@class, 'approvals')]")
    assert [cell.xpath("string(span[1])") for cell in boxes.xpath(".//td")] == ["見本 太郎", "", name]
    there.write({TEMPLATE: there.read(TEMPLATE).replace("現在", "の時点")})
    assert there.build().code == 0
    paper, page = _paper(there), _page(there)
    assert "作成確認承認納品物件" in _flat(paper)
    assert "失効" not in paper
    (boxes,) = page.xpath("//table[contains(@class, 'approvals')]")
    assert [cell.text_content().strip() for cell in boxes.xpath(".//td")] == [
        "本文の変更により失効",
        "",
        "本文の変更により失効",
    ]
    assert "承認の後に本文が変わりました（障害）。" in page.text_content()


def _paper(there: Project) -> str:
    (file,) = (there.root / "site/deliverables/mihon").glob("*survey.pdf")
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


def _page(there: Project) -> html.HtmlElement:
    return html.fromstring(there.read("site/mihon/documents/survey.html"))


def _flat(text: str) -> str:
    return "".join(text.split())
