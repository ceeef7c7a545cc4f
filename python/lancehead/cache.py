"""The cache on disk, as the command line and programs see it; the store itself is the extension's (contract C12)."""

from lancehead import _lancehead


def info():
    """A dictionary: path, entries, bytes, limit."""
    return _lancehead.cache_info()


def clear():
    """Removes all entries; returns how many there were."""
    return _lancehead.cache_clear()
