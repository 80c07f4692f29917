"""`nohin check --staged`: what will be committed is judged, and only what it can break; by hand, and as git's hook."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import _parser
from generator.intake.yamltext import parse
from tests.history.test_effects import BEGUN, SYSTEMS, systems
from tests.support import CONTRACT, ROOT, WHOLE, Project, Ran, contents, minimal_project, run, whole_project

STAFF, CLAUSES, DELIVERABLES, HEAD = (
    f"{CONTRACT}/{name}.yml" for name in ("staff", "clauses", "deliverables", "contract")
)
OTHER = "data/contracts/betsu"
FINE = "誤りはありません\n"
WRONG = "data/contracts/mihon/staff.yml:4:5: error SCH002 「fone」という項目はありません（phone ではありませんか）\n"
HOOK = '#!/bin/sh\nexec nohin check --staged "$@"\n'


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two contracts of one authority, and one of another that has an error of old."""
    other = {path.replace(CONTRACT, OTHER): text for path, text in WHOLE.items() if path.startswith(CONTRACT)}
    third = {path.replace("mihon", "rei"): str(text) for path, text in minimal_project().items()}
    third["data/contracts/rei/contract.yml"] = (
        third["data/contracts/rei/contract.yml"].replace("mihon", "rei") + "colour: 赤\n"
    )
    there = Project(tmp_path_factory.mktemp("begun")).write({**whole_project(), **other, **third})
    there.git("init", "-q", "-b", "main", "--template=")
    there.commit("初版")
    return there.root


@pytest.fixture
def there(begun: Path, tmp_path: Path) -> Project:
    """A copy of it, to be changed."""
    return Project(Path(shutil.copytree(begun, tmp_path / "見本 の計画", symlinks=True)))


def _swap(there: Project, path: str, old: str, new: str) -> None:
    text = there.read(path)
    assert old in text
    there.write({path: text.replace(old, new)})


def _staged(there: Project) -> Ran:
    return there.check("--staged")


# --- what is judged ------------------------------------------------------------------------------------------


def test_the_index_is_judged_not_the_working_tree(there: Project) -> None:
    """What is mended but not added is wrong; what is wrong but not added is fine."""
    _swap(there, STAFF, "phone:", "fone:")
    assert _staged(there).code == 1  # nothing is staged: all that is committed, the old error with it
    there.git("add", STAFF)
    _swap(there, STAFF, "fone:", "phone:")
    assert (_staged(there).code, _staged(there).out) == (1, WRONG)
    there.git("add", STAFF)
    _swap(there, STAFF, "phone:", "fone:")
    there.write({CLAUSES: f"{there.read(CLAUSES)}# 注釈\n"})
    there.git("add", CLAUSES)
    assert (_staged(there).code, _staged(there).out) == (0, "")


def test_a_file_that_is_staged_in_part(there: Project) -> None:
    """It is judged as it is staged: with the first of two edits, and without the second."""
    _swap(there, STAFF, "phone:", "fone:")
    there.git("add", STAFF)
    _swap(there, STAFF, "title: 監督職員", "titel: 監督職員")
    assert _staged(there).out == WRONG


def test_only_what_the_files_can_break_is_told(there: Project) -> None:
    """The old error of another contract stays out of it; a check of everything tells it."""
    _swap(there, STAFF, "00-0000-0001", "00-0000-0002")
    there.git("add", STAFF)
    assert (_staged(there).out, _staged(there).err) == ("", FINE)
    assert "data/contracts/rei/contract.yml:7:1: error SCH002" in there.check().out


def test_a_shared_file_reaches_those_who_use_it(there: Project) -> None:
    """An authority that loses a department breaks the contract that names it, and none that uses another."""
    _swap(there, "data/authorities/mihon-shi.yml", "id: joho", "id: johoka")
    there.git("add", ".")
    found = {line.split(":")[0] for line in _staged(there).lines}
    assert found == {HEAD, f"{OTHER}/contract.yml"}


def test_a_shared_file_that_goes(there: Project) -> None:
    """Whoever names it has an error, be it a contract or terms."""
    there.git("rm", "-q", "data/authorities/mihon-shi.yml")
    found = {line.split(":")[0] for line in _staged(there).lines}
    assert found == {HEAD, f"{OTHER}/contract.yml", "data/terms/mihon-terms.yml"}


@pytest.mark.parametrize("path", [STAFF, HEAD])
def test_a_file_that_goes(there: Project, path: str) -> None:
    """What rested on it is wrong, though none of it is staged."""
    there.git("rm", "-q", "--cached", path)
    ran = _staged(there)
    assert ran.code == 1
    assert re.findall(r"error (\w+)", ran.out)[0] == ("FIL003" if path == HEAD else "REF001")
    assert "betsu" not in ran.out


def test_a_contract_under_another_name(there: Project) -> None:
    """A folder that is renamed whole is fine; one of which a file stays behind is not."""
    there.git("mv", CONTRACT, "data/contracts/見本市")
    assert _staged(there).out == ""
    there.git("mv", "data/contracts/見本市/staff.yml", "data/contracts/betsu2.yml")
    assert "data/contracts/betsu2.yml:1:1: error FIL001" in _staged(there).out


def test_a_new_file_that_is_only_intended(there: Project) -> None:
    """`git add -N` adds nothing to the commit."""
    there.write({f"{CONTRACT}/records/incidents/2026-002.yml": "title: [\n", CLAUSES: there.read(CLAUSES) + "# 注釈\n"})
    there.git("add", "-N", f"{CONTRACT}/records/incidents/2026-002.yml")
    there.git("add", CLAUSES)
    assert _staged(there).out == ""


def test_a_template(there: Project) -> None:
    """Its front matter is judged as it is staged, whatever stands in the working tree."""
    name = "templates/documents/survey.html.j2"
    there.write({name: "<p>見出しがない</p>\n"})
    there.git("add", name)
    there.write({name: "---\ntitle: 調査\nper: contract\ndata: [contract]\n---\n<p></p>\n"})
    assert f"{name}:1:1: error TPL001" in _staged(there).out


def test_a_design_is_held_against_its_history(there: Project) -> None:
    """A change of the design without a record is an error before it is committed."""
    there.write(BEGUN).commit("設計")
    there.write({SYSTEMS: systems(x1="甲の二", x2="乙", x3="丙")})
    there.git("add", SYSTEMS)
    there.write({SYSTEMS: systems(x1="甲", x2="乙", x3="丙")})
    assert f"{SYSTEMS}:2:5: error CHG001" in _staged(there).out


def test_nothing_of_ours_is_staged(there: Project) -> None:
    """A commit of other files is let through at once, whatever is wrong in the data."""
    there.write({"README.md": "覚え\n"})
    there.git("add", "README.md")
    assert (_staged(there).code, _staged(there).err) == (0, FINE)


def test_before_the_first_commit(tmp_path: Path) -> None:
    """Everything that is added is judged."""
    there = Project(tmp_path).write(whole_project())
    there.git("init", "-q", "--template=")
    there.git("add", ".")
    assert _staged(there).out == ""
    _swap(there, STAFF, "phone:", "fone:")
    there.git("add", ".")
    assert _staged(there).out == WRONG


def test_nothing_is_written(there: Project) -> None:
    """Neither in the project nor in git."""
    _swap(there, STAFF, "phone:", "fone:")
    there.git("add", STAFF)
    before = contents(there.root)
    _staged(there)
    assert contents(there.root) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--staged",), "git の管理下にない"), (("--staged", "--release"), "どちらかにしてください")],
)
def test_where_it_has_no_meaning(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """Outside git there is no index; a release is looked at after the commit."""
    ran = Project(tmp_path).write(whole_project()).check(*arguments)
    assert (ran.code, said in ran.err) == (2, True)


# --- as a hook -----------------------------------------------------------------------------------------------


def _commit(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`git commit` as a person types it, with `nohin` on the path."""
    shim = folder.parent / "bin" / "nohin"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    named = {f"GIT_{who}_{what}": "mihon@example.jp" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    named |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    own = {"PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT), **named}
    asked = ["git", "-c", "core.quotePath=false", "commit", "-q", "-m", "変更", *arguments]
    return subprocess.run(asked, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, timeout=120)


def _said(done: subprocess.CompletedProcess[str]) -> set[str]:
    """The lines a hook wrote; git sends all of them one way, in whichever order they come."""
    return {*done.stdout.splitlines(), *done.stderr.splitlines()}


def _hooked(there: Project, text: str = HOOK) -> None:
    place = there.root / ".git/hooks/pre-commit"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)


@pytest.mark.parametrize("arguments", [(), ("-a",), ("--", STAFF)], ids=["staged", "all", "path"])
def test_git_stops(there: Project, arguments: tuple[str, ...]) -> None:
    """However the commit is put together, a wrong file stops it, and the right one does not."""
    _hooked(there)
    _swap(there, STAFF, "phone:", "fone:")
    there.git("add", *(() if arguments else (STAFF,)))
    done = _commit(there.root, *arguments)
    assert (done.returncode, _said(done)) == (1, {*WRONG.splitlines(), "誤り 1 件、注意 0 件"})
    _swap(there, STAFF, "fone: 00-0000-0001", "phone: 00-0000-0003")
    there.git("add", STAFF)
    assert _commit(there.root, *arguments).returncode == 0


def test_git_stops_in_another_worktree_and_in_a_folder(there: Project, tmp_path: Path) -> None:
    """A linked working tree has an index of its own; the project may lie below the repository's top."""
    there.git("mv", "data", "計画-data")
    (there.root / "計画").mkdir()
    there.git("mv", "計画-data", "計画/data")
    there.commit("移す")
    _hooked(there, HOOK.replace('"$@"', "--project 計画"))
    there.git("worktree", "add", "-q", str(tmp_path / "別の木"))
    linked = Project(tmp_path / "別の木")
    _swap(linked, f"計画/{STAFF}", "phone:", "fone:")
    done = _commit(linked.root, "-a")
    assert (done.returncode, _said(done)) == (1, {*WRONG.splitlines(), "誤り 1 件、注意 0 件"})
    _swap(linked, f"計画/{STAFF}", "fone: 00-0000-0001", "phone: 00-0000-0003")
    assert _commit(linked.root, "-a").returncode == 0


# --- for other repositories ----------------------------------------------------------------------------------


def test_the_hooks_that_others_can_take() -> None:
    """Each has what pre-commit asks for, and an entry that can be typed."""
    hooks = parse(b"hooks:\n" + (ROOT / ".pre-commit-hooks.yaml").read_bytes(), "hooks").value["hooks"]
    assert [hook["id"] for hook in hooks] == ["nohin-check", "nohin-fmt"]
    for hook in hooks:
        assert {"name", "entry", "language", "description"} <= hook.keys()
        assert hook["language"] == "python"
        program, *arguments = shlex.split(hook["entry"])
        assert program == "nohin"
        _parser().parse_args([*arguments, *([STAFF] if hook.get("pass_filenames", True) else [])])
    fmt = next(hook for hook in hooks if hook["id"] == "nohin-fmt")
    assert all(re.search(fmt["files"], path) for path in (STAFF, f"計画/{STAFF}"))
    assert not re.search(fmt["files"], "docs/data.yml")


def test_the_guide_names_the_hooks() -> None:
    """docs/hooks.md says what there is."""
    text = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in ("nohin-check", "nohin-fmt", "nohin check --staged"))


def test_the_shipped_data_pass(tmp_path: Path) -> None:
    """What comes with Nohin would be let through."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    there = Project(tmp_path)
    there.git("init", "-q", "--template=")
    there.git("add", "data")
    assert run("check", "--staged", "--project", str(tmp_path), "--as-of", "2026-05-01").code == 0
