"""NumPy's own tests, run on compiled functions: the installed NumPy's test modules are rewritten so that subscripts, operators, methods
and functions of arrays are calls of compiled functions wherever docs/features.md has them.

    ./dev python tools/numpy_conformance.py [MODULE...] [--json FILE] [--reasons N] [-k WORDS]

MODULE is the name of a test module (test_indexing); default: all of MODULES. Nothing of NumPy's sources is kept.

A test exercises a row if it does something that a row lists (function, parameters, dtypes) to an array. It is mapped if compiled code ran
in it. A mapped test passes if it passes and nothing that rows list was left to NumPy (a fallback). It has a wrong value if one of its
operations gives another value than NumPy does where both are tried on the same arguments. What no row lists is done by NumPy and counted.
"""

import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATHS = [str(ROOT / "tests" / "python"), str(ROOT / "python"), str(ROOT / "tools")]
sys.path[:0] = PATHS

MODULES = {
    "numpy._core.tests": "test_indexing test_umath test_multiarray test_numeric",
    "numpy.lib.tests": "test_function_base test_nanfunctions test_arraysetops test_shape_base test_index_tricks test_twodim_base",
}
NAMES = {name: f"{package}.{name}" for package, names in MODULES.items() for name in names.split()}
SILENCE = 180  # seconds without a result after which a test counts as endless
# Of tests that fail without a wrong value: words of what they raise, and why.
DEVIATIONS = {
    "no-warnings": ("DID NOT WARN", "RuntimeWarning", "FloatingPointError", "No warning raised", "ComplexWarning", "DeprecationWarning", "fpe error"),
    "error-texts": ("Regex pattern did not match", "Expected regex", "does not match"),
    "identity, flags or memory": (" is ", "flags", ".base", "owndata", "refcount", "shares_memory", "strict_equal"),
}


class Module:
    """Runs one module of tests: child processes, until each test has a result."""

    def __init__(self, name, rows, words=None):
        self.name, self.rows, self.words = name, rows, words
        self.results = {}

    def child(self, task, log):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(PATHS), "PYTHONFAULTHANDLER": "1", "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-m", "conformance.child", NAMES[self.name], json.dumps({**task, "log": log, "rows": self.rows})]
        with open(log + ".out", "w") as out:
            process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=os.path.dirname(log))
            size, since = 0, time.monotonic()
            while process.poll() is None:
                time.sleep(0.2)
                if os.path.exists(log) and os.path.getsize(log) != size:
                    size, since = os.path.getsize(log), time.monotonic()
                elif time.monotonic() - since > SILENCE:
                    process.kill()
                    process.wait()
                    return "endless"
        return f"crash: exit status {process.returncode}" if process.returncode < 0 else ""

    def run(self, mode, only=None):
        """Test -> what the child wrote about it, or {"outcome": "crash"}."""
        done = {}
        with tempfile.TemporaryDirectory() as folder:
            while True:
                log = os.path.join(folder, f"log{len(done)}")
                ended = self.child({"mode": mode, "only": only, "done": list(done)}, log)
                running = None
                for line in open(log) if os.path.exists(log) else ():
                    entry = json.loads(line)
                    running = entry.get("start")
                    if "test" in entry:
                        done[entry["test"]] = entry
                if not ended and running is None:
                    if not done:
                        print(Path(log + ".out").read_text()[-3000:], file=sys.stderr)
                    return done
                if running is None:
                    return done
                done[running] = {"outcome": "crash", "error": f"{ended}\n{Path(log + '.out').read_text()[-1500:]}", "native": 1}

    def all(self):
        """Results of all tests that pass without us, each with its verdict."""
        self.results = self.run("mapped")
        failed = [test for test, result in self.results.items() if result["outcome"] in ("failed", "crash")]
        if failed:
            plain = self.run("plain", failed)
            for test in failed:
                if plain.get(test, {}).get("outcome") != "passed":
                    self.results[test]["outcome"] = "fails under NumPy"
            again = [t for t in failed if self.results[t]["outcome"] == "failed"]
            shadows = self.run("shadow", again) if again else {}
            for test in again:
                self.results[test]["wrong"] = shadows.get(test, {}).get("wrong", {})
        for result in self.results.values():
            result["verdict"] = verdict(result)
        return self.results


def verdict(result):
    """(class, reason) of a test."""
    outcome = result["outcome"]
    if outcome in ("skipped", "fails under NumPy"):
        return "not counted", outcome
    if outcome == "crash":
        return ("endless" if "endless" in result["error"][:20] else "crash"), result["error"][:300]
    if outcome == "failed" and result["wrong"]:
        return "wrong value", next(iter(result["wrong"]))
    if result["fallbacks"]:
        return "unsupported", next(iter(result["fallbacks"]))
    if not result["native"]:
        return "not mapped", next(iter(result["outside"]), "nothing of arrays")
    if outcome == "passed":
        return "passed", ""
    text = " ".join(f"{result['kind']}: {result['error']} at `{result['line']}`".split())
    for deviation, words in DEVIATIONS.items():
        if any(word in text for word in words):
            return "differs otherwise", deviation
    return "differs otherwise", text if len(text) < 200 else f"{text[:90]} ... {text[-110:]}"


CLASSES = ["passed", "wrong value", "crash", "endless", "unsupported", "differs otherwise", "not mapped", "not counted"]


def table(modules):
    """The lines of the summary."""
    lines = [f"{'module':22}" + "".join(f"{name:>18}" for name in CLASSES) + f"{'of mapped':>12}"]
    total = collections.Counter()
    for name, results in modules.items():
        count = collections.Counter(r["verdict"][0] for r in results.values())
        total += count
        lines.append(line_of(name, count))
    return [*lines, line_of("all", total)]


def line_of(name, count):
    mapped = sum(count[c] for c in CLASSES[:6])
    share = f"{100 * count['passed'] / mapped:.1f} %" if mapped else "-"
    return f"{name:22}" + "".join(f"{count[c]:18}" for c in CLASSES) + f"{share:>12}"


def reasons(modules, most):
    """The most frequent reasons of each class."""
    found = collections.defaultdict(collections.Counter)
    for results in modules.values():
        for result in results.values():
            kind, why = result["verdict"]
            if kind not in ("passed", "not counted"):
                found[kind][why] += 1
            if kind == "passed":
                found["done by NumPy beside what passed"].update(set(result["outside"]))
    for kind, counter in found.items():
        yield f"\n{kind}: {sum(counter.values())}"
        yield from (f"  {n:5}  {why[:400]}" for why, n in counter.most_common(most))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", choices=[*NAMES, []], metavar="MODULE")
    parser.add_argument("--json", metavar="FILE", help="write each test's result")
    parser.add_argument("--reasons", type=int, default=15, metavar="N", help="how many reasons of each class to print")
    options = parser.parse_args()
    from conformance import rows

    modules = {}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(rows.collect(), file)
        file.flush()
        for name in options.modules or NAMES:
            started = time.monotonic()
            modules[name] = Module(name, file.name).all()
            print(f"{name}: {len(modules[name])} tests in {time.monotonic() - started:.0f} s", file=sys.stderr)
    if options.json:
        Path(options.json).write_text(json.dumps(modules, indent=1))
    print("\n".join([*table(modules), *reasons(modules, options.reasons)]))
    counts = collections.Counter(r["verdict"][0] for results in modules.values() for r in results.values())
    return 1 if counts["wrong value"] or counts["crash"] or counts["endless"] else 0


if __name__ == "__main__":
    sys.exit(main())
