// Diagnostics (contract C17): the user's mistakes, as values. A row of diag.def, its parameters, the place,
// and notes on other places. No exception crosses a layer: functions that can fail return Expected<T>.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace lancehead {

// A range of the source, as CPython's position table gives it. Lines count from the function's first line
// (offset 0); columns are UTF-8 byte offsets, -1 where unknown.
struct SourceRange {
  int32_t line = -1;
  int32_t end_line = -1;
  int32_t column = -1;
  int32_t end_column = -1;
  bool known() const { return line >= 0; }
  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

// A place in a function; the live function's file and first line complete it.
struct SourcePlace {
  uint32_t function =
      0;  // handle of the function whose source the range is in; 0 is the function being compiled
  SourceRange range;
};

enum class DiagId : uint16_t {
#define DIAG(id, cls, text) id,
#include "base/diag.def"
#undef DIAG
};

struct DiagNote {
  std::string text;
  SourcePlace place;
};

struct Diagnostic {
  DiagId id;
  std::vector<std::string> args;
  SourcePlace place;
  std::vector<DiagNote> notes;

  const char* exception_class() const;  // the class's name in lancehead.errors or builtins
  const char* id_name() const;
  std::string message() const;  // the row's text with its parameters filled in
};

// The place is filled in by whoever knows it.
Diagnostic make_diagnostic(DiagId id, std::vector<std::string> args, SourcePlace place = {});

template <class T>
class [[nodiscard]] Expected {
 public:
  Expected(T value) : state_(std::move(value)) {}
  Expected(Diagnostic diagnostic) : state_(std::make_unique<Diagnostic>(std::move(diagnostic))) {}
  Expected(std::unique_ptr<Diagnostic> diagnostic) : state_(std::move(diagnostic)) {}
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  Diagnostic& error() { return *std::get<1>(state_); }
  std::unique_ptr<Diagnostic> take_error() { return std::move(std::get<1>(state_)); }

 private:
  std::variant<T, std::unique_ptr<Diagnostic>> state_;
};

}  // namespace lancehead
