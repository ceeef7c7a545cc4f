"""Writes numpy_types.txt: the types of results as CPython and NumPy have them, for tests/unit/library_types_test.cpp.

    ./dev python -V 3.13 tests/infer/make_types.py

Letters are NumPy's: ? b B h H i I l L f d F D; weak (Python) numbers are w (int), x (float), y (complex); . is no result.
A line `ufunc NAME LETTER ROW` has in ROW the results of the ufunc on an array of LETTER and arrays of each of the 13 dtypes,
then weak numbers of the 3 kinds; of a ufunc of one argument there is one line, without LETTER. `operator OP LETTER ROW`: the
same of Python's operator on NumPy scalars.
"""
import operator
import re
import sys
import warnings
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
LETTERS = "?bBhHiIlLfdFD"
WEAK = {"w": int, "x": float, "y": complex}
OPERATORS = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv,
    "%": operator.mod, "**": operator.pow, "<<": operator.lshift, ">>": operator.rshift, "&": operator.and_,
    "|": operator.or_, "^": operator.xor, "<": operator.lt, "==": operator.eq,
}


def ufunc_names():
    table = (HERE.parents[1] / "src/library/ufuncs.def").read_text()
    return [(name, int(inputs)) for name, inputs in re.findall(r'^UFUNC\("(\w+)", (\d)', table, re.M)]


def letter_of(dtype):
    return dtype.char if dtype.char in LETTERS else {"q": "l", "Q": "L"}.get(dtype.char, dtype.char)


def resolved(ufunc, *inputs):
    given = tuple(WEAK.get(letter) or np.dtype(letter) for letter in inputs)
    try:
        return letter_of(ufunc.resolve_dtypes((*given, None))[-1])
    except TypeError:
        return "."


def ufunc_lines():
    for name, inputs in ufunc_names():
        ufunc = getattr(np, name)
        if inputs == 1:
            yield f"ufunc {name} " + "".join(resolved(ufunc, a) for a in LETTERS)
        else:
            for a in LETTERS:
                yield f"ufunc {name} {a} " + "".join(resolved(ufunc, a, b) for b in LETTERS + "wxy")


def applied(function, a, b):
    try:
        return letter_of(np.asarray(function(np.dtype(a).type(1), np.dtype(b).type(1))).dtype)
    except TypeError:
        return "."


def operator_lines():
    for name, function in OPERATORS.items():
        for a in LETTERS:
            yield f"operator {name} {a} " + "".join(applied(function, a, b) for b in LETTERS)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    lines = [*ufunc_lines(), *operator_lines()]
    (HERE / "numpy_types.txt").write_text("\n".join(lines) + "\n")
    sys.stdout.write(f"{len(lines)} lines\n")
