// From canonical code to SSA (stage generic).
#pragma once

#include <memory>
#include <vector>

#include "base/diagnostic.h"
#include "frontend/snapshot.h"
#include "ir/function.h"

namespace lancehead {

// The defaults that a function made inside another one was given; they are constants.
struct InnerDefaults {
  std::vector<PyValue> positional;  // of the last positional parameters
  std::vector<Snapshot::Binding> keyword;
};

struct BuiltFunction {
  Function function;
  // Code of the functions made inside; Function::codes of `function` are indices into these two.
  std::vector<std::shared_ptr<const CodeData>> inner_codes;
  std::vector<InnerDefaults> inner_defaults;
  std::vector<Diagnostic> unsupported;  // what ops `unsupported` stand for, in the order of the code
};

// `code` is the snapshot's own or that of a function inside it. Parameters of the entry block: for an inner
// function the captured values in the order of co_freevars, then the arguments: positional, keyword-only,
// *args; **kwargs is none. The outermost function's captured values come from the snapshot's closure, as
// globals come from its globals: plain values as `const`; objects as `known` with the type that
// frontend/python_value.h's type_of_object would give (known_type(class, name, handle), dtype_type). What is
// not supported, a name that is unbound among it and a value that neither covers, is an op where it stands,
// so that it counts only where it is reached (contract C6); what comes after it is built all the same. A
// function is refused as a whole only where it cannot be decoded.
Expected<BuiltFunction> build_function(const Snapshot& snapshot, std::shared_ptr<const CodeData> code);

}  // namespace lancehead
