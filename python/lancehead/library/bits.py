"""Bits in bytes."""

import numpy as np

from lancehead.library import implements, ops
from lancehead.library.axes import axis_last, extent_product, normal_axis
from lancehead.library.shapes import as_array, in_c_order


def check_order(bitorder):
    if bitorder != "big" and bitorder != "little":
        raise ValueError("'bitorder' must be either 'little' or 'big'")


def rows_of(a):
    """A copy as a matrix, whose rows are what lies along the last axis."""
    return ops.contiguous(in_c_order(a), (extent_product(a.shape[:-1]), a.shape[-1]))


@implements("numpy.packbits")
def packbits(a, /, axis=None, bitorder="big"):
    """8 numbers that are 0 or not along the axis make one byte; zeros fill up the last one."""
    array = as_array(a)
    check_order(bitorder)
    if array.dtype.kind != "b" and array.dtype.kind != "i" and array.dtype.kind != "u":
        raise TypeError("Expected an input array of integer or boolean data type")
    if axis is None or array.ndim == 0:
        return packed(rows_of(array.reshape((1, -1))), bitorder == "big").reshape(-1)
    k = normal_axis(axis, array.ndim)
    moved = axis_last(array, k)
    matrix = packed(rows_of(moved), bitorder == "big")
    return np.ascontiguousarray(np.moveaxis(ops.contiguous(matrix, moved.shape[:-1] + (matrix.shape[1],)), -1, k))


def packed(matrix, big):
    rows, count = matrix.shape
    out = np.empty((rows, (count + 7) // 8), np.uint8)
    whole = count // 8
    for i in range(rows):
        for j in range(whole):
            byte = 0
            for bit in range(8):
                byte = 2 * byte + (1 if ops.item(matrix, i, 8 * j + (bit if big else 7 - bit)) != 0 else 0)
            ops.store(out, np.uint8(byte), i, j)
        if count % 8 != 0:
            byte = 0
            for bit in range(count % 8):
                if matrix[i, 8 * whole + bit] != 0:
                    byte |= 128 >> bit if big else 1 << bit
            out[i, whole] = byte
    return out


@implements("numpy.unpackbits")
def unpackbits(a, /, axis=None, count=None, bitorder="big"):
    """Each byte's bits along the axis; `count` of them, zeros if there are too few, or all but the last -count."""
    array = as_array(a)
    check_order(bitorder)
    if array.dtype.kind != "u" or array.itemsize != 1:
        raise TypeError("Expected an input array of unsigned byte data type")
    if axis is None or array.ndim == 0:
        return unpacked(rows_of(array.reshape((1, -1))), count, bitorder == "big").reshape(-1)
    k = normal_axis(axis, array.ndim)
    moved = axis_last(array, k)
    matrix = unpacked(rows_of(moved), count, bitorder == "big")
    return np.ascontiguousarray(np.moveaxis(ops.contiguous(matrix, moved.shape[:-1] + (matrix.shape[1],)), -1, k))


def unpacked(matrix, count, big):
    rows, size = matrix.shape
    total = bit_count(8 * size, count)
    out = np.zeros((rows, total), np.uint8)
    for i in range(rows):
        for k in range(min(total, 8 * size)):
            bit = (ops.item(matrix, i, k // 8) >> (7 - k % 8 if big else k % 8)) & 1
            ops.store(out, np.uint8(bit), i, k)
    return out


def bit_count(available, count):
    if count is None:
        return available
    if count >= 0:
        return count
    if -count > available:
        raise ValueError("-count larger than number of elements")
    return available + count
