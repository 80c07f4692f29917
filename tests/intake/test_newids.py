"""A new item is called as those before it were."""

from __future__ import annotations

import pytest

from generator.intake.newids import next_number


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "p01"),
        (["p01", "p02", "p09"], "p10"),
        (["p99"], "p100"),
        (["p1", "p2"], "p3"),
        (["officer", "s-003", "s-001", "p1"], "s-004"),
        (["taro", "hanako"], "p01"),
    ],
)
def test_next_number_of_the_most_common_word(existing: list[str], expected: str) -> None:
    """The highest number of the most common word, and one more, as many digits wide."""
    assert next_number(existing, "p01") == expected
