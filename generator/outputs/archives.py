"""ダウンロード: all PDFs of a contract, one ZIP for each fiscal year, with a list of what is in it.

The same PDFs make the same bytes: entries stand in the order of the deliverables, are stored as they are (PDFs are
compressed already) and bear the day of the document's edition, not that of the build. Names are those an officer would
give, marked as UTF-8 (APPNOTE 6.3, 4.4.4 bit 11), which the file managers of Windows, macOS and Linux follow.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.documents.plan import Document
from generator.documents.render import Body
from generator.outputs import folders
from generator.outputs.pdf import Made
from generator.outputs.shown import Shown, pdf_path
from generator.outputs.years import years_of
from generator.rules import fiscal

FOLDER = "downloads"
"""Below the site; in it a folder for each contract."""

LIST = "目録.csv"
COLUMNS = ("No", "納品物件", "文書", "期間の始め", "期間の終わり", "ファイル", "ページ数", "SHA-256")

UNFINISHED = "（期間の途中）"
"""Stands in the name of a report on a period that is not over."""

LONGEST = 60
"""So many characters has the name of a file, so that the whole path stays within what Windows unpacks."""


@dataclass(frozen=True)
class Packed:
    """A document in an archive."""

    name: str
    """Its name there."""
    body: Body

    @property
    def document(self) -> Document:
        """The document."""
        return self.body.document


@dataclass(frozen=True)
class Archive:
    """What one ZIP holds; its name never changes."""

    contract: str
    name: str
    """`fy2026`; `other` for what belongs to no year."""
    title: str
    files: tuple[Packed, ...]

    @property
    def path(self) -> str:
        """Where the ZIP lies below the site."""
        return f"{FOLDER}/{self.contract}/{self.name}.zip"

    @property
    def list_path(self) -> str:
        """Where the list of its files lies beside it."""
        return f"{FOLDER}/{self.contract}/{self.name}.csv"


def archives(shown: Shown, as_of: dt.date) -> list[Archive]:
    """The archives of a contract, the years in order and last what belongs to none."""
    years: dict[int | None, list[Body]] = {}
    for body in shown.bodies:
        for year in years_of(body, as_of) or (None,):
            years.setdefault(year, []).append(body)
    return [_archive(shown, year, years[year]) for year in sorted(years, key=lambda year: (year is None, year or 0))]


def _archive(shown: Shown, year: int | None, bodies: list[Body]) -> Archive:
    name, title = ("other", "年度によらない文書") if year is None else (f"fy{year}", fiscal.fiscal_year_name(year))
    return Archive(shown.contract.id, name, title, tuple(_named(bodies)))


def _named(bodies: list[Body]) -> Iterator[Packed]:
    """Each with a name of its own, also where capital and small letters are one."""
    taken: set[str] = set()
    for body in bodies:
        stem = file_name(body.document) + (UNFINISHED if _unfinished(body.document) else "")
        names = (stem if number == 1 else f"{stem}_{number}" for number in range(1, len(bodies) + 1))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        yield Packed(f"{name}.pdf", body)


def _unfinished(document: Document) -> bool:
    """Whether it reports on a period that is not over."""
    return document.kind.per in ("month", "period") and document.kind.shelf == "reports" and not document.ended


def file_name(document: Document) -> str:
    """`No4_作業実績報告書_令和8年4月`, without an ending; safe on every system, and not too long."""
    own = document.deliverable
    number = f"No{own.no}" if own and own.listed else ""
    record = document.entry.id if document.entry and document.entry.id != document.label else ""
    words = "_".join(filter(None, (number, document.own_title, record, document.label)))
    stem = safe(words)[:LONGEST].strip(" ._") or "_"
    return f"{stem}_" if stem.upper() in _DEVICES else stem


def safe(text: str) -> str:
    """A text as part of a file's name: characters that mean something to a system become their wide sisters, and
    those that nobody sees are left out."""
    seen = unicodedata.normalize("NFC", text).translate(_WIDE)
    return "".join(c for c in " ".join(seen.split()) if not unicodedata.category(c).startswith("C"))


_WIDE = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in '\\/:*?"<>|'})
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(10))}
"""Names that Windows keeps for itself."""


def packed(archive: Archive, made: Mapping[str, Made]) -> bytes:
    """The ZIP; `made` are the PDFs by their path below the site."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as file:
        file.writestr(_entry(LIST, None), listed(archive, made))
        for one in archive.files:
            file.writestr(_entry(one.name, one.body), made[pdf_path(one.document)].content)
    return target.getvalue()


def _entry(name: str, body: Body | None) -> zipfile.ZipInfo:
    """What the ZIP says of a file: the same on whatever system it is made."""
    edition = body.revisions.latest if body else None
    day = max(edition.date, _EARLIEST) if edition and edition.date else _EARLIEST
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.create_system = 3  # Unix, whose rights follow
    entry.external_attr = 0o100644 << 16
    return entry


_EARLIEST = dt.date(1980, 1, 1)
"""The first day a ZIP can say."""


def listed(archive: Archive, made: Mapping[str, Made]) -> bytes:
    """目録: what is in the archive, as CSV that spreadsheets open with the right characters."""
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for one in archive.files:
        rows.writerow(plain(cell) for cell in _row(one, made[pdf_path(one.document)]))
    return text.getvalue().encode("utf-8-sig")


def _row(one: Packed, made: Made) -> Iterator[str]:
    document = one.document
    own = document.deliverable
    yield own.no if own and own.listed else ""
    yield document.listed_title
    yield document.title
    yield from _period(document)
    yield one.name
    yield str(made.pages)
    yield hashlib.sha256(made.content).hexdigest()


def _period(document: Document) -> tuple[str, str]:
    period = document.period
    return (period.start.isoformat(), period.end.isoformat()) if period else ("", "")


def plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(shown: Shown, made: Mapping[str, Made], target: Path, as_of: dt.date) -> None:
    """Write the archives of a contract and their lists below the site."""
    for archive in archives(shown, as_of):
        folders.write_new(target / archive.path, packed(archive, made))
        folders.write_new(target / archive.list_path, listed(archive, made))
