// Surgery on nests and their bodies. A body's parameters stand for the reads, in their order, then for the
// indices; all that follows keeps that so.
#include "opt/nest/fuse_body.h"

#include <algorithm>

#include "ir/builder.h"
#include "opt/edit.h"
#include "opt/facts.h"
#include "opt/nest/body.h"

namespace lancehead {
namespace {

size_t reads_before(const NestInfo& nest, size_t access) {
  size_t n = 0;
  for (size_t k = 0; k < access; ++k) n += !nest.accesses[k].write;
  return n;
}

void replace_in_body(Function& f, NestInfo& nest, ValueId from, ValueId to) {
  for (InstId id : f.block(nest.body).insts)
    std::replace(f.inst(id).operands.begin(), f.inst(id).operands.end(), from, to);
  std::replace(nest.yields.begin(), nest.yields.end(), from, to);
}

template <class T>
void remove_at(std::vector<T>& list, size_t index) {
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
}

class Splice {
 public:
  Splice(Function& f, InstId consumer, size_t access, InstId producer, InstId filled)
      : f_(f),
        b_(f),
        consumer_(consumer),
        into_(f.nests[f.inst(consumer).attr]),
        from_(f.nests[f.inst(producer).attr]),
        inner_(b_, from_.body),
        extents_(f.inst(filled).operands),
        access_(access) {
    size_t write = 0;
    while (!from_.accesses[write].write) ++write;
    const std::vector<int8_t>& filled_axes = from_.accesses[write].axes;
    dims_.assign(from_.dims, -1);
    axes_.assign(from_.dims, 0);
    for (size_t axis = 0; axis < filled_axes.size(); ++axis) {
      size_t dim = static_cast<size_t>(filled_axes[axis]);
      dims_[dim] = into_.accesses[access].axes[axis];
      axes_[dim] = axis;
    }
    producer_operands_ = f.inst(producer).operands;
  }

  void run() {
    size_t param = reads_before(into_, access_), before = f_.block(into_.body).insts.size();
    add_reads(param);
    if (from_.indices) add_indices();
    b_.set_block(into_.body);
    inner_.clone();
    std::vector<InstId>& insts = f_.block(into_.body).insts;  // what is new comes first: the rest uses it
    std::rotate(insts.begin(), insts.begin() + static_cast<std::ptrdiff_t>(before), insts.end());
    size_t replaced = param + added_;
    replace_in_body(f_, into_, f_.block(into_.body).params[replaced], inner_(from_.yields[0]));
    remove_at(f_.block(into_.body).params, replaced);
    remove_at(into_.accesses, access_ + added_);
  }

 private:
  // The producer's reads, as the consumer's, before the access that they replace.
  void add_reads(size_t param) {
    const std::vector<ValueId> params = f_.block(from_.body).params;
    for (const NestAccess& read : from_.accesses) {
      if (read.write) continue;
      NestAccess access;
      std::vector<ValueId>& operands = f_.inst(consumer_).operands;
      access.operand = static_cast<uint32_t>(operands.size());
      operands.push_back(producer_operands_[read.operand]);
      for (int8_t dim : read.axes) access.axes.push_back(dim < 0 ? dim : dims_[static_cast<size_t>(dim)]);
      into_.accesses.insert(into_.accesses.begin() + static_cast<std::ptrdiff_t>(access_ + added_), access);
      inner_.set(params[added_], insert_param(param + added_, f_.type(params[added_])));
      ++added_;
    }
  }

  ValueId insert_param(size_t index, TypeId type) {
    ValueId v = f_.add_param(into_.body, type);
    std::vector<ValueId>& params = f_.block(into_.body).params;
    std::rotate(params.begin() + static_cast<std::ptrdiff_t>(index), params.end() - 1, params.end());
    return v;
  }

  // Where the array is broadcast, the producer's index is 0.
  void add_indices() {
    if (!into_.indices) {
      for (uint32_t d = 0; d < into_.dims; ++d)
        f_.value(f_.add_param(into_.body, ty::Int64)).facts.nonneg = true;
      into_.indices = true;
    }
    const std::vector<ValueId> params = f_.block(into_.body).params;
    const std::vector<ValueId> theirs = f_.block(from_.body).params;
    for (uint32_t d = 0; d < from_.dims; ++d)
      inner_.set(theirs[added_ + d], index_along(params, dims_[d], extents_[axes_[d]]));
  }

  ValueId index_along(const std::vector<ValueId>& params, int8_t dim, ValueId extent) {
    if (dim < 0) return hoisted_constant(0);
    ValueId index = params[params.size() - into_.dims + static_cast<size_t>(dim)];
    if (f_.inst(consumer_).operands[static_cast<size_t>(dim)] == extent) return index;
    ValueId single = hoisted(Op::Eq, {extent, hoisted_constant(1)}, ty::Bool, 0);
    ValueId zero = hoisted_constant(0);
    b_.set_block(into_.body);
    return b_.value(Op::Select, {single, zero, index}, ty::Int64);
  }

  // A value computed before the consumer.
  ValueId hoisted(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr) {
    BlockId block = f_.inst(consumer_).block;
    return insert_value(f_, block, index_in_block(f_, consumer_), op, std::move(operands), type, attr);
  }

  ValueId hoisted_constant(int64_t n) {
    uint32_t index = f_.add_constant(int_constant(ty::Int64, n));
    ValueId v = hoisted(Op::Const, {}, ty::Int64, index);
    f_.value(v).facts.constant = index;
    f_.value(v).facts.nonneg = true;
    return v;
  }

  Function& f_;
  Builder b_;
  InstId consumer_;
  NestInfo& into_;
  const NestInfo from_;
  BodyClone inner_;               // the producer's body in the consumer's
  std::vector<ValueId> extents_;  // of the array
  std::vector<ValueId> producer_operands_;
  size_t access_;
  size_t added_ = 0;
  std::vector<int8_t> dims_;  // the producer's dimension -> the consumer's, or -1
  std::vector<size_t> axes_;  // ... -> the array's axis
};

bool is_part(const Function& f, ValueId v, Op op, ValueId array, uint32_t axis) {
  const Inst* inst = f.def(v);
  return inst && inst->op == op && inst->operands[0] == array && inst->attr == axis;
}

bool is_extent(const Function& f, ValueId v, ValueId array, uint32_t axis) {
  const Inst* made = f.def(array);
  if (made && made->op == Op::ArrayAlloc) return made->operands[axis] == v;
  return is_part(f, v, Op::ArrayDim, array, axis);
}

bool is_stride(const Function& f, ValueId v, ValueId array, uint32_t axis) {
  const Type& type = type_of(f.type(array));
  uint32_t contiguous = type.layout == Layout::C ? type.ndim - 1u : 0u;
  if (type.layout != Layout::A && axis == contiguous) return is_int(f, v, size_of(type.elem));
  return is_part(f, v, Op::ArrayStride, array, axis);
}

bool is_view_of_all(const Function& f, ValueId v) {
  const Inst* view = f.def(v);
  if (!view || view->op != Op::ArrayView) return false;
  ValueId base = view->operands[0];
  const Type &type = type_of(f.type(v)), &base_type = type_of(f.type(base));
  if (base_type.elem != type.elem || base_type.ndim != type.ndim) return false;
  if (!is_part(f, view->operands[1], Op::ArrayData, base, 0)) return false;
  for (uint32_t axis = 0; axis < type.ndim; ++axis)
    if (!is_extent(f, view->operands[2 + axis], base, axis) ||
        !is_stride(f, view->operands[2u + type.ndim + axis], base, axis))
      return false;
  return true;
}

}  // namespace

bool see_through_views(Function& f, InstId nest) {
  bool changed = false;
  for (ValueId& v : f.inst(nest).operands)
    while (is_view_of_all(f, v)) {
      v = f.def(v)->operands[0];
      changed = true;
    }
  return changed;
}

bool merge_equal_reads(Function& f, InstId nest) {
  NestInfo& n = f.nests[f.inst(nest).attr];
  const std::vector<ValueId>& operands = f.inst(nest).operands;
  bool changed = false;
  for (size_t k = 1; k < n.accesses.size(); ++k) {
    const NestAccess& later = n.accesses[k];
    auto equal = [&](const NestAccess& a) {
      return !a.write && operands[a.operand] == operands[later.operand] && a.axes == later.axes;
    };
    auto end = n.accesses.begin() + static_cast<std::ptrdiff_t>(k);
    auto first = later.write ? end : std::find_if(n.accesses.begin(), end, equal);
    if (first == end) continue;
    std::vector<ValueId>& params = f.block(n.body).params;
    size_t param = reads_before(n, k);
    ValueId kept = params[reads_before(n, static_cast<size_t>(first - n.accesses.begin()))];
    replace_in_body(f, n, params[param], kept);
    remove_at(params, param);
    remove_at(n.accesses, k--);
    changed = true;
  }
  return changed;
}

void compute_in_place(Function& f, InstId consumer, size_t access, InstId producer, InstId filled) {
  Splice(f, consumer, access, producer, filled).run();
}

void tidy_operands(Function& f, InstId nest) {
  NestInfo& n = f.nests[f.inst(nest).attr];
  std::vector<ValueId>& operands = f.inst(nest).operands;
  std::vector<ValueId> tidy(operands.begin(), operands.begin() + n.dims);
  for (NestAccess& a : n.accesses) {
    auto known = std::find(tidy.begin() + n.dims, tidy.end(), operands[a.operand]);
    uint32_t index = static_cast<uint32_t>(known - tidy.begin());
    if (known == tidy.end()) tidy.push_back(operands[a.operand]);
    a.operand = index;
  }
  operands = std::move(tidy);
}

}  // namespace lancehead
