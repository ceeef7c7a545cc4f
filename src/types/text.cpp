// Writes and reads the canonical text of types.
#include "types/text.h"

#include <cctype>
#include <charconv>
#include <iterator>

#include "types/time_units.h"

namespace lancehead {
namespace {

constexpr std::string_view kLayouts[] = {"C", "F", "A"};
constexpr std::string_view kKnownClasses[] = {"none", "module",   "callable", "type", "exception",
                                              "jit",  "function", "ufunc",    "other"};
constexpr const char* kSpellings[] = {
#define KIND(id, spelling, bits, cls, managed) spelling,
#include "types/kinds.def"
#undef KIND
};

// The word of a kind, and its parts in order: e elem, n ndim, l layout, f flags (as needed), k known class, s
// name, h handle, H handle if not 0 (last), i all items (last), u unit of time, c size, a aligned (0 or 1), F
// fields and items: name, offset, type of each (last).
struct KindText {
  std::string_view word;
  std::string_view parts;
};

KindText kind_text(Kind kind) {
  switch (kind) {
    case Kind::Str: return {"str", ""};
    case Kind::Array: return {"array", "enlf"};
    case Kind::List: return {"list", "e"};
    case Kind::Tuple: return {"tuple", "i"};
    case Kind::Optional: return {"optional", "e"};
    case Kind::Slice: return {"slice", "i"};
    case Kind::ArrayIter: return {"array_iter", "e"};
    case Kind::ListIter: return {"list_iter", "e"};
    case Kind::TupleIter: return {"tuple_iter", "e"};
    case Kind::Enumerate: return {"enumerate", "i"};
    case Kind::Zip: return {"zip", "i"};
    case Kind::Known: return {"known", "ksH"};
    case Kind::DType: return {"dtype", "e"};
    case Kind::Closure: return {"closure", "hi"};
    case Kind::BoundMethod: return {"bound_method", "si"};
    case Kind::Omitted: return {"omitted", "s"};
    case Kind::DateTime:
    case Kind::TimeDelta: return {kSpellings[static_cast<size_t>(kind)], "uc"};
    case Kind::Record: return {"record", "csaF"};
    case Kind::SubArray: return {"sub_array", "ec"};
    default: return {kSpellings[static_cast<size_t>(kind)], ""};
  }
}

std::optional<Kind> kind_of_word(std::string_view word) {
  for (size_t k = 0; k < std::size(kSpellings); ++k)
    if (kind_text(static_cast<Kind>(k)).word == word) return static_cast<Kind>(k);
  return std::nullopt;
}

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}

  void write(TypeId id) {
    if (!id.valid()) {
      out_ += '?';
      return;
    }
    const Type& t = type_of(id);
    KindText text = kind_text(t.kind);
    out_ += text.word;
    if (id == simple_type(t.kind) && text.parts.empty()) return;
    out_ += '<';
    first_ = true;
    Type rest = t;
    for (char part : text.parts) write_part(part, t, rest);
    write_rest(rest);
    out_ += '>';
    first_ = false;
  }

 private:
  void separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }

  // Writes a part and resets it in `rest`.
  void write_part(char part, const Type& t, Type& rest) {
    switch (part) {
      case 'e': separate(), write(t.elem), rest.elem = {}; break;
      case 'n': separate(), out_ += std::to_string(t.ndim), rest.ndim = 0; break;
      case 'l': separate(), out_ += kLayouts[static_cast<size_t>(t.layout)], rest.layout = Layout::C; break;
      case 'k':
        separate(), out_ += kKnownClasses[static_cast<size_t>(t.known)], rest.known = KnownClass::None;
        break;
      case 's': separate(), append_name(out_, t.name), rest.name.clear(); break;
      case 'H':
        if (t.handle == 0) break;
        [[fallthrough]];
      case 'h': separate(), out_ += std::to_string(t.handle), rest.handle = 0; break;
      case 'f':
        if (t.readonly) separate(), out_ += "readonly", rest.readonly = false;
        if (!t.aligned) separate(), out_ += "unaligned", rest.aligned = true;
        break;
      case 'i':
        for (TypeId item : t.items) separate(), write(item);
        rest.items.clear();
        break;
      case 'u': separate(), out_ += time_unit_name(t.unit), rest.unit = TimeUnit::Year; break;
      case 'c': separate(), out_ += std::to_string(t.size), rest.size = 0; break;
      case 'a': separate(), out_ += t.aligned ? '1' : '0', rest.aligned = true; break;
      case 'F':
        for (size_t k = 0; k < t.fields.size(); ++k) {
          separate(), append_name(out_, t.fields[k].name);
          separate(), out_ += std::to_string(t.fields[k].offset);
          separate(), write(t.items[k]);
        }
        rest.fields.clear(), rest.items.clear();
        break;
    }
  }

  void write_rest(const Type& rest) {
    if (rest.elem.valid()) out_ += "|elem:", write(rest.elem);
    for (TypeId item : rest.items) out_ += "|item:", write(item);
    if (rest.ndim) out_ += "|ndim:" + std::to_string(rest.ndim);
    if (rest.layout != Layout::C) out_ += "|layout:", out_ += kLayouts[static_cast<size_t>(rest.layout)];
    if (rest.readonly) out_ += "|readonly:1";
    if (!rest.aligned) out_ += "|unaligned:1";
    if (rest.known != KnownClass::None)
      out_ += "|known:", out_ += kKnownClasses[static_cast<size_t>(rest.known)];
    if (rest.handle) out_ += "|handle:" + std::to_string(rest.handle);
    if (!rest.name.empty()) out_ += "|name:", append_name(out_, rest.name);
  }

  std::string& out_;
  bool first_ = true;
};

class Reader {
 public:
  explicit Reader(std::string_view& text) : text_(text) {}

  std::optional<TypeId> read() {
    if (++depth_ > kMaxDepth) return std::nullopt;
    std::optional<TypeId> id = read_nested();
    --depth_;
    return id;
  }

 private:
  static constexpr int kMaxDepth = 64;  // the parser recurses

  std::optional<TypeId> read_nested() {
    if (take("?")) return TypeId{};
    std::optional<Kind> kind = kind_of_word(take_word());
    if (!kind) return std::nullopt;
    KindText text = kind_text(*kind);
    if (!text_.starts_with('<')) return text.parts.empty() ? std::optional(simple_type(*kind)) : std::nullopt;
    take("<");
    Type t;
    t.kind = *kind;
    first_ = true;
    for (char part : text.parts)
      if (!read_part(part, t)) return std::nullopt;
    while (take("|"))
      if (!read_rest(t)) return std::nullopt;
    if (!take(">")) return std::nullopt;
    first_ = false;
    return intern(t);
  }

  bool take(std::string_view token) {
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  std::string_view take_word() {
    size_t n = 0;
    while (n < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[n])) || text_[n] == '_')) ++n;
    std::string_view word = text_.substr(0, n);
    text_.remove_prefix(n);
    return word;
  }

  // Another part follows: takes its comma.
  bool more() { return first_ ? !text_.starts_with('>') && !text_.starts_with('|') : text_.starts_with(','); }
  bool separated() {
    if (first_) return first_ = false, true;
    return take(",");
  }

  bool read_part(char part, Type& t) {
    switch (part) {
      case 'e': return separated() && read_type(t.elem);
      case 'n': return separated() && read_number(t.ndim);
      case 'l': return separated() && read_row(kLayouts, t.layout);
      case 'k': return separated() && read_row(kKnownClasses, t.known);
      case 's': return separated() && read_name(t.name);
      case 'h': return separated() && read_number(t.handle);
      case 'H': return !more() || (separated() && read_number(t.handle));
      case 'f': return read_flags(t);
      case 'u': return separated() && read_unit(t.unit);
      case 'c': return separated() && read_number(t.size);
      case 'a': return separated() && (take("1") || (t.aligned = false, take("0")));
      case 'F': return read_fields(t);
      default: return read_items(t);
    }
  }

  bool read_flags(Type& t) {
    while (more()) {
      if (!separated()) return false;
      std::string_view word = take_word();
      if (word == "readonly") {
        t.readonly = true;
      } else if (word == "unaligned") {
        t.aligned = false;
      } else {
        return false;
      }
    }
    return true;
  }

  bool read_fields(Type& t) {
    while (more()) {
      Field field;
      TypeId item;
      if (!separated() || !read_name(field.name) || !separated() || !read_number(field.offset) ||
          !separated() || !read_type(item))
        return false;
      t.fields.push_back(std::move(field));
      t.items.push_back(item);
    }
    return true;
  }

  bool read_unit(TimeUnit& out) {
    std::optional<TimeUnit> unit = time_unit_of(take_word());
    if (unit) out = *unit;
    return unit.has_value();
  }

  bool read_items(Type& t) {
    while (more()) {
      TypeId item;
      if (!separated() || !read_type(item)) return false;
      t.items.push_back(item);
    }
    return true;
  }

  bool read_rest(Type& t) {
    std::string_view key = take_word();
    if (!take(":")) return false;
    if (key == "elem") return read_type(t.elem);
    if (key == "item") return t.items.emplace_back(), read_type(t.items.back());
    if (key == "ndim") return read_number(t.ndim);
    if (key == "layout") return read_row(kLayouts, t.layout);
    if (key == "readonly") return t.readonly = true, take("1");
    if (key == "unaligned") return t.aligned = false, take("1");
    if (key == "known") return read_row(kKnownClasses, t.known);
    if (key == "handle") return read_number(t.handle);
    return key == "name" && read_name(t.name);
  }

  bool read_type(TypeId& out) {
    std::optional<TypeId> id = read();
    if (id) out = *id;
    return id.has_value();
  }

  bool read_name(std::string& out) {
    std::optional<std::string> name = take_name(text_);
    if (name) out = std::move(*name);
    return name.has_value();
  }

  template <class T>
  bool read_number(T& out) {
    auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), out);
    if (error != std::errc()) return false;
    text_.remove_prefix(static_cast<size_t>(end - text_.data()));
    return true;
  }

  template <class T, size_t n>
  bool read_row(const std::string_view (&rows)[n], T& out) {
    std::string_view word = take_word();
    for (size_t i = 0; i < n; ++i) {
      if (rows[i] != word) continue;
      out = static_cast<T>(i);
      return true;
    }
    return false;
  }

  std::string_view& text_;
  bool first_ = true;
  int depth_ = 0;
};

}  // namespace

std::string type_text(TypeId id) {
  std::string out;
  Writer(out).write(id);
  return out;
}

std::optional<TypeId> take_type(std::string_view& text) {
  return Reader(text).read();
}

std::optional<TypeId> parse_type(std::string_view text) {
  std::optional<TypeId> id = take_type(text);
  return text.empty() ? id : std::nullopt;
}

}  // namespace lancehead
