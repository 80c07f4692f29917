"""What `nohin new` asks: only what cannot be derived. Everything that is asked can be given as an option instead."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from generator.commands import derived
from generator.commands.newfile import Desk, NewFile
from generator.commands.questions import Question, Questions
from generator.intake import answers
from generator.intake.choices import Choice, offered, reference_of
from generator.intake.datafiles import RESERVED
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import MANUALS, Path
from generator.problems import NohinError, Problem

Given = dict[Path, list[str]]
Value = dict[str, Any]


class Interview:
    """The questions about one new file, and what was answered."""

    def __init__(self, desk: Desk, new: NewFile, terminal: bool) -> None:
        self.desk, self.new, self.questions = desk, new, Questions(terminal)
        self.given: Given = {}

    def held(
        self, contract: str | None, name: str | None, answered: Sequence[tuple[str, str]]
    ) -> tuple[NewFile, Value]:
        """The file with its contract, name and content; NohinError where something is missing or was refused."""
        self.new = self._with_contract(contract)
        self._take(answered)
        self._name_at_once(name)
        if self.questions.terminal:  # nobody is asked anything for an answer that will not be taken
            self.questions.settle()
        self._ask(numbers=False)
        self.questions.settle()
        self._name()
        self._ask(numbers=True)
        self.questions.settle()
        return self.new, self._value()

    # --- which contract, which name ---------------------------------------------------------------------

    def _with_contract(self, name: str | None) -> NewFile:
        contracts = self.desk.contracts
        if not self.new.of_contract:
            if name is not None:
                raise NohinError(f"{self.new.name} は契約に属しません。--contract の代わりに --id で名を付けてください")
            return self.new
        if not contracts and name is None:
            raise NohinError("契約がまだありません。nohin new contract で書いてください")
        if name is None and len(contracts) == 1:
            name = next(iter(contracts))
        if name is None:
            listed = [Choice(key, contract.head.title) for key, contract in contracts.items()]
            name = self.questions.ask(Question("--contract ID", "どの契約か", listed), self._no_contract)
        return self.new.of(self.desk.contract(name)) if name is not None else self.new

    def _no_contract(self, name: str) -> str | None:
        return None if name in self.desk.contracts else f"契約「{name}」がありません"

    def _name_at_once(self, name: str | None) -> None:
        """The name that was given; where there is no habit of naming, it is asked for first."""
        if not self.new.needs_id and self.new.contract and derived.is_taken(self.desk, self.new):
            raise NohinError(f"{self.new.path} はすでにあります。エディターで書き足してください")
        if name is not None:
            self._try_name(name)
        elif self.new.needs_id and derived.habit(self.desk, self.new) is None:
            self._ask_name()

    def _try_name(self, name: str) -> None:
        alone = f"{self.new.name} のファイルは契約に一つなので、名は要りません"
        if why := self._no_name(name) if self.new.needs_id else alone:
            self.questions.refused.append(f"--id {name}: {why}")
        else:
            self.new = self.new.named(name)

    def _ask_name(self) -> None:
        name = self.questions.ask(Question("--id ID", derived.name_asked(self.desk, self.new)), self._no_name)
        self.new = self.new if name is None else self.new.named(name)

    def _no_name(self, name: str) -> str | None:
        """Why a file cannot be called so; None where it can."""
        chapter = self.new.schema.kind == MANUALS
        name = SCALAR_TYPES["id"].normalise(name)
        parts = name.split("/") if chapter else [name]
        if not all(map(answers.is_name, parts)) or len(parts) != (2 if chapter else 1):
            form = "マニュアルと章の名を / でつないでください（例: operation/backup）" if chapter else _FORM
            return f"「{name}」は使えない名です。{form}"
        if self.new.name == "contract" and name in RESERVED:
            return f"「{name}」はサイトが使う名です。別の名にしてください"
        new = self.new.named(name)
        return f"{new.path} はすでにあります。別の名にしてください" if derived.is_taken(self.desk, new) else None

    def _name(self) -> None:
        """The name after the habit of the records there are; asked for where it comes from what is not known."""
        if self.new.needs_id and self.new.id is None:
            name = derived.name(self.desk, self.new, self._value())
            if name is None:
                self._ask_name()
            else:
                self.new = self.new.named(name)

    # --- what it says -----------------------------------------------------------------------------------

    def _take(self, answered: Sequence[tuple[str, str]]) -> None:
        """The answers that were given as options; those that cannot be taken are refused."""
        for name, text in answered:
            self.given.setdefault(answers.field_path(name), []).append(text)
        document, misplaced = answers.put_together(self.new.asked, self.given)
        found = [*answers.unprintable(self.given), *answers.refusals(self.new.asked, document)]
        refused = [*misplaced, *((path, _said(problem)) for path, problem in found)]
        self.questions.refused += [f"--set {answers.field_name(path)}: {why}" for path, why in refused]

    def _value(self) -> Value:
        document, _ = answers.put_together(self.new.asked, self.given)
        return answers.accepted(self.new.asked, document)

    def _ask(self, numbers: bool) -> None:
        """Whatever is missing, in the order of the schema; numbers that can be derived, once all else is known."""
        tried: set[Path] = set()
        while True:
            document, _ = answers.put_together(self.new.asked, self.given)
            left = [path for path in answers.missing(self.new.asked, document) if path not in tried]
            found = {path: derived.answer(self.desk, self.new, path, self._value()) for path in left}
            left = [path for path in left if numbers or not (derived.is_number(self.new, path) and found[path])]
            if not left:
                return
            tried.add(left[0])
            text = found[left[0]] or self._asked(left[0])
            if text is not None:
                self.given[left[0]] = [text]

    def _asked(self, path: Path) -> str | None:
        rule = self.new.asked.rule_at(path)
        choices = derived.choices(self.desk, self.new, path, self._value())
        if reference_of(rule) and not choices and (self.new.contract or not self.new.of_contract):
            why = f"{rule['meta']['title']}に選べるものがありません。先に nohin new {derived.named_kind(rule)} で書いてください"
            self.questions.refused.append(f"{answers.field_name(path)}: {why}")
            return None
        question = Question(
            f"--set {answers.field_name(path)}=…",
            derived.question(self.new.asked, path),
            choices,
            several=rule.get("type") == "list",
        )
        return self.questions.ask(question, lambda text: self._why_not(path, text))

    def _why_not(self, path: Path, text: str) -> str | None:
        """Why an answer cannot be taken: by the schema, or because what it names is not there."""
        rule = self.new.asked.rule_at(path)
        if problem := answers.refusal(self.new.asked, path, [text]):
            return _said(problem)
        if not reference_of(rule):
            return None
        known = sorted(c.value for c in offered(rule, self.desk.loaded.portfolio, self.new.contract, None))
        typed = answers.typed(rule, [text])
        for name in typed if isinstance(typed, list) else [typed]:
            if name not in known:
                near = get_close_matches(str(name), known, 1, 0.6)
                return f"「{name}」は選べません" + (f"（{near[0]} ではありませんか）" if near else "")
        return None


_FORM = "英数字・かな・漢字を - でつないだ名にしてください"


def _said(problem: Problem) -> str:
    return f"{problem.message}（{problem.hint}）" if problem.hint else problem.message
