"""vectorize: NumPy ufuncs of scalar functions."""

from lancehead import _lancehead, options as ufunc_options, signatures
from lancehead.unbuilt import not_built

DIALECT = "numpy"
_IDENTITIES = (None, 0, 1, "reorderable")
_Function = type(lambda: None)


def vectorize(ftylist_or_function=(), target="cpu", identity=None, **options):
    """Makes a numpy.ufunc of a function of scalars, with a loop per signature; NumPy takes the first that fits.

    target: 'cpu' or 'parallel' (large arrays run on all cores). Division by zero is NumPy's.
    """
    ufunc_options.check_names(options, ufunc_options.UFUNC_KNOWN)
    if target not in ("cpu", "parallel", "cuda"):
        raise ValueError(f"Unsupported target: {target}")
    if identity not in _IDENTITIES:
        raise ValueError(f"Invalid identity value {identity!r}")
    checked = ufunc_options.for_ufunc(options, target == "parallel", DIALECT)
    given = ftylist_or_function
    if isinstance(given, (_Function, _lancehead.Dispatcher)):
        return _ufunc(given, [], target, identity, checked)
    if not isinstance(given, (str, tuple, list, signatures.Signature)):
        raise TypeError(f"vectorize takes a function, a signature or a list of signatures, not {given!r}")
    sigs = [given] if isinstance(given, (str, signatures.Signature)) else list(given)
    return lambda func: _ufunc(func, sigs, target, identity, checked)


def _ufunc(func, sigs, target, identity, checked):
    func = func.py_func if isinstance(func, _lancehead.Dispatcher) else func
    if not isinstance(func, _Function):
        raise TypeError(f"The decorated object is not a function (got type {type(func)}).")
    if target == "cuda":
        from lancehead.cuda import Kernel

        return Kernel(func, launched_by_call=True)
    if not sigs:
        return DUFunc(func, identity)
    loops = [signatures.core_signature(sig) for sig in sigs]
    return _lancehead.make_ufunc(func, func.__name__, loops, checked, identity)


class DUFunc:
    """A ufunc whose loops would be compiled when it is called: not built yet, so calling it raises."""

    def __init__(self, py_func, identity=None):
        self.py_func = self.__wrapped__ = py_func
        self.__name__ = py_func.__name__
        self.__doc__ = py_func.__doc__
        self.identity = identity

    def __repr__(self):
        return f"<numba._DUFunc {self.__name__!r}>"

    def __call__(self, *args, **kwargs):
        raise not_built(
            "vectorize without signatures", "name the types, as in @vectorize([float64(float64, float64)])"
        )
