"""What ./dev bench prints and writes: results as a list of plain rows, those as Markdown.

A plain row: id, section, what, unit, better ("less" or "more"), budget or null, holds ("yes", "best only", "no" or null),
and figures: contestant -> {"best": ..., "median": ...}. tools/bench_compare reads the same rows.
"""
COLUMNS = ("numba", "gcc", "clang", "numpy", "cpython")
C_SECTIONS = ("kernels", "matmul")  # those where gcc and clang have a column, empty if they are absent; Numba has it in all


def plain_rows(results):
    """The rows of {row: {column: Figure or None}}, as JSON holds them."""
    rows = []
    for row, figures in results.items():
        kept = {column: {"best": each.best, "median": each.median} for column, each in figures.items() if each}
        ours = figures.get("lancehead")
        rows.append({
            "id": row.id, "section": row.section, "what": row.what, "unit": row.unit, "better": row.better,
            "budget": row.budget, "holds": row.holds(*ours) if ours else None, "figures": kept,
        })
    return rows


def number(value):
    """Three significant digits at least, no exponents."""
    if value is None:
        return ""
    size = abs(value)
    digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:.{digits}f}"


def table(head, rows):
    """A Markdown table whose first column is text and whose others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(["---"] + ["--:"] * (len(head) - 1)) + "|"]
    return "\n".join(lines + ["| " + " | ".join(cells) + " |" for cells in rows])


def budget(row):
    if row["budget"] is None:
        return ""
    return ("<= " if row["better"] == "less" else ">= ") + number(row["budget"])


def section_table(rows):
    """The rows of one section; a column for each competitor that belongs there or was measured."""
    belong = ("numba", "gcc", "clang") if rows[0]["section"] in C_SECTIONS else ("numba",)
    columns = [name for name in COLUMNS if name in belong or any(name in row["figures"] for row in rows)]
    head = ["what", "unit", "budget", "holds", "best", "median", *(f"{name} median" for name in columns)]
    cells = []
    for row in rows:
        ours = row["figures"].get("lancehead", {})
        others = [number(row["figures"].get(name, {}).get("median")) for name in columns]
        holds = row["holds"] or ("not measured" if row["budget"] is not None else "")
        cells.append([row["what"], row["unit"], budget(row), holds, number(ours.get("best")), number(ours.get("median")),
                      *others])
    return table(head, cells)


def summary(rows):
    """One line: how many budgets hold, and which do not."""
    judged = [row for row in rows if row["budget"] is not None]
    missed = [f"{row['id']} ({row['holds'] or 'not measured'})" for row in judged if row["holds"] != "yes"]
    text = f"{len(judged) - len(missed)} of {len(judged)} budgets hold"
    return text + (f"; the others: {', '.join(missed)}" if missed else "")


def conditions_text(conditions):
    return "; ".join(f"{name} {value}" for name, value in conditions.items())


def markdown(title, conditions, sections, rows, absent, errors):
    """The whole report. sections: section -> its title; absent: competitor -> how to get it; errors: lines."""
    parts = [f"# {title}", conditions_text(conditions)]
    parts += [f"Not measured: {name}; {how}" for name, how in absent.items()]
    for section, heading in sections.items():
        found = [row for row in rows if row["section"] == section]
        if found:
            parts += [f"## {heading}", section_table(found)]
    parts += [f"Failed: {error}" for error in errors]
    return "\n\n".join([*parts, summary(rows)])
