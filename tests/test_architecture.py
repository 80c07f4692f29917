"""The shape of the house: which room may know which, who knows which library, and how large anything may grow."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.support import ROOT, Project, whole_project

PACKAGE = ROOT / "generator"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

ROOMS = (
    "cli",
    "commands",
    "serving",
    "build",
    "workshop",
    "checking",
    "outputs",
    "documents",
    "history",
    "rules",
    "intake",
    "model",
    "problems",
)
"""From the door inwards: a room knows those behind it, and nothing in front of it."""

SEAMS = {("checking", "outputs"): {"generator.outputs.cache"}}
"""What a room may take of one before it: the check looks into the cache, and into nothing else of the outputs."""

IMPORTERS = {
    "cerberus": {"intake/validator.py"},
    "git": {"intake/repository.py"},
    "holidays": {"rules/holidays.py"},
    "icalendar": {"outputs/calendar.py"},
    "jinja2": {"documents/render.py"},
    "markdown": {"documents/markdowntext.py"},
    "markupsafe": {"documents/markup.py"},
    "openpyxl": {"outputs/workbook/xlsx.py"},
    "mkdocs": {"outputs/site/theme.py"},
    "pydyf": {"outputs/pdf.py"},
    "weasyprint": {"outputs/pdf.py"},
    "yaml": {"intake/yamltext.py"},
}
"""Who knows which foreign library; markupsafe belongs to jinja2, pydyf to weasyprint."""

NETWORK = {"requests", "urllib", "http", "socket", "ssl", "ftplib", "smtplib", "asyncio", "httpx", "aiohttp", "xmlrpc"}
SERVES = {"outputs/site/liveserver.py": {"http", "urllib"}}
"""Who answers a browser on this machine, and asks nobody."""
CLOCK = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"}
LINES_OF_A_MODULE, LINES_OF_A_FUNCTION = 300, 40


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def _imports(module: str) -> Iterator[str]:
    """Full names of what a module imports, anywhere in it; `from a import b` is `a.b`."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: {ast.unparse(node)}"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _room(module: str) -> str:
    return module.split("/")[0].removesuffix(".py")


def _functions(module: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_every_module_is_in_a_room() -> None:
    """A new file at the top is a decision to be made here."""
    assert {_room(module) for module in MODULES} - {"__init__", "__main__"} == set(ROOMS)


def test_package_itself_imports_nothing() -> None:
    """`generator/__init__.py` tells the pipeline and owns nothing."""
    assert list(_imports("__init__.py")) == []
    assert [type(node) for node in _tree("__init__.py").body] == [ast.Expr]


@pytest.mark.parametrize("module", [m for m in MODULES if _room(m) in ROOMS])
def test_imports_go_one_way(module: str) -> None:
    """A lower room never knows a higher one."""
    room = _room(module)
    known = {"generator." + name for name in ROOMS[ROOMS.index(room) :]}
    for name in _imports(module):
        if name.startswith("generator."):
            target = ".".join(name.split(".")[:2])
            seam = SEAMS.get((room, target.removeprefix("generator.")), set())
            assert target in known or any(name.startswith(allowed) for allowed in seam), f"{module} imports {name}"


@pytest.mark.parametrize("module", [m for m in MODULES if _room(m) in ("model", "problems")])
def test_nouns_know_only_the_standard_library(module: str) -> None:
    """`model` and `problems` import the standard library and each other."""
    allowed = {*sys.stdlib_module_names, "generator"}
    assert {name.split(".")[0] for name in _imports(module)} <= allowed
    own = {name for name in _imports(module) if name.startswith("generator")}
    assert all(name.startswith(("generator.model", "generator.problems")) for name in own)


def test_one_importer_for_each_library() -> None:
    """What a foreign library is used for can be read in one place."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        for name in _imports(module):
            library = name.split(".")[0]
            if library != "generator" and library not in sys.stdlib_module_names:
                found[library].add(module)
    assert dict(found) == IMPORTERS


@pytest.mark.parametrize("module", MODULES)
def test_module_and_functions_stay_small(module: str) -> None:
    """Nothing grows beyond what can be read at once."""
    assert len((PACKAGE / module).read_text(encoding="utf-8").splitlines()) <= LINES_OF_A_MODULE
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in _functions(module)}
    assert {name: length for name, length in lengths.items() if length > LINES_OF_A_FUNCTION} == {}


@pytest.mark.parametrize("module", MODULES)
def test_what_is_public_says_what_it_is(module: str) -> None:
    """Modules, public classes, and the public functions of both have a docstring."""
    assert ast.get_docstring(_tree(module))
    assert [name for name, node in _public(_tree(module).body) if not ast.get_docstring(node)] == []


def _public(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """Classes and functions without a leading underscore; private classes may carry other libraries' names."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{name}", inner) for name, inner in _public(node.body))


@pytest.mark.parametrize("module", [m for m in MODULES if m != "cli.py"])
def test_only_the_command_reads_clock_and_environment(module: str) -> None:
    """Today is an argument: only the command itself asks for it, and for what the shell says."""
    assert "time" not in {name.split(".")[0] for name in _imports(module)}
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in CLOCK, f"{module}:{node.lineno}"
            assert ast.unparse(node) not in ("sys.argv", "os.getenv", "os.environ.get"), f"{module}:{node.lineno}"
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            assert isinstance(node.ctx, ast.Store), f"{module}:{node.lineno}"


@pytest.mark.parametrize("module", MODULES)
def test_nothing_speaks_to_the_network(module: str) -> None:
    """No module knows how to reach another host."""
    known = {name.split(".")[0] for name in _imports(module)} & NETWORK
    assert known == SERVES.get(module, set())


def _loaded_by_a_check(project: Path, *heavy: str) -> str:
    import subprocess

    code = (
        "import sys; from generator.cli import main; code = main(['check', '--project', sys.argv[1]]);"
        f"print([name for name in {heavy} if name in sys.modules], code)"
    )
    asked = [sys.executable, "-c", code, str(project)]
    return subprocess.run(asked, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()[-1]


def test_check_starts_at_once(project: Callable[..., Project]) -> None:
    """A check loads none of the libraries that only a build needs; git's only to see what changed a system's design."""
    heavy = ("mkdocs", "weasyprint", "jinja2", "icalendar", "markdown", "pydyf", "openpyxl")
    assert _loaded_by_a_check(ROOT, *heavy) == "[] 0"
    assert _loaded_by_a_check(project(whole_project({})).root, *heavy, "git") == "[] 0"


_PAPERS = ("every_kind", "letters", "reports", "scopes")


def test_tests_mirror_the_package() -> None:
    """Every file of tests of a room, and of a folder of the outputs, is named after a module or a folder that is there."""
    folders = sorted(path.parent for path in (ROOT / "tests" / "outputs").glob("*/__init__.py"))
    for folder in (*(ROOT / "tests" / room for room in ("intake", "history", "documents", "outputs")), *folders):
        own = PACKAGE / folder.relative_to(ROOT / "tests")
        modules = {path.stem for path in own.iterdir()}
        tests = {path.stem.removeprefix("test_") for path in folder.glob("test_*.py")}
        papers = {name for name in tests if name.endswith(("_documents", "_book")) or name in _PAPERS}
        assert tests <= modules | papers | {
            "golden",
            "hostile",
            "countdown",
            "search_worker",
            "filters",
            "everypage",
        }, tests - modules
