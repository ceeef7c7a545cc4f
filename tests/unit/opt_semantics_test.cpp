// No pass changes what a function does: random programs (loops over ranges, stores and loads with checked
// indices, branches, breaks, handlers, array expressions) are run by the machine of ir_machine.h before and
// after the passes. What they return or raise and what is in memory must be the same, and no access may leave
// its array.
#include <gtest/gtest.h>

#include <random>

#include "ir/builder.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "ir_machine.h"
#include "opt/nest/expand.h"
#include "opt/nest/fuse.h"
#include "opt/passes.h"

namespace lancehead {
namespace {

using testing::Datum;
using testing::Machine;
using Values = std::vector<ValueId>;

const TypeId kVector = array_type(ty::Float64, 1, Layout::C);
const TypeId kMatrix = array_type(ty::Float64, 2, Layout::C);

// Writes programs in the shape that resolve gives them. Carried through everything: a float and an int.
class Writer {
 public:
  explicit Writer(uint32_t seed) : random_(seed), b_(f_) {}

  Function make() {
    f_.name = f_.symbol = "f";
    f_.stage = Stage::Resolved;
    BlockId entry = f_.add_block();
    vectors_ = {f_.add_param(entry, kVector), f_.add_param(entry, kVector)};
    matrix_ = f_.add_param(entry, kMatrix);
    ints_ = {f_.add_param(entry, ty::Int64), f_.add_param(entry, ty::Int64)};
    b_.set_block(entry);
    handler_ = coin(3) ? f_.add_block() : BlockId();
    sum_ = b_.float_value(ty::Float64, 0.5);
    count_ = b_.int64(0);
    statements(3);
    TypeId pair = tuple_type({ty::Float64, ty::Int64});
    f_.result = pair;
    b_.ret(b_.value(Op::TupleMake, {sum_, count_}, pair));
    if (handler_.valid()) {
      b_.set_block(handler_);
      b_.add(Op::Catch, {}, {ty::Error});
      b_.ret(b_.value(Op::TupleMake, {b_.float_value(ty::Float64, -1), b_.int64(-1)}, pair));
    }
    return std::move(f_);
  }

 private:
  uint32_t pick(size_t n) { return static_cast<uint32_t>(random_() % n); }
  bool coin(size_t n) { return pick(n) == 0; }
  ValueId binary(Op op, ValueId x, ValueId y) { return b_.value(op, {x, y}, f_.type(x)); }
  ValueId compare(Op op, ValueId x, ValueId y) { return b_.value(op, {x, y}, ty::Bool); }

  void raising(Op op, Values operands, uint32_t attr) {
    InstId id = b_.add(op, std::move(operands), {}, attr);
    if (!handler_.valid()) return;
    f_.inst(id).unwinds = true;
    f_.inst(id).edges.push_back({handler_, {}});
    BlockId next = f_.add_block();
    b_.br(next);
    b_.set_block(next);
  }

  // ---- expressions

  ValueId some_int() {
    switch (pick(6)) {
      case 0: return b_.int64(static_cast<int64_t>(pick(5)) - 1);
      case 1: return b_.value(Op::ArrayDim, {vectors_[pick(2)]}, ty::Int64, 0);
      case 2: return b_.value(Op::ArrayDim, {matrix_}, ty::Int64, pick(2));
      case 3: return count_;
      default: return ints_[pick(ints_.size())];
    }
  }

  // Most often the variable of a loop, or one beside it.
  ValueId some_index() {
    ValueId i = loops_.empty() || coin(6) ? some_int() : loops_[pick(loops_.size())];
    switch (pick(5)) {
      case 0: return binary(Op::Add, i, b_.int64(static_cast<int64_t>(pick(5)) - 2));
      case 1: return binary(Op::Sub, i, some_int());
      case 2: return binary(Op::Mul, i, b_.int64(static_cast<int64_t>(pick(4)) - 1));
      default: return i;
    }
  }

  ValueId checked_index(ValueId array, uint32_t axis) {
    ValueId n = b_.value(Op::ArrayDim, {array}, ty::Int64, axis);
    ValueId i = b_.value(Op::WrapIndex, {some_index(), n}, ty::Int64);
    raising(Op::CheckIndex, {i, n}, axis);
    return i;
  }

  Values access() {
    if (coin(2)) return {matrix_, checked_index(matrix_, 0), checked_index(matrix_, 1)};
    ValueId v = vectors_[pick(vectors_.size())];
    return {v, checked_index(v, 0)};
  }

  ValueId some_condition() {
    static const Op kOps[] = {Op::Lt, Op::Le, Op::Eq, Op::Ne, Op::Gt, Op::Ge};
    return compare(kOps[pick(6)], some_index(), some_int());
  }

  // ---- statements

  void statements(size_t depth) {
    for (size_t n = 1 + pick(3); n > 0; --n) statement(depth);
  }

  void statement(size_t depth) {
    switch (pick(depth > 0 ? 9 : 4)) {
      case 0: {
        Values place = access();
        sum_ = binary(Op::Add, sum_, b_.value(Op::ArrayLoad, place, ty::Float64));
        return;
      }
      case 1: {
        Values place = access();
        place.insert(place.begin() + 1, sum_);
        b_.add(Op::ArrayStore, place, {});
        return;
      }
      case 2: count_ = binary(coin(2) ? Op::Add : Op::Max, count_, some_index()); return;
      case 3: return array_expression();
      case 4: return branch(depth - 1);
      default: return loop(depth - 1);
    }
  }

  void branch(size_t depth) {
    ValueId condition = some_condition();
    BlockId then_block = f_.add_block(), else_block = f_.add_block(), joined = f_.add_block();
    b_.condbr(condition, then_block, {}, else_block);
    ValueId sum = sum_, count = count_;
    b_.set_block(then_block);
    statements(depth);
    b_.br(joined, {sum_, count_});
    b_.set_block(else_block);
    sum_ = sum;
    count_ = count;
    if (coin(2)) statements(depth);
    b_.br(joined, {sum_, count_});
    join(joined);
  }

  void join(BlockId block) {
    sum_ = f_.add_param(block, ty::Float64);
    count_ = f_.add_param(block, ty::Int64);
    b_.set_block(block);
  }

  // range(start, stop, step) as the library makes it: {next, left, step}.
  ValueId range_iterator() {
    int64_t step = coin(4) ? -1 : coin(4) ? 3 : 1;
    ValueId start = coin(2) ? b_.int64(pick(3)) : some_int(), stop = some_int();
    if (coin(3)) stop = binary(Op::Sub, stop, b_.int64(1));
    if (step < 0 && coin(2)) {
      start = binary(Op::Sub, stop, b_.int64(1));
      stop = b_.int64(-1);
    }
    ValueId low = step > 0 ? start : stop, high = step > 0 ? stop : start;
    ValueId zero = b_.int64(0), one = b_.int64(1);
    ValueId count = binary(Op::Sub, high, low);
    if (step == 3) {
      ValueId span = b_.value(Op::Cast, {binary(Op::Sub, count, one)}, ty::UInt64);
      ValueId steps = b_.value(Op::FloorDiv, {span, b_.integer(ty::UInt64, 3)}, ty::UInt64);
      count = binary(Op::Add, b_.value(Op::Cast, {steps}, ty::Int64), one);
    }
    ValueId left = b_.value(Op::Select, {compare(Op::Lt, low, high), count, zero}, ty::Int64);
    return b_.value(Op::TupleMake, {start, left, b_.int64(step)}, ty::RangeIter);
  }

  void loop(size_t depth) {
    ValueId iterator = range_iterator();
    BlockId head = f_.add_block(), body = f_.add_block(), exit = f_.add_block();
    b_.br(head, {iterator, sum_, count_});
    ValueId it = f_.add_param(head, ty::RangeIter);
    join(head);
    ValueId i = b_.value(Op::TupleGet, {it}, ty::Int64, 0), left = b_.value(Op::TupleGet, {it}, ty::Int64, 1);
    ValueId step = b_.value(Op::TupleGet, {it}, ty::Int64, 2);
    ValueId after = b_.value(
        Op::TupleMake, {binary(Op::Add, i, step), binary(Op::Sub, left, b_.int64(1)), step}, ty::RangeIter);
    b_.condbr(compare(Op::Gt, left, b_.int64(0)), body, {}, exit, {sum_, count_});
    b_.set_block(body);
    loops_.push_back(i);
    statements(depth);
    if (coin(4)) {  // break
      BlockId on = f_.add_block();
      b_.condbr(some_condition(), exit, {sum_, count_}, on);
      b_.set_block(on);
    }
    loops_.pop_back();
    b_.br(head, {after, sum_, count_});
    join(exit);
  }

  // out = x * scalar - x; its sum is added; sometimes stored back into a vector that was there before.
  void array_expression() {
    ValueId x = vectors_[pick(2)];
    ValueId n = b_.value(Op::ArrayDim, {x}, ty::Int64, 0);
    ValueId product = nest(x, ValueId(), b_.value(Op::ArrayAlloc, {n}, kVector, 0), n, sum_);
    ValueId difference = nest(product, x, b_.value(Op::ArrayAlloc, {n}, kVector, 0), n, ValueId());
    if (coin(2)) {
      reduce(difference, n);
    } else {
      nest(difference, product, x, n, ValueId());
    }
  }

  ValueId nest(ValueId x, ValueId y, ValueId out, ValueId n, ValueId factor) {
    NestInfo info = start_nest(1);
    Values operands = {n, x, out};
    ValueId element = f_.add_param(info.body, ty::Float64), other = element;
    info.accesses = {{1, {0}, false}};
    if (y.valid()) {
      operands.push_back(y);
      other = f_.add_param(info.body, ty::Float64);
      info.accesses.push_back({3, {0}, false});
    }
    info.accesses.push_back({2, {0}, true});
    BlockId outside = b_.block();
    b_.set_block(info.body);
    info.yields = {factor.valid() ? binary(Op::Mul, element, factor) : binary(Op::Sub, element, other)};
    b_.set_block(outside);
    f_.nests.push_back(std::move(info));
    b_.add(Op::Nest, std::move(operands), {}, static_cast<uint32_t>(f_.nests.size() - 1));
    return out;
  }

  void reduce(ValueId x, ValueId n) {
    NestInfo info = start_nest(1);
    info.accesses = {{1, {0}, false}};
    info.reductions = {coin(2) ? Reduction::Max : Reduction::Sum};
    info.yields = {f_.add_param(info.body, ty::Float64)};
    f_.nests.push_back(std::move(info));
    InstId id = b_.add(Op::Nest, {n, x}, {ty::Float64}, static_cast<uint32_t>(f_.nests.size() - 1));
    sum_ = binary(Op::Add, sum_,
                  b_.value(Op::Min, {f_.inst(id).results[0], b_.float_value(ty::Float64, 3)}, ty::Float64));
  }

  NestInfo start_nest(uint32_t dims) {
    NestInfo info;
    info.dims = dims;
    info.body = BlockId(f_.blocks.size());
    f_.blocks.emplace_back();
    return info;
  }

  std::mt19937 random_;
  Function f_;
  Builder b_;
  BlockId handler_;
  Values vectors_, ints_, loops_;
  ValueId matrix_, sum_, count_;
};

std::string outcome(const Function& f, uint32_t input, size_t most_steps) {
  std::mt19937 random(input);
  auto some = [&](size_t n) { return static_cast<int64_t>(random() % n); };
  Machine m;
  auto filled = [&](std::vector<int64_t> shape) {
    int64_t size = 1;
    for (int64_t n : shape) size *= n;
    std::vector<double> elements;
    for (int64_t i = 0; i < size; ++i) elements.push_back(static_cast<double>(some(9)) - 4);
    return m.new_array(std::move(shape), elements);
  };
  std::vector<Datum> arguments = {filled({some(7)}), filled({some(7)}), filled({some(5), some(6)}),
                                  testing::int_datum(some(9) - 2), testing::int_datum(some(6))};
  return m.run(f, arguments, most_steps);
}

bool expand_serially(Function& f) {
  std::vector<Function> functions;
  return expand_nests(f, functions);
}

struct NamedPass {
  const char* name;
  bool (*run)(Function&);
};

const NamedPass kPasses[] = {
    {"simplify", simplify_all},  {"split", split_aggregates}, {"simplify", simplify_all},
    {"fuse", fuse_nests},        {"simplify", simplify_all},  {"induction", canonical_induction},
    {"simplify", simplify_all},  {"hoist", hoist_invariants}, {"simplify", simplify_all},
    {"checks", remove_checks},   {"guards", guard_loops},     {"simplify", simplify_all},
    {"expand", expand_serially}, {"simplify", simplify_all},  {"latches", single_latches},
    {"polls", insert_polls}};

size_t count_checks(const Function& f) {
  size_t n = 0;
  for (BlockId block : f.order)
    for (InstId id : f.block(block).insts) n += f.inst(id).op == Op::CheckIndex;
  return n;
}

TEST(Semantics, PassesKeepWhatProgramsDo) {
  constexpr uint32_t kPrograms = 400, kInputs = 12;
  for (uint32_t seed = 0; seed < kPrograms; ++seed) {
    Function f = Writer(seed).make();
    std::string source = print(f);
    ASSERT_FALSE(verify(f, "writer")) << verify(f, "writer")->message() << source;
    std::vector<std::string> expected;
    for (uint32_t input = 0; input < kInputs; ++input) expected.push_back(outcome(f, input, 5000));
    for (const NamedPass& pass : kPasses) {
      std::string before = print(f);
      if (!pass.run(f)) continue;
      auto broken = verify(f, pass.name);
      ASSERT_FALSE(broken) << "seed " << seed << ": " << broken->message() << "\n"
                           << before << "\n"
                           << print(f);
      for (uint32_t input = 0; input < kInputs; ++input) {
        if (expected[input].starts_with("did not end")) continue;
        ASSERT_EQ(outcome(f, input, 200000), expected[input])
            << "seed " << seed << ", input " << input << ", after " << pass.name << "\n"
            << before << "\nbecame\n"
            << print(f);
      }
    }
  }
}

// The programs are no trivial ones: some return, some raise, and checks are removed and guarded.
TEST(Semantics, ProgramsAreOfAllKinds) {
  size_t returned = 0, raised = 0, fewer = 0, guarded = 0;
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Function f = Writer(seed).make();
    std::string result = outcome(f, seed, 5000);
    returned += result.starts_with("returned");
    raised += result.starts_with("raised");
    EXPECT_FALSE(result.starts_with("fault")) << result << print(f);
    simplify_all(f);
    split_aggregates(f);
    simplify_all(f);
    canonical_induction(f);
    simplify_all(f);
    size_t before = count_checks(f);
    remove_checks(f);
    fewer += count_checks(f) < before;
    hoist_invariants(f);
    simplify_all(f);
    guarded += guard_loops(f);
  }
  EXPECT_GT(returned, 40u);
  EXPECT_GT(raised, 40u);
  EXPECT_GT(fewer, 10u);
  EXPECT_GT(guarded, 50u);
}

}  // namespace
}  // namespace lancehead
