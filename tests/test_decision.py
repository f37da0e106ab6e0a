"""What a verdict means for the run."""

from __future__ import annotations

import pytest

from linter.decision import breaks
from linter.model import Verdict


@pytest.mark.parametrize(
    ("record", "error", "broken"),
    [
        (None, None, False), (None, "no such file or directory", True), (3, "not valid JSON", False),
        (3, "internal error: IndexError", True),
    ],
)  # fmt: skip
def test_a_bad_record_is_no_error_of_the_run(record: int | None, error: str | None, broken: bool) -> None:
    assert breaks(Verdict(path="a.txt", record=record, error=error)) == broken
