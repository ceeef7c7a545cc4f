"""The forms that random statements have. A row: how often, the statement, and what its operands must satisfy.

A hole {name} is filled by the function `name` of holes.py; {a} is the array that the other holes of the row fit. A form is used where
docs/features.md has rows for all of it, so functions may stand here before they are built. A statement without `=` at its top is the value
of a new variable. Left out are operations whose last bits NumPy does not promise, or that depend on the order of its temporaries in memory (var, std): functions of C's library, complex products, BLAS.
"""

import numpy as np


def finite(*operands):
    """Casts to integers are defined, and to unsigned ones where there are such operands."""
    floats = [o for o in operands if o.dtype.kind in "fc"]
    unsigned = any(o.dtype.kind == "u" for o in operands)
    return all((np.isfinite(o) & (np.abs(o) < 2**30)).all() and not (unsigned and (o.real < 0).any()) for o in floats)


def whole(*operands):
    """Casts to unsigned integers are defined, too."""
    return finite(*operands) and all((o.real >= 0).all() if o.dtype.kind == "f" else True for o in operands)


def one_zero(*operands):
    """No zero is negative: which of two zeros is the larger one depends on NumPy's loop."""
    return not any(np.any((o == 0) & np.signbit(o)) for o in operands if o.dtype.kind == "f")


def ordered(*operands):
    return all(o.dtype.kind != "c" for o in operands)


def one_ordered_zero(*operands):
    return ordered(*operands) and one_zero(*operands)


def exact_products(*operands):
    """NumPy contracts complex products where the machine can."""
    return all(o.dtype.kind != "c" for o in operands)


def integers(*operands):
    return all(o.dtype.kind in "biu" for o in operands)


FORMS = [
    # ---- elementwise
    (8, "{a} {arithmetic} {b}", exact_products),
    (3, "{b} {arithmetic} {a}", exact_products),
    (3, "{a} {division} {b}", exact_products),
    (4, "{a} {comparison} {b}", ordered),
    (2, "{a} {bits} {b}", None),
    (1, "{a} {shift} {bitcount}", None),
    (2, "-{a}", None),
    (1, "~{a}", None),
    (2, "abs({a})", ordered),
    (5, "np.{unary}({a})", ordered),
    (5, "np.{binary}({a}, {b})", exact_products),
    (2, "np.{extremum}({a}, {b})", one_zero),
    (1, "np.{binary}({a}, {b}, dtype={dtype})", whole),
    (1, "np.{binary}({a}, {b}, out={out})", whole),
    (1, "np.{binary}({a}, {b}, where={mask}, out={out})", whole),
    (1, "np.{unary}({a}, out={out})", whole),
    (3, "np.where({mask}, {a}, {b})", None),
    (2, "np.clip({a}, {low}, {high})", one_zero),
    (2, "{a}.astype({dtype})", whole),
    (1, "{a}.copy()", None),
    (1, "np.round({a}, {small})", ordered),
    (1, "np.nan_to_num({a})", ordered),
    (1, "np.isclose({a}, {b})", exact_products),
    (1, "np.{binary}.outer({a1}, {b1})", exact_products),
    (1, "np.{binary}.reduce({a}, axis={axis})", exact_products),
    (1, "np.{binary}.accumulate({a}, axis={axis})", exact_products),
    # ---- views
    (2, "{a}.T", None),
    (2, "{a}.real", None),
    (6, "{a}[{key}]", None),
    (3, "{a}[{fancy}]", None),
    (2, "{a}[{mask}]", None),
    (2, "{a}.reshape({shape})", None),
    (1, "{a}.ravel()", None),
    (1, "{a}.flatten()", None),
    (1, "np.transpose({a}, {order})", None),
    (1, "np.swapaxes({a}, {axis}, {axis})", None),
    (1, "np.moveaxis({a}, {axis}, {axis})", None),
    (1, "np.expand_dims({a}, {axis})", None),
    (1, "np.squeeze({a})", None),
    (1, "np.broadcast_to({a}, (2,) + {a}.shape)", None),
    (1, "np.flip({a}, {axis})", None),
    (1, "np.rot90({a2})", None),
    # ---- reductions and scans
    (4, "np.{reduction}({a})", one_zero),
    (6, "np.{reduction}({a}, axis={axis})", one_zero),
    (2, "np.{reduction}({a}, axis={axes}, keepdims={flag})", one_zero),
    (2, "{a}.{reduction_method}(axis={axis})", one_zero),
    (2, "np.{nan_reduction}({a}, axis={axis})", one_zero),
    (1, "np.prod({a})", exact_products),
    (2, "np.prod({a}, axis={axis}, keepdims={flag})", exact_products),
    (1, "{a}.prod(axis={axes})", exact_products),
    (1, "np.nanprod({a}, axis={axis})", exact_products),
    (1, "np.sum({a}, axis={axis}, initial={small})", exact_products),
    (1, "np.sum({a}, where={mask})", exact_products),
    (2, "np.{scan}({a}, axis={axis})", exact_products),
    (1, "np.{scan}({a})", exact_products),
    (1, "np.median({a}, axis={axis})", one_ordered_zero),
    (1, "np.percentile({a}, {percent}, axis={axis})", one_ordered_zero),
    (1, "np.count_nonzero({a}, axis={axis})", None),
    (2, "np.{place}({a}, axis={axis})", ordered),
    (1, "np.ptp({a}, axis={axis})", one_zero),
    (1, "np.average({a}, axis={axis})", exact_products),
    # ---- making, joining and taking apart
    (1, "np.zeros_like({a})", None),
    (1, "np.full_like({a}, {small})", None),
    (1, "np.full({a}.shape, {low}, {dtype})", None),
    (1, "np.arange({small}, {large}, {step})", None),
    (1, "np.linspace({small}, {large}, {count})", None),
    (1, "np.eye({count}, {count}, {offset})", None),
    (2, "np.concatenate(({a}, {same}), axis={axis})", None),
    (1, "np.stack(({a}, {same}), axis={axis})", None),
    (1, "np.hstack(({a}, {same}))", None),
    (1, "np.vstack(({a}, {same}))", None),
    (1, "np.tile({a}, {count})", None),
    (1, "np.repeat({a}, {count}, axis={axis})", None),
    (1, "np.roll({a}, {offset}, axis={axis})", None),
    (1, "np.pad({a}, {count})", None),
    (1, "np.diff({a}, axis={axis})", exact_products),
    (1, "np.tril({a2}, {offset})", None),
    (1, "np.triu({a2}, {offset})", None),
    (1, "np.diag({a2}, {offset})", None),
    (1, "np.trace({a2})", exact_products),
    (1, "np.append({a}, {same}, axis={axis})", None),
    (1, "np.delete({a}, {index}, axis={axis})", None),
    (1, "np.insert({a1}, 0, {small})", None),
    # ---- searching and sorting
    (2, "np.sort({a}, axis={axis})", one_zero),
    (1, "np.argsort({a}, axis={axis}, kind='stable')", ordered),
    (1, "np.searchsorted(np.sort({a1}), {b1})", ordered),
    (1, "np.unique({a})", one_zero),
    (1, "np.nonzero({a})", None),
    (1, "np.argwhere({a})", None),
    (1, "np.flatnonzero({a})", None),
    (1, "np.take({a}, {indices}, axis={axis}, mode='wrap')", None),
    (1, "np.compress({flags}, {a})", None),
    (1, "np.bincount({counts})", None),
    (1, "np.intersect1d({a1}, {b1})", one_zero),
    (1, "np.in1d({a1}, {b1})", ordered),
    (1, "np.isin({a}, {b1})", ordered),
    (1, "np.dot({a1}, {same})", integers),
    (1, "{a2} @ {a2}.T", integers),
    # ---- assignments
    (4, "{a}[{key}] = {value}", finite),
    (2, "{a}[{fancy}] = {value}", finite),
    (2, "{a}[{mask}] = {small}", finite),
    (3, "{a} {arithmetic}= {b}", exact_products),
    (2, "{a}[{key}] {arithmetic}= {small}", exact_products),
    (1, "{a}[{key}] = {a}[{key}]", None),
    (1, "{a}.fill({small})", None),
    (1, "np.copyto({a}, {b})", finite),
    (1, "np.put({a}, {indices}, {small}, mode='wrap')", None),
]
