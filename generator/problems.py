"""Problems found in data, and where they stand.

A problem is a value: stages return what they could make and the problems they met; nothing stops at the first.
Only misuse and a broken environment raise (`NohinError`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a piece of data was written."""

    path: str
    """File, relative to the project, with forward slashes."""
    line: int = 1
    """Line, counted from 1."""
    column: int = 1
    """Column in characters, counted from 1."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Places(Protocol):
    """Knows where the values inside a record were written."""

    def source_of(self, path: tuple[str | int, ...]) -> Source:
        """The place of the value under a path of keys and positions, or of what encloses it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with what would be right."""

    source: Source
    code: str
    """Stable code, listed in docs/problems.md."""
    message: str
    """What is wrong, in Japanese, in one sentence."""
    hint: str = ""
    """What would be right, in Japanese."""
    severity: Severity = "error"


class NohinError(Exception):
    """Misuse of the command or a broken environment; the message is for the person at the keyboard."""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file, line, column and code, each problem once."""
    return sorted(set(problems), key=lambda p: (p.source, p.severity, p.code, p.message))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything worse than a warning is among them."""
    return any(problem.severity == "error" for problem in problems)


def to_text(problems: Iterable[Problem]) -> str:
    """`path:line:column: error|warning CODE message` a line, the form editors jump to."""
    return "".join(f"{p.source}: {p.severity} {p.code} {_flat(_with_hint(p))}\n" for p in problems)


def as_data(problems: Iterable[Problem]) -> list[dict[str, str | int]]:
    """The list of DESIGN section 7."""
    return [
        {
            "path": p.source.path,
            "line": p.source.line,
            "column": p.source.column,
            "severity": p.severity,
            "code": p.code,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]


def to_json(problems: Iterable[Problem]) -> str:
    """The same as JSON."""
    return json.dumps(as_data(problems), ensure_ascii=False, indent=2) + "\n"


def to_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that annotate the lines of a pull request."""
    return "".join(
        f"::{p.severity} file={_property(p.source.path)},line={p.source.line},col={p.source.column},"
        f"title={_property(p.code)}::{_data(_with_hint(p))}\n"
        for p in problems
    )


def to_gitlab(problems: Iterable[Problem]) -> str:
    """GitLab's Code Quality report: a merge request shows which findings are new and which are gone."""
    met: Counter[str] = Counter()
    return json.dumps([_finding(p, met) for p in problems], ensure_ascii=False, indent=2) + "\n"


_SEVERITIES = {"error": "critical", "warning": "minor"}
"""What GitLab calls them, of info, minor, major, critical and blocker."""


def _finding(problem: Problem, met: Counter[str]) -> dict[str, object]:
    """One finding; its fingerprint stays when its line moves, and is another one where the same is said again."""
    said = "\0".join((problem.source.path, problem.code, problem.message))
    met[said] += 1
    return {
        "description": f"{problem.code} {_flat(_with_hint(problem))}",
        "check_name": problem.code,
        "fingerprint": hashlib.sha256(f"{said}\0{met[said]}".encode()).hexdigest()[:32],
        "severity": _SEVERITIES[problem.severity],
        "location": {"path": problem.source.path, "lines": {"begin": problem.source.line}},
    }


def _with_hint(problem: Problem) -> str:
    return f"{problem.message}（{problem.hint}）" if problem.hint else problem.message


def _flat(text: str) -> str:
    return " ".join(text.split())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS = {"text": to_text, "json": to_json, "github": to_github, "gitlab": to_gitlab}
"""Report formats by the name that `--format` takes."""

HOSTED = ("github", "gitlab")
"""Those of them that a host of repositories reads: paths begin at the top of the repository."""
