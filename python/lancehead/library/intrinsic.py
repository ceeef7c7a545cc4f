"""What the modules `rt` and `ops` hold: names that the compiler replaces."""


class Intrinsic:
    """A function that exists in compiled code only."""

    def __init__(self, module, name):
        self.__module__ = module
        self.__name__ = self.__qualname__ = name

    def __call__(self, *args):
        raise RuntimeError(f"{self.__module__}.{self.__name__} can be called by compiled code only")


def names_in(namespace):
    """A module's __getattr__ that makes an Intrinsic of every name that is asked for."""

    def find(name):
        if name.startswith("__"):
            raise AttributeError(name)
        return namespace.setdefault(name, Intrinsic(namespace["__name__"], name))

    return find
