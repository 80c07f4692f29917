"""Kinds of record that a project has of its own: known everywhere, and never able to do more than data."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.intake import kindrules
from generator.intake.portfolio import load
from generator.intake.remembered import Memory
from generator.intake.repository import Repository
from generator.intake.schema import load_schemas, shipped_schemas
from generator.intake.tree import WorkingTree
from generator.intake.yamltext import parse
from generator.outputs.cache import Cache
from tests.support import CONTRACT, ROOT, Project, minimal_project, whole_project

SCHEMA = "schemas/records/visits.yml"
VISITS = """\
title: 来庁
help: 庁舎を訪れた記録。
day: [visited]
fields:
  title: {type: string, required: true, meta: {title: 件名, help: 来庁の件名。}}
  visited: {type: date, required: true, meta: {title: 来庁日, help: 訪れた日。}}
"""
VISIT = {f"{CONTRACT}/records/visits/v1.yml": "title: 打合せ\nvisited: 2026-04-20\n"}
ITEM = "title: {type: string, required: true, meta: {title: 件名, help: 来庁の件名。}}"


def _with_field(rule: str) -> str:
    return f"{VISITS}  extra: {rule}\n"


BAD_SCHEMAS = [
    pytest.param("", "YML007", id="empty"),
    pytest.param("- a\n", "1:1: error SCH003", id="a list"),
    pytest.param("a: [b\n", "YML002", id="no YAML"),
    pytest.param("fields: &x {a: *x}\n", "YML004", id="an alias of itself"),
    pytest.param(VISITS.replace("title: 来庁\n", ""), "SCH001 必要な項目「名」(title)がありません", id="no title"),
    pytest.param(f"{VISITS}python: os\n", "7:1: error SCH002 「python」という項目はありません", id="unknown head"),
    pytest.param("title: a\nhelp: b\nfields: {}\n", "SCH006", id="no fields"),
    pytest.param("title: a\nhelp: b\nfields: [a]\n", "3:9: error SCH003", id="fields are a list"),
    pytest.param(_with_field("文字"), "7:10: error SCH003", id="a rule that is a word"),
    pytest.param(_with_field("{type: string}"), "SCH001 必要な項目「題名と説明」(meta)がありません", id="no meta"),
    pytest.param(_with_field("{type: sting, meta: {title: a, help: b}}"), "string ではありませんか", id="unknown type"),
    pytest.param(
        _with_field("{type: string, regex: '(a+)+$', meta: {title: a, help: b}}"),
        "7:25: error SCH002 「regex」という項目はありません",
        id="a pattern",
    ),
    pytest.param(
        _with_field("{type: string, coerce: one_or_many, meta: {title: a, help: b}}"), "SCH002 「coerce」", id="code"
    ),
    pytest.param(
        _with_field("{type: list, meta: {title: a, help: b}}"),
        "SCH010 一覧には、一つ一つの型が要ります",
        id="bare list",
    ),
    pytest.param(
        _with_field("{type: dict, meta: {title: a, help: b}}"), "SCH010 組には、中の項目が要ります", id="bare dict"
    ),
    pytest.param(
        _with_field("{type: dict, schema: clause, meta: {title: a, help: b}}"), "共通の部品「clause」", id="shared part"
    ),
    pytest.param(
        _with_field("{type: list, schema: {type: list, schema: {type: sting}}, meta: {title: a, help: b}}"),
        "SCH004 「型」(type)に「sting」は書けません",
        id="deep inside",
    ),
    pytest.param(
        _with_field("{type: id, reference: staf, meta: {title: a, help: b}}"), "staff ではありませんか", id="reference"
    ),
    pytest.param(
        _with_field("{type: string, min: 1, meta: {title: a, help: b}}"), "string の項目に min は書けません", id="min"
    ),
    pytest.param(
        _with_field("{type: string, allowed: [a], meta: {title: a, help: b, labels: {c: d}}}"),
        "labels の「c」が allowed にありません",
        id="labels",
    ),
    pytest.param(
        _with_field("{type: list, unique_by: id, schema: {type: string}, meta: {title: a, help: b}}"),
        "unique_by の「id」が、行の項目にありません",
        id="unique_by",
    ),
    pytest.param(
        _with_field("{type: date, required: true, meta: {title: a, help: b, personal: true}}"),
        "個人とするには",
        id="personal date",
    ),
    pytest.param(
        VISITS + "  due: {type: string, meta: {title: a, help: b}}\n",
        "7:8: error SCH010 「due」は、どの種類の記録でも同じ意味の項目です",
        id="due that is no date",
    ),
    pytest.param(VISITS + "  Due: {type: date, meta: {title: a, help: b}}\n", "項目の名になりません", id="key"),
    pytest.param(
        VISITS.replace("day: [visited]", "day: [visitd]"), "3:7: error SCH010 day の「visitd」は", id="unknown day"
    ),
    pytest.param(VISITS.replace(f"  {ITEM}\n", ""), "必須の項目 title がありません", id="no title field"),
    pytest.param(
        VISITS.replace("day: [visited]", "rows: {field: items, day: date}"), "組の一覧の項目ではありません", id="rows"
    ),
    pytest.param(
        VISITS.replace("title: 来庁\n", 'title: "来\\n庁"\n'), "1:8: error SCH010 title に改行は", id="line break"
    ),
    pytest.param(
        VISITS.replace("day:", "files: '{contract}/../{id}.yml'\nday:"), "3:8: error SCH010", id="another place"
    ),
]


@pytest.mark.parametrize(("schema", "expected"), BAD_SCHEMAS)
def test_wrong_schema_is_told_at_its_place(project: Callable[..., Project], schema: str, expected: str) -> None:
    """A wrong schema is an error of its own file, and its records make no further ones."""
    ran = project(minimal_project({SCHEMA: schema, **VISIT})).check()
    assert ran.code == 1
    assert any(line.startswith(f"{SCHEMA}:") and expected in line for line in ran.lines), ran.out
    assert all(line.startswith(f"{SCHEMA}:") for line in ran.lines if ": error" in line), ran.out


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("schemas/records/incidents.yml", "SCH010 記録の種類「incidents」（障害）は nohin にあります"),
        ("schemas/records/Visits.yml", "FIL002"),
        ("schemas/records/visits.yaml", "FIL002"),
        ("schemas/records/a/visits.yml", "FIL002"),
    ],
)
def test_misplaced_schema_is_refused(project: Callable[..., Project], path: str, expected: str) -> None:
    """A kind that comes with Nohin cannot be replaced, and a kind has a plain name."""
    ran = project(minimal_project({path: VISITS})).check()
    assert (ran.code, [expected in line for line in ran.lines]) == (1, [True]), ran.out


def test_link_out_of_the_project_is_not_followed(project: Callable[..., Project], tmp_path: Path) -> None:
    """A schema lies in the project."""
    outside = tmp_path / "outside.yml"
    outside.write_text(VISITS, encoding="utf-8")
    there = project(minimal_project())
    (there.root / "schemas/records").mkdir(parents=True)
    (there.root / SCHEMA).symlink_to(outside)
    assert [line.partition(" error ")[2][:6] for line in there.check().lines] == ["YML008"]


@pytest.mark.parametrize("kind", sorted(set(shipped_schemas().records) - {"changes"}))
def test_what_comes_with_nohin_could_be_a_projects_own(kind: str) -> None:
    """The language for own kinds is rich enough for the kinds there are; one has a pattern, which is for the package."""
    parsed = parse((ROOT / f"generator/schemas/records/{kind}.yml").read_bytes(), kind)
    assert list(kindrules.check(kind, parsed.value, parsed.spot, kind, ())) == []


def test_projects_in_one_process_have_their_own(project: Callable[..., Project], tmp_path: Path) -> None:
    """What one project calls a kind is unknown in another, and known again where it is looked at again."""
    own = project(minimal_project({SCHEMA: VISITS, **VISIT}))
    other = Project(tmp_path / "other").write(minimal_project(VISIT))
    for _ in range(2):
        assert own.check().code == 0
        assert "FIL001" in other.check().out
    assert "visits" not in load_schemas().records


def test_other_threads_know_the_kinds_in_force(project: Callable[..., Project]) -> None:
    """A server answers from threads that have not loaded anything themselves."""
    load(WorkingTree(project(minimal_project({SCHEMA: VISITS})).root))
    seen: list[bool] = []
    thread = threading.Thread(target=lambda: seen.append("visits" in load_schemas().records))
    thread.start()
    thread.join()
    assert seen == [True]


def test_changed_schema_is_not_taken_from_memory(project: Callable[..., Project]) -> None:
    """A file that was right under the schema of before is looked at again under that of now."""
    there = project(minimal_project({SCHEMA: VISITS, **VISIT}))
    for wrong in (False, True, False):
        text = VISITS.replace("type: date", "type: integer").replace("day: [visited]\n", "") if wrong else VISITS
        there.write({SCHEMA: text})
        memory = Memory(Cache.of(there.root, "data"))
        loaded = load(WorkingTree(there.root), memory)
        memory.save()
        assert bool(loaded.problems) is wrong


def test_command_of_a_project_takes_its_kinds(project: Callable[..., Project]) -> None:
    """`new`, `fmt` and `schema` know them as they know those that come with Nohin."""
    there = project(whole_project({SCHEMA: VISITS}))
    answers = ("--set", "title=下見", "--set", "visited=2026-04-21")
    made = there.run("new", "visits", "--contract", "mihon", "--id", "v2", *answers)
    assert (made.code, made.lines) == (0, [f"{CONTRACT}/records/visits/v2.yml"]), made.err
    assert there.run("fmt", "--check").code == 0
    assert there.run("schema").code == 0
    assert "来庁日" in there.read(".nohin/schemas/contracts/mihon/records/visits.json")


def test_state_before_the_kind_can_be_compared(project: Callable[..., Project]) -> None:
    """A kind that one side only has is told of by its title."""
    there = project(whole_project())
    there.git("init", "-q")
    there.commit("初版")
    there.write({SCHEMA: VISITS, **VISIT})
    there.commit("来庁を記録")
    assert "来庁「v1　打合せ」を加えた" in there.run("diff", "HEAD~1", "HEAD").out
    assert "来庁「v1　打合せ」を除いた" in there.run("diff", "HEAD", "HEAD~1").out
    repository = Repository.at(there.root)
    assert repository is not None
    assert load(repository.tree("HEAD")).problems == []


def test_staged_schema_is_looked_at(project: Callable[..., Project]) -> None:
    """Before a commit, what the staged schema makes wrong is told."""
    there = project(whole_project({SCHEMA: VISITS, **VISIT}))
    there.git("init", "-q")
    there.commit("初版")
    assert there.check("--staged").code == 0
    there.write({SCHEMA: VISITS.replace("type: date", "type: clock").replace("day: [visited]\n", "")})
    there.git("add", SCHEMA)
    ran = there.check("--staged")
    assert (ran.code, [line.partition(":")[0] for line in ran.lines[:1]]) == (1, [f"{CONTRACT}/records/visits/v1.yml"])
