"""Tuples and named tuples."""

from lancehead import _lancehead
from lancehead.types.abstract import ConstSized, Hashable, Sequence
from lancehead.types.base import Type


class UnionType(Type):
    """One of several types."""

    def __init__(self, types):
        self.types = tuple(sorted(set(types), key=str))
        super().__init__(f"Union[{','.join(map(str, self.types))}]")

    def get_type_tag(self, typ):
        return self.types.index(typ)


class BaseTuple(ConstSized, Hashable):
    """Tuples."""

    @classmethod
    def from_types(cls, types, pyclass=None):
        """The type of a tuple of values of these types, of class `pyclass`."""
        types = tuple(types)
        uniform = bool(types) and all(each == types[0] for each in types)
        if pyclass is not None and pyclass is not tuple:
            assert issubclass(pyclass, tuple) and hasattr(pyclass, "_fields")
            return NamedUniTuple(types[0], len(types), pyclass) if uniform else NamedTuple(types, pyclass)
        return UniTuple(types[0], len(types)) if uniform else Tuple(types)


class BaseAnonymousTuple(BaseTuple):
    """Tuples of class tuple."""

    def can_convert_to(self, typingctx, other):
        from lancehead.types.conversions import Conversion, conversion

        if not isinstance(other, BaseAnonymousTuple) or len(self) != len(other):
            return None
        found = [conversion(one, each) for one, each in zip(self, other)]
        return None if None in found else max(found, default=Conversion.safe)

    def __unliteral__(self):
        from lancehead.types.literals import unliteral

        return BaseTuple.from_types([unliteral(each) for each in self])

    def unify(self, typingctx, other):
        from lancehead.types.conversions import unified

        if not isinstance(other, BaseAnonymousTuple) or len(self) != len(other):
            return None
        joined = [unified(one, each) for one, each in zip(self, other)]
        return None if None in joined else BaseTuple.from_types(joined)


class BaseNamedTuple(BaseTuple):
    """Tuples of a class made by collections.namedtuple."""


class _HomogeneousTuple(Sequence, BaseTuple):
    """Tuples of one element type."""

    @property
    def types(self):
        return (self.dtype,) * self.count

    @property
    def iterator_type(self):
        from lancehead.types.iterators import UniTupleIter

        return UniTupleIter(self)

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.types)

    def __getitem__(self, index, /):
        return self.dtype


class _HeterogeneousTuple(BaseTuple):
    """Tuples of several element types."""

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.types)

    def __getitem__(self, index, /):
        return self.types[index]

    @staticmethod
    def is_types_iterable(types):
        try:
            iter(types)
        except TypeError:
            from lancehead.errors import TypingError

            raise TypingError("Argument 'types' is not iterable") from None


def _checked(types):
    _HeterogeneousTuple.is_types_iterable(types)
    types = tuple(types)
    for each in types:
        if not isinstance(each, Type):
            raise TypeError(f"a tuple type is made of types, not {each!r}")
    return types


_MAX_COUNT = 50000  # of a tuple that the compiler is asked about; typeof.cpp has the same


def _id_of(types):
    ids = [each._id for each in types]
    return None if None in ids else _lancehead.tuple_type(ids)


class Tuple(BaseAnonymousTuple, _HeterogeneousTuple):
    """Tuples whose elements have several types; of one type it is the UniTuple."""

    _homogeneous = "UniTuple"

    def __new__(cls, types=()):
        types = _checked(types)
        if types and all(each == types[0] for each in types):
            return globals()[cls._homogeneous](types[0], len(types))
        return object.__new__(cls)

    def __init__(self, types=()):
        self.types = _checked(types)
        self.count = len(self.types)
        self.dtype = UnionType(self.types)
        super().__init__(f"{type(self).__name__}({', '.join(map(str, self.types))})")

    def _find_id(self):
        return _id_of(self.types)

    @property
    def key(self):
        return self.types

    @property
    def mangling_args(self):
        return type(self).__name__, self.types

    def __repr__(self):
        return f"Tuple({self.types!r})"

    def __reduce__(self):
        return type(self), (self.types,)


class UniTuple(BaseAnonymousTuple, _HomogeneousTuple, Sequence):
    """Tuples of `count` elements of type `dtype`."""

    def __init__(self, dtype, count):
        self.dtype = dtype
        self.count = count
        super().__init__(f"{type(self).__name__}({dtype} x {count})")

    def _find_id(self):
        # An empty tuple has no element type for the compiler: its id is Tuple(())'s.
        return _id_of(self.types) if 0 < self.count <= _MAX_COUNT else None

    def core_id(self):
        return super().core_id() if self.count else Tuple(()).core_id()

    @property
    def key(self):
        return self.dtype, self.count

    @property
    def mangling_args(self):
        return type(self).__name__, (self.dtype, self.count)

    def __repr__(self):
        return f"UniTuple({self.dtype!r}, {self.count})"


class _StarArgTupleMixin:
    """Tuples that `*args` collects: to the compiler they are tuples like others."""

    def _find_id(self):
        return None


class StarArgTuple(_StarArgTupleMixin, Tuple):
    """What `*args` collects of several types."""

    _homogeneous = "StarArgUniTuple"


class StarArgUniTuple(_StarArgTupleMixin, UniTuple):
    """What `*args` collects of one type."""


class NamedTuple(_HeterogeneousTuple, BaseNamedTuple):
    """Named tuples whose fields have several types."""

    def __init__(self, types, cls):
        self.types = _checked(types)
        self.count = len(self.types)
        self.fields = tuple(cls._fields)
        self.instance_class = cls
        super().__init__(f"{cls.__name__}({', '.join(map(str, self.types))})")

    @property
    def key(self):
        return self.instance_class, self.types


class NamedUniTuple(_HomogeneousTuple, BaseNamedTuple):
    """Named tuples whose fields have one type."""

    def __init__(self, dtype, count, cls):
        self.dtype = dtype
        self.count = count
        self.fields = tuple(cls._fields)
        self.instance_class = cls
        super().__init__(f"{cls.__name__}({dtype} x {count})")

    @property
    def key(self):
        return self.instance_class, self.dtype, self.count
