"""Which due item is handed over, how the submission and its tag name it, and whether record and tag still agree."""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace

import pytest

from generator.history.submissions import Wanted, about, fields, meant, of_item, recorded, tag_of
from generator.intake.repository import Tag
from generator.model import Authority, Contract, ContractHead, Period, Submission, SubmittedFile, Vendor
from generator.rules import states
from generator.rules.dueitem import DueItem, EventRef

DAY = dt.date(2026, 6, 8)
COMMIT, HASH = "a" * 40, "0" * 64


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _item(
    due: str | None = None, event: str | None = None, start: str | None = None, state: str = "予定", **more: str
) -> DueItem:
    return DueItem(
        contract="mihon",
        deliverable="1",
        title="作業報告書",
        due=_day(due) if due else None,
        event=EventRef(*event.split("/")) if event else None,
        period=Period(start=_day(start), end=_day("2027-03-31")) if start else None,
        state=state,
        **more,  # type: ignore[arg-type]
    )


# --- the item that is meant -----------------------------------------------------------------------------

MONTHS = [
    _item("2026-05-10", start="2026-04-01", state=states.ACCEPTED),
    _item("2026-06-10", start="2026-05-01", state=states.RETURNED),
    _item("2026-07-10", start="2026-06-01", state=states.OUT_OF_SCOPE),
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted("1"), [1]),
        (Wanted("1", due=_day("2026-05-10")), [0]),
        (Wanted("1", period=_day("2026-06-01")), [2]),
        (Wanted("1", due=_day("2026-05-10"), period=_day("2026-06-01")), []),
        (Wanted("2"), []),
        (Wanted("1", event="incidents/1"), []),
    ],
)
def test_open_one_is_meant_unless_another_is_named(wanted: Wanted, found: list[int]) -> None:
    """Among several items the open ones count; an item that is named is meant whatever its state."""
    assert meant(MONTHS, wanted) == [MONTHS[place] for place in found]


def test_all_are_meant_where_none_is_open() -> None:
    """Of items that are all handed over, none is silently chosen."""
    done = [replace(item, state=states.SUBMITTED) for item in MONTHS]
    assert meant(done, Wanted("1")) == done


ITEMS = {
    "by its date": [_item("2026-05-10"), _item("2026-06-10")],
    "by its record": [_item("2026-05-10", "incidents/1"), _item("2026-05-10", "incidents/2")],
    "by record and date": [_item("2026-05-10", "incidents/1"), _item("2026-06-10", "incidents/1")],
    "by its period": [_item(start="2026-04-01"), _item(start="2026-05-01")],
    "by date and period": [_item("2026-05-10", start="2026-04-01"), _item("2026-05-10", start="2026-05-01")],
    "by its medium": [_item("2026-05-10", medium="data"), _item("2026-05-10", medium="paper")],
    "by its scope": [_item("2026-05-10", scope="delta"), _item("2026-05-10", scope="full")],
    "as the only one": [_item()],
}


@pytest.mark.parametrize("items", ITEMS.values(), ids=list(ITEMS))
def test_submission_belongs_to_its_item_alone(items: list[DueItem]) -> None:
    """Whatever tells two items apart is in the submission, so that it never counts for the other."""
    for item in items:
        assert [other for other in items if states.belongs(of_item(item, items, DAY), other)] == [item]


def test_submission_names_no_more_than_it_takes() -> None:
    """A record's date may move later; the submission then still belongs to it."""
    items = ITEMS["by its record"]
    assert of_item(items[0], items, DAY) == Submission(deliverable="1", event="incidents/1", date=DAY)


# --- the tag --------------------------------------------------------------------------------------------


def _submission(**more: object) -> Submission:
    file = SubmittedFile(document="work-report", path="deliverables/mihon/1-work-report.pdf", sha256=HASH, pages=1)
    given = {"deliverable": "1", "date": DAY, "commit": COMMIT, "files": (file,), **more}
    return Submission(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("contract", "submission", "taken", "name"),
    [
        ("mihon", _submission(due=DAY), (), "submitted/mihon/1/2026-06-08"),
        ("mihon", _submission(due=DAY), ("submitted/mihon/1/2026-06-08",), "submitted/mihon/1/2026-06-08-2"),
        ("mihon", _submission(due=DAY, scope="delta", medium="data"), (), "submitted/mihon/1/2026-06-08-delta-data"),
        ("mihon", _submission(event="incidents/2026-001"), (), "submitted/mihon/1/incidents/2026-001"),
        ("mihon", _submission(period=DAY), (), "submitted/mihon/1/2026-06-08"),
        ("mihon", _submission(), (), "submitted/mihon/1/1"),
        ("mihon", _submission(), ("submitted/mihon/1/1",), "submitted/mihon/1/2"),
        ("市川", _submission(deliverable="別表 １/（２）"), (), "submitted/市川/別表_１_（２）/1"),
        ("a..b.lock", _submission(deliverable=".[x]~^:?*\\@{.", due=DAY), (), None),
    ],
)
def test_tag_has_a_name_that_git_takes(
    contract: str, submission: Submission, taken: tuple[str, ...], name: str | None
) -> None:
    """The name says what was handed over, is free, and is one for git whatever the numbers look like."""
    tag = tag_of(contract, submission, taken)
    assert name in (None, tag.name)
    assert subprocess.run(["git", "check-ref-format", f"refs/tags/{tag.name}"]).returncode == 0
    assert tag.commit == COMMIT


# --- record and tag -------------------------------------------------------------------------------------


def _contract(*submissions: Submission, name: str = "mihon") -> Contract:
    head = ContractHead(title="見本業務委託", period=Period(start=DAY, end=DAY), authority="a", vendor="v")
    return Contract(
        id=name,
        head=head,
        authority=Authority(id="a", name="見本市", addressee="見本市長"),
        vendor=Vendor(id="v", name="見本社"),
        submissions=submissions,
    )


def _tagged(*submissions: Submission) -> list[Tag]:
    tags: list[Tag] = []
    for submission in submissions:
        tags.append(tag_of("mihon", submission, [tag.name for tag in tags]))
    return tags


def test_tag_carries_the_entry() -> None:
    """The tag of a submission says the same as the file, and nothing has changed."""
    made = _submission(due=DAY, by="見本 太郎", note="it's: #1")
    (found,) = recorded([_contract(made)], _tagged(made))
    assert (found.sealed, found.tag, found.changed, found.gone) == (made, "submitted/mihon/1/2026-06-08", {}, False)


def test_what_was_written_otherwise_since_is_told() -> None:
    """A date that was dated back is found; a decision that came later is none."""
    made = _submission(due=DAY)
    now = replace(made, date=_day("2026-06-01"), accepted=DAY, reason="良", due=_day("2026-06-10"))
    (found,) = recorded([_contract(now)], _tagged(made))
    assert found.changed == {"期日": (DAY, _day("2026-06-10")), "提出日": (DAY, _day("2026-06-01"))}
    assert found.first == made


def test_entry_that_was_taken_away_is_known_from_its_tag() -> None:
    """A submission that no file records any more is found, and said to be gone."""
    made = _submission(due=DAY)
    (found,) = recorded([_contract()], _tagged(made))
    assert (found.contract, found.submission, found.gone) == ("mihon", made, True)


def test_entry_without_a_tag_stands_alone() -> None:
    """A clone without tags knows the file only."""
    made = _submission(due=DAY)
    (found,) = recorded([_contract(made)], [])
    assert (found.sealed, found.tag, found.first, found.changed) == (None, None, made, {})


def test_forged_hash_has_no_tag() -> None:
    """An entry whose hash was exchanged matches no tag, and the tag's own entry is gone."""
    made = _submission(due=DAY)
    forged = replace(made, files=(replace(made.files[0], sha256="f" * 64),))
    found = recorded([_contract(forged)], _tagged(made))
    assert [(one.tag, one.gone) for one in found] == [(None, False), ("submitted/mihon/1/2026-06-08", True)]


def test_one_paper_for_two_deliverables_keeps_its_tags_apart() -> None:
    """Two entries with the same PDF each have their own tag, also where one of them was renumbered."""
    one, two = _submission(due=DAY), _submission(deliverable="2", due=DAY)
    renumbered = replace(one, deliverable="3")
    found = recorded([_contract(renumbered, two)], _tagged(one, two))
    assert [one.tag for one in found] == ["submitted/mihon/1/2026-06-08", "submitted/mihon/2/2026-06-08"]


@pytest.mark.parametrize(
    "message", ["", "x", "x\n\ny", "x\n\n- deliverable: 1\n", "x\n\n- deliverable: '1'\n  date: 2026-06-08\n"]
)
def test_other_tags_are_no_records(message: str) -> None:
    """Whoever sets tags of his own below the same name disturbs nothing."""
    assert recorded([_contract()], [Tag("submitted/mihon/1/x", COMMIT, message)]) == []


def test_submissions_of_a_deliverable_by_what_they_are_for() -> None:
    """`CONTRACT/NO@…` finds by due date, record and period."""
    due, event = _submission(due=DAY), _submission(event="incidents/1")
    known = recorded([_contract(due, event)], [])
    found = [
        [one.submission for one in about(known, f"mihon/1{which}")]
        for which in ("", "@2026-06-08", "@令和8年6月8日", "@incidents/1", "@x", "@2026-02-30")
    ]
    assert found == [[due, event], [due], [due], [event], [], []]
    assert about(known, "other/1") == about(known, "mihon/2") == []


def test_fields_are_those_of_the_schema_in_its_order() -> None:
    """What is not given is not written."""
    assert list(fields(_submission(due=DAY))) == ["deliverable", "due", "date", "commit", "files"]
