// The table of names.
#include "library/dtype_names.h"

#include <charconv>

#include "types/time_units.h"

namespace lancehead {
namespace {

struct ScalarRow {
  TypeId type;
  char kind, letter;
  std::string_view names;  // further ones, between spaces
};
constexpr ScalarRow kScalars[] = {
    {ty::Bool, 'b', '?', " bool bool_ "},
    {ty::Int8, 'i', 'b', " int8 byte "},
    {ty::Int16, 'i', 'h', " int16 short "},
    {ty::Int32, 'i', 'i', " int32 intc "},
    {ty::Int64, 'i', 'l', " int64 int intp int_ long longlong p n q "},
    {ty::UInt8, 'u', 'B', " uint8 ubyte "},
    {ty::UInt16, 'u', 'H', " uint16 ushort "},
    {ty::UInt32, 'u', 'I', " uint32 uintc "},
    {ty::UInt64, 'u', 'L', " uint64 uint uintp ulong ulonglong P N Q "},
    {ty::Float16, 'f', 'e', " float16 half "},
    {ty::Float32, 'f', 'f', " float32 single "},
    {ty::Float64, 'f', 'd', " float64 float double "},
    {ty::Complex64, 'c', 'F', " complex64 csingle "},
    {ty::Complex128, 'c', 'D', " complex128 complex cdouble "},
};

const ScalarRow* row_of(TypeId elem) {
  for (const ScalarRow& row : kScalars)
    if (row.type == elem) return &row;
  return nullptr;
}

bool is_listed(std::string_view names, std::string_view name) {
  for (size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1))
    if (names[at - 1] == ' ' && names[at + name.size()] == ' ') return true;
  return false;
}

// "f8": kind and bytes.
bool is_sized(const ScalarRow& row, std::string_view text) {
  return text[0] == row.kind && text.substr(1) == std::to_string(size_of(row.type));
}

// "M8[25s]" or "datetime64[ns]", or without a unit.
TypeId time_named(std::string_view text) {
  for (Kind kind : {Kind::DateTime, Kind::TimeDelta}) {
    std::string_view rest = text, name = kind_spelling(kind), code = kind == Kind::DateTime ? "M8" : "m8";
    if (!rest.starts_with(name) && !rest.starts_with(code)) continue;
    rest.remove_prefix(rest.starts_with(name) ? name.size() : code.size());
    if (rest.empty()) return time_type(kind, TimeUnit::Generic);
    if (rest.size() < 3 || rest.front() != '[' || rest.back() != ']') return {};
    rest = rest.substr(1, rest.size() - 2);
    int64_t multiple = 1;
    std::from_chars_result read = std::from_chars(rest.data(), rest.data() + rest.size(), multiple);
    if (read.ec == std::errc()) rest.remove_prefix(static_cast<size_t>(read.ptr - rest.data()));
    std::optional<TimeUnit> unit = time_unit_of(rest);
    return unit && multiple > 0 ? time_type(kind, *unit, multiple) : TypeId();
  }
  return {};
}

std::string time_suffix(const Type& t) {
  if (t.unit == TimeUnit::Generic) return "";
  return "[" + (t.size == 1 ? "" : std::to_string(t.size)) + time_unit_name(t.unit) + "]";
}

}  // namespace

TypeId dtype_named(std::string_view text) {
  if (!text.empty() && (text[0] == '<' || text[0] == '=' || text[0] == '|')) text.remove_prefix(1);
  if (text.empty() || text.find(' ') != std::string_view::npos) return {};
  for (const ScalarRow& row : kScalars) {
    bool letter = text.size() == 1 && text[0] == row.letter;
    if (letter || is_sized(row, text) || is_listed(row.names, text)) return row.type;
  }
  return time_named(text);
}

char dtype_kind(TypeId elem) {
  const ScalarRow* row = row_of(elem);
  if (row) return row->kind;
  return is_record(elem) ? 'V' : kind_of(elem) == Kind::DateTime ? 'M' : 'm';
}

char dtype_char(TypeId elem) {
  const ScalarRow* row = row_of(elem);
  return row ? row->letter : dtype_kind(elem);
}

std::string dtype_name(TypeId elem) {
  const Type& t = type_of(elem);
  if (is_record(elem)) return (t.name.empty() ? "void" : "record") + std::to_string(8 * t.size);
  return kind_spelling(t.kind) + (is_time(elem) ? time_suffix(t) : "");
}

std::string dtype_str(TypeId elem) {
  bool single = size_of(elem) == 1 || is_record(elem);
  return (single ? "|" : "<") + std::string(1, dtype_kind(elem)) + std::to_string(size_of(elem)) +
         (is_time(elem) ? time_suffix(type_of(elem)) : "");
}

}  // namespace lancehead
