// Text of canonical code (pycode.h): one instruction a line, operands by name where they have one.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <iterator>

#include "frontend/pycode.h"

namespace lancehead {

namespace {

using Out = std::back_insert_iterator<std::string>;

std::string float_repr(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  char buffer[40];
  char* end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string text(buffer, end);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string quoted(const std::string& text, const char* prefix) {
  constexpr size_t kLongest = 60;
  std::string out = fmt::format("{}'", prefix);
  auto within_character = [&](size_t i) { return !*prefix && (text[i] & 0xc0) == 0x80; };
  for (size_t i = 0; i < text.size() && (i < kLongest || within_character(i)); ++i) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (c == '\'' || c == '\\') {
      fmt::format_to(Out(out), "\\{}", text[i]);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7f || (c >= 0x80 && *prefix)) {
      fmt::format_to(Out(out), "\\x{:02x}", c);
    } else {
      out += text[i];
    }
  }
  return out + (text.size() > kLongest ? "...'" : "'");
}

std::string joined(const std::vector<PyValue>& items, const char* open, const char* close) {
  constexpr size_t kMost = 8;
  std::string out = open;
  for (size_t i = 0; i < items.size() && i < kMost; ++i) {
    if (i > 0) out += ", ";
    out += repr(items[i]);
  }
  if (items.size() > kMost) out += ", ...";
  return out + close;
}

std::string object_repr(const PyObjectData& object) {
  if (!object.name.empty()) return object.name;
  return fmt::format("<{}>", object.type_name);
}

std::string names_of(const PyCode& code, bool parameters) {
  std::string out;
  for (const PyVar& var : code.vars) {
    if (var.is_argument != parameters) continue;
    const char* kind = var.kind == PyVar::Kind::Cell ? ":cell" : var.kind == PyVar::Kind::Free ? ":free" : "";
    fmt::format_to(Out(out), " {}{}", var.name, kind);
  }
  return out;
}

std::string function_parts(const PyCode& code, const PyInst& inst) {
  static constexpr const char* kParts[] = {"defaults", "kwdefaults", "annotations", "closure"};
  std::string out = repr(code.data->consts[inst.arg2]);
  for (int bit = 0; bit < 4; ++bit) {
    if (inst.arg & (1u << bit)) fmt::format_to(Out(out), " {}", kParts[bit]);
  }
  return out;
}

std::string operand_text(const PyCode& code, const PyInst& inst) {
  const CodeData& data = *code.data;
  switch (py_operand(inst.op)) {
    case PyOperand::None: return "";
    case PyOperand::Count:
    case PyOperand::Conversion: return fmt::format(" {}", inst.arg);
    case PyOperand::Counts: return fmt::format(" {} {}", inst.arg, inst.arg2);
    case PyOperand::Const: return " " + repr(data.consts[inst.arg]);
    case PyOperand::CountConst: return fmt::format(" {} {}", inst.arg, repr(data.consts[inst.arg2]));
    case PyOperand::Var: return " " + code.vars[inst.arg].name;
    case PyOperand::Name: return " " + data.names[inst.arg];
    case PyOperand::Target: return fmt::format(" -> {}", inst.arg);
    case PyOperand::SendTarget:
      return fmt::format(" -> {}{}", inst.arg, inst.arg2 ? " without receiver" : "");
    case PyOperand::Operator: return fmt::format(" {}", py_operator_text(static_cast<PyOperator>(inst.arg)));
    case PyOperand::Comparison:
      return fmt::format(" {}", py_comparison_text(static_cast<PyComparison>(inst.arg)));
    case PyOperand::Invert: return inst.arg ? " inverted" : "";
    case PyOperand::FunctionParts: return " " + function_parts(code, inst);
  }
  return "";
}

std::string range_text(const SourceRange& range) {
  if (!range.known()) return "?";
  if (range.column < 0) return fmt::format("{}", range.line);
  if (range.end_line == range.line)
    return fmt::format("{}:{}-{}", range.line, range.column, range.end_column);
  return fmt::format("{}:{}-{}:{}", range.line, range.column, range.end_line, range.end_column);
}

}  // namespace

std::string repr(const PyValue& value) {
  switch (value.kind) {
    case PyKind::None: return "None";
    case PyKind::Bool: return value.i ? "True" : "False";
    case PyKind::Int: return fmt::format("{}", value.i);
    case PyKind::UInt: return fmt::format("{}", value.u);
    case PyKind::BigInt: return value.text;
    case PyKind::Float: return float_repr(value.re);
    case PyKind::Complex:
      return fmt::format("({}{}{}j)", float_repr(value.re), std::signbit(value.im) ? "" : "+",
                         float_repr(value.im));
    case PyKind::Str: return quoted(value.text, "");
    case PyKind::Bytes: return quoted(value.text, "b");
    case PyKind::Ellipsis: return "Ellipsis";
    case PyKind::Tuple: return joined(value.items, "(", value.items.size() == 1 ? ",)" : ")");
    case PyKind::Slice: return joined(value.items, "slice(", ")");
    case PyKind::FrozenSet: return joined(value.items, "frozenset({", "})");
    case PyKind::Code: return fmt::format("<code {}>", value.code->name);
    case PyKind::Object: return object_repr(*value.object);
  }
  return "";
}

std::string print_code(const PyCode& code, bool ranges) {
  const CodeData& data = *code.data;
  std::string out = fmt::format("code {}\n", data.qualname);
  fmt::format_to(Out(out), "  parameters{}", names_of(code, true));
  if (data.posonly_count) fmt::format_to(Out(out), " (posonly {})", data.posonly_count);
  if (data.kwonly_count) fmt::format_to(Out(out), " (kwonly {})", data.kwonly_count);
  if (data.flags & CodeData::kVarArgs) out += " (*args)";
  if (data.flags & CodeData::kVarKeywords) out += " (**kwargs)";
  fmt::format_to(Out(out), "\n  variables{}\n", names_of(code, false));
  for (size_t i = 0; i < code.insts.size(); ++i) {
    const PyInst& inst = code.insts[i];
    std::string line = fmt::format("{:4} {}{}", i, py_op_text(inst.op), operand_text(code, inst));
    if (ranges) line = fmt::format("{:<50} ; {}", line, range_text(inst.range));
    out += line + "\n";
  }
  for (const PyHandler& handler : code.handlers) {
    fmt::format_to(Out(out), "  handler [{}, {}) -> {} depth {}\n", handler.begin, handler.end,
                   handler.target, handler.depth);
  }
  return out;
}

}  // namespace lancehead
