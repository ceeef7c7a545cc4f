#!/usr/bin/env bash
# core_alone.sh HIDE [GTEST-FILTER]: configures, builds and tests the compiler core by itself (contract C1). With HIDE=1,
# which needs a mount namespace of its own, everything of LLVM and Python is covered first and that is proved.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$root/tools/build.sh"
shopt -s nullglob

hide() {
  local path
  for path in /usr/lib/llvm-* /usr/include/llvm* /usr/include/python3* /usr/lib/python3* /usr/local/lib/python3* \
    "${PYENV_ROOT:-$HOME/.pyenv}" "$venv_dir"; do
    if [[ -d $path && ! -L $path ]]; then mount -t tmpfs -o size=4k tmpfs "$path"; fi
  done
  for path in /usr/bin/python3* /usr/bin/llvm-config* /usr/lib/*/libpython3*.so* /usr/lib/*/libLLVM*.so*; do
    if [[ ! -L $path ]]; then mount --bind /dev/null "$path"; fi
  done
}

# try_include HEADER FOLDER...: the compiler finds the header.
try_include() {
  printf '#include <%s>\n' "$1" | g++ -std=c++20 -fsyntax-only -x c++ "${@:2}" - 2>/dev/null
}

prove_hidden() {
  ! python3 -c '' 2>/dev/null || fail "python3 still runs"
  ! try_include Python.h -I/usr/include/python3.{9..15} || fail "Python.h is still found"
  ! try_include llvm/IR/Function.h -I/usr/lib/llvm-{14..22}/include || fail "LLVM's headers are still found"
  say "hidden: Python (interpreter, headers, venvs) and LLVM (headers, libraries, tools)"
}

if [[ $1 == 1 ]]; then
  hide
  prove_hidden
fi
started=$SECONDS
configure "$build_dir/core" -DLANCEHEAD_CORE_ONLY=ON
ninja_quietly "$build_dir/core"
say "built in $((SECONDS - started)) s"
started=$SECONDS
tests=$build_dir/core/tests/lancehead_core_tests
[[ -x $tests ]] || fail "there are no core tests"
"$tests" --gtest_brief=1 ${2:+--gtest_filter="$2"}
say "core tests passed in $((SECONDS - started)) s"
