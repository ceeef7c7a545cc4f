"""Tuples and optionals."""

from lancehead import _lancehead
from lancehead.types.base import ConstSized, Hashable, Sequence, Type


class BaseTuple(ConstSized, Hashable):
    """Tuples."""

    @classmethod
    def from_types(cls, types, pyclass=None):
        """The type of a tuple of values of these types."""
        if pyclass is not None and pyclass is not tuple:
            from lancehead.unbuilt import not_built

            raise not_built("the type of a named tuple")
        return Tuple(types)

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.types)

    def __bool__(self):
        return True

    def __getitem__(self, index, /):
        return self.types[index]


class BaseAnonymousTuple(BaseTuple):
    """Tuples of class tuple."""


class _HomogeneousTuple(Sequence, BaseTuple):
    """Tuples of one element type."""


class _HeterogeneousTuple(BaseTuple):
    """Tuples of several element types."""


def _id_of(types):
    ids = [each._id for each in types]
    return None if None in ids else _lancehead.tuple_type(ids)


class Tuple(BaseAnonymousTuple, _HeterogeneousTuple):
    """Tuples whose elements have several types; of one type it is the UniTuple."""

    def __new__(cls, types=()):
        types = tuple(types)
        if cls is Tuple and types and all(each == types[0] for each in types):
            return UniTuple(types[0], len(types))
        return object.__new__(cls)

    def __init__(self, types=()):
        self.types = tuple(types)
        for each in self.types:
            if not isinstance(each, Type):
                raise TypeError(f"a tuple type is made of types, not {each!r}")
        self.count = len(self.types)
        self._id = _id_of(self.types)
        super().__init__(f"Tuple({', '.join(map(str, self.types))})")

    @property
    def key(self):
        return self.types

    @property
    def dtype(self):
        from lancehead.errors import NumbaTypeError

        raise NumbaTypeError(f"{self} has no single element type")

    def __repr__(self):
        return f"Tuple({self.types!r})"

    def __reduce__(self):
        return Tuple, (self.types,)


class UniTuple(BaseAnonymousTuple, _HomogeneousTuple, Sequence):
    """Tuples of `count` elements of type `dtype`."""

    def __init__(self, dtype, count):
        self.dtype = dtype
        self.count = count
        if count:  # an empty tuple has no element type for the compiler: its id is Tuple(())'s
            self._id = _id_of(self.types)
        super().__init__(f"UniTuple({dtype} x {count})")

    @property
    def types(self):
        return (self.dtype,) * self.count

    @property
    def key(self):
        return self.dtype, self.count

    def core_id(self):
        return self._id if self.count else Tuple(()).core_id()

    def __getitem__(self, index, /):
        return self.dtype

    def __repr__(self):
        return f"UniTuple({self.dtype!r}, {self.count})"

    def __reduce__(self):
        return UniTuple, (self.dtype, self.count)


class Optional(Type):
    """Values of `type`, or None."""

    def __init__(self, typ):
        if isinstance(typ, Optional) or typ.name == "none":
            raise AssertionError(f"there is no optional of {typ}")
        self.type = typ
        if typ._id is not None:
            self._id = _lancehead.optional_type(typ._id)
        super().__init__(f"OptionalType({typ})")

    @property
    def key(self):
        return self.type

    def __reduce__(self):
        return Optional, (self.type,)
