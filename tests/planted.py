"""A project with a canary in every personal field of every kind of file, today and before; and what a site says of them.

The canaries are put in by the marks of the schemas and looked for in whatever was written, by other means than those of
the program: pages with lxml, PDFs with pikepdf and poppler.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from lxml import html as markup

from generator.intake.schema import Schema, load_schemas
from generator.intake.yamltext import parse
from tests.documents.filled import design, files
from tests.support import CONTRACT, ROOT, WHOLE, Project, whole_project

SOMEBODY = "kanaria-hana"
"""The id of the person whom everything names."""

LABEL = "担当者の氏名"
"""What makes the text beside it personal, where a mark asks for such a word."""

KINDS = ("support-structure", "roster", "pledge", "name-tags", "annual-plan", "incident-report", "minutes")
"""The documents that are made; what they do not tell, pages do."""


@dataclass
class Canaries:
    """What was planted, by the path of the field in its schema."""

    first: int
    planted: dict[str, str] = field(default_factory=dict)

    def of(self, path: str, key: str) -> str:
        """A new one, of the form that the field asks for."""
        number = self.first + len(self.planted)
        one, other = chr(0x6F00 + number), chr(0x6E00 + number)
        said = {"phone": f"070-{number:04}-4321", "email": f"canary{number}@example.jp", "name": f"小鳥{one} 花{other}"}
        self.planted[f"{path} {number}"] = canary = said.get(key, f"秘密{number:03}カナリア")
        return canary


def _planted(schema: Schema, rule: Mapping[str, Any], value: Any, path: str, canaries: Canaries) -> Any:
    inner = schema.inner(rule)  # type: ignore[arg-type]  # a mapping that is not written
    if isinstance(value, list):
        return [_planted(schema, inner, one, f"{path}.*", canaries) for one in value]
    if not isinstance(value, dict):
        return value
    found = dict(value)
    for key in value:
        own = inner.get(key, {})
        mark = own.get("meta", {}).get("personal")
        if mark is None:
            found[key] = _planted(schema, own, value[key], f"{path}.{key}", canaries)
        elif own["type"] == "list" and own["schema"]["type"] == "dict":
            found[key] = [one | {"note": canaries.of(f"{path}.{key}", "note")} for one in value[key]]
        else:
            found |= {"item": LABEL} if isinstance(mark, list) else {}
            said = canaries.of(f"{path}.{key}", key)
            found[key] = [said] if own["type"] == "list" else said
    return found


def _everything(text: str, canaries: Canaries) -> dict[str, str | bytes]:
    """A file of every kind, all of them filled."""
    asked = WHOLE[f"{CONTRACT}/deliverables.yml"]
    asked += f"  - no: all\n    title: すべての文書\n    documents: [{', '.join(KINDS)}]\n    due:\n      - each: month\n        on: 10 of next month\n"
    made: dict[str, str | bytes] = whole_project({**files(text), **design(text), f"{CONTRACT}/deliverables.yml": asked})
    made |= {"data/vendors/mihon-sha.yml": VENDOR, f"{CONTRACT}/approvals.yml": APPROVALS}
    made |= {f"{CONTRACT}/staff.yml": STAFF, f"{CONTRACT}/submissions.yml": SUBMISSIONS}
    return {path: _with_canaries(path, content, canaries) for path, content in made.items() if _is_first(path)}


def _is_first(path: str) -> bool:
    """Of the records of a kind one is enough."""
    return "/records/" not in path or path.endswith(("-1.yml", "2026-001.yml"))


def _with_canaries(path: str, content: str | bytes, canaries: Canaries) -> str | bytes:
    found = load_schemas().of(path)
    if found is None or not path.endswith(".yml") or isinstance(content, bytes):
        return content
    value = parse(re.sub(r"\bp1\b", SOMEBODY, content).encode(), path).value
    planted = _planted(found[0], {"schema": found[0].fields, "type": "dict"}, value, found[0].kind, canaries)
    return json.dumps(planted, ensure_ascii=False, default=str)


VENDOR = """\
name: 見本社
sample: true
representative:
  title: 代表取締役
  name: 後で
"""

STAFF = """\
people:
  - {id: p1, name: 後で, phone: 後で, email: 後で, department: 保守課, title: 主任, details: [{title: 資格, value: 後で}]}
roles:
  - {id: supervisor, title: 監督職員, side: authority}
  - {id: manager, title: 業務責任者, side: vendor, phone: 後で, outside_hours: 後で}
appointments:
  - {person: p1, role: manager, start: 2026-04-01}
contact_lines:
  - {start: supervisor, end: manager, order: 1, label: 障害連絡}
pledges:
  - {person: p1, date: 2026-04-01}
training:
  - {person: p1, date: 2026-03-30, title: 教育}
"""

APPROVALS = f"""\
approvals:
  - {{document: roster, role: prepared, person: p1, at: 2026-04-20 10:00, content: {"0" * 64}}}
"""

SUBMISSIONS = """\
submissions:
  - {deliverable: all, due: 2026-05-10, date: 2026-05-08, by: 後で, person: p1}
"""


@dataclass(frozen=True)
class Planted:
    """The project, and what nobody of the public may read."""

    project: Project
    fields: Mapping[str, str]
    """The canaries in fields, today's and those of before."""
    spellings: tuple[str, ...]
    """The same person in free text, in other spellings."""
    people: tuple[str, ...]
    """Ids of people, and who wrote the commits."""

    @property
    def everything(self) -> set[str]:
        """All of it."""
        return {*self.fields.values(), *self.spellings, *self.people}


def planted(there: Project) -> Planted:
    """Two commits by two people: every canary was another one before, and a record is gone."""
    before, now = Canaries(100), Canaries(500)
    mkdocs = (ROOT / "mkdocs.yml").read_bytes()
    there.write({"mkdocs.yml": mkdocs, ".gitignore": ".nohin/\nsite*/\n"} | _everything("以前のことば", before))
    gone = f"{CONTRACT}/records/incidents/{SOMEBODY}.yml"
    there.write({gone: there.read(f"{CONTRACT}/records/incidents/incidents-1.yml").replace("incidents-1", "gone")})
    there.git("init", "-q", "-b", "main")
    people = (("文鳥 次郎", "buncho@example.com"), ("Hana Inko", "inko@example.com"))
    _commit(there, "初版", "2026-04-01T09:00:00+09:00", *people[0])
    there.write(_everything("今のことば", now))
    spellings = _spellings(now.planted)
    title = "、".join((*spellings, f"担当は{SOMEBODY}"))
    work = json.loads(there.read(f"{CONTRACT}/records/work/work-1.yml")) | {"title": title, "content": title}
    chapter = f"{CONTRACT}/manuals/operation/s1.md"
    there.write(
        {
            gone: None,
            f"{CONTRACT}/records/work/work-1.yml": None,
            f"{CONTRACT}/records/work/{SOMEBODY}-2026.yml": json.dumps(work, ensure_ascii=False),
            chapter: there.read(chapter) + f"\n{title}\n",
        }
    )
    _commit(there, f"改める（{title}）", "2026-04-06T09:00:00+09:00", *people[1])
    fields = {f"前 {name}": one for name, one in before.planted.items()} | now.planted
    return Planted(there, fields, spellings, (SOMEBODY, *(part for one in people for part in one)))


def _commit(there: Project, subject: str, date: str, name: str, mail: str) -> None:
    there.git("add", "-A")
    by = {
        f"GIT_{who}_{what}": one for who in ("AUTHOR", "COMMITTER") for what, one in (("NAME", name), ("EMAIL", mail))
    }
    dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    there.git("commit", "-q", "-m", subject, **by, **dates)


def _spellings(canaries: Mapping[str, str]) -> tuple[str, ...]:
    """Somebody's name, number and address as they might stand in a sentence."""
    name, phone, mail = (
        next(one for path, one in canaries.items() if path.startswith(f"staff.people.*.{key}"))
        for key in ("name", "phone", "email")
    )
    wide = phone.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"})
    digits = phone.replace("-", "")
    return (name.replace(" ", ""), name.replace(" ", "　"), wide, digits, f"+81{digits[1:]}", mail.upper())


# --- what a site says ----------------------------------------------------------------------------------------


def said(site: Path) -> str:
    """Every text in every file of a site and every name, without blanks and in one width."""
    texts = (text for path in sorted(site.rglob("*")) if path.is_file() for text in _of_file(path, site))
    return plain("\n".join(texts))


def plain(text: str) -> str:
    """A text as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _of_file(path: Path, site: Path) -> Iterator[str]:
    yield path.relative_to(site).as_posix()
    yield from _texts(path.suffix, path.read_bytes())


def _texts(suffix: str, content: bytes) -> Iterator[str]:
    read: Callable[[bytes], Iterator[str]] = {".pdf": _pdf, ".zip": _zip, ".html": _page}.get(suffix, _text)
    yield from read(content)


def _text(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8", errors="ignore")
    yield html.unescape(text)
    yield re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text).replace("\r\n ", "")


def _page(content: bytes) -> Iterator[str]:
    yield from _text(content)
    yield markup.fromstring(content).text_content()


def _zip(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name
            yield from _texts(Path(name).suffix, archive.read(name))


def _pdf(content: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield str(pdf.docinfo)
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and "/Length1" not in one:  # no font
                yield one.read_bytes().decode("utf-8", errors="ignore")
            if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                yield from (str(value) for value in one.values() if isinstance(value, pikepdf.String))
        yield from pdf.attachments
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    yield done.stdout.decode("utf-8", errors="ignore")
