"""Bad input: one table of what users do wrong, or what looks as if it were wrong, and what must come of it."""
