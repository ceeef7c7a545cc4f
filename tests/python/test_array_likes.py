"""Lists and tuples where NumPy takes an array: made arrays at the call, and by operators beside arrays."""

import numpy as np
import pytest
from oracle import compare

from lancehead.library import array_likes

CALLS = """
np.sum([[1, 2], [3, 4]], axis=0)
np.prod((2, 3, 4))
np.mean([[1, 2], [3, 4]], axis=(0, 1))
np.maximum([1, 2], [2.0, 1.0])
np.multiply((2, 3, 4), a)
np.lcm.reduce([4, 6])
np.add.reduceat(a, [0, 1])
np.subtract.outer([1, 2], (3, 4))
np.unique([3, 1, 3], return_counts=True)
np.isin(a, [1, 2])
np.where([True, False, True], a, 0)
np.take([4, 5, 6], [0, 2])
a.take([0, 2], axis=1)
a.searchsorted([1, 3]) if a.ndim == 1 else a[0].searchsorted([1, 3])
np.searchsorted([1, 2, 3], 2)
np.nonzero([True, False])
np.size([[1, 2]]), np.shape([1, 2]), np.ndim(((1, 2), (3, 4))), np.shape(3), np.ndim(a), np.size(2.5)
np.diag([1, 2]), np.fliplr([[1, 2], [3, 4]]), np.trace([[1, 2], [3, 4]])
np.average([1, 2, 3], weights=[1, 1, 2])
np.allclose([1.0, 2.0], [1.0, 2.0]), np.array_equal([1, 2], [1, 2])
np.reshape([1, 2, 3, 4], (2, 2)), np.ravel([[1, 2]]), np.moveaxis([[1, 2]], 0, 1)
np.concatenate(([1, 2], [3])), np.atleast_2d([1, 2]), np.broadcast_to([1, 2], (3, 2))
np.insert(a, [0, 1], 5.0, axis=1), np.delete([1, 2, 3], [0]), np.repeat([1, 2], [2, 1])
np.histogram([1, 2, 1], bins=[0, 1, 2, 3])
np.ediff1d(a, [7], [1])
a == [1, 2, 3], (1, 2, 3) <= a, a + (1, 2, 3), [1, 2, 3] - a
"""


def augmented(a):
    a += [1, 2, 3]
    a *= (1.5, 2, 2)
    return a


@pytest.mark.parametrize("code", CALLS.strip().split("\n"))
def test_calls(code):
    compare(eval(f"lambda a: ({code})", {"np": np}), np.arange(6.0).reshape(2, 3))


def test_augmented_assignment():
    compare(augmented, np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize("name", ["numpy.zeros(*)", "numpy.sum(.,*axis)", "numpy.fill_diagonal(*.)", "numpy.float64(*)", "numpy.add.at(.*.)"])
def test_what_takes_no_lists(name):
    assert array_likes.call_of(name) is None
