"""Types of one value: literals, and what removes the value from a type again."""

from lancehead import errors
from lancehead.types.abstract import ConstSized, Dummy, Hashable
from lancehead.types.base import Type
from lancehead.types.scalars import Boolean, Integer


class Literal(Type):
    """The type of one value only. Made by `literal(value)`."""

    ctor_map = {}

    def __init__(self, value):
        if type(self) is Literal:
            raise TypeError("Cannot be constructed directly. Use `numba.types.literal(value)` instead")
        self._literal_init(value)
        super().__init__(self._name_of(value))

    def _literal_init(self, value):
        self._literal_value = value

    def _name_of(self, value):
        return f"Literal[{type(value).__name__}]({value})"

    @property
    def literal_value(self):
        return self._literal_value

    @property
    def literal_type(self):
        """The type of the value when it is not known."""
        from lancehead.value_types import typeof

        return typeof(self._literal_value)

    @property
    def key(self):
        return self.name

    def _find_id(self):
        return None


class IntegerLiteral(Literal, Integer):
    """The type of one int."""

    def __init__(self, value):
        self._literal_init(value)
        of_any = self.literal_type
        Integer.__init__(self, self._name_of(value), bitwidth=of_any.bitwidth, signed=of_any.signed)

    def can_convert_to(self, typingctx, other):
        return _as_its_type(self, other)


class BooleanLiteral(Literal, Boolean):
    """The type of True, or of False."""

    def can_convert_to(self, typingctx, other):
        return _as_its_type(self, other)


class StringLiteral(Literal, Dummy):
    """The type of one str."""

    def can_convert_to(self, typingctx, other):
        from lancehead.types.conversions import Conversion
        from lancehead.types.scalars import UnicodeType

        return Conversion.safe if isinstance(other, UnicodeType) else None


def _as_its_type(one, other):
    """A literal converts as its type does, and to that type nearly at once."""
    from lancehead.types.conversions import Conversion, conversion

    found = conversion(one.literal_type, other)
    return None if found is None else max(found, Conversion.promote)


class SliceType(Type):
    """Slices with `members` members."""

    def __init__(self, name, members):
        assert members in (2, 3), "a slice has 2 or 3 members"
        self.members = members
        self.has_step = members >= 3
        super().__init__(name)

    def _find_id(self):
        from lancehead import _lancehead

        return _lancehead.slice_type(self.has_step)

    @property
    def key(self):
        return self.members


class SliceLiteral(Literal, SliceType):
    """The type of one slice."""

    def __init__(self, value):
        self._literal_init(value)
        SliceType.__init__(self, self._name_of(value), 2 if value.step is None else 3)

    @property
    def key(self):
        value = self._literal_value
        return value.start, value.stop, value.step

    def __reduce__(self):
        return SliceLiteral, (self._literal_value,)


Literal.ctor_map.update({int: IntegerLiteral, bool: BooleanLiteral, str: StringLiteral, slice: SliceLiteral})


def literal(value):
    """The type of this value only; LiteralTypingError if there are no such types for its class."""
    if isinstance(value, Type):
        raise errors.LiteralTypingError(f"{type(value)} cannot be used as a literal")
    made_by = Literal.ctor_map.get(type(value))
    if made_by is None:
        raise errors.LiteralTypingError(f"{type(value)} cannot be used as a literal")
    if type(value) is int and not -(1 << 63) <= value < 1 << 64:
        raise TypeError(f"Cannot create literal type. Int value is too large: {value}")
    return made_by(value)


def maybe_literal(value):
    """literal(value), or None if the value has no such type."""
    try:
        return literal(value)
    except errors.LiteralTypingError:
        return None


def unliteral(literal_type):
    """The type without the literal value that it may carry."""
    if hasattr(literal_type, "__unliteral__"):
        return literal_type.__unliteral__()
    return getattr(literal_type, "literal_type", literal_type)


class LiteralList(Literal, ConstSized, Hashable):
    """Lists whose elements' types are all known."""

    def __init__(self, literal_value):
        values = list(literal_value)
        self._literal_init(values)
        self.types = tuple(values)
        self.count = len(values)
        Type.__init__(self, f"LiteralList({self.types})")

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.types)

    def __getitem__(self, index, /):
        return self.types[index]

    @property
    def literal_type(self):
        from lancehead.types.lists import List

        return List(unliteral(self.types[0]), reflected=True)

    @classmethod
    def from_types(cls, types):
        return cls(types)

    def __unliteral__(self):
        return LiteralList([unliteral(each) for each in self.types])


class LiteralStrKeyDict(Literal, ConstSized, Hashable):
    """Dicts whose keys are known strings."""

    def __init__(self, literal_value, value_index=None):
        self._literal_init(dict(literal_value))
        self.value_index = value_index
        self.fields = tuple(key.literal_value for key in self._literal_value)
        self.types = tuple(self._literal_value.values())
        self.count = len(self.types)
        Type.__init__(self, f"LiteralStrKey[Dict]({self._literal_value})")

    @property
    def key(self):
        return self.fields, self.types, str(self._literal_value)

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(self.types)

    def __unliteral__(self):
        return LiteralStrKeyDict({key: unliteral(value) for key, value in self._literal_value.items()})
