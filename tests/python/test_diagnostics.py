"""What a function contains that is not supported, or cannot be typed, is a diagnostic: its class, file and line, the source
line, and a caret under the sub-expression. Never a crash, never an internal error."""

import inspect
import os
import re
import warnings

import faulty_functions
import numpy as np
import pytest
from faulty_functions import THING, UNSUPPORTED, UNTYPED, calls_python, coroutine, generator, plain_python, str_and_int

import lancehead
from lancehead import jit, njit


def line_of(fn):
    """Numbers of the lines of the function with the comment `here`, and where it begins."""
    lines, first = inspect.getsourcelines(fn)
    return [first + k for k, line in enumerate(lines) if line.rstrip().endswith("# here")]


def shown(text):
    """(line number, source line, what the carets are under) of the first place that a diagnostic shows in this file."""
    place = re.search(rf"^{re.escape(faulty_functions.__file__)}:(\d+):\n    (.*)(?:\n    ( *)(\^+))?", text, re.M)
    assert place, f"no place in:\n{text}"
    number, source, indent, carets = place.groups()
    under = source[len(indent) : len(indent) + len(carets)] if carets else None
    return int(number), source, under


def compiled_error(fn, args):
    with pytest.raises(lancehead.errors.NumbaError) as seen:
        njit(fn)(*args)
    assert not isinstance(seen.value, lancehead.errors.InternalError), seen.value
    return seen.value


@pytest.mark.parametrize("fn, args, message, under", UNTYPED + UNSUPPORTED)
def test_the_diagnostic_shows_the_place(fn, args, message, under):
    error = compiled_error(fn, args)
    assert re.search(message, str(error)), error
    number, source, marked = shown(str(error))
    assert number in line_of(fn), f"line {number}, not {line_of(fn)}:\n{error}"
    assert source.endswith("# here")
    assert marked, f"no caret:\n{error}"
    if under is not None:
        assert marked == under


@pytest.mark.parametrize("fn, args, message, under", UNTYPED)
def test_what_cannot_be_typed_is_a_typing_error(fn, args, message, under):
    assert isinstance(compiled_error(fn, args), (lancehead.errors.TypingError, lancehead.errors.UnsupportedError))


@pytest.mark.parametrize("fn", [coroutine, generator], ids=lambda fn: fn.__name__)
def test_functions_of_other_kinds_are_refused(fn):
    error = compiled_error(fn, (3,))
    assert isinstance(error, (lancehead.errors.UnsupportedError, lancehead.errors.TypingError))


@pytest.mark.parametrize("signature", ["int64(unicode_type, int64)", "(unicode_type, int64)"])
def test_an_eager_signature_raises_when_it_is_decorated(signature):
    for decorator in (jit, njit):
        with pytest.raises(lancehead.errors.TypingError, match="operator"):
            decorator(signature)(str_and_int)


def test_nopython_raises_and_the_function_stays_usable():
    made = jit(nopython=True)(str_and_int)
    with pytest.raises(lancehead.errors.TypingError):
        made("text", 1)
    assert made(1, 2) == 3
    assert made.signatures == [(lancehead.int64, lancehead.int64)]


def test_plain_jit_falls_back_with_one_warning_that_names_the_cause():
    made = jit(calls_python)
    with pytest.warns(lancehead.errors.NumbaWarning) as seen:
        assert made(1) == 2
    assert len(seen) == 1
    text = str(seen[0].message)
    assert "plain_python" in text and f":{line_of(calls_python)[0]}" in text
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert made(5) == 6


def test_fallback_can_be_made_an_error(monkeypatch):
    monkeypatch.setenv("LANCEHEAD_FALLBACK", "error")
    with pytest.raises(lancehead.errors.TypingError, match="plain_python"):
        jit(calls_python)(1)


@njit
def adds(x, y):
    return x + y


@njit
def calls_adds(s):
    return adds(s, 1)


def test_an_error_in_a_callee_shows_both_places():
    with pytest.raises(lancehead.errors.TypingError) as seen:
        calls_adds("text")
    text = str(seen.value)
    assert "return x + y" in text and "return adds(s, 1)" in text


def joins_in_a_loop(n):
    x = 1
    for _ in range(n):
        x = "text"
    return x


def test_conflicting_types_are_traced_to_where_they_came_from():
    error = compiled_error(joins_in_a_loop, (3,))
    assert "int64" in str(error) and "unicode_type" in str(error)


def test_errors_of_code_without_a_source_file():
    scope = {}
    exec("def made(x):\n    return x.no_such\n", scope)
    error = compiled_error(scope["made"], (1,))
    assert "<string>:2" in str(error)


UNSUPPORTED_ARGUMENTS = [object(), THING, {1: 2}, [1, 2], {1}, b"bytes", np.arange(3).astype(object), np.longdouble(1), iter("ab")]


@pytest.mark.parametrize("value", UNSUPPORTED_ARGUMENTS, ids=lambda v: type(v).__name__)
def test_arguments_that_have_no_type(value):
    with pytest.raises((TypeError, lancehead.errors.NumbaError)) as seen:
        njit(plain_python)(value)
    assert not isinstance(seen.value, lancehead.errors.InternalError)


def test_every_unsupported_construct_of_the_front_end_is_refused(root):
    """The functions that the decoder's tests decode hold every construct; none may crash or be an internal error."""
    folder = root / "tests" / "frontend" / "cases"
    for path in sorted(folder.glob("*.py")):
        scope = {"__name__": path.stem, "__file__": str(path)}
        exec(compile(path.read_text(), str(path), "exec"), scope)
        functions = [f for f in scope.values() if inspect.isfunction(f) and f.__code__.co_filename == os.fspath(path)]
        assert functions
        for fn in functions:
            count = sum(p.default is p.empty for p in inspect.signature(fn).parameters.values() if p.kind < 2)
            try:
                njit((lancehead.float64,) * count)(fn)  # eager: compiled, not run
            except lancehead.errors.InternalError as error:
                raise AssertionError(f"{path.name}: {fn.__name__}") from error
            except Exception:
                pass
