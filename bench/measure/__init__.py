"""One file per section: measure(bench) gives {row: {column: Figure}}; the other functions run in child processes."""
