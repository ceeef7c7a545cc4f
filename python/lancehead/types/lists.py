"""Lists, sets and dicts: those of Python ("reflected" as arguments), and the typed ones."""

from lancehead import _lancehead, errors
from lancehead.types.abstract import Container, InitialValue, IterableType, MutableSequence
from lancehead.types.abstract import SimpleIterableType, SimpleIteratorType
from lancehead.types.literals import unliteral
from lancehead.types.optionals import Optional
from lancehead.types.scalars import NoneType


class List(MutableSequence, InitialValue):
    """Python's lists; `reflected` if changes must show in the list that was passed."""

    def __init__(self, dtype, reflected=False, initial_value=None):
        self.dtype = unliteral(dtype)
        self.reflected = reflected
        InitialValue.__init__(self, initial_value)
        super().__init__(f"{'reflected ' if reflected else ''}list({self.dtype})<iv={initial_value}>")

    @property
    def key(self):
        return self.dtype, self.reflected, str(self.initial_value)

    @property
    def iterator_type(self):
        from lancehead.types.iterators import ListIter

        return ListIter(self)

    def __getitem__(self, index, /):
        return self.dtype

    def copy(self, dtype=None, reflected=None):
        """The type with other parts, of a list of which nothing else is known."""
        dtype = self.dtype if dtype is None else dtype
        return List(dtype, self.reflected if reflected is None else reflected, self.initial_value)

    def unify(self, typingctx, other):
        from lancehead.types.conversions import unified

        if not isinstance(other, List):
            return None
        precise = [each for each in (self, other) if each.is_precise()]
        dtype = unified(self.dtype, other.dtype) if len(precise) == 2 else (precise or [self])[0].dtype
        return None if dtype is None else List(dtype, self.reflected or other.reflected)

    def is_precise(self):
        return self.dtype.is_precise()

    def __unliteral__(self):
        return List(self.dtype, self.reflected)

    def _find_id(self):
        return None if self.dtype._id is None else _lancehead.list_type(self.dtype._id)

    def __repr__(self):
        return f"List({self.dtype}, {self.reflected})"


class Set(Container):
    """Python's sets."""

    mutable = True

    def __init__(self, dtype, reflected=False):
        self.dtype = dtype
        self.reflected = reflected
        super().__init__(f"{'reflected ' if reflected else ''}set({dtype})")

    @property
    def key(self):
        return self.dtype, self.reflected

    @property
    def iterator_type(self):
        from lancehead.types.iterators import SetIter

        return SetIter(self)

    def copy(self, dtype=None, reflected=None):
        """The type with other parts."""
        return Set(self.dtype if dtype is None else dtype, self.reflected if reflected is None else reflected)

    def is_precise(self):
        return self.dtype.is_precise()

    def __repr__(self):
        return f"Set({self.dtype}, {self.reflected})"


def _element(of, typ, forbidden):
    """The type of an element of a typed container, if it may be one."""
    if isinstance(typ, forbidden):
        raise errors.TypingError(f"{of} cannot be of type {typ}")
    return unliteral(typ)


class ListType(IterableType):
    """typed.List."""

    mutable = True

    def __init__(self, itemty):
        self.item_type = self.dtype = _element("List.item_type", itemty, Optional)
        super().__init__(f"ListType[{self.item_type}]")

    @property
    def key(self):
        return self.item_type

    @property
    def iterator_type(self):
        return ListTypeIterableType(self).iterator_type

    @classmethod
    def refine(cls, itemty):
        """The type of a list of which the element type is now known."""
        return cls(itemty)

    def is_precise(self):
        return self.item_type.is_precise()

    def __repr__(self):
        return f"ListType({self.item_type!r})"


class DictType(IterableType, InitialValue):
    """typed.Dict, and dicts in compiled code."""

    def __init__(self, keyty, valty, initial_value=None):
        keyty, valty = unliteral(keyty), unliteral(valty)
        self.key_type = _element("Dict.key_type", keyty, (Optional, NoneType))
        self.value_type = _element("Dict.value_type", valty, (Optional, NoneType))
        for typ, place in ((keyty, "key"), (valty, "value")):
            if isinstance(typ, (List, Set)):
                raise errors.TypingError(f"{typ} as {place} is forbidden")
        from lancehead.types.tuples import Tuple

        self.keyvalue_type = Tuple((self.key_type, self.value_type))
        InitialValue.__init__(self, initial_value)
        super().__init__(f"DictType[{self.key_type},{self.value_type}]<iv={initial_value}>")

    @property
    def key(self):
        return self.key_type, self.value_type, str(self.initial_value)

    @property
    def iterator_type(self):
        return DictKeysIterableType(self).iterator_type

    @classmethod
    def refine(cls, keyty, valty):
        """The type of a dict of which the types are now known."""
        return cls(keyty, valty)

    def is_precise(self):
        return self.key_type.is_precise() and self.value_type.is_precise()

    def __unliteral__(self):
        return DictType(self.key_type, self.value_type)

    def __repr__(self):
        return f"DictType({self.key_type}, {self.value_type})"


class SetType(IterableType, InitialValue):
    """typed.Set."""

    def __init__(self, keyty, initial_value=None):
        self.key_type = _element("Set.key_type", unliteral(keyty), (Optional, NoneType))
        InitialValue.__init__(self, initial_value)
        super().__init__(f"SetType[{self.key_type}]<iv={initial_value}>")

    @property
    def key(self):
        return self.key_type, str(self.initial_value)

    @property
    def iterator_type(self):
        return SetIterableType(self).iterator_type

    @classmethod
    def refine(cls, keyty):
        """The type of a set of which the element type is now known."""
        return cls(keyty)

    def is_precise(self):
        return self.key_type.is_precise()

    def __unliteral__(self):
        return SetType(self.key_type)


class _View(SimpleIterableType):
    """What iterates over a part of a container: `_part` of it, shown as `_shown`."""

    def __init__(self, parent):
        self.parent = parent
        self.yield_type = getattr(parent, self._part)
        self.name = f"{self._shown}[{parent}]"
        super().__init__(self.name, self._iterator(self))

    def __reduce__(self):
        return type(self), (self.parent,)  # not by its state, which comes back to it


class _ViewIterator(SimpleIteratorType):
    """Iterators of the views."""

    _suffix = True

    def __init__(self, iterable):
        self.parent = iterable.parent
        self.iterable = iterable
        suffix = f",{iterable.name}" if self._suffix else ""
        super().__init__(f"iter[{self.parent}->{iterable.yield_type}]{suffix}", iterable.yield_type)

    def __reduce__(self):
        return type(self), (self.iterable,)


class DictIteratorType(_ViewIterator):
    """Iterators over dicts."""


class SetIteratorType(_ViewIterator):
    """Iterators over typed sets."""


class ListTypeIteratorType(_ViewIterator):
    """Iterators over typed lists."""

    _suffix = False


class DictKeysIterableType(_View):
    """The type of dict.keys()."""

    _part, _shown, _iterator = "key_type", "keys", DictIteratorType


class DictValuesIterableType(_View):
    """The type of dict.values()."""

    _part, _shown, _iterator = "value_type", "values", DictIteratorType


class DictItemsIterableType(_View):
    """The type of dict.items()."""

    _part, _shown, _iterator = "keyvalue_type", "items", DictIteratorType


class SetIterableType(_View):
    """What iterates over a typed set."""

    _part, _shown, _iterator = "key_type", "values", SetIteratorType


class ListTypeIterableType(_View):
    """What iterates over a typed list."""

    _part, _shown, _iterator = "item_type", "list", ListTypeIteratorType
