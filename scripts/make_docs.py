"""Renew what the papers take from the code, so that none of it is written twice.

Blocks between `<!-- made: NAME -->` and `<!-- /made -->` come from the functions in `BLOCKS`. In the guides of
`GUIDES`, every file that is shown is written into a new project (or added to one, where the line says 書き足) and every
command is run again: what stands below `$ …` is what it printed. `<!-- day: 2026-05-11 -->` is the day of the commits
that follow it.

Usage: python scripts/make_docs.py [--check]     --check writes nothing and exits 1 where a paper is out of date
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import pkgutil
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.update({"COLUMNS": "100", "NO_COLOR": "1"})

import generator  # noqa: E402  # found by the line above, wherever the script is started
from generator.cli import _parser  # noqa: E402
from generator.cli import main as nohin  # noqa: E402
from generator.documents.filters import FILTERS  # noqa: E402
from generator.documents.kinds import Kind, discover, shelves  # noqa: E402
from generator.documents.reports import CHAPTERS  # noqa: E402
from generator.documents.templates import TemplateFolders  # noqa: E402
from generator.documents.views import VIEWS, type_title  # noqa: E402
from generator.intake import fieldrules, kindrules  # noqa: E402
from generator.intake.schema import Schema, load_manifest_schema, load_schemas  # noqa: E402
from generator.rules.designrules import BASIC, DETAILED  # noqa: E402

PAPERS = (
    "README.md",
    "README.ja.md",
    "docs/problems.md",
    "docs/document-kinds.md",
    "docs/deadlines.md",
    "docs/record-kinds.md",
    "docs/design-books.md",
)
GUIDES = (
    ("docs/first-contract.md", "docs/design-books.md"),
    ("docs/document-kinds.md",),
    ("docs/first-hour.md",),
    ("docs/writing-records.md",),
    ("docs/per-deadline.md",),
    ("docs/preview.md", "docs/hooks.md"),
    ("docs/examples.md",),
    ("docs/running-contracts.md",),
)
"""Rows of guides: each row begins in an empty folder, and a guide goes on where the one before it stopped."""

_BLOCK = re.compile(r"(<!-- made: ([\w-]+) -->\n).*?(<!-- /made -->)", re.DOTALL)
_STEP = re.compile(
    r"^`(?P<path>[\w.-]+/[\w./-]+)`(?P<said>[^\n]*)\n+```\w+\n(?P<text>.*?)^```$"
    r"|^```console\n(?P<typed>.*?)^```$"
    r"|^<!-- day: (?P<day>[\d-]+) -->$",
    re.M | re.S,
)


# --- what comes from the code -------------------------------------------------------------------------


def commands() -> str:
    """The help of `nohin` and of every command."""
    parser = _parser()
    found = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    return "".join(f"```text\n{own.format_help().strip()}\n```\n\n" for own in (parser, *found.values()))


def problems() -> str:
    """Every problem code with what it means, by the letters it begins with."""
    codes = sorted(_problem_codes().items())
    lines = []
    for letters, title in _GROUPS.items():
        rows = [f"| `{code}` | {meaning} |" for code, meaning in codes if code.startswith(letters)]
        lines += [f"## {letters}　{title}", "", "| コード | 意味 |", "|---|---|", *rows, ""]
    unplaced = [code for code, _ in codes if not code.startswith(tuple(_GROUPS))]
    if unplaced:
        raise SystemExit(f"give the letters of these codes a title in _GROUPS: {', '.join(unplaced)}")
    return "\n".join(lines)


_GROUPS = {
    "FIL": "ファイルの置き方",
    "YML": "YAML の書き方",
    "SCH": "項目の形",
    "REF": "ほかの場所への参照",
    "CHK": "ファイルどうしの突き合わせ",
    "STF": "体制・認証・再委託の定め",
    "SLV": "サービスレベルの測定",
    "DUE": "期限の規則",
    "REC": "記録どうしの突き合わせ",
    "FLW": "業務の手順",
    "DSG": "設計の突き合わせ",
    "CHG": "システム変更と設計",
    "MAN": "マニュアルの章",
    "TPL": "文書のひな形",
    "DOC": "文書の記載事項",
    "APR": "承認",
    "PUB": "公開用の出力",
    "XLS": "表計算ファイルの取込み",
}


def _problem_codes() -> dict[str, str]:
    found: dict[str, str] = {}
    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        if not module.name.endswith("__main__"):
            found |= getattr(importlib.import_module(module.name), "PROBLEM_CODES", {})
    return found


def manifest() -> str:
    """The keys a template's front matter may have."""
    return _keys(load_manifest_schema())


def records() -> str:
    """The kinds of record, with the date fields a deadline can be counted from."""
    rows = []
    for name, schema in load_schemas().records.items():
        dates = [f"`{f}` {r['meta']['title']}" for f, r in schema.fields.items() if r["type"] in ("date", "moment")]
        rows.append(f"| `{name}` | {schema.title} | {'、'.join(dates) or '（行ごとに日付のある帳）'} |")
    return "\n".join(["| 種類 | 記録 | 日付の項目 |", "|---|---|---|", *rows, ""])


def kind_head() -> str:
    """What the schema of a project's own kind of record may say."""
    return _keys(kindrules.head_schema())


def kind_field() -> str:
    """What it may say of a field."""
    return _keys(fieldrules.field_schema(named=True))


def _keys(schema: Schema) -> str:
    rows = []
    for path, rule in schema.walk():
        need = "必須" if rule.get("required") else ""
        name = ".".join(str(step) for step in path if step != "*")
        value = type_title(rule) if "type" in rule else ""
        rows.append(f"| `{name}` | {need} | {value} | {rule['meta']['help']} |")
    return "\n".join(["| キー | | 値 | 意味 |", "|---|---|---|---|", *rows, ""])


def record_kinds() -> str:
    """What can be recorded, and what is made of it."""
    kinds, _ = discover(TemplateFolders(ROOT))
    rows = []
    for name, schema in load_schemas().records.items():
        own = [f"{kind.title} `{kind.id}`" for kind in kinds.values() if kind.record == name]
        read = [f"{kind.title} `{kind.id}`" for kind in kinds.values() if name in kind.records]
        made = "<br>".join(filter(None, ["、".join(own), f"（読む文書）{'、'.join(read)}" if read else ""]))
        rows.append(f"| `{name}` | {schema.title} | {schema.help} | {made or '―'} |")
    return "\n".join(["| 種類 | 記録 | | できる文書 |", "|---|---|---|---|", *rows, ""])


def document_kinds() -> str:
    """Every kind of document, shelf by shelf: how it is asked for, how often it is made, and of what."""
    kinds, _ = discover(TemplateFolders(ROOT))
    lines = []
    for shelf, title in shelves().items():
        rows = [_kind_row(kind) for kind in kinds.values() if kind.shelf == shelf]
        head = "| 種類（`documents` に書く名） | 題名 | ほかに、納品物件の題名がこれなら選ばれる | 何ごとに一つ | もとになるもの | 効く `contents` の言葉 |"
        lines += [f"### {title}", "", head, "|---|---|---|---|---|---|", *rows, ""] if rows else []
    return "\n".join(lines)


def _kind_row(kind: Kind) -> str:
    scope = _SCOPES.get(kind.scope or "", "")
    title = kind.title if scope in kind.title else f"{kind.title}{scope}"
    titles = "、".join(name for name in kind.serves if name != kind.title) or "―"
    made = f"`{kind.record}` の記録{_chosen(kind)}" if kind.record else _PER[kind.per]
    cells = (f"`{kind.id}`", title, titles, made, _made_of(kind), _words(kind))
    return f"| {' | '.join(cells)} |"


_SCOPES = {"full": "（全量）", "delta": "（差分）"}

_PER = {"contract": "契約", "fiscal_year": "年度", "month": "月", "period": "期限の対象期間", "person": "受注者側の人"}


def _chosen(kind: Kind) -> str:
    """Which of the records."""
    where = [f"`{name}` が {'・'.join([v] if isinstance(v, str) else v)}" for name, v in (kind.where or {}).items()]
    when = [f"`{kind.when}` のあるもの"] if kind.when else []
    return f"（{'、'.join([*where, *when])}）" if where or when else ""


def _made_of(kind: Kind) -> str:
    """The data beside those that every document has."""
    data = [f"`{_FILES.get(name, f'{name}.yml')}`" for name in kind.data if name not in _EVERYWHERE]
    manual = [f"`manuals/{kind.manual}/`"] if kind.manual else []
    return "、".join([*data, *manual, *(f"`records/{name}/`" for name in kind.records)]) or "―"


_EVERYWHERE = ("contract", "authority", "vendor", "records", "manuals")
_FILES = {"design": "design/", "terms": "data/terms/"}


def _words(kind: Kind) -> str:
    """The words in `contents` that make a difference, those that are always asked for in bold."""
    own = [f"**{item.title}**" if item.required else "・".join((item.title, *item.labels)) for item in kind.items]
    text = (ROOT / "templates" / kind.template).read_text(encoding="utf-8")
    said = [words for call, words in _CALLS.items() if call in text]
    rows = [f"記録の `{kind.labelled}` に書いた見出しの言葉"] if kind.labelled else []
    return "、".join([*own, *said, *rows]) or "―"


_CALLS = {
    "chapters(": "章になる言葉（下）",
    "asks_for(": "「点検」を含む言葉",
    "detail_titles(": "人の `details` の題名",
}
"""Calls by which a template reads `contents`, and the words they know."""


def chapter_words() -> str:
    """The words that make a chapter of a report."""
    rows = [f"| {'、'.join(words)} | {_CHAPTERS[key]} |" for key, words in CHAPTERS.items()]
    return "\n".join(["| 言葉（を含むもの） | 章に載るもの |", "|---|---|", *rows, ""])


_CHAPTERS = {
    "inquiries": "問い合わせと回答（`inquiries`）",
    "batches": "印刷・バッチの実施（`batches`）",
    "issues": "終わっていない課題",
    "incidents": "障害（`incidents`）",
    "inspections": "点検の結果（`inspections`）",
    "works": "作業（`work`、`daily` など）",
    "counts": "件数の集計",
}


def design_kinds() -> str:
    """What a design is made of: the kinds of thing, and what each names of the others."""
    rows = []
    for name, schema in load_schemas().design.items():
        asked = "要る" if name in BASIC else "詳細設計があれば要る" if name in DETAILED else "―"
        names = "、".join(dict.fromkeys(f"`{other}`" for other in _named_by(schema))) or "―"
        rows.append(f"| `{name}` | {schema.title} | {schema.help} | {names} | {asked} |")
    return "\n".join(["| ファイル | 種類 | 中身 | 指すもの | 空のときの理由 |", "|---|---|---|---|---|", *rows, ""])


def _named_by(schema: Schema) -> Iterator[str]:
    """The kinds that the fields of a kind name."""
    for _, rule in schema.walk():
        for one in (rule, rule.get("schema")):
            kind = one.get("reference", "") if isinstance(one, dict) else ""
            if isinstance(kind, str) and kind.startswith("design:"):
                yield kind.removeprefix("design:")


def books() -> str:
    """What is made in full and as the delta of a change, by the titles it serves."""
    kinds, _ = discover(TemplateFolders(ROOT))
    found: dict[tuple[str, ...], dict[str, str]] = {}
    for kind in kinds.values():
        if kind.scope:
            found.setdefault(kind.serves, {})[kind.scope] = kind.id
    rows = [f"| {'、'.join(serves)} | `{own['full']}` | `{own['delta']}` |" for serves, own in found.items()]
    return "\n".join(["| 納品物件の題名 | 全量の種類 | 差分の種類 |", "|---|---|---|", *rows, ""])


def unnamed() -> list[str]:
    """What templates may call and docs/document-kinds.md does not name."""
    text = (ROOT / "docs/document-kinds.md").read_text(encoding="utf-8")
    return [name for name in (*(view.__name__ for view in VIEWS), *FILTERS) if f"`{name}" not in text]


BLOCKS = {
    "commands": commands,
    "problems": problems,
    "manifest": manifest,
    "records": records,
    "record-kinds": record_kinds,
    "kinds": document_kinds,
    "chapter-words": chapter_words,
    "kind-head": kind_head,
    "kind-field": kind_field,
    "design-kinds": design_kinds,
    "books": books,
}
"""Blocks by the name in their marker."""


def with_blocks(text: str) -> str:
    """A paper with its blocks made again."""
    return _BLOCK.sub(lambda match: f"{match[1]}\n{BLOCKS[match[2]]().strip()}\n\n{match[3]}", text)


# --- guides that are carried out ----------------------------------------------------------------------


def with_output(texts: Iterable[str]) -> list[str]:
    """Guides with the output of their commands, run from top to bottom and one after the other in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        newcomer = _Newcomer(Path(folder))
        return [_STEP.sub(newcomer.step, text) for text in texts]


class _Newcomer:
    """Someone who follows a guide: writes the files it shows and types its commands."""

    def __init__(self, home: Path) -> None:
        self.home = self.here = home
        shim = home / ".bin" / "nohin"
        shim.parent.mkdir()
        shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
        shim.chmod(0o755)
        self.environment = {
            **os.environ,
            "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "LC_ALL": "C.UTF-8",
            "HOME": str(home),
            **_AUTHOR,
        }

    def step(self, match: re.Match[str]) -> str:
        """The step again, its commands followed by what they print now."""
        if match["day"]:
            moment = f"{match['day']}T10:00:00+09:00"
            self.environment |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
            return match[0]
        if match["path"]:
            place = self.here / match["path"]
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a" if "書き足" in match["said"] else "w", encoding="utf-8") as file:
                file.write(match["text"])
            return match[0]
        typed = [line for line in match["typed"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{self._run(line[2:])}" for line in typed) + "```"

    def _run(self, command: str) -> str:
        if command.startswith("cd "):
            self.here = self.here / command[3:]
            return ""
        plain = _PLAIN.fullmatch(command)
        code, said = self._in_a_copy(plain) if plain else self._in_a_shell(command)
        printed = said.decode().replace(str(self.home), "~")
        if "Traceback" in printed or code == _BROKEN:
            raise SystemExit(f"{command} failed:\n{printed}")
        return printed

    def _in_a_shell(self, command: str) -> tuple[int, bytes]:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout

    def _in_a_copy(self, command: re.Match[str]) -> tuple[int, bytes]:
        """A `nohin …` of its own process all the same: a copy of this one, which has the modules loaded already."""
        shown, writing = os.pipe()
        rest = self._begun(command["rest"], writing) if command["rest"] else None
        told = rest.stdin.fileno() if rest and rest.stdin else writing
        child = os.fork()
        if not child:
            streams = _redirected(command["to"], told, writing)
            _become(shlex.split(command["words"]), self.here, self.environment, streams)
        if rest and rest.stdin:
            rest.stdin.close()
        os.close(writing)
        with open(shown, "rb") as pipe:
            said = pipe.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return rest.wait() if rest else code, said

    def _begun(self, rest: str, output: int) -> subprocess.Popen[bytes]:
        """What a pipe leads to."""
        places = {"stdin": subprocess.PIPE, "stdout": output, "stderr": output}
        return subprocess.Popen(["bash", "-c", rest], cwd=self.here, env=self.environment, **places)


def _redirected(said: str, out: int, err: int) -> tuple[int, int]:
    """Where a command writes what it reports and what it says besides."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for one in re.findall(r"2>&1|2?> ?/dev/null", said):
        if one == "2>&1":
            err = out
        elif one.startswith("2"):
            err = nothing
        else:
            out = nothing
    return out, err


def _become(arguments: list[str], here: Path, environment: dict[str, str], streams: tuple[int, int]) -> NoReturn:
    """End this process as the command that a shell would have started."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, stream in enumerate(streams, 1):
            os.dup2(stream, number)
        sys.stdin, sys.stdout, sys.stderr = map(_stream, range(3), "rww")
        os.chdir(here)
        os.environ.clear()
        os.environ.update(environment)
        code = nohin(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _stream(number: int, mode: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(number, mode, closefd=False), encoding="utf-8", write_through=mode == "w")


_PLAIN = re.compile(
    r"nohin (?P<words>[^|;&<>()$`*?~#\n]*?)(?P<to>(?: (?:2>&1|2?> ?/dev/null))*)(?: \| (?P<rest>[^\n]+))?"
)
"""A command in which a shell would take the quotes off, send what is said elsewhere, and begin what a pipe leads to."""

_BROKEN = 2
"""The exit code of a command that could not do its work, of `nohin` and of `ls`: no guide shows that."""

_AUTHOR = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "若葉 花子"), ("EMAIL", "hanako@example.jp"), ("DATE", "2026-04-20T10:00:00+09:00"))
}


def _carried_out(rows: list[list[str]]) -> Iterator[list[str]]:
    """The rows of guides with their output: side by side where processors are idle."""
    for module in _HEAVY:
        importlib.import_module(module)
    idle = (os.cpu_count() or 1) - round(os.getloadavg()[0])
    if idle < _SOME:
        return map(with_output, rows)
    with ProcessPoolExecutor(min(idle, len(rows))) as pool:
        return iter(list(pool.map(with_output, rows)))


_SOME = 2

_HEAVY = ("generator.build", "generator.outputs.pdf", "mkdocs.commands.build", "weasyprint", "openpyxl", "git")
"""What a command loads when it needs it. Loaded here, it is there in every copy."""


def main() -> int:
    """Renew the papers, or say which are out of date."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--check", action="store_true", help="write nothing; exit 1 where a paper is out of date")
    check = options.parse_args().check
    names = dict.fromkeys((*PAPERS, *chain(*GUIDES)))
    old = {name: (ROOT / name).read_text(encoding="utf-8") for name in names}
    new = old | {name: with_blocks(old[name]) for name in PAPERS}
    for row, texts in zip(GUIDES, _carried_out([[new[name] for name in row] for row in GUIDES]), strict=True):
        new |= dict(zip(row, texts, strict=True))
    stale = [name for name in names if new[name] != old[name]]
    for name in () if check else stale:
        (ROOT / name).write_text(new[name], encoding="utf-8")
    for name in stale:
        print(f"{'out of date' if check else 'renewed'}: {name}")
    for name in unnamed():
        print(f"docs/document-kinds.md does not name: {name}")
    return int(bool(unnamed()) or (check and bool(stale)))


if __name__ == "__main__":
    sys.exit(main())
