"""manifest.json: every PDF of the site with its document, period, hash and sources (DESIGN section 7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.documents.plan import Document
from generator.outputs import folders
from generator.outputs.pdf import Made
from generator.outputs.shown import Shown, pdf_path


def write(made: Mapping[str, Made], shown: Sequence[Shown], target: Path) -> None:
    """Write the PDFs and the list of them; what another build left there stays listed."""
    for path, pdf in made.items():
        folders.write(target / path, pdf.content)
    documents = [body.document for entry in shown for body in entry.bodies]
    entries = [_entry(document, made[pdf_path(document)]) for document in documents]
    place = target / folders.MANIFEST
    old = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else []
    kept = [entry for entry in old if (target / entry["path"]).is_file()]
    rows = sorted({entry["path"]: entry for entry in [*kept, *entries]}.values(), key=lambda e: str(e["path"]))
    folders.write(place, (json.dumps(rows, ensure_ascii=False, indent=2) + "\n").encode())


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
