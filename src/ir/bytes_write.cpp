// Writes the byte form. The blocks are encoded first, which shows what of the tables they use; then all is
// put together.
#include <string_view>
#include <unordered_map>

#include "base/check.h"
#include "ir/bytes.h"
#include "ir/bytes_format.h"
#include "ir/numbering.h"

namespace lancehead {
namespace {

using namespace byte_form;

class Bytes {
 public:
  void byte(uint8_t b) { data_.push_back(b); }
  void number(uint64_t n) {
    for (; n >= 0x80; n >>= 7) data_.push_back(static_cast<uint8_t>(n) | 0x80);
    data_.push_back(static_cast<uint8_t>(n));
  }
  void signed_number(int64_t n) { number(static_cast<uint64_t>(n) << 1 ^ static_cast<uint64_t>(n >> 63)); }
  void fixed(uint64_t n) {
    for (int i = 0; i < 64; i += 8) data_.push_back(static_cast<uint8_t>(n >> i));
  }
  void text(const std::string& s) {
    number(s.size());
    data_.insert(data_.end(), s.begin(), s.end());
  }
  void append(const Bytes& other) { data_.insert(data_.end(), other.data_.begin(), other.data_.end()); }
  void reserve(size_t n) { data_.reserve(n); }
  std::vector<uint8_t> take() { return std::move(data_); }

 private:
  std::vector<uint8_t> data_;
};

// Indices that are in use, numbered from 0 in the order of their first use.
class Used {
 public:
  uint32_t number(uint32_t index) {
    if (index >= number_.size()) number_.resize(index + 1, kNone);
    if (number_[index] == kNone) {
      number_[index] = static_cast<uint32_t>(all_.size());
      all_.push_back(index);
    }
    return number_[index];
  }
  bool has(uint32_t index) const { return index < number_.size() && number_[index] != kNone; }
  const std::vector<uint32_t>& all() const { return all_; }

 private:
  static constexpr uint32_t kNone = 0xffffffffu;
  std::vector<uint32_t> number_, all_;
};

// Strings and types, shared by the unit's functions.
class UnitTables {
 public:
  void string(Bytes& out, const std::string& s) {
    auto [it, is_new] = string_numbers_.try_emplace(s, static_cast<uint32_t>(strings_.size()));
    if (is_new) strings_.push_back(&s);
    out.number(it->second);
  }

  void type(Bytes& out, TypeId id) { out.number(id.valid() ? number(id) + 1 : 0); }

  void write(Bytes& out) {
    Bytes types = std::move(types_);
    out.number(strings_.size());
    for (const std::string* s : strings_) out.text(*s);
    out.number(type_count_);
    out.append(types);
  }

 private:
  // Parts are numbered, and so written, first.
  uint32_t number(TypeId id) {
    if (id.index >= numbers_.size()) numbers_.resize(id.index + 1, 0);
    if (numbers_[id.index]) return numbers_[id.index] - 1;
    const Type& t = type_of(id);
    if (t.elem.valid()) number(t.elem);
    for (TypeId item : t.items) number(item);
    types_.byte(static_cast<uint8_t>(t.kind));
    types_.byte(static_cast<uint8_t>(static_cast<unsigned>(t.layout) | (t.readonly ? kReadonly : 0) |
                                     (t.aligned ? kAligned : 0) |
                                     static_cast<unsigned>(t.known) << kKnownShift));
    types_.byte(t.ndim);
    types_.number(t.handle);
    type(types_, t.elem);
    string(types_, t.name);
    types_.number(t.items.size());
    for (TypeId item : t.items) type(types_, item);
    types_.byte(static_cast<uint8_t>(t.unit));
    types_.number(static_cast<uint64_t>(t.size));
    types_.number(t.fields.size());
    for (const Field& f : t.fields) string(types_, f.name), types_.number(static_cast<uint64_t>(f.offset));
    numbers_[id.index] = ++type_count_;
    return type_count_ - 1;
  }

  std::vector<const std::string*> strings_;  // of the unit and of the interner: they outlive the writer
  std::unordered_map<std::string_view, uint32_t> string_numbers_;
  std::vector<uint32_t> numbers_;  // by TypeId: number + 1, or 0
  Bytes types_;
  uint32_t type_count_ = 0;
};

class FunctionWriter {
 public:
  FunctionWriter(const Function& f, UnitTables& tables) : f_(f), tables_(tables), numbers_(f) {}

  void write(Bytes& out) {
    code_.reserve(f_.insts.size() * 8);
    for (BlockId b : f_.order) {
      params(f_.block(b).params);
      code_.number(f_.block(b).insts.size());
      for (InstId i : f_.block(b).insts) inst(f_.inst(i));
    }
    header(out);
    tables(out);
    out.number(numbers_.values);
    out.number(f_.order.size());
    out.append(code_);
  }

 private:
  void type(Bytes& out, TypeId id) { tables_.type(out, id); }
  void string(Bytes& out, const std::string& s) { tables_.string(out, s); }

  void header(Bytes& out) {
    string(out, f_.name);
    string(out, f_.symbol);
    out.byte(static_cast<uint8_t>(f_.stage));
    out.byte(static_cast<uint8_t>((f_.fastmath ? kFastmath : 0) | (f_.check_bounds ? kCheckBounds : 0) |
                                  (f_.numpy_division ? kNumpyDivision : 0) | (f_.parallel ? kParallel : 0) |
                                  (f_.exported ? kExported : 0)));
    out.number(f_.handle);
    type(out, f_.result);
  }

  // ---- tables
  void tables(Bytes& out) {
    list(out, constants_, [&](uint32_t i) { constant(out, f_.constants[i]); });
    list(out, names_, [&](uint32_t i) { string(out, f_.names[i]); });
    list(out, known_, [&](uint32_t i) { type(out, f_.known[i]); });
    list(out, shapes_, [&](uint32_t i) { call_shape(out, f_.call_shapes[i]); });
    list(out, codes_, [&](uint32_t i) { out.number(f_.codes[i]); });
    list(out, classes_, [&](uint32_t i) {
      string(out, f_.error_classes[i].name);
      out.number(f_.error_classes[i].handle);
    });
    list(out, callees_, [&](uint32_t i) { callee(out, f_.callees[i]); });
    list(out, locs_, [&](uint32_t i) { location(out, f_.locs[i]); });
    list(out, inlined_, [&](uint32_t i) { inlined_call(out, f_.inlined[i]); });
  }

  template <class F>
  void list(Bytes& out, const Used& used, F write) {
    out.number(used.all().size());
    for (uint32_t i : used.all()) write(i);
  }

  void constant(Bytes& out, const Constant& c) {
    type(out, c.type);
    out.number(c.bits[0]);
    out.number(c.bits[1]);
    string(out, c.text);
    out.number(c.items.size());
    for (uint32_t item : c.items) out.number(constants_.number(item));
    out.byte(c.array != nullptr);
    if (c.array) array(out, *c.array);
  }

  void array(Bytes& out, const ArrayData& a) {
    for (const std::vector<int64_t>& numbers : {a.shape, a.strides}) {
      out.number(numbers.size());
      for (int64_t n : numbers) out.signed_number(n);
    }
    string(out, a.bytes);
    out.signed_number(a.origin);
    out.number(a.handle);
  }

  void call_shape(Bytes& out, const CallShape& s) {
    out.number(s.positional);
    out.byte(s.star);
    out.number(s.keywords.size());
    for (const std::string& k : s.keywords) string(out, k);
  }

  void callee(Bytes& out, const Callee& c) {
    string(out, c.symbol);
    string(out, c.name);
    out.number(c.params.size());
    for (TypeId t : c.params) type(out, t);
    type(out, c.result);
    out.byte(c.effects);
  }

  void location(Bytes& out, const Location& l) {
    const SourceRange& r = l.range;
    out.number(l.inlined == Location::kOwn ? 0 : inlined_.number(l.inlined) + 1);
    out.signed_number(r.line);
    if (f_.stage == Stage::Final) return;
    out.signed_number(r.end_line);
    out.signed_number(r.column);
    out.signed_number(r.end_column);
  }

  void inlined_call(Bytes& out, const InlinedCall& call) {
    string(out, call.symbol);
    string(out, call.name);
    out.number(call.call.valid() ? locs_.number(call.call.index) + 1 : 0);
  }

  // ---- blocks

  // Calls are numbered before what is inlined in their place.
  uint32_t use_location(LocId loc) {
    uint32_t in = f_.inlined_in(loc);
    if (in != Location::kOwn && !inlined_.has(in)) {
      if (LocId call = f_.inlined[in].call; call.valid()) use_location(call);
      inlined_.number(in);
    }
    return locs_.number(loc.index);
  }

  // A tuple's items are numbered before it.
  uint32_t use_constant(uint32_t index) {
    for (uint32_t item : f_.constants[index].items) {
      LH_CHECK(item < index, "a constant comes before its items");
      use_constant(item);
    }
    return constants_.number(index);
  }

  void definition(ValueId v) {
    const Value& d = f_.value(v);
    LH_CHECK(numbers_.of(v) == next_, "a value is defined twice");
    ++next_;
    type(code_, d.type);
    bool known = d.facts.constant != Id<void>::kNone;
    code_.byte(static_cast<uint8_t>((d.facts.nonneg ? kNonneg : 0) | (d.facts.weak ? kWeak : 0) |
                                    (d.facts.not_none ? kNotNone : 0) | (known ? kHasConstant : 0)));
    if (known) code_.number(use_constant(d.facts.constant));
  }

  void params(const std::vector<ValueId>& list) {
    code_.number(list.size());
    for (ValueId v : list) definition(v);
  }

  void values(const std::vector<ValueId>& list) {
    code_.number(list.size());
    for (ValueId v : list) {
      uint32_t n = numbers_.of(v);
      LH_CHECK(n != Numbering::kNone, "a value is used that no live block defines");
      code_.signed_number(static_cast<int64_t>(next_) - n);
    }
  }

  void inst(const Inst& i) {
    code_.byte(static_cast<uint8_t>(i.op));
    code_.byte(static_cast<uint8_t>((i.unwinds ? kUnwinds : 0) | (i.loc.valid() ? kHasLoc : 0)));
    if (i.loc.valid()) code_.number(use_location(i.loc));
    values(i.operands);
    code_.number(i.edges.size());
    for (const Edge& e : i.edges) {
      LH_CHECK(numbers_.of(e.target) != Numbering::kNone, "an edge leads to a block that is not live");
      code_.number(numbers_.of(e.target));
      values(e.args);
    }
    params(i.results);
    attribute(i);
  }

  void attribute(const Inst& i) {
    switch (op_info(i.op).attr) {
      case Attr::None: return;
      case Attr::Constant: return code_.number(use_constant(i.attr));
      case Attr::Name: return code_.number((i.op == Op::Known ? known_ : names_).number(i.attr));
      case Attr::CallShape: return code_.number(shapes_.number(i.attr));
      case Attr::Code: return code_.number(codes_.number(i.attr));
      case Attr::ErrorClass: return code_.number(classes_.number(i.attr));
      case Attr::Callee: return code_.number(callees_.number(i.attr));
      case Attr::Nest: return nest(f_.nests[i.attr]);
      case Attr::ParLoop: return parloop(f_.parloops[i.attr]);
      case Attr::Binary:
      case Attr::Unary:
      case Attr::Compare:
      case Attr::Index:
      case Attr::Math:
      case Attr::Error:
      case Attr::RtCall:
      case Attr::Likelihood: return code_.number(i.attr);
    }
  }

  void reductions(const std::vector<Reduction>& list) {
    code_.number(list.size());
    for (Reduction r : list) code_.byte(static_cast<uint8_t>(r));
  }

  void nest(const NestInfo& n) {
    code_.number(n.dims);
    code_.byte(static_cast<uint8_t>((n.indices ? kIndices : 0) | (n.parallel ? kNestParallel : 0)));
    code_.number(n.accesses.size());
    for (const NestAccess& a : n.accesses) {
      code_.number(a.operand);
      code_.byte(a.write);
      code_.number(a.axes.size());
      for (int8_t axis : a.axes) code_.signed_number(axis);
    }
    reductions(n.reductions);
    params(f_.block(n.body).params);
    code_.number(f_.block(n.body).insts.size());
    for (InstId id : f_.block(n.body).insts) {
      LH_CHECK(f_.inst(id).op != Op::Nest, "a nest stands in the body of another");
      inst(f_.inst(id));
    }
    values(n.yields);
  }

  void parloop(const ParLoopInfo& p) {
    code_.number(callees_.number(p.body));
    bool combines = p.combine != ParLoopInfo::kNoCombine;
    code_.byte(combines);
    if (combines) code_.number(callees_.number(p.combine));
    code_.number(p.captures);
  }

  const Function& f_;
  UnitTables& tables_;
  Numbering numbers_;
  Bytes code_;
  Used constants_, names_, known_, shapes_, codes_, classes_, callees_, locs_, inlined_;
  uint32_t next_ = 0;  // the number of the next value to be defined
};

}  // namespace

std::vector<uint8_t> to_bytes(const Unit& unit) {
  UnitTables tables;
  Bytes functions;
  for (const Function& f : unit.functions) FunctionWriter(f, tables).write(functions);
  Bytes out;
  out.fixed(kMagic);
  out.fixed(ir_fingerprint());
  tables.write(out);
  out.number(unit.functions.size());
  out.append(functions);
  return out.take();
}

}  // namespace lancehead
