"""The one command, ./dev: what it lists, how it refuses, how paths choose tests, and the interpreter that it runs."""
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def dev(*arguments):
    return subprocess.run([ROOT / "dev", *arguments], capture_output=True, text=True)


def shell(code):
    """The output of code that uses the functions of tools/test.sh."""
    sources = "source tools/common.sh; source tools/interpreters.sh; source tools/build.sh; source tools/test.sh"
    done = subprocess.run(["bash", "-c", f"{sources}; {code}"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def commands():
    """The commands that ./dev runs."""
    return set(re.findall(r"^cmd_([\w-]+)\(", (ROOT / "dev").read_text(), re.M))


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_lists_every_command(arguments):
    done = dev(*arguments)
    assert done.returncode == 0
    listed = {name for line in re.findall(r"^  ((?:[\w-]+ \| )*[\w-]+)", done.stdout, re.M) for name in line.split(" | ")}
    assert listed == commands() > {"build", "test", "demo"}


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["tset"], "unknown command: tset"),
        (["build", "--asn"], "unknown option of build: --asn"),
        (["python", "-V", "3.9"], "-V takes one of: 3.11 3.12 3.13"),
        (["test", "tests/opt/nothing.ir"], "there is no tests/opt/nothing.ir"),
        (["bless", "tests/nothing"], "there is no tests/nothing"),
        (["fmt", "src"], "fmt takes no arguments"),
        (["wheel", "--all"], "wheel takes -V 3.X and nothing else"),
        (["test", "--asan", "-V", "2.7"], "-V takes one of: 3.11 3.12 3.13"),
    ],
)
def test_what_it_refuses(arguments, message):
    done = dev(*arguments)
    assert done.returncode == 1
    assert message in done.stderr


@pytest.mark.parametrize(
    "path, pattern",
    [
        ("tests/opt/simplify.ir", "*/*simplify*"),
        ("tests/frontend/decode/closures.txt", "*/*closures*"),
        ("tests/unit/runtime/str_test.cpp", "Str.*"),
        ("tests/unit/backend", "*/ControlTest.*"),
    ],
)
def test_a_path_chooses_the_tests_of_its_file(path, pattern):
    assert (ROOT / path).exists()
    patterns = shell(f"gtest_filter {path}").split(":")
    assert pattern in patterns and "*" not in patterns


def test_a_filter_without_tests_fails(tmp_path):
    (tmp_path / "tests").mkdir()
    binary = tmp_path / "tests" / "lancehead_some_tests"
    binary.write_text('#!/bin/sh\necho "Running main()"\ncase "$*" in *--gtest_list_tests*=Found*) echo "Found."; echo "  One";; esac\n')
    binary.chmod(0o755)
    run = f"if run_binaries {tmp_path} --gtest_filter={{}}; then echo passed; else echo failed; fi"
    assert shell(run.format("Found")).splitlines()[-1] == "passed"
    assert shell(run.format("Other")).splitlines()[-1] == "failed"


@pytest.mark.skipif(ROOT / ".venv" not in Path(sys.prefix).parents, reason="the interpreter is not that of a venv of ./dev")
def test_the_interpreter_alone_finds_the_package(tmp_path):
    code = "import lancehead; print(lancehead.njit(lambda x: x + 1)(1), lancehead.__file__)"
    done = subprocess.run([sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    value, path = done.stdout.split()
    assert value == "2" and Path(path).is_relative_to(ROOT)


def test_a_fresh_machine_is_one_of_two():
    done = subprocess.run([ROOT / "tools/fresh_machine", "sid"], capture_output=True, text=True)
    assert done.returncode == 1 and "fresh_machine bookworm|trixie" in done.stderr


def test_a_fresh_machine_runs_what_the_readme_says():
    script = (ROOT / "tools/fresh_machine").read_text()
    function = re.search(r"^readme_commands\(\).*$", script, re.M)[0]
    assert shell(f"{function}; readme_commands").split("\n") == ["./dev demo", "./dev test", ""]


FOLDERS = "base types ir frontend infer library opt driver pyext".split()


@pytest.mark.parametrize("poor, complaint", [(None, ""), ("infer", ""), ("driver", "below 85 %: driver\n")])
def test_the_coverage_table_asks_for_each_group(tmp_path, poor, complaint):
    """The core's folders make up for each other; driver and pyext stand for themselves."""
    def file(name, ran, total):
        return {"file": name, "lines": [{"line_number": n, "count": int(n < ran)} for n in range(total)]}

    files = [
        file(name, 84 if folder == poor else 90, 100) for folder in [*FOLDERS, "runtime"]
        for name in (f"src/{folder}/a.cpp", f"build/coverage/include/lancehead_x/{folder}/b.h", f"src/{folder}/b.h")
    ]
    (tmp_path / "lines.json").write_text(json.dumps({"files": files}))
    command = [sys.executable, ROOT / "tools/coverage_table.py", tmp_path / "lines.json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == complaint and done.returncode == bool(complaint)
    rows = {cells[1].strip(): cells[2:5] for line in done.stdout.splitlines() if len(cells := line.split("|")) == 6}
    ran = 168 if poor == "infer" else 180
    assert [cell.strip() for cell in rows["infer"]] == [str(ran), "200", f"{ran / 2:.1f} %"]


LEAK = """
=================================================================
==1==ERROR: LeakSanitizer: detected memory leaks

Direct leak of 24 byte(s) in 1 object(s) allocated from:
    #0 0x7fda in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_linux.cpp:69
    #1 0x5106 in {place}
    #2 0x5107 in {caller}

SUMMARY: AddressSanitizer: 24 byte(s) leaked in 1 allocation(s).
"""
CPYTHONS = "PyFloat_FromDouble (/usr/bin/python3.11+0x5106fe)"
OURS = "lancehead::grow() /there/src/runtime/memory.cpp:9"


@pytest.mark.parametrize(
    "report, counts",
    [
        (LEAK.format(place=CPYTHONS, caller=OURS), False),
        (LEAK.format(place=OURS, caller=CPYTHONS), True),
        (LEAK.format(place="f (/x/lancehead/_lancehead.cpython-311-x86_64-linux-gnu.so+0x51)", caller=CPYTHONS), True),
        (LEAK.format(place="operator new (/usr/lib/libstdc++.so.6+0x5)", caller=OURS), True),
        ("==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x60\n", True),
        ("src/opt/cse.cpp:7:3: runtime error: shift exponent 64 is too large\n", True),
        ("==7==ThreadSanitizer: dup thread with used id 0x7f3ae740b6c0\n", False),
        ("WARNING: ThreadSanitizer: data race (pid=7)\n==7==ThreadSanitizer: dup thread with used id 0x7f3ae740b6c0\n", True),
        ("==7==WARNING: AddressSanitizer failed to allocate 0x4000000000000080 bytes\n", False),
        ("", False),
    ],
)
def test_which_reports_of_sanitizers_count(tmp_path, report, counts):
    (tmp_path / "report.1").write_text(report)
    command = [sys.executable, ROOT / "tools/sanitizer_reports.py", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == counts and ("report.1" in done.stdout) == counts
