"""Runs programs in processes of their own, so that a crash or an endless loop is a result like any other."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
from pathlib import Path

SECONDS = 60  # that a program may take, on a busy machine


class Worker:
    """A process that checks one program after the other; it is started anew when it dies. With a batch's variables in its environment
    freed memory is overwritten, so that its use shows."""

    def __init__(self):
        self.child = None

    def start(self):
        environment = {**os.environ, "LANCEHEAD_CACHE": "0", "LANCEHEAD_VERIFY": "1", "MALLOC_PERTURB_": "165", "PYTHONFAULTHANDLER": "1"}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), environment.get("PYTHONPATH")]))
        self.child = subprocess.Popen(
            [sys.executable, "-m", "programs.pool"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        os.set_blocking(self.child.stderr.fileno(), False)

    def stop(self):
        if self.child:
            self.child.kill()
            self.child.communicate()
        self.child = None

    def check(self, task):
        """(kind, text) of a program: its seed, or its text as {"source": ...}; "texts": whether exceptions have NumPy's texts."""
        if not self.child:
            self.start()
        try:
            self.child.stdin.write(json.dumps(task).encode() + b"\n")
            self.child.stdin.flush()
            with selectors.DefaultSelector() as selector:
                selector.register(self.child.stdout, selectors.EVENT_READ)
                line = self.child.stdout.readline() if selector.select(SECONDS) else None
        except BrokenPipeError:
            line = b""
        if line:
            return tuple(json.loads(line))
        if line is None:
            self.stop()
            return "endless", f"no result after {SECONDS} s"
        status = self.child.wait()
        said = (self.child.stderr.read() or b"").decode(errors="replace")
        self.stop()
        name = signal.Signals(-status).name if status < 0 else f"exit status {status}"
        return "crash", f"{name}\n{said[-1500:]}"


@contextlib.contextmanager
def worker():
    made = Worker()
    try:
        yield made
    finally:
        made.stop()


def serve():
    """The child: a task per line."""
    from .check import check
    from .generator import program

    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        task = json.loads(line)
        try:
            task = task if isinstance(task, dict) else {"source": program(task)}
            result = check(task["source"], task.get("texts", True))
        except Exception as error:  # the generator's or the comparison's own
            result = "internal", f"{type(error).__name__}: {error}"
        print(json.dumps(result), file=out, flush=True)


if __name__ == "__main__":
    serve()
