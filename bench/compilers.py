"""The C kernels as shared libraries, one per compiler that is installed."""
import shutil
import subprocess
from pathlib import Path

KERNELS = Path(__file__).resolve().parent / "kernels"
COMPILERS = ("gcc", "clang")
OPTIONS = ("-O3", "-march=native", "-shared", "-fPIC")


def compile_kernels(folder, themes):
    """compiler -> library with the kernels of these themes, and for the absent ones: compiler -> how to get it."""
    sources = [KERNELS / f"{theme}.c" for theme in themes]
    libraries, absent = {}, {}
    for compiler in COMPILERS:
        if not shutil.which(compiler):
            absent[compiler] = f"install it with: apt-get install {compiler}"
            continue
        libraries[compiler] = str(Path(folder) / f"{compiler}.so")
        subprocess.run([compiler, *OPTIONS, "-o", libraries[compiler], *sources, "-lm"], check=True)
    return libraries, absent


def compile_regions(folder):
    """The library of parallel.c, with gcc's OpenMP; None without gcc."""
    if not shutil.which("gcc"):
        return None
    library = str(Path(folder) / "regions.so")
    subprocess.run(["gcc", *OPTIONS, "-fopenmp", "-o", library, KERNELS / "parallel.c"], check=True)
    return library


def version(compiler):
    """The first line of what the compiler says of itself."""
    return subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
