// Writes and reads literals.
#include "ir/constant_text.h"

#include <bit>
#include <charconv>
#include <cmath>

#include "base/half.h"
#include "ir/builder.h"
#include "types/text.h"

namespace lancehead {
namespace {

constexpr int kMaxDepth = 64;

void skip_spaces(std::string_view& text) {
  while (!text.empty() && text[0] == ' ') text.remove_prefix(1);
}

bool take(std::string_view& text, std::string_view token) {
  skip_spaces(text);
  if (!text.starts_with(token)) return false;
  text.remove_prefix(token.size());
  return true;
}

// ---- reading

std::optional<Literal> take_literal(std::string_view& text, int depth);

bool take_items(std::string_view& text, Literal& list, int depth) {
  if (take(text, ")")) return true;
  do {
    std::optional<Literal> item = take_literal(text, depth + 1);
    if (!item) return false;
    list.items.push_back(std::move(*item));
  } while (take(text, ","));
  return take(text, ")");
}

bool take_word(std::string_view& text, Literal& literal) {
  size_t n = 0;
  while (n < text.size() && (is_bare_name(text.substr(n, 1)) || text[n] == '-' || text[n] == '+')) ++n;
  literal.text = text.substr(0, n);
  text.remove_prefix(n);
  return n > 0;
}

std::optional<Literal> take_literal(std::string_view& text, int depth) {
  if (depth > kMaxDepth) return std::nullopt;
  Literal literal;
  skip_spaces(text);
  if (text.starts_with('"')) {
    literal.kind = Literal::Kind::Text;
    std::optional<std::string> s = take_quoted(text);
    if (!s) return std::nullopt;
    literal.text = std::move(*s);
  } else if (take(text, "bits(")) {
    literal.kind = Literal::Kind::Bits;
    if (!take_items(text, literal, depth)) return std::nullopt;
  } else if (take(text, "array(")) {
    literal.kind = Literal::Kind::Array;
    if (!take_items(text, literal, depth)) return std::nullopt;
  } else if (take(text, "(")) {
    literal.kind = Literal::Kind::List;
    if (!take_items(text, literal, depth)) return std::nullopt;
  } else if (!take_word(text, literal)) {
    return std::nullopt;
  }
  std::string_view ahead = text;
  if (take(ahead, ": ")) {
    text = ahead;
    std::optional<TypeId> type = take_type(text);
    if (!type) return std::nullopt;
    literal.type = *type;
  }
  return literal;
}

template <class T>
std::optional<T> number(std::string_view text, int base = 10) {
  T out{};
  std::from_chars_result result;
  if constexpr (std::is_floating_point_v<T>) {
    result = std::from_chars(text.data(), text.data() + text.size(), out);
  } else {
    result = std::from_chars(text.data(), text.data() + text.size(), out, base);
  }
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return std::nullopt;
  return out;
}

// The IEEE bits of a float literal of this width.
std::optional<uint64_t> float_bits(std::string_view text, int width) {
  if (text == "nan") return width == 16 ? 0x7e00u : width == 32 ? 0x7fc00000u : 0x7ff8000000000000u;
  if (width == 32) {
    std::optional<float> v = number<float>(text);
    return v ? std::optional<uint64_t>(std::bit_cast<uint32_t>(*v)) : std::nullopt;
  }
  std::optional<double> v = number<double>(text);
  if (v && width == 16) return double_to_half(*v);
  return v ? std::optional(std::bit_cast<uint64_t>(*v)) : std::nullopt;
}

std::optional<Constant> integer_constant(std::string_view text, TypeId type) {
  int64_t value = 0;
  if (is_signed(type)) {
    std::optional<int64_t> v = number<int64_t>(text);
    if (!v) return std::nullopt;
    value = *v;
  } else {
    std::optional<uint64_t> v = number<uint64_t>(text);
    if (!v) return std::nullopt;
    value = static_cast<int64_t>(*v);
  }
  Constant c = int_constant(type, value);
  if (constant_as_int(c) != value) return std::nullopt;  // does not fit
  return c;
}

std::optional<Constant> bits_constant(const Literal& literal, TypeId type) {
  Constant c{type, {0, 0}, {}, {}};
  if (literal.items.size() < 2 || literal.items.size() > 3) return std::nullopt;
  for (size_t i = 0; i < 2; ++i) {
    const std::string& text = literal.items[i].text;
    std::optional<uint64_t> v =
        text.starts_with("0x") ? number<uint64_t>(std::string_view(text).substr(2), 16) : std::nullopt;
    if (!v) return std::nullopt;
    c.bits[i] = *v;
  }
  if (literal.items.size() == 3) c.text = literal.items[2].text;
  return c;
}

std::optional<Constant> list_constant(Function& f, const Literal& literal, TypeId type) {
  if (is_complex(type)) {
    int width = bits_of(type) / 2;
    if (literal.items.size() != 2) return std::nullopt;
    std::optional<uint64_t> real = float_bits(literal.items[0].text, width);
    std::optional<uint64_t> imaginary = float_bits(literal.items[1].text, width);
    if (!real || !imaginary) return std::nullopt;
    return Constant{type, {*real, *imaginary}, {}, {}};
  }
  if (kind_of(type) != Kind::Tuple) return std::nullopt;
  const std::vector<TypeId>& types = type_of(type).items;
  if (types.size() != literal.items.size()) return std::nullopt;
  Constant c{type, {0, 0}, {}, {}};
  for (size_t i = 0; i < types.size(); ++i) {
    std::optional<Constant> item = make_constant(f, literal.items[i], types[i]);
    if (!item) return std::nullopt;
    c.items.push_back(f.add_constant(std::move(*item)));
  }
  return c;
}

std::optional<std::vector<int64_t>> numbers(const Literal& literal) {
  std::vector<int64_t> out;
  for (const Literal& item : literal.items) {
    std::optional<int64_t> n = number<int64_t>(item.text);
    if (!n) return std::nullopt;
    out.push_back(*n);
  }
  return out;
}

std::optional<std::string> bytes_of_hex(std::string_view digits) {
  std::string out;
  for (size_t i = 0; i < digits.size(); i += 2) {
    std::optional<uint8_t> byte = number<uint8_t>(digits.substr(i, 2), 16);
    if (!byte || i + 1 == digits.size()) return std::nullopt;
    out += static_cast<char>(*byte);
  }
  return out;
}

std::optional<Constant> array_literal(const Literal& literal, TypeId type) {
  size_t parts = literal.items.size();
  if (parts < 3 || parts > 4) return std::nullopt;
  std::optional<std::vector<int64_t>> shape = numbers(literal.items[0]), strides = numbers(literal.items[1]);
  std::optional<uint32_t> word = number<uint32_t>(literal.items[2].text);
  std::optional<std::string> bytes = parts == 4 ? bytes_of_hex(literal.items[3].text) : std::string();
  if (!shape || !strides || !word || !bytes) return std::nullopt;
  ArrayData data{std::move(*shape), std::move(*strides), std::move(*bytes)};
  if (parts == 4) data.origin = *word;
  if (parts == 3) data.handle = *word;
  if (unsound(data, type_of(type))) return std::nullopt;
  return array_constant(type, std::make_shared<const ArrayData>(std::move(data)));
}

TypeId natural_type(const Literal& literal) {
  if (literal.kind == Literal::Kind::Text) return ty::Str;
  if (literal.kind != Literal::Kind::Word) return ty::Untyped;
  if (literal.text == "none") return ty::None;
  if (literal.text == "true" || literal.text == "false") return ty::Bool;
  return number<int64_t>(literal.text) ? ty::Int64 : ty::Float64;
}

// ---- writing

void append_float(std::string& out, uint64_t bits, int width) {
  double value = width == 16   ? half_to_double(static_cast<uint16_t>(bits))
                 : width == 32 ? static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(bits)))
                               : std::bit_cast<double>(bits);
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  char buffer[64];
  char* end = width == 32 ? std::to_chars(buffer, buffer + 64, static_cast<float>(value)).ptr
                          : std::to_chars(buffer, buffer + 64, value).ptr;
  std::string_view digits(buffer, static_cast<size_t>(end - buffer));
  out += digits;
  if (digits.find_first_of(".en") == std::string_view::npos) out += ".0";
}

std::string hex(uint64_t v) {
  char buffer[20];
  return {buffer, std::to_chars(buffer, buffer + 20, v, 16).ptr};
}

// The bits as such; for scalars that no number gives back (payloads of nan) and for aggregates.
void append_bits(std::string& out, const Constant& c) {
  out += "bits(0x" + hex(c.bits[0]) + ", 0x" + hex(c.bits[1]);
  if (!c.text.empty()) out += ", ", append_quoted(out, c.text);
  out += ')';
}

void append_numbers(std::string& out, const std::vector<int64_t>& numbers) {
  out += '(';
  for (size_t k = 0; k < numbers.size(); ++k) out += (k ? ", " : "") + std::to_string(numbers[k]);
  out += ')';
}

void append_array(std::string& out, const ArrayData& a) {
  out += "array(";
  append_numbers(out, a.shape);
  out += ", ";
  append_numbers(out, a.strides);
  out += ", " + std::to_string(a.is_frozen() ? a.origin : a.handle);
  if (a.is_frozen()) {
    constexpr char kDigits[] = "0123456789abcdef";
    out += ", \"";
    for (unsigned char byte : a.bytes) out += {kDigits[byte >> 4], kDigits[byte & 15]};
    out += '"';
  }
  out += ')';
}

void append_literal(std::string& out, const Constant& c) {
  switch (class_of(c.type)) {
    case KindClass::Bool: out += c.bits[0] ? "true" : "false"; return;
    case KindClass::Time:
    case KindClass::Int: out += std::to_string(static_cast<int64_t>(c.bits[0])); return;
    case KindClass::Uint: out += std::to_string(c.bits[0]); return;
    case KindClass::Float: append_float(out, c.bits[0], bits_of(c.type)); return;
    case KindClass::Complex:
      out += '(';
      append_float(out, c.bits[0], bits_of(c.type) / 2);
      out += ", ";
      append_float(out, c.bits[1], bits_of(c.type) / 2);
      out += ')';
      return;
    default: break;
  }
  if (c.type == ty::None) {
    out += "none";
  } else if (c.type == ty::Str) {
    append_quoted(out, c.text);
  } else if (c.array) {
    append_array(out, *c.array);
  } else {
    append_bits(out, c);
  }
}

// A literal of this constant, read again, is the same constant.
bool reads_back(std::string_view literal, const Constant& c) {
  Function scratch;
  std::optional<Literal> read = take_literal(literal, 0);
  std::optional<Constant> again = read ? make_constant(scratch, *read, c.type) : std::nullopt;
  return again && *again == c;
}

void append_tuple(std::string& out, const Function& f, uint32_t constant) {
  const Constant& c = f.constants[constant];
  const std::vector<TypeId>& types = type_of(c.type).items;
  out += '(';
  for (size_t i = 0; i < c.items.size(); ++i) {
    if (i) out += ", ";
    if (c.items[i] < constant) {  // a tuple's items come before it; anything else is a broken table
      append_constant(out, f, c.items[i], i < types.size() ? types[i] : ty::Untyped);
    } else {
      out += '?';
    }
  }
  out += ')';
}

}  // namespace

std::optional<Literal> take_literal(std::string_view& text) {
  return take_literal(text, 0);
}

std::optional<Constant> make_constant(Function& f, const Literal& literal, TypeId type) {
  if (literal.type.valid()) type = literal.type;
  if (!type.valid() || type == ty::Untyped) type = natural_type(literal);
  if (literal.kind == Literal::Kind::Array) return array_literal(literal, type);
  if (literal.kind == Literal::Kind::Bits) return bits_constant(literal, type);
  if (literal.kind == Literal::Kind::List) return list_constant(f, literal, type);
  if (literal.kind == Literal::Kind::Text)
    return type == ty::Str ? std::optional(str_constant(literal.text)) : std::nullopt;
  if (type == ty::None) return literal.text == "none" ? std::optional(none_constant()) : std::nullopt;
  if (type == ty::Bool) {
    if (literal.text != "true" && literal.text != "false") return std::nullopt;
    return bool_constant(literal.text == "true");
  }
  if (is_integer(type) || is_time(type)) return integer_constant(literal.text, type);
  if (!is_float(type)) return std::nullopt;
  std::optional<uint64_t> bits = float_bits(literal.text, bits_of(type));
  return bits ? std::optional(Constant{type, {*bits, 0}, {}, {}}) : std::nullopt;
}

void append_constant(std::string& out, const Function& f, uint32_t constant, TypeId expected) {
  if (constant >= f.constants.size() || !f.constants[constant].type.valid()) {
    out += '?';
    return;
  }
  const Constant& c = f.constants[constant];
  if (kind_of(c.type) == Kind::Tuple) {
    append_tuple(out, f, constant);
  } else {
    std::string literal;
    append_literal(literal, c);
    if (reads_back(literal, c)) {
      out += literal;
    } else {
      append_bits(out, c);
    }
  }
  if (c.type != expected) out += " : " + type_text(c.type);
}

}  // namespace lancehead
