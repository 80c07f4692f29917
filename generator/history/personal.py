"""What is personal in a project, now and at any time before: of the past too, for it is told beside the present."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from generator.history import rawlog
from generator.history.parts import kind_of
from generator.history.rawlog import RawCommit
from generator.intake import chapters
from generator.intake.datafiles import DataFile
from generator.intake.personal import PEOPLE_IDS, Content, Found, content
from generator.intake.redaction import Redaction
from generator.intake.remembered import Memory, Store
from generator.intake.repository import Repository
from generator.intake.schema import kept_by_schemas, load_schemas

AUTHOR = "コミットの記録者"
"""What is personal in a commit."""

_KEPT = "personal"


def redaction(files: Sequence[DataFile], repository: Repository | None, store: Store | None = None) -> Redaction:
    """What to leave out of what everybody may read, of data files and of the repository they lie in.

    Whoever came first has the first of the ids that people go by; so nobody gets another when somebody comes.
    """
    now = [content(load_schemas().by_kind[file.kind], file.value) for file in files if file.value is not None]
    paths = [file.path for file in files]
    if repository is None:
        return Redaction.of(now, paths)
    commits = rawlog.read(repository, store)
    past = list(_past(commits, repository, store))
    before = [path for commit in commits for path, _ in _blobs(commit, repository)]
    return Redaction.of([*past, *now, Content(personal=list(_authors(repository)))], [*before, *paths])


def _past(commits: Sequence[RawCommit], repository: Repository, store: Store | None) -> Iterator[Content]:
    """What the files said at all commits, the oldest first; each content is read once and then remembered."""
    blobs = (pair for commit in commits for pair in sorted(_blobs(commit, repository)))
    wanted = dict.fromkeys((blob, kind) for path, blob in blobs if blob and (kind := kind_of(path)) in _kinds())
    code = Memory(None).key("", b"")
    kept = _recalled(store, code)
    missing = [(blob, kind) for blob, kind in wanted if f"{blob} {kind}" not in kept]
    read = repository.contents(blob for blob, _ in missing) if missing else ()
    for (blob, kind), raw in zip(missing, read, strict=True):
        kept[f"{blob} {kind}"] = asdict(_read(raw, str(kind)))
    if missing and store is not None:
        store.put(_KEPT, json.dumps([code, kept], ensure_ascii=False).encode())
    return (_content(kept[f"{blob} {kind}"]) for blob, kind in wanted)


def _blobs(commit: RawCommit, repository: Repository) -> Iterator[tuple[str, str]]:
    """The files that a commit brought or changed, with the ids of their contents; and those it took away."""
    for entries in commit.differs:
        for entry in entries:
            if (path := repository.own(entry.new)) is not None:
                yield path, entry.after


@kept_by_schemas
def _kinds() -> frozenset[str]:
    """The kinds of data file that say something of people or firms."""
    found = {PEOPLE_IDS.partition("/")[0], "vendor", "authority"}
    for kind, schema in load_schemas().by_kind.items():
        found.update(kind for _, rule in schema.walk() if rule.get("meta", {}).get("personal"))
    return frozenset(found)


def _read(raw: bytes | None, kind: str) -> Content:
    """What a content says, be it right or wrong; nothing where it cannot be read."""
    schema = load_schemas().by_kind[kind]
    parsed = chapters.read(raw or b"", schema.files)
    return content(schema, parsed.value) if isinstance(parsed.value, dict) else Content()


def _content(kept: Mapping[str, list[object]]) -> Content:
    personal = [Found(**one) for one in kept["personal"]]  # type: ignore[arg-type]  # as it was kept
    return Content(**{**kept, "personal": personal})  # type: ignore[arg-type]


def _recalled(store: Store | None, code: str) -> dict[str, dict[str, list[object]]]:
    raw = store.get(_KEPT) if store is not None else None
    known, contents = json.loads(raw) if raw else (None, {})
    return dict(contents) if known == code else {}


def _authors(repository: Repository) -> Iterable[Found]:
    """Whoever wrote or made a commit, by name and address."""
    raw = repository.log("--format=%an%x00%aN%x00%cn%x00%ae%x00%ce%x00", "-z").decode("utf-8", errors="surrogateescape")
    fields = [rawlog.readable(text.strip("\n")) for text in raw.split("\0")]
    for place, text in sorted({(place % 6, text) for place, text in enumerate(fields) if text}):
        yield Found(AUTHOR, text, name=place < 3)
