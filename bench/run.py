"""./dev bench: every budget that can be measured here, against Numba, gcc, clang and NumPy; bench/README.md says how.

--gate instead runs bench/gates: the figures that must hold, nothing else.
"""
import argparse
import datetime
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import report
from compilers import compile_kernels, version
from contestants import NUMBA_PYTHON, Bench, Failed, find_contestants
from kernels import THEMES
from rows import SECTIONS

HERE = Path(__file__).resolve().parent


def run_gates(names):
    """Each gate in a fresh process, so that none warms up what another measures."""
    missed = []
    for gate in sorted((HERE / "gates").glob("*.py")):
        if names and gate.stem not in names:
            continue
        print(f"-- {gate.stem}", flush=True)
        env = {key: value for key, value in os.environ.items() if not key.startswith(("LANCEHEAD_", "NUMBA_"))}
        env["PYTHONPATH"] = os.pathsep.join([str(HERE), *filter(None, [env.get("PYTHONPATH")])])
        done = subprocess.run([sys.executable, gate], env=env, stdout=subprocess.PIPE, text=True)
        print(done.stdout, end="", flush=True)
        if done.returncode or any(line.endswith("MISSED") for line in done.stdout.splitlines()):
            missed.append(gate.stem)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nall figures are within their limits")
    return 1 if missed else 0


def conditions(contestants, libraries):
    """What the figures depend on: the day, the machine, its load, the versions."""
    models = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    found = {
        "date": datetime.datetime.now().strftime("%Y-%m-%d %H:%M"),
        "processor": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "load before": round(os.getloadavg()[0], 1),
    }
    ask = "import sys, numpy, {0}; print({0}.__version__, 'CPython', sys.version.split()[0], 'NumPy', numpy.__version__)"
    for each in contestants:
        found[each.name] = each.run(["-c", ask.format(each.module)]).strip()
    return {**found, **{compiler: version(compiler) for compiler in libraries}}


def measure_sections(bench, names):
    """{row: figures} of these sections, saying on stderr what runs and for how long."""
    results = {}
    for name in names:
        print(f"==> {SECTIONS[name]}", file=sys.stderr, end=" ", flush=True)
        start = time.monotonic()
        results.update(importlib.import_module(f"measure.{name}").measure(bench))
        print(f"({time.monotonic() - start:.0f} s)", file=sys.stderr, flush=True)
    return results


def run_benchmarks(options):
    contestants, absent = find_contestants(options.numba_python)
    with tempfile.TemporaryDirectory() as folder:
        libraries, missing = compile_kernels(folder, THEMES)
        found = conditions(contestants, libraries)
        bench = Bench(contestants, options.quick, Path(folder), libraries, [])
        start = time.monotonic()
        results = measure_sections(bench, options.names or SECTIONS)
    found["load after"] = round(os.getloadavg()[0], 1)
    found["seconds"] = round(time.monotonic() - start)
    rows = report.plain_rows(results)
    title = "Lancehead's benchmarks" + (", quick" if options.quick else "")
    print(report.markdown(title, found, SECTIONS, rows, {**absent, **missing}, bench.errors), flush=True)
    if options.json:
        data = {"format": 1, "quick": options.quick, "conditions": found, "absent": {**absent, **missing},
                "errors": bench.errors, "rows": rows}
        Path(options.json).write_text(json.dumps(data, indent=1) + "\n")
    return 0


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: about two minutes")
    parser.add_argument("--json", metavar="FILE", help="write the figures here too; tools/bench_compare compares two such files")
    parser.add_argument("--numba-python", metavar="PYTHON", default=NUMBA_PYTHON,
                        help="an interpreter with Numba (default: that of ./dev numba-venv)")
    parser.add_argument("--gate", action="store_true", help="assert the figures that must hold")
    parser.add_argument("names", nargs="*", help=f"only these sections ({', '.join(SECTIONS)}); with --gate: these gates")
    options = parser.parse_args()
    if options.gate:
        return run_gates(options.names)
    unknown = set(options.names) - set(SECTIONS)
    if unknown:
        parser.error(f"there is no section {', '.join(sorted(unknown))}")
    return run_benchmarks(options)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failed as error:
        sys.exit(f"error: {error}")
