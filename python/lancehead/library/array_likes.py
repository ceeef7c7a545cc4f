"""Calls with lists and tuples where NumPy takes an array: of what is called, with these arguments made arrays.

A call is named with its shape: "numpy.sum(*.,.axis)" has two positional arguments, the first of them a list or a tuple, and the
keyword axis; "numpy.add=(.*)" is the operator += on an array and a list.
"""

import inspect

import numpy as np

ARRAYS = set(
    "a a1 a2 ar ar1 ar2 arr array ary b x x1 x2 xp y fp v m A B element test_elements condition weights indices obj repeats sorter values "
    "to_begin to_end prepend append a_min a_max bins left right array1 array2".split()
)
# What is written to is never a list.
OTHERS = {"numpy." + name for name in "put place putmask copyto fill_diagonal put_along_axis array asarray".split()}
# Parameters of what does not tell them.
PARAMETERS = {
    "numpy.where": "condition x y",
    "numpy.dot": "a b",
    "numpy.vdot": "a b",
    "numpy.inner": "a b",
    "numpy.bincount": "x weights",
    "numpy.histogram2d": "x y",
    "numpy.ndarray.take": "self indices",
    "numpy.ndarray.searchsorted": "self v sorter",
    "numpy.ndarray.repeat": "self repeats",
    "numpy.ndarray.compress": "self condition",
    "numpy.ndarray.dot": "self b",
    "numpy.ndarray.clip": "self a_min a_max",
}
METHODS = {"reduce": "array", "accumulate": "array", "reduceat": "array indices", "outer": "A B"}


def parameters(name):
    """The names of the parameters that can be given by position."""
    if name in PARAMETERS:
        return PARAMETERS[name].split()
    _, _, path = name.partition(".")
    head, _, method = path.partition(".")
    function = getattr(np, head, None)
    if isinstance(function, np.ufunc):
        return METHODS.get(method, "").split() if method else ["x1", "x2"][: function.nin]
    if function is None or method or name in OTHERS or isinstance(function, type):
        return []
    try:
        return [p.name for p in inspect.signature(function).parameters.values() if p.kind is not p.VAR_POSITIONAL]
    except ValueError:
        return []


def call_of(name):
    """The function that makes the call with arrays; None if no argument is to be one."""
    called, _, shape = name[:-1].partition("(")
    marks, *keywords = shape.split(",")
    named = parameters(called.rstrip("="))
    texts, converted = [], False
    for k, mark in enumerate(marks):
        likes = mark == "*" and k < len(named) and named[k] in ARRAYS
        texts.append(f"np.asarray(x{k})" if likes else f"x{k}")
        converted = converted or likes
    for keyword in keywords:
        mark, word = keyword[0], keyword[1:]
        likes = mark == "*" and word in ARRAYS and word in named
        texts.append(f"{word}=np.asarray({word})" if likes else f"{word}={word}")
        converted = converted or likes
    if not converted:
        return None
    if called.endswith("="):
        texts.append("out=x0")
    head = "np." + called.rstrip("=").partition(".")[2]
    if called.startswith("numpy.ndarray."):
        head = "x0." + called.rpartition(".")[2]
        texts = texts[1:]
    names = [f"x{k}" for k in range(len(marks))] + (["*"] if keywords else []) + [keyword[1:] for keyword in keywords]
    scope = {"np": np, "__name__": __name__}
    exec(f"def call({', '.join(names)}):\n    return {head}({', '.join(texts)})\n", scope)
    return scope["call"]
