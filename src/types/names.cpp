// Names in type and IR texts: bare or quoted.
#include "types/text.h"

namespace lancehead {
namespace {

bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

bool is_bare_name(std::string_view name) {
  for (char c : name)
    if (!is_name_char(c)) return false;
  return !name.empty();
}

void append_quoted(std::string& out, std::string_view text, bool spaces) {
  static const char kHex[] = "0123456789abcdef";
  out += '"';
  for (char c : text) {
    unsigned char u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\', out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (u < 0x20 || u == 0x7f || (u == 0x20 && !spaces)) {
      out += "\\x", out += kHex[u >> 4], out += kHex[u & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_name(std::string& out, std::string_view name) {
  if (is_bare_name(name)) {
    out += name;
  } else {
    append_quoted(out, name, false);
  }
}

std::optional<std::string> take_quoted(std::string_view& text) {
  if (!text.starts_with('"')) return std::nullopt;
  std::string out;
  for (size_t i = 1; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"') {
      text.remove_prefix(i + 1);
      return out;
    }
    if (c == '\n') break;
    if (c != '\\') {
      out += c;
      continue;
    }
    if (++i == text.size()) break;
    switch (text[i]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case '"':
      case '\\': out += text[i]; break;
      case 'x': {
        int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        int low = high < 0 ? -1 : hex_digit(text[i + 2]);
        if (low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
        break;
      }
      default: return std::nullopt;
    }
  }
  return std::nullopt;
}

std::optional<std::string> take_name(std::string_view& text) {
  if (text.starts_with('"')) return take_quoted(text);
  size_t n = 0;
  while (n < text.size() && is_name_char(text[n])) ++n;
  if (n == 0) return std::nullopt;
  std::string out(text.substr(0, n));
  text.remove_prefix(n);
  return out;
}

}  // namespace lancehead
