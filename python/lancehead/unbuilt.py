"""Stand-ins for what Numba has and Lancehead does not have yet: importable, and a clear error when used."""

from types import ModuleType

from lancehead.errors import NotBuiltError


def not_built(what, instead=None):
    """The error to raise where `what` is used."""
    return NotBuiltError(f"{what} is not built yet in Lancehead" + (f"; {instead}" if instead else "."))


class NotBuilt:
    """A function, decorator or constant that is not there yet: calling or using it raises."""

    def __init__(self, name):
        module, _, last = name.rpartition(".")
        self.__dict__.update(__module__=module, __name__=last, __qualname__=last, _full_name=name)

    def __repr__(self):
        return f"<{self._full_name}, not built yet>"

    def __call__(self, *args, **kwargs):
        raise not_built(self._full_name)

    def __getattr__(self, attribute):
        # Introspection asks for dunders; an honest AttributeError lets it go on.
        if attribute.startswith("__") and attribute.endswith("__"):
            raise AttributeError(attribute)
        raise not_built(f"{self._full_name}.{attribute}")

    def _used(self, *args):
        raise not_built(self._full_name)

    __getitem__ = __enter__ = __iter__ = __len__ = __contains__ = _used


def _raise_on_construction(cls, *args, **kwargs):
    raise not_built(cls.__dict__.get("_numba_name", cls.__qualname__))


def not_built_class(module, name, bases=(object,), metaclass=type):
    """A class that can be imported, subclassed and asked with isinstance, but not instantiated."""
    body = {
        "__module__": module,
        "_numba_name": f"{module}.{name}",
        "__doc__": f"{module}.{name}: not built yet.",
        "__new__": _raise_on_construction,
    }
    return metaclass(name, bases, body)


class NotBuiltModule(ModuleType):
    """A module of which nothing is there yet."""

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        raise not_built(f"{self.__name__}.{name}")
