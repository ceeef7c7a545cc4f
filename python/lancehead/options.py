"""The options of the decorators: which there are, what they accept, and what becomes of them.

An option is passed on to the extension, accepted as a hint, or refused at decoration with what to write instead. An
unknown option is a KeyError that names the nearest one.
"""

from lancehead import _lancehead, config

# Options that tell how to compile, not what: nothing depends on them here.
HINTS = frozenset(
    """forceinline looplift no_cpython_wrapper no_cfunc_wrapper no_rewrites writable_args _nrt _dbg_extend_lifetimes
    _dbg_optnone""".split()
)
COMPILED = frozenset("nopython nogil cache parallel fastmath error_model boundscheck dialect".split())
REFUSED = {
    "forceobj": "leave it out: a plain @jit function that cannot be compiled natively runs in the interpreter",
    "debug": "leave it out: bounds are checked by default, and errors show the lines of the source",
    "locals": "convert the variable where it is assigned, as in x = np.float32(0)",
}
KNOWN = COMPILED | HINTS | set(REFUSED) | {"inline", "pipeline_class", "_target"}
UFUNC_KNOWN = frozenset(
    "nopython forceobj locals cache fastmath boundscheck writable_args target identity dialect".split()
)
STENCIL_KNOWN = frozenset("neighborhood standard_indexing cval index_offsets".split())

FASTMATH_FLAGS = frozenset("fast nnan ninf nsz arcp contract afn reassoc".split())
PARALLEL_PARTS = frozenset("comprehension reduction inplace_binop setitem numpy stencil fusion prange".split())


def check_names(options, known):
    """KeyError for an option that is not known."""
    for name in options:
        if name not in known:
            import difflib

            public = sorted(n for n in known if not n.startswith("_"))
            near = difflib.get_close_matches(name, public, 1)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            raise KeyError(f"Unrecognized option {name!r}{hint} Known options are {', '.join(public)}")


def refuse_unbuilt(options):
    """An error for an option whose value asks for what is not built."""
    for name, instead in REFUSED.items():
        if options.get(name):
            from lancehead.unbuilt import not_built

            raise not_built(f"the option {name!r} of jit", instead)


def check_inline(value):
    if value not in ("never", "always") and not callable(value):
        raise ValueError(
            "kwarg 'inline' must be one of the strings 'always' or 'never', or it can be a callable that returns "
            f"True/False. Found value {value}"
        )


def fastmath_flags(value):
    """bool, or the set of the flags that are on."""
    if isinstance(value, bool):
        return value
    if isinstance(value, dict):
        unknown, flags = set(value) - FASTMATH_FLAGS, frozenset(flag for flag, on in value.items() if on)
    elif isinstance(value, (set, frozenset)):
        unknown, flags = value - FASTMATH_FLAGS, frozenset(value)
    else:
        raise ValueError("Expected fastmath option(s) to be either a bool, dict or set")
    if unknown:
        raise ValueError(f"Unrecognized fastmath flags: {set(unknown)}")
    return flags


def parallel_wanted(value):
    """Whether to run in parallel; a dict names parts of Numba's pass, which are all on here."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, dict):
        raise ValueError("Expect parallel option to be either a bool or a dict")
    unknown = set(value) - PARALLEL_PARTS
    if unknown:
        raise NameError(f"Unrecognized parallel options: {sorted(unknown)}")
    return True


def one_of(name, value, choices):
    if value not in choices:
        raise ValueError(f"{name} must be {' or '.join(map(repr, choices))}, not {value!r}")
    return value


def boundscheck_in_force(value):
    """The option, unless the environment or the program overrules it everywhere."""
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"boundscheck must be True, False or None, not {value!r}")
    overruled = config.value("BOUNDSCHECK")
    return value if overruled is None else bool(overruled)


def cache_wanted(value):
    """None: the user's store; True: beside the source; False: no cache."""
    if config.assigned("CACHE") and not config.value("CACHE"):
        return False
    return None if value is None else bool(value)


def for_dispatcher(options, fallback, dialect):
    """The dictionary that the extension takes. `fallback`: Python objects if typing fails (contract C14)."""
    check_names(options, KNOWN)
    refuse_unbuilt(options)
    check_inline(options.get("inline", "never"))
    one_of("_target", options.get("_target", "cpu"), ("cpu",))
    fallback = fallback and config.value("FALLBACK") != "error"
    _lancehead.set_cache_settings(config.assigned("CACHE_DIR"), config.assigned("CACHE_LIMIT"))
    return {
        "nopython": not fallback,
        "nogil": bool(options.get("nogil", False)),
        "cache": cache_wanted(options.get("cache")),
        "parallel": parallel_wanted(options.get("parallel", False)),
        "fastmath": fastmath_flags(options.get("fastmath", False)),
        "error_model": one_of("error_model", options.get("error_model", "python"), ("python", "numpy")),
        "boundscheck": boundscheck_in_force(options.get("boundscheck")),
        "dialect": one_of("dialect", options.get("dialect", dialect), ("numpy", "numba")),
        "fallback": fallback,
    }


def for_ufunc(options, parallel, dialect):
    """The same for the kernel of a ufunc, which divides as NumPy does (contract C7)."""
    kernel = {name: value for name, value in options.items() if name not in ("target", "identity")}
    kernel.update(error_model="numpy", parallel=parallel)
    return for_dispatcher(kernel, False, dialect)
