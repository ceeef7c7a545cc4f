"""Iterators, ranges and generators."""

from lancehead.types.abstract import MutableSequence, SimpleIterableType, SimpleIteratorType
from lancehead.types.scalars import Integer
from lancehead.types.tuples import Tuple, UniTuple, _HomogeneousTuple

_INTP = Integer("int64")


class _Keyed(SimpleIteratorType):
    """Iterators that what they iterate over tells completely."""

    def __init__(self, name, yield_type, key):
        self._key = key
        super().__init__(name, yield_type)

    @property
    def key(self):
        return self._key


class BaseContainerIterator(_Keyed):
    """Iterators over a container of elements of one type."""

    def __init__(self, container):
        assert isinstance(container, self.container_class)
        self.container = container
        super().__init__(f"iter({container})", container.dtype, container)

    @property
    def container_class(self):
        raise NotImplementedError


def _of_container(name):
    def container_class(self):
        from lancehead import types

        return getattr(types, name)

    return property(container_class)


class ListIter(BaseContainerIterator):
    """Iterators over lists."""

    container_class = _of_container("List")


class SetIter(BaseContainerIterator):
    """Iterators over sets."""

    container_class = _of_container("Set")


class UniTupleIter(BaseContainerIterator):
    """Iterators over tuples of one element type."""

    container_class = _HomogeneousTuple


class UnicodeIteratorType(SimpleIteratorType):
    """Iterators over str."""

    def __init__(self, dtype):
        self.data = dtype
        super().__init__("iter_unicode", dtype)


def _part_of(array):
    """The type of array[i]."""
    if array.ndim == 1:
        return array.dtype
    if array.ndim == 0:
        from lancehead.errors import TypingError

        raise TypingError("iteration over a 0-d array")
    return array.copy(ndim=array.ndim - 1, layout="A")


class ArrayIterator(SimpleIteratorType):
    """Iterators over the first axis of an array."""

    def __init__(self, array_type):
        self.array_type = array_type
        super().__init__(f"iter({array_type})", _part_of(array_type))


class NumpyFlatType(_Keyed, MutableSequence):
    """The type of array.flat."""

    def __init__(self, arrty):
        self.array_type = arrty
        self.dtype = arrty.dtype
        super().__init__(f"array.flat({arrty})", arrty.dtype, arrty)


class NumpyNdEnumerateType(_Keyed):
    """The type of np.ndenumerate(array)."""

    def __init__(self, arrty):
        self.array_type = arrty
        super().__init__(f"ndenumerate({arrty})", Tuple((UniTuple(_INTP, arrty.ndim), arrty.dtype)), arrty)


class NumpyNdIndexType(_Keyed):
    """The type of np.ndindex(...)."""

    def __init__(self, ndim):
        self.ndim = ndim
        super().__init__(f"ndindex(ndim={ndim})", UniTuple(_INTP, ndim), ndim)


class EnumerateType(_Keyed):
    """The type of enumerate(...)."""

    def __init__(self, iterable_type):
        self.source_type = iterable_type.iterator_type
        yield_type = Tuple((_INTP, self.source_type.yield_type))
        super().__init__(f"enumerate({self.source_type})", yield_type, self.source_type)


class ZipType(_Keyed):
    """The type of zip(...)."""

    def __init__(self, iterable_types):
        self.source_types = tuple(each.iterator_type for each in iterable_types)
        yield_type = Tuple(tuple(each.yield_type for each in self.source_types))
        super().__init__(f"zip({', '.join(map(str, self.source_types))})", yield_type, self.source_types)


class RangeIteratorType(SimpleIteratorType):
    """Iterators over ranges."""

    def __init__(self, dtype):
        super().__init__(f"range_iter_{dtype}", dtype)


class RangeType(SimpleIterableType):
    """Ranges."""

    def __init__(self, dtype):
        self.dtype = dtype
        super().__init__(f"range_state_{dtype}", RangeIteratorType(dtype))

    def unify(self, typingctx, other):
        from lancehead.types.conversions import unified

        joined = unified(self.dtype, other.dtype) if isinstance(other, RangeType) else None
        return None if joined is None else RangeType(joined)


class Generator(_Keyed):
    """What a call of a generator function makes."""

    def __init__(self, gen_func, yield_type, arg_types, state_types, has_finalizer):
        self.gen_func = gen_func
        self.arg_types = tuple(arg_types)
        self.state_types = tuple(state_types)
        self.has_finalizer = has_finalizer
        name = f"{yield_type} generator(func={gen_func}, args={self.arg_types}, has_finalizer={has_finalizer})"
        super().__init__(name, yield_type, (gen_func, self.arg_types, yield_type, has_finalizer, self.state_types))


range_state32_type, range_state64_type = RangeType(Integer("int32")), RangeType(_INTP)
unsigned_range_state64_type = RangeType(Integer("uint64"))
range_iter32_type, range_iter64_type = range_state32_type.iterator_type, range_state64_type.iterator_type
unsigned_range_iter64_type = unsigned_range_state64_type.iterator_type
