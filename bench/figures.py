"""What a gate reports: a measured figure and its limit. bench/run.py reads the last word of each line."""


def report(name, value, *, at_most=None, at_least=None, unit=""):
    """Prints the figure, its limit and `ok` or `MISSED`."""
    good = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
    limit = f"<= {at_most:g}" if at_most is not None else f">= {at_least:g}"
    print(f"{name:<44} {value:>10.3f} {unit:<4} {limit:>10} {unit:<4} {'ok' if good else 'MISSED'}", flush=True)
