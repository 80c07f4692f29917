"""What every drawing of a design has, and how its data are looked up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.documents.design import overview, things
from generator.documents.diagrams import image
from generator.documents.drawings.words import clean
from generator.intake.schema import load_schemas
from generator.model import Contract, Item

WIDTH, HEIGHT = 480.0, 560.0
"""In points: as wide as the text of an A4 sheet (170 mm), and as high as still leaves room for a heading and a caption."""
EM, SMALL = 8.6, 7.8
"""In points: the letters of a title and of what stands below it."""
BOXES = 24
"""As many boxes as one drawing may hold."""

T = TypeVar("T")


@dataclass(frozen=True)
class Drawing:
    """A drawing with its caption; the alternative text is in the image."""

    id: str
    title: str
    image: str
    """An `img` element, as `diagrams.image` makes it."""


def by_id(items: Iterable[Item]) -> dict[str, Item]:
    """Things by their ids."""
    return {str(item["id"]): item for item in items}


def name_of(item: Item) -> str:
    """What a thing is called."""
    return clean(item.get("title") or "") or str(item["id"])


def system_title(contract: Contract) -> str:
    """The name of the system."""
    return str(overview(contract).get("title") or contract.head.title)


def word(kind: str, path: Sequence[str | int], value: object) -> str:
    """A coded value in the words of its schema: `word("servers", ["kind"], "virtual")` is 仮想マシン."""
    rule = load_schemas().design[kind].rule_at((kind, 0, *path))
    return str(rule.get("meta", {}).get("labels", {}).get(value, value or ""))


def subsystem_of(contract: Contract) -> Mapping[str, str]:
    """The subsystem of each function that has one, by the function's id."""
    known = by_id(things(contract, "subsystems"))
    functions = things(contract, "functions")
    return {str(f["id"]): str(f["subsystem"]) for f in functions if f.get("subsystem") in known}


def first_subsystem(contract: Contract) -> Mapping[str, str]:
    """For each screen, module …: what it belongs to is the subsystem of the first of its functions."""
    own = subsystem_of(contract)
    found: dict[str, str] = {}
    for kind in ("screens", "modules"):
        for item in things(contract, kind):
            places = [own[f] for f in item.get("functions") or () if f in own]
            if places:
                found[f"{kind}/{item['id']}"] = places[0]
    return found


def numbered(kind: str, title: str, sheets: Sequence[tuple[str, str, str]]) -> list[Drawing]:
    """Drawings of one kind from (what is on it, drawing, alternative text); several are numbered."""
    count = len(sheets)
    drawings = []
    for number, (of, drawing, alternative) in enumerate(sheets, 1):
        place = f"{number}/{count}　{short(of)}".strip() if count > 1 else short(of)
        caption = f"{title}（{place}）" if place else title
        drawings.append(Drawing(f"{kind}-{number}" if count > 1 else kind, caption, image(drawing, alternative)))
    return drawings


def on_sheets(numbers: Sequence[int], count: int) -> str:
    """On which of some drawings something is: `2/5～3/5`."""
    return "～".join(f"{number}/{count}" for number in dict.fromkeys((numbers[0], numbers[-1])))


def short(text: str, most: int = 32) -> str:
    """One line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def listed(titles: Iterable[str], most: int = 12) -> str:
    """Names in a sentence; how many more there are, where there are many."""
    names = [short(title) for title in titles]
    return "、".join(names[:most]) + (f"ほか{len(names) - most}件" if len(names) > most else "")


def packed(items: Iterable[tuple[T, int]], most: int) -> Iterator[list[T]]:
    """Items with their sizes, in their order, put together up to a size; about the same in each."""
    rows = list(items)
    total = sum(size for _, size in rows)
    aim = -(-total // max(1, -(-total // most)))
    page: list[T] = []
    held = 0
    for item, size in rows:
        if page and (held + size > most or held >= aim):
            yield page
            page, held = [], 0
        page.append(item)
        held += size
    if page:
        yield page
