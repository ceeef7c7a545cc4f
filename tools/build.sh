# Sourced: configuring and building.
# shellcheck shell=bash

# ninja_quietly FOLDER TARGET...: says nothing when there is nothing to do.
ninja_quietly() {
  nice ninja -C "$1" -j "${LANCEHEAD_JOBS:-$(nproc)}" "${@:2}" |
    { grep --line-buffered -vE '^ninja: (Entering|no work)|Re-checking globbed|GLOB mismatch|Re-running CMake' || true; } >&2
}

# configure FOLDER CMAKE-OPTION...: runs CMake if the folder is new or was configured otherwise.
configure() {
  local folder=$1 wanted launcher=()
  shift
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  wanted="$* ${launcher[*]}"
  if [[ -f $folder/build.ninja && -f $folder/configured && $(<"$folder/configured") == "$wanted" ]]; then return 0; fi
  say "configuring ${folder#"$root"/}"
  cmake -S "$root" -B "$folder" -G Ninja "${launcher[@]}" "$@" >&2
  printf '%s\n' "$wanted" >"$folder/configured"
}

# build_for VERSION...: the extension modules for these versions, and for those whose venvs are there already.
build_for() {
  local version pythons=() targets=()
  ensure_packages "${packages_full[@]}"
  for version in "$@"; do ensure_lancehead_venv "$version"; done
  for version in "${python_versions[@]}"; do
    [[ -f $venv_dir/$version/ready ]] && pythons+=("$venv_dir/$version/bin/python")
  done
  configure "$build_dir" "-DLANCEHEAD_PYTHONS=$(IFS=';'; printf '%s' "${pythons[*]}")"
  for version in "$@"; do targets+=("python${version/./}"); done
  ninja_quietly "$build_dir" "${targets[@]}"
  for version in "$@"; do compile_python "$venv_dir/$version/bin/python"; done
}

# What pip does where it installs: the library's modules are read at the first call of their functions, and their compilation
# would be a part of its time where nothing may be written then (PYTHONDONTWRITEBYTECODE).
compile_python() { "$1" -m compileall -q "$root/python/lancehead" || true; }

build_everything() {
  local versions
  ensure_some_python
  mapfile -t versions < <(found_versions)
  build_for "${versions[@]}"
  ninja_quietly "$build_dir"
}
