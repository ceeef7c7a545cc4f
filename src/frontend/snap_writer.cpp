// Writer of .snap text (snap_text.h).
#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "frontend/sexpr.h"
#include "frontend/snap_text.h"
#include "types/text.h"

namespace lancehead {

namespace {

const char* class_text(PyObjectClass c) {
  static constexpr const char* kTexts[] = {
#define X(name, text) text,
      LANCEHEAD_PY_OBJECT_CLASSES(X)
#undef X
  };
  return kTexts[static_cast<size_t>(c)];
}

class Writer {
 public:
  std::string take() { return std::move(out_); }

  void snapshot(const Snapshot& s) {
    put("(snapshot (module {}) (qualname {}) (handle {})\n  (globals", quote_string(s.module),
        quote_string(s.qualname), s.handle);
    bindings(s.globals);
    put(")\n  (closure");
    bindings(s.closure);
    put(")\n  (defaults");
    values(s.defaults);
    put(")\n  (kwdefaults");
    bindings(s.kwdefaults);
    put(")\n  ");
    if (s.semantics) put("(options{})\n  ", semantics_words(*s.semantics));
    if (s.code) code(*s.code);
    put(")\n");
  }

  void value(const PyValue& v) {
    switch (v.kind) {
      case PyKind::None: return put("none");
      case PyKind::Bool: return put("{}", v.i ? "true" : "false");
      case PyKind::Int: return put("{}", v.i);
      case PyKind::UInt: return put("{}", v.u);
      case PyKind::BigInt: return put("{}", v.text);
      case PyKind::Float: return put("(float {})", hex(v.re));
      case PyKind::Complex: return put("(complex {} {})", hex(v.re), hex(v.im));
      case PyKind::Str: return put("{}", quote_string(v.text));
      case PyKind::Bytes: return put("(bytes {})", quote_string(v.text));
      case PyKind::Ellipsis: return put("ellipsis");
      case PyKind::Tuple: return sequence("tuple", v.items);
      case PyKind::Slice: return sequence("slice", v.items);
      case PyKind::FrozenSet: return sequence("frozenset", v.items);
      case PyKind::Code: return code(*v.code);
      case PyKind::Object: return object(*v.object);
    }
  }

 private:
  template <class... Args>
  void put(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  static std::string hex(double value) {
    if (std::isnan(value)) return "nan";
    if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
    return fmt::format("{:a}", value);
  }

  static std::string hex_bytes(const std::string& bytes) {
    std::string out;
    for (unsigned char c : bytes) out += fmt::format("{:02x}", c);
    return out;
  }

  void values(const std::vector<PyValue>& items) {
    for (const PyValue& item : items) {
      put(" ");
      value(item);
    }
  }

  void bindings(const std::vector<Snapshot::Binding>& items) {
    for (const auto& [name, bound] : items) {
      put("\n    ({} ", quote_string(name));
      value(bound);
      put(")");
    }
  }

  void sequence(const char* head, const std::vector<PyValue>& items) {
    put("({}", head);
    values(items);
    put(")");
  }

  void strings(const char* head, const std::vector<std::string>& items) {
    put(" ({}", head);
    for (const std::string& item : items) put(" {}", quote_string(item));
    put(")");
  }

  void code(const CodeData& c) {
    put("(code (python {}) (name {}) (qualname {}) (file {}) (line {})\n    (args {} {} {}) (flags {}) "
        "(stack {})\n   ",
        c.python, quote_string(c.name), quote_string(c.qualname), quote_string(c.file_name), c.first_line,
        c.arg_count, c.posonly_count, c.kwonly_count, c.flags, c.stack_size);
    strings("names", c.names);
    strings("varnames", c.var_names);
    strings("cellvars", c.cell_vars);
    strings("freevars", c.free_vars);
    put("\n    (consts");
    values(c.consts);
    put(")\n    (bytes \"{}\")\n    (lines \"{}\")\n    (exceptions \"{}\"))", hex_bytes(c.code),
        hex_bytes(c.line_table), hex_bytes(c.exception_table));
  }

  void object(const PyObjectData& o) {
    put("(object {} {} {} {}", class_text(o.object_class), o.handle, quote_string(o.name),
        quote_string(o.type_name));
    if (o.type.valid()) put(" (type {})", quote_string(type_text(o.type)));
    if (o.array) array(*o.array);
    if (o.object_class == PyObjectClass::NumpyScalar) {
      put(" (value ");
      value(o.value);
      put(")");
    }
    put(")");
  }

  void array(const ArrayData& a) {
    put(" (array (shape");
    for (int64_t n : a.shape) put(" {}", n);
    put(") (strides");
    for (int64_t n : a.strides) put(" {}", n);
    if (a.is_frozen())
      put(") (frozen {} \"{}\"))", a.origin, hex_bytes(a.bytes));
    else
      put(") (live {}))", a.handle);
  }

  std::string out_;
};

}  // namespace

std::string write_snapshots(const std::vector<Snapshot>& snapshots) {
  Writer writer;
  std::string out = "(snapshots\n";
  for (const Snapshot& snapshot : snapshots) writer.snapshot(snapshot);
  return out + writer.take() + ")\n";
}

std::string write_value(const PyValue& value) {
  Writer writer;
  writer.value(value);
  return writer.take();
}

}  // namespace lancehead
