# Sourced by dev and by the scripts beside this file: where things are and how the tools speak.
# Progress goes to stderr, so that a command's own output can be used by other programs.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python_versions=(3.11 3.12 3.13)
build_dir=$root/build
venv_dir=$root/.venv

say() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
fail() {
  printf '\033[1;31merror:\033[0m %s\n' "$*" >&2
  exit 1
}
