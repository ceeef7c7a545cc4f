"""From the compiler's type ids to facades: what the extension calls to show a type."""

from lancehead import _lancehead, types
from lancehead.types.abstract import Opaque

_by_id = {}


def type_of_id(core_id):
    """The facade of an id; always the same object."""
    found = _by_id.get(core_id)
    if found is None:
        kind, *parts = _lancehead.type_parts(core_id)
        found = _MADE.get(kind, _named)(core_id, *parts)
        if found._id is None:
            found.__dict__["_core_id"] = core_id
        found = _by_id.setdefault(core_id, found)
    return found


class _Known(Opaque):
    """An object that is known when compiling; Numba has no class for it, or one that we do not have."""

    def __init__(self, name, core_id, known):
        self._known = known
        self._core_id = core_id
        super().__init__(name)

    @property
    def key(self):
        return self._core_id

    def __reduce__(self):
        from lancehead.value_types import typeof

        return typeof, (self._known,)


class _KnownFunction(_Known, types.Function):
    """A function, builtin or ufunc that is known when compiling."""


def _array(core_id, dtype, ndim, layout, readonly, aligned):
    return types.Array(type_of_id(dtype), ndim, layout, readonly, aligned=aligned)


def _list(core_id, item):
    return types.List(type_of_id(item), reflected=True)


def _tuple(core_id, items):
    return types.Tuple(tuple(map(type_of_id, items)))


def _optional(core_id, item):
    return types.Optional(type_of_id(item))


def _dtype(core_id, item):
    return types.DType(type_of_id(item))


def _slice(core_id, members):
    """Several ids, which tell what is None in the slice, look the same."""
    return types.slice2_type if members == 2 else types.slice3_type


def _element(core_id, dtype):
    """Of records, dates and spans. Numba has no type for units that are multiples."""
    from lancehead.errors import NumbaNotImplementedError
    from lancehead.numpy_support import from_dtype

    try:
        return from_dtype(dtype)
    except NumbaNotImplementedError:
        return _named(core_id)


def _scalar(core_id, *parts):
    return getattr(types, _lancehead.type_name(core_id))


def _known(core_id, jitted, known, name):
    if jitted and known is not None:
        return types.Dispatcher(known)
    if isinstance(known, type(types)):
        return types.Module(known)
    if isinstance(known, type):
        return types.ExceptionClass(known) if issubclass(known, BaseException) else _Known(name, core_id, known)
    return _KnownFunction(name, core_id, known)


def _named(core_id, *parts):
    """A type that no Python code sees: shown by its name."""
    made = object.__new__(Opaque)
    made.name = _lancehead.type_name(core_id)
    return made


_MADE = dict.fromkeys("bool int float complex none unicode_type".split(), _scalar)
_MADE.update(element=_element, array=_array, list=_list, tuple=_tuple, optional=_optional, dtype=_dtype, slice=_slice, known=_known)
