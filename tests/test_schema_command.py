"""`nohin schema` and what `nohin init` lays out for editors: schemas, settings, the line for one file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest

from generator.intake.schema import load_schemas
from generator.outputs.editor.schemafiles import place_of
from tests.designed import designed_project
from tests.support import CONTRACT, ROOT, WHOLE, Project, contents, run, whole_project

SETTINGS, EXTENSIONS = ".vscode/settings.json", ".vscode/extensions.json"
OURS = {"./.nohin/schemas/nohin.json": "data/**/*.yml"}
SCHEMAS = ".nohin/schemas"


def _made(there: Project) -> dict[str, Any]:
    folder = there.root / SCHEMAS
    return {path: json.loads(content) for path, content in contents(folder).items() if path.endswith(".json")}


def test_schemas_are_written_and_nothing_else(project: Callable[..., Project]) -> None:
    """One for each kind of file of each contract, out of git's sight; the report names the one to be wired."""
    there = project(whole_project())
    ran = there.run("schema")
    made = _made(there)
    assert (ran.code, ran.lines) == (0, [f"{SCHEMAS}/nohin.json"])
    assert ran.err == (
        f"補完のためのスキーマ {len(made)} 件を {SCHEMAS} に書きました\nVS Code につなぐには: nohin schema --settings\n"
    )
    kinds = {kind for kind, schema in load_schemas().by_kind.items() if "{contract}" in schema.files}
    assert {f"contracts/mihon/{kind}.json" for kind in kinds} | {"terms/mihon-terms.json"} <= set(made)
    assert {f"any/{kind}.json" for kind in (*load_schemas().by_kind, "manifest")} <= set(made)
    assert {path.split("/")[0] for path in contents(there.root)} == {"data", ".nohin"}
    assert (there.root / ".nohin/.gitignore").read_text() == "*\n"


def test_same_data_same_bytes(project: Callable[..., Project]) -> None:
    """Twice the same, and what is the same is not written again, so that an editor has nothing to read."""
    there, other = (project(designed_project(), folder=name) for name in ("one", "two"))
    assert there.run("schema").code == other.run("schema").code == 0
    assert contents(there.root / SCHEMAS) == contents(other.root / SCHEMAS)
    written = {path: path.stat().st_ino for path in (there.root / SCHEMAS).rglob("*.json")}
    there.run("schema")
    assert written == {path: path.stat().st_ino for path in (there.root / SCHEMAS).rglob("*.json")}


def test_schemas_follow_the_data(project: Callable[..., Project]) -> None:
    """Somebody new is offered, and a contract that is gone takes its schemas with it; other files stay."""
    there = project(whole_project())
    there.run("schema")
    there.write(
        {f"{SCHEMAS}/own.json": "{}", f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"].replace("p1", "p2")}
    )
    there.run("schema")
    assert '"p2"' in there.read(f"{SCHEMAS}/contracts/mihon/checklist.json")
    there.write({path: None for path in WHOLE if path.startswith(CONTRACT)})
    there.run("schema")
    assert not any(path.startswith("contracts/") for path in _made(there))
    assert "own.json" in _made(there)


def test_schemas_are_made_of_broken_data(project: Callable[..., Project]) -> None:
    """While something is wrong an editor is needed most: what was read is offered, what was not is not judged."""
    there = project(whole_project({f"{CONTRACT}/contract.yml": "title: [\n", f"{CONTRACT}/plan.yml": "tasks: x\n"}))
    assert there.run("schema").code == 0
    task = _made(there)["contracts/mihon/records/work.json"]["properties"]["task"]
    assert "allOf" not in task


# --- settings -----------------------------------------------------------------------------------------


def test_settings_are_laid_out(project: Callable[..., Project]) -> None:
    """Where there are none, both files are written; twice is once."""
    there = project(whole_project())
    ran = there.run("schema", "--settings")
    assert (ran.code, ran.lines) == (0, [f"{SCHEMAS}/nohin.json", EXTENSIONS, SETTINGS])
    assert json.loads(there.read(SETTINGS)) == {"yaml.schemas": OURS}
    assert json.loads(there.read(EXTENSIONS)) == {"recommendations": ["redhat.vscode-yaml"]}
    again = there.run("schema", "--settings")
    assert (again.code, again.lines) == (0, [f"{SCHEMAS}/nohin.json"])
    assert "--settings" not in there.run("schema").err


def test_settings_are_put_into_what_is_there(project: Callable[..., Project]) -> None:
    """Other keys, other schemas and comments stay; what is already said is not said twice."""
    mine = '{\n  // 皆で決めた\n  "editor.tabSize": 2,\n  "yaml.schemas": {\n    "./own.json": "own/*.yml", // 自分の\n  },\n}\n'
    others = '{\n  "recommendations": ["redhat.vscode-yaml", "a.b"]\n}\n'
    there = project(whole_project({SETTINGS: mine, EXTENSIONS: others}))
    assert there.run("schema", "--settings").lines[1:] == [SETTINGS]
    assert there.read(SETTINGS) == mine.replace(
        "自分の\n", '自分の\n    "./.nohin/schemas/nohin.json": "data/**/*.yml"\n'
    )
    assert there.read(EXTENSIONS) == others


def test_settings_that_cannot_be_read_are_left_alone(project: Callable[..., Project]) -> None:
    """What has to be added is shown, and the file stays as it is; the schemas are written all the same."""
    broken = '{\n  "editor.tabSize": 2\n  "x": 1\n}\n'
    there = project(whole_project({SETTINGS: broken}))
    ran = there.run("schema", "--settings")
    assert ran.code == 1
    assert f"{SETTINGS} は書き替えませんでした（3 行目が JSON として読めません）" in ran.err
    assert json.loads(ran.out[ran.out.index("{") :]) == {"yaml.schemas": OURS}
    assert there.read(SETTINGS) == broken
    assert (there.root / SCHEMAS / "nohin.json").is_file()


def test_settings_stay_in_the_project(project: Callable[..., Project], tmp_path: Path) -> None:
    """A link that leads out is not followed, neither for settings nor for schemas."""
    there = project(whole_project())
    outside = tmp_path / "outside"
    outside.mkdir()
    (there.root / ".vscode").symlink_to(outside)
    assert there.run("schema", "--settings").code == 2
    (there.root / ".vscode").unlink()
    (there.root / SCHEMAS / "contracts").rename(outside / "contracts")
    (there.root / SCHEMAS / "contracts").symlink_to(outside / "contracts")
    before = contents(outside)
    there.write({f"{CONTRACT}/staff.yml": WHOLE[f"{CONTRACT}/staff.yml"].replace("p1", "p2")})
    ran = there.run("schema")
    assert (ran.code, contents(outside)) == (2, before)
    assert "プロジェクトの外を指すリンクです" in ran.err


def test_other_folder(project: Callable[..., Project], tmp_path: Path) -> None:
    """Schemas can be kept elsewhere; not where something else is, and not wired from outside of the project."""
    there = project(whole_project())
    out = there.root / "schemas"
    ran = there.run("schema", "--out", str(out), "--settings")
    assert ran.lines[0] == "schemas/nohin.json"
    assert json.loads(there.read(SETTINGS)) == {"yaml.schemas": {"./schemas/nohin.json": "data/**/*.yml"}}
    assert there.run("schema", "--out", str(out)).code == 0
    assert there.run("schema", "--out", str(there.root / "data")).code == 2
    elsewhere = there.run("schema", "--out", str(tmp_path / "far"), "--settings")
    assert (elsewhere.code, elsewhere.out) == (2, "")
    assert elsewhere.err == "nohin: --settings は、--out がプロジェクトの中を指すときだけ使えます\n"


def test_new_project_is_wired(tmp_path: Path) -> None:
    """`nohin init` lays out the settings, and the schemas they point to."""
    ran = run("init", str(tmp_path / "new"))
    there = Project(tmp_path / "new")
    assert ran.code == 0
    assert {SETTINGS, EXTENSIONS} <= set(ran.lines)
    assert json.loads(there.read(SETTINGS)) == {"yaml.schemas": OURS}
    assert "contracts/mihon-hoshu/staff.json" in _made(there)
    before = contents(there.root)
    assert there.run("schema", "--settings").code == 0
    assert contents(there.root) == before


# --- which schema is for which file -------------------------------------------------------------------


def _taken(schema: Any, uri: str) -> str:
    """The schema that the language server takes of the index for a file: its patterns, `*` being anything."""
    while "$ref" not in schema:
        if "if" not in schema:
            return ""
        pattern = re.escape(schema["if"]["filePatternAssociation"]).replace(r"\*", ".*")
        schema = schema["then"] if re.search(f"{pattern}$", uri) else schema["else"]
    return unquote(schema["$ref"])


def test_index_takes_the_schema_of_each_file(project: Callable[..., Project]) -> None:
    """By the path of the file, percent-encoded as editors do: records may be called like other files, ids be Japanese."""
    other = {path.replace("mihon/", "見本/"): text for path, text in WHOLE.items() if path.startswith(CONTRACT)}
    odd = {f"{CONTRACT}/records/incidents/{name}.yml": "x: 1\n" for name in ("staff", "plan", "contract")}
    there = project(designed_project({**other, **odd}))
    there.run("schema")
    made = _made(there)
    for path in [path for path in contents(there.root / "data") if path.endswith(".yml")]:
        uri = f"file:///c%3A/keiyaku/{quote(f'data/{path}')}"
        match = load_schemas().of(f"data/{path}")
        assert match
        assert _taken(made["nohin.json"], uri) == place_of(*match)
        assert place_of(*match) in made or match[0].kind in ("authority", "vendor")
    assert _taken(made["nohin.json"], "file:///p/data/contracts/new/staff.yml") == "any/staff.json"
    assert _taken(made["nohin.json"], "file:///p/docs/x.yml") == ""


def test_list_tells_which_schema_is_for_which_files(project: Callable[..., Project]) -> None:
    """Other tools find the same in files.json."""
    there = project(whole_project())
    there.run("schema")
    listed = {row["schema"]: row["files"] for row in _made(there)["files.json"]}
    assert listed["contracts/mihon/staff.json"] == "data/contracts/mihon/staff.yml"
    assert listed["contracts/mihon/records/work.json"] == "data/contracts/mihon/records/work/*.yml"
    assert listed["any/vendor.json"] == "data/vendors/*.yml"
    assert listed["terms/mihon-terms.json"] == "data/terms/mihon-terms.yml"
    assert set(listed) | {"nohin.json", "files.json"} == set(_made(there))


MODELINES = [
    (f"{CONTRACT}/staff.yml", "../../../.nohin/schemas/contracts/mihon/staff.json"),
    (f"{CONTRACT}/records/work/w1.yml", "../../../../../.nohin/schemas/contracts/mihon/records/work.json"),
    ("data/authorities/mihon-shi.yml", "../../.nohin/schemas/any/authority.json"),
    ("data/contracts/new/plan.yml", "../../../.nohin/schemas/any/plan.json"),
]


@pytest.mark.parametrize(("path", "schema"), MODELINES)
def test_line_for_one_file(project: Callable[..., Project], path: str, schema: str) -> None:
    """The line leads from the file to its schema, whether the file is there yet or not, and no data is changed."""
    there = project(whole_project())
    before = contents(there.root / "data")
    ran = there.run("schema", "--modeline", path)
    assert (ran.code, ran.out) == (0, f"# yaml-language-server: $schema={schema}\n")
    assert (there.root / path).parent.joinpath(schema).resolve().is_file() or not (there.root / path).parent.is_dir()
    assert contents(there.root / "data") == before


@pytest.mark.parametrize("path", ["mkdocs.yml", "data/notes.yml", f"{CONTRACT}/manuals/operation/a.md", "../x.yml"])
def test_no_line_for_other_files(project: Callable[..., Project], path: str) -> None:
    """What is no data file, and what is no YAML, has no such line."""
    ran = project(whole_project()).run("schema", "--modeline", path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("nohin: ")


def test_guide_shows_what_is_written(project: Callable[..., Project]) -> None:
    """The settings and the line in docs/editor.md are those that the command writes."""
    guide = (ROOT / "docs/editor.md").read_text(encoding="utf-8")
    there = project(whole_project())
    there.run("schema", "--settings")
    for path in (SETTINGS, EXTENSIONS):
        assert f"`{path}`\n\n```json\n{there.read(path)}```\n" in guide
    assert there.run("schema", "--modeline", f"{CONTRACT}/staff.yml").out in guide
    (entry,) = OURS
    assert guide.count(f'"{entry}"') >= 3, "the same line for the other editors"
