// One request for a specialisation, run step by step: the caller (pyext) holds no GIL during run(), takes it
// to answer the questions, and runs again (contracts C6, C15). Nothing here knows Python.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "driver/code.h"
#include "driver/options.h"
#include "frontend/question.h"
#include "types/type.h"

namespace lancehead {

// What the dispatcher knows of an argument beyond its type.
struct ArgumentFacts {
  bool weak = false;     // a Python scalar (contract C7)
  bool omitted = false;  // the default is used: `value` is the constant
  PyValue value;
};

struct CompileRequest {
  uint32_t function = 0;  // handle of the Python function
  std::vector<TypeId> args;
  std::vector<ArgumentFacts> facts;  // empty or one per argument
  TypeId result;                     // the signature's return type, or invalid: inferred
  CompileOptions options;
};

// What is shown of a specialisation: stage typed with the place of each instruction; the final stage's
// control flow graph, for Graphviz; a line per parallel region of the unit: function, line and whether it
// reduces; LLVM's input; what the machine runs.
enum class Listing : uint8_t { Typed, Cfg, Parallel, Llvm, Assembly };

class CompileJob {
 public:
  enum class State : uint8_t { Questions, Done, Failed };

  explicit CompileJob(CompileRequest request);
  ~CompileJob();

  State run();  // without the GIL; takes the compiler's lock
  const std::vector<Question>& questions() const;
  void answer(const Question& question, Answer answer);
  std::shared_ptr<const Code> code() const;  // after Done
  const Diagnostic& error() const;           // after Failed

  // For inspect_*, after Done; made anew if it was not kept.
  std::string listing(Listing which) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lancehead
