"""What a cached function depends on (contract C12): exactly that is compiled again. All in one process, which gives each
version of the modules a folder of its own; the store is what they share."""
import itertools
import sys

import numpy as np
import pytest
from lancehead import _lancehead, config, njit

MODULES = {
    "chain_c": """
from lancehead import njit
import chain_b

FACTOR = 3.0
UNREAD = 1

@njit
def fc(x):
    return x * FACTOR + 1.0

@njit
def aside(x):
    return x - 1.0

@njit
def odd(n):
    return False if n == 0 else chain_b.even(n - 1)
""",
    "chain_b": """
from lancehead import njit
import chain_c

@njit
def fb(x):
    return chain_c.fc(x) * 2.0

@njit
def even(n):
    return True if n == 0 else chain_c.odd(n - 1)
""",
    "chain_a": """
from lancehead import njit
from chain_b import fb, even
from chain_c import aside

@njit
def fa(x):
    return fb(x) + 0.5

@njit
def both(n):
    return even(n) or n > 5

@njit
def power(x, n):
    return 1.0 if n == 0 else x * power(x, n - 1)
""",
}
CALLS = {
    "fa": lambda m: m["chain_a"].fa(2.0),
    "fb": lambda m: m["chain_b"].fb(2.0),
    "fc": lambda m: m["chain_c"].fc(2.0),
    "aside": lambda m: m["chain_c"].aside(2.0),
    "even": lambda m: m["chain_b"].even(6),
    "odd": lambda m: m["chain_c"].odd(6),
    "both": lambda m: m["chain_a"].both(3),
    "power": lambda m: m["chain_a"].power(1.5, 4),
}
# What is edited (module, what, instead of it), and whose compilations that must bring about.
EDITS = {
    "nothing": ("chain_c", "", "", ""),
    "a comment, and with it all lines": ("chain_c", "FACTOR = 3.0", "\n# three\n\nFACTOR = 3.0", ""),
    "a global that nobody reads": ("chain_c", "UNREAD = 1", "UNREAD = 2", ""),
    "another function": ("chain_c", "x - 1.0", "x - 2.0", "aside"),
    "the innermost function": ("chain_c", "+ 1.0", "+ 1.25", "fa fb fc"),
    "a global": ("chain_c", "FACTOR = 3.0", "FACTOR = 4.0", "fa fb fc"),
    "a global's type": ("chain_c", "FACTOR = 3.0", "FACTOR = 3", "fa fb fc"),
    "an option of the innermost function": ("chain_c", "@njit\ndef fc", "@njit(fastmath=True)\ndef fc", "fa fb fc"),
    "the error model": ("chain_c", "@njit\ndef fc", "@njit(error_model='numpy')\ndef fc", "fa fb fc"),
    "an option that changes no code": ("chain_c", "@njit\ndef fc", "@njit(nogil=True)\ndef fc", ""),
    "the function between": ("chain_b", "* 2.0", "* 2.5", "fa fb"),
    "an option of the function between": ("chain_b", "@njit\ndef fb", "@njit(boundscheck=False)\ndef fb", "fa fb"),
    "the outermost function": ("chain_a", "+ 0.5", "+ 0.75", "fa"),
    "one of two that call each other": ("chain_c", "False if n == 0", "False if n <= 0", "even odd both"),
    "a caller of them": ("chain_a", "n > 5", "n > 6", "both"),
    "a function that calls itself": ("chain_a", "x * power", "x * 1.0 * power", "power"),
    "what a name means": ("chain_a", "from chain_b import fb", "from chain_c import fc as fb\nfrom chain_b import even", "fa"),
    "a default": ("chain_c", "def aside(x)", "def aside(x, y=2.0)", "aside"),
}


@pytest.fixture
def store(tmp_path):
    """A store of the test's own."""
    config.CACHE_DIR = tmp_path / "store"
    yield config.CACHE_DIR
    _lancehead.finish_cache_writes()
    config.reload_config()
    _lancehead.set_cache_settings("", "")


@pytest.fixture
def load(store, tmp_path, monkeypatch):
    """load(edit): the modules, edited, as new ones."""
    number = itertools.count()

    def loads(module="chain_c", before="", after=""):
        folder = tmp_path / f"version{next(number)}"
        folder.mkdir()
        for name, text in MODULES.items():
            assert name != module or before in text
            (folder / f"{name}.py").write_text(text.replace(before, after, 1) if name == module and before else text)
            sys.modules.pop(name, None)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(folder)
            return {name: __import__(name) for name in ("chain_c", "chain_b", "chain_a")}

    yield loads
    for name in MODULES:
        sys.modules.pop(name, None)


def run(modules, order=list):
    """(results, names of what was compiled)"""
    results = {}
    for name in order(CALLS):
        results[name] = CALLS[name](modules)
        _lancehead.finish_cache_writes()
    functions = {name: getattr(m, name) for m in modules.values() for name in CALLS if hasattr(m, name)}
    return results, {name for name, f in functions.items() if f.stats.cache_misses}


def interpreted(modules):
    """The results of the Python functions: what each name means is a Python function too."""
    for m in modules.values():
        for name, value in list(vars(m).items()):
            if hasattr(value, "py_func"):
                setattr(m, name, value.py_func)
    return {name: call(modules) for name, call in CALLS.items()}


@pytest.mark.parametrize("order", [list, reversed], ids=["callers first", "callees first"])
def test_an_edit_compiles_what_depends_on_it_and_nothing_else(load, order):
    """Callees first: their callers take them from the cache, and depend on what these depended on."""
    compiled = run(load(), order)[1]
    assert compiled == set(CALLS)
    for edit, (module, before, after, expected) in EDITS.items():
        modules = load(module, before, after)
        results, compiled = run(modules, order)
        assert compiled == set(expected.split()), edit
        assert results == interpreted(modules), edit
    assert run(load())[1] == set(), "going back finds what was there at first"


def test_a_name_that_means_now_this_now_that_has_a_manifest_for_each(store):
    kinds = {}
    for number, scale in enumerate([2.0, 3.0, 2.0, 3.0, 5.0, 2.0]):
        scope = {"njit": njit}
        exec(f"@njit\ndef inner(x):\n    return x * {scale}\n\n@njit\ndef outer(x):\n    return inner(x) + 1.0\n", scope)
        assert scope["outer"](1.5) == 1.5 * scale + 1.0
        _lancehead.finish_cache_writes()
        kinds[number] = "hit" if scope["outer"].stats.cache_hits else "miss"
    assert list(kinds.values()) == ["miss", "miss", "hit", "hit", "miss", "hit"]


def test_what_closures_hold_counts(store):
    def maker(k, a):
        @njit
        def f(x):
            return x * k + a[1]

        return f

    small = np.array([1.0, 2.0])
    seen = []
    for k, a in [(2, small), (2.0, small), (2, small.copy()), (2, small + 1), (3, small)]:
        f = maker(k, a)
        assert f(3) == 3 * k + a[1]
        _lancehead.finish_cache_writes()
        seen.append("hit" if f.stats.cache_hits else "miss")
    assert seen == ["miss", "miss", "hit", "miss", "miss"]
