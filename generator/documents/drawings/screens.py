"""画面遷移図: which screen leads to which, by what is done there."""

from __future__ import annotations

from generator.documents.design import things
from generator.documents.drawings.drawing import Drawing, by_id, first_subsystem, listed, name_of, numbered
from generator.documents.drawings.groups import Line
from generator.documents.drawings.nets import Node, Sheet, sheets
from generator.model import Contract

MOST = 12


def screens(contract: Contract) -> list[Drawing]:
    """画面遷移図: one drawing, or several by what hangs together and by subsystem."""
    known = by_id(things(contract, "screens"))
    nodes = {key: Node(name_of(item), (key,)) for key, item in known.items()}
    places = first_subsystem(contract)
    belongs = {key: places[f"screens/{key}"] for key in known if f"screens/{key}" in places}
    titles = {key: name_of(item) for key, item in known.items()}
    made = sheets(nodes, _lines(contract), belongs, MOST)
    return numbered("screens", "画面遷移図", [_sheet(sheet, titles, len(made) > 1) for sheet in made])


def _lines(contract: Contract) -> list[Line]:
    """One for each two screens, with all that leads from the one to the other."""
    ways: dict[tuple[str, str], list[str]] = {}
    for screen in things(contract, "screens"):
        for action in screen.get("actions") or ():
            if action.get("next"):
                ways.setdefault((str(screen["id"]), str(action["next"])), []).append(
                    " ".join(str(action["title"]).split())
                )
    return [Line(start, end, "／".join(dict.fromkeys(said))) for (start, end), said in ways.items()]


def _sheet(sheet: Sheet, titles: dict[str, str], several: bool) -> tuple[str, str, str]:
    names = listed((titles[key] for key in sheet.keys), 24)
    table = "同じ内容を画面の表に示す。"
    if sheet.lone:
        return "移動の記載がない画面", sheet.drawing, f"移動の記載がない画面。{names}。{table}"
    moves = listed(f"{titles[line.start]}から{titles[line.end]}へ" for line in sheet.lines)
    more = f"破線の枠（{listed(titles[key] for key in sheet.ghosts)}）はほかの図の画面。" if sheet.ghosts else ""
    alternative = f"画面遷移図。{moves}。{more}同じ画面に残る操作は描いていない。{table}"
    return ("・".join(titles[key] for key in sheet.keys) if several else ""), sheet.drawing, alternative
