"""manifest.json: every PDF of the site with its document, period, hash and sources (DESIGN section 7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.documents.plan import Document
from generator.outputs import folders
from generator.outputs.pdf import Made
from generator.outputs.shown import Shown, pdf_path

Row = dict[str, Any]


def write(made: Mapping[str, Made], shown: Sequence[Shown], others: Sequence[Row], target: Path) -> None:
    """Write the PDFs, and the list of them and of `others` that are there already."""
    for path, pdf in made.items():
        folders.write_new(target / path, pdf.content)
    documents = [body.document for entry in shown for body in entry.bodies]
    entries = [_entry(document, made[pdf_path(document)]) for document in documents]
    found = sorted([*others, *entries], key=lambda row: str(row["path"]))
    content = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    folders.write_new(target / folders.MANIFEST, content.encode())


def rows(out: Path, contracts: Collection[str]) -> list[Row]:
    """What the list in a finished output says of some contracts' PDFs, as far as they are there."""
    place = out / folders.MANIFEST
    listed = json.loads(place.read_text(encoding="utf-8")) if contracts and place.is_file() else []
    return [row for row in listed if row["contract"] in contracts and (out / row["path"]).is_file()]


def _entry(document: Document, made: Made) -> dict[str, Any]:
    period = document.period
    return {
        "contract": document.contract.id,
        "deliverable": document.deliverable.no if document.deliverable else None,
        "document": document.id,
        "title": document.title,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None,
        "path": made.name,
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "pages": made.pages,
        "sources": list(document.sources),
    }
