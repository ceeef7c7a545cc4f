"""Ten bugs in ten files of the compiler. The list was written before the generator of random programs (tests/python/programs),
which has to find each within 20,000 programs: run.py beside this file plants them one at a time."""

from typing import NamedTuple


class Bug(NamedTuple):
    name: str
    file: str
    find: str  # stands in the file once
    plant: str
    why: str  # what is wrong with it


BUGS = [
    Bug(
        "floor-of-negatives",
        "src/backend/division.cpp",
        "llvm::Value* floor = b_.CreateSub(quotient, b_.CreateZExt(adjust, t));",
        "llvm::Value* floor = quotient;",
        "// of signed integers rounds towards zero, as C does",
    ),
    Bug(
        "index-equal-to-size",
        "src/backend/errors.cpp",
        "guard_builtin(b_.CreateICmpULT(index, size), inst,",
        "guard_builtin(b_.CreateICmpULE(index, size), inst,",
        "an index equal to the size of its axis passes the bounds check",
    ),
    Bug(
        "load-across-store",
        "src/opt/values.cpp",
        "is_pure(f, inst) && !(inst.op == Op::RtCall",
        "(is_pure(f, inst) || inst.op == Op::ArrayLoad) && !(inst.op == Op::RtCall",
        "a second load of an element is taken for the first, whatever was stored between them",
    ),
    Bug(
        "guard-one-too-far",
        "src/opt/guards.cpp",
        "room.add(Linear::Wide{-1});",
        "room.add(Linear::Wide{0});",
        "the guard of a loop lets its largest index be the size of the axis: < for <=",
    ),
    Bug(
        "int32-joins-float32",
        "src/types/conversion.cpp",
        "case KindClass::Uint: return bits_of(t) <= 16 ? 32 : 64;",
        "case KindClass::Uint: return bits_of(t) <= 32 ? 32 : 64;",
        "int32 and float32 have the common type float32 instead of float64",
    ),
    Bug(
        "flag-at-break",
        "src/opt/cfg.cpp",
        "(c == Id<void>::kNone || c != f.value(only).facts.constant)) return {};",
        "c == Id<void>::kNone) return {};",
        "a variable to which paths give different constants keeps one of them, as a flag that is set before a break",
    ),
    Bug(
        "no-retain-on-edge",
        "src/opt/ownership.cpp",
        "        work.retains.push_back(v);",
        "        continue;",
        "an array that goes into a variable of the next block while it is still needed is not retained",
    ),
    Bug(
        "same-array-never-overlaps",
        "src/opt/nest/overlap.cpp",
        "if (a == b) return false;",
        "if (a == b) return true;",
        "views of one array count as apart, so that a[1:] = a[:-1] reads what it has written",
    ),
    Bug(
        "stride-sign",
        "src/library/indexing.cpp",
        "strides.push_back(e.binary(Op::Mul, stride, s.step));",
        "strides.push_back(e.binary(Op::Mul, stride, e.value(Op::Abs, {s.step}, ty::Int64)));",
        "a slice with a negative step walks upwards",
    ),
    Bug(
        "handler-ends-early",
        "src/frontend/code_tables.cpp",
        "{*begin, static_cast<uint32_t>(end), *target, *depth_lasti >> 1, (*depth_lasti & 1) != 0});",
        "{*begin, static_cast<uint32_t>(end - 2), *target, *depth_lasti >> 1, (*depth_lasti & 1) != 0});",
        "the last instruction of a try block is not covered by its handler",
    ),
]
