"""All cells of the lecture notebook, from an empty cache: the compile phases together take under 0.3 s.

The notebook is optional input (../shared/inputs/lecture.ipynb); without it the gate says so and asserts nothing.
"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from figures import report

NOTEBOOK = Path(__file__).resolve().parents[3] / "shared" / "inputs" / "lecture.ipynb"

RUN = """
import json, sys, lancehead.as_numba
names = {"__name__": "__main__"}
for number, source in enumerate(json.loads(sys.stdin.read())):
    try:
        exec(compile(source, f"<cell {number}>", "exec"), names)
    except TypeError as error:
        print(f"cell {number}: {error}")
"""


def cells():
    for cell in json.loads(NOTEBOOK.read_text())["cells"]:
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            yield "\n".join(line for line in lines if not line.startswith("%"))


def total_seconds(table):
    last = [line for line in table.splitlines() if line.startswith("total")][-1]
    return float(last.split()[-1]) / 1000


if not NOTEBOOK.exists():
    print("the notebook is not here: nothing measured")
else:
    with tempfile.TemporaryDirectory() as folder:
        timing = Path(folder) / "timing"
        env = {**os.environ, "LANCEHEAD_TIMING": str(timing), "LANCEHEAD_CACHE_DIR": folder}
        subprocess.run([sys.executable, "-c", RUN], input=json.dumps(list(cells())), text=True, env=env,
                       stdout=subprocess.DEVNULL, cwd=folder, check=True)
        report("lecture: all compile phases", total_seconds(timing.read_text()), at_most=0.3, unit="s")
