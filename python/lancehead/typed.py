"""lancehead.typed: Numba's names of this module, none of which is built yet; each raises when it is used."""


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.typed", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.typed") | set(globals())
