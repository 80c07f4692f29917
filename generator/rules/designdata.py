"""Entities, tables and who writes them: relations that agree, keys that exist, operations that were declared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from generator.problems import Problem
from generator.rules.designthings import Design, Thing

PROBLEM_CODES = {
    "DSG012": "食い違う関連",
    "DSG013": "参照できない項目",
    "DSG014": "どの機能も作らないデータ",
    "DSG015": "主キーのない表",
    "DSG016": "表にない索引の列",
    "DSG017": "機能に書かれていない表の操作",
}

_TURNED = {"1:1": "1:1", "1:N": "N:1", "N:1": "1:N", "N:M": "N:M"}
_WRITES = {"C": "作成", "U": "更新", "D": "削除"}


def relations_agree(design: Design) -> Iterator[Problem]:
    """Where both sides tell of a relation, one count is the other turned round."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in design.things("entities"):
        for _, relation in entity.rows("relations"):
            told[entity.id, str(relation["entity"])].add(str(relation["count"]))
    passed: set[str] = set()
    for entity in design.things("entities"):
        for index, relation in entity.rows("relations"):
            other, count = str(relation["entity"]), str(relation["count"])
            mine, theirs = told[entity.id, other], told.get((other, entity.id), set())
            right = {_TURNED[one] for one in theirs}
            if other in passed and count not in right and not (mine <= right or right <= mine):
                message = f"データ{entity.called}から「{other}」への関係が {count} ですが、"
                message += f"「{other}」の側では {'、'.join(sorted(theirs))} です"
                hint = f"{'か '.join(sorted(right))} にするか、「{other}」の側の count を改めてください"
                yield Problem(entity.place("relations", index, "count"), "DSG012", message, hint)
        passed.add(entity.id)


def attributes_refer_to_something(design: Design) -> Iterator[Problem]:
    """What an attribute refers to can be told apart, and a code that it uses has values."""
    entities, codes = design.named("entities"), design.named("codes")
    for entity in design.things("entities"):
        for index, attribute in entity.rows("attributes"):
            name = f"データ「{entity.id}」の項目「{attribute['id']}」"
            target, code = entities.get(attribute.get("refers") or ""), codes.get(attribute.get("code") or "")
            if target and target.values.get("attributes") and not _has_key(target, "attributes"):
                message = f"{name}が参照するデータ{target.called}に、識別子の項目がありません"
                hint = "識別子の項目に key: true を書いてください"
                yield Problem(entity.place("attributes", index, "refers"), "DSG013", message, hint, "warning")
            if code and not code.values.get("codes"):
                message = f"{name}が使うコード{code.called}に、値がありません"
                yield Problem(entity.place("attributes", index, "code"), "DSG013", message, _NO_VALUES, "warning")


_NO_VALUES = "codes.yml に値 (codes) を書いてください"


def _has_key(thing: Thing, rows: str) -> bool:
    return any(row.get("key") for _, row in thing.rows(rows))


def entities_are_created(design: Design) -> Iterator[Problem]:
    """An entity comes from somewhere: a function makes it, a job writes it, or it is received."""
    operations = [row for function in design.things("functions") for _, row in function.rows("data")]
    if not operations:
        return
    made = {row["entity"] for row in operations if "C" in row["crud"]}
    made |= {name for job in design.things("jobs") for name in job.listed("writes")}
    received = (one for one in design.things("interfaces") if one.values["direction"] != "send")
    made |= {name for one in received for name in one.listed("entities")}
    for entity in design.things("entities"):
        if entity.id not in made:
            message = f"データ{entity.called}を作る機能がありません"
            hint = "functions.yml の data で、作る機能の crud に C を書いてください"
            yield Problem(entity.place("id"), "DSG014", message, hint, "warning")


def tables_have_keys(design: Design) -> Iterator[Problem]:
    """A table whose columns are known has a key, and its indexes are over columns of its own."""
    for table in design.things("tables"):
        columns = {str(column["id"]) for _, column in table.rows("columns")}
        if columns and not _has_key(table, "columns"):
            message = f"表{table.called}に主キーがありません"
            yield Problem(table.place("id"), "DSG015", message, "主キーの列に key: true を書いてください", "warning")
        for at, index in table.rows("indexes") if columns else ():
            for step, column in enumerate(index["columns"]):
                if column not in columns:
                    near = get_close_matches(column, sorted(columns), 1, 0.6)
                    message = f"索引「{index['id']}」の列「{column}」が、表{table.called}にありません"
                    hint = f"{near[0]} ではありませんか" if near else f"ある列: {'、'.join(sorted(columns)[:8])}"
                    yield Problem(table.place("indexes", at, "columns", step), "DSG016", message, hint)


def operations_are_declared(design: Design) -> Iterator[Problem]:
    """What a module does to a table, one of its functions says it does to the table's data.

    Where an entity has several tables, a row more in one of them need not be a new entity: nothing is said.
    """
    functions = design.named("functions")
    holds = Counter(table.values.get("entity") for table in design.things("tables"))
    told = {one.id: entity for one in design.things("tables") if holds[entity := one.values.get("entity")] == 1}
    for module in design.things("modules"):
        own = [functions[name] for name in module.listed("functions") if name in functions]
        declared: dict[str, set[str]] = defaultdict(set)
        for _, row in (pair for function in own for pair in function.rows("data")):
            declared[row["entity"]].update(row["crud"])
        for index, row in module.rows("tables") if declared else ():
            entity = told.get(row["table"])
            more = [letter for letter in row["crud"] if letter in _WRITES and letter not in declared[entity or ""]]
            if entity and more:
                message = f"モジュール{module.called}が表「{row['table']}」で行う{'・'.join(_WRITES[one] for one in more)}が、"
                message += f"機能（{'、'.join(one.id for one in own)}）のデータ「{entity}」の操作にありません"
                hint = f"functions.yml の data に {''.join(more)} を加えるか、モジュールの crud を改めてください"
                yield Problem(module.place("tables", index, "crud"), "DSG017", message, hint, "warning")
