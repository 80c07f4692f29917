"""What the editor's schemas accept and refuse is what `nohin check` does: an independent validator says so, file by file."""

from __future__ import annotations

import copy
import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator import checking
from generator.checking import Checked, check
from generator.documents.templates import TemplateFolders
from generator.intake.chapters import BODY, read
from generator.intake.scalars import SCALAR_TYPES
from generator.intake.schema import Rules, Schema, load_manifest_schema, load_schemas
from generator.outputs.editor import patterns
from generator.outputs.editor.jsonschema import _FORMS, json_schema
from generator.outputs.editor.schemafiles import SchemaFile, place_of, schema_files
from generator.outputs.editor.schemafiles import read as read_schemas
from tests.designed import CHAPTER, FOLDER, MANUAL, SUBSYSTEMS, designed_project
from tests.intake.test_crosschecks import BROKEN, ITEMS, LOOSE_ENDS
from tests.intake.test_schema import BAD_VALUES, NORMALISED
from tests.rules.test_check import BAD_RULES
from tests.support import CONTRACT, ROOT, WHOLE, Files, Project, swapped, whole_project
from tests.test_docs import _problem_codes

GUIDE = (ROOT / "docs/editor.md").read_text(encoding="utf-8")
HEAD, STAFF, PLAN = f"{CONTRACT}/contract.yml", f"{CONTRACT}/staff.yml", f"{CONTRACT}/plan.yml"
DELIVERABLES, CHECKLIST = f"{CONTRACT}/deliverables.yml", f"{CONTRACT}/checklist.yml"
SUBMISSIONS, INCIDENT = f"{CONTRACT}/submissions.yml", f"{CONTRACT}/records/incidents/2026-001.yml"
AUTHORITY, TERMS = "data/authorities/mihon-shi.yml", "data/terms/mihon-terms.yml"


def _between(mark: str) -> str:
    match = re.search(rf"<!-- {mark}: -->(.*?)<!-- /{mark} -->", GUIDE, re.DOTALL)
    assert match
    return match[1]


SAID = frozenset(re.findall(r"`([A-Z]{3}\d{3})`", _between("said")))
"""The codes of what the schemas can say, by the guide."""
UNSAID = frozenset(re.findall(r"^\| `([A-Z]{3}(?:\d{3})?)` \| [^|]+ \| [^|]+ \|$", _between("unsaid"), re.MULTILINE))
"""The codes of what they cannot say, or how these begin; the guide has the reason of each."""


# --- the two verdicts ---------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    """What our reader read, as JSON has it: a date is its text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _instance(path: str, content: bytes) -> Any:
    value = _plain(read(content, path).value)
    if path.endswith(".md") and isinstance(value, dict):
        value.pop(BODY)
    return value


def _schemas(checked: Checked) -> dict[str, SchemaFile]:
    return {file.path: file for file in schema_files(checked.loaded, checked.kinds)}


def _schema_for(path: str, schemas: Mapping[str, SchemaFile]) -> SchemaFile:
    match = load_schemas().of(path)
    assert match, path
    return schemas.get(place_of(*match)) or schemas[place_of(match[0], {})]


def _refused(path: str, content: bytes, schemas: Mapping[str, SchemaFile]) -> bool:
    validator = jsonschema.Draft7Validator(_schema_for(path, schemas).content)
    return not validator.is_valid(_instance(path, content))


@pytest.fixture(autouse=True, scope="module")
def templates_read_once() -> Iterator[None]:
    """No test here has templates of its own: those that ship are looked at once, not some hundred times."""
    kinds, problems = checking.discover(TemplateFolders(ROOT), None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "discover", lambda folders, memory: (kinds, list(problems)))
        yield


def _errors(checked: Checked) -> dict[str, set[str]]:
    """The codes of the errors of each file."""
    found: dict[str, set[str]] = {}
    for problem in checked.problems:
        if problem.severity == "error":
            found.setdefault(problem.source.path, set()).add(problem.code)
    return found


def _disagreements(there: Project, checked: Checked) -> dict[str, str]:
    """Of the files of a project those of which the two say different things; what no validator can read is left out."""
    schemas, errors = _schemas(checked), _errors(checked)
    found = {}
    for place in sorted((there.root / "data").rglob("*.*")):
        path = place.relative_to(there.root).as_posix()
        codes = errors.get(path, set())
        if not load_schemas().of(path) or any(code.startswith("YML") for code in codes):
            continue
        if _refused(path, place.read_bytes(), schemas) != bool(codes & SAID):
            found[path] = f"schema {'refuses' if not codes & SAID else 'accepts'}, check says {sorted(codes)}"
    return found


Cases = Mapping[str, Files]


def _told(make: Callable[..., Project], cases: Cases) -> tuple[dict[str, dict[str, str]], set[str]]:
    """The disagreements of each case, and all codes that were met."""
    found, codes = {}, set()
    for number, (name, files) in enumerate(cases.items()):
        there = make(files, folder=f"case-{number}")
        checked = check(there.root)
        codes |= set().union(*_errors(checked).values())
        if disagreement := _disagreements(there, checked):
            found[name] = disagreement
    return found, codes


# --- a corpus of good and bad files -------------------------------------------------------------------


def test_every_shipped_file_is_accepted() -> None:
    """What ships checks clean, and the schemas made from it accept each of its files."""
    schemas = {file.path: file for file in read_schemas(ROOT)}
    validators = {path: jsonschema.Draft7Validator(file.content) for path, file in schemas.items()}
    count = 0
    for place in sorted((ROOT / "data").rglob("*.*")):
        path = place.relative_to(ROOT).as_posix()
        if load_schemas().of(path):
            own = _schema_for(path, schemas)
            errors = [error.message for error in validators[own.path].iter_errors(_instance(path, place.read_bytes()))]
            assert (path, errors) == (path, [])
            count += 1
    assert count > 400


def test_schemas_are_valid(project: Callable[..., Project]) -> None:
    """Each schema is one for the metaschema it names."""
    for file in _schemas(check(project(designed_project()).root)).values():
        jsonschema.Draft7Validator.check_schema(file.content)
        assert file.content["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$id"]


GOOD: Cases = {
    "whole": whole_project(),
    "designed": designed_project(),
    **{f"{path} {new}": whole_project(swapped(path, old, new)) for path, old, new in NORMALISED},
    "numbers for names": whole_project(swapped(SUBMISSIONS, "'1'", "1")),
    "names quoted": whole_project(swapped(TERMS, "grounds: [1]", "grounds: ['1']")),
    "many where one is enough": whole_project(
        swapped(DELIVERABLES, "within: 2 weeks of event.restored", "on: [event.restored]")
    ),
    "a closed range": whole_project(swapped(AUTHORITY, "weekdays: [土, 日]", "start: 12-29\n      end: 1月3日")),
    "no answer yet": whole_project(swapped(CHECKLIST, "answer: ○", "answer:")),
    "a record called staff": whole_project({f"{CONTRACT}/records/incidents/staff.yml": WHOLE[INCIDENT]}),
}


def test_good_files_are_accepted_by_both(project: Callable[..., Project]) -> None:
    """Values as people write them, in either width and calendar, quoted or not."""
    assert _told(project, GOOD) == ({}, set())


def _rule(keys: Mapping[str, Any]) -> dict[str, str | bytes]:
    """The whole project with one more deadline rule."""
    row = json.dumps({"no": "3", "title": "三", "due": [keys]}, ensure_ascii=False)
    return whole_project({DELIVERABLES: f"{WHOLE[DELIVERABLES]}  - {row}\n"})


BAD: Cases = {
    **{f"{path} {new}": whole_project(swapped(path, old, new)) for path, old, new, _ in (*BAD_VALUES, *LOOSE_ENDS)},
    **{f"{path} {how}": whole_project({path: BROKEN[how](WHOLE[path])}) for path in WHOLE for how in BROKEN},
    **{f"{path} {line}": whole_project(swapped(path, line, f"{line.split(':')[0]}: {{a: b}}")) for path, line in ITEMS},
    **{f"{code} {title}": _rule(keys) for code, keys, title in BAD_RULES},
    "other pattern": whole_project(swapped(SUBMISSIONS, "date: 2026-05-08", "date: 2026-05-08\n    commit: 12ab")),
    "nothing where a pattern has to be met": designed_project(
        {"functions": designed_project()[f"{FOLDER}/functions.yml"].replace("crud: CRU", "crud: ''")}  # type: ignore[union-attr,arg-type]
    ),
    "no such record": whole_project(
        {
            f"{CONTRACT}/records/work/w1.yml": "title: a\nstart: 2026-05-01 9:00\nend: 2026-05-01 10:00\n"
            "people: [p1]\ncontent: a\nincident: 2026-002\nchange: c1\n"
        }
    ),
    "no such part of the design": designed_project({"servers": None}),
    "no such kind of design": designed_project(
        {"overview": designed_project()[f"{FOLDER}/overview.yml"].replace("of: subsystems", "of: subsystem")}  # type: ignore[union-attr,arg-type]
    ),
    "no such server in a chapter": designed_project({CHAPTER: MANUAL.replace("server: db01", "server: db02")}),
    "a chapter without its order": designed_project({CHAPTER: MANUAL.replace("order: 10\n", "")}),
    "no such paper": whole_project({HEAD: WHOLE[HEAD] + "approvals:\n  documents: [work-reprt]\n"}),
}


def test_bad_files_are_refused_by_both(project: Callable[..., Project]) -> None:
    """A file for each thing that can be wrong: whatever the guide says the schemas say, they say, and no more."""
    found, codes = _told(project, {name: files for name, files in BAD.items() if name not in DIFFERENT})
    assert found == {}
    assert codes >= SAID, "what is said to be said has an example here"


DIFFERENT: Mapping[str, str] = {
    f"{HEAD} title: 2026-04-01": "引用符のない日付",
    f"{HEAD} start: 令和 8 年 1 2 月 1 日": "数字の途中の空白",
    f"{HEAD} start: 令和⑧年4月1日": "丸数字",
    f"{INCIDENT} 2026-04-2816:30": "2026-04-2816:30",
    f"{STAFF} id: か\u3099": "濁点を別の文字に分けた",
}
"""Values of which the two say different things, and the guide's words for it."""


@pytest.mark.parametrize("case", DIFFERENT)
def test_difference_is_there_and_in_the_guide(project: Callable[..., Project], case: str) -> None:
    """What a schema cannot say of a single value, the guide says; it goes from the guide when it can."""
    path, _, new = case.partition(" ")
    old = {HEAD: "start: 2026-04-01", INCIDENT: "2026-04-28 16:30", STAFF: "id: p1\n"}[path]
    old = "title: 見本業務委託" if new.startswith("title") else old
    files = {**swapped(path, old, new + "\n" * old.endswith("\n"))}
    if path == STAFF:
        files |= {STAFF: files[STAFF].replace("person: p1", f"person: {unicodedata.normalize('NFC', new[4:])}")}
        files |= {CHECKLIST: WHOLE[CHECKLIST].replace("p1", unicodedata.normalize("NFC", new[4:]))}
    there = project(whole_project(files))
    assert list(_disagreements(there, check(there.root))) == [path]
    assert DIFFERENT[case] in GUIDE


def test_guide_places_every_code() -> None:
    """Each code of a kind that a check of data finds is one the schemas say, or there is a reason why not."""
    known = set(_problem_codes())
    assert known >= SAID
    assert known | {code[:3] for code in known} >= UNSAID
    families = {code[:3] for code in SAID | UNSAID}
    assert {code for code in known - SAID if code[:3] in families and not {code, code[:3]} & UNSAID} == set()


# --- the rules of the schemas -------------------------------------------------------------------------

SAID_RULES = {
    *("type", "required", "schema", "allowed", "min", "max", "minlength", "regex", "nullable", "coerce", "valuesrules"),
    "reference",
}
OTHER_RULES = {
    "meta": "words",
    "keysrules": "keys are text in every YAML that is read",
    "unique_by": "SCH007, see the guide",
    "pair_by": "for comparisons",
    "ahead": "for what a document may tell",
    "whole": "for what is left out with a wrong value",
}


def _rules(rule: Any) -> Iterator[Rules]:
    if isinstance(rule, dict):
        yield rule
        inner = rule.get("schema")
        yield from _rules(inner) if rule.get("type") == "list" else _fields(inner)
        yield from _rules(rule.get("valuesrules"))


def _fields(fields: Any) -> Iterator[Rules]:
    for rule in fields.values() if isinstance(fields, dict) else ():
        yield from _rules(rule)


def _all_schemas() -> list[Schema]:
    return [*load_schemas().by_kind.values(), load_manifest_schema()]


def test_no_rule_is_overlooked() -> None:
    """Every rule and type in the schemas is either said in JSON Schema or known to be something else."""
    found = [rule for schema in _all_schemas() for rule in (*_fields(schema.fields), *_of_definitions(schema))]
    assert {key for rule in found for key in rule} <= SAID_RULES | set(OTHER_RULES)
    assert {rule["type"] for rule in found} <= {*_FORMS, "list", "dict"}


def _of_definitions(schema: Schema) -> Iterator[Rules]:
    """The rules of the definitions that schemas share."""
    for fields in schema.definitions.values():
        yield from _fields(fields)


def _described(schema: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from _described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _described(inner)


@pytest.mark.parametrize("schema", _all_schemas(), ids=lambda schema: schema.kind)
def test_examples_are_right(schema: Schema) -> None:
    """An example that an editor offers is accepted where it is offered, and fields have their words."""
    made = json_schema(schema, {})
    offered = [part for part in _described(made) if isinstance(part.get("examples"), list)]
    for part in offered:
        whole = {**part, "definitions": made.get("definitions", {})}
        for value in part["examples"]:
            assert jsonschema.Draft7Validator(whole).is_valid(value), (part["title"], value)
    for key, field in made["properties"].items():
        assert field["title"] == schema.fields[key]["meta"]["title"]
        assert field["description"].startswith(schema.fields[key]["meta"]["help"])


def test_enums_have_their_labels(project: Callable[..., Project]) -> None:
    """What a coded value means stands beside it."""
    clauses = _schemas(check(project(whole_project()).root))["contracts/mihon/clauses.json"].content
    obligor = clauses["definitions"]["clause"]["properties"]["obligor"] if "definitions" in clauses else {}
    obligor = obligor or clauses["properties"]["clauses"]["items"]["properties"]["obligor"]
    assert obligor["enum"] == ["vendor", "authority", "both", "none"]
    assert obligor["enumDescriptions"] == ["受注者", "発注者", "双方", "なし"]
    assert obligor["errorMessage"] == "書ける値: vendor（受注者）、authority（発注者）、both（双方）、none（なし）"


# --- names --------------------------------------------------------------------------------------------


def _offered(file: SchemaFile, *path: str) -> dict[Any, str]:
    """What an editor offers for a field, with what it says of each."""
    content = file.content
    part: Any = content
    for step in path:
        part = _followed(part, content)
        part = part["items"] if step == "*" else part["properties"][step]
    ways = _described([part, *(_followed(one, content) for one in part.get("allOf", ()))])
    return {
        value: label
        for way in ways
        if "enum" in way
        for value, label in zip(way["enum"], way["enumDescriptions"], strict=True)
    }


def _followed(part: Any, content: Any) -> Any:
    name = str(part.get("$ref", "")).removeprefix("#/definitions/")
    return content["definitions"][name] if name else part


def test_names_of_the_project_are_offered(project: Callable[..., Project]) -> None:
    """People, roles, clauses, deliverables, tasks, records, cells, check items, kinds of document and of record."""
    made = _schemas(check(project(designed_project()).root))

    def own(kind: str, *path: str) -> dict[Any, str]:
        return _offered(made[f"contracts/mihon/{kind}.json"], *path)

    assert own("staff", "appointments", "*", "person") == {"p1": "見本 太郎"}
    assert own("plan", "tasks", "*", "role") == {"supervisor": "監督職員", "manager": "業務責任者"}
    assert own("plan", "tasks", "*", "clauses", "*") == {
        1: "障害への対応",
        "1-1": "報告",
        "mihon-terms/1": "情報取扱特記事項　秘密の保持",
    }
    assert own("submissions", "submissions", "*", "deliverable") == {1: "作業報告書", 2: "障害報告書"}
    assert own("submissions", "submissions", "*", "event") == {"incidents/2026-001": "2026-001 送信できない"}
    assert own("records/work", "task") == {"inspection": "定期点検"}
    assert own("records/work", "incident") == {"2026-001": "2026-001 送信できない"}
    assert own("deliverables", "deliverables", "*", "cell") == {"monthly": "毎月末から10日以内"}
    assert own("deliverables", "deliverables", "*", "documents", "*")["work-report"] == "作業実績報告書"
    assert own("checklist", "answers", "*", "item") == {"mihon-terms/1": "秘密は守られているか。"}
    assert own("contract", "authority") == {"mihon-shi": "見本市"}
    assert own("contract", "departments", "*", "department") == {"joho": "情報課"}
    assert own("design/servers", "servers", "*", "host").keys() >= {"db01"}
    assert own("records/changes", "design", "*").keys() >= {"servers/db01", "overview/purpose"}
    assert own("deliverables", "deliverables", "*", "due", "*", "event")["incidents"] == "障害"
    assert _offered(made["terms/mihon-terms.json"], "check_items", "*", "grounds", "*") == {1: "秘密の保持"}


def test_names_follow_the_data(project: Callable[..., Project]) -> None:
    """Somebody new is offered once he is in staff.yml, and whoever left it is not."""
    newcomer = WHOLE[STAFF].replace("  - id: p1\n    name: 見本 太郎\n", "  - id: p2\n    name: 例示 花子\n", 1)
    there = project(whole_project())
    before = _offered(_schemas(check(there.root))["contracts/mihon/records/work.json"], "people", "*")
    there.write({STAFF: newcomer})
    after = _offered(_schemas(check(there.root))["contracts/mihon/records/work.json"], "people", "*")
    assert (before, after) == ({"p1": "見本 太郎"}, {"p2": "例示 花子"})


def test_names_of_another_contract_are_not_offered(project: Callable[..., Project]) -> None:
    """Ids live in their contract."""
    other = {path.replace("mihon/", "other/"): text for path, text in WHOLE.items() if "/contracts/" in path}
    other["data/contracts/other/staff.yml"] = WHOLE[STAFF].replace("p1", "q1")
    made = _schemas(check(project(whole_project(other)).root))
    assert list(_offered(made["contracts/other/checklist.json"], "officer")) == ["q1"]
    assert list(_offered(made["contracts/mihon/checklist.json"], "officer")) == ["p1"]


def test_terms_offer_what_every_contract_has(project: Callable[..., Project]) -> None:
    """An answer of shared terms is an error where one contract lacks what it names."""
    other = {path.replace("mihon/", "other/"): text for path, text in WHOLE.items() if "/contracts/" in path}
    path = "data/contracts/other/plan.yml"
    other[path] = WHOLE[PLAN] + "  - id: drill\n    title: 訓練\n"
    files = whole_project(other | {TERMS: WHOLE[TERMS].replace("- check: mihon-terms/1", "- task: drill")})
    there = project(files)
    checked = check(there.root)
    assert _errors(checked) == {TERMS: {"REF001"}}
    assert _disagreements(there, checked) == {}


# --- properties ---------------------------------------------------------------------------------------

_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@st.composite
def days(draw: st.DrawFn) -> str:
    """The text of a day, or of what looks like one, in one of the forms people write."""
    month, day = draw(st.integers(0, 13)), draw(st.integers(0, 32))
    era = draw(st.sampled_from(["", "", "令和", "平成", "昭和", "大正", "明治", "R", "h", "S"]))
    year = draw(st.integers(0, 70) if era else st.integers(1860, 2110))
    said = "元" if era and year == 1 and draw(st.booleans()) else str(year)
    sign = draw(st.sampled_from(["-", "/", ".", "年月"]))
    months, dates = (f"{n:02}" if draw(st.booleans()) else str(n) for n in (month, day))
    text = f"{said}年{months}月{dates}日" if sign == "年月" else f"{said}{sign}{months}{sign}{dates}"
    return era + (text.translate(_WIDE) if draw(st.booleans()) else text)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A day, a time, both, a number, a name, or pieces of them."""
    hour, minute = draw(st.integers(0, 26)), draw(st.integers(0, 61))
    time = draw(st.sampled_from([f"{hour}:{minute:02}", f"{hour}時{minute:02}分", f"{hour:02}：{minute}"]))
    gap = draw(st.sampled_from([" ", "T", "　", "  "]))
    name = draw(st.text("a1-/_.あ漢 ※ー", max_size=6))
    number = str(draw(st.integers(-30, 400)))
    pieces = [
        draw(days()),
        f"{draw(days())}{gap}{time}",
        time,
        name,
        number,
        number.translate(_WIDE),
        f"{hour}-{minute}",
    ]
    return draw(st.sampled_from([" ", ""])) + draw(st.sampled_from(pieces))


@pytest.mark.parametrize("kind", ["date", "moment", "clock", "monthday", "integer", "id", "ground", "item"])
@given(text=texts())
@example(text="1900-02-29")
@example(text="2000-02-29 24:00")
@example(text="令和082年2月29日")
@settings(max_examples=150)
def test_text_is_read_alike(kind: str, text: str) -> None:
    """A text is accepted by the schema of a type when the reader makes something of it."""
    form = _FORMS[kind]({"type": kind})
    shared = {"date": {"pattern": patterns.date()}, "moment": {"pattern": patterns.moment()}}
    wanted, value = SCALAR_TYPES[kind], SCALAR_TYPES[kind].normalise(text)
    right = isinstance(value, wanted.python) and not wanted.refuses(value)
    assert jsonschema.Draft7Validator({**form, "definitions": shared}).is_valid(text) == right


BASE = {path: text for path, text in designed_project({"subsystems": SUBSYSTEMS}).items() if isinstance(text, str)}
MUTABLE = sorted(path for path in BASE if path.endswith(".yml"))
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 7, -1, "", " ", "x", "a b", "p1", "manager", "1-1", "mihon-terms/1", "servers/db01"),
    *("2026-02-30", "令和8年4月1日", "2026-04-28 16:30", "8:40", "12-29", "○", [], {}, ["x"], [1], {"x": "y"}),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in inside:
        yield (*path, step)
        yield from _places(inner, (*path, step))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, Any]:
    """A data file with something in it taken away, put in, named otherwise or replaced."""
    path = draw(st.sampled_from(MUTABLE))
    value = _plain(read(BASE[path].encode(), path).value)
    places = sorted(_places(value), key=str)
    steps = draw(st.sampled_from(places))
    holder = value
    for step in steps[:-1]:
        holder = holder[step]
    how = draw(st.sampled_from(["take", "replace", "rename", "copy"]))
    if how == "replace":
        holder[steps[-1]] = copy.deepcopy(draw(st.sampled_from(VALUES)))
    elif how == "take" or isinstance(holder, list):
        del holder[steps[-1]]
    elif how == "rename":
        holder[draw(st.sampled_from(["nai", "title", "id", "note"]))] = holder.pop(steps[-1])
    else:
        holder[draw(st.sampled_from(["nai", "title", "on", "start"]))] = copy.deepcopy(holder[steps[-1]])
    return path, value


@pytest.fixture(scope="module")
def mutable(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project whose files are changed and put back."""
    return Project(tmp_path_factory.mktemp("mutated")).write(designed_project({"subsystems": SUBSYSTEMS}))


@given(mutation=mutations())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mutated_file_gets_the_same_verdict(mutable: Project, mutation: tuple[str, Any]) -> None:
    """Whatever single thing is changed in a good file, both accept it or both refuse it, where a schema can say it."""
    path, value = mutation
    mutable.write({path: json.dumps(value, ensure_ascii=False) or "{}"})
    try:
        checked = check(mutable.root)
        codes = _errors(checked).get(path, set())
        if not any(code.startswith("YML") for code in codes):
            refused = _refused(path, (mutable.root / path).read_bytes(), _schemas(checked))
            assert refused == bool(codes & SAID), (codes, value)
    finally:
        mutable.write({path: BASE[path]})
