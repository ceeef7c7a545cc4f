"""Random programs, compared with CPython and NumPy."""
