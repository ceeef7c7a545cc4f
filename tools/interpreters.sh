# Sourced: CPythons and their venvs. Interpreters are /usr/bin/python3.X or pyenv's own binaries, never pyenv's shims,
# which may lead nowhere.
# shellcheck shell=bash

# find_python 3.X: prints the interpreter's path; fails without a word if there is none.
find_python() {
  local candidate
  for candidate in "/usr/bin/python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
    if "$candidate" -c 'import sysconfig' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

found_versions() {
  local version
  for version in "${python_versions[@]}"; do
    if find_python "$version" >/dev/null; then printf '%s\n' "$version"; fi
  done
}

how_to_get_python() {
  printf 'CPython %s was not found, neither as /usr/bin/python%s nor in %s; %s' "$1" "$1" \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions" "install it with your distribution's packages (Debian 12 has 3.11, Debian 13 has 3.13: python3.11 python3.11-dev python3.11-venv) or with pyenv (pyenv install $1)"
}

# With no supported CPython at all, the distribution's own is installed.
ensure_some_python() {
  [[ -z $(found_versions) ]] || return 0
  ensure_packages python3 python3-dev python3-venv
  [[ -n $(found_versions) ]] || fail "$(how_to_get_python "${python_versions[0]}")"
}

# The version that ./dev python runs when none is named: the first that is there.
default_version() {
  local version
  ensure_some_python
  for version in "${python_versions[@]}"; do
    if find_python "$version" >/dev/null; then
      printf '%s\n' "$version"
      return 0
    fi
  done
}

# Headers and the venv module of Debian's own CPython are packages of their own.
ensure_python_packages() {
  [[ $2 == /usr/bin/* ]] && command -v dpkg-query >/dev/null || return 0
  ensure_packages "python$1" "python$1-dev" "python$1-venv"
}

# ensure_venv FOLDER VERSION REQUIREMENT...: makes the venv unless it holds exactly this already. The stamp is written
# last, so that an interrupted installation is resumed.
ensure_venv() {
  local folder=$1 version=$2 python stamp
  shift 2
  python=$(find_python "$version") || fail "$(how_to_get_python "$version")"
  stamp="$python $("$python" -V) $*"
  if [[ $folder/bin/python -ef $python && -f $folder/ready && $(<"$folder/ready") == "$stamp" ]]; then return 0; fi
  ensure_python_packages "$version" "$python"
  say "venv ${folder#"$root"/} (CPython $version): $*"
  rm -f "$folder/ready"
  [[ $folder/bin/python -ef $python ]] || "$python" -m venv --clear "$folder" >&2
  "$folder/bin/python" -m pip install --quiet --progress-bar off --disable-pip-version-check "$@" >&2
  printf '%s\n' "$stamp" >"$folder/ready"
}

# Lancehead is used from the tree: the venv's path names the folder of the package, into which the modules are built.
install_tree() {
  local site
  site=$("$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  printf '%s\n' "$root/python" >"$site/lancehead.pth"
}

# ensure_lancehead_venv VERSION [NUMPY-REQUIREMENT SUFFIX]
ensure_lancehead_venv() {
  local folder=$venv_dir/$1${3:-} requirements
  mapfile -t requirements < <(sed 's/#.*//; /^ *$/d' "$root/tools/requirements.txt")
  ensure_venv "$folder" "$1" "${2:-numpy}" "${requirements[@]}"
  install_tree "$folder"
}
