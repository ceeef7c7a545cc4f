"""What spellings of types mean in Numba, as text: facts that test_type_facts.py compares with Lancehead's.

The table, type_facts.txt, has each spelling with its facts below it. A Python that has Numba (`./dev numba-venv` makes
one) writes the facts of the spellings that are there; to add some, add the spellings, then:
    PYTHON tests/python/type_facts.py

Of a type the facts are its class with the bases, its text, and every public attribute that is not a method; of
anything else its value, or the class of the error. Left out are DEFAULTS, what the text says already, and UNSHOWN.
"""

import array
import collections
import ctypes
import datetime
import decimal
import enum
import functools
import inspect
import math
import operator
import pathlib
import random
import re

import numpy as np

DEFAULTS = dict(mutable=False, reflected=False, aligned=True, is_internal=True, slice_is_copy=False, array_priority=0.0)
# Numba's own machinery, what counts or names modules; `readonly`, which is ours.
UNSHOWN = {"readonly"}
UNSHOWN |= {"ctor_map", "tuple_ty", "FakeNamedTuple", "as_array", "LAYOUTS", "box_type", "name", "container_class"}
UNSHOWN_OF = {"Record": {"mangling_args"}, "LiteralStrKeyDict": {"instance_class", "literal_type"}}
UNSHOWN_OF["LiteralList"] = {"literal_type", "iterator_type"}

TABLE = pathlib.Path(__file__).with_name("type_facts.txt")


class Color(enum.Enum):
    RED = 1
    BLUE = 2


class Shape(enum.IntEnum):
    ROUND = 1


class Mixed(enum.Enum):
    A = 1
    B = 2.5


class PlainSubclass(np.ndarray):
    pass


Point = collections.namedtuple("Point", "x y")
RECORD = np.dtype([("a", "i4"), ("b", "f8"), ("c", "c8", (2, 3))])


def subclass(cls):
    return type("My" + cls.__name__, (cls,), {})


def shown(value):
    """The same text in every process."""
    if isinstance(value, type):
        return f"class {value.__name__}"
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(sorted(map(shown, value))) + "}"
    if isinstance(value, list) or type(value) is tuple:
        return "({})".format(", ".join(map(shown, value)))
    if isinstance(value, collections.abc.Mapping):
        return "{" + ", ".join(f"{shown(k)}: {shown(v)}" for k, v in value.items()) + "}"
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))


class Facts:
    """The names of the spellings over one implementation: its modules of types and of dtypes, and three functions."""

    def __init__(self, types, support, typeof, from_dtype, signature, njit, context):
        self.types = types
        with_type = type("WithType", (), {"_numba_type_": types.int32})
        local = dict(Color=Color, Shape=Shape, Mixed=Mixed, Point=Point, PlainSubclass=PlainSubclass, subclass=subclass)
        own = dict(type_names=self.type_names, classes=self.classes, joins=self.joins, conversions=self.conversions)
        own.update(parameters=self.parameters, truth=self.truth, record=self.record, jitted=njit(lambda x: x))
        data = dict(record_dtype=RECORD, records=np.zeros(1, RECORD), WithType=with_type, context=context)
        modules = dict(array=array, ctypes=ctypes, datetime=datetime, decimal=decimal, functools=functools, math=math)
        modules.update(np=np, operator=operator, random=random, types=types, support=support)
        functions = dict(typeof=typeof, from_dtype=from_dtype, signature=signature)
        self.names = {**local, **own, **data, **modules, **functions}

    def of(self, spelling):
        """The lines that the table has of a spelling."""
        try:
            value = eval(spelling, self.names)
        except Exception as error:
            return [f"raises {type(error).__name__}"]
        if isinstance(value, list):
            return ["list", *map(shown, value)]
        if not isinstance(value, self.types.Type):
            return [f"{type(value).__name__} {shown(value)}"]
        return self._of_type(value)

    def _of_type(self, value):
        lines = ["class " + " ".join(self._bases(type(value))), f"str {value}"]
        if repr(value) != str(value):
            lines.append(f"repr {value!r}")
        if value.name != str(value):
            lines.append(f"name {value.name}")
        unshown = UNSHOWN | UNSHOWN_OF.get(type(value).__name__, set())
        for name in sorted(set(dir(value)) - unshown):
            if not name.startswith("_"):
                lines += self._of_attribute(value, name)
        if not value.is_precise():
            lines.append("not precise")
        if hasattr(type(value), "__len__"):
            lines.append(f"len {len(value)}")
        return lines

    def _of_attribute(self, value, name):
        try:
            found = getattr(value, name)
        except Exception as error:
            return [f"{name}: raises {type(error).__name__}"]
        implied = {"key": value.name, "mangling_args": (value.name, ()), **DEFAULTS}
        is_method = callable(found) and not isinstance(found, (self.types.Type, type))
        if is_method or (name in implied and implied[name] == found):
            return []
        return [f"{name}: {shown(found)}"]

    def _bases(self, cls):
        return [base.__name__ for base in cls.__mro__ if issubclass(base, self.types.Type) and base.__name__[0] != "_"]

    def _public(self, kind):
        for name in sorted(dir(self.types)):
            if name[0] != "_" and isinstance(getattr(self.types, name, None), kind):
                yield name, getattr(self.types, name)

    def type_names(self):
        """Every public name of a type: 'byte=uint8'."""
        return [f"{name}={value}" for name, value in self._public(self.types.Type)]

    def classes(self):
        """Every public class of types, with its bases in no order."""
        return [f"{name}: {sorted(self._bases(cls))}" for name, cls in self._public(type(self.types.Type))]

    def parameters(self, cls):
        return list(inspect.signature(cls.__init__).parameters)[1:]

    def _scalars(self, names):
        return [getattr(self.types, name) for name in names.split()]

    def joins(self, names):
        """What the members of tuples join in: a row per type."""
        return self._pairs(names, lambda one, other: one.unify(self.names["context"], other).types[0])

    def conversions(self, names):
        return self._pairs(names, lambda one, other: int(one.can_convert_to(self.names["context"], other) or 0))

    def _pairs(self, names, of_pair):
        tuples = [self.types.UniTuple(each, 1) for each in self._scalars(names)]
        return [[str(of_pair(one, other)) for other in tuples] for one in tuples]

    def truth(self, function, names):
        """Which types the function is true of."""
        asked = [eval(name, dict(vars(self.types), literal=self.types.literal), self._lazy()) for name in names.split()]
        return [str(each) for each in asked if getattr(self.names["support"], function)(each)]

    def _lazy(self):
        return {name: getattr(self.types, name) for name in ("List", "UniTuple", "NPDatetime")}

    def record(self, names):
        return self.types.Record.make_c_struct([(name, self.types.int64) for name in names])


def of_numba():
    import numba
    from numba.core.registry import cpu_target
    from numba.np import numpy_support

    cpu_target.typing_context.refresh()
    names = numba.types, numpy_support, numba.typeof, numba.from_dtype, numba.core.typing.signature
    return Facts(*names, numba.njit, cpu_target.typing_context)


def of_lancehead():
    import lancehead
    from lancehead import numpy_support, signatures

    names = lancehead.types, numpy_support, lancehead.typeof, lancehead.from_dtype, signatures.signature
    return Facts(*names, lancehead.njit, None)


def read():
    """Spelling -> lines."""
    table = {}
    for line in TABLE.read_text().splitlines():
        if line.startswith("    "):
            table[spelling].append(line[4:])
        else:
            spelling = line
            table[spelling] = []
    return table


def table_of(facts):
    """The table's text, of this implementation."""
    return "".join("\n    ".join([spelling, *facts.of(spelling)]) + "\n" for spelling in read())


if __name__ == "__main__":
    import sys
    import warnings

    warnings.simplefilter("ignore")
    made = table_of(of_numba())
    if "--print" in sys.argv:
        print(made, end="")
    else:
        TABLE.write_text(made)
