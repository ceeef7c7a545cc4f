// Reader of S-expressions (sexpr.h).
#include "frontend/sexpr.h"

#include <fmt/format.h>

namespace lancehead {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Expected<Sexpr> parse() {
    Sexpr root;
    if (read(&root, 0)) {
      skip_space();
      if (at_ < text_.size()) fail("something follows the expression");
    }
    if (!error_.empty()) return make_diagnostic(DiagId::Internal, {error_});
    return root;
  }

 private:
  static constexpr int kDeepest = 200;

  bool fail(const char* reason) {
    if (error_.empty()) error_ = fmt::format("line {}: {}", line_, reason);
    return false;
  }

  void skip_space() {
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == ';') {
        while (at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
      } else if (c == '\n') {
        ++line_;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
    }
  }

  bool read(Sexpr* out, int depth) {
    if (depth > kDeepest) return fail("nested too deeply");
    skip_space();
    if (at_ >= text_.size()) return fail("the text ends within an expression");
    out->line = line_;
    switch (text_[at_]) {
      case '(': return read_list(out, depth);
      case ')': return fail("unexpected ')'");
      case '"': return read_string(out);
      default: return read_atom(out);
    }
  }

  bool read_list(Sexpr* out, int depth) {
    out->kind = Sexpr::Kind::List;
    ++at_;
    while (true) {
      skip_space();
      if (at_ < text_.size() && text_[at_] == ')') {
        ++at_;
        return true;
      }
      Sexpr item;
      if (!read(&item, depth + 1)) return false;
      out->items.push_back(std::move(item));
    }
  }

  bool read_atom(Sexpr* out) {
    out->kind = Sexpr::Kind::Atom;
    size_t begin = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n()\";").find(text_[at_]) == std::string_view::npos)
      ++at_;
    out->text = text_.substr(begin, at_ - begin);
    return true;
  }

  bool read_string(Sexpr* out) {
    out->kind = Sexpr::Kind::String;
    for (++at_; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\n') ++line_;
      if (c == '\\') {
        if (!read_escape(out)) return false;
      } else {
        out->text += c;
      }
    }
    return fail("the text ends within a string");
  }

  bool read_escape(Sexpr* out) {
    char c = ++at_ < text_.size() ? text_[at_] : '\0';
    if (c == 'x' && at_ + 2 < text_.size()) {
      int high = hex_digit(text_[at_ + 1]), low = hex_digit(text_[at_ + 2]);
      if (high < 0 || low < 0) return fail("\\x needs two digits");
      out->text += static_cast<char>(high << 4 | low);
      at_ += 2;
      return true;
    }
    if (c == 'n')
      c = '\n';
    else if (c != '"' && c != '\\')
      return fail("unknown escape");
    out->text += c;
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  std::string error_;
};

}  // namespace

Expected<Sexpr> parse_sexpr(std::string_view text) {
  return Parser(text).parse();
}

std::string quote_string(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    unsigned char u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (u < 0x20 || u >= 0x7f) {
      out += fmt::format("\\x{:02x}", u);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace lancehead
