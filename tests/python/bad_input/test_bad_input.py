"""Runs the table of bad input: no crash, no internal exception, nothing silent; each row ends as it says."""

import re

import pytest
from bad_input.rows import ROWS
from bad_input.table import outcome_of, reached, shape


@pytest.mark.parametrize("index", range(len(ROWS)), ids=[row.id for row in ROWS])
def test_row(index):
    ended = outcome_of(index)
    assert ended.wrong is None, f"{ROWS[index].what}, {ROWS[index].place}: {ended.wrong}\n{ended.error}: {ended.text}"


def test_the_table_is_as_large_as_it_is_meant_to_be():
    assert len(ROWS) >= 600
    assert len({row.what for row in ROWS}) >= 400


def test_many_different_messages_are_reached(root):
    ways = reached()
    rows = dict(re.findall(r"^DIAG\((\w+), (\w+)", (root / "src/base/diag.def").read_text(), re.M))
    diagnostics = {diagnostic for _, diagnostic, _ in ways if diagnostic}
    internal = {name for name, cls in rows.items() if cls == "InternalError"}
    elsewhere = {"UnsupportedPython", "Refused"}  # needs another CPython; stands behind "because" alone
    assert diagnostics == rows.keys() - internal - elsewhere
    assert len(ways) >= 150, "\n".join(sorted(map(str, ways)))


def test_a_shape_is_what_the_message_says_without_what_is_filled_in():
    from bad_input.table import Outcome

    texts = ["cannot index array(float64, 1d, C) with UniTuple(int64 x 2)", "cannot index Tuple(int64, unicode_type) with int64"]
    assert len({shape(Outcome("TypingError", "NoItem", text, None)) for text in texts}) == 1
