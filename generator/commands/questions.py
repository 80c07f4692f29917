"""Questions to whoever is at the terminal; without one, what is missing is gathered and told at once."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from generator.commands.common import tell
from generator.intake import tables
from generator.intake.choices import Choice
from generator.problems import NohinError

UNTOUCHED = "何も書いていません"

MANY = 40
"""So many choices are listed; of more, their ids have to be known."""


@dataclass(frozen=True)
class Question:
    """Something that only a person can answer."""

    option: str
    """How it is answered without a terminal: `--set contacted=…`."""
    said: str
    """What is asked, in Japanese, with an example."""
    choices: Sequence[Choice] = ()
    several: bool = False
    """Whether more than one of the choices may be taken."""

    @property
    def numbered(self) -> bool:
        """Whether the choices can be counted: not where they are numbers themselves."""
        return not any(choice.value.isdecimal() for choice in self.choices)

    def resolved(self, text: str) -> str:
        """What was typed, numbers of choices replaced by what they stand for."""
        if not self.choices:
            return text
        parts = text.replace("、", ",").replace("，", ",").split(",") if self.several else [text]
        return ",".join(self._one(part.strip()) for part in parts)

    def _one(self, text: str) -> str:
        folded = unicodedata.normalize("NFKC", text)
        if self.numbered and folded.isdecimal() and 1 <= int(folded) <= len(self.choices):
            return self.choices[int(folded) - 1].value
        return text if any(choice.value == text for choice in self.choices) else self._named(text)

    def _named(self, text: str) -> str:
        """The one value that is called so, with or without what stands behind its name in brackets."""
        said = ((choice.value, choice.said) for choice in self.choices if choice.said)
        found = {
            value for value, name in said if tables.folded(text) in map(tables.folded, (name, name.partition("（")[0]))
        }
        return found.pop() if len(found) == 1 else text


@dataclass
class Questions:
    """Asks at a terminal; elsewhere remembers what would have been asked, and what was refused."""

    terminal: bool
    missing: list[Question] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def ask(self, question: Question, refusal: Callable[[str], str | None]) -> str | None:
        """The answer, asked for until it is not refused; None without a terminal."""
        if not self.terminal:
            self.missing.append(question)
            return None
        _show(question)
        while True:
            text = question.resolved(_typed("番号か記号 " if question.choices and question.numbered else ""))
            why = refusal(text) if text else "答えてください"
            if why is None:
                return text
            tell(f"  {why}")

    def settle(self) -> None:
        """NohinError where an answer is missing or was refused; it names them all."""
        lines = [f"  {line}" for line in self.refused]
        if lines:
            lines.insert(0, "次の答えは受け取れません")
        if self.missing:
            lines.append("次の答えがありません")
            lines += [f"  {question.option}　{question.said}{_among(question)}" for question in self.missing]
        if lines:
            raise NohinError("\n".join([*lines, UNTOUCHED]))


def _show(question: Question) -> None:
    tell(f"\n{question.said}")
    if len(question.choices) > MANY:
        tell(f"  （{len(question.choices)} 件のうちから、記号で答えてください）")
        return
    width = len(str(len(question.choices)))
    for number, choice in enumerate(question.choices, 1):
        count = f"{number:>{width}}  " if question.numbered else ""
        tell(f"  {count}{choice.value}" + (f"  {choice.said}" if choice.said else ""))
    if question.several:
        tell("  いくつかあれば , で区切ってください")


def _among(question: Question) -> str:
    """The values that will do, where they are few enough to be told."""
    return f"（{'、'.join(choice.value for choice in question.choices)}）" if 0 < len(question.choices) <= MANY else ""


def _typed(asked: str) -> str:
    """A line from the terminal; NohinError where there is no more."""
    while True:
        print(f"{asked}> ", end="", flush=True, file=sys.stderr)
        try:
            return input().strip()
        except UnicodeDecodeError:
            tell("  UTF-8 で答えてください")
        except (EOFError, KeyboardInterrupt):
            tell("")
            raise NohinError(f"途中でやめました。{UNTOUCHED}") from None
