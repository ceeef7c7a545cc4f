"""The kinds of elements that are told apart where it is said what a function takes."""

import numpy as np


def group(dtype):
    if dtype.kind in "biuf" and dtype.itemsize <= 8:
        return "f2" if dtype.kind == "f" and dtype.itemsize == 2 else "real"
    if dtype.kind == "c" and dtype.itemsize <= 16:
        return "complex"
    return {"V": "record", "M": "datetime", "m": "datetime", "U": "str", "S": "bytes"}.get(dtype.kind, str(dtype.name))


def groups(names):
    """Of the dtypes of a row of docs/features.md; what has a row takes real numbers."""
    out = {"real"}
    for name in names:
        out.add("record" if name == "record" else group(np.dtype(name)))
    return sorted(out)
