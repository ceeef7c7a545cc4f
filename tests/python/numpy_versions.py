"""Marks of tests whose oracle is a newer NumPy than the oldest that is supported."""

import numpy as np
import pytest


def since(version, reason):
    """Runs from NumPy `version` on; `reason` says what older ones do otherwise."""
    older = np.lib.NumpyVersion(np.__version__) < np.lib.NumpyVersion(f"{version}.0")
    return pytest.mark.skipif(older, reason=f"before NumPy {version}, {reason}")
