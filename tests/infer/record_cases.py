"""Records what compiling the cases of a file asks Python and what inference makes of it, for tests without Python.

    ./dev python -V 3.13 tests/infer/record_cases.py ../shared/measure/cases.py NAME ...

The file has CASES, name -> (category, prepare, build, expected), and bind(module). Each case is compiled in a process of its
own; tests/infer/replays/NAME.txt gets the recording (src/infer/recording.h) and, after a line `; resolved`, the IR that was
resolved. tests/unit/infer_test.cpp replays them all.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

REPLAYS = Path(__file__).resolve().parent / "replays"
CHILD = """
import sys
from pathlib import Path
path, name = Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(path.parent))
import lancehead
cases = __import__(path.stem)
cases.bind(lancehead)
_, prepare, build, _ = cases.CASES[name]
arguments = prepare()
print("; start", file=sys.stderr, flush=True)
build()(*arguments)
"""


def dumps(text):
    """(what, text) of each dump."""
    for part in re.split(r"^(?=; (?:recording|resolved): )", text, flags=re.M):
        head, _, body = part.partition("\n")
        if what := re.match(r"; (recording|resolved): ", head):
            yield what[1], body


def record(path, name):
    environment = {**os.environ, "LANCEHEAD_DUMP": "recording,resolved", "LANCEHEAD_CACHE": "0"}
    command = [sys.executable, "-c", CHILD, path, name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = list(dumps(done.stderr))
    (recording,) = (text for what, text in found if what == "recording")
    resolved = "".join(text for what, text in found if what == "resolved")
    REPLAYS.mkdir(exist_ok=True)
    text = f"{recording}; resolved\n{resolved}".replace(f'"{Path(path).resolve()}"', f'"{Path(path).name}"')
    (REPLAYS / f"{name}.txt").write_text(text)


if __name__ == "__main__":
    for case in sys.argv[2:]:
        record(sys.argv[1], case)
        print(case)
