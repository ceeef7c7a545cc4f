"""Counting: by number, and in bins of one or two dimensions."""

import numpy as np

from lancehead.library import implements, rt
from lancehead.library.searching import places_of
from lancehead.library.sets import taken
from lancehead.library.sorting import flattened, order_code, order_of, promoted

BLOCK = 65536  # NumPy adds up weights block by block


@implements("numpy.bincount")
def bincount(x, /, weights=None, minlength=0):
    """`x`: a vector of integers that are not negative. With weights the sums are float64, else int64."""
    if x.ndim != 1:
        raise ValueError("object too deep for desired array")
    kind = x.dtype.kind
    if not (kind == "b" or kind == "i" or kind == "u"):
        raise TypeError("Cannot cast array data to dtype('int64') according to the rule 'safe'")
    if minlength < 0:
        raise ValueError("'minlength' must not be negative")
    length = int(minlength)
    for i in range(x.size):
        if x[i] < 0:
            raise ValueError("'list' argument must have no negative elements")
        length = max(length, int(x[i]) + 1)
    if weights is None:
        out = np.zeros(length, np.int64)
        for i in range(x.size):
            out[int(x[i])] += 1
        return out
    if weights.size != x.size:
        raise ValueError("The weights and list don't have the same length.")
    sums = np.zeros(length, np.float64)
    for i in range(x.size):
        sums[int(x[i])] += weights[i]
    return sums


def checked(a):
    """The data as a vector that can be subtracted."""
    vector = flattened(a)
    if a.dtype.kind == "b":
        return vector.astype(np.uint8)
    return vector


def outer_edges(a, range):
    """The least number, the greatest, and their difference as NumPy divides by it."""
    out = np.empty(3, np.float64)
    if range is None:
        rt.histogram_range(a, order_code(a), out)
    else:
        first, last = range
        if first > last:
            raise ValueError("max must be larger than min in range parameter.")
        if not (np.isfinite(first) and np.isfinite(last)):
            raise ValueError("supplied range is not finite")
        out[0] = first
        out[1] = last
        if first == last:
            out[0] -= 0.5
            out[1] += 0.5
        out[2] = out[1] - out[0]
    return out


def uniform_edges(a, bins, range, outer):
    """bins + 1 edges, of float32 for data of it."""
    if bins < 1:
        raise ValueError("`bins` must be positive, when an integer")
    edges = np.empty(bins + 1, np.float32 if a.dtype == np.float32 else np.float64)
    rt.histogram_edges(edges, outer[0], outer[1], range is None and a.size > 0)
    return edges


def check_edges(bins):
    if bins.ndim != 1:
        raise ValueError("`bins` must be 1d, when an array")
    for i in range(1, bins.size):
        if bins[i - 1] > bins[i]:
            raise ValueError("`bins` must increase monotonically, when an array")


@implements("numpy.histogram_bin_edges")
def histogram_bin_edges(a, bins=10, range=None, weights=None):
    if isinstance(bins, np.ndarray):
        check_edges(bins)
        return bins
    x = checked(a)
    return uniform_edges(x, bins, range, outer_edges(x, range))


@implements("numpy.histogram")
def histogram(a, bins=10, range=None, density=None, weights=None):
    """Counts (int64), or sums of the dtype of the weights; and the edges of the bins."""
    if weights is not None and weights.shape != a.shape:
        raise ValueError("weights should have the same shape as a.")
    x = checked(a)
    if isinstance(bins, np.ndarray):
        check_edges(bins)
        edges = bins
        if weights is None:
            n = counts_between(x, bins)
        else:
            n = sums_between(x, bins, flattened(weights))
    else:
        outer = outer_edges(x, range)
        edges = uniform_edges(x, bins, range, outer)
        single = range is None and a.dtype == np.float32
        if weights is None:
            n = np.zeros(bins, np.int64)
            rt.histogram(x, order_code(x), outer[0], outer[1], outer[2], single, edges, n)
        else:
            n = uniform_sums(x, edges, outer, single, flattened(weights))
    if density:
        return n / widths(edges) / n.sum(), edges
    return n, edges


def widths(edges):
    return (edges[1:] - edges[:-1]).astype(np.float64)


def uniform_sums(x, edges, outer, single, weights):
    if weights.dtype.kind == "c":
        sums = np.empty(edges.size - 1, weights.dtype)
        sums.real[:] = uniform_sums(x, edges, outer, single, weights.real)
        sums.imag[:] = uniform_sums(x, edges, outer, single, weights.imag)
        return sums
    out = np.zeros(edges.size - 1, np.float32 if weights.dtype == np.float32 else np.float64)
    rt.histogram_weights(x, order_code(x), outer[0], outer[1], outer[2], single, edges, weights.astype(np.float64), out)
    return out.astype(weights.dtype)


def counts_between(x, edges):
    """How many numbers are between edges of any widths; the last bin has its right edge."""
    numbers = promoted(x, edges)
    limits = promoted(edges, x)
    places = places_of(limits, numbers, True, None)
    counts = np.zeros(edges.size - 1, np.int64)
    for i in range(numbers.size):
        place = places[i]
        if place == edges.size and numbers[i] == limits[place - 1]:
            place = np.searchsorted(limits, numbers[i]) if place < 2 or limits[place - 2] != numbers[i] else place - 1
        if 0 < place < edges.size:
            counts[place - 1] += 1
    return counts


def sums_between(x, edges, weights):
    """Sums of weights as differences of running sums, as NumPy rounds them."""
    sums = np.zeros(edges.size, weights.dtype)
    for first in range(0, x.size, BLOCK):
        block = x[first : first + BLOCK]
        order = order_of(block)
        ordered = taken(block, order)
        running = np.zeros(block.size + 1, weights.dtype)
        for i in range(block.size):
            running[i + 1] = running[i] + weights[first + order[i]]
        places = places_of(ordered, edges, False, None)
        places[-1:] = places_of(ordered, edges[-1:], True, None)
        for k in range(edges.size):
            sums[k] += running[places[k]]
    return sums[1:] - sums[:-1]


def axis_edges(x, bins, range):
    """The edges along one axis of histogram2d."""
    if isinstance(bins, np.ndarray):
        check_edges(bins)
        return bins
    return uniform_edges(x, bins, range, outer_edges(x, range))


def bins_of(x, edges):
    """The bin of each number, counted from 1: 0 is before them, edges.size behind them."""
    places = places_of(promoted(edges, x), promoted(x, edges), True, None)
    for i in range(x.size):
        if x[i] == edges[-1]:
            places[i] -= 1
    return places


@implements("numpy.histogram2d")
def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """The counts as a matrix of float64, and the edges along both axes. A tuple of bins has those of each axis."""
    if len(x) != len(y):
        raise ValueError("x and y must have the same length.")
    u = checked(promoted(x, y))
    v = checked(promoted(y, x))
    if isinstance(bins, tuple):
        x_bins, y_bins = bins
    else:
        x_bins = bins
        y_bins = bins
    if range is None:
        x_edges = axis_edges(u, x_bins, None)
        y_edges = axis_edges(v, y_bins, None)
    else:
        x_edges = axis_edges(u, x_bins, range[0])
        y_edges = axis_edges(v, y_bins, range[1])
    counts = counts_in_plane(bins_of(u, x_edges), bins_of(v, y_edges), x_edges.size - 1, y_edges.size - 1, weights)
    if density:
        total = counts.sum()
        counts = counts / widths(x_edges).reshape(x_edges.size - 1, 1)
        counts = counts / widths(y_edges) / total
    return counts, x_edges, y_edges


def counts_in_plane(rows, columns, height, width, weights):
    counts = np.zeros((height, width), np.float64)
    for i in range(rows.size):
        if 0 < rows[i] <= height and 0 < columns[i] <= width:
            counts[rows[i] - 1, columns[i] - 1] += 1.0 if weights is None else weights[i]
    return counts
