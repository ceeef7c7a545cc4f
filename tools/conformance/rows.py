"""What docs/features.md says that there is: the functions, parameters, kinds of elements, operators and forms of indexing that a test may
exercise."""

import json

import numpy as np

from features import coverage, document

# NumPy's functions of which an argument is called back, or that give iterators.
NOT_WRAPPED = {"numpy.vectorize", "numpy.errstate", "numpy.nditer", "numpy.ndenumerate", "numpy.ndindex"}


def group(dtype):
    """The kinds of elements that are told apart."""
    if dtype.kind in "biuf" and dtype.itemsize <= 8:
        return "f2" if dtype.kind == "f" and dtype.itemsize == 2 else "real"
    if dtype.kind == "c" and dtype.itemsize <= 16:
        return "complex"
    return {"V": "record", "M": "datetime", "m": "datetime", "U": "str", "S": "bytes"}.get(dtype.kind, str(dtype.name))


def groups(names):
    out = {"real"}
    for name in names:
        out.add("record" if name == "record" else group(np.dtype(name)))
    return sorted(out)


def collect():
    """The rows as what JSON can hold."""
    made = document.covered()
    functions = {
        name: {"parameters": made.parts(name)[0], "groups": groups(made.dtypes[name])}
        for name in made.names()
        if name not in NOT_WRAPPED and not isinstance(coverage.resolved(name), type)
    }
    operators = {use.name.removeprefix("operator "): groups(made.dtypes[use.name]) for use in made.rows if use.name.startswith("operator ")}
    indexed = [use for use in made.rows if use.name.startswith("index ")]
    forms = [[use.name.removeprefix("index "), use.part] for use in indexed]
    elements = groups(set().union(*(made.dtypes[use.name] for use in indexed)))
    return {"functions": functions, "operators": operators, "forms": forms, "elements": elements}


class Rows:
    def __init__(self, text):
        data = json.loads(text)
        self.functions, self.operators = data["functions"], data["operators"]
        self.elements = data["elements"]
        self.forms = {tuple(form) for form in data["forms"]}
        self.names = {}
        for name in self.functions:
            if not name.startswith(("numpy.ndarray.", "numpy.ufunc.")):
                self.names.setdefault(id(coverage.resolved(name)), name)
