"""Settings: read from the environment at each access, LANCEHEAD_X before NUMBA_X, unless the program assigned them.

`config.X` is Numba's attribute X; assigning it overrules the environment until `reload_config()`. Every setting that
Numba has can be read; those without an effect here keep Numba's default.
"""

import os
import re
import sys

# Ours, and those of Numba that have an effect here: name -> (default, what it does).
SETTINGS = {
    "BOUNDSCHECK": (None, "1 or 0: overrules jit's boundscheck everywhere"),
    "CACHE": (1, "0: no cache on disk"),
    "CACHE_DIR": ("", "folder of the cache"),
    "CACHE_LIMIT": ("512M", "how many bytes it may hold; K, M or G may follow. What was used last stays"),
    "DISABLE_CUDA": (0, "1: no device code"),
    "DISABLE_JIT": (0, "1: jit returns the Python function itself"),
    "DUMP": ("", "stage[:function] of which the compiler prints its text"),
    "FALLBACK": ("warn", "error: a plain @jit function that cannot be typed is an error, not interpreted"),
    "NUM_THREADS": (None, "how many threads parallel regions use"),
    "THREADING_LAYER": ("default", "accepted for Numba's sake; parallel regions run on oneTBB"),
    "TIMING": ("", "1: table of compile phases to stderr at exit; else the file it goes to"),
    "VERIFY": (0, "1: the compiler checks its intermediate code after every pass"),
}

# Where Numba's attribute is not called as its variable of the environment is without the prefix.
VARIABLES = {
    "NUMBA_NUM_THREADS": "NUM_THREADS",
    "DEBUGINFO_DEFAULT": "DEBUGINFO",
    "CUDA_DEBUGINFO_DEFAULT": "CUDA_DEBUGINFO",
    "CUDA_DEALLOCS_COUNT": "CUDA_MAX_PENDING_DEALLOCS_COUNT",
    "CUDA_DEALLOCS_RATIO": "CUDA_MAX_PENDING_DEALLOCS_RATIO",
    "ANNOTATE": "DUMP_ANNOTATION",
    "HTML": "DUMP_HTML",
}

OWN = "LANCEHEAD_"
NUMBA = "NUMBA_"

# What Numba derives from the machine.
DERIVED = {
    "IS_WIN32": lambda: sys.platform.startswith("win32"),
    "IS_OSX": lambda: sys.platform.startswith("darwin"),
    "MACHINE_BITS": lambda: 64 if sys.maxsize > 2**32 else 32,
    "IS_32BITS": lambda: sys.maxsize <= 2**32,
    "PYVERSION": lambda: sys.version_info[:2],
    "NUMBA_DEFAULT_NUM_THREADS": lambda: len(os.sched_getaffinity(0)),
}
_TEXTS = ("CPU_NAME", "CPU_FEATURES", "COLOR_SCHEME", "GDB_BINARY", "CUDA_INCLUDE_PATH", "THREADING_LAYER_PRIORITY")


def value(name):
    """The value in force of a setting (without prefix)."""
    return value_and_reason(name)[0]


def value_and_reason(name):
    """(value, why): why is 'default', 'set by the program' or the variable of the environment."""
    if name in _assigned():
        return globals()[name], "set by the program"
    variable = VARIABLES.get(name, name)
    default = _default(name)
    prefixes = (OWN, NUMBA) if _is_numbas(name) else (OWN,)
    for prefix in prefixes:
        text = os.environ.get(prefix + variable)
        if text is not None and text != "":
            parsed, valid = _parse(prefix + variable, text, default, name)
            if valid:
                return parsed, prefix + variable
    return default, "default"


def assigned(name):
    """What the program assigned to a setting, as text; empty if it did not."""
    own = globals()
    return str(own[name]) if name in own and name not in _DEFINED_HERE else ""


def _assigned():
    """Names that the program assigned to this module."""
    return globals().keys() - _DEFINED_HERE


def _is_numbas(name):
    return name not in ("CACHE", "CACHE_LIMIT", "DUMP", "FALLBACK", "TIMING", "VERIFY")


def _default(name):
    if name in SETTINGS:
        return SETTINGS[name][0]
    if name == "NUMBA_NUM_THREADS":
        name = "NUMBA_DEFAULT_NUM_THREADS"
    if name in DERIVED:
        return DERIVED[name]()
    from lancehead._numba_names import DEFAULTS

    if name in DEFAULTS:
        return DEFAULTS[name]
    return "" if name in _TEXTS else None


def _parse(variable, text, default, name):
    """(value, whether the text is valid): the text as what the default is; a number where the default is none."""
    if name == "CACHE_LIMIT" and not re.fullmatch(r"(?i)\d+[KMGT]?B?", text):
        _warn_of_value(f"{variable}={text!r} is not a size such as 512M; it is ignored")
        return None, False
    if isinstance(default, str) or name in _TEXTS:
        return text, True
    try:
        number = float(text) if isinstance(default, float) else int(text)
    except ValueError:
        if default is None:
            return text, True
        _warn_of_value(f"{variable}={text!r} is not a number; it is ignored")
        return None, False
    return (bool(number) if isinstance(default, bool) else number), True


def _warn_of_value(text):
    import warnings

    from lancehead.errors import NumbaInvalidConfigWarning

    warnings.warn(NumbaInvalidConfigWarning(text), stacklevel=5)


def known_names():
    """Every name of a setting that may stand behind a prefix."""
    from lancehead import numba_api

    numbas = {name for name in numba_api.names_of("numba.core.config") if name.isupper()}
    return set(SETTINGS) | {VARIABLES.get(name, name) for name in numbas}


def warn_of_unknown_variables(environ=None):
    """Warns of each LANCEHEAD_ variable that is no setting and names the nearest one, and of a limit that is no size."""
    value("CACHE_LIMIT")
    unknown = [v for v in (environ or os.environ) if v.startswith(OWN) and v[len(OWN):] not in SETTINGS]
    if not unknown:
        return
    known = known_names()
    for variable in sorted(unknown):
        name = variable[len(OWN):]
        if name not in known:
            import difflib
            import warnings

            from lancehead.errors import NumbaInvalidConfigWarning

            near = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean {OWN}{near[0]}?" if near else "; `python -m lancehead -s` lists the settings"
            warnings.warn(NumbaInvalidConfigWarning(f"unknown setting {variable}{hint}"), stacklevel=3)


def reload_config():
    """Forgets what the program assigned, so that the environment counts again."""
    for name in _assigned():
        del globals()[name]


def __getattr__(name):
    from lancehead import numba_api

    if name.isupper() and (name in SETTINGS or name in numba_api.names_of("numba.core.config")):
        return value(name)
    return numba_api.attribute_of("numba.core.config", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.core.config") | set(SETTINGS) | set(globals())


_DEFINED_HERE = frozenset(globals()) | {"_DEFINED_HERE", "__warningregistry__"}
