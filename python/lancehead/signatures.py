"""Signatures: what a call of a type makes, and the spellings that jit accepts.

`core_signature` is what the extension's dispatcher takes: (argument ids, result id or None).
"""


class Signature:
    """The types of a function's arguments and of its result."""

    __slots__ = ("args", "return_type", "recvr", "pysig")

    def __init__(self, return_type, args, recvr=None, pysig=None):
        self.return_type = return_type
        self.args = tuple(args)
        self.recvr = recvr
        self.pysig = pysig

    def __repr__(self):
        return f"{self.args} -> {self.return_type}"

    def __eq__(self, other):
        if not isinstance(other, Signature):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self):
        return hash((self.args, self.return_type))

    def __reduce__(self):
        return Signature, (self.return_type, self.args, self.recvr, self.pysig)

    def _parts(self):
        return self.args, self.return_type, self.recvr, self.pysig

    @property
    def is_method(self):
        """Whether it is a method's."""
        return self.recvr is not None

    def replace(self, **changes):
        """A copy with other parts."""
        parts = dict(return_type=self.return_type, args=self.args, recvr=self.recvr, pysig=self.pysig)
        return Signature(**{**parts, **changes})

    def as_method(self):
        """The signature of the bound method, for that of the function: its first argument is the receiver."""
        pysig = self.pysig and self.pysig.replace(parameters=list(self.pysig.parameters.values())[1:])
        return self.replace(args=self.args[1:], recvr=self.args[0], pysig=pysig)

    def as_function(self):
        """The signature of the function, for that of a bound method; without the parameters' names."""
        return Signature(self.return_type, (self.recvr, *self.args))

    def as_type(self):
        """The type of functions of this signature."""
        from lancehead.types import FunctionType

        return FunctionType(self)

    def is_precise(self):
        """Whether all its types are."""
        return all(each.is_precise() for each in (*self.args, self.return_type))

    def dump(self, tab=""):
        print(f"{tab}DUMP {type(self).__name__} [{self}]")


def signature(return_type, *args, recvr=None):
    """Signature(return_type, args), as Numba's function of this name makes it."""
    return Signature(return_type, args, recvr=recvr)


def is_signature(sig):
    """Whether `sig` may be meant as one signature: a string, a tuple of types, a call of a type."""
    return isinstance(sig, (str, tuple, Signature))


def normalize_signature(sig):
    """(args, return_type) of any spelling; return_type is None where it is left open. TypeError for anything else."""
    from lancehead.types import Type

    meant = sig
    if isinstance(sig, str):
        from lancehead.types.spelled import evaluate

        meant = evaluate(sig)
    if isinstance(meant, tuple):
        args, return_type = meant, None
    elif isinstance(meant, Signature):
        args, return_type = meant.args, meant.return_type
    else:
        raise TypeError(
            f"invalid signature: {sig!r} (type: {type(sig).__name__!r}) evaluates to {type(meant).__name__!r} instead "
            "of tuple or Signature"
        )
    for each in args + ((return_type,) if return_type is not None else ()):
        if not isinstance(each, Type):
            raise TypeError(f"invalid type in signature: expected a type instance, got {each!r}")
    return args, return_type


def core_signature(sig):
    """(argument ids, result id or None) of any spelling."""
    args, return_type = normalize_signature(sig)
    return tuple(each.core_id() for each in args), None if return_type is None else return_type.core_id()
