"""What the site's search looks through: every page, cut at its headings and rows, as words without tags.

Reads the Markdown of our own pages (headings in Markdown or HTML, all else HTML) and knows nothing of MkDocs. Words stay
as they are printed: how they are compared is the business of `templates/site/search-worker.js` alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import NotRequired, TypedDict

INDEX = "search/index.js"
"""Where the index lies below the site."""


class Entry(TypedDict):
    """A page or a part of one."""

    location: str
    """The page's address below the site; of a part with its anchor. A page's own entry stands before those of its parts."""
    title: str
    text: str
    """Its words, with an ideographic space between cells, lines and paragraphs."""
    numbers: NotRequired[list[str]]
    """Of a clause: its id and its number as printed."""


def entries(path: str, title: str, markdown: str) -> list[Entry]:
    """A page at the address `path` (`…/clauses/index.html`), then its headings and rows that have an id, in order.

    `title` stands where the page has no heading of its own. What is marked `data-search-exclude` is left out.
    """
    found: list[Entry] = [{"location": path, "title": title, "text": ""}]
    owner, running = found[0], []
    for before, mark in _cut(_kept(_PICTURE.sub('""', _FRONT_MATTER.sub("", markdown, count=1)))):
        running.append(before)
        heading, anchor = _heading(mark) if mark else ("", "")
        if mark is None or mark["row"] is not None:
            found += [_row(path, mark)] if mark else []
        elif mark["hashes"] == "#":
            found[0]["title"] = heading
        elif not anchor:
            running.append(f"<p>{escape(heading)}</p>")
        else:
            owner["text"] = _words("".join(running))
            owner, running = {"location": f"{path}#{anchor}", "title": heading, "text": ""}, []
            found.append(owner)
    owner["text"] = _words("".join(running))
    return found


def _cut(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """What stands before each heading or row, and the heading or row; at last the rest.

    A line with hashes is a heading outside of every `div` only: inside, Markdown reads nothing.
    """
    at = depth = 0
    for mark in _MARK.finditer(text):
        if mark["div"] is not None:
            depth += -1 if mark["div"].startswith("</") else 1
        elif mark["hashes"] is None or not depth:
            yield text[at : mark.start()], mark
            at = mark.end()
    yield text[at:], None


_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_PICTURE = re.compile(r'"data:[^"]*"')
_MARK = re.compile(
    r"""^(?P<hashes>\#{1,6})[ ](?P<line>[^\n]+)$
      | <(?P<level>h[2-6])\b[^>]*?\sid="(?P<heading>[^"]*)"[^>]*>(?P<title>.*?)</(?P=level)>
      | <tr\b[^>]*?\sid="(?P<row>[^"]*)"[^>]*>(?P<cells>.*?)</tr>
      | (?P<div></?div\b)
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


def _kept(text: str) -> str:
    """Without the elements that are marked to be left out."""
    pieces, at = [], 0
    while (mark := text.find(_EXCLUDED, at)) >= 0:
        start = max(text.rfind("<", at, mark), at)
        name = re.match(r"<(\w+)[^>]*\Z", text[start:mark])
        after = mark + len(_EXCLUDED)
        pieces.append(text[at : start if name else after])
        at = _end(text, name[1], start) if name else after
    return "".join([*pieces, text[at:]])


_EXCLUDED = " data-search-exclude"


def _end(text: str, name: str, start: int) -> int:
    """Where the element that begins at `start` ends."""
    depth = 0
    for tag in re.compile(rf"<(/?){name}\b[^>]*>").finditer(text, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return len(text)


def _heading(mark: re.Match[str]) -> tuple[str, str]:
    """A heading's words, and its id if it has one; a row has neither."""
    if mark["hashes"] is None:
        return _line(mark["title"] or ""), unescape(mark["heading"] or "")
    attributes = _ATTRIBUTES.search(mark["line"])
    title = mark["line"][: attributes.start()] if attributes else mark["line"]
    anchor = _ID.search(attributes[0]) if attributes else None
    return unescape(_ESCAPED.sub(r"\1", title)).strip(), anchor[1] if anchor else ""


_ATTRIBUTES = re.compile(r"(?<!\\)\{[^{}]*\}\s*\Z")
_ID = re.compile(r"#([^\s}]+)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!])")


def _row(path: str, mark: re.Match[str]) -> Entry:
    """A row is called by its heading cell's first line and by what is printed bold first; the rest is its text."""
    anchor, cells, named = unescape(mark["row"]), mark["cells"], []
    for pattern in (_ROW_HEADING, _BOLD):
        if matched := pattern.search(cells):
            named.append(_line(matched[1]))
            cells = f"{cells[: matched.start(1)]}{cells[matched.end(1) :]}"
    entry: Entry = {"location": f"{path}#{anchor}", "title": "　".join(filter(None, named)), "text": _words(cells)}
    if _CLAUSES in path and anchor.startswith("c-"):
        entry["numbers"] = [anchor.removeprefix("c-"), *named[:1]]
    return entry


_ROW_HEADING = re.compile(r'<th scope="row"[^>]*>(.*?)(?=<br\b|</th>)', re.DOTALL)
_BOLD = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
_CLAUSES = "/clauses/"


def _words(html: str) -> str:
    return _line(html.replace("　", " "))


def _line(html: str) -> str:
    """HTML as one line: what is set apart on the page is apart, what only looks different is not."""
    apart = _APART.sub("　", _WHITE.sub(" ", html))
    return _GAPS.sub("　", unescape(_TAG.sub("", apart))).strip(" 　\n")


_WHITE = re.compile(r"[ \t\r\n]+")
_APART = re.compile(
    r"</?(?!(?:a|abbr|b|code|del|em|i|img|input|ins|kbd|label|mark|q|s|small|span|strong|sub|sup|u|wbr)\b)[a-z][^>]*>"
)
_TAG = re.compile(r"</?[a-z][^>]*>")
_GAPS = re.compile(r"[ 　]*　[ 　]*")


def script(found: Iterable[Entry]) -> bytes:
    """The index as the worker loads it: a page is its address, title and text, then its parts, each with its anchor.

    Pages stand in the order given, which is also the order of what is equally well found.
    """
    pages: dict[str, list[list[object]]] = {}
    for entry in found:
        path, _, anchor = entry["location"].partition("#")
        part: list[object] = [anchor, entry["title"], entry["text"]]
        pages.setdefault(path, []).append([*part, entry["numbers"]] if "numbers" in entry else part)
    text = json.dumps(list(pages.items()), ensure_ascii=False, separators=(",", ":"))
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"{_BEFORE}{quoted}{_AFTER}".encode()


def read(content: bytes) -> list[Entry]:
    """The entries of which `script` made an index; none where it is no such index, as one of another time may not be."""
    quoted = content.decode(errors="replace").removeprefix(_BEFORE).removesuffix(_AFTER)
    try:
        pages = json.loads(re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL))
        return [_entry(path, *part) for path, parts in pages for part in parts]
    except (ValueError, TypeError):
        return []


def _entry(path: str, anchor: str, title: str, text: str, numbers: list[str] | None = None) -> Entry:
    entry: Entry = {"location": f"{path}#{anchor}" if anchor else path, "title": title, "text": text}
    return entry if numbers is None else {**entry, "numbers": numbers}


_BEFORE, _AFTER = "var searchIndex = JSON.parse('", "');\n"


def stub() -> dict[str, bytes]:
    """By path: the theme's own index, which it asks for on every page, with nothing in it."""
    settings = {"lang": ["ja"], "separator": r"[\s]+", "pipeline": [], "fields": {}}
    text = json.dumps({"config": settings, "docs": []}, separators=(",", ":"))
    return {
        "search/search_index.json": text.encode(),
        "search/search_index.js": f"var __index = {text};\n".encode(),
    }
