"""Shows what the sanitizers reported, one file for each process, and fails if any of it is ours.

    python sanitizer_reports.py FOLDER

A leak is ours if our code made the allocation: the innermost frame that is neither the sanitizer's nor the C++ library's
lies in one of our files. CPython keeps many of its objects until the process ends, and so do git, gcc and the shell, which
tests start. Remarks of the sanitizers about themselves are passed over: that more memory is asked for than there can be (tests
do), that in the child of a fork a new thread has the number of one that is not there any more. Everything else counts.
"""
import re
import sys
from pathlib import Path

OURS = re.compile(r"_lancehead\.|liblancehead_|lancehead_\w+_tests|/src/(?!libsanitizer)\w+/|/tests/unit/")
PASSED_OVER = re.compile(r"libsanitizer|lib(asan|ubsan|tsan|stdc\+\+)\.so|/include/c\+\+/")
FRAME = re.compile(r"^\s*#\d+ ", re.M)
OF_ITSELF = re.compile(
    r"^==\d+==(ThreadSanitizer: dup thread with used id|WARNING: \w+Sanitizer failed to allocate) 0x[0-9a-f]+.*\n?", re.M
)
SHOWN = 10


def is_ours(leak):
    """Of one paragraph, 'Direct leak of ... allocated from:' and its frames."""
    frames = [line for line in leak.splitlines() if FRAME.match(line) and not PASSED_OVER.search(line)]
    return bool(frames) and bool(OURS.search(frames[0]))


def what_counts(report):
    """The part of a process's report that is not passed over; empty if all is."""
    report = OF_ITSELF.sub("", report)
    if "LeakSanitizer: detected memory leaks" not in report:
        return report
    before, _, leaks = report.partition("ERROR: LeakSanitizer")
    kept = [part for part in re.split(r"\n\s*\n", leaks) if "leak of" in part and is_ours(part)]
    return (before if "ERROR" in before else "") + "\n\n".join(kept)


def main(folder):
    reports = [(path, what_counts(path.read_text(errors="replace"))) for path in sorted(Path(folder).iterdir())]
    found = [(path, text) for path, text in reports if text.strip()]
    for path, text in found[:SHOWN]:
        print(f"--- {path}\n{text.strip()[:6000]}\n")
    return f"{len(found)} reports of the sanitizers in {folder}" if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
