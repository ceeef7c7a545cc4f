"""What the arguments of feature cases are made of. Values depend on the place in the row alone; arrays of one row differ from each other.

A name of a dtype makes an array of the given shape: f8(3, 4), b1(5), i2(0, 3), f8() is 0-d.
"""

import numpy as np

DTYPES = ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8", "c8", "c16"]
LISTS = {
    "ALL": DTYPES,
    "NUMBERS": DTYPES[1:],
    "REAL": DTYPES[:11],
    "INTEGERS": DTYPES[1:9],
    "SIGNED": ["i1", "i2", "i4", "i8"],
    "FLOATS": ["f4", "f8"],
    "INEXACT": DTYPES[9:],
    "SOME": ["b1", "i4", "u1", "f8", "c16"],
    "ORDERED": ["b1", "u2", "i8", "f4", "f8"],
    "WORDS": ["i4", "i8", "f4", "f8"],
}


class Source:
    """The generators of one row; each array that they make has other values."""

    def __init__(self, seed=0):
        self.made = seed

    def array(self, dtype, shape):
        self.made += 1
        rng = np.random.default_rng([self.made, *dtype.encode(), *shape])
        kind, size = dtype[0], int(np.prod(shape, dtype=np.int64))
        if kind == "b":
            values = rng.random(size) < 0.6
        elif kind in "iu":
            values = rng.integers(0 if kind == "u" else -9, 10, size)
        elif kind == "f":
            values = rng.normal(0, 5, size)
        else:
            values = rng.normal(0, 5, size) + 1j * rng.normal(0, 5, size)
        return np.asarray(values.astype(dtype)).reshape(shape)


def fortran(a):
    return np.asfortranarray(a)


def reverse(a):
    """The same elements, with negative strides along each axis."""
    return np.ascontiguousarray(a[(slice(None, None, -1),) * a.ndim])[(slice(None, None, -1),) * a.ndim]


def apart(a):
    """The same elements, with a gap behind each."""
    wide = np.zeros((*a.shape, 2), a.dtype)
    wide[..., 0] = a
    return wide[..., 0]


def readonly(a):
    a.flags.writeable = False
    return a


def unaligned(a):
    """The same elements at an odd address."""
    memory = np.zeros(a.nbytes + 1, "u1")
    out = memory[1:].view(a.dtype).reshape(a.shape)
    out[...] = a
    return out


def every(a, step, *values):
    """With values put at every step-th element: every(f8(7), 3, np.nan)."""
    flat = a.reshape(-1)
    for k, value in enumerate(values):
        flat[k::step] = value
    return flat.reshape(a.shape)


def nans(a):
    """With nan at every third element."""
    return every(a, 3, np.nan)


def specials(a):
    """With infinities, nan and both zeros among the elements; of integers with the least and the greatest."""
    if a.dtype.kind in "fc":
        return every(a, 6, np.inf, 0.0, -np.inf, -0.0, np.nan)
    if a.dtype.kind not in "iu":
        return a
    info = np.iinfo(a.dtype)
    return every(a, 4, info.max, info.min)


def positive(a):
    return np.abs(a) if a.dtype.kind == "c" else np.abs(a).astype(a.dtype)


def within(a, low, high):
    """Elements scaled to lie between low and high."""
    span = max(float(np.max(np.abs(a), initial=1.0)), 1.0)
    return (low + (np.abs(a) / span) * (high - low)).astype(a.dtype)


def ascending(a):
    """Sorted along the last axis."""
    return np.sort(a)


def indices(n, *shape):
    """Integer indices of an axis of length n, negative ones among them."""
    rng = np.random.default_rng([n, *shape])
    return rng.integers(-n, n, shape)


def mask(*shape):
    return np.random.default_rng([3, *shape]).random(shape) < 0.5


def permutation(n):
    return np.random.default_rng(n).permutation(n)


def namespace():
    """The names that the arguments of one row are made with."""
    source = Source()
    made = {name: (lambda *shape, name=name: source.array(name, shape)) for name in [*DTYPES, "f2"]}
    theirs = (fortran, reverse, apart, readonly, unaligned, every, nans, specials, positive, within, ascending)
    made.update({f.__name__: f for f in (*theirs, indices, mask, permutation)})
    return {"np": np, **made}
