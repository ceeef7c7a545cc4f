"""jit, njit and the other decorators, with Numba's handling of arguments. No compiler logic: they make dispatchers."""

import sys
from warnings import warn

from lancehead import _lancehead, config, options as jit_options, signatures
from lancehead.ufuncs import vectorize
from lancehead.unbuilt import not_built

_Function = type(lambda: None)
_NO_LOCALS = ()
DIALECT = "numpy"


def jit(signature_or_function=None, locals=_NO_LOCALS, cache=None, pipeline_class=None, boundscheck=None, **options):
    """Compiles a function to machine code: at its first call with new argument types, or at once for given signatures.

    signature_or_function: the function; or a signature ("int32(int32)", int32(int32), a tuple of argument types), or a
    list of signatures, for which the decorator that is returned compiles at once.

    Options: nopython, nogil, cache, parallel, fastmath, error_model, boundscheck, dialect; see the README. Without
    `cache` compiled code is kept in the user's store, with cache=True beside the source, with cache=False not at all.
    """
    _check_keywords(options)
    options.update(locals=dict(locals), cache=cache, boundscheck=boundscheck)
    if pipeline_class is not None:
        raise not_built("the option 'pipeline_class' of jit", "leave it out")
    function, sigs = None, None
    if isinstance(signature_or_function, list):
        sigs = signature_or_function
    elif signatures.is_signature(signature_or_function):
        sigs = [signature_or_function]
    else:
        function = signature_or_function
    # Only a plain lazy @jit may fall back to Python objects.
    fallback = sigs is None and options.get("nopython") is not True
    checked = jit_options.for_dispatcher(options, fallback, DIALECT)

    def decorate(func):
        return _dispatcher(func, sigs, checked)

    return decorate if function is None else decorate(function)


def _check_keywords(options):
    """Raises and warns for Numba's old options and wrong combinations of them."""
    for name in ("argtypes", "restype"):
        if name in options:
            from lancehead.errors import DeprecationError

            raise DeprecationError(
                f"Deprecated keyword argument `{name}`. Signatures should be passed as the first positional argument."
            )
    nopython = options.get("nopython")
    if nopython is not None and type(nopython) is not bool:
        raise AssertionError("nopython option must be a bool")
    if nopython is True and options.get("forceobj"):
        raise ValueError("Only one of 'nopython' or 'forceobj' can be True.")
    if nopython is False:
        from lancehead.errors import NumbaDeprecationWarning

        warn(
            "The keyword argument 'nopython=False' was supplied. It is the default: a function that cannot be compiled "
            "natively runs with Python objects, with a warning.",
            NumbaDeprecationWarning,
            stacklevel=_outside(),
        )


def _outside():
    """The stacklevel, seen from the caller of this, of the first frame that is not the package's."""
    level, frame = 1, sys._getframe(1)
    while frame is not None and frame.f_globals.get("__name__", "").startswith("lancehead."):
        level, frame = level + 1, frame.f_back
    return level


def check_function(func):
    """TypeError for what cannot be decorated."""
    if isinstance(func, _lancehead.Dispatcher):
        raise TypeError(
            f"A jit decorator was called on an already jitted function {func}.  If trying to access the original "
            f"python function, use the {func}.py_func attribute."
        )
    if not isinstance(func, _Function):
        raise TypeError(f"The decorated object is not a function (got type {type(func)}).")


def _dispatcher(func, sigs, checked):
    check_function(func)
    if config.value("DISABLE_JIT"):
        return func
    made = _lancehead.Dispatcher(func, checked)
    if sigs is not None:
        for sig in sigs:
            made.compile(signatures.core_signature(sig))
        made.disable_compile()
    return made


def njit(*args, **options):
    """jit with nopython=True: what cannot be compiled natively is an error."""
    for name in ("nopython", "forceobj"):
        if name in options:
            warn(f"{name} is set for njit and is ignored", RuntimeWarning, stacklevel=_outside())
    options.pop("forceobj", None)
    options["nopython"] = True
    return jit(*args, **options)


def jit_module(**options):
    """Applies jit to every function that the calling module defines; to be called at its end."""
    jit_functions_of(sys._getframe(1).f_globals, jit, options)


def jit_functions_of(namespace, decorate, options):
    for name, value in list(namespace.items()):
        if isinstance(value, _Function) and value.__module__ == namespace.get("__name__"):
            namespace[name] = decorate(value, **options)


# ---- decorators that are not built yet: they decorate, so that modules can be imported, and raise at the first call


class NotBuiltKernel:
    """A decorated function whose decorator is not built yet."""

    def __init__(self, func, decorator):
        self.py_func = self.__wrapped__ = func
        self.__name__ = func.__name__
        self.__doc__ = func.__doc__
        self._decorator = decorator

    def __repr__(self):
        return f"<{self._decorator} of {self.__name__}, not built yet>"

    def __call__(self, *args, **kwargs):
        raise not_built(f"calling {self.__name__}, made by numba.{self._decorator},")

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        # An AttributeError, so that hasattr() goes on to work.
        raise AttributeError(str(not_built(f"{name} of {self.__name__}, made by numba.{self._decorator},")))


def _not_built_decorator(name):
    def decorate(func):
        check_function(func)
        return NotBuiltKernel(func, name)

    return decorate


_LAYOUT_SIDE = r"\(\s*(\w+(\s*,\s*\w+)*)?\s*\)"


def guvectorize(*args, target="cpu", **options):
    """Generalised ufuncs."""
    import re

    *sigs, layout = args if 1 <= len(args) <= 2 else (None, None, None)
    if not isinstance(layout, str) or (sigs and not isinstance(sigs[0], (str, tuple, list, signatures.Signature))):
        raise TypeError(
            "guvectorize takes a list of signatures and a layout, as in "
            "guvectorize(['void(float64[:], float64[:])'], '(n)->(n)')"
        )
    if target not in ("cpu", "parallel", "cuda"):
        raise ValueError(f"Unsupported target: {target}")
    if not re.fullmatch(rf"\s*(({_LAYOUT_SIDE}(\s*,\s*{_LAYOUT_SIDE})*)?)\s*->\s*({_LAYOUT_SIDE}(\s*,\s*{_LAYOUT_SIDE})*)?\s*", layout):
        raise ValueError(f"invalid layout {layout!r}: write dimensions in parentheses on both sides, as in '(m,n),(n)->(m)'")
    for each in sigs:
        for sig in [each] if signatures.is_signature(each) else each:
            signatures.normalize_signature(sig)
    return _not_built_decorator("guvectorize")


def stencil(func_or_mode="constant", **options):
    """Stencil kernels."""
    jit_options.check_names(options, jit_options.STENCIL_KNOWN)
    if isinstance(func_or_mode, str) and func_or_mode != "constant":
        raise ValueError(f"Unsupported mode style {func_or_mode}")
    decorate = _not_built_decorator("stencil")
    return decorate if isinstance(func_or_mode, str) else decorate(func_or_mode)


def cfunc(sig, locals=_NO_LOCALS, cache=False, pipeline_class=None, **options):
    """C callbacks."""
    signatures.normalize_signature(sig)
    return _not_built_decorator("cfunc")
