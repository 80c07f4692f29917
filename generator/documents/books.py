"""A book: numbered chapters, sections and parts, numbered figures and tables, and references between them.

Templates and manuals write headings, captions and references by name; numbers are given when all of it is known, so
that a reference may point forward and the same part reads the same whatever stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from generator.documents.markup import Markup, escape

Caller = Callable[[], Markup]

_OPEN, _CLOSE, _TEXT = "\x0e", "\x0f", "\x10"
"""Around the name of what a number is put in for, and before the words of a reference: no data file can hold these."""
WAITING = re.compile(f"{_OPEN}(\\w+) ([^{_CLOSE}]*){_CLOSE}")
"""A number or a reference that is not put in yet."""
_LEVELS = ("h2", "h3", "h4")
_HEADING = re.compile(r"<(/?)h([2-4])\b")
_LINK = re.compile(r'<a href="#[^"]*">(.*?)</a>', re.DOTALL)


@dataclass
class Part:
    """A chapter (level 0), a section (1) or a part of one (2)."""

    name: str
    """Unique in the book, with the names of what it stands in: `composition/servers/db01`."""
    title: str
    level: int
    number: str
    anchor: str
    own: str = ""
    """What it says itself, without the parts inside and before numbers are put in: equal where nothing changed."""
    html: Markup = field(default_factory=Markup)
    """All of it with its heading, numbers not yet put in."""
    parts: list[Part] = field(default_factory=list)


@dataclass
class Caption:
    """A numbered figure or table."""

    name: str
    title: str
    number: str
    anchor: str


@dataclass
class Book:
    """What a book is made of, filled while its templates are rendered."""

    prefix: str = ""
    """Set before every anchor, where two books stand on one page."""
    chapters: list[Part] = field(default_factory=list)
    figures: list[Caption] = field(default_factory=list)
    tables: list[Caption] = field(default_factory=list)
    _open: list[Part] = field(default_factory=list)
    _targets: dict[str, tuple[str, str]] = field(default_factory=dict)
    """What can be referred to: its anchor and what the reference says."""
    _numbers: dict[str, str] = field(default_factory=dict)
    _anchors: set[str] = field(default_factory=set)

    def chapter(self, name: str, title: str, caller: Caller) -> Markup:
        """`{% call book.chapter("servers", "サーバ") %}…{% endcall %}`: a chapter with its number."""
        return self._part(0, name, title, caller)

    def section(self, name: str, title: str, caller: Caller) -> Markup:
        """A section of the chapter that is open."""
        return self._part(1, name, title, caller)

    def part(self, name: str, title: str, caller: Caller) -> Markup:
        """A part of the section that is open: one screen, one module."""
        return self._part(2, name, title, caller)

    def figure(self, name: str, title: str, picture: Markup) -> Markup:
        """A figure with its number and title below it."""
        caption = self._caption(self.figures, "図", name, title)
        frame = Markup(
            '<figure id="{}" class="drawing"><div class="scroll" role="region" tabindex="0" aria-label="{}">{}</div>'
            "<figcaption>{}　{}</figcaption></figure>"
        )
        return frame.format(caption.anchor, title, picture, _wait("no", f"figure:{caption.name}"), title)

    def table(self, name: str, title: str) -> Markup:
        """The caption of a numbered table, to stand first in its `table` element."""
        caption = self._caption(self.tables, "表", name, title)
        return Markup('<caption id="{}">{}　{}</caption>').format(
            caption.anchor, _wait("no", f"table:{caption.name}"), title
        )

    def ref(self, name: str, text: str = "") -> Markup:
        """A link to a part (`composition/servers`), a figure (`figure:network`) or a table (`table:servers`).

        It says the number and title of the target, or `text`; where there is no target, the text alone.
        """
        return _wait("ref", f"{name}{_TEXT}{text}")

    def done(self, html: str) -> Markup:
        """The book's HTML with all numbers and references put in."""
        return Markup(WAITING.sub(lambda match: self._put(match[1], match[2]), str(html)))

    def chapter_of(self, part: Part) -> Part:
        """The chapter that a part stands in."""
        return next(chapter for chapter in self.chapters if part.name.split("/")[0] == chapter.name)

    def excerpt(self, part: Part, whole: bool) -> Markup:
        """A part on its own below a heading of level 2: all of it, or without the parts inside.

        Its references are text, for what they lead to is not there.
        """
        text = part.html if whole else self._framed(part, Markup(part.own))
        shifted = _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1 - part.level}", str(text))
        return Markup(_LINK.sub(r"\1", str(self.done(shifted))))

    def walk(self) -> Iterator[Part]:
        """Every part in order, each before those inside it."""
        for chapter in self.chapters:
            yield chapter
            for section in chapter.parts:
                yield section
                yield from section.parts

    def _part(self, level: int, name: str, title: str, caller: Caller) -> Markup:
        above = self._open[-1] if level else None
        siblings = above.parts if above else self.chapters
        name = _single(name, [part.name.rpartition("/")[2] for part in siblings])
        path = f"{above.name}/{name}" if above else name
        number = f"{above.number}.{len(siblings) + 1}" if above else str(len(siblings) + 1)
        part = Part(path, title, level, number, self._anchor(path))
        siblings.append(part)
        said = f"第{number}章　{title}" if level == 0 else f"{number}　{title}"
        self._targets[path], self._numbers[f"part {path}"] = (part.anchor, said), number
        self._open.append(part)
        inside = caller()
        self._open.pop()
        own = str(inside)
        for inner in part.parts:
            own = own.replace(str(inner.html), "", 1)
        part.own = own.replace(f'id="{self.prefix}b-', 'id="b-')
        part.html = self._framed(part, inside)
        return part.html

    def _framed(self, part: Part, inside: Markup) -> Markup:
        number = _wait("part", part.name)
        heading = Markup('<{tag} id="{id}"><span class="no">{no}</span>　{title}</{tag}>').format(
            tag=_LEVELS[part.level],
            id=part.anchor,
            no=number if part.level else Markup("第{}章").format(number),
            title=part.title,
        )
        kind = ("chapter", "section", "part")[part.level]
        return Markup('<section class="{}">\n{}\n{}\n</section>').format(f"book-{kind}", heading, inside)

    def _caption(self, listed: list[Caption], word: str, name: str, title: str) -> Caption:
        chapter = self.chapters[-1]
        number = sum(caption.number.startswith(f"{word}{chapter.number}-") for caption in listed) + 1
        kind = "figure" if word == "図" else "table"
        name = _single(name, [caption.name for caption in listed])
        caption = Caption(name, title, f"{word}{chapter.number}-{number}", self._anchor(f"{kind}-{name}"))
        listed.append(caption)
        self._targets[f"{kind}:{name}"] = (caption.anchor, f"{caption.number}　{title}")
        self._numbers[f"no {kind}:{name}"] = caption.number
        return caption

    def _anchor(self, name: str) -> str:
        """What a name is called in links; names that differ in signs only are told apart by a number."""
        anchor = _single(f"{self.prefix}b-" + re.sub(r"[^\w.-]+", "-", name), self._anchors)
        self._anchors.add(anchor)
        return anchor

    def _put(self, kind: str, name: str) -> str:
        target, _, text = name.partition(_TEXT)
        target = str(Markup(target).unescape())
        if kind != "ref":
            return self._numbers.get(f"{kind} {target}", "")
        anchor, said = self._targets.get(target, ("", ""))
        return str(Markup('<a href="#{}">{}</a>').format(anchor, Markup(text) or said)) if anchor else text


def _single(name: str, taken: Iterable[str]) -> str:
    """The name, with a number where it is taken; a name that holds a slash would look like a path."""
    plain, used = name.replace("/", "／"), set(taken)
    return next(one for n in count(1) if (one := plain if n == 1 else f"{plain}-{n}") not in used)


def _wait(kind: str, name: str) -> Markup:
    return Markup(_OPEN) + kind + " " + escape(name) + Markup(_CLOSE)
