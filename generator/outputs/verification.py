"""確かめる: is a PDF byte for byte what the recorded commit makes, and does the record still say what it said?"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.history.submissions import Recorded, what_of
from generator.model import SubmittedFile
from generator.outputs.delivery import made_with
from generator.outputs.difference.pdfdifference import Difference, differences
from generator.outputs.pdffile import is_pdf, read, texts
from generator.outputs.remaking import Remaker, contract_of
from generator.problems import NohinError

Result = Literal["same", "differs", "unknown", "unproven"]

RESULTS: dict[Result, str] = {
    "same": "一致",
    "differs": "相違",
    "unknown": "記録なし",
    "unproven": "未確認",
}
"""unproven: the hash is the recorded one, but here the PDF cannot be made again, or only with other tools."""


@dataclass(frozen=True)
class Finding:
    """What was found of one PDF."""

    name: str
    """The file that was given, or the path of the PDF in the record."""
    sha256: str | None
    result: Result
    recorded: Recorded | None = None
    file: SubmittedFile | None = None
    differences: tuple[Difference, ...] = ()
    """Each with what the record or the commit says, and what there is."""
    notes: tuple[str, ...] = ()


RECORDED = "ハッシュは提出の記録と一致します"
OTHERWISE = "コミットから作り直した PDF が、提出した PDF と同じになりません"

GONE = "submissions.yml にありません（別のブランチにあるか、消されています）"

SEALED = ("提出日", "記録日", "コミット", "提出した PDF")
"""Fields of an entry that nothing may change once it is written."""


@dataclass(frozen=True)
class Verifier:
    """Holds PDFs against the records and against what the recorded commits make."""

    records: Sequence[Recorded]
    remaker: Remaker

    def pdf(self, name: str, content: bytes) -> Finding:
        """A PDF that somebody has."""
        digest = hashlib.sha256(content).hexdigest()
        found = [pair for pair in self._files() if pair[1].sha256 == digest]
        if not found:
            return self._stranger(name, digest, content)
        one, file = next((pair for pair in found if _base(pair[1]) == Path(name).name), found[0])
        finding = self._compared(Finding(name, digest, "same", one, file), one, file, content)
        also = [f"{_who(other)}の提出にも記録されています" for other, _ in found if other is not one]
        return replace(self._named(finding), notes=(*finding.notes, *also))

    def submission(self, one: Recorded) -> list[Finding]:
        """Every PDF of a submission: made again and compared with the recorded hash."""
        return [self._remade(one, file) for file in one.files]

    def _remade(self, one: Recorded, file: SubmittedFile) -> Finding:
        finding = Finding(file.path, file.sha256, "same", one, file)
        try:
            content = self.remaker.pdf(one, file)
        except NohinError as error:
            return self._told(replace(finding, result="unproven", notes=(str(error),)))
        digest = hashlib.sha256(content).hexdigest()
        if digest != file.sha256:
            wrong = Difference("SHA-256", file.sha256, f"{digest}（作り直した PDF）")
            finding = _otherwise(replace(finding, differences=(wrong,), notes=(OTHERWISE, *_tools(one))), one)
        return self._told(finding)

    def _compared(self, finding: Finding, one: Recorded, file: SubmittedFile, content: bytes) -> Finding:
        """A PDF whose hash is recorded, held against what the commit makes."""
        try:
            again = self.remaker.pdf(one, file)
        except NohinError as error:
            return self._told(replace(finding, result="unproven", notes=(RECORDED, str(error))))
        if again != content:
            notes = (RECORDED, OTHERWISE, *_tools(one))
            finding = _otherwise(replace(finding, differences=tuple(differences(again, content)), notes=notes), one)
        return self._told(finding)

    def _named(self, finding: Finding) -> Finding:
        """A file that bears the name of another one that was handed over has been exchanged."""
        name, names = Path(finding.name).name, {_base(file) for _, file in self._files()}
        if finding.file is None or name == _base(finding.file) or name not in names:
            return finding
        wrong = Difference("ファイル名", _base(finding.file), f"{name}（提出した別の PDF の名）")
        return replace(finding, result="differs", differences=(wrong, *finding.differences))

    def _stranger(self, name: str, digest: str, content: bytes) -> Finding:
        """A PDF that no record knows: held against the most alike of what was handed over of the same document."""
        unknown = Finding(name, digest, "unknown")
        if not is_pdf(content):
            return replace(unknown, notes=("PDF ではありません",))
        number = read(content).number
        candidates = [pair for pair in self._files() if _bears(pair[1], number or "")]
        if number is None:  # what another program has stored anew keeps its text
            text = (texts(content) or [""])[0]
            candidates = [pair for pair in self._files() if _bears(pair[1], text)]
        told = f"この PDF の文書番号は {number} です" if number else "文書情報に nohin の文書番号がありません"
        if not candidates:
            return replace(unknown, notes=(told, "この文書を提出した記録はありません"))
        return self._nearest(replace(unknown, notes=(told,)), candidates, content)

    def _files(self) -> list[tuple[Recorded, SubmittedFile]]:
        return [(one, file) for one in self.records for file in one.files]

    def _nearest(
        self, finding: Finding, candidates: Iterable[tuple[Recorded, SubmittedFile]], content: bytes
    ) -> Finding:
        found: list[Finding] = []
        for one, file in candidates:
            wrong, notes = [Difference("SHA-256", file.sha256, str(finding.sha256))], finding.notes
            try:
                again = self.remaker.pdf(one, file)
                wrong += differences(again, content)
                notes += () if hashlib.sha256(again).hexdigest() == file.sha256 else (OTHERWISE, *_tools(one))
            except NohinError as error:
                notes += (str(error),)
            alike = replace(finding, result="differs", recorded=one, file=file, differences=tuple(wrong), notes=notes)
            found.append(alike)
        return self._told(min(found, key=lambda one: (len(one.differences) < 2, len(one.differences))))

    def _told(self, finding: Finding) -> Finding:
        """With what the tags say of the record."""
        one = finding.recorded
        if one is None:
            return finding
        changed = {title: Difference(f"記録の{title}", *map(_value, pair)) for title, pair in one.changed.items()}
        wrong = [difference for title, difference in changed.items() if title in SEALED]
        wrong += [Difference("提出の記録", f"タグ {one.tag}", GONE)] if one.gone else []
        wrong += self._against(one) if one.tag is None else []
        notes = [] if one.tag else ["提出のタグがこの複製にありません（git fetch --tags）"]
        notes += self._dated_back(one)
        notes += [
            f"{d.what}は後から直されています: {d.expected} → {d.found}" for t, d in changed.items() if t not in SEALED
        ]
        result: Result = "differs" if wrong else finding.result
        return replace(
            finding, result=result, differences=(*finding.differences, *wrong), notes=(*finding.notes, *notes)
        )

    def _dated_back(self, one: Recorded) -> list[str]:
        """That a PDF is said to have left the house before it could be made."""
        made = self.remaker.day_of(one)
        if made is None or one.submission.date >= made:
            return []
        return [
            f"提出日は、PDF を作ったコミットの日 {made.isoformat()} より前です（備考: {one.submission.note or 'なし'}）"
        ]

    def _against(self, one: Recorded) -> list[Difference]:
        """A tag of the same hand-over that names other PDFs than the record does."""
        same = (other for other in self.records if other.gone and what_of(other.first) == what_of(one.submission))
        return [
            Difference("提出した PDF", f"{_hashes(other)}（タグ {other.tag}）", f"{_hashes(one)}（記録）")
            for other in same
        ]


def _bears(file: SubmittedFile, text: str) -> bool:
    """Whether a text names the document that a file shows."""
    contract, document = re.escape(contract_of(file)), re.escape(file.document)
    return re.search(rf"(?<![\w-]){contract}/(?:[^/\s]+/)?{document}(?![\w-])", text) is not None


def _otherwise(finding: Finding, one: Recorded) -> Finding:
    """What is made again differs: with the same tools that is proof, with others it proves nothing."""
    return replace(finding, result="unproven" if _tools(one) else "differs")


def _tools(one: Recorded) -> tuple[str, ...]:
    """That the PDF was made with other tools than there are now, where that may be why it differs."""
    then, now = one.first.made_with, made_with()
    return (f"提出のときの道具は {then}、今の道具は {now} です",) if then and then != now else ()


def _value(value: object) -> str:
    if isinstance(value, list):
        return "、".join(f"{file['document']} {file['sha256'][:12]}" for file in value)
    return "なし" if value is None else str(value)


def _hashes(one: Recorded) -> str:
    return "、".join(file.sha256[:12] for file in one.files)


def _who(one: Recorded) -> str:
    return f"{one.contract} No.{one.submission.deliverable} {one.submission.date.isoformat()} "


def _base(file: SubmittedFile) -> str:
    return file.path.rpartition("/")[2]
