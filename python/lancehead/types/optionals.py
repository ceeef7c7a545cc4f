"""Values that may be None, and parameters that may be left out."""

from lancehead import _lancehead
from lancehead.types.abstract import Opaque
from lancehead.types.base import Type
from lancehead.types.scalars import NoneType


class Optional(Type):
    """Values of `type`, or None."""

    def __init__(self, typ):
        from lancehead.types.literals import unliteral

        assert not isinstance(typ, (Optional, NoneType)), f"there is no optional of {typ}"
        self.type = unliteral(typ)
        super().__init__(f"OptionalType({self.type})")

    def _find_id(self):
        return None if self.type._id is None else _lancehead.optional_type(self.type._id)

    @property
    def key(self):
        return self.type

    def unify(self, typingctx, other):
        from lancehead.types.conversions import unified

        joined = unified(self.type, other.type if isinstance(other, Optional) else other)
        if isinstance(other, NoneType):
            return self
        return None if joined is None else Optional(joined)

    def can_convert_to(self, typingctx, other):
        from lancehead.types.conversions import Conversion, conversion

        if isinstance(other, Optional):
            found = conversion(self.type, other.type)
            return None if found is None else max(found, Conversion.promote)
        found = conversion(self.type, other)
        return None if found is None else max(found, Conversion.safe)

    def can_convert_from(self, typingctx, other):
        from lancehead.types.conversions import Conversion, conversion

        if isinstance(other, NoneType):
            return Conversion.promote
        inner = other.type if isinstance(other, Optional) else other
        found = conversion(inner, self.type)
        return None if found is None else max(found, Conversion.promote)


optional = Optional


class Omitted(Opaque):
    """A parameter that was left out: its default value."""

    def __init__(self, value):
        self._value = value
        self._value_key = get_hashable_key(value)
        super().__init__(f"omitted(default={value!r})")

    @property
    def key(self):
        return type(self._value), self._value_key

    @property
    def value(self):
        return self._value


def get_hashable_key(value):
    """The value if it hashes; else its identity, which lasts as long as the type that holds the value."""
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value
