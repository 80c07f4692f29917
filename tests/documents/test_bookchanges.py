"""差分 of a book: the parts that read otherwise, and no others; side by side as they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from generator.checking import check
from generator.documents.bookchanges import changed_parts, design_changes, parts_table
from generator.documents.books import Book
from generator.documents.markup import Markup
from generator.history import attribution, log
from generator.history.effects import in_order
from generator.intake.portfolio import load
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.model import Contract, Effect
from tests.designed import KINDS, changed, designed_project, path_of
from tests.support import CONTRACT, WHOLE, Project, documents

DELIVERABLES = f"{CONTRACT}/deliverables.yml"

Written = Mapping[str, "str | Written"]
"""Parts by name: what a part says, or the parts in it under their names, with what it says itself under ""."""


def book(parts: Written, prefix: str = "", titles: Mapping[str, str] | None = None) -> Book:
    """A book of such parts."""
    made = Book(prefix)
    made.done("".join(_write(made, parts, 0, titles or {})))
    return made


def _write(made: Book, parts: Written, level: int, titles: Mapping[str, str]) -> Iterator[Markup]:
    for name, inside in parts.items():
        if name == "":
            yield Markup("<p>{}</p>").format(inside)
            continue
        below: Written = {"": inside} if isinstance(inside, str) else inside
        write = (made.chapter, made.section, made.part)[level]

        def told(below: Written = below) -> Markup:
            return Markup("").join(_write(made, below, level + 1, titles))

        yield write(name, titles.get(name, name), told)


def told(old: Book, new: Book) -> list[str]:
    """The changed parts."""
    return [f"{one.what} {one.part.name}" for one in changed_parts(old, new)]


WAS: Written = {"a": {"": "初め", "s": {"": "節", "p": "部一", "q": "部二"}, "t": "節二"}, "b": "章二"}

CASES = [
    pytest.param(WAS, [], id="the same"),
    pytest.param({**WAS, "b": "改めた"}, ["変更 b"], id="chapter"),
    pytest.param(
        {"a": {"": "初め", "s": {"": "節", "p": "部一", "q": "改めた"}, "t": "節二"}, "b": "章二"},
        ["変更 a/s/q"],
        id="part",
    ),
    pytest.param(
        {"a": {"": "改めた", "s": {"": "改めた", "p": "部一", "q": "部二"}, "t": "節二"}, "b": "章二"},
        ["変更 a", "変更 a/s"],
        id="around a part",
    ),
    pytest.param({"n": {"": "新", "m": "中"}, **WAS}, ["追加 n"], id="chapter before all: numbers are no change"),
    pytest.param(
        {"a": {"": "初め", "n": {"": "新", "m": "中"}, "s": {"": "節", "q": "部二", "p": "部一"}}, "b": "章二"},
        ["追加 a/n", "削除 a/t"],
        id="added, removed, in another order",
    ),
    pytest.param({"b": "章二"}, ["削除 a"], id="chapter removed, with what is in it"),
    pytest.param({}, ["削除 a", "削除 b"], id="everything"),
]


@pytest.mark.parametrize(("now", "expected"), CASES)
def test_changed_parts(now: Written, expected: list[str]) -> None:
    """What differs in what a part says itself; what is gone last, nothing twice."""
    assert told(book(WAS, "was-"), book(now)) == expected


def test_another_title_is_a_change() -> None:
    """Told with both titles, though the text is the same or there is none."""
    old, new = (
        book({"a": {"s": "文"}, "b": {"t": "文"}}),
        book({"a": {"s": "文"}, "b": {"t": "文"}}, "", {"s": "節", "b": "章"}),
    )
    assert told(old, new) == ["変更 a/s", "変更 b"]
    rows = [row for group in parts_table(old, new) for unit in group.units for row in unit.rows]
    assert [[said(cell) for cell in (row.before, row.after)] for row in rows] == [["s", "節"], ["b", "章"]]


def said(cell: object) -> str:
    """The first line of a cell."""
    return "".join(piece.text for piece in cell.pieces).split("\n")[0]  # type: ignore[attr-defined]


def test_replaced_picture_is_a_change() -> None:
    """A picture is known by what it shows, even where its words stay."""

    def drawn(data: str) -> Book:
        made = Book()
        made.chapter("a", "章", lambda: made.figure("f", "図", Markup('<img alt="絵" src="data:,{}">').format(data)))
        return made

    assert told(drawn("1"), drawn("1")) == []
    assert told(drawn("1"), drawn("2")) == ["変更 a"]
    (group,) = parts_table(drawn("1"), drawn("2"))
    text = "".join(piece.text for unit in group.units for row in unit.rows for piece in row.after.pieces)
    assert "絵" in text
    assert "図を改めた" in text


_LEAF = st.sampled_from(["", "一", "二"])
_BOOKS = st.dictionaries(
    st.sampled_from("ab"),
    st.dictionaries(
        st.sampled_from(["", "s", "t"]),
        _LEAF | st.dictionaries(st.sampled_from(["", "p", "q"]), _LEAF, max_size=3),
        max_size=3,
    ).map(lambda parts: {k: v if k or isinstance(v, str) else "x" for k, v in parts.items()}),
    max_size=2,
)


@settings(max_examples=80)
@given(_BOOKS, _BOOKS)
def test_any_two_books(was: Written, now: Written) -> None:
    """Nothing is told where nothing differs; else every part that differs is told once, itself or with what holds it."""
    old, new = book(was, "was-"), book(now)
    assert told(old, book(was)) == []
    names = [one.part.name for one in changed_parts(old, new)]
    assert len(names) == len(set(names))
    sides = [{part.name: part.own for part in one.walk()} for one in (old, new)]
    for name in {*sides[0], *sides[1]}:
        differs = sides[0].get(name) != sides[1].get(name)
        held = any(name.startswith(f"{other}/") for other in names if (other in sides[0]) != (other in sides[1]))
        assert (name in names) == (differs and not held)
    shown = [row for group in parts_table(old, new) for unit in group.units for row in unit.rows]
    assert len(shown) == len(names)


# --- the delta of a design -----------------------------------------------------------------------------------------

BOOK = WHOLE[DELIVERABLES] + (
    "  - no: '3'\n    title: システム基本設計書\n    documents: [system-design, system-design-delta]\n    due:\n"
    "      - event: changes\n        within: 2 weeks of event.changed\n        scope: delta\n"
)
RECORD = "title: 変更\nchanged: 2026-05-18\ndesign: [%s]\n"


@pytest.fixture
def repository(project: Callable[..., Project]) -> Project:
    """The small system in a repository."""
    there = project(designed_project({DELIVERABLES: BOOK}))
    there.git("init", "-q", "-b", "main")
    there.commit("初版")
    return there


def changed_by(there: Project, names: str, files: Mapping[str, str]) -> Contract:
    """The contract after a change."""
    there.write({**files, f"{CONTRACT}/records/changes/a.yml": RECORD % names})
    there.commit("改める", "2026-05-18T09:00:00+09:00")
    contract = load(WorkingTree(there.root)).portfolio.contracts["mihon"]
    repository = Repository.at(there.root)
    return replace(contract, effects=attribution.read(contract, log.read(repository), repository).effects)


SENTENCES = [
    pytest.param(
        "servers/db01", changed("servers", "16 GB", "32 GB"), ["メモリを「16 GB」から「32 GB」に改めた"], id="changed"
    ),
    pytest.param(
        "systems/x2", {"systems": KINDS["systems"] + "  - id: x2\n    title: 別\n"}, ["「別」を加えた"], id="added"
    ),
    pytest.param(
        "connections/k03", {"connections": KINDS["connections"].partition("  - id: k03")[0]}, ["除いた"], id="removed"
    ),
    pytest.param(
        "overview/purpose", changed("overview", "申請を受け付ける。", "届を受け付ける。"), ["目的"], id="overview"
    ),
]


@pytest.mark.parametrize(("names", "files", "expected"), SENTENCES)
def test_data_that_changed_is_told(repository: Project, names: str, files: dict[str, str], expected: list[str]) -> None:
    """One sentence and one thing in the table for one change, in the words of the schema."""
    contract = changed_by(repository, names, {path_of(kind): text for kind, text in files.items()})
    (entry,) = in_order(contract)
    compared = design_changes(contract, entry)
    assert compared.known
    (sentence,) = compared.told
    assert all(part in sentence for part in expected), sentence
    assert sum(len(group.units) for group in compared.groups) == 1


def test_change_that_is_not_known_tells_nothing(repository: Project) -> None:
    """Without a before there is no comparison."""
    contract = changed_by(
        repository, "servers/db01", {path_of("servers"): changed("servers", "16 GB", "32 GB")["servers"]}
    )
    (entry,) = in_order(contract)
    unknown = design_changes(replace(contract, effects={"a": Effect()}), entry)
    assert (unknown.known, unknown.told, unknown.groups) == (False, (), ())


def test_delta_document(repository: Project) -> None:
    """It lists exactly the parts that say what changed, shows both values, and leads nowhere."""
    changed_by(repository, "servers/db01", {path_of("servers"): changed("servers", "16 GB", "32 GB")["servers"]})
    assert [p for p in check(repository.root).problems if p.severity == "error"] == []
    body = documents(repository.root, "2026-06-01")["mihon/system-design-delta-a"]
    delta = html.fragment_fromstring(body, create_parent="div")
    rows = delta.xpath("//table[.//th='区分'][.//th='番号']//tbody/tr")
    listed = [row.xpath("string(./th)") for row in rows]
    assert [("データベースサーバ" in title, "一覧" in title) for title in listed] == [(False, True), (True, False)]
    assert all(row.xpath("string(./td[@data-label='区分'])") == "変更" for row in rows)
    excerpts = delta.xpath("//h3[span]")
    assert [one.text_content().partition("　")[2] for one in excerpts] == listed
    assert "16 GB" in delta.text_content()
    assert "32 GB" in delta.text_content()
    assert not delta.xpath("//a[starts-with(@href, '#')]")
    ids = delta.xpath("//@id")
    assert len(ids) == len(set(ids))
    levels = [int(one.tag[1]) for one in delta.xpath("//h2|//h3|//h4|//h5|//h6")]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
