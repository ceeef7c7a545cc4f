"""Random array expressions and views. An expression is a text with a dtype; its shape is chosen first, from those of the arrays there
are."""

import functools

import numpy as np

from . import scalars

SLICES = {"1:": 5, ":-1": 5, "::2": 2, "::-1": 4, "1:-1": 2, "::-2": 1, "2:": 1, ":-2": 1, ":3": 1, "-3:": 1}
SHORTER = {"1:": 1, ":-1": 1, "::-1": 0, "1:-1": 2, "2:": 2, ":-2": 2}  # by how much
NARROW = ("int8", "uint8", "uint16", "int16")


def sliced(extent, key):
    """The extent of a slice: slices that are of equal length for any extent give equal texts."""
    return f"{extent}-{SHORTER[key]}".removesuffix("-0") if key in SHORTER else f"{extent}[{key}]"


@functools.lru_cache(None, typed=True)
def dtype_of(function, *operands):
    """The dtype's name of a ufunc's result on arrays of these dtypes; `1` and `1.0` are weak scalars. None: not to be used."""
    values = [np.ones(1, o) if isinstance(o, str) else o for o in operands]
    with np.errstate(all="ignore"):
        try:
            name = function(*values).dtype.name
        except TypeError:
            return None
    return None if name in ("float16", "uint32", "uint64", "complex64") else name


def views(s, array):
    """A view of an array: (text, shape)."""
    keys, shape = [], []
    for axis, extent in enumerate(array.shape):
        kind = s.weighted({"all": 4, "slice": 5, "index": 2 if len(array.shape) > 1 else 0, "bound": 1})
        if kind == "index" and len(shape) + len(array.shape) - axis > 1:
            keys.append(scalars.index(s, extent, f"{array.name}.shape[{axis}]"))
            continue
        key = ":" if kind == "all" else s.weighted(SLICES)
        made = extent if key == ":" else sliced(extent, key)
        if kind == "bound" and not s.parallel:
            key = f"{scalars.bounded(s, 1, 5)}:" if s.chance(0.5) else f":{scalars.bounded(s, 1, 5)}:{s.pick([1, 2, -1])}"
            made = s.fresh_extent()
        keys.append(key)
        shape.append(made)
    while len(keys) > 1 and keys[-1] == ":" and s.chance(0.5):
        keys.pop()
    return f"{array.name}[{', '.join(keys)}]", tuple(shape)


def leaf(s, shape):
    """(text, dtype) of an array of the shape, or None."""
    found = [(a.name, a.type) for a in s.arrays() if a.shape == shape]
    if len(shape) == 1:  # slices that give this shape
        for a in s.arrays(ndim=1):
            found += [(f"{a.name}[{key}]", a.type) for key in SLICES if sliced(a.shape[0], key) == shape[0]]
        for a in s.arrays(ndim=2):
            if a.shape[1] == shape[0] and s.chance(0.5):
                found.append((f"{a.name}[{scalars.index(s, a.shape[0], f'{a.name}.shape[0]')}]", a.type))
    return s.pick(found) if found else None


def operand(s, dtype):
    """A scalar beside an array of the dtype: (text, what dtype_of takes for it)."""
    if dtype == "bool":
        return s.pick(["True", "False"]), True
    if dtype in NARROW:
        return str(s.rng.randint(0 if dtype[0] == "u" else -5, 50)), 1
    if dtype.startswith("int"):
        if s.chance(0.3):
            return f"({scalars.real(s, 1)})", 1.0
        return (scalars.bounded(s, 1, 1000), 1) if s.chance(0.7) else (f"({scalars.strong_int(s, 1)})", "int64")
    if dtype.startswith("complex") and s.chance(0.4):
        return f"({scalars.complex_(s, 1)})", 1j
    if s.chance(0.2):
        return f"({scalars.strong_real(s, 1)})", "float64"
    return (f"({scalars.real(s, 1)})", 1.0) if s.chance(0.7) else (f"({scalars.bounded(s, 1, 100)})", 1)


BINARY = {"+": np.add, "-": np.subtract, "*": np.multiply}
DIVISIONS = {"/": np.true_divide, "//": np.floor_divide, "%": np.remainder}
BITS = {"&": np.bitwise_and, "|": np.bitwise_or, "^": np.bitwise_xor}
COMPARED = {"<": np.less, "<=": np.less_equal, "==": np.equal, "!=": np.not_equal, ">": np.greater}
NAMED = ("minimum", "maximum", "add", "subtract", "multiply", "fmax")
ORDERED = ("minimum", "maximum", "fmax")
UNARY = ("abs", "negative", "square", "sign", "floor", "ceil", "sqrt", "isnan", "trunc")


def whole(s, shape, depth=2):
    """(text, dtype) of an expression of the shape, or None if there is no array to begin with."""
    x = leaf(s, shape)
    if not x or depth <= 0:
        return x
    kind = s.weighted({"leaf": 2, "binary": 8, "division": 2, "bits": 1, "compare": 1, "named": 2, "unary": 3, "where": 2, "copy": 1})
    first = x
    x = whole(s, shape, depth - 1) or first
    (x_text, x_dtype) = x
    if kind == "copy":
        return s.pick([(f"{paren(x_text)}.copy()", x_dtype), (f"{paren(x_text)}.astype(np.float64)", "float64")]) if x_dtype[0] != "c" else x
    if kind == "unary":
        return unary(s, x)
    y = operand(s, x_dtype) if s.chance(0.4) else whole(s, shape, depth - 1) or first
    if len(shape) == 2 and s.chance(0.2):  # to be broadcast
        y = leaf(s, shape[1:]) or y
    y_text, y_dtype = y
    if kind == "where":
        return where(s, shape, depth, x, (y_text, y_dtype))
    table = {"binary": BINARY, "division": DIVISIONS, "bits": BITS, "compare": COMPARED}.get(kind)
    if table:
        op = s.pick(table)
        made = dtype_of(table[op], x_dtype, y_dtype)
        if op == "*" and made and made[0] == "c":  # which of NumPy's loops fuse multiplication and addition depends on the layout
            made, op = dtype_of(np.add, x_dtype, y_dtype), "+"
        if made and not (kind == "division" and made[0] == "c") and not (kind == "compare" and "c" in x_dtype[:1]):
            swap = s.chance(0.3) and kind != "compare"
            return (f"({y_text} {op} {x_text})" if swap else f"({x_text} {op} {y_text})"), made
    if kind == "named" and x_dtype[0] != "c" and y_dtype != 1j and y_dtype != "complex128":
        name = s.pick(NAMED)
        made = dtype_of(getattr(np, name), x_dtype, y_dtype)
        if made and name in ORDERED:
            x_text, y_text = unsigned_zero(x_text, x_dtype), unsigned_zero(y_text, y_dtype)
        if made:
            return f"np.{name}({x_text}, {y_text})", made
    return x


def unsigned_zero(text, dtype):
    """Without -0.0: which of two zeros is the larger one depends on NumPy's loop."""
    return f"({text} + 0.0)" if isinstance(dtype, float) or (isinstance(dtype, str) and dtype[0] == "f") else text


def paren(text):
    return text if text.isidentifier() or text.endswith((")", "]")) else f"({text})"


def unary(s, x):
    text, dtype = x
    name = s.pick(UNARY)
    if dtype[0] == "c" or (dtype == "bool" and name in ("negative", "sign", "floor", "ceil", "trunc", "square")):
        return (f"(-{text})", dtype) if dtype[0] == "c" else (f"(~{text})", dtype)
    made = dtype_of(getattr(np, name), dtype)
    if not made:
        return x
    if name == "sqrt":
        return f"np.sqrt(np.abs({text}))", made
    return (f"(-{text})" if name == "negative" and s.chance(0.5) else f"np.{name}({text})"), made


def where(s, shape, depth, x, y):
    if not isinstance(y[1], str) or x[1][0] == "c" or y[1][0] == "c":
        return x
    z = leaf(s, shape)
    if not z or z[1][0] == "c":
        return x
    condition = f"{z[0]} {s.pick(['<', '>', '==', '>='])} {s.rng.randint(0, 5)}" if z[1] != "bool" else z[0]
    return f"np.where({condition}, {x[0]}, {y[0]})", dtype_of(np.add, x[1], y[1]) if "bool" not in (x[1], y[1]) else np.result_type(x[1], y[1]).name


def casts_to(source, target):
    """May an array of `source` be assigned to the elements of one of `target` without undefined results?"""
    order = {"b": 0, "u": 1, "i": 1, "f": 2, "c": 3}
    return source == target or (order[source[0]] <= order[target[0]] and target != "bool")
