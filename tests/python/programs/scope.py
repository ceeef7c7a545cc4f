"""What the generator knows of a program while it writes it: variables with their types.

A scalar's type is a letter: i, f, c, b are Python's int, float, complex, bool (weak in docs/deviations.md's sense); I and F are
NumPy's int64 and float64 (strong), as elements of arrays and sums are. A variable has one type throughout. A Python int has a
bound of its magnitude, so that no int ever needs more than 64 bits. An array has a dtype and a symbolic shape: arrays whose shapes are
equal texts have equal shapes.
"""

import collections
import random
from typing import NamedTuple

BOUND = 10**6  # of an int variable
LARGEST = 2**61  # of an int expression
EXACT = 2**53  # an int that a float holds

INTS = ("int8", "int16", "int32", "int64", "uint8", "uint16")
FLOATS = ("float32", "float64")


class Var(NamedTuple):
    name: str
    type: str  # a letter, or a dtype's name for an array
    shape: tuple | None = None  # of an array: texts
    bound: int = BOUND
    fixed: bool = False  # never assigned again

    @property
    def is_array(self):
        return self.shape is not None


class Helper(NamedTuple):
    """A function that can be called: its parameters' letters (A and J are arrays of float64 and int64 of one axis), how many of them
    have defaults, its result's letter."""

    name: str
    params: str
    defaults: int
    result: str


class Scope:
    """The variables that are assigned here, by name, and what a statement may do here."""

    def __init__(self, rng: random.Random, vars=(), helpers=(), parallel=False, counts=None):
        self.rng = rng
        self.counts = collections.Counter() if counts is None else counts  # of names made, for all scopes of a function
        self.vars = {v.name: v for v in vars}
        self.helpers = list(helpers)
        self.parallel = parallel  # in a body of prange: nothing raises, nothing from outside is assigned
        self.loops = 0  # loops around
        self.trips = 1  # how often a statement here may run
        self.frozen = set()  # names that are not to be assigned
        self.indices = {}  # extent -> names of loop variables below it
        self.parallel_options = False  # is it a function with parallel=True?
        self.result = None  # the letters of what an early return gives

    def copy(self, **changes):
        new = Scope(self.rng, self.vars.values(), self.helpers, self.parallel, self.counts)
        new.loops, new.trips, new.frozen, new.result = self.loops, self.trips, set(self.frozen), self.result
        new.parallel_options = self.parallel_options
        new.indices = {extent: list(names) for extent, names in self.indices.items()}
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def scalars(self, letter):
        return [v for v in self.vars.values() if not v.is_array and v.type == letter]

    def arrays(self, dtypes=None, ndim=None):
        return [
            v for v in self.vars.values()
            if v.is_array and (dtypes is None or v.type in dtypes) and (ndim is None or len(v.shape) == ndim)
        ]  # fmt: skip

    def assignable(self, letter):
        return [v for v in self.scalars(letter) if not v.fixed and v.name not in self.frozen]

    def fresh(self, prefix):
        """A name that the function does not use yet."""
        self.counts[prefix] += 1
        return f"{prefix}{self.counts[prefix]}"

    def fresh_extent(self):
        return self.fresh("extent")

    def chance(self, share):
        return self.rng.random() < share

    def pick(self, items):
        return self.rng.choice(list(items))

    def weighted(self, table):
        """One of the keys, by the weights that are their values."""
        return self.rng.choices(list(table), weights=list(table.values()))[0]
