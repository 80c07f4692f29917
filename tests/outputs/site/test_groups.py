"""What there is of each deliverable: groups, where each document stands, and what is to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from generator.documents.kinds import OTHER, discover, shelves
from generator.documents.templates import TemplateFolders
from generator.outputs.site import groups
from generator.outputs.site.groups import Group
from generator.rules.dueitem import DueItem
from tests import papers
from tests.support import CONTRACT, Project


@pytest.fixture
def found(project: Callable[..., Project]) -> dict[str, Group]:
    """The groups of a small contract by the names of their pages."""
    site, shown = papers.shown(project)
    return {group.name: group for group in groups.groups(shown, site.as_of)}


def test_documents_of_a_deliverable_are_one_group(found: dict[str, Group]) -> None:
    """What bears a deliverable's title is grouped by its number, whole and delta too; the rest by its kind."""
    assert list(found) == ["no--1", "no--2", "no--3", "kind--chart", "kind--handed-list"]
    assert [listed.document.id for listed in found["no--3"].documents] == ["whole-book", "part-book-2026-001"]
    assert found["no--3"].title == "設計書"


def test_name_of_a_group_outlives_its_title(project: Callable[..., Project]) -> None:
    """Another title in the list of deliverables is another title on the same page."""
    changed = papers.PAPERS[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: 業務報告書")
    _, shown = papers.shown(project, {f"{CONTRACT}/deliverables.yml": changed})
    first = groups.groups(shown)[0]
    assert (first.name, first.title, first.path) == ("no--1", "業務報告書", "documents/no--1")


def test_no_document_can_have_the_name_of_a_group(found: dict[str, Group]) -> None:
    """Ids have no two hyphens in a row, and names of groups do."""
    ids = {listed.document.id for group in found.values() for listed in group.documents}
    assert all("--" in name for name in found)
    assert not any("--" in name for name in ids)


def test_only_document_is_its_groups_page(found: dict[str, Group]) -> None:
    """A group has a page of its own where there is, or will be, more than one document."""
    assert [name for name, group in found.items() if group.several] == ["no--1", "no--3"]
    assert found["kind--chart"].path == "documents/chart"


def test_periods_to_come_are_ahead(found: dict[str, Group]) -> None:
    """Of a monthly report the months that have not begun; what is made of records has none."""
    ahead = [item.occasion for item in found["no--1"].ahead]
    assert (len(ahead), ahead[0], ahead[-1]) == (10, "令和8年6月", "令和9年3月")
    assert found["no--2"].ahead == found["no--3"].ahead == ()


def test_next_is_what_has_to_be_handed_over(found: dict[str, Group]) -> None:
    """The nearest open date, also where something was returned; nothing where all is done."""
    following = {name: group.next and (group.next.due, group.next.state) for name, group in found.items()}
    assert following == {
        "no--1": (dt.date(2026, 6, 10), "予定"),
        "no--2": (dt.date(2026, 5, 13), "差戻し"),
        "no--3": (dt.date(2026, 5, 4), "期限間近"),
        "kind--chart": None,
        "kind--handed-list": None,
    }


def test_last_is_what_was_handed_over_last(found: dict[str, Group]) -> None:
    """The document of the latest submission; it is also what one opens first."""
    last = found["no--1"].last
    assert last is not None
    assert last.document.id == "monthly-2026-04"
    assert found["no--1"].foremost is last
    assert found["no--3"].last is None
    assert found["no--3"].foremost.document.id == "part-book-2026-001"  # due next


def _item(due: str | None, state: str, submitted: str | None = None) -> DueItem:
    day, made = (dt.date.fromisoformat(text) if text else None for text in (due, submitted))
    return DueItem(contract="c", deliverable="1", title="t", due=day, state=state, submitted=made, key=f"{due}{state}")


@pytest.mark.parametrize(
    ("items", "counts"),
    [
        pytest.param([_item("2027-04-07", "予定"), _item("2026-04-07", "遅延")], 1, id="the earlier of two open ones"),
        pytest.param(
            [_item("2026-04-07", "検収済", "2026-04-06"), _item("2027-04-07", "予定")],
            1,
            id="what is open before what is done",
        ),
        pytest.param(
            [_item("2026-04-07", "検収済", "2026-04-06"), _item("2026-05-07", "提出済", "2026-05-06")],
            1,
            id="of what is done the last",
        ),
        pytest.param(
            [_item(None, "予定"), _item("2026-04-07", "検収済", "2026-04-06")],
            1,
            id="what is done before what has no date",
        ),
        pytest.param([_item(None, "予定")], 0, id="what has no date where there is nothing else"),
    ],
)
def test_one_item_counts(items: list[DueItem], counts: int) -> None:
    """Of several due items one says where a document stands."""
    assert groups.counting(items) is items[counts]


def test_nothing_counts_where_nothing_applies() -> None:
    """An item that is not asked for says nothing."""
    assert groups.counting([]) is None


def test_labels_are_short_in_lists(found: dict[str, Group]) -> None:
    """A delta is called so, and a long title ends in an ellipsis; the document keeps all of it."""
    delta = found["no--3"].documents[1]
    assert delta.label.startswith("差分　認証基盤の更新")
    assert delta.label.endswith("…")
    assert len(delta.label) == groups.LONGEST
    assert delta.document.title.endswith("保存領域の拡張）")
    assert delta.told_of == "システム変更 2026-001"


def test_place_of_a_deliverables_documents(found: dict[str, Group]) -> None:
    """Its only document, the list of several, nothing where there is none."""
    own = list(found.values())
    assert groups.place_of(own, "1") == ("documents/no--1.html", 2)
    assert groups.place_of(own, "10") == ("documents/chart.html", 1)
    assert groups.place_of(own, "receipt") is None


def test_shelves_keep_their_order(found: dict[str, Group]) -> None:
    """Groups stand on the shelf their template names, those that name none on the last."""
    standing = [(name, [group.name for group in own]) for name, _, own in groups.by_shelf(found.values())]
    assert standing == [
        ("plan", ["kind--chart"]),
        ("reports", ["no--1"]),
        ("incidents", ["no--2"]),
        ("books", ["no--3"]),
        ("other", ["kind--handed-list"]),
    ]


def test_every_shipped_kind_has_a_shelf(project: Callable[..., Project]) -> None:
    """No document that comes with the program ends up among the others."""
    kinds, _ = discover(TemplateFolders(project().root))
    assert {kind.shelf for kind in kinds.values()} == shelves().keys() - {OTHER}
