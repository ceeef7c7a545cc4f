"""What docs/features.md says that there is: the functions, parameters, kinds of elements, operators and forms of indexing that a test may
exercise."""

import json

from features import coverage, document
from features.elements import groups

# NumPy's functions of which an argument is called back, or that give iterators.
NOT_WRAPPED = {"numpy.vectorize", "numpy.errstate", "numpy.nditer", "numpy.ndenumerate", "numpy.ndindex"}


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
