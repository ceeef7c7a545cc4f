"""The feature cases (tests/python/features): each row runs compiled and under NumPy; what the library's tables list has rows; what has
none is refused; docs/features.md says so."""

import ast
import inspect

import numpy as np
import pytest
from features import coverage, document
from features.table import Row, expanded, rows
from numpy_versions import since
from oracle import compare, jitted, outcome

import lancehead

DOCUMENT = coverage.ROOT / "docs" / "features.md"
ROWS = rows()


def check(row):
    fn = row.function()
    for args in row.values():
        expected = outcome(fn, args)
        if row.raised is None:
            assert expected.error is None, f"NumPy raises {expected}: name it in the third column"
            compare(fn, *args, ulp=row.ulp)
            continue
        assert type(expected.error).__name__ == row.raised.name, f"NumPy gives {expected}"
        if row.raised.refused:
            with pytest.raises(lancehead.errors.TypingError) as caught:
                jitted(fn)(*args)
            assert row.raised.words in str(caught.value)
        else:
            compare(fn, *args, text=row.raised.words or False)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.place} {row.code}".replace("\n", "; "))
def test_row(row):
    if not document.runs_here(row):
        pytest.skip(f"NumPy {np.__version__} has not all of it")
    if not row.later:
        return check(row)
    with pytest.raises((AssertionError, lancehead.errors.NumbaError)):
        check(row)


@since("2.4", "functions in C have no signatures")
def test_every_function_and_parameter_has_a_row():
    made = document.covered()
    later = {use.name for row in ROWS if row.later for use in coverage.uses(row, {})}
    missing = []
    for name in coverage.implemented() - later:
        ours = set(coverage.own_parameters(name)) & set(coverage.parameters(name))
        wanted = [coverage.Use(name), *(coverage.Use(name, parameter) for parameter in ours)]
        missing += [use for use in wanted if use not in made.rows]
    assert sorted(missing, key=str) == [], "add rows to tests/python/features: README there says how"


# What a parameter without a default in its signature is tried with.
TRIED = {"keepdims": "True", "where": "True", "initial": "0", "mean": "0.0", "correction": "1", "dtype": "np.float64", "out": "None"}


def tried():
    """(name, parameter, row) for each parameter that docs/features.md calls not there, with a row that calls the function."""
    made = document.covered()
    for name in sorted(made.names()):
        row = made.rows.get(coverage.Use(name))
        for parameter in made.parts(name)[1] if row else ():
            yield pytest.param(name, parameter, row, id=f"{name} {parameter}")


def with_keyword(row, name, parameter):
    """The row's code with the parameter given by keyword, or None if there is nothing to give."""
    tree = ast.parse(row.code)
    known = coverage.parameters(name)[parameter]
    value = TRIED.get(parameter) if known.default in (inspect.Parameter.empty, getattr(np, "_NoValue", None)) else repr(known.default)
    call = next(n for n in ast.walk(tree) if isinstance(n, ast.Call) and coverage.canonical(n.func, ()) == name)
    if value is None or known.kind not in (known.KEYWORD_ONLY, known.POSITIONAL_OR_KEYWORD):
        return None
    try:
        call.keywords.append(ast.keyword(parameter, ast.parse(value, mode="eval").body))
    except SyntaxError:
        return None
    return row._replace(code=ast.unparse(tree))


@since("2.4", "functions in C have no signatures")
@pytest.mark.parametrize("name, parameter, row", list(tried()))
def test_what_is_not_there_is_refused(name, parameter, row):
    changed = with_keyword(row, name, parameter)
    if changed is None:
        return
    args = next(changed.values())
    if outcome(changed.function(), args).error is None:
        with pytest.raises(lancehead.errors.NumbaError):
            jitted(changed.function())(*args)


def test_the_document_is_what_the_tables_say():
    text = DOCUMENT.read_text()
    version = text.partition("signatures of NumPy ")[2].partition(".\n")[0]
    if version != ".".join(np.__version__.split(".")[:2]):
        pytest.skip(f"signatures are those of NumPy {version}")
    assert text == document.document(), "run tools/features.py"


# ---- the table can fail


def test_a_wrong_result_is_found(monkeypatch):
    row = Row("here", "a[1] * 1.0", ("a=f8(3, 4)",))
    monkeypatch.setattr("oracle.jitted", lambda fn: lancehead.njit(lambda a: a[0] * 1.0))
    with pytest.raises(AssertionError):
        check(row)


def test_lists_make_rows_and_calls():
    made = list(expanded("here", "F(a)", "a=T(3)", "F=np.sin, np.cos; T=FLOATS; ulp=4: libm"))
    assert [(r.code, r.calls, r.ulp) for r in made] == [(f"np.{f}(a)", ("a=f4(3)", "a=f8(3)"), 4) for f in ("sin", "cos")]
    values = [next(r.values()) for r in made]
    assert values[0][0].tobytes() == values[1][0].tobytes()


@since("2.4", "functions in C have no signatures")
def test_what_a_row_exercises():
    row = Row("here", "b = np.sum(a.T, 1, out=o); o[::2, None] += -b[i, :]; a.reshape(2, -1)", ("a=f8(3, 4), o=f8(3), i=indices(3, 2)",))
    found = coverage.uses(row, dict(zip(row.names, next(row.values()))))
    expected = {
        ("numpy.sum", None), ("numpy.sum", "a"), ("numpy.sum", "axis"), ("numpy.sum", "out"), ("numpy.ndarray.T", None),
        ("index slice with step", "in place"), ("index newaxis", "in place"), ("operator +=", None), ("operator unary -", None),
        ("index integer array", "read"), ("index slice", "read"), ("index integer array beside slices", "read"),
        ("numpy.ndarray.reshape", None), ("numpy.ndarray.reshape", "shape"),
    }  # fmt: skip
    assert {tuple(use) for use in found} == expected
