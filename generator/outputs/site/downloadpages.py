"""The page ダウンロード: the archives of a contract with what is in them. It is written before there are any PDFs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.outputs import archives, years
from generator.outputs.shown import Shown, Site

PAGE, TITLE = "downloads.md", "ダウンロード"


def pages(site: Site, shown: Shown) -> Iterator[tuple[str, str]]:
    """The Markdown by path below the contract's part; none where there is nothing to download."""
    found = archives.archives(shown, site.as_of)
    if found:
        values = {"contract": shown.contract, "archives": found, "files": shown.files, "rule": years.RULE}
        yield PAGE, site.page("downloads.md.j2", TITLE, list_name=archives.LIST, **values)
