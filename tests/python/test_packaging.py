"""What wheels are made of, as far as it can be seen without building one; `./dev wheel` tries each that it builds."""
import re
import tomllib
from pathlib import Path

import lancehead

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
SKBUILD = PROJECT["tool"]["scikit-build"]


def opened_libraries():
    """Names of files, as src/opened_libraries.txt lists them."""
    lines = (ROOT / "src/opened_libraries.txt").read_text().splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    assert {kind for kind, _ in rows} <= {"target", "system"}
    return {f"lib{name}.so" if kind == "target" else name for kind, name in rows}


def test_every_library_that_is_opened_is_listed():
    """The sources name a library that they open in one literal."""
    named = set()
    for path in (ROOT / "src").rglob("*.cpp"):
        named |= set(re.findall(r'"(lib[\w+-]+\.so[.\d]*)"', path.read_text()))
    assert named == opened_libraries()


def test_every_folder_of_packages_is_in_the_wheel():
    folders = {f"python/{path.name}" for path in (ROOT / "python").iterdir() if any(path.rglob("__init__.py"))}
    assert folders == set(SKBUILD["wheel"]["packages"])


def test_the_version_is_read_from_the_package():
    assert PROJECT["project"]["dynamic"] == ["version"]
    source = SKBUILD["metadata"]["version"]["input"]
    assert re.search(r'^__version__ = "(.+)"$', (ROOT / source).read_text(), re.M)[1] == lancehead.__version__


def test_wheels_are_built_with_what_the_tree_is_built_with():
    pinned = re.search(r"^nanobind==.+$", (ROOT / "tools/requirements.txt").read_text(), re.M)[0]
    assert pinned in PROJECT["build-system"]["requires"]
