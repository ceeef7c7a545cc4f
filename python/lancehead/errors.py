"""Exceptions and warnings: Numba's whole tree under its names, and ours as subclasses of it.

The extension raises these classes; it gets them once, by name (contract C17).
"""


def _located(msg, loc):
    if not loc:
        return f"{msg}"
    where = loc.strformat() if hasattr(loc, "strformat") else str(loc)
    return f"{msg}\n{where}\n"


# ---- warnings


class NumbaWarning(Warning):
    """Base of all warnings of the compiler."""

    def __init__(self, msg, loc=None, highlighting=True):
        self.msg = msg
        self.loc = loc
        super().__init__(_located(msg, loc))


class NumbaPerformanceWarning(NumbaWarning):
    """An operation may be slower than expected."""


class NumbaDeprecationWarning(NumbaWarning, DeprecationWarning):
    """A deprecated feature is used."""


class NumbaPendingDeprecationWarning(NumbaWarning, PendingDeprecationWarning):
    """A feature is used that will be deprecated."""


class NumbaParallelSafetyWarning(NumbaWarning):
    """An operation in a prange may not be safe to run in parallel."""


class NumbaTypeSafetyWarning(NumbaWarning):
    """An unsafe cast."""


class NumbaExperimentalFeatureWarning(NumbaWarning):
    """An experimental feature is used."""


class NumbaInvalidConfigWarning(NumbaWarning):
    """A setting has no such value, or there is no such setting."""


class NumbaPedanticWarning(NumbaWarning):
    """A message for those who want to know exactly."""

    def __init__(self, msg, **kwargs):
        super().__init__(msg, **kwargs)


class NumbaIRAssumptionWarning(NumbaPedanticWarning):
    """An assumption about the intermediate representation does not hold."""


class NumbaDebugInfoWarning(NumbaWarning):
    """Debug information could not be emitted as asked."""


class NumbaSystemWarning(NumbaWarning):
    """The system is not configured as it should be."""


class LanceheadFallbackWarning(NumbaWarning):
    """A function under plain @jit cannot be compiled natively and runs with Python objects (contract C14)."""


# ---- errors


class NumbaError(Exception):
    """Base of the compiler's errors. `msg` is the text without location, `loc` where it arose or None."""

    def __init__(self, msg, loc=None, highlighting=True):
        self.msg = msg
        self.loc = loc
        super().__init__(_located(msg, loc))

    @property
    def contexts(self):
        """What was being done when the error arose, innermost first."""
        return self.__dict__.setdefault("_contexts", [])

    def add_context(self, msg):
        """Adds a line on what was being done; returns the error."""
        if msg not in self.contexts:
            self.contexts.append(msg)
            self.args = (f"{self}\nDuring: {msg}",)
        return self

    def patch_message(self, new_message):
        """Replaces the text that is shown."""
        self.args = (new_message,) + self.args[1:]


class UnsupportedError(NumbaError):
    """There is no implementation of what the function asks for."""


class NotBuiltError(UnsupportedError, NotImplementedError):
    """Numba has it and Lancehead does not have it yet."""


class UnsupportedBytecodeError(Exception):
    """Bytecode that the front end does not know."""

    def __init__(self, msg, loc=None):
        super().__init__(f"{msg}. Raised from {loc}")


class UnsupportedRewriteError(UnsupportedError):
    """A rewrite is not supported."""


class IRError(NumbaError):
    """The intermediate representation could not be built."""


class RedefinedError(IRError):
    """A variable is defined twice."""


class NotDefinedError(IRError):
    """A variable is used that is not defined."""

    def __init__(self, name, loc=None):
        self.name = name
        super().__init__(f"Variable '{name}' is not defined.", loc=loc)


class VerificationError(IRError):
    """The intermediate representation breaks one of its rules."""


class DeprecationError(NumbaError):
    """A feature that was taken away is used."""


class LoweringError(NumbaError):
    """Code could not be generated."""

    def __init__(self, msg, loc=None):
        super().__init__(msg, loc=loc)


class ForbiddenConstruct(LoweringError):
    """Python that cannot be compiled, such as locals()."""


class UnsupportedParforsError(NumbaError):
    """Parallel loops are not supported here."""


class TypingError(NumbaError):
    """Types could not be inferred."""


class UfuncTypeError(TypingError, TypeError):
    """A ufunc has no loop for its operands, or may not cast them or its result."""


class UntypedAttributeError(TypingError):
    """A type has no such attribute."""

    def __init__(self, value, attr, loc=None):
        module = getattr(value, "pymod", None)
        if module is not None and getattr(module, "__name__", "") == "numpy":
            msg = f"Use of unsupported NumPy function 'numpy.{attr}' or unsupported use of the function."
        else:
            msg = f"Unknown attribute '{attr}' of type {value}"
        super().__init__(msg, loc=loc)


class ByteCodeSupportError(NumbaError):
    """A function's bytecode cannot be read."""

    def __init__(self, msg, loc=None):
        super().__init__(msg, loc=loc)


class CompilerError(NumbaError):
    """The compiler failed at a high level."""


class ConstantInferenceError(NumbaError):
    """A value that must be a constant is none."""

    def __init__(self, value, loc=None):
        super().__init__(value, loc=loc)


HOW_TO_REPORT = """\
This is a defect of Lancehead, not of your program. Please report it with the function, its argument types and the
output of `python -m lancehead -s`; LANCEHEAD_DUMP=all shows what the compiler made of the function."""


class InternalError(NumbaError):
    """The compiler itself is wrong; the message says how to report it."""

    def __init__(self, exception):
        super().__init__(f"{exception}\n{HOW_TO_REPORT}")
        self.old_exception = exception


class InternalTargetMismatchError(InternalError):
    """Something was asked of a target that does not have it."""

    def __init__(self, kind, target_hw, hw_clazz):
        super().__init__(
            f"{kind.title()} is for target {hw_clazz}, from which the local target {target_hw} does not inherit."
        )


class NonexistentTargetError(InternalError):
    """There is no such target."""


class RequireLiteralValue(TypingError):
    """An argument must be a literal."""


class LiteralTypingError(TypingError):
    """A literal could not be typed."""


class ForceLiteralArg(NumbaError):
    """Asks the dispatcher to type the arguments at the positions `requested_args` as literals."""

    def __init__(self, arg_indices, fold_arguments=None, loc=None):
        super().__init__("Arguments must be typed as literals.", loc=loc)
        self.requested_args = frozenset(arg_indices)
        self.fold_arguments = fold_arguments

    def bind_fold_arguments(self, fold_arguments):
        """The same request with a function that binds the arguments."""
        bound = ForceLiteralArg(self.requested_args, fold_arguments, loc=self.loc)
        bound.__cause__ = self
        return bound

    def combine(self, other):
        """The request for the positions of both."""
        if not isinstance(other, ForceLiteralArg):
            raise TypeError(f"*other* must be a {ForceLiteralArg} but got a {type(other)} instead")
        return ForceLiteralArg(self.requested_args | other.requested_args)

    __or__ = combine


class NumbaValueError(TypingError):
    """As ValueError, while types are inferred."""


class NumbaTypeError(TypingError):
    """As TypeError, while types are inferred."""


class NumbaAttributeError(TypingError):
    """As AttributeError, while types are inferred."""


class NumbaAssertionError(TypingError):
    """As AssertionError, while types are inferred."""


class NumbaNotImplementedError(TypingError):
    """As NotImplementedError, while types are inferred."""


class NumbaKeyError(TypingError):
    """As KeyError, while types are inferred."""


class NumbaIndexError(TypingError):
    """As IndexError, while types are inferred."""


class NumbaRuntimeError(NumbaError):
    """An error of the running program that has no class of its own."""


def classes():
    """Name -> class of everything above, for the extension."""
    return {name: obj for name, obj in globals().items() if isinstance(obj, type)}


def __getattr__(name):
    from lancehead import numba_api

    return numba_api.attribute_of("numba.core.errors", name, __name__)


def __dir__():
    from lancehead import numba_api

    return numba_api.names_of("numba.core.errors") | set(globals())
