"""モジュール関連図: which module calls which."""

from __future__ import annotations

from generator.documents.design import things
from generator.documents.drawings.drawing import Drawing, by_id, first_subsystem, listed, name_of, numbered
from generator.documents.drawings.groups import Line
from generator.documents.drawings.nets import Node, Sheet, sheets
from generator.model import Contract

MOST = 12


def modules(contract: Contract) -> list[Drawing]:
    """モジュール関連図: one drawing, or several by what hangs together and by subsystem."""
    known = by_id(things(contract, "modules"))
    nodes = {key: Node(name_of(item), (key, str(item.get("kind") or ""))) for key, item in known.items()}
    places = first_subsystem(contract)
    belongs = {key: places[f"modules/{key}"] for key in known if f"modules/{key}" in places}
    titles = {key: name_of(item) for key, item in known.items()}
    lines = [Line(key, str(other)) for key, item in known.items() for other in dict.fromkeys(item.get("calls") or ())]
    made = sheets(nodes, lines, belongs, MOST)
    return numbered("modules", "モジュール関連図", [_sheet(sheet, titles, len(made) > 1) for sheet in made])


def _sheet(sheet: Sheet, titles: dict[str, str], several: bool) -> tuple[str, str, str]:
    names = listed((titles[key] for key in sheet.keys), 24)
    table = "同じ内容をモジュールの表に示す。"
    if sheet.lone:
        return "呼び出しの記載がないモジュール", sheet.drawing, f"呼び出しの記載がないモジュール。{names}。{table}"
    calls = listed(f"{titles[line.start]}が{titles[line.end]}を呼び出す" for line in sheet.lines)
    more = f"破線の枠（{listed(titles[key] for key in sheet.ghosts)}）はほかの図のモジュール。" if sheet.ghosts else ""
    title = "・".join(titles[key] for key in sheet.keys) if several else ""
    return title, sheet.drawing, f"モジュール関連図。{calls}。{more}{table}"
