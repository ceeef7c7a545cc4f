// Errors as managed values (contract C11). An error is one of: a row of types/errors.def with its parameters;
// an exception class with a tuple of arguments as leaves; a Python exception that was fetched from the C API.
// It carries cause, context and the trace that the cold edges of compiled calls extend. The extension turns
// it into a Python exception at the boundary.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/context.h"

namespace lancehead {

enum class ErrorRowId : uint16_t {
#define ERR(id, cls, text) id,
#include "types/errors.def"
#undef ERR
  kCount
};

struct TracePoint {
  const void* function;  // the record that compiled code names, see the driver
  int64_t line_offset;   // from the function's first line
};

struct ErrorObject {
  enum class Source : uint8_t { Row, Class, Python };

  Source source = Source::Row;
  bool suppress_context = false;  // raise ... from ...
  bool permanent = false;         // the one for "no memory for an error": shared, keeps no trace
  ErrorRowId row = ErrorRowId::NoMemory;
  int64_t parameters[3] = {};
  const char* text = nullptr;  // UTF-8; belongs to the compiled code
  void* cls = nullptr;         // PyObject*; belongs to the compiled code
  uint32_t type = 0;           // of the argument tuple
  std::vector<Slot> slots;     // its leaves, retained
  void* exception = nullptr;   // PyObject*, owned
  OwnerWord cause = 0;
  OwnerWord context = 0;
  std::vector<TracePoint> trace;  // innermost first

  ~ErrorObject();
};

ErrorObject& error_object(OwnerWord error);
OwnerWord make_python_error(void* exception);  // takes over the reference
const char* error_row_class(ErrorRowId row);
std::string error_row_message(const ErrorObject& error);  // of a row

extern "C" {
Status lh_raise_builtin(Context* ctx, int64_t row, int64_t a, int64_t b, int64_t c, const char* text);
OwnerWord lh_error_make(Context* ctx, void* cls, int64_t type, const Slot* slots);
bool lh_error_matches(OwnerWord error, void* cls);
void lh_error_set(Context* ctx, OwnerWord error);
OwnerWord lh_error_take(Context* ctx);
Status lh_error_trace(Context* ctx, const void* function, int64_t line_offset);
void lh_error_cause(OwnerWord error, OwnerWord cause);
void lh_error_no_cause(OwnerWord error);
void lh_error_context(OwnerWord error, OwnerWord handled);
void lh_error_chain(OwnerWord error, OwnerWord handled);
}

inline Status raise_row(Context* ctx, ErrorRowId row, int64_t a = 0, int64_t b = 0, int64_t c = 0,
                        const char* text = nullptr) {
  return lh_raise_builtin(ctx, static_cast<int64_t>(row), a, b, c, text);
}

}  // namespace lancehead
