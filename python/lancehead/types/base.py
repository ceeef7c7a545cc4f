"""The root of the type facades: interned objects with Numba's names over the compiler's type ids (contract C5).

A type is interned by its class and `key`. One that the compiler knows has its id in `_id`, found when it is first
asked for; other types (those that clients define, and those without compiled support) have None there and cannot be
compiled: `core_id` raises.
"""

from _thread import RLock
from abc import ABCMeta
from os import register_at_fork
from weakref import WeakValueDictionary

_interned = WeakValueDictionary()
_lock = RLock()
register_at_fork(after_in_child=_lock._at_fork_reinit)  # a thread that is not in the child may have held it


class TypeMeta(ABCMeta):
    """Interns instances once they are made."""

    def __call__(cls, *args, **kwargs):
        return interned(super().__call__(*args, **kwargs))


def interned(made):
    with _lock:
        return _interned.setdefault((type(made), made.key), made)


def _rebuilt(cls, state):
    made = cls.__new__(cls)
    made.__dict__.update(state)
    return interned(made)


class Type(metaclass=TypeMeta):
    """Base of all types."""

    mutable = False
    reflected = False
    _is_element = False  # of arrays, and no number

    def __init__(self, name):
        self.name = name

    @property
    def key(self):
        """What makes two types of one class the same; subclasses may override it."""
        return self.name

    @property
    def mangling_args(self):
        return self.name, ()

    @property
    def is_internal(self):
        """Whether the class is the compiler's and not a client's."""
        return type(self).__module__.partition(".")[0] in ("lancehead", "numba")

    @property
    def _id(self):
        """The compiler's id; None for a client's subclass and for what the compiler does not have."""
        known = self.__dict__.get("_core_id", False)
        if known is False:
            known = self._find_id() if type(self).__module__.startswith("lancehead.types") else None
            self.__dict__["_core_id"] = known
        return known

    def _find_id(self):
        return None

    def core_id(self):
        """The compiler's id; an error if the compiler does not have the type yet."""
        if self._id is None:
            from lancehead.unbuilt import not_built

            raise not_built(f"compiling functions with the type {self}")
        return self._id

    def __repr__(self):
        return self.name

    def __str__(self):
        return self.name

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self is other or (type(self) is type(other) and self.key == other.key)

    def __ne__(self, other):
        return not self == other

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        return _rebuilt, (type(self), {k: v for k, v in self.__dict__.items() if k != "_core_id"})

    def unify(self, typingctx, other):
        """The type that values of this type and of `other` have where they join, if this type decides that."""
        return None

    def can_convert_to(self, typingctx, other):
        """The Conversion of values of this type to `other`, if this type decides that."""
        return None

    def can_convert_from(self, typingctx, other):
        return None

    def is_precise(self):
        return True

    def augment(self, other):
        return None

    def cast_python_value(self, args):
        raise NotImplementedError(f"a value cannot be cast to {self}")

    def __call__(self, *args):
        """A signature with this result; with one argument that is no type, that value cast to this type."""
        if len(args) == 1 and not isinstance(args[0], Type):
            return self.cast_python_value(args[0])
        from lancehead.signatures import Signature

        return Signature(self, args)

    def __getitem__(self, axes, /):
        """The array type: `t[:]`, `t[::1]`, `t[:, ::1]`, `t[::1, :]`."""
        from lancehead.types.arrays import Array

        slices = tuple(axes) if isinstance(axes, (tuple, list)) else (axes,)
        if not slices:
            raise IndexError("an array type needs a slice per dimension, as in float64[:, :]")
        if not all(isinstance(s, slice) and s.start is None and s.stop is None for s in slices):
            raise KeyError(f"Can only index numba types with slices with no start or stop, got {axes}.")
        if slices[-1].step == 1 and (len(slices) == 1 or slices[0].step != 1):
            layout = "C"
        else:
            layout = "F" if slices[0].step == 1 else "A"
        return Array(self, len(slices), layout)

    # Types index, but are not sequences of anything.
    __iter__ = None

    def dump(self, tab=""):
        print(f"{tab}DUMP {type(self).__name__}[code={self._id}, name={self.name}]")
