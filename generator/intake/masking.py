"""Personal values found again in free text, however they are written there, and what stands in their stead."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from generator.intake import spelling
from generator.intake.personal import Content
from generator.intake.schema import load_schemas
from generator.intake.spelling import any_of, folded
from generator.intake.telling import Called, Wanted, wanted

HIDDEN = "非公開"
"""What stands for personal data in what everybody may read."""


@dataclass(frozen=True)
class Masks:
    """All that is looked for, and what stands in its stead."""

    wanted: tuple[Wanted, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
    """Other names for the people whose ids say who they are."""
    records: Mapping[str, str] = field(default_factory=dict)
    """Other names for the records that are named after somebody."""

    def text(self, text: str) -> str:
        """A text without what is personal in it. Most hold nothing, which is seen at once."""
        if self._all is None or not self._roughly.search(folded(text)):
            return text
        return self._all.sub(self._stead, text)

    def tells(self, text: str) -> bool:
        """Whether a text holds something personal."""
        return self._personal is not None and self._personal.search(text) is not None

    def _stead(self, match: re.Match[str]) -> str:
        found = match[0]
        return self.ids.get(found) or self.records.get(found) or HIDDEN

    @cached_property
    def _roughly(self) -> re.Pattern[str]:
        return any_of([*(core for one in self.wanted for core in one.cores), *map(folded, self.ids)])

    @cached_property
    def _personal(self) -> re.Pattern[str] | None:
        """The longer before what it begins with, and a person's whole name before that of the family."""
        found = sorted({(not one.sure, -len(one.pattern), one.pattern) for one in self.wanted})
        return re.compile("|".join(pattern for _, _, pattern in found)) if found else None

    @cached_property
    def _all(self) -> re.Pattern[str] | None:
        """A record's whole name before the name of somebody in it, an address before the id it begins with."""
        named = (sorted(names, key=lambda name: (-len(name), name)) for names in (self.records, self.ids))
        first, last = ([spelling.identifier(name) for name in names] for names in named)
        personal = [self._personal.pattern] if self._personal else []
        patterns = [*first, *personal, *last]
        return re.compile("|".join(patterns)) if patterns else None

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever something else is looked for, or stands in its stead."""
        said = (*(one.pattern for one in self.wanted), *map(str, sorted({**self.ids, **self.records}.items())))
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


def masks(
    contents: Iterable[Content], people: Mapping[str, str], records: Iterable[str] = (), folders: Iterable[str] = ()
) -> Masks:
    """What to look for, of all that data files say; `people` are other names for the ids of people.

    `records` are the names of records, of which those are told otherwise that hold somebody's name; `folders` those of
    contracts, firms and the like, which stay.
    """
    told = list(contents)
    called = Called.of(told)
    found = {value for content in told for one in content.personal for value in wanted(one, called)}
    unlike, kept = {name for content in told for name in content.ids} | _own_words(), "\n".join(folders)
    telling = {name: other for name, other in people.items() if name not in unlike and _is_telling(name, kept)}
    made = Masks(tuple(sorted(found, key=lambda one: (one.pattern, one.what))), telling)
    named = [name for name in dict.fromkeys(records) if made.tells(name)]
    return replace(made, records={name: f"{HIDDEN}-{number}" for number, name in enumerate(named, 1)})


def telling_ids(known: Masks) -> tuple[Wanted, ...]:
    """The ids of people as something to look for: those that are no single word, which might mean anything."""
    names = (name for name in known.ids if not name.isalpha() or not name.isascii())
    return tuple(Wanted("体制　人　記号", spelling.identifier(name), (folded(name),)) for name in sorted(names))


# --- ids -----------------------------------------------------------------------------------------------------

_SERIAL = re.compile(r"[A-Za-z]{0,2}[-_.]?\d+")


def _is_telling(name: str, kept: str) -> bool:
    """Whether an id says who it is: `sato-taro` does, `p01` does not, nor does what a contract or a firm is called."""
    return len(name) > 1 and not _SERIAL.fullmatch(name) and not re.search(spelling.identifier(name), kept)


def _own_words() -> set[str]:
    """The words that data and programs share: kinds of data file, fields, choices."""
    found: set[str] = set()
    for kind, schema in load_schemas().by_kind.items():
        found.update(kind.split("/"))
        for path, rule in schema.walk():
            found.update(map(str, path))
            found.update(map(str, rule.get("allowed", ())))
    return found
