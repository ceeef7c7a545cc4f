"""Writes numbers.txt: what NumPy gives for the scalar operations of the final IR, for the test Numbers of the back end.

One group a case: the operation and the types of operand and result, then the operands and results as hexadecimal bits
(complex: real, imaginary). Run: python tests/lower/make_numbers.py > tests/lower/numbers.txt
"""
import itertools

import numpy as np

INT_EDGES = [0, 1, 3, 7, 100]
FLOAT_EDGES = [0.0, 1.0, 3.0, 7.25, 1e300, float("inf"), float("nan")]


def values(dtype):
    dtype = np.dtype(dtype)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        edges = [v for v in INT_EDGES if v <= info.max] + [info.max]
        if dtype.kind == "i":
            edges += [-v for v in edges if v] + [info.min]
        return np.array(sorted(set(edges)), dtype)
    if dtype.kind == "b":
        return np.array([False, True])
    with np.errstate(all="ignore"):
        real = np.array(FLOAT_EDGES).astype("f4" if dtype.itemsize in (4,) or dtype == "c8" else "f8")
    real = np.concatenate([real, -real])
    if dtype.kind == "f":
        return real.astype(dtype)
    return np.array([complex(a, b) for a, b in itertools.product(real, real)][::13], dtype)


def bits(array):
    array = np.ascontiguousarray(array)
    if array.dtype.kind == "c":
        array = array.view(np.dtype(f"f{array.dtype.itemsize // 2}"))
    return " ".join(f"{v:x}" for v in array.view(f"u{array.dtype.itemsize}").tolist())


def group(op, x, y, result):
    print(op, x.dtype, result.dtype)
    print("x", bits(x))
    if y is not None:
        print("y", bits(y))
    print("r", bits(result))


def pairs(dtype, right=None):
    v = values(dtype)
    grid = list(itertools.product(v, v if right is None else right))
    if len(grid) > 100:
        grid = grid[::3]  # every value still meets many others
    return np.array([a for a, _ in grid], dtype), np.array([b for _, b in grid], dtype)


def c_fmod(x, y):
    return np.where(y == 0, 0, np.fmod(x, np.where(y == 0, 1, y))).astype(x.dtype) if x.dtype.kind in "iu" else np.fmod(x, y)


BINARY = {
    "floordiv": (np.floor_divide, "i1 i4 i8 u1 u8 f4 f8"),
    "mod": (np.remainder, "i1 i4 i8 u1 u8 f4 f8"),
    "rem": (c_fmod, "i8 u8 f8"),
    "min": (np.minimum, "i8 u8 f4 f8"),
    "max": (np.maximum, "i8 u8 f4 f8"),
    "mul": (np.multiply, "i1 i8 u8 c8 c16"),
    "div": (np.divide, "f8 c8 c16"),
    "add": (np.add, "i1 u8 c16 ?"),
    "eq": (np.equal, "f8 c16 ?"),
    "ne": (np.not_equal, "f8 c16 u1"),
    "lt": (np.less, "i8 u8 f8 ?"),
    "ge": (np.greater_equal, "i1 u1 f4"),
}
UNARY = {"abs": (np.abs, "i1 i8 u8 f8"), "neg": (np.negative, "i8 f8 c16"), "invert": (np.invert, "i8 u1 ?")}


def main():
    with np.errstate(all="ignore"):
        for op, (function, dtypes) in BINARY.items():
            for dtype in dtypes.split():
                x, y = pairs(dtype)
                group(op, x, y, function(x, y))
        for op, function in {"shl": np.left_shift, "shr": np.right_shift}.items():
            for dtype in "i1 i8 u4 u8".split():
                x, y = pairs(dtype, [0, 1, 3, 7, 31, 63, 64, 100])
                group(op, x, y, function(x, y))
        for op, (function, dtypes) in UNARY.items():
            for dtype in dtypes.split():
                x = values(dtype)
                group(op, x, None, function(x))
        for source, target in itertools.product("? i1 i8 u4 u8 f4 f8 c16".split(), repeat=2):
            x = values(source)
            if np.dtype(source).kind in "fc" and np.dtype(target).kind in "iu":
                x = np.array([0, 0.5, 1.75, 100.0], source)  # beyond the range, C leaves the result open
            if source != target:
                group("cast", x, None, x.astype(target))


main()
