// Text-file tests: tests/{ir,infer,opt,lower}/**/*.ir. A file has one or more sections:
//
//   ; test: <kind> [option[=value]...]
//   input
//   ; expect
//   expected output, to the next section
//
// A kind is a function from input to output. LANCEHEAD_BLESS=1 rewrites the expected outputs of files;
// LANCEHEAD_TEST_PATH=part limits the run to files whose path has that part. A file of a folder of which this
// binary knows a kind, and whose own kind it does not know, fails.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "ir/function.h"

namespace lancehead::testing {

using TextOptions =
    std::map<std::string, std::string>;  // "stage=typed" -> {"stage", "typed"}; "quiet" -> {"quiet", ""}
using TextTest = std::function<std::string(const std::string& input, const TextOptions& options)>;

// A static object of this type registers a kind for the files of a folder.
struct TextKind {
  TextKind(const char* folder, const char* kind, TextTest run);
};

// The input as a unit or function; a failure of the test, and an empty one, if it is malformed.
Unit read_unit(const std::string& input);
Function read_function(const std::string& input);

}  // namespace lancehead::testing
