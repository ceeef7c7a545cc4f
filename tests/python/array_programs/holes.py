"""What the holes of forms are filled with. Each function gets the state of the generator and gives a text; those of WORDS choose a word."""

import numpy as np
from features.arguments import DTYPES

WORDS = {
    "arithmetic": "+ - *", "division": "/ // %", "comparison": "< <= > >= == !=", "bits": "& | ^", "shift": "<< >>",
    "unary": "negative absolute square sign floor ceil trunc rint sqrt isnan isfinite signbit conjugate logical_not fabs",
    "binary": "add subtract multiply divide floor_divide remainder fmod less greater_equal not_equal logical_and logical_xor bitwise_or"
    " copysign gcd",
    "extremum": "maximum minimum fmax fmin",
    "reduction": "sum min max mean any all", "reduction_method": "sum min max mean any all",
    "nan_reduction": "nansum nanmin nanmax nanmean", "scan": "cumsum cumprod", "place": "argmin argmax",
    "flag": "True False",
    "dtype": "np.float64 np.float32 np.int64 np.int32 np.uint8 np.int16 np.bool np.complex128 float int",
}  # fmt: skip
SHAPES = [(3,), (5,), (1,), (0,), (8,), (17,), (2, 3), (3, 2), (3, 3), (4, 1), (1, 5), (0, 3), (2, 3, 4), (3, 1, 2), (), (40,), (12, 11)]
KINDS = {"f8": 8, "i8": 5, "f4": 3, "i4": 3, "b1": 2, "u1": 2, "i2": 1, "i1": 1, "u4": 1, "u2": 1, "c16": 2, "c8": 1}
# The same elements, lying otherwise; of the last one nothing may be written.
LAYOUTS = {"{}": 9, "np.asfortranarray({})": 3, "np.flip(np.flip({}).copy())": 3, "np.stack([{}] * 2, -1)[..., 0]": 2, "np.broadcast_to((x := {}), x.shape)": 1}
SPECIAL = [(np.nan,), (np.inf, -np.inf), (-0.0, 0.0), (np.nan, np.inf, -0.0)]
assert set(KINDS) <= set(DTYPES)


def a(s):
    s.first = s.array()
    return s.first


def a1(s):
    s.first = s.array(lambda v: v.ndim == 1)
    return s.first


def a2(s):
    s.first = s.array(lambda v: v.ndim == 2)
    return s.first


def b1(s):
    return s.array(lambda v: v.ndim == 1)


def fits(shape, target):
    """Whether it broadcasts to the other without making it larger."""
    return len(shape) <= len(target) and all(x in (1, y) for x, y in zip(shape[::-1], target[::-1]))


def b(s):
    """What broadcasts with the first array: an array, or a number."""
    scalars = s.scalars()
    if not s.first or s.chance(0.3):
        return s.pick(scalars) if scalars and s.chance(0.3) else small(s)
    shape = s.value(s.first).shape
    made = s.pick([shape, shape, shape, shape[1:], (1,) * len(shape), (1, *shape[1:]) if shape else ()])
    return s.array(lambda v: fits(v.shape, shape), made)


def same(s):
    first = s.value(s.first)
    return s.array(lambda v: v.shape == first.shape, first.shape)


def out(s):
    """A fresh array for results."""
    return s.argument(s.kind(), s.value(s.first).shape, "{}")


def value(s):
    return small(s) if s.chance(0.4) else s.array(lambda v: v.ndim < 2)


def mask(s):
    return s.array(lambda v: v.dtype == bool and v.shape == s.value(s.first).shape, s.value(s.first).shape, "b1")


def flags(s):
    length = s.value(s.first).shape[:1]
    return s.argument("b1", length)


def index_array(s, extent, *shape, low=None):
    """A new argument: indices of an axis of this extent."""
    values = [s.rng.randint(-extent if low is None else low, extent - 1) for _ in range(int(np.prod(shape)))]
    dtype = s.weighted({"int64": 6, "int32": 1, "int8": 1})
    return s.parameter(f"np.array({values}, np.{dtype}).reshape({shape})")


def indices(s):
    n = max(s.value(s.first).shape[:1] or (1,))
    return index_array(s, max(n, 1), s.rng.randint(0, 4))


def counts(s):
    return index_array(s, 5, s.rng.randint(0, 6), low=0)


def small(s):
    unsigned = s.first and s.value(s.first).dtype.kind in "bu"
    return str(s.rng.randint(0 if unsigned else -3, 7)) if s.chance(0.6) or unsigned else s.pick(["0.5", "-1.25", "2.0"])


def bitcount(s):
    return str(s.rng.randint(0, 6))


def low(s):
    return str(s.rng.randint(0, 2))


def high(s):
    return str(s.rng.randint(2, 6))


def large(s):
    return str(s.rng.randint(3, 12))


def step(s):
    return s.pick(["1", "2", "3", "0.5"])


def count(s):
    return str(s.rng.randint(0, 4))


def offset(s):
    return str(s.rng.randint(-2, 2))


def index(s):
    return str(s.rng.randint(-1, 1))


def ddof(s):
    return s.pick("01")


def percent(s):
    return s.pick(["0", "25", "50", "90", "100"])


def dims(s):
    return s.value(s.first).ndim


def axis(s):
    n = dims(s)
    return str(s.rng.randint(-n, n - 1)) if n else "0"


def axes(s):
    n = dims(s)
    chosen = sorted(s.rng.sample(range(n), s.rng.randint(0, n)))
    return s.pick(["None", f"({''.join(f'{k}, ' for k in chosen)})"])


def order(s):
    n = list(range(dims(s)))
    s.rng.shuffle(n)
    return f"({''.join(f'{k}, ' for k in n)})"


def shape(s):
    n = s.value(s.first).size
    divisors = [k for k in range(1, n + 1) if n % k == 0]
    d = s.pick(divisors or [1])
    return s.pick(["-1", f"({d}, -1)", f"(-1, {d})", f"({d}, {n // d})", f"({n},)", f"1, {n}"])


SLICES = {":": 4, "1:": 3, ":-1": 3, "::2": 3, "::-1": 3, "1:-1": 1, "-2:": 1, ":2": 1, "::-2": 1, "2:1": 1, "3::-1": 1}


def key(s):
    """Integers, slices, Ellipsis and newaxis."""
    parts = []
    for extent in s.value(s.first).shape[: s.rng.randint(0, dims(s))]:
        if s.chance(0.3) and (extent or s.chance(0.1)):
            parts.append(str(s.rng.randint(-extent, max(extent - 1, 0)) if s.chance(0.95) else extent + 1))
        else:
            parts.append(s.weighted(SLICES))
    if s.chance(0.15):
        parts.insert(s.rng.randint(0, len(parts)), "None")
    if s.chance(0.2) or not parts:
        parts.insert(s.rng.randint(0, len(parts)), "...")
    return ", ".join(parts)


def fancy(s):
    """One or two index arrays or a mask among the parts."""
    shape = s.value(s.first).shape
    length = s.rng.randint(0, 4)
    parts = []
    for extent in shape[: s.rng.randint(1, max(len(shape), 1))]:
        kind = s.weighted({"array": 4, "slice": 2, "integer": 1, "mask": 1})
        if kind == "array" and extent:
            parts.append(index_array(s, extent, *s.pick([(length,), (2, length), (1,)])))
        elif kind == "integer" and extent:
            parts.append(str(s.rng.randint(-extent, extent - 1)))
        elif kind == "mask":
            parts.append(s.argument("b1", (extent,)))
        else:
            parts.append(s.weighted(SLICES))
    return ", ".join(parts) or "..."
