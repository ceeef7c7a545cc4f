"""The cache on disk, as the command line and programs see it; the store itself is the extension's (contract C12).

A folder is the user's store unless one is given: `__pycache__` beside a source for functions with cache=True.
"""

import os

from lancehead import _lancehead, config


def _listing(folder):
    _lancehead.set_cache_settings(config.assigned("CACHE_DIR"), config.assigned("CACHE_LIMIT"))
    return _lancehead.list_store(os.fspath(folder or _lancehead.user_cache_folder()))


def info(folder=None):
    """A dictionary: path, entries, bytes, limit, reason (why it is not read or written, or None), functions (what is of
    which function: name with argument types -> bytes), refused (file -> why it is not read)."""
    listed = _listing(folder)
    files = listed.pop("files")
    functions, refused = {}, {}
    for item in files:
        if item["reason"]:
            refused[item["file"]] = item["reason"]
        else:
            functions[item["function"]] = functions.get(item["function"], 0) + item["bytes"]
    return {
        "path": listed["path"],
        "entries": len(files),
        "bytes": sum(item["bytes"] for item in files),
        "limit": listed["limit"],
        "reason": listed["reason"],
        "functions": functions,
        "refused": refused,
    }


def report(folder=None):
    """The same as text."""
    known = info(folder)
    lines = [
        f"path: {known['path']}",
        f"entries: {known['entries']}",
        f"bytes: {known['bytes']}",
        f"limit: {known['limit']}",
    ]
    if known["reason"]:
        lines.append(f"reason: {known['reason']}")
    lines += [f"{size:10}  {function}" for function, size in known["functions"].items()]
    lines += [f"not read: {file}: {reason}" for file, reason in known["refused"].items()]
    return "\n".join(lines)


def empty(folder=None):
    """Removes all entries; returns how many, and a text for each that could not be removed."""
    done = _lancehead.clear_store(info(folder)["path"])
    return done["removed"], done["failed"]


def clear(folder=None):
    """Removes all entries; returns how many there were."""
    return empty(folder)[0]
