// Reader of .snap text (snap_text.h).
#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "frontend/sexpr.h"
#include "frontend/snap_text.h"
#include "types/text.h"

namespace lancehead {

namespace {

std::optional<PyObjectClass> class_of_text(std::string_view text) {
#define X(name, class_text) \
  if (text == class_text) return PyObjectClass::name;
  LANCEHEAD_PY_OBJECT_CLASSES(X)
#undef X
  return std::nullopt;
}

class Reader {
 public:
  const std::string& error() const { return error_; }

  std::vector<Snapshot> snapshots(const Sexpr& s) {
    std::vector<Snapshot> out;
    if (!s.headed("snapshots")) fail(s, "no snapshots");
    for (size_t i = 1; i < s.items.size(); ++i) out.push_back(snapshot(s.items[i]));
    return out;
  }

  Snapshot snapshot(const Sexpr& s) {
    Snapshot out;
    if (!s.headed("snapshot")) fail(s, "no snapshot");
    for (size_t i = 1; i < s.items.size(); ++i) snapshot_field(s.items[i], &out);
    if (!out.code) fail(s, "a snapshot without code");
    return out;
  }

  PyValue value(const Sexpr& s) {
    if (s.kind == Sexpr::Kind::String) return PyValue::str(s.text);
    if (s.kind == Sexpr::Kind::Atom) return atom(s);
    if (s.headed("float")) return PyValue::floating(real(s, 1));
    if (s.headed("complex")) return PyValue::complex(real(s, 1), real(s, 2));
    if (s.headed("bytes")) return PyValue::bytes(string(s, 1));
    if (s.headed("tuple")) return PyValue::sequence(PyKind::Tuple, values(s));
    if (s.headed("frozenset")) return PyValue::sequence(PyKind::FrozenSet, values(s));
    if (s.headed("slice") && s.items.size() == 4) return PyValue::sequence(PyKind::Slice, values(s));
    if (s.headed("code")) return PyValue::of_code(code(s));
    if (s.headed("object")) return object(s);
    fail(s, "unknown value");
    return {};
  }

 private:
  void fail(const Sexpr& s, const char* reason) {
    if (error_.empty()) error_ = fmt::format("line {}: {}", s.line, reason);
  }

  const Sexpr& item(const Sexpr& s, size_t index) {
    static const Sexpr kAbsent;
    if (s.is_list() && index < s.items.size()) return s.items[index];
    fail(s, "an item is missing");
    return kAbsent;
  }

  std::string string(const Sexpr& s, size_t index) {
    const Sexpr& text = item(s, index);
    if (text.kind != Sexpr::Kind::String) fail(text, "a string was expected");
    return text.text;
  }

  uint64_t number(const Sexpr& s, size_t index) {
    const Sexpr& text = item(s, index);
    uint64_t out = 0;
    const char* end = text.text.data() + text.text.size();
    auto result = std::from_chars(text.text.data(), end, out);
    if (text.kind != Sexpr::Kind::Atom || result.ec != std::errc() || result.ptr != end)
      fail(text, "no number");
    return out;
  }

  double real(const Sexpr& s, size_t index) {
    const Sexpr& text = item(s, index);
    char* end = nullptr;
    double out = std::strtod(text.text.c_str(), &end);
    if (text.kind != Sexpr::Kind::Atom || text.text.empty() || *end) fail(text, "no number");
    return out;
  }

  std::string hex_bytes(const Sexpr& s, size_t index = 1) {
    std::string digits = string(s, index), out;
    for (size_t i = 0; i + 1 < digits.size(); i += 2) {
      unsigned byte = 0;
      auto result = std::from_chars(digits.data() + i, digits.data() + i + 2, byte, 16);
      if (result.ptr != digits.data() + i + 2) fail(s, "no hexadecimal bytes");
      out += static_cast<char>(byte);
    }
    return out;
  }

  std::vector<std::string> strings(const Sexpr& s) {
    std::vector<std::string> out;
    for (size_t i = 1; i < s.items.size(); ++i) out.push_back(string(s, i));
    return out;
  }

  std::vector<PyValue> values(const Sexpr& s) {
    std::vector<PyValue> out;
    for (size_t i = 1; i < s.items.size(); ++i) out.push_back(value(s.items[i]));
    return out;
  }

  std::vector<Snapshot::Binding> bindings(const Sexpr& s) {
    std::vector<Snapshot::Binding> out;
    for (size_t i = 1; i < s.items.size(); ++i) {
      std::string name = string(s.items[i], 0);
      out.emplace_back(std::move(name), value(item(s.items[i], 1)));
    }
    return out;
  }

  PyValue atom(const Sexpr& s) {
    if (s.text == "none") return PyValue::none();
    if (s.text == "true") return PyValue::boolean(true);
    if (s.text == "false") return PyValue::boolean(false);
    if (s.text == "ellipsis") return PyValue::ellipsis();
    size_t digits = s.text.starts_with('-') ? 1 : 0;
    if (digits == s.text.size() || s.text.find_first_not_of("0123456789", digits) != std::string::npos) {
      fail(s, "unknown value");
      return {};
    }
    const char* begin = s.text.data();
    const char* end = begin + s.text.size();
    int64_t as_signed = 0;
    uint64_t as_unsigned = 0;
    if (std::from_chars(begin, end, as_signed).ec == std::errc()) return PyValue::integer(as_signed);
    if (digits == 0 && std::from_chars(begin, end, as_unsigned).ec == std::errc()) {
      return PyValue::unsigned_integer(as_unsigned);
    }
    return PyValue::big_integer(s.text);
  }

  PyValue object(const Sexpr& s) {
    PyObjectData out;
    auto object_class = class_of_text(item(s, 1).text);
    if (!object_class) fail(s, "unknown class of object");
    out.object_class = object_class.value_or(PyObjectClass::Other);
    out.handle = static_cast<uint32_t>(number(s, 2));
    out.name = string(s, 3);
    out.type_name = string(s, 4);
    for (size_t i = 5; i < s.items.size(); ++i) {
      const Sexpr& field = s.items[i];
      if (field.headed("type"))
        out.type = type(field);
      else if (field.headed("array"))
        out.array = array(field, out.type);
      else if (field.headed("value"))
        out.value = value(item(field, 1));
      else
        fail(field, "unknown field of an object");
    }
    return PyValue::of_object(std::move(out));
  }

  std::vector<int64_t> numbers(const Sexpr& s) {
    std::vector<int64_t> out;
    for (const PyValue& value : values(s)) {
      if (!value.is(PyKind::Int)) fail(s, "no number");
      out.push_back(value.i);
    }
    return out;
  }

  std::shared_ptr<const ArrayData> array(const Sexpr& s, TypeId type) {
    auto out = std::make_shared<ArrayData>();
    for (size_t i = 1; i < s.items.size(); ++i) {
      const Sexpr& field = s.items[i];
      if (field.headed("shape"))
        out->shape = numbers(field);
      else if (field.headed("strides"))
        out->strides = numbers(field);
      else if (field.headed("frozen"))
        out->origin = static_cast<int64_t>(number(field, 1)), out->bytes = hex_bytes(field, 2);
      else if (field.headed("live"))
        out->handle = static_cast<uint32_t>(number(field, 1));
      else
        fail(field, "unknown field of an array");
    }
    if (!type.valid() || unsound(*out, type_of(type))) fail(s, "an array that is none");
    return out;
  }

  TypeId type(const Sexpr& s) {
    std::optional<TypeId> type = parse_type(string(s, 1));
    if (!type) fail(s, "unknown type");
    return type.value_or(TypeId());
  }

  void snapshot_field(const Sexpr& s, Snapshot* out) {
    if (s.headed("module"))
      out->module = string(s, 1);
    else if (s.headed("qualname"))
      out->qualname = string(s, 1);
    else if (s.headed("handle"))
      out->handle = static_cast<uint32_t>(number(s, 1));
    else if (s.headed("globals"))
      out->globals = bindings(s);
    else if (s.headed("closure"))
      out->closure = bindings(s);
    else if (s.headed("defaults"))
      out->defaults = values(s);
    else if (s.headed("kwdefaults"))
      out->kwdefaults = bindings(s);
    else if (s.headed("options"))
      out->semantics = semantics(s);
    else if (s.headed("code"))
      out->code = code(s);
    else
      fail(s, "unknown field of a snapshot");
  }

  Semantics semantics(const Sexpr& s) {
    Semantics out;
    for (size_t i = 1; i < s.items.size(); ++i)
      if (!read_semantics_word(s.items[i].text, out)) fail(s, "unknown option");
    return out;
  }

  std::shared_ptr<const CodeData> code(const Sexpr& s) {
    auto out = std::make_shared<CodeData>();
    for (size_t i = 1; i < s.items.size(); ++i) code_field(s.items[i], out.get());
    return out;
  }

  void code_field(const Sexpr& s, CodeData* out) {
    if (s.headed("python"))
      out->python = static_cast<uint16_t>(number(s, 1));
    else if (s.headed("name"))
      out->name = string(s, 1);
    else if (s.headed("qualname"))
      out->qualname = string(s, 1);
    else if (s.headed("file"))
      out->file_name = string(s, 1);
    else if (s.headed("line"))
      out->first_line = static_cast<int32_t>(number(s, 1));
    else if (s.headed("args")) {
      out->arg_count = static_cast<uint32_t>(number(s, 1));
      out->posonly_count = static_cast<uint32_t>(number(s, 2));
      out->kwonly_count = static_cast<uint32_t>(number(s, 3));
    } else if (s.headed("flags"))
      out->flags = static_cast<uint32_t>(number(s, 1));
    else if (s.headed("stack"))
      out->stack_size = static_cast<uint32_t>(number(s, 1));
    else if (s.headed("names"))
      out->names = strings(s);
    else if (s.headed("varnames"))
      out->var_names = strings(s);
    else if (s.headed("cellvars"))
      out->cell_vars = strings(s);
    else if (s.headed("freevars"))
      out->free_vars = strings(s);
    else if (s.headed("consts"))
      out->consts = values(s);
    else if (s.headed("bytes"))
      out->code = hex_bytes(s);
    else if (s.headed("lines"))
      out->line_table = hex_bytes(s);
    else if (s.headed("exceptions"))
      out->exception_table = hex_bytes(s);
    else
      fail(s, "unknown field of a code");
  }

  std::string error_;
};

template <class T>
Expected<T> checked(Reader& reader, T result) {
  if (!reader.error().empty()) return make_diagnostic(DiagId::Internal, {reader.error()});
  return result;
}

}  // namespace

Expected<std::vector<Snapshot>> read_snapshots(std::string_view text) {
  Expected<Sexpr> tree = parse_sexpr(text);
  if (!tree) return tree.take_error();
  Reader reader;
  return checked(reader, reader.snapshots(*tree));
}

Expected<PyValue> read_value(std::string_view text) {
  Expected<Sexpr> tree = parse_sexpr(text);
  if (!tree) return tree.take_error();
  Reader reader;
  return checked(reader, reader.value(*tree));
}

}  // namespace lancehead
