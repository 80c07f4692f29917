"""Software whose makers no longer support it while the contract runs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.intake.eras import wareki
from generator.problems import Problem
from generator.rules.designthings import Design

PROBLEM_CODES = {"DSG009": "契約期間にサポートの終わるソフトウェア"}


def software_is_supported(design: Design) -> Iterator[Problem]:
    """Support lasts to the end of the contract; what had none when it began is wrong."""
    period = design.period
    for software in design.things("software"):
        end = software.values.get("support_end")
        if end is None or end > period.end:
            continue
        place, name = software.place("support_end"), f"ソフトウェア{software.called}"
        if end < period.start:
            message = f"{name}のサポートは、契約の始まる前の{wareki(end)}に終わっています"
            yield Problem(place, "DSG009", message, "サポートのある版に改めるか、終了日を確かめてください")
        else:
            tense = "終わりました" if design.as_of and end < design.as_of else "終わります"
            message = f"{name}のサポートが、契約期間中の{wareki(end)}に{tense}"
            yield Problem(place, "DSG009", message, "更新の計画を立て、更新後の版に改めてください", "warning")
