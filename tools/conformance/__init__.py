"""NumPy's own tests, with what they do to arrays done by compiled functions. tools/numpy_conformance.py is the command."""
