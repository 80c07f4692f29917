"""PDFs: PDF/A-3a and PDF/UA-1 in one file, the data attached, the same bytes for the same input.

The only importer of WeasyPrint, which is loaded when something has to be typeset: most builds find all their PDFs
made. Dates in a file come from history, never from the clock.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from generator.outputs import fonts, versions
from generator.outputs.cache import Cache, key
from generator.outputs.warnings import warnings_of
from generator.problems import NohinError

VARIANT = "pdf/a-3a"

_UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
    b' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>'
    b'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    b'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description></rdf:li>"
    b"</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
)
"""PDF/UA-1 (ISO 14289-1) identification, with the extension schema that PDF/A (ISO 19005-3, 6.6.2.3) asks for."""


@dataclass(frozen=True)
class Attachment:
    """A data file that travels inside the PDF."""

    name: str
    """ASCII."""
    content: bytes
    description: str


@dataclass(frozen=True)
class Job:
    """One PDF to be made."""

    name: str
    """What the caller calls it."""
    html: str
    css: str
    date: str | None
    """Day of the latest revision (ISO), written as the date of the file and its attachments."""
    attachments: tuple[Attachment, ...] = ()

    @cached_property
    def key(self) -> str:
        """The name in the cache: everything the bytes depend on."""
        files = [part for a in self.attachments for part in (a.name, a.content, a.description)]
        tools = f"{versions.of('weasyprint')} {versions.of('pydyf')} {_pango()} {VARIANT} {fonts.fingerprint()}"
        return key(self.html, self.css, self.date or "", tools, _UA, *files)


@cache
def _pango() -> int:
    """Pango's version; where it cannot be found without WeasyPrint, WeasyPrint finds it."""
    return versions.pango() or int(_weasyprint().text.ffi.pango.pango_version())


def _weasyprint() -> Any:
    import weasyprint

    return weasyprint


@dataclass(frozen=True)
class Made:
    """A PDF."""

    name: str
    content: bytes
    pages: int


def make_all(jobs: Sequence[Job], cache: Cache, progress: Callable[[str], None], workers: int) -> dict[str, Made]:
    """Every job's PDF, from the cache where it is there; NohinError names the document that failed."""
    fonts.fingerprint()
    made: dict[str, Made] = {}
    missing = []
    for job in jobs:
        content = cache.get(job.key)
        if content is None:
            missing.append(job)
        else:
            made[job.name] = _opened(job.name, content)
    for number, (job, content) in enumerate(zip(missing, _typeset_all(missing, workers), strict=True), 1):
        cache.put(job.key, content)
        made[job.name] = _opened(job.name, content)
        progress(f"PDF {number}/{len(missing)} {job.name}")
    return made


def _typeset_all(jobs: Sequence[Job], workers: int) -> Iterable[bytes]:
    if len(jobs) < 2 or workers < 2:
        return map(typeset, jobs)
    _weasyprint()  # once, before the workers part
    pool = ProcessPoolExecutor(max_workers=min(workers, len(jobs)))
    results = pool.map(typeset, jobs)
    pool.shutdown(wait=False)
    return results


def typeset(job: Job) -> bytes:
    """The packed page count and bytes of one PDF; a character no font has is set as 〓, as printers do."""
    with warnings_of("weasyprint") as messages:
        document, content = _set(job, job.html)
        if missing := _missing_characters(document):
            messages.clear()  # of the missing characters; whatever else was wrong is told again
            document, content = _set(job, _without(job.html, missing))
    if messages:
        raise NohinError(f"{job.name} の PDF を組めません: {messages[0]}")
    return len(document.pages).to_bytes(4, "big") + content


MISSING = "〓"
"""The geta mark (JIS X 0208, 2-14): a sort that the printer does not have."""


def _without(html: str, missing: set[int]) -> str:
    """The text with 〓 for every missing character, in its drawings too."""
    table = dict.fromkeys(missing, MISSING)

    def redrawn(drawing: re.Match[str]) -> str:
        text = base64.b64decode(drawing[2]).decode().translate(table)
        return drawing[1] + base64.b64encode(text.encode()).decode()

    return _DRAWING.sub(redrawn, html.translate(table))


_DRAWING = re.compile(r"(data:image/svg\+xml;base64,)([A-Za-z0-9+/=]+)")


def _set(job: Job, html: str) -> tuple[Any, bytes]:
    options: dict[str, Any] = {
        "stylesheets": [_weasyprint().CSS(string=job.css, url_fetcher=_fetcher())],
        "attachments": [_attachment(a, job.date) for a in job.attachments],
        "pdf_variant": VARIANT,
        "pdf_identifier": bytes.fromhex(key(job.html, job.css)[:32]),
        "pdf_tags": True,
        "output_intent": "srgb",
    }
    document = _laid_out(html, options)
    target = io.BytesIO()
    document.write_pdf(target, finisher=_finish, **options)
    return document, target.getvalue()


SHEETS, TAIL = 6, 0.4
"""A document of at most so many sheets, the last of them filled less than this, is set again more closely."""


def _laid_out(html: str, options: dict[str, Any]) -> Any:
    """The document on its sheets; marked `close`, which the style tightens, where that saves a sheet with a few lines."""

    def on_sheets(text: str) -> Any:
        return _weasyprint().HTML(string=text, base_url="about:blank", url_fetcher=_fetcher()).render(**options)

    document = on_sheets(html)
    if 1 < len(document.pages) <= SHEETS and _filled(document.pages[-1]) < TAIL:
        closer = on_sheets(html.replace("<html ", '<html class="close" ', 1))
        return closer if len(closer.pages) < len(document.pages) else document
    return document


def _filled(page: Any) -> float:
    """The part of a sheet's height that has something on it. Internal to WeasyPrint: a page's boxes, its lines and rows."""
    sheet, lowest, boxes = page._page_box, 0.0, [page._page_box]
    while boxes:
        box = boxes.pop()
        if type(box).__name__ in ("LineBox", "TableRowBox", "BlockReplacedBox"):
            lowest = max(lowest, box.position_y + box.height)
        boxes += [inner for inner in getattr(box, "children", ()) if type(inner).__name__ != "MarginBox"]
    return float(max(lowest - sheet.content_box_y(), 0) / sheet.height)


def _missing_characters(document: Any) -> set[int]:
    """Internal to WeasyPrint: its fonts know which characters they lacked once the PDF is written."""
    return {codepoint for font in document.fonts.values() for codepoint in font.missing}


def _opened(name: str, packed: bytes) -> Made:
    return Made(name, packed[4:], int.from_bytes(packed[:4], "big"))


def _fetcher() -> Any:
    """Data URIs only: a document carries its pictures in itself and nothing is read from elsewhere."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"})


def _attachment(attachment: Attachment, date: str | None) -> Any:
    day = dt.datetime.fromisoformat(f"{date or '2000-01-01'}T00:00:00+09:00")
    return _weasyprint().Attachment(
        string=attachment.content.decode("utf-8", errors="replace"),
        name=attachment.name,
        description=attachment.description,
        relationship="Source",
        created=day,
        modified=day,
    )


def _finish(document: Any, pdf: Any) -> None:
    """Claim PDF/UA-1 beside PDF/A-3a, list each attachment once, and drop the groups of drawings: nothing in them
    is transparent."""
    import pydyf

    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            item.extra.pop("Group", None)
            if item.extra.get("Type") == "/Metadata":
                item.stream = [part.replace(b"</rdf:RDF>", _UA) for part in item.stream]
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
