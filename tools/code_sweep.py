"""Sends every code object of the standard library, and with --packages of ten popular packages of pure Python, through the
decoder, the SSA builder and the verifier, and prints what share of the instructions came through. Nothing is imported or run.

    ./dev python -V 3.12 tools/code_sweep.py [--packages] [--reasons N] [FOLDER...]

The packages are installed into a folder that is removed afterwards. The exit status is 1 if a code object is not decoded, if the
SSA of one breaks a rule, if the process that compiles one dies, or if less than 90% of the instructions have an SSA form."""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import warnings
from pathlib import Path

PACKAGES = ("attrs", "click", "django", "jinja2", "networkx", "pygments", "requests", "rich", "sqlalchemy", "sympy")
ENOUGH = 0.9


def sources(folder):
    """Files with Python source; of site-packages within the folder nothing."""
    for path in sorted(Path(folder).rglob("*.py")):
        inside = path.relative_to(folder).parts
        if "site-packages" not in inside and "dist-packages" not in inside:
            yield path


def check_file(path, check_front_end):
    """What became of the file's code objects: counts, reasons and failures; None if Python does not compile it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(Path(path).read_bytes(), str(path), "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    counts, reasons, failures = collections.Counter(), collections.Counter(), []
    for qualname, line, instructions, undecoded, refused, broken, unsupported in check_front_end(code):
        counts.update(objects=1, instructions=instructions)
        if undecoded or broken:
            counts["undecoded" if undecoded else "broken"] += 1
            failures.append(f"{path}:{line} {qualname}: {undecoded or broken}")
        if refused or broken:
            counts["refused"] += instructions
            reasons[anonymous(refused or "the SSA is malformed")] += instructions
        elif not undecoded:
            counts["whole"] += not unsupported
            counts["in_ssa"] += instructions
            counts["unsupported"] += len(unsupported)
            reasons.update(map(anonymous, unsupported))
    return counts, reasons, failures


def anonymous(reason):
    """Without the names of the program."""
    reason = re.sub(r"(parameter \*\*)\w+", r"\1", re.sub(r"'[^']*'", "'...'", reason))
    return re.sub(r"\d{5,}", "N", reason).replace(" is not supported in compiled code", "").split(";")[0]


def work():
    """The child: a path per line comes in, its result goes out."""
    from lancehead._lancehead import check_front_end

    for line in sys.stdin:
        found = check_file(line.rstrip("\n"), check_front_end)
        print(json.dumps(found), flush=True)


def results_of(paths):
    """(path, result) in order; the result is a string if the child died over the path."""
    command = [sys.executable, __file__, "--work"]
    with tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, bufsize=1)
        for path in paths:
            child.stdin.write(f"{path}\n")
            child.stdin.flush()
            line = child.stdout.readline()
            if not line:
                errors.seek(0)
                yield path, f"the process died ({child.wait()}): {errors.read()[-500:]}"
                return
            yield path, json.loads(line)
        child.stdin.close()
        child.wait()


def sweep(name, paths, most_reasons):
    """Prints what became of the files; returns the failures."""
    counts, reasons, failures = collections.Counter(), collections.Counter(), []
    for path, result in results_of(paths):
        counts["files"] += 1
        if result is None:
            counts["not Python"] += 1
        elif isinstance(result, str):
            failures.append(f"{path}: {result}")
        else:
            counts.update(result[0])
            reasons.update(result[1])
            failures += result[2]
    total = max(counts["instructions"], 1)
    built, supported = counts["in_ssa"] / total, (counts["in_ssa"] - counts["unsupported"]) / total
    print(
        f"| {sys.version_info[0]}.{sys.version_info[1]} | {name} | {counts['files'] - counts['not Python']} | {counts['objects']} "
        f"| {counts['instructions']} | {counts['objects'] - counts['undecoded']} | {100 * built:.2f}% "
        f"| {100 * supported:.2f}% | {counts['whole']} |"
    )
    for reason, count in reasons.most_common(most_reasons):
        print(f"    {count:8} {100 * count / total:6.2f}%  {reason}")
    if built < ENOUGH:
        failures.append(f"{name}: only {100 * built:.2f}% of the instructions have an SSA form")
    return failures


def install(folder):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--target", folder, *PACKAGES], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", help="sweep these instead of the standard library")
    parser.add_argument("--packages", action="store_true", help=f"also: {', '.join(PACKAGES)}")
    parser.add_argument("--reasons", type=int, default=25, metavar="N", help="how many reasons to print")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        return work()
    print("| CPython | set | files | code objects | instructions | decoded | in SSA | of them supported | whole objects |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    failures = []
    for folder in options.folders or [sysconfig.get_path("stdlib")]:
        failures += sweep(os.path.basename(folder) if options.folders else "stdlib", sources(folder), options.reasons)
    if options.packages:
        with tempfile.TemporaryDirectory(prefix="lancehead-packages-") as folder:
            install(folder)
            for name in sorted(os.listdir(folder)):
                if (Path(folder) / name / "__init__.py").exists():
                    failures += sweep(name, sources(Path(folder) / name), options.reasons)
    for failure in failures[:50]:
        print("FAILED", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
