# Sourced, with the repository as the working folder: running the tests.
# shellcheck shell=bash

# The GoogleTest binaries that were built, one after the other, but those without a test that the filter lets through;
# fails if one of them does, or if no binary has such a test.
run_binaries() {
  local binary status=0 ran=0
  for binary in "$1"/tests/lancehead_*_tests; do
    [[ -x $binary && -n $("$binary" --gtest_list_tests "${@:2}" | sed 1d) ]] || continue
    say "${binary##*/}"
    "$binary" --gtest_brief=1 "${@:2}" || status=1
    ran=1
  done
  if ((!ran)); then
    say "no test was found"
    return 1
  fi
  return "$status"
}

# run_pytest VENV ARGUMENT...
run_pytest() {
  local venv=$1
  shift
  say "pytest under $("$venv/bin/python" -c 'import platform, numpy; print("CPython", platform.python_version(), "with NumPy", numpy.__version__)')"
  "$venv/bin/python" -m pytest -q "$@"
}

test_everything() {
  local version failed=() versions
  ensure_some_python
  mapfile -t versions < <(found_versions)
  for version in "${python_versions[@]}"; do
    find_python "$version" >/dev/null || say "skipping a version: $(how_to_get_python "$version")"
  done
  build_everything
  run_binaries "$build_dir" || failed+=("the C++ tests")
  if [[ -d $root/tests/python ]]; then
    for version in "${versions[@]}"; do
      run_pytest "$venv_dir/$version" || failed+=("CPython $version")
    done
    if find_python 3.11 >/dev/null; then
      ensure_lancehead_venv 3.11 'numpy==2.0.*' -numpy2.0
      # The bits of sums are those of the newest NumPy; 2.0 adds in another order.
      run_pytest "$venv_dir/3.11-numpy2.0" --ignore=tests/python/test_reductions.py || failed+=("CPython 3.11 with NumPy 2.0")
    fi
  fi
  ((${#failed[@]} == 0)) || fail "tests failed: $(printf '%s; ' "${failed[@]}")"
  say "all tests passed (CPython ${versions[*]})"
}

# gtest_filter PATH: which GoogleTest tests belong to it. Tests of a text file have its stem in their parameter; a C++ file's
# are those of the suites that it names; a folder's are those of all its files.
gtest_filter() {
  local file suites filter=''
  if [[ -d $1 ]]; then
    for file in "$1"/*; do filter+=$(gtest_filter "$file"); done
  elif [[ $1 == *.cpp ]]; then
    suites=$(sed -nE 's/^(TYPED_)?TEST(_F|_P)?\((\w+),.*/\3/p' "$1" | sort -u)
    for file in $suites; do filter+="$file.*:*/$file.*:$file/*:"; done
  else
    file=${1##*/}
    filter="*/*${file%%.*}*:"
  fi
  printf '%s' "$filter"
}

build_for_binaries() {
  build_for "$(default_version)"
  ninja_quietly "$build_dir"
}

# test_named_or_all VERSION [PATH-OR-OPTION...]: paths outside tests/python are those of GoogleTest's tests.
test_named_or_all() {
  local version=$1 name=${2:-} filter
  shift
  if [[ -z $name && -z $version ]]; then
    test_everything
    return
  fi
  case $name in
    '' | -* | *tests/python* | *.py*)
      version=${version:-$(default_version)}
      build_for "$version"
      run_pytest "$venv_dir/$version" "$@"
      ;;
    *)
      [[ -e $name ]] || fail "there is no $name"
      filter=$(gtest_filter "$name")
      build_for_binaries
      run_binaries "$build_dir" "--gtest_filter=$filter"
      ;;
  esac
}

# bless [PATH]: the text-file tests, or those of PATH, write what they get as what they expect; docs/features.md is made anew.
bless() {
  local filter='*' version
  if [[ $# == 0 || $1 == docs/features.md ]]; then
    version=$(found_versions | tail -n 1)
    build_for "$version"
    "$venv_dir/$version/bin/python" tools/features.py
    (($# == 0)) || return 0
  fi
  if (($#)); then
    [[ -e $1 ]] || fail "there is no $1"
    filter=$(gtest_filter "$1")
  fi
  build_for_binaries
  LANCEHEAD_BLESS=1 run_binaries "$build_dir" "--gtest_filter=$filter"
  git -C "$root" --no-pager diff --stat -- tests docs
}

# Contract C1: the core configures, builds and passes its tests where neither LLVM nor Python can be found.
test_core_hidden() {
  local wrap=()
  ensure_packages "${packages_core[@]}"
  if unshare -m true 2>/dev/null; then
    wrap=(unshare -m)
  elif unshare -rm true 2>/dev/null; then
    wrap=(unshare -rm)
  else
    say "mount namespaces are not permitted here: LLVM and Python stay visible in this run"
  fi
  "${wrap[@]}" "$root/tools/core_alone.sh" "$(((${#wrap[@]} > 0)))" "$@"
}
