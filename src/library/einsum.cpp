// The subscripts of np.einsum, read when it is compiled: ops.einsum_rank(subscripts, a, ...) is how many
// labels the result has; ops.einsum_extents(subscripts, a, ...) are the extents of all labels, those of the
// result first; ops.einsum_strides(subscripts, k, a, ...) are the strides along them with which operand k is
// seen.
#include <algorithm>
#include <map>

#include "library/elementwise.h"
#include "library/records.h"
#include "library/rows.h"

namespace lancehead {
namespace {

using Values = std::vector<ValueId>;

// Labels are letters; the axes that '...' stands for are negative numbers, -1 the last one.
using Labels = std::vector<int>;

struct Plan {
  std::vector<Labels> operands;  // by axis
  Labels all;                    // those of the result first
  size_t rank = 0;
};

constexpr int kEllipsis = 0;

// A part between commas as letters and kEllipsis; false where it is none.
bool read_part(std::string_view text, Labels& out) {
  for (size_t k = 0; k < text.size(); ++k) {
    char c = text[k];
    if (c == ' ') continue;
    if (text.substr(k, 3) == "..." && std::find(out.begin(), out.end(), kEllipsis) == out.end()) {
      out.push_back(kEllipsis);
      k += 2;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      out.push_back(c);
    } else {
      return false;
    }
  }
  return true;
}

// With `axes` numbers in the place of the ellipsis.
Labels spread(const Labels& part, int axes) {
  Labels out;
  for (int label : part) {
    if (label != kEllipsis) {
      out.push_back(label);
      continue;
    }
    for (int k = axes; k > 0; --k) out.push_back(-k);
  }
  return out;
}

bool has(const Labels& labels, int label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

// Implicitly: the axes of the ellipsis, then the letters that occur once, sorted.
Labels implicit_result(const std::vector<Labels>& operands, int most) {
  std::map<int, int> counts;
  for (const Labels& labels : operands)
    for (int label : labels) ++counts[label];
  Labels out = spread({kEllipsis}, most);
  for (auto [label, count] : counts)
    if (label > 0 && count == 1) out.push_back(label);
  return out;
}

// An error's text, empty if all is right.
std::string plan_of(std::string_view text, const std::vector<int>& ranks, Plan& plan) {
  size_t arrow = text.find("->");
  std::string_view inputs = text.substr(0, arrow);
  std::vector<Labels> parts(1);
  size_t start = 0;
  for (size_t comma; (comma = inputs.find(',', start)) != std::string_view::npos; start = comma + 1) {
    if (!read_part(inputs.substr(start, comma - start), parts.back()))
      return "its subscripts are letters, '...', ',' and '->'";
    parts.emplace_back();
  }
  if (!read_part(inputs.substr(start), parts.back()))
    return "its subscripts are letters, '...', ',' and '->'";
  if (parts.size() != ranks.size()) return "its subscripts have not as many parts as there are operands";
  int most = 0;
  for (size_t k = 0; k < parts.size(); ++k) {
    bool open = has(parts[k], kEllipsis);
    int rest = ranks[k] - static_cast<int>(parts[k].size()) + (open ? 1 : 0);
    if (rest < 0 || (rest > 0 && !open)) return "an operand has not as many axes as subscripts";
    plan.operands.push_back(spread(parts[k], rest));
    most = std::max(most, rest);
  }
  if (arrow == std::string_view::npos) {
    plan.all = implicit_result(plan.operands, most);
  } else {
    Labels result;
    if (!read_part(text.substr(arrow + 2), result))
      return "the subscripts of its result are letters and '...'";
    if (most > 0 && !has(result, kEllipsis)) return "the subscripts of its result need '...'";
    plan.all = spread(result, most);
  }
  plan.rank = plan.all.size();
  for (size_t k = 0; k < plan.rank; ++k) {
    if (std::count(plan.all.begin(), plan.all.end(), plan.all[k]) > 1)
      return "a subscript of its result is there twice";
    if (std::none_of(plan.operands.begin(), plan.operands.end(),
                     [&](const Labels& l) { return has(l, plan.all[k]); }))
      return "a subscript of its result is none of an operand";
  }
  for (const Labels& labels : plan.operands)
    for (int label : labels)
      if (!has(plan.all, label)) plan.all.push_back(label);
  return "";
}

// The plan of a query whose arguments are the subscripts and, from `first` on, arrays.
Expected<bool> planned(const Query& q, size_t first, Plan& plan) {
  if (q.args.size() <= first || !q.args[0].constant || q.args[0].type != ty::Str) return false;
  std::vector<int> ranks;
  for (size_t k = first; k < q.args.size(); ++k) {
    if (!is_array(q.args[k].type)) return false;
    ranks.push_back(type_of(q.args[k].type).ndim);
  }
  std::string wrong = plan_of(q.args[0].constant->text, ranks, plan);
  if (!wrong.empty()) return make_diagnostic(DiagId::Refused, {"np.einsum: " + wrong});
  return true;
}

TypeId integers(size_t count) {
  return tuple_type(std::vector<TypeId>(count, ty::Int64));
}

Lookup einsum_rank(const Query& q) {
  Plan plan;
  Expected<bool> made = planned(q, 1, plan);
  if (!made) return Lookup(std::move(made.error()));
  return *made ? found_constant(int_constant(ty::Int64, static_cast<int64_t>(plan.rank))) : no_match();
}

// That of the axes with the label, which have to be equal; invalid if there are none.
ValueId extent_of(Emitter& e, ValueId array, const Labels& labels, int label) {
  ValueId extent;
  for (size_t axis = 0; axis < labels.size(); ++axis) {
    if (labels[axis] != label) continue;
    ValueId own = e.dim(array, static_cast<int>(axis));
    if (extent.valid()) e.check(e.compare(Op::Eq, extent, own), ErrorRow::Broadcast, {extent, own});
    extent = own;
  }
  return extent;
}

Lookup einsum_extents(const Query& q) {
  Plan plan;
  Expected<bool> made = planned(q, 1, plan);
  if (!made) return Lookup(std::move(made.error()));
  if (!*made) return no_match();
  TypeId type = integers(plan.all.size());
  return found(type, [=](Emitter& e, const Values& v) {
    Values extents;
    for (int label : plan.all) {
      ValueId extent;
      for (size_t k = 0; k < plan.operands.size(); ++k)
        if (ValueId own = extent_of(e, v[k + 1], plan.operands[k], label); own.valid())
          extent = extent.valid() ? broadcast_axis(e, extent, own) : own;
      extents.push_back(extent);
    }
    return e.make(type, std::move(extents));
  });
}

// A label on two axes walks along both; axes of one element stand still.
Lookup einsum_strides(const Query& q) {
  Plan plan;
  Expected<bool> made = planned(q, 2, plan);
  if (!made) return Lookup(std::move(made.error()));
  if (!*made || !q.args[1].constant || !is_integer(q.args[1].constant->type)) return no_match();
  size_t k = static_cast<size_t>(constant_as_int(*q.args[1].constant));
  if (k >= plan.operands.size()) return no_match();
  TypeId type = integers(plan.all.size());
  return found(type, [=, labels = plan.operands[k]](Emitter& e, const Values& v) {
    Values strides;
    ValueId zero = e.int64(0), one = e.int64(1), array = v[k + 2];
    for (int label : plan.all) {
      ValueId stride;
      for (size_t axis = 0; axis < labels.size(); ++axis) {
        if (labels[axis] != label) continue;
        int place = static_cast<int>(axis);
        ValueId own = e.select(e.compare(Op::Eq, e.dim(array, place), one), zero, e.stride(array, place));
        stride = stride.valid() ? e.binary(Op::Add, stride, own) : own;
      }
      strides.push_back(stride.valid() ? stride : zero);
    }
    return e.make(type, std::move(strides));
  });
}

constexpr Row kRows[] = {
    {"einsum_rank", einsum_rank}, {"einsum_extents", einsum_extents}, {"einsum_strides", einsum_strides}};

}  // namespace

std::span<const Row> einsum_intrinsics() {
  return kRows;
}

}  // namespace lancehead
