"""Random small programs over arrays, made from a table of forms by trying them under NumPy; compared with NumPy by programs.campaign."""
