"""Prints which part of each folder's lines ran, from gcovr's JSON; fails where the tests must reach more.

    python coverage_table.py LINES.json

A header is known by many names: each library sees it in an include folder of its own, BUILD/include/LIBRARY/FOLDER/x.h.
"""
import json
import re
import sys
from collections import defaultdict

CORE = "base types ir frontend infer library opt".split()
GROUPS = {"core": CORE, "driver": ["driver"], "pyext": ["pyext"]}
WANTED = 85.0


def lines_by_folder(report):
    """folder of src -> [lines that ran, lines]"""
    lines = defaultdict(int)
    for file in report["files"]:
        name = re.sub(r".*/include/[^/]+/", "src/", file["file"])
        for line in file["lines"]:
            lines[name, line["line_number"]] += line["count"]
    counts = defaultdict(lambda: [0, 0])
    for (name, _), count in lines.items():
        folder = counts[name.split("/")[1]]
        folder[0] += count > 0
        folder[1] += 1
    return counts


def row(name, ran, total):
    return f"| {name:20} | {ran:7} | {total:7} | {percent(ran, total):5.1f} % |"


def percent(ran, total):
    return 100.0 * ran / total if total else 0.0


def main(path):
    with open(path, encoding="utf-8") as file:
        counts = lines_by_folder(json.load(file))
    print(f"| {'folder of src':20} | {'ran':>7} | {'lines':>7} | {'':7} |\n| --- | --: | --: | --: |")
    for folder in sorted(counts):
        print(row(folder, *counts[folder]))
    print(row("total", *map(sum, zip(*counts.values()))))
    poor = []
    for name, folders in GROUPS.items():
        ran, total = map(sum, zip(*(counts[folder] for folder in folders)))
        print(row(f"{name} (of {WANTED:.0f} %)", ran, total))
        if percent(ran, total) < WANTED:
            poor.append(name)
    return f"below {WANTED:.0f} %: {', '.join(poor)}" if poor else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
