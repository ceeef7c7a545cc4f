def plain(a): return a + 1


@(lambda f: f)
def several_lines(
    a,
    b,
):
    c = (
        a
        * b
    )

    return "é" + c / b
