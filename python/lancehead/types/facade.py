"""From the compiler's type ids to facades: what the extension calls to show a type.

Scalars are made when lancehead.types is imported, so only composed types are made here.
"""

from lancehead import _lancehead
from lancehead.types.arrays import Array
from lancehead.types.base import Opaque, _by_id
from lancehead.types.containers import Optional, Tuple


def type_of_id(core_id):
    """The facade of an id; always the same object."""
    found = _by_id.get(core_id)
    if found is None:
        kind, *parts = _lancehead.type_parts(core_id)
        found = _by_id.setdefault(core_id, _MADE.get(kind, _named)(core_id, *parts))
    return found


def _array(core_id, dtype, ndim, layout, readonly, aligned):
    return Array(type_of_id(dtype), ndim, layout, readonly, aligned=aligned)


def _tuple(core_id, items):
    return Tuple(tuple(map(type_of_id, items)))


def _optional(core_id, item):
    return Optional(type_of_id(item))


def _named(core_id, *parts):
    """A type that has no class here: shown by its name."""
    made = object.__new__(Opaque)
    made.name = _lancehead.type_name(core_id)
    made._id = core_id
    return made


_MADE = {"array": _array, "tuple": _tuple, "optional": _optional}
