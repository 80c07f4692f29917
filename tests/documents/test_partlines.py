"""What changed in a part of a book, line by line: what stayed is left out, of a row the cells that changed are marked."""

from __future__ import annotations

from generator.documents.books import Book
from generator.documents.comparisoncells import CHANGED, NOTE, OMITTED, SAME_AS_LEFT, WHOLE, Cell
from generator.documents.markup import Markup
from generator.documents.partlines import REDRAWN, read, side_by_side

ROWS = ("<tr><th>1</th><td>電源を入れる。</td><td>灯が点く。</td></tr>", "<tr><th>2</th><td>待つ。</td><td>―</td></tr>")


def lines(html: str) -> list[str]:
    """The lines of a part that says this."""
    book = Book()
    book.chapter("start", "起動", lambda: Markup(html))
    return read(book, book.chapters[0], alone=True)


def marked(cell: Cell, mark: str) -> list[str]:
    """The pieces that bear a mark."""
    return [piece.text for piece in cell.pieces if piece.mark == mark]


def test_a_row_is_a_line() -> None:
    """The cells of a row stand in one line, apart; so do a term and what is said of it."""
    assert lines(f"<table><tbody>{ROWS[0]}</tbody></table>") == ["1 ｜ 電源を入れる。 ｜ 灯が点く。"]
    assert lines("<dl><dt>誰が</dt> <dd>市の職員</dd></dl><p>次に</p>") == ["誰が：市の職員", "次に"]


def test_rows_that_stayed_are_left_out() -> None:
    """Of a table only the row that changed is shown, with the new words marked."""
    before = lines(f"<table>{''.join(ROWS)}</table>")
    after = lines(f"<table>{''.join(ROWS)}</table>".replace("灯が点く。", "緑の灯が点く。"))
    row = side_by_side("起動", before, after)
    assert marked(row.after, NOTE) == [OMITTED]
    assert marked(row.before, NOTE) == [SAME_AS_LEFT]
    assert marked(row.after, CHANGED) == ["緑の"]
    assert "待つ。" not in "".join(piece.text for piece in row.after.pieces)


def test_a_row_that_came_is_new_as_a_whole() -> None:
    """A row between two others is new, and the others stayed."""
    before = lines(f"<table>{''.join(ROWS)}</table>")
    after = [before[0], "2 ｜ 鍵を掛ける。 ｜ 鍵の印が出る。", before[1]]
    row = side_by_side("起動", before, after)
    assert marked(row.after, WHOLE) == ["2 ｜ 鍵を掛ける。 ｜ 鍵の印が出る。"]
    assert not marked(row.before, WHOLE)


def test_what_is_left_out_is_said_once() -> None:
    """Where a line came between lines that stayed, the side that lacks it does not say twice that it is left out."""
    row = side_by_side("起動", ["一。", "三。"], ["一。", "二。", "三。"])
    assert [piece.text for piece in row.before.pieces] == [SAME_AS_LEFT]
    assert "".join(piece.text for piece in row.after.pieces) == f"{OMITTED}\n二。\n{OMITTED}"


def test_a_long_cell_that_stayed_is_left_out_of_its_row() -> None:
    """The first cell says which row it is; others that are long and did not change are shortened."""
    long = "この欄は長く、そして変わっていないので、対照表では省かれる。"
    row = side_by_side("起動", [f"相談 ｜ {long} ｜ 5分"], [f"相談 ｜ {long} ｜ 8分"])
    text = "".join(piece.text for piece in row.after.pieces)
    assert text == f"相談 ｜ {OMITTED} ｜ 8分"


def test_a_drawing_that_was_drawn_anew_says_so() -> None:
    """A picture is compared by what it shows, not by its alternative text alone."""
    before, after = (lines(f'<p><img alt="構成図" src="data:{one}"></p>') for one in ("a", "b"))
    row = side_by_side("構成", before, after)
    assert marked(row.after, NOTE) == [REDRAWN]
    assert [piece.text for piece in row.before.pieces] == ["［図］構成図"]
