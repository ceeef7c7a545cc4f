"""Functions of Python's and NumPy's libraries that are written in Python (contract C8).

The compiler types and compiles them as it does a user's functions; Python never runs them. A module is imported when the
first of its functions is asked for. Only in these modules may `rt.<name>` (functions of the runtime) and `ops.<name>`
(operations without checks) be used.
"""

from importlib import import_module

# Module -> the names that it implements; tests/python/test_library.py compares this with what the modules say.
_CONTENTS = {
    "bits": "numpy.packbits numpy.unpackbits",
    "applying": "numpy.apply_along_axis numpy.apply_over_axes",
    "broadcasting": "numpy.broadcast_to numpy.broadcast_shapes numpy.broadcast_arrays",
    "clipping": "numpy.clip numpy.ndarray.clip",
    "comparisons": "math.isclose numpy.isclose numpy.allclose numpy.array_equal",
    "conversion": "numpy.array numpy.asarray numpy.ndarray.tolist numpy.ndarray.item",
    "contractions": "numpy.tensordot numpy.kron numpy.cross",
    "copying": "numpy.copy numpy.ndarray.copy numpy.ndarray.astype numpy.ndarray.view",
    "creation": "numpy.eye numpy.identity",
    "cumulating": "numpy.cumulative_sum numpy.cumulative_prod",
    "diagonals": (
        "numpy.diagonal numpy.ndarray.diagonal numpy.diag numpy.diagflat numpy.fill_diagonal numpy.trace numpy.ndarray.trace numpy.tri "
        "numpy.tril numpy.triu numpy.tril_indices numpy.triu_indices numpy.tril_indices_from numpy.triu_indices_from "
        "numpy.diag_indices numpy.vander"
    ),
    "differences": "numpy.diff numpy.ediff1d numpy.trapezoid numpy.interp numpy.convolve numpy.correlate numpy.gradient",
    "einsums": "numpy.einsum",
    "editing": "numpy.delete numpy.insert numpy.trim_zeros",
    "grids": "numpy.meshgrid numpy.indices numpy.ix_ numpy.unravel_index",
    "histograms": "numpy.bincount numpy.histogram numpy.histogram_bin_edges numpy.histogram2d",
    "indexing": "numpy.ndarray.__getitem__ numpy.ndarray.__setitem__",
    "iterating": "numpy.ndindex numpy.ndenumerate numpy.nditer numpy.flatiter.__getitem__ numpy.flatiter.__setitem__ "
    "numpy.ndarray.flat.__set__",
    "joining": (
        "numpy.concatenate numpy.concat numpy.stack numpy.vstack numpy.hstack numpy.dstack numpy.column_stack numpy.append"
    ),
    "lists": "builtins.sorted builtins.list.extend builtins.list.index builtins.list.count builtins.list.remove"
    " builtins.list.__contains__ builtins.list.__eq__ builtins.list.__ne__ builtins.list.__lt__ builtins.list.__le__"
    " builtins.list.__gt__ builtins.list.__ge__ builtins.list.__setitem__",
    "making": "numpy.empty numpy.zeros numpy.ones numpy.full numpy.empty_like numpy.zeros_like numpy.ones_like numpy.full_like",
    "nan_reductions": "numpy.nansum numpy.nanprod numpy.nancumsum numpy.nancumprod numpy.nanmin numpy.nanmax numpy.nanargmin "
    "numpy.nanargmax numpy.nanmean numpy.nanvar numpy.nanstd",
    "products": "numpy.dot numpy.ndarray.dot numpy.vdot numpy.inner numpy.outer numpy.matmul numpy.ndarray.__imatmul__ numpy.vecdot "
    "numpy.matvec numpy.vecmat math.sumprod",
    "quantiles": "numpy.median numpy.nanmedian numpy.quantile numpy.nanquantile numpy.percentile numpy.nanpercentile",
    "repeating": "numpy.repeat numpy.ndarray.repeat numpy.tile numpy.pad",
    "replacing": "numpy.nan_to_num",
    "rounding": "builtins.round numpy.round numpy.around numpy.ndarray.round",
    "searching": "numpy.searchsorted numpy.ndarray.searchsorted numpy.digitize",
    "selecting": (
        "numpy.take numpy.ndarray.take numpy.put numpy.ndarray.put numpy.choose numpy.ndarray.choose numpy.compress "
        "numpy.ndarray.compress numpy.extract numpy.place numpy.putmask numpy.copyto numpy.take_along_axis numpy.put_along_axis "
        "numpy.select"
    ),
    "sequences": "builtins.sum builtins.min builtins.max builtins.any builtins.all math.prod",
    "sets": "numpy.unique numpy.union1d numpy.intersect1d numpy.setdiff1d numpy.setxor1d numpy.isin numpy.in1d",
    "shapes": (
        "numpy.shape numpy.ndim numpy.size numpy.reshape numpy.ndarray.reshape numpy.ravel numpy.ndarray.ravel numpy.ndarray.flatten numpy.ascontiguousarray "
        "numpy.asfortranarray numpy.transpose numpy.permute_dims numpy.ndarray.transpose numpy.matrix_transpose numpy.swapaxes "
        "numpy.ndarray.swapaxes numpy.moveaxis numpy.rollaxis numpy.squeeze numpy.ndarray.squeeze numpy.expand_dims "
        "numpy.atleast_1d numpy.atleast_2d numpy.atleast_3d"
    ),
    "sorting": "numpy.sort numpy.ndarray.sort numpy.sort_complex numpy.argsort numpy.ndarray.argsort numpy.lexsort numpy.partition "
    "numpy.ndarray.partition numpy.argpartition numpy.ndarray.argpartition",
    "spacing": "numpy.linspace numpy.logspace numpy.geomspace",
    "splitting": "numpy.split numpy.array_split numpy.hsplit numpy.vsplit numpy.dsplit numpy.unstack",
    "statistics": "numpy.mean numpy.ndarray.mean numpy.var numpy.ndarray.var numpy.std numpy.ndarray.std numpy.ptp numpy.average",
    "striding": "numpy.lib.stride_tricks.as_strided numpy.lib.stride_tricks.sliding_window_view",
    "truths": "numpy.where numpy.count_nonzero numpy.nonzero numpy.ndarray.nonzero numpy.flatnonzero numpy.argwhere",
    "turning": "numpy.flip numpy.flipud numpy.fliplr numpy.rot90 numpy.roll",
}
_HOMES = {name: module for module, names in _CONTENTS.items() for name in names.split()}
_OWN = __name__ + "."
_implementations = {}
_calls = {}


def implements(*names):
    """Registers a function as what implements library functions, by their canonical names ("numpy.isclose")."""

    def register(function):
        for name in names:
            _implementations[name] = function
        return function

    return register


def implementation(name):
    """The Python function that implements the library function `name`, or None."""
    if name.startswith(_OWN):  # called by one of ours
        module, _, function = name.rpartition(".")
        return getattr(import_module(module), function, None)
    if name.endswith(")"):
        return _call_of_array_likes(name)
    if name not in _HOMES:
        return _method_of_ufunc(name)
    import_module(_OWN + _HOMES[name])
    return _implementations[name]


def _call_of_array_likes(name):
    """The function for a call with lists or tuples, made once."""
    if name not in _calls:
        _calls[name] = import_module(_OWN + "array_likes").call_of(name)
    return _calls[name]


def _method_of_ufunc(name):
    """The function that implements "numpy.add.reduce" and its like, made once."""
    namespace, _, path = name.partition(".")
    ufunc, _, method = path.partition(".")
    if namespace != "numpy" or method not in ("reduce", "accumulate", "reduceat", "outer", "at"):
        return None
    import numpy

    if name not in _implementations:
        found = import_module(_OWN + "ufunc_methods").method_of(getattr(numpy, ufunc), method)
        if found is None:
            return None
        _implementations[name] = found
    return _implementations[name]
