"""Writes docs/features.md from the library's tables and the feature cases of tests/python/features.

    ./dev python tools/features.py [--check]     --check: fails if the file is another
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "python"), str(ROOT / "python")]

from features import document


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    path, text = ROOT / "docs" / "features.md", document.document()
    if options.check:
        return 0 if path.read_text() == text else "docs/features.md is not what tools/features.py writes"
    path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
