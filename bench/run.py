"""./dev bench: the benchmarks; --quick: small sizes only; --gate: the figures that must hold (bench/gates)."""
import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def run_gates(names):
    """Each gate in a fresh process, so that none warms up what another measures."""
    missed = []
    for gate in sorted((HERE / "gates").glob("*.py")):
        if names and gate.stem not in names:
            continue
        print(f"-- {gate.stem}", flush=True)
        env = {key: value for key, value in os.environ.items() if not key.startswith(("LANCEHEAD_", "NUMBA_"))}
        env["PYTHONPATH"] = str(HERE)
        done = subprocess.run([sys.executable, gate], env=env, stdout=subprocess.PIPE, text=True)
        print(done.stdout, end="", flush=True)
        if done.returncode or any(line.endswith("MISSED") for line in done.stdout.splitlines()):
            missed.append(gate.stem)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nall figures are within their limits")
    return 1 if missed else 0


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--gate", action="store_true", help="assert the figures that must hold")
    parser.add_argument("names", nargs="*", help="with --gate: only these gates")
    options = parser.parse_args()
    if options.gate:
        return run_gates(options.names)
    import matmul

    matmul.table((64, 128) if options.quick else matmul.SIZES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
