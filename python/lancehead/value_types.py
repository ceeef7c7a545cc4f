"""What type a Python value has: the type that the compiler gives to a Python value."""

from lancehead import _lancehead
from lancehead.errors import TypingError
from lancehead.types.facade import type_of_id


def typeof(val, purpose=None):
    """The type of a value; ValueError if it has none."""
    try:
        return type_of_id(_lancehead.typeof(val))
    except (TypingError, OverflowError) as error:
        raise ValueError(str(error)) from None
