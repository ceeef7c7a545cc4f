"""The extension API. So far one can ask what is jitted; the rest of Numba's names raises when it is used."""

from lancehead import _lancehead


def is_jitted(function):
    """Whether the object was made by jit."""
    return isinstance(function, _lancehead.Dispatcher)


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.extending", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.extending") | set(globals())
