"""Plants the bugs of bugs.py one at a time in a copy of the sources, builds it and runs random programs until one fails.

    ./dev python tools/planted_bugs/run.py [--count 20000] [--folder FOLDER] [NAME...]

Prints a table: how many programs each bug took to be found. FOLDER (default: build/planted) keeps the copy and its build between
runs. The exit status is 1 if a bug is not found, or if a program that finds one fails without it too."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from bugs import BUGS


def copy_sources(folder):
    """Brings the copy up to date; files that are equal keep their time, so that little is built."""
    for part in ("src", "python", "tests", "tools", "CMakeLists.txt"):
        files = [ROOT / part] if (ROOT / part).is_file() else sorted(p for p in (ROOT / part).rglob("*") if p.is_file())
        for path in files:
            if path.suffix in (".so", ".pyc"):
                continue
            target = folder / path.relative_to(ROOT)
            if target.exists() and target.read_bytes() == path.read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)


def build(folder):
    if not (folder / "build" / "build.ninja").exists():
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if shutil.which("ccache") else []
        command = ["cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja", "-DLANCEHEAD_TESTS=OFF"]
        subprocess.run([*command, f"-DLANCEHEAD_PYTHONS={sys.executable}", *launcher], check=True, stdout=subprocess.DEVNULL)
    tag = f"python{sys.version_info[0]}{sys.version_info[1]}"
    jobs = os.environ.get("LANCEHEAD_JOBS", str(os.cpu_count()))
    subprocess.run(["nice", "ninja", "-C", folder / "build", "-j", jobs, tag], check=True, capture_output=True)


def search(folder, count, seed):
    """(programs tried, what the first failure is or None)"""
    command = [sys.executable, folder / "tools" / "random_programs.py", "--count", str(count), "--seed", seed, "--most", "1"]
    environment = {**os.environ, "PYTHONPATH": str(folder / "python")}
    done = subprocess.run(["nice", *command, "--no-shrinking"], env=environment, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    tried = int(lines[-1].split(": ")[1].split()[0])
    kind = lines[0].removeprefix('"""') if done.returncode else None
    return tried, kind, next((line for line in lines[1:] if line), "") if kind else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", default="planted")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "planted")
    options = parser.parse_args()
    missed, most = [], 0
    copy_sources(options.folder)
    print("| bug | file | programs until found | seconds | as |\n| --- | --- | --- | --- | --- |", flush=True)
    for bug in BUGS:
        if options.names and bug.name not in options.names:
            continue
        path = options.folder / bug.file
        text = path.read_text()
        assert text.count(bug.find) == 1, f"{bug.name} does not fit {bug.file} any more"
        path.write_text(text.replace(bug.find, bug.plant))
        try:
            build(options.folder)
            started = time.monotonic()
            tried, kind, what = search(options.folder, options.count, options.seed)
        finally:
            path.write_text(text)
        most = max(most, tried)
        if not kind:
            missed.append(bug.name)
        found = f"{tried}" if kind else f"not within {tried}"
        print(f"| {bug.name} | {bug.file} | {found} | {time.monotonic() - started:.0f} | {(kind or '')} {what[:100]} |", flush=True)
    build(options.folder)
    tried, kind, what = search(options.folder, most, options.seed)
    print(f"\nWithout a bug: {tried} programs, {f'{kind} {what}' if kind else 'none fails'}")
    return 1 if missed or kind else 0


if __name__ == "__main__":
    sys.exit(main())
