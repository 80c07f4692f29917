"""What the home says of a contract, held against what one counts in its data by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import html

from generator.intake.portfolio import load
from generator.intake.tree import WorkingTree
from generator.model import Portfolio
from generator.outputs.glance.glance import Glance, Levels, glance
from generator.outputs.glance.lines import Line
from generator.outputs.shown import Shown
from generator.rules import coverage
from generator.rules.deadlines import due_items
from tests.glanced import NOTHING, glance_of, home, line, shown_of
from tests.support import CONTRACT, ROOT, WHOLE, Project, minimal_project, swapped, whole_project

Make = Callable[..., Project]
DELIVERABLES, STAFF, HEAD = (f"{CONTRACT}/{name}.yml" for name in ("deliverables", "staff", "contract"))
INCIDENT = f"{CONTRACT}/records/incidents/2026-002.yml"


def _told(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    return [(str(one.date), one.title) for one in lines]


# --- what is due, and what was handed over -------------------------------------------------------------


def test_what_is_late_and_what_comes_next(project: Make) -> None:
    """On 20 June two dates have passed without a submission; one month lies within 30 days, three within 120."""
    duties = glance_of(project(whole_project()), "2026-06-20").vendor_duties
    assert _told(duties.late) == [("2026-05-13", "障害報告書"), ("2026-06-10", "作業報告書")]
    assert _told(duties.soon) == [("2026-07-10", "作業報告書")]
    assert [str(one.date) for one in duties.later] == ["2026-08-10", "2026-09-10", "2026-10-10"]
    assert duties.next == duties.soon[0]


@pytest.mark.parametrize(
    ("as_of", "soon", "later"),
    [("2026-06-09", 1, 3), ("2026-06-10", 2, 2), ("2026-06-11", 1, 2), ("2026-06-12", 1, 3)],
    ids=["the day before", "the day itself is not late", "late", "the 120th day"],
)
def test_the_window_has_both_its_ends(project: Make, as_of: str, soon: int, later: int) -> None:
    """What is due today, in 30 days or in 120 days is inside."""
    duties = glance_of(project(whole_project()), as_of).vendor_duties
    assert (len(duties.soon), len(duties.later)) == (soon, later)


def test_a_line_leads_to_its_deadline(project: Make) -> None:
    """The address of a line is the row of its due item, and its words say for which month it is."""
    shown = shown_of(project(whole_project()), "2026-06-20")
    item = next(item for item in shown.items if item.due == dt.date(2026, 6, 10))
    told = glance(shown, dt.date(2026, 6, 20)).vendor_duties.late[1]
    assert (told.href, told.note, told.state) == (f"deadlines.html#{item.anchor}", "令和8年5月", "遅延")


def test_delta_and_whole_share_a_line(project: Make) -> None:
    """Due items of one deliverable and day are one line, but counted each, and each leads to its own row."""
    rules = (
        "due:\n      - {on: 2026-07-01, scope: delta, media: [data, paper]}\n      - {on: 2026-07-01, scope: full}\n"
    )
    rule = "due:\n      - event: incidents\n        within: 2 weeks of event.restored\n"
    there = project(whole_project({DELIVERABLES: WHOLE[DELIVERABLES].replace(rule, rules)}))
    told = glance_of(there, "2026-06-20").vendor_duties.soon[0]
    assert [part.text for part in told.parts] == ["差分・データ", "差分・紙", "全量"]
    assert (told.count, len({part.href for part in told.parts})) == (3, 3)


AUTHORITY = """\
  - no: payment
    title: 支払い
    obligor: authority
    listed: false
    due:
      - event: incidents
        within: 10 days of event.restored
  - no: inspection
    title: 検査
    obligor: authority
    listed: false
    due:
      - each: month
        undated: 速やかに
"""


def test_duties_of_the_authority_stand_apart(project: Make) -> None:
    """The city's own dates are never counted as the vendor's; undated ones are told of the months that are over."""
    there = project(whole_project({DELIVERABLES: WHOLE[DELIVERABLES] + AUTHORITY}))
    found = glance_of(there, "2026-06-20")
    assert _told(found.authority_duties.late) == [("2026-05-09", "支払い")]
    assert [(one.title, [part.text for part in one.parts]) for one in found.authority_duties.undated] == [
        ("検査", ["令和8年4月", "令和8年5月"])
    ]
    assert found.vendor_duties == glance_of(project(whole_project(), "other"), "2026-06-20").vendor_duties


def test_an_acceptance_tells_of_an_inspection(project: Make) -> None:
    """Of the months of which the report is accepted, its inspection is not told of as left undone."""
    named = AUTHORITY.replace("title: 検査", "title: 作業報告書の検査")
    accepted = WHOLE[f"{CONTRACT}/submissions.yml"].rstrip() + "\n    accepted: 2026-05-12\n"
    files = {DELIVERABLES: WHOLE[DELIVERABLES] + named, f"{CONTRACT}/submissions.yml": accepted}
    found = glance_of(project(whole_project(files)), "2026-06-20")
    assert [[part.text for part in one.parts] for one in found.authority_duties.undated] == [["令和8年5月"]]
    tile = html.fromstring(home([found])).xpath("string(//a[@href='#ours'])")
    assert re.findall(r"\d+", tile) == ["2"], "a payment that is late, and May's inspection"


SUBMITTED = (
    WHOLE[f"{CONTRACT}/submissions.yml"]
    + """\
  - deliverable: '1'
    due: 2026-06-10
    date: 2026-06-09
    returned: 2026-06-12
  - deliverable: '1'
    due: 2026-06-10
    date: 2026-06-15
    accepted: 2026-06-18
  - deliverable: '2'
    event: incidents/2026-001
    date: 2026-06-21
"""
)


def test_what_was_handed_over_is_told_newest_first(project: Make) -> None:
    """Each submission with how it stands itself; nothing of later days, nothing older than sixty days."""
    there = project(whole_project({f"{CONTRACT}/submissions.yml": SUBMITTED}))
    found = glance_of(there, "2026-06-20")
    assert [(str(one.date), one.state, one.note) for one in found.handed_over] == [
        ("2026-06-15", "検収済（5日遅れて提出）", "令和8年5月"),
        ("2026-06-09", "差戻し", "令和8年5月"),
        ("2026-05-08", "検収待ち", "令和8年4月"),
    ]
    assert [len(one) for one in (found.lately, found.earlier)] == [2, 1]
    assert len({key for one in found.handed_over for key in one.keys}) == 3
    assert _told(found.waiting) == [("2026-05-08", "作業報告書")]
    assert [len(glance_of(there, day).handed_over) for day in ("2026-07-07", "2026-07-08")] == [4, 3]


def test_keys_of_submissions_outlive_what_becomes_of_them(project: Make) -> None:
    """A submission that is accepted later is no new one to a browser that remembers it."""
    there = project(whole_project())
    before = glance_of(there, "2026-06-20").handed_over
    path = f"{CONTRACT}/submissions.yml"
    there.write({path: WHOLE[path] + "    accepted: 2026-06-01\n"})
    after = glance_of(there, "2026-06-20").handed_over
    assert [one.keys for one in before] == [one.keys for one in after]
    assert [one.state for one in (*before, *after)] == ["検収待ち", "検収済"]


# --- what wants somebody's attention -------------------------------------------------------------------


def test_an_incident_is_open_until_it_is_restored(project: Make) -> None:
    """A restoration of a later day has not happened yet, nor has an incident of a later day."""
    there = project(whole_project({INCIDENT: "title: 遅い\ncontacted: 2026-05-20 10:00\nstarted: 2026-05-20 11:00\n"}))
    assert [(one.title, one.state) for one in glance_of(there, "2026-04-28").not_over] == [
        ("送信できない", "着手の記録なし")
    ]
    assert glance_of(there, "2026-05-01").not_over == ()
    (found,) = glance_of(there, "2026-06-20").not_over
    assert (found.state, found.href, str(found.date)) == ("対応中", "records/incidents.html#r-2026-002", "2026-05-20")


def test_an_accident_is_open_until_it_is_closed(project: Make) -> None:
    """Accidents stand beside incidents."""
    path = f"{CONTRACT}/records/accidents/2026-001.yml"
    there = project(whole_project({path: "title: 紛失\noccurred: 2026-06-01 10:00\n"}))
    assert [one.title for one in glance_of(there, "2026-06-20").not_over] == ["紛失"]
    there.write({path: "title: 紛失\noccurred: 2026-06-01 10:00\nclosed: 2026-06-03 10:00\n"})
    assert glance_of(there, "2026-06-20").not_over == ()


@pytest.mark.parametrize(
    ("started", "as_of", "levels"),
    [
        ("2026-06-19 11:00", "2026-06-19", Levels(kept=1)),
        ("2026-06-19 12:01", "2026-06-19", Levels(missed=1)),
        (None, "2026-06-19", Levels(undecided=1)),
        (None, "2026-06-20", Levels(missed=1)),
        ("2026-06-20 09:00", "2026-06-19", Levels(undecided=1)),
    ],
    ids=["kept", "missed", "waiting", "waited too long", "started on a later day"],
)
def test_service_levels(project: Make, started: str | None, as_of: str, levels: Levels) -> None:
    """Two hours from 10:00."""
    head = WHOLE[HEAD].replace("    target: 連絡時から2時間以内\n", "    target: 2時間\n    within_hours: 2\n")
    first = {f"{CONTRACT}/records/incidents/2026-001.yml": None}
    record = "title: 遅い\ncontacted: 2026-06-19 10:00\n" + (f"started: {started}\n" if started else "")
    there = project(whole_project({HEAD: head, INCIDENT: record, **first}))
    assert glance_of(there, as_of).levels == levels


LETTER = "---\ntitle: 障害の報告\nper: record\nrecord: incidents\nform: letter\ndata: [contract, records]\n---\n<p>本文</p>\n"


def test_approvals_that_end_and_those_that_are_missing(project: Make) -> None:
    """A box that was filled in for other words is stale; a box nobody filled in is told as well."""
    deliverables = WHOLE[DELIVERABLES].replace("title: 障害報告書", "title: 障害報告書\n    documents: [letter]")
    given = f"approvals:\n  - {{document: letter-2026-001, role: prepared, person: p1, at: 2026-05-02 10:00, content: {'0' * 64}}}\n"
    there = project(
        whole_project(
            {
                "templates/documents/letter.html.j2": LETTER,
                DELIVERABLES: deliverables,
                HEAD: WHOLE[HEAD] + "approvals:\n  roles: [prepared, approved]\n  documents: [letter]\n",
                f"{CONTRACT}/approvals.yml": given,
            }
        )
    )
    found = glance_of(there, "2026-06-20")
    ((stale), (missing)) = (*found.stale, *found.unapproved)
    assert (stale.state, str(stale.date), stale.href) == (
        "失効",
        "2026-05-02",
        "documents/letter-2026-001.html#approvals",
    )
    assert (stale.note, missing.note) == ("作成　承認の後に本文が変わりました", "承認")
    assert glance_of(there, "2026-05-01").stale == ()


VENDOR = "data/vendors/mihon-sha.yml"


@pytest.mark.parametrize(
    ("expires", "state"),
    [("2026-06-19", "期限切れ"), ("2026-06-20", "まもなく"), ("2026-09-18", "まもなく"), ("2026-09-19", None)],
)
def test_certifications_that_lapse(project: Make, expires: str, state: str | None) -> None:
    """From 90 days before the last day, which itself still counts."""
    held = f"certifications:\n  - {{name: ISMS, expires: {expires}}}\n  - {{name: Pマーク}}\n"
    found = glance_of(project(whole_project({VENDOR: WHOLE[VENDOR] + held})), "2026-06-20").lapsing
    assert [(one.title, one.state, str(one.date)) for one in found] == ([("ISMS", state, expires)] if state else [])


def test_a_renewed_certification_does_not_lapse(project: Make) -> None:
    """The later of two of the same name counts."""
    held = "certifications:\n  - {name: ISMS, expires: 2029-06-19}\n  - {name: ISMS, expires: 2026-06-19}\n"
    assert glance_of(project(whole_project({VENDOR: WHOLE[VENDOR] + held})), "2026-06-20").lapsing == ()


@pytest.mark.parametrize(
    ("ends", "next_from", "state"),
    [
        ("2026-06-10", None, "期限切れ"),
        ("2026-07-31", None, "まもなく"),
        ("2026-07-31", "2026-08-01", None),
        ("2026-07-31", "2026-08-02", "まもなく"),
        ("2026-06-10", "2026-06-15", None),
        ("2026-12-31", None, None),
    ],
    ids=["nobody", "soon nobody", "a successor", "a day between", "a gap that is over", "not soon"],
)
def test_roles_that_nobody_will_hold(project: Make, ends: str, next_from: str | None, state: str | None) -> None:
    """An appointment that ends is told only where nobody holds the role after it."""
    first = "    start: 2026-04-01\n"
    after = f"  - {{person: p1, role: manager, start: {next_from}}}\n" if next_from else ""
    changed = swapped(STAFF, first, f"{first}    end: {ends}\n{after}")
    found = glance_of(project(whole_project(changed)), "2026-06-20").lapsing
    expected = [("業務責任者", "見本 太郎", state, ends)] if state else []
    assert [(one.title, one.note, one.state, str(one.date)) for one in found] == expected


def test_nothing_lapses_with_the_contract(project: Make) -> None:
    """An appointment to the contract's own last day is no gap, and after it nothing is told."""
    held = "certifications:\n  - {name: ISMS, expires: 2027-04-01}\n"
    changed = swapped(STAFF, "    start: 2026-04-01\n", "    start: 2026-04-01\n    end: 2027-03-31\n")
    there = project(whole_project({VENDOR: WHOLE[VENDOR] + held, **changed}))
    assert [one.title for one in glance_of(there, "2027-03-31").lapsing] == ["ISMS"]
    assert glance_of(there, "2027-04-01").lapsing == ()
    assert glance_of(there, "2027-04-01").lapsing_next is None


def test_the_next_certification_to_lapse_is_named(project: Make) -> None:
    """Where nothing lapses soon, the home says which is the next, and when; a renewed one by its later day."""
    held = (
        "certifications:\n  - {name: ISMS, expires: 2027-01-31}\n  - {name: ISMS, expires: 2030-01-31}\n"
        "  - {name: Pマーク, expires: 2029-05-31}\n  - {name: 終身, number: '1'}\n"
    )
    found = glance_of(project(whole_project({VENDOR: WHOLE[VENDOR] + held})), "2026-06-20")
    assert found.lapsing_next is not None
    assert (found.lapsing_next.title, str(found.lapsing_next.date)) == ("Pマーク", "2029-05-31")
    told = html.fromstring(home([found])).xpath("string(//h2[@id='lapsing']/following-sibling::div[1])")
    assert "次に切れる認証は、Pマーク" in told
    assert "令和11年5月31日（木）" in told


# --- the whole of it -----------------------------------------------------------------------------------


def test_figures_of_the_whole_project(project: Make) -> None:
    """Two duties of two are answered, one check item of one; the checklist's page is where it can be seen."""
    found = glance_of(project(whole_project()), "2026-06-20")
    assert (found.coverage.done, found.coverage.total, found.coverage.href) == (2, 2, "clauses/coverage.html")
    assert (found.checklist.done, found.checklist.total, found.checklist.failed) == (1, 1, 0)
    assert found.checklist.href == "checklist.html"
    assert glance_of(project(whole_project()), "2026-04-02").checklist.done == 0


def test_nothing_recorded(project: Make) -> None:
    """The least that is a contract has a glance without a line."""
    found = glance_of(project(minimal_project()), "2026-06-20")
    assert replace(found, coverage=NOTHING.coverage, checklist=NOTHING.checklist) == NOTHING


@pytest.mark.parametrize(
    ("as_of", "begun", "ended"),
    [
        ("2026-03-31", False, False),
        ("2026-04-01", True, False),
        ("2027-03-31", True, False),
        ("2027-04-01", True, True),
    ],
)
def test_before_and_after_the_contract(project: Make, as_of: str, begun: bool, ended: bool) -> None:
    """The first and the last day belong to it."""
    found = glance_of(project(minimal_project()), as_of)
    assert (found.begun, found.ended) == (begun, ended)


def test_what_is_late_stays_late_after_the_end(project: Make) -> None:
    """A contract that is over still owes what was not handed over."""
    duties = glance_of(project(whole_project()), "2027-06-01").vendor_duties
    assert len(duties.late) == 12
    assert (duties.soon, duties.later, duties.next) == ((), (), None)


def test_glances_come_back_from_json(project: Make) -> None:
    """Every line, day and empty place is what it was; the text is the same each time."""
    files = {DELIVERABLES: WHOLE[DELIVERABLES] + AUTHORITY, f"{CONTRACT}/submissions.yml": SUBMITTED}
    found = glance_of(project(whole_project(files)), "2026-06-20")
    for one in (found, NOTHING):
        assert Glance.from_json(one.to_json()) == one
        assert Glance.from_json(one.to_json()).to_json() == one.to_json()
    assert "\n" not in found.to_json()


# --- the data that is shipped --------------------------------------------------------------------------

DAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    """The shipped data."""
    return load(WorkingTree(ROOT)).portfolio


def test_shipped_data_against_counts_of_its_own(portfolio: Portfolio) -> None:
    """Every due item that is late or near is on a line, once, and so is every submission of sixty days."""
    for contract in portfolio.contracts.values():
        items = due_items(contract, DAY)
        found = glance(Shown(contract, (), items, coverage.clauses(contract)), DAY)
        own = [item for item in items if item.obligor == "vendor"]
        days = [item.due for item in own if item.due and item.state in ("予定", "期限間近")]
        assert sum(one.count for one in found.vendor_duties.late) == sum(i.state in ("遅延", "差戻し") for i in own)
        assert sum(one.count for one in found.vendor_duties.soon) == sum((day - DAY).days <= 30 for day in days)
        assert sum(one.count for one in found.vendor_duties.later) == sum(30 < (day - DAY).days <= 120 for day in days)
        ours = {d.no for d in contract.deliverables if d.obligor == "vendor"}
        made = [s for s in contract.submissions if s.deliverable in ours and 0 <= (DAY - s.date).days <= 60]
        assert len({key for one in found.handed_over for key in one.keys}) == len(made)
        answered = [a for a in contract.checklist.answers if a.answer and (a.date is None or a.date <= DAY)]
        assert found.checklist.done >= len(answered)
        assert Glance.from_json(found.to_json()) == found


# --- the page ------------------------------------------------------------------------------------------


def _figures(text: str) -> dict[str, str]:
    tiles = html.fromstring(text).xpath("//ul[contains(@class, 'situation')]/li")
    return {tile.xpath("string(.//span)"): tile.xpath("string(.//strong)") for tile in tiles}


def test_the_home_adds_up_all_contracts() -> None:
    """A figure counts things, not lines; each leads to a heading that is there."""
    parts = [replace(NOTHING.authority_duties, late=(line("支払い", "2026-06-01", "遅延"),)), NOTHING.vendor_duties]
    late = replace(
        NOTHING.vendor_duties, late=(line("報告書", "2026-06-01", "遅延"),), soon=(line("計画", "2026-07-01"),)
    )
    first = replace(NOTHING, vendor_duties=late, authority_duties=parts[0], levels=Levels(2, 1, 0))
    second = replace(NOTHING, id="other", vendor_duties=late, levels=Levels(1, 0, 0))
    text = home([first, second])
    figures = _figures(text)
    assert (figures["遅延・差戻し"], figures["30日以内"], figures["発注者がすること"]) == ("2件", "2件", "1件")
    assert figures["サービスレベル"] == "3 / 4 達成"
    tree = html.fromstring(text)
    inside = [str(link)[1:] for link in tree.xpath("//ul[contains(@class, 'situation')]//@href")]
    assert inside
    assert set(inside) <= set(tree.xpath("//@id"))


def test_words_of_data_are_words_only() -> None:
    """No title, note or name can become HTML or Markdown."""
    bad = "<img src=x onerror=alert(1)> *太字* [印](javascript:alert(1)) {{ 7 * 7 }}"
    lines = (line(bad, "2026-06-19", "遅延", note=bad, contract_title=bad),)
    duties = replace(NOTHING.vendor_duties, late=lines, soon=lines, later=lines, next=lines[0], undated=lines)
    text = home(
        [
            replace(
                NOTHING,
                title=bad,
                authority=bad,
                vendor=bad,
                vendor_duties=duties,
                authority_duties=duties,
                waiting=lines,
                handed_over=lines,
                not_over=lines,
                stale=lines,
                unapproved=lines,
                lapsing=lines,
            )
        ]
    )
    tree = html.fromstring(text)
    assert tree.xpath("//img | //em | //script") == []
    assert tree.xpath("//a[starts-with(@href, 'javascript')]") == []
    assert tree.text_content().count(bad) >= 20


def test_the_home_without_contracts() -> None:
    """It says so, and has no figures."""
    text = home([])
    assert "契約がまだありません" in text
    assert _figures(text) == {}


def test_a_long_list_opens_on_demand() -> None:
    """Twelve lines stand there, the others are one click away and counted."""
    late = tuple(line(f"報告書{number}", "2026-06-01", "遅延") for number in range(15))
    text = home([replace(NOTHING, vendor_duties=replace(NOTHING.vendor_duties, late=late))])
    (details,) = [one for one in html.fromstring(text).iter("details") if "報告書" in one.text_content()]
    assert re.match(r"\s*ほか3件", details.text_content())
