"""The rules of the house (ARCHITECTURE.md): who may include whom, what a file looks like, paths that exist."""
import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
SOURCE_SUFFIXES = {".h", ".cpp", ".def"}
MAX_LINES = 700
TABLES = {"python/lancehead/_numba_names.py"}  # data only, like the .def files, which may be long too

# Headers that are neither ours nor the system's, and what the table calls them.
OTHERS = {
    "fmt": r"fmt/",
    "LLVM": r"llvm(-c)?/|lld/|clang/",
    "Python": r"Python\.h|structmember\.h|datetime\.h|frameobject\.h|internal/|cpython/",
    "NumPy": r"numpy/",
    "nanobind": r"nanobind/",
    "oneTBB": r"tbb/|oneapi/",
    "Highway": r"hwy/",
    "SLEEF": r"sleef",
}


def read_table():
    """folder -> (what it may include of ours, what of others), from ARCHITECTURE.md."""
    table = {}
    for line in (ROOT / "ARCHITECTURE.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and (name := re.fullmatch(r"`([a-z/]+)`", cells[0])):
            table[name[1]] = (set(re.findall(r"`([^`]+)`", cells[2])), set(cells[3].split()))
    return table


TABLE = read_table()


def tracked(*patterns):
    """Files of the repository that git knows or would add."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def room_of(path):
    """The row of the table that a source file belongs to: the deepest one; opt/nest belongs to opt."""
    folder = path.relative_to(SRC).parent
    return next((str(f) for f in [folder, *folder.parents] if str(f) in TABLE), None)


SOURCES = [path for path in tracked("src") if path.suffix in SOURCE_SUFFIXES]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def ours_is_allowed(room, included):
    target = room_of(SRC / included)
    return target == room or not TABLE[room][0].isdisjoint({included, target})


def test_table_has_a_row_for_every_folder():
    assert len(TABLE) > 10
    assert [str(path) for path in SOURCES if room_of(path) is None] == []


def test_includes_follow_the_table():
    wrong = []
    for path in SOURCES:
        room = room_of(path)
        for bracket, name in INCLUDE.findall(path.read_text()):
            other = next((other for other, pattern in OTHERS.items() if re.match(pattern, name)), None)
            if other:
                fine = other in TABLE[room][1]
            else:
                fine = bracket == "<" or ((SRC / name).is_file() and ours_is_allowed(room, name))
            if not fine:
                wrong.append(f"{path.relative_to(ROOT)} includes {name}")
    assert wrong == []


ALGORITHM = re.compile(
    r"std::(m(ax|in)(_element)?|clamp|(any|all|none)_of|(stable_)?sort|find(_if)?|count(_if)?|(lower|upper)_bound|reverse"
    r"|copy(_n|_if)?|fill(_n)?|equal|unique|remove(_if)?|transform|rotate|ranges::\w+)\("
)


def standard_headers_of(path):
    """The standard headers that a file includes, itself or by headers of ours."""
    found = set()
    for bracket, name in INCLUDE.findall(path.read_text()):
        if bracket == "<":
            found.add(name)
        else:
            ours = [folder / name for folder in (SRC, ROOT / "tests/unit") if (folder / name).is_file()]
            found.update(*map(standard_headers_of, ours))
    return found


def test_who_uses_an_algorithm_includes_it():
    """With the standard library of g++ 12 most files get it by accident, with that of g++ 14 they do not."""
    files = [path for path in tracked("src", "tests/unit") if path.suffix in SOURCE_SUFFIXES - {".def"}]
    assert [str(p) for p in files if ALGORITHM.search(p.read_text()) and "algorithm" not in standard_headers_of(p)] == []


def test_only_the_decoder_and_the_extension_ask_for_the_python_version():
    allowed = re.compile(r"frontend/decode|pyext/|runtime/py/")
    asks = re.compile(r"PY_VERSION_HEX|PY_M(AJ|IN)OR_VERSION")
    names = [str(path.relative_to(SRC)) for path in SOURCES if asks.search(path.read_text())]
    assert [name for name in names if not allowed.match(name)] == []


# ---- a wrong include does not compile (contract C1)


def compile_commands():
    """room -> the compiler and its flags for one translation unit of it, without output and input."""
    database = ROOT / "build" / "compile_commands.json"
    assert database.is_file(), "run ./dev build first: the test asks the compiler itself"
    commands = {}
    for entry in json.loads(database.read_text()):
        source = Path(entry["file"])
        if SRC not in source.parents or not source.is_file():
            continue
        words = shlex.split(entry["command"])
        words = words[next(i for i, word in enumerate(words) if word.endswith(("c++", "g++", "clang++"))):]
        flags = [w for w in words if w not in ("-c", str(source)) and not w.endswith(".o") and w != "-o"]
        commands.setdefault(room_of(source), (flags, source))
    return commands


COMMANDS = compile_commands()


def headers_of(room):
    """One header for each row of the table, as it would be included."""
    return [p for p in SOURCES if room_of(p) == room and p.suffix == ".h"]


def finds_header(flags, name):
    done = subprocess.run(
        [*flags, "-E", "-x", "c++", "-o", "/dev/null", "-"],
        input=f'#if !__has_include("{name}")\n#error "not on the include path"\n#endif\n',
        capture_output=True, text=True,
    )
    return done.returncode == 0


@pytest.mark.parametrize("room", sorted(COMMANDS))
def test_include_path_shows_what_the_table_allows(room):
    flags, _ = COMMANDS[room]
    seen, hidden = [], []
    for other in TABLE:
        for header in headers_of(other)[:1]:
            name = str(header.relative_to(SRC))
            (seen if ours_is_allowed(room, name) else hidden).append((name, finds_header(flags, name)))
    assert [name for name, found in seen if not found] == []
    assert [name for name, found in hidden if found] == []
    for name, there in [("Python.h", "Python"), ("llvm/IR/Function.h", "LLVM"), ("numpy/arrayobject.h", "NumPy")]:
        assert finds_header(flags, name) == (there in TABLE[room][1]), name


def test_a_wrong_include_does_not_compile(tmp_path):
    flags, source = COMMANDS["base"]
    copy = tmp_path / source.name

    def compiles(extra):
        copy.write_text(extra + source.read_text())
        return subprocess.run([*flags, "-fsyntax-only", str(copy)], capture_output=True, text=True)

    assert compiles("").returncode == 0
    wrong = compiles(f'#include "{headers_of("types")[0].relative_to(SRC)}"\n')
    assert wrong.returncode != 0 and "No such file or directory" in wrong.stderr


# ---- files


def test_no_file_is_too_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tracked("src", "python", "tests/*.cpp", "tests/*.h", "tests/*.py", "tools", "bench", "examples", "dev")
        if path.suffix in {".h", ".cpp", ".py", ".sh", ".cmake", ""}
        and (lines := path.read_bytes().count(b"\n")) > MAX_LINES
    }
    assert set(long) - TABLES == set()


def test_every_file_opens_by_saying_what_it_is():
    opening = re.compile(r'(//|/\*|#|r?""").*\w')
    silent = []
    for path in tracked("src", "python", "tests/unit", "tests/python", "tools", "bench", "examples", "dev"):
        if path.suffix in {".h", ".cpp", ".def", ".py", ".sh", ".cmake", ".map"} and not opening.match(path.read_text()):
            silent.append(str(path.relative_to(ROOT)))
    assert silent == []


def test_nothing_is_left_for_later():
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = Path(__file__)
    texts = [p for p in tracked("src", "python", "tests", "tools", "bench", "examples", "docs", "*.md", "dev") if p != here]
    assert [str(p.relative_to(ROOT)) for p in texts if marks.search(p.read_text(errors="replace"))] == []


ROOTED = re.compile(r"(?<![\w./<*-])(?:src|tests|tools|bench|docs|examples|python)/[\w./*-]*\w")
IN_SRC = re.compile(r"(?<![\w./<*-])(?:base|types|ir|frontend|infer|library|opt|backend|runtime|driver|pyext)/[\w/*]+\.(?:h|cpp|def)\b")


def mentioned_paths(path):
    """Repository paths in a document, or in the comments and documentation strings of a source file."""
    text = path.read_text(errors="replace")
    if path.suffix in {".h", ".cpp", ".def"}:
        text = "\n".join(re.findall(r"//.*", text))
    elif path.suffix in {".py", ".sh"}:
        text = "\n".join(re.findall(r'"""[\s\S]*?"""|#.*', text))
    for found in ROOTED.findall(text):
        yield found, ROOT / found
    for found in IN_SRC.findall(text):
        yield found, SRC / found


def test_paths_that_documents_and_comments_mention_exist():
    missing = []
    for path in tracked("*.md", "docs", "src", "tools", "bench/*.py", "examples", "python", "tests/python"):
        if path.suffix not in {".md", ".h", ".cpp", ".def", ".py", ".sh"}:
            continue
        for name, target in mentioned_paths(path):
            if not (any(ROOT.glob(str(target.relative_to(ROOT)))) if "*" in name else target.exists()):
                missing.append(f"{path.relative_to(ROOT)} mentions {name}")
    assert missing == []
