"""Versions: ours, and the release of Numba whose API we offer."""

__version__ = "0.1.0"
NUMBA_VERSION = "0.68.1"


def __getattr__(name):
    if name != "version_info":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from collections import namedtuple

    fields = namedtuple("version_info", "major minor patch short full string tuple git_revision")
    parts = tuple(NUMBA_VERSION.split("."))
    major, minor, patch = map(int, parts)
    made = fields(major, minor, patch, (major, minor), (major, minor, patch), NUMBA_VERSION, parts, None)
    globals()[name] = made
    return made
