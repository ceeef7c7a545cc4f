"""Numbers kept within bounds."""

import numpy as np

from lancehead.library import implements


@implements("numpy.clip", "numpy.ndarray.clip")
def clip(a, a_min=None, a_max=None):
    if a_min is None and a_max is None:
        raise ValueError("One of max or min must be given")
    if a_min is None:
        return np.minimum(a, a_max)
    if a_max is None:
        return np.maximum(a, a_min)
    return np.minimum(np.maximum(a, a_min), a_max)
