"""Views of an array's memory by any strides."""

from lancehead.library import implements, ops
from lancehead.library.axes import normal_axes


@implements("numpy.lib.stride_tricks.as_strided")
def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    """Nothing is checked: whoever calls it answers for the memory that it shows."""
    extents = x.shape if shape is None else as_tuple(shape)
    steps = default_strides(x, extents) if strides is None else as_tuple(strides)
    if len(extents) != len(steps):
        raise ValueError("strides are incompatible with shape of requested array and size of buffer")
    view = ops.view(x, 0, extents, steps)
    if writeable:
        return view
    return ops.readonly(view)


def as_tuple(items):
    if isinstance(items, tuple):
        return items
    return (items,)


def default_strides(x, shape):
    """Those of a contiguous array if `x` is one, else its own."""
    if len(shape) == x.ndim:
        if x.strides != contiguous_strides(x.shape, x.itemsize):
            return x.strides
    return contiguous_strides(shape, x.itemsize)


def contiguous_strides(shape, step):
    if len(shape) == 0:
        return ()
    return contiguous_strides(shape[:-1], step * shape[-1]) + (step,)


@implements("numpy.lib.stride_tricks.sliding_window_view")
def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """The windows at each place as axes at the end. Read-only unless `writeable`."""
    windows = as_tuple(window_shape)
    check_not_negative(windows)
    if axis is None:
        if len(windows) != x.ndim:
            raise ValueError(
                "Since axis is `None`, must provide window_shape for all dimensions of `x`; "
                "got another number of window_shape elements than `x.ndim`."
            )
        view = windowed(x, windows, first_numbers(len(windows)))
    else:
        axes = normal_axes(as_tuple(axis), x.ndim)
        if len(windows) != len(axes):
            raise ValueError("Must provide matching length window_shape and axis")
        view = windowed(x, windows, axes)
    if writeable:
        return view
    return ops.readonly(view)


def first_numbers(count):
    if count == 0:
        return ()
    return first_numbers(count - 1) + (count - 1,)


def check_not_negative(windows):
    if len(windows) > 0:
        if windows[0] < 0:
            raise ValueError("`window_shape` cannot contain negative values")
        check_not_negative(windows[1:])


def windowed(x, windows, axes):
    return ops.view(x, 0, trimmed(x.shape, windows, axes) + windows, x.strides + picked(x.strides, axes))


def picked(items, axes):
    if len(axes) == 0:
        return ()
    return (items[axes[0]],) + picked(items, axes[1:])


def trimmed(shape, windows, axes):
    """How many places there are along each axis."""
    if len(axes) == 0:
        return shape
    extent = shape[axes[0]]
    if extent < windows[0]:
        raise ValueError("window shape cannot be larger than input array shape")
    return trimmed(ops.replace(shape, axes[0], extent - windows[0] + 1), windows[1:], axes[1:])
