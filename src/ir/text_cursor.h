// A position in an IR text, for the parser: takes tokens, knows lines and columns. A mismatch throws
// TextError, which the parser's entry points catch. Spaces and comments are skipped before each token;
// newlines are tokens.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "ir/constant_text.h"
#include "types/text.h"

namespace lancehead {

struct TextError {
  size_t offset;
  std::string message;
};

class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : text_(text), rest_(text) {}

  size_t offset() const { return static_cast<size_t>(rest_.data() - text_.data()); }
  [[noreturn]] void fail(const std::string& message) const { throw TextError{offset(), message}; }

  bool peek(std::string_view token) {
    skip_spaces();
    return rest_.starts_with(token);
  }
  bool accept(std::string_view token) {
    if (!peek(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token))
      fail("expected '" + (token == "\n" ? std::string("end of line") : std::string(token)) + "'");
  }
  // A whole word, not the beginning of a longer one.
  bool accept_word(std::string_view word) {
    if (!peek(word) || (rest_.size() > word.size() && is_bare_name(rest_.substr(word.size(), 1))))
      return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void skip_lines() {
    while (accept("\n")) {
    }
  }
  bool at_end() {
    skip_lines();
    return rest_.empty();
  }
  bool at_line_end() { return peek("\n") || rest_.empty(); }

  std::string name(const char* what) {
    skip_spaces();
    std::string_view before = rest_;
    std::optional<std::string> out = take_name(rest_);
    if (out) return *out;
    rest_ = before;
    fail(std::string("expected ") + what);
  }
  template <class T>
  T number(const char* what) {
    skip_spaces();
    T out{};
    auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), out);
    if (error != std::errc()) fail(std::string("expected ") + what);
    rest_.remove_prefix(static_cast<size_t>(end - rest_.data()));
    return out;
  }
  TypeId type() {
    skip_spaces();
    std::string_view before = rest_;
    if (std::optional<TypeId> t = take_type(rest_)) return *t;
    rest_ = before;
    fail("expected a type");
  }
  Literal literal() {
    skip_spaces();
    std::string_view before = rest_;
    if (std::optional<Literal> l = take_literal(rest_)) return std::move(*l);
    rest_ = before;
    fail("expected a literal");
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\r'))
      rest_.remove_prefix(1);
    if (rest_.starts_with(';')) rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
  }

  std::string_view text_;
  std::string_view rest_;
};

}  // namespace lancehead
