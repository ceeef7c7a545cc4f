"""Enumerations: their classes and their members."""

from lancehead.types.abstract import Dummy
from lancehead.types.base import Type


class _OfEnum(Type):
    """What an enumeration and the type of its values tell."""

    def __init__(self, cls, dtype):
        assert isinstance(cls, type) and isinstance(dtype, Type)
        self.instance_class = cls
        self.dtype = dtype
        super().__init__(f"{self.basename}<{dtype}>({cls.__name__})")

    @property
    def key(self):
        return self.instance_class, self.dtype


class EnumClass(_OfEnum, Dummy):
    """An enumeration as a value."""

    basename = "Enum class"

    @property
    def member_type(self):
        return EnumMember(self.instance_class, self.dtype)


class IntEnumClass(EnumClass):
    """An enumeration of ints as a value."""

    basename = "IntEnum class"

    @property
    def member_type(self):
        return IntEnumMember(self.instance_class, self.dtype)


class EnumMember(_OfEnum):
    """Members of an enumeration."""

    basename = "Enum"
    class_type_class = EnumClass

    @property
    def class_type(self):
        return self.class_type_class(self.instance_class, self.dtype)


class IntEnumMember(EnumMember):
    """Members of an enumeration of ints."""

    basename = "IntEnum"
    class_type_class = IntEnumClass

    def can_convert_to(self, typingctx, other):
        """As values of its type do, safely at best."""
        from lancehead.types.conversions import Conversion, conversion

        if isinstance(other, IntEnumMember):
            return None
        found = conversion(self.dtype, other)
        return None if found is None else max(found, Conversion.safe)
