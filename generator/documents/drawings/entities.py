"""ER 図: data with their keys, and how many of one belong to how many of another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.documents.design import things
from generator.documents.drawings.drawing import Drawing, by_id, listed, name_of, numbered, short, subsystem_of
from generator.documents.drawings.groups import Line
from generator.documents.drawings.nets import Node, Sheet, sheets
from generator.model import Contract, Item

MOST = 9
ENDS = {"1": "tee", "N": "crow", "M": "crow"}


def entities(contract: Contract) -> list[Drawing]:
    """ER 図: one drawing, or several by what hangs together and by subsystem."""
    known = by_id(things(contract, "entities"))
    nodes = {key: Node(name_of(item), tuple(_keys(item))) for key, item in known.items()}
    lines = [*_relations(known), *_references(known)]
    made = sheets(nodes, lines, _belongs(contract), MOST)
    return numbered("entities", "ER図", [_sheet(sheet, known, len(made) > 1) for sheet in made])


def _keys(item: Item) -> Iterator[str]:
    """The attributes that identify, and those that refer."""
    for attribute in item.get("attributes") or ():
        marks = [mark for mark, field in (("PK", "key"), ("FK", "refers")) if attribute.get(field)]
        if marks:
            yield f"{'・'.join(marks)} {short(name_of(attribute), 20)}"


def _relations(known: Mapping[str, Item]) -> Iterator[Line]:
    """Each once, though both sides may say it; what a side says first stands."""
    said: dict[tuple[str, str, str], set[str]] = {}
    for key, item in known.items():
        for row in item.get("relations") or ():
            other, count = str(row["entity"]), str(row.get("count") or "")
            if other not in known or other == key:
                continue
            if key in said.get((other, key, count[::-1] if count != "N:M" else count), ()):
                continue
            said.setdefault((key, other, count), set()).add(other)
            ends = [ENDS.get(end, "none") for end in count.partition(":")[::2]]
            yield Line(key, other, str(row.get("meaning") or ""), ends[1], ends[0])


def _references(known: Mapping[str, Item]) -> Iterator[Line]:
    """References between data whose relation is not said."""
    pairs = {frozenset((key, str(r["entity"]))) for key, item in known.items() for r in item.get("relations") or ()}
    for key, item in known.items():
        for attribute in item.get("attributes") or ():
            pair = frozenset((key, str(attribute.get("refers"))))
            if attribute.get("refers") in known and pair not in pairs:
                pairs.add(pair)
                yield Line(key, str(attribute["refers"]), name_of(attribute), "vee", dashed=True)


def _belongs(contract: Contract) -> Mapping[str, str]:
    """The subsystem that makes some data; else the first that uses it."""
    own = subsystem_of(contract)
    found: dict[str, str] = {}
    for letters in ("C", "RUD"):
        for function in things(contract, "functions"):
            for row in function.get("data") or ():
                if set(str(row.get("crud") or "")) & set(letters) and str(function["id"]) in own:
                    found.setdefault(str(row["entity"]), own[str(function["id"])])
    return found


def _sheet(sheet: Sheet, known: Mapping[str, Item], several: bool) -> tuple[str, str, str]:
    names = [name_of(known[key]) for key in sheet.keys]
    if sheet.lone:
        table = "同じ内容をデータの表に示す。"
        return "関連の記載がないデータ", sheet.drawing, f"関連の記載がないデータ。{listed(names, 24)}。{table}"
    said = _said(sheet.lines, known)
    marks = "線の端は、短い横線が1、鳥の足が多。破線の矢印は項目の参照。PKは識別子、FKは参照する項目。"
    more = (
        f"破線の枠（{listed(name_of(known[key]) for key in sheet.ghosts)}）はほかの図のデータ。" if sheet.ghosts else ""
    )
    alternative = f"ER図。{listed(names)}。{said}{marks}{more}同じ内容をデータの表に示す。"
    return ("・".join(names) if several else ""), sheet.drawing, alternative


def _said(lines: Iterable[Line], known: Mapping[str, Item]) -> str:
    words = {("tee", "tee"): "1対1", ("tee", "crow"): "1対多", ("crow", "tee"): "多対1", ("crow", "crow"): "多対多"}
    rows = [
        f"{name_of(known[line.start])}と{name_of(known[line.end])}は{words.get((line.tail, line.head), '参照')}"
        for line in lines
    ]
    return listed(rows) + "。"
