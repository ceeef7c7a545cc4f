"""Functions of Python's and NumPy's libraries that are written in Python (contract C8).

The compiler types and compiles them as it does a user's functions; Python never runs them. A module is imported when the
first of its functions is asked for. Only in these modules may `rt.<name>` (functions of the runtime) and `ops.<name>`
(operations without checks) be used.
"""

from importlib import import_module

# Module -> the names that it implements; tests/python/test_library.py compares this with what the modules say.
_CONTENTS = {
    "clipping": "numpy.clip numpy.ndarray.clip",
    "comparisons": "math.isclose numpy.isclose numpy.allclose numpy.array_equal",
    "creation": "numpy.linspace numpy.eye numpy.identity",
    "indexing": "numpy.ndarray.__getitem__ numpy.ndarray.__setitem__",
    "products": "numpy.dot numpy.ndarray.dot numpy.vdot math.sumprod",
    "rounding": "builtins.round numpy.round numpy.around numpy.ndarray.round",
    "sequences": "builtins.sum builtins.min builtins.max builtins.any builtins.all math.prod",
    "statistics": "numpy.var numpy.ndarray.var numpy.std numpy.ndarray.std numpy.ptp",
    "truths": "numpy.count_nonzero numpy.nonzero numpy.ndarray.nonzero numpy.flatnonzero numpy.argwhere",
}
_HOMES = {name: module for module, names in _CONTENTS.items() for name in names.split()}
_OWN = __name__ + "."
_implementations = {}


def implements(*names):
    """Registers a function as what implements library functions, by their canonical names ("numpy.isclose")."""

    def register(function):
        for name in names:
            _implementations[name] = function
        return function

    return register


def implementation(name):
    """The Python function that implements the library function `name`, or None."""
    if name.startswith(_OWN):  # called by one of ours
        module, _, function = name.rpartition(".")
        return getattr(import_module(module), function, None)
    if name not in _HOMES:
        return None
    import_module(_OWN + _HOMES[name])
    return _implementations[name]
