"""Whether an approval still holds: what ends it, what does not, and what is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.checking import check
from generator.documents.approvals import GONE, STALE, VALID, Desk, Sheet, Standing, sheet
from generator.documents.render import body, environment
from generator.documents.since import Since
from generator.history.revisions import Revisions
from generator.history.states import Snapshots, states
from generator.intake.repository import Repository
from generator.intake.schema import load_schemas
from generator.problems import has_errors
from generator.rules import approvals as given
from tests.support import CONTRACT, Files, Project, swapped, whole_project

HEAD, DELIVERABLES, STAFF = f"{CONTRACT}/contract.yml", f"{CONTRACT}/deliverables.yml", f"{CONTRACT}/staff.yml"
INCIDENT, SECOND = f"{CONTRACT}/records/incidents/2026-001.yml", f"{CONTRACT}/records/incidents/2026-002.yml"
TEMPLATE, LETTER = "templates/documents/survey.html.j2", "templates/documents/letter.html.j2"

SURVEY = """\
---
title: 点検の記録
per: contract
data: [staff, plan, records]
---
<h2>担当</h2>
<table>{% for person in contract.staff.people %}<tr><td>{{ person.name }}</td></tr>{% endfor %}</table>
<h2>作業</h2>
{% for task in contract.tasks %}<p>{{ task.title }}</p>{% endfor %}
<h2>障害</h2>
<p>{{ as_of | wareki }}現在</p>
{% for entry in contract.entries %}<p>{{ entry["values"].title }}</p>{% endfor %}
"""
REPORT = """\
---
title: 障害の報告
per: record
record: incidents
form: letter
data: [records]
---
<h2>障害</h2>
{% for entry in contract.entries %}<p>{{ entry["values"].title }}</p>{% endfor %}
"""
WANTED = "approvals:\n  documents: [survey, '2']\n"


def asked() -> dict[str, str | bytes]:
    """The whole project, with a document and a letter that have boxes."""
    deliverables = swapped(DELIVERABLES, "cell: monthly", "cell: monthly\n    documents: [survey]")[DELIVERABLES]
    letter = "phrase: 障害復旧作業後２週間以内"
    return whole_project(
        {
            DELIVERABLES: deliverables.replace(letter, f"{letter}\n    documents: [letter]"),
            HEAD: str(whole_project()[HEAD]) + WANTED,
            TEMPLATE: SURVEY,
            LETTER: REPORT,
        }
    )


@pytest.fixture
def signed(project: Callable[..., Project]) -> Project:
    """A project in git whose document somebody approved."""
    there = project(asked())
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    approve(there)
    there.commit("承認")
    return there


def approve(there: Project, document: str = "survey", role: str = "approved", at: str = "2026-05-01 10:00") -> None:
    """`nohin approve`."""
    arguments = ("--contract", "mihon", "--role", role, "--person", "p1", "--at", at)
    ran = there.run("approve", document, *arguments)
    assert ran.code == 0, ran.err


def _desk(there: Project) -> Desk:
    checked = check(there.root)
    assert not has_errors(checked.problems), checked.problems
    loaded = checked.loaded
    repository = Repository.at(there.root)
    snapshots = Snapshots(repository) if repository else None
    since = Since(states(loaded.files, loaded.portfolio.contracts), checked.kinds, snapshots)
    return Desk(environment(checked.folders), checked.kinds, loaded.portfolio.contracts["mihon"], since)


def _standing(there: Project, as_of: str = "2026-05-01", document: str = "survey") -> Standing:
    desk, day = _desk(there), dt.date.fromisoformat(as_of)
    return desk.standing(given.latest(desk.contract, document, day)["approved"], day)


def _sheet(there: Project, as_of: str, document: str = "survey") -> Sheet:
    desk, day = _desk(there), dt.date.fromisoformat(as_of)
    documents, items = desk.plan(day)
    made, problems = body(desk.env, documents[document], Revisions(()), items, day)
    assert made is not None, problems
    return sheet(desk, made, day)


def test_what_was_approved_stands(signed: Project) -> None:
    """As long as nothing changes, the approval holds."""
    assert _standing(signed) == Standing(_standing(signed).approval, VALID)
    assert _standing(signed).reason == ""


def test_time_going_by_ends_nothing(signed: Project) -> None:
    """The document tells the day it is looked at; that is no change of what was approved."""
    assert _standing(signed, "2027-03-31").state == VALID


@pytest.mark.parametrize(
    ("change", "chapters", "said"),
    [
        (
            swapped(STAFF, "name: 見本 太郎", "name: 見本 次郎"),
            ("担当",),
            "氏名を「見本 太郎」から「見本 次郎」に改めた。",
        ),
        (
            swapped(f"{CONTRACT}/plan.yml", "title: 定期点検", "title: 定期の点検"),
            ("作業",),
            "「定期点検」から「定期の点検」に改めた。",
        ),
        (swapped(INCIDENT, "title: 送信できない", "title: 受信できない"), ("障害",), "「受信できない」に改めた。"),
        ({SECOND: "title: 遅い\ncontacted: 2026-04-30 9:00\n"}, ("障害",), "遅い」を加えた。"),
        ({INCIDENT: None}, ("障害",), "送信できない」を除いた。"),
    ],
)
def test_changed_fact_ends_it_and_is_named(signed: Project, change: Files, chapters: tuple[str], said: str) -> None:
    """A fact of the body that changes ends the approval; the chapter and the fact are told."""
    found = _standing(signed.write(change))
    assert (found.state, found.chapters, found.later) == (STALE, chapters, False)
    assert [sentence for sentence in found.changes if said in sentence], found.changes
    assert found.reason == f"承認の後に本文が変わりました（{chapters[0]}）"


def test_without_git_the_chapters_are_named(project: Callable[..., Project]) -> None:
    """The fingerprints of the chapters are enough to tell where the change is."""
    there = project(asked())
    approve(there)
    found = _standing(there.write(swapped(STAFF, "name: 見本 太郎", "name: 見本 次郎")))
    assert (found.state, found.chapters, found.changes) == (STALE, ("担当",), ())


def test_commit_that_is_gone(signed: Project) -> None:
    """After a rebase the commit of an approval may be in nobody's history; the chapters are told all the same."""
    path = f"{CONTRACT}/approvals.yml"
    commit = signed.git("rev-parse", "HEAD~1").strip()
    signed.write({path: signed.read(path).replace(commit, "0" * 39 + "1")})
    found = _standing(signed.write(swapped(STAFF, "name: 見本 太郎", "name: 見本 次郎")))
    assert (found.chapters, found.changes) == (("担当",), ())


@pytest.mark.parametrize(
    "change",
    [
        swapped(STAFF, "phone: 00-0000-0001", "phone: 00-0000-0002"),
        swapped(f"{CONTRACT}/checklist.yml", "evidence: 誓約書", "evidence: 台帳"),
        {f"{CONTRACT}/submissions.yml": "submissions:\n- {deliverable: '1', due: 2026-05-10, date: 2026-04-30}\n"},
        {TEMPLATE: SURVEY.replace("<td>", '<td class="name">\n  ').replace("<h2>", '<h2 class="x">')},
        {"templates/layouts/pdf.css": "p { color: #111111; }\n"},
        {INCIDENT: "# 注\ntitle: '送信できない'\nrestored: 2026-04-29 10:00\ncontacted: 2026-04-28 16:30\n"},
    ],
)
def test_what_the_document_does_not_say_ends_nothing(signed: Project, change: Files) -> None:
    """Other data, the looks, comments and the order of keys have nothing to do with what was approved."""
    assert _standing(signed.write(change)).state == VALID


def test_other_words_of_the_template_end_it(signed: Project) -> None:
    """What the template says is approved too."""
    found = _standing(signed.write({TEMPLATE: SURVEY.replace("現在", "の時点")}))
    assert (found.state, found.chapters, found.changes) == (STALE, ("障害",), ())


def test_head_of_the_sheet_is_approved_too(signed: Project) -> None:
    """To whom it goes and what it is called is part of what was approved."""
    found = _standing(signed.write(swapped("data/authorities/mihon-shi.yml", "見本市長", "見本市教育長")))
    assert (found.state, found.chapters) == (STALE, ("件名・宛先・差出人",))


def test_facts_of_later_days_are_approved_by_nobody(signed: Project) -> None:
    """What came after the approval ends it from the day on which the document tells it."""
    signed.write({SECOND: "title: 遅い\ncontacted: 2026-05-20 9:00\n"})
    assert _standing(signed, "2026-05-19").state == VALID
    found = _standing(signed, "2026-05-20")
    assert (found.state, found.chapters, found.later) == (STALE, ("障害",), True)
    assert found.reason == "承認の後の事実が本文に加わりました（障害）"


def test_approved_again(signed: Project) -> None:
    """The last word counts: a document that was approved again stands."""
    signed.write({SECOND: "title: 遅い\ncontacted: 2026-05-20 9:00\n"}).commit("障害")
    arguments = ("--contract", "mihon", "--role", "approved", "--person", "p1", "--at", "2026-05-21 9:00")
    assert signed.run("approve", "survey", *arguments, "--as-of", "2026-05-21").code == 0
    assert _standing(signed, "2026-06-01").state == VALID


def test_letter_that_is_handed_over(signed: Project) -> None:
    """A letter tells nothing later than the day it was handed over, and so its approval holds from then on."""
    approve(signed, "letter-2026-001")
    signed.write({SECOND: "title: 遅い\ncontacted: 2026-05-20 9:00\n"})
    assert [box.holds for box in _sheet(signed, "2026-06-01", "letter-2026-001").boxes] == [False, False, False]
    handed = "submissions:\n- {deliverable: '2', event: incidents/2026-001, date: 2026-05-02}\n"
    signed.write({f"{CONTRACT}/submissions.yml": handed})
    assert [box.holds for box in _sheet(signed, "2026-06-01", "letter-2026-001").boxes] == [False, False, True]


def test_document_that_is_gone(signed: Project) -> None:
    """A document that is made no more is said to be gone; one that is made only from a later day on has changed."""
    approve(signed, "letter-2026-001")
    later = {INCIDENT: "title: 送信できない\ncontacted: 2026-05-02 16:30\n"}
    assert _standing(signed.write(later), "2026-05-03", "letter-2026-001").state == STALE
    found = _standing(signed.write({INCIDENT: None}), document="letter-2026-001")
    assert (found.state, found.reason) == (GONE, "この文書は、今のデータからは作られません")


def test_boxes_are_filled_in_where_the_approval_holds(signed: Project) -> None:
    """A box names whoever did it; one that was not done, or holds no longer, is blank."""
    approve(signed, role="prepared", at="2026-05-01 9:00")
    found = {box.title: (box.holds, box.name, box.posts) for box in _sheet(signed, "2026-05-01").boxes}
    done = (True, "見本 太郎", ("業務責任者",))
    assert found == {"作成": done, "確認": (False, "", ()), "承認": done}
    signed.write({TEMPLATE: SURVEY.replace("現在", "の時点")})
    assert [box.holds for box in _sheet(signed, "2026-05-01").boxes] == [False, False, False]


def test_what_was_done_later_has_not_happened_yet(signed: Project) -> None:
    """The document of a day before the approval has blank boxes."""
    assert [box.standing for box in _sheet(signed, "2026-04-30").boxes] == [None, None, None]


def test_document_without_boxes(signed: Project) -> None:
    """Where the contract wants no boxes there are none on paper; what was done is told on the page."""
    signed.write({HEAD: signed.read(HEAD).replace("[survey, '2']", "['2']\n  roles: [approved]")})
    assert _sheet(signed, "2026-05-01").boxes == ()
    assert [line.title for line in _sheet(signed, "2026-05-01").lines] == ["承認"]
    assert [box.title for box in _sheet(signed, "2026-05-01", "letter-2026-001").boxes] == ["承認"]


def test_words_are_those_of_the_schema() -> None:
    """What a person can do with a document is called the same everywhere."""
    rules = dict(load_schemas().by_kind["approvals"].walk())
    assert rules["approvals", "*", "role"]["meta"]["labels"] == given.ROLES
    assert rules["approvals", "*", "role"]["allowed"] == list(given.ROLES)
