"""The decorators of the drop-in: the same, with dialect='numba' where none is given (contract C7)."""

import sys

from lancehead import decorators

# Kept out of the signature: Numba's jit has no such parameter, and other options pass through unchanged.
DIALECT = "numba"


def jit(*args, **options):
    options.setdefault("dialect", DIALECT)
    return decorators.jit(*args, **options)


def njit(*args, **options):
    options.setdefault("dialect", DIALECT)
    return decorators.njit(*args, **options)


def vectorize(*args, **options):
    options.setdefault("dialect", DIALECT)
    return decorators.vectorize(*args, **options)


def jit_module(**options):
    decorators.jit_functions_of(sys._getframe(1).f_globals, jit, options)


for _ours in (jit, njit, vectorize, jit_module):
    _ours.__doc__ = getattr(decorators, _ours.__name__).__doc__
