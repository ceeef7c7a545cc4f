"""The kernels whose run time is compared: a file per theme, in Python and in C; those of the library in Python alone.

Each Python file ends with its KERNELS. The C function of the same name takes the size (long) and then the arguments of the
Python function: arrays as pointers to their elements, int as long, float as double; it returns what that returns. Where the
Python function's first parameter is n, that is the size, and C takes it once.
"""
import ctypes
import importlib
import inspect
from dataclasses import dataclass, field
from typing import Callable

THEMES = ("vectors", "matrices", "grids", "scalars", "indirect", "functions")
LIBRARY = ("sorts", "arrays")  # themes of library functions, which are compared with NumPy's alone


@dataclass(frozen=True)
class Kernel:
    function: Callable
    size: int
    arguments: Callable  # size -> arguments; the same ones each time
    numpy: Callable | None = None  # what one would write with NumPy; takes the same arguments
    small: int = 12  # a size that CPython can run
    options: dict = field(default_factory=dict)
    in_c: bool = True
    over_numpy: float | None = None  # the budget: at most this many times NumPy's time

    @property
    def name(self):
        return self.function.__name__

    def c_call(self, library, size, arguments):
        """A call of the C function on these arguments, which converts nothing when it is called."""
        result = self.function(*self.arguments(self.small))
        function = getattr(library, self.name)
        function.restype = ctypes.c_double if isinstance(result, float) else ctypes.c_long if result is not None else None
        named_n = next(iter(inspect.signature(self.function).parameters)) == "n"
        values = [ctypes.c_long(size), *map(c_value, arguments[1 if named_n else 0 :])]
        return lambda: function(*values)


def c_value(argument):
    if isinstance(argument, int):
        return ctypes.c_long(argument)
    return ctypes.c_double(argument) if isinstance(argument, float) else ctypes.c_void_p(argument.ctypes.data)


def load():
    """name -> Kernel, of all themes."""
    modules = [importlib.import_module(f"kernels.{theme}") for theme in THEMES + LIBRARY]
    return {kernel.name: kernel for module in modules for kernel in module.KERNELS}
