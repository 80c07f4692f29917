"""What is wrong in the chapters of manuals, at its line: insertions, procedures, pictures, headings, links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path

from generator.documents import inserted
from generator.documents.design import things
from generator.documents.pictures import Pictures, folder_of
from generator.intake.insertions import LINK, Insertion, insertions, without_code
from generator.model import Chapter, Contract, Item
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {
    "MAN002": "差し込めない名",
    "MAN003": "本文にない手順",
    "MAN004": "使えない絵",
    "MAN005": "本文の中の HTML",
    "MAN006": "見出しの段の誤り",
    "MAN007": "使えないリンク",
}

_HEADING = re.compile(r"^(#+)[ \t]+\S", re.MULTILINE)
_LINK = re.compile(f"(!?){LINK}")
_HTML = re.compile(r"</?[A-Za-z][\w-]*(?:\s[^<>]*)?/?>|<!--")
_SAFE = ("https://", "http://", "mailto:")
_BEFORE, _AFTER = (
    re.compile(r"(?:\A|\n)(?:#[^\n]*|[ \t]*)\n {0,3}\Z|\A {0,3}\Z"),
    re.compile(r"[ \t]*(?:\Z|\n(?:#|[ \t]*(?:\n|\Z)))"),
)
"""What stands around a line of its own."""


def check(contract: Contract, project: Path) -> Iterator[Problem]:
    """Every problem of a contract's manuals, and of the pictures of its design."""
    pictures = Pictures(project)
    for chapter in contract.manuals:
        for look in LOOKS:
            yield from look(contract, chapter)
        yield from _pictures(contract, chapter, pictures)
    for kind in ("screens", "reports"):
        for thing in things(contract, kind):
            yield from _picture_of(contract, kind, thing, pictures)


def insertions_say_something(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """Whatever is inserted is in the data."""
    for place, insertion in _inserted(chapter):
        if (reason := inserted.wrong(contract, chapter, insertion)) is not None:
            near = (
                get_close_matches(insertion.name, list(inserted.known(contract)), 1, 0.6) if not insertion.word else []
            )
            hint = f"{near[0]} ではありませんか" if near else "名を確かめてください"
            yield Problem(place, "MAN002", reason, hint)


def blocks_stand_alone(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """A table, a figure and a procedure have a line of their own in the text; in a step there is no place for them."""
    hint = "表・図・手順は、本文の、前後を空けた一行に書いてください"
    for place, insertion in _inserted(chapter):
        body, (start, end) = chapter.body, (insertion.start, insertion.end)
        alone = body[start:end] == f"[[{insertion.text}]]" and place == _at(chapter, start)
        alone = alone and bool(_BEFORE.search(body[:start]) and _AFTER.match(body, end))
        if insertion.word in inserted.BLOCKS and not alone:
            yield Problem(place, "MAN002", f"「{insertion.text.strip()}」はここに差し込めません", hint)


def _inserted(chapter: Chapter) -> Iterator[tuple[Source, Insertion]]:
    for insertion in insertions(chapter.body):
        yield _at(chapter, insertion.start), insertion
    for number, one in enumerate(chapter.values.get("procedures") or ()):
        for index, step in enumerate(one.get("steps") or ()):
            for field in ("step", "expected", "otherwise"):
                place = chapter.place("procedures", number, "steps", index, field)
                yield from ((place, insertion) for insertion in insertions(step.get(field) or ""))
        for field in ("when", "who"):
            place = chapter.place("procedures", number, field)
            yield from ((place, insertion) for insertion in insertions(one.get(field) or ""))
        for field in ("before", "after"):
            for index, line in enumerate(one.get(field) or ()):
                place = chapter.place("procedures", number, field, index)
                yield from ((place, insertion) for insertion in insertions(line))


def procedures_are_told(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """A procedure of the front matter stands somewhere in the text."""
    told = {one.name for one in insertions(chapter.body) if one.word == "procedure"}
    for number, one in enumerate(chapter.values.get("procedures") or ()):
        if one["id"] not in told:
            hint = f"載せる所に [[procedure {one['id']}]] を一行で書いてください"
            place = chapter.place("procedures", number, "id")
            yield Problem(place, "MAN003", f"手順「{one['title']}」が本文のどこにもありません", hint)


def headings_step_down(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """Headings are ## and ###: the chapter's own title is in the front matter."""
    level = 1
    for match in _HEADING.finditer(without_code(chapter.body)):
        found = len(match[1])
        if found == 1 or found > 3 or found > level + 1:
            hint = "章の題名は title に、節は ##、その下は ### で書いてください"
            yield Problem(_at(chapter, match.start()), "MAN006", f"見出し {match[1]} は使えません", hint)
        level = max(min(found, 3), 2)


def html_is_text(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """What looks like HTML is printed as it stands."""
    for match in _HTML.finditer(without_code(chapter.body)):
        message = f"HTML は使えません。「{match[0][:40]}」はこのまま文字として載ります"
        hint = "Markdown で書くか、` で囲んでください"
        yield Problem(_at(chapter, match.start()), "MAN005", message, hint, "warning")


def links_are_safe(contract: Contract, chapter: Chapter) -> Iterator[Problem]:
    """A link leads to a web address; chapters are named by an insertion."""
    for match in _LINK.finditer(without_code(chapter.body)):
        if not match[1] and not (address := match[3].strip("<>")).startswith(_SAFE):
            hint = "https:// で始めてください。ほかの章へは [[chapter 記号]] と書いてください"
            yield Problem(_at(chapter, match.start()), "MAN007", f"リンク先「{address}」は使えません", hint)


def _pictures(contract: Contract, chapter: Chapter, pictures: Pictures) -> Iterator[Problem]:
    folder = folder_of(contract, "manuals", chapter.manual)
    for match in _LINK.finditer(without_code(chapter.body)):
        place, path = _at(chapter, match.start()), match[3].strip("<>")
        if match[1] and not match[2].strip():
            yield Problem(place, "MAN004", f"絵「{path}」に代わりの文がありません", _SHOWN.format(folder))
        elif match[1]:
            yield from _unusable(place, pictures, folder, path, _SHOWN.format(folder))


def _picture_of(contract: Contract, kind: str, thing: Item, pictures: Pictures) -> Iterator[Problem]:
    if thing.get("image"):
        sheet = next(sheet for sheet in contract.design if sheet.kind == kind)
        place = sheet.place(kind, list(sheet.things).index(thing), "image")
        folder = folder_of(contract, "design")
        hint = f"{folder}/ に PNG か JPEG を置き、images/名.png の形で書いてください"
        yield from _unusable(place, pictures, folder, thing["image"], hint)


_SHOWN = "{}/ に PNG か JPEG を置き、![絵の説明](images/名.png) の形で書いてください"


def _unusable(place: Source, pictures: Pictures, folder: str, path: str, hint: str) -> Iterator[Problem]:
    try:
        pictures.read(folder, path)
    except NohinError as error:
        yield Problem(place, "MAN004", str(error), hint)


def _at(chapter: Chapter, start: int) -> Source:
    """A place in the Markdown as one in the file."""
    before = chapter.body[:start]
    first = chapter.place("body")
    return Source(first.path, first.line + before.count("\n"), start - before.rfind("\n"))


LOOKS: tuple[Callable[[Contract, Chapter], Iterator[Problem]], ...] = (
    insertions_say_something,
    blocks_stand_alone,
    procedures_are_told,
    headings_step_down,
    html_is_text,
    links_are_safe,
)
"""What is looked for in a chapter; add a function and its name here."""
