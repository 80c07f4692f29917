"""A sheet as both sides know it: its columns, its rows with their ids, and where in the data each row is kept.

`outputs` fills tables and writes them as sheets; what comes back is compared with them. Knows no spreadsheet format.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from generator.problems import Source

Form = str | int | dt.date | dt.datetime | None
"""What a cell shows: nothing, a text, a whole number, a day, or a moment."""

ID = "id"
"""The key of the column that carries the rows' ids."""


SORTS = ("checklist", "roster", "work", "deadlines", "clauses")
"""The sorts of tables that can be asked for, in the order of the sheets."""


@dataclass(frozen=True)
class Choices:
    """The values a cell may have, each with the word that is shown for it."""

    title: str
    """What one of them is called in a message: `人`."""
    words: Mapping[str, str]
    """By value; no two words read the same."""
    before: Choices | None = None
    """The choices as they were, where words were changed: those still mean the same."""

    @classmethod
    def of(cls, title: str, words: Iterable[tuple[str, str]], before: Choices | None = None) -> Choices:
        """Choices of values with words; where two words read the same, the value stands behind: `見本 太郎（p1）`."""
        found = dict(words)
        read = [folded(word) for word in found.values()]
        clear = {value: word if _alone(word, value, read) else f"{word}（{value}）" for value, word in found.items()}
        return cls(title, {value: value if _SEPARATORS & {*word} else word for value, word in clear.items()}, before)

    def word(self, value: str) -> str:
        """What is shown for a value; the value itself where there is no word."""
        return self.words.get(value, value)

    def value(self, text: str) -> str | None:
        """The value that is meant by a word, by the value itself, or by both: `見本 太郎（p1）`."""
        found = self._meant.get(folded(text))
        return self.before.value(text) if found is None and self.before else found

    def near(self, text: str) -> str:
        """What could have been meant, for a hint."""
        near = get_close_matches(text, list(self.words.values()), 1, 0.6)
        listed = "、".join([*self.words.values()][:_MANY])
        more = " など" if len(self.words) > _MANY else ""
        return f"{near[0]} ではありませんか" if near else f"書けるもの: {listed}{more}"

    @cached_property
    def _meant(self) -> dict[str, str]:
        values = {folded(value): value for value in self.words}
        both = {folded(f"{word}（{value}）"): value for value, word in self.words.items()}
        return values | both | {folded(word): value for value, word in self.words.items()}


def _alone(word: str, value: str, read: Sequence[str]) -> bool:
    return read.count(folded(word)) == 1


def folded(text: str) -> str:
    """A text for looking it up: full-width and half-width alike, signs that look alike too, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_LOOK_ALIKE).split())


_LOOK_ALIKE = str.maketrans("◯〇⭕✕✖❌", "○○○×××")
"""What input methods offer for a circle and for a cross."""


_SEPARATORS = frozenset("、,，;；\n")
"""What stands between several values in one cell."""

_MANY = 12


@dataclass(frozen=True)
class Column:
    """A column of a sheet."""

    key: str
    """The field of the data, or a name of its own for what is only shown."""
    title: str
    kind: str = "text"
    """`text`, `date`, `moment`, `integer`, `flag`; `one` and `many` are values of `choices`."""
    width: float = 12
    """In digits of the standard font, as spreadsheets count; a Japanese character takes two."""
    editable: bool = False
    """Whether what is written here goes into the data."""
    choices: str | None = None
    """The name of the choices."""


@dataclass(frozen=True)
class Row:
    """A row of a sheet."""

    id: str
    """What it is, wherever it stands."""
    forms: tuple[Form, ...]
    """What its cells show, in the order of the columns; the id comes first."""
    source: Source | None = None
    """Where it is kept; None where it is not in the data yet."""
    fixed: bool = False
    """Whether nothing in it can be changed here."""


@dataclass(frozen=True)
class Home:
    """Where the rows of a table are kept."""

    kind: str
    """The kind of data file."""
    path: str
    """The file of a list; of a kind with a file for each row, the folder."""
    field: str | None = None
    """The list in the file; None where each row has a file."""
    names: str | None = None
    """The field that is the row's id; None where the id is made of several fields."""
    grows: bool = True
    """Whether there can be new rows."""


@dataclass(frozen=True)
class Table:
    """A sheet's content."""

    key: str
    title: str
    """The sheet's name."""
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    home: Home | None = None
    """None where nothing of it is read back."""
    note: str = ""
    """What whoever fills it in should know, in a sentence."""
    held: int = 2
    """How many columns stay in sight when the sheet is moved sideways."""

    def row(self, name: str) -> Row | None:
        """The row of an id."""
        return self._by_id.get(name)

    @property
    def ids(self) -> Collection[str]:
        """The ids of the rows, in their order."""
        return self._by_id.keys()

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row.id: row for row in self.rows}
