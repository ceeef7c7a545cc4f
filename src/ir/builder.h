// Appends instructions to a block of a function.
#pragma once

#include <initializer_list>
#include <vector>

#include "ir/function.h"

namespace lancehead {

class Builder {
 public:
  explicit Builder(Function& function) : f_(function) {}
  Function& function() { return f_; }

  void set_block(BlockId block) { block_ = block; }
  BlockId block() const { return block_; }
  void set_loc(LocId loc) { loc_ = loc; }
  LocId loc() const { return loc_; }

  // One instruction with the results' types; returns its id.
  InstId add(Op op, std::vector<ValueId> operands, std::vector<TypeId> results, uint32_t attr = 0);
  // The same for ops with one result; returns the result.
  ValueId value(Op op, std::vector<ValueId> operands, TypeId type, uint32_t attr = 0);

  ValueId constant(const Constant& constant);
  ValueId int64(int64_t value);
  ValueId integer(TypeId type, int64_t value);
  ValueId boolean(bool value);
  ValueId float_value(TypeId type, double value);
  ValueId none();
  ValueId string(const std::string& utf8);
  ValueId known(TypeId type);

  void br(BlockId target, std::vector<ValueId> args = {});
  void condbr(ValueId condition, BlockId if_true, std::vector<ValueId> true_args, BlockId if_false,
              std::vector<ValueId> false_args = {}, Likelihood likelihood = Likelihood::Unknown);
  void ret(ValueId value);
  bool terminated() const;

 private:
  Function& f_;
  BlockId block_;
  LocId loc_;
};

// Constants from C++ values.
Constant none_constant();
Constant bool_constant(bool value);
Constant int_constant(TypeId type, int64_t value);   // any integer type
Constant float_constant(TypeId type, double value);  // float32 or float64
Constant complex_constant(TypeId type, double real, double imaginary);
Constant str_constant(const std::string& utf8);
Constant array_constant(TypeId type, std::shared_ptr<const ArrayData> data);  // `type` is read-only
// The value of a scalar constant as a double; ints are converted.
double constant_as_double(const Constant& c);
int64_t constant_as_int(const Constant& c);

}  // namespace lancehead
