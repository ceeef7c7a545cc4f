"""Runs the table of bad input: no crash, no internal exception, nothing silent; each row ends as it says."""

import pytest

from bad_input import arguments, constructs, decorations, operations, programs, run_time  # noqa: F401
from bad_input.table import ROWS, outcome_of


@pytest.mark.parametrize("index", range(len(ROWS)), ids=[row.id for row in ROWS])
def test_row(index):
    ended = outcome_of(index)
    assert ended.wrong is None, f"{ROWS[index].what}, {ROWS[index].place}: {ended.wrong}\n{ended.error}: {ended.text}"
