"""The last look at what everybody may read: every file of a new site is searched for all that is known to be personal.

Nothing should be found: pages and PDFs are made of data that does not say it. What a project's own templates,
configuration or pictures say is found here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.intake.masking import Masks, telling_ids
from generator.intake.redaction import Redaction
from generator.intake.spelling import any_of, folded
from generator.intake.telling import Wanted
from generator.outputs import filewords, versions
from generator.outputs.cache import Cache, key
from generator.problems import NohinError, Problem, Source

PROBLEM_CODES = {"PUB001": "公開用の出力に残った個人情報"}

MOST = 20
"""So many files are named."""

_CLEAN = "clean"


@dataclass(frozen=True)
class Leak:
    """A personal value in a file of the site; the value is not said."""

    path: str
    what: str
    """The field it is from."""

    @property
    def problem(self) -> Problem:
        """The same as a problem."""
        message = f"公開用の出力「{self.path}」に個人情報（{self.what}）が残るため、出力を置き換えませんでした"
        hint = "ひな形・mkdocs.yml・絵に書いた氏名や連絡先を消すか、記号や名称を人を表さないものに改めてください"
        return Problem(Source(self.path), "PUB001", message, hint)


class Leaked(NohinError):
    """Something personal is left; what is said of it is a problem each."""

    def __init__(self, found: Sequence[Leak]) -> None:
        super().__init__("公開用の出力に個人情報が残っています")
        self.problems = [leak.problem for leak in found]


def refuse(site: Path, redaction: Redaction | None, cache: Cache) -> None:
    """Look through what everybody may read before it is put in place; Leaked where something personal is left."""
    if redaction is not None and (found := leaks(site, redaction.masks, cache)):
        raise Leaked(found)


def leaks(site: Path, masks: Masks, cache: Cache | None = None) -> list[Leak]:
    """What is left of all that is personal, by path; a content that was clean before is not read again."""
    search = Search.of(masks)
    if not search.wanted:
        return []
    code = key(versions.program(), *sorted(one.pattern for one in search.wanted))
    search.known.update(dict.fromkeys(_recalled(cache, code), ()))
    found: list[Leak] = []
    for place in sorted(path for path in site.rglob("*") if path.is_file()):
        path = place.relative_to(site).as_posix()
        fields = (*search.in_text(path), *search.in_file(place.read_bytes(), place.suffix))
        found += [Leak(path, what) for what in dict.fromkeys(fields)]
    if cache is not None:
        clean = sorted(name for name in search.used if not search.known[name])
        cache.put(_CLEAN, "\n".join((code, *clean)).encode())
    return found[:MOST]


@dataclass(frozen=True)
class Search:
    """What is looked for: first all at once, roughly; then what was found, as it may be written."""

    wanted: Sequence[Wanted]
    roughly: re.Pattern[str]
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields that were found in contents, by their hashes."""
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, masks: Masks) -> Search:
        """All that means a person wherever it stands."""
        wanted = [one for one in (*masks.wanted, *telling_ids(masks)) if one.sure]
        return cls(wanted, any_of(core for one in wanted for core in one.cores))

    def in_file(self, content: bytes, ending: str) -> tuple[str, ...]:
        """The fields that personal values in a file are from; the same content is read once."""
        name = hashlib.sha256(ending.encode() + b"\n" + content).hexdigest()
        self.used.add(name)
        if name not in self.known:
            members = filewords.members(content)
            found = self._in_words(content, ending) if members is None else self._in_members(members)
            self.known[name] = tuple(dict.fromkeys(found))
        return self.known[name]

    def _in_words(self, content: bytes, ending: str) -> Iterator[str]:
        for text in filewords.words(content, ending):
            yield from self.in_text(text)

    def _in_members(self, members: Sequence[filewords.Member]) -> Iterator[str]:
        for member in members:
            yield from self.in_text(f"{member.name} {member.comment}")
            yield from self.in_file(member.content, member.ending)

    def in_text(self, text: str) -> list[str]:
        """The same of a text."""
        plain = folded(text)
        if not self.roughly.search(plain):
            return []
        near = (one for one in self.wanted if any(core in plain for core in one.cores))
        return [one.what for one in near if re.search(one.pattern, text)]


def _recalled(cache: Cache | None, code: str) -> set[str]:
    raw = cache.get(_CLEAN) if cache is not None else None
    known, *names = raw.decode().split("\n") if raw else [""]
    return set(names) if known == code else set()
