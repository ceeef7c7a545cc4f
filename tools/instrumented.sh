# Sourced, after test.sh: builds that watch what runs (sanitizers, line counts), and the tests on them. Each is whole and
# in a folder of its own: C++ tests, shared libraries, one CPython's extension module, and a package that is links to the
# tree's Python files beside these modules.
# shellcheck shell=bash

overlay_package() {
  local source target=$1/python
  rm -rf "$target/numba_alias"
  mkdir -p "$target/lancehead"
  find "$target" -type l -delete
  ln -s "$root/python/numba_alias" "$target/numba_alias"
  for source in "$root"/python/lancehead/*; do
    case $source in
      *.so | *__pycache__) ;;
      *) ln -s "$source" "$target/lancehead/" ;;
    esac
  done
}

# build_instrumented NAME VERSION CMAKE-OPTION...: into build/NAME; an empty version makes no extension module.
build_instrumented() {
  local folder=$build_dir/$1 version=$2 python=''
  ensure_packages "${packages_full[@]}"
  if [[ -n $version ]]; then
    ensure_lancehead_venv "$version"
    python=$venv_dir/$version/bin/python
  fi
  configure "$folder" "-DLANCEHEAD_PYTHONS=$python" "-DLANCEHEAD_LIB_DIR=$folder/python/lancehead" "${@:3}"
  overlay_package "$folder"
  ninja_quietly "$folder"
}

# pytest_instrumented NAME VERSION ARGUMENT...: imports the package of build/NAME.
pytest_instrumented() {
  local folder=$build_dir/$1 venv=$venv_dir/$2
  shift 2
  PYTHONPATH=$folder/python${PYTHONPATH:+:$PYTHONPATH} run_pytest "$venv" -p no:cacheprovider "$@"
}

# show_reports FOLDER: fails if a process left there what counts.
show_reports() { "$(find_python "$(default_version)")" "$root/tools/sanitizer_reports.py" "$1" >&2; }

build_asan() {
  say "building everything with AddressSanitizer and UBSan"
  build_instrumented asan "$1" -DLANCEHEAD_SANITIZE=address,undefined
}

# test_asan VERSION PYTEST-ARGUMENT...: all C++ tests and, on one CPython, the Python tests. What is reported goes to files,
# because many tests look at the output and the status of the processes that they start.
test_asan() {
  local version=$1 folder=$build_dir/asan/reports failed=() preload='' library
  shift
  build_asan "$version"
  rm -rf "$folder"
  mkdir -p "$folder"
  export ASAN_OPTIONS=detect_leaks=1:abort_on_error=1:allocator_may_return_null=1:log_path=$folder/report
  export UBSAN_OPTIONS=print_stacktrace=1:log_path=$folder/report
  export LSAN_OPTIONS=exitcode=0
  if (($# == 0)); then run_binaries "$build_dir/asan" || failed+=("the C++ tests"); fi
  # CPython itself is not compiled with the sanitizers: their libraries come first into its processes, and its objects
  # are allocated one by one, so that the leak check sees what they hold.
  for library in asan ubsan stdc++; do preload+=$(g++ -print-file-name="lib$library.so"):; done
  LD_PRELOAD=${preload%:} PYTHONMALLOC=malloc pytest_instrumented asan "$version" "$@" ||
    failed+=("CPython $version")
  show_reports "$folder" || failed+=("the sanitizers object")
  ((${#failed[@]} == 0)) || fail "with the sanitizers: $(printf '%s; ' "${failed[@]}")"
  say "AddressSanitizer, UBSan and the leak check are content (CPython $version)"
}

# test_tsan GTEST-OPTION...: the C++ tests of everything but the backend, in which LLVM is not compiled with the sanitizer.
test_tsan() {
  local folder=$build_dir/tsan/reports failed=()
  say "building the C++ tests with ThreadSanitizer"
  build_instrumented tsan '' -DLANCEHEAD_SANITIZE=thread
  rm -rf "$folder"
  mkdir -p "$folder"
  export TSAN_OPTIONS=exitcode=0:allocator_may_return_null=1:die_after_fork=0:log_path=$folder/report:suppressions=$root/tests/sanitizers/races.txt
  run_binaries "$build_dir/tsan" "$@" || failed+=("the C++ tests")
  show_reports "$folder" || failed+=("the sanitizer objects")
  ((${#failed[@]} == 0)) || fail "with ThreadSanitizer: $(printf '%s; ' "${failed[@]}")"
  say "ThreadSanitizer is content"
}

# test_coverage VERSION PYTEST-ARGUMENT...: all tests with line counts, and the table of what ran.
test_coverage() {
  local version=$1 folder=$build_dir/coverage failed=() tools=$venv_dir/coverage
  shift
  ensure_venv "$tools" "$version" gcovr
  say "building everything with line counts"
  build_instrumented coverage "$version" -DLANCEHEAD_COVERAGE=ON
  find "$folder" -name '*.gcda' -delete
  run_binaries "$folder" || failed+=("the C++ tests")
  pytest_instrumented coverage "$version" "$@" || failed+=("CPython $version")
  "$tools/bin/gcovr" --root "$root" --filter "$root/src/" --gcov-ignore-parse-errors --json "$folder/lines.json" \
    -j "$(nproc)" "$folder" >&2
  "$tools/bin/python" "$root/tools/coverage_table.py" "$folder/lines.json" || failed+=("too few lines run")
  ((${#failed[@]} == 0)) || fail "with line counts: $(printf '%s; ' "${failed[@]}")"
}
