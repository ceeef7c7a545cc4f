"""The command line: runs scripts and modules with Numba's name meaning Lancehead, and shows settings and the cache.

    python -m lancehead script.py ARGS...    python -m lancehead -m module ARGS...    python -m lancehead -c CODE
    python -m lancehead --numba-path         the folder that, first on PYTHONPATH, makes `import numba` mean Lancehead
    python -m lancehead -s                   versions, and the settings in force and why
    python -m lancehead cache info [FOLDER...]     what the cache holds: the user's, or those of the folders
    python -m lancehead cache clear [FOLDER...]    empties it
"""

import os
import sys


def run_script(path, arguments):
    import runpy

    sys.argv[:] = [path] + arguments
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    runpy.run_path(path, run_name="__main__")


def run_module(name, arguments):
    import runpy

    sys.argv[:] = [name] + arguments
    sys.path[0] = os.getcwd()
    runpy.run_module(name, run_name="__main__", alter_sys=True)


def run_code(code, arguments):
    sys.argv[:] = ["-c"] + arguments
    sys.path[0] = ""
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__", "__builtins__": __builtins__})


def show_settings():
    import platform

    import numpy

    import lancehead
    from lancehead import config, version

    print(f"Lancehead {lancehead.__version__}, offering the API of Numba {version.NUMBA_VERSION}")
    print(f"CPython {platform.python_version()}, NumPy {numpy.__version__}, {platform.platform()}")
    names = sorted(config.SETTINGS)
    rows = [(name, *config.value_and_reason(name), config.SETTINGS[name][1]) for name in names]
    width = max(len(name) for name in names)
    for name, value, reason, meaning in rows:
        print(f"  {name:{width}}  {value!r:10}  {reason}\n  {'':{width}}  {meaning}")


def show_cache(arguments):
    from lancehead import cache

    if not arguments or arguments[0] not in ("info", "clear"):
        return usage()
    failed = False
    for folder in arguments[1:] or [None]:
        if arguments[0] == "info":
            print(cache.report(folder))
        else:
            removed, kept = cache.empty(folder)
            print(f"removed {removed} entries")
            for line in kept:
                print(f"  not {line}", file=sys.stderr)
            failed = failed or bool(kept)
    return int(failed)


def usage():
    print(__doc__.strip(), file=sys.stderr)
    return 2


def main(arguments):
    if not arguments:
        return usage()
    first, rest = arguments[0], arguments[1:]
    if first in ("-h", "--help"):
        print(__doc__.strip())
    elif first == "--version":
        import lancehead

        print(lancehead.__version__)
    elif first == "--numba-path":
        from lancehead import drop_in

        print(drop_in.alias_folder())
    elif first in ("-s", "--sysinfo"):
        show_settings()
    elif first == "cache":
        return show_cache(rest)
    elif first in ("-m", "-c") and not rest:
        return usage()
    elif first.startswith("-") and first not in ("-m", "-c"):
        print(f"unknown option {first}\n", file=sys.stderr)
        return usage()
    else:
        import lancehead.as_numba

        if first == "-m":
            run_module(rest[0], rest[1:])
        elif first == "-c":
            run_code(rest[0], rest[1:])
        else:
            run_script(first, rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
