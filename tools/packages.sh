# Sourced: Debian packages. ensure_packages installs what is missing of a group.
# shellcheck shell=bash

packages_core=(g++ cmake ninja-build libfmt-dev libgtest-dev)
packages_full=("${packages_core[@]}" llvm-19-dev lld-19 zlib1g-dev libzstd-dev libtbb-dev libhwy-dev)
# shellcheck disable=SC2034  # used by dev
packages_demo=(gcc clang)
# shellcheck disable=SC2034
packages_fmt=(clang-format)

ensure_packages() {
  command -v dpkg-query >/dev/null || {
    say "no dpkg here: make sure that you have the equivalents of: $*"
    return 0
  }
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  [[ $(id -u) == 0 ]] || fail "Debian packages are missing; install them with: sudo apt-get install ${missing[*]}"
  say "installing Debian packages: ${missing[*]}"
  apt-get update -q >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}
