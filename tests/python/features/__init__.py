"""Feature cases: which functions, parameters, operators and forms of indexing compiled code has, each with cases that are compared with
NumPy. README says how to add one; docs/features.md is generated from them."""
