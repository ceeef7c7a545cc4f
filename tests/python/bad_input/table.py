"""The rows of the table of bad input (Row), how each is run and judged, and how the diagnostics that they reach are counted.

A row is a construct or an argument in a place. It ends in an exception of a class with a text, at a place of the source with
a caret; or, where the input only looks bad, in what CPython and NumPy give. What a row ended in is kept as text (Outcome), so
that a row runs once however many tests ask for it.
"""

import functools
import json
import linecache
import os
import re
import subprocess
import sys
import warnings
from itertools import count
from pathlib import Path
from typing import NamedTuple

import numpy as np
from oracle import Outcome as Ended, copied, difference, error_difference, outcome

import lancehead
from lancehead import errors, jit, njit, prange

ROWS = []
ANY = ".*"  # a caret is shown, under whatever
_numbers = count()
_MARK = "row "


class Row(NamedTuple):
    """One case of the table."""

    what: str  # the construct or the argument
    place: str
    do: object  # what is done, without arguments
    error: type | None = None  # the class of what it raises, if CPython is not asked
    message: str = ""  # what the text of the exception matches
    caret: str | None = None  # what the source under the caret matches; None: no source is shown
    python: object = None  # what CPython does instead of `do`: its value or exception is the right one
    text: object = True  # whether CPython's text is the right one too (oracle.error_difference)
    apart: bool = False  # runs in the process for rows that may crash

    @property
    def id(self):
        return re.sub(r"\s+", " ", f"{self.what}, {self.place}".encode("ascii", "backslashreplace").decode())[:120]


class Outcome(NamedTuple):
    """What became of a row, as text alone: neither values nor exceptions are kept."""

    error: str | None
    diagnostic: str | None
    text: str
    wrong: str | None  # why it is not what the row says


def add(*args, **fields):
    """Adds a row."""
    ROWS.append(Row(*args, **fields))


def function(source, name="f", **scope):
    """The function of this source, whose lines diagnostics can show."""
    file = f"<bad input {next(_numbers)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    scope.update(np=np, njit=njit, jit=jit, prange=prange, __name__="bad_input")
    exec(compile(source, file, "exec", dont_inherit=True), scope)
    return scope[name]


def refused(what, place, source, args, error, message, caret=ANY, scope=None, **options):
    """A function that njit refuses for these arguments."""
    add(what, place, lambda: njit(**options)(function(source, **(scope or {})))(*args), error, message, caret)


def like_python(what, place, source, args, text=True, scope=None, **options):
    """A function of which CPython says what is right: a value or an exception."""

    @functools.cache
    def original():
        return function(source, **(scope or {}))

    mine, pythons = copied(args), copied(args)
    add(
        what,
        place,
        lambda: (njit(**options)(original())(*mine), mine),
        python=lambda: (original()(*pythons), pythons),
        text=text,
    )


# ---- judging


def _shown(text):
    """What is under the caret of the first place that a text shows; None if there is none."""
    found = re.search(r"^.*:\d+:\n    (.*)\n    ( *)(\^+)$", text, re.M)
    if not found:
        return None
    source, indent, carets = found.groups()
    return source[len(indent) : len(indent) + len(carets)]


def _fault_of_error(row, error):
    """Why the exception is not the row's; None if it is."""
    text = str(error)
    if type(error) is not row.error:
        return f"a {type(error).__name__}, not a {getattr(row.error, '__name__', row.error)}"
    if not re.search(row.message, text):
        return f"the text does not match {row.message!r}"
    shown = _shown(text)
    if row.caret is None:
        return None
    if shown is None:
        return "no source line with a caret"
    return None if re.fullmatch(row.caret, shown) else f"the caret is under {shown!r}, not {row.caret!r}"


def _fault(row, ended):
    if isinstance(ended.error, (errors.InternalError, SystemError)):
        return "an internal error"
    if row.python is None:
        return _fault_of_error(row, ended.error) if ended.error else f"no error but the value {ended.value!r}"
    right = outcome(row.python, ())
    if right.error is not None and ended.error is not None:
        return error_difference(right.error, ended.error, row.text)
    if right.error is not None or ended.error is not None:
        return f"CPython ends in {right}"
    return difference(right.value, ended.value, ulp=2)


def _run(row):
    with warnings.catch_warnings():
        warnings.simplefilter("error", errors.NumbaWarning)
        try:
            return Ended(row.do(), None, ())
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return Ended(None, error, ())


@functools.cache
def outcome_of(index):
    """What becomes of a row, which runs here or, if it may crash, has run in the other process."""
    return outcomes_apart()[index] if ROWS[index].apart else run(index)


def run(index):
    """Runs a row."""
    row = ROWS[index]
    ended = _run(row)
    wrong = _fault(row, ended)
    error = ended.error
    if error is None:
        return Outcome(None, None, "", wrong)
    return Outcome(type(error).__name__, getattr(error, "diagnostic", None), str(error), wrong)


# ---- rows that may crash


@functools.cache
def outcomes_apart():
    """The outcomes of the rows that run apart, by index: of one process, which writes a line as each row begins and ends."""
    command = [sys.executable, "-c", "import bad_input.rows; from bad_input.table import run_apart; run_apart()"]
    paths = [str(Path(__file__).parents[1]), *sys.path]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=environment)
        text, ended = done.stdout, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    except subprocess.TimeoutExpired as late:
        text, ended = (late.stdout or b"").decode(), "did not end"
    found = {}
    for line in text.splitlines():
        if line.startswith(_MARK):
            index, fields = json.loads(line.removeprefix(_MARK))
            found[index] = Outcome(*fields)
    for index, row in enumerate(ROWS):
        if row.apart and index not in found:
            found[index] = Outcome(None, None, "", f"the process {ended}")
            ended = "ended in an earlier row"
    return found


def run_apart():
    """Runs the rows for outcomes_apart()."""
    for index, row in enumerate(ROWS):
        if row.apart:
            print(_MARK + json.dumps([index, run(index)]), flush=True)


# ---- counting

_FILLED_IN = [
    (r"'[^']*'|\"[^\"]*\"", "'...'"),
    (r"\bof (the )?(Python )?type \S+( with dtype .*(?= is not))?", "of type T"),
    (r"\bslice<[^<>]*>", "T"),
    (r"<[^<>]*(<[^<>]*>)?[^<>]*>", "O"),
    (r"\bthe type \S+( (?=is not)|$)", "the type T "),
    (r"\b(readonly |unaligned )?(array|UniTuple|Tuple|Optional|class|Function|Module|dtype|BoundFunction|enumerate|zip)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", "T"),
    (r"\b(u?int\d+|float\d+|complex\d+|bool|unicode_type|none|slice|inner function)\b", "T"),
    (r"\b\w+(\.\w+)+\b", "D"),
    (r"\bT (and|with) T\b", "T"),
    (r"\bT\[.*\]", "T"),
    (r"\b\w+\(\)", "F()"),
    (r"-?\d+", "N"),
]


def shape(outcome):
    """The message as whoever wrote it wrote it: without advice, and the names, types and numbers that were filled in."""
    line = outcome.text.split("\n", 1)[0]
    for pattern, instead in _FILLED_IN:
        line = re.sub(pattern, instead, line)
    return outcome.error, outcome.diagnostic, re.split(r"[;:,(]", line)[0]


def reached():
    """The different ways in which the table's rows are refused; what a row raises itself is none."""
    outcomes = [outcome_of(k) for k, row in enumerate(ROWS) if row.python is None or not re.search("raise |assert ", row.what)]
    return {shape(o) for o in outcomes if o.error is not None}
