"""From a document's body to a PDF job: the office's frame around it, its data attached, but not for everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from generator.documents.plan import Document
from generator.documents.render import Body, context, render
from generator.history.revisions import Revisions
from generator.intake.tree import Tree
from generator.outputs.pdf import Attachment, Job
from generator.outputs.shown import Shown, Site, pdf_path

STYLES = ("layouts/body.css", "layouts/books.css", "layouts/manuals.css", "layouts/pdf.css")


def jobs(shown: Sequence[Shown], site: Site, tree: Tree) -> list[Job]:
    """A job for every document, in order; what several of them need is read once."""
    css, read = "\n".join(site.text(name) for name in STYLES), cache(tree.read)
    made = [_job(body, site, css, read) for entry in shown for body in entry.bodies]
    return [job for job in made if job]


def _job(body: Body, site: Site, css: str, read: Callable[[str], bytes]) -> Job | None:
    """The PDF to be made of a body; None, and a problem of the site, where the layout cannot be rendered."""
    document = body.document
    values = context(document, body.revisions, site.as_of, site.draft) | {"public": site.public}
    html, problems = render(site.env, "layouts/pdf.html.j2", body=body, **values)
    site.problems += problems
    if html is None:
        return None
    style = f"{css}\n@page {{ size: {document.kind.paper} }}"
    attached = () if site.public else _attachments(document, read)
    return Job(pdf_path(document), html, style, _date(body.revisions), attached)


def _date(revisions: Revisions) -> str | None:
    dates = [edition.date for edition in revisions.editions if edition.date]
    return max(dates).isoformat() if dates else None


def _attachments(document: Document, read: Callable[[str], bytes]) -> tuple[Attachment, ...]:
    return tuple(Attachment(_ascii(path), read(path), path) for path in document.sources)


def _ascii(path: str) -> str:
    name = path.replace("/", "-")
    return "".join(char if char.isascii() else f"_{ord(char):x}" for char in name)
