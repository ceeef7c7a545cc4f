// What an inference was asked and what Python answered, as text, so that it can be replayed without Python
// (contract C6):
//
//   recording function=7 [numba_dialect] [numpy_division] [no_bounds] [parallel] [fastmath=127]
//             [result=float64]
//   param array<float64,1,C>
//   param int64 weak constant=3
//   answer snapshot 7 ""
//   (snapshots ...)
//   answer attribute 3 "sqrt"
//   (object callable 4 "math.sqrt" ...)
//   answer library 0 "numpy.isclose"
//   none
//
// Answers are in the syntax of frontend/snap_text.h; a snapshot that is not there is none. More answers than
// are asked for do no harm.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "infer/session.h"

namespace lancehead {

struct Recording {
  Semantics semantics;
  uint32_t function = 0;
  std::vector<ParamSpec> params;
  TypeId result;  // an eager signature's
  std::vector<std::pair<Question, Answer>> answers;
};

Recording record(const Session& session);
std::string write_recording(const Recording& recording);
// The diagnostic's text names the line.
Expected<Recording> read_recording(std::string_view text);

// Runs the session to its end with the recorded answers; a question that has none is an InternalFailure.
Session::State replay(Session& session, const Recording& recording);

}  // namespace lancehead
