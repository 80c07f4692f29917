"""The PDFs of one submission, made from the state of a commit: for handing over, and later again for comparison.

Both go the same way: a copy of the commit, the submission known beforehand (a letter bears its date), everything
typeset anew without any cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.documents.kinds import discover
from generator.documents.plan import Document
from generator.documents.render import Body, environment
from generator.documents.templates import TemplateFolders, shipped_templates
from generator.history.effectstore import Effects
from generator.history.log import read as read_history
from generator.history.submissions import as_made
from generator.intake.portfolio import load
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.tree import WorkingTree
from generator.model import Contract, Submission, SubmittedFile
from generator.outputs import fonts, pdf, typesetting
from generator.outputs.cache import Cache, key
from generator.outputs.shown import Past, Shown, Site, pdf_path, show
from generator.problems import NohinError

Choice = Callable[[Body], bool]


@dataclass(frozen=True)
class Paper:
    """A PDF with the document it shows."""

    body: Body
    content: bytes
    pages: int

    @property
    def document(self) -> Document:
        """The document it shows."""
        return self.body.document

    @property
    def file(self) -> SubmittedFile:
        """What is recorded of it."""
        digest = hashlib.sha256(self.content).hexdigest()
        path = pdf_path(self.document)
        return SubmittedFile(document=self.document.id, path=path, sha256=digest, pages=self.pages)


class Workshop:
    """Makes PDFs from one state of a project, which it reads once.

    `desk` is where it keeps what other states of the same run may need; it was empty when the run began.
    """

    def __init__(
        self,
        there: Path,
        workers: int = 1,
        progress: Callable[[str], None] = lambda line: None,
        desk: Path | None = None,
    ) -> None:
        self._place, self._workers, self._progress = there, workers, progress
        memory = Memory(Cache.of(desk or there, "data"))
        loaded = load(WorkingTree(there), memory)
        memory.save()
        effects = Effects(there, Cache.of(desk or there, "effects"), Cache.of(desk or there, "history"))
        self.contracts = effects.known(loaded.portfolio)[0].contracts
        self._folders = TemplateFolders(there)
        self.kinds, _ = discover(self._folders)
        self._environment = environment(self._folders)
        repository = Repository.at(there)
        history = read_history(repository, Cache.of(desk or there, "history"))
        self._past = Past(history, repository, loaded.schemas, loaded.files)

    def bodies(self, contract: Contract, submission: Submission) -> list[Body]:
        """The documents of a contract as they are handed over with a submission."""
        site = self._site(submission)
        shown = show(_with(contract, submission), self.kinds, self._past, site)
        _refuse(site)
        return list(shown.bodies)

    def typeset(self, contract: Contract, submission: Submission, bodies: Sequence[Body]) -> list[Paper]:
        """The PDFs of some of them."""
        site = self._site(submission)
        jobs = typesetting.jobs([Shown(_with(contract, submission), bodies)], site, WorkingTree(self._place))
        _refuse(site)
        made = pdf.make_all(jobs, Cache.of(self._place, "pdf"), self._progress, self._workers)
        found = [(body, made[pdf_path(body.document)]) for body in bodies]
        return [Paper(body, one.content, one.pages) for body, one in found]

    def papers(self, contract: Contract, submission: Submission, wanted: Choice) -> list[Paper]:
        """The wanted documents as they were handed over with a submission; NohinError where one cannot be made."""
        bodies = [body for body in self.bodies(contract, submission) if wanted(body)]
        return self.typeset(contract, submission, bodies)

    def _site(self, submission: Submission) -> Site:
        return Site(self._environment, self._folders, submission.date)


def _with(contract: Contract, submission: Submission) -> Contract:
    return replace(contract, submissions=(*contract.submissions, as_made(submission)))


def _refuse(site: Site) -> None:
    if site.problems:
        raise NohinError(f"文書を作れません。{site.problems[0].source}: {site.problems[0].message}")


def made_with() -> str:
    """The tools that make a PDF what it is, with their versions: in another version the same data can look different."""
    try:
        own = f"nohin {version('nohin')}"
    except PackageNotFoundError:
        own = "nohin"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "pydyf"))
    return f"{own} ({_code()}), {libraries}, fonts {key(fonts.fingerprint())[:8]}"


def _code() -> str:
    """The program and the templates that come with it, in a few characters."""
    roots = (Path(str(resources.files("generator"))), shipped_templates())
    files = sorted(path for root in roots for path in root.rglob("*") if path.suffix in _SOURCES and path.is_file())
    return key(*(part for path in files for part in (path.name, path.read_bytes())))[:12]


_SOURCES = (".py", ".yml", ".j2", ".css")
