"""Runs the tests of one module in this process, and writes a line of JSON when a test begins and when it has ended.

Arguments: the module, then a JSON object: rows, log, mode (mapped, plain, shadow), only and done (lists of tests)."""

import json
import sys
from pathlib import Path

import pytest

from .operations import Operations
from .rewrite import Finder
from .rows import Rows
from .wrappers import Record, Runner


class Plugin:
    def __init__(self, module, task, runner):
        self.stem = module.rpartition(".")[2]
        self.only, self.done = set(task.get("only") or ()), set(task["done"])
        self.log, self.runner = open(task["log"], "a", buffering=1), runner

    def write(self, **what):
        self.log.write(json.dumps(what) + "\n")

    def pytest_collection_modifyitems(self, items):
        items[:] = [i for i in items if i.nodeid not in self.done and (not self.only or i.nodeid in self.only)]

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item):
        self.runner.record = Record()
        self.report = {"outcome": "skipped", "error": "", "kind": "", "line": ""}
        self.write(start=item.nodeid)
        yield
        self.write(test=item.nodeid, **self.report, **self.runner.record.as_dict())

    def line(self, error):
        """The line of the tests from which the exception came."""
        lines = [str(entry.statement).strip() for entry in error.traceback if Path(str(entry.path)).stem == self.stem]
        return " ".join(lines[-1].split())[:100] if lines else ""

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = (yield).get_result()
        if report.failed and self.report["outcome"] != "failed":
            error = call.excinfo
            self.report = {"outcome": "failed", "error": str(error.value)[:2000], "kind": error.type.__name__, "line": self.line(error)}
        elif report.when == "call" and report.passed and self.report["outcome"] != "failed":
            self.report["outcome"] = "passed"


def main():
    module, task = sys.argv[1], json.loads(sys.argv[2])
    runner = Runner(task["mode"] == "shadow")
    if task["mode"] != "plain":
        with open(task["rows"]) as file:
            operations = Operations(runner, Rows(file.read()))
        sys.meta_path.insert(0, Finder(module, operations))
    options = ["-q", "-p", "no:cacheprovider", "--assert=plain", "-m", "not slow", "--tb=no", "--pyargs", module]
    pytest.main(options, [Plugin(module, task, runner)])


if __name__ == "__main__":
    main()
