// Reads the byte form. Every number is checked where it is read; what does not fit throws Malformed, which
// from_bytes catches. No count is believed that the remaining bytes could not fill, so that memory stays in
// proportion to the input.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "ir/bytes.h"
#include "ir/bytes_format.h"
#include "ir/math_fn.h"
#include "ir/runtime_call.h"

namespace lancehead {
namespace {

using namespace byte_form;

constexpr size_t kKindCount = 0
#define KIND(...) +1
#include "types/kinds.def"
#undef KIND
    ;

struct Malformed {
  const char* what;
};

class Input {
 public:
  explicit Input(std::span<const uint8_t> bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool done() const { return at_ == end_; }
  uint8_t byte() {
    if (at_ == end_) throw Malformed{"it ends too early"};
    return *at_++;
  }
  uint64_t number() {
    uint64_t out = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      uint64_t b = byte();
      out |= (b & 0x7f) << shift;
      if (b < 0x80) return out;
    }
    throw Malformed{"a number is too long"};
  }
  int64_t signed_number() {
    uint64_t n = number();
    return static_cast<int64_t>(n >> 1) ^ -static_cast<int64_t>(n & 1);
  }
  uint64_t fixed() {
    uint64_t out = 0;
    for (int i = 0; i < 64; i += 8) out |= static_cast<uint64_t>(byte()) << i;
    return out;
  }
  uint32_t number32() {
    uint64_t n = number();
    if (n > 0xffffffffu) throw Malformed{"a number is too large"};
    return static_cast<uint32_t>(n);
  }
  uint32_t below(size_t limit, const char* what) {
    uint64_t n = number();
    if (n >= limit) throw Malformed{what};
    return static_cast<uint32_t>(n);
  }
  // How many things follow, each of a byte at least.
  size_t count() {
    uint64_t n = number();
    if (n > static_cast<uint64_t>(end_ - at_)) throw Malformed{"a count is too large"};
    return static_cast<size_t>(n);
  }
  std::string text() {
    size_t n = count();
    std::string out(reinterpret_cast<const char*>(at_), n);
    at_ += n;
    return out;
  }

 private:
  const uint8_t* at_;
  const uint8_t* end_;
};

class UnitTables {
 public:
  explicit UnitTables(Input& in) : in_(in) {
    size_t strings = in.count();
    for (size_t i = 0; i < strings; ++i) strings_.push_back(in.text());
    size_t types = in.count();
    for (size_t i = 0; i < types; ++i) types_.push_back(read_type());
  }

  const std::string& string() { return strings_[in_.below(strings_.size(), "there is no such string")]; }
  TypeId type_or_none() {
    uint32_t n = in_.below(types_.size() + 1, "there is no such type");
    return n ? types_[n - 1] : TypeId();
  }
  TypeId type() {
    TypeId t = type_or_none();
    if (!t.valid()) throw Malformed{"a type is missing"};
    return t;
  }

 private:
  TypeId read_type() {
    Type t;
    uint8_t kind = in_.byte();
    if (kind >= kKindCount) throw Malformed{"there is no such kind of type"};
    t.kind = static_cast<Kind>(kind);
    uint8_t flags = in_.byte();
    if ((flags & kLayoutBits) > static_cast<uint8_t>(Layout::A)) throw Malformed{"there is no such layout"};
    t.layout = static_cast<Layout>(flags & kLayoutBits);
    t.readonly = flags & kReadonly;
    t.aligned = flags & kAligned;
    if (flags >> kKnownShift > static_cast<uint8_t>(KnownClass::Other))
      throw Malformed{"there is no such class"};
    t.known = static_cast<KnownClass>(flags >> kKnownShift);
    t.ndim = in_.byte();
    if (t.ndim > kMaxDims) throw Malformed{"an array has too many dimensions"};
    t.handle = in_.number32();
    t.elem = type_or_none();
    t.name = string();
    size_t items = in_.count();
    for (size_t i = 0; i < items; ++i) t.items.push_back(type());
    uint8_t unit = in_.byte();
    if (unit > static_cast<uint8_t>(TimeUnit::Generic)) throw Malformed{"there is no such unit of time"};
    t.unit = static_cast<TimeUnit>(unit);
    t.size = static_cast<int64_t>(in_.number());
    size_t fields = in_.count();
    for (size_t i = 0; i < fields; ++i) {
      t.fields.push_back({string(), 0});
      t.fields.back().offset = static_cast<int64_t>(in_.number());
    }
    if (!has_parts(t)) throw Malformed{"a type lacks a part"};
    return checked_size(t);
  }

  // All that looks into types recurses, and visits a part as often as it occurs.
  TypeId checked_size(const Type& t) {
    auto size_of = [&](TypeId part) { return sizes_.find(part)->second; };
    Size size{1, 1};
    auto add = [&](TypeId part) {
      size.depth = std::max(size.depth, size_of(part).depth + 1);
      size.parts += size_of(part).parts;
    };
    if (t.elem.valid()) add(t.elem);
    for (TypeId item : t.items) add(item);
    if (size.depth > kMaxDepth || size.parts > kMaxParts) throw Malformed{"a type is too large"};
    TypeId id = intern(t);
    sizes_[id] = size;
    return id;
  }

  // What all that asks for a type's parts relies on.
  static bool has_parts(const Type& t) {
    switch (t.kind) {
      case Kind::Array: return t.elem.valid() && is_element(t.elem);
      case Kind::Record: return t.fields.size() == t.items.size() && t.size >= 0;
      case Kind::SubArray: return t.elem.valid() && t.size >= 0;
      case Kind::Optional:
      case Kind::DType:
      case Kind::ArrayIter:
      case Kind::TupleIter: return t.elem.valid();
      case Kind::Slice: return t.items.size() == 3 || t.items.empty();
      case Kind::Enumerate:
      case Kind::BoundMethod: return t.items.size() == 1 || t.items.empty();
      default: return true;
    }
  }

  struct Size {
    size_t depth, parts;
  };
  static constexpr uint8_t kMaxDims = 64;  // NumPy's limit
  static constexpr size_t kMaxDepth = 64;
  static constexpr size_t kMaxParts = 100000;

  Input& in_;
  std::vector<std::string> strings_;
  std::vector<TypeId> types_;
  std::unordered_map<TypeId, Size, IdHash> sizes_;
};

class FunctionReader {
 public:
  FunctionReader(Input& in, UnitTables& tables) : in_(in), tables_(tables) {}

  Function read() {
    header();
    tables();
    size_t values = in_.count();
    size_t blocks = in_.count();
    f_.values.resize(values);
    f_.blocks.resize(blocks);
    for (size_t b = 0; b < blocks; ++b) f_.order.push_back(BlockId(b));
    for (BlockId b : f_.order) block(b);
    if (next_ != values) throw Malformed{"a value is not defined"};
    return std::move(f_);
  }

 private:
  void header() {
    f_.name = tables_.string();
    f_.symbol = tables_.string();
    switch (in_.byte()) {
      case static_cast<uint8_t>(Stage::Generic): f_.stage = Stage::Generic; break;
      case static_cast<uint8_t>(Stage::Typed): f_.stage = Stage::Typed; break;
      case static_cast<uint8_t>(Stage::Resolved): f_.stage = Stage::Resolved; break;
      case static_cast<uint8_t>(Stage::Final): f_.stage = Stage::Final; break;
      default: throw Malformed{"there is no such stage"};
    }
    uint8_t flags = in_.byte();
    f_.fastmath = flags & kFastmath;
    f_.check_bounds = flags & kCheckBounds;
    f_.numpy_division = flags & kNumpyDivision;
    f_.parallel = flags & kParallel;
    f_.exported = flags & kExported;
    f_.handle = in_.number32();
    f_.result = tables_.type_or_none();
  }

  // ---- tables
  void tables() {
    list([&] { constant(); });
    list([&] { f_.names.push_back(tables_.string()); });
    list([&] { f_.known.push_back(tables_.type()); });
    list([&] { call_shape(); });
    list([&] { f_.codes.push_back(in_.number32()); });
    list([&] {
      const std::string& name = tables_.string();
      f_.error_classes.push_back({name, in_.number32()});
    });
    list([&] { callee(); });
    list([&] { location(); });
    list([&] { inlined_call(); });
    for (const Location& l : f_.locs)
      if (l.inlined != Location::kOwn && l.inlined >= f_.inlined.size())
        throw Malformed{"there is no such inlined call"};
  }

  template <class F>
  void list(F read) {
    size_t n = in_.count();
    for (size_t i = 0; i < n; ++i) read();
  }

  void constant() {
    Constant c;
    c.type = tables_.type();
    c.bits[0] = in_.number();
    c.bits[1] = in_.number();
    c.text = tables_.string();
    list([&] { c.items.push_back(in_.below(f_.constants.size(), "a constant comes before its items")); });
    std::vector<TypeId> types;
    for (uint32_t item : c.items) types.push_back(f_.constants[item].type);
    if (kind_of(c.type) == Kind::Tuple ? types != type_of(c.type).items : !types.empty())
      throw Malformed{"a constant tuple's items are not those of its type"};
    bool is_array = in_.byte() & 1;
    if (is_array != (kind_of(c.type) == Kind::Array))
      throw Malformed{"a constant array lacks its data, or another has some"};
    if (is_array) c.array = array(type_of(c.type));
    f_.constants.push_back(std::move(c));
  }

  std::shared_ptr<const ArrayData> array(const Type& type) {
    auto a = std::make_shared<ArrayData>();
    list([&] { a->shape.push_back(in_.signed_number()); });
    list([&] { a->strides.push_back(in_.signed_number()); });
    a->bytes = tables_.string();
    a->origin = in_.signed_number();
    a->handle = in_.number32();
    if (const char* wrong = unsound(*a, type)) throw Malformed{wrong};
    return a;
  }

  void call_shape() {
    CallShape s;
    s.positional = in_.number32();
    s.star = in_.byte() & 1;
    list([&] { s.keywords.push_back(tables_.string()); });
    f_.call_shapes.push_back(std::move(s));
  }

  void callee() {
    Callee c;
    c.symbol = tables_.string();
    c.name = tables_.string();
    list([&] { c.params.push_back(tables_.type()); });
    c.result = tables_.type_or_none();
    c.effects = in_.byte();
    f_.callees.push_back(std::move(c));
  }

  void location() {
    Location l;
    if (uint32_t inlined = in_.number32()) l.inlined = inlined - 1;
    SourceRange& r = l.range;
    auto number = [&] { return static_cast<int32_t>(in_.signed_number()); };
    r.line = number();
    if (f_.stage != Stage::Final) {
      r.end_line = number();
      r.column = number();
      r.end_column = number();
    }
    f_.locs.push_back(l);
  }

  void inlined_call() {
    InlinedCall c;
    c.symbol = tables_.string();
    c.name = tables_.string();
    if (uint32_t call = in_.below(f_.locs.size() + 1, "there is no such location")) c.call = LocId(call - 1);
    uint32_t caller = f_.inlined_in(c.call);
    if (caller != Location::kOwn && caller >= f_.inlined.size())
      throw Malformed{"an inlined call comes before its caller"};
    f_.inlined.push_back(std::move(c));
  }

  // ---- blocks
  ValueId definition(InstId def, BlockId block) {
    if (next_ >= f_.values.size()) throw Malformed{"a value is out of range"};
    ValueId id(next_++);
    Value& v = f_.value(id);
    v.type = tables_.type();
    v.def = def;
    v.block = block;
    uint8_t flags = in_.byte();
    v.facts.nonneg = flags & kNonneg;
    v.facts.weak = flags & kWeak;
    v.facts.not_none = flags & kNotNone;
    if (flags & kHasConstant) v.facts.constant = in_.below(f_.constants.size(), "there is no such constant");
    return id;
  }

  void values(std::vector<ValueId>& out) {
    size_t n = in_.count();
    out.reserve(n);
    for (size_t i = 0; i < n; ++i) {
      uint64_t v = next_ - static_cast<uint64_t>(in_.signed_number());
      if (v >= f_.values.size()) throw Malformed{"a value is out of range"};
      out.push_back(ValueId(static_cast<uint32_t>(v)));
    }
  }

  // A block's parameters and instructions.
  void block(BlockId id) {
    size_t params = in_.count();
    for (size_t i = 0; i < params; ++i) f_.block(id).params.push_back(definition(InstId(), id));
    size_t insts = in_.count();
    f_.block(id).insts.reserve(insts);
    for (size_t i = 0; i < insts; ++i) inst(id);
  }

  void inst(BlockId block) {
    InstId id(f_.insts.size());
    f_.insts.emplace_back();
    f_.block(block).insts.push_back(id);
    Inst i;
    i.block = block;
    uint8_t op = in_.byte();
    if (op >= static_cast<uint8_t>(Op::kCount)) throw Malformed{"there is no such op"};
    i.op = static_cast<Op>(op);
    uint8_t flags = in_.byte();
    i.unwinds = flags & kUnwinds;
    if (flags & kHasLoc) i.loc = LocId(in_.below(f_.locs.size(), "there is no such location"));
    values(i.operands);
    size_t edges = in_.count();
    for (size_t e = 0; e < edges; ++e) {
      Edge& edge = i.edges.emplace_back();
      edge.target = BlockId(in_.below(f_.order.size(), "there is no such block"));
      values(edge.args);
    }
    if (i.unwinds && i.edges.empty()) throw Malformed{"an instruction lacks its unwind edge"};
    size_t results = in_.count();
    for (size_t r = 0; r < results; ++r) i.results.push_back(definition(id, BlockId()));
    i.attr = attribute(i.op);
    f_.inst(id) = std::move(i);
  }

  uint32_t attribute(Op op) {
    auto row = [&](size_t rows) { return in_.below(rows, "an attribute is out of range"); };
    switch (op_info(op).attr) {
      case Attr::None: return 0;
      case Attr::Constant: return row(f_.constants.size());
      case Attr::Name: return row(op == Op::Known ? f_.known.size() : f_.names.size());
      case Attr::CallShape: return row(f_.call_shapes.size());
      case Attr::Code: return row(f_.codes.size());
      case Attr::ErrorClass: return row(f_.error_classes.size());
      case Attr::Callee: return row(f_.callees.size());
      case Attr::Binary: return row(static_cast<size_t>(BinaryOp::Xor) + 1);
      case Attr::Unary: return row(static_cast<size_t>(UnaryOp::Invert) + 1);
      case Attr::Compare: return row(static_cast<size_t>(CompareOp::Ge) + 1);
      case Attr::Math: return row(static_cast<size_t>(MathFn::kCount));
      case Attr::Error: return row(static_cast<size_t>(ErrorRow::kCount));
      case Attr::RtCall: return row(static_cast<size_t>(RtFn::kCount));
      case Attr::Likelihood: return row(static_cast<size_t>(Likelihood::Unlikely) + 1);
      case Attr::Index: return in_.number32();
      case Attr::Nest: return nest();
      case Attr::ParLoop: return parloop();
    }
    throw Malformed{"there is no such attribute"};
  }

  std::vector<Reduction> reductions() {
    std::vector<Reduction> out;
    list([&] {
      uint8_t r = in_.byte();
      if (r > static_cast<uint8_t>(Reduction::All)) throw Malformed{"there is no such reduction"};
      out.push_back(static_cast<Reduction>(r));
    });
    return out;
  }

  uint32_t nest() {
    if (in_nest_) throw Malformed{"a nest stands in the body of another"};
    in_nest_ = true;
    NestInfo n;
    n.dims = in_.number32();
    uint8_t flags = in_.byte();
    n.indices = flags & kIndices;
    n.parallel = flags & kNestParallel;
    list([&] { n.accesses.push_back(access()); });
    n.reductions = reductions();
    n.body = BlockId(f_.blocks.size());
    f_.blocks.emplace_back();
    block(n.body);
    values(n.yields);
    f_.nests.push_back(std::move(n));
    in_nest_ = false;
    return static_cast<uint32_t>(f_.nests.size() - 1);
  }

  NestAccess access() {
    NestAccess a;
    a.operand = in_.number32();
    a.write = in_.byte() & 1;
    list([&] {
      int64_t axis = in_.signed_number();
      if (axis < -1 || axis > 127) throw Malformed{"an axis is out of range"};
      a.axes.push_back(static_cast<int8_t>(axis));
    });
    return a;
  }

  uint32_t parloop() {
    ParLoopInfo p;
    auto callee = [&] { return in_.below(f_.callees.size(), "there is no such callee"); };
    p.body = callee();
    if (in_.byte()) p.combine = callee();
    p.captures = in_.number32();
    f_.parloops.push_back(std::move(p));
    return static_cast<uint32_t>(f_.parloops.size() - 1);
  }

  Input& in_;
  UnitTables& tables_;
  Function f_;
  uint32_t next_ = 0;
  bool in_nest_ = false;
};

constexpr uint64_t hash_text(const char* text) {
  uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
  for (; *text; ++text) hash = (hash ^ static_cast<unsigned char>(*text)) * 0x100000001b3u;
  return hash;
}

#define LH_ROW(...) #__VA_ARGS__ ";"
#define OP LH_ROW
constexpr char kOps[] =
#include "ir/ops.def"
    "";
#undef OP
#define KIND LH_ROW
constexpr char kKinds[] =
#include "types/kinds.def"
    "";
#undef KIND
#define MATH LH_ROW
constexpr char kMath[] =
#include "ir/math.def"
    "";
#undef MATH
#define ERR LH_ROW
constexpr char kErrors[] =
#include "types/errors.def"
    "";
#undef ERR
#define RT LH_ROW
constexpr char kCalls[] =
#include "runtime/calls.def"
    "";
#undef RT
#undef LH_ROW

}  // namespace

uint64_t ir_fingerprint() {
  static const uint64_t fingerprint = [] {
    Hasher hasher;
    for (const char* table : {kOps, kKinds, kMath, kErrors, kCalls}) hasher.add(hash_text(table));
    return hasher.finish().lo;
  }();
  return fingerprint;
}

Expected<Unit> from_bytes(std::span<const uint8_t> bytes) {
  try {
    Input in(bytes);
    if (in.fixed() != kMagic) throw Malformed{"it is no unit"};
    if (in.fixed() != ir_fingerprint()) throw Malformed{"it is of another version"};
    UnitTables tables(in);
    Unit unit;
    size_t functions = in.count();
    for (size_t i = 0; i < functions; ++i) unit.functions.push_back(FunctionReader(in, tables).read());
    if (!in.done()) throw Malformed{"bytes follow its end"};
    return unit;
  } catch (const Malformed& malformed) {
    return make_diagnostic(DiagId::Internal, {std::string("malformed bytes of a unit: ") + malformed.what});
  }
}

}  // namespace lancehead
