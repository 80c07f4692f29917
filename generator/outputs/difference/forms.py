"""What differs, as text, JSON and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.documents.comparisoncells import BRACKETS, CHANGED, WHOLE, Cell, Piece, Row
from generator.documents.comparisontable import table
from generator.documents.filters import markdown
from generator.history.comparison import Change
from generator.outputs import jsontext
from generator.outputs.difference.difference import Difference, Side

NOTHING = "違いはありません。"

NEW_LEFT, OLD_LEFT = "new-left", "old-left"
ORDERS = (NEW_LEFT, OLD_LEFT)
"""Which column stands first."""

AFTER, BEFORE = "改正後", "改正前"


def to_text(before: Side, after: Side, found: Sequence[Difference], order: str) -> str:
    """The sentences, a line each, below their contracts."""
    lines = [heading(before, after)]
    for one in found:
        lines += ["", titled(one), *(f"  {sentence}" for sentence in one.sentences)]
    return "\n".join([*lines, *(() if found else ("", NOTHING))]) + "\n"


def heading(before: Side, after: Side) -> str:
    """`改正前: … → 改正後: …`."""
    return f"{BEFORE}: {before.title} → {AFTER}: {after.title}"


def titled(one: Difference) -> str:
    """A contract's title with its id."""
    return f"{one.title}（{one.contract}）" if one.contract else one.title


def to_json(before: Side, after: Side, found: Sequence[Difference], order: str) -> str:
    """Every change with the sentence that tells of it."""
    rows = [_record(one, change, told.sentence) for one in found for told in one.told for change in told.changes]
    return jsontext.to_json(rows)


def _record(one: Difference, change: Change, sentence: str) -> dict[str, Any]:
    return {
        "contract": one.contract or None,
        "file": change.file,
        "kind": change.kind,
        "what": change.what,
        "path": ".".join(change.steps),
        "item": list(change.ids),
        "before": change.before,
        "after": change.after,
        "sentence": sentence,
    }


# --- Markdown ------------------------------------------------------------------------------------------------


def to_markdown(before: Side, after: Side, found: Sequence[Difference], order: str) -> str:
    """The sentences and the comparison table of every contract, and what the marks mean."""
    lines = ["# 新旧対照表", "", f"- {BEFORE}　{markdown(before.title)}", f"- {AFTER}　{markdown(after.title)}", ""]
    for one in found:
        lines += [f"## {markdown(titled(one))}", "", "### 変更の要点", ""]
        lines += [f"- {markdown(sentence)}" for sentence in one.sentences]
        lines += ["", *_table(one, order)]
    lines += ["## 記号の意味", "", *_marks()] if found else [NOTHING]
    return "\n".join(lines) + "\n"


def _table(one: Difference, order: str) -> Iterator[str]:
    titles = (AFTER, BEFORE) if order == NEW_LEFT else (BEFORE, AFTER)
    for group in table(one.changes, one.sides):
        yield from (f"### {markdown(group.title)}", "", f"| 項目 | {titles[0]} | {titles[1]} |", "|---|---|---|")
        for unit in group.units:
            yield from ([f"| {_escaped(' '.join(filter(None, (unit.name, unit.note))))} | | |"] if unit.name else ())
            yield from (_row(row, order) for row in unit.rows)
        yield ""


def _row(row: Row, order: str) -> str:
    cells = [_cell(row.after, "ins"), _cell(row.before, "del")]
    return f"| {' | '.join((_escaped(row.title), *(cells if order == NEW_LEFT else reversed(cells))))} |"


def _cell(cell: Cell, tag: str) -> str:
    return "".join(_piece(piece, tag) for piece in cell.pieces)


def _piece(piece: Piece, tag: str) -> str:
    text = _escaped(piece.text)
    return f"<{tag}>{text}</{tag}>" if piece.mark in (CHANGED, WHOLE) else text


def _escaped(text: str) -> str:
    return "<br>".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    """A line for a cell; the blanks beside a changed word stay."""
    blanks = [" " if text[place : place + 1].isspace() else "" for place in (0, len(text) - 1)]
    said = markdown(text).replace("|", "\\|")
    return f"{blanks[0]}{said}{blanks[1]}" if said else blanks[0]


def _marks() -> Iterator[str]:
    yield f"- {AFTER}の下線、{BEFORE}の取消線　改めたところ、新たに設けた又は削ったもの"
    yield from (f"- {markdown(mark)}　{meaning}" for mark, meaning in BRACKETS)


FORMS: dict[str, Callable[[Side, Side, Sequence[Difference], str], str]] = {
    "text": to_text,
    "json": to_json,
    "markdown": to_markdown,
}
"""The forms that are text by their name."""
