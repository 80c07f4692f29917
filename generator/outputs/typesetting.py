"""From a document's body to a PDF job: the office's frame around it, its data attached, its line in the manifest."""

from __future__ import annotations

import hashlib
from typing import Any

from generator.documents.plan import Document
from generator.documents.render import Body, context, render
from generator.history.revisions import Revisions
from generator.intake.tree import Tree
from generator.outputs.pages import Site
from generator.outputs.pdf import Attachment, Job, Made

STYLES = ("layouts/body.css", "layouts/pdf.css")


def job(path: str, body: Body, site: Site, tree: Tree) -> Job | None:
    """The PDF to be made of a body; None, and a problem of the site, where the layout cannot be rendered."""
    document = body.document
    values = context(document, body.revisions, site.as_of)
    html, problems = render(site.env, "layouts/pdf.html.j2", body=body.html, draft=site.draft, **values)
    site.problems += problems
    if html is None:
        return None
    css = "\n".join(site.folders.read(name).body for name in STYLES)
    return Job(
        path,
        html,
        f"{css}\n@page {{ size: {document.kind.paper} }}",
        _date(body.revisions),
        _attachments(document, tree),
    )


def _date(revisions: Revisions) -> str | None:
    dates = [edition.date for edition in revisions.editions if edition.date]
    return max(dates).isoformat() if dates else None


def _attachments(document: Document, tree: Tree) -> tuple[Attachment, ...]:
    return tuple(Attachment(_ascii(path), tree.read(path), path) for path in document.sources)


def _ascii(path: str) -> str:
    name = path.replace("/", "-")
    return "".join(char if char.isascii() else f"_{ord(char):x}" for char in name)


def manifest_entry(document: Document, made: Made) -> dict[str, Any]:
    """A line of manifest.json (DESIGN section 7)."""
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
