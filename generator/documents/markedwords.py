"""The words of a block, before and after in one: `<del>` before `<ins>`, said aloud as 削除 and 追加.

Elements that run in the text (links, small print) stay around their words; pictures and line breaks count as words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.documents.htmltree import VOID, Element, Node, elements
from generator.history import wording

GONE, NEW = wording.GONE, wording.NEW
"""Also the classes of whole rows."""

TAGS = {GONE: ("del", "削除"), NEW: ("ins", "追加")}
"""What marks a stretch, and the word a reader hears before it."""

SAID, SEEN, DRAWN = "said", "said seen", "drawn"
"""The classes of the words that are heard and not seen; above a picture, which bears no line, they are seen."""

_NAMES = ("id", "name", "for", "headers", "href", "aria-labelledby", "aria-describedby")


@dataclass(frozen=True)
class _Letter:
    """A character with the elements it stands in, outermost first; or an element that stands for one."""

    char: str
    around: tuple[Element, ...]
    atom: Element | None = None


def inline(before: Sequence[Node], after: Sequence[Node]) -> list[Node]:
    """The running text of a block, marked."""
    stand_in = _StandIns(before, after)
    old, new = (list(_letters(nodes, (), stand_in)) for nodes in (before, after))
    old, new = _collapsed(old), _collapsed(new)
    found: list[Node] = []
    was = now = 0
    for run in wording.runs(_text(old), _text(new)):
        size = len(run.text)
        if run.what == GONE:
            found.append(marked(GONE, _nodes(old[was : was + size])))
        else:
            nodes = _nodes(new[now : now + size])
            found += [marked(NEW, nodes)] if run.what == NEW else nodes
        was += size if run.what != NEW else 0
        now += size if run.what != GONE else 0
    return found


def marked(what: str, nodes: Sequence[Node], said: bool = True) -> Element:
    """A stretch that came or went, with the word that says so; a picture with the word above it."""
    tag, word = TAGS[what]
    inner = [without_names(node) if isinstance(node, Element) and what == GONE else node for node in nodes]
    if any(elements(nodes, "img")):
        return Element("span", (("class", DRAWN),), [_word(SEEN, word), Element(tag, (), inner)])
    return Element(tag, (), [_word(SAID, word), *inner] if said else inner)


def _word(name: str, word: str) -> Element:
    return Element("span", (("class", name),), [f"［{word}］"])


def without_names(element: Element) -> Element:
    """An element that went: nothing can refer to it, and it refers to nothing; a link is plain text."""
    plain = Element("span" if element.tag == "a" else element.tag, element.attributes).without(*_NAMES)
    return plain.holding([without_names(node) if isinstance(node, Element) else node for node in element.children])


class _StandIns:
    """A character of its own for every different picture or break, of those that no text uses."""

    def __init__(self, *sides: Sequence[Node]) -> None:
        used = {char for side in sides for char in _chars(side)}
        self._free = (chr(code) for code in range(0xF0000, 0x10FFFE) if chr(code) not in used)
        self._known: dict[object, str] = {}

    def of(self, element: Element) -> str:
        """The same character for elements that look the same."""
        name = (element.tag, element.attributes)
        if name not in self._known:
            self._known[name] = next(self._free)
        return self._known[name]


def _chars(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        yield from node if isinstance(node, str) else _chars(node.children)


def _letters(nodes: Sequence[Node], around: tuple[Element, ...], stand_in: _StandIns) -> Iterator[_Letter]:
    for node in nodes:
        if isinstance(node, str):
            yield from (_Letter(char, around) for char in node)
        elif node.tag in VOID:
            yield _Letter(stand_in.of(node), around, node)
        else:
            yield from _letters(node.children, (*around, node), stand_in)


def _collapsed(letters: Sequence[_Letter]) -> list[_Letter]:
    """Blanks as HTML shows them: one for many, none at the ends."""
    found: list[_Letter] = []
    for letter in letters:
        blank = letter.atom is None and letter.char in _BLANKS
        if not blank:
            found.append(letter)
        elif found and found[-1].char != " ":
            found.append(_Letter(" ", letter.around))
    return found[:-1] if found and found[-1].char == " " else found


_BLANKS = " \t\n\r\f"


def _text(letters: Sequence[_Letter]) -> str:
    return "".join(letter.char for letter in letters)


def _nodes(letters: Sequence[_Letter]) -> list[Node]:
    """The letters in their elements again."""
    top: list[Node] = []
    open_: list[tuple[Element, list[Node]]] = []
    for letter in letters:
        depth = 0
        while depth < min(len(open_), len(letter.around)) and open_[depth][0] is letter.around[depth]:
            depth += 1
        del open_[depth:]
        for element in letter.around[depth:]:
            made = element.holding([])
            (open_[-1][1] if open_ else top).append(made)
            open_.append((element, made.children))
        place = open_[-1][1] if open_ else top
        if letter.atom is not None:
            place.append(letter.atom)
        elif place and isinstance(place[-1], str):
            place[-1] += letter.char
        else:
            place.append(letter.char)
    return top
