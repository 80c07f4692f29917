"""What differs between two PDFs, said so that someone can look: bytes, pages, information, attached files, text."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.outputs.pdffile import INFORMATION, PdfFile, read, texts

LINES = 6
"""Lines shown of a page that differs; the rest is counted."""


@dataclass(frozen=True)
class Difference:
    """One thing that differs."""

    what: str
    expected: str
    found: str


def differences(expected: bytes, found: bytes) -> list[Difference]:
    """What differs between the PDF there should be and the one there is; empty where they are the same bytes."""
    if expected == found:
        return []
    ours, theirs = read(expected), read(found)
    return [
        *_bytes(expected, found),
        *_differ("ページ数", str(ours.pages), str(theirs.pages)),
        *_information(ours, theirs),
        *_attachments(ours.attachments, theirs.attachments),
        *_text(texts(expected), texts(found)),
    ]


def _differ(what: str, expected: str, found: str) -> Iterator[Difference]:
    if expected != found:
        yield Difference(what, expected, found)


def _bytes(expected: bytes, found: bytes) -> Iterator[Difference]:
    yield from _differ("大きさ", f"{len(expected):,} バイト", f"{len(found):,} バイト")
    first = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    if len(expected) == len(found) and first is not None:
        count = sum(a != b for a, b in zip(expected, found, strict=True))
        yield Difference(
            "バイト",
            f"{first + 1:,} バイト目 {expected[first]:02x}",
            f"{found[first]:02x}（違うのは {count:,} バイト）",
        )


def _information(ours: PdfFile, theirs: PdfFile) -> Iterator[Difference]:
    for name, title in INFORMATION.items():
        yield from _differ(title, ours.information.get(name, "なし"), theirs.information.get(name, "なし"))


def _attachments(ours: Mapping[str, bytes], theirs: Mapping[str, bytes]) -> Iterator[Difference]:
    for name in sorted({*ours, *theirs}):
        before, after = (side.get(name) for side in (ours, theirs))
        if before is None or after is None:
            yield Difference(f"添付 {name}", *("なし" if side is None else "あり" for side in (before, after)))
        elif before != after:
            texts_of = (side.decode("utf-8", errors="replace") for side in (before, after))
            yield Difference(f"添付 {name}", *_changed(*texts_of))


def _text(ours: list[str] | None, theirs: list[str] | None) -> Iterator[Difference]:
    if ours is None or theirs is None:
        why = "pdftotext がないため比べていません" if ours is None else "本文を読めません"
        yield Difference("本文", "", why)
        return
    for number in range(max(len(ours), len(theirs))):
        before, after = (pages[number] if number < len(pages) else "" for pages in (ours, theirs))
        if before != after:
            yield Difference(f"{number + 1} ページの本文", *_changed(before, after))


def _changed(before: str, after: str) -> tuple[str, str]:
    """The lines that went and those that came."""
    old, new = ([line.strip() for line in text.splitlines()] for text in (before, after))
    steps = [
        step for step in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"
    ]
    gone = [line for _, start, end, _, _ in steps for line in old[start:end]]
    come = [line for _, _, _, start, end in steps for line in new[start:end]]
    return _shown(gone), _shown(come)


def _shown(lines: list[str]) -> str:
    written = [line for line in lines if line]
    more = [f"ほか {len(written) - LINES} 行"] if len(written) > LINES else []
    return " ⏎ ".join([*written[:LINES], *more]) or "（空）"
