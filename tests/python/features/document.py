"""Makes docs/features.md from the tables of the library and the feature cases."""

import collections
import functools
import inspect
import re

import numpy as np

from . import coverage
from .table import rows

TEXT = """# What compiled code has of NumPy

Made by `tools/features.py` from the library's tables and the cases in `tests/python/features`, with the signatures of NumPy {version}.
Every function, and every parameter that stands in the second column, is executed by a row of the cases, compiled, and compared with
NumPy (`tests/python/test_features.py`). What is *not there* is an error when a function is compiled.

## Functions

| function | parameters | not there | dtypes |
| --- | --- | --- | --- |
{functions}

## Methods and attributes of arrays

| of an array | parameters | not there | dtypes |
| --- | --- | --- | --- |
{methods}

## Operators

| operator | dtypes |
| --- | --- |
{operators}

## Indexing

| index | read | store | in place |
| --- | --- | --- | --- |
{indexing}
"""
ORDER = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]


class Covered:
    """What the rows exercise: dtypes by Use, and a row by Use."""

    def __init__(self, table):
        self.dtypes, self.rows = collections.defaultdict(set), {}
        for row in table:
            if row.raised or row.later or not runs_here(row):
                continue
            try:
                self.add(row)
            except Exception:  # the row's own test tells
                continue

    def add(self, row):
        for args in row.values():
            for use in coverage.uses(row, dict(zip(row.names, args))):
                self.rows.setdefault(use, row)
                self.dtypes[use.name].update(dtype_names(args), dtypes_in(row.code))

    def parts(self, name):
        """(parameters with cases, those without), in the order of NumPy's signature."""
        known = coverage.parameters(name)
        there = [p for p in known if coverage.Use(name, p) in self.rows]
        return there, [p for p in known if p not in there]

    def names(self):
        return coverage.implemented() | {use.name for use in self.rows if use.name.startswith("numpy.")}


def runs_here(row):
    version = np.lib.NumpyVersion(np.__version__)
    return version >= f"{row.numpy}.0" and all(hasattr(np, n) for n in used_names(row.code))


@functools.lru_cache(None)
def used_names(code):
    return tuple(re.findall(r"\bnp\.(\w+)", code))


def dtype_name(dtype):
    return dtype.str.lstrip("<>|=").replace("b1", "?") if dtype.names is None else "record"


def dtype_names(args):
    for value in args:
        if isinstance(value, (tuple, list)):
            yield from dtype_names(value)
        elif isinstance(value, np.ndarray):
            yield dtype_name(value.dtype)


def dtypes_in(code):
    """Those that the code names: np.zeros(3, np.int8)."""
    found = (getattr(np, name) for name in used_names(code))
    return {dtype_name(np.dtype(t)) for t in found if isinstance(t, type) and issubclass(t, np.generic)}


@functools.lru_cache(None)
def covered():
    return Covered(rows())


def listed(dtypes):
    return " ".join(sorted(dtypes, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)))


def shown(name, parameter):
    stars = {inspect.Parameter.VAR_POSITIONAL: "*"}
    return stars.get(coverage.parameters(name)[parameter].kind, "") + parameter


def function_line(made, name, short):
    there, absent = made.parts(name)
    cells = [", ".join(shown(name, p) for p in part) for part in (there, absent)]
    return f"| {short} | {cells[0]} | {cells[1]} | {listed(made.dtypes[name])} |"


def document():
    """The text of docs/features.md."""
    made = covered()
    functions, methods = [], []
    for name in sorted(made.names()):
        if name.startswith("numpy.ndarray."):
            methods.append(function_line(made, name, name.removeprefix("numpy.ndarray.")))
        else:
            functions.append(function_line(made, name, name.replace("numpy.", "np.", 1)))
    symbols = sorted({use.name for use in made.rows if use.name.startswith("operator ")})
    escaped = {name: name.removeprefix("operator ").replace("|", "\\|") for name in symbols}
    operators = [f"| `{escaped[name]}` | {listed(made.dtypes[name])} |" for name in symbols]
    indexing = []
    for form in coverage.FORMS:
        cells = ["yes" if coverage.Use(f"index {form}", how) in made.rows else "not there" for how in ("read", "store", "in place")]
        indexing.append(f"| {form} | {' | '.join(cells)} |")
    parts = {"functions": functions, "methods": methods, "operators": operators, "indexing": indexing}
    version = ".".join(np.__version__.split(".")[:2])
    return TEXT.format(version=version, **{name: "\n".join(lines) for name, lines in parts.items()})
