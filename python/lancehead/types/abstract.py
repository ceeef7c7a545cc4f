"""The abstract bases of types: what isinstance asks for, and what a client's type derives from."""

from abc import abstractmethod

from lancehead.types.base import Type


class Dummy(Type):
    """Types whose values have no representation."""


class Opaque(Dummy):
    """Types whose values are opaque pointers."""


class Phantom(Dummy):
    """Types without values."""


class Hashable(Type):
    """Types whose values hash."""


class IterableType(Type):
    """Types that can be iterated."""

    @property
    @abstractmethod
    def iterator_type(self):
        """The type of iter(value)."""


class IteratorType(IterableType):
    """Iterators."""

    def __init__(self, name, **kwargs):
        super().__init__(name, **kwargs)

    @property
    @abstractmethod
    def yield_type(self):
        """The type of next(value)."""

    @property
    def iterator_type(self):
        return self


class SimpleIterableType(IterableType):
    """Iterables that are told their iterator."""

    def __init__(self, name, iterator_type):
        self._iterator_type = iterator_type
        super().__init__(name)

    @property
    def iterator_type(self):
        return self._iterator_type


class SimpleIteratorType(IteratorType):
    """Iterators that are told what they yield."""

    def __init__(self, name, yield_type):
        self._yield_type = yield_type
        super().__init__(name)

    @property
    def yield_type(self):
        return self._yield_type


class Sized(Type):
    """Types whose values have a length."""


class ConstSized(Sized):
    """Types whose values' length is part of the type."""

    @abstractmethod
    def __len__(self):
        """The length."""


class Container(Sized, IterableType):
    """Containers."""


class Sequence(Container):
    """Sequences."""


class MutableSequence(Sequence):
    """Sequences that can be changed."""

    mutable = True


class ArrayCompatible(Type):
    """Types that can be used as arrays."""

    array_priority = 0.0

    @property
    @abstractmethod
    def as_array(self):
        """The type of the array."""

    @property
    def ndim(self):
        return self.as_array.ndim

    @property
    def layout(self):
        return self.as_array.layout

    @property
    def dtype(self):
        return self.as_array.dtype


class DTypeSpec(Type):
    """Types whose values say the type of elements."""

    @property
    @abstractmethod
    def dtype(self):
        """The type of the elements."""


class Callable(Type):
    """Types whose values can be called."""

    @abstractmethod
    def get_call_type(self, context, args, kws):
        """The signature of a call with these types."""

    @abstractmethod
    def get_call_signatures(self):
        """(signatures, whether it takes others too)."""

    @abstractmethod
    def get_impl_key(self, sig):
        """What finds the implementation of a signature."""


class InitialValue:
    """Containers that may know what they were made with."""

    def __init__(self, initial_value):
        self._initial_value = initial_value

    @property
    def initial_value(self):
        return self._initial_value


class TypeRef(Dummy):
    """A type as a value."""

    def __init__(self, instance_type):
        self.instance_type = instance_type
        super().__init__(f"typeref[{instance_type}]")

    @property
    def key(self):
        return self.instance_type
