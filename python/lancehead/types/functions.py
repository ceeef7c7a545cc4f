"""Functions and other objects that can be called."""

from weakref import ref

from lancehead.types.abstract import Callable, Dummy, Opaque, Phantom
from lancehead.types.base import Type


class _Called(Callable):
    """What the compiler types itself when it is called, so that Python has nothing to say of it."""

    def _only_compiled(self):
        from lancehead.unbuilt import not_built

        return not_built(f"asking {self} for the types of a call")

    def get_call_type(self, context, args, kws):
        raise self._only_compiled()

    def get_call_signatures(self):
        raise self._only_compiled()

    def get_impl_key(self, sig):
        raise self._only_compiled()


class BaseFunction(_Called):
    """Functions that the compiler knows."""


class Function(BaseFunction, Opaque):
    """A function, builtin or ufunc as a value."""


class WeakType(Type):
    """Types of one object, which they do not keep alive."""

    def __init__(self, name, obj=None):
        self._store_object(obj)
        super().__init__(name)

    def _store_object(self, obj):
        self._wr = ref(obj)

    def _get_object(self):
        found = self._wr()
        if found is None:
            raise ReferenceError("underlying object has vanished")
        return found

    @property
    def key(self):
        return self._wr

    def __hash__(self):
        return hash(self._wr)


class Dispatcher(WeakType, _Called, Dummy):
    """A jitted function as a value."""

    def __init__(self, dispatcher):
        super().__init__(f"type({dispatcher!r})", dispatcher)

    def _find_id(self):
        from lancehead import _lancehead

        return _lancehead.typeof(self.dispatcher)

    @property
    def dispatcher(self):
        """The jitted function; ReferenceError if it is there no more."""
        return self._get_object()

    def __reduce__(self):
        return type(self), (self.dispatcher,)


class ObjModeDispatcher(Dispatcher):
    """A function that runs in object mode, as a value."""

    def _find_id(self):
        return None


class NamedTupleClass(_Called, Opaque):
    """A class made by collections.namedtuple, as a value."""

    def __init__(self, instance_class):
        self.instance_class = instance_class
        super().__init__(f"class({instance_class})")

    @property
    def key(self):
        return self.instance_class


class _OfException(Type):
    """What a class of exceptions tells."""

    def __init__(self, exc_class):
        assert issubclass(exc_class, BaseException)
        self.exc_class = exc_class
        super().__init__(exc_class.__name__ + self._shown)

    @property
    def key(self):
        return self.exc_class


class ExceptionClass(_OfException, _Called, Phantom):
    """A class of exceptions as a value."""

    _shown = ""

    def _find_id(self):
        from lancehead import _lancehead

        return _lancehead.typeof(self.exc_class)


class ExceptionInstance(_OfException, Phantom):
    """Exceptions of one class."""

    _shown = "(...)"


class FunctionPrototype(Type):
    """What a function pointer of C takes and gives."""

    cconv = None

    def __init__(self, rtype, atypes):
        self.rtype = rtype
        self.atypes = tuple(atypes)
        super().__init__(f"{rtype}({', '.join(map(str, self.atypes))})")


class FunctionType(Type):
    """Functions of one signature, whatever they do."""

    cconv = None

    def __init__(self, signature):
        self.signature = signature
        self.nargs = len(signature.args)
        self.ftype = FunctionPrototype(signature.return_type, signature.args)
        super().__init__(f"FunctionType[{self.ftype}]")

    @property
    def key(self):
        return self.ftype.name

    def is_precise(self):
        return self.signature.is_precise()

    def get_precise(self):
        return self

    def get_call_type(self, context, args, kws):
        """The signature, for arguments that convert to it."""
        from lancehead.types.conversions import conversion

        fits = len(args) == self.nargs and not kws
        fits = fits and all(conversion(*pair) is not None for pair in zip(args, self.signature.args))
        return self.signature if fits else None

    def check_signature(self, sig):
        """Whether functions of that signature are of this type."""
        return self.signature.args == sig.args and self.signature.return_type == sig.return_type
