"""The navigation of a contract: short, complete, and not longer by one more report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.outputs.site import documentpages, downloadpages, navigation, submissionpages, workpages
from tests import papers
from tests.support import CONTRACT, Files, Project

OTHERS = ("index.md", "deadlines.md", "incidents.md", "records/index.md", "changes/index.md", "clauses/coverage.md")


def _nav(project: Callable[..., Project], changes: Files | None = None, as_of: str = "2026-05-01") -> list[Any]:
    site, shown = papers.shown(project, changes, as_of)
    rooms = (documentpages, submissionpages, workpages, downloadpages)
    return navigation.nav(shown, {*OTHERS, *(path for room in rooms for path, _ in room.pages(site, shown))})


def _paths(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        for target in entry.values():
            yield from _paths(target) if isinstance(target, list) else [target]


def test_navigation_names_the_main_pages(project: Callable[..., Project]) -> None:
    """In the order in which an officer asks for them."""
    assert _nav(project) == [
        {"概要": "index.md"},
        {"期限": "deadlines.md"},
        {
            "文書": [
                {"文書の一覧": "documents/index.md"},
                {"体制表": "documents/chart.md"},
                {"作業報告書": "documents/no--1.md"},
                {"障害報告書": "documents/letter-2026-001.md"},
                {"設計書": "documents/no--3.md"},
                {"台帳": "documents/handed-list.md"},
            ]
        },
        {"障害とサービスレベル": "incidents.md"},
        {"作業": "work.md"},
        {"記録の一覧": "records/index.md"},
        {"条項への対応": "clauses/coverage.md"},
        {"変更": "changes/index.md"},
        {"提出と検収": "submissions.md"},
        {"ダウンロード": "downloads.md"},
    ]


def test_folder_of_the_records_begins_with_their_list(project: Callable[..., Project]) -> None:
    """A folded folder leads to its first page, and a page of one kind of record stands under it."""
    rows = "items:\n  - {date: 2026-04-02, person: p1, task: inspection, content: 見た。, minutes: 90}\n"
    nav = _nav(project, {f"{CONTRACT}/records/daily/2026-04.yml": rows})
    (records,) = (entry["記録・台帳"] for entry in nav if "記録・台帳" in entry)
    assert records == [{"記録の一覧": "records/index.md"}, {"台帳": "registers.md"}]


def test_several_on_a_shelf_stand_in_a_folder(project: Callable[..., Project]) -> None:
    """The shelf's title, and below it what stands on it."""
    moved = papers.PAPERS["templates/documents/chart.html.j2"].replace("shelf: plan", "shelf: reports")
    (documents,) = (
        entry["文書"] for entry in _nav(project, {"templates/documents/chart.html.j2": moved}) if "文書" in entry
    )
    assert {"報告・届出": [{"作業報告書": "documents/no--1.md"}, {"体制表": "documents/chart.md"}]} in documents


def test_one_more_report_changes_nothing(project: Callable[..., Project]) -> None:
    """In June there are three monthly reports; the navigation is that of May."""
    assert _nav(project, as_of="2026-06-20") == _nav(project)


def test_single_letter_outside_the_list_is_not_named(project: Callable[..., Project]) -> None:
    """What was written once about one matter is found in the list; from the second on it has a place."""
    receipt = "title: 名簿\nmovement: received\nmoved: 2026-04-{} 10:00\ninformation: 名簿\nperson: p1\n"
    once = {f"{CONTRACT}/records/custody/a.yml": receipt.format(10)}
    twice = {**once, f"{CONTRACT}/records/custody/b.yml": receipt.format(11)}
    assert not [path for path in _paths(_nav(project, once)) if "receipt" in path]
    assert [path for path in _paths(_nav(project, twice)) if "receipt" in path]


def test_titles_are_escaped(project: Callable[..., Project]) -> None:
    """MkDocs takes a title for HTML."""
    named = papers.PAPERS[f"{CONTRACT}/deliverables.yml"].replace("title: 作業報告書", "title: <b>報告</b>")
    (documents,) = (
        entry["文書"] for entry in _nav(project, {f"{CONTRACT}/deliverables.yml": named}) if "文書" in entry
    )
    assert {"&lt;b&gt;報告&lt;/b&gt;": "documents/no--1.md"} in documents
